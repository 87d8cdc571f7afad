"""A worker that ends at any point, and another that knows only what is written down: one request, one result, one
charge."""

from typing import Any
from unittest.mock import patch

from studio.accounts import secrets
from studio.library import uploads
from studio.library.models import Asset
from studio.net import Answer, Door
from studio.providers.kie.provider import KieProvider
from studio.tasks import services
from studio.tasks.models import Task
from studio.tasks.states import Status
from studio.worker import rounds
from tests.kie.base import CREATE, UPLOAD, KieTestCase
from tests.kie.pictures import photo


class Killed(BaseException):
    """The end of a process: nothing after it happens."""


class RestartTests(KieTestCase):
    def die(self, task: Task, place: str, *, after: bool = False, nth: int = 1) -> Task:
        """A worker takes the next step and ends before, or right after, its nth call to an address with `place`."""
        call, seen = Door.call, [0]

        def killed(door: Door, method: str, url: str, **rest: Any) -> Answer:
            seen[0] += place in url
            is_last = place in url and seen[0] == nth
            if is_last and not after:
                raise Killed
            answer = call(door, method, url, **rest)
            if is_last:
                raise Killed
            return answer

        with patch.object(Door, "call", killed), self.assertRaises(Killed):
            self.step(task)
        return self.reborn(task)

    def reborn(self, task: Task) -> Task:
        self.restart()
        self.expire_lease(task)
        return self.read(task)

    def with_references(self, count: int = 2) -> Task:
        assets = [
            uploads.keep_upload(member=self.alice, upload=photo("PNG", (96, 64), f"#00{n}0{n}0")) for n in range(count)
        ]
        return self.press(references=tuple(str(asset.pk) for asset in assets))

    def expect_one(self, task: Task) -> None:
        self.expect_pictures(task, 1)
        self.expect_creates(1)
        self.expect_money(spent=self.price())
        self.assertEqual(Asset.objects.exclude(provider="").count(), 1)

    def test_between_any_two_steps(self) -> None:
        task = self.press()
        while task.is_open:
            self.restart()
            task = self.again(task)
        self.expect_one(task)

    def test_before_and_between_and_after_the_uploads_nothing_was_paid(self) -> None:
        for way in ({"nth": 1}, {"nth": 2}, {"nth": 2, "after": True}):
            with self.subTest(**way):
                task = self.die(self.with_references(), UPLOAD, **way)  # type: ignore[arg-type]  # the words above
                self.assertEqual((task.status, task.sent_at), (Status.SUBMITTING, None))
                task = self.step(task)
                self.assertEqual(task.status, Status.QUEUED)
                before = len(self.kie.creates())
                self.assertEqual(self.again(task).status, Status.RUNNING)
                self.assertEqual(len(self.kie.creates()), before + 1)

    def test_right_before_the_request_nobody_knows_whether_it_left(self) -> None:
        task = self.step(self.die(self.with_references(), CREATE))
        self.assertEqual((task.status, task.upstream_id), (Status.UNKNOWN, ""))
        self.kie.advance(23 * 3_600)
        self.assertEqual(self.step(task).status, Status.UNKNOWN)
        self.expect_creates(0)
        self.kie.advance(2 * 3_600)
        self.expect_failed(self.step(task), "released")

    def test_right_after_it_the_callback_brings_the_task_back(self) -> None:
        task = self.step(self.die(self.press(), CREATE, after=True))
        self.assertEqual(task.status, Status.UNKNOWN)
        self.call_back(task)
        self.expect_one(self.walk(task))

    def test_while_it_asks(self) -> None:
        task = self.submitted()
        self.wait_until(task.due_at or self.now())
        self.expect_one(self.walk(self.die(task, "record-info", after=True)))

    def test_while_it_stores(self) -> None:
        task = self.again(self.again(self.submitted()))
        self.assertEqual(task.status, Status.STORING)
        for place in ("studio.library.storage._save_thumbnails", "studio.worker.rounds.services.finish_task"):
            self.kie.advance(1)
            with patch(place, side_effect=Killed), self.assertRaises(Killed):
                self.step(task)
            self.reborn(task)
        self.expect_one(self.walk(task))

    def test_a_lease_that_ends_during_the_uploads_makes_no_second_request(self) -> None:
        task, call = self.with_references(1), Door.call

        def slow(door: Door, method: str, url: str, **rest: Any) -> Answer:
            answer = call(door, method, url, **rest)
            if UPLOAD in url and not self.kie.creates():
                self.expire_lease(task)
                with patch.object(Door, "call", call):
                    rounds.run_step(task.pk, "another")
                    self.assertEqual(self.read(task).status, Status.QUEUED)
                    self.kie.advance(1)
                    rounds.run_step(task.pk, "another")
            return answer

        with patch.object(Door, "call", slow):
            task = self.step(task)
        self.assertEqual((task.status, task.upstream_id), (Status.RUNNING, self.kie.last_create.task))
        self.expect_one(self.walk(task))

    def test_an_upload_that_is_refused_after_the_lease_does_not_end_anothers_task(self) -> None:
        task, submit = self.with_references(1), KieProvider.submit

        def late(engine: KieProvider, request: Any) -> Any:
            with patch.object(KieProvider, "submit", submit):
                self.expire_lease(task)
                rounds.run_step(task.pk, "another")
                self.kie.advance(1)
                rounds.run_step(task.pk, "another")
            self.kie.fault("file-*", code=401)
            return submit(engine, request)

        with patch.object(KieProvider, "submit", late):
            task = self.step(task)
        self.assertEqual((task.status, task.error), (Status.RUNNING, ""))
        self.expect_creates(1)

    def test_what_is_cancelled_during_the_uploads_is_not_sent(self) -> None:
        task, call = self.with_references(1), Door.call

        def slow(door: Door, method: str, url: str, **rest: Any) -> Answer:
            answer = call(door, method, url, **rest)
            self.assertTrue(services.cancel_task(self.read(task)))
            return answer

        with patch.object(Door, "call", slow):
            task = self.step(task)
        self.assertEqual(task.status, Status.CANCELLED)
        self.expect_creates(0)
        self.expect_money()

    def test_a_key_that_is_gone_for_a_while_waits_with_the_task(self) -> None:
        task = self.submitted()
        connection = self.connection()
        with self.settings(KIE_API_KEY=""), patch.object(secrets, "unseal", side_effect=secrets.SecretLostError):
            self.restart()
            task = self.again(task)
        self.assertEqual((task.status, task.connection), (Status.RUNNING, str(connection.pk)))
        self.expect_one(self.walk(task))
