"""What people build."""

import numpy as np

from studio.engine.illustrator.colour import rgb
from studio.engine.illustrator.pen import Pen
from studio.engine.illustrator.shapes import ellipse, limb, rect
from studio.engine.illustrator.subjects.registry import arc, lit_side, thing, window


@thing("lighthouse", wide=0.5)
def lighthouse(p: Pen) -> None:
    p.fill("stone", rect(-0.17, 0, 0.17, 0.05), shade=0.07)
    tower = [(-0.135, 0.04), (0.135, 0.04), (0.085, 0.74), (-0.085, 0.74)]
    clip = p.fill("white", np.array(tower), shade=0.075)
    for a, b in ((0.16, 0.29), (0.42, 0.55), (0.66, 0.74)):
        p.fill(p.pick("red"), rect(-0.2, a, 0.2, b), clip=clip)
        side = lit_side(p)
        p.fill(p.pick("red"), rect(-0.2, a, -0.035, b) if side > 0 else rect(0.035, a, 0.2, b), tone=0.8, clip=clip)
    p.fill("dark", rect(-0.125, 0.735, 0.125, 0.765))
    for x in (-0.11, -0.055, 0, 0.055, 0.11):
        p.line("dark", [(x, 0.765), (x, 0.81)], 0.005)
    p.line("dark", [(-0.118, 0.81), (0.118, 0.81)], 0.006)
    p.fill("glow", rect(-0.06, 0.765, 0.06, 0.885))
    for x in (-0.06, -0.02, 0.02, 0.06):
        p.line("dark", [(x, 0.765), (x, 0.885)], 0.005)
    p.fill(
        p.pick("red"),
        p.curve([(-0.085, 0.88), (-0.06, 0.93), (0, 0.965), (0.06, 0.93), (0.085, 0.88), (0, 0.878)]),
        shade=0.04,
    )
    p.line("dark", [(0, 0.95), (0, 1.02)], 0.007)
    window(p, 0, 0.33, 0.035, 0.05, False)
    window(p, 0, 0.585, 0.03, 0.045, False)
    p.fill("dark", p.curve([(-0.035, 0.04), (-0.035, 0.11), (0, 0.135), (0.035, 0.11), (0.035, 0.04)]))
    p.glow(0, 0.825, 0.5)


def gable(p: Pen, w: float, wall: float, roof: float, ink: str, roof_ink: str, snow: bool) -> float:
    """Front wall with gable at left, long side with roof at right: a house in two tones; returns the gable's middle."""
    a, b, eave = -w * 0.5, -w * 0.08, 0.05
    mid = (a + b) / 2
    side = w * 0.55
    lean = (b - a) * 0.5
    p.fill(ink, np.array([(b, 0), (side, 0), (side, wall), (b, wall)]), tone=0.35)
    p.fill(ink, np.array([(a, 0), (b, 0), (b, wall), (mid, wall + roof), (a, wall)]))
    slope = np.array(
        [
            (mid, wall + roof),
            (side - lean * 0.55, wall + roof),
            (side + eave, wall - 0.02),
            (b + eave * 0.6, wall - 0.02),
        ]
    )
    p.fill("snow" if snow else roof_ink, slope, tone=0.15 if snow else 0, angle=1.2)
    p.fill(
        "snow" if snow else roof_ink,
        np.array(
            [
                (mid, wall + roof + 0.03),
                (a - eave, wall - 0.035),
                (a - eave, wall + 0.015),
                (mid, wall + roof + 0.075),
                (b + eave, wall + 0.015),
                (b + eave, wall - 0.035),
            ]
        ),
        tone=0 if snow else 0.4,
    )
    return mid


@thing("house", wide=1.15)
def house(p: Pen) -> None:
    snow = p.scene.brief.season == "winter"
    p.fill("brick", rect(0.24, 0.62, 0.34, 0.98), shade=0.03)
    if snow:
        p.fill("snow", rect(0.23, 0.97, 0.35, 1.0))
    mid = gable(p, 1.0, 0.46, 0.34, "body:cream", "rust", snow)
    window(p, mid, 0.5, 0.09, 0.1)
    p.fill("wood", rect(mid - 0.055, 0, mid + 0.055, 0.23))
    for x in (0.1, 0.34):
        window(p, x, 0.16, 0.12, 0.15)
        p.line("white", [(x, 0.16), (x, 0.31)], 0.006)
        p.line("white", [(x - 0.06, 0.235), (x + 0.06, 0.235)], 0.006)


