"""Nothing that people write or hold may be read in the log: no prompt, no name, no key, whatever happens."""

import io
import json
import logging
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Any
from unittest import mock

from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.test import Client, override_settings

from studio.accounts.models import User
from studio.providers.contract import Output, State, Update
from studio.providers.errors import OutcomeUnknownError, ProviderError
from studio.providers.fake import FakePerformer, FakeProvider
from studio.setup import code
from studio.tasks import outbox
from studio.tasks.models import Task
from studio.watch.log import JsonFormatter, TextFormatter
from studio.worker import rounds
from tests.base import StudioTestCase

PROMPT = "a zibbelquax on a grummelsofa"
EMAIL = "quendelina@zibbel.example"
PASSWORD = "sesame-öffne-dich-4711"
WRONG = "not-the-password-0815"
NAME, TEAM = "Quendelina Zwirbel", "Wumpelhausen"
SAID = (PROMPT, "zibbelquax", EMAIL, "quendelina", PASSWORD, WRONG, NAME, "Zwirbel", TEAM)


class Log:
    """What both formatters made of every record of every logger."""

    def __init__(self) -> None:
        self.json, self.text = io.StringIO(), io.StringIO()

    @property
    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.json.getvalue().splitlines()]

    @contextmanager
    def listening(self) -> Iterator[None]:
        """At info, which is how the studio is delivered."""
        handlers: list[logging.Handler] = []
        for stream, formatter in ((self.json, JsonFormatter()), (self.text, TextFormatter())):
            handlers.append(logging.StreamHandler(stream))
            handlers[-1].setFormatter(formatter)
        root = logging.getLogger()
        known = [logger for logger in root.manager.loggerDict.values() if isinstance(logger, logging.Logger)]
        apart = [root, *(logger for logger in known if not logger.propagate)]
        level = root.level
        root.setLevel(logging.INFO)
        for logger in apart:
            for handler in handlers:
                logger.addHandler(handler)
        try:
            yield
        finally:
            root.setLevel(level)
            for logger in apart:
                for handler in handlers:
                    logger.removeHandler(handler)


class FlowTests(StudioTestCase):
    """From the set-up over signing in to the finished, the failed and the unknown task."""

    @classmethod
    def setUpTestData(cls) -> None:
        """Nobody is here yet."""

    def setUp(self) -> None:
        super().setUp()
        self.log = Log()
        self.secrets = list(SAID)

    def assert_nothing_was_told(self) -> None:
        self.assertTrue(self.log.lines)
        for said in (self.log.json.getvalue(), self.log.text.getvalue()):
            told = [secret for secret in self.secrets if secret and secret.lower() in said.lower()]
            self.assertEqual(told, [], said)

    def set_up(self) -> None:
        form = {"name": NAME, "email": EMAIL, "password": PASSWORD, "team": TEAM}
        self.client.post("/setup/", {**form, "password": WRONG[:5]})
        self.assertEqual(self.client.post("/setup/", form).status_code, 302)
        self.remember(self.client)

    def remember(self, client: Client) -> None:
        self.secrets += [cookie.value for cookie in client.cookies.values() if len(cookie.value) > 8]

    def wish(self) -> dict[str, Any]:
        key = uuid.uuid4().hex
        self.secrets.append(key)
        return {"prompt": PROMPT, "size": "1:1", "count": 1, "engine": "local", "idempotency_key": key}

    def make(self) -> Task:
        self.assertEqual(self.client.post("/image/tasks/", self.wish()).status_code, 302)
        task = Task.objects.latest("created_at")
        self.assertEqual(task.prompt, PROMPT)
        self.secrets += [task.idempotency_key, task.callback_token]
        return task

    def test_a_whole_life(self) -> None:
        with self.log.listening():
            self.set_up()
            self.client.post("/accounts/logout/")
            for password in (WRONG, PASSWORD):
                self.client.post("/accounts/login/", {"login": EMAIL, "password": password})
            self.remember(self.client)
            engine = FakePerformer()
            self.use_engine(engine)
            endings: list[Update | Exception] = [
                Update(state=State.SUCCEEDED, outputs=(Output(address=str(self.picture())),)),
                ProviderError(f"The engine did not like {PROMPT!r}.", code="crash"),
                ZeroDivisionError("division by zero"),
            ]
            for ending in endings:
                engine.will(ending)
                task = self.make()
                rounds.run_step(task.pk, "test")
                outbox.notify(task.pk)
                for place in ("", "details/"):
                    self.client.get(f"/tasks/{task.pk}/{place}?q={PROMPT}")
                self.client.get(f"/image/quote/?prompt={PROMPT}")
                self.client.get(f"/callbacks/kie/{task.callback_token}/")
        self.assert_nothing_was_told()
        messages = [str(line["message"]) for line in self.log.lines]
        self.assertIn("GET /callbacks/kie/***/ 405", "\n".join(messages))
        named = [line for line in self.log.lines if line.get("task") == str(Task.objects.earliest("created_at").pk)]
        self.assertTrue(named, "the task's own line")

    def test_an_upstream_and_its_errors(self) -> None:
        with self.log.listening():
            self.set_up()
            upstream = FakeProvider()
            self.use_engine(upstream)
            for ending in (OutcomeUnknownError(), ProviderError(f"No {PROMPT}.", code="402")):
                upstream.will(ending)
                task = self.make()
                rounds.run_step(task.pk, "test")
                outbox.notify(task.pk)
        self.assert_nothing_was_told()

    def test_a_lost_password(self) -> None:
        with self.log.listening():
            self.set_up()
            self.client.post("/accounts/logout/")
            self.client.post("/accounts/password/reset/", {"email": EMAIL})
            link = next(word for word in mail.outbox[0].body.split() if "/reset/key/" in word)
            key = link.rstrip("/").rpartition("/")[2]
            self.secrets += [key, default_token_generator.make_token(User.objects.get())]
            page = self.client.get(link, follow=True)
            self.client.post(page.redirect_chain[-1][0] if page.redirect_chain else link, {"password1": PASSWORD})
        self.assert_nothing_was_told()
        self.assertIn("/accounts/password/reset/key/***/", self.log.json.getvalue())

    def test_too_many_wrong_passwords(self) -> None:
        with self.log.listening():
            self.set_up()
            self.client.post("/accounts/logout/")
            for _ in range(10):
                self.client.post("/accounts/login/", {"login": EMAIL, "password": WRONG})
        self.assert_nothing_was_told()

    def test_our_own_mistakes(self) -> None:
        self.client.raise_request_exception = False
        with self.log.listening():
            self.set_up()
            with mock.patch("studio.tasks.views.services.start_task", side_effect=ZeroDivisionError):
                answer = self.client.post(f"/image/tasks/?prompt={PROMPT}", self.wish())
            self.assertEqual(answer.status_code, 500)
        self.assert_nothing_was_told()
        self.assertIn("ZeroDivisionError", self.log.json.getvalue())

    def test_the_code_of_the_set_up(self) -> None:
        with self.log.listening(), override_settings(LOOPBACK=False), redirect_stdout(io.StringIO()):
            form = {"name": NAME, "email": EMAIL, "password": PASSWORD, "team": TEAM}
            self.addCleanup(code.forget)
            for _ in range(code.TRIES + 1):
                self.secrets.append(code.current())
                self.client.post("/setup/", {**form, "code": "wrong"})
        self.assert_nothing_was_told()
