"""Every door of the studio, tried by everybody: what `doors.py` says is what happens."""

import io
import json
import uuid
from decimal import Decimal
from typing import Any
from unittest import mock

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponseBase
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from studio.accounts.models import AuditEvent, Connection, EngineChoice, Invitation, Member, Team
from studio.library import marks, storage
from studio.library.acts import ACTS
from studio.library.models import Asset, Kind, Tag
from studio.tasks.models import Task
from tests.accounts.base import TeamTestCase
from tests.doors import DOORS, ROLES, addresses
from tests.films import mp4


class DoorTestCase(TeamTestCase):
    def setUp(self) -> None:
        super().setUp()
        answers = mock.patch("studio.accounts.connections.test", return_value=Decimal(100))
        answers.start()
        self.addCleanup(answers.stop)
        self.asset = self.make_asset()
        self.film = self.make_film()
        self.task = self.make_task()
        self.board = marks.make_board(self.alice, "Secret board", private=False)
        self.connection = Connection.objects.create(team=self.team, provider="kie", hint="abcd")
        self.session = UserSession.objects.create(
            user=self.alice.user, ip="127.0.0.1", user_agent="", session_key="somewhere else"
        )
        self.issued = self.invited()

    def make_film(self) -> Asset:
        origin = storage.Origin(
            team=self.team,
            made_by=self.alice.user,
            request=uuid.uuid4(),
            position=0,
            at=timezone.now(),
            generator="video",
            prompt="a boat",
            provider="local",
            parameters={},
        )
        return storage.keep(io.BytesIO(mp4()), kind=Kind.VIDEO, origin=origin, facts={"unread": []})

    def arguments(self, name: str) -> dict[str, Any]:
        room, _, door = name.rpartition(":")
        if door in {"tool", "create", "quote"} and room == "tasks":
            return {"kind": "image"}
        special: dict[str, dict[str, Any]] = {
            "invitations:join": {"token": self.issued.token},
            "account_reset_password_from_key": {"uidb36": "1", "key": "a-key"},
            "accounts:session-end": {"pk": self.session.pk},
            "members:renew": {"pk": self.issued.invitation.pk},
            "members:revoke": {"pk": self.issued.invitation.pk},
            "mfa_remove_webauthn": {"pk": 1},
            "library:pick-act": {"act": "star"},
            "library:board": {"id": self.board.pk, "act": "rename"},
            "design:viewer": {"number": 1},
            "library:frame": {"id": self.film.pk},
            "library:thumb": {"id": self.asset.pk, "width": 320},
            "tasks:callback": {"provider": "local", "token": self.task.callback_token},
        }
        rooms: dict[str, dict[str, Any]] = {
            "members": {"pk": self.bob.pk},
            "connecting": {"id": self.connection.pk},
            "library": {"id": self.asset.pk},
            "tasks": {"id": self.task.pk},
        }
        return special[name] if name in special else rooms.get(room, {})

    def data(self, name: str) -> dict[str, Any]:
        """What is sent: enough that those who may get as far as doing it."""
        sent: dict[str, dict[str, Any]] = {
            "accounts:preferences": {"theme": "dark"},
            "accounts:name": {"name-name": "Another Name"},
            "members:role": {"role": "viewer"},
            "library:pick": {"asset": self.asset.pk, "board": self.board.pk},
            "library:pick-act": {"asset": self.asset.pk},
            "library:compare": {"a": self.asset.pk, "b": self.asset.pk},
            "library:boards": {"name": "Another board"},
            "library:board": {"name": "Another name"},
            "library:rename": {"title": "Another title"},
            "library:uploads": {"file": SimpleUploadedFile("0.png", self.picture().read_bytes())},
            "tasks:create": self.wish(),
            "tasks:again": {"idempotency_key": uuid.uuid4().hex},
            "accounts:team": {"team": self.team.pk},
        }
        return sent.get(name, {})

    def wish(self, **changes: Any) -> dict[str, Any]:
        plain = {"prompt": "a boat", "size": "1:1", "count": "1", "engine": "local"}
        return {**plain, "idempotency_key": uuid.uuid4().hex, **changes}

    def address(self, name: str) -> str:
        given = self.arguments(name)
        try:
            return reverse(name)
        except NoReverseMatch:
            return reverse(name, kwargs=given)

    def answer(self, who: Member | None, method: str, name: str) -> HttpResponseBase:
        """What is done is undone afterwards, so that everybody knocks at the same door."""
        cache.clear()
        with transaction.atomic():
            self.client.logout()
            if who:
                self.client.force_login(who.user)
            send = self.client.get if method == "GET" else self.client.post
            response = send(self.address(name), self.data(name))
            transaction.set_rollback(True)
        return response


