"""Hair and hats of the busts."""

from studio.engine.illustrator.pen import Pen
from studio.engine.illustrator.shapes import ellipse, limb, rect
from studio.engine.illustrator.subjects.registry import arc, lit_side, mirrored

CUTS: dict[str, tuple[float, float]] = {  # how high the crown is, how far down the sides reach
    "long": (0.905, 0.45),
    "bob": (0.905, 0.43),
    "plaits": (0.9, 0.55),
    "bun": (0.895, 0.66),
    "mop": (0.91, 0.62),
    "short": (0.905, 0.62),
}
QUIFF = (
    (-0.17, 0.74),
    (-0.1, 0.785),
    (0.03, 0.77),
    (0.14, 0.8),
    (0.18, 0.86),
    (0.1, 0.945),
    (-0.06, 0.93),
    (-0.18, 0.86),
)


MANES = {  # inks
    "red hair": "brick",
    "fair hair": "wheat",
    "black hair": "key",
    "brown hair": "bark",
    "grey hair": "steel",
    "blue hair": "teal",
    "pink hair": "pink",
}


def ink_of(traits: frozenset[str], otherwise: str) -> str:
    """The ink of the hair that was asked for."""
    return next((ink for mane, ink in MANES.items() if mane in traits), otherwise)


def style_of(traits: frozenset[str]) -> str:
    woman, young = "woman" in traits, "young" in traits
    if "curly" in traits:
        return "curly"
    if woman and young and "short hair" not in traits:
        return "plaits"
    if woman and "old" in traits and "long hair" not in traits:
        return "bun"
    if "long hair" in traits:
        return "long"
    if woman:
        return "bob"
    if "old" in traits:
        return "bald"
    return "mop" if young else "short"


def back_hair(p: Pen, traits: frozenset[str], ink: str, lift: float) -> None:
    """What is behind the head."""
    style = style_of(traits)
    if style == "long":
        fall = [
            (0.1, 0.88),
            (0.21, 0.78),
            (0.235, 0.6),
            (0.24, 0.42),
            (0.29, 0.26),
            (0.3, 0.12),
            (0.2, 0.1),
            (0.0, 0.2),
        ]
        p.fill(ink, p.curve([(x, y + lift) for x, y in mirrored(fall)]), tone=0.45)
    elif style == "bob":
        cut = [(0.1, 0.88), (0.21, 0.8), (0.235, 0.62), (0.235, 0.45), (0.225, 0.38), (0.1, 0.36)]
        p.fill(ink, p.curve([(x, y + lift) for x, y in mirrored(cut)]), tone=0.45)
    elif style == "curly":
        low = 0.36 if "woman" in traits else 0.6
        ring = [(0.2, low), (0.26, low + 0.12), (0.27, 0.64), (0.25, 0.76), (0.17, 0.86), (0.06, 0.91)]
        curls = [ellipse(s * x, y + lift, 0.1 if y < 0.8 else 0.095) for x, y in ring for s in (-1, 1)]
        neck = [ellipse(0, 0.45 + lift, 0.22, 0.2)] if "woman" in traits else []
        p.fill(ink, *curls, *neck, ellipse(0, 0.68 + lift, 0.24, 0.22), shade=0.03)
    elif style == "bun":
        p.fill(ink, ellipse(0, 0.93 + lift, 0.1, 0.085), shade=0.03)
    elif style == "plaits":
        for s in (-1, 1):
            for k in range(5):
                x, y = s * (0.205 + 0.012 * k), 0.52 - k * 0.075 + lift
                p.fill(ink, ellipse(x, y, 0.048 - k * 0.003, 0.05, s * 0.4), shade=0.015)
            p.fill("red", ellipse(s * 0.262, 0.175 + lift, 0.03, 0.024))
            p.fill(ink, limb([(s * 0.262, 0.16 + lift, 0.022), (s * 0.275, 0.1 + lift, 0.008)]))


