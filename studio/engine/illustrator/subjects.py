"""Things drawn by code: flat two- and three-tone shapes that must read by silhouette alone.

Every function takes a `Pen` (unit frame, y up, base 0, about 1 unit high or long) and draws back to front.
"body:<default>" is the ink a prompt's adjective may replace ("a blue jug")."""

import numpy as np
from studio.engine.illustrator.pen import Pen
from studio.engine.illustrator.shapes import ellipse, limb, rect, spline

DRAW = {}
WIDE = {}  # how wide a thing is for its unit height, for spacing


def thing(*names, wide=0.6):
    def keep(f):
        for n in names:
            DRAW[n], WIDE[n] = f, wide
        return f

    return keep


def window(p, x, y, w, h, lit=None):
    lit = p.scene.pal.night if lit is None else lit
    p.fill("glow" if lit else "dark", rect(x - w / 2, y, x + w / 2, y + h))
    if lit:
        p.glow(x, y + h / 2, 0.14)


@thing("lighthouse", wide=0.5)
def lighthouse(p):
    p.fill("stone", rect(-0.17, 0, 0.17, 0.05), shade=0.07)
    tower = [(-0.135, 0.04), (0.135, 0.04), (0.085, 0.74), (-0.085, 0.74)]
    clip = p.fill("white", np.array(tower), shade=0.075)
    for a, b in ((0.16, 0.29), (0.42, 0.55), (0.66, 0.74)):
        p.fill(p.pick("red"), rect(-0.2, a, 0.2, b), clip=clip)
        side = p.scene.side * (-1 if p.flip else 1)
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
    window(p, 0, 0.33, 0.035, 0.05, False), window(p, 0, 0.585, 0.03, 0.045, False)
    p.fill("dark", p.curve([(-0.035, 0.04), (-0.035, 0.11), (0, 0.135), (0.035, 0.11), (0.035, 0.04)]))
    p.glow(0, 0.825, 0.5)


@thing("sailboat", wide=0.9)
def sailboat(p):
    p.line("wood", [(0.02, 0.1), (0.02, 1.0)], 0.009)
    p.fill(
        p.pick("white"),
        spline([(0.045, 0.17), (0.045, 0.93)], False, 8).tolist()
        + spline([(0.045, 0.93), (0.25, 0.55), (0.40, 0.17)], False, 10).tolist(),
        shade=0.05,
    )
    p.fill(
        "cream",
        [(-0.01, 0.9)] + spline([(-0.01, 0.9), (-0.16, 0.55), (-0.33, 0.2)], False, 10).tolist() + [(-0.01, 0.2)],
        tone=0.35,
    )
    p.fill("body:red" if p.body else "red", np.array([(0.02, 1.0), (0.13, 0.965), (0.02, 0.93)]))
    hull = spline([(-0.46, 0.13), (-0.3, 0.005), (0, -0.03), (0.3, -0.01), (0.42, 0.13)], False, 8)
    p.fill("navy", hull, shade=0.03)
    p.fill("white", rect(-0.44, 0.105, 0.415, 0.13))


@thing("boat", wide=1.15)
def boat(p):
    """A small wooden fishing boat with wheelhouse and mast."""
    p.line("wood", [(-0.12, 0.2), (-0.12, 0.86)], 0.012)
    p.line("wood", [(-0.12, 0.72), (-0.5, 0.42)], 0.007)
    for end in ((0.52, 0.3), (-0.52, 0.24)):
        p.line("dark", [(-0.12, 0.84), end], 0.0035)
    p.fill("white", np.array([(0.02, 0.18), (0.25, 0.18), (0.23, 0.46), (0.04, 0.46)]), shade=0.05)
    p.fill(p.pick("red"), np.array([(-0.02, 0.455), (0.29, 0.455), (0.27, 0.5), (0, 0.5)]))
    window(p, 0.085, 0.33, 0.055, 0.075), window(p, 0.185, 0.33, 0.055, 0.075)
    hull = (
        [(-0.58, 0.25)]
        + spline(
            [(-0.58, 0.25), (-0.5, 0.05), (-0.36, -0.03), (0.34, -0.03), (0.5, 0.08), (0.63, 0.33)], False, 8
        ).tolist()
        + spline([(0.63, 0.33), (0.35, 0.22), (0, 0.185), (-0.3, 0.2), (-0.58, 0.25)], False, 8).tolist()
    )
    clip = p.fill(p.pick("teal"), np.array(hull), shade=0.06)
    p.fill(
        "white",
        spline([(0.63, 0.33), (0.35, 0.22), (0, 0.185), (-0.3, 0.2), (-0.58, 0.25)], False, 8).tolist()
        + spline([(-0.58, 0.215), (-0.3, 0.165), (0, 0.15), (0.35, 0.185), (0.62, 0.29)], False, 8).tolist(),
        clip=clip,
    )
    p.fill("rust", rect(-0.7, -0.1, 0.7, 0.035), clip=clip)


@thing("rowboat", wide=1.2)
def rowboat(p):
    top = spline([(-0.55, 0.27), (-0.25, 0.17), (0.2, 0.165), (0.58, 0.29)], False, 10)
    keel = spline([(0.58, 0.29), (0.42, 0.04), (0.1, -0.04), (-0.3, -0.03), (-0.55, 0.27)], False, 10)
    p.fill("dark", spline([(-0.06, 0.16), (-0.075, 0.36), (-0.02, 0.43), (0.045, 0.36), (0.06, 0.16)], True, 8))
    p.fill("skin", ellipse(-0.01, 0.475, 0.046, 0.055))
    p.fill("wheat", ellipse(-0.01, 0.515, 0.085, 0.018), ellipse(-0.01, 0.53, 0.045, 0.03))
    p.line("wood", [(-0.42, 0.02), (0.1, 0.33)], 0.012)
    p.fill(p.pick("red"), np.vstack([top, keel]), shade=0.05)
    p.fill("cream", np.vstack([top, (top - (0, 0.035))[::-1]]))


