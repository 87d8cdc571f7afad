"""Each request has its id, everywhere and alone, one line, and a place in the count."""

import asyncio
import json
import logging
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from typing import Any, cast
from unittest import mock

from django.core.handlers.asgi import ASGIRequest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.test import AsyncClient, AsyncRequestFactory, SimpleTestCase, override_settings
from django.urls import path

from studio import context
from studio.providers.fake import FakePerformer
from studio.tasks import outbox, services
from studio.tasks.live import Follower
from studio.watch import proxies
from studio.watch.log import JsonFormatter
from studio.watch.middleware import WatchMiddleware
from studio.watch.traffic import Traffic
from studio.worker import rounds
from tests.base import StudioTestCase

log = logging.getLogger("tests.watch")
WATCHED = ["studio.watch.middleware.WatchMiddleware"]


async def slow(request: HttpRequest, turns: int) -> HttpResponse:
    for _ in range(turns):
        await asyncio.sleep(0)
        log.info("turn of %s", turns)
    return HttpResponse(context.current().request_id)


def plain(request: HttpRequest, turns: int) -> HttpResponse:
    log.info("turn of %s", turns)
    return HttpResponse(context.current().request_id)


async def streamed(request: HttpRequest) -> StreamingHttpResponse:
    async def body() -> AsyncIterator[str]:
        yield context.current().request_id

    return StreamingHttpResponse(body())


def broken(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError


urlpatterns = [
    path("slow/<int:turns>/", slow),
    path("plain/<int:turns>/", plain),
    path("streamed/", streamed),
    path("broken/", broken),
    path("nothing/", lambda request: HttpResponse(status=204)),
    path("healthz", lambda request: HttpResponse(status=503)),
    path("join/<token>/", lambda request, token: HttpResponse()),
]
inner = override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=WATCHED)


@contextmanager
def lines(name: str = "", level: int = logging.INFO) -> Iterator[list[dict[str, Any]]]:
    """Every line of the logger and those below it, as it is written."""
    found: list[dict[str, Any]] = []

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(json.loads(JsonFormatter().format(record)))

    logger, handler = logging.getLogger(name), Handler(level)
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(level)
    try:
        yield found
    finally:
        logger.removeHandler(handler)
        logger.setLevel(before)


@inner
class IdTests(SimpleTestCase):
    async def test_interleaved_requests_keep_their_ids(self) -> None:
        client = AsyncClient()
        urls = [f"/{view}/{turns}/" for turns in range(1, 11) for view in ("slow", "plain")]
        with lines() as said:
            answers = await asyncio.gather(*(client.get(url) for url in urls))
        ids = [answer.headers["X-Request-ID"] for answer in answers]
        self.assertEqual(len(set(ids)), 20)
        self.assertEqual([answer.content.decode() for answer in answers], ids)
        for url, name in zip(urls, ids, strict=True):
            mine = [line for line in said if line["request_id"] == name]
            turns = url.split("/")[2]
            self.assertEqual({line["message"] for line in mine[:-1]}, {f"turn of {turns}"})
            self.assertEqual(mine[-1]["path"], url)

    async def test_a_streamed_body_still_belongs_to_its_request(self) -> None:
        async def serve() -> tuple[str, str]:
            answer = cast("StreamingHttpResponse", await AsyncClient().get("/streamed/"))
            body = cast("AsyncIterator[bytes]", answer.streaming_content)
            return b"".join([part async for part in body]).decode(), answer.headers["X-Request-ID"]

        said, name = await asyncio.create_task(serve())  # as the server does
        self.assertEqual(said, name)
        self.assertEqual(context.current().request_id, "")

    def test_it_works_without_a_loop_too(self) -> None:
        answer = self.client.get("/plain/1/")
        self.assertEqual(answer.content.decode(), answer.headers["X-Request-ID"])
        self.assertEqual(context.current().request_id, "")

    async def test_an_error_is_logged_and_answered_with_the_id(self) -> None:
        client = AsyncClient(raise_request_exception=False)
        with lines() as said:
            answer = await client.get("/broken/")
        error, access = said
        self.assertEqual((answer.status_code, access["status"]), (500, 500))
        self.assertEqual({error["request_id"], access["request_id"]}, {answer.headers["X-Request-ID"]})
        self.assertIn("ZeroDivisionError", error["exc"])

    async def ask(self, given: str, *, by_proxy: bool) -> str:
        with mock.patch("studio.watch.middleware.came_by_proxy", return_value=by_proxy):
            answer = await AsyncClient().get("/slow/1/", headers={"X-Request-ID": given})
        return str(answer.headers["X-Request-ID"])

    async def test_a_proxy_of_ours_may_name_the_request(self) -> None:
        for given in ("a", "3f2504e0-4f89-11d3-9a0c-0305e82c3301", "x" * 64):
            self.assertEqual(await self.ask(given, by_proxy=True), given)

    async def test_nobody_else_may(self) -> None:
        self.assertRegex(await self.ask("forged", by_proxy=False), r"^[0-9a-f]{16}$")

    async def test_not_even_a_proxy_may_name_it_anything(self) -> None:
        for given in ("", "x" * 65, "a b", "a_b", 'a"b', "ä", "a;b"):
            with self.subTest(given):
                self.assertRegex(await self.ask(given, by_proxy=True), r"^[0-9a-f]{16}$")


