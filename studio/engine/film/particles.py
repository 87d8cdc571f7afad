"""Rain, snow, falling leaves, rising sparks and drifting dust, from a seed. Positions wrap around, so any moment of the
clock is as good as another, and what one part shows the next one goes on with."""

from collections.abc import Iterator

import cv2
import numpy as np

from studio.engine.film.arrays import Array

KINDS = ("rain", "snow", "fall", "rise", "drift")
Ink = tuple[int, int, int]  # blue, green, red
FADE_IN = 1.5  # seconds in which a new kind comes


class Particles:
    def __init__(self, width: int, height: int, seed: int, inks: dict[str, Ink]) -> None:
        self.width, self.height, self.unit, self.inks = width, height, min(width, height), inks
        rng = np.random.default_rng(seed)
        counts = {"rain": 260, "snow": 210, "fall": 34, "rise": 46, "drift": 70}
        self.spots: dict[str, Array] = {kind: rng.random((counts[kind], 4)) for kind in KINDS}

    def layers(self, kinds: frozenset[str], t: float, shift: float = 0.0) -> Iterator[tuple[str, Array, Ink]]:
        """A mask and an ink for each kind; `shift` in pixels, by which the camera moved near things."""
        for kind in KINDS:
            if kind in kinds:
                mask = np.zeros((self.height, self.width), np.uint8)
                for spot in self.spots[kind]:
                    DRAW[kind](self, mask, spot, t, shift)
                yield kind, mask, self.inks[kind]

    def wrapped(self, x: float, y: float, room: float) -> tuple[float, float]:
        """Into the frame, which has `room` (a share of it) all round where nobody sees it begin again."""
        w, h = self.width, self.height
        return x % (w * (1 + 2 * room)) - w * room, y % (h * (1 + 2 * room)) - h * room


def _rain(p: Particles, mask: Array, spot: Array, t: float, shift: float) -> None:
    x, y, d, v = (float(each) for each in spot)
    near = 0.35 + 0.65 * d * d
    long, speed = p.unit * (0.025 + 0.06 * near), p.unit * (1.1 + 1.3 * near) * (0.9 + 0.2 * v)
    gx, gy = p.wrapped(x * p.width * 1.3 - speed * t * 0.14 + shift * near, y * p.height * 1.3 + speed * t, 0.15)
    ends = (int(gx * 8), int(gy * 8)), (int((gx - long * 0.14) * 8), int((gy + long) * 8))
    cv2.line(mask, *ends, int(45 + 75 * near), 2 if near > 0.85 else 1, cv2.LINE_AA, 3)


def _snow(p: Particles, mask: Array, spot: Array, t: float, shift: float) -> None:
    x, y, d, v = (float(each) for each in spot)
    near = 0.25 + 0.75 * d * d
    sway = p.unit * 0.02 * float(np.sin(t * (0.5 + v) + v * 40)) + t * p.unit * 0.015
    down = p.unit * (0.05 + 0.09 * near) * t
    gx, gy = p.wrapped(x * p.width * 1.1 + sway + shift * near, y * p.height * 1.1 + down, 0.05)
    _dot(mask, gx, gy, max(0.8, p.unit * 0.0054 * near), int(110 + 130 * near))


def _leaf(p: Particles, mask: Array, spot: Array, t: float, shift: float) -> None:
    x, y, d, v = (float(each) for each in spot)
    near, phase = 0.3 + 0.7 * d * d, v * 40
    swing = p.unit * 0.05 * near * float(np.sin(t * (0.9 + v * 0.7) + phase))
    down = p.unit * (0.06 + 0.1 * near) * t
    gx, gy = p.wrapped(x * p.width * 1.2 + swing + p.unit * 0.02 * t + shift * near, y * p.height * 1.2 + down, 0.1)
    turn = float(np.degrees(np.sin(t * (1.1 + v) + phase) * 1.2 + phase))
    long = p.unit * 0.011 * near
    wide = long * (0.22 + 0.38 * abs(float(np.sin(t * (1.7 + v) + phase))))
    axes, at = (max(1, int(long * 16)), max(1, int(wide * 16))), (int(gx * 16), int(gy * 16))
    cv2.ellipse(mask, at, axes, turn, 0, 360, int(170 + 70 * near), -1, cv2.LINE_AA, 4)


def _spark(p: Particles, mask: Array, spot: Array, t: float, shift: float) -> None:
    x, y, d, v = (float(each) for each in spot)
    near = 0.3 + 0.7 * d * d
    sway = p.unit * 0.025 * float(np.sin(t * (0.6 + v) + v * 40))
    up = p.unit * (0.05 + 0.07 * near) * t
    gx, gy = p.wrapped(x * p.width * 1.1 + sway + shift * near, y * p.height * 1.1 - up, 0.05)
    glow = 0.62 + 0.38 * float(np.sin(t * (2.0 + 2 * v) + v * 60))
    _dot(mask, gx, gy, max(0.9, p.unit * 0.0042 * near), int((120 + 120 * near) * glow))


def _dust(p: Particles, mask: Array, spot: Array, t: float, shift: float) -> None:
    x, y, d, v = (float(each) for each in spot)
    near = 0.25 + 0.75 * d * d
    along, bob = p.unit * (0.02 + 0.03 * near) * t, p.unit * 0.02 * float(np.sin(t * (0.3 + 0.4 * v) + v * 50))
    gx, gy = p.wrapped(x * p.width * 1.1 + along + shift * near, y * p.height * 1.1 + bob - t * p.unit * 0.004, 0.05)
    glow = 0.7 + 0.3 * float(np.sin(t * (0.7 + v) + v * 30))
    _dot(mask, gx, gy, max(0.8, p.unit * 0.0036 * near), int((50 + 70 * near) * glow))


def _dot(mask: Array, x: float, y: float, radius: float, tone: int) -> None:
    cv2.circle(mask, (int(x * 16), int(y * 16)), int(radius * 16), tone, -1, cv2.LINE_AA, 4)


DRAW = {"rain": _rain, "snow": _snow, "fall": _leaf, "rise": _spark, "drift": _dust}