@thing("ship", wide=1.8)
def ship(p):
    hull = np.array([(-0.9, 0.27), (-0.82, 0), (0.78, 0), (0.95, 0.34), (0.6, 0.27)])
    for x in (-0.28, 0.02, 0.32):
        p.fill(
            p.pick("red"),
            np.array([(x - 0.055, 0.5), (x + 0.055, 0.5), (x + 0.035, 0.78), (x - 0.075, 0.78)]),
            shade=0.04,
        )
        p.fill("dark", np.array([(x - 0.036 - 0.036, 0.72), (x + 0.04, 0.72), (x + 0.035, 0.78), (x - 0.075, 0.78)]))
    p.fill("white", np.array([(-0.6, 0.25), (0.62, 0.25), (0.56, 0.4), (-0.55, 0.4)]), shade=0.05)
    p.fill("cream", np.array([(-0.42, 0.4), (0.48, 0.4), (0.44, 0.52), (-0.38, 0.52)]), shade=0.04)
    for i in range(11):
        window(p, -0.48 + i * 0.095, 0.3, 0.04, 0.04)
    clip = p.fill("navy", hull, shade=0.06)
    p.fill("rust", rect(-1, -0.05, 1, 0.06), clip=clip)


def gable(p, w, wall, roof, ink, roof_ink, eave=0.05, snow=False):
    """Front wall with gable at left, long side with roof at right: a house in two tones."""
    a, b = -w * 0.5, -w * 0.08
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
    return a, b, mid, side


@thing("house", "cottage", wide=1.15)
def house(p, snow=None):
    snow = p.scene.brief.season == "winter" if snow is None else snow
    p.fill("brick", rect(0.24, 0.62, 0.34, 0.98), shade=0.03)
    if snow:
        p.fill("snow", rect(0.23, 0.97, 0.35, 1.0))
    a, b, mid, side = gable(p, 1.0, 0.46, 0.34, "body:cream", "rust", snow=snow)
    window(p, mid, 0.5, 0.09, 0.1)
    p.fill("wood", rect(mid - 0.055, 0, mid + 0.055, 0.23))
    for x in (0.1, 0.34):
        window(p, x, 0.16, 0.12, 0.15)
        p.line("white", [(x, 0.16), (x, 0.31)], 0.006), p.line("white", [(x - 0.06, 0.235), (x + 0.06, 0.235)], 0.006)


@thing("church", wide=1.1)
def church(p, snow=None):
    snow = p.scene.brief.season == "winter" if snow is None else snow
    roof = "snow" if snow else "dark"
    p.fill("body:cream", rect(-0.02, 0, 0.58, 0.27), tone=0.25)
    p.fill(roof, np.array([(-0.06, 0.26), (0.05, 0.44), (0.52, 0.44), (0.63, 0.26)]), tone=0.1)
    for x in (0.2, 0.33, 0.46):
        p.fill(
            "glow" if p.scene.pal.night else "dark",
            [(x - 0.025, 0.07), (x - 0.025, 0.16), (x, 0.2), (x + 0.025, 0.16), (x + 0.025, 0.07)],
        )
    p.fill("body:cream", rect(-0.3, 0, -0.02, 0.58), shade=0.07)
    p.fill(roof, np.array([(-0.34, 0.57), (-0.16, 1.0), (0.02, 0.57)]), shade=0.07)
    p.line("dark", [(-0.16, 0.98), (-0.16, 1.1)], 0.008), p.line("dark", [(-0.195, 1.06), (-0.125, 1.06)], 0.008)
    for y in (0.4,):
        p.fill("dark", [(-0.2, y), (-0.2, y + 0.07), (-0.16, y + 0.11), (-0.12, y + 0.07), (-0.12, y)])
    p.fill("wood", [(-0.215, 0), (-0.215, 0.12), (-0.16, 0.18), (-0.105, 0.12), (-0.105, 0)])


@thing("tower", wide=0.4)
def tower(p):
    p.fill("body:stone", rect(-0.13, 0, 0.13, 0.72), shade=0.07)
    p.fill("body:stone", rect(-0.155, 0.7, 0.155, 0.76), tone=0.2)
    p.fill("dark", np.array([(-0.17, 0.76), (0, 1.0), (0.17, 0.76)]), shade=0.06)
    p.fill("white", ellipse(0, 0.6, 0.07))
    p.line("dark", [(0, 0.6), (0, 0.65)], 0.007), p.line("dark", [(0, 0.6), (0.035, 0.6)], 0.007)
    for y in (0.15, 0.35):
        window(p, 0, y, 0.05, 0.1)


@thing("castle", wide=1.3)
def castle(p):
    def turret(x, w, h, cone):
        p.fill("body:stone", rect(x - w, 0, x + w, h), shade=0.045)
        if cone:
            p.fill("rust", np.array([(x - w * 1.25, h), (x, h + w * 3.2), (x + w * 1.25, h)]), shade=0.04)
            p.line("dark", [(x, h + w * 3.2), (x, h + w * 3.2 + 0.08)], 0.005)
            p.fill("red", np.array([(x, h + w * 3.2 + 0.08), (x + 0.09, h + w * 3.2 + 0.055), (x, h + w * 3.2 + 0.03)]))
        else:
            for k in (-1, -0.1, 0.8):
                p.fill("body:stone", rect(x + w * k - 0.01, h, x + w * k + w * 0.45, h + 0.035))
        window(p, x, h - 0.13, 0.03, 0.06)

    turret(-0.16, 0.085, 0.68, True), turret(0.2, 0.07, 0.58, True)
    p.fill("body:stone", rect(-0.5, 0, 0.5, 0.34), shade=0.05)
    for i in range(11):
        p.fill("body:stone", rect(-0.5 + i * 0.095, 0.34, -0.45 + i * 0.095, 0.38))
    turret(-0.5, 0.09, 0.5, True), turret(0.5, 0.09, 0.46, True)
    p.fill("dark", [(-0.08, 0), (-0.08, 0.14), (0, 0.22), (0.08, 0.14), (0.08, 0)])


@thing("pine", wide=0.5)
def pine(p):
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
            side = p.scene.side * (-1 if p.flip else 1)
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
def tree(p):
    leaf = {"autumn": "autumn", "spring": "pink", "winter": "bark"}.get(p.scene.brief.season, "leafdark")
    r = p.rng
    p.fill(
        "bark",
        limb([(0, 0, 0.045), (0.01, 0.2, 0.03), (-0.01, 0.45, 0.022)]),
        limb([(0, 0.28, 0.02), (0.12, 0.45, 0.014), (0.17, 0.58, 0.008)]),
        limb([(0, 0.32, 0.02), (-0.11, 0.47, 0.014), (-0.17, 0.56, 0.008)]),
        shade=0.02,
    )
    if leaf == "bark":

        def branch(x, y, a, ln, wd):
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
    side = p.scene.side * (-1 if p.flip else 1)
    p.fill(
        p.pick(leaf),
        *[
            ellipse(side * 0.08 + r.normal(0, 0.08), 0.74 + r.normal(0, 0.06), r.uniform(0.03, 0.06), 0.03)
            for _ in range(6)
        ],
        tone=-0.3,
    )


