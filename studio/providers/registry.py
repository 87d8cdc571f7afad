"""Which engines this studio has, and how much each may do at once: the one place that reads `settings.PROVIDERS`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from studio.providers.contract import Performer, Provider

Engine = Provider | Performer


@dataclass(frozen=True, slots=True)
class Limits:
    """Tasks that may be in flight on one connection at once, of all kinds and of each; what is not named is free."""

    at_once: int | None = None
    kinds: Mapping[str, int] = field(default_factory=dict)

    @property
    def exist(self) -> bool:
        return self.at_once is not None or bool(self.kinds)

    def bind(self, kind: str) -> bool:
        return self.at_once is not None or kind in self.kinds

    def have_room(self, kind: str, flying: Mapping[str, int]) -> bool:
        """Whether one more of `kind` may begin while `flying` counts those in flight by their kind."""
        if self.at_once is not None and sum(flying.values()) >= self.at_once:
            return False
        return kind not in self.kinds or flying.get(kind, 0) < self.kinds[kind]


@cache
def get(name: str) -> Engine:
    """The engine by its name, where it needs no key. Raises KeyError when there is none of that name."""
    entry = settings.PROVIDERS[name]
    engine: Engine = import_string(entry["class"])(**entry.get("options", {}))
    return engine


def connect(name: str, **account: Any) -> Engine:
    """An engine with a key, for one account of it: `account` is what its class wants to know beside the options."""
    entry = settings.PROVIDERS[name]
    engine: Engine = import_string(entry["class"])(**{**entry.get("options", {}), **account})
    return engine


def needs_key(name: str) -> bool:
    """Whether it serves only who has an account there. Raises KeyError when there is no engine of that name."""
    return bool(settings.PROVIDERS[name].get("needs_key", False))


def names() -> list[str]:
    return list(settings.PROVIDERS)


def performers() -> list[str]:
    """Names of the engines that do the work in our own processes."""
    return [name for name in names() if not needs_key(name) and _performs(type(get(name)))]


@cache
def _performs(engine: type) -> bool:
    """Asked at every look of every worker, and Python takes its time to compare a class with a protocol."""
    return issubclass(engine, Performer)


def limits_of(name: str) -> Limits:
    """`{"at_once": 20, "kinds": {"video": 4}}` of the engine's entry. An engine that is gone has none."""
    return Limits(**settings.PROVIDERS.get(name, {}).get("limits", {}))
