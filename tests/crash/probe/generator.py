"""Image's form and words, for both engines of the crash run, with a renderer that takes no time."""

from django.utils.translation import gettext_lazy

from generators.image.generator import ImageGenerator
from studio.catalog.contract import TaskParams
from studio.catalog.registry import register

PRICE = 100  # hundredths of a credit per piece


@register
class ProbeGenerator(ImageGenerator):
    kind = "probe"
    label = gettext_lazy("Image")
    renderer = "tests.crash.probe.local:render"

    def providers(self) -> list[str]:
        return ["local", "upstream"]

    def price(self, params: TaskParams, *, provider: str) -> int:
        return PRICE * params.pieces
