"""The smallest slice there can be: one wish, one piece, no choices."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from django import forms

from benchmarks.upstream import ENGINES
from studio.catalog.contract import Generator, TaskForm, TaskParams
from studio.catalog.registry import register


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchParams:
    prompt: str
    pieces: int = 1

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        return cls(**data)

    def again(self) -> Self:
        return self


class BenchForm(TaskForm):
    prompt = forms.CharField()

    def to_params(self) -> BenchParams:
        return BenchParams(prompt=self.cleaned_data["prompt"])


@register
class BenchGenerator(Generator):
    kind = "bench"
    label = "Bench"
    icon = "timer"
    form_class = BenchForm
    form_template = "image/_form.html"
    result_template = "image/_result.html"
    params_class = BenchParams

    def providers(self) -> list[str]:
        return list(ENGINES)

    def price(self, params: TaskParams, *, provider: str) -> int:
        return 100

    def wish(self, pieces: int) -> str:
        return "Measure"

    def facts(self, params: TaskParams) -> list[str]:
        return []

    def details(self, params: TaskParams) -> list[tuple[str, str]]:
        return []