@thing("birch", wide=0.35)
def birch(p):
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
def cypress(p):
    p.fill(
        "body:leafdark",
        p.curve([(0, 0.0), (-0.1, 0.12), (-0.085, 0.5), (-0.03, 0.9), (0, 1), (0.035, 0.88), (0.09, 0.5), (0.1, 0.12)]),
        shade=0.05,
        angle=1.5,
    )


@thing("palm", wide=0.8)
def palm(p):
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
def cactus(p):
    p.fill(
        "body:leafdark",
        limb([(0, 0, 0.07), (0, 0.5, 0.08), (0, 0.9, 0.065)]),
        limb([(-0.02, 0.32, 0.045), (-0.2, 0.34, 0.045), (-0.22, 0.58, 0.045)]),
        limb([(0.02, 0.45, 0.045), (0.19, 0.47, 0.042), (0.2, 0.68, 0.042)]),
        shade=0.05,
        angle=1.57,
    )


@thing("fox", wide=1.25)
def fox(p):
    """Standing in profile, facing right, brush low behind."""
    fur = "fox" if p.body in (None, "red", "orange") else p.body
    p.fill(
        "dark",
        limb([(-0.22, 0.34, 0.05), (-0.20, 0.18, 0.026), (-0.23, 0.03, 0.02), (-0.205, 0.018, 0.018)]),
        limb([(0.2, 0.34, 0.045), (0.23, 0.16, 0.025), (0.215, 0.03, 0.019), (0.245, 0.018, 0.017)]),
    )
    tail = p.fill(
        fur,
        limb(
            [
                (-0.27, 0.47, 0.045),
                (-0.42, 0.42, 0.075),
                (-0.58, 0.27, 0.092),
                (-0.72, 0.17, 0.062),
                (-0.82, 0.15, 0.012),
            ]
        ),
        shade=0.05,
    )
    p.fill("cream", ellipse(-0.79, 0.155, 0.115, 0.12), clip=tail)
    p.fill(
        fur,
        limb([(-0.3, 0.36, 0.065), (-0.25, 0.2, 0.034), (-0.30, 0.10, 0.025), (-0.28, 0.05, 0.022)]),
        limb([(0.13, 0.36, 0.06), (0.14, 0.2, 0.033), (0.13, 0.08, 0.024)]),
        limb([(-0.25, 0.445, 0.118), (-0.05, 0.435, 0.112), (0.14, 0.455, 0.128)], 12),
        limb([(0.12, 0.47, 0.12), (0.24, 0.58, 0.09), (0.31, 0.66, 0.075)]),
        shade=0.035,
    )
    p.fill(
        "dark",
        limb([(-0.3, 0.09, 0.024), (-0.285, 0.02, 0.021), (-0.255, 0.016, 0.018)]),
        limb([(0.13, 0.12, 0.025), (0.13, 0.02, 0.02), (0.16, 0.016, 0.018)]),
    )
    p.fill("cream", p.curve([(0.30, 0.60), (0.25, 0.5), (0.22, 0.38), (0.17, 0.33), (0.17, 0.44), (0.22, 0.56)]))
    p.fill("dark", np.array([(0.335, 0.70), (0.375, 0.87), (0.405, 0.72)]))
    p.fill(fur, np.array([(0.245, 0.69), (0.272, 0.875), (0.36, 0.74)]))
    head = p.fill(
        fur,
        p.curve(
            [
                (0.23, 0.66),
                (0.25, 0.745),
                (0.32, 0.775),
                (0.40, 0.75),
                (0.47, 0.68),
                (0.575, 0.625),
                (0.58, 0.602),
                (0.47, 0.585),
                (0.36, 0.565),
                (0.27, 0.59),
            ]
        ),
        shade=0.03,
    )
    p.fill(
        "cream",
        p.curve(
            [(0.585, 0.605), (0.47, 0.58), (0.34, 0.56), (0.27, 0.58), (0.33, 0.615), (0.43, 0.635), (0.50, 0.625)]
        ),
        clip=head,
    )
    p.fill("dark", ellipse(0.577, 0.616, 0.021, 0.018)), p.fill("dark", ellipse(0.425, 0.69, 0.016, 0.013))
    p.fill("dark", np.array([(0.268, 0.745), (0.278, 0.835), (0.32, 0.765)]))


def quadruped(p, fur, leg=0.42, head=(0.48, 0.93), mane=None, thick=1.0, hoof="dark", tailup=False):
    t = thick
    p.fill(
        fur,
        limb([(-0.27, 0.58, 0.08 * t), (-0.25, 0.38, 0.042), (-0.30, 0.22, 0.024), (-0.28, 0.03, 0.02)]),
        limb([(0.24, 0.55, 0.06), (0.27, 0.32, 0.03), (0.25, 0.18, 0.02), (0.26, 0.03, 0.018)]),
        tone=0.75,
    )
    p.fill(
        fur,
        limb([(-0.34, 0.6, 0.1 * t), (-0.34, 0.40, 0.05), (-0.40, 0.24, 0.028), (-0.375, 0.04, 0.021)]),
        limb([(0.17, 0.55, 0.075), (0.165, 0.32, 0.034), (0.16, 0.04, 0.02)]),
        limb([(-0.3, 0.62, 0.125 * t), (-0.05, 0.6, 0.118 * t), (0.17, 0.62, 0.125 * t)], 12),
        limb([(0.18, 0.64, 0.115), (0.3, 0.77, 0.075), (head[0] - 0.09, head[1] - 0.04, 0.06)]),
        shade=0.06,
    )
    p.fill(
        hoof,
        rect(-0.4, 0, -0.35, 0.03),
        rect(0.138, 0, 0.185, 0.03),
        rect(-0.3, 0, -0.26, 0.028),
        rect(0.242, 0, 0.282, 0.028),
    )


