"""Composers of open land and water: sea, lake, ridges, forest, desert, field, night sky, underwater."""

import numpy as np
from studio.engine.illustrator.shapes import ellipse, limb, noise1, noise2, rect, spline
from studio.engine.illustrator.colour import mix, rgb, tone
from studio.engine.illustrator.nature import (
    band,
    clouds,
    lens,
    mirror,
    mist,
    peaks,
    put,
    ridge_line,
    sky,
    stars_over,
    sun,
    trees,
    water,
    waves,
    weather,
)
from studio.engine.illustrator.staging import FLOATERS, HEIGHT, cast, composer, third
from studio.engine.illustrator import subjects


def cliff(sc, x, top, side, depth=0.95):
    """A headland that enters from one edge: grassy crown, faceted rock with a lit and a shaded face. Returns y(x)."""
    r, w, h = sc.rng, sc.w, sc.h
    edge = x * w
    out = -side * w * 0.06 if side < 0 else w * 1.06
    out = w * 1.06 if side > 0 else -w * 0.06
    crown = spline(
        [
            (out, (top - 0.035) * h),
            (edge + side * w * 0.22, (top - 0.012) * h),
            (edge + side * w * 0.05, top * h),
            (edge - side * w * 0.02, (top + 0.025) * h),
        ],
        False,
        12,
    )
    face = [(edge - side * w * 0.02, (top + 0.025) * h)]
    y, px = top + 0.025, edge - side * w * 0.02
    while y < 1.04:
        y += r.uniform(0.045, 0.09)
        px -= side * w * r.uniform(-0.012, 0.045)
        face.append((px, y * h))
    g = sc.new_group()
    body = np.vstack([crown, face, [(out, 1.06 * h)]])
    sc.poly(body, sc.pal.lit("rock", depth, 0.25), kind="ground", depth=depth, angle=1.3, group=g)
    m = sc.mask([body])
    lit = sc.side == -side
    for k in range(7):
        x0 = edge + side * w * (0.0 + k * 0.085 + r.uniform(-0.02, 0.02))
        y0 = (top + 0.03 + r.uniform(0, 0.06)) * h
        facet = np.array(
            [
                (x0, y0),
                (x0 + side * w * r.uniform(0.03, 0.06), y0 + h * 0.02),
                (x0 + side * w * r.uniform(-0.04, 0.02), h * r.uniform(0.7, 1.0)),
                (x0 - side * w * r.uniform(0.03, 0.09), h * r.uniform(0.75, 1.05)),
            ]
        )
        sc.add(
            np.minimum(sc.mask([facet]), m),
            sc.pal.lit("rock", depth, (-0.25 if lit and k < 3 else 0.75)),
            kind="ground",
            depth=depth,
            angle=1.4,
            group=g,
        )
    turf = np.vstack(
        [crown, (crown + np.stack([np.zeros(len(crown)), h * (0.016 + 0.012 * r.random(len(crown)))], 1))[::-1]]
    )
    snow = sc.brief.season == "winter"
    sc.poly(
        turf, sc.pal.lit("snow" if snow else "grass", depth, -0.15 if lit else 0.2), kind="ground", depth=depth, group=g
    )
    order = np.argsort(crown[:, 0])
    return lambda fx: float(np.interp(fx * w, crown[order, 0], crown[order, 1]) / h)


