"""What an image request may be: one table of limits, one frozen params class, and the browser's form for it."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from studio.catalog.contract import TaskForm
from studio.catalog.words import is_blank

PROMPT_LENGTH = 2000
SIZES = ("1:1", "3:2", "2:3")  # kie-api.md 10.1
COUNTS = (1, 2, 4)
SEEDS = 2**31


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageParams:
    """One request for pictures. Raises ValueError when a value is outside the limits above."""

    prompt: str
    size: str = "1:1"
    count: int = 1
    seed: int = 0

    def __post_init__(self) -> None:
        if not _is_text(self.prompt) or is_blank(self.prompt) or len(self.prompt) > PROMPT_LENGTH:
            raise ValueError("prompt")
        if self.size not in SIZES:
            raise ValueError("size")
        if type(self.count) is not int or self.count not in COUNTS:
            raise ValueError("count")
        if type(self.seed) is not int or not 0 <= self.seed < SEEDS:
            raise ValueError("seed")

    @property
    def pieces(self) -> int:
        return self.count

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        try:
            return cls(**data)
        except TypeError as error:
            raise ValueError("not an image request") from error

    def again(self) -> Self:
        return replace(self, seed=new_seed())


def _is_text(value: object) -> bool:
    """Words that every database and file takes: no NUL, no half of a surrogate pair. JSON may carry both."""
    return isinstance(value, str) and "\0" not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)


def new_seed() -> int:
    return secrets.randbelow(SEEDS)


class PromptField(forms.CharField):
    """A browser counts the end of a line as one character and sends it as two."""

    def to_python(self, value: Any) -> Any:
        words = super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)
        return "" if is_blank(words or "") else words


class ImageForm(TaskForm):
    prompt = PromptField(
        label=_("Describe the image"),
        max_length=PROMPT_LENGTH,
        widget=forms.Textarea(
            attrs={"placeholder": _("Describe what should be in the picture, the light, and how it is made.")}
        ),
    )
    size = forms.ChoiceField(label=_("Aspect ratio"), choices=[(size, size) for size in SIZES], initial=SIZES[0])
    count = forms.TypedChoiceField(
        label=_("Variations"), coerce=int, choices=[(count, str(count)) for count in COUNTS], initial=COUNTS[0]
    )

    def to_params(self) -> ImageParams:
        data = self.cleaned_data
        return ImageParams(prompt=data["prompt"], size=data["size"], count=data["count"], seed=new_seed())
