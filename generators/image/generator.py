"""Image: words to pictures."""

from collections.abc import Mapping, Sequence
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from generators.image.forms import ImageForm, ImageParams
from generators.image.wire import ImageWire
from studio.catalog.contract import Generator, TaskParams
from studio.catalog.registry import register
from studio.credits.prices import price_of


@register
class ImageGenerator(Generator):
    kind = "image"
    label = gettext_lazy("Image")
    icon = "image"
    form_class = ImageForm
    form_template = "image/_form.html"
    result_template = "image/_result.html"
    params_class = ImageParams
    example = gettext_lazy("a lighthouse on a cliff at dusk, gouache")
    input_kinds = {"reference": "image", "mask": "image"}
    renderer = "generators.image.local:render"
    wire = ImageWire()

    def providers(self) -> list[str]:
        return ["kie", "local"]

    def price(self, params: TaskParams, *, provider: str) -> int:
        return price_of(self.kind, provider=provider, pieces=params.pieces)

    def wish(self, pieces: int) -> str:
        return ngettext("Generate %(count)s image", "Generate %(count)s images", pieces) % {"count": pieces}

    def facts(self, params: TaskParams) -> list[str]:
        image = cast("ImageParams", params)
        count = ngettext("%(count)s image", "%(count)s images", image.count) % {"count": image.count}
        if not image.references:
            return [image.size, count]
        used = len(image.references)
        return [image.size, count, ngettext("%(count)s reference", "%(count)s references", used) % {"count": used}]

    def details(self, params: TaskParams) -> list[tuple[str, str]]:
        image = cast("ImageParams", params)
        rows = [
            (_("Prompt"), image.prompt),
            (_("Aspect ratio"), image.size),
            (_("Variations"), str(image.count)),
            (_("Seed"), str(image.seed)),
        ]
        if image.references:
            rows.append((_("References"), str(len(image.references))))
        if image.mask:
            rows.append((_("Mask"), _("Only the painted part may change")))
        return rows + _advanced(image)

    def inputs(self, params: TaskParams) -> Mapping[str, Sequence[str]]:
        image = cast("ImageParams", params)
        return {"reference": image.references, "mask": (image.mask,) if image.mask else ()}

    def stage(self, word: str) -> str:
        """`drawing 2/4` as the engine says it."""
        name, _sep, place = word.partition(" ")
        if name != "drawing":
            return ""
        done, _slash, of = place.partition("/")
        return _("Drawing %(place)s of %(of)s") % {"place": done, "of": of} if of not in {"", "1"} else _("Drawing")

    def ratio(self, params: TaskParams) -> str:
        return cast("ImageParams", params).size.replace(":", "/")


def _advanced(image: ImageParams) -> list[tuple[str, str]]:
    rows = [
        (_("Enhance the prompt"), _("Yes") if image.enhance else ""),
        (_("Upload through China"), _("Yes") if image.upload_cn else ""),
        (_("Fallback model"), (image.fallback_model or _("Kie’s choice")) if image.fallback else ""),
    ]
    return [(label, value) for label, value in rows if value]