@thing("deer", wide=1.1)
def deer(p):
    fur = p.pick("deer")
    for s, o in ((1, 0), (0.9, -0.05)):
        base = (0.40 + o, 0.96)
        p.line("wood", [base, (0.33 + o, 1.08), (0.36 + o, 1.22), (0.44 + o, 1.32)], 0.013)
        p.line("wood", [(0.335 + o, 1.1), (0.43 + o, 1.14), (0.47 + o, 1.2)], 0.010)
        (
            p.line("wood", [(0.35 + o, 1.2), (0.28 + o, 1.28)], 0.009),
            p.line("wood", [(0.34 + o, 1.04), (0.44 + o, 1.05)], 0.009),
        )
    quadruped(p, fur, head=(0.47, 0.93), thick=0.88)
    p.fill(
        fur,
        p.curve([(0.34, 0.93), (0.39, 0.975), (0.46, 0.95), (0.56, 0.875), (0.565, 0.84), (0.48, 0.835), (0.38, 0.85)]),
    )
    p.fill(fur, p.curve([(0.36, 0.95), (0.27, 0.99), (0.25, 0.965), (0.33, 0.92)]), tone=0.4)
    (
        p.fill("cream", p.curve([(0.28, 0.72), (0.34, 0.78), (0.33, 0.7), (0.26, 0.57), (0.23, 0.6)])),
        p.fill("cream", ellipse(-0.415, 0.66, 0.03, 0.05)),
    )
    p.fill("dark", ellipse(0.56, 0.86, 0.016)), p.fill("dark", ellipse(0.45, 0.91, 0.012))


@thing("horse", wide=1.2)
def horse(p):
    fur = p.pick("bark")
    p.fill("dark", limb([(-0.4, 0.68, 0.035), (-0.5, 0.58, 0.05), (-0.52, 0.36, 0.045), (-0.5, 0.2, 0.012)]))
    quadruped(p, fur, head=(0.48, 0.98), thick=1.05)
    p.fill(fur, limb([(0.36, 0.93, 0.075), (0.45, 0.92, 0.062), (0.56, 0.8, 0.042), (0.6, 0.755, 0.036)]), shade=0.035)
    p.fill(fur, np.array([(0.345, 0.98), (0.36, 1.07), (0.41, 0.985)]))
    (
        p.fill(
            "dark",
            p.curve([(0.38, 1.0), (0.28, 0.95), (0.18, 0.8), (0.12, 0.7), (0.2, 0.73), (0.3, 0.86), (0.36, 0.94)]),
        ),
        p.fill("dark", ellipse(0.47, 0.93, 0.012)),
    )


@thing("camel", wide=1.2)
def camel(p):
    fur = p.pick("sand")
    p.fill(
        fur,
        p.curve(
            [
                (-0.42, 0.6),
                (-0.36, 0.78),
                (-0.27, 0.93),
                (-0.17, 0.8),
                (-0.1, 0.72),
                (-0.02, 0.8),
                (0.06, 0.92),
                (0.14, 0.78),
                (0.2, 0.6),
            ]
        ),
        tone=0.2,
    )
    quadruped(p, fur, head=(0.58, 0.9), thick=0.95, hoof="bark")
    p.fill(
        fur,
        limb([(0.2, 0.62, 0.09), (0.36, 0.62, 0.06), (0.46, 0.82, 0.045), (0.5, 0.98, 0.05), (0.62, 0.95, 0.035)]),
        shade=0.03,
    )


@thing("wolf", wide=1.2)
def wolf(p):
    fur = p.pick("steel")
    p.fill(fur, limb([(-0.38, 0.6, 0.05), (-0.52, 0.5, 0.055), (-0.6, 0.34, 0.03), (-0.62, 0.25, 0.008)]), tone=0.3)
    quadruped(p, fur, head=(0.46, 0.86), thick=0.95, hoof=fur)
    p.fill(
        fur,
        p.curve([(0.3, 0.84), (0.36, 0.93), (0.45, 0.9), (0.58, 0.82), (0.58, 0.78), (0.46, 0.77), (0.36, 0.74)]),
        shade=0.03,
    )
    p.fill(fur, np.array([(0.31, 0.88), (0.33, 1.02), (0.40, 0.9)])), p.fill("dark", ellipse(0.585, 0.8, 0.016))


@thing("rabbit", wide=0.7)
def rabbit(p):
    fur = p.pick("wood")
    p.fill(fur, limb([(0.12, 0.6, 0.03), (0.07, 0.8, 0.045), (0.03, 0.97, 0.02)]), tone=0.5)
    p.fill(
        fur,
        limb([(-0.16, 0.2, 0.2), (-0.02, 0.28, 0.17), (0.1, 0.42, 0.1)]),
        ellipse(0.17, 0.52, 0.12, 0.1),
        limb([(0.16, 0.58, 0.03), (0.16, 0.8, 0.045), (0.15, 1.0, 0.02)]),
        limb([(-0.1, 0.05, 0.05), (0.12, 0.03, 0.035)]),
        limb([(0.12, 0.3, 0.05), (0.17, 0.04, 0.03)]),
        shade=0.06,
    )
    p.fill("cream", ellipse(-0.35, 0.16, 0.07)), p.fill("dark", ellipse(0.21, 0.55, 0.016))


@thing("bird", wide=0.9)
def bird(p):
    """In flight, wings up: a gull seen from the side."""
    ink = p.pick("white" if not p.scene.pal.night else "cream")
    p.fill(
        ink,
        p.curve([(0.02, 0.3), (-0.12, 0.55), (-0.34, 0.78), (-0.6, 0.84), (-0.38, 0.62), (-0.2, 0.38), (-0.1, 0.26)]),
        tone=0.45,
    )
    p.fill(
        ink,
        limb([(-0.32, 0.23, 0.012), (-0.12, 0.25, 0.06), (0.1, 0.28, 0.065), (0.24, 0.33, 0.035), (0.3, 0.325, 0.008)]),
    )
    p.fill(
        ink,
        p.curve([(0.1, 0.3), (0.2, 0.55), (0.42, 0.74), (0.66, 0.78), (0.42, 0.6), (0.26, 0.38), (0.04, 0.24)]),
        shade=0.03,
    )
    (
        p.fill("dark", np.array([(-0.6, 0.84), (-0.47, 0.78), (-0.47, 0.72)])),
        p.fill("dark", np.array([(0.66, 0.78), (0.52, 0.74), (0.53, 0.69)])),
    )


