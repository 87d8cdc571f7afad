"""Animals face to face: busts built of mirrored halves, one of them in the shade."""

from collections.abc import Callable, Sequence

import numpy as np

from studio.engine.illustrator.arrays import Ink, Stamp
from studio.engine.illustrator.pen import Pen
from studio.engine.illustrator.shapes import ellipse, limb
from studio.engine.illustrator.subjects.registry import lit_side, mirrored

Half = Sequence[tuple[float, float]]
BUSTS: dict[str, Callable[[Pen], None]] = {}


def bust(*names: str) -> Callable[[Callable[[Pen], None]], Callable[[Pen], None]]:
    def keep(drawing: Callable[[Pen], None]) -> Callable[[Pen], None]:
        BUSTS.update(dict.fromkeys(names, drawing))
        return drawing

    return keep


def planes(
    p: Pen,
    ink: str | Ink,
    half: Half,
    tone: float = 0.0,
    smooth: bool = True,
    dark: float = 0.45,
    clip: Stamp | None = None,
) -> Stamp | None:
    """A shape and its mirror image, the half away from the light in shade."""
    outline = mirrored(half)
    whole = p.fill(ink, p.curve(outline) if smooth else outline, tone=tone, clip=clip)
    s = -lit_side(p)
    ys = [y for _, y in half]
    box = [(0, min(ys) - 0.2), (s * 1.0, min(ys) - 0.2), (s * 1.0, max(ys) + 0.2), (0, max(ys) + 0.2)]
    p.fill(ink, box, tone=tone + dark, clip=whole)
    return whole


def ears(p: Pen, ink: str | Ink, outer: Half, inner: Half, inner_ink: str | Ink, curved: bool = False) -> None:
    d = lit_side(p)
    for s in (-1, 1):
        for half, colour in ((outer, ink), (inner, inner_ink)):
            shape = [(s * x, y) for x, y in half]
            p.fill(colour, p.curve(shape) if curved else shape, tone=0.0 if s == d else 0.45)


def eyes(p: Pen, x: float, y: float, r: float, iris: str | Ink, slit: bool = False) -> None:
    d = lit_side(p)
    for s in (-1, 1):
        rim = [
            (s * (x - r * 1.5), y - r * 0.45),
            (s * x, y + r * 0.95),
            (s * (x + r * 1.55), y + r * 0.7),
            (s * (x + r * 0.4), y - r * 0.85),
        ]
        p.fill("key", p.curve(rim))
        p.fill(iris, ellipse(s * x, y, r * 0.72))
        p.fill("key", ellipse(s * x, y, r * (0.24 if slit else 0.46), r * 0.66 if slit else r * 0.46))
        p.fill("white", ellipse(s * x + d * r * 0.26, y + r * 0.28, r * 0.17))


def nose(p: Pen, x: float, y: float, w: float) -> None:
    d = lit_side(p)
    p.fill(
        "key",
        p.curve(
            [
                (-w, y + w * 0.55),
                (0, y + w * 0.7),
                (w, y + w * 0.55),
                (w * 0.5, y - w * 0.35),
                (x, y - w * 0.7),
                (-w * 0.5, y - w * 0.35),
            ]
        ),
    )
    p.fill("steel", ellipse(d * w * 0.4, y + w * 0.3, w * 0.22, w * 0.12))


def mouth(p: Pen, y: float, w: float, drop: float = 0.04) -> None:
    p.line("key", [(0, y), (0, y - drop)], 0.006)
    for s in (-1, 1):
        p.line("key", [(0, y - drop), (s * w * 0.5, y - drop * 1.5), (s * w, y - drop)], 0.006)


def whiskers(p: Pen, y: float, ink: str = "cream") -> None:
    for s in (-1, 1):
        for k in (-1, 0, 1):
            p.line(
                ink,
                [(s * 0.12, y + k * 0.015), (s * 0.26, y + k * 0.045 + 0.01), (s * 0.42, y + k * 0.075 - 0.01)],
                0.0035,
            )


