"""What a visitor is told where a page cannot be shown."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import TYPE_CHECKING

from datasette.utils.asgi import Base400, Request, Response
from markupsafe import Markup

from newscrawl.browse.shelf import TooLong

if TYPE_CHECKING:
    from datasette.app import Datasette


_SCRIPT = re.compile(r"<script>.*?</script>", re.S)


def print_less() -> None:
    """Keep datasette from printing each 404 with the values of all variables, as it does where rich is installed.

    What is wrong with a page (500) is still printed.
    """
    from datasette import handle_exception

    handle_exception.rich = None


def answer(datasette: Datasette, request: Request, exception: Exception) -> Callable[[], Awaitable[Response]]:
    """The page, or the JSON object, that tells of an error. What is wrong with a page datasette prints as well."""
    status, message = _told(exception)

    async def page() -> Response:
        context = {"ok": False, "error": message, "status": status, "title": HTTPStatus(status).phrase}
        if request.path.endswith(".json"):
            plain = message.striptags() if isinstance(message, Markup) else message
            return Response.json(context | {"error": plain}, status=status)
        html = await datasette.render_template("newscrawl/error.html", context, request, view_name="error")
        return Response.html(html, status=status)

    return page


def _told(exception: Exception) -> tuple[int, str]:
    from datasette.views.base import DatasetteError

    if isinstance(exception, TooLong):
        return HTTPStatus.SERVICE_UNAVAILABLE, str(exception)
    if isinstance(exception, Base400):
        return exception.status, str(exception.args[0] if exception.args else "There is no such page")
    if isinstance(exception, DatasetteError):
        message = exception.message
        if message.startswith("no such table: -"):
            # Datasette takes our addresses for rows of a table of that name
            return HTTPStatus.NOT_FOUND, "There is no such page"
        # What datasette says of a request that cannot be is 500 where it names no other status
        status = exception.status if exception.status != HTTPStatus.INTERNAL_SERVER_ERROR else HTTPStatus.BAD_REQUEST
        # Datasette escapes what it puts into messages that are HTML: the SQL of a query that took too long. The script
        # beside it only sets the height of a field
        return status, Markup(_SCRIPT.sub("", message)) if exception.message_is_html else str(message)  # noqa: S704
    if isinstance(exception, sqlite3.OperationalError | sqlite3.ProgrammingError | sqlite3.Warning | OverflowError):
        # A condition or a number that cannot be, out of the address
        return HTTPStatus.BAD_REQUEST, str(exception)
    message = "This page cannot be shown: whoever runs the archive finds the reason in its log"
    return HTTPStatus.INTERNAL_SERVER_ERROR, message
