"""Laying one picture over another, in whole numbers: most of a film's time goes here."""

from collections.abc import Sequence

import cv2

from studio.engine.film.arrays import Array


def over(frame: Array, image: Array, alpha: float = 1.0) -> None:
    """Premultiplied BGRA over a view of the frame, in place."""
    if alpha < 1:
        image = cv2.convertScaleAbs(image, alpha=max(0.0, alpha))
    blue, green, red, cover = cv2.split(image)
    cv2.multiply(frame, cv2.merge([cv2.bitwise_not(cover)] * 3), frame, 1 / 255)
    cv2.add(frame, cv2.merge([blue, green, red]), frame)


def veil(frame: Array, mask: Array, ink: Sequence[int]) -> None:
    """One ink through a mask, in place."""
    cv2.multiply(frame, cv2.merge([cv2.bitwise_not(mask)] * 3), frame, 1 / 255)
    cv2.add(frame, cv2.merge([cv2.convertScaleAbs(mask, alpha=value / 255) for value in ink]), frame)


def dimmed(image: Array, mask: Array) -> Array:
    """Every channel times a mask of the same size."""
    return cv2.multiply(image, cv2.merge([mask] * image.shape[2]), scale=1 / 255)
