"""A running stand-in and a plain client, as a user of the stand-in would have them."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from newscrawl.replica.app import ReplicaApp, make_app
from newscrawl.replica.serve import serving
from newscrawl.replica.site import Replica

HOST = "https://report.az"


class Visitor:
    """Asks a running stand-in for addresses of the real site."""

    def __init__(self, app: ReplicaApp, client: httpx.Client) -> None:
        self.app, self.client = app, client

    def get(self, address: str, **headers: str) -> httpx.Response:
        return self.client.get(address.removeprefix(HOST), headers={k.replace("_", "-"): v for k, v in headers.items()})


@pytest.fixture(scope="session")
def visitor() -> Iterator[Visitor]:
    app = make_app(Replica(stories=120), log=True)
    with serving(app) as origin, httpx.Client(base_url=origin) as client:
        yield Visitor(app, client)


@pytest.fixture
def site(visitor: Visitor) -> Visitor:
    """The running stand-in; whatever a test makes of it, the next test finds 120 fresh stories."""
    visitor.app.replica = Replica(stories=120)
    visitor.app.requests.clear()
    visitor.app.faults.clear()
    return visitor
