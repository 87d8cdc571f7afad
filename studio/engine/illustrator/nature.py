"""Verbs of landscape shared by the composers: sky, sun, clouds, ridges, water, mirrors, weather, shadows."""

import cv2
import numpy as np
from studio.engine.illustrator.shapes import ellipse, noise1, noise2, spline
from studio.engine.illustrator.colour import mix, rgb, tone
from studio.engine.illustrator import subjects


def sky(sc, horizon, body=True, x=None, y=None, r=None, stars=None):
    """The sky ramp, its light source with a soft halo, stars at night. `horizon` in 0..1 of the height."""
    b, pal = sc.brief, sc.pal
    sc.horizon = horizon
    hz = horizon * sc.h
    sc.add(sc.full(), sc.ramp(pal.sky, 0, hz * 1.02), kind="sky", depth=0)
    if stars if stars is not None else b.time == "night" and "rain" not in b.weather:
        stars_over(sc, hz)
    if "aurora" in b.weather:
        aurora(sc, hz)
        body = body and b.find("moon")
    if not body or b.weather & {"rain", "storm", "snow"}:
        sc.sun = (sc.w * (x or 0.3), -sc.h * 0.1)
        return
    low = b.time in ("dawn", "sunset", "dusk")
    x = x if x is not None else 0.5 + sc.side * sc.rng.uniform(0.12, 0.24)
    y = (
        y
        if y is not None
        else horizon
        * (
            1.0
            if b.time in ("dusk", "sunset") and b.setting == "sea"
            else sc.rng.uniform(0.74, 0.9)
            if low
            else sc.rng.uniform(0.28, 0.45)
        )
    )
    r = r or (0.052 if low or b.time == "night" else 0.045) * (1.5 if b.minimal else 1)
    sun(sc, x, y, r)


def sun(sc, x, y, r, halo=True):
    px, py, pr = x * sc.w, y * sc.h, r * sc.u
    sc.sun = (px, py)
    yy, xx = np.mgrid[0 : sc.h, 0 : sc.w].astype(np.float32)
    d = np.hypot(xx - px, yy - py)
    if halo:
        for k, a in ((5.2, 0.10), (3.2, 0.16), (1.9, 0.20)):
            sc.add(np.clip((pr * k - d) / (pr * k * 0.45), 0, 1) * 1.0, sc.pal.light, kind="light", depth=0, alpha=a)
    group = sc.new_group()
    sc.add(np.clip(pr - d + 0.5, 0, 1), sc.pal.light, kind="light", depth=0.02, group=group)
    if sc.brief.time == "night":
        spots = [
            ellipse(px + a * pr, py + b * pr, c * pr, c * pr * 0.85)
            for a, b, c in ((-0.3, -0.28, 0.24), (0.22, 0.1, 0.3), (-0.18, 0.45, 0.15), (0.42, -0.4, 0.12))
        ]
        sc.add(
            np.minimum(sc.mask(spots), (np.clip(pr - d, 0, 1) * 255).astype(np.uint8)),
            mix(sc.pal.light, sc.pal.sky[-1], 0.3),
            kind="light",
            depth=0.02,
            group=group,
        )


