"""The slices that introduced themselves. The spine never lists its guests."""

from typing import TypeVar

from studio.catalog.contract import Generator

G = TypeVar("G", bound=type[Generator])
_generators: dict[str, Generator] = {}


def register(cls: G) -> G:
    """Class decorator: adds the slice to the menu, the pages, the worker and the contract tests."""
    if cls.kind in _generators:
        raise ValueError(f"two generators of kind {cls.kind!r}")
    _generators[cls.kind] = cls()
    return cls


def get(kind: str) -> Generator:
    """The slice by its kind. Raises KeyError."""
    return _generators[kind]


def kinds() -> list[str]:
    return list(_generators)


def every() -> list[Generator]:
    return list(_generators.values())
