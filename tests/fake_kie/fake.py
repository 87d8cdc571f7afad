"""The fake as one object: `with FakeKie() as kie:` serves at `kie.url` until the block ends."""

import threading
from types import TracebackType
from typing import Self

from tests.fake_kie import families  # registers the routes
from tests.fake_kie.routes import creates
from tests.fake_kie.server import Server
from tests.fake_kie.wire import Call
from tests.fake_kie.world import BALANCE, KEY, World

__all__ = ["FakeKie", "families"]


class FakeKie(World):
    """Kie.ai as kie-api.md describes it. `start` and `stop` may take turns: it keeps its state and its port."""

    def __init__(self, port: int = 0, *, key: str = KEY, balance: str | float = BALANCE) -> None:
        super().__init__(key, balance)
        self.port = port
        self.server: Server | None = None

    @property
    def upload_url(self) -> str:
        """One server for both hosts (kie-api.md 14.10)."""
        return self.url

    def start(self) -> Self:
        self.stopping.clear()
        self.callbacks.stopping.clear()
        self.server = Server(self, self.port)
        self.port = self.server.server_port
        self.url = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        self.advance(0)  # tasks by time go on where they would be by now
        return self

    def stop(self) -> None:
        self.stopping.set()
        self.release()
        for task in self.tasks.values():
            if task.timer is not None:
                task.timer.cancel()
        self.callbacks.stop()
        if self.server is not None:
            self.server.stop()
            self.server = None

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.stop()

    # Helpers for tests

    def creates(self) -> list[Call]:
        """Every request for something that is paid for, whatever was answered."""
        return [call for call in self.log.of() if creates(call)]

    @property
    def last_create(self) -> Call:
        return self.creates()[-1]
