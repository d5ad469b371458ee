"""The stand-in as an ASGI application."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from newscrawl.replica.faults import Fault
from newscrawl.replica.response import Response, on_the_wire
from newscrawl.replica.routes import Address, Routes
from newscrawl.replica.site import Replica

Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]
"""Any ASGI 3 application."""
KEPT_REQUESTS = 100_000


class ReplicaApp:
    """Serves a replica; while it runs, assign `replica` to change the site and fill `faults` to disturb it."""

    def __init__(self, replica: Replica, log: bool = False) -> None:
        """Serve `replica`; with `log`, keep the last requests in `requests`."""
        self.log = log
        self.requests: deque[tuple[str, str, int]] = deque(maxlen=KEPT_REQUESTS)
        """(method, path with query, status), oldest first; empty without `log`."""
        self.faults: dict[str, Fault] = {}
        """path without query -> what it answers for now instead of its page; may be changed at any time."""
        self._routes = Routes(replica)

    @property
    def replica(self) -> Replica:
        """The site as it is now."""
        return self._routes.replica

    @replica.setter
    def replica(self, replica: Replica) -> None:
        self._routes = Routes(replica)

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one request (ASGI 3); other kinds of connection are refused by ValueError."""
        if scope["type"] != "http":
            raise ValueError(f"not served: {scope['type']}")
        request = dict(scope["headers"])
        method, query = scope["method"], scope["query_string"].decode("latin-1")
        status, headers, body = on_the_wire(self._answer(scope["path"], query, method, request), request)
        if self.log:
            target = scope["path"] + ("?" + query if query else "")
            self.requests.append((method, target, status))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})

    def _answer(self, path: str, query: str, method: str, request: dict[bytes, bytes]) -> Response:
        if method not in ("GET", "HEAD"):
            return Response(405, "text/plain", ("method not allowed\n",))
        if (fault := self.faults.get(path)) and (answer := fault.answer()):
            return answer
        host = request.get(b"host", b"").decode("latin-1").lower()
        scheme = request.get(b"x-forwarded-proto", b"https").decode("latin-1")
        return self._routes.answer(Address(host, path, query, scheme))


def make_app(replica: Replica, log: bool = False) -> ReplicaApp:
    """Return the application that serves a replica."""
    return ReplicaApp(replica, log)
