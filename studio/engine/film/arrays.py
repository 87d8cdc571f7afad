"""What the film's modules hand to each other."""

from typing import Any

from numpy.typing import NDArray

Array = NDArray[Any]  # pixels of any depth, or numbers of a row or a frame
Pair = tuple[float, float]
