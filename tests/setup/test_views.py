import io
import re
from contextlib import redirect_stdout
from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.core.cache import cache
from django.test import TestCase, override_settings

from studio.accounts.models import Member, Role, User
from studio.credits import ledger
from studio.setup import code
from studio.setup.services import AlreadySetUpError, set_up

GOOD = {"name": "Mira Lindqvist", "email": "Mira@Example.org", "password": "correct-horse-77", "team": "Harbour Team"}


class SetupTests(TestCase):
    def setUp(self) -> None:
        cache.clear()
        self.addCleanup(code.forget)

    def test_every_page_leads_here_while_no_user_exists(self) -> None:
        for url in ("/", "/image/", "/accounts/login/", "/team/credits/"):
            self.assertRedirects(self.client.get(url), "/setup/")

    def test_it_makes_the_person_the_team_and_the_starter_credits(self) -> None:
        response = self.client.post("/setup/", GOOD)
        self.assertRedirects(response, "/image/")
        member = Member.objects.get()
        self.assertEqual(
            (member.role, member.team.name, member.user.name), (Role.OWNER, "Harbour Team", "Mira Lindqvist")
        )
        self.assertEqual(member.user.email, "mira@example.org")
        self.assertTrue(member.user.is_superuser)
        self.assertEqual(ledger.account_of(member.team).available, 1_000 * 100)

    def test_the_first_page_has_an_example_prompt_filled_in(self) -> None:
        page = self.client.post("/setup/", GOOD, follow=True)
        self.assertContains(page, "a lighthouse on a cliff at dusk, gouache</textarea>")

    def test_the_first_field_to_mend_gets_the_focus(self) -> None:
        page = self.client.post("/setup/", {**GOOD, "email": "nobody", "password": "short"})
        fields = re.findall(r"<input [^>]*>", page.content.decode())
        focused = [re.findall(r'name="(\w+)"', field)[0] for field in fields if " autofocus" in field]
        self.assertEqual(focused[0], "email", "a browser takes the first")
        self.assertNotContains(self.client.get("/setup/"), "autofocus")

    def test_it_is_gone_once_a_user_exists(self) -> None:
        self.client.post("/setup/", GOOD)
        self.client.logout()
        self.assertEqual(self.client.get("/setup/").status_code, 404)
        self.assertEqual(self.client.post("/setup/", {**GOOD, "email": "eve@example.org"}).status_code, 404)
        self.assertEqual(User.objects.count(), 1)

    def test_the_second_of_two_at_once_makes_nothing(self) -> None:
        set_up(**GOOD)
        with self.assertRaises(AlreadySetUpError):
            set_up(**{**GOOD, "email": "eve@example.org"})
        self.assertEqual(User.objects.count(), 1)

    def test_bad_input_comes_back_with_a_sentence_and_makes_nothing(self) -> None:
        for field, value, words in (
            ("email", "nobody", "valid email"),
            ("password", "short", "at least 12"),
            ("password", " " * 12, "more than spaces"),
            ("password", "\u200b" * 12, "more than spaces"),
            ("password", "123456789012345", "numeric"),
            ("password", "mira lindqvist", "too similar"),
            ("team", "  ", "required"),
            ("name", "x" * 101, "at most 100"),
        ):
            with self.subTest(field=field, value=value):
                page = self.client.post("/setup/", {**GOOD, field: value})
                self.assertContains(page, words, status_code=422)
        self.assertFalse(User.objects.exists())

    def test_no_code_is_asked_on_loopback(self) -> None:
        self.assertNotContains(self.client.get("/setup/"), "One-time code")


class LimitTests(TestCase):
    def setUp(self) -> None:
        cache.clear()
        self.addCleanup(cache.clear)

    def test_trying_without_end_is_slowed_down(self) -> None:
        answers = [self.client.post("/setup/", {"name": ""}) for _ in range(31)]
        self.assertEqual([answer.status_code for answer in answers[-2:]], [422, 429])
        self.assertEqual(self.client.get("/setup/").status_code, 200)


@override_settings(LOOPBACK=False)
class CodeTests(TestCase):
    path: ClassVar[Path] = Path(settings.STUDIO_DATA) / "setup_code"

    def setUp(self) -> None:
        cache.clear()
        self.addCleanup(code.forget)

    def test_beyond_loopback_the_terminals_code_is_asked(self) -> None:
        self.assertContains(self.client.get("/setup/"), "One-time code")
        self.assertContains(self.client.post("/setup/", GOOD), "required", status_code=422)
        wrong = f"{(int(code.current()) + 1) % 10**6:06d}"
        self.assertContains(self.client.post("/setup/", {**GOOD, "code": wrong}), "not the code", status_code=422)
        with self.captureOnCommitCallbacks(execute=True):
            right = f"{code.current()[:3]} {code.current()[3:]}"
            self.assertRedirects(self.client.post("/setup/", {**GOOD, "code": right}), "/image/")
        self.assertFalse(self.path.exists())

    def test_the_code_survives_a_restart_and_nobody_else_can_read_it(self) -> None:
        first = code.current()
        self.assertEqual(code.current(), first)
        self.assertEqual(self.path.stat().st_mode & 0o777, 0o600)

    def test_ten_wrong_guesses_change_the_code(self) -> None:
        first = code.current()
        terminal = io.StringIO()
        with self.assertLogs("studio.setup.code", "WARNING") as logs, redirect_stdout(terminal):
            for _ in range(code.TRIES):
                code.fits("wrong")
        self.assertIn(code.current(), terminal.getvalue())
        self.assertNotIn(code.current(), logs.output[0])
        self.assertFalse(code.fits(first) and code.current() != first)

    def test_a_damaged_file_is_made_anew(self) -> None:
        self.path.write_text("nonsense")
        self.assertEqual(len(code.current()), 6)
