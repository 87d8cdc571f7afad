"""HTTP/1.1 on loopback: reads a call, lets the faults have their way with it, and writes the answer."""

import socket
import struct
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.fake_kie import control
from tests.fake_kie.faults import Fault, never_happened
from tests.fake_kie.routes import carry_out
from tests.fake_kie.wire import Answer, Call
from tests.fake_kie.world import World

AT_ONCE = struct.pack("ii", 1, 0)  # closing with this SO_LINGER is a reset
HUGE = 10 * 1024**3
BLOCK = b"\0" * 65_536


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: "Server"

    def do_GET(self) -> None:
        self.serve()

    def do_POST(self) -> None:
        self.serve()

    def do_PUT(self) -> None:
        self.serve()

    def do_DELETE(self) -> None:
        self.serve()

    def serve(self) -> None:
        world, call = self.server.world, self.call()
        if call.path.startswith("/_control/"):
            call.raw = self.read_body()
            return self.send(control.answer(world, call))
        fault = world.faults.strike(call.endpoint)
        call.fault = fault.kind if fault else ""
        unread = fault is not None and fault.kind == "reset" and not fault.acts
        if not unread:
            call.raw = self.read_body()
        world.log.add(call)
        if unread:
            return self.cut()
        answer = self.spoilt(fault, call) if fault else carry_out(world, call)
        for thread in call.first:
            thread.join()
        if answer is None:
            return self.cut()
        if answer.delivery != "reset":
            call.answered(answer)
        return self.send(answer)

    def call(self) -> Call:
        parts = urlsplit(self.path)
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Call(self.command, unquote(parts.path), dict(parse_qsl(parts.query)), headers, self.server.world.now())

    def spoilt(self, fault: Fault, call: Call) -> Answer | None:
        """None: no answer at all."""
        world = self.server.world
        genuine = carry_out(world, call) if fault.acts else never_happened()
        if fault.kind == "hang":
            world.gate.wait(fault.seconds)
            if not fault.acts:
                return None
        return fault.spoil(genuine)

    def read_body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        pieces = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            pieces.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(pieces)

    def send(self, answer: Answer) -> None:
        if answer.delivery == "reset":
            return self.cut()
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.delivery == "endless":
            self.send_header("Connection", "close")
        else:
            self.send_header("Content-Length", str(HUGE if answer.delivery == "huge" else len(answer.body)))
        self.end_headers()
        return self.write(answer)

    def write(self, answer: Answer) -> None:
        if answer.delivery == "short":
            self.wfile.write(answer.body[: len(answer.body) // 2])
            self.close_connection = True
        elif answer.delivery == "drip":
            for place in range(len(answer.body)):
                self.wfile.write(answer.body[place : place + 1])
                if self.server.world.stopping.wait(answer.seconds):
                    return
        elif answer.delivery in {"endless", "huge"}:
            self.wfile.write(answer.body)
            # a breath between the blocks: who reads for ever shall not have the whole machine for it
            while not self.server.world.stopping.wait(0.001):
                self.wfile.write(BLOCK)
            self.close_connection = True
        else:
            self.wfile.write(answer.body)

    def cut(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """The log is the world's."""


class Server(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = False  # so that closing waits for them

    def __init__(self, world: World, port: int) -> None:
        self.world = world
        self.open: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), Handler)

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        self.open.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        self.open.discard(request)
        # not `shutdown` first, as the base class has it: that would send a FIN where a reset is meant
        self.close_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that has gone away is what faults are for; everything else is a mistake of ours."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def stop(self) -> None:
        """Also ends the connections that clients keep open."""
        self.shutdown()
        for connection in list(self.open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # closed meanwhile
        self.server_close()
