"""What an image request may be: one table of limits, one frozen params class, and the browser's form for it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from generators.image.wire import FALLBACK_MODELS
from studio.catalog.contract import Intake, TaskForm
from studio.catalog.fields import IdsField, PromptField
from studio.catalog.values import ID, SEEDS, is_id, is_text, new_seed
from studio.catalog.words import is_blank

PROMPT_LENGTH = 2000
SIZES = ("1:1", "3:2", "2:3")  # kie-api.md 10.1
COUNTS = (1, 2, 4)
REFERENCES = 5
KIE = "kie"
ADVANCED = ("enhance", "upload_cn", "fallback", "fallback_model")  # only Kie knows them


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageParams:
    """One request for pictures. Raises ValueError when a value is outside the limits above. The last four are Kie's own
    (kie-api.md 10.1)."""

    prompt: str
    size: str = "1:1"
    count: int = 1
    seed: int = 0
    references: tuple[str, ...] = ()
    mask: str = ""
    enhance: bool = False
    upload_cn: bool = False
    fallback: bool = False
    fallback_model: str = ""

    def __post_init__(self) -> None:
        if not is_text(self.prompt) or is_blank(self.prompt) or len(self.prompt) > PROMPT_LENGTH:
            raise ValueError("prompt")
        if self.size not in SIZES:
            raise ValueError("size")
        if type(self.count) is not int or self.count not in COUNTS:
            raise ValueError("count")
        if type(self.seed) is not int or not 0 <= self.seed < SEEDS:
            raise ValueError("seed")
        if not isinstance(self.references, tuple) or len(self.references) > REFERENCES:
            raise ValueError("references")
        if not all(is_id(reference) for reference in self.references):
            raise ValueError("references")
        if self.mask != "" and (not is_id(self.mask) or len(self.references) != 1):
            raise ValueError("mask")  # kie-api.md 10.1: it belongs to the one reference
        self._check_advanced()

    def _check_advanced(self) -> None:
        for name in ("enhance", "upload_cn", "fallback"):
            if type(getattr(self, name)) is not bool:
                raise ValueError(name)
        if self.fallback_model not in ("", *FALLBACK_MODELS) or (self.fallback_model and not self.fallback):
            raise ValueError("fallback_model")

    @property
    def pieces(self) -> int:
        return self.count

    def to_json(self) -> dict[str, Any]:
        said = {name: value for name, value in asdict(self).items() if value or name not in ADVANCED}
        return {**said, "references": list(self.references)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        try:
            given = {**data}
            if isinstance(given.get("references"), list):
                given["references"] = tuple(given["references"])
            return cls(**given)
        except TypeError as error:
            raise ValueError("not an image request") from error

    def again(self) -> Self:
        return replace(self, seed=new_seed())


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; what they are is asked where they are kept."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        return [file for file in data or () if file] if isinstance(data, list | tuple) else [data] if data else []


def _percent(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=100)


class ImageForm(TaskForm):
    """`references` and `mask` hold ids of assets. Files and the rectangle become such ids in `take_in`."""

    input_fields = {"reference": "references", "mask": "mask"}

    prompt = PromptField(
        label=_("Describe the image"),
        max_length=PROMPT_LENGTH,
        widget=forms.Textarea(
            attrs={"placeholder": _("Describe what should be in the picture, the light, and how it is made.")}
        ),
    )
    references = IdsField(label=_("References"), required=False)
    reference_files = FilesField(label=_("References"), required=False)
    mask = forms.RegexField(rf"^{ID.pattern}\Z", required=False, widget=forms.HiddenInput)
    mask_file = forms.FileField(required=False, allow_empty_file=True)
    mask_left = _percent(_("Left"))
    mask_top = _percent(_("Top"))
    mask_width = _percent(_("Width"))
    mask_height = _percent(_("Height"))
    size = forms.ChoiceField(label=_("Aspect ratio"), choices=[(size, size) for size in SIZES], initial=SIZES[0])
    count = forms.TypedChoiceField(
        label=_("Variations"), coerce=int, choices=[(count, str(count)) for count in COUNTS], initial=COUNTS[0]
    )
    enhance = forms.BooleanField(label=_("Enhance the prompt"), required=False)
    upload_cn = forms.BooleanField(label=_("Upload through China"), required=False)
    fallback = forms.BooleanField(label=_("Use a fallback model when the first is busy"), required=False)
    fallback_model = forms.ChoiceField(
        label=_("Fallback model"),
        choices=[("", _("Kie’s choice")), *((model, model) for model in FALLBACK_MODELS)],
        required=False,
    )

    @property
    def offers_advanced(self) -> bool:
        """Whether an engine is on offer that knows what only Kie does."""
        return any(value == KIE for value, _label in getattr(self.fields.get("engine"), "choices", ()))

    @property
    def shows_advanced(self) -> bool:
        return any(self[name].value() for name in ADVANCED)

    def clean(self) -> None:
        wanted = len(self.cleaned_data.get("references", ())) + len(self.cleaned_data.get("reference_files", ()))
        if wanted > REFERENCES:
            self.add_error("references", _("Up to %(count)s references are taken.") % {"count": REFERENCES})

    def take_in(self, intake: Intake) -> None:
        data = self.cleaned_data
        try:
            data["references"] += [intake.picture(file) for file in data["reference_files"]]
        except forms.ValidationError as error:
            self.add_error("references", error)
            return
        try:
            data["mask"] = self._mask(intake, data["references"])
        except forms.ValidationError as error:
            self.add_error("mask", error)

    def _mask(self, intake: Intake, references: list[str]) -> str:
        """What is painted counts before the rectangle, and that before the mask of an earlier try."""
        data = self.cleaned_data
        if len(references) != 1:
            return ""
        if data["mask_file"]:
            return intake.mask(data["mask_file"], of=references[0])
        left, top, width, height = (data[f"mask_{side}"] or 0 for side in ("left", "top", "width", "height"))
        if width and height:
            return intake.box((left, top, width, height), of=references[0])
        return str(data["mask"])

    def to_params(self) -> ImageParams:
        data = self.cleaned_data
        references, mask = tuple(data["references"]), data["mask"]
        return ImageParams(
            prompt=data["prompt"],
            size=data["size"],
            count=data["count"],
            seed=new_seed(),
            references=references,
            mask=mask if len(references) == 1 else "",
            **self._advanced(),
        )

    def _advanced(self) -> dict[str, Any]:
        """A model to fall back on means something only when that is wanted."""
        said = {name: self.cleaned_data[name] for name in ADVANCED if self.cleaned_data.get(name)}
        if self.cleaned_data.get("engine", KIE) != KIE:
            return {}
        return {name: value for name, value in said.items() if name != "fallback_model" or "fallback" in said}
