from collections.abc import Callable
from unittest import TestCase

import numpy as np

from studio.engine.illustrator.canvas import Scene
from studio.engine.illustrator.colour import palette
from studio.engine.illustrator.composers import compose
from studio.engine.illustrator.reading.nouns import SUBJECTS
from studio.engine.illustrator.reading.read import read
from studio.engine.illustrator.staging.placed import Box, Placed, extent, union
from studio.engine.illustrator.staging.sizes import LUMINARIES, SIZES
from studio.engine.illustrator.subjects import DRAW

SEEDS = range(1, 7)
SIDE = 160
Check = Callable[[list[Placed], list[Placed], Scene], bool]


def staged(prompt: str, seed: int, shape: tuple[int, int] = (SIDE, SIDE)) -> Scene:
    brief = read(prompt)
    rng = np.random.default_rng([seed, *prompt.encode()])
    side = 1 if (seed + len(prompt)) % 2 else -1
    sc = Scene(*shape, palette(brief, rng), rng, brief, side=side)
    compose(sc, seed)
    return sc


def copies(sc: Scene, name: str) -> list[Placed]:
    return [placed for placed in sc.placed if placed.subject.name == name]


def box_of(placed: list[Placed], sc: Scene) -> Box:
    return union([each.box(sc) for each in placed])


def sits_on(a: list[Placed], b: list[Placed], sc: Scene) -> bool:
    mine, seat = a[0].box(sc), box_of(b, sc)
    return seat.x0 <= a[0].x <= seat.x1 and seat.y0 - 0.02 <= a[0].y < b[0].y and mine.y0 < seat.y1


def is_over(a: list[Placed], b: list[Placed], sc: Scene) -> bool:
    mine, other = box_of(a, sc), box_of(b, sc)
    return mine.y0 > 0 and mine.y1 <= other.y0 + 0.01 and mine.x0 < other.x1 and mine.x1 > other.x0


def is_below(a: list[Placed], b: list[Placed], sc: Scene) -> bool:
    return is_over(b, a, sc)


def is_sheltered(a: list[Placed], b: list[Placed], sc: Scene) -> bool:
    mine, roof = box_of(a, sc), box_of(b, sc)
    return mine.y0 > roof.y0 + roof.tall * 0.25 and mine.x1 > roof.x0 - 0.06 and mine.x0 < roof.x1 + 0.06


def is_behind(a: list[Placed], b: list[Placed], sc: Scene) -> bool:
    return max(each.order for each in a) < min(each.order for each in b) and a[0].y <= b[0].y


def is_in_front(a: list[Placed], b: list[Placed], sc: Scene) -> bool:
    return min(each.order for each in a) > max(each.order for each in b) and a[0].y >= b[0].y


def is_beside(a: list[Placed], b: list[Placed], sc: Scene) -> bool:
    one, other = box_of(a, sc), box_of(b, sc)
    gap = max(one.x0, other.x0) - min(one.x1, other.x1)
    return -0.35 * min(one.wide, other.wide) < gap < 0.12 and abs(a[0].y - b[0].y) < 0.1


def is_left(a: list[Placed], b: list[Placed], sc: Scene) -> bool:
    return box_of(a, sc).x < box_of(b, sc).x


def is_right(a: list[Placed], b: list[Placed], sc: Scene) -> bool:
    return is_left(b, a, sc)


def is_between(a: list[Placed], b: list[Placed], sc: Scene) -> bool:
    columns = sorted(each.x for each in b)
    return columns[0] < a[0].x < columns[-1]


RELATIONS: tuple[tuple[str, str, str, Check], ...] = (
    ("cat on a chair", "cat", "chair", sits_on),
    ("a sleeping cat on a red chair by the window", "cat", "chair", sits_on),
    ("person riding a horse through the desert", "person", "horse", sits_on),
    ("an owl on a tree at night", "owl", "tree", sits_on),
    ("a cat on a car", "cat", "car", sits_on),
    ("a bird above the tower", "bird", "tower", is_over),
    ("a balloon over a castle", "balloon", "castle", is_over),
    ("moon over the castle", "moon", "castle", is_over),
    ("moon over a house in a field", "moon", "house", is_over),
    ("moon over the lighthouse", "moon", "lighthouse", is_over),
    ("whale below a small boat", "whale", "boat", is_below),
    ("a fox under a balloon", "fox", "balloon", is_below),
    ("a boat under a bridge", "boat", "bridge", is_sheltered),
    ("a cat under a chair", "cat", "chair", is_sheltered),
    ("a deer under a tree", "deer", "tree", is_sheltered),
    ("house behind trees", "house", "tree", is_behind),
    ("a bear behind a tent in the forest", "bear", "tent", is_behind),
    ("a dog in front of a red house", "dog", "house", is_in_front),
    ("elephant in front of a pagoda", "elephant", "pagoda", is_in_front),
    ("fox beside a cottage", "fox", "cottage", is_beside),
    ("penguin beside a snowman", "penguin", "snowman", is_beside),
    ("a dog near a chair", "dog", "chair", is_beside),
    ("to the left of the church a tall tree in a field", "tree", "church", is_left),
    ("a horse to the right of a windmill", "horse", "windmill", is_right),
    ("a house between two trees", "house", "tree", is_between),
)
WITHIN = 0.12  # how far a thing may reach out of the picture
SINGLE = (
    "a horse in a meadow",
    "a castle in the mountains",
    "a fox in the forest",
    "a cat in a room",
    "a robot in a street",
)


