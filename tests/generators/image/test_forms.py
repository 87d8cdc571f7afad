from dataclasses import replace
from typing import Any

from django import forms as django_forms
from django.test import SimpleTestCase

from generators.image.forms import COUNTS, PROMPT_LENGTH, SIZES, ImageForm, ImageParams
from studio.catalog.values import SEEDS, new_seed
from studio.engine.illustrator import draw

GOOD: dict[str, Any] = {"prompt": "a red fox", "size": "3:2", "count": 2, "seed": 7}


class ParamsTests(SimpleTestCase):
    def test_the_limits_are_those_of_the_upstream(self) -> None:
        self.assertEqual((PROMPT_LENGTH, SIZES, COUNTS, SEEDS), (2000, ("1:1", "3:2", "2:3"), (1, 2, 4), 2**31))

    def test_our_own_engine_draws_every_size(self) -> None:
        self.assertEqual(set(draw.SIZES), set(SIZES))

    def test_every_allowed_value_is_taken(self) -> None:
        for size in SIZES:
            for count in COUNTS:
                for seed in (0, 1, SEEDS - 1):
                    params = ImageParams(prompt="x", size=size, count=count, seed=seed)
                    self.assertEqual((params.size, params.count, params.seed), (size, count, seed))
                    self.assertEqual(params.pieces, count)
        for prompt in ("x" * PROMPT_LENGTH, "🦊" * PROMPT_LENGTH, "海边的灯塔", " a fox ", "\na\n"):
            self.assertEqual(ImageParams(prompt=prompt).prompt, prompt)

    def test_what_is_not_said_is_the_smallest_request(self) -> None:
        params = ImageParams(prompt="x")
        self.assertEqual(
            params.to_json(), {"prompt": "x", "size": "1:1", "count": 1, "seed": 0, "references": [], "mask": ""}
        )

    def test_every_other_value_is_refused_by_its_name(self) -> None:
        wrong: dict[str, list[Any]] = {
            "prompt": [
                "",
                "  \n\t ",
                "\u3000",
                "x" * (PROMPT_LENGTH + 1),
                "a\0fox",
                "\ud800",
                "a \udfff",
                None,
                7,
                b"x",
            ],
            "size": ["", "1/1", "1:1 ", "16:9", "3:2\n", None, 1, 1.5, ["1:1"]],
            "count": [0, -1, 3, 5, 2**70, True, 1.0, 2.0, "1", "", None, [1], float("nan")],
            "seed": [-1, SEEDS, 2**70, True, False, 0.0, 1.5, "7", "", None, [7], float("inf")],
        }
        for name, values in wrong.items():
            for value in values:
                with self.subTest(name=name, value=str(value)[:20]), self.assertRaisesMessage(ValueError, name):
                    ImageParams(**{**GOOD, name: value})

    def test_what_only_kie_knows_is_checked_too_and_said_only_when_it_is_wanted(self) -> None:
        asked: dict[str, Any] = {"enhance": True, "upload_cn": True, "fallback": True, "fallback_model": "FLUX_MAX"}
        flags: tuple[Any, ...] = (1, "on", None, [])
        models: tuple[Any, ...] = ("DALL_E", None, 7, [])
        params = ImageParams(**GOOD, **asked)
        self.assertEqual(ImageParams.from_json(params.to_json()), params)
        self.assertLessEqual(asked.items(), params.to_json().items())
        wrong: list[dict[str, Any]] = [{name: value} for name in [*asked][:3] for value in flags]
        wrong += [{"fallback": True, "fallback_model": value} for value in models]
        for changes in (*wrong, {"fallback_model": "FLUX_MAX"}):
            with self.subTest(changes=str(changes)), self.assertRaisesMessage(ValueError, [*changes][-1]):
                ImageParams(**GOOD, **changes)

    def test_json_is_the_same_request_again(self) -> None:
        params = ImageParams(**GOOD)
        self.assertEqual(params.to_json(), {**GOOD, "references": [], "mask": ""})
        self.assertEqual(ImageParams.from_json(params.to_json()), params)

    def test_json_that_is_no_image_request_is_refused(self) -> None:
        junk: list[Any] = [{}, {"size": "1:1"}, {**GOOD, "steps": 30}, {**GOOD, "prompt": None}, [], None, "x", {1: 2}]
        for data in junk:
            with self.subTest(data=str(data)), self.assertRaises(ValueError):
                ImageParams.from_json(data)

    def test_another_try_has_another_seed_and_nothing_else(self) -> None:
        params = ImageParams(**GOOD)
        tries = [params.again() for _ in range(20)]
        self.assertEqual({replace(other, seed=params.seed) for other in tries}, {params})
        self.assertGreater(len({other.seed for other in tries}), 15)

    def test_seeds_are_within_their_limits_and_differ(self) -> None:
        seeds = {new_seed() for _ in range(50)}
        self.assertGreater(len(seeds), 40)
        self.assertTrue(all(0 <= seed < SEEDS for seed in seeds))


