"""What moves, and how. Every phase is a pure function of the film's own clock (seconds since its first part began), so
that a later part that is given the clock goes on without a jump."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from studio.engine.film.arrays import Array

Move = tuple[float, float, float, float, float]  # dx, dy in pixels of the canvas, roll, x scale, y scale
STILL: Move = (0, 0, 0, 1, 1)
RAMP = 1.0  # seconds in which a verb begins
LIVELY = ("fly", "rise", "drift", "wave")


@dataclass(frozen=True, slots=True)
class Clock:
    """A moment. `spent` says for how many seconds each verb was obeyed so far, and `wave` how strongly things sway: sums
    that only grow, so a verb may begin and end between two parts without a jump of what it moved."""

    t: float
    spent: Mapping[str, float]
    wave: float = 0.0

    def of(self, verb: str) -> float:
        return self.spent.get(verb, 0.0)


def begun(seconds: float) -> float:
    """How far a verb has come after its first `seconds`: it starts softly."""
    return seconds * seconds / (2 * RAMP) if seconds < RAMP else seconds - RAMP / 2


@dataclass(frozen=True, slots=True)
class Body:
    """What a mover must know of its plate. `reach` and `unit` in pixels of the canvas."""

    kind: str
    number: int
    key: int
    reach: float
    depth: float
    unit: float


def mover(body: Body, clock: Clock, kind: str = "") -> Move:
    """Local motion about the plate's anchor."""
    kind = kind or body.kind
    make = MOVERS.get(kind)
    return make(body, clock) if make else STILL


def _sway(body: Body, clock: Clock, often: float, far: float = 1.0, later: float = 0.0) -> float:
    return far * float(np.sin(2 * np.pi * often * clock.t + body.key * 2.399 + later))


def _bird(b: Body, c: Clock) -> Move:
    phase = b.key * 2.399
    flap = 0.72 + 0.28 * np.sin(2 * np.pi * (1.7 + 0.3 * np.sin(phase)) * c.t + phase)
    along = b.unit * (0.022 * c.t + 0.05 * c.of("fly") + 0.02 * c.of("drift"))
    return along, _sway(b, c, 0.23, b.unit * 0.008) - b.unit * 0.02 * c.of("rise"), 0, 1, float(flap)


def _balloon(b: Body, c: Clock) -> Move:
    up = b.unit * (0.003 * c.t + 0.016 * c.of("rise") + 0.006 * c.of("fly")) * (0.5 + b.depth)
    across = b.unit * (0.0012 * c.t + 0.014 * c.of("drift") + 0.008 * c.of("fly"))
    swing = _sway(b, c, 0.11, 0.022)
    return _sway(b, c, 0.05, b.unit * 0.012) + across, _sway(b, c, 0.09, b.unit * 0.007, 1) - up, swing, 1, 1


def _boat(b: Body, c: Clock) -> Move:
    heave = 1 + 1.2 * c.wave
    along = b.unit * (0.016 * c.of("drift") + 0.028 * c.of("fly")) * (0.3 + b.depth)
    roll = _sway(b, c, 0.21, 0.028 * heave, 0.8)
    return _sway(b, c, 0.06, b.reach * 0.03) + along, _sway(b, c, 0.28, b.reach * 0.022 * heave), roll, 1, 1


def _fish(b: Body, c: Clock) -> Move:
    way = 1 if b.number % 2 else -1
    along = _sway(b, c, 0.05, b.unit * 0.05) + b.unit * (0.02 * c.of("fly") + 0.012 * c.of("drift"))
    return along * way, _sway(b, c, 0.19, b.unit * 0.008), _sway(b, c, 0.9, 0.05), 1 + _sway(b, c, 1.8, 0.03), 1


def _whale(b: Body, c: Clock) -> Move:
    up = b.unit * 0.02 * c.of("rise")
    return _sway(b, c, 0.04, b.unit * 0.035), _sway(b, c, 0.1, b.unit * 0.018) - up, _sway(b, c, 0.1, 0.035, 1.2), 1, 1


def _rocket(b: Body, c: Clock) -> Move:
    lift = 0.002 + 0.006 * min(1.0, c.of("rise") + c.of("fly"))
    return _sway(b, c, 5.1, b.unit * 0.0008), -b.unit * lift * c.t * c.t, 0, 1, 1


def _cloud(b: Body, c: Clock) -> Move:
    return b.unit * (0.006 * c.t + 0.012 * c.of("drift") + 0.008 * c.of("wave")), 0, 0, 1, 1


def _mist(b: Body, c: Clock) -> Move:
    return _sway(b, c, 0.03, b.unit * 0.03) + b.unit * 0.006 * c.of("drift"), _sway(b, c, 0.05, b.unit * 0.006), 0, 1, 1


def _sheet(b: Body, c: Clock) -> Move:
    return _sway(b, c, 0.09, b.unit * 0.012), _sway(b, c, 0.13, b.unit * 0.004), 0, 1, 1


def _smoke(b: Body, c: Clock) -> Move:
    wide = 1 + 0.012 * np.sin(c.t * 2.1) + 0.01 * c.t + 0.02 * c.of("rise")
    return _sway(b, c, 0.2, b.unit * 0.003), 0, 0, float(wide), float(1 + 0.01 * np.sin(c.t * 1.7))


MOVERS = {
    "bird": _bird,
    "balloon": _balloon,
    "boat": _boat,
    "fish": _fish,
    "whale": _whale,
    "rocket": _rocket,
    "cloud": _cloud,
    "mist": _mist,
    "sheet": _sheet,
    "smoke": _smoke,
}
TRAINS = ((1.0, 0.9, 0.6, 1.0), (0.61, -0.7, 0.45, 2.3), (1.7, 1.6, 0.25, 0.7))  # frequency, speed, height, across


def ripple(clock: Clock, rows: Array, x: Array, unit: float, near: Array, strength: float = 1.0) -> Array:
    """Sideways displacement of a water plane, (rows, columns): three crossing trains, wider with nearness (0..1)."""
    k = 2 * np.pi / (unit * (0.008 + 0.055 * near))  # the wave number along y shrinks with distance
    high = unit * (0.0006 + 0.0042 * near) * strength * (1 + 1.4 * clock.wave)
    ky = np.cumsum(k * np.gradient(rows))
    out = np.zeros((len(rows), len(x)))
    for often, speed, height, across in TRAINS:
        row = ky * often - 2 * np.pi * speed * clock.t * 0.45
        column = x / unit * 2 * np.pi * across + speed
        wave = np.outer(np.sin(row) * high, np.cos(column)) + np.outer(np.cos(row) * high, np.sin(column))
        out += height * wave
    return out.astype(np.float32)
