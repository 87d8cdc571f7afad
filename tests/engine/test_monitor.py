from unittest import TestCase
from unittest.mock import patch

from studio.engine import Stopped
from studio.engine.illustrator.monitor import BEAT, COMPOSING, Monitor


class MonitorTests(TestCase):
    def setUp(self) -> None:
        self.told: list[float] = []
        self.monitor = Monitor(self.told.append)

    def test_laying_out_approaches_its_share_but_never_passes_it(self) -> None:
        for _ in range(5000):
            self.monitor.layer()
        self.assertLess(self.told[-1], COMPOSING)
        self.assertGreater(self.told[-1], COMPOSING * 0.9)

    def test_printing_goes_by_counted_passes(self) -> None:
        self.monitor.printing(passes=4)
        for _ in range(4):
            self.monitor.step()
        self.assertEqual(len(self.told), 5)
        self.assertAlmostEqual(self.told[2] - self.told[1], self.told[4] - self.told[3])
        self.monitor.done()
        self.assertEqual(self.told[-1], 1.0)

    def test_shares_never_fall_and_small_steps_are_not_told(self) -> None:
        for _ in range(200):
            self.monitor.layer()
        self.monitor.printing(passes=1000)
        for _ in range(1000):
            self.monitor.step()
        self.monitor.done()
        self.assertEqual(self.told, sorted(self.told))
        self.assertLess(len(self.told), 110)

    def test_it_repeats_itself_in_a_long_pass(self) -> None:
        with patch("studio.engine.illustrator.monitor.time.monotonic") as clock:
            clock.return_value = 0.0
            monitor = Monitor(self.told.append)
            monitor.printing(passes=2)
            for clock.return_value in (BEAT / 2, BEAT * 1.5, BEAT * 1.6, BEAT * 3):
                monitor.check()
        self.assertEqual(self.told, [COMPOSING] * 3)

    def test_a_cancel_is_seen_in_every_verb(self) -> None:
        wanted = True
        monitor = Monitor(self.told.append, lambda: not wanted)
        monitor.layer()
        wanted = False
        for verb in (monitor.layer, lambda: monitor.printing(3), monitor.step, monitor.check, monitor.done):
            with self.assertRaises(Stopped):
                verb()
