"""Things of the house."""

import numpy as np

from studio.engine.illustrator.colour import rgb
from studio.engine.illustrator.pen import Pen
from studio.engine.illustrator.shapes import ellipse, limb, rect
from studio.engine.illustrator.subjects.beasts import Part
from studio.engine.illustrator.subjects.registry import arc, lit_side, ring, thing


@thing("jug", wide=0.85)
def jug(p: Pen) -> None:
    ink = p.pick("blue")
    p.fill(ink, limb([(0.2, 0.8, 0.035), (0.38, 0.78, 0.034), (0.41, 0.58, 0.034), (0.27, 0.4, 0.034)]), tone=0.5)
    body = p.fill(
        ink,
        p.curve(
            [
                (-0.2, 0),
                (-0.33, 0.16),
                (-0.34, 0.36),
                (-0.2, 0.58),
                (-0.15, 0.74),
                (-0.2, 0.88),
                (-0.32, 0.98),
                (-0.1, 0.95),
                (0.14, 0.95),
                (0.17, 0.88),
                (0.14, 0.74),
                (0.2, 0.58),
                (0.34, 0.36),
                (0.33, 0.16),
                (0.2, 0),
            ]
        ),
        shade=0.13,
        angle=1.4,
    )
    p.fill("key", ellipse(-0.03, 0.945, 0.17, 0.028))
    side = lit_side(p)
    p.fill(ink, limb([(side * 0.2, 0.16, 0.02), (side * 0.235, 0.32, 0.03), (side * 0.14, 0.52, 0.014)]), tone=-0.75)
    p.fill("cream", rect(-0.4, 0.415, 0.4, 0.435), rect(-0.4, 0.46, 0.4, 0.47), clip=body)


@thing("bottle", wide=0.35)
def bottle(p: Pen) -> None:
    p.fill(
        p.pick("leafdark"),
        p.curve(
            [(-0.13, 0), (-0.14, 0.5), (-0.06, 0.68), (-0.05, 0.95), (0.05, 0.95), (0.06, 0.68), (0.14, 0.5), (0.13, 0)]
        ),
        shade=0.07,
    )
    p.fill("cream", rect(-0.135, 0.18, 0.135, 0.38))
    p.fill("wood", rect(-0.035, 0.94, 0.035, 1.0))


@thing("cup", wide=1.0)
def cup(p: Pen) -> None:
    p.fill(
        p.pick("white"), limb([(0.28, 0.55, 0.05), (0.5, 0.52, 0.05), (0.48, 0.25, 0.05), (0.26, 0.2, 0.05)]), tone=0.4
    )
    p.fill(
        p.pick("white"),
        p.curve([(-0.36, 0.75), (-0.33, 0.25), (-0.18, 0.02), (0.18, 0.02), (0.33, 0.25), (0.36, 0.75)]),
        shade=0.12,
    )
    p.fill("bark", ellipse(0, 0.74, 0.34, 0.06))


@thing("lamp", wide=0.3)
def lamp(p: Pen) -> None:
    p.line("dark", [(0, 0), (0, 0.84)], 0.016)
    p.fill("dark", np.array([(-0.05, 0), (0.05, 0), (0.025, 0.08), (-0.025, 0.08)]))
    p.fill("glow", np.array([(-0.05, 0.84), (0.05, 0.84), (0.075, 0.97), (-0.075, 0.97)]))
    p.fill("dark", np.array([(-0.09, 0.965), (0.09, 0.965), (0, 1.03)]))
    p.glow(0, 0.9, 0.35)


@thing("chair", wide=0.7)
def chair(p: Pen) -> None:
    ink = p.pick("wood")
    for x in (-0.25, 0.25):
        p.line(ink, [(x, 0.42), (x * 1.08, 0)], 0.025)
    p.line(ink, [(-0.25, 0.42), (-0.3, 1.0)], 0.025)
    p.line(ink, [(0.2, 0.42), (0.16, 1.0)], 0.025)
    p.fill(ink, rect(-0.3, 0.4, 0.3, 0.46), rect(-0.3, 0.9, 0.18, 1.0), rect(-0.29, 0.68, 0.18, 0.75), shade=0.03)


