"""Which engines this studio has: the one place that reads `settings.PROVIDERS`."""

from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from studio.providers.contract import Performer, Provider

Engine = Provider | Performer


@cache
def get(name: str) -> Engine:
    """The engine by its name. Raises KeyError when there is none of that name."""
    entry = settings.PROVIDERS[name]
    engine: Engine = import_string(entry["class"])(**entry.get("options", {}))
    return engine


def names() -> list[str]:
    return list(settings.PROVIDERS)


def performers() -> list[str]:
    """Names of the engines that do the work in our own processes."""
    return [name for name in names() if isinstance(get(name), Performer)]
