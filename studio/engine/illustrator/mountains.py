"""Mountains with a lit and a shaded face, lesser ridges, and snow in the gullies; faceted like a travel print."""

import numpy as np

from studio.engine.illustrator.arrays import Ink, Mask, Points
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.shapes import noise1


def peaks(
    sc: Scene, y: float, amp: float, n: int = 3, depth: float = 0.3, local: str = "rock", snow: bool = True
) -> None:
    """A range of `n` mountains whose feet are at `y` and whose highest is `amp` tall (shares of the height)."""
    r = sc.rng
    xs = np.sort(np.linspace(0.08, 0.92, n) + r.uniform(-0.07, 0.07, n)) * sc.w
    hs = amp * sc.h * r.uniform(0.6, 1.0, n)
    hs[r.integers(n)] = amp * sc.h
    for x, tall in sorted(zip(xs, hs, strict=True), key=lambda peak: float(peak[1])):
        _peak(sc, x, y * sc.h, tall, depth, local, snow)


def _peak(sc: Scene, x: float, base: float, tall: float, depth: float, local: str, snow: bool) -> None:
    wide, top = tall * sc.rng.uniform(1.0, 1.35), base - tall
    left, right = _flank(sc, (x - wide, base), (x, top)), _flank(sc, (x + wide, base), (x, top))
    crest = _crest(sc, x, top, tall, wide)
    dark_side = left if sc.side > 0 else right
    whole, dark = np.vstack([left, right[::-1]]), np.vstack([dark_side, crest])
    group = sc.new_group()
    inside = sc.mask([whole])

    def face(mask: Mask, ink: Ink, lit: bool) -> None:
        slope = 0.9 if lit == (sc.side > 0) else -0.9
        sc.add(np.minimum(mask, inside), ink, kind="ground", depth=depth, angle=slope, group=group)

    face(inside, sc.pal.lit(local, depth), True)
    face(sc.mask([dark]), sc.pal.lit(local, depth, 0.8), False)
    for side, shade in ((sc.side, 0.42), (-sc.side, 1.15)):
        face(sc.mask(_ribs(sc, crest, side, tall, wide)), sc.pal.lit(local, depth, shade), side > 0)
    if snow:
        cap = sc.mask([_snow(sc, x, top, tall, wide)])
        face(cap, sc.pal.lit("snow", depth + 0.1), True)
        face(np.minimum(cap, sc.mask([dark])), sc.pal.lit("snow", depth, 0.55), False)


def _flank(sc: Scene, foot: tuple[float, float], top: tuple[float, float], k: int = 22) -> Points:
    """A rugged line from the foot to the top, calm at both ends."""
    t = np.linspace(0, 1, k)
    line = np.stack([foot[0] + (top[0] - foot[0]) * t, foot[1] + (top[1] - foot[1]) * t], 1)
    rough = noise1(k, sc.rng, 4, 3, 0.6) * np.sin(np.pi * t) ** 0.6
    line[:, 1] += rough * (foot[1] - top[1]) * 0.05
    return line


def _crest(sc: Scene, x: float, top: float, tall: float, wide: float, k: int = 16) -> Points:
    """The ridge that parts light from shade: from the summit down, drifting to the shaded side."""
    t = np.linspace(0, 1, k)
    sway = noise1(k, sc.rng, 3, 3, 0.6) * np.sqrt(t) * 0.10 - sc.side * 0.22 * t
    return np.stack([x + sway * wide, top + tall * t], 1)


def _ribs(sc: Scene, crest: Points, side: int, tall: float, wide: float) -> list[Points]:
    """Lesser ridges: slivers of shade that run from the crest down to one side."""
    r, ribs = sc.rng, []
    for start in (3, 6, 9):
        x, y = crest[start]
        drop = tall * r.uniform(0.22, 0.4)
        out = side * drop / tall * wide * r.uniform(0.6, 0.85)
        bend = (x + out * 0.45, y + drop * r.uniform(0.30, 0.42))
        ribs.append(np.array([(x, y), bend, (x + out, y + drop), (x + out * 0.55, y + drop * 0.95)]))
    return ribs


def _snow(sc: Scene, x: float, top: float, tall: float, wide: float, fingers: int = 7) -> Points:
    """The snow cap: tongues of uneven length in the gullies, all pointing away from the summit."""
    r, foot = sc.rng, []
    for t in np.linspace(1.0, -1.0, fingers) + r.uniform(-0.08, 0.08, fingers):
        rise, tongue = r.uniform(0.15, 0.24), r.uniform(0.28, 0.56)
        for turn, d in ((0.13, rise), (0.03, tongue), (-0.04, tongue * 0.93)):
            foot.append((x + (t + turn) * wide * d, top + tall * d))
    return np.array([(x - wide, top - 9), (x + wide, top - 9), *foot])
