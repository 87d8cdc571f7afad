"""A network disk is refused, from the mount table alone; a disk of this machine never is."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import SimpleTestCase

from studio import disks

TABLE = r"""
22 27 0:21 / /proc rw,relatime - proc proc rw
27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
30 27 0:40 / /mnt rw - tmpfs tmpfs rw
31 30 0:41 / /mnt/team rw,relatime shared:9 master:2 - nfs4 nas:/team rw,vers=4.2
32 31 254:3 / /mnt/team/fast rw - xfs /dev/vdb rw
33 27 0:42 / /mnt/two\040words\011and\134a\040tab rw - cifs //nas/x rw
34 27 0:43 /export/studio /srv/studio rw - nfs nas:/export rw
35 27 254:0 /var/lib/local /mnt/team/bound rw - ext4 /dev/vda rw
36 27 0:44 / /mnt/shared rw - fuse.sshfs me@host: rw
37 27 0:45 / /mnt/phone rw - fuseblk /dev/sdb1 rw
38 27 0:46 / /mnt/over rw - nfs nas:/over rw
39 27 254:4 / /mnt/over rw - btrfs /dev/vdc rw
40 27 0:47 / /mnt/auto rw - autofs systemd-1 rw
41 40 0:48 / /mnt/auto rw - smb3 //nas/auto rw
nonsense
42 27 0:49 / /mnt/cut
"""


class KindTests(SimpleTestCase):
    def test_the_nearest_mount_point_counts(self) -> None:
        for folder, kind in {
            "/": "ext4",
            "/var/lib/studio": "ext4",
            "/mnt": "tmpfs",
            "/mnt/team": "nfs4",
            "/mnt/team/studio/var": "nfs4",
            "/mnt/team/fast/var": "xfs",
            "/mnt/teams": "tmpfs",  # a longer name, not a folder of it
            "/mnt/two words\tand\\a tab/var": "cifs",
            "/srv/studio/var": "nfs",  # a part of a network disk, bound elsewhere
            "/mnt/team/bound/var": "ext4",  # a part of the own disk, bound into a network disk
            "/mnt/shared/me": "fuse.sshfs",
            "/mnt/over/var": "btrfs",  # mounted later, on top
            "/mnt/auto/var": "smb3",
            "/mnt/cut/var": "tmpfs",
        }.items():
            with self.subTest(folder=folder):
                self.assertEqual(disks.kind_of(Path(folder), TABLE), kind)

    def test_a_link_is_followed(self) -> None:
        with TemporaryDirectory() as name:
            (Path(name) / "link").symlink_to("/srv/studio")
            self.assertEqual(disks.kind_of(Path(name) / "link" / "var", TABLE), "nfs")

    def test_no_table_says_nothing(self) -> None:
        self.assertEqual(disks.kind_of(Path("/var"), ""), "")
        with patch.object(disks, "MOUNTS", Path("/not/there")):
            self.assertEqual(disks.refusal(sqlite("/mnt/team/db.sqlite3")), "")


class RefusalTests(SimpleTestCase):
    def test_what_why_and_what_to_do_in_one_sentence(self) -> None:
        sentence = disks.refusal(sqlite("/mnt/team/var/db.sqlite3"), TABLE)
        for words in ("/mnt/team/var", "network disk (nfs4)", "data would be damaged", "STUDIO_DATA", "DATABASE_URL"):
            self.assertIn(words, sentence)
        self.assertEqual(sentence.count("."), 1, "one sentence")

    def test_every_kind_that_goes_over_a_network_is_refused(self) -> None:
        for kind in ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "fuse.sshfs"):
            with self.subTest(kind=kind):
                self.assertIn(kind, disks.refusal(sqlite("/db.sqlite3"), f"1 1 0:1 / / rw - {kind} x rw"))

    def test_disks_of_this_machine_are_not(self) -> None:
        for kind in ("ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay", "fuseblk", "fuse.mergerfs", "apfs"):
            with self.subTest(kind=kind):
                self.assertEqual(disks.refusal(sqlite("/db.sqlite3"), f"1 1 0:1 / / rw - {kind} x rw"), "")

    def test_postgresql_may_be_anywhere(self) -> None:
        database = {"ENGINE": "django.db.backends.postgresql", "NAME": "studio"}
        self.assertEqual(disks.refusal(database, "1 1 0:1 / / rw - nfs4 x rw"), "")

    def test_this_machines_own_table_can_be_read(self) -> None:
        self.assertTrue(disks.kind_of(Path("/"), disks.MOUNTS.read_text()))
        self.assertEqual(disks.refusal(settings.DATABASES["default"]), "")


class CommandTests(SimpleTestCase):
    def test_neither_command_goes_on(self) -> None:
        for command in ("prepare", "serve"):
            with (
                self.subTest(command=command),
                patch.object(disks, "refusal", return_value="Not here, and why."),
                self.assertRaisesMessage(CommandError, "Not here, and why."),
            ):
                call_command(command)

    def test_the_person_sees_the_sentence_and_nothing_else(self) -> None:
        """As `make run` begins, on a disk that says that it is a network's."""
        program = (
            "import sys; from pathlib import Path; from studio import disks; disks.MOUNTS = Path(sys.argv.pop()); "
            "from django.core.management import execute_from_command_line as run; run(sys.argv)"
        )
        with TemporaryDirectory() as name:
            table = Path(name) / "mountinfo"
            table.write_text(f"1 1 0:1 / {name} rw - nfs4 nas:/x rw\n")
            done = subprocess.run(
                [sys.executable, "-c", program, "prepare", str(table)],
                env={
                    "DJANGO_SETTINGS_MODULE": "studio.settings",
                    "STUDIO_DATA": f"{name}/data",
                    "DATABASE_URL": f"sqlite:///{name}/data/db.sqlite3",
                },
                cwd=settings.BASE_DIR,
                capture_output=True,
                text=True,
                timeout=60,
            )
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertRegex(done.stderr, r"\ACommandError: The studio’s database cannot live in [^\n]+\n\Z")


def sqlite(path: str) -> dict[str, str]:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": path}