@thing("teapot", wide=1.3)
def teapot(p: Pen) -> None:
    ink, side = p.pick("teal"), lit_side(p)
    p.fill(ink, limb([(-0.34, 0.56, 0.04), (-0.58, 0.58, 0.04), (-0.62, 0.36, 0.04), (-0.38, 0.22, 0.04)]), tone=0.5)
    p.fill(ink, limb([(0.3, 0.26, 0.1), (0.46, 0.34, 0.07), (0.54, 0.5, 0.045), (0.64, 0.6, 0.035)]), shade=0.03)
    half = [(0.24, 0.02), (0.43, 0.16), (0.46, 0.36), (0.34, 0.56), (0.18, 0.62)]
    body = p.fill(ink, p.curve([(0, 0.0), *half, (0, 0.63), *[(-x, y) for x, y in half[::-1]]]), shade=0.11)
    p.fill("cream", [*arc((-0.5, 0.33), (0, 0.27), (0.5, 0.33)), *arc((0.5, 0.29), (0, 0.23), (-0.5, 0.29))], clip=body)
    p.fill(ink, ellipse(side * 0.22, 0.46, 0.05, 0.075, -side * 0.5), tone=-0.8)
    lid = [(-0.2, 0.61), (-0.15, 0.7), (0, 0.73), (0.15, 0.7), (0.2, 0.61), (0, 0.6)]
    p.fill(ink, p.curve(lid), tone=0.25, shade=0.03)
    p.fill("gold", ellipse(0, 0.76, 0.05))


@thing("candle", wide=0.55)
def candle(p: Pen) -> None:
    wax = p.pick("cream")
    p.fill("gold", limb([(0.2, 0.12, 0.02), (0.31, 0.13, 0.02), (0.31, 0.05, 0.02), (0.22, 0.05, 0.02)]), tone=0.4)
    p.fill("gold", p.curve([(-0.27, 0.1), (-0.2, 0.02), (0, 0.0), (0.2, 0.02), (0.27, 0.1), (0, 0.08)]), shade=0.03)
    top = arc((-0.115, 0.62), (-0.04, 0.66), (0.04, 0.63), (0.115, 0.65), step=6)
    p.fill(wax, [(-0.11, 0.08), *top, (0.11, 0.08)], shade=0.055)
    drips = [(0.085, 0.62, 0.032), (0.1, 0.5, 0.03), (0.098, 0.44, 0.034)], [(-0.06, 0.63, 0.028), (-0.065, 0.54, 0.03)]
    p.fill(wax, *[limb(drip) for drip in drips], tone=-0.25)
    p.line("key", [(0, 0.63), (0.01, 0.71)], 0.011)
    p.fill(rgb((0.72, 0.17, 58)), p.curve([(0, 0.68), (-0.075, 0.77), (-0.01, 1.0), (0.075, 0.77)]), kind="light")
    p.fill(rgb((0.95, 0.09, 96)), p.curve([(0, 0.69), (-0.042, 0.76), (0.0, 0.89), (0.042, 0.76)]), kind="light")
    p.glow(0, 0.8, 0.9)


@thing("book", wide=1.3)
def book(p: Pen) -> None:
    """Open, seen from the reader's side."""
    back = [*arc((-0.66, 0.52), (-0.3, 0.58), (0, 0.48)), *arc((0, 0.48), (0.3, 0.58), (0.66, 0.52))]
    p.fill(p.pick("red"), [(-0.7, 0.06), *back, (0.7, 0.06), (0, 0.02)], shade=0.03)
    for s in (-1, 1):
        lit = s == lit_side(p)
        top, low = arc((0, 0.52), (s * 0.3, 0.63), (s * 0.58, 0.55)), arc((s * 0.63, 0.12), (s * 0.32, 0.2), (0, 0.08))
        p.fill("cream", [(x, y - 0.03) for x, y in [*top, *low]], tone=0.5)
        page = p.fill("white", [*top, *low], tone=0.0 if lit else 0.25)
        for k in range(5):
            y = 0.42 - k * 0.07
            end = (s * (0.53 if k != 4 else 0.36), y + 0.055)
            p.line("steel", arc((s * 0.07, y), (s * 0.3, y + 0.1), end, step=6), 0.011, clip=page)
    p.line("wood", [(0, 0.52), (0, 0.07)], 0.01)
    p.fill("gold", [(0.1, 0.1), (0.16, 0.13), (0.17, -0.06), (0.135, -0.02), (0.09, -0.07)])


