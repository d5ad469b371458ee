"""Run the stand-in: in a thread for tests, in a process for benchmarks, for good from the command line."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from time import monotonic, sleep

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from newscrawl.replica.app import Application, make_app
from newscrawl.replica.site import Replica

_PATIENCE = 20.0
"""Seconds to wait for a start or an end."""


class _Protocol(HttpToolsProtocol):
    """Hands the connection to the application (`scope["state"]["transport"]`), so that it can reset it."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.app_state = {"transport": transport}


class PortTaken(RuntimeError):
    """Another program listens on the port."""


def _listen(host: str, port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        # Listening at once, so that a client that reads the origin early waits instead of being refused.
        listener.listen(1024)
    except OSError as error:
        listener.close()
        raise PortTaken(f"cannot listen on {host}:{port}: {error.strerror or error}") from error
    return listener


def _server(app: Application) -> uvicorn.Server:
    config = uvicorn.Config(
        app,
        http=_Protocol,
        log_level="warning",
        access_log=False,
        lifespan="off",
        timeout_keep_alive=60,
        server_header=False,
    )
    return uvicorn.Server(config)


@contextmanager
def serving(app: Application, port: int = 0) -> Iterator[str]:
    """Serve in a thread and yield the origin, `http://127.0.0.1:PORT`; port 0 takes a free one.

    Raises PortTaken if another program has the port, RuntimeError if the server does not start.
    """
    listener, server = _listen("127.0.0.1", port), _server(app)
    thread = Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True, name="replica")
    thread.start()
    deadline = monotonic() + _PATIENCE
    while not server.started:
        if monotonic() > deadline or not thread.is_alive():
            raise RuntimeError("the replica did not start")
        sleep(0.005)
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(_PATIENCE)
        listener.close()


def serve_forever(replica: Replica, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve until interrupted; the origin is the first line on standard output. Raises PortTaken."""
    listener = _listen(host, port)
    sys.stdout.write(f"http://{host}:{listener.getsockname()[1]}\n")
    sys.stdout.flush()
    try:
        _server(make_app(replica)).run(sockets=[listener])
    finally:
        listener.close()


@contextmanager
def serving_process(replica: Replica, port: int = 0) -> Iterator[str]:
    """Serve in a process of its own and yield the origin; edits and later stories are not handed over.

    Raises RuntimeError, with what the process said, if it does not start.
    """
    options = {"stories": replica.stories, "seed": replica.seed, "variant": replica.variant, "port": port}
    command = [sys.executable, "-m", "newscrawl.replica"]
    command += [f"--{name}={value}" for name, value in options.items()] + [f"--newest={replica.newest}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:  # noqa: S603
        assert process.stdout is not None
        assert process.stderr is not None
        origin = process.stdout.readline().strip()
        if not origin:
            raise RuntimeError(f"the replica did not start: {process.stderr.read().strip()}")
        try:
            yield origin
        finally:
            process.terminate()
            process.communicate(timeout=_PATIENCE)
