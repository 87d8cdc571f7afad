"""Words, a picture or an earlier film to a clip: the film's whole interface."""

from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from studio.engine.film.blend import veil
from studio.engine.film.camera import Pose, between
from studio.engine.film.mark import Mark
from studio.engine.film.motion import LIVELY, RAMP, Clock, begun
from studio.engine.film.particles import FADE_IN, Particles
from studio.engine.film.relief import picture_of
from studio.engine.film.spec import FilmSpec, frame_size, nearest_ratio
from studio.engine.film.state import State, state_of
from studio.engine.film.stills import last_frame
from studio.engine.film.takes import PAINTED, Size, Take, Tell, from_still, from_words
from studio.engine.film.writer import FPS, Writer

BREATH = 0.05  # of the camera's room: a hand holds it, unless it was asked to stand still


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """What was made; `unread` are the words that nothing was drawn of."""

    width: int
    height: int
    seconds: float
    unread: tuple[str, ...]


def film(spec: FilmSpec, out: Path, *, tell: Tell = lambda _share, _stage: None) -> Film:
    """Write the clip: the same spec gives the same pictures. Gives up where `tell` raises studio.engine.Stopped."""
    tell(0.0, "drawing")
    take, size = _take(spec, tell)
    writer = Writer(out, *size, note=_after(take, spec.seconds).as_note())
    try:
        _shoot(spec, take, size, writer, tell)
    finally:
        writer.close()
    return Film(width=size[0], height=size[1], seconds=spec.seconds, unread=take.unread)


def _take(spec: FilmSpec, tell: Tell) -> tuple[Take, Size]:
    earlier = state_of(spec.before) if spec.before else None
    if earlier is not None and not earlier.is_still:
        size = frame_size(earlier.ratio, spec.size)
        return from_words(spec, earlier.ratio, size, earlier, tell), size
    still = last_frame(spec.before) if spec.before else picture_of(spec.picture) if spec.picture else None
    if still is None:
        size = frame_size(spec.ratio, spec.size)
        return from_words(spec, spec.ratio, size, None, tell), size
    ratio = nearest_ratio(still.shape[1], still.shape[0])
    size = frame_size(ratio, spec.size)
    return from_still(spec, ratio, size, still, joined=spec.before is not None), size


def _shoot(spec: FilmSpec, take: Take, size: Size, writer: Writer, tell: Tell) -> None:
    count, state = spec.seconds * FPS, take.state
    particles = Particles(*size, state.seed, dict(take.inks))
    mark = Mark(spec.mark, *size)
    for number in range(count):
        seconds = number / FPS
        clock = _clock(take, seconds)
        pose = _held(between(take.poses, number / max(1, count - 1)), clock.t, take)
        frame = take.draw(clock, pose)
        for kind, mask, ink in particles.layers(take.kinds, clock.t, -pose[0] * size[0] * 0.05):
            coming = kind not in state.particles and seconds < FADE_IN
            veil(frame, cv2.convertScaleAbs(mask, alpha=seconds / FADE_IN) if coming else mask, ink)
        frame = cv2.add(frame, take.grain, dtype=cv2.CV_8U)
        mark.put(frame)
        writer.put(frame)
        tell(1 - (1 - PAINTED) * (count - number - 1) / count, "filming")


def _clock(take: Take, seconds: float) -> Clock:
    """The moment that many seconds into this take."""
    state, verbs = take.state, take.script.verbs
    spent = {verb: state.spent.get(verb, 0.0) + (begun(seconds) if verb in verbs else 0.0) for verb in LIVELY}
    goal = 1.0 if "wave" in verbs else 0.0
    share = 1.0 if not state.clock else min(1.0, seconds / RAMP)
    return Clock(state.clock + seconds, spent, state.wave + (goal - state.wave) * share)


def _held(pose: Pose, t: float, take: Take) -> Pose:
    """A hand's breath, on the film's own clock; it starts and ends with a camera that stands."""
    if take.script.camera == "static" and not take.state.clock:
        return pose
    x, y, zoom, orbit = pose
    return x + BREATH * float(np.sin(0.41 * t)), y + BREATH * float(np.sin(0.33 * t)), zoom, orbit


def _after(take: Take, seconds: int) -> State:
    """Where the next part goes on."""
    clock = _clock(take, seconds)
    return replace(
        take.state,
        clock=clock.t,
        pose=take.poses[1],
        particles=tuple(sorted(take.kinds)),
        spent=dict(clock.spent),
        wave=clock.wave,
    )
