"""The tool page, its form, and who may do what with a task."""

import uuid
from typing import TYPE_CHECKING

from studio.credits import ledger
from studio.credits.models import Hold
from studio.tasks import services
from studio.tasks.feed import FEED
from studio.tasks.models import Task, TeamPulse
from studio.tasks.states import Status
from tests.base import HTMX, STARTER, StudioTestCase
from tests.credits.test_views import queries_of

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

SCRIPT = "<script>alert('1')</script>"
ESCAPED = "&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;"
EXAMPLE = "a lighthouse on a cliff at dusk, gouache</textarea>"


def wish(**changes: str) -> dict[str, str]:
    """A filled form as the browser sends it."""
    key = uuid.uuid4().hex
    return {"prompt": "a red fox", "size": "1:1", "count": "1", "engine": "local", "idempotency_key": key, **changes}


def unknown(task: Task) -> Task:
    task.advance(Status.SUBMITTING)
    task.advance(Status.UNKNOWN)
    return task


class ViewsTestCase(StudioTestCase):
    def press(self, **changes: str) -> "Response":
        return self.client.post("/image/tasks/", wish(**changes), headers=HTMX)

    def act(self, name: str, task: Task) -> "Response":
        return self.client.post(f"/tasks/{task.pk}/{name}/", {"idempotency_key": uuid.uuid4().hex}, headers=HTMX)

    def available(self) -> int:
        return ledger.account_of(self.team).available


