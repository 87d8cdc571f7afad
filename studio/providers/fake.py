"""Two real providers for tests: they do what they are told, in order, and remember what was asked of them."""

from collections import deque
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from studio.providers.contract import GenerationRequest, State, Submission, Update
from studio.providers.errors import ProviderError, WithdrawnError

Answer = Update | Submission | Exception


class FakeProvider:
    """An upstream: `answers` are given (or raised) one by one, then RUNNING for ever."""

    def __init__(self, answers: Iterable[Answer] = ()) -> None:
        self.answers: deque[Answer] = deque(answers)
        self.submitted: list[GenerationRequest] = []
        self.fetched: list[str] = []
        self.refusals: dict[str, Exception] = {}  # of files, by their address

    def will(self, *answers: Answer) -> None:
        self.answers.extend(answers)

    def submit(self, request: GenerationRequest) -> Submission:
        if not request.before_sending():
            raise WithdrawnError
        self.submitted.append(request)
        answer = self._next(Submission(upstream_id=f"fake-{len(self.submitted)}"))
        assert isinstance(answer, Submission)
        return answer

    def fetch(self, request: GenerationRequest) -> Update:
        self.fetched.append(request.upstream_id)
        answer = self._next(Update(state=State.RUNNING))
        assert isinstance(answer, Update)
        return answer

    def open(self, request: GenerationRequest, address: str) -> BinaryIO:
        if address in self.refusals:
            raise self.refusals[address]
        return Path(address).open("rb")

    def _next(self, default: Answer) -> Answer:
        answer = self.answers.popleft() if self.answers else default
        if isinstance(answer, Exception):
            raise answer
        return answer


class FakePerformer:
    """An engine of our own: tells the queued news, then ends with the last one."""

    def __init__(self, answers: Iterable[Update | Exception] = ()) -> None:
        self.answers: deque[Update | Exception] = deque(answers)
        self.performed: list[GenerationRequest] = []
        self.forgotten: list[str] = []

    def will(self, *answers: Update | Exception) -> None:
        self.answers.extend(answers)

    def perform(self, request: GenerationRequest, *, on_update: Callable[[Update], bool]) -> Update:
        self.performed.append(request)
        while self.answers:
            answer = self.answers.popleft()
            if isinstance(answer, Exception):
                raise answer
            if answer.state != State.RUNNING:
                return answer
            if not on_update(answer):
                return Update(state=State.STOPPED)
        raise ProviderError("the fake was told no end")

    def open(self, request: GenerationRequest, address: str) -> BinaryIO:
        return Path(address).open("rb")

    def forget(self, request_id: str) -> None:
        self.forgotten.append(request_id)

    def kept(self) -> list[str]:
        return [request.id for request in self.performed if request.id not in self.forgotten]


def given(engine: FakeProvider | FakePerformer) -> FakeProvider | FakePerformer:
    """Stands as a class in `settings.PROVIDERS`, so that a test keeps hold of the engine that the studio uses."""
    return engine
