"""A fake upstream over real HTTP, in a process of its own: `python -m tests.crash.upstream`. It says its port, serves
until its stdin closes, breaks connections as `fates` wants, and remembers every request that is paid for.

    POST /create            {"task", "prompt", "count"} → {"id"}
    GET  /record/<id>       {"state": "running" | "succeeded" | "failed", "files": [...]}
    GET  /file/<id>/<n>.png
    GET  /log               {"<task>": ["<id, or empty>", ...]}: one for each create that arrived
"""

import json
import socket
import struct
import sys
import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.crash.fates import LATE, Answer, Fate, FileFate, fate_of
from tests.crash.pictures import png

AT_ONCE = struct.pack("ii", 1, 0)  # closing with this SO_LINGER is a reset


@dataclass(slots=True)
class Record:
    fate: Fate
    asked: int = 0


class Book:
    """Everything that was asked and made, for all threads."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.log: defaultdict[str, list[str]] = defaultdict(list)
        self.records: dict[str, Record] = {}
        self.served: set[str] = set()

    def arrived(self, task: str) -> int:
        """Its place among the creates of this task."""
        with self.lock:
            self.log[task].append("")
            return len(self.log[task]) - 1

    def act(self, task: str, place: int, fate: Fate) -> str:
        with self.lock:
            made = f"up-{len(self.records) + 1}"
            self.records[made] = Record(fate)
            self.log[task][place] = made
            return made

    def ask(self, made: str) -> tuple[Record | None, int]:
        """The record, and how often it was asked for before."""
        with self.lock:
            record = self.records.get(made)
            if record is None:
                return None, 0
            record.asked += 1
            return record, record.asked - 1

    def serve(self, path: str) -> bool:
        """Whether this is the first time."""
        with self.lock:
            first = path not in self.served
            self.served.add(path)
            return first


class Handler(BaseHTTPRequestHandler):
    book = Book()

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        place = self.book.arrived(asked["task"])
        fate = fate_of(asked["prompt"], asked["count"])
        time.sleep(fate.before)
        if fate.answer == Answer.CUT_BEFORE:
            return self.cut()
        if fate.answer == Answer.REFUSED:
            return self.answer(422, {"error": "The upstream does not like this."})
        made = self.book.act(asked["task"], place, fate)
        time.sleep(fate.after)
        return self.cut() if fate.answer == Answer.CUT_AFTER else self.answer(200, {"id": made})

    def do_GET(self) -> None:
        _root, kind, *rest = self.path.split("/")
        if kind == "log":
            return self.answer(200, self.book.log)
        if kind == "record":
            return self.tell(rest[0])
        return self.give(rest[0], int(rest[1].partition(".")[0]))

    def tell(self, made: str) -> None:
        record, before = self.book.ask(made)
        if record is None:
            return self.answer(404, {})
        if before < record.fate.polls:
            return self.answer(200, {"state": "running", "progress": (before + 1) / 10})
        if not record.fate.succeeds:
            return self.answer(200, {"state": "failed", "error": "The upstream could not do it."})
        files = [f"/file/{made}/{number}.png" for number in range(len(record.fate.files))]
        return self.answer(200, {"state": "succeeded", "files": files})

    def give(self, made: str, number: int) -> None:
        fate, first = self.book.records[made].fate.files[number], self.book.serve(self.path)
        content = b"not a picture" if fate == FileFate.BROKEN else png(200, 40 * number, 60)
        if fate == FileFate.MISSING or (fate == FileFate.ONCE and not first):
            return self.answer(404, {})
        if fate == FileFate.BUSY and first:
            return self.answer(503, {})
        return self.send(200, content, short=fate in LATE and first)

    def answer(self, status: int, content: Any) -> None:
        self.send(status, json.dumps(content).encode())

    def send(self, status: int, content: bytes, *, short: bool = False) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: len(content) // 2] if short else content)

    def cut(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        """The book is the log."""


class Server(ThreadingHTTPServer):
    request_queue_size = 64

    def handle_error(self, *_: Any) -> None:
        """Whoever asked was killed before the answer."""


def main() -> None:
    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main()