@thing("cat", wide=0.7)
def cat(p):
    """Sitting, three-quarter back view with the head turned: the ears and tail make it."""
    fur = p.pick("dark")
    tail = limb([(0.12, 0.05, 0.05), (0.3, 0.035, 0.042), (0.42, 0.1, 0.037), (0.41, 0.22, 0.03), (0.36, 0.26, 0.018)])
    body = p.curve(
        [
            (-0.2, 0.0),
            (-0.27, 0.12),
            (-0.24, 0.3),
            (-0.17, 0.46),
            (-0.14, 0.6),
            (0.1, 0.6),
            (0.16, 0.44),
            (0.24, 0.26),
            (0.25, 0.1),
            (0.18, 0.0),
        ]
    )
    head = p.curve(
        [
            (-0.19, 0.72),
            (-0.16, 0.82),
            (-0.02, 0.855),
            (0.12, 0.82),
            (0.15, 0.72),
            (0.1, 0.62),
            (-0.02, 0.58),
            (-0.14, 0.62),
        ]
    )
    ears = [
        np.array([(-0.185, 0.74), (-0.18, 0.97), (-0.05, 0.84)]),
        np.array([(0.01, 0.84), (0.14, 0.97), (0.145, 0.74)]),
    ]
    p.fill(fur, tail, body, head, *ears, shade=0.05)
    side = p.scene.side * (-1 if p.flip else 1)
    p.fill(fur, limb([(side * 0.19, 0.12, 0.018), (side * 0.19, 0.28, 0.012), (side * 0.12, 0.46, 0.006)]), tone=-0.55)
    p.fill(
        "pink",
        np.array([(-0.16, 0.79), (-0.16, 0.91), (-0.09, 0.85)]),
        np.array([(0.05, 0.85), (0.12, 0.91), (0.122, 0.79)]),
        tone=0.4,
    )
    eye = "glow" if fur == "dark" or p.scene.pal.night else "dark"
    p.fill(eye, ellipse(-0.085, 0.725, 0.03, 0.02, -0.2), ellipse(0.05, 0.725, 0.03, 0.02, 0.2))
    p.fill("key", ellipse(-0.085, 0.725, 0.008, 0.02), ellipse(0.05, 0.725, 0.008, 0.02))
    p.fill("pink", np.array([(-0.035, 0.685), (0, 0.685), (-0.018, 0.663)]))
    p.line("cream", [(-0.03, 0.2), (-0.035, 0.03)], 0.004)


@thing("whale", wide=2.0)
def whale(p):
    """Humpback, facing right and a little up."""
    skin = p.pick("whale")
    p.fill(
        skin,
        p.curve(
            [(-0.76, 0.52), (-0.93, 0.66), (-1.08, 0.83), (-1.13, 0.68), (-1.22, 0.57), (-1.0, 0.53), (-0.82, 0.44)]
        ),
        tone=0.25,
    )
    body = p.fill(
        skin,
        p.curve(
            [
                (-0.85, 0.50),
                (-0.5, 0.60),
                (-0.15, 0.72),
                (0.25, 0.76),
                (0.6, 0.68),
                (0.86, 0.5),
                (0.9, 0.42),
                (0.7, 0.27),
                (0.35, 0.13),
                (0, 0.12),
                (-0.35, 0.25),
                (-0.65, 0.42),
            ]
        ),
        shade=0.09,
    )
    belly = [
        (0.9, 0.41),
        (0.72, 0.42),
        (0.4, 0.36),
        (0.1, 0.27),
        (-0.2, 0.24),
        (-0.45, 0.3),
        (-0.2, 0.1),
        (0.2, 0.0),
        (0.6, 0.1),
    ]
    p.fill("cream", p.curve(belly), clip=body, tone=0.15)
    for k in range(5):
        o = k * 0.05
        p.line(
            skin,
            spline(
                [(0.86 - o, 0.40 - o * 0.8), (0.5, 0.30 - o), (0.12, 0.22 - o), (-0.1, 0.23 - o)], False, 6
            ).tolist(),
            0.006,
            clip=body,
            tone=0.4,
        )
    p.fill(skin, p.curve([(0.3, 0.3), (0.22, 0.1), (0.02, -0.14), (-0.1, -0.2), (-0.06, -0.02), (0.1, 0.24)]), tone=0.6)
    p.fill(skin, np.array([(-0.32, 0.655), (-0.42, 0.74), (-0.2, 0.7)]))
    p.fill("cream", ellipse(0.62, 0.44, 0.022)), p.fill("key", ellipse(0.622, 0.44, 0.013))


@thing("fish", wide=1.2)
def fish(p):
    ink = p.pick("autumn")
    (
        p.fill(ink, p.curve([(-0.38, 0.3), (-0.6, 0.52), (-0.56, 0.3), (-0.6, 0.08)]), tone=0.4),
        p.fill(ink, p.curve([(0.1, 0.46), (-0.05, 0.66), (-0.2, 0.45)]), tone=0.4),
    )
    m = p.fill(
        ink,
        p.curve(
            [(-0.42, 0.3), (-0.15, 0.47), (0.2, 0.49), (0.5, 0.34), (0.54, 0.28), (0.3, 0.13), (0, 0.09), (-0.25, 0.18)]
        ),
        shade=0.08,
    )
    p.fill("cream", p.curve([(0.0, 0.0), (0.06, 0.3), (0.0, 0.6), (0.1, 0.6), (0.15, 0.3), (0.1, 0)]), clip=m)
    p.fill("white", ellipse(0.38, 0.34, 0.035)), p.fill("key", ellipse(0.385, 0.34, 0.02))


@thing("person", wide=0.4)
def person(p, coat=None, walk=True):
    coat = coat or p.pick("rust")
    s = 0.11 if walk else 0.035
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
def umbrella(p):
    person(p, "lemon" if p.scene.pal.night else "navy" if p.body in (None, "red") else "rust")
    p.line("dark", [(0.12, 0.55), (0.12, 1.05)], 0.009)
    dome = spline([(-0.27, 0.98), (-0.2, 1.14), (0.1, 1.25), (0.4, 1.14), (0.5, 0.98)], False, 10).tolist()
    scallop = [
        pt
        for a, b in ((0.5, 0.25), (0.25, 0), (0, -0.27))
        for pt in spline([(a, 0.98), ((a + b) / 2, 1.035), (b, 0.98)], False, 6).tolist()
    ]
    p.fill(p.pick("red"), dome + scallop, shade=0.06)
    p.line("dark", [(0.11, 1.24), (0.11, 1.3)], 0.008)


