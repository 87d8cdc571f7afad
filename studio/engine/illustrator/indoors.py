"""Composers of rooms and of the flat page: interior, still life, abstract, pattern, poster."""

import numpy as np
from studio.engine.illustrator.pen import Pen
from studio.engine.illustrator.shapes import ellipse, limb, rect, spline
from studio.engine.illustrator.colour import mix, rgb, tone
from studio.engine.illustrator.nature import put, sky, weather
from studio.engine.illustrator.staging import HEIGHT, cast, composer, third
from studio.engine.illustrator.town import facade
from studio.engine.illustrator.lettering import fit_lines, text_mask
from studio.engine.illustrator import subjects


@composer("interior")
def interior(sc):
    """A window with its world outside, the sill, curtain and what sits there; the room is dark and warm."""
    b, r, (w, h) = sc.brief, sc.rng, (sc.w, sc.h)
    pal = sc.pal
    x0, x1, y0, y1 = (0.12, 0.88, 0.07, 0.76)
    sky(sc, 0.6, body="rain" not in b.weather, stars=False)
    for i in range(3):  # roofs outside
        x = -0.02
        while x < 1.02:
            wd = r.uniform(0.09, 0.17)
            facade(
                sc,
                x + wd / 2,
                0.80 + 0.02 * i,
                wd,
                0.36 - 0.08 * i + r.uniform(-0.05, 0.05),
                0.2 + 0.17 * i,
                ["navy", "steel", "teal"][r.integers(3)],
            )
            x += wd
    if "rain" in b.weather:
        weather(sc)
        drops = [
            limb([(px, py, 1.2 * sc.u / 1000), (px + r.normal(0, 1.5), py + ln, 2.4 * sc.u / 1000)], 3)
            for px, py, ln in zip(
                r.uniform(0.1, 0.9, 60) * w, r.uniform(0.05, 0.7, 60) * h, r.uniform(0.008, 0.04, 60) * h
            )
        ]
        sc.poly([p for d in drops for p in d], mix(pal.sky[-1], pal.light, 0.5), kind="line", depth=0.9, alpha=0.65)
    pal.exposure, pal.tint = max(pal.exposure, 0.8), pal.tint * 0.5  # indoors a lamp is on
    wall = pal.lit(pal.named[0] if pal.named else "rust", 1, 0.55)
    g = sc.new_group()
    hole = sc.mask([rect(x0 * w, y0 * h, x1 * w, y1 * h)])
    sc.add(255 - hole, sc.ramp([tone(wall, -0.05), wall], 0, h), kind="form", depth=0.9, angle=1.57, group=g)
    t = 0.022
    frame = [
        rect((x0 - t) * w, (y0 - t) * h, (x1 + t) * w, y0 * h),
        rect((x0 - t) * w, y0 * h, x0 * w, y1 * h),
        rect(x1 * w, y0 * h, (x1 + t) * w, y1 * h),
        rect(0.494 * w, y0 * h, 0.506 * w, y1 * h),
        rect(x0 * w, 0.30 * h, x1 * w, 0.312 * h),
    ]
    sc.poly(frame, pal.lit("cream", 1, -0.3), kind="form", depth=0.93)
    sc.poly(
        [
            rect(x0 * w, y0 * h, (x0 + 0.008) * w, y1 * h),
            rect(x0 * w, y0 * h, x1 * w, (y0 + 0.008) * h),
            rect(0.506 * w, y0 * h, 0.511 * w, y1 * h),
        ],
        pal.lit("cream", 1, 0.9),
        depth=0.93,
    )
    sc.poly(rect((x0 - 0.06) * w, y1 * h, (x1 + 0.06) * w, (y1 + 0.035) * h), pal.lit("cream", 1, -0.7), depth=0.95)
    sc.poly(
        rect((x0 - 0.06) * w, (y1 + 0.035) * h, (x1 + 0.06) * w, (y1 + 0.055) * h),
        pal.lit("cream", 1, 0.85),
        depth=0.95,
    )
    for side in (-1, 1):  # curtains
        e = 0.5 + side * 0.5
        for k in range(4):
            a, b_ = e - side * (0.045 * k - 0.02), e - side * (0.045 * (k + 1) - 0.02)
            sc.poly(
                np.array([(a, -0.02), (b_, -0.02), (b_ + side * 0.03, 0.5), (b_ - side * 0.01, 1.02), (a, 1.02)])
                * (w, h),
                pal.lit(pal.accent, 1, 0.15 if (k + (side > 0)) % 2 else 0.6),
                kind="form",
                depth=0.98,
                angle=1.57,
            )
    hero = third(sc)
    put(sc, "flower", hero + sc.side * 0.36, y1 - 0.055, 0.17, 1, ground=False)
    px = (hero + sc.side * 0.36) * w
    sc.poly(
        np.array(
            [
                (px - 0.045 * w, (y1 - 0.075) * h),
                (px + 0.045 * w, (y1 - 0.075) * h),
                (px + 0.033 * w, (y1 + 0.012) * h),
                (px - 0.033 * w, (y1 + 0.012) * h),
            ]
        ),
        pal.lit("teal", 1),
        depth=1,
    )
    sc.poly(
        np.array(
            [
                (px - sc.side * 0.01 * w, (y1 - 0.075) * h),
                (px - sc.side * 0.045 * w, (y1 - 0.075) * h),
                (px - sc.side * 0.033 * w, (y1 + 0.012) * h),
                (px - sc.side * 0.008 * w, (y1 + 0.012) * h),
            ]
        ),
        pal.lit("teal", 1, 0.8),
        depth=1,
    )
    cast(sc, lambda x: y1 + 0.014, x=hero, scale=1.75, skip=("flower",))


