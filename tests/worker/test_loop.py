import threading
import uuid
from unittest import TestCase

from studio.worker.loop import Lane


class LaneTests(TestCase):
    def lane(self, size: int = 2) -> Lane:
        self.ended = threading.Event()
        lane = Lane(size, "test", self.ended.set)
        self.addCleanup(lane.pool.shutdown)
        return lane

    def test_it_takes_no_more_than_it_has_threads_and_no_task_twice(self) -> None:
        go, lane, tasks = threading.Event(), self.lane(), [uuid.uuid4() for _ in range(3)]
        self.addCleanup(go.set)
        self.assertEqual(lane.fill(lambda _room: tasks[:1], lambda _pk: go.wait()), 1)
        self.assertEqual(lane.fill(lambda _room: tasks, lambda _pk: go.wait()), 1)
        self.assertEqual(list(lane.taken), tasks[:2])
        self.assertEqual(lane.fill(lambda _room: tasks, lambda _pk: go.wait()), 0)

    def test_it_leaves_alone_what_another_lane_has(self) -> None:
        lane, tasks = self.lane(), [uuid.uuid4(), uuid.uuid4()]
        self.assertEqual(lane.fill(lambda _room: tasks, lambda _pk: True, but=tasks[:1]), 1)
        self.assertEqual(list(lane.taken), tasks[1:])

    def test_the_end_of_a_step_is_heard_but_not_of_one_that_was_not_taken(self) -> None:
        for step, is_heard in ((lambda _pk: True, True), (lambda _pk: False, False), (lambda _pk: bool(1 / 0), False)):
            lane = self.lane()
            lane.fill(lambda _room: [uuid.uuid4()], step)
            lane.pool.shutdown(wait=True)
            self.assertEqual(self.ended.is_set(), is_heard)