@composer("sea")
def sea(sc):
    b = sc.brief
    moon = b.find("moon")
    tall = b.find("lighthouse", "castle", "church", "tower")
    hz = (
        sc.rng.uniform(0.52, 0.6)
        if tall
        else sc.rng.choice([0.44, 0.56, 0.68])
        if moon
        else sc.rng.choice([0.42, 0.58])
    )
    sky(
        sc,
        hz,
        r=0.085 if moon else None,
        x=0.5 + sc.side * (sc.rng.uniform(0, 0.2) if moon and len(b.subjects) == 1 else 0.2),
        y=hz * 0.48 if moon else None,
    )
    if not moon and b.time != "night" and not b.minimal:
        clouds(sc, hz, 4)
    elif moon and not b.minimal:
        clouds(sc, hz, 3, 0.62, 0.95, 0.1)
    if tall or sc.rng.random() < 0.5:
        band(
            sc,
            ridge_line(sc, hz - 0.012, 0.02, 5, 2)
            + np.where(np.linspace(0, 1, sc.w) * sc.side > 0.35 * sc.side, 0, sc.h),
            sc.pal.lit("rock", 0.28),
            0.2,
            bottom=hz * sc.h,
        )
    water(sc, hz)
    if tall:
        side = -sc.side
        x = 0.5 + side * sc.rng.uniform(0.04, 0.1)
        ground = cliff(sc, x, hz + 0.07, side)
        lx = x + side * sc.rng.uniform(0.14, 0.18)
        if sc.rng.random() < 0.6 and tall.name == "lighthouse":
            put(
                sc,
                "cottage",
                lx + side * 0.17,
                ground(lx + side * 0.17) + 0.006,
                0.1,
                0.95,
                flip=side > 0,
                ground=False,
            )
        if tall.name == "lighthouse" and sc.pal.night:
            beam(sc, lx, ground(lx) - HEIGHT["lighthouse"] * 0.82 * sc.u / sc.h, -side)
        put(
            sc,
            tall.name,
            lx,
            ground(lx) + 0.008,
            HEIGHT[tall.name] * tall.size,
            0.98,
            colour=tall.colour,
            ground=False,
            flip=False,
        )
        foam(sc, x, side)
    cast(sc, lambda x: 0.94, hz, skip=(tall.name,) if tall else ())
    if b.time in ("day", "dawn", "dusk", "sunset") and not moon and not b.find("bird"):
        for k in range(3):
            put(sc, "bird", 0.5 + sc.side * (0.1 + 0.11 * k), hz * (0.5 - 0.1 * k), 0.03 + 0.01 * k, 0.8, ground=False)
    weather(sc)


def beam(sc, x, y, side):
    for spread, a in ((0.10, 0.16), (0.055, 0.2)):
        px, py = x * sc.w, y * sc.h
        sc.poly(
            np.array(
                [
                    (px, py - 3),
                    (px + side * sc.w, py - sc.h * spread - sc.h * 0.04),
                    (px + side * sc.w, py + sc.h * spread - sc.h * 0.04),
                    (px, py + 3),
                ]
            ),
            sc.pal.light,
            kind="light",
            depth=0.5,
            alpha=a,
        )


def foam(sc, x, side):
    r = sc.rng
    out = [
        lens(
            (x - side * r.uniform(0.02, 0.24)) * sc.w,
            sc.h * r.uniform(0.84, 0.99),
            sc.w * r.uniform(0.04, 0.13),
            sc.u * 0.004,
            r,
        )
        for _ in range(16)
    ]
    sc.poly(out, sc.pal.lit("white", 0.95), kind="water", depth=0.97, alpha=0.8)


@composer("lake")
def lake(sc):
    b, r = sc.brief, sc.rng
    hz = r.uniform(0.5, 0.58)
    sky(sc, hz, body=b.time not in ("day", "noon"), r=0.045, y=hz * 0.45)
    clouds(sc, hz, 2, 0.1, 0.3)
    peaks(sc, hz, r.uniform(0.36, 0.42), int(r.integers(2, 4)), 0.22)
    peaks(sc, hz, 0.19, 5, 0.42, snow=b.season == "winter")
    band(sc, ridge_line(sc, hz - 0.03, 0.02, 5, 4), sc.pal.lit("pine", 0.55), 0.55, bottom=hz * sc.h)
    colours = ["autumn", "autumn2", "gold", "autumn"] if b.season == "autumn" else ["pine", "leafdark"]
    for layer, (n, size, d) in enumerate(((110, 0.07, 0.6), (80, 0.125, 0.78))):
        for x in np.sort(r.uniform(-0.02, 1.02, n)):
            if abs(x - 0.5 - sc.side * 0.1) > 0.05 + layer * 0.17 * r.uniform(0.6, 1.2):
                k = "tree" if b.season == "autumn" and r.random() < 0.72 else "pine"
                subjects.draw(
                    sc,
                    k,
                    x * sc.w,
                    hz * sc.h + 2,
                    size * sc.u * r.uniform(0.7, 1.3),
                    d,
                    r.random() < 0.5,
                    colours[r.integers(len(colours))] if k == "tree" or b.season != "autumn" else "pine",
                )
    mirror(sc, hz, strength=0.86, ripple=0.6)
    waves(sc, hz * sc.h, 34, mix(sc.pal.sky[-1], sc.pal.light, 0.4), 0.45)
    band(
        sc,
        sc.h * (0.93 + 0.0 * np.linspace(0, 1, sc.w))
        + sc.side * np.linspace(-1, 1, sc.w) * sc.h * 0.055
        - noise1(sc.w, r, 5, 4) * sc.h * 0.008,
        sc.pal.lit("autumn2" if b.season == "autumn" else "leafdark", 1, 0.5),
        1,
    )
    side = -sc.side
    for dx, s in ((0.40, 0.62), (0.31, 0.44), (0.47, 0.36)):
        x = 0.5 + side * dx
        subjects.draw(
            sc, "pine" if s < 0.6 or b.season != "autumn" else "birch", x * sc.w, sc.h * 0.95, s * sc.u, 1, False, None
        )
    cast(sc, lambda x: 0.95, hz + 0.06)
    weather(sc)


