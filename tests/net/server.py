"""A server that says exactly what it was told, byte by byte: what no well-behaved one would."""

import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from unittest import TestCase

Script = bytes | Callable[["Talk"], None]


def answer(
    body: bytes = b"", *, status: str = "200 OK", headers: Iterable[str] = (), length: int | None = None
) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def redirect(url: str) -> bytes:
    return answer(status="302 Found", headers=[f"Location: {url}"])


class Talk:
    """One connection, after its request was read. `over` is set when the test ends."""

    def __init__(self, connection: socket.socket, over: threading.Event) -> None:
        self.connection, self.over = connection, over

    def say(self, data: bytes) -> None:
        self.connection.sendall(data)

    def hang(self) -> None:
        """Until the other side has had enough."""
        while self.connection.recv(1024):
            pass

    def drip(self, byte: bytes = b"x") -> None:
        """One byte at a time, for ever, each well within any time limit of a socket."""
        while not self.over.wait(0.02):
            self.say(byte)

    def reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


class Server:
    """Answers the n-th request with the n-th script, and any after the last with the last. `heard` are the requests,
    whole."""

    def __init__(self, test: TestCase, *scripts: Script, tls: ssl.SSLContext | None = None) -> None:
        self.scripts, self.heard, self.tls = list(scripts), list[bytes](), tls
        self.over = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self.place = f"127.0.0.1:{self.port}"
        self.url = f"{'https' if tls else 'http'}://{self.place}"
        self.threads = [threading.Thread(target=self._serve, daemon=True)]
        self.threads[0].start()
        test.addCleanup(self._close)

    def _close(self) -> None:
        self.over.set()
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for thread in self.threads:
            thread.join(10)

    def _serve(self) -> None:
        while not self.over.is_set():
            try:
                connection, _address = self.listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._talk, args=(connection,), daemon=True)
            self.threads.append(thread)
            thread.start()

    def _talk(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            connection.settimeout(30)
            if self.tls is not None:
                connection = self.tls.wrap_socket(connection, server_side=True)
            with connection:
                request = read_request(connection)
                self.heard.append(request)
                script = self.scripts[min(len(self.heard), len(self.scripts)) - 1]
                talk = Talk(connection, self.over)
                if callable(script):
                    script(talk)
                else:
                    talk.say(script)


def read_request(connection: socket.socket) -> bytes:
    read = b""
    while b"\r\n\r\n" not in read:
        if not (more := connection.recv(65536)):
            return read
        read += more
    head, _gap, body = read.partition(b"\r\n\r\n")
    length = next((int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")), 0)
    while len(body) < length:
        if not (more := connection.recv(65536)):
            break
        body += more
    return head + b"\r\n\r\n" + body
