"""Result pictures: real PNG files, one look for each task and variant."""

import hashlib
import io
from functools import lru_cache

from PIL import Image, ImageDraw

SIZES = {"1:1": (1024, 1024), "3:2": (1536, 1024), "2:3": (1024, 1536)}


@lru_cache(maxsize=64)
def picture(task: str, number: int, ratio: str) -> bytes:
    width, height = SIZES[ratio]
    seed = hashlib.sha256(f"{task}/{number}".encode()).digest()
    image = Image.new("RGB", (width, height), (seed[0], seed[1], seed[2]))
    draw = ImageDraw.Draw(image)
    for band in range(6):
        top = height * band // 6
        edge = width * (64 + seed[band + 3] // 2) // 256
        draw.rectangle((0, top, edge, top + height // 8), fill=(seed[band + 9], seed[band + 15], seed[band + 21]))
    draw.text((width // 20, height // 20), str(number + 1), fill="white", font_size=height / 8)
    stream = io.BytesIO()
    image.save(stream, "PNG", compress_level=1)
    return stream.getvalue()
