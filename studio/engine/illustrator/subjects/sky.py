"""What rises into the sky and what hangs in it."""

import numpy as np

from studio.engine.illustrator.colour import Lch, rgb
from studio.engine.illustrator.pen import Pen
from studio.engine.illustrator.shapes import ellipse, limb, rect, spline
from studio.engine.illustrator.subjects.beasts import Part
from studio.engine.illustrator.subjects.registry import Manner, arc, lit_side, mirrored, posed, thing

FIRE: tuple[tuple[float, float, Lch], ...] = (  # half width, length, ink of each tongue, from outside in
    (0.17, 0.8, (0.66, 0.19, 42)),
    (0.12, 0.62, (0.80, 0.16, 68)),
    (0.065, 0.42, (0.96, 0.07, 98)),
)


@thing("rocket", wide=0.5)
def rocket(p: Pen) -> None:
    for w, h, ink in FIRE:
        tongue = [(-w, 0.02), (-w * 0.7, -h * 0.5), (0, -h), (w * 0.7, -h * 0.5), (w, 0.02)]
        p.fill(rgb(ink), p.curve(tongue), kind="light")
    side = lit_side(p)
    for s in (-1, 1):  # swept fins with a straight foot
        out = spline([(s * 0.13, 0.36), (s * 0.25, 0.2), (s * 0.33, 0.02), (s * 0.34, -0.13)], False, 8).tolist()
        back = spline([(s * 0.3, -0.13), (s * 0.24, -0.02), (s * 0.1, 0.05)], False, 8).tolist()
        p.fill(p.pick("red"), [*out, *back], tone=0.7 if s != side else 0)
        p.fill("dark", limb([(s * 0.32, -0.15, 0.022), (s * 0.325, -0.1, 0.022)]))
    p.fill("dark", np.array([(-0.08, 0), (0.08, 0), (0.1, -0.05), (-0.1, -0.05)]))
    half = [(0.12, 0), (0.165, 0.3), (0.15, 0.6), (0.09, 0.85)]
    hull = p.curve([*[(-x, y) for x, y in half], (0, 1.0), *half[::-1]])
    body = p.fill("white", hull, shade=0.09)
    p.fill(p.pick("red"), rect(-0.3, 0.78, 0.3, 1.1), rect(-0.3, 0.08, 0.3, 0.14), clip=body)
    p.fill(p.pick("red"), rect(-0.3, 0.78, -0.03, 1.1) if side > 0 else rect(0.03, 0.78, 0.3, 1.1), clip=body, tone=0.7)
    p.fill("steel", ellipse(0, 0.58, 0.075))
    p.fill("glow" if p.scene.pal.night else "navy", ellipse(0, 0.58, 0.052))
    p.line("steel", [(-0.16, 0.42), (0.16, 0.42)], 0.004, clip=body)
    p.fill(p.pick("red"), limb([(0, 0.3, 0.012), (0, 0.1, 0.02), (0, -0.08, 0.016)]), tone=0.35)
    p.glow(0, -0.25, 0.9)


@thing("balloon", wide=0.75)
def balloon(p: Pen) -> None:
    inks = p.pick(("red", "teal", "autumn", "navy")[p.rng.integers(4)]), "cream"
    half = [(0.06, 0.2), (0.14, 0.28), (0.3, 0.5), (0.36, 0.72), (0.24, 0.93)]
    clip = p.fill(inks[0], p.curve(mirrored([*half, (0, 1.0)])))
    for f, k in ((0.78, 1), (0.5, 0), (0.2, 1)):
        gore = [(0.06 * f, 0.2), (0.3 * f, 0.5), (0.36 * f, 0.7), (0.25 * f, 0.93), (0, 1.0)]
        p.fill(inks[k], p.curve(mirrored(gore)), clip=clip)
    side = lit_side(p)
    for f, k in ((1, 0), (0.78, 1), (0.5, 0)):
        inner = f - 0.26
        out = [(0.26 * f, 0.93), (0.36 * f, 0.7), (0.3 * f, 0.5), (0.06 * f, 0.2)]
        back = [(0.06 * inner, 0.2), (0.3 * inner, 0.5), (0.36 * inner, 0.7), (0.26 * inner, 0.95)]
        p.fill(inks[k], p.curve([(-side * x, y) for x, y in [*out, *back]]), clip=clip, tone=0.55)
    for x in (-0.05, 0.05):
        p.line("dark", [(x, 0.2), (x * 0.9, 0.1)], 0.004)
    p.fill("wood", np.array([(-0.055, 0.1), (0.055, 0.1), (0.045, 0), (-0.045, 0)]), shade=0.02)


