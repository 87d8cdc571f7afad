"""Busts: somebody from the shoulders up, large, in flat planes of light and shadow."""

from dataclasses import dataclass

import numpy as np

from studio.engine.illustrator.arrays import Dots, Ink, Points
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.pen import Body, Pen
from studio.engine.illustrator.shapes import ellipse, limb, rect
from studio.engine.illustrator.subjects import muzzles
from studio.engine.illustrator.subjects.hair import back_hair, front_hair, hat_of, ink_of
from studio.engine.illustrator.subjects.registry import DRAW, arc, lit_side, mirrored, ring

PEOPLE: dict[str, frozenset[str]] = {  # what the names of people say of them
    "person": frozenset(),
    "woman": frozenset({"woman"}),
    "man": frozenset({"man"}),
    "girl": frozenset({"woman", "young"}),
    "boy": frozenset({"man", "young"}),
    "child": frozenset({"young"}),
    "old man": frozenset({"man", "old"}),
    "old woman": frozenset({"woman", "old"}),
}
WORN = frozenset({"hat", "scarf", "glasses", "beard", "moustache", "crown"})
CLOTHES = ("teal", "rust", "navy", "autumn", "sage", "red", "leafdark")
HAIR = ("dark", "bark", "wood", "rust", "wheat")
SKIN = ("skin", "skin", "sand", "deer", "wood")

JAW = ((0, 0.4), (0.05, 0.425), (0.1, 0.47), (0.168, 0.58), (0.2, 0.56), (0.175, 0.42))
BEARD = (*JAW, (0.1, 0.3), (0, 0.265))
MOUSTACHE = ((0, 0.5), (0.05, 0.497), (0.1, 0.462), (0.115, 0.43), (0.05, 0.462), (0, 0.472))


class CutPen(Pen):
    """A pen that draws nothing below a floor."""

    floor: float = 0.0

    def place(self, poly: Dots) -> Points:
        at = super().place(poly)
        at[:, 1] = np.minimum(at[:, 1], self.floor)
        return at


@dataclass(frozen=True, slots=True)
class Sitter:
    traits: frozenset[str]
    skin: str
    hair: str
    cloth: str | Ink

    def __contains__(self, trait: str) -> bool:
        return trait in self.traits


def draw_bust(
    scene: Scene,
    name: str,
    x: float,
    y: float,
    size: float,
    *,
    traits: frozenset[str] = frozenset(),
    colour: Body = None,
) -> Pen:
    """Draw a bust `size` pixels high with its cut edge at (x, y); whoever has no bust is drawn whole and large."""
    p = CutPen(scene, x, y, size, body=colour)
    p.floor = y
    if name in PEOPLE:
        bust_of(p, cast_sitter(p, traits | PEOPLE[name]))
    elif name in muzzles.BUSTS:
        muzzles.BUSTS[name](p)
    else:
        _large(p, name)
    return p


LARGE: dict[str, tuple[float, float]] = {  # how much larger than the bust, and how far it is moved sideways
    "robot": (1.75, 0),
    "astronaut": (1.6, 0),
    "penguin": (1.5, 0),
    "owl": (1.3, 0),
    "snowman": (1.6, 0),
    "horse": (2.0, -0.75),
    "camel": (1.9, -0.8),
    "bird": (1.2, -0.2),
    "cow": (1.9, -0.65),
    "sheep": (1.9, -0.55),
    "elephant": (1.45, -0.45),
    "dragon": (1.7, -0.8),
}


def _large(p: CutPen, name: str) -> None:
    """The upper part of the whole drawing."""
    k, aside = LARGE.get(name, (0.9, 0.0))
    top = {"horse": 1.08, "snowman": 1.1, "robot": 1.1, "dragon": 1.24}.get(name, 1.0)
    p.x, p.y = p.x + aside * p.s, p.y + max(0.0, k * top - 1) * p.s
    p.s *= k
    DRAW[name](p, "standing")


def cast_sitter(p: Pen, traits: frozenset[str]) -> Sitter:
    """Fill in by chance what the words leave open."""
    r = p.rng
    if not traits & {"man", "woman"}:
        traits |= {("woman", "man")[int(r.integers(2))]}
    chance, extra = float(r.random()), float(r.random())
    if not traits & WORN:
        adult = "young" not in traits
        beard = {"beard"} if "man" in traits and adult and extra < (0.7 if "old" in traits else 0.35) else set()
        worn = "scarf" if chance < 0.25 else "glasses" if chance < 0.5 else "hat" if chance < 0.7 else ""
        traits |= beard | ({worn} if worn else set())
    if "woman" in traits and not traits & {"curly", "long hair", "short hair"}:
        traits |= {("long hair", "curly", "short hair", "long hair")[int(r.integers(4))]}
    hair = "steel" if "old" in traits else HAIR[int(r.integers(len(HAIR)))]
    skin = SKIN[int(r.integers(len(SKIN)))]
    if skin in ("deer", "wood"):
        hair = "steel" if "old" in traits else ("dark", "key")[int(r.integers(2))]
    hair = ink_of(traits, hair)
    if hair in ("brick", "wheat") and skin in ("sand", "deer", "wood"):
        skin = "skin"  # hair and face are told apart
    return Sitter(traits, skin, hair, p.pick(CLOTHES[int(r.integers(len(CLOTHES)))]))