class RelationTests(TestCase):
    def test_things_stand_where_the_words_put_them(self) -> None:
        for prompt, name, anchor, holds in RELATIONS:
            for seed in SEEDS:
                for shape in ((SIDE, SIDE), (SIDE * 3 // 2, SIDE), (SIDE, SIDE * 3 // 2)):
                    with self.subTest(prompt, seed=seed, shape=shape):
                        sc = staged(prompt, seed, shape)
                        a, b = copies(sc, name), copies(sc, anchor)
                        self.assertTrue(a)
                        self.assertTrue(b)
                        self.assertTrue(holds(a, b, sc), (box_of(a, sc), box_of(b, sc)))

    def test_left_and_right_are_halves_of_the_picture(self) -> None:
        for seed in SEEDS:
            sc = staged("on the left a windmill, on the right a horse", seed)
            with self.subTest(seed=seed):
                self.assertLess(copies(sc, "windmill")[0].x, 0.45)
                self.assertGreater(copies(sc, "horse")[0].x, 0.55)

    def test_who_is_on_a_beach_has_sand_under_the_feet(self) -> None:
        for prompt, name in (("a dog running on a beach", "dog"), ("a horse by the sea", "horse")):
            for seed in SEEDS:
                with self.subTest(prompt, seed=seed):
                    self.assertEqual(copies(staged(prompt, seed), name)[0].where, "ground")

    def test_near_things_are_large_and_far_ones_small(self) -> None:
        for seed in SEEDS:
            near, plain, far = (
                copies(staged(f"a fox{where}, mountains", seed), "fox")[0].size
                for where in (" in the foreground", "", " in the distance")
            )
            with self.subTest(seed=seed):
                self.assertGreater(near, plain)
                self.assertGreater(plain, far)


class CastTests(TestCase):
    def test_as_many_are_drawn_as_were_asked_for(self) -> None:
        for prompt, name, count in (
            ("harbour at dawn with three boats", "boat", 3),
            ("two running horses in a field", "horse", 2),
            ("five birds over the sea", "bird", 5),
            ("four sheep in a meadow", "sheep", 4),
            ("still life of three pears and a jug", "pear", 3),
            ("two red houses in a village", "house", 2),
        ):
            for seed in SEEDS:
                with self.subTest(prompt, seed=seed):
                    self.assertEqual(len(copies(staged(prompt, seed), name)), count)

    def test_a_single_hero_is_in_the_picture_and_big_enough(self) -> None:
        for prompt in SINGLE:
            for seed in SEEDS:
                with self.subTest(prompt, seed=seed):
                    sc = staged(prompt, seed)
                    box = sc.placed[0].box(sc)
                    self.assertGreater(box.tall, 0.13)
                    self.assertGreater(min(box.x0, box.y0), -WITHIN)
                    self.assertLess(max(box.x1, box.y1), 1 + WITHIN)

    def test_poses_reach_the_drawing(self) -> None:
        sc = staged("a running horse in a field", 1)
        self.assertEqual(copies(sc, "horse")[0].subject.pose, "running")

    def test_things_in_a_relation_are_in_proportion(self) -> None:
        for seed in SEEDS:
            sc = staged("a cat beside a horse in a field", seed)
            with self.subTest(seed=seed):
                self.assertLess(copies(sc, "cat")[0].size, copies(sc, "horse")[0].size * 0.7)

    def test_words_in_a_circle_do_no_harm(self) -> None:
        for prompt in (
            "a fox on a chair on a fox",
            "a cat behind a dog behind a cat",
            "a boat in a boat",
            "a moon on a moon",
        ):
            for seed in SEEDS:
                with self.subTest(prompt, seed=seed):
                    self.assertTrue(staged(prompt, seed).layers)

    def test_every_noun_can_be_staged_on_land_and_water_and_in_a_room(self) -> None:
        for place in ("in a field", "on the sea", "in a room", "under water", "in outer space"):
            for name, words in SUBJECTS.items():
                with self.subTest(name, place=place):
                    self.assertTrue(staged(f"three {words.split('|')[0]} {place}", 4, (96, 96)).layers)


class SizeTests(TestCase):
    def test_every_thing_has_a_size_and_an_extent(self) -> None:
        for name in set(DRAW) - LUMINARIES:
            with self.subTest(name):
                self.assertIn(name, SIZES)
                e = extent(name)
                self.assertGreater(e.right - e.left, 0.15)
                self.assertGreater(e.top - e.bottom, 0.3)
