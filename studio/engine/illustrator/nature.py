"""Verbs of landscape shared by the composers: sky, sun, clouds, ridges, water, mirrors, weather, shadows."""

from collections.abc import Callable, Sequence
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from studio.engine.illustrator import subjects
from studio.engine.illustrator.arrays import Field, Floats, Ink, Mask, Points
from studio.engine.illustrator.canvas import Layer, Scene
from studio.engine.illustrator.colour import mix, rgb, tone
from studio.engine.illustrator.mountains import peaks as peaks
from studio.engine.illustrator.shapes import ellipse, noise1, noise2, spline

WHITE_SEASON = ("village", "forest", "ridges", "field", "city")  # settings where winter means falling snow
CRATERS = ((-0.3, -0.28, 0.24), (0.22, 0.1, 0.3), (-0.18, 0.45, 0.15), (0.42, -0.4, 0.12))
HALO = ((5.2, 0.10), (3.2, 0.16), (1.9, 0.20))  # radius in suns, strength


def moved(mask: Mask, dx: float, dy: float) -> Mask:
    return cast("Mask", cv2.warpAffine(mask, np.array([[1, 0, dx], [0, 1, dy]], np.float32), mask.shape[::-1]))


def plane(sc: Scene) -> tuple[Field, Field]:
    """The rows and the columns of every pixel."""
    yy, xx = np.mgrid[0 : sc.h, 0 : sc.w].astype(np.float32)
    return yy, xx


def sky(
    sc: Scene,
    horizon: float,
    body: bool = True,
    x: float | None = None,
    y: float | None = None,
    r: float | None = None,
    stars: bool | None = None,
) -> None:
    """The sky ramp, its light source with a soft halo, stars at night. `horizon` in 0..1 of the height."""
    b = sc.brief
    sc.horizon = horizon
    hz = horizon * sc.h
    sc.add(sc.full(), sc.ramp(sc.pal.sky, 0, hz * 1.02), kind="sky", depth=0)
    if stars if stars is not None else b.time == "night" and "rain" not in b.weather:
        stars_over(sc, hz)
    if "aurora" in b.weather:
        aurora(sc, hz)
        body = body and b.find("moon") is not None
    if not body or b.weather & {"rain", "storm", "snow"}:
        sc.sun = (sc.w * (x or 0.3), -sc.h * 0.1)
        return
    low = b.time in ("dawn", "sunset", "dusk")
    x = x if x is not None else 0.5 + sc.side * sc.rng.uniform(0.12, 0.24)
    y = y if y is not None else horizon * _height(sc, low)
    size = (0.052 if low or b.time == "night" else 0.045) * (1.5 if b.minimal else 1)
    sun(sc, x, y, r or size)


def _height(sc: Scene, low: bool) -> float:
    """Where the light stands: 0 is the top of the sky, 1 the horizon."""
    if sc.brief.time in ("dusk", "sunset") and sc.brief.setting == "sea":
        return 1.0
    return sc.rng.uniform(0.74, 0.9) if low else sc.rng.uniform(0.28, 0.45)


def sun(sc: Scene, x: float, y: float, r: float, halo: bool = True) -> None:
    px, py, pr = x * sc.w, y * sc.h, r * sc.u
    sc.sun = (px, py)
    yy, xx = plane(sc)
    d = np.hypot(xx - px, yy - py)
    for k, a in HALO if halo else ():
        sc.add(np.clip((pr * k - d) / (pr * k * 0.45), 0, 1), sc.pal.light, kind="light", depth=0, alpha=a)
    group = sc.new_group()
    sc.add(np.clip(pr - d + 0.5, 0, 1), sc.pal.light, kind="light", depth=0.02, group=group)
    if sc.brief.time == "night":
        disc = (np.clip(pr - d, 0, 1) * 255).astype(np.uint8)
        spots = sc.mask([ellipse(px + a * pr, py + b * pr, c * pr, c * pr * 0.85) for a, b, c in CRATERS])
        ink = mix(sc.pal.light, sc.pal.sky[-1], 0.3)
        sc.add(np.minimum(spots, disc), ink, kind="light", depth=0.02, group=group)


