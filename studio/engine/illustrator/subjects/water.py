"""What swims."""

import numpy as np

from studio.engine.illustrator.pen import Pen
from studio.engine.illustrator.shapes import ellipse, limb, spline
from studio.engine.illustrator.subjects.beasts import Part
from studio.engine.illustrator.subjects.registry import Manner, arc, posed, thing


@thing("whale", wide=2.0)
def whale(p: Pen) -> None:
    """Humpback, facing right and a little up."""
    skin = p.pick("whale")
    fluke = [(-0.76, 0.52), (-0.93, 0.66), (-1.08, 0.83), (-1.13, 0.68), (-1.22, 0.57), (-1.0, 0.53), (-0.82, 0.44)]
    p.fill(skin, p.curve(fluke), tone=0.25)
    back = [(-0.85, 0.50), (-0.5, 0.60), (-0.15, 0.72), (0.25, 0.76), (0.6, 0.68), (0.86, 0.5), (0.9, 0.42)]
    keel = [(0.7, 0.27), (0.35, 0.13), (0, 0.12), (-0.35, 0.25), (-0.65, 0.42)]
    body = p.fill(skin, p.curve([*back, *keel]), shade=0.09)
    edge = [(0.9, 0.41), (0.72, 0.42), (0.4, 0.36), (0.1, 0.27), (-0.2, 0.24), (-0.45, 0.3)]
    p.fill("cream", p.curve([*edge, (-0.2, 0.1), (0.2, 0.0), (0.6, 0.1)]), clip=body, tone=0.15)
    for k in range(5):
        o = k * 0.05
        groove = arc((0.86 - o, 0.40 - o * 0.8), (0.5, 0.30 - o), (0.12, 0.22 - o), (-0.1, 0.23 - o), step=6)
        p.line(skin, groove, 0.006, clip=body, tone=0.4)
    p.fill(skin, p.curve([(0.3, 0.3), (0.22, 0.1), (0.02, -0.14), (-0.1, -0.2), (-0.06, -0.02), (0.1, 0.24)]), tone=0.6)
    p.fill(skin, np.array([(-0.32, 0.655), (-0.42, 0.74), (-0.2, 0.7)]))
    p.fill("cream", ellipse(0.62, 0.44, 0.022))
    p.fill("key", ellipse(0.622, 0.44, 0.013))


@thing("fish", wide=1.2)
def fish(p: Pen) -> None:
    ink = p.pick("autumn")
    p.fill(ink, p.curve([(-0.38, 0.3), (-0.6, 0.52), (-0.56, 0.3), (-0.6, 0.08)]), tone=0.4)
    p.fill(ink, p.curve([(0.16, 0.44), (0.02, 0.66), (-0.22, 0.62), (-0.24, 0.42)]), tone=0.4)
    p.fill(ink, p.curve([(0.0, 0.14), (-0.06, -0.04), (-0.18, 0.0), (-0.18, 0.18)]), tone=0.5)
    for tip in ((-0.03, 0.6), (-0.1, 0.59), (-0.17, 0.57)):
        p.line(ink, [(tip[0] + 0.03, 0.46), tip], 0.006, tone=-0.3)
    for y in (0.22, 0.3, 0.38):
        p.line(ink, [(-0.44, 0.3 + (y - 0.3) * 0.4), (-0.56, y)], 0.006, tone=-0.3)
    top = [(-0.42, 0.3), (-0.15, 0.47), (0.2, 0.49), (0.5, 0.34), (0.54, 0.28)]
    m = p.fill(ink, p.curve([*top, (0.3, 0.13), (0, 0.09), (-0.25, 0.18)]), shade=0.08)
    for x, w in ((0.05, 0.09), (-0.26, 0.06)):
        p.fill(
            "cream",
            p.curve([(x, 0.0), (x + 0.05, 0.3), (x, 0.6), (x + w, 0.6), (x + w + 0.05, 0.3), (x + w, 0)]),
            clip=m,
        )
    p.fill(ink, p.curve([(0.22, 0.3), (0.1, 0.26), (0.06, 0.16), (0.18, 0.18)]), tone=0.7)
    p.fill("white", ellipse(0.38, 0.34, 0.038))
    p.fill("key", ellipse(0.385, 0.34, 0.022))
    p.line("key", [(0.53, 0.27), (0.46, 0.255)], 0.006)


