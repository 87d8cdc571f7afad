"""What a page hears while it waits: nothing, a change of state, or only how far a task is."""

import asyncio
import json
from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

from asgiref.sync import async_to_sync
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from studio.providers.contract import State, Update
from studio.tasks import cards, live, pulse, queue, services, views
from studio.tasks.cards import Card
from studio.tasks.feed import FEED, SHORT, Sight
from studio.tasks.models import Task, TaskQuerySet, TeamPulse
from studio.tasks.states import DISK_FULL, Status
from tests.base import HTMX, StudioTestCase
from tests.credits.test_views import queries_of

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

    from studio.accounts.models import Member


class PulseTestCase(StudioTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.alice)

    def beat(self, since: object, place: str = "image", held: Iterable[Task] | None = None, **query: str) -> "Response":
        """What a page hears that holds these cards, else all of the team's."""
        ids = [str(task.pk)[:SHORT] for task in (Task.objects.all() if held is None else held)]
        asked = {"since": str(since), "place": place, "held": ",".join(ids), **query}
        return self.client.get("/pulse/", asked, headers=HTMX)

    def sight(self, **changes: Any) -> Sight:
        held = frozenset(str(task.pk)[:SHORT] for task in Task.objects.all())
        return Sight(**{"place": "image", "held": held, **changes})

    def version(self) -> int:
        return pulse.version_of(self.team.pk)

    def running(self, **params: Any) -> Task:
        task = self.make_task(**params)
        task.advance(Status.SUBMITTING)
        task.advance(Status.RUNNING, started_at=timezone.now())
        return task

    def progress(self, task: Task, share: float) -> None:
        services.apply_update(task, Update(state=State.RUNNING, progress=share, stage="drawing 1/2"))


