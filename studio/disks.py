"""On what kind of disk a folder lies: SQLite's locks and its shared log are not to be trusted over a network."""

import os
import re
from pathlib import Path
from typing import Any

MOUNTS = Path("/proc/self/mountinfo")  # Linux; elsewhere nobody is refused
ESCAPED = re.compile(r"\\([0-7]{3})")
NETWORK = {
    *("nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "coda", "9p"),
    *("ceph", "glusterfs", "lustre", "beegfs", "gpfs", "panfs", "orangefs", "pvfs2", "gfarm", "acfs"),
    # as programs in user space, whose types begin with "fuse."
    *("sshfs", "rclone", "davfs", "davfs2", "curlftpfs", "smbnetfs", "afpfs", "gvfsd-fuse", "ceph-fuse"),
    *("s3fs", "goofys", "mount-s3", "gcsfuse", "blobfuse", "blobfuse2", "juicefs", "seaweedfs"),
}


def refusal(database: dict[str, Any], table: str | None = None) -> str:
    """Why this database (an entry of `DATABASES`) cannot be where it is, as one sentence; empty when it can.

    `table` is the text of /proc/self/mountinfo, by default this machine's own.
    """
    if "sqlite" not in database["ENGINE"]:
        return ""
    folder = Path(database["NAME"]).absolute().parent
    kind = kind_of(folder, _own_table() if table is None else table)
    if kind.removeprefix("fuse.") not in NETWORK:
        return ""
    return (
        f"The studio’s database cannot live in {folder}: that is a network disk ({kind}), where SQLite’s locks do not "
        "hold and data would be damaged; choose a folder on a disk of this machine with STUDIO_DATA, or a PostgreSQL "
        "server with DATABASE_URL."
    )


def kind_of(folder: Path, table: str) -> str:
    """The type of the file system that `folder` is on; empty when the table does not say."""
    wanted, found, kind = folder.resolve().parts, 0, ""
    for line in table.splitlines():
        left, separator, right = line.partition(" - ")
        fields = left.split(" ")
        if not separator or len(fields) < 5:
            continue
        place = Path(ESCAPED.sub(lambda escaped: chr(int(escaped[1], 8)), fields[4])).parts
        # What is mounted later on the same place lies on top.
        if len(place) >= found and wanted[: len(place)] == place:
            found, kind = len(place), right.split(" ")[0]
    return kind


def _own_table() -> str:
    try:
        return MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""


def settle(folder: Path) -> None:
    """Write down the names in it, too: a file on the disk without one is lost with the power."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