@thing("cottage", wide=1.15)
def cottage(p: Pen) -> None:
    """Low walls under a tall thatch, with a round-topped door."""
    snow = p.scene.brief.season == "winter"
    p.fill("stone", rect(0.02, 0.6, 0.13, 0.96), shade=0.03)
    p.fill("snow" if snow else "stone", rect(0.0, 0.94, 0.15, 0.975), tone=-0.2)
    mid = gable(p, 1.0, 0.32, 0.46, "body:cream", "ochre", snow)
    window(p, mid, 0.44, 0.085, 0.085)
    p.fill(
        "wood", [(mid - 0.06, 0), *arc((mid - 0.06, 0.17), (mid, 0.235), (mid + 0.06, 0.17), step=6), (mid + 0.06, 0)]
    )
    for x in (0.12, 0.36):
        window(p, x, 0.1, 0.1, 0.12)
        p.line("white", [(x, 0.1), (x, 0.22)], 0.006)
        p.line("white", [(x - 0.05, 0.16), (x + 0.05, 0.16)], 0.006)


@thing("church", wide=1.1)
def church(p: Pen) -> None:
    roof = "snow" if p.scene.brief.season == "winter" else "dark"
    p.fill("body:cream", rect(-0.02, 0, 0.58, 0.27), tone=0.25)
    p.fill(roof, np.array([(-0.06, 0.26), (0.05, 0.44), (0.52, 0.44), (0.63, 0.26)]), tone=0.1)
    for x in (0.2, 0.33, 0.46):
        p.fill(
            "glow" if p.scene.pal.night else "dark",
            [(x - 0.025, 0.07), (x - 0.025, 0.16), (x, 0.2), (x + 0.025, 0.16), (x + 0.025, 0.07)],
        )
    p.fill("body:cream", rect(-0.3, 0, -0.02, 0.58), shade=0.07)
    p.fill(roof, np.array([(-0.34, 0.57), (-0.16, 1.0), (0.02, 0.57)]), shade=0.07)
    p.line("dark", [(-0.16, 0.98), (-0.16, 1.1)], 0.008)
    p.line("dark", [(-0.195, 1.06), (-0.125, 1.06)], 0.008)
    p.fill("dark", [(-0.2, 0.4), (-0.2, 0.47), (-0.16, 0.51), (-0.12, 0.47), (-0.12, 0.4)])
    p.fill("wood", [(-0.215, 0), (-0.215, 0.12), (-0.16, 0.18), (-0.105, 0.12), (-0.105, 0)])


@thing("tower", wide=0.4)
def tower(p: Pen) -> None:
    p.fill("body:stone", rect(-0.13, 0, 0.13, 0.72), shade=0.07)
    p.fill("body:stone", rect(-0.155, 0.7, 0.155, 0.76), tone=0.2)
    p.fill("dark", np.array([(-0.17, 0.76), (0, 1.0), (0.17, 0.76)]), shade=0.06)
    p.fill("white", ellipse(0, 0.6, 0.07))
    p.line("dark", [(0, 0.6), (0, 0.65)], 0.007)
    p.line("dark", [(0, 0.6), (0.035, 0.6)], 0.007)
    for y in (0.15, 0.35):
        window(p, 0, y, 0.05, 0.1)


