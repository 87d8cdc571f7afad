"""How the outputs of a task become assets: each once, whatever was kept of them before."""

import logging
from datetime import timedelta
from typing import Any, BinaryIO

from django.utils import timezone

from studio.library import storage
from studio.library.models import Asset
from studio.providers.contract import Performer
from studio.providers.errors import ProviderError
from studio.providers.registry import Engine
from studio.tasks import services
from studio.tasks.models import Task, TaskEvent
from studio.tasks.states import Status

log = logging.getLogger(__name__)
GIVE_UP = timedelta(hours=24)  # product.md, States: of what is unknown, and of a result that cannot be had
NO_FILE = "no-file"  # the code of an engine that was reached and gave something else than the file
REFUSED = timedelta(minutes=15)  # after which it will not think better of it
KNOWN = timedelta(days=14)  # for which an upstream goes on with what it made (kie-api.md 1.5)


def keep_all(task: Task, engine: Engine, *, is_last_try: bool = False) -> list[Asset] | None:
    """What could be kept of the outputs; None when our own engine's files are lost, and it can begin again. Raises
    ProviderError for one that may be had later, as long as there is hope: not before the others were kept."""
    kept: list[Asset] = []
    later: ProviderError | None = None
    for position, output in enumerate(task.outputs):
        try:
            kept.append(_keep(task, engine, position, output))
        except storage.NotKeepableError as error:
            log.warning("output %s of task %s was not kept: %s", position, task.pk, error)
        except FileNotFoundError:
            if isinstance(engine, Performer):
                return None
            log.warning("output %s of task %s is lost", position, task.pk)
        except Exception as error:
            if is_last_try or _is_hopeless(task, error):
                log.warning("output %s of task %s is given up", position, task.pk, exc_info=error)
            elif isinstance(error, ProviderError):
                later = later or error
            else:
                raise
    if later is not None:
        raise later
    return kept


def _is_hopeless(task: Task, error: Exception) -> bool:
    """For as long as an unknown request is waited for, so long we try to store what came of one."""
    if isinstance(error, ProviderError) and not error.retryable:
        return True
    began = TaskEvent.objects.filter(task=task, status=Status.STORING).order_by("-pk").first()
    patience = REFUSED if isinstance(error, ProviderError) and error.code == NO_FILE else GIVE_UP
    return began is not None and timezone.now() - began.at > patience


def _keep(task: Task, engine: Engine, position: int, output: dict[str, Any]) -> Asset:
    origin = storage.Origin(
        team=task.team,
        made_by=task.made_by,
        request=task.pk,
        position=position,
        at=task.created_at,
        generator=task.kind,
        prompt=task.prompt,
        provider=task.provider,
        parameters=task.typed_params.to_json(),
        upstream_id=task.upstream_id,
        connection=task.connection if task.upstream_id else "",
        upstream_until=(task.started_at or task.created_at) + KNOWN if task.upstream_id else None,
        cost=0 if task.status == Status.FAILED else task.hold.amount // task.pieces,
    )
    if (asset := storage.kept(origin)) is not None:
        return asset
    with _opened(task, engine, output["address"], origin) as file:
        return storage.keep(file, kind=task.generator.makes, origin=origin, facts=output["facts"])


def _opened(task: Task, engine: Engine, address: str, origin: storage.Origin) -> BinaryIO:
    try:
        return engine.open(services.request_of(task), address)
    except FileNotFoundError:
        # Lost since another worker began to store it: what that one has kept is all there is.
        file = storage.half_kept(origin)
        if file is None:
            raise
        return file
