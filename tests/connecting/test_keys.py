"""Keys go in, are tried with Kie, and are never seen again."""

import io
import logging
import sys
import uuid

from django.db import connection as database
from django.test import Client
from django.views.debug import ExceptionReporter

from studio.accounts import connections
from studio.accounts.models import Connection, User
from tests.base import HTMX
from tests.connecting.base import KEY, OTHER, URL, ConnectingTestCase

ACTIONS = ("test/", "rotate/", "retire/", "webhook-key/")


class AddTests(ConnectingTestCase):
    def test_a_key_is_tried_and_kept(self) -> None:
        response = self.send("add/", name="Agency", key=f" {KEY} ")
        self.assertEqual(response.status_code, 200)
        made = Connection.objects.get()
        self.assertEqual(
            (made.team, made.made_by, made.name, made.hint), (self.team, self.alice.user, "Agency", "3f9a")
        )
        self.assertEqual(connections.key_of(made), KEY)
        self.assertContains(response, "8,142.6 credits")
        self.assertIn("takes the team", response["HX-Trigger"])
        self.assertEqual(connections.connection_for(self.team, "kie"), str(made.pk))

    def test_it_works_without_scripts(self) -> None:
        page = self.plain("add/", key=KEY)
        self.assertEqual(page.redirect_chain, [(URL, 302)])
        self.assertContains(page, "••••3f9a")
        self.assertContains(page, "takes the team")
        refused = self.plain("add/", key="kie-wrong")
        self.assertEqual(refused.status_code, 422)
        self.assertContains(refused, "<html", status_code=422)

    def test_a_refused_key_is_told_kindly_and_not_kept(self) -> None:
        response = self.send("add/", name="Agency", key="kie-a-key-with-a-slip")
        self.assertContains(response, "Kie does not accept this key.", status_code=422)
        self.assertContains(response, 'value="Agency"', status_code=422)
        self.assertNotContains(response, "kie-a-key-with-a-slip", status_code=422)
        self.assertContains(response, 'id="adding" open', status_code=422)
        self.assertFalse(Connection.objects.exists())

    def test_what_is_no_key_does_not_reach_kie(self) -> None:
        for key in ("", "two words", "schlüssel", "x" * 600, "a\nb"):
            self.assertEqual(self.send("add/", key=key).status_code, 422, key)
        self.assertEqual(self.kie.log.of(), [])

    def test_the_same_key_is_not_connected_twice(self) -> None:
        self.connect()
        self.assertContains(self.send("add/", key=KEY), "This key is connected already.", status_code=422)
        self.assertEqual(Connection.objects.count(), 1)

    def test_a_kie_that_is_away_is_told_and_nothing_is_kept(self) -> None:
        self.be_quick()
        cases = (
            ({"kind": "answer", "code": 455}, "Kie is in maintenance."),
            ({"kind": "hang", "seconds": 1}, "Kie cannot be reached at the moment."),
            ({"kind": "reset"}, "Kie cannot be reached at the moment."),
            ({"kind": "html", "status": 502}, "Kie had an error of its own."),
        )
        for says, words in cases:
            self.kie.faults.all.clear()
            self.kie.fault("*", times=None, **says)
            response = self.send("add/", key=KEY)
            self.assertContains(response, words, status_code=422)
            self.assertContains(response, "The key was not saved.", status_code=422)
        self.kie.stop()
        self.assertContains(self.send("add/", key=KEY), "Kie cannot be reached", status_code=422)
        self.assertFalse(Connection.objects.exists())


