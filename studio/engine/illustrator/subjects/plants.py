"""Trees, leaves and flowers."""

import numpy as np

from studio.engine.illustrator.arrays import Shape
from studio.engine.illustrator.pen import Pen
from studio.engine.illustrator.shapes import ellipse, limb, spline
from studio.engine.illustrator.subjects.registry import lit_side, thing


@thing("pine", wide=0.5)
def pine(p: Pen) -> None:
    snow = p.scene.brief.season == "winter"
    p.line("bark", [(0, 0), (0, 0.2)], 0.022)
    tiers = 6
    for i in range(tiers):
        y0, y1 = 0.10 + i * 0.13, 0.10 + i * 0.13 + 0.27 - i * 0.012
        w = 0.27 * (1 - i / (tiers + 0.4)) ** 0.9
        jag = [
            (-w, y0),
            (-w * 0.55, y0 + 0.035),
            (-w * 0.3, y0 - 0.005),
            (0, y0 + 0.03),
            (w * 0.3, y0 - 0.005),
            (w * 0.55, y0 + 0.035),
            (w, y0),
            (w * 0.33, (y0 + y1) / 2),
            (0, y1),
            (-w * 0.33, (y0 + y1) / 2),
        ]
        m = p.fill("body:pine", np.array(jag), shade=0.05, angle=1.3)
        if snow:
            side = lit_side(p)
            p.fill(
                "snow",
                np.array(
                    [
                        (0, y1),
                        (side * w * 0.33, (y0 + y1) / 2),
                        (side * w, y0),
                        (side * w * 0.5, y0 + 0.06),
                        (side * w * 0.12, (y0 + y1) / 2),
                    ]
                ),
                clip=m,
            )


@thing("tree", wide=0.75)
def tree(p: Pen) -> None:
    leaf = {"autumn": "autumn", "spring": "pink", "winter": "bark"}.get(p.scene.brief.season or "", "leafdark")
    r = p.rng
    p.fill(
        "bark",
        limb([(0, 0, 0.045), (0.01, 0.2, 0.03), (-0.01, 0.45, 0.022)]),
        limb([(0, 0.28, 0.02), (0.12, 0.45, 0.014), (0.17, 0.58, 0.008)]),
        limb([(0, 0.32, 0.02), (-0.11, 0.47, 0.014), (-0.17, 0.56, 0.008)]),
        shade=0.02,
    )
    if leaf == "bark":

        def branch(x: float, y: float, a: float, ln: float, wd: float) -> None:
            x2, y2 = x + np.sin(a) * ln, y + np.cos(a) * ln
            p.fill("bark", limb([(x, y, wd), (x2, y2, wd * 0.6)], 3))
            if ln > 0.06:
                for turn in (-0.5, 0.42):
                    branch(x2, y2, a + turn + r.normal(0, 0.12), ln * 0.72, wd * 0.6)

        branch(0, 0.3, 0, 0.22, 0.02)
        return
    crown = [
        ellipse(r.normal(0, 0.02) + np.cos(a) * 0.2, 0.66 + np.sin(a) * 0.17, r.uniform(0.12, 0.18))
        for a in np.linspace(0, 6.28, 9, endpoint=False)
    ]
    p.fill(p.pick(leaf), ellipse(0, 0.66, 0.22), *crown, shade=0.10, angle=0.6)
    side = lit_side(p)
    p.fill(
        p.pick(leaf),
        *[
            ellipse(side * 0.08 + r.normal(0, 0.08), 0.74 + r.normal(0, 0.06), r.uniform(0.03, 0.06), 0.03)
            for _ in range(6)
        ],
        tone=-0.3,
    )


@thing("birch", wide=0.35)
def birch(p: Pen) -> None:
    r = p.rng
    lean = r.normal(0, 0.02)
    m = p.fill("white", limb([(0, 0, 0.028), (lean, 0.5, 0.02), (lean * 2.2, 1.0, 0.009)]), shade=0.022)
    for _ in range(12):
        y = r.uniform(0.04, 0.9)
        x = lean * 2.2 * y + r.uniform(-0.02, 0.012)
        p.fill("dark", ellipse(x, y, r.uniform(0.008, 0.018), 0.005), clip=m)
    for k in range(5):
        y, s = 0.5 + k * 0.1, (-1) ** k
        p.line("bark", [(lean * 2.2 * y, y), (s * 0.07, y + 0.07), (s * 0.13, y + 0.17)], 0.005)