@posed("dolphin", wide=1.5, poses=("jumping", "swimming"))
def dolphin(p: Pen, manner: Manner) -> None:
    skin = p.pick("steel")
    d = Part(p, 0, 0.12, 1, 0.3) if manner.pose == "jumping" else Part(p, 0.03, -0.16, 1, -0.14)
    d.fill(
        skin,
        d.pen.curve(
            [(-0.6, 0.22), (-0.8, 0.3), (-0.86, 0.2), (-0.72, 0.12), (-0.78, -0.06), (-0.68, -0.06), (-0.58, 0.1)]
        ),
        tone=0.5,
    )
    d.fill(skin, d.pen.curve([(-0.14, 0.66), (-0.26, 0.9), (-0.3, 0.92), (-0.34, 0.62)]), tone=0.5)
    top = [
        (0.78, 0.42),
        (0.62, 0.47),
        (0.56, 0.56),
        (0.38, 0.66),
        (0.05, 0.74),
        (-0.3, 0.66),
        (-0.52, 0.44),
        (-0.68, 0.14),
    ]
    low = [(-0.6, 0.14), (-0.42, 0.32), (-0.1, 0.4), (0.25, 0.38), (0.5, 0.36), (0.62, 0.38), (0.77, 0.38)]
    body = d.fill(skin, d.pen.curve([*top, *low]), shade=0.05)
    belly = [(0.78, 0.39), (0.6, 0.42), (0.4, 0.46), (0.1, 0.5), (-0.2, 0.46), (-0.5, 0.28), (-0.2, 0.2), (0.4, 0.2)]
    d.fill("white", d.pen.curve(belly), clip=body, tone=0.1)
    d.fill(skin, d.pen.curve([(0.24, 0.44), (0.12, 0.42), (-0.04, 0.2), (0.0, 0.14), (0.2, 0.28)]), tone=0.65)
    d.fill("key", ellipse(0.5, 0.52, 0.018))
    d.line("key", [(0.76, 0.405), (0.62, 0.425), (0.55, 0.44)], 0.005)


@thing("shark", wide=1.8)
def shark(p: Pen) -> None:
    skin = p.pick("steel")
    p.fill(
        skin,
        [
            (-0.72, 0.42),
            *arc((-0.72, 0.42), (-0.9, 0.66), (-1.04, 0.82)),
            (-0.9, 0.42),
            *arc((-0.98, 0.2), (-0.84, 0.3), (-0.72, 0.38)),
        ],
        tone=0.3,
    )
    p.fill(
        skin,
        [*arc((0.08, 0.56), (-0.04, 0.8), (-0.16, 0.92)), *arc((-0.14, 0.78), (-0.16, 0.66), (-0.24, 0.52))],
        shade=0.03,
    )
    p.fill(skin, [(0.18, 0.32), (0.02, 0.1), (-0.08, -0.02), (-0.06, 0.14), (0.02, 0.32)], tone=0.75)
    back = [(0.98, 0.42), (0.8, 0.54), (0.45, 0.62), (0.05, 0.62), (-0.4, 0.52), (-0.78, 0.42)]
    body = p.fill(
        skin, p.curve([*back, (-0.8, 0.38), (-0.4, 0.32), (0.0, 0.24), (0.5, 0.24), (0.84, 0.32)]), shade=0.04
    )
    p.fill(
        "white",
        p.curve([(1.0, 0.38), (0.8, 0.4), (0.4, 0.38), (0, 0.36), (-0.5, 0.38), (-0.2, 0.2), (0.5, 0.16)]),
        clip=body,
        tone=0.1,
    )
    mouth = arc((0.86, 0.345), (0.76, 0.35), (0.66, 0.31))
    p.fill("key", [*mouth, (0.7, 0.28), (0.84, 0.31)], clip=body)
    for k in range(5):
        x = 0.69 + k * 0.034
        p.fill("white", [(x, 0.335), (x + 0.028, 0.345), (x + 0.013, 0.305)])
    for x in (0.4, 0.45, 0.5):
        p.line("dark", [(x, 0.5), (x - 0.02, 0.42), (x, 0.36)], 0.006)
    p.fill("key", ellipse(0.76, 0.455, 0.022))
    p.fill("white", ellipse(0.766, 0.461, 0.007))
    p.fill(skin, [(-0.3, 0.34), (-0.42, 0.22), (-0.4, 0.34)], tone=0.7)


