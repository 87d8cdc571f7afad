"""What the page of the engines shows, and to whom."""

from datetime import timedelta

from django.utils import timezone

from studio.accounts import connections
from studio.accounts.models import Connection
from tests.connecting.base import KEY, OTHER, URL, ConnectingTestCase
from tests.credits.test_views import queries_of


class PageTests(ConnectingTestCase):
    def test_it_shows_the_local_engine_and_the_way_to_a_key(self) -> None:
        page = self.client.get(URL)
        for words in ("Local engine", "Ready", "Add a key", "polls only", "Kie serves you once a key is connected."):
            self.assertContains(page, words)
        self.assertNotContains(page, "your team’s key")

    def test_it_shows_a_key_by_its_end_with_what_kie_said(self) -> None:
        self.connect(name="Agency account")
        page = self.client.get(URL)
        for words in ("Agency account", "••••3f9a", "8,142.6 credits, just now", "0 tasks", "Connected"):
            self.assertContains(page, words)
        self.assertNotContains(page, KEY)
        Connection.objects.update(balance_at=timezone.now() - timedelta(minutes=2, seconds=5))
        self.assertContains(self.client.get(URL), "2\xa0minutes ago")

    def test_it_shows_where_callbacks_arrive(self) -> None:
        self.use(PUBLIC_URL="https://studio.example")
        page = self.client.get(URL)
        self.assertContains(page, 'data-copy="https://studio.example/callbacks/kie/"')
        self.assertNotContains(page, "polls only")

    def test_the_key_of_the_instance_is_in_nobodys_hands_here(self) -> None:
        self.use(KIE_API_KEY=KEY)
        page = self.client.get(URL)
        for words in ("Kie, this studio’s key", "••••3f9a", "KIE_API_KEY", "not asked yet", "Test</button>"):
            self.assertContains(page, words)
        self.assertNotContains(page, "Retire this key")
        self.assertNotContains(page, KEY)

    def test_members_and_viewers_read_it_and_can_change_nothing(self) -> None:
        self.connect()
        for member in (self.bob, self.vera):
            self.sign_in(member)
            page = self.client.get(URL)
            self.assertContains(page, "••••3f9a")
            for words in ("Add a key", "Retire", "Rotate", "Save engines", "Test</button>", "Webhook key"):
                self.assertNotContains(page, words)

    def test_a_stranger_sees_only_their_own(self) -> None:
        self.connect()
        self.sign_in(self.charlie)
        self.assertNotContains(self.client.get(URL), "3f9a")

    def test_signed_out_leads_to_sign_in(self) -> None:
        self.client.logout()
        self.assertRedirects(self.client.get(URL), f"/accounts/login/?next={URL}")

    def test_trouble_is_told_with_its_code(self) -> None:
        made = self.connect()
        cases = (
            ("401", "Needs attention"),
            ("455", "In maintenance"),
            ("broken", "Not reachable"),
            ("400", "Connected"),
        )
        for code, status in cases:
            Connection.objects.filter(pk=made.pk).update(trouble_code=code, trouble_at=timezone.now())
            page = self.client.get(URL)
            self.assertContains(page, status)
            self.assertContains(page, f'<dd class="num">{code} at ')

    def test_a_retired_key_stays_while_something_runs_on_it(self) -> None:
        made = self.connect()
        task = self.make_task()
        type(task).objects.filter(pk=task.pk).update(provider="kie", connection=str(made.pk), status="running")
        connections.retire(made)
        page = self.client.get(URL)
        self.assertContains(page, "Retired")
        self.assertContains(page, "1 task")
        type(task).objects.filter(pk=task.pk).update(status="storing")
        self.assertNotContains(self.client.get(URL), "3f9a")

    def test_it_takes_the_same_queries_however_many_keys_there_are(self) -> None:
        self.connect()
        few = queries_of(self, URL)
        self.connect(OTHER)
        self.assertEqual(queries_of(self, URL), few)
