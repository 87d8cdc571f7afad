"""Which engine makes what."""

from studio.accounts import connections
from studio.accounts.models import EngineChoice
from tests.connecting.base import URL, ConnectingTestCase


class EnginesTests(ConnectingTestCase):
    def test_a_choice_is_kept_for_the_team(self) -> None:
        self.connect()
        response = self.send("engines/", image="local")
        self.assertIn("Saved.", response["HX-Trigger"])
        self.assertContains(response, 'value="local" id="image-local" checked')
        self.assertEqual(connections.preferred(self.team, "image", ["kie", "local"]), "local")
        self.assertContains(self.client.get("/image/"), 'value="local" id="engine-2" checked')
        self.assertContains(self.plain("engines/", image="kie"), "Saved.")
        self.assertEqual(connections.preferred(self.team, "image", ["kie", "local"]), "kie")
        self.assertEqual(EngineChoice.objects.filter(team=self.other_team).count(), 0)

    def test_saving_without_a_change_decides_nothing(self) -> None:
        self.send("engines/", image="local")
        self.assertFalse(EngineChoice.objects.exists())
        self.connect()
        self.assertContains(self.client.get(URL), 'value="kie" id="image-kie" checked')

    def test_an_engine_that_does_not_serve_is_refused(self) -> None:
        for engine in ("kie", "nothing", "\0"):
            self.assertEqual(self.send("engines/", image=engine).status_code, 422, engine)
        self.assertFalse(EngineChoice.objects.exists())
        self.assertContains(self.client.get(URL), 'value="kie" id="image-kie" disabled')

    def test_what_was_chosen_and_is_gone_gives_way(self) -> None:
        made = self.connect()
        connections.prefer(self.team, "image", "kie")
        connections.retire(made)
        self.assertContains(self.client.get(URL), 'value="local" id="image-local" checked')
