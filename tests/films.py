"""Small real films for tests."""

import io
from functools import lru_cache

import av
import numpy as np

FPS = 12


@lru_cache(maxsize=32)
def mp4(width: int = 64, height: int = 36, seconds: float = 1.0, tone: int = 0) -> bytes:
    """A bar that walks over a sheet of one tone."""
    stream = io.BytesIO()
    with av.open(stream, "w", format="mp4") as box:
        video = box.add_stream("libx264", rate=FPS)
        video.width, video.height, video.pix_fmt = width, height, "yuv420p"
        count = max(1, round(seconds * FPS))
        for number in range(count):
            image = np.full((height, width, 3), (60 + tone % 120, 110, 150), np.uint8)
            left = (width - 8) * number // count
            image[:, left : left + 8] = 235
            box.mux(video.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
        box.mux(video.encode())
    return stream.getvalue()
