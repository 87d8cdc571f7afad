"""People, seen whole."""

from studio.engine.illustrator.arrays import Ink
from studio.engine.illustrator.pen import Pen
from studio.engine.illustrator.shapes import ellipse, limb, spline
from studio.engine.illustrator.subjects.registry import thing


@thing("person", wide=0.4)
def person(p: Pen) -> None:
    dressed(p, p.pick("rust"))


def dressed(p: Pen, coat: str | Ink) -> None:
    s = 0.11
    p.fill(
        "dark",
        limb([(-0.01, 0.46, 0.045), (-s * 0.6, 0.25, 0.034), (-s * 1.4, 0.04, 0.024)]),
        limb([(0.01, 0.46, 0.045), (s * 0.9, 0.25, 0.034), (s, 0.03, 0.024)]),
    )
    p.fill(
        "key",
        limb([(-s * 1.4, 0.022, 0.022), (-s * 1.4 + 0.05, 0.018, 0.016)]),
        limb([(s, 0.02, 0.022), (s + 0.055, 0.016, 0.016)]),
    )
    p.fill(
        coat,
        p.curve(
            [
                (-0.1, 0.36),
                (-0.105, 0.55),
                (-0.085, 0.76),
                (-0.03, 0.83),
                (0.05, 0.82),
                (0.085, 0.74),
                (0.1, 0.54),
                (0.115, 0.34),
                (0, 0.32),
            ]
        ),
        limb([(0.05, 0.74, 0.034), (0.1, 0.6, 0.03), (0.13, 0.46, 0.022)]),
        shade=0.045,
    )
    p.fill(coat, limb([(-0.05, 0.74, 0.034), (-0.1, 0.58, 0.03), (-0.085, 0.45, 0.022)]), tone=0.5)
    p.fill("skin", ellipse(0.015, 0.9, 0.052, 0.062), limb([(0, 0.81, 0.028), (0.01, 0.86, 0.026)]), shade=0.02)
    p.fill(
        "dark",
        p.curve(
            [
                (-0.05, 0.9),
                (-0.045, 0.965),
                (0.015, 0.985),
                (0.07, 0.95),
                (0.06, 0.925),
                (0.01, 0.935),
                (-0.02, 0.86),
                (-0.05, 0.83),
            ]
        ),
    )


@thing("umbrella", wide=0.7)
def umbrella(p: Pen) -> None:
    dressed(p, "lemon" if p.scene.pal.night else "navy" if p.body in (None, "red") else "rust")
    p.line("dark", [(0.12, 0.55), (0.12, 1.05)], 0.009)
    dome = spline([(-0.27, 0.98), (-0.2, 1.14), (0.1, 1.25), (0.4, 1.14), (0.5, 0.98)], False, 10).tolist()
    scallop = [
        pt
        for a, b in ((0.5, 0.25), (0.25, 0), (0, -0.27))
        for pt in spline([(a, 0.98), ((a + b) / 2, 1.035), (b, 0.98)], False, 6).tolist()
    ]
    p.fill(p.pick("red"), dome + scallop, shade=0.06)
    p.line("dark", [(0.11, 1.24), (0.11, 1.3)], 0.008)
