"""What floats."""

import numpy as np

from studio.engine.illustrator.pen import Pen
from studio.engine.illustrator.shapes import ellipse, rect, spline
from studio.engine.illustrator.subjects.registry import arc, thing, window


@thing("sailboat", wide=0.9)
def sailboat(p: Pen) -> None:
    p.line("wood", [(0.02, 0.1), (0.02, 1.0)], 0.009)
    main = [*arc((0.045, 0.17), (0.045, 0.93), step=8), *arc((0.045, 0.93), (0.25, 0.55), (0.40, 0.17))]
    p.fill(p.pick("white"), main, shade=0.05)
    p.fill("cream", [*arc((-0.01, 0.9), (-0.16, 0.55), (-0.33, 0.2)), (-0.01, 0.2)], tone=0.35)
    p.fill("body:red" if p.body else "red", np.array([(0.02, 1.0), (0.13, 0.965), (0.02, 0.93)]))
    hull = spline([(-0.46, 0.13), (-0.3, 0.005), (0, -0.03), (0.3, -0.01), (0.42, 0.13)], False, 8)
    p.fill("navy", hull, shade=0.03)
    p.fill("white", rect(-0.44, 0.105, 0.415, 0.13))


@thing("boat", wide=1.15)
def boat(p: Pen) -> None:
    """A small wooden fishing boat with wheelhouse and mast."""
    p.line("wood", [(-0.12, 0.2), (-0.12, 0.86)], 0.012)
    p.line("wood", [(-0.12, 0.72), (-0.5, 0.42)], 0.007)
    for end in ((0.52, 0.3), (-0.52, 0.24)):
        p.line("dark", [(-0.12, 0.84), end], 0.0035)
    p.fill("white", np.array([(0.02, 0.18), (0.25, 0.18), (0.23, 0.46), (0.04, 0.46)]), shade=0.05)
    p.fill(p.pick("red"), np.array([(-0.02, 0.455), (0.29, 0.455), (0.27, 0.5), (0, 0.5)]))
    window(p, 0.085, 0.33, 0.055, 0.075)
    window(p, 0.185, 0.33, 0.055, 0.075)
    sheer = arc((0.63, 0.33), (0.35, 0.22), (0, 0.185), (-0.3, 0.2), (-0.58, 0.25), step=8)
    keel = arc((-0.58, 0.25), (-0.5, 0.05), (-0.36, -0.03), (0.34, -0.03), (0.5, 0.08), (0.63, 0.33), step=8)
    clip = p.fill(p.pick("teal"), [*keel, *sheer], shade=0.06)
    under = arc((-0.58, 0.215), (-0.3, 0.165), (0, 0.15), (0.35, 0.185), (0.62, 0.29), step=8)
    p.fill("white", [*sheer, *under], clip=clip)
    p.fill("rust", rect(-0.7, -0.1, 0.7, 0.035), clip=clip)


@thing("rowboat", wide=1.2)
def rowboat(p: Pen) -> None:
    top = spline([(-0.55, 0.27), (-0.25, 0.17), (0.2, 0.165), (0.58, 0.29)], False, 10)
    keel = spline([(0.58, 0.29), (0.42, 0.04), (0.1, -0.04), (-0.3, -0.03), (-0.55, 0.27)], False, 10)
    p.fill("dark", spline([(-0.06, 0.16), (-0.075, 0.36), (-0.02, 0.43), (0.045, 0.36), (0.06, 0.16)], True, 8))
    p.fill("skin", ellipse(-0.01, 0.475, 0.046, 0.055))
    p.fill("wheat", ellipse(-0.01, 0.515, 0.085, 0.018), ellipse(-0.01, 0.53, 0.045, 0.03))
    p.line("wood", [(-0.42, 0.02), (0.1, 0.33)], 0.012)
    p.fill(p.pick("red"), np.vstack([top, keel]), shade=0.05)
    p.fill("cream", np.vstack([top, (top - (0, 0.035))[::-1]]))


@thing("ship", wide=1.8)
def ship(p: Pen) -> None:
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