@composer("ridges")
def ridges(sc):
    b, r = sc.brief, sc.rng
    balloons, train = b.find("balloon"), b.find("train", "bridge")
    hz = r.uniform(0.46, 0.56)
    sky(sc, hz, y=hz * r.uniform(0.5, 0.72), r=0.065)
    if not b.minimal and b.time not in ("night",):
        clouds(sc, hz, 3, 0.1, 0.5)
    n = 4 if b.minimal else 6
    local = "pine" if b.season != "autumn" else "autumn2"
    for i in range(n):
        f = i / (n - 1)
        ys = ridge_line(sc, hz + 0.42 * f**1.05, 0.05 + 0.035 * f, 6, 3 + i % 3)
        d = 0.12 + 0.86 * f
        if i == n - 2 and balloons:
            place_balloons(sc, balloons, hz)
        if train and i == n - 1:
            viaduct(sc, hz + 0.2, train)
        band(
            sc,
            ys,
            sc.pal.lit("snow" if b.season == "winter" and i > 1 else local if f > 0.25 else "rock", d, 0.35 * f),
            d,
            fade=0.62 * (1 - f),
        )
        if i >= n - 3 and not b.minimal:
            xs = r.uniform(0, 1, 22 if i < n - 1 else 15)
            for x in np.sort(xs):
                s = (0.035, 0.06, 0.13)[i - n + 3] * r.uniform(0.6, 1.3)
                subjects.draw(
                    sc, "pine", x * sc.w, ys[int(np.clip(x * sc.w, 0, sc.w - 1))] + 4, s * sc.u, d, False, None
                )
    line = ys
    cast(
        sc,
        lambda x: float(line[int(x * (sc.w - 1))] / sc.h) + 0.02,
        skip=("balloon", "pine", "tree", "train", "bridge"),
    )
    weather(sc)


def viaduct(sc, y, sub):
    """A stone viaduct across the valley, with the train on it when one is asked for."""
    w, h, d = sc.w, sc.h, 0.8
    g, pitch = sc.new_group(), 0.105 * sc.u
    deck, foot = y * h, 1.02 * h
    if sub.name == "train":
        subjects.draw(sc, "train", w * 0.5, deck - 0.02 * sc.u, 0.17 * sc.u * sub.size, 0.95, sc.side < 0, sub.colour)
    sc.poly(rect(-5, deck - 0.02 * sc.u, w + 5, deck + 0.012 * sc.u), sc.pal.lit("stone", d, -0.2), depth=d, group=g)
    piers = []
    for x in np.arange(-pitch * 0.5, w + pitch, pitch):
        arch = spline(
            [
                (x + pitch * 0.14, deck + pitch * 0.62),
                (x + pitch * 0.5, deck + pitch * 0.16),
                (x + pitch * 0.86, deck + pitch * 0.62),
            ],
            False,
            10,
        )
        piers.append(
            np.vstack(
                [
                    [(x, deck), (x, foot), (x + pitch * 0.14, foot)],
                    arch,
                    [(x + pitch * 0.86, foot), (x + pitch, foot), (x + pitch, deck)],
                ]
            )
        )
    sc.poly(piers, sc.pal.lit("stone", d, 0.35), depth=d, group=g, angle=1.57)


