"""The supervisor: with a clock of its own and small fakes for its decisions, with real processes for the rest."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from django.test import SimpleTestCase

from studio.worker import supervisor
from studio.worker.supervisor import CannotStartError, Child, Supervisor

SLEEPER = "import time\ntime.sleep(600)"
# A child that says who it is and starts one of its own, as the worker starts renders.
PARENT = """
import pathlib, subprocess, sys, time
nested = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
pathlib.Path(sys.argv[1]).write_text(str(nested.pid))
time.sleep(600)
"""
# A whole supervisor in a process of its own, with one child that writes down each start.
HOUSE = """
import os, signal, sys
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whoever runs the tests may have said nohup
from studio.worker import lifeline, supervisor
from studio.worker.supervisor import Child, Supervisor
supervisor.FIRST_DELAY = 0.1
line, kept = os.pipe()
Supervisor([Child("child", [sys.executable, "-c", sys.argv[1], sys.argv[2], str(line)], [line])]).run()
"""
POLITE = """
import sys, time
from studio.worker import lifeline
lifeline.watch(int(sys.argv[2]))
import os
with open(sys.argv[1], "a") as file:
    file.write(f"{os.getpid()}\\n")
time.sleep(600)
"""
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)" + POLITE


def python(program: str, *arguments: str) -> list[str]:
    return [sys.executable, "-c", program, *arguments]


def is_running(pid: int) -> bool:
    """A zombie that nobody has collected yet has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def until(condition: Callable[[], object], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


class BackOffTests(SimpleTestCase):
    def setUp(self) -> None:
        self.child = Child("child", python("raise SystemExit(3)"))
        self.addCleanup(self.child.kill)

    def die(self, now: float) -> float:
        """Let the child start at `now` and end at once; seconds until it starts again."""
        self.child.look(now)
        assert self.child.process is not None
        self.child.process.wait()
        with self.assertLogs("studio.worker.supervisor", "WARNING") as logs:
            self.child.look(now)
        self.assertIn("child ended (code 3)", logs.output[0])
        self.assertIsNone(self.child.process)
        return self.child.due_at - now

    def test_each_early_death_doubles_the_wait_up_to_half_a_minute(self) -> None:
        now, waits = 100.0, []
        for _ in range(7):
            waits.append(self.die(now))
            now = self.child.due_at
        self.assertEqual(waits, [1, 2, 4, 8, 16, 30, 30])

    def test_it_does_not_start_before_its_time(self) -> None:
        self.die(100.0)
        self.child.look(100.9)
        self.assertIsNone(self.child.process)
        self.child.look(101.0)
        self.assertIsNotNone(self.child.process)

    def test_a_minute_of_health_forgives_earlier_deaths(self) -> None:
        self.die(100.0)
        self.assertEqual(self.die(101.0), 2)
        self.child.look(103.0)
        assert self.child.process is not None
        self.child.process.wait()
        with self.assertLogs("studio.worker.supervisor", "WARNING"):
            self.child.look(163.0)
        self.assertEqual(self.child.due_at, 164.0)

    def test_a_signal_is_called_by_its_name(self) -> None:
        child = Child("child", python(SLEEPER))
        child.look(0.0)
        assert child.process is not None
        child.process.kill()
        child.process.wait()
        with self.assertLogs("studio.worker.supervisor", "WARNING") as logs:
            child.look(0.0)
        self.assertIn("child ended (SIGKILL), it starts again in 1 s", logs.output[0])


class StopTests(SimpleTestCase):
    def setUp(self) -> None:
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.note = Path(folder.name) / "note"
        self.now = 0.0

    def sleep(self, seconds: float) -> None:
        """Time that passes quickly, but leaves real processes a moment."""
        self.now += seconds
        time.sleep(0.005)

    def noted(self) -> int:
        until(lambda: self.note.exists() and self.note.read_text())
        return int(self.note.read_text())

    def test_what_a_dead_child_had_started_ends_with_it(self) -> None:
        child = Child("child", python(PARENT, str(self.note)))
        child.look(0.0)
        nested = self.noted()
        assert child.process is not None
        child.process.kill()
        child.process.wait()
        self.assertTrue(is_running(nested))
        with self.assertLogs("studio.worker.supervisor", "WARNING"):
            child.look(1.0)
        until(lambda: not is_running(nested))

    def test_a_child_that_does_not_listen_is_killed_with_all_its_own_after_the_grace(self) -> None:
        deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)" + PARENT
        child = Child("child", python(deaf, str(self.note)))
        child.look(0.0)
        nested = self.noted()
        Supervisor([child], clock=lambda: self.now, sleep=self.sleep).stop()
        self.assertGreaterEqual(self.now, supervisor.GRACE)
        self.assertFalse(child.is_alive)
        until(lambda: not is_running(nested))

    def test_a_second_interrupt_does_not_wait(self) -> None:
        deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)" + PARENT
        child = Child("child", python(deaf, str(self.note)))
        child.look(0.0)
        self.noted()
        house = Supervisor([child], clock=lambda: self.now, sleep=self.sleep)
        house.on_signal(signal.SIGINT, None)
        house.on_signal(signal.SIGINT, None)
        house.stop()
        self.assertLess(self.now, 1.0)

    def test_sigterm_may_arrive_twice_and_is_still_polite(self) -> None:
        house = Supervisor([])
        house.on_signal(signal.SIGTERM, None)
        house.on_signal(signal.SIGTERM, None)
        self.assertTrue(house.asked)
        self.assertLess(house.interrupts, 2)


