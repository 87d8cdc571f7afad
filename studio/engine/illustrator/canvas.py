"""The scene: an ordered stack of flat layers (mask + ink + role), and the drawing verbs that fill it.

Composers and subjects only speak in this module's verbs; the renderers in `media` only read the stack. Lengths
are fractions of the picture's short side `u` unless they are pixels (masks). No renderer is known here."""

from dataclasses import dataclass, field
import cv2
import numpy as np
from studio.engine.illustrator.colour import tone

SUB = 16  # sub-pixel steps of the rasteriser


def noise1(n, rng, octaves=6, base=3, fall=0.5):
    x, y, a = np.linspace(0, 1, n), np.zeros(n), 1.0
    for o in range(octaves):
        k = base * 2**o
        p = rng.standard_normal(k + 2)
        i = np.minimum((x * k).astype(int), k)
        f = x * k - i
        f = f * f * (3 - 2 * f)
        y += a * (p[i] * (1 - f) + p[i + 1] * f)
        a *= fall
    return y


def noise2(h, w, rng, cell=64, octaves=4, fall=0.5, stretch=1.0):
    """Value noise, about -1..1; `cell` in pixels, `stretch` > 1 lengthens it sideways."""
    out, a, total = np.zeros((h, w), np.float32), 1.0, 0.0
    for o in range(octaves):
        c = max(1.0, cell / 2**o)
        g = rng.standard_normal((int(h / c) + 3, int(w / (c * stretch)) + 3)).astype(np.float32)
        out += a * cv2.resize(g, (w, h), interpolation=cv2.INTER_CUBIC)
        total += a * a
        a *= fall
    return out / (total**0.5 * 2)


def spline(points, closed=True, step=10):
    """Catmull-Rom through points (any number of columns)."""
    p = np.asarray(points, float)
    if len(p) < 3:
        t = np.linspace(0, 1, step)[:, None]
        return p[:1] * (1 - t) + p[-1:] * t
    p = np.vstack([p[-1:], p, p[:2]]) if closed else np.vstack([2 * p[:1] - p[1:2], p, 2 * p[-1:] - p[-2:-1]])
    t = np.linspace(0, 1, step, endpoint=False)[:, None]
    out = [
        0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        for a, b, c, d in zip(p, p[1:], p[2:], p[3:])
    ]
    return np.vstack(out + [p[-2:-1]]) if not closed else np.vstack(out)


def limb(points, step=8):
    """A tapered stroke: (x, y, radius) knots → polygons whose union is a soft organic form."""
    q = spline(points, closed=False, step=step)
    ang = np.linspace(0, 2 * np.pi, 14, endpoint=False)
    ring = np.stack([np.cos(ang), np.sin(ang)], 1)
    polys = [q[:1, :2] + ring * q[0, 2], q[-1:, :2] + ring * q[-1, 2]]
    for a, b in zip(q, q[1:]):
        hull = cv2.convexHull(np.vstack([a[:2] + ring * a[2], b[:2] + ring * b[2]]).astype(np.float32))
        polys.append(hull[:, 0])
    return polys


def ellipse(x, y, rx, ry=None, turn=0.0, n=40):
    a = np.linspace(0, 2 * np.pi, n, endpoint=False)
    px, py = rx * np.cos(a), (rx if ry is None else ry) * np.sin(a)
    c, s = np.cos(turn), np.sin(turn)
    return np.stack([x + px * c - py * s, y + px * s + py * c], 1)


def rect(x0, y0, x1, y1):
    return np.array([(x0, y0), (x1, y0), (x1, y1), (x0, y1)], float)


@dataclass
class Layer:
    mask: np.ndarray  # uint8, cropped to `box`
    box: tuple  # x, y, w, h in pixels
    ink: np.ndarray  # (3,) or an array over the box
    kind: str = "form"  # sky water ground form light line cloud
    depth: float = 1.0  # 0 far .. 1 near
    angle: float = 0.0  # the way a brush or a gouge would run
    group: int = 0  # pieces of one thing share a group
    alpha: float = 1.0

    def part(self, array):
        x, y, w, h = self.box
        return array[y : y + h, x : x + w]