@thing("bicycle", wide=1.6)
def bicycle(p):
    for x in (-0.45, 0.45):
        m = [np.vstack([ellipse(x, 0.3, 0.3), ellipse(x, 0.3, 0.268)[::-1]])]
        p.fill("dark", *m)
        for a in np.linspace(0, np.pi, 6, endpoint=False):
            p.line(
                "steel",
                [(x - np.cos(a) * 0.27, 0.3 - np.sin(a) * 0.27), (x + np.cos(a) * 0.27, 0.3 + np.sin(a) * 0.27)],
                0.003,
            )
    for a, b in (
        ((-0.45, 0.3), (-0.06, 0.28)),
        ((-0.06, 0.28), (-0.18, 0.72)),
        ((-0.45, 0.3), (-0.16, 0.64)),
        ((-0.16, 0.64), (0.32, 0.66)),
        ((-0.06, 0.28), (0.32, 0.62)),
        ((0.45, 0.3), (0.29, 0.82)),
    ):
        p.line(p.pick("red"), [a, b], 0.017)
    (
        p.fill("dark", limb([(-0.29, 0.74, 0.02), (-0.1, 0.74, 0.03)])),
        p.line("dark", [(0.29, 0.82), (0.4, 0.87), (0.44, 0.8)], 0.016),
        p.fill("dark", ellipse(-0.06, 0.28, 0.06)),
    )


@thing("car", wide=2.0)
def car(p):
    ink = p.pick("red")
    p.fill(
        ink,
        p.curve(
            [
                (-0.95, 0.2),
                (-0.93, 0.42),
                (-0.6, 0.5),
                (-0.35, 0.76),
                (0.2, 0.78),
                (0.5, 0.52),
                (0.88, 0.45),
                (0.96, 0.3),
                (0.93, 0.17),
                (0, 0.15),
            ]
        ),
        shade=0.07,
    )
    p.fill(
        "glow" if p.scene.pal.night else "dark",
        np.array([(-0.5, 0.52), (-0.3, 0.71), (-0.06, 0.72), (-0.06, 0.52)]),
        np.array([(0, 0.52), (0, 0.72), (0.18, 0.72), (0.36, 0.52)]),
    )
    for x in (-0.56, 0.56):
        p.fill("key", ellipse(x, 0.17, 0.18)), p.fill("steel", ellipse(x, 0.17, 0.08))
    p.fill("glow", ellipse(0.92, 0.37, 0.045, 0.06)), p.fill("red", ellipse(-0.93, 0.37, 0.03, 0.05))
    p.glow(0.98, 0.36, 0.35)


@thing("rocket", wide=0.5)
def rocket(p):
    for k, (w, h, ink) in enumerate(((0.17, 0.8, "autumn2"), (0.12, 0.62, "autumn"), (0.065, 0.42, "glow"))):
        p.fill(
            rocket_fire(k),
            p.curve([(-w, 0.02), (-w * 0.7, -h * 0.5), (0, -h), (w * 0.7, -h * 0.5), (w, 0.02)]),
            kind="light",
        )
    p.fill(
        p.pick("red"),
        p.curve([(-0.1, 0.1), (-0.28, -0.02), (-0.3, -0.12), (-0.22, -0.06), (-0.1, 0.0)]),
        p.curve([(0.1, 0.1), (0.28, -0.02), (0.3, -0.12), (0.22, -0.06), (0.1, 0.0)]),
        shade=0.04,
    )
    p.fill("dark", np.array([(-0.08, 0), (0.08, 0), (0.1, -0.05), (-0.1, -0.05)]))
    body = p.fill(
        "white",
        p.curve(
            [
                (-0.12, 0),
                (-0.165, 0.3),
                (-0.15, 0.6),
                (-0.09, 0.85),
                (0, 1.0),
                (0.09, 0.85),
                (0.15, 0.6),
                (0.165, 0.3),
                (0.12, 0),
            ]
        ),
        shade=0.09,
    )
    p.fill(p.pick("red"), rect(-0.3, 0.78, 0.3, 1.1), rect(-0.3, 0.08, 0.3, 0.14), clip=body)
    side = p.scene.side * (-1 if p.flip else 1)
    p.fill(p.pick("red"), rect(-0.3, 0.78, -0.03, 1.1) if side > 0 else rect(0.03, 0.78, 0.3, 1.1), clip=body, tone=0.7)
    p.fill("steel", ellipse(0, 0.58, 0.075)), p.fill("glow" if p.scene.pal.night else "navy", ellipse(0, 0.58, 0.052))
    p.fill(p.pick("red"), limb([(0, 0.14, 0.018), (0, 0.02, 0.014)]))
    p.glow(0, -0.25, 0.9)


def rocket_fire(k):
    from studio.engine.illustrator.colour import rgb

    return rgb(((0.66, 0.19, 42), (0.80, 0.16, 68), (0.96, 0.07, 98))[k])


@thing("balloon", wide=0.75)
def balloon(p):
    inks = [(p.pick(("red", "teal", "autumn", "navy")[p.rng.integers(4)])), "cream"]
    env = p.curve(
        [
            (0, 1.0),
            (-0.24, 0.93),
            (-0.36, 0.72),
            (-0.3, 0.5),
            (-0.14, 0.28),
            (-0.06, 0.2),
            (0.06, 0.2),
            (0.14, 0.28),
            (0.3, 0.5),
            (0.36, 0.72),
            (0.24, 0.93),
        ]
    )
    clip = p.fill(inks[0], env)
    for f, k in ((0.78, 1), (0.5, 0), (0.2, 1)):
        p.fill(
            inks[k],
            p.curve(
                [
                    (0, 1.0),
                    (-0.36 * f * 0.7, 0.93),
                    (-0.36 * f, 0.7),
                    (-0.3 * f, 0.5),
                    (-0.06 * f, 0.2),
                    (0.06 * f, 0.2),
                    (0.3 * f, 0.5),
                    (0.36 * f, 0.7),
                    (0.36 * f * 0.7, 0.93),
                ]
            ),
            clip=clip,
        )
    side = p.scene.side * (-1 if p.flip else 1)
    for f, k in ((1, 0), (0.78, 1), (0.5, 0)):
        inner = f - 0.26
        strip = [
            (-side * 0.36 * f * 0.72, 0.93),
            (-side * 0.36 * f, 0.7),
            (-side * 0.3 * f, 0.5),
            (-side * 0.06 * f, 0.2),
            (-side * 0.06 * inner, 0.2),
            (-side * 0.3 * inner, 0.5),
            (-side * 0.36 * inner, 0.7),
            (-side * 0.36 * inner * 0.72, 0.95),
        ]
        p.fill(inks[k], p.curve(strip), clip=clip, tone=0.55)
    for x in (-0.05, 0.05):
        p.line("dark", [(x, 0.2), (x * 0.9, 0.1)], 0.004)
    p.fill("wood", np.array([(-0.055, 0.1), (0.055, 0.1), (0.045, 0), (-0.045, 0)]), shade=0.02)