def place_balloons(sc, sub, hz):
    """A hero, then smaller and hazier ones, on a falling diagonal away from the light."""
    n = max(3, sub.count) if sub.count > 1 else 1
    lean = sc.rng.uniform(-0.06, 0.06)
    spots = [
        (0.5 - sc.side * 0.2 + lean, sc.rng.uniform(0.47, 0.6), sc.rng.uniform(0.3, 0.42), 1.0),
        (0.5 + sc.side * 0.37, 0.34, 0.18, 0.62),
        (0.5 + sc.side * 0.02, 0.62, 0.12, 0.42),
        (0.5 - sc.side * 0.03, 0.30, 0.09, 0.34),
        (0.5 - sc.side * 0.38, 0.24, 0.13, 0.5),
    ][: max(1, n if n > 1 else 1)]
    for x, y, s, d in sorted(spots, key=lambda t: t[3]):
        put(sc, "balloon", x + sc.rng.uniform(-0.02, 0.02), y, s * sub.size, d, colour=sub.colour, ground=False)


@composer("forest")
def forest(sc):
    b, r = sc.brief, sc.rng
    snow = b.season == "winter"
    hz = r.uniform(0.58, 0.64)
    sky(sc, hz, r=0.05, y=hz * 0.3)
    if snow:
        peaks(sc, hz, 0.16, 3, 0.15)
    kinds = ["tree", "pine"] if b.season == "autumn" else ["pine"]
    big = b.find("castle", "church", "tower", "lighthouse", "windmill")
    clear = third(sc)
    if big:
        xs = np.linspace(0, 1, sc.w)
        band(
            sc,
            (hz - 0.27 * np.exp(-(((xs - clear) / (0.3 if big.name != "castle" else 0.4)) ** 4))) * sc.h
            - noise1(sc.w, r, 6, 4) * sc.h * 0.012,
            sc.pal.lit("pine", 0.4),
            0.35,
            fade=0.6,
        )
        put(sc, big.name, clear, hz - 0.245, HEIGHT[big.name] * 0.8 * big.size, 0.72, colour=big.colour, ground=False)
    for i, (n, s, d) in enumerate(((40, 0.17, 0.22), (26, 0.27, 0.42), (16, 0.4, 0.62))):
        y = hz + 0.012 + i * 0.035
        trees(sc, kinds, n, y, s, d, -0.03, 1.03, 0.006)
        mist(sc, y, 0.03, 0.35, d)
        band(sc, ridge_line(sc, y, 0.012, 4, 3), sc.pal.lit("snow" if snow else "grass", d + 0.15, 0.2, 0.45), d)
    for i in range(3):
        f = (i + 1) / 3
        band(
            sc,
            ridge_line(sc, hz + 0.09 + 0.1 * i, 0.028, 3, 2),
            sc.pal.lit("snow" if snow else "grass", 0.72 + 0.28 * f, (0.0, 0.16, 0.36)[i], 0.5 if snow else 0.1),
            0.72 + 0.28 * f,
        )
    for x, s in (
        (clear - 0.62, 0.95),
        (clear - 0.48, 0.6),
        (clear + 0.55, 0.8),
        (clear + 0.7, 1.05),
        (clear + 0.42, 0.45),
    ):
        if -0.1 < x < 1.1:
            subjects.draw(
                sc,
                kinds[0] if r.random() < 0.75 else ("birch" if not snow else "pine"),
                x * sc.w,
                sc.h * (0.82 + 0.05 * s),
                s * sc.u * 0.8,
                0.95,
                False,
                None,
            )
    cast(
        sc,
        lambda x: 0.87,
        x=clear,
        scale=1.15,
        skip=("pine", "tree", "castle", "church", "tower", "lighthouse", "windmill"),
    )
    weather(sc)


