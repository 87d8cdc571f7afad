"""The one door for outgoing HTTP: every call has its time, every answer its size, and no address is reached that is not
public, unless the operator named it.

The name is resolved once, all its addresses are checked, and the connection goes to one of those that were checked, so
that a name cannot mean another machine a moment later. TLS still speaks to the name. Every exchange has a connection
of its own: a kept one that the other side has just closed would leave open whether a paid request arrived.
"""

import http.client
import ipaddress
import logging
import re
import socket
import ssl
import threading
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Self
from urllib.parse import urljoin

import certifi
import requests
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util import parse_url

USER_AGENT = "Studio/0.1"  # hosts of results answer 403 without one (kie-api.md 1.1)
PORTS = {"http": 80, "https": 443}
REDIRECTS = {301, 302, 303, 307, 308}
MAX_REDIRECTS = 5
CHUNK = 64 * 1024

GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")  # RFC 4291: all that is given out
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052: an IPv4 address in its last four bytes
TUNNELS = (ipaddress.IPv6Network("2001::/32"), ipaddress.IPv6Network("2002::/16"))  # Teredo, 6to4: IPv4 inside
AZURE_METADATA = ipaddress.IPv4Address("168.63.129.16")  # looks public, is the host of the machine

logging.getLogger("urllib3").setLevel(logging.CRITICAL)  # its lines name whole addresses, with their tokens

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class OutboundError(Exception):
    """An exchange that came to nothing. `sent` is whether the request, or a part of it, may have arrived. The text
    names a host at most, never a path or a query: those may carry secrets."""

    sent = True


class OutboundRefusedError(OutboundError):
    """We do not go there. Nothing was sent."""

    sent = False


class NotConnectedError(OutboundError):
    """No connection came about. Nothing was sent."""

    sent = False


class BrokenError(OutboundError):
    """The connection was there and broke: nobody knows how far the request came."""


class TooSlowError(BrokenError):
    """The time of the whole exchange was over."""


class TooLargeError(BrokenError):
    """The answer is larger than wanted."""


