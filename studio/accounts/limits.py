"""How often one thing may be tried, where neither allauth nor django-axes counts.

Counted in Django's cache: per process with the built-in one, for all processes with a shared one.
"""

import hashlib
from datetime import timedelta

from django.core.cache import cache


def within(name: str, who: str | int, *, times: int, window: timedelta) -> bool:
    """Count this try of `name` by `who` (an address, a person); False when there were too many in the window."""
    key = f"limit:{name}:{hashlib.sha256(str(who).encode()).hexdigest()[:32]}"
    cache.add(key, 0, int(window.total_seconds()))
    try:
        return cache.incr(key) <= times
    except ValueError:  # the window ended between the two lines
        return True