@composer("desert")
def desert(sc):
    b, r = sc.brief, sc.rng
    hz = r.uniform(0.40, 0.5)
    light = sc.pal.light
    if b.minimal and b.time in ("day", "noon"):
        sc.pal.light = rgb((0.70, 0.165, 46))  # a graphic sun: ink, not light
    sky(sc, hz, y=hz * r.uniform(0.38, 0.55), r=0.085 if b.minimal else 0.05)
    sc.pal.light = light
    if not b.minimal:
        band(sc, ridge_line(sc, hz - 0.02, 0.03, 5, 4), sc.pal.lit("rust", 0.25), 0.2, bottom=(hz + 0.05) * sc.h)
    n = 3 if b.minimal else 4
    for i in range(n):
        dune(sc, hz + (0.0, 0.12, 0.27, 0.42)[i], 0.3 + 0.7 * i / (n - 1), i)
    cast(sc, lambda x: hz + 0.30, scale=0.8)
    weather(sc)


def dune(sc, y, depth, i):
    """One dune: a lit body, a crest line that wanders down, and a slip face in shadow to one side of it."""
    r, w, h = sc.rng, sc.w, sc.h
    peak = 0.5 + (-1) ** i * sc.side * r.uniform(0.1, 0.3)
    x = np.linspace(0, 1, w)
    ys = (
        h * (y + 0.17 * np.abs(x - peak) ** 1.25)
        - h * (0.055 + 0.035 * depth) * np.exp(-(((x - peak) / 0.28) ** 2))
        - noise1(w, r, 2, 2) * h * 0.012
    )
    g = sc.new_group()
    band(sc, ys, sc.pal.lit("sand", depth, -0.12), depth, angle=0.12, group=g)
    px, py = peak * w, ys[int(np.clip(peak * w, 0, w - 1))]
    k, s = depth, -sc.side
    t = np.linspace(0, 1, 40)
    crest = np.stack([px + s * w * 0.055 * k * np.sin(6.5 * t**0.7) * (0.4 + t), py + t * (1.3 * h - py)], 1)
    far = [(px + s * w * 1.2, h * 1.05), (px + s * w * 1.2, 0), (px, 0)]
    m = np.minimum(
        sc.mask([np.vstack([crest, far])]),
        sc.mask([np.vstack([np.stack([np.arange(w), ys], 1), [(w, h * 1.1), (0, h * 1.1)]])]),
    )
    dark = sc.ramp([sc.pal.lit("sand", depth, 0.95), sc.pal.lit("sand", depth, 0.55)], py, py + h * 0.4)
    sc.add(m, dark, kind="ground", depth=depth, angle=-0.5, group=g)


@composer("field")
def field_(sc):
    b, r = sc.brief, sc.rng
    rocket = b.find("rocket")
    hz = r.uniform(0.74, 0.78) if rocket else r.uniform(0.46, 0.56)
    sky(
        sc,
        hz,
        body=not rocket or bool(b.find("moon")),
        r=0.05,
        x=0.5 + sc.side * 0.3 if rocket else None,
        y=0.16 if rocket else None,
    )
    if rocket:
        sun(sc, 0.5 + sc.side * 0.3, 0.17, 0.06)
    elif b.time != "night":
        clouds(sc, hz, 4)
    band(sc, ridge_line(sc, hz - 0.015, 0.022, 5, 3), sc.pal.lit("pine", 0.35), 0.3)
    local = b.local or {"winter": "snow", "autumn": "wheat"}.get(b.season, "grass")
    band(sc, np.full(sc.w, hz * sc.h), sc.pal.lit(local, 0.6), 0.5)
    vx = 0.5 - sc.side * 0.05
    for i in range(-9, 10):  # furrows to one vanishing point
        x0, x1 = vx + i * 0.012, vx + i * 0.16
        sc.poly(
            np.array(
                [
                    (x0 * sc.w, hz * sc.h),
                    ((x0 + 0.005) * sc.w, hz * sc.h),
                    ((x1 + 0.07) * sc.w, sc.h),
                    (x1 * sc.w, sc.h),
                ]
            ),
            sc.pal.lit(local, 0.8, 0.45),
            kind="ground",
            depth=0.7,
            alpha=0.8,
            angle=1.2,
        )
    if rocket:
        launch(sc, rocket, hz)
    else:
        house = 0.5 + sc.side * 0.22
        trees(sc, "cypress" if b.season is None else "tree", 7, hz + 0.004, 0.07, 0.55, house - 0.12, house + 0.16)
        if not b.find("house", "cottage", "church", "windmill", "castle"):
            put(sc, "cottage", house, hz + 0.008, 0.075, 0.6, ground=False)
    flowers = b.find("flower")
    if flowers or (b.season in ("spring", "summer") and not rocket):
        for _ in range(190):
            t = r.uniform(0, 1) ** 0.7
            y = hz + 0.03 + (1.02 - hz) * t
            subjects.draw(
                sc,
                "flower",
                r.uniform(0, 1) * sc.w,
                (y + 0.04 * t) * sc.h,
                (0.016 + 0.10 * t * t) * sc.u,
                0.6 + 0.4 * t,
                False,
                (flowers.colour if flowers else None) or ("red" if r.random() < 0.7 else None),
            )
    cast(sc, lambda x: hz + 0.26, skip=("rocket", "flower", "tree"), scale=1.35)
    weather(sc)