@thing("jug", wide=0.85)
def jug(p):
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
    side = p.scene.side * (-1 if p.flip else 1)
    p.fill(ink, limb([(side * 0.2, 0.16, 0.02), (side * 0.235, 0.32, 0.03), (side * 0.14, 0.52, 0.014)]), tone=-0.75)
    p.fill("cream", rect(-0.4, 0.415, 0.4, 0.435), rect(-0.4, 0.46, 0.4, 0.47), clip=body)


@thing("bottle", wide=0.35)
def bottle(p):
    p.fill(
        p.pick("leafdark"),
        p.curve(
            [(-0.13, 0), (-0.14, 0.5), (-0.06, 0.68), (-0.05, 0.95), (0.05, 0.95), (0.06, 0.68), (0.14, 0.5), (0.13, 0)]
        ),
        shade=0.07,
    )
    p.fill("cream", rect(-0.135, 0.18, 0.135, 0.38)), p.fill("wood", rect(-0.035, 0.94, 0.035, 1.0))


@thing("cup", wide=1.0)
def cup(p):
    p.fill(
        p.pick("white"), limb([(0.28, 0.55, 0.05), (0.5, 0.52, 0.05), (0.48, 0.25, 0.05), (0.26, 0.2, 0.05)]), tone=0.4
    )
    p.fill(
        p.pick("white"),
        p.curve([(-0.36, 0.75), (-0.33, 0.25), (-0.18, 0.02), (0.18, 0.02), (0.33, 0.25), (0.36, 0.75)]),
        shade=0.12,
    )
    p.fill("bark", ellipse(0, 0.74, 0.34, 0.06))


@thing("pear", wide=0.75)
def pear(p):
    t = p.rng.uniform(-0.05, 0.05)
    m = p.fill(
        p.pick("pear"),
        p.curve(
            [
                (0, 0),
                (-0.26, 0.06),
                (-0.36, 0.27),
                (-0.27, 0.5),
                (-0.15, 0.68),
                (-0.11 + t, 0.86),
                (0.02 + t, 0.93),
                (0.13 + t, 0.86),
                (0.15, 0.68),
                (0.27, 0.5),
                (0.36, 0.27),
                (0.26, 0.06),
            ]
        ),
        shade=0.14,
        angle=1.2,
    )
    side = p.scene.side * (-1 if p.flip else 1)
    p.fill("rust", ellipse(-side * 0.2, 0.25, 0.19, 0.2), clip=m, alpha=0.4)
    p.fill(p.pick("pear"), ellipse(side * 0.15, 0.36, 0.06, 0.1, -side * 0.3), tone=-0.8)
    p.line("bark", [(0.01 + t, 0.9), (0.03 + t, 1.0), (0.09 + t, 1.08)], 0.02)


@thing("lemon", wide=1.0)
def lemon(p):
    p.fill(
        p.pick("lemon"),
        p.curve(
            [
                (-0.5, 0.34),
                (-0.4, 0.42),
                (-0.22, 0.62),
                (0.08, 0.68),
                (0.32, 0.54),
                (0.46, 0.4),
                (0.54, 0.36),
                (0.46, 0.27),
                (0.3, 0.12),
                (0.0, 0.03),
                (-0.26, 0.1),
                (-0.42, 0.27),
            ]
        ),
        shade=0.13,
        angle=0.4,
    )
    side = p.scene.side * (-1 if p.flip else 1)
    p.fill(p.pick("lemon"), ellipse(side * 0.14, 0.5, 0.1, 0.05, -side * 0.4), tone=-0.8)
    p.fill("grass", p.curve([(-0.48, 0.36), (-0.6, 0.5), (-0.54, 0.66), (-0.42, 0.52)]), shade=0.04)


@thing("apple", wide=0.95)
def apple(p):
    ink = p.pick("apple")
    p.fill(
        ink,
        p.curve(
            [
                (0, 0.04),
                (-0.22, 0),
                (-0.42, 0.2),
                (-0.45, 0.48),
                (-0.3, 0.74),
                (-0.1, 0.76),
                (0, 0.7),
                (0.1, 0.76),
                (0.3, 0.74),
                (0.45, 0.48),
                (0.42, 0.2),
                (0.22, 0),
            ]
        ),
        shade=0.15,
        angle=1.2,
    )
    side = p.scene.side * (-1 if p.flip else 1)
    p.fill(ink, ellipse(side * 0.2, 0.52, 0.07, 0.1), tone=-0.8)
    (
        p.line("bark", [(0, 0.7), (0.02, 0.82), (0.08, 0.9)], 0.022),
        p.fill("grass", p.curve([(0.04, 0.8), (0.2, 0.92), (0.32, 0.88), (0.18, 0.79)])),
    )


@thing("flower", wide=0.4)
def flower(p):
    ink = p.pick(("red", "autumn", "pink", "lemon")[p.rng.integers(4)])
    b = p.rng.normal(0, 0.05)
    p.line("grass", [(0, 0), (b * 0.4, 0.4), (b, 0.82)], 0.016)
    p.fill(
        "grass",
        p.curve([(0, 0.12), (0.12, 0.3), (0.2, 0.42), (0.08, 0.34)]),
        p.curve([(0, 0.2), (-0.1, 0.36), (-0.18, 0.5), (-0.06, 0.4)]),
        tone=0.3,
    )
    for a in np.linspace(0, 6.28, 6, endpoint=False):
        p.fill(
            ink,
            ellipse(b + np.cos(a) * 0.1, 0.84 + np.sin(a) * 0.085, 0.085, 0.06, a),
            tone=0.45 if np.sin(a) < -0.2 else 0,
        )
    p.fill("gold", ellipse(b, 0.84, 0.05))


@thing("lamp", wide=0.3)
def lamp(p):
    (
        p.line("dark", [(0, 0), (0, 0.84)], 0.016),
        p.fill("dark", np.array([(-0.05, 0), (0.05, 0), (0.025, 0.08), (-0.025, 0.08)])),
    )
    (
        p.fill("glow", np.array([(-0.05, 0.84), (0.05, 0.84), (0.075, 0.97), (-0.075, 0.97)])),
        p.fill("dark", np.array([(-0.09, 0.965), (0.09, 0.965), (0, 1.03)])),
    )
    p.glow(0, 0.9, 0.35)


