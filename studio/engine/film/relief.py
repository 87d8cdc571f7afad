"""A still picture as a relief: a guess of its depth that keeps its edges, then one remap for each frame. Nothing is cut
out, so nothing is left to fill."""

from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from studio.engine.film.arrays import Array
from studio.engine.film.camera import Pose
from studio.engine.film.motion import Clock
from studio.engine.film.particles import Ink

ROOM = 1.16  # how much of the picture lies outside of the frame, for the camera
WIDEST = 1.045  # the widest view uses nearly all of that
SMALL = 256


class Relief:
    """`joined`: the picture is the last frame of an earlier part, so the first frame here is that to the pixel, and the
    camera finds its room by coming nearer."""

    def __init__(self, pixels: Array, width: int, height: int, *, joined: bool = False) -> None:
        self.width, self.height, self.joined = width, height, joined
        room = 1.0 if joined else ROOM
        self.image = filling(pixels, round(width * room), round(height * room))
        high, wide = self.image.shape[:2]
        depth = cv2.resize(guess_depth(self.image), (width, height), interpolation=cv2.INTER_AREA)
        self.depth = depth.astype(np.float32)
        x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
        self.middle = ((wide - 1) / 2, (high - 1) / 2)
        self.x, self.y = x - (width - 1) / 2, y - (height - 1) / 2
        self.room = ((wide - width) / 2 * 0.9, (high - height) / 2 * 0.9)
        light = [int(value) for value in np.percentile(self.image.reshape(-1, 3), 96, axis=0)]
        self.light: Ink = (light[0], light[1], light[2])

    def frame(self, clock: Clock, pose: Pose) -> Array:
        px, py, zoom, orbit = pose
        k = 0.3 + 0.7 * self.depth
        near = 0.5 + 0.45 * self.depth
        s = (1.0 if self.joined else WIDEST) / (1 + (zoom - 1) * near)
        room = self.room
        if self.joined:  # what the zoom has left outside
            room = ((zoom - 1) * 0.4 * self.width / 2, (zoom - 1) * 0.4 * self.height / 2)
        side = px * (0.5 * k + 0.1) + orbit * (self.depth - 0.4) * 0.9
        bend = self._bend(clock)
        mx = self.middle[0] + self.x * s + side * room[0] + bend
        my = self.middle[1] + self.y * s + py * room[1] * (0.5 * k + 0.1)
        source = mx.astype(np.float32), my.astype(np.float32)
        return cv2.remap(self.image, *source, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)

    def _bend(self, clock: Clock) -> Array | float:
        """Near things sway a little where wind or waves were asked for."""
        if not clock.wave:
            return 0.0
        unit = min(self.width, self.height)
        along = np.sin(self.x / unit * 5 + clock.t * 1.9) * np.cos(self.y / unit * 4 + clock.t * 1.1)
        return np.asarray(unit * 0.006 * clock.wave * self.depth * along)


def picture_of(path: Path) -> Array:
    """Any picture, on white, blue first."""
    with Image.open(path) as file:
        image: Image.Image = file
        if "A" in image.getbands():
            white = Image.new("RGBA", image.size, "white")
            image = Image.alpha_composite(white, image.convert("RGBA"))
        return np.ascontiguousarray(np.asarray(image.convert("RGB"))[..., ::-1])


def filling(pixels: Array, width: int, height: int) -> Array:
    """Cut around its middle to fill the size."""
    h, w = pixels.shape[:2]
    k = max(width / w, height / h)
    size = max(width, round(w * k)), max(height, round(h * k))
    if size != (w, h):
        pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_CUBIC if k > 1 else cv2.INTER_AREA)
    y, x = (size[1] - height) // 2, (size[0] - width) // 2
    return np.ascontiguousarray(pixels[y : y + height, x : x + width])


def guess_depth(pixels: Array) -> Array:
    """0 far to 1 near: low in the picture is near, and what differs from the picture's rim stands forward."""
    h, w = pixels.shape[:2]
    small = cv2.resize(pixels, (SMALL, max(1, int(SMALL * h / w))), interpolation=cv2.INTER_AREA)
    lab: Array = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_BGR2LAB)
    high, wide = lab.shape[:2]
    y, x = np.mgrid[0:high, 0:wide].astype(np.float32)
    y, x = y / high, x / wide
    sides = np.concatenate([lab[:, : wide // 8], lab[:, -wide // 8 :]], 1)
    rim = np.repeat(np.median(sides, 1)[:, None], wide, 1)
    off = np.linalg.norm(lab - cv2.GaussianBlur(rim, (0, 0), 6), axis=2)
    middle = np.exp(-(((x - 0.5) / 0.42) ** 2) - ((y - 0.55) / 0.45) ** 2)
    stands = np.clip(off / (np.percentile(off, 97) + 1e-3) * middle, 0, 1)
    light = lab[..., 0]
    texture = cv2.GaussianBlur(np.abs(light - cv2.GaussianBlur(light, (0, 0), 2)), (0, 0), 6)
    texture = texture / (texture.max() + 1e-3)
    ground = np.clip((y - 0.3) / 0.7, 0, 1) ** 1.2
    depth = np.clip(0.62 * ground + 0.34 * stands + 0.12 * texture * (y > 0.25), 0, 1).astype(np.float32)
    depth = _guided(light / 100, depth, 10, 2e-3)
    depth = cv2.GaussianBlur(cv2.dilate(depth, np.ones((3, 3))), (0, 0), 2.2)  # near things keep their rim
    depth = cv2.resize(depth, (w, h), interpolation=cv2.INTER_CUBIC)
    low = depth.min()
    return np.asarray(np.clip((depth - low) / (depth.max() - low + 1e-3), 0, 1), np.float32)


def _guided(guide: Array, values: Array, radius: int, least: float) -> Array:
    """Smooth `values`, and keep the edges of `guide` in them."""

    def mean(field: Array) -> Array:
        return cv2.blur(field, (2 * radius + 1, 2 * radius + 1), borderType=cv2.BORDER_REFLECT)

    m, n = mean(guide), mean(values)
    slope = (mean(guide * values) - m * n) / (mean(guide * guide) - m * m + least)
    return mean(slope) * guide + mean(n - slope * m)