def front_hair(p: Pen, traits: frozenset[str], ink: str, lift: float) -> None:
    """What lies over the forehead; a parting lets the light side show."""
    d, style = lit_side(p), style_of(traits)
    if style == "bald":
        tuft = [(0.155, 0.74), (0.2, 0.7), (0.215, 0.6), (0.2, 0.53), (0.175, 0.56), (0.17, 0.66)]
        for s in (-1, 1):
            p.fill(ink, p.curve([(s * x, y + lift) for x, y in tuft]), tone=0 if s == d else 0.6)
    elif style == "curly":
        curls = [(x, 0.845 - 0.28 * abs(x)) for x in (-0.16, -0.085, 0, 0.085, 0.16)]
        p.fill(ink, *[ellipse(x, y + lift, 0.066) for x, y in curls], shade=0.02)
    else:
        _parted(p, style, ink, lift)
    if style == "mop":
        tufts = [(-0.15, 0.72), (-0.08, 0.69), (-0.01, 0.71), (0.06, 0.69), (0.13, 0.73)]
        locks = [[(x - 0.05, 0.84 + lift), (x, y + lift), (x + 0.055, 0.84 + lift)] for x, y in tufts]
        ends = [
            [(0.02, 0.9 + lift, 0.03), (0.07, 0.96 + lift, 0.012)],
            [(-0.03, 0.9 + lift, 0.03), (-0.02, 0.965 + lift, 0.01)],
        ]
        p.fill(ink, *locks, ellipse(0, 0.84 + lift, 0.16, 0.07), *[limb(end) for end in ends])
    elif style == "short":
        p.fill(ink, p.curve([(d * x, y + lift) for x, y in QUIFF]), shade=0.035)
    elif style == "long":
        p.line(ink, arc((d * 0.07, 0.885 + lift), (d * 0.17, 0.8 + lift), (d * 0.2, 0.66 + lift)), 0.006, tone=-0.6)


def _parted(p: Pen, style: str, ink: str, lift: float) -> None:
    d = lit_side(p)
    part, (crown, sides) = d * 0.05, CUTS[style]
    for s in (-1, 1):
        out = [(part, crown), (s * 0.13, crown - 0.03), (s * 0.212, 0.76), (s * 0.222, 0.62), (s * 0.205, sides)]
        inner = [(s * 0.172, sides + 0.02), (s * 0.17, 0.63), (s * 0.15, 0.7), (s * 0.09, 0.765), (part, 0.81)]
        if style in ("mop", "short"):
            inner = [(s * 0.178, sides + 0.03), (s * 0.165, 0.69), (s * 0.12, 0.745), (s * 0.05, 0.765), (part, 0.785)]
        p.fill(ink, [(x, y + lift) for x, y in [*arc(*out), *arc(*inner)]], tone=-0.12 if s == d else 0.55)


def hat_of(p: Pen, traits: frozenset[str], lift: float) -> None:
    ink, band = ("wheat", "red") if "woman" in traits else ("bark", "rust")
    if ink == ink_of(traits, ""):
        ink, band = "navy", "cream"
    if "crown" in traits:
        points = [(-0.2, 0.95), (-0.11, 0.88), (0, 1.0), (0.11, 0.88), (0.2, 0.95)]
        p.fill("gold", [(x, y + lift) for x, y in [(-0.19, 0.78), *points, (0.19, 0.78)]], shade=0.03)
        p.fill(
            "gold",
            [(x, y + lift) for x, y in [(-0.195, 0.77), (0.195, 0.77), (0.195, 0.81), (-0.195, 0.81)]],
            tone=0.45,
        )
        for x, jewel in ((-0.1, "teal"), (0, "red"), (0.1, "teal")):
            p.fill(jewel, ellipse(x, 0.79 + lift, 0.018))
    elif "hat" in traits:
        top = arc((-0.185, 0.8), (-0.175, 0.93), (-0.09, 0.985), (0, 0.965), (0.09, 0.985), (0.175, 0.93), (0.185, 0.8))
        p.fill(ink, [(x, y + lift) for x, y in top], shade=0.05)
        p.fill(band, rect(-0.187, 0.795 + lift, 0.187, 0.845 + lift), tone=0.1)
        brim = arc((-0.37, 0.755), (-0.2, 0.82), (0, 0.84), (0.2, 0.82), (0.37, 0.755))
        under = arc((0.37, 0.755), (0.18, 0.755), (0, 0.775), (-0.18, 0.755), (-0.37, 0.755))
        p.fill(ink, [(x, y + lift) for x, y in [*brim, *under]], tone=-0.1, shade=0.02)
