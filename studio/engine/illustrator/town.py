"""Composers of built places: harbour, village, city street."""

import numpy as np
from studio.engine.illustrator.shapes import noise1, rect, spline
from studio.engine.illustrator.colour import mix, rgb, tone
from studio.engine.illustrator.nature import (
    band,
    clouds,
    light_path,
    mirror,
    put,
    ridge_line,
    sky,
    trees,
    water,
    weather,
)
from studio.engine.illustrator.staging import HEIGHT, cast, composer, third
from studio.engine.illustrator import subjects


@composer("harbour")
def harbour(sc):
    b, r = sc.brief, sc.rng
    hz = r.uniform(0.47, 0.53)
    sky(sc, hz, y=hz * 0.7, r=0.055, x=0.5 + sc.side * 0.22)
    clouds(sc, hz, 3)
    band(sc, ridge_line(sc, hz - 0.07, 0.05, 5, 3), sc.pal.lit("pine", 0.22), 0.2, bottom=(hz + 0.014) * sc.h)
    side = -sc.side
    colours = ["cream", "rust", "gold", "white", "brick", "sage", "pink"]
    x = 0.5 - side * 0.12
    i = 0
    while -0.1 < x < 1.1:
        wide = r.uniform(0.06, 0.085)
        t = min(1, abs(x - 0.5 + side * 0.12) / 0.6)
        facade(
            sc,
            x,
            hz + 0.012 + 0.03 * t,
            wide,
            (0.085 + 0.1 * t) * r.uniform(0.8, 1.25),
            0.42 + 0.4 * t,
            colours[(i * 3 + 1) % 7],
        )
        x += side * wide * 1.01
        i += 1
    if not b.find("lighthouse"):
        put(sc, "lighthouse", 0.5 + sc.side * r.uniform(0.28, 0.4), hz + 0.012, 0.13, 0.4, ground=False, flip=False)
    water(sc, hz + 0.01)
    mirror(sc, hz + 0.02, strength=0.5, ripple=1.1)
    if sc.sun:
        light_path(sc, sc.sun[0], (hz + 0.01) * sc.h, n=44)
    quay = np.array(
        [
            (0.5 - side * 0.16, hz + 0.006),
            (0.5 + side * 0.7, hz + 0.045),
            (0.5 + side * 0.7, hz + 0.085),
            (0.5 - side * 0.16, hz + 0.016),
        ]
    ) * (sc.w, sc.h)
    sc.poly(quay, sc.pal.lit("stone", 0.7, 0.5), kind="ground", depth=0.7)
    boats = b.find("boat", "sailboat", "ship")
    n = min(boats.count if boats else 2, 5)
    name = boats.name if boats else "boat"
    inks = [boats.colour] * 5 if boats and boats.colour else ["teal", "red", "gold", "navy", "white"]
    layouts = [
        [(0.19, 0.86, 0.30), (-0.24, 0.72, 0.19), (0.06, 0.635, 0.115)],
        [(-0.2, 0.88, 0.33), (0.2, 0.70, 0.17), (-0.06, 0.63, 0.11)],
        [(0.02, 0.84, 0.27), (-0.32, 0.68, 0.16), (0.34, 0.70, 0.18)],
    ]
    spots = [(0.5 + side * dx, y, s) for dx, y, s in layouts[r.integers(3)] + [(-0.4, 0.62, 0.1), (0.38, 0.62, 0.1)]][
        :n
    ]
    for k, (x, y, s) in reversed(list(enumerate(spots))):
        put(sc, name, x, y, s, 0.7 + 0.3 * (y - 0.6) / 0.3, flip=(side > 0) ^ (k == 1), colour=inks[k], water_line=True)
    cast(sc, lambda x: 0.97, hz + 0.1, skip=("boat", "sailboat", "ship"))
    for k in range(3):
        put(sc, "bird", 0.5 + sc.side * (0.02 + 0.13 * k), hz * (0.42 - 0.12 * k), 0.03 + 0.012 * k, 0.9, ground=False)
    weather(sc)


