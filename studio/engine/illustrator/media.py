"""Media: each renderer reads the layer stack (not a finished photo) and prints it in its own way.

All share three ideas: edges are hand-cut (one slow displacement field), the paper is never pure white, and
what varies is physical (grain, plate shift, pigment pooling, carved direction), not a colour filter."""

import cv2
import numpy as np
from studio.engine.illustrator.shapes import noise2
from studio.engine.illustrator.colour import lab_of, mix, rgb, rgb_of

RENDER = {}


def medium(name):
    def keep(f):
        RENDER[name] = f
        return f

    return keep


def grid(sc):
    return np.meshgrid(np.arange(sc.w, dtype=np.float32), np.arange(sc.h, dtype=np.float32))


def warp(sc, img, amp, cell, octaves=2):
    """Hand-cut edges: displace by slow noise of `amp` pixels."""
    x, y = grid(sc)
    dx, dy = noise2(sc.h, sc.w, sc.rng, cell, octaves), noise2(sc.h, sc.w, sc.rng, cell, octaves)
    return cv2.remap(img, x + dx * amp, y + dy * amp, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)


def luma(img):
    return img @ np.array([0.30, 0.59, 0.11], np.float32)


def fibre(sc, fine=2.2, coarse=9):
    """Paper tooth, about -1..1."""
    return 0.65 * noise2(sc.h, sc.w, sc.rng, fine, 1) * 2 + 0.5 * noise2(sc.h, sc.w, sc.rng, coarse, 2)


def border(sc, share=0.028, rough=0.5):
    """1 inside the printed area, 0 on the paper margin, with an uneven edge."""
    x, y = grid(sc)
    d = np.minimum(np.minimum(x, sc.w - 1 - x), np.minimum(y, sc.h - 1 - y)) / sc.u
    n = (
        noise2(sc.h, sc.w, sc.rng, sc.u * 0.01, 2) * 0.0014 * rough
        + noise2(sc.h, sc.w, sc.rng, sc.u * 0.16, 2) * 0.004 * rough
    )
    return np.clip((d - share + n) * sc.u / 1.6, 0, 1)[..., None]