def launch(sc, sub, hz):
    """A rocket just off the ground on a pillar of smoke, which lights the field."""
    r = sc.rng
    x = 0.5 - sc.side * 0.1
    px, gy, s = x * sc.w, (hz + 0.05) * sc.h, 0.5 * sc.u * sub.size
    sc.pal.exposure = 0.72
    base = gy - sc.h * 0.32
    for k, (ink, grow) in enumerate((("steel", 1.0), ("white", 0.82), ("glow", 0.5))):
        puffs = [
            ellipse(
                px + dx * sc.u * 0.36 * grow,
                gy - abs(r.normal(0, 0.012)) * sc.h - sc.u * 0.03 * (1 - abs(dx)),
                sc.u * r.uniform(0.05, 0.095) * grow * (1.2 - 0.5 * abs(dx)),
            )
            for dx in np.linspace(-1, 1, 19)
        ]
        column = [
            ellipse(px + r.normal(0, 0.006) * sc.u, y, sc.u * (0.03 + 0.05 * t**1.5) * grow)
            for t, y in zip(np.linspace(0, 1, 14), np.linspace(base + s * 0.5, gy, 14))
        ]
        sc.poly(
            puffs + column,
            sc.pal.lit(ink, 1, -0.5 if k else 0.1) if k < 2 else mix(sc.pal.light, rgb((0.8, 0.15, 65)), 0.55),
            kind="cloud",
            depth=0.8,
        )
    subjects.draw(sc, "rocket", px, base, s, 1, False, sub.colour)
    sc.poly(
        ellipse(px, gy + sc.h * 0.02, sc.w * 0.42, sc.h * 0.028),
        mix(sc.pal.light, rgb((0.75, 0.15, 60)), 0.6),
        kind="light",
        depth=0.82,
        alpha=0.35,
    )


@composer("sky")
def night_sky(sc):
    hz = 0.84
    sky(sc, hz, r=0.07)
    n = noise2(sc.h, sc.w, sc.rng, sc.u * 0.3, 5, 0.6)
    yy, xx = np.mgrid[0 : sc.h, 0 : sc.w] / sc.u
    d = yy - 0.42 - sc.side * (xx - 0.5) * 0.6
    sc.add(
        np.clip(np.exp(-((d / 0.16) ** 2)) * (0.55 + 0.7 * n), 0, 0.75),
        mix(sc.pal.sky[-1], sc.pal.light, 0.35),
        kind="cloud",
        depth=0.02,
    )
    stars_over(sc, hz * sc.h, 420)
    for i in range(3):
        band(
            sc,
            ridge_line(sc, hz - 0.02 + i * 0.055, 0.05, 6, 3),
            sc.pal.lit("pine", 0.35 + 0.32 * i, 0.4),
            0.3 + 0.3 * i,
        )
    trees(sc, "pine", 16, 0.985, 0.15, 0.97)
    cast(sc, lambda x: 0.955)