class StatusError(OutboundError):
    """A download was answered with something else than the file."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.status = status


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Download:
    """`file` stands at its begin and vanishes when it is closed."""

    file: BinaryIO
    media_type: str


def is_public(address: Address) -> bool:
    """Whether an address belongs to the internet at large, and to no network or machine of ours."""
    if isinstance(address, ipaddress.IPv4Address):
        return address.is_global and not address.is_multicast and address != AZURE_METADATA
    if address.ipv4_mapped is not None:
        return is_public(address.ipv4_mapped)
    if address in NAT64:
        return is_public(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return address in GLOBAL_UNICAST and address.is_global and not any(address in network for network in TUNNELS)


def place_of(url: str) -> str:
    """`host:port` of an address, as OUTBOUND_ALLOW writes it. Raises OutboundRefusedError when it is none of HTTP."""
    try:
        parts = parse_url(url)
    except urllib3.exceptions.LocationParseError:
        raise OutboundRefusedError("not an address") from None
    if parts.scheme not in PORTS or not parts.host or parts.auth is not None:
        raise OutboundRefusedError("not an address of HTTP without a name and password")
    return _place(parts.host, parts.port or PORTS[parts.scheme])


def _place(host: str, port: int) -> str:
    return f"{host.lower().strip('[]').rstrip('.')}:{port}"


class Door:
    """`allow` are the `host:port` that may be reached although they are private, as the operator wrote them: names are
    not looked up for this. `folder` takes the files of downloads while they are open, `tls` is whom to trust."""

    def __init__(
        self,
        *,
        allow: Collection[str] = (),
        connect_timeout: float = 5.0,
        read_timeout: float = 30.0,
        folder: Path | None = None,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.allow = frozenset(_place(*_split(entry)) for entry in allow if entry.strip())
        self.connect_timeout, self.read_timeout = connect_timeout, read_timeout
        self.folder, self.tls = folder, tls

    def call(
        self,
        method: str,
        url: str,
        *,
        seconds: float,
        limit: int,
        headers: Mapping[str, str] | None = None,
        params: Mapping[str, str] | None = None,
        json: Any = None,
        body: Any = None,
    ) -> Answer:
        """One exchange, whatever its status; a redirect is an answer like others. `body` is bytes or an iterable with a
        length. Raises OutboundError after `seconds`, or when there are more than `limit` bytes."""
        request = requests.Request(method, url, headers=_headers(headers), params=params, json=json, data=body)
        with _Exchange(self, seconds) as exchange:
            response = exchange.send(request)
            read = b"".join(exchange.chunks(response, limit))
            return Answer(response.status_code, response.headers, read)

    def download(self, url: str, *, seconds: float, limit: int) -> Download:
        """The file behind an address, at most five redirects away, each checked like the first. `seconds` is for all of
        it. Raises OutboundError; StatusError when the answer is no file."""
        end = time.monotonic() + seconds
        for _hop in range(MAX_REDIRECTS + 1):
            with _Exchange(self, end - time.monotonic()) as exchange:
                response = exchange.send(requests.Request("GET", url, headers=_headers(None)))
                if response.status_code not in REDIRECTS or "Location" not in response.headers:
                    return self._keep(exchange, response, limit)
                url = _beside(url, response.headers["Location"])
        raise OutboundRefusedError("more than five redirects")

    def _keep(self, exchange: "_Exchange", response: requests.Response, limit: int) -> Download:
        if response.status_code != requests.codes.ok:
            raise StatusError(response.status_code)
        file = TemporaryFile(dir=self.folder)  # noqa: SIM115 - the caller closes it
        try:
            for chunk in exchange.chunks(response, limit):
                file.write(chunk)
            file.seek(0)
        except BaseException:
            file.close()
            raise
        media_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        return Download(file, media_type)

    def addresses(self, host: str, port: int) -> list[tuple[Any, ...]]:
        """What `getaddrinfo` says of a host, when all of it may be reached."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError):
            raise NotConnectedError(f"no address of {host} is known") from None
        if _place(host, port) not in self.allow:
            for *_kind, address in found:
                if not is_public(ipaddress.ip_address(address[0])):
                    raise OutboundRefusedError(f"{host}:{port} is not a public address")
        return found


def _split(entry: str) -> tuple[str, int]:
    host, _colon, port = entry.strip().rpartition(":")
    if not host or not re.fullmatch(r"\d{1,5}", port):
        raise ValueError(f"OUTBOUND_ALLOW takes host:port, not {entry!r}")
    return host, int(port)


def _headers(headers: Mapping[str, str] | None) -> dict[str, str]:
    # Nothing compressed: a size is then what it says.
    return {"User-Agent": USER_AGENT, "Accept-Encoding": "identity", **(headers or {})}


