"""The newest version of each team, known to a web process without a query per poll.

One coroutine per event loop reads what changed every half second; a poll compares with the dict and most often answers
204. Where no loop runs for long (tests, WSGI) the database is asked.
"""

import asyncio
import contextvars
import logging
from uuid import UUID

from asgiref.sync import sync_to_async
from django.db import Error, connection

from studio import context
from studio.tasks.models import TeamPulse

log = logging.getLogger(__name__)
EVERY = 0.5  # seconds


class Follower:
    """Follows the versions of the teams that were asked about, from the first question on."""

    def __init__(self) -> None:
        self.versions: dict[UUID, int] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None

    async def version(self, team_id: UUID) -> int:
        self._follow()
        if team_id not in self.versions:
            self.versions[team_id] = await self._read(team_id)
        return self.versions[team_id]

    def _follow(self) -> None:
        loop = asyncio.get_running_loop()
        if self._loop is not loop or self._task is None or self._task.done():
            # Another loop, or a coroutine that ended: what was known may be old.
            self.versions.clear()
            # A context of its own: the asking request's would lead the queries to its thread, which ends with it.
            self._loop, self._task = loop, loop.create_task(self._run(), context=contextvars.Context())

    async def _run(self) -> None:
        context.enter(context.Work())  # it outlives the request that was the first to ask
        while True:
            await asyncio.sleep(EVERY)
            known = list(self.versions)
            try:
                rows = TeamPulse.objects.filter(pk__in=known).values_list("pk", "version")
                self.versions.update({pk: version async for pk, version in rows})
            except Error:
                log.exception("the pulse could not be read; trying again")
                await sync_to_async(_close)()  # no request ends here that would do it

    async def _read(self, team_id: UUID) -> int:
        return await TeamPulse.objects.filter(pk=team_id).values_list("version", flat=True).afirst() or 0


def _close() -> None:
    connection.close()  # the one of the thread that this runs in


follower = Follower()
