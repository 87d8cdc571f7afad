import os
import time
from pathlib import Path
from unittest.mock import patch

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from studio.library.files import PARTS, WholeFileStorage
from tests.base import StudioTestCase, stored


class Breaking(ContentFile):  # type: ignore[type-arg]  # Django has no such subscript at run time
    """A file whose reading breaks half-way."""

    def chunks(self, chunk_size=None):  # type: ignore[no-untyped-def]
        yield b"half"
        raise OSError(28, "No space left on device")


class WholeFileTests(StudioTestCase):
    def setUp(self) -> None:
        super().setUp()
        assert isinstance(default_storage, WholeFileStorage)
        self.parts = Path(default_storage.path(PARTS))

    def test_a_file_is_private_and_nothing_is_left_beside_it(self) -> None:
        default_storage.save("a/b.txt", ContentFile(b"whole"))
        self.assertEqual(stored("a/b.txt"), b"whole")
        self.assertEqual(Path(default_storage.path("a/b.txt")).stat().st_mode & 0o777, 0o600)
        for folder in ("a", ""):
            self.assertEqual(Path(default_storage.path(folder)).stat().st_mode & 0o777, 0o700)
        self.assertEqual(list(self.parts.iterdir()), [])

    def test_what_breaks_half_way_is_not_there_at_all(self) -> None:
        with self.assertRaises(OSError):
            default_storage.save("a/b.txt", Breaking(b""))
        self.assertFalse(default_storage.exists("a/b.txt"))
        self.assertEqual(list(self.parts.iterdir()), [])

    def test_the_names_are_written_down_too(self) -> None:
        """A new folder is named in its parents, so they are on the disk before anyone hears of the file."""
        settled: list[int] = []
        real = os.fsync

        def fsync(descriptor: int) -> None:
            settled.append(os.fstat(descriptor).st_ino)
            real(descriptor)

        assert isinstance(default_storage, WholeFileStorage)
        top = Path(default_storage.location)
        default_storage.save("first.txt", ContentFile(b"x"))
        for name, folders in (("a/b/c.txt", [top / "a/b", top / "a", top]), ("a/b/d.txt", [top / "a/b"])):
            settled.clear()
            with patch.object(os, "fsync", fsync):
                default_storage.save(name, ContentFile(b"x"))
            self.assertEqual(settled[1:], [folder.stat().st_ino for folder in folders])

    def test_a_second_try_takes_the_place_of_the_first(self) -> None:
        for content in (b"first", b"second"):
            self.assertEqual(default_storage.save("a.txt", ContentFile(content)), "a.txt")
        self.assertEqual(stored("a.txt"), b"second")

    def test_what_a_dead_writer_left_goes_after_a_while(self) -> None:
        default_storage.save("a.txt", ContentFile(b"x"))
        old, fresh = self.parts / "old", self.parts / "fresh"
        for part in (old, fresh):
            part.write_bytes(b"half")
        os.utime(old, (time.time() - 7200,) * 2)
        assert isinstance(default_storage, WholeFileStorage)
        self.assertEqual(default_storage.forget_parts(3600), 1)
        self.assertEqual(list(self.parts.iterdir()), [fresh])

    def test_a_part_that_becomes_whole_in_the_middle_of_a_sweep_is_passed_over(self) -> None:
        default_storage.save("a.txt", ContentFile(b"x"))
        old = self.parts / "old"
        old.write_bytes(b"half")
        os.utime(old, (time.time() - 7200,) * 2)
        assert isinstance(default_storage, WholeFileStorage)
        with patch.object(Path, "glob", return_value=[self.parts / "whole by now", old]):
            self.assertEqual(default_storage.forget_parts(3600), 1)