def cut_to(stamp, box):
    """The part of a (mask, box) stamp that lies over another box."""
    (m, (sx, sy, sw, sh)), (x, y, w, h) = stamp, box
    out = np.zeros((h, w), np.uint8)
    x0, y0, x1, y1 = max(x, sx), max(y, sy), min(x + w, sx + sw), min(y + h, sy + sh)
    if x1 > x0 and y1 > y0:
        out[y0 - y : y1 - y, x0 - x : x1 - x] = m[y0 - sy : y1 - sy, x0 - sx : x1 - sx]
    return out


@dataclass
class Scene:
    w: int
    h: int
    pal: object
    rng: np.random.Generator
    brief: object
    layers: list = field(default_factory=list)
    sun: tuple | None = None  # light source in pixels
    lamps: list = field(default_factory=list)
    horizon: float = 0.5
    side: int = 1  # +1: light from the right
    groups: int = 0
    title: str | None = None

    def __post_init__(self):
        self.u = min(self.w, self.h)

    # --- raster
    def mask(self, polys):
        m = np.zeros((self.h, self.w), np.uint8)
        for p in polys:
            p = np.nan_to_num(np.asarray(p, float))
            cv2.fillPoly(m, [np.round(np.clip(p, -4000, 6000) * SUB).astype(np.int32)], 255, cv2.LINE_AA, 4)
        return m

    def stamp(self, polys):
        """Rasterise only around the shapes: (mask, box), or None when they fall outside the picture."""
        polys = [np.nan_to_num(np.asarray(p, float)) for p in polys]
        every = np.vstack(polys)
        x0, y0 = np.maximum(np.floor(every.min(0)).astype(int) - 2, 0)
        x1, y1 = np.minimum(np.ceil(every.max(0)).astype(int) + 3, (self.w, self.h))
        if x1 <= x0 or y1 <= y0:
            return None
        m = np.zeros((y1 - y0, x1 - x0), np.uint8)
        for p in polys:
            cv2.fillPoly(m, [np.round((p - (x0, y0)) * SUB).astype(np.int32)], 255, cv2.LINE_AA, 4)
        return m, (int(x0), int(y0), int(x1 - x0), int(y1 - y0))

    def add_stamp(self, mask, box, ink, kind, depth, angle, group, alpha):
        if mask.any():
            self.layers.append(Layer(mask, box, np.asarray(ink, np.float32), kind, depth, angle, group, alpha))

    def new_group(self):
        self.groups += 1
        return self.groups

    def add(self, mask, ink, kind="form", depth=1.0, angle=0.0, group=None, alpha=1.0):
        if mask.dtype != np.uint8:
            mask = (np.clip(mask, 0, 1) * 255).astype(np.uint8)
        x, y, w, h = box = cv2.boundingRect(mask)
        if w == 0:
            return None
        ink = np.asarray(ink, np.float32)
        if ink.ndim == 3:
            ink = np.broadcast_to(ink, (self.h, self.w, 3))[y : y + h, x : x + w]
        layer = Layer(mask[y : y + h, x : x + w].copy(), box, ink, kind, depth, angle, group or self.new_group(), alpha)
        self.layers.append(layer)
        return layer

    def poly(self, polys, ink, kind="form", depth=1.0, angle=0.0, group=None, alpha=1.0):
        stamp = self.stamp(polys if isinstance(polys, list) else [polys])
        if stamp is None:
            return None
        self.add_stamp(*stamp, ink, kind, depth, angle, group or self.new_group(), alpha)
        return stamp

    def ramp(self, inks, y0, y1):
        """A vertical ramp through inks, as an (h, 1, 3) field."""
        t = np.clip((np.arange(self.h) - y0) / max(1, y1 - y0), 0, 1) * (len(inks) - 1)
        i = np.minimum(t.astype(int), len(inks) - 2)
        f = (t - i)[:, None]
        inks = np.asarray(inks)
        return (inks[i] * (1 - f) + inks[i + 1] * f).astype(np.float32)[:, None]

    def full(self):
        return np.full((self.h, self.w), 255, np.uint8)

    # --- reading the stack
    def flat(self, skip=()):
        img = np.ones((self.h, self.w, 3), np.float32) * self.pal.paper
        for l in self.layers:
            if l.kind not in skip:
                a = (l.mask.astype(np.float32) / 255 * l.alpha)[..., None]
                roi = l.part(img)
                roi += (l.ink - roi) * a
        return img

    def maps(self, skip=()):
        """Per pixel: layer index, stroke angle, depth and group of what is on top."""
        idx = np.zeros((self.h, self.w), np.int32)
        for i, l in enumerate(self.layers):
            if l.alpha > 0.5 and l.kind not in skip:
                l.part(idx)[l.mask > 127] = i
        table = lambda f, t: np.array([f(l) for l in self.layers], t)[idx]
        return (
            idx,
            table(lambda l: l.angle, np.float32),
            table(lambda l: l.depth, np.float32),
            table(lambda l: l.group, np.int32),
        )


