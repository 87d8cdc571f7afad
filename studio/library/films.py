"""A film's file by its content: an MP4 that browsers play, whole, with a picture to show for it."""

from dataclasses import dataclass
from typing import BinaryIO

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from av.video.stream import VideoStream
from PIL import Image

CODECS = {"h264", "hevc", "vp9", "av1"}
LARGEST = 4096  # pixels of a side
LONGEST = 15 * 60.0  # seconds
DARK = 14  # of 255: a film that fades in shows a later picture
SECOND = 1.0


class NoFilmError(Exception):
    """The message says what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmLook:
    width: int
    height: int
    seconds: float
    fps: float
    poster: Image.Image


def look(file: BinaryIO) -> FilmLook:
    """Measure the film, read all of its packets and decode its first picture. Raises NoFilmError."""
    file.seek(0)
    try:
        with av.open(file, "r", format="mp4") as box:
            return _looked(box)
    except (FFmpegError, ValueError, IndexError, OSError) as error:
        raise NoFilmError("the file is not a film that can be read") from error


def _looked(box: InputContainer) -> FilmLook:
    if not box.streams.video:
        raise NoFilmError("the file has no moving pictures")
    stream = box.streams.video[0]
    codec, width, height = stream.codec_context.name, stream.codec_context.width, stream.codec_context.height
    if codec not in CODECS or not (0 < width <= LARGEST and 0 < height <= LARGEST):
        raise NoFilmError("browsers cannot play this film")
    seconds = float(stream.duration * stream.time_base) if stream.duration and stream.time_base else 0.0
    if not 0 < seconds <= LONGEST:
        raise NoFilmError("the film has no length, or too much of it")
    packets = sum(1 for packet in box.demux(stream) if packet.size)
    if packets < max(1, stream.frames):
        raise NoFilmError("the film is cut short")
    fps = round(float(stream.average_rate), 3) if stream.average_rate else round(packets / seconds, 3)
    return FilmLook(width=width, height=height, seconds=round(seconds, 3), fps=fps, poster=_poster(box, stream))


def _poster(box: InputContainer, stream: VideoStream) -> Image.Image:
    box.seek(0, stream=stream)
    first: Image.Image | None = None
    for frame in box.decode(stream):
        if first is not None and (frame.time or 0) < SECOND:
            continue
        image = Image.fromarray(frame.to_ndarray(format="rgb24"))
        if first is not None or np.asarray(image).mean() > DARK:
            return image
        first = image
    if first is None:
        raise NoFilmError("the film has no picture")
    return first