def facade(sc, x, base, wide, tall, depth, colour):
    """A narrow town house: wall, gable or flat roof, shaded edge, windows."""
    r, (w, h) = sc.rng, (sc.w, sc.h)
    x0, x1, y0, y1 = (x - wide / 2) * w, (x + wide / 2) * w, base * h, (base - tall) * h
    g = sc.new_group()
    sc.poly(rect(x0, y1, x1, y0), sc.pal.lit(colour, depth), depth=depth, group=g)
    edge = x0 if sc.side > 0 else x1 - wide * w * 0.22
    sc.poly(rect(edge, y1, edge + wide * w * 0.22, y0), sc.pal.lit(colour, depth, 0.5), depth=depth, group=g)
    snow = sc.brief.season == "winter"
    peak = wide * w * r.uniform(0.35, 0.55)
    shape = r.integers(4)
    roof = {
        0: [
            (x0 - 2, y1 + 1),
            (x0 + (x1 - x0) * 0.18, y1 - peak * 0.6),
            (x1 - (x1 - x0) * 0.18, y1 - peak * 0.6),
            (x1 + 2, y1 + 1),
        ],
        1: [(x0 - 2, y1 + 2), (x0 - 2, y1 - peak * 0.16), (x1 + 2, y1 - peak * 0.16), (x1 + 2, y1 + 2)],
    }.get(int(shape), [(x0 - 1, y1 + 1), ((x0 + x1) / 2, y1 - peak), (x1 + 1, y1 + 1)])
    sc.poly(
        np.array(roof),
        sc.pal.lit("snow" if snow else ("brick", "rust", "dark")[r.integers(3)], depth, 0.3),
        depth=depth,
        group=g,
    )
    rows, cols = max(1, int(tall * h / (wide * w * 0.5))), 3
    lit, dark = [], []
    for i in range(rows):
        for j in range(cols):
            cx, cy, ww = x0 + (j + 0.5) * (x1 - x0) / cols, y1 + (i + 0.55) * (y0 - y1) / rows, (x1 - x0) * 0.085
            (lit if sc.pal.night and r.random() < 0.6 else dark).append(
                rect(cx - ww, cy - ww * 1.5, cx + ww, cy + ww * 1.5)
            )
    if dark:
        sc.poly(dark, sc.pal.lit("dark", depth), depth=depth, group=g)
    if lit:
        sc.poly(lit, sc.pal.lit("glow"), kind="light", depth=depth, group=g)


@composer("village")
def village(sc):
    b, r = sc.brief, sc.rng
    hz = r.uniform(0.42, 0.48)
    sky(sc, hz, y=hz * 0.35, r=0.045)
    snow = b.season == "winter"
    band(sc, ridge_line(sc, hz - 0.07, 0.07, 6, 3), sc.pal.lit("snow" if snow else "rock", 0.22, 0.45), 0.2, fade=0.4)
    band(sc, ridge_line(sc, hz, 0.05, 6, 3), sc.pal.lit("pine", 0.36), 0.35, fade=0.5)
    cx = third(sc)
    hill = lambda x: hz + 0.20 - 0.10 * np.exp(-(((x - cx) / 0.3) ** 2))
    xs = np.linspace(0, 1, sc.w)
    band(sc, (hill(xs) + 0.004 * noise1(sc.w, r, 5, 4)) * sc.h, sc.pal.lit("snow" if snow else "grass", 0.75, 0.1), 0.6)
    trees(sc, "pine", 16, lambda x: hill(x) + 0.004, 0.1, 0.55)
    walls = ["cream", "white", "brick", "sage", "gold"]
    rows = [(0.012, 0.085, 0.66, 7), (0.075, 0.115, 0.8, 5)]
    first, second = rows
    for dy, s, d, n in (first,):
        for x in np.linspace(0.04, 0.96, n) + r.uniform(-0.03, 0.03, n):
            if abs(x - cx) > 0.13:
                put(
                    sc,
                    "house",
                    x,
                    hill(x) + dy,
                    s * r.uniform(0.85, 1.15),
                    d,
                    colour=walls[r.integers(5)],
                    ground=False,
                )
    church = b.find("church", "tower", "castle")
    put(
        sc,
        church.name if church else "church",
        cx,
        hill(cx) + 0.035,
        0.44 if not church else HEIGHT[church.name] * 1.4,
        0.85,
        flip=sc.side > 0,
        colour=church.colour if church else None,
        ground=False,
    )
    dy, s, d, n = second
    for x in np.linspace(0, 1, n) + r.uniform(-0.04, 0.04, n):
        if abs(x - cx) > 0.16:
            put(
                sc,
                "house",
                x,
                hill(x) + dy + 0.03,
                s * r.uniform(0.9, 1.2),
                d,
                colour=walls[r.integers(5)],
                ground=False,
            )
    band(
        sc,
        ridge_line(sc, hz + 0.35, 0.02, 3, 2) + sc.h * 0.04 * np.sin(xs * 3 + sc.side),
        sc.pal.lit("snow" if snow else "grass", 0.95, 0.2),
        0.9,
    )
    path = np.array(
        [
            (cx - 0.012, hz + 0.16),
            (cx + 0.012, hz + 0.16),
            (cx + sc.side * 0.10 + 0.05, 0.78),
            (cx + sc.side * 0.02 + 0.16, 1.02),
            (cx + sc.side * 0.02 - 0.12, 1.02),
            (cx + sc.side * 0.10 - 0.02, 0.78),
        ]
    ) * (sc.w, sc.h)
    sc.poly(
        spline(path, True, 8),
        sc.pal.lit("snow" if snow else "sand", 0.97, 0.5 if snow else 0.1),
        kind="ground",
        depth=0.92,
        alpha=0.8,
    )
    for dx, s in ((0.42, 0.5), (0.33, 0.3)):
        subjects.draw(
            sc,
            "tree" if not snow or s < 0.4 else "pine",
            (1 - cx + (dx - 0.3) * (1 if cx < 0.5 else -1)) * sc.w,
            sc.h * 0.97,
            s * sc.u,
            1,
            False,
            None,
        )
    if all(s.name in ("church", "tower", "castle", "house", "cottage", "person") for s in b.subjects):
        put(sc, "person", cx + sc.side * 0.11 + 0.01, 0.8, 0.1, 0.97)
    cast(sc, lambda x: 0.93, skip=("church", "tower", "castle", "house", "cottage", "person"))
    weather(sc)