def bust_of(p: Pen, who: Sitter) -> None:
    young = "young" in who
    lift = -0.06 if young else 0.0
    back_hair(p, who.traits, who.hair, lift)
    _shoulders(p, who, 0.82 if young else 1.06 if "man" in who else 0.94)
    _face(p, who, lift)
    _features(p, who, lift)
    front_hair(p, who.traits, who.hair, lift)
    if "glasses" in who:
        _glasses(p, lift)
    hat_of(p, who.traits, lift)
    if "scarf" in who:
        _scarf(p, lift)


def _shoulders(p: Pen, who: Sitter, k: float) -> None:
    side = lit_side(p)
    p.fill(who.skin, [(-0.085, 0.12), (-0.08, 0.42), (0.08, 0.42), (0.085, 0.12)])
    p.fill(who.skin, p.curve([(-0.08, 0.4), (0, 0.3), (0.08, 0.4), (0.082, 0.3), (0, 0.235), (-0.082, 0.3)]), tone=0.85)
    slope = [(0.5 * k, 0.0), (0.47 * k, 0.1), (0.4 * k, 0.18), (0.25 * k, 0.235), (0.1, 0.285)]
    outline = [*arc(*slope), *[(-x, y) for x, y in arc(*slope)[::-1]]]
    body = p.fill(who.cloth, outline, tone=0.65)
    p.fill(who.cloth, [(x + side * 0.06, y) for x, y in outline], clip=body)
    if "man" in who and "young" not in who:  # an open collar
        p.fill(who.skin, [(-0.085, 0.3), (0, 0.12), (0.085, 0.3)], tone=0.3)
        for s in (-1, 1):
            p.fill(
                "white",
                [(s * 0.08, 0.32), (s * 0.13, 0.27), (s * 0.085, 0.13), (0, 0.11)],
                tone=0.0 if s == side else 0.5,
            )
            lapel = [
                (s * 0.12, 0.29),
                (s * 0.19, 0.2),
                (s * 0.12, 0.17),
                (s * 0.13, 0.13),
                (0, -0.02),
                (s * 0.06, 0.16),
            ]
            p.fill(who.cloth, lapel, tone=-0.25 if s == side else 0.4, clip=body)
    elif "scarf" not in who:
        neck = p.curve([(-0.11, 0.32), (0, 0.19), (0.11, 0.32)])
        p.fill(who.skin, neck, tone=0.3)
        collar = arc((-0.115, 0.305), (-0.07, 0.22), (0, 0.185), (0.07, 0.22), (0.115, 0.305))
        p.line(who.cloth, collar, 0.014, tone=-0.5)


def face_half(who: frozenset[str], lift: float) -> list[tuple[float, float]]:
    jaw = 0.128 if "man" in who and "young" not in who else 0.112
    cheek = 0.19 if "young" in who else 0.178
    chin = 0.375 if "young" in who else 0.345
    half = [(0.05, chin), (jaw, chin + 0.06), (cheek - 0.008, 0.5), (cheek, 0.62), (cheek - 0.02, 0.74), (0.1, 0.82)]
    return [(x, y + lift) for x, y in half]


def _face(p: Pen, who: Sitter, lift: float) -> None:
    d = lit_side(p)
    half = face_half(who.traits, lift)
    for s in (-1, 1):
        p.fill(who.skin, ellipse(s * 0.182, 0.575 + lift, 0.03, 0.048), tone=0.15 if s == d else 0.85)
    face = p.fill(
        who.skin, p.curve([(0, half[0][1] - 0.008), *half, (0, 0.845 + lift), *[(-x, y) for x, y in half[::-1]]])
    )
    edge = [(-0.045, 0.86), (-0.02, 0.72), (0.012, 0.665), (-0.012, 0.63), (0.012, 0.575), (0.042, 0.53), (0.0, 0.512)]
    edge += [(0.004, 0.485), (-0.012, 0.462), (0.004, 0.435), (0.018, 0.39), (-0.02, 0.3)]
    shadow = [*edge, (-0.3, 0.3), (-0.3, 0.86)]
    p.fill(who.skin, [(d * x, y + lift) for x, y in shadow], tone=0.55, clip=face)
    if "man" not in who or "young" in who:
        p.fill("pink", ellipse(d * 0.105, 0.52 + lift, 0.036, 0.024), alpha=0.4, clip=face)
        p.fill("pink", ellipse(-d * 0.105, 0.52 + lift, 0.036, 0.024), alpha=0.3, clip=face)