@thing("octopus", wide=1.1)
def octopus(p: Pen) -> None:
    ink = p.pick("autumn2")
    far = [
        [(-0.1, 0.4, 0.07), (-0.36, 0.3, 0.045), (-0.5, 0.42, 0.032), (-0.44, 0.54, 0.02), (-0.37, 0.5, 0.012)],
        [(0.1, 0.4, 0.07), (0.36, 0.3, 0.045), (0.5, 0.42, 0.032), (0.44, 0.54, 0.02), (0.37, 0.5, 0.012)],
        [(-0.03, 0.38, 0.07), (-0.06, 0.18, 0.05), (-0.02, 0.03, 0.03), (0.05, 0.0, 0.014)],
    ]
    p.fill(ink, *[limb(arm) for arm in far], tone=0.6)
    near = [
        [(-0.14, 0.42, 0.08), (-0.32, 0.2, 0.055), (-0.52, 0.14, 0.038), (-0.58, 0.24, 0.02), (-0.52, 0.27, 0.012)],
        [(0.14, 0.42, 0.08), (0.32, 0.2, 0.055), (0.52, 0.14, 0.038), (0.58, 0.24, 0.02), (0.52, 0.27, 0.012)],
        [(-0.1, 0.4, 0.08), (-0.2, 0.16, 0.055), (-0.3, 0.03, 0.036), (-0.4, 0.05, 0.015)],
        [(0.1, 0.4, 0.08), (0.17, 0.16, 0.055), (0.26, 0.03, 0.036), (0.36, 0.04, 0.015)],
    ]
    p.fill(ink, *[limb(arm) for arm in near], limb([(0, 0.4, 0.2), (0, 0.56, 0.2), (0, 0.74, 0.245)], 12), shade=0.06)
    for arm in near:
        for x, y, r in spline(arm, False, 5)[4:-3:2]:
            p.fill("cream", ellipse(x, y - r * 0.35, r * 0.3))
    for s in (-1, 1):
        p.fill("white", ellipse(s * 0.1, 0.54, 0.062, 0.07))
        p.fill("key", ellipse(s * 0.095, 0.535, 0.034, 0.042))
        p.fill("white", ellipse(s * 0.095 + 0.014, 0.552, 0.012))
    for x, y, r in ((-0.12, 0.86, 0.028), (0.02, 0.9, 0.02), (0.13, 0.8, 0.032)):
        p.fill(ink, ellipse(x, y, r), tone=-0.4)


@thing("jellyfish", wide=0.7)
def jellyfish(p: Pen) -> None:
    ink = p.pick("pink")
    for k, x in enumerate(np.linspace(-0.27, 0.27, 7)):
        s, low = (-1) ** k, 0.02 + 0.1 * (k % 3)
        p.fill(
            ink,
            limb(
                [(x, 0.62, 0.014), (x + s * 0.05, 0.42, 0.012), (x - s * 0.05, 0.22, 0.009), (x + s * 0.02, low, 0.005)]
            ),
            tone=0.55,
        )
    for x, s in ((-0.1, 1), (0.04, -1), (0.14, 1)):
        frill = [(x, 0.62, 0.05), (x + s * 0.06, 0.48, 0.045), (x - s * 0.03, 0.34, 0.036), (x + s * 0.04, 0.2, 0.012)]
        p.fill("cream", limb(frill), tone=0.2)
    dome = arc((-0.38, 0.6), (-0.36, 0.8), (-0.2, 0.96), (0, 1.0), (0.2, 0.96), (0.36, 0.8), (0.38, 0.6))
    edge = [q for a in (0.38, 0.19, 0.0, -0.19) for q in arc((a, 0.6), (a - 0.095, 0.65), (a - 0.19, 0.6), step=6)]
    bell = p.fill(ink, [*dome, *edge], shade=0.08)
    p.fill(
        ink,
        p.curve([(-0.24, 0.68), (-0.2, 0.82), (0, 0.9), (0.2, 0.82), (0.24, 0.68), (0, 0.74)]),
        tone=-0.5,
        clip=bell,
    )
    for x, y in ((-0.24, 0.86), (0, 0.95), (0.24, 0.86)):
        p.fill("cream", ellipse(x, y, 0.022))