@composer("city")
def city(sc):
    b, r, (w, h) = sc.brief, sc.rng, (sc.w, sc.h)
    sc.pal.exposure = max(sc.pal.exposure, 0.66)  # lit by its own signs
    hz, vx = 0.60, 0.5 + sc.side * r.uniform(0.0, 0.07)
    sky(sc, hz, body=bool(b.find("moon")), stars=False)
    sc.sun = (vx * w, hz * h)
    for k in range(9):  # far towers
        x, t = r.uniform(0.25, 0.75), r.uniform(0.1, 0.3)
        facade_far(sc, x, hz, r.uniform(0.04, 0.08), t, 0.3)
    signs = [
        rgb((0.68, 0.23, 352)),
        rgb((0.82, 0.13, 200)),
        rgb((0.85, 0.15, 88)),
        rgb((0.72, 0.18, 45)),
        rgb((0.80, 0.17, 155)),
    ]
    for side in (-1, 1):
        steps = [1.0, 0.74, 0.53, 0.37, 0.25, 0.165]
        for i in range(len(steps) - 1, 0, -1):
            f1, f0 = steps[i], steps[i - 1]
            block(sc, vx, hz, side, f1, f0, 0.35 + 0.65 * f0, signs[(i * 2 + (side > 0)) % 5], r.uniform(0.75, 1.25))
    kerb = np.array([(vx - 0.05, hz), (vx + 0.05, hz), (1.6, 1.0), (1.6, 1.1), (-0.6, 1.1), (-0.6, 1.0)]) * (w, h)
    sc.poly(kerb, mix(sc.pal.lit("stone", 0.9, 0.4), sc.pal.ambient, 0.45), kind="ground", depth=0.6)
    road = np.array([(vx - 0.045, hz), (vx + 0.045, hz), (1.25, 1.02), (-0.25, 1.02)]) * (w, h)
    m = np.zeros((h, w), np.uint8)
    m[int(hz * h) :] = 255
    blocks = sc.mask([road])
    sc.poly(road, sc.pal.lit("navy", 0.9, 0.6), kind="ground", depth=0.6, angle=0)
    wet = "rain" in b.weather
    mirror(
        sc,
        hz + 0.02,
        blocks,
        strength=0.85 if wet else 0.3,
        ripple=1.6,
        blur=0.004,
        deep=sc.pal.lit("navy", 1, 0.5),
        stretch=1.15,
    )
    for i in range(7):
        t = (i / 7) ** 2
        y = hz + 0.03 + t * 0.4
        sc.poly(
            np.array(
                [
                    (vx - 0.004 - t * 0.02, y),
                    (vx + 0.004 + t * 0.02, y),
                    (vx + 0.006 + t * 0.04, y + 0.015 + t * 0.05),
                    (vx - 0.006 - t * 0.04, y + 0.015 + t * 0.05),
                ]
            )
            * (w, h),
            sc.pal.lit("cream", 0.8),
            kind="ground",
            depth=0.7,
            alpha=0.5,
        )
    subs = [s for s in b.subjects if s.name not in ("lamp", "moon")] or []
    if not subs:
        put(sc, "umbrella" if wet else "person", vx - sc.side * 0.1, 0.92, 0.3, 1, flip=sc.side < 0, colour="red")
        put(sc, "umbrella" if wet else "person", vx + sc.side * 0.15, 0.76, 0.13, 0.8, flip=sc.side > 0, colour="teal")
        put(sc, "car", vx + sc.side * 0.06, 0.68, 0.05, 0.75, flip=sc.side > 0, ground=False)
    cast(sc, lambda x: 0.88, skip=("lamp",))
    weather(sc)


