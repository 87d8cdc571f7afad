"""The studio's own steps against our Kie over real HTTP: nothing in between is replaced but the clock, which both share,
and the waiting between two tries."""

import json
import logging
import time
import uuid
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone

from generators.image.forms import ImageParams
from studio.accounts import connections
from studio.accounts.models import Connection, Member
from studio.catalog import registry
from studio.credits import ledger
from studio.credits.prices import price_of
from studio.providers.kie.provider import Timeouts
from studio.tasks import leases, queue, services
from studio.tasks.models import Task
from studio.tasks.states import Status
from studio.worker import rounds
from tests.base import STARTER, StudioTestCase
from tests.fake_kie import FakeKie
from tests.fake_kie.plans import FAILED, RUNNING, SUCCESS
from tests.fake_kie.wire import Body, Call

STUDIO = "https://studio.invalid"  # the fake sends nothing there: tests deliver its callbacks themselves
CREATE, QUERY, DOWNLOAD = "gpt4o-image/generate", "gpt4o-image/record-info", "gpt4o-image/download-url"
UPLOAD = "file-stream-upload"
AT_ONCE = (SUCCESS,)
SOON = (RUNNING, SUCCESS)
FAILS = (RUNNING, FAILED)
QUICK = Timeouts(connect=2, read=0.5, call=1.5, file=3)
PROMPT = "a zibbelquax on a grummelsofa"


class KieTestCase(StudioTestCase):
    timeouts = Timeouts(connect=5, read=10, call=20, file=20)
    public_url = STUDIO
    webhook_key = ""

    def setUp(self) -> None:
        super().setUp()
        self.kie = self.enterContext(FakeKie(key=f"kie-{uuid.uuid4().hex}"))
        self.kie.plan(steps=SOON, every=None)
        began = time.time()
        # It stands still, however slow the machine is: time passes only where a test says so.
        self.enterContext(patch.object(self.kie, "now", lambda: began + self.kie.skipped))
        self.slept: list[float] = []
        self.enterContext(override_settings(**self.settings_of_kie()))
        self.restart()
        self.addCleanup(self.restart)
        for place, clock in self.clocks().items():
            self.enterContext(patch(place, clock))

    def settings_of_kie(self) -> dict[str, Any]:
        options = {
            "base_url": self.kie.url,
            "upload_base_url": self.kie.upload_url,
            "timeouts": self.timeouts,
            "sleep": self.slept.append,
        }
        entry = {"class": "studio.providers.kie.provider.KieProvider", "needs_key": True, "options": options}
        return {
            "PROVIDERS": {"kie": {**entry, "limits": {"at_once": 100}}, "local": settings.PROVIDERS["local"]},
            "KIE_API_KEY": self.kie.key,
            "KIE_WEBHOOK_KEY": self.webhook_key,
            "PUBLIC_URL": self.public_url,
        }

    def clocks(self) -> dict[str, Any]:
        return {
            # Not `timezone.now` itself: the defaults of fields keep hold of that.
            "django.utils.timezone.datetime": type("Shared", (datetime,), {"now": self.now}),
            "studio.accounts.connections.time.time_ns": lambda: int(self.kie.now() * 1e9),
        }

    def now(self, tz: tzinfo | None = UTC) -> datetime:
        return datetime.fromtimestamp(self.kie.now(), tz)

    # What a person does

    def press(self, member: Member | None = None, *, pause: float = 1.1, **params: Any) -> Task:
        """After a pause in which Kie has room for one more."""
        self.kie.advance(pause)
        return services.start_task(
            member=member or self.alice,
            generator=registry.get("image"),
            params=ImageParams(**{"prompt": PROMPT, **params}),
            provider="kie",
            idempotency_key=uuid.uuid4().hex,
        )[0]

    # What a worker does

    def restart(self) -> None:
        """Nothing that a process remembers is left."""
        connections._engine.cache_clear()

    def read(self, task: Task) -> Task:
        return Task.objects.get(pk=task.pk)

    def step(self, task: Task) -> Task:
        rounds.run_step(task.pk, "test")
        return self.read(task)

    def again(self, task: Task) -> Task:
        """The next step, once it is due: time goes on until then."""
        due = self.read(task).due_at
        assert due is not None
        self.wait_until(due)
        return self.step(task)

    def wait_until(self, moment: datetime) -> None:
        self.kie.advance(max(0.4, (moment - timezone.now()).total_seconds() + 0.01))

    def walk(self, task: Task, *, steps: int = 12) -> Task:
        """Until it ends or waits for a callback."""
        for _step in range(steps):
            task = self.again(task)
            if not task.is_open or task.status == Status.UNKNOWN:
                return task
        raise AssertionError(f"it is still {task.status} ({task.stage}, {task.error_code})")

    def submitted(self, **params: Any) -> Task:
        task = self.step(self.press(**params))
        self.assertEqual(task.status, Status.RUNNING)
        return task

    # What it comes to

    def price(self, pieces: int = 1) -> int:
        return price_of("image", provider="kie", pieces=pieces)

    def expect_money(self, *, spent: int = 0, held: int = 0) -> None:
        account = ledger.account_of(self.team)
        self.assertEqual((account.available, account.held), (STARTER - spent - held, held))

    def expect_failed(self, task: Task, code: str) -> None:
        self.assertEqual((task.status, task.error_code), (Status.FAILED, code))
        self.assertTrue(task.error)
        self.assertEqual((task.lease_holder, leases.due(9), queue.next_in_line(9, performing=False)), ("", [], []))
        self.expect_money()

    def expect_pictures(self, task: Task, count: int) -> None:
        self.assertEqual((task.status, len(task.results)), (Status.SUCCEEDED, count))
        self.assertTrue(all(asset.media_type == "image/png" for asset in task.results))

    def expect_creates(self, count: int) -> None:
        self.assertEqual(len(self.kie.creates()), count)

    def calls(self, endpoint: str) -> list[Call]:
        return self.kie.log.of(endpoint)

    # Callbacks

    def deliver(
        self, task: Task, body: Body | bytes, headers: dict[str, str] | None = None, *, client: Client | None = None
    ) -> int:
        """What the studio answers to a callback on the task's own address."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        url = f"/callbacks/kie/{task.callback_token}/"
        visitor = client or Client()
        return visitor.post(url, content, content_type="application/json", headers=headers or {}).status_code

    def call_back(self, task: Task, word: str = "final", upstream_id: str = "") -> int:
        """What the fake would send now, as Kie sends it."""
        upstream_id = upstream_id or self.kie.creates()[-1].task
        self.kie.finish(upstream_id)
        return self.deliver(task, *self.kie.notice(upstream_id, word))

    def expire_lease(self, task: Task) -> None:
        Task.objects.filter(pk=task.pk).update(lease_until=timezone.now() - timedelta(seconds=1))

    def connection(self) -> Connection:
        found = connections.of_instance()
        assert found is not None
        return found

    def quiet(self) -> None:
        """Errors are expected here, and are looked at where they are told."""
        logging.disable(logging.CRITICAL)
        self.addCleanup(logging.disable, logging.NOTSET)
