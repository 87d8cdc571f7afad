"""What a slice declares about itself. It holds no lifecycle, no ledger and no HTTP."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar, Protocol, Self

from django import forms
from django.utils.functional import Promise

from studio.providers.contract import Wire

Words = str | Promise


class TaskParams(Protocol):
    """The checked parameters of one request: frozen, self-checking, and plain JSON in between."""

    @property
    def prompt(self) -> str: ...

    @property
    def pieces(self) -> int:
        """How many outputs were asked for."""
        ...

    def to_json(self) -> dict[str, Any]: ...

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """The same value again. Raises ValueError for what is not one."""
        ...

    def again(self) -> Self:
        """The parameters of another try: the same wish with another chance."""
        ...


class TaskForm(forms.Form):
    """The browser's door to a slice: its fields end in the slice's params class."""

    def to_params(self) -> TaskParams:
        raise AssertionError("a slice's form makes its own params")


class Generator(ABC):
    """A media type. `icon` is a lucide name; `renderer` is `module:function` of a providers.contract.Renderer."""

    kind: ClassVar[str]
    label: ClassVar[Words]
    icon: ClassVar[str]
    form_class: ClassVar[type[TaskForm]]
    form_template: ClassVar[str]
    result_template: ClassVar[str]
    params_class: ClassVar[type[TaskParams]]
    example: ClassVar[Words] = ""
    renderer: ClassVar[str] = ""
    wire: ClassVar[Wire | None] = None
    typical: ClassVar[timedelta] = timedelta(minutes=1)  # how long an upstream mostly takes (kie-api.md 1.5)
    patience: ClassVar[timedelta] = timedelta(hours=1)  # after which it is followed no longer

    @abstractmethod
    def providers(self) -> list[str]:
        """Names of the engines that serve this slice, the preferred one first."""

    @abstractmethod
    def price(self, params: TaskParams, *, provider: str) -> int:
        """The most that it can cost, in hundredths of a credit."""

    @abstractmethod
    def wish(self, pieces: int) -> str:
        """The words on the button: "Generate 4 images"."""

    @abstractmethod
    def facts(self, params: TaskParams) -> list[str]:
        """What the card says beside the prompt: ratio, count."""

    @abstractmethod
    def details(self, params: TaskParams) -> list[tuple[str, str]]:
        """Every parameter, as (label, value)."""

    def stage(self, word: str) -> str:
        """The engine's stage word in the reader's language."""
        return word

    def ratio(self, params: TaskParams) -> str:
        """Width / height of what is coming, as CSS writes it."""
        return "1/1"
