"""Video requests and their records in Kie's JSON (kie-api.md 4, where the sources and their disagreements are)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_noop as _

from studio.providers.contract import Input, Output, Params, State, Update
from studio.providers.kie import messages

STATES = {
    "wait": State.RUNNING,
    "queueing": State.RUNNING,
    "queuing": State.RUNNING,
    "waiting": State.RUNNING,
    "generating": State.RUNNING,
    "success": State.SUCCEEDED,
    "fail": State.FAILED,
}
GONE = _("Kie no longer has this video: it deletes what it made after 14 days.")


class VideoWire:
    create = "/api/v1/runway/generate"
    query = "/api/v1/runway/record-detail"
    download = ""

    def prepare(self, inputs: Sequence[Input]) -> Sequence[Input]:
        return inputs

    def to_request(self, params: Params, *, files: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        """`reference` is one picture, which decides the ratio by itself. Raises ValueError."""
        references = list(files.get("reference", ()))
        if len(references) > 1:
            raise ValueError("reference")
        body = {"prompt": params["prompt"], "duration": params["duration"], "quality": params["quality"]}
        body["waterMark"] = params["watermark"]
        return body | ({"imageUrl": references[0]} if references else {"aspectRatio": params["ratio"]})

    def to_update(self, record: Mapping[str, Any]) -> Update:
        word = str(record.get("state")).lower()
        state = STATES[word]
        if state == State.SUCCEEDED:
            if _integer(record.get("expireFlag")) == 1:
                return Update(state=State.FAILED, error=GONE, error_code="expired")
            return Update(state=state, progress=1.0, outputs=(_output(record["videoInfo"]),))
        if state == State.FAILED:
            return _failed(_integer(record.get("failCode")), str(record.get("failMsg") or ""))
        return Update(state=state, stage=word)


class ExtendWire(VideoWire):
    """What happens next: the upstream knows the clip before by its own id."""

    create = "/api/v1/runway/extend"

    def to_request(self, params: Params, *, files: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        if not params["parent"]:
            raise ValueError("parent")
        body = {"taskId": params["parent"], "prompt": params["prompt"], "quality": params["quality"]}
        return body | {"waterMark": params["watermark"]}


def _output(info: Mapping[str, Any]) -> Output:
    address, name = info["videoUrl"], info.get("videoId")
    if not isinstance(address, str) or not address:
        raise ValueError("a success without an address")
    return Output(address=address, facts={"video_id": name} if isinstance(name, str) and name else {})


def _failed(code: int | None, words: str) -> Update:
    """Nearly everything fails with 400; its words say more."""
    if code is None or code in {200, 400}:
        meaning = messages.POLICY if messages.FORBIDDEN.search(words) else messages.NOT_MADE
    else:
        meaning = messages.meaning_of(code, words)
    return Update(state=State.FAILED, error=meaning.sentence, error_code="" if code is None else str(code))


def _integer(value: object) -> int | None:
    """A number, or text that is one: records have both."""
    if isinstance(value, str) and value.strip().isdecimal():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None
