"""One frame from the plates: each laid where the camera sees it and where its own motion has brought it."""

import cv2
import numpy as np

from studio.engine.film.arrays import Array
from studio.engine.film.blend import dimmed, over
from studio.engine.film.camera import Camera, Pose
from studio.engine.film.motion import Body, Clock, mover, ripple
from studio.engine.film.plates import Plate
from studio.engine.film.spots import beam_tip, glint
from studio.engine.film.stage import Stage

TAU = 2 * np.pi
SWAYING = {"plant"}  # kinds that bend in the wind, from their foot up


class Composer:
    def __init__(self, stage: Stage, width: int, height: int, margin: float) -> None:
        self.stage, self.width, self.height = stage, width, height
        self.camera = Camera(stage.view, width, height, margin)
        self.plane: tuple[int, Array, Array, Array] | None = None

    def frame(self, clock: Clock, pose: Pose) -> Array:
        out, self.plane = np.zeros((self.height, self.width, 3), np.uint8), None
        for plate in self.stage.plates:
            if plate.kind in {"plane", "glitter"}:
                self._on_plane(out, plate, clock, pose)
            elif plate.kind == "aurora":
                self._aurora(out, plate, clock, pose)
            else:
                self._rigid(out, plate, clock, pose)
        return out

    def _rigid(self, out: Array, plate: Plate, clock: Clock, pose: Pose) -> None:
        s, tx, ty = (float(value) for value in self.camera.at(pose, plate.depth))
        image, alpha, anchor = plate.image, 1.0, plate.anchor
        body = self._body(plate)
        dx, dy, roll, sx, sy = mover(body, clock, "boat" if plate.kind == "mirror" else "")
        if plate.kind in {"star", "flicker"}:
            image = glint(plate, clock.t)
        elif plate.kind == "mirror":  # it answers its boat and breaks in the waves
            dy, roll, image = -dy * 0.4, -roll, self._broken(image, clock)
        elif plate.kind == "beam":
            anchor, image = beam_tip(plate), plate.image
            turn = float(np.cos(TAU * clock.t / 11 + 0.35))
            sx, alpha = (np.sign(turn) or 1) * max(abs(turn), 0.02), 0.15 + 0.85 * abs(turn)
        lean = 0.0
        if clock.wave and plate.kind in SWAYING and plate.box[3] > 8:
            lean = 0.012 * clock.wave * plate.depth * float(np.sin(TAU * 0.31 * clock.t + plate.number * 0.9))
        c, n = np.cos(roll), np.sin(roll)
        a = np.array([[sx * c, -sy * n + lean], [sx * n, sy * c]]) * s
        shift = np.array([s * (anchor[0] + dx) + tx, s * (anchor[1] + dy) + ty]) - a @ np.array(anchor)
        self._lay(out, plate, image, a, shift + a @ np.array(plate.box[:2]), alpha)

    def _lay(self, out: Array, plate: Plate, image: Array, a: Array, shift: Array, alpha: float) -> None:
        x, y, w, h = plate.box
        wide = x <= 0 and x + w >= self.stage.view.width
        corners = np.array([(0, 0), (w, 0), (0, h), (w, h)]) @ a.T + shift
        low, high = np.floor(corners.min(0)).astype(int) - 1, np.ceil(corners.max(0)).astype(int) + 1
        if wide:
            low[0], high[0] = 0, self.width
            high[1] = self.height if y + h >= self.stage.view.height else high[1]
        x0, y0, x1, y1 = max(0, low[0]), max(0, low[1]), min(self.width, high[0]), min(self.height, high[1])
        if x1 <= x0 or y1 <= y0:
            return
        matrix = np.column_stack([a, shift - (x0, y0)])
        border = cv2.BORDER_REPLICATE if wide else cv2.BORDER_CONSTANT
        part = cv2.warpAffine(image, matrix, (int(x1 - x0), int(y1 - y0)), flags=cv2.INTER_LINEAR, borderMode=border)
        if plate is self.stage.plates[0]:  # the sky itself is opaque
            out[y0:y1, x0:x1] = part[..., :3]
        else:
            over(out[y0:y1, x0:x1], part, alpha)

    def _body(self, plate: Plate) -> Body:
        return Body(plate.kind, plate.number, plate.key or plate.number, plate.reach, plate.depth, self.stage.unit)

    def _broken(self, image: Array, clock: Clock) -> Array:
        unit, t = self.stage.unit, clock.t
        y = np.arange(image.shape[0], dtype=np.float32)[:, None]
        x = np.arange(image.shape[1], dtype=np.float32)[None]
        far = np.clip(y / max(1, image.shape[0]), 0.15, 1)
        waves = np.sin(y / (unit * 0.011) - 3.1 * t) + 0.6 * np.sin(y / (unit * 0.006) + 2.3 * t)
        wave = (unit * 0.004 * (1 + clock.wave) * far * waves).astype(np.float32)
        return cv2.remap(image, x + wave, np.repeat(y, image.shape[1], 1), cv2.INTER_LINEAR)

    def _maps(self, clock: Clock, pose: Pose) -> tuple[int, Array, Array, Array]:
        """Of the receding plane in this frame: its first row, and for each pixel where it comes from and how it waves."""
        if self.plane is None:
            stage = self.stage
            shown, s, tx = self.camera.rows(pose, stage.depths)
            top = int(np.searchsorted(shown, stage.horizon - 8))
            shown, s, tx = shown[top:], s[top:], tx[top:]
            x = (np.arange(self.width)[None] - tx[:, None]) / s[:, None]
            wave = np.zeros_like(x, np.float32)
            if stage.wet and len(shown) > 1:
                near = np.clip((shown - stage.horizon) / max(1.0, stage.view.height - stage.horizon), 0, 1)
                strength = 0.45 if stage.brief.setting == "city" else 1.0
                wave = ripple(clock, shown, x[-1], stage.unit, near, strength)
            rows = np.repeat(shown[:, None], self.width, 1).astype(np.float32)
            self.plane = top, x.astype(np.float32), rows, wave
        return self.plane

    def _on_plane(self, out: Array, plate: Plate, clock: Clock, pose: Pose) -> None:
        top, mx, my, wave = self._maps(clock, pose)
        x, y, w, h = plate.box
        if not len(my):
            return
        r0, r1 = (int(row) for row in np.searchsorted(my[:, 0], (y - 1, y + h + 1)))
        c0, c1, strength = 0, self.width, 1.0
        if plate.kind == "glitter":  # the path of light stays below its sun, whatever the water does
            s, tx, _ty = (float(value) for value in self.camera.at(pose, 0))
            mx = np.repeat(((np.arange(self.width, dtype=np.float32) - tx) / s)[None].astype(np.float32), len(mx), 0)
            hit = np.flatnonzero((mx[:1] > x - 12).any(0) & (mx[:1] < x + w + 12).any(0))
            if not len(hit):
                return
            c0, c1, strength = int(hit[0]), int(hit[-1]) + 1, 1.8
        if r1 <= r0:
            return
        sx, sy, waved = (each[r0:r1, c0:c1] for each in (mx, my, wave))
        wide = x <= 0 and x + w >= self.stage.view.width
        border = cv2.BORDER_REPLICATE if wide else cv2.BORDER_CONSTANT
        source = sx + waved * strength - x, np.minimum(sy - y, h - 1)
        part = cv2.remap(plate.image, *source, cv2.INTER_LINEAR, borderMode=border)
        if plate.kind == "glitter":
            part = self._glittering(part, sx, sy, clock.t)
        over(out[top + r0 : top + r1, c0:c1], part)

    def _glittering(self, part: Array, sx: Array, sy: Array, t: float) -> Array:
        y, x = sy[:, :1] / self.stage.unit, sx[-1:] / self.stage.unit
        light = 0.8 + 0.35 * np.sin(y**0.5 * 190 - 2.6 * t) * np.cos(x * 31 + 1.1 * t)
        light = light + 0.25 * np.sin(y * 240 + 1.9 * t + x * 9)
        return dimmed(part, (np.clip(light, 0.15, 1) * 255).astype(np.uint8))

    def _aurora(self, out: Array, plate: Plate, clock: Clock, pose: Pose) -> None:
        unit, t = self.stage.unit, clock.t
        x, y, _w, h = plate.box
        s, tx, ty = (float(value) for value in self.camera.at(pose, plate.depth))
        y0, y1 = max(0, int(y * s + ty) - 2), min(self.height, int((y + h) * s + ty) + 2)
        if y1 <= y0:
            return
        sx = ((np.arange(self.width, dtype=np.float32) - tx) / s)[None].astype(np.float32)
        sy = ((np.arange(y0, y1, dtype=np.float32) - ty) / s)[:, None].astype(np.float32)
        q, v = sx / unit * TAU, sy / unit * TAU
        mx = sx + unit * (0.020 * np.sin(q * 1.1 + v * 0.55 - 0.62 * t) + 0.009 * np.sin(q * 2.7 - v * 0.8 + 0.85 * t))
        my = sy + unit * (0.014 * np.sin(q * 0.8 - 0.5 * t) + 0.006 * np.sin(q * 2.1 + 0.9 * t))
        source = (mx - x).astype(np.float32), (my - y + 0 * mx).astype(np.float32)
        part = cv2.remap(plate.image, *source, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        light = np.clip(0.78 + 0.16 * np.sin(q * 3.1 - 1.1 * t) + 0.12 * np.sin(q * 7.3 + 1.7 * t), 0.3, 1)
        over(out[y0:y1], dimmed(part, np.repeat((light * 255).astype(np.uint8), y1 - y0, 0)))
