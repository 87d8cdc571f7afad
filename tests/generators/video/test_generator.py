"""What the slice says of itself, and its whole way: on our own engine, and through the fake Kie."""

import uuid
from datetime import timedelta
from typing import Any, cast

from django.conf import settings
from django.test import SimpleTestCase, override_settings
from django.urls import reverse
from django.utils import timezone

from generators.video.params import VideoParams
from studio.accounts import connections
from studio.catalog import registry as catalog
from studio.library.models import Asset, Kind
from studio.providers import registry as providers
from studio.tasks import services
from studio.tasks.models import Task
from studio.tasks.states import Status
from studio.worker import rounds
from tests.base import HTMX, StudioTestCase
from tests.fake_kie import FakeKie

VIDEO = catalog.get("video")
ID = str(uuid.uuid4())
KEY = "a-key-of-the-team-3f9a"


class VideoTests(SimpleTestCase):
    def test_prices_follow_length_quality_and_beginning(self) -> None:
        for wish, kie, local in (
            ({}, 1200, 200),
            ({"duration": 10}, 2400, 400),
            ({"quality": "1080p"}, 2400, 400),
            ({"mode": "image", "references": (ID,)}, 1200, 200),
            ({"mode": "extend", "source": ID}, 3000, 200),
            ({"mode": "extend", "source": ID, "quality": "1080p"}, 6000, 400),
        ):
            params = VideoParams(prompt="x", **cast("Any", wish))
            prices = [VIDEO.price(params, provider=name) for name in ("kie", "local")]
            self.assertEqual(prices, [kie, local], wish)

    def test_the_card_says_what_it_is(self) -> None:
        self.assertEqual(VIDEO.facts(VideoParams(prompt="x", ratio="3:4")), ["3:4", "5 s", "720p"])
        image = VideoParams(prompt="x", mode="image", references=(ID,))
        self.assertEqual(VIDEO.facts(image), ["from an image", "5 s", "720p"])
        self.assertEqual(VIDEO.ratio(VideoParams(prompt="x", ratio="9:16")), "9/16")

    def test_an_extension_has_a_way_of_its_own_to_the_upstream(self) -> None:
        extension = VideoParams(prompt="x", mode="extend", source=ID, parent="p")
        ways = [VIDEO.wire_for(params) for params in (VideoParams(prompt="x"), extension)]
        self.assertEqual([way.create for way in ways if way], ["/api/v1/runway/generate", "/api/v1/runway/extend"])
        self.assertEqual(VIDEO.inputs(extension), {"reference": (), "extend": (ID,)})


class LifeTestCase(StudioTestCase):
    def start(self, provider: str = "local", **wish: Any) -> Task:
        return services.start_task(
            member=self.alice,
            generator=VIDEO,
            params=VideoParams(**{"prompt": "desert dunes at noon", **wish}),
            provider=provider,
            idempotency_key=uuid.uuid4().hex,
        )[0]

    def run_to_the_end(self, task: Task) -> Task:
        for _step in range(12):
            Task.objects.filter(pk=task.pk).update(due_at=timezone.now(), lease_until=None)
            rounds.run_step(task.pk, "test")
            task = Task.objects.get(pk=task.pk)
            if not task.is_open:
                break
        return task


class LocalTests(LifeTestCase):
    def setUp(self) -> None:
        super().setUp()
        options = {"workdir": self.folder / "renders", "time_limit": timedelta(minutes=4)}
        entry = {"class": "studio.providers.local.provider.LocalProvider", "options": options}
        swap = override_settings(PROVIDERS={"local": entry})
        swap.enable()
        providers.get.cache_clear()
        self.addCleanup(providers.get.cache_clear)
        self.addCleanup(swap.disable)

    def test_a_clip_is_kept_played_and_goes_on(self) -> None:
        task = self.run_to_the_end(self.start(ratio="1:1", seed=7))
        self.assertEqual((task.status, task.error), (Status.SUCCEEDED, ""))
        (film,) = task.results
        self.assertEqual((film.kind, film.media_type, film.width, film.height), (Kind.VIDEO, "video/mp4", 720, 720))
        self.assertEqual((film.duration, film.facts["fps"], film.length), (5.0, 24.0, "0:05"))
        self.assertEqual((film.upstream_id, film.connection, film.upstream_until), ("", "", None))
        self.sign_in(self.alice)
        page = self.client.get(reverse("tasks:tool", args=[VIDEO]))
        self.assertContains(page, f'src="{reverse("library:file", args=[film.pk])}"')
        self.assertContains(page, f'poster="{reverse("library:thumb", args=[film.pk, 1280])}"')
        part = self.client.get(reverse("library:file", args=[film.pk]), headers={"Range": "bytes=0-11"})
        self.assertEqual((part.status_code, part["Content-Range"]), (206, f"bytes 0-11/{film.size}"))
        frame = self.client.post(reverse("library:frame", args=[film.pk]))
        still = Asset.objects.get(kind=Kind.IMAGE)
        self.assertRedirects(frame, still.get_absolute_url())
        self.assertEqual((still.width, still.height, still.source), (720, 720, "frame"))
        form = self.client.get(reverse("tasks:tool", args=[VIDEO]), {"extend": str(film.pk)})
        self.assertContains(form, f'name="source" value="{film.pk}"')
        self.extend(film)

    def extend(self, film: Asset) -> None:
        form = {"mode": "extend", "prompt": "pan left", "quality": "720p", "engine": "local"}
        form.update(source=str(film.pk), idempotency_key=uuid.uuid4().hex)
        self.assertEqual(self.client.post(reverse("tasks:create", args=[VIDEO]), form, headers=HTMX).status_code, 200)
        task = self.run_to_the_end(Task.objects.latest("created_at"))
        self.assertEqual((task.status, task.error, task.inputs), (Status.SUCCEEDED, "", [film]))
        self.assertEqual((task.results[0].width, task.results[0].height), (720, 720))