def ruff(p: Pen, ink: str | Ink, chest: str | Ink | None, k: float = 1.0) -> None:
    """Neck and chest below the head, with a jagged bib."""
    planes(p, ink, [(0.42 * k, -0.02), (0.36 * k, 0.16), (0.25 * k, 0.32), (0.2 * k, 0.5), (0.0, 0.6)], tone=0.2)
    if chest is not None:
        bib = [
            (0.0, -0.02),
            (0.12, -0.02),
            (0.16, 0.08),
            (0.2, 0.1),
            (0.19, 0.2),
            (0.235, 0.24),
            (0.2, 0.36),
            (0, 0.44),
        ]
        planes(p, chest, bib, smooth=False, dark=0.3)


def canine(p: Pen, fur: str | Ink, ear_tip: str, iris: str) -> None:
    """The mask that fox and wolf share."""
    ruff(p, fur, "cream")
    ears(p, fur, [(0.08, 0.78), (0.23, 1.0), (0.31, 0.66)], [(0.13, 0.79), (0.225, 0.94), (0.275, 0.7)], ear_tip)
    for s in (-1, 1):
        p.fill(ear_tip, [(s * 0.19, 0.94), (s * 0.23, 1.0), (s * 0.255, 0.9)])
    head = [(0.0, 0.27), (0.07, 0.3), (0.13, 0.4), (0.23, 0.43), (0.26, 0.47), (0.33, 0.5), (0.32, 0.56), (0.36, 0.62)]
    head += [(0.3, 0.7), (0.2, 0.82), (0.0, 0.85)]
    whole = planes(p, fur, head, smooth=False)
    cheek = [(0.0, 0.26), (0.08, 0.3), (0.13, 0.38), (0.24, 0.42), (0.27, 0.47), (0.34, 0.5), (0.37, 0.6), (0.25, 0.56)]
    planes(p, "cream", [*cheek, (0.15, 0.53), (0.07, 0.44), (0.0, 0.42)], smooth=False, dark=0.35, clip=whole)
    planes(p, fur, [(0, 0.36), (0.05, 0.36), (0.07, 0.46), (0.04, 0.6), (0.0, 0.66)], tone=-0.22)
    for s in (-1, 1):
        p.fill("cream", p.curve([(s * 0.08, 0.69), (s * 0.13, 0.72), (s * 0.18, 0.7), (s * 0.13, 0.685)]))
    eyes(p, 0.135, 0.605, 0.052, iris)
    nose(p, 0, 0.345, 0.052)
    mouth(p, 0.32, 0.06, 0.02)


@bust("fox")
def fox(p: Pen) -> None:
    canine(p, "fox" if p.body in (None, "red", "orange") else p.pick("fox"), "dark", "gold")


@bust("wolf")
def wolf(p: Pen) -> None:
    canine(p, p.pick("steel"), "dark", "gold")


@bust("cat")
def cat(p: Pen) -> None:
    fur = p.pick("dark")
    ruff(p, fur, None, 0.84)
    ears(p, fur, [(0.07, 0.8), (0.25, 1.0), (0.31, 0.64)], [(0.13, 0.8), (0.235, 0.93), (0.27, 0.7)], "pink")
    head = [(0.0, 0.315), (0.12, 0.335), (0.22, 0.4), (0.31, 0.5), (0.32, 0.6), (0.28, 0.72), (0.18, 0.81), (0.0, 0.83)]
    planes(p, fur, head, dark=0.5 if fur != "dark" else 0.7)
    for s in (-1, 0, 1):
        p.fill(fur, limb([(s * 0.05, 0.82, 0.013), (s * 0.045, 0.74, 0.003)]), tone=-0.45)
    planes(p, fur, [(0.0, 0.36), (0.07, 0.37), (0.1, 0.43), (0.06, 0.475), (0.0, 0.46)], tone=-0.35, dark=0.25)
    eyes(p, 0.14, 0.585, 0.066, "gold" if p.body in (None, "black") else "emerald", slit=True)
    p.fill("pink", p.curve([(-0.034, 0.482), (0, 0.49), (0.034, 0.482), (0, 0.445)]))
    mouth(p, 0.446, 0.06, 0.03)
    whiskers(p, 0.43)


