"""Single frames out of a film's file."""

from pathlib import Path
from typing import BinaryIO

import av
import numpy as np

from studio.engine.film.arrays import Array


def last_frame(film: Path | BinaryIO) -> Array:
    """The last one, blue first. Raises ValueError for a file without pictures."""
    with av.open(film if not isinstance(film, Path) else str(film), "r", format="mp4") as box:
        stream = box.streams.video[0] if box.streams.video else None
        if stream is not None and stream.duration:
            box.seek(max(0, stream.duration - 1), stream=stream)  # to the last key frame
        found = None
        for frame in box.decode(video=0) if stream is not None else ():
            found = frame
        if found is None:
            raise ValueError("a film without pictures")
        return np.ascontiguousarray(found.to_ndarray(format="bgr24"))
