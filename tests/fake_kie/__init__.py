"""Our own Kie.ai over real HTTP, written from kie-api.md alone: for tests (`FakeKie`), journeys and people
(`python -m tests.fake_kie`)."""

from tests.fake_kie.fake import FakeKie

__all__ = ["FakeKie"]
