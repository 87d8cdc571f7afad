"""`/metrics`: for who has the token, in a format that a strict reader accepts."""

import re
from datetime import timedelta
from typing import cast
from unittest import mock

from django.db import OperationalError
from django.http import HttpResponse
from django.test import SimpleTestCase, override_settings
from django.utils import timezone

from studio.providers.contract import Output, State, Update
from studio.providers.errors import ProviderError
from studio.providers.fake import FakePerformer
from studio.tasks import outbox
from studio.watch import metrics
from studio.watch.exposition import Family, Sample, render
from studio.watch.traffic import Traffic
from studio.worker import heartbeat, rounds
from studio.worker.models import Beat
from tests.base import StudioTestCase

TOKEN = "a token for tests"
NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
LABEL = r'[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\[\\n"])*"'
HELP = re.compile(rf"# HELP ({NAME}) ((?:[^\\\n]|\\[\\n])*)")
TYPE = re.compile(rf"# TYPE ({NAME}) (counter|gauge|summary)")
SAMPLE = re.compile(rf"({NAME})(?:\{{({LABEL}(?:,{LABEL})*)\}})? (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|NaN|[+-]Inf)")

Read = dict[tuple[str, str], float]


def read(text: str) -> Read:
    """(name, labels) → value. Fails on anything that the format does not allow."""
    assert text.endswith("\n")
    found: Read = {}
    typed: dict[str, str] = {}
    lines = text[:-1].split("\n") if text.strip() else []
    while lines:
        told = HELP.fullmatch(lines.pop(0))
        assert told, "each family begins with its help"
        kind = TYPE.fullmatch(lines.pop(0))
        assert kind
        assert kind[1] == told[1]
        assert kind[1] not in typed, "a family comes once"
        typed[kind[1]] = kind[2]
        assert kind[2] != "counter" or kind[1].endswith("_total")
        before = len(found)
        while lines and not lines[0].startswith("#"):
            sample = SAMPLE.fullmatch(lines.pop(0))
            assert sample
            suffixes = ("_sum", "_count") if kind[2] == "summary" else ("",)
            assert sample[1] in {kind[1] + end for end in suffixes}
            key = (sample[1], sample[2] or "")
            assert key not in found, "a sample comes once"
            found[key] = float(sample[3])
        assert len(found) > before, "a family has samples"
    return found


@override_settings(METRICS_TOKEN=TOKEN)
class DoorTests(SimpleTestCase):
    def setUp(self) -> None:
        glance = mock.patch.object(metrics, "glance", side_effect=OperationalError("away"))
        self.glance = glance.start()
        self.addCleanup(glance.stop)

    def ask(self, authorization: str | None) -> HttpResponse:
        headers = {} if authorization is None else {"Authorization": authorization}
        return cast("HttpResponse", self.client.get("/metrics", headers=headers))

    def test_the_token_opens(self) -> None:
        for authorization in (f"Bearer {TOKEN}", f"bearer  {TOKEN} "):
            answer = self.ask(authorization)
            self.assertEqual(answer.status_code, 200)
            self.assertEqual(answer.headers["Content-Type"], "text/plain; version=0.0.4; charset=utf-8")
            self.assertIn("no-store", answer.headers["Cache-Control"])

    def test_nothing_else_does_and_nothing_is_looked_up_for_it(self) -> None:
        wrong = (
            None,
            "",
            "Bearer",
            "Bearer ",
            f"Bearer {TOKEN}x",
            f"Basic {TOKEN}",
            TOKEN,
            "Bearer ä\x80",
            "Bearer None",
        )
        for authorization in wrong:
            with self.subTest(authorization):
                answer = self.ask(authorization)
                self.assertEqual((answer.status_code, answer.headers["WWW-Authenticate"]), (401, "Bearer"))
                self.assertNotIn("studio_", answer.content.decode())
        self.glance.assert_not_called()

    def test_a_database_that_is_away_is_a_number_too(self) -> None:
        found = read(self.ask(f"Bearer {TOKEN}").content.decode())
        self.assertEqual(found["studio_database_up", ""], 0)
        self.assertIn(("studio_disk_free_bytes", ""), found)
        self.assertEqual([name for name, _ in found if "task" in name or "queue" in name or "worker" in name], [])