@composer("still")
def still(sc):
    b, r, (w, h) = sc.brief, sc.rng, (sc.w, sc.h)
    pal, edge = sc.pal, r.uniform(0.58, 0.64)
    wall = rgb((0.70, 0.045, [70, 155, 220, 35][r.integers(4)])) if not pal.named else pal.named[0]
    cool = pal.lit(wall, 1, 0.35)
    xx, yy = np.meshgrid(np.linspace(0, 1, w), np.linspace(0, 1, h))
    lightness = np.clip((xx - 0.5) * sc.side + 0.55 - yy * 0.3, 0, 1)[..., None]
    sc.add(
        sc.full(),
        (cool * (1 - lightness) + mix(pal.lit(wall, 1), pal.light, 0.3) * lightness).astype(np.float32),
        kind="sky",
        depth=0.1,
        angle=0.8,
    )
    sx = 0.5 + sc.side * 0.05  # slanted window light on the wall
    for k in range(2):
        x = sx + sc.side * (0.12 + k * 0.17)
        sc.poly(
            np.array([(x, 0.06), (x + sc.side * 0.14, 0.02), (x + sc.side * 0.08, 0.44), (x - sc.side * 0.06, 0.48)])
            * (w, h),
            mix(pal.lit(wall, 1), pal.light, 0.55),
            kind="light",
            depth=0.12,
            alpha=0.6,
        )
    table = pal.lit("rust", 1, 0.15)
    m = np.zeros((h, w), np.uint8)
    m[int(edge * h) :] = 255
    sc.add(m, sc.ramp([mix(table, pal.light, 0.12), table, tone(table, -0.08)], edge * h, h), kind="ground", depth=0.5)
    cloth = spline(
        [
            (-0.1, edge + 0.09),
            (0.2, edge + 0.05),
            (0.5, edge + 0.065),
            (0.78, edge + 0.045),
            (0.9, edge + 0.12),
            (0.84, edge + 0.22),
            (0.70, 0.97),
            (0.55, 1.1),
            (-0.1, 1.1),
        ],
        True,
        10,
    )
    if sc.side > 0:
        cloth = cloth * (-1, 1) + (1, 0)
    sc.poly(cloth * (w, h), pal.lit("cream", 1, 0.05), kind="form", depth=0.6, angle=0.3)
    for k in range(4):
        x = 0.16 + k * 0.17
        fold = np.array(
            [(x, edge + 0.07), (x + 0.02, edge + 0.07), (x - 0.10 + k * 0.03, 1.05), (x - 0.17 + k * 0.03, 1.05)]
        )
        if sc.side > 0:
            fold = fold * (-1, 1) + (1, 0)
        sc.poly(spline(fold * (w, h), True, 8), pal.lit("cream", 1, 0.45), kind="form", depth=0.6, alpha=0.6, angle=1.2)
    items = []
    for s in b.subjects:
        n = s.count if s.count > 1 or s.name not in ("pear", "apple", "lemon") else 1
        items += [(s.name, s.colour, s.size)] * min(n, 5)
    items = items or [("jug", "blue", 1), ("pear", None, 1), ("apple", None, 1)]
    tall = [i for i in items if HEIGHT.get(i[0], 0.2) > 0.3]
    low = [i for i in items if i not in tall]
    base = edge + 0.115
    for k, (n, c, s) in enumerate(tall):
        object_on_table(sc, n, 0.5 + sc.side * (0.13 - 0.26 * k), base, HEIGHT[n] * s * 1.12, c)
    spots = [(-0.20, 0.10), (0.02, 0.165), (-0.36, 0.05), (0.30, 0.15), (-0.10, 0.23)]
    for (n, c, s), (dx, dy) in sorted(zip(low, spots), key=lambda t: t[1][1]):
        object_on_table(sc, n, 0.5 + sc.side * dx, base + dy - 0.03, HEIGHT.get(n, 0.2) * s * 1.08, c)
    if "jug" not in [i[0] for i in tall] and "flower" in [i[0] for i in items]:
        object_on_table(sc, "jug", 0.5, base, 0.35, None)