@inner
class AccessTests(SimpleTestCase):
    def access(self, url: str, level: int = logging.INFO) -> list[dict[str, Any]]:
        with lines("studio.access", level) as said:
            self.client.get(url)
        return said

    def test_one_line_tells_how_a_request_went(self) -> None:
        (line,) = self.access("/plain/1/?prompt=secret")
        facts = {name: line[name] for name in ("level", "logger", "method", "path", "status")}
        expected = {"level": "INFO", "logger": "studio.access", "method": "GET", "path": "/plain/1/", "status": 200}
        self.assertEqual(facts, expected)
        self.assertRegex(line["message"], r"^GET /plain/1/ 200 \d+ ms$")
        self.assertNotIn("secret", str(line))

    def test_tokens_in_the_path_are_hidden(self) -> None:
        for url, shown in (
            ("/join/qfVbq2Y0cT9b1pQe0a2h3d4w/", "/join/***/"),
            ("/callbacks/kie/short/", "/callbacks/kie/***/"),
            ("/accounts/password/reset/key/1-abc-def/", "/accounts/password/reset/key/***/"),
        ):
            self.assertEqual(self.access(url)[0]["path"], shown)

    def test_a_path_is_no_way_to_write_into_the_log(self) -> None:
        (line,) = self.access("/a%0A2026%20ERROR%20forged" + "x" * 5000)
        self.assertLessEqual(len(line["path"]), 200)
        self.assertIn("\n", line["path"], "escaped in JSON, and by the text formatter")

    def test_an_answer_that_says_no_is_told_once(self) -> None:
        with lines() as said:
            self.client.get("/healthz")
            self.client.get("/none/")
        self.assertEqual([line["path"] for line in said], ["/none/"])

    def test_polls_and_files_are_told_to_those_who_look_closely(self) -> None:
        for url in ("/nothing/", "/healthz", "/static/css/base.css"):
            self.assertEqual(self.access(url), [])
            self.assertEqual([line["level"] for line in self.access(url, logging.DEBUG)], ["DEBUG"])


class CountTests(SimpleTestCase):
    def setUp(self) -> None:
        self.traffic = Traffic()
        patch = mock.patch("studio.watch.middleware.traffic", self.traffic)
        patch.start()
        self.addCleanup(patch.stop)

    @inner
    def test_answers_are_counted_by_the_class_of_their_status(self) -> None:
        self.client.raise_request_exception = False
        for url in ("/plain/1/", "/plain/1/", "/nothing/", "/none/", "/broken/"):
            with lines():
                self.client.get(url)
        self.assertEqual(self.traffic.answers, {"2xx": 3, "4xx": 1, "5xx": 1})
        self.assertGreater(self.traffic.seconds, 0)

    async def test_a_visitor_who_leaves_is_noted(self) -> None:
        async def forever(request: HttpRequest) -> HttpResponseBase:
            await asyncio.Event().wait()
            raise AssertionError

        answer = WatchMiddleware(forever)(AsyncRequestFactory().get("/slow/"))
        task = asyncio.ensure_future(cast("Any", answer))
        await asyncio.sleep(0)
        task.cancel()
        with lines("studio.access") as said, self.assertRaises(asyncio.CancelledError):
            await task
        self.assertEqual([line["status"] for line in said], [499])
        self.assertEqual(self.traffic.answers, {"4xx": 1})