def stars_over(sc: Scene, hz: float, n: int = 130) -> None:
    r = sc.rng
    for size, k in ((0.0012, n), (0.0022, n // 4)):
        dots: list[Points] = []
        for _ in range(k):
            x, y = r.uniform(0, sc.w), hz * r.uniform(0, 0.92) ** 1.25
            dots.append(ellipse(x, y, max(0.45, size * sc.u * r.uniform(0.7, 1.4)), n=10))
        sc.poly(dots, sc.pal.light, kind="light", depth=0.01, alpha=0.85)


def aurora(sc: Scene, hz: float) -> None:
    """Curtains: a wandering foot line with rays that fade upward."""
    w, h, r = sc.w, sc.h, sc.rng
    yy = np.arange(h, dtype=np.float32)[:, None]
    inks = [rgb((0.80, 0.15, 160)), rgb((0.72, 0.13, 185)), rgb((0.62, 0.14, 320))]
    for k in range(3):
        foot = hz * (0.86 - 0.2 * k) + noise1(w, r, 3, 2) * hz * 0.09
        ray = np.clip(0.62 + 0.5 * noise1(w, r, 7, 9, 0.75), 0.05, 1.3)
        tall = hz * (0.42 + 0.12 * noise1(w, r, 3, 3))
        up = (foot.astype(np.float32) - yy) / np.maximum(tall, 1).astype(np.float32)
        fall = np.clip(1 - up, 0, 1)
        m = np.where(up < 0, np.clip(1 + up * 14, 0, 1), fall * np.sqrt(fall)) * (ray * (0.68 - 0.1 * k))
        ink = inks[k % 2] + (inks[2] - inks[k % 2]) * np.clip(up, 0, 1)[..., None]
        sc.add(np.clip(m, 0, 0.92), ink, kind="light", depth=0.03, angle=1.57)


def clouds(sc: Scene, horizon: float, n: int = 4, y0: float = 0.12, y1: float = 0.8, flatness: float = 0.2) -> None:
    """Flat-bottomed clouds, two tones, bigger when higher."""
    r, pal = sc.rng, sc.pal
    for _ in range(n):
        y = r.uniform(y0, y1) * horizon * sc.h
        near = 1 - y / (horizon * sc.h)
        s = sc.u * (0.10 + 0.22 * near) * r.uniform(0.7, 1.3)
        x = r.uniform(-0.05, 1.05) * sc.w
        puffs = []
        for dx in np.linspace(-0.72, 0.72, 11):
            rise, wide = s * 0.09 * (1 - abs(dx)) ** 0.6 * r.uniform(0.6, 1.8), s * r.uniform(0.2, 0.34)
            puffs.append(ellipse(x + dx * s, y - rise, wide * (1.12 - abs(dx)), s * flatness * 0.6 * (1.1 - abs(dx))))
        m = sc.mask(puffs)
        m[int(max(0, y + s * 0.035)) :] = 0
        body = mix(pal.sky[-1], pal.light if not pal.night else pal.sky[1], 0.45)
        group = sc.new_group()
        sc.add(m, body, kind="cloud", depth=0.05, group=group)
        low = cv2.subtract(m, moved(m, 0, -s * 0.06))
        sc.add(low, mix(body, pal.sky[0], 0.35), kind="cloud", depth=0.05, group=group)


def band(
    sc: Scene,
    ys: Floats,
    ink: Ink,
    depth: float,
    kind: str = "ground",
    angle: float = 0.0,
    bottom: float | None = None,
    fade: float = 0.0,
    group: int | None = None,
) -> Layer | None:
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


def ridge_line(sc: Scene, y: float, amp: float, octaves: int = 6, base: int = 3, fall: float = 0.48) -> Floats:
    return sc.h * y - noise1(sc.w, sc.rng, octaves, base, fall) * sc.u * amp


def water(
    sc: Scene, y0: float, local: str = "water", depth: float = 0.7, path: bool = True, bottom: float = 1.0
) -> None:
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


def waves(sc: Scene, hz: float, n: int, ink: Ink, alpha: float = 0.6, x0: float = 0.0, x1: float = 1.0) -> None:
    r, out = sc.rng, []
    for _ in range(n):
        t = r.uniform(0.02, 1) ** 1.6
        long, thick = sc.w * (0.03 + 0.13 * t) * r.uniform(0.5, 1.5), max(0.5, sc.u * (0.0008 + 0.0042 * t))
        out.append(lens(r.uniform(x0, x1) * sc.w, hz + t * (sc.h - hz), long, thick, r))
    sc.poly(out, ink, kind="water", depth=0.72, alpha=alpha)


def lens(x: float, y: float, long: float, thick: float, r: np.random.Generator) -> Points:
    """One horizontal brush mark, pointed at both ends, a little bowed."""
    bow = r.normal(0, thick * 0.6)
    upper, lower = (x - long * 0.1, y - thick + bow), (x + long * 0.12, y + thick + bow)
    return spline([(x - long / 2, y), upper, (x + long / 2, y), lower], True, 5)


def light_path(sc: Scene, x: float, hz: float, ink: Ink | None = None, spread: float = 1.0, n: int = 64) -> None:
    r, out = sc.rng, []
    for i in range(n):
        t = ((i + r.uniform(0, 1)) / n) ** 1.35
        half = sc.w * (0.018 + 0.085 * t) * spread
        long = half * r.uniform(0.35, 1.5) * (1.15 - 0.45 * t)
        at = x + r.normal(0, half * 0.5)
        thick = max(0.6, sc.u * (0.0014 + 0.0055 * t) * r.uniform(0.6, 1.2))
        out.append(lens(at, hz + sc.u * 0.004 + t * (sc.h - hz), long, thick, r))
    sc.poly(out, sc.pal.light if ink is None else ink, kind="light", depth=0.74, alpha=0.92)


def mirror(
    sc: Scene,
    y0: float,
    region: NDArray[np.uint8] | None = None,
    strength: float = 0.6,
    blur: float = 0.0,
    ripple: float = 1.0,
    deep: Ink | None = None,
    stretch: float = 1.0,
) -> None:
    """Reflect what stands above the line y0 into the plane below it, broken by ripples."""
    img, hz = sc.flat(), int(y0 * sc.h)
    yy, xx = plane(sc)
    d = np.maximum(yy - hz, 0)
    n = noise2(sc.h, sc.w, sc.rng, 22, 3, 0.55, 7.0)
    sway = n * (ripple * sc.u * (0.004 + 0.03 * d / sc.h))
    up = np.clip(hz - d / stretch + sway * 0.8, 0, hz - 1)
    src = cv2.remap(img, xx + sway, up, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    if blur:
        src = cv2.GaussianBlur(src, (0, 0), blur * sc.u * 0.3, sigmaY=blur * sc.u)
    m = (yy >= hz).astype(np.float32) if region is None else region.astype(np.float32) / 255 * (yy >= hz)
    m = m * strength * np.clip(1.12 - d / max(1, sc.h - hz) * 0.75, 0, 1)
    src = src * 0.9 + (sc.pal.lit("water", 1, 0.4) if deep is None else deep) * 0.1
    sc.add(m, src.astype(np.float32), kind="water", depth=0.71)


def reflect_group(sc: Scene, first: int, y: float, squash: float = 0.75, strength: float = 0.55) -> None:
    """Reflect the layers added since index `first` below their water line y (pixels)."""
    group, n = sc.new_group(), noise2(sc.h, sc.w, sc.rng, sc.u * 0.02, 2, 0.5, 5.0)
    yy, xx = plane(sc)
    sy = (y - (yy - y) / squash).astype(np.float32)
    sx = (xx + n * sc.u * 0.012 * np.clip((yy - y) / sc.u * 6, 0, 1.6)).astype(np.float32)
    near = np.clip(1 - (yy - y) / (sc.u * 0.42), 0, 1) > 0.02
    keep, sc.layers[first:] = sc.layers[first:], []
    of = next((layer.thing for layer in keep if layer.thing), None)
    with sc.drawing("reflection", of.x if of else 0.0, y, of.size if of else 0.0, of.number if of else 0):
        _reflect(sc, keep, (sx, sy, near), y, group, strength)
    sc.layers.extend(keep)


def _reflect(
    sc: Scene,
    keep: Sequence[Layer],
    maps: tuple[Field, Field, NDArray[np.bool_]],
    y: float,
    group: int,
    strength: float,
) -> None:
    sx, sy, near = maps
    for layer in keep:
        full = np.zeros((sc.h, sc.w), np.uint8)
        layer.part(full)[:] = layer.mask
        m = cv2.remap(full, sx, sy, cv2.INTER_LINEAR)
        m[: int(y)] = 0
        flat = layer.ink.ndim == 1
        ink = mix(layer.ink, sc.pal.lit("water", 0.9, 0.5), 0.45) if flat else sc.pal.lit("dark")
        sc.add((m * near).astype(np.uint8), ink, kind="water", depth=0.75, group=group, alpha=strength)


def shadow(sc: Scene, x: float, y: float, w: float, alpha: float = 0.5, long: float = 1.0) -> None:
    """A contact shadow that leans away from the light."""
    shape = ellipse(x - sc.side * w * 0.35 * long, y, w * (0.55 + 0.25 * long), w * 0.085)
    sc.poly(shape, sc.pal.lit("dark", 0.9), kind="ground", depth=0.9, alpha=alpha)


def mist(sc: Scene, y: float, thick: float, alpha: float = 0.5, depth: float = 0.4) -> None:
    yy = np.arange(sc.h, dtype=np.float32)[:, None] / sc.h
    n = noise2(sc.h, sc.w, sc.rng, sc.u * 0.25, 3, 0.5, 4.0)
    m = np.exp(-(((yy - y + n * thick * 0.5) / thick) ** 2))
    sc.add(np.clip(m, 0, 1), sc.pal.sky[-1], kind="cloud", depth=depth, alpha=alpha)


def weather(sc: Scene) -> None:
    b, r = sc.brief, sc.rng
    if b.weather & {"rain", "storm"}:
        _rain(sc)
    winter = b.season == "winter" and "aurora" not in b.weather and b.setting in WHITE_SEASON
    if "snow" in b.weather or winter:
        flakes = []
        for _ in range(170):
            x, y = r.uniform(0, sc.w), r.uniform(0, sc.h)
            flakes.append(ellipse(x, y, max(0.5, sc.u * r.uniform(0.0015, 0.0048)), n=10))
        sc.poly(flakes, sc.pal.lit("snow", 1, -0.6), kind="weather", depth=1, alpha=0.9)
    if "fog" in b.weather:
        mist(sc, sc.horizon + 0.06, 0.1, 0.45)


def _rain(sc: Scene) -> None:
    r, drops = sc.rng, []
    slant = r.uniform(0.12, 0.22) * -sc.side
    wide = max(0.35, sc.u * 0.0008) * 2
    for _ in range(230):
        x, y, long = r.uniform(-0.1, 1.1) * sc.w, r.uniform(-0.1, 1) * sc.h, sc.u * r.uniform(0.02, 0.06)
        foot = x + slant * long
        drops.append(np.array([(x, y), (x + wide, y), (foot + wide, y + long), (foot, y + long)]))
    sc.poly(drops, mix(sc.pal.sky[-1], sc.pal.light, 0.6), kind="weather", depth=1, alpha=0.42)


def put(
    sc: Scene,
    name: str,
    x: float,
    y: float,
    size: float,
    depth: float = 1.0,
    flip: bool | None = None,
    colour: str | None = None,
    ground: bool = True,
    water_line: bool = False,
) -> tuple[float, float, float]:
    """Place a thing by fractions: x, y of its base, size of the short side. Draws shadow or reflection with it."""
    flip = bool(sc.rng.random() < 0.5) if flip is None else flip
    px, py, s = x * sc.w, y * sc.h, size * sc.u
    if ground and not water_line:
        shadow(sc, px, py, s * subjects.WIDE[name] * 0.55, long=0.4 if sc.brief.time in ("day", "noon") else 0.8)
    first = len(sc.layers)
    subjects.draw(sc, name, px, py, s, depth, flip, colour)
    if water_line:
        reflect_group(sc, first, py)
    return px, py, s


def trees(
    sc: Scene,
    kind: str | Sequence[str],
    n: int,
    y: float | Callable[[float], float],
    size: float,
    depth: float,
    x0: float = 0.0,
    x1: float = 1.0,
    jitter: float = 0.01,
    colour: str | None = None,
) -> None:
    r = sc.rng
    for x in np.sort(r.uniform(x0, x1, n)):
        name = kind if isinstance(kind, str) else kind[int(r.integers(len(kind)))]
        foot = ((y(x) if callable(y) else y) + r.normal(0, jitter)) * sc.h
        tall = size * sc.u * r.uniform(0.75, 1.25)
        subjects.draw(sc, name, x * sc.w, foot, tall, depth, bool(r.random() < 0.5), colour)