def object_on_table(sc, name, x, y, size, colour):
    wide = subjects.WIDE[name] * size * sc.u * 0.5
    px, py = x * sc.w, y * sc.h
    away = -sc.side
    dark = sc.pal.lit("bark", 1, 0.5)
    sc.poly(
        spline(
            [
                (px - wide * 0.8, py - wide * 0.05),
                (px + away * wide * 1.2, py - wide * 0.3),
                (px + away * wide * 2.7, py - wide * 0.12),
                (px + away * wide * 1.4, py + wide * 0.16),
                (px, py + wide * 0.12),
            ],
            True,
            8,
        ),
        dark,
        kind="ground",
        depth=0.7,
        alpha=0.5,
    )
    sc.poly(ellipse(px, py - wide * 0.02, wide * 0.8, wide * 0.12), dark, kind="ground", depth=0.7, alpha=0.75)
    subjects.draw(sc, name, px, py, size * sc.u, 1, False, colour)


@composer("abstract")
def abstract(sc):
    """Bauhaus-like rhythm: a field, a few heavy forms, a beat of small ones; jazz adds keys, strings and brass."""
    b, r, (w, h), u = sc.brief, sc.rng, (sc.w, sc.h), sc.u
    pal = sc.pal
    jazz = b.mood == "jazz"
    ground = pal.sky[0] if pal.night else rgb((0.92, 0.03, 85))
    inks = pal.named or (
        [
            rgb((0.78, 0.14, 80)),
            rgb((0.60, 0.17, 32)),
            rgb((0.55, 0.09, 215)),
            rgb((0.93, 0.03, 85)),
            rgb((0.42, 0.12, 300)),
        ]
        if pal.night
        else [
            rgb((0.58, 0.17, 32)),
            rgb((0.42, 0.08, 240)),
            rgb((0.82, 0.14, 85)),
            rgb((0.25, 0.03, 265)),
            rgb((0.66, 0.07, 180)),
        ]
    )
    if len(inks) < 5:
        inks = list(inks) + [mix(inks[0], pal.key, 0.65), rgb((0.64, 0.16, 38)), mix(inks[0], pal.light, 0.5)]
    sc.add(sc.full(), sc.ramp([ground, mix(ground, inks[2], 0.35)], 0, h), kind="sky", depth=0, angle=0.7)
    cx, cy = 0.5 + sc.side * 0.14, 0.38
    sc.poly(ellipse(cx * w, cy * h, 0.29 * u, n=90), inks[1 if jazz else 0], depth=0.2)
    ring = sc.mask([ellipse(cx * w, cy * h, 0.36 * u, n=90)]) - sc.mask([ellipse(cx * w, cy * h, 0.345 * u, n=90)])
    sc.add(ring, inks[3], depth=0.2)
    tilt = r.uniform(0.35, 0.6) * sc.side
    for k in range(4):  # heavy diagonal planes, overprinting
        x, wd = 0.12 + k * 0.2 + r.uniform(-0.04, 0.04), r.uniform(0.07, 0.16)
        q = np.array([(x, -0.05), (x + wd, -0.05), (x + wd - tilt, 1.05), (x - tilt, 1.05)]) * (w, h)
        sc.poly(q, inks[(k * 2 + (2 if jazz else 1)) % len(inks)], depth=0.35 + k * 0.05, alpha=0.86, angle=1.2)
    half = (
        np.zeros((h, w), np.uint8) if jazz else sc.mask([ellipse(cx * w - sc.side * 0.26 * w, 0.66 * h, 0.2 * u, n=80)])
    )
    half[:, int((cx - sc.side * 0.26) * w) :] = 0 if sc.side > 0 else half[:, int((cx - sc.side * 0.26) * w) :]
    sc.add(half, inks[3], depth=0.5)
    for k in range(5):  # strings
        y = 0.13 + k * 0.028
        pts = [
            (t * w, (y + 0.05 * np.sin(t * 5 + k * 0.12) + 0.22 * t * sc.side * 0.4) * h, 0.0018 * u)
            for t in np.linspace(-0.02, 1.02, 9)
        ]
        sc.poly(limb(pts, 8), inks[3], kind="line", depth=0.8)
    if jazz:
        kw = 0.072
        y0, y1 = 0.74, 1.02
        for k in range(15):
            x = 0.5 - sc.side * 0.52 + sc.side * k * kw
            dy = 0.03 * np.sin(k * 0.6 + 1)
            a, b_ = sorted((x, x + sc.side * kw * 0.93))
            sc.poly(rect(a * w, (y0 + dy) * h, b_ * w, (y1 + dy) * h), rgb((0.94, 0.025, 85)), depth=0.7)
            if k % 7 not in (2, 6):
                a, b_ = sorted((x + sc.side * kw * 0.66, x + sc.side * kw * 1.25))
                sc.poly(rect(a * w, (y0 + dy) * h, b_ * w, (y0 + dy + 0.16) * h), pal.key, depth=0.75)
        subjects.draw(sc, "sax", (cx + sc.side * 0.02) * w, 0.70 * h, 0.62 * u, 1, sc.side > 0, "raw:gold")
    for k in range(14):
        x, y = r.uniform(0.05, 0.95), r.uniform(0.05, 0.95)
        s = r.choice([0.008, 0.012, 0.022]) * u
        shape = ellipse(x * w, y * h, s) if r.random() < 0.6 else rect(x * w - s, y * h - s, x * w + s, y * h + s)
        sc.poly(shape, inks[r.integers(len(inks))], depth=0.85)


