"""The browser's form for a video."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from generators.video.params import (
    DURATIONS,
    EXTEND,
    IMAGE,
    IMPOSSIBLE,
    MARK_LENGTH,
    PROMPT_LENGTH,
    QUALITIES,
    RATIOS,
    TEXT,
    VideoParams,
)
from studio.catalog.contract import Intake, TaskForm
from studio.catalog.fields import IdsField, PromptField
from studio.catalog.values import is_text, new_seed

NOBODY = "00000000-0000-0000-0000-000000000000"  # stands for an input that is still to be chosen: the price is known
MODES = [(TEXT, _("Text")), (IMAGE, _("Image")), (EXTEND, _("Extend"))]


class QualitySelect(forms.RadioSelect):
    """Where ten seconds are chosen, what these exclude cannot be."""

    impossible = ""

    def create_option(self, name: str, value: Any, *given: Any, **options: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *given, **options)
        if value == self.impossible:
            option["attrs"]["disabled"] = True
        return option


class VideoForm(TaskForm):
    """`references` and `source` hold ids of assets; a file becomes such an id in `take_in`."""

    input_fields = {"reference": "references", "extend": "source"}

    mode = forms.ChoiceField(label=_("Start from"), choices=MODES, initial=TEXT, widget=forms.RadioSelect)
    prompt = PromptField(
        label=_("Describe the video"),
        max_length=PROMPT_LENGTH,
        widget=forms.Textarea(attrs={"placeholder": _("Describe what moves and how the camera moves.")}),
    )
    references = IdsField(label=_("Image"), required=False)
    reference_files = forms.FileField(label=_("Image"), required=False)
    source = IdsField(label=_("Video"), required=False)
    ratio = forms.ChoiceField(
        label=_("Aspect ratio"), required=False, choices=[(ratio, ratio) for ratio in RATIOS], initial=RATIOS[0]
    )
    duration = forms.TypedChoiceField(
        label=_("Length"),
        required=False,
        coerce=int,
        choices=[(seconds, _("%(seconds)s s") % {"seconds": seconds}) for seconds in DURATIONS],
        initial=DURATIONS[0],
    )
    quality = forms.ChoiceField(
        label=_("Quality"), choices=[(name, name) for name in QUALITIES], initial=QUALITIES[0], widget=QualitySelect
    )
    watermark = forms.CharField(label=_("Watermark"), required=False, max_length=MARK_LENGTH)

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        for name, mode in (("source", EXTEND), ("references", IMAGE)):
            if self.initial.get(name):
                self.initial.setdefault("mode", mode)
        if str(self["duration"].value()) == str(IMPOSSIBLE[0]):
            cast("QualitySelect", self.fields["quality"].widget).impossible = IMPOSSIBLE[1]
        modes = MODES if self["mode"].value() == EXTEND else MODES[:2]
        cast("forms.ChoiceField", self.fields["mode"]).choices = modes

    @property
    def is_extension(self) -> bool:
        return bool(self["mode"].value() == EXTEND)

    def clean_prompt(self) -> str:
        return str(self.cleaned_data["prompt"])

    def clean_watermark(self) -> str:
        words = str(self.cleaned_data["watermark"])
        if not is_text(words):
            raise forms.ValidationError(_("Enter a valid value."))
        return words

    def clean(self) -> None:
        data = self.cleaned_data
        if data.get("mode") == EXTEND or data.get("duration") == "":
            data["duration"] = DURATIONS[0]
        if (data.get("duration"), data.get("quality")) == IMPOSSIBLE:
            self.add_error("quality", _("1080p is for 5 s clips. Choose 720p, or 5 s."))
        if len(data.get("references", ())) > 1:
            self.add_error("references", _("One image is taken."))

    def take_in(self, intake: Intake) -> None:
        data = self.cleaned_data
        try:
            if data["mode"] == IMAGE:
                self._take_picture(intake)
            elif data["mode"] == EXTEND:
                self._take_source(intake)
        except forms.ValidationError as error:
            self.add_error("references" if data["mode"] == IMAGE else "source", error)

    def _take_picture(self, intake: Intake) -> None:
        data = self.cleaned_data
        if data["reference_files"]:
            data["references"] = [intake.picture(data["reference_files"])]
        if not data["references"]:
            raise forms.ValidationError(_("Choose the image that should move."))

    def _take_source(self, intake: Intake) -> None:
        data = self.cleaned_data
        if len(data["source"]) != 1:
            raise forms.ValidationError(_("Open a finished video and choose Extend."))
        data["parent"] = intake.upstream(data["source"][0], provider=data["engine"])

    def to_params(self) -> VideoParams:
        data, mode = self.cleaned_data, self.cleaned_data["mode"]
        return VideoParams(
            prompt=data["prompt"],
            mode=mode,
            ratio=data["ratio"] or RATIOS[0],
            duration=data["duration"],
            quality=data["quality"],
            watermark=data["watermark"],
            references=tuple(data["references"][:1] or [NOBODY]) if mode == IMAGE else (),
            source=(data["source"][:1] or [NOBODY])[0] if mode == EXTEND else "",
            parent=data.get("parent", "") if mode == EXTEND else "",
            seed=new_seed(),
        )
