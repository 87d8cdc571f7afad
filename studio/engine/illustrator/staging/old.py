"""Casting shared by all composers: the registry, how big things are, where a brief's subjects may stand, float or fly.

A composer gets a `Scene` whose brief and palette are set and lays depth out from far to near with one light.
Variants come from the scene's random numbers: where the light stands (`side`), how high the horizon is, which
third carries the weight, which layout is used."""

import numpy as np
from studio.engine.illustrator.nature import put

COMPOSE = {}
FLYERS = {"bird": 0.075, "balloon": 0.2, "rocket": 0.34, "butterfly": 0.08}
FLOATERS = {"sailboat": 0.26, "boat": 0.2, "ship": 0.17, "rowboat": 0.16, "whale": 0.2}
HEIGHT = {
    "lighthouse": 0.42,
    "house": 0.2,
    "cottage": 0.17,
    "church": 0.32,
    "tower": 0.4,
    "castle": 0.42,
    "fox": 0.3,
    "deer": 0.3,
    "wolf": 0.26,
    "cat": 0.2,
    "horse": 0.32,
    "camel": 0.28,
    "rabbit": 0.14,
    "person": 0.2,
    "umbrella": 0.26,
    "bicycle": 0.19,
    "car": 0.17,
    "jug": 0.4,
    "pear": 0.22,
    "apple": 0.17,
    "lemon": 0.14,
    "flower": 0.24,
    "lamp": 0.34,
    "chair": 0.3,
    "bridge": 0.17,
    "train": 0.14,
    "windmill": 0.34,
    "pine": 0.4,
    "tree": 0.36,
    "birch": 0.5,
    "palm": 0.4,
    "cypress": 0.34,
    "cactus": 0.26,
    "bottle": 0.42,
    "cup": 0.18,
    "fish": 0.14,
    "fern": 0.3,
    "leaf": 0.3,
    "sax": 0.5,
}


def composer(name):
    def keep(f):
        COMPOSE[name] = f
        return f

    return keep


def third(sc, opposite=False):
    """A rule-of-thirds column; the opposite one of the light unless told."""
    return 0.5 - sc.side * (0.17 if not opposite else -0.17) + sc.rng.uniform(-0.03, 0.03)


def cast(sc, ground=None, water_y=None, skip=(), x=None, scale=1.0):
    """Place the brief's subjects in sky, on water or on ground (`ground(x)` → y), biggest role first."""
    subs = [s for s in sc.brief.subjects if s.name not in skip and s.name not in ("moon", "sun")]
    standing = [
        s
        for s in subs
        for _ in range(min(s.count, 7))
        if s.name not in FLYERS and not (s.name in FLOATERS and water_y is not None)
    ]
    slots = (
        [x if x is not None else third(sc)]
        if len(standing) == 1
        else list(np.linspace(0.5 - 0.3, 0.5 + 0.3, max(1, len(standing))))
    )
    shrink = 1.0 if len(standing) < 2 else 0.8 if len(standing) < 3 else 0.66
    for sub in subs:
        n = min(sub.count, 7)
        for i in range(n):
            size = sub.size * scale
            spread = (i - (n - 1) / 2) * (0.28 if n <= 3 else 0.8 / n)
            cx = float(np.clip((0.5 if n > 1 else third(sc)) + spread + sc.rng.uniform(-0.03, 0.03), 0.1, 0.9))
            if sub.name in FLYERS:
                k = sc.rng.uniform(0.7, 1.2) if n > 1 else 1.2
                y = sc.horizon * sc.rng.uniform(0.25, 0.6) + (
                    FLYERS[sub.name] * size * k * sc.u / sc.h if sub.name != "bird" else 0
                )
                put(sc, sub.name, cx, y, FLYERS[sub.name] * size * k, 0.9, colour=sub.colour, ground=False)
            elif sub.name in FLOATERS and water_y is not None:
                t = (0.14 + 0.6 * ((i * 2 + 1) % max(n, 2)) / max(n, 2)) if n > 1 else 0.38
                put(
                    sc,
                    sub.name,
                    cx,
                    water_y + (1 - water_y) * t,
                    FLOATERS[sub.name] * size * (0.55 + t * 0.95),
                    0.75 + 0.25 * t,
                    colour=sub.colour,
                    water_line=True,
                )
            elif ground is not None and slots:
                cx = float(slots.pop(0))
                name = "rowboat" if sub.name == "boat" else sub.name
                put(
                    sc,
                    name,
                    cx,
                    ground(cx) + sc.rng.uniform(-0.015, 0.015) * (len(standing) > 1),
                    HEIGHT.get(name, 0.25) * size * shrink,
                    1,
                    colour=sub.colour,
                )
