"""The arrays that the illustrator's modules hand to each other."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Field = NDArray[np.float32]  # (h, w) or (h, w, 3), 0..1
Mask = NDArray[np.uint8]  # (h, w), 0..255
Ink = Floats  # (3,) rgb, 0..1, or an (h, w, 3) field of it
Points = Floats  # (n, 2) corners, or (n, 3) knots with a radius
Dots = Points | Sequence[Sequence[float]] | Sequence[tuple[float, ...]]
Shape = Dots | list[Points]  # one polygon, or several whose union is meant
Box = tuple[int, int, int, int]  # x, y, width, height in pixels
Stamp = tuple[Mask, Box]