class WhoMayTests(ViewsTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.task = unknown(self.make_task(prompt="a secret whale"))
        self.pages = ("/image/", "/image/quote/", f"/tasks/{self.task.pk}/", f"/tasks/{self.task.pk}/details/")
        self.actions = tuple(f"/tasks/{self.task.pk}/{name}/" for name in ("cancel", "release", "again"))

    def test_it_leads_the_signed_out_to_sign_in(self) -> None:
        for url in (*self.pages, "/pulse/"):
            self.assertRedirects(self.client.get(url), f"/accounts/login/?next={url}")
        for url in (*self.actions, "/image/tasks/"):
            self.assertRedirects(self.client.post(url), f"/accounts/login/?next={url}")
        self.assertEqual(Task.objects.get().status, Status.UNKNOWN)

    def test_it_hides_a_task_from_a_stranger(self) -> None:
        asset = self.make_asset(request=self.task.pk)
        self.sign_in(self.charlie)
        for url in (*self.pages[2:], f"/files/{asset.pk}/", f"/files/{asset.pk}/320.webp", f"/library/{asset.pk}/"):
            self.assertEqual(self.client.get(url).status_code, 404, url)
        for url in self.actions:
            self.assertEqual(self.client.post(url, headers=HTMX).status_code, 404, url)
        self.assertEqual([task.status for task in Task.objects.all()], [Status.UNKNOWN])
        self.assertNotContains(self.client.get("/image/"), "a secret whale")

    def test_it_lets_a_viewer_look_and_nothing_else(self) -> None:
        self.sign_in(self.vera)
        for url in self.pages:
            self.assertEqual(self.client.get(url).status_code, 200, url)
        for url in (*self.actions, "/image/tasks/"):
            self.assertEqual(self.client.post(url, wish(), headers=HTMX).status_code, 403, url)
        self.assertEqual([task.status for task in Task.objects.all()], [Status.UNKNOWN])
        self.assertEqual(self.available(), STARTER - 100)

    def test_it_tells_a_viewer_why_the_button_is_off_and_offers_no_action(self) -> None:
        self.sign_in(self.vera)
        page = self.client.get("/image/")
        self.assertContains(page, "Viewers can look, but not spend.")
        self.assertContains(page, "disabled")
        for name in ("cancel", "release", "again"):
            self.assertNotContains(page, f"/{name}/")

    def test_it_lets_a_member_make(self) -> None:
        self.sign_in(self.bob)
        self.assertEqual(self.press().status_code, 200)
        self.assertEqual(Task.objects.get(prompt="a red fox").made_by, self.bob.user)

    def test_it_takes_each_method_at_its_own_door(self) -> None:
        self.sign_in(self.alice)
        for url in self.actions:
            self.assertRedirects(self.client.get(url), f"/tasks/{self.task.pk}/")
        self.assertRedirects(self.client.get("/image/tasks/"), "/image/")
        for url in (*self.actions, "/image/tasks/"):
            self.assertEqual(self.client.put(url).status_code, 405, url)
        for url in self.pages:
            self.assertEqual(self.client.post(url).status_code, 405, url)

    def test_it_finds_no_page_for_a_slice_that_is_none(self) -> None:
        self.sign_in(self.alice)
        for url in ("/hologram/", "/hologram/tasks/", "/hologram/quote/", f"/tasks/{uuid.uuid4()}/", "/tasks/1/"):
            self.assertEqual(self.client.get(url).status_code, 404, url)


class ToolPageTests(ViewsTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.alice)

    def test_it_shows_the_form_and_an_example_while_nothing_was_made(self) -> None:
        page = self.client.get("/image/")
        self.assertContains(page, EXAMPLE)
        self.assertContains(page, 'id="compose"')
        self.assertContains(page, '<div class="empty">')
        self.assertEqual(page.context["cards"], [])

    def test_it_shows_the_cards_and_an_empty_form_later(self) -> None:
        self.make_task(self.bob, prompt="an old whale")
        page = self.client.get("/image/")
        self.assertContains(page, "an old whale")
        self.assertNotContains(page, EXAMPLE)
        self.assertContains(page, '<div class="empty" hidden>')

    def test_it_shows_the_example_to_a_team_although_another_has_made_something(self) -> None:
        self.make_task(self.charlie)
        self.assertContains(self.client.get("/image/"), EXAMPLE)

    def test_it_shows_the_newest_first_and_not_more_than_a_feed(self) -> None:
        for number in range(FEED + 2):
            self.make_task(prompt=f"wish {number:02}")
        page = self.client.get("/image/")
        self.assertEqual(
            [card.task.prompt for card in page.context["cards"]],
            [f"wish {number:02}" for number in range(FEED + 1, 1, -1)],
        )

    def test_it_takes_the_same_queries_for_one_task_and_for_fifteen(self) -> None:
        self.make_results(1)
        self.make_task()
        few = queries_of(self, "/image/")
        self.make_results(6)
        for _ in range(7):
            self.make_task(self.bob)
        self.assertEqual(len(self.client.get("/image/").context["cards"]), 15)
        self.assertEqual(queries_of(self, "/image/"), few)

    def make_results(self, count: int) -> None:
        for _ in range(count):
            task = self.make_task()
            for status in (Status.SUBMITTING, Status.RUNNING, Status.STORING):
                task.advance(status)
            services.finish_task(task, [self.make_asset(request=task.pk)])

    def test_it_fills_the_form_from_an_earlier_task(self) -> None:
        task = self.make_task(self.bob, prompt="an owl & a cat", size="2:3", count=4)
        form = self.client.get("/image/", {"from": str(task.pk)}).context["form"]
        self.assertEqual([form[name].value() for name in ("prompt", "size", "count")], ["an owl & a cat", "2:3", 4])

    def test_it_prices_the_wish_of_an_earlier_task(self) -> None:
        task = self.make_task(count=4)
        self.assertEqual(self.client.get("/image/", {"from": str(task.pk)}).context["quote"].price, 400)

    def test_it_does_not_fill_the_form_from_what_is_not_the_teams(self) -> None:
        foreign = self.make_task(self.charlie, prompt="a secret whale")
        for origin in (str(foreign.pk), str(uuid.uuid4()), "garbage", "", "\0", "1" * 5000, "é" * 32, SCRIPT):
            with self.subTest(origin=origin[:40]):
                page = self.client.get("/image/", {"from": origin})
                self.assertNotContains(page, "a secret whale")
                self.assertContains(page, EXAMPLE)

    def test_it_fills_the_form_with_the_words_of_a_link(self) -> None:
        for words in ("harbour at dawn & three boats", SCRIPT, "x" * 2000):
            page = self.client.get("/image/", {"prompt": words})
            self.assertEqual(page.context["form"]["prompt"].value(), words)
            self.assertNotContains(page, SCRIPT)
        self.assertEqual(
            len(self.client.get("/image/", {"prompt": "x" * 9000}).context["form"]["prompt"].value()), 2000
        )
        task = self.make_task(prompt="an owl")
        form = self.client.get("/image/", {"prompt": "a fox", "from": str(task.pk)}).context["form"]
        self.assertEqual(form["prompt"].value(), "an owl")

    def test_its_suggestions_are_links(self) -> None:
        suggestion = '<a class="suggest" href="/image/?prompt=desert%20dunes%20at%20noon%2C%20minimal%20poster"'
        self.assertContains(self.client.get("/image/"), suggestion)

    def test_it_fills_the_form_although_the_engine_of_that_task_is_gone(self) -> None:
        task = self.make_task(prompt="an old owl", count=2)
        Task.objects.filter(pk=task.pk).update(provider="steam")
        page = self.client.get("/image/", {"from": str(task.pk)})
        self.assertEqual([page.context["form"][name].value() for name in ("prompt", "engine")], ["an old owl", "local"])
        self.assertEqual(page.context["quote"].price, 200)


class CreateTests(ViewsTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.bob)

    def test_it_answers_the_card_a_new_key_and_a_poller(self) -> None:
        sent = wish(count="2", place="image")
        response = self.client.post("/image/tasks/", sent, headers=HTMX)
        task = Task.objects.get()
        self.assertContains(response, f'<article class="task" id="task-{task.pk}" data-state="queued"')
        self.assertRegex(
            response.content.decode(),
            r'<input type="hidden" name="idempotency_key" id="idempotency-key" value="[0-9a-f]{32}" hx-swap-oob="true">',
        )
        self.assertNotContains(response, sent["idempotency_key"])
        self.assertContains(response, 'hx-get="/pulse/?since=1&amp;place=image&amp;until=')
        self.assertContains(response, 'hx-trigger="every 2s, look"')
        self.assertContains(response, "<b>998</b>", msg_prefix="the balance")
        self.assertEqual((task.params["count"], task.made_by, self.available()), (2, self.bob.user, STARTER - 200))

    def test_it_goes_on_where_the_page_stands(self) -> None:
        seen = self.make_task().version
        self.assertEqual(self.press(since=str(seen)).context["pulse"].since, seen + 1, "only its own task is new")
        self.make_task()
        self.assertEqual(self.press(since=str(seen)).context["pulse"].since, seen, "there is more to hear of")

    def test_it_begins_at_the_task_when_the_page_did_not_say_where_it_stands(self) -> None:
        for since in ("", "garbage", "-1", "9" * 40, "²"):
            pulse = self.press(since=since).context["pulse"]
            self.assertEqual(pulse.since, Task.objects.latest("created_at").version)

    def test_it_makes_one_task_of_a_double_press(self) -> None:
        sent = wish()
        cards = [self.client.post("/image/tasks/", sent, headers=HTMX).context["card"].id for _ in range(2)]
        self.assertEqual(cards[0], cards[1])
        self.assertEqual((Task.objects.count(), Hold.objects.count(), self.available()), (1, 1, STARTER - 100))

    def test_it_leads_to_the_page_without_htmx(self) -> None:
        self.assertRedirects(self.client.post("/image/tasks/", wish()), "/image/")
        self.assertEqual(Task.objects.count(), 1)

    def test_it_shows_the_whole_page_with_its_errors_without_htmx(self) -> None:
        self.make_task(prompt="an old whale")
        response = self.client.post("/image/tasks/", wish(prompt=""))
        self.assertContains(response, "This field is required.", status_code=422)
        self.assertContains(response, "an old whale", status_code=422)
        self.assertContains(response, 'id="pulse"', status_code=422)

    def test_it_takes_words_of_every_script_and_length(self) -> None:
        line = "山の灯台 🦊‍🔥 \u202eright to left\u202c café"
        for prompt in ("x" * 2000, "灯" * 2000, "🦊" * 2000, line, "line\r\n" * 399 + "end"):
            with self.subTest(prompt=prompt[:20]):
                self.assertEqual(self.press(prompt=prompt).status_code, 200)
                kept = Task.objects.latest("created_at").prompt
                self.assertEqual(kept, prompt.replace("\r\n", "\n"))

    def test_it_gives_the_form_back_with_a_sentence_when_something_is_wrong(self) -> None:
        for changes, sentence in (
            ({"prompt": ""}, "This field is required."),
            ({"prompt": " \r\n\t "}, "This field is required."),
            ({"prompt": "\u200b\ufeff\u2060 \u3164\u00ad"}, "This field is required."),
            ({"prompt": "x" * 2001}, "at most 2000 characters"),
            ({"prompt": "🦊" * 2001}, "at most 2000 characters"),
            ({"prompt": "灯" * 9000}, "at most 2000 characters"),
            ({"prompt": "a\0fox"}, "Null characters are not allowed."),
            ({"size": "7:5"}, "Select a valid choice."),
            ({"size": "1:1\0"}, "Select a valid choice."),
            ({"size": ""}, "This field is required."),
            ({"count": "3"}, "Select a valid choice."),
            ({"count": "-1"}, "Select a valid choice."),
            ({"count": "1e9"}, "Select a valid choice."),
            ({"engine": "steam"}, "Select a valid choice."),
            ({"engine": ""}, "This field is required."),
            ({"idempotency_key": ""}, "This form was not sent completely."),
            ({"idempotency_key": "G" * 32}, "This form was not sent completely."),
            ({"idempotency_key": "a" * 33}, "This form was not sent completely."),
            ({"idempotency_key": "a" * 31 + "\n"}, "This form was not sent completely."),
            ({"idempotency_key": "\0"}, "This form was not sent completely."),
            ({"idempotency_key": "é" * 32}, "This form was not sent completely."),
        ):
            with self.subTest(changes=changes):
                response = self.press(**changes)
                self.assertContains(response, sentence, status_code=422)
                self.assertContains(response, 'id="compose"', status_code=422)
                self.assertEqual((response["HX-Retarget"], response["HX-Reswap"]), ("#compose", "outerHTML"))
        self.assertEqual((Task.objects.count(), Hold.objects.count(), self.available()), (0, 0, STARTER))

    def test_it_gives_back_what_was_written(self) -> None:
        sent = wish(prompt=SCRIPT, size="7:5", count="4")
        form = self.client.post("/image/tasks/", sent, headers=HTMX).context["form"]
        self.assertEqual([form[name].value() for name in ("prompt", "count")], [SCRIPT, "4"])
        self.assertEqual(form["idempotency_key"].value(), sent["idempotency_key"])

    def test_it_gives_a_key_back_that_can_be_sent(self) -> None:
        for key in ("", "garbled", "A" * 32):
            form = self.press(idempotency_key=key).context["form"]
            self.assertEqual(self.press(idempotency_key=form["idempotency_key"].value()).status_code, 200)

    def test_it_says_both_numbers_when_the_wallet_is_too_small(self) -> None:
        ledger.hold(team=self.team, amount=STARTER - 250)
        response = self.press(count="4")
        self.assertContains(response, "This costs 4 credits, 2.5 are available.", status_code=422)
        self.assertEqual(response["HX-Retarget"], "#compose")
        self.assertEqual((Task.objects.count(), self.available()), (0, 250))
        self.assertEqual(self.press(count="2").status_code, 200)

    def test_it_does_nothing_with_fields_that_it_does_not_know(self) -> None:
        self.press(seed="7", team=str(self.other_team.pk), made_by=str(self.charlie.user_id), price="0")
        task = Task.objects.get()
        self.assertEqual((task.team, task.made_by, task.hold.amount), (self.team, self.bob.user, 100))


class WalletTests(ViewsTestCase):
    def test_the_badge_is_amber_when_little_is_left(self) -> None:
        self.sign_in(self.alice)
        self.assertNotContains(self.client.get("/image/"), "credit--low")
        ledger.hold(team=self.team, amount=STARTER - 999)
        self.assertContains(self.client.get("/image/"), "credit--low", 2)

    def test_the_button_says_one_credit(self) -> None:
        self.sign_in(self.alice)
        self.assertContains(self.client.get("/image/"), '<span class="vh">costs 1 credit</span>')


class QuoteTests(ViewsTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.sign_in(self.bob)

    def quoted(self, **query: str) -> "Response":
        return self.client.get("/image/quote/", query, headers=HTMX)

    def test_it_follows_the_count(self) -> None:
        for count, button, after in (("1", "Generate 1 image", "999"), ("4", "Generate 4 images", "996")):
            response = self.quoted(count=count, size="3:2", engine="local")
            self.assertContains(response, button)
            self.assertContains(response, f"{after} after")
            self.assertContains(response, '<div class="bench__submit" id="submit-row">')

    def test_it_answers_the_price_of_the_defaults_to_garbage(self) -> None:
        for query in (
            {},
            {"count": "3"},
            {"count": "\0"},
            {"count": "9" * 5000},
            {"count": SCRIPT},
            {"size": "0:0", "count": "4"},
            {"engine": "steam", "count": "4"},
        ):
            with self.subTest(query=str(query)[:60]):
                self.assertEqual(self.quoted(**query).context["quote"].price, 100)

    def test_it_says_what_is_missing(self) -> None:
        ledger.hold(team=self.team, amount=STARTER - 150)
        response = self.quoted(count="2", size="1:1", engine="local")
        self.assertContains(response, "This costs 2 credits, 1.5 are available.")
        self.assertContains(response, "disabled")

    def test_it_holds_nothing_and_is_never_kept(self) -> None:
        self.assertIn("no-store", self.quoted(count="4", size="1:1", engine="local")["Cache-Control"])
        self.assertFalse(Hold.objects.exists())
        self.assertFalse(TeamPulse.objects.exists())