@thing("castle", wide=1.3)
def castle(p: Pen) -> None:
    def turret(x: float, w: float, h: float, cone: bool) -> None:
        p.fill("body:stone", rect(x - w, 0, x + w, h), shade=0.045)
        if cone:
            p.fill("rust", np.array([(x - w * 1.25, h), (x, h + w * 3.2), (x + w * 1.25, h)]), shade=0.04)
            p.line("dark", [(x, h + w * 3.2), (x, h + w * 3.2 + 0.08)], 0.005)
            p.fill("red", np.array([(x, h + w * 3.2 + 0.08), (x + 0.09, h + w * 3.2 + 0.055), (x, h + w * 3.2 + 0.03)]))
        else:
            for k in (-1, -0.1, 0.8):
                p.fill("body:stone", rect(x + w * k - 0.01, h, x + w * k + w * 0.45, h + 0.035))
        window(p, x, h - 0.13, 0.03, 0.06)

    turret(-0.16, 0.085, 0.68, True)
    turret(0.2, 0.07, 0.58, True)
    p.fill("body:stone", rect(-0.5, 0, 0.5, 0.34), shade=0.05)
    for i in range(11):
        p.fill("body:stone", rect(-0.5 + i * 0.095, 0.34, -0.45 + i * 0.095, 0.38))
    turret(-0.5, 0.09, 0.5, True)
    turret(0.5, 0.09, 0.46, True)
    p.fill("dark", [(-0.08, 0), (-0.08, 0.14), (0, 0.22), (0.08, 0.14), (0.08, 0)])


@thing("bridge", wide=3.0)
def bridge(p: Pen) -> None:
    road = arc((-1.5, 0.52), (0, 0.72), (1.5, 0.52), step=12)
    p.fill("body:stone", [*road, (1.5, 0), (-1.5, 0)], shade=0.03)
    for x, w, top in ((-0.9, 0.28, 0.42), (0, 0.36, 0.5), (0.9, 0.28, 0.42)):
        p.fill("dark", [(x - w, -0.02), *arc((x - w, 0.14), (x, top), (x + w, 0.14)), (x + w, -0.02)])
    rail = [*arc((-1.5, 0.58), (0, 0.78), (1.5, 0.58), step=12), *arc((1.5, 0.5), (0, 0.7), (-1.5, 0.5), step=12)]
    p.fill("body:stone", rail, tone=-0.2)


@thing("windmill", wide=0.8)
def windmill(p: Pen) -> None:
    p.fill("body:cream", np.array([(-0.18, 0), (0.18, 0), (0.11, 0.62), (-0.11, 0.62)]), shade=0.06)
    p.fill("rust", p.curve([(-0.13, 0.6), (-0.08, 0.72), (0.08, 0.72), (0.13, 0.6)]))
    for a in np.arange(4) * np.pi / 2 + 0.5:
        c, s = np.cos(a), np.sin(a)
        p.line("wood", [(0, 0.64), (c * 0.5, 0.64 + s * 0.5)], 0.012)
        p.fill(
            "white",
            np.array(
                [
                    (c * 0.12, 0.64 + s * 0.12),
                    (c * 0.5, 0.64 + s * 0.5),
                    (c * 0.5 - s * 0.12, 0.64 + s * 0.5 + c * 0.12),
                    (c * 0.12 - s * 0.12, 0.64 + s * 0.12 + c * 0.12),
                ]
            ),
            tone=0.1,
        )
        for t in (0.2, 0.3, 0.4):
            p.line("wood", [(c * t, 0.64 + s * t), (c * t - s * 0.12, 0.64 + s * t + c * 0.12)], 0.005)


@thing("skyscraper", wide=0.45)
def skyscraper(p: Pen) -> None:
    """A stepped tower of the nineteen-thirties."""
    ink = p.pick("stone")
    p.line("steel", [(0, 0.86), (0, 1.06)], 0.007)
    for half, top in ((0.2, 0.5), (0.145, 0.72), (0.09, 0.84), (0.04, 0.92)):
        p.fill(ink, rect(-half, 0, half, top), shade=0.045)
        p.fill(ink, rect(-half - 0.008, top - 0.014, half + 0.008, top), tone=-0.4)
    glass = "glow" if p.scene.pal.night else "navy"
    for half, low, top in ((0.18, 0.06, 0.48), (0.125, 0.52, 0.7), (0.07, 0.74, 0.82)):
        panes = [
            rect(x - 0.011, y, x + 0.011, y + 0.024)
            for x in np.arange(-half, half + 0.01, 0.045)
            for y in np.arange(low, top - 0.02, 0.042)
            if glass == "navy" or p.rng.random() < 0.7
        ]
        p.fill(glass, *panes)
    p.fill("dark", [(-0.04, 0), (-0.04, 0.05), (0, 0.075), (0.04, 0.05), (0.04, 0)])


