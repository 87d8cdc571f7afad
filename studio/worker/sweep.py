"""Clears away what processes that died have left behind. Run now and then by every worker; safe to run at any time."""

import logging
from uuid import UUID

from django.core.files.storage import default_storage

from studio.library import space, trash
from studio.library.files import WholeFileStorage
from studio.providers import registry as providers
from studio.providers.contract import Performer
from studio.tasks import inputs
from studio.tasks.models import Task
from studio.worker import heartbeat

log = logging.getLogger(__name__)
EVERY = 60.0  # seconds
HOUR = 3600.0


def sweep() -> bool:
    """Unfinished files, the folders of renders whose task has ended, the signs of workers that died, and what was in the
    trash for its time; whether there was anything."""
    if space.disk_is_low():
        log.warning("the disk is almost full (%s MB left): new tasks are refused", space.free_bytes() // 1024**2)
    parts = default_storage.forget_parts(HOUR) if isinstance(default_storage, WholeFileStorage) else 0
    folders = sum(_forget_renders(name) for name in providers.performers())
    signs = heartbeat.sweep()
    if parts or folders or signs:
        log.info("swept %s unfinished files, %s folders of renders and %s signs of workers", parts, folders, signs)
    emptied = trash.empty(inputs.in_use)
    if emptied:
        log.info("removed the files of %s pieces that were in the trash for their time", emptied)
    return bool(parts or folders or signs or emptied)


def _forget_renders(name: str) -> int:
    engine = providers.get(name)
    assert isinstance(engine, Performer)
    kept = engine.kept()
    wanted = Task.objects.open().filter(pk__in=[UUID(request) for request in kept]).values_list("pk", flat=True)
    left = set(kept) - {str(pk) for pk in wanted}
    for request in left:
        engine.forget(request)
    return len(left)
