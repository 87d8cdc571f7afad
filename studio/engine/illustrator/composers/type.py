"""Lines of type for posters and emblems: blocks set to one width, and words on a curve."""

import numpy as np
from PIL import Image, ImageDraw

from studio.engine.illustrator.arrays import Ink, Mask
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.lettering import face, fit_lines, settable, text_mask

LEADING = 0.8


def block(sc: Scene, words: str, box: tuple[float, float, float, float], inks: list[Ink], low: bool = True) -> float:
    """Set words in `box` (shares: left, top, width, height), every line as wide as it; returns the top that was used."""
    x, y, wide, tall = box
    lines = fit_lines(words.upper(), sc.w * wide, sc.h * tall)
    high = sum(size for _, size in lines) * LEADING
    top = at = (y + tall) * sc.h - high if low else y * sc.h
    for k, (line, size) in enumerate(lines):
        sc.add(text_mask(sc, line, x * sc.w, at, size), inks[k % len(inks)], kind="text", depth=1)
        at += size * LEADING
    return top / sc.h


def centred(sc: Scene, words: str, y: float, size: float, ink: Ink, weight: int = 800, track: float = 0.08) -> None:
    """One centred line whose capitals start at y (a share); `size` pixels, less when it is too long."""
    letters = settable(words)
    if not letters.strip():
        return
    font = face(max(1, int(size)), weight)
    wide = sum(font.getlength(c) + track * size for c in letters)
    size *= min(1.0, sc.w * 0.84 / max(1.0, wide))
    sc.add(text_mask(sc, letters, 0, y * sc.h, size, weight, track, centre=True), ink, kind="text", depth=1)


def on_arc(
    sc: Scene, words: str, middle: tuple[float, float], radius: float, size: float, ink: Ink, *, below: bool = False
) -> None:
    """Words round a circle (pixels), along its top, or along its bottom so that they can still be read."""
    letters = settable(words)
    if not letters.strip():
        return
    font, track = face(max(1, int(size)), 800), 0.1 * size
    widths = [font.getlength(c) + track for c in letters]
    most = 2.5 * radius
    if sum(widths) > most:
        size *= most / sum(widths)
        font, track = face(max(1, int(size)), 800), 0.1 * size
        widths = [font.getlength(c) + track for c in letters]
    turn = -sum(widths) / radius / 2
    sheet: Mask = np.zeros((sc.h, sc.w), np.uint8)
    for letter, wide in zip(letters, widths, strict=True):
        angle = turn + wide / radius / 2
        turn += wide / radius
        way = 1 if below else -1
        x, y = middle[0] + radius * np.sin(angle), middle[1] + way * radius * np.cos(angle)
        _stamp(sheet, letter, size, (float(x), float(y)), -np.degrees(angle) if not below else np.degrees(angle))
    sc.add(sheet, ink, kind="text", depth=1)


def _stamp(sheet: Mask, letter: str, size: float, at: tuple[float, float], degrees: float) -> None:
    """One turned letter, its middle at a point."""
    side = int(size * 2.2) + 2
    image = Image.new("L", (side, side))
    font = face(max(1, int(size)), 800)
    cap = -font.getbbox("H", anchor="ls")[1]
    ImageDraw.Draw(image).text((side / 2, side / 2 + cap / 2), letter, 255, font, anchor="ms")
    turned = np.asarray(image.rotate(degrees, Image.Resampling.BICUBIC))
    x, y = round(at[0] - side / 2), round(at[1] - side / 2)
    x0, y0, x1, y1 = max(0, x), max(0, y), min(sheet.shape[1], x + side), min(sheet.shape[0], y + side)
    if x1 > x0 and y1 > y0:
        part = sheet[y0:y1, x0:x1]
        np.maximum(part, turned[y0 - y : y1 - y, x0 - x : x1 - x], out=part)


def fitted(sc: Scene, words: str, middle: tuple[float, float], wide: float, tall: float, ink: Ink) -> None:
    """One line in the middle of a point (pixels), as large as width and height allow."""
    letters = settable(words)
    if not letters.strip():
        return
    size, track = tall / 0.72, 0.05
    font = face(max(1, int(size)), 850)
    long = sum(font.getlength(c) + track * size for c in letters)
    size *= min(1.0, wide / max(1.0, long))
    font = face(max(1, int(size)), 850)
    long = sum(font.getlength(c) + track * size for c in letters)
    cap = -font.getbbox("H", anchor="ls")[1]
    mask = text_mask(sc, letters, middle[0] - long / 2, middle[1] - cap / 2, size, 850, track)
    sc.add(mask, ink, kind="text", depth=1)


def letter_mask(sc: Scene, letter: str, x: float, y: float, size: float) -> Mask:
    """One big letter, its middle at a point."""
    letters = settable(letter).strip() or "S"
    font = face(max(1, int(size)), 900)
    cap = -font.getbbox("H", anchor="ls")[1]
    return text_mask(sc, letters, x - font.getlength(letters) / 2, y - cap / 2, size, 900, 0.0)