class BeatTests(PulseTestCase):
    def test_it_says_nothing_when_nothing_is_new(self) -> None:
        self.assertEqual(self.beat(0).status_code, 204)
        self.make_task()
        response = self.beat(self.version())
        self.assertEqual((response.status_code, response.content), (204, b""))
        self.assertIn("no-store", response["Cache-Control"])

    def test_it_does_not_look_at_the_tasks_when_nothing_is_new(self) -> None:
        task = self.make_task()
        with CaptureQueriesContext(connection) as captured:
            self.beat(task.version, held=[task])
        tables = [query["sql"] for query in captured if "tasks_task" in query["sql"] or "credits_" in query["sql"]]
        self.assertEqual(tables, [])

    def test_it_swaps_the_card_of_a_task_that_moved(self) -> None:
        still, moved = self.make_task(prompt="stands still"), self.make_task(prompt="moves on")
        since = self.version()
        moved.advance(Status.SUBMITTING)
        response = self.beat(since)
        self.assertContains(response, f'<article class="task" id="task-{moved.pk}" data-state="submitting"')
        self.assertContains(response, 'hx-swap-oob="true"')
        self.assertNotContains(response, str(still.pk))
        self.assertEqual(response.context["pulse"].since, self.version())
        self.assertContains(response, f'hx-get="/pulse/?since={self.version()}&amp;place=image&amp;')

    def test_it_swaps_only_the_wait_of_a_task_that_got_on(self) -> None:
        task = self.running(count=2)
        since = self.version()
        self.progress(task, 0.42)
        response = self.beat(since)
        self.assertContains(response, f'id="wait-{task.pk}" hx-swap-oob="true"')
        self.assertContains(response, "42%")
        self.assertContains(response, "Drawing 1 of 2")
        self.assertNotContains(response, "<article")

    def test_it_swaps_the_card_once_when_the_task_moved_and_got_on(self) -> None:
        task = self.make_task()
        since = self.version()
        task.advance(Status.SUBMITTING)
        task.advance(Status.RUNNING)
        self.progress(task, 0.42)
        response = self.beat(since)
        self.assertEqual((len(response.context["news"].cards), response.context["news"].waits), (1, []))
        self.assertContains(response, "42%")

    def test_it_asks_slowly_after_the_last_open_task(self) -> None:
        task = self.make_task(prompt="a whale")
        since = self.version()
        services.fail_task(task, error="no ink")
        response = self.beat(since)
        self.assertContains(response, 'hx-trigger="every 30s, look"')
        self.assertContains(response, f'<input type="hidden" name="since" value="{self.version()}">')
        self.assertContains(response, 'id="credit-badge"')
        ended = {"message": "Failed: a whale", "url": f"/tasks/{task.pk}/", "kind": "error"}
        self.assertEqual(json.loads(response["HX-Trigger"]), {"task-ended": ended})

    def test_it_tells_no_end_while_there_is_none(self) -> None:
        self.make_task()
        self.assertNotIn("HX-Trigger", self.beat(0))

    def test_it_tells_the_end_in_a_header_that_every_server_takes(self) -> None:
        for prompt in (
            'a "quoted" fox\'s \\ tail',
            "two\r\nlines\nSet-Cookie: a=b",
            "海边的灯塔" * 400,
            "🦊" * 2000,
            "<script>alert(1)</script>",
            "\u2028\u2029 café {{ 7 }}",
        ):
            with self.subTest(prompt=prompt[:20]):
                task = self.make_task(prompt=prompt)
                services.cancel_task(task)
                header = self.beat(task.version - 1)["HX-Trigger"]
                message = json.loads(header)["task-ended"]["message"]
                self.assertTrue(header.isascii() and header.isprintable(), header)
                self.assertLess(len(header), 2048)
                self.assertTrue(message.startswith(f"Cancelled: {prompt[:90]}"), message)

    def test_it_takes_any_since(self) -> None:
        self.make_task()
        for since in ("", "x", "-5", "²", "１", "1e3", "0.5", "\0", "9" * 40, "9" * 5000):
            self.assertEqual(len(self.beat(since).context["news"].cards), 1, since[:20])
        for seen in (int("9" * 18), self.version()):
            self.assertEqual(self.beat(seen).status_code, 204, seen)
        self.assertEqual(self.client.get("/pulse/").status_code, 200)

    def test_it_takes_any_place(self) -> None:
        self.make_task()
        for place in ('"><script>', "a&since=0", "x" * 500, "灯塔", "\0", ""):
            with self.subTest(place=place[:20]):
                response = self.beat(0, place)
                self.assertNotContains(response, "<script>")
                query = parse_qs(urlsplit(response.context["pulse"].url).query, keep_blank_values=True)
                self.assertEqual((query["since"], query["place"]), ([str(self.version())], [place[:16]]))

    def test_it_tells_a_stranger_nothing(self) -> None:
        services.fail_task(self.make_task(prompt="a secret whale"), error="no")
        self.sign_in(self.charlie)
        self.assertEqual(self.beat(0).status_code, 204)
        mine = self.make_task(self.charlie)
        response = self.beat(0)
        self.assertEqual([card.id for card in response.context["news"].cards], [mine.pk])
        self.assertNotContains(response, "a secret whale")
        self.assertNotIn("HX-Trigger", response)

    def test_it_tells_a_viewer_without_offering_anything(self) -> None:
        task = self.make_task(prompt="a whale")
        self.sign_in(self.vera)
        response = self.beat(0)
        self.assertContains(response, "a whale")
        self.assertNotContains(response, f"/tasks/{task.pk}/cancel/")

    def test_it_brings_many_changes_in_parts_and_loses_none(self) -> None:
        for number in range(pulse.MOST + 2):
            services.cancel_task(self.make_task(prompt=f"wish {number}"))
        first = self.beat(0).context
        self.assertEqual(first["pulse"].interval, pulse.SOON, "there is more to come, although nothing is open")
        second = self.beat(first["pulse"].since).context
        self.assertEqual(second["pulse"].interval, pulse.IDLE)
        told = [card.task.prompt for page in (first, second) for card in page["news"].cards]
        self.assertEqual(told, [f"wish {number}" for number in range(pulse.MOST + 2)])

    def test_it_loses_none_of_many_that_one_move_changed(self) -> None:
        tasks = [self.make_task(prompt=f"wish {number}") for number in range(pulse.MOST + 10)]
        since = self.version()
        queue._tell(Task.objects.filter(team=self.team), DISK_FULL)
        news = pulse.news_for(self.alice, since, self.sight())
        self.assertEqual({card.id for card in news.waits}, {task.pk for task in tasks})
        self.assertEqual(news.since, self.version())

    def test_it_does_not_ask_for_ever_about_a_move_that_came_too_late(self) -> None:
        task = self.make_task()
        services.cancel_task(task)
        self.assertFalse(task.advance(Status.RUNNING))
        response = self.beat(task.version)
        self.assertEqual((response.context["news"].cards, response.context["news"].waits), ([], []))
        self.assertEqual(self.beat(response.context["pulse"].since).status_code, 204)

    def test_it_takes_the_same_queries_for_one_change_and_for_ten(self) -> None:
        self.make_task()
        few = queries_of(self, "/pulse/?since=0&place=image")
        for _ in range(9):
            self.make_task()
        self.assertEqual(queries_of(self, "/pulse/?since=0&place=image"), few)


