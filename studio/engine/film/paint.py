"""Plates painted once: gouache without its paper, whose grain belongs to the film and stays with the frame."""

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from studio.engine.film.arrays import Array
from studio.engine.film.plates import Plate
from studio.engine.illustrator.canvas import Layer, Scene
from studio.engine.illustrator.media.paper import fibre, smear
from studio.engine.illustrator.shapes import noise2

SOFT = ("light", "sky", "line", "cloud")  # kinds whose edges are not cut by hand
CARRIED = 26  # pixels that a plate's edge is carried on beneath the plates in front
SOLID = 250
EDGE = 2  # pixels of nothing round a plate, so that its rim stays soft when it is moved


def paint(scene: Scene, plates: Sequence[Plate], seed: int, step: Callable[[], None]) -> Array:
    """Paint them all, and answer the grain of the paper, about -1..1."""
    rng = np.random.default_rng(seed)
    cut = noise2(scene.h, scene.w, rng, scene.u * 0.03, 2), noise2(scene.h, scene.w, rng, scene.u * 0.03, 2)
    strokes: dict[float, Array] = {}
    for plate in plates:
        rgb, cover = np.zeros((scene.h, scene.w, 3), np.float32), np.zeros((scene.h, scene.w), np.float32)
        for layer in plate.layers:
            angle = round(layer.angle / 0.4) * 0.4
            if angle not in strokes:
                field = np.full((scene.h, scene.w), angle, np.float32)
                strokes[angle] = smear(scene, noise2(scene.h, scene.w, rng, 3, 1) * 1.6, field, scene.u * 0.022, 7)
            _lay(scene, layer, strokes[angle], cut, (rgb, cover))
        _keep(scene, plate, rgb, cover)
        plate.layers.clear()
        step()
    _underpaint(scene, plates)
    return fibre(Scene(scene.w, scene.h, scene.pal, rng, scene.brief))


def _lay(scene: Scene, layer: Layer, stroke: Array, cut: Sequence[Array], onto: tuple[Array, Array]) -> None:
    amount: Array = layer.mask.astype(np.float32) / 255
    dry = layer.part(stroke)
    if layer.kind not in SOFT and min(layer.box[2:]) > 30:
        x, y = np.meshgrid(*(np.arange(side, dtype=np.float32) for side in layer.box[2:]))
        dx, dy = (layer.part(each) * scene.u * 0.0016 for each in cut)
        amount = cv2.remap(amount, x + dx, y + dy, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    amount = amount * layer.alpha
    ink = np.clip(layer.ink + (dry * (0.02 if layer.kind != "sky" else 0.01))[..., None], 0, 1)
    rgb, cover = (layer.part(each) for each in onto)
    rgb += (ink - rgb) * amount[..., None]
    cover += (1 - cover) * amount


def _keep(scene: Scene, plate: Plate, rgb: Array, cover: Array) -> None:
    alpha = (np.clip(cover, 0, 1) * 255 + 0.5).astype(np.uint8)
    x, y, w, h = cv2.boundingRect(alpha)
    x0, y0, x1, y1 = max(0, x - EDGE), max(0, y - EDGE), min(scene.w, x + w + EDGE), min(scene.h, y + h + EDGE)
    out = np.empty((y1 - y0, x1 - x0, 4), np.uint8)
    out[..., :3] = np.clip(rgb[y0:y1, x0:x1, ::-1] * 255 + 0.5, 0, 255)
    out[..., 3] = alpha[y0:y1, x0:x1]
    np.minimum(out[..., :3], out[..., 3:], out=out[..., :3])
    plate.image, plate.box = out, (x0, y0, x1 - x0, y1 - y0)


def _underpaint(scene: Scene, plates: Sequence[Plate]) -> None:
    """Carry a plate's edge colour on beneath the plates in front, so that things passing each other open no gap."""
    above = np.zeros((scene.h, scene.w), np.uint8)
    for plate in reversed(plates):
        if plate.kind == "scene" and plate.box[2] > 40:
            _carry_on(scene, plate, above)
        if plate.kind in {"scene", "plane", "plant"}:
            x, y, w, h = plate.box
            part = above[y : y + h, x : x + w]
            np.maximum(part, plate.image[..., 3], out=part)


def _carry_on(scene: Scene, plate: Plate, above: Array) -> None:
    x, y, w, h = plate.box
    x0, y0 = max(0, x - CARRIED), max(0, y - CARRIED)
    x1, y1 = min(scene.w, x + w + CARRIED), min(scene.h, y + h + CARRIED)
    big = np.zeros((y1 - y0, x1 - x0, 4), np.uint8)
    big[y - y0 : y - y0 + h, x - x0 : x - x0 + w] = plate.image
    hole, solid = (big[..., 3] < SOLID) & (above[y0:y1, x0:x1] > SOLID), big[..., 3] > SOLID
    if not (hole.any() and solid.any()):
        return
    off = (~solid).astype(np.uint8)
    far, nearest = cv2.distanceTransformWithLabels(off, cv2.DIST_L2, 3, labelType=cv2.DIST_LABEL_PIXEL)
    table = np.zeros((int(nearest.max()) + 1, 4), np.uint8)
    table[nearest[solid]] = big[solid]
    fill = hole & (far < CARRIED)
    big[fill] = table[nearest[fill]]
    plate.image, plate.box = big, (x0, y0, x1 - x0, y1 - y0)
