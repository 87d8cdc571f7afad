"""What a later part must know of an earlier one. It travels inside the film's own file, as plain JSON.

A scene is drawn again from its words and its seed, so this is all that it takes to go on without a jump.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from studio.engine.film.camera import Pose

VERSION = 1
LARGEST = 100_000  # characters of a note that are read


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    scene: str
    seed: int
    ratio: str
    room: tuple[float, float, float]
    clock: float
    pose: Pose
    particles: tuple[str, ...]
    spent: Mapping[str, float] = field(default_factory=dict)
    wave: float = 0.0
    is_still: bool = False  # of a clip that began as a picture: its next part begins from its last frame

    def as_note(self) -> str:
        return json.dumps({"studio": VERSION, **asdict(self)}, ensure_ascii=True, separators=(",", ":"))


def state_of(path: Path) -> State | None:
    """Of a film that was made here; None for any other."""
    import av

    with av.open(str(path)) as box:
        note = box.metadata.get("comment", "")
    try:
        told: dict[str, Any] = json.loads(note[:LARGEST])
        if told.pop("studio") != VERSION:
            return None
        state = State(**told)
        (wide, high, margin), (x, y, zoom, orbit) = map(float, state.room), map(float, state.pose)
        lists: dict[str, Any] = {"particles": tuple(state.particles), "spent": dict(state.spent)}
        return replace(state, room=(wide, high, margin), pose=(x, y, zoom, orbit), **lists)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None
