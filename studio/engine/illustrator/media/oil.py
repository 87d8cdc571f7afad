"""Oil: three passes of strokes, large to small, along the forms; relief from bristle streaks and stroke edges."""

from dataclasses import dataclass

import cv2
import numpy as np

from studio.engine.illustrator.arrays import Floats
from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import lab_of, rgb, rgb_of
from studio.engine.illustrator.media.paper import blur, luma, noise, smear, tiles, warp
from studio.engine.illustrator.media.registry import medium

BRUSHES = ((0.020, 1.5, 4.5), (0.010, 1.7, 4.0), (0.0052, 1.1, 3.6))  # width (of u), density, length (of the width)
PARTS = 6  # each brush's strokes are told in so many parts
GROUND = rgb((0.5, 0.08, 50))


@dataclass
class Easel:
    img: Floats  # what is to be painted
    canvas: Floats
    relief: Floats
    theta: Floats  # where a stroke runs
    busy: Floats  # how quickly the tone changes


@medium("oil")
def oil(sc: Scene) -> Floats:
    sc.monitor.printing(passes=len(BRUSHES) * PARTS + 6)
    easel = _easel(sc)
    sc.monitor.step()
    for width, density, length in BRUSHES:
        _brush(sc, easel, sc.u * width, density, length)
    bristle = smear(sc, sc.rng.standard_normal((sc.h, sc.w)).astype(np.float32), easel.theta, sc.u * 0.011, 11) * 1.5
    sc.monitor.step()
    relief = blur(sc, easel.relief, 1.0) * 0.55 + bristle * 0.5
    lit = cv2.Sobel(relief, cv2.CV_32F, 1, 0, scale=0.25) * -sc.side + cv2.Sobel(relief, cv2.CV_32F, 0, 1, scale=0.25)
    sc.monitor.step()
    lab = lab_of(easel.canvas)
    lab[..., 1:] *= 1.14
    lab[..., 0] += np.clip(lit * 0.11, -0.06, 0.07) + bristle * 0.012
    out = rgb_of(lab)
    sc.monitor.step()
    return out


def _easel(sc: Scene) -> Easel:
    u = sc.u
    img = warp(sc, sc.flat(), u * 0.003, u * 0.03)
    sc.monitor.step()
    angle = sc.maps()[1]
    sc.monitor.step()
    tone = blur(sc, luma(img), u * 0.006)
    gx, gy = cv2.Sobel(tone, cv2.CV_32F, 1, 0), cv2.Sobel(tone, cv2.CV_32F, 0, 1)
    busy = np.hypot(gx, gy)
    flow = angle + noise(sc, u * 0.25, 3) * 0.9
    theta: Floats = np.where(busy > 0.012, np.arctan2(gy, gx) + np.pi / 2, flow).astype(np.float32)
    theta = 0.5 * np.arctan2(blur(sc, np.sin(2 * theta), u * 0.006), blur(sc, np.cos(2 * theta), u * 0.006))
    canvas = blur(sc, img, u * 0.02) * 0.8 + 0.2 * GROUND
    return Easel(img, canvas, np.zeros((sc.h, sc.w), np.float32), theta, busy)


def _brush(sc: Scene, easel: Easel, width: float, density: float, length: float) -> None:
    r, u = sc.rng, sc.u
    colour, busy = blur(sc, easel.img, width * 0.35), blur(sc, easel.busy, width)
    n = int(sc.w * sc.h / (width * width * length) * density)
    points = np.stack([r.uniform(0, sc.w, n), r.uniform(0, sc.h, n)], 1)
    if width < u * 0.012:  # fine brushes mend where the picture is still wrong
        wrong = np.abs(easel.canvas - colour).sum(2)
        x, y = points.astype(int).T
        points = points[(wrong[y, x] > (0.05 if width > u * 0.008 else 0.075)) | (r.random(n) < 0.12)]
    for part in np.array_split(points, PARTS):
        for x, y in part:
            long = width * length * r.uniform(0.6, 1.2) / (1 + busy[int(y), int(x)] * 14)
            line = _stroke(sc, easel.theta, x, y, long)
            ink = colour[int(y), int(x)] + r.normal(0, 0.018) + r.normal(0, 0.008, 3)
            thick = max(1, int(width * r.uniform(0.7, 1.1)))
            height = float(r.random())
            for copy in _copies(sc, line):
                p = np.round(copy * 16).astype(np.int32)
                cv2.polylines(easel.canvas, [p], False, ink.tolist(), thick, cv2.LINE_AA, 4)
                cv2.polylines(easel.relief, [p], False, height, thick, cv2.LINE_AA, 4)
        sc.monitor.step()


def _stroke(sc: Scene, theta: Floats, x: float, y: float, long: float) -> Floats:
    """Three points along the flow, the second half bent to the flow where it arrives."""
    a0 = theta[int(y), int(x)]
    dx, dy = np.cos(a0) * long * 0.5, np.sin(a0) * long * 0.5
    a1 = theta[int(np.clip(y + dy, 0, sc.h - 1)), int(np.clip(x + dx, 0, sc.w - 1))]
    if np.cos(a1 - a0) < 0:
        a1 += np.pi
    return np.array([(x - dx, y - dy), (x, y), (x + np.cos(a1) * long * 0.5, y + np.sin(a1) * long * 0.5)])


def _copies(sc: Scene, line: Floats) -> list[Floats]:
    """The stroke, and where it leaves a tile, again on the other side."""
    if not tiles(sc):
        return [line]
    (x0, y0), (x1, y1) = line.min(0) - sc.u * 0.02, line.max(0) + sc.u * 0.02
    across = [0, *([sc.w] if x0 < 0 else []), *([-sc.w] if x1 > sc.w else [])]
    down = [0, *([sc.h] if y0 < 0 else []), *([-sc.h] if y1 > sc.h else [])]
    return [line + np.array([dx, dy]) for dx in across for dy in down]
