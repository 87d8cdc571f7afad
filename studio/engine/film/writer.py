"""Frames into an MP4 file: H.264, ready to be played while it loads, and nothing in it that changes from run to run."""

import queue
import threading
from fractions import Fraction
from pathlib import Path

import av

from studio.engine.film.arrays import Array

FPS = 24
# Key frames no finer than the rest: else the grain pulses.
CODING = "ipratio=1.05:pbratio=1.1:mbtree=0:colorprim=bt709:transfer=bt709:colormatrix=bt709:threads=2"
WAITING = 6  # frames that may wait to be coded


class Writer:
    """Codes in a thread of its own, so that the next frame is composed meanwhile. What breaks there is raised here."""

    def __init__(self, path: Path, width: int, height: int, *, note: str = "") -> None:
        self.box = av.open(str(path), "w", format="mp4", options={"movflags": "+faststart", "fflags": "+bitexact"})
        if note:
            self.box.metadata["comment"] = note
        self.stream = self.box.add_stream("libx264", rate=FPS)
        self.stream.width, self.stream.height, self.stream.pix_fmt = width, height, "yuv420p"
        self.stream.time_base = Fraction(1, FPS)
        self.stream.options = {"preset": "veryfast", "crf": "18", "x264-params": CODING}
        self.waiting: queue.Queue[Array | None] = queue.Queue(WAITING)
        self.wrong: Exception | None = None
        self.thread = threading.Thread(target=self._work, daemon=True)
        self.thread.start()

    def put(self, image: Array) -> None:
        """Add a frame: (height, width, 3), blue first."""
        if self.wrong:
            raise self.wrong
        self.waiting.put(image)

    def close(self) -> None:
        self.waiting.put(None)
        self.thread.join()
        try:
            if self.wrong is None:
                self.box.mux(self.stream.encode())
        finally:
            self.box.close()
        if self.wrong:
            raise self.wrong

    def _work(self) -> None:
        while (image := self.waiting.get()) is not None:
            try:
                if self.wrong is None:
                    frame = av.VideoFrame.from_ndarray(image, format="bgr24")
                    self.box.mux(self.stream.encode(frame.reformat(format="yuv420p", dst_colorspace="ITU709")))
            except Exception as error:  # noqa: BLE001  # raised again by whoever puts the next frame, or closes
                self.wrong = error
