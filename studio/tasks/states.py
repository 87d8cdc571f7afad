"""The states of a task and the one table of moves between them (product.md, States)."""

from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    SUBMITTING = "submitting", _("Starting")
    RUNNING = "running", _("Running")
    STORING = "storing", _("Storing")
    SUCCEEDED = "succeeded", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")
    UNKNOWN = "unknown", _("Unknown")


OPEN = (Status.QUEUED, Status.SUBMITTING, Status.RUNNING, Status.STORING, Status.UNKNOWN)
IN_FLIGHT = (Status.SUBMITTING, Status.RUNNING)
# What a worker may have to carry on, by its `due_at`; a failed task has one only while a late result is looked for.
CARRIED = (Status.SUBMITTING, Status.RUNNING, Status.STORING, Status.UNKNOWN, Status.FAILED)
FINAL = (Status.SUCCEEDED, Status.FAILED, Status.CANCELLED)
TOLD = (*FINAL, Status.UNKNOWN)  # news that others may be waiting for

DISK_FULL = "disk-full"  # the stage of a task that waits, queued or storing, until the disk has room

# A task goes back to `queued` only where nothing was paid upstream: on an engine of our own whose process died.
MOVES: dict[Status, tuple[Status, ...]] = {
    Status.QUEUED: (Status.SUBMITTING, Status.CANCELLED, Status.FAILED),
    Status.SUBMITTING: (Status.RUNNING, Status.FAILED, Status.UNKNOWN, Status.QUEUED, Status.CANCELLED),
    Status.RUNNING: (Status.STORING, Status.FAILED, Status.QUEUED, Status.CANCELLED),
    Status.STORING: (Status.SUCCEEDED, Status.FAILED, Status.QUEUED),
    Status.UNKNOWN: (Status.RUNNING, Status.FAILED),
}


def sources_of(to: Status) -> list[Status]:
    """The states from which a task may move to `to`."""
    return [source for source, targets in MOVES.items() if to in targets]


def among(states: Sequence[Status]) -> Q:
    """Tasks in one of the states. For the conditions of partial indexes and the queries that need them: SQLite takes
    such an index only when the query says the same, and does not see it in a list of parameters (`status IN (?, ?)`)."""
    return reduce(or_, (Q(status=state) for state in states))