class PollerTests(PulseTestCase):
    def interval(self) -> int:
        return pulse.pulse_for(self.team, "image").interval

    def test_it_asks_less_often_as_the_youngest_task_grows_old(self) -> None:
        self.assertEqual(self.interval(), pulse.IDLE)
        task = self.make_task()
        for minutes, seconds in ((0, 2), (1.9, 2), (2.1, 5), (9.9, 5), (10.1, 15), (6000, 15)):
            Task.objects.update(created_at=timezone.now() - timedelta(minutes=minutes))
            self.assertEqual(self.interval(), seconds, minutes)
        self.make_task()
        self.assertEqual(self.interval(), 2)
        services.cancel_task(task)
        self.assertEqual(self.interval(), 2)

    def test_it_waits_long_for_what_is_unknown(self) -> None:
        task = self.make_task()
        task.advance(Status.SUBMITTING)
        task.advance(Status.UNKNOWN)
        self.assertEqual(self.interval(), 15)
        services.release_task(task)
        self.assertEqual(self.interval(), pulse.IDLE)

    def test_it_does_not_ask_for_the_sake_of_strangers(self) -> None:
        self.make_task(self.charlie)
        self.assertEqual(self.interval(), pulse.IDLE)

    def test_it_goes_on_while_the_page_has_not_heard_everything(self) -> None:
        first, second = self.make_task(), self.make_task()
        seen = self.version()
        services.fail_task(first, error="no ink")
        response = self.client.post(f"/tasks/{second.pk}/cancel/", {"since": str(seen), "place": "image"}, headers=HTMX)
        self.assertContains(response, f'hx-get="/pulse/?since={seen}&amp;place=image&amp;')
        news = self.beat(seen)
        self.assertContains(news, "no ink")
        self.assertEqual(news.context["pulse"].interval, pulse.IDLE)

    def test_it_does_not_go_on_to_hear_only_what_the_page_did_itself(self) -> None:
        task = self.make_task()
        response = self.client.post(f"/tasks/{task.pk}/cancel/", {"since": str(task.version)}, headers=HTMX)
        self.assertEqual(response.context["pulse"].interval, pulse.IDLE)

    def test_what_happens_while_a_page_is_made_is_news_to_it(self) -> None:
        task = self.make_task()

        def late(member: "Member", tasks: TaskQuerySet) -> list[Card]:
            found = cards.cards_for(member, tasks)
            services.fail_task(Task.objects.get(pk=task.pk), error="no ink")
            return found

        with patch.object(views, "cards_for", late):
            page = self.client.get("/image/")
        self.assertContains(page, 'data-state="queued"')
        self.assertContains(page, f'hx-get="/pulse/?since={task.version}&amp;place=image&amp;')
        self.assertContains(self.beat(task.version), "no ink")

    def test_a_page_without_open_tasks_asks_slowly(self) -> None:
        services.cancel_task(self.make_task())
        for url, place in (("/image/", "image"), ("/", "library"), ("/team/credits/", "other")):
            poller = (
                f'hx-get="/pulse/?since={self.version()}&amp;place={place}&amp;until=0" hx-trigger="every 30s, look"'
            )
            self.assertContains(self.client.get(url), poller)

    def test_it_gets_a_new_interval_in_its_time_although_nothing_is_new(self) -> None:
        self.make_task()
        first = pulse.pulse_for(self.team, "image")
        self.assertEqual(self.beat(first.since, until=str(first.until)).status_code, 204)
        Task.objects.update(created_at=timezone.now() - timedelta(minutes=3))
        with patch.object(timezone, "now", return_value=timezone.now() + timedelta(seconds=121)):
            later = self.beat(first.since, until=str(first.until)).context["pulse"]
        self.assertEqual((later.since, later.interval), (first.since, 5))
        for until in ("", "0", "-1", "x", "9" * 40):
            self.assertEqual(self.beat(first.since, until=until).status_code, 204, until)