def stars_over(sc, hz, n=130):
    r = sc.rng
    for size, k in ((0.0012, n), (0.0022, n // 4)):
        pts = [
            ellipse(
                r.uniform(0, sc.w), hz * r.uniform(0, 0.92) ** 1.25, max(0.45, size * sc.u * r.uniform(0.7, 1.4)), n=10
            )
            for _ in range(k)
        ]
        sc.poly(pts, sc.pal.light, kind="light", depth=0.01, alpha=0.85)


def aurora(sc, hz):
    """Curtains: a wandering foot line with rays that fade upward."""
    w, h, r = sc.w, sc.h, sc.rng
    yy = np.arange(h, dtype=np.float32)[:, None]
    inks = [rgb((0.80, 0.15, 160)), rgb((0.72, 0.13, 185)), rgb((0.62, 0.14, 320))]
    for k in range(3):
        foot = hz * (0.86 - 0.2 * k) + noise1(w, r, 3, 2) * hz * 0.09
        ray = np.clip(0.62 + 0.5 * noise1(w, r, 7, 9, 0.75), 0.05, 1.3)
        tall = hz * (0.42 + 0.12 * noise1(w, r, 3, 3))
        up = (foot[None] - yy) / np.maximum(tall[None], 1)
        m = np.where(up < 0, np.clip(1 + up * 14, 0, 1), np.clip(1 - up, 0, 1) ** 1.5) * ray[None] * (0.68 - 0.1 * k)
        top = np.clip(up, 0, 1)[..., None]
        sc.add(
            np.clip(m, 0, 0.92),
            (inks[k % 2] * (1 - top) + inks[2] * top).astype(np.float32),
            kind="light",
            depth=0.03,
            angle=1.57,
        )


def clouds(sc, horizon, n=4, y0=0.12, y1=0.8, flatness=0.2):
    """Flat-bottomed clouds, two tones, bigger when higher."""
    r, pal = sc.rng, sc.pal
    for _ in range(n):
        y = r.uniform(y0, y1) * horizon * sc.h
        near = 1 - y / (horizon * sc.h)
        s = sc.u * (0.10 + 0.22 * near) * r.uniform(0.7, 1.3)
        x = r.uniform(-0.05, 1.05) * sc.w
        puffs = [
            ellipse(
                x + dx * s,
                y - s * 0.09 * (1 - abs(dx)) ** 0.6 * r.uniform(0.6, 1.8),
                s * r.uniform(0.2, 0.34) * (1.12 - abs(dx)),
                s * flatness * 0.6 * (1.1 - abs(dx)),
            )
            for dx in np.linspace(-0.72, 0.72, 11)
        ]
        m = sc.mask(puffs)
        m[int(max(0, y + s * 0.035)) :] = 0
        body = mix(pal.sky[-1], pal.light if not pal.night else pal.sky[1], 0.45)
        g = sc.new_group()
        sc.add(m, body, kind="cloud", depth=0.05, group=g)
        low = cv2.subtract(m, cv2.warpAffine(m, np.float32([[1, 0, 0], [0, 1, -s * 0.06]]), (sc.w, sc.h)))
        sc.add(low, mix(body, pal.sky[0], 0.35), kind="cloud", depth=0.05, group=g)


def band(sc, ys, ink, depth, kind="ground", angle=0.0, bottom=None, fade=0.0, group=None):
    """Everything below the line `ys` (pixels per column). `fade` lets mist eat its foot."""
    yy = np.arange(sc.h, dtype=np.float32)[:, None]
    m = np.clip(yy - ys[None] + 0.5, 0, 1)
    if bottom is not None:
        m *= yy <= bottom
    ink = np.asarray(ink)
    if fade:
        t = np.clip((yy - ys[None]) / (sc.h * 0.22), 0, 1)[..., None] * fade
        ink = (ink * (1 - t) + sc.pal.sky[-1] * t).astype(np.float32)
    return sc.add(m, ink, kind=kind, depth=depth, angle=angle, group=group)


def ridge_line(sc, y, amp, octaves=6, base=3, fall=0.48):
    return sc.h * y - noise1(sc.w, sc.rng, octaves, base, fall) * sc.u * amp


def peaks(sc, y, amp, n=3, depth=0.3, local="rock", snow=True):
    """Mountains with a lit and a shaded flank each, snow on top; faceted like a travel print."""
    r = sc.rng
    xs = np.sort((np.linspace(0.08, 0.92, n) + r.uniform(-0.07, 0.07, n))) * sc.w
    hs = amp * sc.h * r.uniform(0.6, 1.0, n)
    hs[r.integers(n)] = amp * sc.h
    for x, hgt in sorted(zip(xs, hs), key=lambda t: t[1]):
        wid, base, top = hgt * r.uniform(1.0, 1.35), y * sc.h, y * sc.h - hgt
        jag = lambda x0, x1, k: (
            np.stack([np.linspace(x0, x1, k), np.linspace(base, top, k)], 1)
            + np.concatenate([np.zeros((1, 2)), r.normal(0, hgt * 0.024, (k - 2, 2)), np.zeros((1, 2))])
        )
        left, right = jag(x - wid, x, 9), jag(x + wid, x, 9)
        mid = [(x, top)]
        for k in range(1, 7):
            mid.append((x + (-1) ** k * wid * r.uniform(0.03, 0.12) - sc.side * wid * 0.04 * k, top + hgt * k / 6))
        mid = np.array(mid)
        g = sc.new_group()
        lit_side, dark_side = (right, left) if sc.side > 0 else (left, right)
        whole = sc.poly(
            np.vstack([left, right[::-1]]), sc.pal.lit(local, depth), kind="ground", depth=depth, angle=0.9, group=g
        )
        sc.poly(
            np.vstack([dark_side, mid]), sc.pal.lit(local, depth, 0.8), kind="ground", depth=depth, angle=-0.9, group=g
        )
        if snow and whole is not None:
            foot = np.array(
                [
                    (x + t * wid * 0.55, top + hgt * (0.36 + (0.10 if i % 2 else -0.07) + abs(t) * 0.12))
                    for i, t in enumerate(np.linspace(-1, 1, 9))
                ]
            )
            cap = sc.mask([np.vstack([[(x - wid, top - 9)], [(x + wid, top - 9)], foot[::-1]])])
            shape = sc.mask([np.vstack([left, right[::-1]])])
            dark = sc.mask([np.vstack([dark_side, mid])])
            cap = np.minimum(cap, shape)
            sc.add(cap, sc.pal.lit("snow", depth + 0.1), kind="ground", depth=depth, angle=0.9, group=g)
            sc.add(
                np.minimum(cap, dark), sc.pal.lit("snow", depth, 0.55), kind="ground", depth=depth, angle=-0.9, group=g
            )


def water(sc, y0, local="water", depth=0.7, path=True, bottom=1.0):
    """A water plane: ramp from the sky's colour at the horizon to deep, wave strokes, the light's path."""
    pal, hz, local = sc.pal, y0 * sc.h, sc.brief.local or local
    far = mix(pal.sky[-1], pal.lit(local, 0.6), 0.35)
    near = mix(pal.lit(local, 1.0, 0.35), pal.sky[0], 0.25)
    m = np.zeros((sc.h, sc.w), np.uint8)
    m[int(hz) : int(bottom * sc.h)] = 255
    sc.add(m, sc.ramp([far, mix(far, near, 0.55), near], hz, sc.h), kind="water", depth=depth)
    calm = 0.55 if sc.brief.mood == "calm" else 1
    waves(sc, hz, int(70 * calm), tone(near, -0.06), 0.5)
    waves(sc, hz, int(46 * calm), mix(far, pal.light, 0.25), 0.4)
    if path and sc.sun and sc.sun[1] > 0:
        light_path(sc, sc.sun[0], hz)


def waves(sc, hz, n, ink, alpha=0.6, x0=0.0, x1=1.0):
    r, out = sc.rng, []
    for _ in range(n):
        t = r.uniform(0.02, 1) ** 1.6
        y = hz + t * (sc.h - hz)
        ln, th = sc.w * (0.03 + 0.13 * t) * r.uniform(0.5, 1.5), max(0.5, sc.u * (0.0008 + 0.0042 * t))
        out.append(lens(r.uniform(x0, x1) * sc.w, y, ln, th, r))
    sc.poly(out, ink, kind="water", depth=0.72, alpha=alpha)


def lens(x, y, ln, th, r):
    """One horizontal brush mark, pointed at both ends, a little bowed."""
    b = r.normal(0, th * 0.6)
    return spline([(x - ln / 2, y), (x - ln * 0.1, y - th + b), (x + ln / 2, y), (x + ln * 0.12, y + th + b)], True, 5)


def light_path(sc, x, hz, ink=None, spread=1.0, n=64):
    r, out = sc.rng, []
    for i in range(n):
        t = ((i + r.uniform(0, 1)) / n) ** 1.35
        y = hz + sc.u * 0.004 + t * (sc.h - hz)
        half = sc.w * (0.018 + 0.085 * t) * spread
        ln = half * r.uniform(0.35, 1.5) * (1.15 - 0.45 * t)
        out.append(
            lens(x + r.normal(0, half * 0.5), y, ln, max(0.6, sc.u * (0.0014 + 0.0055 * t) * r.uniform(0.6, 1.2)), r)
        )
    sc.poly(out, sc.pal.light if ink is None else ink, kind="light", depth=0.74, alpha=0.92)


def mirror(sc, y0, region=None, strength=0.6, blur=0.0, ripple=1.0, deep=None, stretch=1.0):
    """Reflect what stands above the line y0 into the plane below it, broken by ripples."""
    img, hz = sc.flat(), int(y0 * sc.h)
    yy, xx = np.mgrid[0 : sc.h, 0 : sc.w].astype(np.float32)
    d = np.maximum(yy - hz, 0)
    n = noise2(sc.h, sc.w, sc.rng, 22, 3, 0.55, 7.0)
    amp = ripple * sc.u * (0.004 + 0.03 * d / sc.h)
    src = cv2.remap(
        img,
        xx + n * amp,
        np.clip(hz - d / stretch + n * amp * 0.8, 0, hz - 1),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REFLECT,
    )
    if blur:
        src = cv2.GaussianBlur(src, (0, 0), blur * sc.u * 0.3, sigmaY=blur * sc.u)
    m = (yy >= hz).astype(np.float32) if region is None else region.astype(np.float32) / 255 * (yy >= hz)
    m = m * strength * np.clip(1.12 - d / max(1, sc.h - hz) * 0.75, 0, 1)
    src = src * 0.9 + (sc.pal.lit("water", 1, 0.4) if deep is None else deep) * 0.1
    sc.add(m, src.astype(np.float32), kind="water", depth=0.71)


def reflect_group(sc, first, y, squash=0.75, strength=0.55):
    """Reflect the layers added since index `first` below their water line y (pixels)."""
    g, n = sc.new_group(), noise2(sc.h, sc.w, sc.rng, sc.u * 0.02, 2, 0.5, 5.0)
    yy, xx = np.mgrid[0 : sc.h, 0 : sc.w].astype(np.float32)
    sy, sx = (
        (y - (yy - y) / squash).astype(np.float32),
        (xx + n * sc.u * 0.012 * np.clip((yy - y) / sc.u * 6, 0, 1.6)).astype(np.float32),
    )
    made = []
    for l in list(sc.layers[first:]):
        full = np.zeros((sc.h, sc.w), np.uint8)
        l.part(full)[:] = l.mask
        m = cv2.remap(full, sx, sy, cv2.INTER_LINEAR)
        m[: int(y)] = 0
        fade = np.clip(1 - (yy - y) / (sc.u * 0.42), 0, 1)
        made.append(
            (
                m * (fade > 0.02),
                mix(l.ink, sc.pal.lit("water", 0.9, 0.5), 0.45) if l.ink.ndim == 1 else sc.pal.lit("dark"),
            )
        )
    keep, sc.layers[first:] = sc.layers[first:], []
    for m, ink in made:
        sc.add(m.astype(np.uint8), ink, kind="water", depth=0.75, group=g, alpha=strength)
    sc.layers.extend(keep)


def shadow(sc, x, y, w, alpha=0.5, long=1.0):
    """A contact shadow that leans away from the light."""
    ink = sc.pal.lit("dark", 0.9)
    sc.poly(
        ellipse(x - sc.side * w * 0.35 * long, y, w * (0.55 + 0.25 * long), w * 0.085),
        ink,
        kind="ground",
        depth=0.9,
        alpha=alpha,
    )


def mist(sc, y, thick, alpha=0.5, depth=0.4):
    yy = np.arange(sc.h, dtype=np.float32)[:, None] / sc.h
    n = noise2(sc.h, sc.w, sc.rng, sc.u * 0.25, 3, 0.5, 4.0)
    m = np.exp(-(((yy - y + n * thick * 0.5) / thick) ** 2))
    sc.add(np.clip(m, 0, 1), sc.pal.sky[-1], kind="cloud", depth=depth, alpha=alpha)


def weather(sc):
    b, r = sc.brief, sc.rng
    if "rain" in b.weather or "storm" in b.weather:
        slant, out = r.uniform(0.12, 0.22) * -sc.side, []
        for _ in range(230):
            x, y, ln = r.uniform(-0.1, 1.1) * sc.w, r.uniform(-0.1, 1) * sc.h, sc.u * r.uniform(0.02, 0.06)
            t = max(0.35, sc.u * 0.0008)
            out.append(np.array([(x, y), (x + t * 2, y), (x + t * 2 + slant * ln, y + ln), (x + slant * ln, y + ln)]))
        sc.poly(out, mix(sc.pal.sky[-1], sc.pal.light, 0.6), kind="weather", depth=1, alpha=0.42)
    snowing = "snow" in b.weather or (
        b.season == "winter"
        and "aurora" not in b.weather
        and b.setting in ("village", "forest", "ridges", "field", "city")
    )
    if snowing:
        flakes = [
            ellipse(r.uniform(0, sc.w), r.uniform(0, sc.h), max(0.5, sc.u * r.uniform(0.0015, 0.0048)), n=10)
            for _ in range(170)
        ]
        sc.poly(flakes, sc.pal.lit("snow", 1, -0.6), kind="weather", depth=1, alpha=0.9)
    if "fog" in b.weather:
        mist(sc, sc.horizon + 0.06, 0.1, 0.45)


def put(sc, name, x, y, size, depth=1.0, flip=None, colour=None, ground=True, water_line=None):
    """Place a thing by fractions: x, y of its base, size of the short side. Draws shadow or reflection with it."""
    flip = bool(sc.rng.random() < 0.5) if flip is None else flip
    px, py, s = x * sc.w, y * sc.h, size * sc.u
    if ground and water_line is None:
        shadow(sc, px, py, s * subjects.WIDE[name] * 0.55, long=0.4 if sc.brief.time in ("day", "noon") else 0.8)
    first = len(sc.layers)
    subjects.draw(sc, name, px, py, s, depth, flip, colour)
    if water_line is not None:
        reflect_group(sc, first, py)
    return px, py, s


def trees(sc, kind, n, y, size, depth, x0=0.0, x1=1.0, jitter=0.01, colour=None):
    for x in np.sort(sc.rng.uniform(x0, x1, n)):
        k = kind if isinstance(kind, str) else kind[sc.rng.integers(len(kind))]
        yy = y(x) if callable(y) else y
        subjects.draw(
            sc,
            k,
            x * sc.w,
            (yy + sc.rng.normal(0, jitter)) * sc.h,
            size * sc.u * sc.rng.uniform(0.75, 1.25),
            depth,
            sc.rng.random() < 0.5,
            colour,
        )
