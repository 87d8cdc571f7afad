"""What may be wrong with a file that came out: what can be had is kept and charged, in bounded time and space."""

import tempfile
from pathlib import Path
from typing import Any

from studio.library.models import Asset
from studio.providers.kie.provider import Timeouts
from studio.tasks.models import Task
from studio.tasks.states import Status
from tests.kie.base import DOWNLOAD, SOON, KieTestCase

FILES, SECOND = "files/*", "files/*/1.png"
GONE: tuple[dict[str, Any], ...] = ({"status": 404, "code": 404}, {"status": 410, "code": 410})
NO_FILES: tuple[dict[str, Any], ...] = (
    {"status": 403, "code": 403},
    {"kind": "fake_png"},
    {"kind": "html"},
    {"kind": "empty"},
    {"kind": "headers", "headers": {"Content-Type": "text/html; charset=utf-8"}},
    {"kind": "answer", "body": '{"code": 404, "msg": "expired"}'},
)
DANGERS: tuple[dict[str, Any], ...] = (
    {"kind": "redirect", "location": "http://127.0.0.1:1/x.png"},
    {"kind": "redirect", "location": "http://169.254.169.254/latest/meta-data/"},
    {"kind": "redirect", "location": "http://[::1]:1/x.png"},
    {"kind": "redirect", "location": "http://10.0.0.1/x.png"},
    {"kind": "redirect", "location": "file:///etc/passwd"},
    {"kind": "redirect", "location": "http://[broken"},
    {"kind": "redirect", "location": "/files/x/0.png"},  # and again, and again
    {"kind": "endless"},
    {"kind": "huge"},
    {"kind": "oversized", "size": 3_000_000},
)
BREAKS: tuple[dict[str, Any], ...] = (
    {"kind": "truncated"},
    {"kind": "reset"},
    {"kind": "drip"},
    {"kind": "hang", "seconds": 5},
    {"status": 500, "code": 500},
    {"status": 429, "code": 429},
)


