"""How the Local engine makes an image request: one picture per variation, each from its own seed. No Django here."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from studio.engine.illustrator.draw import PictureSpec, draw
from studio.providers.contract import Output, Report


def render(params: Mapping[str, Any], *, folder: Path, report: Report) -> list[Output]:
    """Draw `count` pictures as PNG files into `folder`. Raises studio.engine.Stopped when `report` does."""
    count = int(params["count"])
    return [_draw(params, number, count, folder, report) for number in range(count)]


def _draw(params: Mapping[str, Any], number: int, count: int, folder: Path, report: Report) -> Output:
    stage = f"drawing {number + 1}/{count}"

    def progress(share: float) -> None:
        report((number + share) / count, stage)

    seed = (int(params["seed"]) + number) % 2**31
    spec = PictureSpec(prompt=str(params["prompt"]), ratio=str(params["size"]), seed=seed)
    picture = draw(spec, progress=progress, cancelled=lambda: False)
    path = folder / f"{number}.png"
    picture.save(path)
    return Output(address=str(path), facts={"seed": seed, "unread": list(picture.reading.unread)})