@composer("pattern")
def pattern(sc):
    """A half-drop repeat that tiles: sprigs of the subject, a turned second, and small fillers."""
    b, r = sc.brief, sc.rng
    motif = next((s for s in b.subjects if s.name not in ("sun", "moon")), None)
    name = motif.name if motif else "leaf"
    named = sc.pal.named
    ground, ink = (
        (named[-1], named[0])
        if len(named) > 1
        else [
            (rgb((0.93, 0.03, 88)), rgb((0.36, 0.07, 168))),
            (rgb((0.30, 0.055, 170)), rgb((0.86, 0.06, 110))),
            (rgb((0.90, 0.03, 80)), rgb((0.45, 0.12, 35))),
        ][r.integers(3)]
    )
    second = rgb((0.66, 0.10, 62)) if not named else mix(ink, ground, 0.4)
    if b.inks == 1:
        second = ink
    if b.inks == 3:
        second = sc.pal.accent
    sc.add(sc.full(), ground, kind="sky", depth=0.1)
    n = 3 if botanical_name(name) else 4
    cell = sc.u / n
    for i in range(-1, int(sc.w / cell) + 2):
        for j in range(-2, int(sc.h / cell) + 2):
            x, y = (i + 0.5) * cell, (j + 0.5 + (0.5 if i % 2 else 0)) * cell
            if botanical_name(name):
                for k in (-1, 1):
                    turned(sc, name, x + k * cell * 0.235, y - cell * 0.02, cell * 0.86, k * 0.52, ink, k)
                turned(sc, name, x, y - cell * 0.16, cell * 0.84, 0, second, 1)
                sprig = [
                    ellipse(x + cell * a, y + cell * b_, cell * 0.018)
                    for a, b_ in (
                        (-0.06, 0.42),
                        (0.06, 0.42),
                        (0, 0.49),
                        (-0.46, 0.40),
                        (0.46, 0.40),
                        (-0.5, 0.47),
                        (0.5, 0.47),
                    )
                ]
                sc.poly(sprig, ink, kind="form", depth=1)
            else:
                turned(
                    sc,
                    name,
                    x,
                    y,
                    cell * 0.66 / max(1, subjects.WIDE[name] * 0.8),
                    0,
                    ink if b.inks or named else (motif.colour if motif else ink),
                    i,
                )
                sc.poly(
                    [
                        ellipse(x + cell * a, y + cell * b_, cell * 0.02)
                        for a, b_ in ((0.45, -0.06), (0.55, 0), (0.45, 0.06))
                    ],
                    second,
                    kind="form",
                    depth=1,
                )


