"""What a video request may be: one table of limits and one frozen class that checks itself."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from studio.catalog.values import SEEDS, is_id, is_text, new_seed
from studio.catalog.words import is_blank

PROMPT_LENGTH = 1800  # kie-api.md 4.1
MARK_LENGTH = 40
TEXT, IMAGE, EXTEND = "text", "image", "extend"
RATIOS = ("16:9", "9:16", "4:3", "1:1", "3:4")
DURATIONS = (5, 10)
QUALITIES = ("720p", "1080p")
IMPOSSIBLE = (10, "1080p")  # kie-api.md 4.1: each excludes the other


@dataclass(frozen=True, slots=True, kw_only=True)
class VideoParams:
    """One request for a clip: from words, from an image (`references`), or what happens after another clip (`source`;
    `parent` is what an upstream calls that one). Raises ValueError when a value is outside the limits above."""

    prompt: str
    mode: str = TEXT
    ratio: str = RATIOS[0]
    duration: int = DURATIONS[0]
    quality: str = QUALITIES[0]
    watermark: str = ""
    references: tuple[str, ...] = ()
    source: str = ""
    parent: str = ""
    seed: int = 0

    def __post_init__(self) -> None:
        if not is_text(self.prompt) or is_blank(self.prompt) or len(self.prompt) > PROMPT_LENGTH:
            raise ValueError("prompt")
        if not is_text(self.watermark) or len(self.watermark) > MARK_LENGTH:
            raise ValueError("watermark")
        if not isinstance(self.ratio, str) or self.ratio not in RATIOS:
            raise ValueError("ratio")
        if type(self.duration) is not int or self.duration not in DURATIONS:
            raise ValueError("duration")
        if not isinstance(self.quality, str) or self.quality not in QUALITIES:
            raise ValueError("quality")
        if (self.duration, self.quality) == IMPOSSIBLE:
            raise ValueError("quality")
        if type(self.seed) is not int or not 0 <= self.seed < SEEDS:
            raise ValueError("seed")
        self._check_inputs()

    def _check_inputs(self) -> None:
        if self.mode not in {TEXT, IMAGE, EXTEND} if isinstance(self.mode, str) else True:
            raise ValueError("mode")
        if not isinstance(self.references, tuple) or not all(is_id(each) for each in self.references):
            raise ValueError("references")
        if len(self.references) != (1 if self.mode == IMAGE else 0):
            raise ValueError("references")
        if (self.source != "" and not is_id(self.source)) or bool(self.source) != (self.mode == EXTEND):
            raise ValueError("source")
        if not is_text(self.parent) or len(self.parent) > 200 or (self.parent and self.mode != EXTEND):
            raise ValueError("parent")
        if self.mode == EXTEND and self.duration != DURATIONS[0]:
            raise ValueError("duration")

    @property
    def pieces(self) -> int:
        return 1

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "references": list(self.references)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        try:
            given = {**data}
            if isinstance(given.get("references"), list):
                given["references"] = tuple(given["references"])
            return cls(**given)
        except TypeError as error:
            raise ValueError("not a video request") from error

    def again(self) -> Self:
        return replace(self, seed=new_seed())
