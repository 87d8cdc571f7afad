"""Kie's envelope over HTTP: what was answered, what it means, and whether a paid request may have arrived.

Status and body must both say yes (kie-api.md 1.3, 12.1). Reads are asked again within their time; what costs money is
sent once, and whatever then ends without a readable refusal is unknown.
"""

import json
import logging
import random
import re
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from studio.net import Answer, Door, NotConnectedError, OutboundError, OutboundRefusedError
from studio.providers.errors import OutcomeUnknownError, ProviderError
from studio.providers.kie import messages
from studio.providers.kie.messages import Family, Meaning

log = logging.getLogger(__name__)

ANSWER_LIMIT = 4 * 1024 * 1024
SECONDS = 60.0  # for one call, its repetitions included
TRIES = 3
LONGEST_PAUSE = 5.0  # seconds between two tries; who is asked to wait longer comes again, and keeps no thread meanwhile
FIRST_PAUSE = 0.5  # Kie takes three questions a second about one task (kie-api.md 1.5)
WINDOW = 10.0  # seconds after which a full creation window has room again
LONGEST_WAIT = 3600.0
CUT = 500
NO_RECORD = "no-record"  # the code of news that only who knows the age of a task can judge
UNCLEAR = {408, 499}  # statuses of a gateway that gave up waiting: what is behind it may have the request

Payload = dict[str, Any]


class KieError(ProviderError):
    """`detail` is Kie's own text, for who asks for details; it is in no log and in no sentence."""

    def __init__(
        self, message: str, *, code: str, retryable: bool, retry_after: float | None = None, detail: str = ""
    ) -> None:
        super().__init__(message, code=code, retryable=retryable, retry_after=retry_after)
        self.detail = detail

    def __str__(self) -> str:
        return f"{self.message} ({self.code})"


@dataclass(frozen=True, slots=True)
class _Envelope:
    """What can be told of an answer. `code` is the outcome: the body's, or the status where the body says nothing or
    says yes against it. `readable` is whether the other side is known to have decided."""

    code: int
    words: str
    data: Any
    readable: bool

    @property
    def is_ok(self) -> bool:
        return self.code == 200


