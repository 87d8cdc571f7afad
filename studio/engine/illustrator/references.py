"""Pictures out of pictures: the first reference gives the composition, the others the colours, the words the print.

The reference is cut into flat pieces as a printmaker would cut it, each piece a layer of the same stack that composers
fill, so that every medium can print it. With a mask the picture is the reference itself, but for the masked part.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

import cv2
import numpy as np
from PIL import Image, ImageOps

from studio.engine import Cancelled, Progress
from studio.engine.illustrator.arrays import Field, Floats, Mask
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import Palette, lab_of, palette, rgb_of
from studio.engine.illustrator.draw import SIZES, SPRITE, Picture, PictureSpec, draw
from studio.engine.illustrator.media import RENDER
from studio.engine.illustrator.monitor import Monitor
from studio.engine.illustrator.pieces import cut
from studio.engine.illustrator.reading.brief import Brief
from studio.engine.illustrator.reading.read import read
from studio.engine.illustrator.staging.cast import cast as stand
from studio.engine.illustrator.staging.cast import plan
from studio.engine.illustrator.staging.placed import union
from studio.engine.illustrator.staging.stage import Stage

LENT = 8  # inks that the other references lend
STRENGTH, MORE = 0.6, 0.12  # how far one reference moves the colours, and each further one
RELIGHT = 0.6  # how far a named time of day does
STEP, NUANCE = 0.14, 0.014  # how much nearer a try may stand; how far its inks drift, in oklab
FEATHER = 0.012  # of the short side: the seam inside the mask
ADDED = re.compile(r"\b(add|put|place|insert)\b|加|添|放", re.IGNORECASE)
STAGE = Stage(horizon=0.55, ground=lambda _x: 0.86, back=0.66, air=(0.12, 0.45))
FILLED = Stage(horizon=0.6, ground=lambda _x: 0.95, air=(0.1, 0.6), x=0.5)
FULL, FLOOR = 0.76, 0.93  # how much of the masked part its things fill, and where they stand in it
SMALLEST = 48  # pixels of a part that things are put into
WIDE = 0.22  # share of the picture up to which the masked part is first overgrown; a larger one keeps its ground
HARMONY = 0.3  # how far what is set into a picture takes on its colours


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceSpec:
    """`words` say what PictureSpec says; `base` is the picture to begin with, `style` those whose colours it takes,
    `mask` black where it may change."""

    words: PictureSpec
    base: Path
    style: Sequence[Path] = ()
    mask: Path | None = None


def redraw(
    spec: ReferenceSpec, *, progress: Progress = lambda _share: None, cancelled: Cancelled = lambda: False
) -> Picture:
    """The same spec gives the same pixels. Raises studio.engine.Stopped when `cancelled` turns true."""
    size, brief = SIZES[spec.words.ratio], read(spec.words.prompt)
    base = framed(spec.base, size)
    if spec.mask is None:
        return Picture(pixels=_printed(spec, brief, base, progress, cancelled), reading=brief)
    change = 255 - framed(spec.mask, size)[..., 0]
    if not (change > 127).any():
        return Picture(pixels=base, reading=brief)
    if brief.places or brief.time != "day":  # a place of its own
        part = _drawn_into(spec.words, change, base, progress, cancelled)
    elif brief.subjects and min(cv2.boundingRect((change > 127).astype(np.uint8))[2:]) >= SMALLEST:
        part = _stood_into(spec, brief, change, base, progress, cancelled)
    else:  # the words only say how it is made
        part = _printed(spec, brief, base, progress, cancelled)
    return Picture(pixels=_set_in(base, part, change), reading=brief)


def framed(path: Path, size: tuple[int, int]) -> Mask:
    """The picture cut around its middle to fill `size`, as (height, width, 3) RGB on white."""
    with Image.open(path) as file:
        picture: Image.Image = file
        if "A" in picture.getbands():
            white = Image.new("RGBA", picture.size, "white")
            picture = Image.alpha_composite(white, picture.convert("RGBA"))
        return np.asarray(ImageOps.fit(picture.convert("RGB"), size, Image.Resampling.LANCZOS))


def _printed(spec: ReferenceSpec, brief: Brief, base: Mask, progress: Progress, cancelled: Cancelled) -> Mask:
    """The base in the medium of the words, in the colours of the other references and of the light that they name.
    Its things stand in it already; what else the words name only when they say to add it."""
    step = SPRITE if brief.medium == "pixel" else 1
    h, w = base.shape[0] // step, base.shape[1] // step
    rng = np.random.default_rng([spec.words.seed, *brief.prompt.encode("utf-8", "replace")])
    pal = palette(brief, rng)
    near = base if spec.mask else _nearer(base, rng)
    image = cast("Field", cv2.resize(near, (w, h), interpolation=cv2.INTER_AREA).astype(np.float32) / 255)
    image = _coloured(image, brief, pal, [framed(path, (256, 256)) for path in spec.style])
    image = _nuanced(image, rng)
    border, side = spec.words.border and spec.mask is None, 1 if rng.integers(2) else -1
    monitor = Monitor(progress, cancelled)
    scene = Scene(w, h, pal, rng, brief, side=side, border=border, monitor=monitor)
    scene.title = brief.title
    cut(scene, image)
    if spec.mask is None and ADDED.search(brief.prompt):
        stand(scene, STAGE)
    out = np.clip(RENDER[brief.medium](scene), 0, 1) * 255 + 0.5
    pixels = cast("Mask", np.repeat(np.repeat(out.astype(np.uint8), step, 0), step, 1))
    monitor.done()
    return pixels


def _stood_into(
    spec: ReferenceSpec, brief: Brief, change: Mask, base: Mask, progress: Progress, cancelled: Cancelled
) -> Mask:
    """The things of the words before what surrounds the masked part, which has grown over what was there."""
    x, y, w, h = cv2.boundingRect((change > 127).astype(np.uint8))
    here = slice(y, y + h), slice(x, x + w)
    ground = (_overgrown(base, change) if (change > 127).mean() < WIDE else base)[here]
    rng = np.random.default_rng([spec.words.seed, *brief.prompt.encode("utf-8", "replace")])
    plain = replace(brief, medium="gouache") if brief.medium == "pixel" else brief
    scene = Scene(w, h, palette(plain, rng), rng, plain, border=False, monitor=Monitor(progress, cancelled))
    scene.pal.haze = 0.0
    cut(scene, cast("Field", (ground / np.float32(255)).astype(np.float32)))
    _fill(scene)
    out = np.clip(RENDER[plain.medium](scene), 0, 1) * 255 + 0.5
    scene.monitor.done()
    part = base.copy()
    part[here] = out.astype(np.uint8)
    return part


def _fill(scene: Scene) -> None:
    """As large as the sheet lets them be; what flies hangs in its middle, the rest stands at its foot."""
    places = plan(scene, FILLED)
    if not places:
        return
    whole = union([placed.box(scene) for placed in places])
    grown = min(FULL / max(whole.wide, 1e-3), FULL / max(whole.tall, 1e-3))
    flies = all(placed.where == "air" for placed in places)
    foot = 0.5 + whole.tall * grown / 2 if flies else FLOOR
    for placed in sorted(places, key=lambda it: it.order):
        placed.x, placed.y = 0.5 + (placed.x - whole.x) * grown, foot + (placed.y - whole.y1) * grown
        placed.size *= grown
        placed.draw(scene)


def _overgrown(base: Mask, change: Mask) -> Mask:
    """The surroundings drawn over the masked part, coarse to fine: each level fills what the one below could not see."""
    known = (change <= 127).astype(np.float32)
    if not known.any():
        return base
    levels = [(base.astype(np.float32) * known[..., None], known)]
    while min(levels[-1][1].shape) > 2 and (levels[-1][1] < 1e-3).any():
        size = tuple(max(1, (side + 1) // 2) for side in levels[-1][1].shape[::-1])
        levels.append((_halved(levels[-1][0], size), _halved(levels[-1][1], size)))
    fill: Floats = levels[-1][0] / np.maximum(levels[-1][1], 1e-3)[..., None]
    for colour, seen in reversed(levels[:-1]):
        wide = cast("Floats", cv2.resize(fill, seen.shape[::-1], interpolation=cv2.INTER_CUBIC))
        own = colour / np.maximum(seen, 1e-3)[..., None]
        fill = np.where(seen[..., None] > 0.05, own, cv2.GaussianBlur(wide, (0, 0), 1.2))
    return cast("Mask", np.clip(fill + 0.5, 0, 255).astype(np.uint8))


def _halved(field: Floats, size: tuple[int, ...]) -> Floats:
    return cast("Floats", cv2.resize(field, size, interpolation=cv2.INTER_AREA))


def _nearer(base: Mask, rng: np.random.Generator) -> Mask:
    """Another try stands a step nearer, or to the side."""
    h, w = base.shape[:2]
    share = 1 - rng.uniform(0, STEP)
    high, wide = round(h * share), round(w * share)
    y, x = (int(rng.integers(room + 1)) for room in (h - high, w - wide))
    return base[y : y + high, x : x + wide]


def _nuanced(image: Field, rng: np.random.Generator) -> Field:
    """Another try mixes its inks anew: deeper or paler, warmer or cooler."""
    lab = lab_of(image)
    lab[..., 0] = np.clip(lab[..., 0], 0, 1) ** rng.uniform(0.86, 1.16)
    lab[..., 1:] = lab[..., 1:] * rng.uniform(0.85, 1.2) + rng.normal(0, NUANCE, 2)
    return rgb_of(lab)


def _coloured(image: Field, brief: Brief, pal: Palette, style: Sequence[Mask]) -> Field:
    lab = lab_of(image)
    if style:
        lent = np.concatenate([each.reshape(-1, 3) for each in style]).astype(np.float32) / 255
        lab = _moved(lab, lab_of(lent[:, None])[:, 0], min(0.95, STRENGTH + MORE * (len(style) - 1)))
    if pal.named:
        lab = _toned(lab, pal)
    if brief.time != "day":
        lab = _relit(lab, pal)
    return rgb_of(lab)


def _moved(lab: Floats, other: Floats, strength: float) -> Floats:
    """With the mean and the spread of another picture's colours, in part; lightness keeps more of its own."""
    flat = lab.reshape(-1, 3)
    mean, spread = flat.mean(0), flat.std(0) + 1e-4
    wanted, room = other.mean(0), np.clip((other.std(0) + 1e-4) / spread, 0.5, 2.2)
    share = np.array([strength * 0.55, strength, strength])
    goal = (lab - mean) * room + wanted
    return cast("Floats", (lab * (1 - share) + goal * share).astype(np.float32))


