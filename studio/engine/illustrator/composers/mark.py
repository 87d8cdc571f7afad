"""A thing as a mark in two or three inks, for emblems: its outline, its middle tones, its lights."""

from dataclasses import replace

import cv2
import numpy as np

from studio.engine.illustrator import subjects
from studio.engine.illustrator.arrays import Floats, Ink, Mask
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import lab_of, palette
from studio.engine.illustrator.reading.brief import Brief, Subject

SHEET = 900
DARK, LIGHT = 0.46, 0.80  # of lightness
RIM = 0.012


def stencil(sub: Subject) -> tuple[Mask, Mask, Mask]:
    """The whole, the middle tones and the lights of a thing, drawn by plain day, cut to its box."""
    rng = np.random.default_rng(3)
    brief = Brief(prompt="")
    day = replace(palette(brief, rng), tint=0.0, exposure=1.0)
    sheet = Scene(SHEET, SHEET, day, rng, brief)
    subjects.draw(
        sheet, sub.name, SHEET / 2, SHEET * 0.72, SHEET * 0.36, 1, False, sub.colour, pose=sub.pose, traits=sub.traits
    )
    whole = np.zeros((SHEET, SHEET), np.uint8)
    for layer in sheet.layers:
        if layer.kind != "cloud" and layer.alpha > 0.5:
            part = layer.part(whole)
            np.maximum(part, layer.mask, out=part)
    x, y, w, h = cv2.boundingRect(whole)
    lightness = lab_of(sheet.flat())[y : y + h, x : x + w, 0]
    whole = whole[y : y + h, x : x + w]
    smooth = np.asarray(cv2.GaussianBlur(lightness.astype(np.float32), (0, 0), 1.2), np.float32)
    dark, light = _steps(smooth[whole > 127])
    middle = np.where(smooth > dark, whole, 0).astype(np.uint8)
    bright = np.where(smooth > light, whole, 0).astype(np.uint8)
    return whole, middle, bright


def _steps(tones: Floats) -> tuple[float, float]:
    """Where dark ends and light begins, so that a dark thing keeps some drawing in it."""
    low, high = np.percentile(tones, (35, 90))
    return float(min(DARK, max(low, 0.27))), float(np.clip(high, 0.62, LIGHT))


def mark(
    sc: Scene,
    sub: Subject,
    x: float,
    y: float,
    room: tuple[float, float],
    inks: tuple[Ink, Ink, Ink],
    rim: Ink | None = None,
) -> None:
    """Set a thing in the middle of (x, y), as large as the room (pixels) allows: dark, middle, light ink."""
    parts = stencil(sub)
    h, w = parts[0].shape
    k = min(room[0] / w, room[1] / h)
    size = (max(1, round(w * k)), max(1, round(h * k)))
    left, top = round(x - size[0] / 2), round(y - size[1] / 2)
    group = sc.new_group()
    masks = [_at(sc, cv2.resize(part, size, interpolation=cv2.INTER_AREA), left, top) for part in parts]
    if rim is not None:
        reach = max(1, round(RIM * sc.u))
        disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
        sc.add(np.asarray(cv2.dilate(masks[0], disc), np.uint8), rim, depth=0.9, group=group)
    for part, ink in zip(masks, inks, strict=True):
        sc.add(part, ink, depth=1, group=group)


def _at(sc: Scene, part: "cv2.typing.MatLike", left: int, top: int) -> Mask:
    out = np.zeros((sc.h, sc.w), np.uint8)
    h, w = part.shape
    x0, y0, x1, y1 = max(0, left), max(0, top), min(sc.w, left + w), min(sc.h, top + h)
    if x1 > x0 and y1 > y0:
        out[y0:y1, x0:x1] = part[y0 - top : y1 - top, x0 - left : x1 - left]
    return out
