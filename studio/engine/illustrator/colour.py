"""Colour: oklch in and out, and the palette of a scene from time of day, mood and named colours.

A palette is a light situation: a sky ramp, the colour of the light, the colour of shadow (ambient), and how strongly
both overrule the local colour of things. `lit()` is the only way a thing gets its ink, so one picture stays one family
of inks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import cv2
import numpy as np

from studio.engine.illustrator.arrays import Field, Floats, Ink

if TYPE_CHECKING:
    from studio.engine.illustrator.reading.brief import Brief

Lch = tuple[float, float, float]  # oklch: lightness, chroma, hue in degrees
COLOURS: dict[str, Lch] = {
    "red": (0.58, 0.19, 28),
    "crimson": (0.5, 0.19, 22),
    "orange": (0.72, 0.16, 55),
    "gold": (0.8, 0.14, 85),
    "yellow": (0.87, 0.15, 95),
    "green": (0.6, 0.12, 150),
    "emerald": (0.55, 0.13, 162),
    "teal": (0.56, 0.09, 195),
    "turquoise": (0.72, 0.1, 190),
    "blue": (0.52, 0.13, 255),
    "navy": (0.32, 0.09, 262),
    "cyan": (0.8, 0.1, 205),
    "purple": (0.45, 0.15, 305),
    "violet": (0.5, 0.16, 295),
    "pink": (0.78, 0.11, 5),
    "magenta": (0.6, 0.22, 345),
    "brown": (0.45, 0.07, 55),
    "black": (0.2, 0.01, 270),
    "white": (0.96, 0.01, 90),
    "grey": (0.65, 0.01, 250),
    "gray": (0.65, 0.01, 250),
    "ochre": (0.7, 0.11, 75),
    "rust": (0.52, 0.13, 42),
    "cream": (0.94, 0.03, 90),
    "silver": (0.82, 0.01, 240),
    "indigo": (0.38, 0.12, 275),
    "peach": (0.86, 0.07, 55),
    "mint": (0.88, 0.06, 165),
}

# sRGB to oklab, after Björn Ottosson
M1 = np.array(
    [
        [0.8189330101, 0.3618667424, -0.1288597137],
        [0.0329845436, 0.9293118715, 0.0361456387],
        [0.0482003018, 0.2643662691, 0.6338517070],
    ]
)
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
M2 = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
TO_LMS = M1 @ TO_XYZ
FROM_LMS, FROM_LAB = np.linalg.inv(TO_LMS), np.linalg.inv(M2)
ROWS = 64


def lab_of(colour: Ink | Field) -> Floats:
    """rgb to oklab."""
    given = np.clip(np.asarray(colour, np.float32), 0, 1)
    if given.ndim == 3:
        return _by_rows(_lab_rows, given)
    linear = np.where(given <= 0.04045, given / 12.92, ((given + 0.055) / 1.055) ** 2.4)
    return cast("Floats", np.cbrt(linear @ TO_LMS.T) @ M2.T)


def rgb_of(colour: Floats) -> Field:
    if colour.ndim == 3:
        return _by_rows(_rgb_rows, colour)
    linear = np.clip((np.asarray(colour) @ FROM_LAB.T) ** 3 @ FROM_LMS.T, 0, 1)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055).astype(np.float32)


def _by_rows(convert: Callable[[Floats], Floats], picture: Floats) -> Field:
    """A whole picture, so many rows at a time that they stay in the processor's cache."""
    out = np.empty(picture.shape, np.float32)
    for y in range(0, len(picture), ROWS):
        out[y : y + ROWS] = convert(picture[y : y + ROWS])
    return out


def _lab_rows(given: Floats) -> Floats:
    linear = np.where(given <= 0.04045, given / 12.92, cv2.pow((given + 0.055) / 1.055, 2.4))
    return cast("Floats", cv2.transform(cv2.pow(cv2.transform(linear, TO_LMS), 1 / 3), M2))


def _rgb_rows(given: Floats) -> Floats:
    lms = cv2.transform(np.asarray(given, np.float32), FROM_LAB)
    linear = np.clip(cv2.transform(lms * lms * lms, FROM_LMS), 0, 1)
    return cast("Floats", np.where(linear <= 0.0031308, linear * 12.92, 1.055 * cv2.pow(linear, 1 / 2.4) - 0.055))


def lab(lch: Lch) -> Floats:
    lightness, chroma, hue = lch
    return np.array([lightness, chroma * np.cos(np.radians(hue)), chroma * np.sin(np.radians(hue))])


def rgb(lch: Lch) -> Field:
    return rgb_of(lab(lch))


def mix(a: Ink, b: Ink, t: float) -> Field:
    """Mix two rgb inks in oklab."""
    return rgb_of(lab_of(a) * (1 - t) + lab_of(b) * t)


def tone(ink: Ink, lighter: float = 0.0, chroma: float = 1.0) -> Field:
    """The same hue, lighter or darker, with more or less chroma."""
    x = lab_of(ink)
    return rgb_of(np.concatenate([[np.clip(x[0] + lighter, 0, 1)], x[1:] * chroma]))