class HouseTests(SimpleTestCase):
    """A supervisor in its own process, as the terminal sees it."""

    def setUp(self) -> None:
        folder = TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.note = Path(folder.name) / "starts"

    def house(self, child: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            python(HOUSE, child, str(self.note)), stderr=subprocess.PIPE, text=True, start_new_session=True
        )

        def end() -> None:
            for pid in [process.pid, *self.starts()]:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            process.communicate()

        self.addCleanup(end)
        until(self.starts)
        return process

    def starts(self) -> list[int]:
        return [int(line) for line in self.note.read_text().split()] if self.note.exists() else []

    def test_a_killed_child_comes_back_and_the_supervisor_says_so(self) -> None:
        process = self.house(POLITE)
        os.kill(self.starts()[0], signal.SIGKILL)
        until(lambda: len(self.starts()) == 2)
        process.terminate()
        _, said = process.communicate(timeout=20)
        self.assertIn("child ended (SIGKILL), it starts again", said)
        self.assertEqual(process.returncode, 0)

    def test_each_way_to_stop_leaves_no_process(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            with self.subTest(number.name):
                self.note.unlink(missing_ok=True)
                process = self.house(POLITE)
                process.send_signal(number)
                self.assertEqual(process.wait(20), 0)
                self.assertFalse(is_running(self.starts()[0]))

    def test_children_end_when_the_supervisor_is_killed(self) -> None:
        process = self.house(POLITE)
        process.kill()
        process.wait(20)
        until(lambda: not is_running(self.starts()[0]))

    def test_even_a_deaf_child_ends_when_the_supervisor_is_killed(self) -> None:
        process = self.house(DEAF.replace("lifeline.watch", "lifeline.GRACE = 0.2; lifeline.watch"))
        process.kill()
        process.wait(20)
        until(lambda: not is_running(self.starts()[0]))


class DoorTests(SimpleTestCase):
    def test_a_port_in_use_is_one_sentence_with_a_way_out(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            with self.assertRaisesMessage(CannotStartError, f"PORT={port + 1} make run"):
                supervisor.listen("127.0.0.1", port)

    def test_an_unknown_host_is_a_sentence_too(self) -> None:
        with self.assertRaisesMessage(CannotStartError, "Cannot listen on 192.0.2.1:8000"):
            supervisor.listen("192.0.2.1", 8000)

    def test_every_address_means_both_families(self) -> None:
        with supervisor.listen("::", 0) as listener:
            port = listener.getsockname()[1]
            for host in ("127.0.0.1", "::1"):
                socket.create_connection((host, port), timeout=5).close()

    def test_one_studio_per_data_folder(self) -> None:
        with TemporaryDirectory() as name:
            first = supervisor.lock(Path(name))
            with self.assertRaisesMessage(CannotStartError, f"A studio is already running on {name}."):
                supervisor.lock(Path(name))
            first.close()
            supervisor.lock(Path(name)).close()
