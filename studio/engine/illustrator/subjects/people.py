"""People, seen whole: a pose is a knot table, an outfit is what is laid over it."""

from dataclasses import dataclass

from studio.engine.illustrator.arrays import Ink, Points
from studio.engine.illustrator.pen import Pen
from studio.engine.illustrator.shapes import ellipse, limb, rect
from studio.engine.illustrator.subjects.beasts import Knots, Part
from studio.engine.illustrator.subjects.hair import ink_of
from studio.engine.illustrator.subjects.registry import Manner, arc, posed, thing


@dataclass(frozen=True, slots=True)
class Figure:
    hip: tuple[float, float, float]  # the trunk's frame: place and turn
    legs: tuple[Knots, Knots]  # the far one, the near one
    arms: tuple[Knots, Knots]


FIGURES: dict[str, Figure] = {
    "walking": Figure(
        hip=(0, 0.46, 0),
        legs=(
            ((0.0, 0.46, 0.045), (-0.066, 0.25, 0.034), (-0.154, 0.04, 0.024)),
            ((0.01, 0.46, 0.045), (0.1, 0.25, 0.034), (0.11, 0.03, 0.024)),
        ),
        arms=(
            ((0.05, 0.74, 0.032), (0.11, 0.61, 0.028), (0.16, 0.49, 0.021)),
            ((-0.045, 0.74, 0.034), (-0.1, 0.59, 0.03), (-0.09, 0.45, 0.022)),
        ),
    ),
    "standing": Figure(
        hip=(0, 0.46, 0),
        legs=(
            ((0.03, 0.46, 0.045), (0.045, 0.25, 0.034), (0.045, 0.03, 0.025)),
            ((-0.03, 0.46, 0.046), (-0.04, 0.25, 0.035), (-0.045, 0.03, 0.025)),
        ),
        arms=(
            ((0.06, 0.75, 0.032), (0.105, 0.61, 0.028), (0.11, 0.47, 0.021)),
            ((-0.065, 0.75, 0.034), (-0.105, 0.6, 0.03), (-0.1, 0.46, 0.022)),
        ),
    ),
    "sitting": Figure(
        hip=(-0.1, 0.07, 0.06),
        legs=(
            ((-0.08, 0.07, 0.055), (0.17, 0.28, 0.038), (0.27, 0.03, 0.025)),
            ((-0.09, 0.065, 0.06), (0.1, 0.29, 0.04), (0.18, 0.03, 0.025)),
        ),
        arms=(
            ((-0.06, 0.35, 0.032), (0.04, 0.27, 0.027), (0.16, 0.3, 0.021)),
            ((-0.15, 0.34, 0.034), (-0.07, 0.2, 0.029), (0.08, 0.27, 0.022)),
        ),
    ),
    "seated": Figure(  # on something: the base is the seat, the shins hang below it
        hip=(-0.02, 0.05, 0),
        legs=(
            ((0.0, 0.05, 0.052), (0.2, 0.055, 0.04), (0.24, -0.17, 0.026)),
            ((-0.01, 0.045, 0.056), (0.17, 0.045, 0.042), (0.18, -0.19, 0.026)),
        ),
        arms=(
            ((0.04, 0.34, 0.032), (0.09, 0.22, 0.027), (0.2, 0.16, 0.021)),
            ((-0.05, 0.33, 0.034), (-0.06, 0.18, 0.029), (0.07, 0.12, 0.022)),
        ),
    ),
    "running": Figure(
        hip=(0, 0.47, -0.22),
        legs=(
            ((0.0, 0.47, 0.046), (-0.07, 0.27, 0.036), (-0.27, 0.2, 0.025)),
            ((0.02, 0.47, 0.05), (0.19, 0.36, 0.038), (0.17, 0.12, 0.025)),
        ),
        arms=(
            ((0.12, 0.73, 0.03), (0.2, 0.6, 0.027), (0.31, 0.67, 0.021)),
            ((0.04, 0.74, 0.033), (-0.09, 0.65, 0.029), (-0.11, 0.52, 0.022)),
        ),
    ),
}
_STAND = FIGURES["standing"]
FIGURES["waving"] = Figure(
    _STAND.hip, _STAND.legs, (((0.06, 0.75, 0.032), (0.17, 0.82, 0.028), (0.21, 0.98, 0.021)), _STAND.arms[1])
)
_WALK = FIGURES["walking"]
FIGURES["holding"] = Figure(
    _WALK.hip, _WALK.legs, (((0.05, 0.74, 0.032), (0.13, 0.6, 0.028), (0.125, 0.68, 0.021)), _WALK.arms[1])
)
POSES = ("walking", "standing", "sitting", "seated", "running", "waving")
SKINS = ("skin", "sand", "skin", "deer")
CLOTHES = ("rust", "teal", "red", "navy", "autumn", "sage")


