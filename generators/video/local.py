"""How the Local engine makes a video request: one clip. No Django here."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from studio.engine.film.film import film
from studio.engine.film.spec import FilmSpec
from studio.providers.contract import NOTHING, Output, Report

Inputs = Mapping[str, Sequence[Path]]


def render(params: Mapping[str, Any], *, folder: Path, report: Report, inputs: Inputs = NOTHING) -> list[Output]:
    """Write an MP4 into `folder`. Raises studio.engine.Stopped when `report` does."""
    pictures, earlier = inputs.get("reference", ()), inputs.get("extend", ())
    spec = FilmSpec(
        prompt=str(params["prompt"]),
        ratio=str(params["ratio"]),
        size=str(params["quality"]),
        seconds=int(params["duration"]),
        seed=int(params["seed"]),
        mark=str(params["watermark"]),
        picture=pictures[0] if pictures else None,
        before=earlier[0] if earlier else None,
    )
    path = folder / "0.mp4"
    made = film(spec, path, tell=report)
    return [Output(address=str(path), facts={"unread": list(made.unread)})]
