"""Each web process follows the pulse of the teams by itself, whatever becomes of its connection."""

import asyncio
from collections.abc import Coroutine
from unittest.mock import patch

from asgiref.sync import sync_to_async
from django.db import OperationalError, connection, connections
from django.test import TransactionTestCase

from studio.accounts.models import Team
from studio.tasks import live
from studio.tasks.models import TeamPulse


class FollowerTests(TransactionTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.team = Team.objects.create(name="Harbour Team")
        TeamPulse.bump(self.team.pk)
        quick = patch.object(live, "EVERY", 0.01)
        quick.start()
        self.addCleanup(quick.stop)

    def run_and_close(self, work: Coroutine[None, None, None]) -> None:
        async def run() -> None:
            try:
                await work
            finally:
                await sync_to_async(live._close)()

        asyncio.run(run())

    async def until(self, follower: live.Follower, version: int) -> None:
        async with asyncio.timeout(30):
            while await follower.version(self.team.pk) != version:
                await asyncio.sleep(0.01)

    def change(self) -> int:
        return TeamPulse.bump(self.team.pk)

    def test_it_follows_what_others_change(self) -> None:
        async def follow() -> None:
            follower = live.Follower()
            self.assertEqual(await follower.version(self.team.pk), 1)
            await self.until(follower, await sync_to_async(self.change)())

        self.run_and_close(follow())

    def test_it_goes_on_after_its_connection_broke(self) -> None:
        async def follow() -> None:
            follower = live.Follower()
            await follower.version(self.team.pk)
            with self.assertLogs("studio.tasks.live", "ERROR"):
                await sync_to_async(self.break_off)()
                await self.until(follower, await sync_to_async(self.change_from_elsewhere)())

        self.run_and_close(follow())

    def break_off(self) -> None:
        """The connection of the thread that follows, as when the server restarts; SQLite has no server."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor, self.assertRaises(OperationalError):
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        else:
            broken = patch.object(connections["default"], "ensure_connection", side_effect=OperationalError("away"))
            closed = patch.object(connections["default"], "close", side_effect=broken.stop)
            connection.close()
            broken.start()
            closed.start()
            self.addCleanup(closed.stop)

    def change_from_elsewhere(self) -> int:
        """Not over the broken connection."""
        from threading import Thread

        versions: list[int] = []

        def change() -> None:
            versions.append(self.change())
            connection.close()

        thread = Thread(target=change)
        thread.start()
        thread.join()
        return versions[0]