def botanical_name(name):
    return name in ("fern", "leaf", "flower", "tree", "pine")


def turned(sc, name, x, y, size, turn, ink, seed):
    """Draw a motif turned about its middle, in one flat ink (patterns only)."""
    state, sc.rng = sc.rng, np.random.default_rng(11 + seed % 2)
    pen = Pen(sc, x, y, size, 1.0, False, ink)
    c, s = np.cos(turn), np.sin(turn)
    spin = lambda p: np.stack(
        [
            x + ((p := np.asarray(p, float) - (0, 0.5))[:, 0] * c + p[:, 1] * s) * size,
            y - (p[:, 1] * c - p[:, 0] * s) * size,
        ],
        1,
    )
    pen.place = spin
    if isinstance(ink, np.ndarray) and botanical_name(name):
        pen.ink = lambda name_, shade=0.0: ink
    subjects.DRAW[name](pen)
    sc.rng = state


@composer("poster")
def poster(sc):
    """Typography first: the quoted words are set big; a picture of the brief's mood carries them."""
    b, r, (w, h), u = sc.brief, sc.rng, (sc.w, sc.h), sc.u
    pal = sc.pal
    dark = rgb((0.21, 0.055, [265, 285, 225][r.integers(3)]))
    warm, hot, cream = rgb((0.82, 0.14, 82)), rgb((0.60, 0.19, 30)), rgb((0.94, 0.035, 88))
    if pal.named:
        hot = pal.named[0]
    sc.add(sc.full(), dark, kind="sky", depth=0)
    cx, cy = 0.5, 0.34
    for k in range(18):  # rays
        a = k / 18 * 2 * np.pi + 0.1
        q = np.array(
            [
                (cx * w, cy * h),
                (cx * w + np.cos(a - 0.07) * 2 * u, cy * h + np.sin(a - 0.07) * 2 * u),
                (cx * w + np.cos(a + 0.07) * 2 * u, cy * h + np.sin(a + 0.07) * 2 * u),
            ]
        )
        sc.poly(q, mix(dark, rgb((0.45, 0.09, 262)), 0.42), kind="form", depth=0.1)
    sc.poly(ellipse(cx * w, cy * h, 0.36 * u, n=90), hot, depth=0.2)
    moon = np.minimum(
        sc.mask([ellipse(cx * w, cy * h, 0.31 * u, n=90)]),
        255 - sc.mask([ellipse(cx * w + sc.side * 0.085 * u, cy * h - 0.03 * u, 0.28 * u, n=90)]),
    )
    sc.add(moon, cream, depth=0.25)
    hero = next((s for s in b.subjects if s.name in subjects.DRAW), None)
    name = hero.name if hero else ("sax" if b.mood == "jazz" else "")
    if name in subjects.DRAW:
        k = 0.66 / max(1, subjects.WIDE[name] * 0.9)
        subjects.draw(
            sc,
            name,
            (cx - sc.side * 0.03) * w,
            (cy + 0.33 * u / h) * h,
            k * u,
            1,
            sc.side > 0,
            hero.colour if hero and hero.colour else ("raw:gold" if name == "sax" else None),
        )
    lines = fit_lines(b.text.upper(), w * 0.86, h * 0.36)
    y = h * 0.962 - sum(s for _, s in lines) * 0.80
    for k, (line, size) in enumerate(lines):
        m = text_mask(sc, line, w * 0.07, y, size)
        sc.add(m, cream if k % 2 == 0 else warm, kind="text", depth=1)
        y += size * 0.80
    words = [
        t
        for t in ("jazz", "bar", "club", "café", "cafe", "festival", "market", "cinema", "bakery")
        if t in b.prompt.lower()
    ]
    if words:
        small = " ".join(words).upper()
        sc.add(text_mask(sc, small, w * 0.07, h * 0.035, u * 0.042, weight=700, track=0.2), cream, kind="text", depth=1)
    sc.poly(rect(w * 0.07, h * 0.075, w * 0.93, h * 0.0775), cream, kind="form", depth=0.15)
    weather(sc)
