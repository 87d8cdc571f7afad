"""Kie as an engine: hands a request over, asks about it, and brings its files."""

import secrets
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, BinaryIO

from studio.net import Door, Download, OutboundError, OutboundRefusedError, StatusError, TooLargeError, place_of
from studio.providers.contract import GenerationRequest, Input, Submission, Update, Wire
from studio.providers.errors import OutcomeUnknownError, WithdrawnError
from studio.providers.kie import callback, messages
from studio.providers.kie.callback import CallbackHint
from studio.providers.kie.client import NO_RECORD, Client, KieError
from studio.providers.kie.upload import upload

BASE_URL, UPLOAD_BASE_URL = "https://api.kie.ai", "https://kieai.redpandaai.co"  # kie-api.md 1.1
CREDIT, DOWNLOAD = "/api/v1/chat/credit", "/api/v1/common/download-url"
FILE_LIMIT = 200 * 1024 * 1024
PAGES = {"text/html", "application/xhtml+xml", "application/json"}
LOOK = 64  # bytes that tell a page from a file


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """In seconds: `call` is for one call with its repetitions, `file` for one download with its redirects."""

    connect: float = 5.0
    read: float = 30.0
    call: float = 60.0
    file: float = 300.0


class _AbsentError(Exception):
    """The answer was not the file. `sure` is whether it is known to be gone."""

    def __init__(self, *, sure: bool) -> None:
        super().__init__()
        self.sure = sure