@thing("cypress", wide=0.25)
def cypress(p: Pen) -> None:
    p.fill(
        "body:leafdark",
        p.curve([(0, 0.0), (-0.1, 0.12), (-0.085, 0.5), (-0.03, 0.9), (0, 1), (0.035, 0.88), (0.09, 0.5), (0.1, 0.12)]),
        shade=0.05,
        angle=1.5,
    )


@thing("palm", wide=0.8)
def palm(p: Pen) -> None:
    p.fill("bark", limb([(-0.05, 0, 0.035), (0, 0.4, 0.024), (0.05, 0.78, 0.018)]), shade=0.02)
    for a in np.linspace(-0.35, 3.5, 8):
        x, y = 0.05 + np.cos(a) * 0.34, 0.78 + np.sin(a) * 0.2 - 0.1
        p.fill(
            "body:leafdark",
            spline([(0.05, 0.78), (0.05 + np.cos(a) * 0.18, 0.83 + np.sin(a) * 0.17), (x, y)], False, 8).tolist()
            + spline([(x, y), (0.05 + np.cos(a) * 0.17, 0.77 + np.sin(a) * 0.13), (0.05, 0.76)], False, 8).tolist(),
            tone=0.4 if np.sin(a) < 0 else 0,
        )


@thing("cactus", wide=0.5)
def cactus(p: Pen) -> None:
    p.fill(
        "body:leafdark",
        limb([(0, 0, 0.07), (0, 0.5, 0.08), (0, 0.9, 0.065)]),
        limb([(-0.02, 0.32, 0.045), (-0.2, 0.34, 0.045), (-0.22, 0.58, 0.045)]),
        limb([(0.02, 0.45, 0.045), (0.19, 0.47, 0.042), (0.2, 0.68, 0.042)]),
        shade=0.05,
        angle=1.57,
    )


@thing("fern", wide=0.6)
def fern(p: Pen) -> None:
    bend = p.rng.choice([-1, 1]) * 0.12
    spine = spline([(0, 0), (bend * 0.1, 0.35), (bend * 0.7, 0.72), (bend * 1.9, 1.0)], False, 30)
    n = len(spine)
    shapes: list[Shape] = [limb([(x, y, 0.013 * (1.05 - i / n)) for i, (x, y) in enumerate(spine) if i % 6 == 0])]
    for k in range(14):
        t = 0.14 + 0.84 * k / 14
        i = int(t * (n - 1))
        (x, y), d = spine[i], np.arctan2(*(spine[min(i + 3, n - 1)] - spine[max(i - 3, 0)])[::-1])
        ln = 0.30 * (1 - t) ** 0.72 * min(1, 0.45 + k * 0.2) + 0.012
        for s in (-1, 1):
            a = d + s * (1.22 - 0.3 * t)
            along, out = np.array([np.cos(a), np.sin(a)]), np.array([-np.sin(a), np.cos(a)]) * s
            tip = (x, y) + along * ln - out * ln * 0.22
            wide = 0.008 + 0.045 * ln
            shapes.append(
                spline(
                    [
                        (x, y) - out * wide * 0.5,
                        (x, y) + along * ln * 0.4 - out * (wide + 0.01),
                        tip,
                        (x, y) + along * ln * 0.45 + out * wide,
                    ],
                    True,
                    6,
                )
            )
    p.fill(p.pick("leafdark"), *shapes)


@thing("leaf", wide=0.6)
def leaf(p: Pen) -> None:
    p.fill(
        p.pick("leafdark"),
        p.curve([(0, 0), (-0.24, 0.25), (-0.22, 0.62), (0, 1.0), (0.22, 0.62), (0.24, 0.25)]),
        shade=0.06,
    )
    p.line("cream", [(0, 0.02), (0, 0.9)], 0.008)
    for y, w in ((0.2, 0.17), (0.34, 0.18), (0.48, 0.17), (0.62, 0.14), (0.75, 0.09)):
        p.line("cream", [(-w, y + w * 0.75), (0, y), (w, y + w * 0.75)], 0.005)
