"""What the parameters of every slice are made of, and the checks of it: they come from a browser, the API or a row."""

import re
import secrets

SEEDS = 2**31
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # of an asset


def is_text(value: object) -> bool:
    """Words that every database and file takes: no NUL, no half of a surrogate pair. JSON may carry both."""
    return isinstance(value, str) and "\0" not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)


def is_id(value: object) -> bool:
    return isinstance(value, str) and ID.fullmatch(value) is not None


def new_seed() -> int:
    return secrets.randbelow(SEEDS)
