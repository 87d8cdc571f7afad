"""What a slice declares about itself. It holds no lifecycle, no ledger and no HTTP."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, ClassVar, Protocol, Self

from django import forms
from django.core.files.uploadedfile import UploadedFile
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


class Intake(Protocol):
    """Keeps the files that come with a form, each as an asset of the team, and answers its id. Raises ValidationError
    with a sentence for what is refused."""

    def picture(self, file: "UploadedFile[Any]") -> str: ...

    def mask(self, file: "UploadedFile[Any]", *, of: str) -> str:
        """Black where the picture `of` may change. Empty when nothing is painted."""
        ...

    def box(self, box: tuple[int, int, int, int], *, of: str) -> str:
        """The mask of a rectangle: left, top, width, height in percent of the picture `of`."""
        ...

    def upstream(self, pk: str, *, provider: str) -> str:
        """What the engine calls the request that this asset came of, while it can go on with it."""
        ...


class TaskForm(forms.Form):
    """The browser's door to a slice: its fields end in the slice's params class. `input_fields` are those that hold ids
    of assets, by the role they take in the request."""

    input_fields: ClassVar[Mapping[str, str]] = {}

    def take_in(self, intake: Intake) -> None:
        """Called once the form is valid: keep the files that came with it. What is refused becomes an error of it."""

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
    input_kinds: ClassVar[Mapping[str, str]] = {}  # the kind of asset that each role of an input takes
    makes: ClassVar[str] = "image"  # the kind of asset that comes out
    offers: ClassVar[Mapping[str, Words]] = {}  # by role: what a finished piece says that could go in as it
    known_upstream: ClassVar[frozenset[str]] = frozenset()  # roles whose files an upstream has: it is told their ids
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

    def inputs(self, params: TaskParams) -> Mapping[str, Sequence[str]]:
        """Ids of the assets that go into it, by role, in order."""
        return {}

    def wire_for(self, params: TaskParams) -> Wire | None:
        """Where an upstream has more than one way to make the kind."""
        return self.wire

    def stage(self, word: str) -> str:
        """The engine's stage word in the reader's language."""
        return word

    def ratio(self, params: TaskParams) -> str:
        """Width / height of what is coming, as CSS writes it."""
        return "1/1"