@thing("crab", wide=1.2)
def crab(p: Pen) -> None:
    ink = p.pick("red")
    for s in (-1, 1):
        for k, (x, y) in enumerate(((0.56, 0.26), (0.52, 0.12), (0.42, 0.02))):
            p.fill(
                ink,
                limb([(s * 0.28, 0.26 - k * 0.03, 0.036), (s * (x - 0.08), y + 0.1, 0.03), (s * x, y, 0.01)]),
                tone=0.6,
            )
        p.fill(ink, limb([(s * 0.3, 0.36, 0.045), (s * 0.5, 0.42, 0.045), (s * 0.5, 0.56, 0.04)]), tone=0.3)
        claw = [(s * 0.46, 0.54), (s * 0.36, 0.68), (s * 0.4, 0.84), (s * 0.47, 0.72), (s * 0.52, 0.7)]
        p.fill(ink, p.curve([*claw, (s * 0.62, 0.86), (s * 0.64, 0.7), (s * 0.56, 0.56)]), shade=0.04)
        p.line(ink, [(s * 0.1, 0.46), (s * 0.12, 0.62)], 0.018)
        p.fill("white", ellipse(s * 0.12, 0.64, 0.05))
        p.fill("key", ellipse(s * 0.115, 0.64, 0.026))
    p.fill(
        ink,
        p.curve(
            [(-0.4, 0.34), (-0.26, 0.48), (0, 0.53), (0.26, 0.48), (0.4, 0.34), (0.26, 0.17), (0, 0.13), (-0.26, 0.17)]
        ),
        shade=0.06,
    )
    p.line(ink, [(-0.12, 0.27), (0, 0.235), (0.12, 0.27)], 0.012, tone=1.2)
    p.fill(ink, ellipse(-0.2, 0.4, 0.03), ellipse(0.2, 0.4, 0.03), ellipse(0, 0.44, 0.022), tone=-0.4)


@posed("turtle", wide=1.4, poses=("walking", "swimming"))
def turtle(p: Pen, manner: Manner) -> None:
    shell, skin = p.pick("leafdark"), "sage"
    if manner.pose == "swimming":
        p.fill(
            skin, p.curve([(0.14, 0.3), (0.1, 0.1), (-0.1, -0.1), (-0.2, -0.12), (-0.12, 0.12), (-0.04, 0.3)]), tone=0.9
        )
        p.fill(skin, p.curve([(-0.4, 0.32), (-0.56, 0.2), (-0.72, 0.16), (-0.6, 0.3), (-0.44, 0.4)]), tone=0.5)
    else:
        for x, far in ((-0.2, True), (0.34, True), (-0.34, False), (0.2, False)):
            p.fill(skin, limb([(x, 0.26, 0.085), (x + 0.03, 0.06, 0.06)]), tone=0.9 if far else 0.25)
        p.fill(skin, [(-0.5, 0.26), (-0.68, 0.16), (-0.46, 0.18)], tone=0.4)
    p.fill(skin, limb([(0.4, 0.3, 0.08), (0.54, 0.38, 0.075), (0.64, 0.46, 0.095), (0.7, 0.45, 0.075)]), shade=0.03)
    p.fill("wheat", limb([(-0.46, 0.23, 0.05), (0, 0.2, 0.06), (0.44, 0.24, 0.05)]), tone=0.3)
    dome = arc((-0.56, 0.24), (-0.48, 0.44), (-0.26, 0.62), (0, 0.68), (0.26, 0.62), (0.44, 0.44), (0.5, 0.26))
    whole = p.fill(shell, [*dome, *arc((0.5, 0.26), (0, 0.2), (-0.56, 0.24))], shade=0.07)
    for x in (-0.27, 0.0, 0.25):
        plate = [
            (x - 0.13, 0.45),
            (x - 0.07, 0.58),
            (x + 0.07, 0.58),
            (x + 0.13, 0.45),
            (x + 0.07, 0.34),
            (x - 0.07, 0.34),
        ]
        p.fill(shell, plate, tone=-0.45, clip=whole)
    p.fill(shell, limb([(-0.54, 0.25, 0.028), (0, 0.215, 0.028), (0.49, 0.265, 0.028)]), tone=0.5)
    p.fill("key", ellipse(0.68, 0.49, 0.018))
    p.line("dark", [(0.76, 0.435), (0.68, 0.415)], 0.006)
