"""Pictures out of pictures: the first reference gives the composition, the others the colours, the words the print.

The reference is cut into flat pieces as a printmaker would cut it, each piece a layer of the same stack that composers
fill, so that every medium can print it. With a mask the picture is the reference itself, but for the masked part.
"""

from collections.abc import Sequence
from dataclasses import dataclass
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

LENT = 8  # inks that the other references lend
STRENGTH, MORE = 0.6, 0.12  # how far one reference moves the colours, and each further one
RELIGHT = 0.75  # how far a named time of day does
FEATHER = 0.012  # of the short side: the seam inside the mask
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
    if not change.any():
        return Picture(pixels=base, reading=brief)
    if brief.subjects or brief.setting != "abstract":
        part = _drawn_into(spec.words, change, base, progress, cancelled)
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
    """The base in the medium of the words, in the colours of the other references and of the light that they name."""
    monitor = Monitor(progress, cancelled)
    step = SPRITE if brief.medium == "pixel" else 1
    h, w = base.shape[0] // step, base.shape[1] // step
    rng = np.random.default_rng([spec.words.seed, *brief.prompt.encode("utf-8", "replace")])
    pal = palette(brief, rng)
    image = cast("Field", cv2.resize(base, (w, h), interpolation=cv2.INTER_AREA).astype(np.float32) / 255)
    image = _coloured(image, brief, pal, [framed(path, (256, 256)) for path in spec.style])
    side = 1 if rng.integers(2) else -1
    scene = Scene(w, h, pal, rng, brief, side=side, border=spec.words.border and spec.mask is None, monitor=monitor)
    scene.title = brief.title
    cut(scene, image)
    out = np.clip(RENDER[brief.medium](scene), 0, 1) * 255 + 0.5
    pixels = cast("Mask", np.repeat(np.repeat(out.astype(np.uint8), step, 0), step, 1))
    monitor.done()
    return pixels


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