@thing("chair", wide=0.7)
def chair(p):
    ink = p.pick("wood")
    for x, h in ((-0.25, 0.42), (0.25, 0.42)):
        p.line(ink, [(x, 0.42), (x * 1.08, 0)], 0.025)
    p.line(ink, [(-0.25, 0.42), (-0.3, 1.0)], 0.025), p.line(ink, [(0.2, 0.42), (0.16, 1.0)], 0.025)
    p.fill(ink, rect(-0.3, 0.4, 0.3, 0.46), rect(-0.3, 0.9, 0.18, 1.0), rect(-0.29, 0.68, 0.18, 0.75), shade=0.03)


@thing("bridge", wide=3.0)
def bridge(p):
    p.fill(
        "body:stone",
        [(-1.5, 0.52)] + spline([(-1.5, 0.52), (0, 0.72), (1.5, 0.52)], False, 12).tolist() + [(1.5, 0), (-1.5, 0)],
        shade=0.03,
    )
    for x, w in ((-0.9, 0.28), (0, 0.36), (0.9, 0.28)):
        p.fill(
            "dark",
            [(x - w, -0.02), (x - w, 0.14)]
            + spline([(x - w, 0.14), (x, 0.5 if x == 0 else 0.42), (x + w, 0.14)], False, 10).tolist()
            + [(x + w, -0.02)],
            tone=0,
        )
    p.fill(
        "body:stone",
        spline([(-1.5, 0.58), (0, 0.78), (1.5, 0.58)], False, 12).tolist()
        + spline([(1.5, 0.5), (0, 0.7), (-1.5, 0.5)], False, 12).tolist(),
        tone=-0.2,
    )


@thing("train", wide=3.2)
def train(p):
    p.fill(p.pick("red"), rect(-1.6, 0.14, -0.75, 0.62), rect(-0.68, 0.14, 0.12, 0.62), shade=0.04)
    for x in np.linspace(-1.48, -0.02, 9):
        if abs(x + 0.71) > 0.08:
            window(p, x, 0.36, 0.1, 0.14)
    (
        p.fill("dark", rect(0.2, 0.16, 0.6, 0.72), rect(0.6, 0.16, 1.35, 0.5), shade=0.05),
        p.fill(
            "dark",
            rect(1.12, 0.5, 1.24, 0.72),
            rect(0.14, 0.7, 0.66, 0.77),
            p.curve([(0.8, 0.5), (0.82, 0.6), (0.95, 0.6), (0.97, 0.5)]),
        ),
    )
    window(p, 0.4, 0.42, 0.18, 0.2)
    p.fill("red", np.array([(1.35, 0.16), (1.35, 0.3), (1.5, 0.08), (1.2, 0.08)]))
    for x in (-1.4, -0.95, -0.5, -0.08, 0.35, 0.75, 1.02, 1.25):
        p.fill("key", ellipse(x, 0.11, 0.11)), p.fill("steel", ellipse(x, 0.11, 0.05))
    for k in range(6):
        p.fill(
            "white",
            ellipse(1.15 - k * 0.2 - k * k * 0.02, 0.85 + k * 0.09, 0.09 + k * 0.035),
            kind="cloud",
            alpha=0.9 - k * 0.1,
        )


@thing("windmill", wide=0.8)
def windmill(p):
    (
        p.fill("body:cream", np.array([(-0.18, 0), (0.18, 0), (0.11, 0.62), (-0.11, 0.62)]), shade=0.06),
        p.fill("rust", p.curve([(-0.13, 0.6), (-0.08, 0.72), (0.08, 0.72), (0.13, 0.6)])),
    )
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


@thing("fern", wide=0.6)
def fern(p):
    bend = p.rng.choice([-1, 1]) * 0.12
    spine = spline([(0, 0), (bend * 0.1, 0.35), (bend * 0.7, 0.72), (bend * 1.9, 1.0)], False, 30)
    n = len(spine)
    shapes = [limb([(x, y, 0.013 * (1.05 - i / n)) for i, (x, y) in enumerate(spine) if i % 6 == 0])]
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
def leaf(p):
    p.fill(
        p.pick("leafdark"),
        p.curve([(0, 0), (-0.24, 0.25), (-0.22, 0.62), (0, 1.0), (0.22, 0.62), (0.24, 0.25)]),
        shade=0.06,
    )
    p.line("cream", [(0, 0.02), (0, 0.9)], 0.008)
    for y in (0.2, 0.36, 0.52, 0.68):
        p.line("cream", [(0, y), (0.15, y + 0.12)], 0.005), p.line("cream", [(0, y), (-0.15, y + 0.12)], 0.005)


@thing("sax", wide=0.7)
def sax(p):
    ink = p.pick("gold")
    p.fill(
        ink,
        limb(
            [
                (-0.2, 1.0, 0.018),
                (-0.12, 1.04, 0.02),
                (-0.05, 0.97, 0.025),
                (-0.02, 0.6, 0.04),
                (0.0, 0.28, 0.06),
                (0.08, 0.12, 0.085),
                (0.2, 0.11, 0.095),
                (0.29, 0.24, 0.1),
                (0.33, 0.42, 0.13),
                (0.36, 0.52, 0.16),
            ]
        ),
        shade=0.04,
    )
    (
        p.fill("key", ellipse(0.365, 0.58, 0.165, 0.06, -0.2)),
        p.fill("key", limb([(-0.3, 0.97, 0.016), (-0.2, 1.0, 0.02)])),
    )
    for i in range(6):
        (
            p.fill("cream", ellipse(-0.02 + i * 0.004, 0.82 - i * 0.095, 0.032)),
            p.fill(ink, ellipse(-0.02 + i * 0.004, 0.82 - i * 0.095, 0.018), tone=0.8),
        )
    p.line(ink, [(0.06, 0.78), (0.08, 0.5), (0.12, 0.3)], 0.012, tone=0.5)


@thing("butterfly", wide=1.0)
def butterfly(p):
    for s in (-1, 1):
        p.fill(
            p.pick("autumn"),
            p.curve([(0, 0.5), (s * 0.2, 0.9), (s * 0.5, 0.95), (s * 0.48, 0.6), (s * 0.1, 0.46)]),
            p.curve([(0, 0.46), (s * 0.36, 0.5), (s * 0.4, 0.2), (s * 0.18, 0.1)]),
            tone=0.4 if s < 0 else 0,
        )
    p.fill("key", limb([(0, 0.25, 0.02), (0, 0.5, 0.03), (0, 0.68, 0.02)]))


def draw(scene, name, x, y, size, depth=1.0, flip=False, colour=None, group=None):
    """Draw one thing with its base at (x, y) pixels, `size` pixels for its unit; returns its pen."""
    pen = Pen(scene, x, y, size, depth, flip, colour, group)
    DRAW[name](pen)
    return pen