def _toned(lab: Floats, pal: Palette) -> Floats:
    """On a ramp from the dark through the named colours to the paper, by lightness."""
    named = sorted((lab_of(ink) for ink in pal.named), key=lambda ink: float(ink[0]))
    stops = np.array([lab_of(pal.key), *named, lab_of(pal.paper)])
    at = np.linspace(0, 1, len(stops))
    low, high = np.quantile(lab[..., 0], (0.02, 0.98))
    tone = np.clip((lab[..., 0] - low) / (high - low + 1e-4), 0, 1)
    ramp = np.stack([np.interp(tone, at, stops[:, k]) for k in range(3)], 2)
    share = np.array([0.35, 0.8, 0.8])
    return cast("Floats", (lab * (1 - share) + ramp * share).astype(np.float32))


def _relit(lab: Floats, pal: Palette) -> Floats:
    """As `Palette.lit` treats an ink: darker by its exposure, tinted by its ambient light, glowing where it is light."""
    ambient, light = lab_of(pal.ambient), lab_of(pal.light)
    scale = np.array([pal.exposure, 0.75 + 0.25 * pal.exposure, 0.75 + 0.25 * pal.exposure])
    lit = lab * scale
    shadow = np.concatenate(
        [lit[..., :1] * 0.55 + ambient[0] * 0.45, np.broadcast_to(ambient[1:], lab[..., 1:].shape)], 2
    )
    lit = lit * (1 - pal.tint * 0.75) + shadow * pal.tint * 0.75
    glow = np.clip((lab[..., :1] - 0.72) / 0.28, 0, 1) * 0.45
    lit = lit * (1 - glow) + light * glow
    return cast("Floats", (lab * (1 - RELIGHT) + lit * RELIGHT).astype(np.float32))