class ChangeTests(ConnectingTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.made = self.connect()

    def test_a_test_asks_kie_what_is_left(self) -> None:
        self.kie.account(KEY, "12.25")
        response = self.send(f"{self.made.pk}/test/")
        self.assertIn("12.25 credits are left", response["HX-Trigger"])
        self.assertContains(response, "12.25 credits, just now")
        self.assertContains(self.plain(f"{self.made.pk}/test/"), "12.25 credits are left")

    def test_a_test_that_fails_says_why(self) -> None:
        self.kie.accounts.clear()
        response = self.send(f"{self.made.pk}/test/")
        self.assertIn("Kie does not accept the key.", response["HX-Trigger"])
        self.assertContains(response, "Needs attention")
        self.assertContains(response, "Kie does not accept the key (401")
        self.kie.account(KEY)
        self.assertContains(self.send(f"{self.made.pk}/test/"), "Connected")

    def test_a_key_is_rotated_when_kie_takes_the_new_one(self) -> None:
        self.kie.account(OTHER)
        response = self.send(f"{self.made.pk}/rotate/", key=OTHER)
        self.assertContains(response, "••••b71c")
        self.made.refresh_from_db()
        self.assertEqual(connections.key_of(self.made), OTHER)
        refused = self.send(f"{self.made.pk}/rotate/", key="kie-wrong")
        self.assertContains(refused, "Kie does not accept this key.", status_code=422)
        self.assertContains(refused, f'id="rotating-{self.made.pk}" open', status_code=422)
        self.made.refresh_from_db()
        self.assertEqual(connections.key_of(self.made), OTHER)

    def test_a_retired_key_takes_nothing_new(self) -> None:
        response = self.send(f"{self.made.pk}/retire/")
        self.assertNotContains(response, "••••3f9a")
        self.assertEqual(connections.serving(self.team, ["kie", "local"]), ["local"])
        for action in ACTIONS:
            self.assertEqual(self.send(f"{self.made.pk}/{action}", key=OTHER).status_code, 404, action)

    def test_a_webhook_key_is_set_and_removed_and_never_shown(self) -> None:
        response = self.send(f"{self.made.pk}/webhook-key/", webhook_key="whsec-very-secret")
        self.made.refresh_from_db()
        self.assertEqual(connections.webhook_key_of(self.made), "whsec-very-secret")
        self.assertNotContains(response, "whsec")
        self.assertContains(response, "One is set.")
        self.assertEqual(self.send(f"{self.made.pk}/webhook-key/", webhook_key="two words").status_code, 422)
        self.send(f"{self.made.pk}/webhook-key/", webhook_key="")
        self.made.refresh_from_db()
        self.assertEqual(self.made.webhook_secret, "")

    def test_members_and_viewers_may_not(self) -> None:
        for member in (self.bob, self.vera):
            self.sign_in(member)
            for path in ("add/", "engines/", *(f"{self.made.pk}/{action}" for action in ACTIONS)):
                self.assertEqual(self.send(path, key=OTHER).status_code, 403, path)
        self.made.refresh_from_db()
        self.assertIsNone(self.made.retired_at)

    def test_an_admin_may(self) -> None:
        self.sign_in(self.adam)
        self.kie.account(OTHER)
        for path in ("test/", "rotate/", "webhook-key/", "retire/"):
            self.assertEqual(self.send(f"{self.made.pk}/{path}", key=OTHER).status_code, 200, path)

    def test_a_stranger_does_not_find_it(self) -> None:
        self.sign_in(self.charlie)
        for pk in (self.made.pk, uuid.uuid4()):
            for action in ACTIONS:
                self.assertEqual(self.send(f"{pk}/{action}", key=OTHER).status_code, 404, action)

    def test_signed_out_leads_to_sign_in_and_a_link_to_the_page(self) -> None:
        for action in ACTIONS:
            self.assertRedirects(self.client.get(f"{URL}{self.made.pk}/{action}"), URL)
        self.client.logout()
        for path in ("add/", "engines/", *(f"{self.made.pk}/{action}" for action in ACTIONS)):
            self.assertRedirects(self.client.post(f"{URL}{path}"), f"/accounts/login/?next={URL}{path}")

    def test_it_asks_for_the_token_of_the_form(self) -> None:
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(self.alice.user)
        self.assertEqual(strict.post(f"{URL}{self.made.pk}/retire/").status_code, 403)


class InstanceTests(ConnectingTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.use(KIE_API_KEY=KEY)
        found = connections.of_instance()
        assert found is not None
        self.shared = found

    def test_managers_and_the_instance_admin_test_it(self) -> None:
        User.objects.filter(pk=self.bob.user_id).update(is_superuser=True)
        for member in (self.alice, self.adam, self.charlie, self.bob):
            self.sign_in(member)
            self.assertEqual(self.send(f"{self.shared.pk}/test/").status_code, 200, member)
        self.assertContains(self.client.get(URL), "8,142.6 credits")
        self.sign_in(self.vera)
        self.assertEqual(self.send(f"{self.shared.pk}/test/").status_code, 403)

    def test_nobody_changes_it_in_the_browser(self) -> None:
        for action in ("rotate/", "retire/", "webhook-key/"):
            self.assertEqual(self.send(f"{self.shared.pk}/{action}", key=OTHER).status_code, 404, action)


class SecretTests(ConnectingTestCase):
    def test_a_key_is_in_no_answer_no_log_and_no_row(self) -> None:
        said = io.StringIO()
        listener = logging.StreamHandler(said)
        root = logging.getLogger()
        root.addHandler(listener)
        level = root.level
        root.setLevel(logging.DEBUG)
        self.addCleanup(root.removeHandler, listener)
        self.addCleanup(root.setLevel, level)
        self.kie.account(OTHER)
        answers = [self.send("add/", key=KEY), self.send("add/", key="kie-wrong-secret-0000")]
        made = Connection.objects.get()
        answers += [self.send(f"{made.pk}/rotate/", key=OTHER), self.send(f"{made.pk}/test/")]
        self.kie.fault("*", code=500, msg=f"do not tell {OTHER}", times=None)
        answers += [self.send(f"{made.pk}/test/"), self.client.get(URL)]
        secrets = (KEY, OTHER, "kie-wrong-secret-0000")
        with database.cursor() as cursor:
            cursor.execute("SELECT * FROM accounts_connection")
            rows = str(cursor.fetchall())
        told = [said.getvalue(), rows, *(f"{it.content.decode()}{it.headers}" for it in answers)]
        self.assertEqual([secret for secret in secrets if any(secret in text for text in told)], [])

    def test_a_report_of_an_error_hides_it(self) -> None:
        self.client.raise_request_exception = False
        usual = connections.connect
        connections.connect = lambda *_args, **_rest: 1 / 0  # type: ignore[assignment]
        self.addCleanup(setattr, connections, "connect", usual)
        with self.assertLogs("django.request", "ERROR") as logged:
            response = self.client.post(f"{URL}add/", {"key": KEY}, headers=HTMX)
        self.assertEqual(response.status_code, 500)
        request = logged.records[0].request  # type: ignore[attr-defined]
        report = ExceptionReporter(request, *sys.exc_info()).get_traceback_text()
        self.assertNotIn(KEY, "\n".join([response.content.decode(), *logged.output, report]))