def _beside(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError:
        raise OutboundRefusedError("a redirect to no address") from None


@cache
def _trusted() -> ssl.SSLContext:
    """Reading the authorities takes longer than most handshakes."""
    return ssl.create_default_context(cafile=certifi.where())


class _Exchange:
    """One request and its answer, on one connection. When its time is over the connection is cut from another thread:
    the time limits of sockets begin anew with every byte, which a peer may send one at a time."""

    def __init__(self, door: Door, seconds: float) -> None:
        self.door, self.end = door, time.monotonic() + seconds
        self.connected = self.over = False
        self._guard: socket.socket | None = None
        self._closing: list[Any] = []
        self._timer = threading.Timer(max(0.0, seconds), self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()
        for thing in reversed(self._closing):
            thing.close()
        if self._guard is not None:
            self._guard.close()

    def _cut(self) -> None:
        self.over = True
        if self._guard is not None:
            with suppress(OSError):
                self._guard.shutdown(socket.SHUT_RDWR)

    def send(self, request: requests.Request) -> requests.Response:
        """Without a session: one would look up proxies and passwords of the machine, and read redirects."""
        try:
            prepared = request.prepare()
        except (requests.RequestException, UnicodeError):
            raise OutboundRefusedError("not a request that HTTP can carry") from None
        place_of(prepared.url or "")
        with self._translating():
            timeout = (self.door.connect_timeout, self.door.read_timeout)
            response = _Adapter(self).send(prepared, stream=True, timeout=timeout)
        self._closing.append(response)
        return response

    def chunks(self, response: requests.Response, limit: int) -> Iterator[bytes]:
        length = response.headers.get("Content-Length", "")
        if length.isdecimal() and int(length) > limit:
            raise TooLargeError(f"{length} bytes, {limit} are taken")
        parts, size = response.iter_content(CHUNK), 0
        while True:
            with self._translating():
                part = next(parts, b"")
            if not part:
                return
            size += len(part)
            if size > limit:
                raise TooLargeError(f"more than {limit} bytes")
            yield part

    @contextmanager
    def _translating(self) -> Iterator[None]:
        """No cause is kept: the words of the libraries name whole addresses."""
        try:
            yield
        except (requests.RequestException, urllib3.exceptions.HTTPError, http.client.HTTPException, OSError) as error:
            raise self._failure(type(error).__name__) from None
        if self.over:  # a connection that was cut may look like one that ended
            raise self._failure("over")

    def _failure(self, reason: str) -> OutboundError:
        if not self.connected:
            return NotConnectedError(f"no connection ({reason})")
        return TooSlowError("it took too long") if self.over else BrokenError(f"the connection broke ({reason})")

    def dial(self, host: str, port: int) -> socket.socket:
        for family, kind, protocol, _name, address in self.door.addresses(host, port):
            left = self.end - time.monotonic()
            if left <= 0:
                break
            connection = socket.socket(family, kind, protocol)
            try:
                connection.settimeout(min(self.door.connect_timeout, left))
                connection.connect(address)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            except OSError:
                connection.close()
                continue
            self._guard = connection.dup()
            if self.over:
                self._cut()
            return connection
        raise NotConnectedError(f"{host}:{port} does not answer")

    def pool(self, url: str) -> urllib3.HTTPConnectionPool:
        parts = parse_url(url)
        assert parts.host
        pool: urllib3.HTTPConnectionPool
        if parts.scheme == "https":
            pool = urllib3.HTTPSConnectionPool(parts.host, parts.port, ssl_context=self.door.tls or _trusted())
            pool.ConnectionCls = partial(_TlsConnection, exchange=self)  # type: ignore[assignment]
        else:
            pool = urllib3.HTTPConnectionPool(parts.host, parts.port)
            pool.ConnectionCls = partial(_PlainConnection, exchange=self)  # type: ignore[assignment]
        self._closing.append(pool)
        return pool


class _PlainConnection(HTTPConnection):
    def __init__(self, *args: Any, exchange: _Exchange, **options: Any) -> None:
        super().__init__(*args, **options)
        self.exchange = exchange

    def _new_conn(self) -> socket.socket:
        return self.exchange.dial(self._dns_host, self.port)

    def connect(self) -> None:
        super().connect()
        self.exchange.connected = True


class _TlsConnection(HTTPSConnection):
    def __init__(self, *args: Any, exchange: _Exchange, **options: Any) -> None:
        super().__init__(*args, **options)
        self.exchange = exchange

    def _new_conn(self) -> socket.socket:
        return self.exchange.dial(self._dns_host, self.port)

    def connect(self) -> None:
        super().connect()
        self.exchange.connected = True


class _Adapter(HTTPAdapter):
    """Leaves to requests only what it is good at: the words of HTTP, not the way to the other side."""

    def __init__(self, exchange: _Exchange) -> None:
        super().__init__()
        self.exchange = exchange

    def get_connection_with_tls_context(self, request: Any, *_args: Any, **_options: Any) -> Any:
        return self.exchange.pool(request.url)

    def cert_verify(self, *_args: Any) -> None:
        """The pool's own context says whom to trust."""