class FormTests(SimpleTestCase):
    def form(self, **changes: str) -> ImageForm:
        return ImageForm({"prompt": "a red fox", "size": "1:1", "count": "1", **changes})

    def test_it_ends_in_a_request_with_a_seed_of_its_own(self) -> None:
        form = self.form(prompt="  a red fox ", size="2:3", count="4")
        self.assertTrue(form.is_valid(), form.errors)
        first, second = form.to_params(), form.to_params()
        self.assertEqual((first.prompt, first.size, first.count), ("a red fox", "2:3", 4))
        self.assertNotEqual(first.seed, second.seed)

    def test_it_offers_exactly_what_a_request_may_be(self) -> None:
        form = ImageForm()
        offered = {name: [value for value, _label in form.fields[name].widget.choices] for name in ("size", "count")}
        self.assertEqual(offered, {"size": [*SIZES], "count": [*COUNTS]})
        self.assertEqual(form.fields["prompt"].widget.attrs["maxlength"], str(PROMPT_LENGTH))

    def test_it_takes_every_request_that_it_offers(self) -> None:
        for size in SIZES:
            for count in COUNTS:
                form = self.form(size=size, count=str(count))
                self.assertTrue(form.is_valid(), form.errors)
                self.assertEqual((form.to_params().size, form.to_params().count), (size, count))

    def test_what_only_kie_knows_is_asked_of_kie_only(self) -> None:
        asked = {"enhance": "on", "upload_cn": "on", "fallback": "on", "fallback_model": "FLUX_MAX"}
        for engine, wanted in (("kie", True), ("local", False)):
            form = self.form(**asked)
            form.fields["engine"] = django_forms.ChoiceField(choices=[("kie", "Kie"), ("local", "Local")])
            form.data = {**form.data, "engine": engine}
            self.assertTrue(form.is_valid(), form.errors)
            self.assertTrue(form.offers_advanced)
            params = form.to_params()
            self.assertEqual((params.enhance, params.upload_cn, params.fallback), (wanted,) * 3)
            self.assertEqual(params.fallback_model, "FLUX_MAX" if wanted else "")
        self.assertFalse(self.form().offers_advanced)

    def test_a_model_to_fall_back_on_means_nothing_by_itself(self) -> None:
        form = self.form(fallback_model="GPT_IMAGE_1")
        self.assertTrue(form.is_valid(), form.errors)
        self.assertEqual(form.to_params().fallback_model, "")
        self.assertFalse(self.form(fallback_model="DALL_E").is_valid())

    def test_a_line_end_is_one_character_as_the_browser_counts_it(self) -> None:
        form = self.form(prompt="x" + "\r\n" * (PROMPT_LENGTH - 2) + "x")
        self.assertTrue(form.is_valid(), form.errors)
        self.assertEqual(len(form.to_params().prompt), PROMPT_LENGTH)

    def test_it_names_the_field_that_is_wrong(self) -> None:
        for changes in (
            {"prompt": ""},
            {"prompt": " \r\n\u3000"},
            {"prompt": "x" * (PROMPT_LENGTH + 1)},
            {"prompt": "a\0fox"},
            {"size": "16:9"},
            {"size": ""},
            {"count": "3"},
            {"count": "one"},
            {"count": "1.0"},
            {"count": ""},
        ):
            with self.subTest(changes=str(changes)[:40]):
                self.assertEqual(set(self.form(**changes).errors), set(changes))

    def test_nothing_at_all_is_no_request(self) -> None:
        self.assertEqual(set(ImageForm({}).errors), {"prompt", "size", "count"})
