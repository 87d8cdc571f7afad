"""Films, small and short: what was asked for moves, what should stand stands, and parts join."""

import json
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import av
import cv2
import numpy as np
from django.test import SimpleTestCase
from PIL import Image

from studio.engine import Stopped
from studio.engine.film import spec as shapes
from studio.engine.film.arrays import Array
from studio.engine.film.camera import LIMITS, between, path
from studio.engine.film.film import film
from studio.engine.film.script import scene_words, script_of
from studio.engine.film.spec import FilmSpec, frame_size, nearest_ratio
from studio.engine.film.state import state_of
from studio.engine.film.writer import FPS, Writer

SMALL = {"720p": 120, "1080p": 180}  # pixels of the short side: the same code, quickly
DUNES = "desert dunes at noon"


class ScriptTests(SimpleTestCase):
    def test_the_camera_obeys_both_languages(self) -> None:
        for words, camera in (
            ("a lighthouse, slow push in", "push"),
            ("灯塔，镜头推近", "push"),
            ("pull back from a city", "pull"),
            ("镜头拉远", "pull"),
            ("pan left over a harbour", "left"),
            ("向左平移", "left"),
            ("pan across the bay", "right"),
            ("tilt up to the stars", "up"),
            ("镜头上升", "up"),
            ("tilt down", "down"),
            ("the camera orbits the tower", "orbit"),
            ("环绕灯塔", "orbit"),
            ("static camera, a fox", "static"),
            ("固定镜头", "static"),
            ("a handheld walk", "drift"),
            ("a fox in the snow", "gentle"),
            ("a panda and a company", "gentle"),
        ):
            self.assertEqual(script_of(words).camera, camera, words)

    def test_verbs_are_read_in_both_languages(self) -> None:
        for words, verb in (
            ("a paper boat drifts by", "drift"),
            ("leaves falling", "fall"),
            ("gulls fly past", "fly"),
            ("balloons rise", "rise"),
            ("heavy rain", "rain"),
            ("it is snowing", "snow"),
            ("grass sways", "wave"),
            ("小船漂过", "drift"),
            ("花瓣飘落", "fall"),
            ("鸟飞过", "fly"),
            ("气球升起", "rise"),
            ("下雨", "rain"),
            ("飘雪", "snow"),
            ("海浪", "wave"),
        ):
            self.assertIn(verb, script_of(words).verbs, words)
        self.assertEqual(
            script_of("a train and its brain by the window under a rainbow, 漂亮的风景").verbs, frozenset()
        )

    def test_the_scene_is_read_without_the_camera(self) -> None:
        self.assertNotIn("push", scene_words("a fox, push in"))
        self.assertIn("fox", scene_words("a fox, push in"))
        self.assertEqual(scene_words("push in"), "push in")


class CameraTests(SimpleTestCase):
    def test_it_stays_in_its_room_and_rests_at_both_ends(self) -> None:
        for word in ("static", "push", "gentle", "pull", "left", "right", "up", "down", "drift", "orbit"):
            ends = path(word)
            for _part in range(4):
                for pose in (*ends, between(ends, 0.4)):
                    for value, (low, high) in zip(pose, LIMITS, strict=True):
                        self.assertTrue(low <= value <= high, (word, pose))
                self.assertEqual((between(ends, 0), between(ends, 1)), ends)
                ends = path(word, ends[1])


class SpecTests(SimpleTestCase):
    def test_it_refuses_what_is_no_film(self) -> None:
        for wrong in ({"prompt": " "}, {"ratio": "2:1"}, {"size": "4k"}, {"seconds": 0}, {"seconds": 11}, {"seed": -1}):
            with self.assertRaises(ValueError):
                FilmSpec(**{"prompt": "x", **wrong})  # type: ignore[arg-type]  # that is what is tried

    def test_sizes_are_even_and_of_their_ratio(self) -> None:
        self.assertEqual(frame_size("16:9", "720p"), (1280, 720))
        self.assertEqual(frame_size("9:16", "1080p"), (1080, 1920))
        self.assertEqual(frame_size("3:4", "720p"), (720, 960))
        self.assertEqual(
            [nearest_ratio(*size) for size in ((1536, 1024), (800, 800), (700, 1300))], ["4:3", "1:1", "9:16"]
        )