class NumberTests(StudioTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.engine = FakePerformer()
        self.use_engine(self.engine)

    def found(self) -> Read:
        return read(render(metrics.of_database(metrics.look())))

    def end_one(self, update: Update | ProviderError) -> None:
        self.engine.will(update)
        task = self.make_task()
        rounds.run_step(task.pk, "test")
        with self.assertLogs("studio.tasks.outbox", "INFO"):
            outbox.notify(task.pk)

    def test_of_a_studio_that_has_done_nothing_yet(self) -> None:
        expected = {
            "studio_database_up": 1,
            "studio_workers": 0,
            "studio_queue_waiting": 0,
            "studio_queue_oldest_seconds": 0,
        }
        self.assertEqual(self.found(), {(name, ""): value for name, value in expected.items()})

    def test_what_is_open_and_what_has_ended(self) -> None:
        self.end_one(Update(state=State.SUCCEEDED, outputs=(Output(address=str(self.picture())),)))
        self.end_one(ProviderError("It broke."))
        self.make_task()
        self.claimed(self.make_task())
        found = self.found()
        sort = 'kind="image",provider="local",status="{}"'.format
        self.assertEqual(found["studio_tasks", sort("queued")], 1)
        self.assertEqual(found["studio_tasks", sort("submitting")], 1)
        self.assertEqual(found["studio_tasks_ended_total", sort("succeeded")], 1)
        self.assertEqual(found["studio_tasks_ended_total", sort("failed")], 1)
        self.assertEqual(found["studio_credits_charged_total", sort("succeeded")], 1)
        self.assertEqual(found["studio_credits_charged_total", sort("failed")], 0)
        self.assertGreaterEqual(found["studio_task_seconds_total", sort("succeeded")], 0)
        self.assertEqual(found["studio_queue_waiting", ""], 1)

    def test_workers_are_those_that_gave_a_sign_lately(self) -> None:
        now = timezone.now()
        for holder, age in (("a", 3), ("b", 5), ("dead", heartbeat.STALE + 5)):
            Beat.objects.create(holder=holder, host="h", pid=1, started_at=now, at=now - timedelta(seconds=age))
        found = self.found()
        self.assertEqual(found["studio_workers", ""], 2)
        self.assertTrue(3 <= found["studio_worker_beat_age_seconds", ""] < 5)

    def test_four_queries_whatever_there_is(self) -> None:
        for _ in range(3):
            self.make_task()
        with self.assertNumQueries(4):
            metrics.look()

    def test_without_a_token_in_the_settings_there_is_no_such_page(self) -> None:
        for authorization in ("", "Bearer ", "Bearer x"):
            answer = self.client.get("/metrics", headers={"Authorization": authorization})
            self.assertEqual(answer.status_code, 404)

    @override_settings(METRICS_TOKEN=TOKEN)
    def test_nobody_is_named(self) -> None:
        self.make_task()
        with mock.patch.object(metrics, "glance", side_effect=lambda _: metrics.look()):
            said = self.client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).content.decode()
        self.assertIn("studio_tasks{", said)
        secrets = (self.team.name, str(self.team.pk), "Alice", "alice@", "lighthouse", TOKEN)
        self.assertEqual([secret for secret in secrets if secret in said], [])


class ProcessTests(SimpleTestCase):
    def test_requests_by_class_and_their_time(self) -> None:
        traffic = Traffic(started_at=1_700_000_000.5)
        for status, seconds in ((200, 0.25), (204, 0.5), (404, 0.125), (500, 1.0)):
            traffic.note(status, seconds)
        with mock.patch.object(metrics, "traffic", traffic):
            found = read(render(metrics.of_process()))
        self.assertEqual(
            found,
            {
                ("studio_process_start_time_seconds", ""): 1_700_000_000.5,
                ("studio_http_requests_total", 'status="2xx"'): 2,
                ("studio_http_requests_total", 'status="4xx"'): 1,
                ("studio_http_requests_total", 'status="5xx"'): 1,
                ("studio_http_request_duration_seconds_sum", ""): 1.875,
                ("studio_http_request_duration_seconds_count", ""): 4,
            },
        )

    def test_the_size_of_a_database_is_told_where_it_is_a_file(self) -> None:
        with mock.patch.object(metrics, "database_bytes", return_value=4096):
            self.assertEqual(read(render(metrics.of_machine()))["studio_database_bytes", ""], 4096)
        with mock.patch.object(metrics, "database_bytes", return_value=None):
            self.assertEqual([name for name, _ in read(render(metrics.of_machine()))], ["studio_disk_free_bytes"])


class FormatTests(SimpleTestCase):
    def test_whatever_a_label_says_the_line_holds(self) -> None:
        family = Family("x", "gauge", "a \\ b\nc", [Sample(1, {"kind": 'a"b\\c\nd', "provider": "灯塔"})])
        said = render([family])
        self.assertIn('x{kind="a\\"b\\\\c\\nd",provider="灯塔"} 1', said)
        read(said)

    def test_numbers_are_written_in_full(self) -> None:
        samples = [Sample(value, {"n": str(at)}) for at, value in enumerate((0, -1, 0.1, 1e300, 123456789012345678))]
        self.assertEqual(len(read(render([Family("x", "gauge", "x", samples)]))), 5)

    def test_a_family_without_samples_says_nothing(self) -> None:
        self.assertEqual(render([Family("x", "gauge", "x", [])]), "")
