"""The camera: an eased path of poses, and what each pose does to a plate of some depth.

A pose is (x, y, zoom, orbit): x and y in -1..1 of the room beside the frame, zoom from 1, orbit in -1..1.
"""

from dataclasses import dataclass

import numpy as np

from studio.engine.film.arrays import Array, Pair

Pose = tuple[float, float, float, float]
REACH: dict[str, Pose] = {
    "static": (0, 0, 0, 0),
    "push": (0, 0, 0.24, 0),
    "gentle": (0, 0, 0.13, 0),
    "pull": (0, 0, -0.24, 0),
    "left": (-1.7, 0, 0, 0),
    "right": (1.7, 0, 0, 0),
    "up": (0, -1.7, 0, 0),
    "down": (0, 1.7, 0, 0),
    "drift": (0.9, -0.35, 0.06, 0),
    "orbit": (0.25, 0, 0.05, 1.8),
}
LIMITS = ((-1.0, 1.0), (-1.0, 1.0), (1.0, 1.5), (-1.0, 1.0))
ROOM = {  # how much larger than the frame the canvas is, sideways and upwards, and the margin kept all round
    "left": (1.26, 1.0, 0.02),
    "right": (1.26, 1.0, 0.02),
    "orbit": (1.22, 1.0, 0.03),
    "up": (1.0, 1.26, 0.02),
    "down": (1.0, 1.26, 0.02),
    "drift": (1.0, 1.0, 0.06),
}
USUAL = (1.0, 1.0, 0.025)
RUN_UP = 0.22  # share of the time spent speeding up, and of that spent slowing down
PIVOT = 0.45  # the depth an orbit turns about


def room_of(word: str) -> tuple[float, float, float]:
    return ROOM.get(word, USUAL)


def path(word: str, start: Pose | None = None) -> tuple[Pose, Pose]:
    """From where to where. A given pose is the start, whatever the word; without room left it goes the other way."""
    reach = REACH[word]
    if start is None:
        dx, dy, dz, turn = reach
        start = (-dx / 2, -dy / 2, 1 - dz if dz < 0 else 1.0, -turn / 2)
    x, y, zoom, orbit = (_to(a, d, *limits) for a, d, limits in zip(start, reach, LIMITS, strict=True))
    return start, (x, y, zoom, orbit)


def _to(at: float, by: float, low: float, high: float) -> float:
    goal = at + by if low <= at + by <= high else at - by
    return float(min(max(goal, low), high))


def ease(share: float) -> float:
    """Short run-up, long even middle, still at both ends."""
    f, r = min(max(share, 0.0), 1.0), RUN_UP
    v = 1 / (1 - r)
    if f < r:
        return v * f * f / (2 * r)
    return 1 - v * (1 - f) ** 2 / (2 * r) if f > 1 - r else v * (f - r / 2)


def between(ends: tuple[Pose, Pose], share: float) -> Pose:
    f = ease(share)
    x, y, zoom, orbit = (a + (b - a) * f for a, b in zip(*ends, strict=True))
    return x, y, zoom, orbit


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the camera must know of a scene. Sizes in pixels of the canvas; `hero` in shares of it."""

    width: int
    height: int
    horizon: float
    hero: Pair


class Camera:
    """Zooms about one vanishing point with a scale that covers the frame at every depth: no edge is ever seen."""

    def __init__(self, view: View, width: int, height: int, margin: float) -> None:
        self.width, self.height, self.view = width, height, view
        self.scale = max(width / view.width, height / view.height) * (1 + 2 * margin)
        self.room = (
            (view.width * self.scale - width) / 2 * 0.94,
            (view.height * self.scale - height) / 2 * 0.94,
        )
        self.vanish = (
            view.width * (0.5 + 0.6 * (float(np.clip(view.hero[0], 0.15, 0.85)) - 0.5)),
            0.5 * (view.horizon + view.height * float(np.clip(view.hero[1], 0.2, 0.8))),
        )

    def at(self, pose: Pose, depth: float | Array) -> tuple[Array, Array, Array]:
        """Scale and shifts of a plate at `depth`, 0 far to 1 near, or of many."""
        px, py, zoom, orbit = pose
        d = np.asarray(depth, np.float64)
        s = self.scale * (1 + (zoom - 1) * (0.35 + 0.65 * d))
        near = 0.22 + 0.78 * d
        side = px * near + orbit * (d - PIVOT) * 1.5
        x = self.vanish[0] * (self.scale - s) + (self.width - self.view.width * self.scale) / 2 - side * self.room[0]
        y = self.vanish[1] * (self.scale - s) + (self.height - self.view.height * self.scale) / 2
        y = y - py * self.room[1] * near
        return s, np.clip(x, self.width - self.view.width * s, 0), np.clip(y, self.height - self.view.height * s, 0)

    def rows(self, pose: Pose, depths: Array) -> tuple[Array, Array, Array]:
        """For a receding plane, `depths` by row: for each row of the frame the row it shows, and x scale and shift there."""
        y = np.arange(self.view.height, dtype=np.float64)
        s, x, top = self.at(pose, depths)
        shown = np.interp(np.arange(self.height), s * y + top, y)
        return shown, np.interp(shown, y, s), np.interp(shown, y, x)