@bust("dog")
def dog(p: Pen) -> None:
    fur, flap = p.pick("wheat"), "wood"
    ruff(p, fur, "cream", 0.9)
    p.fill(
        "red",
        p.curve([(-0.22, 0.31), (0, 0.235), (0.22, 0.31), (0.225, 0.255), (0, 0.17), (-0.225, 0.255)]),
        shade=0.02,
    )
    p.fill("gold", ellipse(0, 0.165, 0.04), shade=0.015)
    planes(p, fur, [(0.0, 0.3), (0.13, 0.32), (0.22, 0.42), (0.25, 0.56), (0.25, 0.72), (0.16, 0.86), (0.0, 0.89)])
    blaze = [(0.0, 0.4), (0.075, 0.45), (0.05, 0.58), (0.025, 0.72), (0.04, 0.86), (0.0, 0.88)]
    planes(p, "cream", blaze, dark=0.25)
    planes(p, "cream", [(0.0, 0.285), (0.11, 0.31), (0.155, 0.39), (0.13, 0.47), (0.05, 0.51), (0.0, 0.5)], dark=0.3)
    drop = [
        (0.14, 0.86),
        (0.25, 0.84),
        (0.33, 0.72),
        (0.37, 0.54),
        (0.33, 0.4),
        (0.26, 0.42),
        (0.235, 0.58),
        (0.2, 0.74),
    ]
    for s in (-1, 1):
        p.fill(flap, p.curve([(s * x, y) for x, y in drop]), tone=0 if s == lit_side(p) else 0.5, shade=0.02)
    for s in (-1, 1):
        p.fill("key", ellipse(s * 0.115, 0.615, 0.036, 0.04))
        p.fill("white", ellipse(s * 0.115 + 0.011, 0.63, 0.011))
        p.fill(fur, limb([(s * 0.085, 0.69, 0.01), (s * 0.13, 0.7, 0.012), (s * 0.16, 0.68, 0.006)]), tone=0.7)
    nose(p, 0, 0.46, 0.062)
    mouth(p, 0.42, 0.085, 0.045)
    p.fill("pink", p.curve([(-0.04, 0.36), (0, 0.368), (0.04, 0.36), (0.036, 0.3), (0, 0.275), (-0.036, 0.3)]))
    p.line("red", [(0, 0.36), (0, 0.31)], 0.004)


@bust("bear")
def bear(p: Pen) -> None:
    fur = p.pick("wood")
    ruff(p, fur, None, 1.15)
    ears(p, fur, ellipse(0.235, 0.85, 0.105).tolist(), ellipse(0.235, 0.845, 0.06).tolist(), "wheat", curved=False)
    head = [(0.0, 0.29), (0.16, 0.31), (0.29, 0.42), (0.335, 0.58), (0.29, 0.74), (0.17, 0.86), (0.0, 0.885)]
    planes(p, fur, head)
    planes(p, "wheat", [(0.0, 0.315), (0.1, 0.33), (0.16, 0.41), (0.14, 0.5), (0.06, 0.55), (0.0, 0.555)], dark=0.4)
    for s in (-1, 1):
        p.fill("key", ellipse(s * 0.13, 0.625, 0.028, 0.031))
        p.fill("white", ellipse(s * 0.13 + 0.008, 0.636, 0.008))
        p.fill(fur, limb([(s * 0.09, 0.69, 0.011), (s * 0.16, 0.695, 0.012)]), tone=-0.35)
    nose(p, 0, 0.5, 0.066)
    mouth(p, 0.46, 0.07, 0.05)


