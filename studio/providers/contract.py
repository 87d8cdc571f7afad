"""What an engine is to the studio. Plain values in, plain values out: a provider knows no model and no slice."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO, Protocol, runtime_checkable

Params = Mapping[str, Any]
NOTHING: Mapping[str, Sequence[Path]] = {}


class State(StrEnum):
    """Where a submitted request stands, in the engine's own view."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """One file or text that came out, and where it lies: a path for Local, an address for an upstream."""

    address: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """News of a request. `progress` is 0..1, or None when the engine cannot tell; `stage` is a short word for it."""

    state: State
    progress: float | None = None
    stage: str = ""
    outputs: tuple[Output, ...] = ()
    error: str = ""
    error_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """The engine took the request and knows it by this id."""

    upstream_id: str


class Wire(Protocol):
    """How a slice's parameters look in an upstream's JSON, in both directions, and where to send them: paths of the
    upstream's API for making a request, asking about it, and a fresh address for a file that came out of it."""

    create: str
    query: str
    download: str

    def prepare(self, inputs: "Sequence[Input]") -> "Sequence[Input]":
        """The inputs as the upstream wants them to be. Raises OSError for one that cannot be read."""
        ...

    def to_request(self, params: Params, *, files: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        """`files` are the addresses of the uploaded inputs by their role. The callback's address is not ours to say."""
        ...

    def to_update(self, record: Mapping[str, Any]) -> Update:
        """What the upstream's record says. Raises ValueError, KeyError or TypeError when it is not such a record."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """A file that goes into a request. `role` is the slice's own word (`reference`, `mask`), `size` is in bytes."""

    role: str
    name: str
    media_type: str
    size: int
    open: Callable[[], BinaryIO]


class Report(Protocol):
    """What a renderer tells while it works. Each call may raise `studio.engine.Stopped`: then it gives up at once."""

    def __call__(self, progress: float, stage: str = "") -> None: ...


class Renderer(Protocol):
    """A slice's way to make its outputs here: files into `folder`, in order. Runs in a process without a database.

    `inputs` are copies of the files that go in, by role and in order; it is given when there are some.
    """

    def __call__(
        self, params: Params, *, folder: Path, report: Report, inputs: Mapping[str, Sequence[Path]] = NOTHING
    ) -> Sequence[Output]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class GenerationRequest:
    """One task as a provider sees it. `renderer` is the dotted name `module:function` of a Renderer, `upstream_id` what
    the engine calls it, once it took it. `before_sending` is asked right before the paid request leaves, and not before:
    on False it must not, and `submit` raises WithdrawnError."""

    id: str
    kind: str
    params: Params
    renderer: str = ""
    wire: Wire | None = None
    inputs: tuple[Input, ...] = ()
    callback_url: str = ""
    upstream_id: str = ""
    before_sending: Callable[[], bool] = lambda: True


@runtime_checkable
class Provider(Protocol):
    """An engine that is handed a request and asked about it later."""

    def submit(self, request: GenerationRequest) -> Submission:
        """Hand over. Raises ProviderError (nothing was taken), OutcomeUnknownError (perhaps it was), or WithdrawnError
        when `before_sending` said no."""
        ...

    def fetch(self, request: GenerationRequest) -> Update:
        """Ask once. Raises ProviderError."""
        ...

    def open(self, request: GenerationRequest, address: str) -> BinaryIO:
        """The bytes of an output, seekable, for the caller to close. Raises ProviderError when they cannot be had now,
        FileNotFoundError when they are lost."""
        ...


@runtime_checkable
class Performer(Protocol):
    """An engine that does the work itself while the caller waits, and can be stopped.

    A request that was lost half-way is simply performed again: nobody is charged upstream.
    """

    def perform(self, request: GenerationRequest, *, on_update: Callable[[Update], bool]) -> Update:
        """Work to the end. `on_update` is called with news and at least every second; when it answers False the work
        stops and the state is STOPPED. Raises ProviderError when the work failed."""
        ...

    def open(self, request: GenerationRequest, address: str) -> BinaryIO:
        """The bytes of an output, for the caller to close. Raises FileNotFoundError when they are lost."""
        ...

    def forget(self, request_id: str) -> None:
        """Remove the files of a request that has ended."""
        ...

    def kept(self) -> list[str]:
        """Ids of the requests that still have files here."""
        ...