class ArrivalTests(PulseTestCase):
    """Bob works while Alice's page is open."""

    def targets(self, response: "Response") -> list[tuple[str, str]]:
        return [(arrival.card.task.prompt, arrival.target) for arrival in response.context["news"].arrivals]

    def test_a_new_card_of_a_teammate_comes_before_the_older_ones(self) -> None:
        held = self.make_task()
        since = self.version()
        self.make_task(self.bob, prompt="first")
        second = self.make_task(self.bob, prompt="second")
        response = self.beat(since, held=[held])
        first = Task.objects.get(prompt="first")
        expected = [("first", f"beforebegin:#task-{held.pk}"), ("second", f"beforebegin:#task-{first.pk}")]
        self.assertEqual(self.targets(response), expected)
        self.assertContains(
            response, f'<div hx-swap-oob="beforebegin:#task-{first.pk}"><article class="task" id="task-{second.pk}"'
        )

    def test_it_comes_below_what_was_made_after_it(self) -> None:
        since = self.version()
        self.make_task(self.bob, prompt="of a teammate")
        own = self.make_task()
        self.assertEqual(self.targets(self.beat(since, held=[own])), [("of a teammate", f"afterend:#task-{own.pk}")])

    def test_it_comes_first_on_an_empty_page(self) -> None:
        self.make_task(self.bob, prompt="the first of all")
        self.assertEqual(self.targets(self.beat(0, held=[])), [("the first of all", "afterbegin:#feed")])

    def test_a_page_of_another_kind_gets_no_card(self) -> None:
        task = self.make_task(self.bob)
        for place in ("other", "library", "video"):
            response = self.beat(0, place, held=[])
            self.assertNotContains(response, str(task.pk))
            self.assertContains(response, 'id="credit-badge"')
        self.assertContains(self.beat(0, "other", held=[task]), f'id="task-{task.pk}"')

    def test_a_card_that_the_page_does_not_hold_is_never_swapped(self) -> None:
        old = self.running(prompt="far down")
        for _ in range(FEED + 1):
            self.make_task()
        since = self.version()
        held = Task.objects.exclude(pk=old.pk).order_by("-created_at")[:FEED]
        self.progress(old, 0.5)
        self.assertNotContains(self.beat(since, held=held), str(old.pk))

    def test_the_library_says_how_many_pieces_are_new(self) -> None:
        self.make_asset()
        newest = self.client.get("/").context["page"].newest
        since = self.version()
        self.make_task()
        self.assertContains(self.beat(since, "library", newest=newest), 'id="new-work"')
        self.assertEqual(self.beat(since, "library", newest=newest).context["news"].pieces, 0)
        for _ in range(2):
            self.make_asset(self.bob)
        response = self.beat(since, "library", newest=newest)
        self.assertContains(response, '<a class="chip" href="/">2 new</a>')
        self.assertContains(response, f'data-newest="{newest}"')
        self.assertEqual(self.beat(since, "library", newest="garbage").context["news"].pieces, 3)
        self.assertNotContains(self.beat(since, "library"), "new-work")


class FollowerTests(PulseTestCase):
    def test_it_hears_of_a_change_without_a_query_per_question(self) -> None:
        follower = live.Follower()
        task = self.make_task()

        async def follow() -> tuple[int, int, int]:
            first = await follower.version(self.team.pk)
            await TeamPulse.objects.filter(pk=self.team.pk).aupdate(version=first + 1)
            known = await follower.version(self.team.pk)
            async with asyncio.timeout(10):
                while (heard := await follower.version(self.team.pk)) == first:
                    await asyncio.sleep(0)
            return first, known, heard

        with patch.object(live, "EVERY", 0):
            self.assertEqual(async_to_sync(follow)(), (task.version, task.version, task.version + 1))

    def test_it_forgets_what_another_loop_knew(self) -> None:
        follower = live.Follower()
        ask = async_to_sync(follower.version)
        self.assertEqual(ask(self.team.pk), 0)
        task = self.make_task()
        self.assertEqual(ask(self.team.pk), task.version)

    def test_it_knows_a_team_without_tasks(self) -> None:
        self.assertEqual(async_to_sync(live.Follower().version)(self.other_team.pk), 0)