class MemberTests(StudioTestCase):
    def test_the_line_says_for_which_team_and_member_but_not_who(self) -> None:
        self.sign_in(self.alice)
        with lines("studio.access") as said:
            self.client.get("/image/")
        self.assertEqual((said[0]["team"], said[0]["member"]), (str(self.team.pk), str(self.alice.pk)))
        for secret in ("Alice", "alice@", "Harbour"):
            self.assertNotIn(secret, str(said))


class WorkTests(StudioTestCase):
    def test_every_line_of_a_step_names_its_task_and_the_next_one_does_not(self) -> None:
        engine = FakePerformer([ZeroDivisionError()])
        self.use_engine(engine)
        task = self.make_task()
        with lines() as said:
            rounds.run_step(task.pk, "test")
            log.info("afterwards")
        self.assertEqual([line.get("task") for line in said], [str(task.pk), None])
        self.assertEqual(said[0]["team"], str(self.team.pk))

    def test_so_does_every_line_that_tells_its_end(self) -> None:
        task = self.make_task()
        services.cancel_task(task)
        with lines() as said:
            outbox.notify(task.pk)
        self.assertEqual({line["task"] for line in said}, {str(task.pk)})


class FollowerTests(SimpleTestCase):
    async def test_what_outlives_a_request_does_not_bear_its_name(self) -> None:
        follower = Follower()
        read, again = mock.AsyncMock(return_value=1), mock.AsyncMock(side_effect=[None, asyncio.CancelledError])
        with (
            lines() as said,
            mock.patch.object(follower, "_read", read),
            mock.patch("studio.tasks.live.asyncio.sleep", again),
            mock.patch("studio.tasks.live.TeamPulse.objects.filter", side_effect=OperationalError("away")),
            context.working(request_id="r1"),
        ):
            await follower.version(uuid.uuid4())
            assert follower._task is not None
            with suppress(asyncio.CancelledError):
                await follower._task
        self.assertEqual(len(said), 1)
        self.assertNotIn("request_id", said[0])


class ProxyTests(SimpleTestCase):
    async def seen(self, trusted: list[str], peer: str) -> ASGIRequest:
        seen: list[ASGIRequest] = []

        async def application(scope: Any, receive: Any, send: Any) -> None:
            seen.append(ASGIRequest(scope, mock.Mock()))

        headers = [(b"x-forwarded-for", b"203.0.113.9"), (b"host", b"localhost")]
        scope = {"type": "http", "method": "GET", "path": "/", "query_string": b"", "headers": headers}
        await proxies.behind(trusted, application)({**scope, "client": (peer, 4711)}, mock.Mock(), mock.Mock())
        return seen[0]

    async def test_nobody_is_believed_by_default(self) -> None:
        request = await self.seen([], "127.0.0.1")
        self.assertEqual((request.META["REMOTE_ADDR"], proxies.came_by_proxy(request)), ("127.0.0.1", False))

    async def test_listed_proxies_and_networks_are_believed(self) -> None:
        for trusted in (["192.0.2.7", "127.0.0.1"], ["192.0.2.0/24"]):
            request = await self.seen(trusted, "192.0.2.7")
            self.assertEqual((request.META["REMOTE_ADDR"], proxies.came_by_proxy(request)), ("203.0.113.9", True))

    async def test_and_no_one_else(self) -> None:
        request = await self.seen(["192.0.2.7"], "198.51.100.4")
        self.assertEqual((request.META["REMOTE_ADDR"], proxies.came_by_proxy(request)), ("198.51.100.4", False))

    async def test_a_scope_says_nothing_about_proxies_by_itself(self) -> None:
        self.assertFalse(proxies.came_by_proxy(HttpRequest()))