@thing("pagoda", wide=0.75)
def pagoda(p: Pen) -> None:
    roof = p.pick("red")
    p.fill("stone", rect(-0.3, 0, 0.3, 0.05), shade=0.03)
    p.line("gold", [(0, 0.85), (0, 1.06)], 0.012)
    for y in (0.93, 0.97, 1.01):
        p.fill("gold", ellipse(0, y, 0.03, 0.011))
    for k in range(5):
        y, w = 0.05 + 0.165 * k, 0.2 - 0.026 * k
        p.fill("cream", rect(-w, y, w, y + 0.125), shade=0.05)
        for x in (-w * 0.93, -w * 0.35, w * 0.35, w * 0.93):
            p.line("rust", [(x, y), (x, y + 0.12)], 0.009)
        window(p, 0, y + 0.025, w * 0.36, 0.07)
        out, top = w + 0.15, y + 0.118
        slope = arc((-out, top + 0.035), (-w * 1.05, top + 0.025), (-w * 0.62, top + 0.085), step=8)
        eave = arc(
            (out, top + 0.035), (w, top - 0.005), (0, top - 0.012), (-w, top - 0.005), (-out, top + 0.035), step=8
        )
        p.fill(roof, [*slope, *[(-x, q) for x, q in slope[::-1]], *eave], shade=0.03)
        p.line(roof, eave, 0.007, tone=0.9)


@thing("tent", wide=1.3)
def tent(p: Pen) -> None:
    ink = p.pick("autumn")
    p.fill(ink, [(-0.06, 0.72), (0.44, 0.66), (0.72, 0.0), (0.1, 0.0)], tone=0.65)
    front = p.fill(
        ink,
        [
            (-0.6, 0),
            *arc((-0.6, 0), (-0.26, 0.34), (-0.06, 0.74), step=8),
            *arc((-0.06, 0.74), (0.14, 0.34), (0.44, 0.0), step=8),
        ],
    )
    lit = p.scene.pal.night
    p.fill("glow" if lit else "dark", [(-0.06, 0.58), (-0.26, 0), (0.1, 0)], clip=front)
    p.fill(ink, [(-0.06, 0.6), *arc((-0.06, 0.6), (-0.2, 0.28), (-0.36, 0.0), step=6), (-0.24, 0)], tone=-0.35)
    p.fill(ink, [(-0.06, 0.6), *arc((-0.06, 0.6), (0.06, 0.28), (0.2, 0.0), step=6), (0.09, 0)], tone=-0.35)
    p.line("wood", [(-0.06, 0.7), (-0.06, 0.82)], 0.012)
    for a, b in (((-0.3, 0.28), (-0.72, 0.0)), ((0.58, 0.3), (0.84, 0.0))):
        p.line("cream", [a, b], 0.006)
    if lit:
        p.glow(-0.06, 0.2, 0.6)


@thing("campfire", wide=1.0)
def campfire(p: Pen) -> None:
    for x in np.linspace(-0.42, 0.42, 8):
        p.fill("stone", ellipse(x, 0.05 - abs(x) * 0.03, 0.075, 0.055), shade=0.025)
    for w, h, ink in ((0.3, 0.92, (0.64, 0.19, 40)), (0.21, 0.68, (0.78, 0.16, 66)), (0.12, 0.42, (0.95, 0.08, 98))):
        left = [(-w * 0.55, 0.08), (-w, 0.14 + h * 0.18), (-w * 0.75, 0.12 + h * 0.46), (-w * 0.3, 0.1 + h * 0.62)]
        right = [(w * 0.28, 0.1 + h * 0.56), (w * 0.62, 0.12 + h * 0.68), (w * 0.98, 0.1 + h * 0.34), (w * 0.6, 0.08)]
        p.fill(rgb(ink), p.curve([*left, (w * 0.02, 0.08 + h), *right]), kind="light")
    for a, b in (((-0.38, 0.05), (0.3, 0.2)), ((0.38, 0.05), (-0.3, 0.2))):
        p.fill("bark", limb([(*a, 0.05), (*b, 0.045)]), shade=0.025)
        p.fill("wheat", ellipse(*a, 0.034, 0.045))
    p.glow(0, 0.4, 1.1)