@bust("rabbit")
def rabbit(p: Pen) -> None:
    fur = p.pick("sand")
    ruff(p, fur, "cream", 0.74)
    ear = [(0.05, 0.62), (0.045, 0.8), (0.1, 0.97), (0.17, 0.99), (0.185, 0.84), (0.15, 0.62)]
    ears(
        p,
        fur,
        ear,
        [(0.085, 0.64), (0.085, 0.8), (0.125, 0.93), (0.15, 0.93), (0.152, 0.82), (0.125, 0.64)],
        "pink",
        curved=True,
    )
    head = [(0.0, 0.27), (0.1, 0.28), (0.19, 0.35), (0.21, 0.46), (0.175, 0.6), (0.1, 0.69), (0.0, 0.71)]
    planes(p, fur, head)
    planes(p, "cream", [(0.0, 0.28), (0.08, 0.29), (0.115, 0.35), (0.07, 0.41), (0.0, 0.42)], dark=0.3)
    for s in (-1, 1):
        p.fill("key", ellipse(s * 0.125, 0.525, 0.036, 0.042))
        p.fill("white", ellipse(s * 0.125 + 0.01, 0.54, 0.011))
    p.fill("pink", p.curve([(-0.028, 0.432), (0, 0.438), (0.028, 0.432), (0, 0.402)]))
    mouth(p, 0.403, 0.05, 0.03)
    p.fill("white", [(-0.022, 0.36), (0.022, 0.36), (0.02, 0.318), (-0.02, 0.318)])
    p.line("steel", [(0, 0.36), (0, 0.32)], 0.003)
    whiskers(p, 0.39, "white")


@bust("deer")
def deer(p: Pen) -> None:
    fur = p.pick("deer")
    ruff(p, fur, "cream", 0.72)
    for s in (-1, 1):
        tines = [
            [(s * 0.06, 0.72, 0.022), (s * 0.13, 0.84, 0.02), (s * 0.27, 0.9, 0.017), (s * 0.33, 1.02, 0.006)],
            [(s * 0.1, 0.8, 0.017), (s * 0.08, 0.92, 0.012), (s * 0.11, 1.0, 0.005)],
            [(s * 0.2, 0.87, 0.016), (s * 0.2, 0.97, 0.011), (s * 0.23, 1.05, 0.005)],
            [(s * 0.27, 0.9, 0.014), (s * 0.38, 0.9, 0.01), (s * 0.42, 0.96, 0.005)],
        ]
        p.fill("wood", *[limb(tine) for tine in tines], tone=0 if s == lit_side(p) else 0.4)
    ear = [(0.12, 0.66), (0.24, 0.76), (0.37, 0.74), (0.3, 0.64), (0.17, 0.6)]
    ears(p, fur, ear, [(0.17, 0.66), (0.25, 0.72), (0.33, 0.72), (0.28, 0.66)], "wheat", curved=True)
    head = [
        (0.0, 0.26),
        (0.07, 0.27),
        (0.1, 0.34),
        (0.11, 0.44),
        (0.17, 0.58),
        (0.15, 0.68),
        (0.08, 0.74),
        (0.0, 0.755),
    ]
    planes(p, fur, head)
    planes(p, "cream", [(0.0, 0.265), (0.06, 0.275), (0.085, 0.33), (0.05, 0.375), (0.0, 0.38)], dark=0.3)
    for s in (-1, 1):
        p.fill("key", p.curve([(s * 0.085, 0.55), (s * 0.115, 0.585), (s * 0.155, 0.565), (s * 0.125, 0.535)]))
        p.fill("white", ellipse(s * 0.12 + 0.008, 0.568, 0.008))
    nose(p, 0, 0.335, 0.05)
    for x, y in ((0.04, 0.66), (-0.03, 0.7), (0.02, 0.62), (-0.05, 0.64)):
        p.fill("cream", ellipse(x, y, 0.009))