@thing("planet", wide=1.5)
def planet(p: Pen) -> None:
    """A banded giant with its ring, tilted."""
    ink, turn, y = p.pick("autumn"), 0.32, 0.5
    ring = Part(p, 0, y, 1, turn)
    half = np.linspace(0, np.pi, 30)
    wide, narrow = ([(np.cos(a) * w, np.sin(a) * h) for a in half] for w, h in ((0.78, 0.19), (0.56, 0.12)))
    ring.fill("wheat", [*wide, *narrow[::-1]], tone=0.5)
    globe = p.fill(ink, ellipse(0, y, 0.42, n=64), shade=0.0)
    for low, high, tone in ((0.17, 0.25, -0.5), (0.0, 0.07, 0.5), (-0.2, -0.1, -0.35), (-0.32, -0.27, 0.45)):
        band = [*arc((-0.5, high), (0, high - 0.06), (0.5, high)), *arc((0.5, low), (0, low - 0.06), (-0.5, low))]
        ring.fill(ink, band, tone=tone, clip=globe)
    side = lit_side(p)
    night = [
        *arc((-side * 0.5, 0.5), (-side * 0.16, 0.3), (-side * 0.2, -0.1), (-side * 0.08, -0.5)),
        (-side * 0.6, -0.6),
    ]
    Part(p, 0, y, 1, 0).fill("key", night, clip=globe, alpha=0.35)
    ring.fill("wheat", [(x, -q) for x, q in [*wide, *narrow[::-1]]])
    ring.line("wood", [(x * 0.86, -q * 0.84) for x, q in wide], 0.006)


@thing("star", wide=1.0)
def star(p: Pen) -> None:
    ink = p.pick("gold")
    turns = np.linspace(0, 2 * np.pi, 10, endpoint=False) + np.pi / 2
    points = [(np.cos(a) * r, 0.49 + np.sin(a) * r) for a, r in zip(turns, [0.52, 0.22] * 5, strict=True)]
    p.fill(ink, points)
    side = lit_side(p)
    for k in range(0, 10, 2):  # every ray has a side in shade
        p.fill(ink, [points[k], points[(k + side) % 10], (0, 0.49)], tone=0.55)


@posed("aeroplane", wide=1.9, poses=("flying",))
def aeroplane(p: Pen, _manner: Manner) -> None:
    trim = p.pick("red")
    a = Part(p, 0, 0.08, 1, 0.09)
    a.fill("white", [(0.16, 0.42), (-0.12, 0.68), (-0.22, 0.68), (-0.06, 0.42)], tone=0.7)
    a.fill(trim, [(-0.62, 0.46), (-0.88, 0.82), (-1.0, 0.82), (-0.92, 0.42)], shade=0.03)
    nose = arc((0.6, 0.49), (0.82, 0.44), (0.95, 0.34), (0.86, 0.26), (0.62, 0.22))
    hull = a.fill("white", [(-0.92, 0.46), (-0.3, 0.5), *nose, (-0.3, 0.24), (-0.94, 0.4)], shade=0.05)
    a.fill(trim, [(-1.0, 0.36), (0.99, 0.31), (0.99, 0.27), (-1.0, 0.33)], clip=hull)
    a.fill("dark", p.curve([(0.7, 0.43), (0.8, 0.42), (0.86, 0.37), (0.74, 0.36)]))
    for x in np.linspace(-0.55, 0.58, 11):
        a.fill("glow" if p.scene.pal.night else "dark", ellipse(x, 0.4 + x * 0.005, 0.021, 0.027))
    a.fill("steel", limb([(0.02, 0.13, 0.055), (0.2, 0.13, 0.06)]), shade=0.03)
    a.fill("white", [(0.28, 0.3), (-0.28, 0.0), (-0.42, 0.0), (-0.08, 0.29)], tone=0.35)
    a.fill("white", [(-0.72, 0.43), (-0.98, 0.33), (-1.06, 0.34), (-0.92, 0.45)], tone=0.35)


@thing("moon", wide=0.9)
def moon(p: Pen) -> None:
    """A crescent; the composers paint the full one as a light of their own."""
    t = np.linspace(-2.2, 2.2, 40)
    outer = [(-np.cos(a) * 0.5, 0.5 + np.sin(a) * 0.5) for a in t]
    inner = [(0.19 - np.cos(a) * 0.43, 0.5 + np.sin(a) * 0.405) for a in t[::-1]]
    body = p.fill(p.pick("wheat"), [*outer, *inner], shade=0.05)
    for x, y, r in ((-0.38, 0.62, 0.045), (-0.4, 0.38, 0.03), (-0.24, 0.18, 0.035)):
        p.fill(p.pick("wheat"), ellipse(x, y, r), tone=0.5, clip=body)


@thing("sun", wide=1.0)
def sun(p: Pen) -> None:
    ink = p.pick("gold")
    for k in range(16):
        a, reach, half = k * np.pi / 8, 0.52 if k % 2 == 0 else 0.43, 0.15
        ray = [(np.cos(a - half) * 0.33, 0.5 + np.sin(a - half) * 0.33), (np.cos(a) * reach, 0.5 + np.sin(a) * reach)]
        p.fill(ink, [*ray, (np.cos(a + half) * 0.33, 0.5 + np.sin(a + half) * 0.33)], tone=0.0 if k % 2 == 0 else 0.45)
    p.fill("autumn" if p.body is None else ink, ellipse(0, 0.5, 0.29, n=60), shade=0.05)