# sky ramp (top, middle, horizon), light, ambient, exposure, how far ambient overrules local colour
Light = tuple[tuple[Lch, Lch, Lch], Lch, Lch, float, float]
LIGHTS: dict[str, list[Light]] = {
    "dawn": [
        (((0.66, 0.055, 240), (0.82, 0.055, 25), (0.93, 0.06, 75)), (0.98, 0.05, 90), (0.50, 0.06, 275), 0.86, 0.34),
        (((0.62, 0.07, 290), (0.80, 0.09, 12), (0.93, 0.07, 65)), (0.98, 0.06, 85), (0.46, 0.08, 300), 0.84, 0.38),
        (((0.74, 0.05, 200), (0.88, 0.05, 110), (0.95, 0.06, 80)), (0.99, 0.05, 95), (0.50, 0.06, 215), 0.88, 0.34),
    ],
    "day": [
        (((0.72, 0.085, 238), (0.86, 0.05, 225), (0.95, 0.025, 100)), (0.99, 0.04, 98), (0.46, 0.07, 255), 1.0, 0.10),
        (((0.80, 0.06, 205), (0.90, 0.04, 180), (0.96, 0.03, 95)), (0.99, 0.04, 98), (0.45, 0.06, 225), 1.0, 0.12),
    ],
    "noon": [
        (((0.78, 0.07, 215), (0.88, 0.045, 200), (0.95, 0.035, 90)), (0.99, 0.05, 95), (0.46, 0.09, 30), 1.02, 0.08),
        (((0.90, 0.05, 85), (0.93, 0.045, 80), (0.96, 0.04, 80)), (0.99, 0.06, 95), (0.45, 0.10, 25), 1.02, 0.12),
    ],
    "sunset": [
        (((0.46, 0.10, 312), (0.68, 0.16, 32), (0.88, 0.12, 78)), (0.97, 0.09, 90), (0.34, 0.09, 325), 0.70, 0.42),
        (((0.60, 0.15, 35), (0.76, 0.15, 58), (0.91, 0.10, 85)), (0.98, 0.08, 92), (0.32, 0.09, 15), 0.72, 0.46),
    ],
    "dusk": [
        (((0.33, 0.075, 272), (0.54, 0.11, 335), (0.80, 0.12, 58)), (0.94, 0.10, 85), (0.28, 0.075, 282), 0.66, 0.44),
        (((0.36, 0.06, 235), (0.58, 0.07, 215), (0.85, 0.09, 75)), (0.94, 0.10, 82), (0.28, 0.055, 245), 0.66, 0.44),
    ],
    "night": [
        (((0.19, 0.055, 264), (0.29, 0.065, 255), (0.45, 0.07, 235)), (0.95, 0.06, 95), (0.20, 0.055, 262), 0.52, 0.50),
        (
            ((0.20, 0.045, 230), (0.30, 0.055, 215), (0.47, 0.06, 195)),
            (0.95, 0.055, 100),
            (0.20, 0.045, 232),
            0.52,
            0.50,
        ),
        (((0.20, 0.07, 290), (0.31, 0.09, 295), (0.47, 0.09, 320)), (0.95, 0.07, 85), (0.20, 0.07, 290), 0.52, 0.48),
    ],
}
LOCAL: dict[str, Lch] = {
    "white": (0.95, 0.012, 90),
    "snow": (0.95, 0.012, 240),
    "cream": (0.92, 0.035, 88),
    "red": (0.57, 0.18, 30),
    "rust": (0.55, 0.13, 42),
    "wood": (0.46, 0.06, 58),
    "bark": (0.34, 0.035, 55),
    "stone": (0.66, 0.02, 80),
    "rock": (0.47, 0.025, 60),
    "dark": (0.25, 0.025, 265),
    "steel": (0.6, 0.02, 250),
    "grass": (0.62, 0.10, 132),
    "leafdark": (0.42, 0.07, 155),
    "pine": (0.36, 0.055, 168),
    "autumn": (0.64, 0.14, 58),
    "autumn2": (0.55, 0.15, 38),
    "gold": (0.79, 0.13, 85),
    "sand": (0.80, 0.085, 72),
    "skin": (0.74, 0.06, 55),
    "blue": (0.5, 0.11, 252),
    "navy": (0.34, 0.07, 262),
    "teal": (0.5, 0.075, 200),
    "water": (0.54, 0.07, 228),
    "fox": (0.62, 0.155, 47),
    "deer": (0.52, 0.085, 55),
    "whale": (0.42, 0.06, 245),
    "pear": (0.77, 0.13, 108),
    "apple": (0.54, 0.17, 27),
    "lemon": (0.87, 0.14, 98),
    "brick": (0.5, 0.10, 38),
    "wheat": (0.82, 0.1, 88),
    "cloth": (0.9, 0.02, 80),
    "glow": (0.90, 0.13, 84),
    "pink": (0.72, 0.12, 10),
    "sage": (0.66, 0.05, 145),
}