class KieProvider:
    """One account. `pace(True)` is asked right before each creation: 0 when it may leave now, else the seconds to wait.
    `pace(False)` only looks: there is no use in uploading for a creation that has to wait.
    `allow` is OUTBOUND_ALLOW; the hosts of the base addresses may be reached by this account alone."""

    def __init__(
        self,
        *,
        key: str,
        base_url: str = BASE_URL,
        upload_base_url: str = UPLOAD_BASE_URL,
        allow: Collection[str] = (),
        pace: Callable[[bool], float] = lambda take: 0.0,
        file_limit: int = FILE_LIMIT,
        folder: Path | None = None,
        timeouts: Timeouts | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.pace, self.file_limit, self.timeouts = pace, file_limit, timeouts or Timeouts()
        self._allow, self._folder = frozenset(allow), folder

        def client(url: str) -> Client:
            return Client(key=key, base_url=url, door=self._door(url), seconds=self.timeouts.call, sleep=sleep)

        self._api, self._uploads = client(base_url), client(upload_base_url)
        self._files = self._door(base_url, upload_base_url)

    def submit(self, request: GenerationRequest) -> Submission:
        """Uploads the inputs, then sends the paid request once."""
        wire = _wire(request)
        if request.inputs:
            self._take_turn(take=False)
        files: dict[str, list[str]] = defaultdict(list)
        for source in _prepared(wire, request.inputs):
            files[source.role].append(upload(self._uploads, source))
        body = _body(request, wire, files)
        self._take_turn(take=True)
        if not request.before_sending():
            raise WithdrawnError
        data = self._api.create(wire.create, body, hide=_secrets(request))
        upstream_id = callback.id_of(data.get("taskId")) if isinstance(data, Mapping) else ""
        if not upstream_id:
            raise OutcomeUnknownError("Kie took the request and named no task")
        return Submission(upstream_id=upstream_id)

    def _take_turn(self, *, take: bool) -> None:
        wait = self.pace(take)
        if wait > 0:
            raise KieError(messages.TOO_OFTEN.sentence, code="pace", retryable=True, retry_after=wait)

    def fetch(self, request: GenerationRequest) -> Update:
        """Asks once. A record that is not there is `no-record`, retryable: who knows the age of the task decides."""
        wire = _wire(request)
        asked = {"taskId": request.upstream_id}
        record = self._api.read("GET", wire.query, params=asked, hide=_secrets(request))
        if record is None:
            raise KieError(messages.NO_RECORD.sentence, code=NO_RECORD, retryable=True)
        try:
            if str(record.get("taskId") or request.upstream_id) != request.upstream_id:
                raise ValueError("the record of another task")
            return wire.to_update(record)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise KieError(messages.UNREADABLE, code="unreadable", retryable=True) from None

    def open(self, request: GenerationRequest, address: str) -> BinaryIO:
        """An address that fails is tried once more under a fresh one: they die early, and of no fixed age."""
        answered = True
        try:
            return self._download(address)
        except _AbsentError:
            pass
        except KieError as error:
            if not error.retryable:
                raise
            answered = False
        try:
            return self._download(self._fresh_address(request, address))
        except _AbsentError as error:
            if answered and error.sure:
                raise FileNotFoundError("Kie no longer has the file") from None
            raise KieError(messages.NO_FILE, code="no-file", retryable=True) from None

    def credit(self) -> Decimal:
        """What the account has left; documented as whole, seen with fractions (kie-api.md 2). Raises ProviderError."""
        data = self._api.read("GET", CREDIT)
        try:
            credit = Decimal(str(data)) if isinstance(data, int | float | str) else None
        except InvalidOperation:
            credit = None
        if credit is None or not credit.is_finite():
            raise KieError(messages.UNREADABLE, code="unreadable", retryable=True)
        return credit

    def read_callback(self, headers: Mapping[str, str], body: bytes) -> CallbackHint:
        """Whose news it is; empty when that cannot be told. Never raises."""
        return callback.read(body)

    def is_signed(self, headers: Mapping[str, str], body: bytes, key: str, now: float) -> bool:
        return callback.is_signed(headers, body, key, now)

    def _door(self, *own: str) -> Door:
        return Door(
            allow=self._allow | {place_of(url) for url in own},
            connect_timeout=self.timeouts.connect,
            read_timeout=self.timeouts.read,
            folder=self._folder,
        )

    def _download(self, address: str) -> BinaryIO:
        try:
            download = self._files.download(address, seconds=self.timeouts.file, limit=self.file_limit)
        except OutboundRefusedError:
            raise KieError(messages.NOT_ALLOWED, code="refused", retryable=False) from None
        except TooLargeError:
            raise KieError(messages.TOO_LARGE, code="too-large", retryable=False) from None
        except StatusError as error:
            if 400 <= error.status < 500 and error.status not in {408, 429}:
                raise _AbsentError(sure=error.status in {404, 410}) from None
            raise KieError(messages.NO_FILE, code=str(error.status), retryable=True) from None
        except OutboundError:
            raise KieError(messages.UNREACHABLE, code="broken", retryable=True) from None
        if _is_page(download):
            download.file.close()
            raise _AbsentError(sure=False)
        return download.file

    def _fresh_address(self, request: GenerationRequest, address: str) -> str:
        path = request.wire.download if request.wire is not None else ""
        body = {"taskId": request.upstream_id, "url": address} if path else {"url": address}
        try:
            fresh = self._api.read("POST", path or DOWNLOAD, body=body, hide=_secrets(request))
        except KieError as error:
            if error.code in {NO_RECORD, "422"}:  # older than 14 days, or not theirs (kie-api.md 10.4)
                raise _AbsentError(sure=True) from None
            raise
        if not isinstance(fresh, str):
            raise KieError(messages.UNREADABLE, code="unreadable", retryable=True)
        return fresh


def _wire(request: GenerationRequest) -> Wire:
    assert request.wire is not None, "a slice that names Kie has a wire"
    return request.wire


def _prepared(wire: Wire, inputs: Sequence[Input]) -> Sequence[Input]:
    try:
        return wire.prepare(inputs)
    except OSError:
        raise KieError(messages.NO_INPUT, code="input", retryable=True) from None


def _body(request: GenerationRequest, wire: Wire, files: Mapping[str, list[str]]) -> dict[str, Any]:
    """Some services insist on an address for callbacks; any that looks like one will do (kie-api.md 1.6)."""
    try:
        body = wire.to_request(request.params, files=files)
    except (ValueError, KeyError, TypeError):
        raise KieError(messages.CODES[422].sentence, code="422", retryable=False) from None
    return body | {"callBackUrl": request.callback_url or f"https://callback.invalid/{secrets.token_urlsafe(16)}"}


def _secrets(request: GenerationRequest) -> list[str]:
    """What the person wrote, and our own address with its token."""
    return [text for text in (*request.params.values(), request.callback_url) if isinstance(text, str)]


def _is_page(download: Download) -> bool:
    """A page about the file, or nothing, instead of the file: which kind it is, is checked where it is kept."""
    begin = download.file.read(LOOK).lstrip().lower()
    download.file.seek(0)
    return not begin or download.media_type in PAGES or begin.startswith((b"<!doctype html", b"<html", b'{"code"'))
