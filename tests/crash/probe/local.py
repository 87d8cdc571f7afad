"""How the Local engine makes a probe: small pictures, one after the other, as a slow engine would."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from studio.providers.contract import Output, Report
from tests.crash.pictures import png

PACE = 0.02  # seconds per picture


def render(params: Mapping[str, Any], *, folder: Path, report: Report) -> list[Output]:
    count = int(params["count"])
    return [_draw(number, count, folder, report) for number in range(count)]


def _draw(number: int, count: int, folder: Path, report: Report) -> Output:
    report(number / count, f"drawing {number + 1}/{count}")
    time.sleep(PACE)
    path = folder / f"{number}.png"
    path.write_bytes(png(40 * number, 90, 120))
    return Output(address=str(path), facts={"seed": number})