@composer("underwater")
def underwater(sc):
    b, r, (w, h) = sc.brief, sc.rng, (sc.w, sc.h)
    boat = b.find("boat", "sailboat", "ship")
    hz = 0.25 if boat else 0.0
    pal = sc.pal
    if boat:
        sky(sc, hz, y=0.11, r=0.05)
        clouds(sc, hz, 2, 0.3, 0.7)
    top, deep = rgb((0.62, 0.085, 205)), rgb((0.26, 0.07, 250))
    if pal.named:
        top = mix(top, pal.named[0], 0.5)
    if pal.night:
        top, deep = tone(top, -0.2), tone(deep, -0.06)
    n = 7
    for i in range(n):  # stacked sheets of water, each a wavy cut
        y = hz + (1 - hz) * (i / n) ** 0.9
        amp = 0.008 if i == 0 else 0.012 + 0.012 * i / n
        ph = r.uniform(0, 6.28)
        xs = np.linspace(0, 1, w)
        line = h * (y + amp * np.sin(xs * (9 - i * 0.6) + ph) + amp * 0.4 * np.sin(xs * 23 + ph * 2))
        band(sc, line, mix(top, deep, i / (n - 1)), 0.25 + 0.05 * i, kind="water")
        if i == 0 and boat:
            bx = 0.5 + sc.side * r.uniform(-0.24, 0.22)
            put(
                sc,
                "rowboat" if boat.size < 1 else boat.name,
                bx,
                hz + 0.012,
                FLOATERS.get(boat.name, 0.2) * boat.size * 1.15,
                0.8,
                ground=False,
                colour=boat.colour or "red",
            )
            band(sc, line + h * 0.016, mix(top, pal.light, 0.12), 0.3, kind="water")
        if i == 1:
            for k in range(4):
                x0 = r.uniform(0.1, 0.9)
                sc.poly(
                    np.array(
                        [
                            (x0, hz + 0.03),
                            (x0 + 0.05, hz + 0.03),
                            (x0 - sc.side * 0.22 + 0.12, 1),
                            (x0 - sc.side * 0.22, 1),
                        ]
                    )
                    * (w, h),
                    pal.light,
                    kind="light",
                    depth=0.3,
                    alpha=0.12,
                )
        if i == 4:
            hero = b.find("whale", "fish")
            if hero and hero.name == "whale":
                put(
                    sc,
                    "whale",
                    0.5 - sc.side * r.uniform(0.0, 0.06),
                    r.uniform(0.66, 0.78),
                    r.uniform(0.30, 0.37) * hero.size,
                    1,
                    flip=sc.side < 0,
                    colour=hero.colour,
                    ground=False,
                )
            school = hero is not None and hero.name == "fish"
            for k in range(max(5, hero.count) if school else 9):
                x, y = (
                    (0.5 - sc.side * (0.02 + 0.17 * k * (-1) ** k), 0.62 + 0.075 * ((k * 2) % 5 - 2))
                    if school
                    else (r.uniform(0.1, 0.9), r.uniform(0.45, 0.9))
                )
                if not hero or school or abs(y - 0.66) > 0.2:
                    put(
                        sc,
                        "fish",
                        x,
                        y,
                        0.045 if not school else 0.24 * hero.size * (1 if k == 0 else 0.62),
                        0.95,
                        flip=sc.side < 0,
                        colour=hero.colour if school else None,
                        ground=False,
                    )
    for k in range(2):
        band(sc, ridge_line(sc, 0.93 + 0.045 * k, 0.03, 5, 3), mix(deep, pal.key, 0.4 + 0.5 * k), 0.8 + 0.2 * k)
    for x in np.concatenate([r.uniform(0, 0.25, 5), r.uniform(0.75, 1, 5)]):
        weed(
            sc,
            x * w,
            h * 1.01,
            r.uniform(0.1, 0.26) * sc.u,
            mix(pal.lit("red" if r.random() < 0.4 else "teal", 0.9), deep, 0.35),
        )
    cast(sc, None, None)


def weed(sc, x, y, s, ink):
    out = []
    for k in range(3):
        a, ph = sc.rng.normal(0, 0.18), sc.rng.uniform(0, 6)
        pts = [
            (
                x + s * (a * t + 0.07 * np.sin(t * 5 + ph)) + (k - 1) * s * 0.12,
                y - s * t * (1 - 0.15 * k),
                s * 0.05 * (1.05 - t),
            )
            for t in np.linspace(0, 1, 6)
        ]
        out += limb(pts, 5)
    sc.poly(out, ink, kind="form", depth=0.97)
