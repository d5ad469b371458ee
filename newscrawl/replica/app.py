"""The stand-in as an ASGI application."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from newscrawl.replica.faults import EVERYWHERE, Fault, cut, gone, reset
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
        self.requests: deque[tuple[str, str, int | None]] = deque(maxlen=KEPT_REQUESTS)
        """(method, path with query, status or None where there was no answer), oldest first; empty without `log`."""
        self.faults: dict[str, Fault] = {}
        """path without query, or EVERYWHERE -> what it does for now instead; may be changed at any time."""
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
        fault = self._fault(scope["path"])
        kind = fault.kind if fault else None
        if kind == "reset":
            self._keep(scope, None)
            await reset(scope, receive)
            return
        request = dict(scope["headers"])
        answer = fault.answer() if fault and kind == "answer" else self._answer(scope, request)
        status, headers, body = on_the_wire(answer, request, self.replica.way.validators, kind == "stale")
        if kind == "cut":
            headers, body = cut(headers, body)
        self._keep(scope, status)
        await send({"type": "http.response.start", "status": status, "headers": headers})
        if kind == "stall":
            await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
            await gone(receive)
            return
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    def _fault(self, path: str) -> Fault | None:
        """Return what befalls one more request: the trouble of its path, else that of all."""
        faults = (self.faults.get(each) for each in (path, EVERYWHERE))
        return next((fault for fault in faults if fault and fault.strikes()), None)

    def _keep(self, scope: MutableMapping[str, Any], status: int | None) -> None:
        if self.log:
            query = scope["query_string"].decode("latin-1")
            self.requests.append((scope["method"], scope["path"] + ("?" + query if query else ""), status))

    def _answer(self, scope: MutableMapping[str, Any], request: dict[bytes, bytes]) -> Response:
        if scope["method"] not in ("GET", "HEAD"):
            return Response(405, "text/plain", ("method not allowed\n",))
        host = request.get(b"host", b"").decode("latin-1").lower()
        scheme = request.get(b"x-forwarded-proto", b"https").decode("latin-1")
        return self._routes.answer(Address(host, scope["path"], scope["query_string"].decode("latin-1"), scheme))


def make_app(replica: Replica, log: bool = False) -> ReplicaApp:
    """Return the application that serves a replica."""
    return ReplicaApp(replica, log)