class ResultTests(KieTestCase):
    timeouts = Timeouts(connect=2, read=0.3, call=5, file=0.8)

    def setUp(self) -> None:
        super().setUp()
        self.kie.plan(steps=SOON, every=None)
        self.temporary = self.folder / "temporary"
        self.temporary.mkdir()
        before, tempfile.tempdir = tempfile.tempdir, str(self.temporary)
        self.addCleanup(setattr, tempfile, "tempdir", before)

    def settings_of_kie(self) -> dict[str, Any]:
        settings = super().settings_of_kie()
        settings["PROVIDERS"]["kie"]["options"]["file_limit"] = 2_000_000
        return settings

    def storing(self, **params: Any) -> Task:
        task = self.again(self.again(self.submitted(**params)))
        self.assertEqual(task.status, Status.STORING)
        return task

    def stored(self, task: Task) -> Task:
        task = self.again(task)
        self.kie.release()
        self.expect_no_rest()
        return task

    def expect_no_rest(self) -> None:
        """Nothing is left of what was read, neither with a name nor held open without one."""
        open_files = [entry for entry in Path("/proc/self/fd").iterdir() if entry.is_symlink()]
        held = [link for entry in open_files if (link := self.target(entry)).startswith(str(self.temporary))]
        self.assertEqual((held, list(self.temporary.iterdir())), ([], []))

    def target(self, link: Path) -> str:
        try:
            return str(link.readlink())
        except OSError:
            return ""  # the one with which we looked

    def test_an_address_that_died_is_had_under_a_fresh_one(self) -> None:
        for fault in (*GONE, *NO_FILES, *BREAKS):
            with self.subTest(**fault):
                self.kie.log.clear()
                task = self.storing()
                self.kie.fault(FILES, **fault)
                self.expect_pictures(self.stored(task), 1)
                (asked,) = self.calls(DOWNLOAD)
                first, fresh = self.calls(FILES)
                address = f"{self.kie.url}{first.path}"
                self.assertEqual(asked.body, {"taskId": task.upstream_id, "url": address})
                self.assertEqual((asked.method, asked.key), ("POST", self.kie.key))
                self.assertIn("sig", fresh.query)

    def test_what_is_gone_on_both_ways_is_lost_and_costs_nothing(self) -> None:
        for fault in GONE:
            with self.subTest(**fault):
                self.kie.log.clear()
                task = self.storing()
                self.kie.fault(FILES, times=None, **fault)
                self.expect_failed(self.stored(task), "storage")
                self.assertEqual((len(self.calls(DOWNLOAD)), len(self.calls(FILES))), (1, 2))
                self.kie.faults.all.clear()

    def test_what_is_expired_is_lost_too(self) -> None:
        task = self.storing()
        self.kie.advance(15 * 86_400)
        self.expect_failed(self.stored(task), "storage")

    def test_what_leads_astray_or_has_no_end_is_not_tried_again(self) -> None:
        for fault in DANGERS:
            with self.subTest(**fault):
                self.kie.log.clear()
                task = self.storing()
                self.kie.fault(FILES, times=None, **fault)
                self.expect_failed(self.stored(task), "storage")
                self.assertLessEqual(len(self.calls(FILES)), 6)
                self.kie.faults.all.clear()

    def test_what_is_no_file_is_tried_again_but_not_for_long(self) -> None:
        for fault in NO_FILES:
            with self.subTest(**fault):
                task = self.storing()
                self.kie.fault(FILES, times=None, **fault)
                task = self.stored(task)
                self.assertEqual((task.status, task.lease_holder), (Status.STORING, ""))
                self.kie.advance(16 * 60)
                self.expect_failed(self.stored(task), "storage")
                self.kie.faults.all.clear()

    def test_what_breaks_off_is_tried_again_for_a_day(self) -> None:
        task = self.storing()
        self.kie.fault(FILES, "truncated", times=None)
        self.assertEqual(self.stored(task).status, Status.STORING)
        self.kie.advance(23 * 3_600)
        self.assertEqual(self.stored(task).status, Status.STORING)
        self.kie.advance(2 * 3_600)
        self.expect_failed(self.stored(task), "storage")

    def test_what_is_there_is_kept_and_charged_in_proportion(self) -> None:
        for fault in ({"status": 410, "code": 410}, {"kind": "half"}, DANGERS[0]):
            with self.subTest(**fault):
                spent = sum(asset.cost for asset in Asset.objects.all())
                task = self.storing(count=4)
                self.kie.fault(SECOND, times=None, **fault)
                task = self.stored(task)
                self.expect_pictures(task, 3)
                self.assertEqual([asset.position for asset in task.results], [0, 2, 3])
                self.expect_money(spent=spent + self.price(4) * 3 // 4)
                self.kie.faults.all.clear()

    def test_one_file_that_has_to_be_waited_for_does_not_keep_the_others_waiting(self) -> None:
        task = self.storing(count=4)
        self.kie.fault("files/*/0.png", times=None, status=403, code=403)
        task = self.stored(task)
        self.assertEqual((task.status, Asset.objects.count()), (Status.STORING, 3))
        self.kie.faults.all.clear()
        self.expect_pictures(self.stored(task), 4)
        self.expect_money(spent=self.price(4))
        self.assertEqual(len(self.calls("files/*/3.png")), 1)

    def test_a_type_that_is_only_vague_does_not_matter(self) -> None:
        task = self.storing()
        self.kie.fault(FILES, "headers", headers={"Content-Type": "application/octet-stream"})
        self.expect_pictures(self.stored(task), 1)

    def test_a_redirect_within_the_house_is_followed(self) -> None:
        task = self.storing()
        self.kie.fault(FILES, "redirect", location=f"{self.kie.url}/files/{task.upstream_id}/0.png")
        self.expect_pictures(self.stored(task), 1)
        self.assertEqual(self.calls(DOWNLOAD), [])

    def test_addresses_in_a_record_that_lead_elsewhere_are_not_followed(self) -> None:
        for address in ("http://127.0.0.1:1/x.png", "file:///etc/passwd", "http://[::ffff:127.0.0.1]:1/", "nonsense"):
            with self.subTest(address=address):
                self.kie.plan(steps=SOON, every=None, urls=(address,))
                self.expect_failed(self.stored(self.storing()), "storage")