class DoorTests(DoorTestCase):
    def test_the_table_names_every_address_and_no_other(self) -> None:
        self.assertEqual({name for _method, name in DOORS}, set(addresses()))

    def test_everybody_is_answered_as_the_table_says(self) -> None:
        for (method, name), row in DOORS.items():
            said = [self.said(self.answer(who, method, name)) for who in self.everybody().values()]
            with self.subTest(method=method, name=name):
                self.assertEqual(dict(zip(ROLES, said, strict=True)), dict(zip(ROLES, row.split(), strict=True)))

    def test_what_is_not_in_the_table_does_nothing(self) -> None:
        for name in addresses():
            for method in ("GET", "POST"):
                if (method, name) not in DOORS:
                    with self.subTest(method=method, name=name):
                        self.assertIn(self.answer(self.alice, method, name).status_code, {404, 405})

    def test_a_stranger_is_led_from_no_object_to_another_answer_than_not_found(self) -> None:
        """A button's address asked by GET leads to its page: to whomever the object belongs."""
        for name in (name for method, name in DOORS if method == "GET" and name.startswith("tasks:")):
            if "<uuid:id>" in addresses()[name]:
                self.client.force_login(self.charlie.user)
                self.assertEqual(self.client.get(self.address(name), follow=True).status_code, 404, name)

    @staticmethod
    def said(response: HttpResponseBase) -> str:
        if response.status_code == 302 and response.headers["Location"].startswith("/accounts/login/"):
            return "in"
        kind = response.status_code // 100
        return str(kind) if kind in {2, 3} else str(response.status_code)


class StrangeIdTests(DoorTestCase):
    """Charlie owns another team and writes ids of ours into his own forms."""

    def setUp(self) -> None:
        super().setUp()
        self.own = self.make_asset(self.charlie, prompt="a pear of my own")
        self.own_board = marks.make_board(self.charlie, "Own board", private=False)
        self.tag = Tag.objects.create(team=self.team, name="secret tag")
        self.client.force_login(self.charlie.user)

    def traces(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of everything that people make or change."""
        rooms = ("library", "tasks", "credits")
        models: list[Any] = [model for room in rooms for model in apps.get_app_config(room).get_models()]
        kept: list[Any] = [*models, Team, Invitation, AuditEvent, Connection, EngineChoice]
        rows = {model.__name__: list(model._default_manager.order_by("pk").values_list()) for model in kept}
        return {**rows, "Member": list(Member.objects.order_by("pk").values_list("pk", "team", "role", "suspended_at"))}

    def refused(self, path: str, data: dict[str, Any], *status: int) -> None:
        before = self.traces()
        response = self.client.post(path, data)
        with self.subTest(path=path, data=data):
            self.assertIn(response.status_code, status)
            self.assertEqual(self.traces(), before)
            self.assertNotIn(b"lighthouse on a cliff", response.content)

    def test_references_masks_and_sources(self) -> None:
        film = {"quality": "720p", "ratio": "16:9", "duration": "5"}
        self.refused("/image/tasks/", self.wish(references=[self.asset.pk]), 422)
        self.refused("/image/tasks/", self.wish(references=[self.own.pk, self.asset.pk]), 422)
        self.refused("/image/tasks/", self.wish(references=[self.own.pk], mask=self.asset.pk), 422)
        self.refused("/video/tasks/", self.wish(mode="image", references=[self.asset.pk], **film), 422)
        self.refused("/video/tasks/", self.wish(mode="extend", source=[self.asset.pk], **film), 422)

    def test_a_parent_is_never_taken_from_a_form(self) -> None:
        sent = self.wish(mode="text", parent=str(self.asset.pk), quality="720p", ratio="16:9", duration="5")
        self.client.post("/video/tasks/", sent)
        made = Task.objects.for_team(self.other_team).get()
        self.assertNotIn(str(self.asset.pk), json.dumps(made.params))
        self.assertFalse(made.links.exists())

    def test_selections_boards_and_tags(self) -> None:
        for act in ACTS:
            self.refused(f"/library/pick/{act}/", {"asset": self.asset.pk}, 404)
            self.refused(f"/library/pick/{act}/", {"asset": f"{self.own.pk},{self.asset.pk}"}, 404)
            self.refused(f"/library/pick/{act}/", {"asset": self.own.pk, "board": self.board.pk}, 404)
            self.refused(f"/library/pick/{act}/", {"asset": self.own.pk, "tag": self.tag.pk}, 404)

    def test_people_teams_and_presses(self) -> None:
        for path in ("/team/members/hand-over/", "/team/members/leave/"):
            self.refused(path, {"heir": self.bob.pk}, 422)
        self.refused("/account/team/", {"team": self.team.pk}, 404)
        self.refused(f"/account/sessions/{self.session.pk}/end/", {}, 302)
        self.assertTrue(UserSession.objects.filter(pk=self.session.pk).exists())

    def test_a_press_of_another_team_is_another_press(self) -> None:
        response = self.client.post("/image/tasks/", self.wish(idempotency_key=self.task.idempotency_key))
        self.assertEqual(response.status_code, 302)
        self.assertEqual(Task.objects.for_team(self.other_team).get().prompt, "a boat")

    def test_addresses_show_nothing_of_another_team(self) -> None:
        asset, task, board = self.asset.pk, self.task.pk, self.board.pk
        shown = [f"/image/?from={task}", f"/image/?reference={asset}", f"/video/?reference={asset}"]
        shown += [f"/video/?extend={asset}", f"/?board={board}", f"/?tag={self.tag.pk}", f"/?after={asset}"]
        shown += [f"/library/more/?board={board}", f"/library/picker/?after={asset}", f"/?by={self.alice.user.pk}"]
        for path in shown:
            response = self.client.get(path)
            with self.subTest(path=path):
                self.assertIn(response.status_code, {200, 404})
                for secret in (f"/library/{asset}", f"/files/{asset}", "Secret board", "secret tag", "Alice"):
                    self.assertNotContains(response, secret, status_code=response.status_code)
        for a, b in ((self.own.pk, asset), (asset, self.own.pk)):
            self.assertEqual(self.client.get("/compare/", {"a": str(a), "b": str(b)}).status_code, 404)
