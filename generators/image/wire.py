"""Image requests and their records in Kie's JSON (kie-api.md 10, where the sources and their disagreements are)."""

from collections.abc import Mapping, Sequence
from typing import Any

from generators.image import masks
from studio.providers.contract import Input, Output, Params, State, Update
from studio.providers.kie import messages

REFERENCES = 5
FALLBACK_MODELS = ("GPT_IMAGE_1", "FLUX_MAX")

STATES = {
    "GENERATING": State.RUNNING,
    "SUCCESS": State.SUCCEEDED,
    "CREATE_TASK_FAILED": State.FAILED,
    "GENERATE_FAILED": State.FAILED,
}
FLAGS = {0: State.RUNNING, 1: State.SUCCEEDED, 2: State.FAILED}


class ImageWire:
    create = "/api/v1/gpt4o-image/generate"
    query = "/api/v1/gpt4o-image/record-info"
    download = "/api/v1/gpt4o-image/download-url"

    def prepare(self, inputs: Sequence[Input]) -> Sequence[Input]:
        references = [source for source in inputs if source.role == "reference"]
        if len(references) != 1:
            return inputs
        return [masks.fitted(source, references[0]) if source.role == "mask" else source for source in inputs]

    def to_request(self, params: Params, *, files: Mapping[str, Sequence[str]]) -> dict[str, Any]:
        """`reference` are up to five pictures; a `mask` needs exactly one, else Kie ignores it. Raises ValueError."""
        body: dict[str, Any] = {"prompt": params["prompt"], "size": params["size"], "nVariants": params["count"]}
        references, masks = list(files.get("reference", ())), list(files.get("mask", ()))
        if len(references) > REFERENCES:
            raise ValueError("reference")
        if references:
            body["filesUrl"] = references
        if masks:
            if len(masks) != 1 or len(references) != 1:
                raise ValueError("mask")
            body["maskUrl"] = masks[0]
        return body | _options(params)

    def to_update(self, record: Mapping[str, Any]) -> Update:
        state = _state(record)
        if state == State.SUCCEEDED:
            return Update(state=state, progress=1.0, outputs=_outputs(record))
        if state == State.FAILED:
            code, words = _integer(record.get("errorCode")), record.get("errorMessage")
            meaning = messages.meaning_of(code, str(words)) if code not in {None, 200} else _reason(str(words))
            return Update(state=state, error=meaning.sentence, error_code="" if code is None else str(code))
        return Update(state=state, progress=_progress(record.get("progress")))


def _options(params: Params) -> dict[str, Any]:
    """What the August 2026 page no longer lists is sent only when it is wanted."""
    body: dict[str, Any] = {}
    if params.get("enhance"):
        body["isEnhance"] = True
    if params.get("upload_cn"):
        body["uploadCn"] = True
    if params.get("fallback"):
        body["enableFallback"] = True
        if model := params.get("fallback_model"):
            if model not in FALLBACK_MODELS:
                raise ValueError("fallback_model")
            body["fallbackModel"] = model
    return body


def _state(record: Mapping[str, Any]) -> State:
    """By the word where there is one; one quick start has only the number, which may come as text."""
    state = STATES.get(str(record.get("status")).upper())
    if state is not None:
        return state
    flag = _integer(record.get("successFlag"))
    if flag not in FLAGS:
        raise ValueError("a record without a state")
    return FLAGS[flag]


def _outputs(record: Mapping[str, Any]) -> tuple[Output, ...]:
    response = record["response"]
    addresses = response.get("resultUrls") or response.get("result_urls") if isinstance(response, Mapping) else None
    if not isinstance(addresses, list) or not all(isinstance(address, str) and address for address in addresses):
        raise ValueError("a success without addresses")
    return tuple(Output(address=address) for address in addresses)


def _reason(words: str) -> messages.Meaning:
    return messages.POLICY if messages.FORBIDDEN.search(words) else messages.NOT_MADE


def _integer(value: object) -> int | None:
    if isinstance(value, str) and value.strip().isdecimal():
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _progress(value: object) -> float | None:
    """`"0.00"` to `"1.00"`; what is not such a number is no news."""
    try:
        progress = float(value) if isinstance(value, str | int | float) else -1.0
    except ValueError:
        return None
    return progress if 0.0 <= progress <= 1.0 else None