def smear(sc, img, angle, length, steps=9):
    """Average along a direction field: bristles, scratches, brushed paint."""
    x, y = grid(sc)
    c, s = np.cos(angle).astype(np.float32), np.sin(angle).astype(np.float32)
    out = np.zeros_like(img)
    for t in np.linspace(-length, length, steps, dtype=np.float32):
        out += cv2.remap(img, x + c * t, y + s * t, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    return out / steps


def edges(sc, idx, width=1.5):
    """Soft contour strength between layers, 0..1."""
    i = idx.astype(np.float32)
    e = ((cv2.dilate(i, np.ones((3, 3))) - cv2.erode(i, np.ones((3, 3)))) > 0).astype(np.float32)
    return np.clip(cv2.GaussianBlur(e, (0, 0), width) * width * 1.6, 0, 1)


def contours(sc, contrast=0.035, skip=()):
    """Contours where the picture's tone really changes (not every hidden layer seam)."""
    g = cv2.GaussianBlur(sc.flat(skip), (0, 0), 0.7)
    k = np.ones((3, 3))
    d = (cv2.dilate(g, k) - cv2.erode(g, k)).max(2)
    return np.clip((d - contrast) * 9, 0, 1)


@medium("gouache")
def gouache(sc):
    x, y = grid(sc)
    img = np.ones((sc.h, sc.w, 3), np.float32) * sc.pal.paper
    tooth = fibre(sc)
    streaks = {}
    cut = noise2(sc.h, sc.w, sc.rng, sc.u * 0.03, 2), noise2(sc.h, sc.w, sc.rng, sc.u * 0.03, 2)
    for l in sc.layers:
        key = round(l.angle, 1)
        if key not in streaks:
            streaks[key] = smear(
                sc, noise2(sc.h, sc.w, sc.rng, 3, 1) * 1.6, np.full((sc.h, sc.w), key, np.float32), sc.u * 0.022, 9
            )
        roi, a = l.part(img), l.mask.astype(np.float32) / 255
        soft = l.kind in ("light", "sky", "line", "text", "weather")
        if not soft and min(l.box[2:]) > 30:
            bx, by = (l.part(c) for c in cut)
            xx, yy = np.meshgrid(np.arange(l.box[2], dtype=np.float32), np.arange(l.box[3], dtype=np.float32))
            a = cv2.remap(
                a, xx + bx * sc.u * 0.0016, yy + by * sc.u * 0.0016, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
            )
        dry = l.part(streaks[key])
        a = a * l.alpha * (1 if soft else np.clip(1.06 + 0.10 * dry, 0.0, 1))
        ink = l.ink + (dry * (0.022 if l.kind != "sky" else 0.012))[..., None]
        roi += (ink - roi) * a[..., None]
    img *= 1 + 0.018 * tooth[..., None] + 0.02 * noise2(sc.h, sc.w, sc.rng, sc.u * 0.3, 3)[..., None]
    m = border(sc)
    return img * m + sc.pal.paper * (1 + 0.012 * tooth[..., None]) * (1 - m)


def inks_of(sc, img, n):
    """The n inks of a picture: k-means in oklab over a thumbnail, with a fixed seed."""
    small = cv2.resize(img, (96, 96), interpolation=cv2.INTER_AREA).reshape(-1, 3)
    data = (lab_of(small) * (1, 1.6, 1.6)).astype(np.float32)
    cv2.setRNGSeed(7)
    _, _, centres = cv2.kmeans(
        data, n, None, (cv2.TERM_CRITERIA_EPS + cv2.TERM_CRITERIA_MAX_ITER, 30, 0.001), 3, cv2.KMEANS_PP_CENTERS
    )
    return (centres / (1, 1.6, 1.6)).astype(np.float32)


def labels(img, inks, jitter):
    lab = lab_of(img).astype(np.float32)
    lab[..., 0] += jitter
    d = np.stack([((lab - k) ** 2 * (1, 1.6, 1.6)).sum(-1) for k in inks])
    return d.argmin(0)


@medium("screenprint")
def screenprint(sc, n=7):
    n = sc.brief.inks + 1 if sc.brief.inks else n
    img = warp(sc, sc.flat(), sc.u * 0.0012, sc.u * 0.035)
    inks = inks_of(sc, img, max(2, n))
    spray = noise2(sc.h, sc.w, sc.rng, 1.6, 1) * 0.05 + noise2(sc.h, sc.w, sc.rng, 5, 1) * 0.014
    lab = labels(img, inks, spray)
    order = np.argsort(-inks[:, 0])
    paper = np.ones_like(img) * sc.pal.paper
    tooth = fibre(sc)
    for rank, k in enumerate(order):
        plate = (lab == k).astype(np.float32)
        if rank:
            plate = cv2.dilate(plate, np.ones((2, 2)))  # trap under the next ink
        shift = sc.rng.normal(0, sc.u * 0.0011, 2)
        plate = cv2.warpAffine(
            cv2.GaussianBlur(plate, (0, 0), 0.6),
            np.float32([[1, 0, shift[0]], [0, 1, shift[1]]]),
            (sc.w, sc.h),
            borderMode=cv2.BORDER_REPLICATE,
        )
        plate *= np.clip(1.02 - 0.10 * np.clip(tooth - 1.0, 0, 1) * 3, 0.0, 1) * 0.98
        paper += (rgb_of(inks[k]) - paper) * plate[..., None]
    m = border(sc, 0.03, 0.15)
    return paper * m + sc.pal.paper * (1 - m) + tooth[..., None] * 0.006


@medium("watercolour")
def watercolour(sc):
    paper = rgb((0.972, 0.014, 88))
    base = sc.flat(skip=("weather",))
    base = warp(sc, base, sc.u * 0.006, sc.u * 0.05, 3)
    idx, *_ = sc.maps()
    flat = cv2.bilateralFilter(base, 7, 0.12, 5)
    density = -np.log(np.clip(flat, 0.035, 0.98) / paper)
    wash = noise2(sc.h, sc.w, sc.rng, sc.u * 0.22, 4, 0.55)
    bloom = np.abs(noise2(sc.h, sc.w, sc.rng, sc.u * 0.16, 3))
    soft = cv2.GaussianBlur(density, (0, 0), sc.u * 0.007)
    tight = cv2.GaussianBlur(density, (0, 0), sc.u * 0.0022)
    pool = np.clip(tight - soft, 0, None)  # pigment gathers inside its own edge
    wet = cv2.GaussianBlur(density, (0, 0), sc.u * 0.03)
    bleed = np.clip(noise2(sc.h, sc.w, sc.rng, sc.u * 0.3, 2) * 1.4 - 0.1, 0, 0.55)[..., None]
    d = density * (1 - bleed) + wet * bleed
    d = d * (0.80 + 0.36 * wash[..., None]) + pool * 0.9
    ring = np.clip(1 - np.abs(bloom - 0.14) / 0.07, 0, 1) ** 2 * (bloom > 0.14) * 0.07
    d *= 1 + ring[..., None] * (density.mean(2, keepdims=True) > 0.12)
    tooth = fibre(sc, 2.4, 6)
    d *= 1 + (0.10 * tooth * np.clip(d.mean(2), 0, 1.0))[..., None]
    # bare paper glints along contours and on bright light
    gap = contours(sc, 0.10) * (noise2(sc.h, sc.w, sc.rng, sc.u * 0.03, 2) > 0.25)
    d *= 1 - 0.3 * cv2.GaussianBlur(gap, (0, 0), 0.8)[..., None]
    d = np.clip(d, 0, None) ** 0.95 * 0.74
    line = sc.flat() - sc.flat(skip=("weather",))
    m = border(sc, 0.045, 1.6)
    rim = np.clip(cv2.GaussianBlur(m, (0, 0), 5)[..., None] * -1 + m, 0, 1) * 0.5
    out = paper * np.exp(-(d * (1 + rim)) * m) + line * 0.8 * m
    return out * (1 + 0.012 * tooth[..., None])


@medium("linocut")
def linocut(sc):
    """Key block carved by tone: line width follows tone, line direction follows the form; a second flat ink under it."""
    b = sc.brief
    img = sc.flat()
    g = cv2.GaussianBlur(luma(img), (0, 0), 1.0)
    lo, hi = np.quantile(g, (0.03, 0.97))
    t = np.clip((g - lo) / (hi - lo + 1e-4), 0, 1)
    idx, angle, depth, group = sc.maps()
    kinds = np.array([l.kind for l in sc.layers])[idx]
    t = np.where(kinds == "sky", np.minimum(t, 0.80), t)
    t = np.where(kinds == "water", np.clip(t * 0.75 + 0.16, 0, 0.8), t)
    x, y = grid(sc)
    sx, sy = sc.sun if sc.sun else (sc.w * 0.5, -sc.h * 0.2)
    wob = noise2(sc.h, sc.w, sc.rng, sc.u * 0.09, 3) * sc.u * 0.012
    radius = np.hypot(x - sx, y - sy) + wob
    pitch = sc.u * 0.0125
    far = np.clip((y / sc.h - sc.horizon) / (1.001 - sc.horizon), 0, 1)  # waves widen towards us: integral of 1 / width
    swell = sc.h * (1 - sc.horizon) / 0.9 * np.log(0.5 + 0.9 * far) + wob * 0.7
    along = x * -np.sin(angle) + y * np.cos(angle) + wob
    phase = np.where(
        (kinds == "sky") | (kinds == "light") | (kinds == "cloud"), radius, np.where(kinds == "water", swell, along)
    )
    scale = np.where((kinds == "sky") | (kinds == "water"), 1.0, 0.8)
    wave = np.abs((phase / (pitch * scale)) % 1 - 0.5) * 2  # 0 centre of a gouge .. 1 edge
    taper = noise2(sc.h, sc.w, sc.rng, sc.u * 0.028, 2, 0.5, 2.5) * 0.22
    cut = np.clip((t - 0.10) * 1.22 + taper * (t > 0.06) * (t < 0.93), 0, 1)
    white = np.clip((cut - wave) * pitch * 0.5, 0, 1)
    white = np.where(t > 0.88, 1, np.where(t < 0.07, 0, white)).astype(np.float32)
    lines = contours(sc, 0.03)
    lines = np.where(t > 0.72, 0, lines)  # white keyline between dark forms
    white = np.maximum(white, (cv2.GaussianBlur(lines, (0, 0), 0.9) > 0.38) * 1.0)
    flecks = (noise2(sc.h, sc.w, sc.rng, 7, 1, 0.5, 3.0) > 0.78) & (t > 0.86) & (kinds != "light")
    white = np.where(flecks, 0, white)
    white = np.clip((cv2.GaussianBlur(warp(sc, white.astype(np.float32), 1.6, 7), (0, 0), 0.8) - 0.5) * 3 + 0.5, 0, 1)
    key = rgb((0.24, 0.045, 262)) if sc.pal.night else mix(sc.pal.key, rgb((0.25, 0.03, 40)), 0.3)
    paper = rgb((0.945, 0.025, 88))
    out = np.ones_like(img) * paper
    if (b.inks or 2) > 1:
        under = rgb((0.80, 0.10, 80)) if sc.pal.night else mix(sc.pal.accent, paper, 0.25)
        light = np.isin(kinds, ["light"]) & (t > 0.5)
        second = rgb((0.72, 0.055, 225)) if sc.pal.night else rgb((0.83, 0.07, 70))
        mid = cv2.GaussianBlur(((t < 0.84) & ~light).astype(np.float32), (0, 0), 1.2)[..., None]
        out = out * (1 - mid) + second * mid
        lit = cv2.GaussianBlur(light.astype(np.float32), (0, 0), 1.0)
        lit = cv2.warpAffine(lit, np.float32([[1, 0, 2], [0, 1, -1.5]]), (sc.w, sc.h))[..., None]
        out = out * (1 - lit) + (mix(under, paper, 0.35)) * lit
    salt = np.clip(0.97 - 0.55 * np.clip(fibre(sc, 2.0, 14) - 0.72, 0, 1), 0, 1)
    k = ((1 - white) * salt)[..., None]
    out = out * (1 - k) + key * k
    m = border(sc, 0.045, 1)
    return out * m + paper * (1 - m) + fibre(sc)[..., None] * 0.006


@medium("oil")
def oil(sc):
    """Three passes of strokes, large to small, along the forms; relief from bristle streaks and stroke edges."""
    r, u = sc.rng, sc.u
    img = warp(sc, sc.flat(), u * 0.003, u * 0.03)
    idx, angle, depth, group = sc.maps()
    g = cv2.GaussianBlur(luma(img), (0, 0), u * 0.006)
    gx, gy = cv2.Sobel(g, cv2.CV_32F, 1, 0), cv2.Sobel(g, cv2.CV_32F, 0, 1)
    mag = np.hypot(gx, gy)
    flow = angle + noise2(sc.h, sc.w, r, u * 0.25, 3) * 0.9
    theta = np.where(mag > 0.012, np.arctan2(gy, gx) + np.pi / 2, flow).astype(np.float32)
    theta = 0.5 * np.arctan2(
        cv2.GaussianBlur(np.sin(2 * theta), (0, 0), u * 0.006), cv2.GaussianBlur(np.cos(2 * theta), (0, 0), u * 0.006)
    )
    canvas = cv2.GaussianBlur(img, (0, 0), u * 0.02)
    canvas = canvas * 0.8 + 0.2 * rgb((0.5, 0.08, 50))
    height = np.zeros((sc.h, sc.w), np.float32)
    for width, density, longness in ((u * 0.020, 1.5, 4.5), (u * 0.010, 1.7, 4.0), (u * 0.0052, 1.1, 3.6)):
        blur = cv2.GaussianBlur(img, (0, 0), width * 0.35)
        n = int(sc.w * sc.h / (width * width * longness) * density)
        pts = np.stack([r.uniform(0, sc.w, n), r.uniform(0, sc.h, n)], 1)
        detail = cv2.GaussianBlur(mag, (0, 0), width)
        if width < u * 0.012:
            err = np.abs(canvas - blur).sum(2)
            px = pts.astype(int)
            keep = (err[px[:, 1], px[:, 0]] > (0.05 if width > u * 0.008 else 0.075)) | (r.random(n) < 0.12)
            pts = pts[keep]
        for x, y in pts:
            xi, yi = int(x), int(y)
            ln = width * longness * r.uniform(0.6, 1.2) / (1 + detail[yi, xi] * 14)
            a0 = theta[yi, xi]
            dx, dy = np.cos(a0) * ln * 0.5, np.sin(a0) * ln * 0.5
            x2, y2 = int(np.clip(x + dx, 0, sc.w - 1)), int(np.clip(y + dy, 0, sc.h - 1))
            a1 = theta[y2, x2]
            if np.cos(a1 - a0) < 0:
                a1 += np.pi
            line = np.array([(x - dx, y - dy), (x, y), (x + np.cos(a1) * ln * 0.5, y + np.sin(a1) * ln * 0.5)])
            c = blur[yi, xi] + r.normal(0, 0.018) + r.normal(0, 0.008, 3)
            p = np.round(line * 16).astype(np.int32)
            t = max(1, int(width * r.uniform(0.7, 1.1)))
            cv2.polylines(canvas, [p], False, c.tolist(), t, cv2.LINE_AA, 4)
            cv2.polylines(height, [p], False, float(r.random()), t, cv2.LINE_AA, 4)
    bristle = smear(sc, r.standard_normal((sc.h, sc.w)).astype(np.float32), theta, u * 0.011, 11) * 1.5
    relief = cv2.GaussianBlur(height, (0, 0), 1.0) * 0.55 + bristle * 0.5
    lit = cv2.Sobel(relief, cv2.CV_32F, 1, 0, scale=0.25) * -sc.side + cv2.Sobel(relief, cv2.CV_32F, 0, 1, scale=0.25)
    lab = lab_of(canvas)
    lab[..., 1:] *= 1.14
    lab[..., 0] += np.clip(lit * 0.11, -0.06, 0.07) + bristle * 0.012
    return rgb_of(lab)


@medium("pencil")
def pencil(sc):
    """Graphite contours and coloured-pencil hatching in layers; white of the paper for the lights."""
    r, u = sc.rng, sc.u
    img = sc.flat()
    paper = rgb((0.965, 0.012, 88))
    tooth = fibre(sc, 1.8, 4)
    t = luma(img)
    idx, angle, depth, group = sc.maps()
    x, y = grid(sc)
    coloured = not any(w in sc.brief.prompt.lower() for w in ("graphite", "charcoal", "black and white", "sketch"))
    wob = noise2(sc.h, sc.w, r, u * 0.1, 2) * u * 0.012
    hatch = np.zeros_like(t)
    for k, (turn, pitch, start) in enumerate(
        ((-0.75, 0.0052, 0.95), (-0.75 + 0.5, 0.006, 0.72), (0.8, 0.0056, 0.50), (1.35, 0.005, 0.30))
    ):
        a = turn + 0.4 * np.round(angle * 1.5) / 1.5
        raw = noise2(sc.h, sc.w, r, u * pitch * 0.45, 1) * 2
        stroke = smear(sc, raw, np.broadcast_to(np.float32(a) + wob / u * 9, t.shape), u * 0.02, 13) * 2.2
        dark = np.clip((start - t) * 1.9, 0, 1)
        hatch += np.clip(stroke + 0.1 + dark * 0.55, 0, 1) * dark * (0.85 - 0.1 * k)
    hatch = np.clip(hatch, 0, 1.35) * np.clip(0.92 + 0.25 * tooth, 0.1, 1.5)
    fade = border(sc, 0.05, 6)[..., 0]
    fade = cv2.GaussianBlur(fade.astype(np.float32), (0, 0), u * 0.004)
    graphite = rgb((0.30, 0.012, 260))
    if coloured:
        lab = lab_of(np.clip(cv2.GaussianBlur(img, (0, 0), 1.5), 0, 1))
        lab[..., 1:] *= 1.25
        lab[..., 0] = lab[..., 0] * 0.86
        ink = rgb_of(lab)
        wash = np.clip(0.30 + 0.35 * (1 - t), 0, 0.62) * np.clip(1 + 0.25 * tooth, 0, 1.6) * (t < 0.93)
        amount = np.clip(wash + hatch * 0.68, 0, 1)[..., None] * fade[..., None]
        out = paper * (1 - amount) + ink * amount
    else:
        amount = np.clip(hatch * 0.72, 0, 0.95)[..., None] * fade[..., None]
        out = paper * (1 - amount) + graphite * amount
    line = np.zeros_like(t)
    c = contours(sc, 0.028)
    for k in range(2):
        line = np.maximum(line, warp(sc, c, u * 0.0022, u * 0.05) * (0.85 - 0.3 * k))
    line = (
        cv2.GaussianBlur(line, (0, 0), 0.7)
        * np.clip(0.85 + 0.5 * noise2(sc.h, sc.w, r, u * 0.06, 2) + 0.3 * tooth, 0, 1.2)
        * fade
        * 0.85
    )
    out = out * (1 - line[..., None] * 0.8) + graphite * line[..., None] * 0.8
    return out


@medium("papercut")
def papercut(sc):
    """Sheets of card: every group casts a soft shadow on what lies under it and shows a lit cut edge."""
    u, out = sc.u, np.ones((sc.h, sc.w, 3), np.float32) * sc.pal.paper
    grain = fibre(sc, 2, 7)
    groups, order = {}, []
    for l in sc.layers:
        if l.kind == "weather" and l.alpha < 0.6 or (l.kind == "water" and 0 < l.alpha < 0.7):
            continue
        if l.kind == "light" and l.alpha < 0.3:
            continue
        if l.group not in groups:
            groups[l.group] = []
            order.append(l.group)
        groups[l.group].append(l)
    for g in order:
        ls = groups[g]
        union = np.zeros((sc.h, sc.w), np.uint8)
        for l in ls:
            np.maximum(l.part(union), l.mask, out=l.part(union))
        if ls[0].kind == "sky":
            steps(sc, ls[0], out, grain)
            continue
        size = min(cv2.boundingRect(union)[2:])
        lift = float(np.clip(size * 0.05, 1.2, u * 0.011)) * (1.2 if ls[0].kind in ("ground", "water") else 1)
        d = np.float32([[1, 0, -sc.side * lift * 0.8], [0, 1, lift]])
        mask = union.astype(np.float32) / 255
        cast = cv2.GaussianBlur(
            cv2.warpAffine(mask, d, (sc.w, sc.h), borderMode=cv2.BORDER_REPLICATE), (0, 0), lift * 0.9
        )
        out *= 1 - (0.42 * cast * (1 - mask))[..., None]
        for l in ls:
            roi, a = l.part(out), (l.mask.astype(np.float32) / 255 * min(1, l.alpha * 1.2))[..., None]
            ink = l.ink if l.ink.ndim == 1 else np.broadcast_to(l.ink, l.mask.shape + (3,))[l.mask > 0].mean(0)
            roi += (ink * (1 + 0.03 * l.part(grain)[..., None]) - roi) * a
        edge = np.clip(
            mask
            - cv2.warpAffine(
                mask, np.float32([[1, 0, -sc.side * 1.2], [0, 1, 1.4]]), (sc.w, sc.h), borderMode=cv2.BORDER_REPLICATE
            ),
            0,
            1,
        )
        out += (edge * 0.13)[..., None]
    return out


def steps(sc, layer, out, grain):
    """The sky as stacked rings of card around the light (or as plain bands)."""
    x, y = grid(sc)
    sx, sy = sc.sun if sc.sun else (sc.w * 0.5, sc.horizon * sc.h)
    far = np.hypot(x - sx, y - sy) / np.hypot(sc.w, sc.h) * 1.5 + noise2(sc.h, sc.w, sc.rng, sc.u * 0.2, 1) * 0.012
    top, mid, low = sc.pal.sky
    n = 6
    inks = [mix(mix(top, mid, min(1, 2 * t)), low, max(0, 2 * t - 1)) for t in np.linspace(0, 1, n)]
    out[:] = inks[0] * (1 + 0.03 * grain[..., None])
    for i in range(1, n):
        mask = np.clip((0.86 - i / n * 0.8 - far) * sc.u / 1.3 + 0.5, 0, 1)
        lift = sc.u * 0.007
        moved = cv2.warpAffine(
            1 - mask, np.float32([[1, 0, -sc.side * lift], [0, 1, lift]]), (sc.w, sc.h), borderMode=cv2.BORDER_REPLICATE
        )
        cast = cv2.GaussianBlur(moved, (0, 0), lift) * mask  # outer sheets lie on top: a tunnel of light
        out[:] = out * (1 - mask[..., None]) + inks[i] * (1 + 0.03 * grain[..., None]) * mask[..., None]
        out *= 1 - 0.26 * cast[..., None]


@medium("neon")
def neon(sc):
    img = sc.flat(skip=("cloud",))
    lab = lab_of(img)
    dark = np.stack([lab[..., 0] * 0.30 + 0.03, lab[..., 1] * 0.5 + 0.012, lab[..., 2] * 0.5 - 0.03], -1)
    base = rgb_of(dark)
    idx, angle, depth, group = sc.maps()
    line = contours(sc, 0.05)
    line = cv2.GaussianBlur(line, (0, 0), sc.u * 0.0011)
    hue = np.degrees(np.arctan2(lab[..., 2], lab[..., 1]))
    tubes = np.array(
        [
            rgb((0.74, 0.21, 350)),
            rgb((0.86, 0.14, 200)),
            rgb((0.88, 0.16, 100)),
            rgb((0.74, 0.19, 45)),
            rgb((0.70, 0.18, 300)),
            rgb((0.85, 0.19, 150)),
        ]
    )
    pick = tubes[(group * 7 + (hue // 90).astype(int)) % len(tubes)]
    pick = cv2.GaussianBlur(pick, (0, 0), 2)
    tube = pick * line[..., None]
    out = base + tube * 0.9
    for s, k in ((0.004, 0.9), (0.014, 0.8), (0.05, 0.75)):
        out = out + cv2.GaussianBlur(tube, (0, 0), sc.u * s) * k
    return out + (np.clip(line - 0.55, 0, 1) * 1.1)[..., None]


@medium("vintage")
def vintage(sc):
    """A travel-poster lithograph: few flat inks, sprayed grain in the transitions, cream border, a title."""
    img = warp(sc, sc.flat(), sc.u * 0.0012, sc.u * 0.02)
    lab = lab_of(img)
    lab[..., 1] += 0.006
    lab[..., 2] += 0.022
    lab[..., 0] = 0.08 + lab[..., 0] * 0.9
    img = rgb_of(lab)
    inks = inks_of(sc, img, 10)
    spray = noise2(sc.h, sc.w, sc.rng, 1.5, 1) * 0.085
    out = rgb_of(inks)[labels(img, inks, spray)]
    out = cv2.GaussianBlur(out, (0, 0), 0.55)
    cream = rgb((0.935, 0.035, 85))
    out = out * 0.93 + cream * 0.07
    out *= 1 + fibre(sc, 2, 30)[..., None] * 0.02
    return title_plate(sc, out, cream) if not sc.brief.text else frame(sc, out, cream, 0.035)


def frame(sc, out, cream, share):
    m = border(sc, share, 0.2)
    return out * m + cream * (1 - m)


def title_plate(sc, out, cream):
    from studio.engine.illustrator.lettering import text_mask

    words = sc.title or "PRINT"
    size = min(sc.u * 0.075, sc.w * 0.8 / max(1, len(words)) * 1.35)
    plate = int(sc.h - size * 1.9)
    out = frame(sc, out, cream, 0.03)
    out[plate:] = cream
    key = mix(sc.pal.key, rgb((0.3, 0.08, 30)), 0.25)
    m = text_mask(sc, words, 0, plate + size * 0.42, size, 800, 0.12, centre=True).astype(np.float32)[..., None] / 255
    out = out * (1 - m) + key * m
    return out * (1 + fibre(sc, 2, 30)[..., None] * 0.012)


@medium("inkwash")
def inkwash(sc):
    """Sumi: one black in many waters; forms start dark at their top edge and dissolve; dry brush; a red seal."""
    r, u = sc.rng, sc.u
    paper = rgb((0.945, 0.022, 85))
    t = luma(sc.flat(skip=("light", "weather") if not sc.pal.night else ("weather",)))
    lo, hi = np.quantile(t, (0.02, 0.985))
    t = np.clip((t - lo) / (hi - lo), 0, 1)
    if sc.pal.night:
        t = t**0.7
    idx, angle, depth, group = sc.maps(skip=("weather",))
    d = (1 - t) ** 1.25 * 1.55
    soft = cv2.GaussianBlur(d, (0, 0), u * 0.022)
    near = cv2.GaussianBlur(depth, (0, 0), u * 0.01)
    kinds = np.array([l.kind for l in sc.layers])[idx]
    land = cv2.GaussianBlur((kinds != "sky").astype(np.float32), (0, 0), u * 0.004)
    wet = np.clip(0.75 - near * 0.75, 0, 1) * 0.9
    d = d * (1 - wet) + soft * wet
    d *= 0.30 + 0.70 * land  # the sky is mostly paper
    x, y = grid(sc)
    top = cv2.GaussianBlur(d, (0, 0), u * 0.012) - np.roll(cv2.GaussianBlur(d, (0, 0), u * 0.012), int(u * 0.02), 0)
    d = np.clip(d + np.clip(top, 0, 1) * 0.45, 0, None)
    pool = np.clip(d - cv2.GaussianBlur(d, (0, 0), u * 0.006), 0, 1)
    d = d * (0.82 + 0.42 * noise2(sc.h, sc.w, r, u * 0.2, 4)) + pool * 0.55
    d = warp(sc, d.astype(np.float32), u * 0.006, u * 0.03, 3)
    streak = smear(
        sc,
        noise2(sc.h, sc.w, r, 3, 1) * 1.7,
        np.where(kinds == "water", 0, angle + 0.15).astype(np.float32),
        u * 0.02,
        9,
    )
    d *= np.clip(1.05 + 0.5 * np.clip(streak - 0.25, -1, 0) * (d > 0.5), 0.2, 1.1)
    line = (
        warp(sc, contours(sc, 0.05, ("weather",)), u * 0.003, u * 0.03)
        * np.clip(0.35 + 0.9 * noise2(sc.h, sc.w, r, u * 0.05, 2), 0, 1)
        * np.clip(near, 0.15, 1)
    )
    d += cv2.GaussianBlur(line.astype(np.float32), (0, 0), 1.0) * 0.9
    for l in sc.layers:  # falling snow is bare paper
        if l.kind == "weather" and l.ink.min() > 0.5:
            roi = l.part(d)
            roi *= 1 - l.mask / 255.0 * 0.85
    fade = cv2.GaussianBlur(border(sc, 0.05, 6)[..., 0].astype(np.float32), (0, 0), u * 0.02)
    tooth = fibre(sc, 2, 8)
    ink = rgb((0.24, 0.018, 250))
    d = np.clip(d * fade * (1 + 0.12 * tooth), 0, None)[..., None]
    out = paper * np.exp(-d * -np.log(np.clip(ink / paper, 0.05, 1)) * 1.05)
    warm = np.zeros((sc.h, sc.w), np.float32)
    for l in sc.layers:
        if l.kind == "form" and l.ink.ndim == 1 and l.ink[0] - l.ink[2] > 0.3 and l.ink[0] - l.ink[1] > 0.22:
            np.maximum(l.part(warm), l.mask / 255.0 * 0.5, out=l.part(warm))
    warm = cv2.GaussianBlur(warp(sc, warm, u * 0.006, u * 0.03), (0, 0), 1.5)[..., None]
    out = out * (1 - warm) + out * rgb((0.62, 0.17, 32)) * 1.35 * warm
    sx, sy, s = int(sc.w * (0.5 + sc.side * 0.38)), int(sc.h * 0.86), int(u * 0.022)
    seal = np.zeros((sc.h, sc.w), np.float32)
    cv2.rectangle(seal, (sx - s, sy - s), (sx + s, sy + s), 1, -1)
    for k in (-1, 0, 1):
        cv2.line(seal, (sx - int(s * 0.6), sy + k * s // 2), (sx + int(s * 0.6), sy + k * s // 2), 0, max(1, s // 9))
    cv2.line(seal, (sx + int(s * 0.1), sy - int(s * 0.7)), (sx + int(s * 0.1), sy + int(s * 0.7)), 0, max(1, s // 9))
    seal = (cv2.GaussianBlur(warp(sc, seal, 2, 9), (0, 0), 0.8) * np.clip(0.95 + 0.2 * tooth, 0, 1))[..., None]
    return (out * (1 - seal) + rgb((0.55, 0.18, 28)) * seal) * (1 + 0.012 * tooth[..., None])


@medium("pixel")
def pixel(sc):
    """The scene is composed at the sprite's own size (see `draw`); here: hard masks, few colours, ordered dither."""
    img = np.ones((sc.h, sc.w, 3), np.float32)
    for l in sc.layers:
        hard = (l.mask > (60 if l.kind in ("line", "light", "weather") else 115)).astype(np.float32)
        a = (
            (l.mask.astype(np.float32) / 255 if l.ink.ndim == 3 else hard)[..., None]
            * l.alpha
            * (0.6 if l.kind == "weather" else 1)
        )
        roi = l.part(img)
        roi += (l.ink - roi) * a
    lab = lab_of(img)
    lab[..., 1:] *= 1.25
    lab[..., 0] = np.where(lab[..., 0] > 0.3, 0.3 + (lab[..., 0] - 0.3) * 1.2, lab[..., 0])
    bayer = np.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], np.float32) / 16 - 0.47
    tiled = np.tile(bayer, (sc.h // 4 + 1, sc.w // 4 + 1))[: sc.h, : sc.w]
    img = rgb_of(lab)
    inks = inks_of(sc, img, 26)
    return rgb_of(inks)[labels(img, inks, tiled * 0.035)]
