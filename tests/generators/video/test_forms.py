import uuid
from dataclasses import replace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import ValidationError
from django.http import QueryDict
from django.test import SimpleTestCase
from django.utils.datastructures import MultiValueDict

from generators.video.forms import NOBODY, VideoForm
from generators.video.params import DURATIONS, MARK_LENGTH, PROMPT_LENGTH, QUALITIES, RATIOS, VideoParams
from studio.engine.film import spec

ONE, OTHER = str(uuid.uuid4()), str(uuid.uuid4())


class ParamsTests(SimpleTestCase):
    def test_the_limits_are_those_of_the_upstream_and_of_our_engine(self) -> None:
        self.assertEqual((PROMPT_LENGTH, DURATIONS, QUALITIES), (1800, (5, 10), ("720p", "1080p")))
        self.assertEqual((set(spec.SHAPES), set(spec.SIZES)), (set(RATIOS), set(QUALITIES)))
        self.assertEqual(spec.LONGEST, max(DURATIONS))

    def test_every_pair_but_one_is_taken(self) -> None:
        for ratio in RATIOS:
            for duration in DURATIONS:
                for quality in QUALITIES:
                    wish: dict[str, Any] = {"prompt": "x", "ratio": ratio, "duration": duration, "quality": quality}
                    if (duration, quality) == (10, "1080p"):
                        with self.assertRaisesMessage(ValueError, "quality"):
                            VideoParams(**wish)
                    else:
                        self.assertEqual(VideoParams(**wish).pieces, 1)

    def test_each_beginning_has_what_it_needs_and_nothing_else(self) -> None:
        VideoParams(prompt="x", mode="image", references=(ONE,))
        VideoParams(prompt="x", mode="extend", source=ONE, parent="upstream-1")
        wrong: list[dict[str, Any]] = [
            {"mode": "image"},
            {"mode": "image", "references": (ONE, OTHER)},
            {"mode": "image", "references": ("x",)},
            {"mode": "text", "references": (ONE,)},
            {"mode": "text", "source": ONE},
            {"mode": "text", "parent": "upstream-1"},
            {"mode": "extend"},
            {"mode": "extend", "source": "x"},
            {"mode": "extend", "source": ONE, "duration": 10},
            {"mode": "dream"},
            {"watermark": "x" * (MARK_LENGTH + 1)},
            {"watermark": "a\0b"},
            {"prompt": "x" * (PROMPT_LENGTH + 1)},
        ]
        for values in wrong:
            with self.subTest(values=values), self.assertRaises(ValueError):
                VideoParams(**{"prompt": "x", **values})

    def test_json_is_the_same_request_again(self) -> None:
        params = VideoParams(prompt="x", mode="image", references=(ONE,), seed=7)
        self.assertEqual(VideoParams.from_json(params.to_json()), params)
        self.assertEqual(replace(params.again(), seed=7), params)


class Shelf:
    """An intake that keeps nothing."""

    def picture(self, file: Any) -> str:
        if file.name == "bad.png":
            raise ValidationError("This is no picture.")
        return ONE

    def mask(self, file: Any, *, of: str) -> str:
        raise AssertionError

    def box(self, box: tuple[int, int, int, int], *, of: str) -> str:
        raise AssertionError

    def upstream(self, pk: str, *, provider: str) -> str:
        if provider == "kie" and pk == OTHER:
            raise ValidationError("Not here.")
        return "upstream-1" if provider == "kie" else ""


class FormTests(SimpleTestCase):
    def form(self, *, file: str = "", engine: str = "local", **says: str) -> VideoForm:
        data = QueryDict(mutable=True)
        data.update({"mode": "text", "prompt": "a fox", "duration": "5", "quality": "720p", "ratio": "1:1", **says})
        files: MultiValueDict[str, Any] = MultiValueDict()
        if file:
            files["reference_files"] = SimpleUploadedFile(file, b"x")
        form = VideoForm(data, files)
        if form.is_valid():
            form.cleaned_data["engine"] = engine
            form.take_in(Shelf())
        return form

    def test_words_make_a_request(self) -> None:
        params = self.form(watermark=" Harbour ", duration="10").to_params()
        self.assertEqual((params.ratio, params.duration, params.watermark), ("1:1", 10, "Harbour"))

    def test_ten_seconds_exclude_1080p_before_and_after_the_press(self) -> None:
        form = self.form(duration="10", quality="1080p")
        self.assertEqual(list(form.errors), ["quality"])
        off = [option.data["attrs"].get("disabled") for option in form["quality"]]
        self.assertEqual(off, [None, True])
        self.assertEqual([o.data["attrs"].get("disabled") for o in self.form()["quality"]], [None, None])

    def test_an_image_comes_as_a_file_or_from_the_library(self) -> None:
        self.assertEqual(self.form(mode="image", file="a.png").to_params().references, (ONE,))
        self.assertEqual(self.form(mode="image", references=OTHER).to_params().references, (OTHER,))
        self.assertEqual(list(self.form(mode="image").errors), ["references"])
        self.assertEqual(list(self.form(mode="image", file="bad.png").errors), ["references"])
        self.assertEqual(self.form(mode="text", references=OTHER).to_params().references, ())

    def test_an_extension_needs_its_source_and_what_the_engine_calls_it(self) -> None:
        params = self.form(mode="extend", source=ONE, engine="kie", duration="10").to_params()
        self.assertEqual((params.source, params.parent, params.duration), (ONE, "upstream-1", 5))
        self.assertEqual(self.form(mode="extend", source=OTHER).to_params().parent, "")
        self.assertEqual(list(self.form(mode="extend", source=OTHER, engine="kie").errors), ["source"])
        self.assertEqual(list(self.form(mode="extend").errors), ["source"])

    def test_the_price_is_known_before_the_input_is(self) -> None:
        for mode in ("image", "extend"):
            form = VideoForm({"mode": mode, "prompt": "…", "quality": "720p"})
            self.assertTrue(form.is_valid(), form.errors)
            self.assertIn(NOBODY, str(form.to_params().to_json()))

    def test_it_opens_at_what_it_was_given(self) -> None:
        self.assertEqual(VideoForm(initial={"references": [ONE]})["mode"].value(), "image")
        self.assertEqual(VideoForm(initial={"source": [ONE]})["mode"].value(), "extend")
        self.assertEqual([value for value, _label in VideoForm().fields["mode"].choices], ["text", "image"])  # type: ignore[attr-defined]  # a ChoiceField
