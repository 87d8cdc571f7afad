from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.world import World


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    running = World(Path(tmp_path_factory.mktemp("crash")))
    yield running
    running.end()
    assert running.processes() == {}
