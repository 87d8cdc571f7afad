"""Whatever happens, no line of the log tells the key, the words of the person, the token of the callback or an address."""

import io
import logging

from studio.providers.kie.provider import Timeouts
from studio.tasks import services
from studio.tasks.states import Status
from studio.watch.log import TextFormatter
from tests.kie.base import CREATE, PROMPT, QUERY, SOON, UPLOAD, KieTestCase
from tests.kie.test_faults import BROKEN
from tests.kie.test_results import DANGERS, GONE, NO_FILES


class SecrecyTests(KieTestCase):
    timeouts = Timeouts(connect=2, read=0.2, call=0.6, file=0.6)
    webhook_key = "hook-zibbelquax"

    def setUp(self) -> None:
        super().setUp()
        self.kie.settings.create_limit = None
        self.kie.plan(steps=SOON, every=None)
        self.said = io.StringIO()
        handler = logging.StreamHandler(self.said)
        handler.setFormatter(TextFormatter())
        root = logging.getLogger()
        level = root.level
        root.addHandler(handler)
        root.setLevel(logging.INFO)
        self.addCleanup(root.setLevel, level)
        self.addCleanup(root.removeHandler, handler)

    def expect_silence(self) -> None:
        said = self.said.getvalue()
        tokens = [task.callback_token for task in self.team.tasks.all()]
        secrets = [
            self.kie.key,
            "zibbelquax",
            "grummelsofa",
            self.webhook_key,
            self.kie.url,
            f":{self.kie.port}",
            *tokens,
        ]
        addresses = ["resultUrls", "/files/", "sig=", "169.254", "10.0.0.1"]
        self.assertEqual([secret for secret in (*secrets, *addresses) if secret in said], [])
        self.assertTrue(said)

    def test_of_requests(self) -> None:
        echo = {"code": 422, "msg": f"{PROMPT} {self.kie.key} {self.kie.url}/x?y=z is wrong"}
        for fault in ({**echo}, {**echo, "status": 500}, *BROKEN):
            self.kie.fault(CREATE, **fault)
            task = self.step(self.press())
            self.assertNotEqual(task.status, Status.RUNNING)
            services.release_task(task)
        self.kie.stop()
        self.step(self.press())
        self.expect_silence()

    def test_of_questions(self) -> None:
        task = self.submitted()
        for fault in ({"code": 500, "msg": f"{PROMPT} {self.kie.key}"}, *BROKEN):
            self.kie.fault(QUERY, times=None, **fault)
            task = self.again(task)
            self.kie.faults.all.clear()
        self.deliver(task, b'{"data": {"taskId": "x"}}')
        self.client.get(f"/callbacks/kie/{task.callback_token}/")
        self.expect_silence()

    def test_of_files(self) -> None:
        for fault in (*GONE, *NO_FILES, *DANGERS[:7]):
            task = self.again(self.again(self.submitted()))
            self.assertEqual(task.status, Status.STORING)
            self.kie.fault("files/*", times=None, **fault)
            self.again(task)
            self.kie.advance(1_000)
            self.step(task)
            self.kie.faults.all.clear()
        self.expect_silence()
        self.assertEqual(self.calls(UPLOAD), [])
