from datetime import timedelta

from django.apps import AppConfig


class ProbeConfig(AppConfig):
    name = "tests.crash.probe"
    label = "probe"

    def ready(self) -> None:
        hurry()


def hurry() -> None:
    """The waits of a studio that nobody watches, shortened alike in each of its processes. What may be `unknown` stays
    so: a day is long enough to be seen."""
    from studio.tasks import leases
    from studio.worker import loop, rounds, supervisor, sweep

    leases.LEASE = timedelta(seconds=1.5)
    loop.RENEW_EVERY = 0.3
    loop.IDLE = 0.03
    rounds.POLL_FIRST = rounds.POLL_LAST = timedelta(seconds=0.1)
    rounds.RETRY_AFTER = timedelta(seconds=0.4)
    rounds.NEWS_EVERY, rounds.LOOK_EVERY = 0.05, 0.2
    sweep.EVERY, sweep.HOUR = 1.0, 3.0
    supervisor.FIRST_DELAY = supervisor.LONGEST_DELAY = 0.1
