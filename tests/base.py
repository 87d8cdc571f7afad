"""The cast of every test: Alice owns a team, Bob is a member of it, Vera may only look, Charlie is a stranger."""

import uuid
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

from django.core.cache import cache
from django.core.files.storage import default_storage
from django.test import TestCase, override_settings
from django.utils import timezone
from PIL import Image

from generators.image.forms import ImageParams
from studio.accounts.models import Member, Role, Team, User
from studio.catalog import registry
from studio.credits import ledger
from studio.library import storage
from studio.library.models import Asset
from studio.providers import registry as providers
from studio.providers.fake import FakePerformer, FakeProvider
from studio.tasks import queue, services
from studio.tasks.models import Task

STARTER = 100_000  # hundredths
HTMX = {"HX-Request": "true"}


def stored(name: str) -> bytes:
    """The bytes of a stored file."""
    with default_storage.open(name) as file:
        return bytes(file.read())


class StudioTestCase(TestCase):
    team: ClassVar[Team]
    other_team: ClassVar[Team]
    alice: ClassVar[Member]
    bob: ClassVar[Member]
    vera: ClassVar[Member]
    charlie: ClassVar[Member]

    @classmethod
    def setUpTestData(cls) -> None:
        cls.team = Team.objects.create(name="Harbour Team")
        cls.other_team = Team.objects.create(name="Strangers")
        cls.alice = cls.join(cls.team, "Alice Lind", Role.OWNER)
        cls.bob = cls.join(cls.team, "Bob Berg", Role.MEMBER)
        cls.vera = cls.join(cls.team, "Vera Holm", Role.VIEWER)
        cls.charlie = cls.join(cls.other_team, "Charlie Stone", Role.OWNER)
        for team in (cls.team, cls.other_team):
            ledger.grant(team=team, amount=STARTER)

    @staticmethod
    def join(team: Team, name: str, role: Role) -> Member:
        user = User.objects.create_user(f"{name.split()[0].lower()}@example.org", "a long enough password", name=name)
        return Member.objects.create(team=team, user=user, role=role)

    def setUp(self) -> None:
        super().setUp()
        cache.clear()
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        media = override_settings(MEDIA_ROOT=self.folder / "media")
        media.enable()
        self.addCleanup(media.disable)

    def sign_in(self, member: Member) -> None:
        self.client.force_login(member.user)

    def use_engine(self, engine: FakePerformer | FakeProvider) -> None:
        """Put a fake in the place of the Local engine."""
        entry = {"class": "studio.providers.fake.given", "options": {"engine": engine}}
        swap = override_settings(PROVIDERS={"local": entry})
        swap.enable()
        providers.get.cache_clear()
        self.addCleanup(providers.get.cache_clear)
        self.addCleanup(swap.disable)

    def make_task(self, member: Member | None = None, **params: Any) -> Task:
        wish = {"prompt": "a lighthouse on a cliff", **params}
        return services.start_task(
            member=member or self.alice,
            generator=registry.get("image"),
            params=ImageParams(**wish),
            provider="local",
            idempotency_key=uuid.uuid4().hex,
        )[0]

    def claimed(self, task: Task) -> Task:
        found = queue.admit(task.pk, "test")
        assert found is not None
        return found

    def picture(self, name: str = "0.png", size: tuple[int, int] = (300, 200), colour: str = "teal") -> Path:
        path = self.folder / name
        Image.new("RGB", size, colour).save(path)
        return path

    def make_asset(self, member: Member | None = None, **changes: Any) -> Asset:
        member = member or self.alice
        values = {
            "team": member.team,
            "made_by": member.user,
            "request": uuid.uuid4(),
            "position": 0,
            "at": timezone.now(),
            "generator": "image",
            "prompt": "a lighthouse on a cliff",
            "provider": "local",
            "parameters": ImageParams(prompt="a lighthouse on a cliff", size="3:2").to_json(),
            **changes,
        }
        with self.picture().open("rb") as file:
            return storage.keep_image(file, origin=storage.Origin(**values), facts={"unread": []})
