"""The creation limit of an account (kie-api.md 1.5), which teams may share: our Kie itself is the judge."""

from studio.accounts import connections
from studio.accounts.models import Member
from studio.credits import ledger
from studio.library import uploads
from studio.tasks import queue
from studio.tasks.models import Task
from studio.tasks.states import Status
from studio.worker import rounds
from tests.fake_kie.plans import RUNNING
from tests.kie.base import UPLOAD, KieTestCase
from tests.kie.pictures import photo

WINDOW, MOST = 10.0, 20


class LimitTests(KieTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.kie.plan(steps=(RUNNING,), every=None)

    def crowd(self, count: int, *members: Member) -> None:
        for number in range(count):
            self.press(members[number % len(members)], pause=0)

    def begin_all(self) -> float:
        """Begin whatever has its turn, again and again; how much time it took until all were running."""
        began = self.kie.now()
        while waiting := Task.objects.filter(status=Status.QUEUED).count():
            for pk in queue.next_in_line(waiting, performing=False):
                rounds.begin(pk, "test")
            self.kie.advance(0.5)
            self.assertLess(self.kie.now(), began + 120)
        return self.kie.now() - began

    def expect_pace(self, count: int) -> None:
        creates = self.kie.creates()
        self.assertEqual({call.answer["code"] for call in creates}, {200})
        times = [call.at for call in creates]
        most = max(sum(start <= at < start + WINDOW for at in times) for start in times)
        self.assertLessEqual(most, MOST)
        self.assertEqual((len(creates), len(set(self.kie.tasks))), (count, count))
        self.assertEqual(Task.objects.filter(status=Status.RUNNING).count(), count)

    def test_two_teams_that_share_the_key_of_the_instance_never_pass_it(self) -> None:
        self.crowd(30, self.alice, self.charlie)
        took = self.begin_all()
        self.expect_pace(30)
        self.assertLess(took, 30)
        for team in (self.team, self.other_team):
            self.assertEqual(ledger.account_of(team).held, 15 * self.price())

    def test_nor_do_two_connections_with_one_key(self) -> None:
        connections.connect(self.other_team, key=self.kie.key, by=self.charlie.user)
        self.crowd(30, self.alice, self.charlie)
        self.assertEqual(Task.objects.values("connection").distinct().count(), 2)
        self.begin_all()
        self.expect_pace(30)

    def test_nor_after_a_restart_in_the_middle(self) -> None:
        self.crowd(20, self.alice)
        for pk in queue.next_in_line(12, performing=False):
            rounds.begin(pk, "test")
        self.restart()
        self.begin_all()
        self.expect_pace(20)

    def test_who_waits_keeps_the_place_in_the_queue(self) -> None:
        self.crowd(13, self.alice)
        for pk in queue.next_in_line(10, performing=False):
            rounds.begin(pk, "test")
        waiting = Task.objects.filter(status=Status.QUEUED).order_by("created_at")
        self.assertEqual((queue.next_in_line(9, performing=False), len(waiting)), ([], 3))
        self.assertEqual({(task.stage, task.fence) for task in waiting}, {("", 0)})
        self.kie.advance(1.1)
        self.assertEqual(queue.next_in_line(9, performing=False), [task.pk for task in waiting])

    def test_an_account_that_has_to_wait_keeps_no_other_waiting(self) -> None:
        self.kie.account("another")
        connections.connect(self.other_team, key="another", by=self.charlie.user)
        self.crowd(11, self.alice)
        for pk in queue.next_in_line(10, performing=False):
            rounds.begin(pk, "test")
        task = self.press(self.charlie, pause=0)
        self.assertEqual(queue.next_in_line(9, performing=False), [task.pk])
        self.assertEqual(self.step(task).status, Status.RUNNING)

    def test_who_waits_uploads_nothing_and_says_so(self) -> None:
        asset = uploads.keep_upload(member=self.alice, upload=photo("PNG", (96, 64), "teal"))
        self.crowd(10, self.alice)
        self.begin_all()
        self.kie.log.clear()
        task = self.press(pause=0, references=(str(asset.pk),))
        for _look in range(3):
            rounds.begin(task.pk, "test")
        task = self.read(task)
        self.assertEqual((task.status, task.stage, task.sent_at), (Status.QUEUED, "pace", None))
        self.assertEqual(self.kie.log.of(), [])
        self.assertEqual(self.again(task).status, Status.RUNNING)
        self.assertEqual(len(self.calls(UPLOAD)), 1)
        self.assertEqual(self.connection().trouble_code, "")
