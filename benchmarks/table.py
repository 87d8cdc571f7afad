"""The findings as a Markdown table."""

from collections.abc import Iterator
from typing import Any

Facts = dict[str, Any]
NONE = "–"


def table(found: Facts) -> str:
    lines = ["| what | database | workers | Studio | django-tasks-db | ratio |", "|---|---|---|---|---|---|"]
    for measure in found["measures"]:
        place = f"| {measure['database']} | {measure.get('workers', NONE)} |"
        lines += [f"| {what} {place} {ours} | {theirs} | {ratio} |" for what, ours, theirs, ratio in _rows(measure)]
    return "\n".join([*lines, "", f"“Database is locked” in all logs: {found['locked']}"])


def _rows(measure: Facts) -> Iterator[tuple[str, str, str, str]]:
    ours, theirs = measure["studio"], measure.get("reference")
    if measure["what"] == "steps":
        mine, other = ours["steps_per_s"], theirs["steps_per_s"] if theirs else None
        yield "steps/s", f"{mine:.0f}", _number(other), f"{mine / other:.2f}" if other else NONE
    elif measure["what"] == "files":
        words = f"{ours['tasks_per_s']:.0f} tasks, {ours['steps_per_s']:.0f} steps"
        yield "whole lives with a stored file, per s", words, NONE, NONE
    elif measure["what"] in {"starts", "submits"}:
        what = "from commit to start" if measure["what"] == "starts" else "submit, 50 at once"
        for part in ("p50", "p99"):
            mine, other = ours[f"{part}_ms"], theirs[f"{part}_ms"] if theirs else None
            yield f"{what}, {part} ms", f"{mine:.0f}", _number(other), f"{mine / other:.2f}" if other else NONE
    elif measure["what"] == "looks":
        few, finished, queued = (ours[name]["all"] for name in ("few", "finished", "queued"))
        yield "a look at a small table, ms", f"{few:.2f}", NONE, NONE
        yield "a look beside many finished tasks", f"{finished:.2f}", NONE, f"{finished / few:.2f} × small"
        yield "a look beside a long queue as well", f"{queued:.2f}", NONE, f"{queued / few:.2f} × small"
    else:
        few, many = ours["few"] / 2**20, ours["many"] / 2**20
        yield "most memory with many open tasks, MB", f"{many:.0f}", NONE, f"{many / few:.2f} × few"


def _number(value: float | None) -> str:
    return NONE if value is None else f"{value:.0f}"
