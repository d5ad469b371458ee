"""A program that watches over the harvest: what it was asked, and what it answers."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import attrs


@attrs.frozen
class Asked:
    """A request."""

    method: str
    path: str
    body: bytes
    kind: str | None
    at: float

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def record(self) -> Any:
        return json.loads(self.body)


@attrs.define
class Receiver:
    """Answers with the next of `statuses`, 200 once there is none left."""

    origin: str = ""
    asked: list[Asked] = attrs.field(factory=list)
    statuses: list[int] = attrs.field(factory=list)
    seconds: float = 0
    """How long it takes for an answer."""
    on_ask: Callable[[], object] | None = None
    """Done while the asker waits."""

    @property
    def paths(self) -> list[str]:
        return [each.path for each in self.asked]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver that listens on this machine."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"] or 0))
            asked = Asked(self.command, self.path, body, self.headers["Content-Type"], time.monotonic())
            receiver.asked.append(asked)
            if receiver.on_ask:
                receiver.on_ask()
            time.sleep(receiver.seconds)
            status = receiver.statuses.pop(0) if receiver.statuses else 200
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"{receiver.origin}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_POST = do_GET  # noqa: N815  the name is http.server's

        def log_message(self, *_args: object) -> None:
            """Nothing on standard error."""

        def handle(self) -> None:
            with suppress(ConnectionError):  # It did not wait
                super().handle()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.origin = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
