"""A visit of a browser to a server: nothing may go wrong in it, and nobody else may be called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

import attrs
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Locator, Page, Request, Response

PHONE, DESK = 375, 1280
"""Widths in pixels."""
HEIGHT = 812
Scheme = Literal["light", "dark"]
_INLINE = ("data:", "blob:", "about:")


@attrs.define
class Visit:
    """A tab of a browser, and what went wrong in it so far."""

    page: Page
    wrong: list[str] = attrs.field(factory=list)
    """Console errors and warnings, exceptions, failed requests, dialogs, windows, requests to another host."""

    def open(self, path: str, status: int = 200) -> Response:
        """Go to a path of the server, which answers with that status."""
        response = self.page.goto(path)
        assert response is not None
        assert response.status == status, (path, response.status, response.text()[:500])
        return response

    def follow(self, link: Locator) -> Response:
        """Click a link, or a button that asks for another page, and wait until that is there."""
        with self.page.expect_navigation() as navigation:
            link.click()
        return navigation.value

    def forgive(self, pattern: str) -> None:
        """Forget what matches, once: it has to have been there."""
        kept = [each for each in self.wrong if not re.search(pattern, each)]
        assert len(kept) < len(self.wrong), f"nothing like {pattern!r} in {self.wrong}"
        self.wrong = kept

    def end(self) -> None:
        """Find that nothing was wrong since the beginning, or the last end."""
        # What a page asks for while it loads belongs to the visit
        self.page.wait_for_load_state("load")
        wrong, self.wrong = self.wrong, []
        assert wrong == []

    def overflow(self) -> int:
        """By how many pixels the document is wider than the window."""
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        return int(self.page.evaluate(wide))


@contextmanager
def visiting(browser: Browser, address: str, *, width: int = DESK, scheme: Scheme = "light") -> Iterator[Visit]:
    """A visit in a window of that width, of somebody who likes it light or dark; at its end nothing was wrong."""
    context = browser.new_context(
        base_url=address, viewport={"width": width, "height": HEIGHT}, is_mobile=width == PHONE,
        has_touch=width == PHONE, color_scheme=scheme, locale="en-GB",
    )  # fmt: skip
    try:
        visit = Visit(context.new_page())
        visit.page.set_default_timeout(30_000)
        _watch(context, visit, address)
        yield visit
        visit.end()
    finally:
        context.close()


@contextmanager
def one_of_many(visit: Visit, width: int) -> Iterator[Visit]:
    """A visit with a window that others had: it has its width again, and at its end nothing was wrong."""
    visit.page.set_viewport_size({"width": width, "height": HEIGHT})
    visit.page.emulate_media(color_scheme="light")
    yield visit
    visit.end()


def _watch(context: BrowserContext, visit: Visit, address: str) -> None:
    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            visit.wrong.append(f"console: {message.text} ({message.location['url']})")

    def asked(request: Request) -> None:
        if not request.url.startswith((f"{address}/", *_INLINE)):
            visit.wrong.append(f"another host: {request.url}")

    def failed(request: Request) -> None:
        if request.failure == "csp":
            # It never left the browser, which says so on the console
            visit.wrong.remove(f"another host: {request.url}")
        elif not (request.is_navigation_request() and request.failure == "net::ERR_ABORTED"):
            # Who leaves a page leaves its frames
            visit.wrong.append(f"failed: {request.url} ({request.failure})")

    def answered(dialog: Dialog) -> None:
        visit.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    context.on("console", said)
    context.on("request", asked)
    context.on("dialog", answered)
    context.on("weberror", lambda error: visit.wrong.append(f"exception: {error.error}"))
    context.on("requestfailed", failed)
    context.on("page", lambda page: visit.wrong.append(f"window: {page.url}"))