def _drawn_into(words: PictureSpec, change: Mask, base: Mask, progress: Progress, cancelled: Cancelled) -> Mask:
    """What the words say, drawn as large as the masked part, in colours that go with the picture around it."""
    x, y, w, h = cv2.boundingRect((change > 0).astype(np.uint8))
    ratio = min(SIZES, key=lambda name: abs(np.log(SIZES[name][0] / SIZES[name][1]) - np.log(w / h)))
    spec = PictureSpec(prompt=words.prompt, ratio=ratio, seed=words.seed, border=False)
    drawn = Image.fromarray(draw(spec, progress=progress, cancelled=cancelled).pixels)
    fitted = np.asarray(ImageOps.fit(drawn, (w, h), Image.Resampling.LANCZOS))
    around = lab_of(cv2.resize(base, (128, 128), interpolation=cv2.INTER_AREA).astype(np.float32) / 255).reshape(-1, 3)
    lab = _moved(lab_of(fitted.astype(np.float32) / 255), around, HARMONY)
    part = base.copy()
    part[y : y + h, x : x + w] = (np.clip(rgb_of(lab), 0, 1) * 255 + 0.5).astype(np.uint8)
    return part


def _set_in(base: Mask, part: Mask, change: Mask) -> Mask:
    """The part inside the mask, with a soft seam that lies wholly inside; outside the base, to the bit."""
    inside = (change > 127).astype(np.uint8)
    edged = cv2.copyMakeBorder(inside, 1, 1, 1, 1, cv2.BORDER_REPLICATE)
    depth = cv2.distanceTransform(edged, cv2.DIST_L2, 3)[1:-1, 1:-1]
    amount = np.clip(depth / max(1.0, FEATHER * min(base.shape[:2])), 0, 1)[..., None]
    out = base + (part.astype(np.float32) - base) * amount
    return np.where(inside[..., None] > 0, (out + 0.5).astype(np.uint8), base)