@bust("owl")
def owl(p: Pen) -> None:
    fur, d = p.pick("wood"), lit_side(p)
    planes(p, fur, [(0.4, -0.02), (0.41, 0.2), (0.36, 0.5), (0.34, 0.7), (0.2, 0.86), (0.0, 0.88)])
    ears(p, fur, [(0.06, 0.84), (0.33, 1.0), (0.34, 0.68)], [(0.17, 0.86), (0.3, 0.95), (0.31, 0.8)], "bark")
    for row, y in enumerate((0.3, 0.2, 0.1, 0.0)):
        for k in range(-2, 3 + row % 2):
            x = (k - (row % 2) * 0.5) * 0.11
            p.fill(
                "wheat",
                p.curve([(x - 0.05, y + 0.05), (x, y + 0.07), (x + 0.05, y + 0.05), (x, y - 0.04)]),
                tone=0.1 if x * d > 0 else 0.5,
            )
    for s in (-1, 1):
        shade = 0.0 if s == d else 0.3
        p.fill("cream", ellipse(s * 0.155, 0.6, 0.175, n=60), tone=shade)
        for a in np.linspace(0, 2 * np.pi, 18, endpoint=False):
            c, w = np.cos(a), np.sin(a)
            p.line(
                "wheat",
                [(s * 0.155 + c * 0.125, 0.6 + w * 0.125), (s * 0.155 + c * 0.16, 0.6 + w * 0.16)],
                0.005,
                tone=0.3,
            )
        p.fill("gold", ellipse(s * 0.14, 0.6, 0.1), tone=shade)
        p.fill("key", ellipse(s * 0.135, 0.6, 0.06))
        p.fill("white", ellipse(s * 0.135 + d * 0.024, 0.625, 0.018))
    planes(
        p, fur, [(0.0, 0.63), (0.05, 0.72), (0.2, 0.82), (0.3, 0.86), (0.14, 0.88), (0.0, 0.8)], tone=0.15, smooth=False
    )
    planes(p, "autumn", [(0.0, 0.42), (0.04, 0.5), (0.05, 0.56), (0.0, 0.6)])


@bust("lion")
def lion(p: Pen) -> None:
    fur, d = p.pick("wheat"), lit_side(p)
    ruff(p, fur, None, 1.05)
    for count, reach, size, tone in ((17, 0.36, 0.12, 0.5), (15, 0.28, 0.12, 0.0)):
        for a in np.linspace(0, 2 * np.pi, count, endpoint=False) + np.pi / 2:
            x, y = np.cos(a) * reach, 0.55 + np.sin(a) * reach * 1.05
            lock = ellipse(x, y, size, size * 0.62, float(a))
            p.fill("rust", lock, tone=tone + (0.0 if x * d >= -0.01 else 0.35))
    ears(p, fur, ellipse(0.215, 0.79, 0.08).tolist(), ellipse(0.215, 0.785, 0.045).tolist(), "rust")
    planes(p, fur, [(0.0, 0.28), (0.12, 0.3), (0.2, 0.42), (0.235, 0.58), (0.21, 0.74), (0.12, 0.82), (0.0, 0.83)])
    planes(p, fur, [(0, 0.44), (0.075, 0.45), (0.055, 0.56), (0.085, 0.68), (0.0, 0.7)], tone=-0.3)
    planes(p, "cream", [(0.0, 0.295), (0.1, 0.31), (0.145, 0.38), (0.12, 0.44), (0.05, 0.46), (0.0, 0.45)], dark=0.3)
    eyes(p, 0.125, 0.615, 0.042, "gold")
    nose(p, 0, 0.455, 0.066)
    mouth(p, 0.41, 0.075, 0.04)
    for s in (-1, 1):
        for x, y in ((0.07, 0.375), (0.1, 0.36), (0.085, 0.4)):
            p.fill("wood", ellipse(s * x, y, 0.006))
