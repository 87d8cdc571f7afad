"""A studio whose Kie is our fake, over real HTTP on this machine."""

from typing import TYPE_CHECKING, Any

from django.test import override_settings

from studio.accounts import connections
from studio.accounts.models import Connection, Member, Role
from studio.providers import registry
from studio.providers.kie.provider import Timeouts
from tests.base import HTMX, StudioTestCase
from tests.fake_kie import FakeKie

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Response

URL = "/team/providers/"
KEY = "kie-secret-key-of-the-team-3f9a"
OTHER = "kie-another-secret-key-b71c"


class ConnectingTestCase(StudioTestCase):
    adam: Member

    @classmethod
    def setUpTestData(cls) -> None:
        super().setUpTestData()
        cls.adam = cls.join(cls.team, "Adam Moss", Role.ADMIN)

    def setUp(self) -> None:
        super().setUp()
        self.kie = FakeKie(key=KEY, balance="8142.6").start()
        self.addCleanup(self.kie.stop)
        self.use(KIE_API_KEY="", PROVIDERS=self.providers())
        registry.get.cache_clear()
        self.addCleanup(registry.get.cache_clear)
        self.sign_in(self.alice)

    def providers(self, **options: Any) -> dict[str, Any]:
        kie = {"base_url": self.kie.url, "upload_base_url": self.kie.url, "sleep": lambda _seconds: None, **options}
        return {
            "kie": {
                "class": "studio.providers.kie.provider.KieProvider",
                "needs_key": True,
                "options": kie,
                "limits": {"at_once": 100},
            },
            "local": {"class": "studio.providers.local.provider.LocalProvider"},
        }

    def use(self, **values: Any) -> None:
        swap = override_settings(**values)
        swap.enable()
        self.addCleanup(swap.disable)

    def be_quick(self) -> None:
        """Nobody waits long for a Kie that says nothing."""
        usual = connections.TRIAL
        connections.TRIAL = Timeouts(connect=0.5, read=0.2, call=0.5)
        self.addCleanup(setattr, connections, "TRIAL", usual)

    def connect(self, key: str = KEY, member: Member | None = None, name: str = "") -> Connection:
        member = member or self.alice
        self.kie.account(key, "8142.6")
        return connections.connect(member.team, key=key, by=member.user, name=name)

    def send(self, path: str, **data: str) -> "Response":
        return self.client.post(f"{URL}{path}", data, headers=HTMX)

    def plain(self, path: str, **data: str) -> "Response":
        return self.client.post(f"{URL}{path}", data, follow=True)