@dataclass
class Palette:
    sky: list[Field]  # inks from the top down
    light: Ink
    ambient: Ink
    exposure: float
    tint: float
    accent: Ink
    paper: Ink
    night: bool
    haze: float = 0.75
    named: list[Field] = field(default_factory=list)

    @property
    def key(self) -> Field:
        """The darkest ink of the picture."""
        x = lab_of(self.ambient)
        return rgb_of(np.array([min(x[0], 0.24) * 0.9, *(x[1:] * 0.8)]))

    def lit(self, local: str | Ink, depth: float = 1.0, shade: float = 0.0, lift: float = 0.0) -> Ink:
        """The ink of a thing: local colour under this light, `shade` 0..1 (negative = lit side), hazed by distance.

        `lift` frees a hero from the dark: it raises the exposure and weakens the tint.
        """
        if isinstance(local, str):
            ink = self._unlit(local, shade)
            if ink is not None:
                return ink
            local = rgb(LOCAL.get(local) or COLOURS[local])
        x, ambient, far = lab_of(local), lab_of(self.ambient), lab_of(self.sky[-1])
        exposure, tint = self.exposure + (1 - self.exposure) * lift, self.tint * (1 - lift * 0.8) * 0.75
        x = np.array([x[0] * exposure, *(x[1:] * (0.75 + 0.25 * exposure))])
        x = x * (1 - tint) + np.array([x[0] * 0.55 + ambient[0] * 0.45, *ambient[1:]]) * tint
        if shade > 0:
            shaded = np.array([x[0] * 0.62, *(x[1:] * 0.8 + ambient[1:] * 0.4)])
            x = x * (1 - shade) + shaded * shade
        elif shade < 0:
            x = x * (1 + shade * 0.5) + lab_of(self.light) * (-shade * 0.5)
        haze = self.haze * (1 - depth) ** 1.15
        return rgb_of(x * (1 - haze) + far * haze)

    def _unlit(self, name: str, shade: float) -> Ink | None:
        """The names whose ink no light changes."""
        if name.startswith("raw:"):
            return tone(rgb(LOCAL[name[4:]]), -0.18 * max(shade, 0), 1)
        if name == "glow":
            return rgb(LOCAL["glow"])
        return {"light": self.light, "key": self.key}.get(name)


CHROMA = {"calm": 0.9, "vivid": 1.3, "sombre": 0.75, "dream": 0.85}  # by mood
LIFT = {"sombre": -0.05, "dream": 0.05}
SNOW_SKY: tuple[Lch, Lch, Lch] = ((0.74, 0.03, 240), (0.82, 0.025, 235), (0.9, 0.02, 220))


def palette(brief: "Brief", rng: np.random.Generator) -> Palette:
    """One of the lights of this time of day, turned by the mood, the weather and the colours that were asked for."""
    choices = LIGHTS[brief.time]
    ramp, light, ambient, exposure, tint = choices[rng.integers(len(choices))]
    jitter = rng.uniform(-7, 7)
    sky = [(lightness, chroma, hue + jitter) for lightness, chroma, hue in ramp]
    named = [COLOURS[name] for name in brief.colours]
    strong = [colour for colour in named if colour[1] > 0.05]
    if strong:
        sky = [_turn(ink, strong[0][2], 0.8) for ink in sky]
        ambient = _turn(ambient, strong[-1][2] if len(strong) == 1 else strong[0][2], 0.7)
    return Palette(
        sky=_sky(brief, sky),
        light=rgb(light),
        ambient=rgb(ambient),
        exposure=exposure,
        tint=tint,
        accent=rgb(_accent(strong, brief.time)),
        paper=rgb((0.955, 0.022, 85)),
        night=brief.time in ("night", "dusk"),
        haze=0.9 if "fog" in brief.weather else 0.72,
        named=[rgb(colour) for colour in named],
    )


def _turn(lch: Lch, hue: float, amount: float) -> Lch:
    """Move a colour's hue towards `hue` (degrees) and keep its lightness."""
    way = (hue - lch[2] + 180) % 360 - 180
    return (lch[0], max(lch[1], 0.05 * amount), lch[2] + way * amount)


def _sky(brief: "Brief", sky: Sequence[Lch]) -> list[Field]:
    chroma, lift = CHROMA.get(brief.mood or "", 1.0), LIFT.get(brief.mood or "", 0.0)
    if brief.weather & {"rain", "storm"} and brief.setting not in ("city", "interior"):
        chroma, lift = chroma * 0.6, lift - 0.06
    if "snow" in brief.weather or (brief.season == "winter" and brief.time in ("day", "noon")):
        sky = SNOW_SKY
    return [rgb((float(np.clip(ink[0] + lift, 0.1, 0.97)), ink[1] * chroma, ink[2])) for ink in sky]


def _accent(strong: Sequence[Lch], time: str) -> Lch:
    if len(strong) > 1:
        return strong[-1]
    return (0.66, 0.17, 42) if time in ("night", "dusk", "day") else (0.56, 0.16, 28)