def _features(p: Pen, who: Sitter, lift: float) -> None:
    for s in (-1, 1):
        _eye(p, who, s, 0.608 + lift)
        if "old" in who:
            p.line(
                who.skin,
                arc((s * 0.05, 0.53 + lift), (s * 0.085, 0.5 + lift), (s * 0.09, 0.455 + lift)),
                0.004,
                tone=1.1,
            )
    _mouth(p, who, 0.452 + lift)
    if "beard" in who:
        p.fill(who.hair, p.curve([(x, y + lift) for x, y in mirrored(BEARD)]), shade=0.03)
        _mouth(p, who, 0.44 + lift)
    if "beard" in who or "moustache" in who:
        p.fill(who.hair, p.curve([(x, y + lift) for x, y in mirrored(MOUSTACHE)]), tone=0.35)


def _eye(p: Pen, who: Sitter, s: int, y: float) -> None:
    man, d, x = "man" in who, lit_side(p), s * 0.083
    almond = [(x - 0.04, y - 0.002), (x, y + 0.02), (x + 0.04, y - 0.002), (x, y - 0.017)]
    p.fill("white", p.curve(almond), tone=0.0 if s == d else 0.4)
    p.fill("key", ellipse(x, y + 0.003, 0.0175, 0.0185))
    p.fill("white", ellipse(x + d * 0.006, y + 0.009, 0.0045))
    lid = arc((x - 0.044, y - 0.001), (x - 0.02, y + 0.019), (x + 0.02, y + 0.019), (x + 0.044, y - 0.001))
    p.line("key", lid, 0.006 if man else 0.0085)
    if not man:
        p.line("key", [(x + s * 0.04, y + 0.002), (x + s * 0.056, y + 0.016)], 0.005)
    ridge = (x + s * 0.005, y + 0.071, 0.011 if man else 0.008)
    p.fill(who.hair, limb([(x - s * 0.05, y + 0.06, 0.008), ridge, (x + s * 0.058, y + 0.05, 0.004)]), tone=0.5)
    if "old" in who:
        p.line(who.skin, arc((x - s * 0.03, y - 0.04), (x, y - 0.05), (x + s * 0.04, y - 0.036)), 0.004, tone=1.1)


def _mouth(p: Pen, who: Sitter, y: float) -> None:
    ink = "red" if "woman" in who and "young" not in who else "brick"
    if "smile" in who:
        p.fill(
            "key",
            [
                *arc((-0.066, y + 0.014), (0, y - 0.004), (0.066, y + 0.014)),
                *arc((0.066, y + 0.014), (0, y - 0.046), (-0.066, y + 0.014)),
            ],
        )
        p.fill(
            "white",
            [*arc((-0.055, y + 0.009), (0, y - 0.006), (0.055, y + 0.009)), (0.045, y - 0.012), (-0.045, y - 0.012)],
        )
        return
    top = [(-0.052, y), (-0.018, y + 0.014), (0, y + 0.009), (0.018, y + 0.014), (0.052, y), (0, y - 0.004)]
    p.fill(ink, top, tone=0.45)
    p.fill(
        ink,
        [
            (-0.05, y - 0.001),
            (0, y - 0.005),
            (0.05, y - 0.001),
            *arc((0.05, y - 0.001), (0, y - 0.026), (-0.05, y - 0.001)),
        ],
    )


def _glasses(p: Pen, lift: float) -> None:
    y = 0.602 + lift
    for s in (-1, 1):
        p.fill("white", ellipse(s * 0.086, y, 0.055), alpha=0.18)
        p.fill("key", ring(s * 0.086, y, 0.062, 0.05))
        p.line("key", [(s * 0.146, y + 0.008), (s * 0.182, y + 0.018)], 0.007)
    p.line("key", arc((-0.027, y + 0.012), (0, y + 0.022), (0.027, y + 0.012)), 0.006)


def _scarf(p: Pen, lift: float) -> None:
    ink = "red" if not isinstance(p.body, str) or p.body != "red" else "navy"
    top = arc((-0.17, 0.345), (-0.08, 0.295), (0.08, 0.295), (0.17, 0.345))
    low = arc((0.2, 0.23), (0.1, 0.165), (-0.1, 0.165), (-0.2, 0.23))
    end = [(0.05, 0.2), (0.15, 0.22), (0.18, -0.02), (0.06, -0.02)]
    p.fill(ink, [(x, y + lift * 0.6) for x, y in end], shade=0.02, tone=0.2)
    wrap = p.fill(ink, [(x, y + lift * 0.6) for x, y in [*top, *low]], shade=0.03)
    for k in range(3):
        y = 0.265 - k * 0.03 + lift * 0.6
        p.line(ink, arc((-0.2, y + 0.05), (0, y - 0.005), (0.2, y + 0.05)), 0.005, tone=0.8, clip=wrap)
    p.fill("cream", rect(0.058, 0.045, 0.182, 0.06), rect(0.06, 0.02, 0.18, 0.03))
