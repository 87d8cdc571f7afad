"""How the Local engine makes an image request: one picture per variation, each from its own seed. No Django here."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from studio.engine import Progress
from studio.engine.illustrator.draw import Picture, PictureSpec, draw
from studio.engine.illustrator.references import ReferenceSpec, redraw
from studio.providers.contract import NOTHING, Output, Report

Inputs = Mapping[str, Sequence[Path]]


def render(params: Mapping[str, Any], *, folder: Path, report: Report, inputs: Inputs = NOTHING) -> list[Output]:
    """Draw `count` pictures as PNG files into `folder`. Raises studio.engine.Stopped when `report` does."""
    count = int(params["count"])
    return [_draw(params, number, folder, report, inputs) for number in range(count)]


def _draw(params: Mapping[str, Any], number: int, folder: Path, report: Report, inputs: Inputs) -> Output:
    count = int(params["count"])
    stage = f"drawing {number + 1}/{count}"

    def progress(share: float) -> None:
        report((number + share) / count, stage)

    seed = (int(params["seed"]) + number) % 2**31
    spec = PictureSpec(prompt=str(params["prompt"]), ratio=str(params["size"]), seed=seed)
    picture = _picture(spec, inputs, progress)
    path = folder / f"{number}.png"
    picture.save(path)
    return Output(address=str(path), facts={"seed": seed, "unread": list(picture.reading.unread)})


def _picture(words: PictureSpec, inputs: Inputs, progress: Progress) -> Picture:
    references, masks = inputs.get("reference", ()), inputs.get("mask", ())
    if not references:
        return draw(words, progress=progress, cancelled=lambda: False)
    base, *style = references
    spec = ReferenceSpec(words=words, base=base, style=style, mask=masks[0] if masks else None)
    return redraw(spec, progress=progress, cancelled=lambda: False)
