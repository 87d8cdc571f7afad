"""What a later part must know of an earlier one. It travels inside the film's own file, as plain JSON.

A scene is drawn again from its words and its seed, so this is all that it takes to go on without a jump.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import av

from studio.engine.film.camera import LIMITS, Pose
from studio.engine.film.particles import KINDS
from studio.engine.film.spec import SHAPES, SIZES

VERSION = 1
LARGEST = 100_000  # characters of a note that are read
MOST_ROOM, MOST_MARGIN, MOST_SECONDS = 1.5, 0.1, 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    scene: str
    seed: int
    ratio: str
    size: str  # that the scene was drawn for: drawn for another it would not be the same to the pixel
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
    """Of a film that was made here; None for any other, and for one that only pretends to be."""
    with av.open(str(path), "r", format="mp4") as box:
        note = box.metadata.get("comment", "")
    try:
        told: dict[str, Any] = json.loads(note[:LARGEST])
        if told.pop("studio") != VERSION:
            return None
        return _checked(State(**told))
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _checked(told: State) -> State:
    """With every value in its bounds. Raises ValueError: what the note says becomes sizes and loops."""
    (wide, high, margin), (x, y, zoom, orbit) = map(_number, told.room), map(_number, told.pose)
    pose: Pose = (x, y, zoom, orbit)
    spent = {str(verb): _number(seconds) for verb, seconds in told.spent.items()}
    if not all(low <= value <= high for value, (low, high) in zip(pose, LIMITS, strict=True)):
        raise ValueError("pose")
    if not (1 <= wide <= MOST_ROOM and 1 <= high <= MOST_ROOM and 0 <= margin <= MOST_MARGIN):
        raise ValueError("room")
    if told.ratio not in SHAPES or told.size not in SIZES or not set(told.particles) <= set(KINDS):
        raise ValueError("ratio, size or particles")
    if type(told.seed) is not int or told.seed < 0 or not isinstance(told.scene, str) or not told.scene.strip():
        raise ValueError("scene")
    numbers: dict[str, Any] = {"clock": _number(told.clock), "wave": min(1.0, _number(told.wave))}
    return replace(told, room=(wide, high, margin), pose=pose, particles=tuple(told.particles), spent=spent, **numbers)


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < MOST_SECONDS:
        raise ValueError("no number")
    return float(value)