@dataclass(frozen=True, slots=True)
class Dress:
    """What somebody wears."""

    cut: str  # coat, jumper or dress
    cloth: str | Ink
    legs: str | Ink
    skin: str
    hair: str
    traits: frozenset[str] = frozenset()


@posed("person", wide=0.4, poses=POSES)
def person(p: Pen, manner: Manner) -> None:
    traits, r = manner.traits, p.rng
    woman = "woman" in traits
    cuts = (
        ("dress", "coat", "dress") if woman else ("jumper", "coat", "jumper") if "man" in traits else ("coat", "jumper")
    )
    cut = cuts[int(r.integers(len(cuts)))]
    cloth = p.pick("rust" if not traits else CLOTHES[int(r.integers(len(CLOTHES)))])
    skin = SKINS[int(r.integers(len(SKINS)))]
    hair = "steel" if "old" in traits else ("dark", "bark", "wood", "dark")[int(r.integers(4))]
    hair = ink_of(traits, hair)
    dress = Dress(cut, cloth, "navy" if cut == "jumper" and cloth != "navy" else "dark", skin, hair, traits)
    figure(p, manner.pose, dress, 0.7 if "young" in traits else 1.0)


def figure(p: Pen, pose: str, dress: Dress, k: float = 1.0) -> None:
    """Somebody in a pose; `k` is how tall, so that a child's head stays large."""
    f, fig = FIGURES[pose], Part(p, 0, 0, k)
    far, near = f.legs
    bare = dress.cut == "dress"
    for leg, tone in ((far, 0.5), (near, 0.0)):
        x, y, _ = leg[-1]
        lifted = y > 0.08
        fig.fill(dress.skin if bare else dress.legs, limb(leg), tone=tone)
        toe = (x - 0.02, y - 0.05, 0.016) if lifted and x < 0 else (x + 0.055, y - 0.012, 0.016)
        fig.fill("key", limb([(x, y, 0.023), toe]))
    _arm(fig, f.arms[0], dress, 0.5)
    trunk = Part(p, f.hip[0] * k, f.hip[1] * k, k, f.hip[2])
    _head(Part(p, *_top(trunk), 1.0 if k == 1 else k * 1.32, 0), dress, behind=True)
    trunk.fill(dress.skin, limb([(0, 0.34, 0.027), (0.012, 0.41, 0.026)]), tone=0.4)
    seat = (
        limb([(x, y, 0.085 - 0.02 * i) for i, (x, y, _) in enumerate(near[:2])])
        if pose in ("sitting", "seated")
        else []
    )
    _garment(trunk, fig, dress, seat)
    _arm(fig, f.arms[1], dress, 0.42)
    _head(Part(p, *_top(trunk), 1.0 if k == 1 else k * 1.32, 0), dress, behind=False)


def _top(trunk: Part) -> tuple[float, float]:
    """Where the head's middle is."""
    head = trunk.move([(0.015, 0.44 + (0.01 if trunk.k < 1 else 0))])
    return float(head[0][0]), float(head[0][1])


def _garment(trunk: Part, fig: Part, dress: Dress, seat: list[Points]) -> None:
    curve = trunk.pen.curve
    shoulders = [(-0.085, 0.30), (-0.03, 0.37), (0.05, 0.36), (0.085, 0.28)]
    if "man" in dress.traits:
        shoulders = [(-0.105, 0.30), (-0.05, 0.37), (0.06, 0.365), (0.105, 0.285)]
    if dress.cut == "coat":
        hem = [(0.1, 0.08), (0.115, -0.12), (0, -0.14), (-0.1, -0.1), (-0.105, 0.09)]
    elif dress.cut == "dress":
        hem = [(0.062, 0.12), (0.09, 0.0), (0.15, -0.2), (0, -0.225), (-0.15, -0.19), (-0.085, 0.0), (-0.065, 0.12)]
    else:
        hem = [(0.082, 0.1), (0.085, -0.03), (0, -0.045), (-0.085, -0.03), (-0.085, 0.1)]
    if seat and dress.cut != "jumper":
        hem = [(0.08, 0.1), (0.09, -0.03), (0, -0.06), (-0.09, -0.04), (-0.085, 0.1)]
        fig.fill(dress.cloth, seat)
    trunk.fill(dress.cloth, curve([*shoulders, *hem]), shade=0.04)
    if dress.cut == "coat" and not seat:
        trunk.line(dress.cloth, [(0.035, 0.33), (0.045, 0.1), (0.05, -0.12)], 0.005, tone=0.9)
    elif dress.cut == "dress" and not seat:
        trunk.fill("dark", [(-0.068, 0.115), (0.064, 0.115), (0.066, 0.085), (-0.072, 0.085)])
    if "scarf" in dress.traits:
        trunk.fill(
            "red", limb([(-0.04, 0.365, 0.026), (0.06, 0.36, 0.026)]), limb([(0.04, 0.36, 0.022), (0.06, 0.24, 0.02)])
        )


