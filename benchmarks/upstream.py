"""An upstream that answers at once, so that a benchmark sees nothing but the worker and the database."""

import random
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from PIL import Image

from studio.providers.contract import GenerationRequest, Output, State, Submission, Update

# What an engine's requests come to: an end without a file, an end with one, or no end at all.
ENGINES = ("ends", "files", "endless")
ENDS = 0.25  # share of the polls that bring the end: four polls a task, where a real one has dozens


class InstantUpstream:
    """Each poll brings new progress or the end, by chance, so that any number of workers may ask."""

    def __init__(self, *, engine: str, workdir: Path) -> None:
        self.engine = engine
        self.picture = workdir / "tiny.png"
        if engine == "files" and not self.picture.exists():
            draft = workdir / f"{uuid4().hex}.png"
            workdir.mkdir(parents=True, exist_ok=True)
            Image.new("RGB", (16, 16), "teal").save(draft)
            draft.replace(self.picture)  # other workers may be here too

    def submit(self, request: GenerationRequest) -> Submission:
        return Submission(upstream_id=uuid4().hex)

    def fetch(self, request: GenerationRequest) -> Update:
        if self.engine == "endless" or random.random() > ENDS:
            return Update(state=State.RUNNING, progress=random.random())
        if self.engine == "files":
            return Update(state=State.SUCCEEDED, outputs=(Output(address=str(self.picture)),))
        return Update(state=State.FAILED, error="The benchmark ends here.", error_code="bench")

    def open(self, request: GenerationRequest, address: str) -> BinaryIO:
        return Path(address).open("rb")
