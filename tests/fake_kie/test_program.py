"""The fake driven from outside: its control endpoint, and its life as a program."""

import json
import subprocess
import sys
from typing import Any

import requests
from django.conf import settings
from django.test import SimpleTestCase

from tests.fake_kie.test_fake_kie import GENERATE, FakeKieTestCase


class ControlTests(FakeKieTestCase):
    def control(self, name: str, **says: Any) -> requests.Response:
        return self.http.post(f"{self.kie.url}/_control/{name}", json=says)

    def state(self) -> Any:
        return self.http.get(f"{self.kie.url}/_control/state").json()

    def test_a_task_is_scripted_from_another_process(self) -> None:
        self.control("plan", prompt="*bicycle*", every=None, steps=["missing", "running", "failed"], error="Flagged")
        task = self.create()
        self.assertEqual(self.ask(task)["code"], 422)
        self.control("finish", task_id=task, end="success")
        self.assertEqual(self.record(task)["successFlag"], 1)
        self.assertEqual(self.state()["tasks"][task]["step"], "success")

    def test_faults_accounts_settings_and_time_are_set_from_another_process(self) -> None:
        self.control("fault", endpoint="gpt4o-image/generate", kind="answer", code=455)
        self.assertEqual(self.post(GENERATE, {})["code"], 455)
        self.control("account", key=self.kie.key, balance=3.5)
        self.assertEqual(self.credits(), 3.5)
        self.control("settings", unknown="404")
        self.assertEqual(self.ask("none")["code"], 404)
        self.control("advance", seconds=60)
        self.assertEqual(self.kie.skipped, 60)
        self.control("webhook", key="secret", form="hex")
        self.assertEqual((self.kie.callbacks.key, self.kie.callbacks.form), ("secret", "hex"))
        self.control("web", url="https://pictures.example/a.png", content="YQ==")
        self.assertEqual(self.kie.web, {"https://pictures.example/a.png": b"a"})
        self.control("reset")
        self.assertEqual((self.state()["tasks"], self.credits()), ({}, 1000.62))

    def test_the_log_tells_every_call_but_none_of_the_control(self) -> None:
        task = self.create(other=1)
        self.ask(task)
        log = self.http.get(f"{self.kie.url}/_control/log").json()
        self.assertEqual([call["endpoint"] for call in log], ["gpt4o-image/generate", "gpt4o-image/record-info"])
        self.assertEqual(log[0]["body"], {"prompt": "A red bicycle", "size": "1:1", "other": 1})
        self.assertEqual((log[0]["unknown"], log[0]["task"], log[0]["status"]), (["other"], task, 200))
        self.assertEqual((log[0]["key"], log[0]["answer"]["data"]["taskId"]), (self.kie.key, task))
        self.assertEqual(log[1]["query"], {"taskId": task})

    def test_a_mistake_is_told(self) -> None:
        for name, says in (("fault", {"kind": "none", "endpoint": "*"}), ("settings", {"none": 1}), ("plan", {"x": 1})):
            self.assertEqual(self.control(name, **says).status_code, 400)
        self.assertEqual(self.control("none").status_code, 404)


class ProgramTests(SimpleTestCase):
    def test_it_says_its_address_and_serves(self) -> None:
        command = [sys.executable, "-m", "tests.fake_kie", "--key", "mine", "--credits", "7.5"]
        with subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True) as program:
            try:
                assert program.stdout is not None
                url = program.stdout.readline().strip()
                headers = {"Authorization": "Bearer mine"}
                answer = requests.get(f"{url}/api/v1/chat/credit", headers=headers, timeout=10)
                self.assertEqual(json.loads(answer.content), {"code": 200, "msg": "success", "data": 7.5})
            finally:
                program.terminate()
