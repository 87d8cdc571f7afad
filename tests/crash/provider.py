"""The fake upstream as an engine of the studio: every way in which a request may break, told as the contract wants."""

from tempfile import TemporaryFile
from typing import Any, BinaryIO, cast

import requests
from requests.exceptions import ConnectTimeout
from urllib3.exceptions import MaxRetryError, NewConnectionError

from studio.providers.contract import GenerationRequest, Output, State, Submission, Update
from studio.providers.errors import OutcomeUnknownError, ProviderError, WithdrawnError

TIMEOUT = (2, 5)  # seconds to connect, and between two pieces of an answer


class UpstreamProvider:
    def __init__(self, *, url: str) -> None:
        self.url = url

    def submit(self, request: GenerationRequest) -> Submission:
        body = {"task": request.id, "prompt": request.params["prompt"], "count": request.params["count"]}
        if not request.before_sending():
            raise WithdrawnError
        try:
            answer = requests.post(f"{self.url}/create", json=body, timeout=TIMEOUT)
        except requests.RequestException as error:
            if _was_never_sent(error):
                raise ProviderError("The upstream does not answer.", code="offline") from error
            raise OutcomeUnknownError from error
        if not answer.ok:
            raise ProviderError(answer.json()["error"], code=str(answer.status_code))
        return Submission(upstream_id=answer.json()["id"])

    def fetch(self, request: GenerationRequest) -> Update:
        record = self._get(f"/record/{request.upstream_id}").json()
        outputs = tuple(Output(address=address) for address in record.get("files", []))
        return Update(
            state=State(record["state"]),
            progress=record.get("progress"),
            outputs=outputs,
            error=record.get("error", ""),
            error_code="upstream" if "error" in record else "",
        )

    def open(self, request: GenerationRequest, address: str) -> BinaryIO:
        file = cast("BinaryIO", TemporaryFile())  # noqa: SIM115  # whoever asked for it closes it
        try:
            for chunk in self._get(address, stream=True).iter_content(64 * 1024):
                file.write(chunk)
        except requests.RequestException as error:
            file.close()
            raise ProviderError("The file broke off.", retryable=True) from error
        except (ProviderError, FileNotFoundError):
            file.close()
            raise
        file.seek(0)
        return file

    def _get(self, path: str, **options: Any) -> requests.Response:
        try:
            answer = requests.get(f"{self.url}{path}", timeout=TIMEOUT, **options)
        except requests.RequestException as error:
            raise ProviderError("The upstream does not answer.", retryable=True) from error
        if answer.status_code == requests.codes.not_found:
            raise FileNotFoundError(path)
        if not answer.ok:
            raise ProviderError("The upstream is busy.", code=str(answer.status_code), retryable=True)
        return answer


def _was_never_sent(error: requests.RequestException) -> bool:
    """The connection itself did not come about."""
    cause = error.args[0] if error.args else None
    refused = isinstance(cause, MaxRetryError) and isinstance(cause.reason, NewConnectionError)
    return refused or isinstance(error, ConnectTimeout)
