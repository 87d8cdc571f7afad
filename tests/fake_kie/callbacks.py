"""Callbacks out (kie-api.md 1.6): signed when a webhook key is set, 15 s to answer, three retries."""

import base64
import hashlib
import hmac
import threading
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import requests

from tests.fake_kie.wire import Body

RETRIES = 3
DAY = 86_400


def signature(key: str, task: str, timestamp: str, *, form: str = "base64") -> str:
    """Of the task's id and the time only; the body is not signed (kie-api.md 1.6.1)."""
    digest = hmac.new(key.encode(), f"{task}.{timestamp}".encode(), hashlib.sha256).digest()
    return digest.hex() if form == "hex" else base64.b64encode(digest).decode()


@dataclass(slots=True)
class Sent:
    """One attempt: `status` is what the receiver answered, 0 when it did not."""

    url: str
    body: Body
    headers: dict[str, str]
    status: int


class Callbacks:
    """The words are what a delivery is: `final` (the truth), `success` and `failed` (whatever the truth is), `forged`
    (signed with another key), `unsigned`, `stale` (rightly signed a day ago)."""

    def __init__(self) -> None:
        self.key = ""  # the webhook key; no signature without one
        self.form = "base64"  # or hex
        self.timeout = 15.0
        self.spacing = 0.2  # seconds between two attempts; Kie's own is not documented
        self.attempts: list[Sent] = []
        self.running: set[threading.Thread] = set()
        self.stopping = threading.Event()

    def headers(self, task: str, word: str) -> dict[str, str]:
        if not self.key or word == "unsigned":
            return {}
        timestamp = str(int(time.time()) - (DAY if word == "stale" else 0))
        key = f"not {self.key}" if word == "forged" else self.key
        return {
            "X-Webhook-Timestamp": timestamp,
            "X-Webhook-Signature": signature(key, task, timestamp, form=self.form),
        }

    def send(self, url: Any, task: str, notices: list[tuple[str, Body]]) -> threading.Thread | None:
        """Delivers (word, body) one after another in a thread. Without a real address there is nothing to do."""
        if not isinstance(url, str) or not notices or not reachable(url):
            return None
        thread = threading.Thread(target=self.deliver, args=(url, task, notices), daemon=True)
        self.running.add(thread)
        thread.start()
        return thread

    def deliver(self, url: str, task: str, notices: list[tuple[str, Body]]) -> None:
        for word, body in notices:
            for _attempt in range(1 + RETRIES):
                sent = self.attempt(url, body, self.headers(task, word))
                if sent.status == 200 or self.stopping.wait(self.spacing):
                    break
        self.running.discard(threading.current_thread())

    def attempt(self, url: str, body: Body, headers: dict[str, str]) -> Sent:
        sent = Sent(url, body, headers, 0)
        with requests.Session() as session:
            session.trust_env = False
            try:
                answer = session.post(url, json=body, headers=headers, timeout=self.timeout, allow_redirects=False)
                sent.status = answer.status_code
            except requests.RequestException:
                pass  # no answer is an answer too: the next attempt follows
        self.attempts.append(sent)
        return sent

    def wait(self) -> list[Sent]:
        """All attempts, once none is under way."""
        for thread in list(self.running):
            thread.join()
        return list(self.attempts)

    def stop(self) -> None:
        self.stopping.set()
        for thread in list(self.running):
            thread.join(timeout=1)


def reachable(url: str) -> bool:
    parts = urlsplit(url)
    host = parts.hostname or ""
    return parts.scheme in {"http", "https"} and bool(host) and host != "invalid" and not host.endswith(".invalid")