@thing("heart", wide=1.0)
def heart(p: Pen) -> None:
    ink, side = p.pick("red"), lit_side(p)
    half = arc((0, 0.0), (0.28, 0.24), (0.47, 0.5), (0.5, 0.7), (0.42, 0.87), (0.26, 0.93), (0.1, 0.88), (0, 0.74))
    whole = p.fill(ink, [*half, *[(-x, y) for x, y in half[::-1]]], shade=0.1)
    p.fill(ink, ellipse(side * 0.26, 0.74, 0.1, 0.065, side * 0.7), tone=-0.7, clip=whole)


@thing("crown", wide=1.2)
def crown(p: Pen) -> None:
    ink = p.pick("gold")
    tips = [(-0.56, 0.66), (-0.29, 0.76), (0, 0.84), (0.29, 0.76), (0.56, 0.66)]
    lows = [(-0.4, 0.32), (-0.14, 0.36), (0.14, 0.36), (0.4, 0.32)]
    p.fill("red", p.curve([(-0.4, 0.2), (-0.3, 0.44), (0, 0.5), (0.3, 0.44), (0.4, 0.2)]), tone=0.3)
    zigzag = [point for low, tip in zip(lows, tips[1:], strict=True) for point in (low, tip)]
    p.fill(ink, [(-0.45, 0.08), tips[0], *zigzag, (0.45, 0.08)], shade=0.05)
    for x, y in tips:
        p.fill(ink, ellipse(x, y, 0.05), shade=0.015)
    p.fill(ink, [*arc((-0.46, 0.18), (0, 0.11), (0.46, 0.18)), *arc((0.45, 0.06), (0, -0.01), (-0.45, 0.06))], tone=0.4)
    for x, jewel in ((-0.28, "teal"), (0, "red"), (0.28, "teal")):
        y = 0.07 + abs(x) * 0.1
        p.fill(jewel, [(x - 0.045, y), (x, y + 0.045), (x + 0.045, y), (x, y - 0.045)])


@thing("clock", wide=0.8)
def clock(p: Pen) -> None:
    """An alarm clock with two bells."""
    bell = [(-0.14, 0), *arc((-0.14, 0), (-0.1, 0.1), (0, 0.14), (0.1, 0.1), (0.14, 0), step=6)]
    for s in (-1, 1):
        p.line("dark", [(s * 0.18, 0.2), (s * 0.27, 0.02)], 0.03)
        Part(p, s * 0.22, 0.82, 1, -s * 0.6).fill("gold", bell, shade=0.025)
    p.line("dark", [(0, 0.8), (0, 0.98)], 0.02)
    p.fill("dark", ellipse(0, 0.97, 0.045))
    p.fill(p.pick("red"), ellipse(0, 0.46, 0.4, n=70), shade=0.06)
    p.fill("cream", ellipse(0, 0.46, 0.31, n=60))
    for k in range(12):
        x, y, inner = np.cos(k * np.pi / 6), np.sin(k * np.pi / 6), 0.235 if k % 3 == 0 else 0.255
        mark = [(x * inner, 0.46 + y * inner), (x * 0.28, 0.46 + y * 0.28)]
        p.line("dark", mark, 0.012 if k % 3 == 0 else 0.007)
    p.line("key", [(0, 0.46), (-0.1, 0.57)], 0.018)
    p.line("key", [(0, 0.46), (0.13, 0.62)], 0.013)
    p.fill("red", ellipse(0, 0.46, 0.028))


@thing("key", wide=0.5)
def key(p: Pen) -> None:
    ink = p.pick("gold")
    k = Part(p, 0.17, 0.06, 0.92, 0.38)
    bit = [(0.03, 0.03), (0.19, 0.03), (0.19, 0.12), (0.13, 0.12), (0.13, 0.08), (0.1, 0.08), (0.1, 0.15), (0.19, 0.15)]
    k.fill(
        ink, rect(-0.035, 0, 0.035, 0.72), rect(-0.06, 0.6, 0.06, 0.64), [*bit, (0.19, 0.22), (0.03, 0.22)], shade=0.025
    )
    for x, y in ((-0.1, 0.79), (0.1, 0.79), (0, 0.94)):
        k.fill(ink, ring(x, y, 0.125, 0.06), shade=0.02)
