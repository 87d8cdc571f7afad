"""How a part of a film comes about: from words, from a printed sheet, from a still, or from the part before."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import cv2
import numpy as np

from studio.engine.film.arrays import Array
from studio.engine.film.camera import Pose, path, room_of
from studio.engine.film.compose import Composer
from studio.engine.film.motion import Clock
from studio.engine.film.particles import KINDS, Ink
from studio.engine.film.relief import Relief
from studio.engine.film.script import Script, is_direction, scene_words, script_of
from studio.engine.film.skin import PIXEL, pixelled
from studio.engine.film.spec import FilmSpec, frame_size
from studio.engine.film.stage import Stage
from studio.engine.film.state import State
from studio.engine.illustrator.draw import compose_scene
from studio.engine.illustrator.media import RENDER
from studio.engine.illustrator.monitor import COMPOSING, Monitor
from studio.engine.illustrator.reading.brief import Brief
from studio.engine.illustrator.reading.read import read

Tell = Callable[[float, str], None]
DrawFrame = Callable[[Clock, Pose], Array]
Size = tuple[int, int]
DENSE = 1.1  # pixels of the canvas for each of the frame: room for the zoom
DRAWN, PAINTED = 0.12, 0.22  # shares of the work until the scene is drawn, and until it is painted
PLATES = 30  # that a usual scene has
FLAT = {"poster", "pattern", "emblem", "portrait", "abstract"}  # no place with depth: a printed sheet, moved as one
GRAIN = 3.4
SQUARES = 180  # of pixel art, along the short side
NO_ROOM = (1.0, 1.0, 0.0)
REST: Pose = (0.0, 0.0, 1.0, 0.0)
NEARER = 1.14  # how near the camera comes to a still that fills the frame, at least


@dataclass(frozen=True, slots=True, kw_only=True)
class Take:
    """Ready to be shot. `state` is how the film stands before the first frame, `kinds` the particles that it shows: those
    that the state does not name come slowly."""

    script: Script
    draw: DrawFrame
    state: State
    poses: tuple[Pose, Pose]
    inks: Mapping[str, Ink]
    grain: Array
    kinds: frozenset[str]
    unread: tuple[str, ...] = ()


def from_words(spec: FilmSpec, ratio: str, size: Size, earlier: State | None, tell: Tell) -> Take:
    """A scene as plates. One that goes on is drawn again from the words and the seed of the first part."""
    script = script_of(spec.prompt)
    words, seed = (earlier.scene, earlier.seed) if earlier else (spec.prompt, spec.seed)
    brief = read(scene_words(words))
    unread = () if earlier else tuple(word for word in brief.unread if not is_direction(word))
    if brief.setting in FLAT:
        return _from_sheet(spec, ratio, size, (brief, seed, unread), earlier, tell)
    room = earlier.room if earlier else room_of(script.camera)
    drawn = frame_size(ratio, earlier.size) if earlier else size
    canvas = int(drawn[0] * room[0] * DENSE), int(drawn[1] * room[1] * DENSE)
    monitor = Monitor(lambda share: tell(DRAWN * min(1.0, share / COMPOSING), "drawing"))
    stage = Stage(brief, *canvas, seed=seed, monitor=monitor, step=_painting(tell))
    kinds = stage.weather | frozenset(earlier.particles if earlier else ()) | _asked(script, brief)
    poses = path(script.camera, earlier.pose if earlier else None)
    return Take(
        script=script,
        draw=_drawn(Composer(stage, *size, room[2]).frame, brief, size),
        state=earlier or _first(spec, ratio, poses[0], kinds, room=room),
        poses=poses,
        inks=stage.inks,
        grain=_grain(stage.grain, size),
        kinds=kinds,
        unread=unread,
    )


def _drawn(draw: DrawFrame, brief: Brief, size: Size) -> DrawFrame:
    """Pixel art is squares of the finished frame."""
    if brief.medium != PIXEL:
        return draw
    square = max(2, min(size) // SQUARES)
    return lambda clock, pose: pixelled(draw(clock, pose), square)


def _from_sheet(
    spec: FilmSpec, ratio: str, size: Size, of: tuple[Brief, int, tuple[str, ...]], earlier: State | None, tell: Tell
) -> Take:
    """Posters, patterns, badges and portraits: the printed sheet itself, as a relief."""
    brief, seed, unread = of
    canvas = int(size[0] * DENSE), int(size[1] * DENSE)
    monitor = Monitor(lambda share: tell(PAINTED * share, "drawing"))
    scene = compose_scene(brief, *canvas, seed=seed, border=False, monitor=monitor)
    pixels = (np.clip(RENDER[brief.medium](scene), 0, 1) * 255 + 0.5).astype(np.uint8)[..., ::-1]
    relief, script = Relief(np.ascontiguousarray(pixels), *size), script_of(spec.prompt)
    kinds = frozenset(earlier.particles if earlier else ()) | _asked(script, brief)
    poses = path(script.camera, earlier.pose if earlier else None)
    return Take(
        script=script,
        draw=relief.frame,
        state=earlier or _first(spec, ratio, poses[0], kinds),
        poses=poses,
        inks=_inks(relief),
        grain=_no_grain(size),
        kinds=kinds,
        unread=unread,
    )


def from_still(spec: FilmSpec, ratio: str, size: Size, still: Array, *, joined: bool) -> Take:
    """A picture in motion. One that ends an earlier part is shown as it is, and the camera goes nearer from there."""
    script = script_of(spec.prompt)
    relief, kinds = Relief(still, *size, joined=joined), script.verbs & set(KINDS)
    poses, grain = path(script.camera), _no_grain(size)
    if joined:
        poses = _nearer(script.camera)
    else:
        noise = np.random.default_rng(spec.seed).standard_normal((size[1], size[0])).astype(np.float32)
        grain = _grain(cv2.GaussianBlur(noise, (0, 0), 0.8) * 0.6, size)
    shown = frozenset() if joined else kinds
    return Take(
        script=script,
        draw=relief.frame,
        state=_first(spec, ratio, poses[0], shown, is_still=True),
        poses=poses,
        inks=_inks(relief),
        grain=grain,
        kinds=kinds,
    )


def _nearer(camera: str) -> tuple[Pose, Pose]:
    """From a frame that shows the whole picture: sideways, too, there is room only once the camera is near."""
    x, y, zoom, orbit = path("gentle" if camera == "pull" else camera, REST)[1]
    return (REST, REST) if camera == "static" else (REST, (x, y, max(zoom, NEARER), orbit))


def _asked(script: Script, brief: Brief) -> frozenset[str]:
    """Particles by the words. A thing that rises or drifts by itself needs none."""
    own = {"rise", "drift"} if brief.subjects else set()
    if brief.setting in {"underwater", "interior", "still"}:
        own |= {"rain", "snow"}
    return frozenset(script.verbs & set(KINDS) - own)


def _first(
    spec: FilmSpec,
    ratio: str,
    pose: Pose,
    kinds: frozenset[str],
    *,
    room: tuple[float, float, float] = NO_ROOM,
    is_still: bool = False,
) -> State:
    """As a film stands before its first frame: what falls in it falls already."""
    return State(
        scene=spec.prompt,
        seed=spec.seed,
        ratio=ratio,
        size=spec.size,
        room=room,
        clock=0.0,
        pose=pose,
        particles=tuple(sorted(kinds)),
        is_still=is_still,
    )


def _painting(tell: Tell) -> Callable[[], None]:
    """How far the painting is, for a number of plates that is not known beforehand."""
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        tell(DRAWN + (PAINTED - DRAWN) * done / (done + PLATES), "drawing")

    return step


def _inks(relief: Relief) -> dict[str, Ink]:
    return dict.fromkeys(KINDS, relief.light)


def _grain(tooth: Array, size: Size) -> Array:
    """Paper tooth at the size of the frame, fixed to it."""
    grain = cv2.resize(tooth[: size[1], : size[0]], size) * GRAIN
    return np.repeat(np.round(grain)[..., None], 3, 2).astype(np.int16)


def _no_grain(size: Size) -> Array:
    """For what carries its grain already."""
    return np.zeros((size[1], size[0], 3), np.int16)
