"""Whether there is room for more: on the studio's disk, and within a team's quota."""

import errno
import shutil
import sqlite3
from pathlib import Path

from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from studio.accounts.models import Team
from studio.library.models import Usage

FULL = {errno.ENOSPC, errno.EDQUOT}
SQLITE_FULL = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE}  # the second: no room for the index of its log
POSTGRES_FULL = "53100"  # disk_full in PostgreSQL's table of error codes


class NoRoomError(Exception):
    """Nothing new can begin. The message is a sentence for the person and says who can help."""


def is_full(error: BaseException) -> bool:
    """Whether it says that a disk, or the database on it, had no room left for what was written."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.errno in FULL:
            return True
        if getattr(cause, "sqlite_errorcode", None) in SQLITE_FULL or getattr(cause, "sqlstate", "") == POSTGRES_FULL:
            return True
        cause = cause.__cause__
    return False


def free_bytes() -> int:
    """What is left where files and data lie; the smaller number when these are two disks."""
    return min(_free(Path(folder)) for folder in (settings.MEDIA_ROOT, settings.STUDIO_DATA))


def is_low(free: int) -> bool:
    return free < settings.MIN_FREE_DISK  # 0 switches the check off


def disk_is_low() -> bool:
    return settings.MIN_FREE_DISK > 0 and is_low(free_bytes())


def why_not(team: Team) -> str:
    """Why the team can begin nothing new now, as a sentence; empty when it can."""
    if disk_is_low():
        return _(
            "The studio’s disk is almost full, so nothing new can start. Nothing is lost. "
            "Whoever runs this studio can make room."
        )
    if not settings.TEAM_QUOTA:
        return ""
    used = Usage.objects.filter(pk=team.pk).values_list("bytes", flat=True).first() or 0
    if used < settings.TEAM_QUOTA:
        return ""
    return _(
        "Your team’s storage is full: %(used)s of %(quota)s are used. Nothing is lost. "
        "Whoever runs this studio can raise the quota."
    ) % {"used": filesizeformat(used), "quota": filesizeformat(settings.TEAM_QUOTA)}


def check(team: Team) -> None:
    """Raises NoRoomError when the team can begin nothing new. What runs already is always kept."""
    if sentence := why_not(team):
        raise NoRoomError(sentence)


def _free(folder: Path) -> int:
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free