class Client:
    """One account at one host. `sleep` and `chance` are there to be replaced in tests."""

    def __init__(
        self,
        *,
        key: str,
        base_url: str,
        door: Door,
        seconds: float = SECONDS,
        sleep: Callable[[float], None] = time.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.key, self.base_url, self.door, self.seconds = key.strip(), base_url.rstrip("/"), door, seconds
        self._sleep, self._chance = sleep, chance

    def read(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        body: Payload | None = None,
        upload: Callable[[], tuple[str, Any]] | None = None,
        hide: Iterable[str] = (),
    ) -> Any:
        """`data` of the answer to what costs nothing and may be asked again. `upload` makes content type and body
        afresh for each try, `hide` are texts that no log may hold. Raises ProviderError."""
        end = time.monotonic() + self.seconds
        for attempt in range(1, TRIES + 1):
            headers, sent = self._headers(), None
            if upload is not None:
                headers["Content-Type"], sent = upload()
            left = end - time.monotonic()
            try:
                return self._read(method, path, left, hide, headers=headers, params=params, json=body, body=sent)
            except KieError as error:
                pause = self._pause(attempt, error)
                last = attempt == TRIES or pause > min(LONGEST_PAUSE, end - time.monotonic())
                if last or not error.retryable or error.code == NO_RECORD:
                    raise
            self._sleep(pause)
        raise AssertionError("the last try returns or raises")

    def create(self, path: str, body: Payload, *, hide: Iterable[str] = ()) -> Any:
        """`data` of the answer to a paid request, sent once. Raises ProviderError when nothing was taken and
        OutcomeUnknownError when perhaps it was."""
        headers = self._headers()
        try:
            answer = self._call("POST", path, self.seconds, headers=headers, json=body)
        except OutboundError as error:
            log.warning("kie: POST %s came to nothing: %s", path, type(error).__name__)
            if not error.sent:
                raise _unreached(error) from None
            raise OutcomeUnknownError("the connection to Kie broke after the request was sent") from None
        envelope = self._opened("POST", path, answer, hide)
        if not envelope.readable:
            raise OutcomeUnknownError(f"Kie answered HTTP {answer.status}, and nothing that can be read")
        if not envelope.is_ok:
            raise self._refusal(envelope, answer, hide, paid=True)
        return envelope.data

    def _read(self, method: str, path: str, seconds: float, hide: Iterable[str], **rest: Any) -> Any:
        try:
            answer = self._call(method, path, seconds, **rest)
        except OutboundError as error:
            log.info("kie: %s %s came to nothing: %s", method, path, type(error).__name__)
            raise _unreached(error) from None
        envelope = self._opened(method, path, answer, hide)
        if not envelope.readable and envelope.code < 500:  # a page of some gateway, a redirect
            raise KieError(messages.UNREADABLE, code="unreadable", retryable=True)
        if not envelope.is_ok:
            raise self._refusal(envelope, answer, hide, paid=False)
        return envelope.data

    def _call(self, method: str, path: str, seconds: float, **rest: Any) -> Answer:
        return self.door.call(method, self.base_url + path, seconds=seconds, limit=ANSWER_LIMIT, **rest)

    def _headers(self) -> dict[str, str]:
        if not re.fullmatch(r"[!-~]+", self.key):
            raise KieError(messages.NOT_A_KEY, code="401", retryable=False)
        return {"Authorization": f"Bearer {self.key}"}

    def _pause(self, attempt: int, error: KieError) -> float:
        """Twice as long each time, and never in step with others."""
        backed_off: float = FIRST_PAUSE * 2 ** (attempt - 1) * (1 + self._chance())
        return max(backed_off, error.retry_after or 0.0)

    def _opened(self, method: str, path: str, answer: Answer, hide: Iterable[str]) -> _Envelope:
        envelope = _envelope(answer)
        if not envelope.is_ok or not envelope.readable:
            log.warning(
                "kie: %s %s was answered %s, code %s, %s bytes",
                method,
                path,
                answer.status,
                envelope.code,
                len(answer.body),
            )
            log.debug("kie: the answer: %s", self._clean(answer.body.decode("utf-8", "replace"), hide))
        return envelope

    def _refusal(self, envelope: _Envelope, answer: Answer, hide: Iterable[str], *, paid: bool) -> KieError:
        meaning = messages.meaning_of(envelope.code, envelope.words)
        wait = _wait(answer.headers.get("Retry-After", ""))
        if wait is None and paid and envelope.code == 429 and meaning.family is Family.LATER:
            wait = WINDOW
        code = NO_RECORD if meaning.family is Family.MISSING and not paid else str(envelope.code)
        detail = self._clean(envelope.words, hide)
        return KieError(
            meaning.sentence, code=code, retryable=_again(meaning, paid=paid), retry_after=wait, detail=detail
        )

    def _clean(self, text: str, hide: Iterable[str]) -> str:
        """Without the key, without what the person wrote, without the queries of addresses, and not endless."""
        for secret in (self.key, *hide):
            for form in {secret, json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}:
                if len(form) > 2:
                    text = text.replace(form, "…").replace(json.dumps(form)[1:-1], "…")
        text = re.sub(r"(https?:\\?/\\?/[^\s\"'<>?#\\]*)[^\s\"'<>]*", r"\1", text)
        return text[:CUT]


def _again(meaning: Meaning, *, paid: bool) -> bool:
    if paid:
        return meaning.family is Family.LATER
    return meaning.family in {Family.LATER, Family.BROKEN, Family.MISSING}


def _unreached(error: OutboundError) -> KieError:
    if isinstance(error, OutboundRefusedError):
        return KieError(messages.NOT_ALLOWED, code="refused", retryable=False)
    code = "unreachable" if isinstance(error, NotConnectedError) else "broken"
    return KieError(messages.UNREACHABLE, code=code, retryable=True)


def _envelope(answer: Answer) -> _Envelope:
    went_well = 200 <= answer.status < 300
    try:
        body = json.loads(answer.body)
    except (ValueError, RecursionError):
        body = None
    code = _code(body.get("code")) if isinstance(body, dict) else None
    if code is None:
        refused = 400 <= answer.status < 500 and answer.status not in UNCLEAR
        return _Envelope(200 if went_well else answer.status, "", None, readable=refused)
    words = body["msg"] if isinstance(body.get("msg"), str) else ""
    if code == 200 and (not went_well or body.get("success") is False):
        return _Envelope(200 if went_well else answer.status, words, None, readable=False)
    return _Envelope(code, words, body.get("data"), readable=True)


def _code(value: object) -> int | None:
    if isinstance(value, str) and re.fullmatch(r"\s*\d{1,5}\s*", value):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _wait(text: str) -> float | None:
    """Seconds of a `Retry-After`, which may also be a date (RFC 9110, 10.2.3)."""
    try:
        seconds = float(text) if text.strip().isdecimal() else _until(parsedate_to_datetime(text))
    except (ValueError, OverflowError):
        return None
    return min(max(seconds, 0.0), LONGEST_WAIT)


def _until(moment: datetime) -> float:
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (moment - datetime.now(UTC)).total_seconds()