class FilmTests(SimpleTestCase):
    def setUp(self) -> None:
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        small = patch.dict(shapes.SIZES, SMALL)
        small.start()
        self.addCleanup(small.stop)
        self.told: list[tuple[float, str]] = []

    def make(self, prompt: str = DUNES, **says: Any) -> Path:
        out = self.folder / f"{len(list(self.folder.iterdir()))}.mp4"
        film(FilmSpec(**{"prompt": prompt, "seconds": 1, "seed": 3, **says}), out, tell=self.tell)
        return out

    def tell(self, share: float, stage: str) -> None:
        self.told.append((share, stage))

    def test_it_has_the_length_and_the_size_and_plays_while_it_loads(self) -> None:
        out = self.make(ratio="9:16", seconds=2)
        with av.open(str(out), "r") as box:
            stream = box.streams.video[0]
            self.assertEqual((stream.codec_context.name, stream.frames), ("h264", 2 * FPS))
            self.assertEqual((stream.codec_context.width, stream.codec_context.height), frame_size("9:16", "720p"))
            self.assertEqual(float((stream.duration or 0) * (stream.time_base or 0)), 2.0)
        content = out.read_bytes()
        self.assertLess(content.index(b"moov"), content.index(b"mdat"))

    def test_it_tells_how_far_it_is_and_never_goes_back(self) -> None:
        self.make()
        shares = [share for share, _stage in self.told]
        self.assertEqual(shares, sorted(shares))
        self.assertEqual((shares[0], self.told[-1]), (0.0, (1.0, "filming")))
        self.assertEqual({stage for _share, stage in self.told}, {"drawing", "filming"})

    def test_it_gives_up_when_it_is_stopped(self) -> None:
        def tell(_share: float, stage: str) -> None:
            if stage == "filming":
                raise Stopped

        with self.assertRaises(Stopped):
            film(FilmSpec(prompt=DUNES, seconds=10), self.folder / "stopped.mp4", tell=tell)

    def test_the_same_request_is_the_same_film(self) -> None:
        self.assertEqual(shown(self.make())[5].tobytes(), shown(self.make())[5].tobytes())
        self.assertNotEqual(shown(self.make())[5].tobytes(), shown(self.make(seed=4))[5].tobytes())

    def test_a_static_camera_stands_and_a_moving_one_moves(self) -> None:
        still, panned = (shown(self.make(f"{DUNES}, {words}")) for words in ("static camera", "pan right"))
        self.assertLess(change(still[0], still[-1]), 2.0)
        self.assertGreater(change(panned[0], panned[-1]), 4 * change(still[0], still[-1]))

    def test_rain_falls_only_where_it_was_asked_for(self) -> None:
        dry, wet = (shown(self.make(f"{DUNES}, static camera{words}")) for words in ("", ", rain"))
        self.assertGreater(change(wet[3], wet[9]), 2 * change(dry[3], dry[9]))

    def test_it_is_made_in_the_medium_of_the_words(self) -> None:
        wish = "a lighthouse on a cliff at dusk, static camera"
        plain, cut, pixels = (shown(self.make(f"{wish}{words}"))[4] for words in ("", ", linocut", ", pixel art"))
        self.assertGreater(change(plain, cut), 20)
        self.assertGreater(change(plain, pixels), 1)

    def test_no_frame_jumps(self) -> None:
        frames = shown(self.make("a lighthouse on a cliff at dusk, push in", seconds=2))
        steps = [change(a, b) for a, b in pairwise(frames)]
        self.assertLess(max(steps), 3 * float(np.median(steps)) + 1)

    def test_a_later_part_goes_on_from_the_last_frame(self) -> None:
        first = self.make("a lighthouse on a cliff at dusk, push in")
        second = self.make("snow begins, pan left", before=first, ratio="1:1")
        third = self.make("static", before=second)
        frames = [shown(part) for part in (first, second, third)]
        self.assertEqual(
            {part[0].shape for part in frames}, {frames[0][0].shape}, "the ratio is that of the first part"
        )
        for before, after in pairwise(frames):
            self.assertLess(change(before[-1], after[0]), 6)
        states = [state_of(part) for part in (first, second, third)]
        self.assertEqual([state.clock for state in states if state], [1.0, 2.0, 3.0])
        self.assertEqual([state.particles for state in states if state], [(), ("snow",), ("snow",)])

    def test_a_later_part_of_another_quality_shows_the_same_scene(self) -> None:
        first = self.make("a lighthouse on a cliff at dusk, push in")
        before, after = shown(first)[-1], shown(self.make("static", before=first, size="1080p"))[0]
        self.assertEqual(after.shape[:2], frame_size("16:9", "1080p")[::-1])
        self.assertLess(change(before, cv2.resize(after, before.shape[1::-1], interpolation=cv2.INTER_AREA)), 6)

    def test_a_note_that_only_pretends_is_none_of_ours(self) -> None:
        state = state_of(self.make())
        assert state is not None
        told = json.loads(state.as_note())
        for wrong in (
            {"room": [1e9, 1, 0]},
            {"ratio": "1:9"},
            {"size": "4k"},
            {"particles": ["rain", "fire"]},
            {"pose": [0, 0, 9, 0]},
            {"clock": 1e99},
            {"clock": "1"},
            {"seed": -1},
            {"scene": " "},
            {"studio": 2},
            {"more": 1},
        ):
            path = self.folder / "pretended.mp4"
            writer = Writer(path, 64, 36, note=json.dumps({**told, **wrong}))
            writer.put(np.zeros((36, 64, 3), np.uint8))
            writer.close()
            self.assertIsNone(state_of(path), wrong)

    def test_an_image_moves_and_decides_the_ratio(self) -> None:
        still = self.still((300, 400))
        frames = shown(self.make("push in", picture=still, ratio="16:9"))
        self.assertEqual(frames[0].shape[:2], frame_size("3:4", "720p")[::-1])
        self.assertGreater(change(frames[0], frames[-1]), 1)
        again = shown(self.make("pan left", before=self.folder / "1.mp4"))
        self.assertLess(change(frames[-1], again[0]), 6)

    def test_any_film_can_be_extended(self) -> None:
        out = self.folder / "foreign.mp4"
        with av.open(str(out), "w") as box:
            stream = box.add_stream("libx264", rate=24)
            stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p"
            for _number in range(12):
                box.mux(stream.encode(av.VideoFrame.from_ndarray(np.full((90, 160, 3), 90, np.uint8), format="rgb24")))
            box.mux(stream.encode())
        self.assertIsNone(state_of(out))
        self.assertEqual(len(shown(self.make("zoom in", before=out))), FPS)

    def test_a_watermark_stands_at_the_bottom_right(self) -> None:
        plain, marked = (shown(self.make(f"{DUNES}, static", mark=words))[4] for words in ("", "Harbour Team"))
        high, wide = plain.shape[0] // 2, plain.shape[1] // 2
        self.assertGreater(change(plain[high:, wide:], marked[high:, wide:]), 0.25)
        self.assertLess(change(plain[:high, :wide], marked[:high, :wide]), 0.1)

    def still(self, size: tuple[int, int]) -> Path:
        y, x = np.mgrid[0 : size[1], 0 : size[0]]
        pixels = np.stack([x * 255 // size[0], y * 255 // size[1], (x // 20 + y // 20) % 2 * 200], 2).astype(np.uint8)
        path = self.folder / "0.png"
        Image.fromarray(pixels).save(path)
        return path


def shown(path: Path) -> list[Array]:
    with av.open(str(path), "r") as box:
        return [frame.to_ndarray(format="bgr24") for frame in box.decode(video=0)]


def change(a: Array, b: Array) -> float:
    """Mean difference of two pictures, 0..255."""
    return float(np.abs(a.astype(int) - b).mean())