def facade_far(sc, x, base, wide, tall, depth):
    x0, x1, y0, y1 = (x - wide / 2) * sc.w, (x + wide / 2) * sc.w, base * sc.h, (base - tall) * sc.h
    sc.poly(rect(x0, y1, x1, y0), sc.pal.lit("navy", depth), depth=depth)
    s = max(1.2, sc.u * 0.0035)
    wins = [
        rect(a, c, a + s, c + s * 1.4)
        for a in np.arange(x0 + s, x1 - s, s * 2.4)
        for c in np.arange(y1 + s * 2, y0, s * 3)
        if sc.rng.random() < 0.35
    ]
    if wins:
        sc.poly(wins, sc.pal.lit("glow"), kind="light", depth=depth, alpha=0.7)


def block(sc, vx, hz, side, f1, f0, depth, sign, tall):
    """A building in one-point perspective between depths f1 (far) and f0 (near), with windows, shop front and a sign."""
    r, (w, h) = sc.rng, (sc.w, sc.h)
    X = lambda f: (vx + side * (0.045 + 0.42 * f)) * w
    Y = lambda f, v: (hz + (0.15 - v) * f) * h  # v: height in street units
    top = 1.0 * tall
    quad = lambda a, b, v0, v1: np.array([(X(a), Y(a, v0)), (X(b), Y(b, v0)), (X(b), Y(b, v1)), (X(a), Y(a, v1))])
    local = ["navy", "brick", "dark", "steel"][r.integers(4)]
    g = sc.new_group()
    out = np.array(
        [(X(f0), Y(f0, 0)), (X(f0) + side * w, Y(f0, 0)), (X(f0) + side * w, Y(f0, top)), (X(f0), Y(f0, top))]
    )
    sc.poly(quad(f1, f0, 0, top), sc.pal.lit(local, depth, 0.25), depth=depth, group=g, angle=1.57)
    if f0 > 0.99:
        sc.poly(out, sc.pal.lit(local, depth, 0.8), depth=depth, group=g)
    lit, dim = [], []
    for i in range(5):
        for j in range(4):
            a, b_ = f1 + (f0 - f1) * (j + 0.2) / 4, f1 + (f0 - f1) * (j + 0.72) / 4
            (lit if r.random() < 0.45 else dim).append(quad(a, b_, 0.27 + i * 0.145, 0.36 + i * 0.145))
    lit = [q for q in lit if q[2, 1] > Y(f0, top) + 3]
    sc.poly(dim, sc.pal.lit("dark", depth, 0.5), depth=depth, group=g)
    if lit:
        sc.poly(lit, tone(sc.pal.lit("glow"), -0.04), kind="light", depth=depth, group=g)
    sc.poly(
        quad(f1 + (f0 - f1) * 0.08, f1 + (f0 - f1) * 0.92, 0.0, 0.16),
        mix(sign, sc.pal.light, 0.45),
        kind="light",
        depth=depth,
        group=g,
    )
    sc.poly(quad(f1 + (f0 - f1) * 0.04, f1 + (f0 - f1) * 0.96, 0.165, 0.2), sign, kind="light", depth=depth, group=g)
    sc.poly(
        [quad(f1 + (f0 - f1) * k, f1 + (f0 - f1) * (k + 0.05), 0, 0.16) for k in (0.08, 0.36, 0.64, 0.88)],
        sc.pal.lit("dark", depth),
        depth=depth,
        group=g,
    )
    a = f1 + (f0 - f1) * r.uniform(0.3, 0.6)
    sw = 0.05 * a * w
    x0 = X(a) - side * sw
    y0, y1 = Y(a, 0.68), Y(a, 0.30)
    box = rect(min(x0, X(a)), y0, max(x0, X(a)), y1)
    sc.poly(box, sc.pal.key, depth=depth)
    sc.poly(box + np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)]) * sw * 0.1, sign, kind="light", depth=depth)
    sc.poly(
        [
            rect(
                min(x0, X(a)) + sw * 0.28,
                y0 + (y1 - y0) * (0.08 + k * 0.23),
                max(x0, X(a)) - sw * 0.28,
                y0 + (y1 - y0) * (0.21 + k * 0.23),
            )
            for k in range(4)
        ],
        sc.pal.key,
        depth=depth,
    )
    sc.lamps.append((x0, (y0 + y1) / 2, sw * 4))
