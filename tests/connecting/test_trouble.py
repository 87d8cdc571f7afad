"""What goes wrong at Kie, as banners, lists and cards tell it, and the ways out."""

from datetime import timedelta
from typing import Any

from django.db import connection as database
from django.utils import timezone

from studio.accounts import connections
from studio.accounts.models import Connection, Member
from studio.providers.errors import ProviderError
from studio.tasks import services, trouble
from studio.tasks.cards import Card
from studio.tasks.models import Task
from studio.tasks.states import Status
from tests.base import HTMX
from tests.connecting.base import URL, ConnectingTestCase
from tests.credits.test_views import queries_of

LOCAL = "Use the Local engine"


class TroubleTestCase(ConnectingTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.made = self.connect()

    def trouble(self, code: str, age: timedelta = timedelta()) -> None:
        Connection.objects.filter(pk=self.made.pk).update(trouble_code=code, trouble_at=timezone.now() - age)

    def at_kie(self, member: Member | None = None, **changes: Any) -> Task:
        task = self.make_task(member)
        Task.objects.filter(pk=task.pk).update(provider="kie", connection=str(self.made.pk), **changes)
        return Task.objects.get(pk=task.pk)

    def sent(self, member: Member | None = None) -> Task:
        return self.at_kie(member, status=Status.RUNNING, sent_at=timezone.now(), upstream_id="kie-1")

    def failed(self, code: str, error: str = "Kie said no.") -> Task:
        task = self.sent()
        services.fail_task(task, error=error, code=code)
        return Task.objects.get(pk=task.pk)

    def ways(self, task: Task, member: Member | None = None) -> list[str]:
        return [way.label for way in Card(task, member or self.alice).ways]


class BannerTests(TroubleTestCase):
    def test_an_outage_is_told_where_kie_is_chosen(self) -> None:
        for code in ("455", "503", "505"):
            self.trouble(code)
            self.assertContains(self.client.get(URL), f"({code}, ")
            page = self.client.get("/image/")
            self.assertContains(page, f"({code}, ")
            self.assertContains(page, 'href="/image/?engine=local"')
            self.assertNotContains(self.client.get("/image/?engine=local"), f"({code}, ")

    def test_a_refused_account_is_told_with_the_way_to_the_keys(self) -> None:
        self.trouble("401", timedelta(hours=2))
        self.assertContains(self.client.get("/image/"), "Kie does not accept the key (401")
        self.assertContains(self.client.get("/image/"), "See the providers")
        self.trouble("402")
        self.assertContains(self.client.get("/image/"), "no credits left (402")
        self.sign_in(self.bob)
        self.trouble("401")
        self.assertContains(self.client.get("/image/"), "Kie does not accept the key (401")
        self.assertNotContains(self.client.get("/image/"), "See the providers")

    def test_what_is_over_or_no_outage_is_not_told(self) -> None:
        for code, age in (("455", timedelta(minutes=16)), ("401", timedelta(days=2)), ("400", timedelta())):
            self.trouble(code, age)
            self.assertNotContains(self.client.get("/image/"), "Use Local meanwhile")
        self.trouble("455")
        self.sign_in(self.charlie)
        self.assertNotContains(self.client.get("/image/"), "455")

    def test_a_form_begins_with_the_engine_of_its_address(self) -> None:
        for wish, checked in (("local", 2), ("kie", 1), ("nothing", 1)):
            page = self.client.get("/image/", {"engine": wish})
            self.assertContains(page, f'id="engine-{checked}" checked', msg_prefix=wish)
        task = self.failed("402")
        page = self.client.get("/image/", {"from": str(task.pk), "engine": "local"})
        self.assertContains(page, 'id="engine-2" checked')
        self.assertContains(page, "a lighthouse on a cliff</textarea>")


class CardTests(TroubleTestCase):
    def test_each_failure_has_its_way_out(self) -> None:
        keys = "See the providers"
        cases = {
            "402": [LOCAL, keys],
            "455": [LOCAL],
            "505": [LOCAL],
            "401": [LOCAL, keys],
            "no-key": [LOCAL, keys],
            "400": [],
            "released": [],
        }
        for code, labels in cases.items():
            task = self.failed(code)
            self.assertEqual(self.ways(task), labels, code)
            self.assertEqual(self.ways(task, self.bob), labels[:1], code)
            self.assertEqual(self.ways(task, self.vera), [], code)
        task = self.failed("402")
        self.assertContains(self.client.get("/image/"), f'href="/image/?from={task.pk}&amp;engine=local"')

    def test_what_was_refused_for_now_says_why_it_waits(self) -> None:
        for code in ("429", "430", "433", "455", "503", "550", "pace"):
            card = Card(self.at_kie(stage=code), self.alice)
            self.assertRegex(card.stage, r"^Kie.*|^The Kie key.*")
            self.assertIn("goes on by itself", card.stage)
            self.assertEqual(bool(card.ways), code in {"433", "455", "503", "550"}, code)
            self.assertEqual(card.wait_code, code)
        self.assertEqual(Card(self.at_kie(stage="drawing 1/2"), self.alice).wait_code, "")

    def test_a_late_result_is_shown_with_its_words(self) -> None:
        task = self.failed("timeout")
        Task.objects.filter(pk=task.pk).update(due_at=timezone.now())
        services.link_late(task, [self.make_asset(request=task.pk)])
        page = self.client.get(f"/tasks/{task.pk}/")
        self.assertContains(page, "Its result came late and was kept; it was not charged.")
        self.assertContains(page, "1 credit returned.")
        self.assertContains(page, 'class="prints')


class LinesTests(TroubleTestCase):
    def test_the_last_errors_are_listed_with_their_credits(self) -> None:
        self.failed("400", "Kie refused this content.")
        self.trouble("455")
        page = self.client.get(URL)
        for words in ("<b>400 Kie refused this content.</b>", "Image, 1 credit returned", "connection ••••3f9a"):
            self.assertContains(page, words)
        self.sign_in(self.charlie)
        self.assertContains(self.client.get(URL), "What goes wrong at an engine is told here.")

    def test_they_cost_the_same_however_many_there_are(self) -> None:
        self.failed("400")
        few = queries_of(self, URL)
        for _time in range(12):
            self.failed("400")
        self.assertEqual(queries_of(self, URL), few)
        self.assertEqual(self.client.get(URL).content.decode().count("400 Kie said no."), 8)

    def test_they_are_found_by_their_index(self) -> None:
        failed = Task.objects.for_team(self.team).filter(provider="kie", status=Status.FAILED)
        plan = failed.order_by("-finished_at")[:8].explain()
        if database.vendor == "sqlite":
            self.assertIn("failures_of_a_team", plan)
            self.assertNotIn("TEMP B-TREE", plan)

    def test_words_are_there_for_every_code_of_an_account(self) -> None:
        for code in ("401", "455", "no-key", "unreachable", "broken", "unreadable", "refused"):
            self.assertTrue(trouble.meaning(code), code)
        self.assertEqual((trouble.meaning("999"), trouble.meaning("storage")), ("", ""))


class UnfollowTests(TroubleTestCase):
    def leave(self, task: Task) -> Any:
        return self.client.post(f"/tasks/{task.pk}/unfollow/", headers=HTMX)

    def test_its_card_leaves_the_page_and_the_task_walks_on(self) -> None:
        task = self.sent()
        card = Card(task, self.alice)
        self.assertEqual((card.cancel_label, card.cancel_hint), ("Stop following", "It still finishes and is charged."))
        since = task.version
        response = self.leave(task)
        self.assertEqual(response.status_code, 200)
        self.assertNotContains(response, 'class="task"')
        task.refresh_from_db()
        self.assertEqual((task.status, task.is_hidden), (Status.RUNNING, True))
        self.assertNotContains(self.client.get("/image/"), f"task-{task.pk}")
        held = str(task.pk)[:8]
        news = self.client.get("/pulse/", {"since": str(since), "place": "image", "held": held}, headers=HTMX)
        self.assertContains(news, f'<div id="task-{task.pk}" hx-swap-oob="delete">')
        fresh = self.client.get("/pulse/", {"since": str(since), "place": "image", "held": ""}, headers=HTMX)
        self.assertNotContains(fresh, f"task-{task.pk}")
        task.advance(Status.STORING)
        services.finish_task(task, [self.make_asset(request=task.pk)])
        task.hold.refresh_from_db()
        self.assertEqual((task.status, task.hold.charged), (Status.SUCCEEDED, 100))
        self.assertContains(self.client.get("/"), "a lighthouse on a cliff")
        self.assertContains(self.client.get(f"/tasks/{task.pk}/"), 'data-state="succeeded"')

    def test_what_is_over_or_was_never_sent_stays(self) -> None:
        for task in (self.make_task(), self.failed("400")):
            self.assertContains(self.leave(task), f"task-{task.pk}")
            task.refresh_from_db()
            self.assertFalse(task.is_hidden)

    def test_who_may(self) -> None:
        task = self.sent()
        for member, status in ((self.vera, 403), (self.charlie, 404), (self.bob, 204)):
            self.sign_in(member)
            self.assertEqual(self.leave(task).status_code, status)
        task.refresh_from_db()
        self.assertFalse(task.is_hidden)
        self.sign_in(self.adam)
        page = self.client.post(f"/tasks/{task.pk}/unfollow/")
        self.assertRedirects(page, "/image/")
        task.refresh_from_db()
        self.assertTrue(task.is_hidden)
        self.assertRedirects(self.client.get(f"/tasks/{task.pk}/unfollow/"), f"/tasks/{task.pk}/")
        self.client.logout()
        self.assertRedirects(
            self.client.post(f"/tasks/{task.pk}/unfollow/"), f"/accounts/login/?next=/tasks/{task.pk}/unfollow/"
        )


class NotedTests(TroubleTestCase):
    def test_what_an_accounts_requests_run_into_reaches_the_page(self) -> None:
        connections.note_trouble(str(self.made.pk), ProviderError("away", code="455", retryable=True))
        self.assertContains(self.client.get(URL), "455 at ")
        connections.note_well(str(self.made.pk))
        self.assertNotContains(self.client.get(URL), "455 at ")