class Pen:
    """Draws one subject in its own frame: x right, y up, base at 0, about 1 high; `s` pixels a unit."""

    def __init__(self, scene, x, y, s, depth=1.0, flip=False, body=None, group=None):
        self.scene, self.x, self.y, self.s, self.depth, self.flip = scene, x, y, s, depth, flip
        self.body = body
        self.group = group or scene.new_group()
        self.rng = scene.rng

    def ink(self, name, shade=0.0):
        if isinstance(name, str) and name.startswith("body:"):
            name = self.pick(name[5:])
        if not isinstance(name, str):  # an ink handed over as it is
            return tone(name, -0.16 * shade)
        return self.scene.pal.lit(name, self.depth, shade, (0.5 if self.scene.pal.night else 0.35) * self.depth**2)

    def place(self, poly):
        p = np.asarray(poly, float)
        return np.stack([self.x + (-1 if self.flip else 1) * p[:, 0] * self.s, self.y - p[:, 1] * self.s], 1)

    def fill(self, ink, *shapes, shade=0.0, tone=0.0, kind="form", angle=0.0, alpha=1.0, clip=None):
        """Fill the union of shapes; `shade` adds a core shadow that deep on the side away from the light."""
        polys = [self.place(p) for s in shapes for p in (s if isinstance(s, list) and np.ndim(s[0]) == 2 else [s])]
        stamp = self.scene.stamp(polys)
        if stamp is None:
            return None
        m, box = stamp
        if clip is not None:
            m = np.minimum(m, cut_to(clip, box))
        self.scene.add_stamp(m, box, self.ink(ink, tone), kind, self.depth, angle, self.group, alpha)
        if shade:
            d = shade * self.s
            move = np.float32([[1, 0, self.scene.side * d], [0, 1, -d * 0.55]])
            moved = cv2.warpAffine(
                m, move, m.shape[::-1], borderMode=cv2.BORDER_REPLICATE if min(box[:2]) < 0 else cv2.BORDER_CONSTANT
            )
            self.scene.add_stamp(
                cv2.subtract(m, moved), box, self.ink(ink, 0.75 + tone), kind, self.depth, angle, self.group, alpha
            )
        return m, box

    def pick(self, default):
        """The ink asked for, or the thing's own."""
        return default if self.body is None else self.body

    def line(self, ink, points, width=0.01, **k):
        w = max(width, 0.55 / self.s)
        return self.fill(ink, limb([(x, y, w) for x, y in points], 4 if len(points) > 2 else 2), kind="line", **k)

    def curve(self, points, step=10):
        return spline(points, True, step)

    def glow(self, x, y, r):
        px, py = self.place([(x, y)])[0]
        self.scene.lamps.append((px, py, r * self.s))
