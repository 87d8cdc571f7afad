"""A watermark: a few words, bottom right, light with a soft dark rim so that it can be read on anything."""

import cv2
import numpy as np
from PIL import Image, ImageDraw

from studio.engine.film.arrays import Array
from studio.engine.film.blend import veil
from studio.engine.illustrator.lettering import face, settable

TALL, INDENT = 0.034, 0.032  # of the short side
LIGHT, DARK = (244, 246, 247), (24, 22, 20)
STRENGTH = 0.86


class Mark:
    """What none of the faces can set is left out."""

    def __init__(self, words: str, width: int, height: int) -> None:
        self.light: Array | None = None
        words, unit = settable(words.strip()), min(width, height)
        if not words:
            return
        image = Image.new("L", (width, height))
        draw, indent = ImageDraw.Draw(image), round(unit * INDENT)
        size = round(unit * TALL)
        while size > 8 and draw.textlength(words, font=face(size, 500)) > width - 2 * indent:
            size -= 1
        draw.text((width - indent, height - indent), words, fill=255, font=face(size, 500), anchor="rd")
        x0, y0, x1, y1 = image.getbbox() or (0, 0, 1, 1)
        grown = max(2, size // 5)
        self.box = max(0, x0 - grown), max(0, y0 - grown), min(width, x1 + grown), min(height, y1 + grown)
        letters = np.asarray(image.crop(self.box))
        self.light = cv2.convertScaleAbs(letters, alpha=STRENGTH)
        self.dark: Array = cv2.convertScaleAbs(cv2.GaussianBlur(letters, (0, 0), grown / 2), alpha=0.7)

    def put(self, frame: Array) -> None:
        if self.light is not None:
            x0, y0, x1, y1 = self.box
            part = np.ascontiguousarray(frame[y0:y1, x0:x1])
            veil(part, self.dark, DARK)
            veil(part, self.light, LIGHT)
            frame[y0:y1, x0:x1] = part