class KieTests(LifeTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.kie = FakeKie(key=KEY)
        self.kie.start()
        self.addCleanup(self.kie.stop)
        self.kie.settings.query_limit = None
        options = {"base_url": self.kie.url, "upload_base_url": self.kie.upload_url}
        entry = {**settings.PROVIDERS["kie"], "options": options}
        swap = override_settings(PROVIDERS={**settings.PROVIDERS, "kie": entry})
        swap.enable()
        self.addCleanup(swap.disable)
        connections.connect(self.team, key=KEY, by=self.alice.user)
        self.kie.plan(every=None, steps=("wait", "running", "success"))
        self.sign_in(self.alice)

    def test_a_clip_is_extended_by_the_id_it_has_there(self) -> None:
        task = self.run_to_the_end(self.start("kie", ratio="9:16"))
        self.assertEqual((task.status, task.error), (Status.SUCCEEDED, ""))
        (film,) = task.results
        self.assertEqual((film.upstream_id, film.connection), (task.upstream_id, task.connection))
        assert film.upstream_until is not None
        self.assertAlmostEqual((film.upstream_until - timezone.now()).total_seconds(), 14 * 86_400, delta=60)
        response = self.press(film)
        self.assertEqual(response.status_code, 200)
        child = self.run_to_the_end(Task.objects.latest("created_at"))
        self.assertEqual((child.status, child.error, child.inputs), (Status.SUCCEEDED, "", [film]))
        sent = [call for call in self.kie.log.calls if call.endpoint == "runway/extend"]
        self.assertEqual([call.body["taskId"] for call in sent], [task.upstream_id])
        self.assertFalse([call for call in self.kie.log.calls if "upload" in call.endpoint], "nothing is uploaded")

    def test_what_kie_does_not_know_any_more_is_said_at_the_form(self) -> None:
        film = self.run_to_the_end(self.start("kie")).results[0]
        for change in ({"upstream_until": timezone.now()}, {"connection": "another"}, {"upstream_id": ""}):
            values = {name: getattr(film, name) for name in change}
            Asset.objects.filter(pk=film.pk).update(**change)
            self.assertContains(self.press(film), "source-error", status_code=422)
            Asset.objects.filter(pk=film.pk).update(**values)
        self.assertEqual(Task.objects.count(), 1)

    def test_an_image_is_uploaded(self) -> None:
        image = self.make_asset()
        task = self.run_to_the_end(self.start("kie", mode="image", references=(str(image.pk),)))
        self.assertEqual((task.status, task.error), (Status.SUCCEEDED, ""))
        (sent,) = [call for call in self.kie.log.calls if call.endpoint == "runway/generate"]
        self.assertTrue(sent.body["imageUrl"].startswith(self.kie.url), sent.body)
        self.assertNotIn("aspectRatio", sent.body)

    def test_a_refusal_returns_every_credit(self) -> None:
        self.kie.plan(every=None, steps=("wait", "failed"), error_code=400, error="Incorrect image format.")
        task = self.run_to_the_end(self.start("kie"))
        self.assertEqual((task.status, task.error_code, task.hold.charged), (Status.FAILED, "400", 0))

    def press(self, film: Asset) -> Any:
        form = {"mode": "extend", "prompt": "The boat reaches the sea", "quality": "720p", "engine": "kie"}
        form.update(source=str(film.pk), idempotency_key=uuid.uuid4().hex)
        return self.client.post(reverse("tasks:create", args=[VIDEO]), form, headers=HTMX)