def _arm(fig: Part, arm: Knots, dress: Dress, tone: float) -> None:
    sleeve = dress.skin if dress.cut == "dress" and "old" not in dress.traits else dress.cloth
    x, y, r = arm[-1]
    (ex, ey, _) = arm[-2]
    fig.fill(dress.skin, ellipse(x + (x - ex) * 0.14, y + (y - ey) * 0.14, r * 1.05))
    fig.fill(sleeve, limb(arm), tone=tone if sleeve != dress.skin else tone * 0.6)
    if sleeve == dress.skin:
        fig.fill(
            dress.cloth,
            limb([arm[0], tuple(a * 0.6 + b * 0.4 for a, b in zip(arm[0], arm[1], strict=True))]),
            tone=tone,
        )


def _head(h: Part, dress: Dress, behind: bool) -> None:
    hair, woman, curve = dress.hair, "woman" in dress.traits, h.pen.curve
    old, young = "old" in dress.traits, "young" in dress.traits
    if behind:
        if woman and not old:
            fall = [(-0.045, 0.05), (-0.075, -0.03), (-0.085, -0.13), (-0.02, -0.145), (0.02, -0.06), (0.02, 0.04)]
            h.fill(hair, curve(fall))
        return
    h.fill(dress.skin, ellipse(0, 0, 0.052, 0.062), ellipse(0.05, -0.008, 0.012, 0.012), shade=0.015)
    cap = [(-0.065, 0.0), (-0.06, 0.065), (0, 0.085), (0.055, 0.05), (0.045, 0.025), (-0.005, 0.035), (-0.035, -0.04)]
    if woman:
        h.fill(hair, curve([*cap[:-1], (-0.02, -0.01), (-0.035, -0.055), (-0.062, -0.05)]))
        if old:
            h.fill(hair, ellipse(-0.068, 0.045, 0.034))
    elif old:
        h.fill(hair, curve([(-0.062, 0.02), (-0.05, 0.05), (-0.02, 0.03), (-0.025, -0.03), (-0.055, -0.03)]))
    else:
        h.fill(hair, curve([*cap, (-0.065, -0.05)] if not young else [*cap, (-0.06, -0.03)]))
    if "beard" in dress.traits or (old and not woman):
        h.fill(
            hair,
            curve([(-0.03, -0.02), (0.0, -0.02), (0.055, -0.028), (0.045, -0.075), (0.0, -0.095), (-0.035, -0.055)]),
        )
    if "hat" in dress.traits:
        h.fill(
            "wheat",
            ellipse(0, 0.045, 0.1, 0.018),
            curve([(-0.055, 0.045), (-0.045, 0.11), (0.045, 0.11), (0.055, 0.045)]),
        )
        h.fill("dark", rect(-0.052, 0.05, 0.052, 0.066))
    if "crown" in dress.traits:
        h.fill(
            "gold",
            [(-0.055, 0.04), (-0.06, 0.12), (-0.025, 0.08), (0, 0.13), (0.025, 0.08), (0.06, 0.12), (0.055, 0.04)],
        )


@thing("umbrella", wide=0.7)
def umbrella(p: Pen) -> None:
    coat = "lemon" if p.scene.pal.night else "navy" if p.body in (None, "red") else "rust"
    figure(p, "holding", Dress("coat", coat, "dark", "skin", "dark"))
    p.line("dark", [(0.12, 0.5), (0.12, 1.05)], 0.009)
    dome = arc((-0.27, 0.98), (-0.2, 1.14), (0.1, 1.25), (0.4, 1.14), (0.5, 0.98))
    scallop = [
        point
        for a, b in ((0.5, 0.25), (0.25, 0), (0, -0.27))
        for point in arc((a, 0.98), ((a + b) / 2, 1.035), (b, 0.98), step=6)
    ]
    p.fill(p.pick("red"), [*dome, *scallop], shade=0.06)
    p.line("dark", [(0.11, 1.24), (0.11, 1.3)], 0.008)
