"""Renderers that want more than they may have: of the disk, of memory, of the machine."""

import errno
import os
import resource
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from studio.providers.contract import Output, Params, Report

CHUNK = 64 * 1024**2


def saves_nowhere(params: Params, *, folder: Path, report: Report) -> Sequence[Output]:
    """Has written something already when the disk, a real one that is always full, takes no more."""
    (folder / "0.png").write_bytes(b"half a picture")
    report(0.5, "saving")
    Image.effect_noise((400, 400), 90).save("/dev/full", "PNG")
    return []


def is_over_quota(params: Params, *, folder: Path, report: Report) -> Sequence[Output]:
    raise OSError(errno.EDQUOT, "Disk quota exceeded")


def wraps_its_errors(params: Params, *, folder: Path, report: Report) -> Sequence[Output]:
    try:
        return saves_nowhere(params, folder=folder, report=report)
    except OSError as error:
        raise RuntimeError("could not save") from error


def may_not_write(params: Params, *, folder: Path, report: Report) -> Sequence[Output]:
    raise PermissionError(errno.EACCES, "No space left on device, it seems")


def hoards(params: Params, *, folder: Path, report: Report) -> Sequence[Output]:
    """Takes memory piece by piece, as much as it was told to."""
    pieces = [bytearray(CHUNK) for _ in range(params["pieces"])]
    return [Output(address="", facts={"pieces": len(pieces)})]


def asks_numpy(params: Params, *, folder: Path, report: Report) -> Sequence[Output]:
    return [Output(address="", facts={"mean": float(np.ones((64, CHUNK)).mean())})]


def asks_opencv(params: Params, *, folder: Path, report: Report) -> Sequence[Output]:
    cv2.resize(np.zeros((8, 8, 3), np.uint8), (60_000, 60_000))
    return []


def asks_pillow(params: Params, *, folder: Path, report: Report) -> Sequence[Output]:
    Image.new("RGBA", (60_000, 60_000))
    return []


def tells_its_limits(params: Params, *, folder: Path, report: Report) -> Sequence[Output]:
    facts = {"nice": os.nice(0), "memory": resource.getrlimit(resource.RLIMIT_DATA)[0]}
    return [Output(address="", facts=facts)]
