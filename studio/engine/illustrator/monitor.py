"""How far a picture is, and whether anyone still wants it."""

import time

from studio.engine import Cancelled, Progress, Stopped

COMPOSING = 0.3  # share of the work that lays out the scene; the rest prints it
HALFWAY = 60  # layers; a usual scene has a hundred, a forest a thousand
TOLD = 0.01  # smallest step worth telling
BEAT = 0.2  # seconds: then the last share is told again, as whoever is told may want to stop the work


class Monitor:
    """Ticked by the scene for each layer and by the renderers for each pass. Raises Stopped when cancelled.

    How many layers a scene will have is not known before it is laid out, so that part approaches its share; passes are
    counted beforehand.
    """

    def __init__(self, progress: Progress = lambda _share: None, cancelled: Cancelled = lambda: False) -> None:
        self._progress, self._cancelled = progress, cancelled
        self._layers = self._done = self._passes = 0
        self._told = time.monotonic()
        self.share = 0.0

    def layer(self) -> None:
        self._layers += 1
        self._tell(COMPOSING * self._layers / (self._layers + HALFWAY))

    def printing(self, passes: int) -> None:
        """The scene is laid out; so many passes will print it."""
        self._passes, self._done = passes, 0
        self._tell(COMPOSING)

    def step(self) -> None:
        """One pass is done."""
        self._done += 1
        self._tell(COMPOSING + (0.99 - COMPOSING) * min(1.0, self._done / max(1, self._passes)))

    def done(self) -> None:
        self._tell(1.0)

    def check(self) -> None:
        """In the middle of a pass: raise Stopped when nobody wants the picture any more."""
        if self._cancelled():
            raise Stopped
        if time.monotonic() - self._told > BEAT:
            self._say(self.share)

    def _tell(self, share: float) -> None:
        self.check()
        if share >= 1.0 or share - self.share >= TOLD:
            self._say(share)

    def _say(self, share: float) -> None:
        self.share, self._told = share, time.monotonic()
        self._progress(share)
