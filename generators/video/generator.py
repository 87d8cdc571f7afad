"""Video: words, an image or an earlier clip to a clip."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from generators.video.forms import VideoForm
from generators.video.params import EXTEND, IMAGE, VideoParams
from generators.video.wire import ExtendWire, VideoWire
from studio.catalog.contract import Generator, TaskParams
from studio.catalog.registry import register
from studio.credits.prices import price_of
from studio.providers.contract import Wire


@register
class VideoGenerator(Generator):
    kind = "video"
    label = gettext_lazy("Video")
    icon = "clapperboard"
    form_class = VideoForm
    form_template = "video/_form.html"
    result_template = "video/_result.html"
    params_class = VideoParams
    example = gettext_lazy("a lighthouse on a cliff at dusk, waves below, slow push in")
    input_kinds = {"reference": "image", "extend": "video"}
    makes = "video"
    offers = {"reference": gettext_lazy("Set in motion"), "extend": gettext_lazy("Extend")}
    known_upstream = frozenset({"extend"})
    renderer = "generators.video.local:render"
    wire = VideoWire()
    typical = timedelta(minutes=3)

    def providers(self) -> list[str]:
        return ["kie", "local"]

    def wire_for(self, params: TaskParams) -> Wire:
        return ExtendWire() if cast("VideoParams", params).mode == EXTEND else self.wire

    def price(self, params: TaskParams, *, provider: str) -> int:
        return price_of(_row(cast("VideoParams", params)), provider=provider)

    def wish(self, pieces: int) -> str:
        return ngettext("Generate %(count)s video", "Generate %(count)s videos", pieces) % {"count": pieces}

    def facts(self, params: TaskParams) -> list[str]:
        video = cast("VideoParams", params)
        of = {IMAGE: _("from an image"), EXTEND: _("an extension")}.get(video.mode, video.ratio)
        return [of, _("%(seconds)s s") % {"seconds": video.duration}, video.quality]

    def details(self, params: TaskParams) -> list[tuple[str, str]]:
        video = cast("VideoParams", params)
        start = {IMAGE: _("Image"), EXTEND: _("Video")}.get(video.mode, _("Text"))
        rows = [
            (_("Prompt"), video.prompt),
            (_("Start from"), start),
            (_("Length"), _("%(seconds)s s") % {"seconds": video.duration}),
            (_("Quality"), video.quality),
            (_("Seed"), str(video.seed)),
        ]
        if start == _("Text"):
            rows.insert(2, (_("Aspect ratio"), video.ratio))
        if video.watermark:
            rows.append((_("Watermark"), video.watermark))
        if video.parent:
            rows.append((_("Continues"), video.parent))
        return rows

    def inputs(self, params: TaskParams) -> Mapping[str, Sequence[str]]:
        video = cast("VideoParams", params)
        return {"reference": video.references, "extend": (video.source,) if video.source else ()}

    def stage(self, word: str) -> str:
        """As the engines say it."""
        return {
            "drawing": _("Drawing the scene"),
            "filming": _("Filming"),
            "wait": _("Waiting at Kie"),
            "queueing": _("In Kie’s queue"),
            "generating": _("Generating"),
        }.get(word, "")

    def ratio(self, params: TaskParams) -> str:
        return cast("VideoParams", params).ratio.replace(":", "/")


def _row(video: VideoParams) -> str:
    """Its line in the price list."""
    words = ["video"]
    if video.mode == EXTEND:
        words.append("extend")
    if video.duration == 10:
        words.append("10s")
    if video.quality == "1080p":
        words.append("1080p")
    return " ".join(words)
