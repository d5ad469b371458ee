"""What a visitor is told where a page cannot be shown."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import TYPE_CHECKING

from datasette.utils.asgi import Base400, Request, Response

from newscrawl.browse.shelf import TooLong

if TYPE_CHECKING:
    from datasette.app import Datasette


def print_less() -> None:
    """Keep datasette from printing each 404 with the values of all variables, as it does where rich is installed.

    What is wrong with a page (500) is still printed.
    """
    from datasette import handle_exception

    handle_exception.rich = None


def answer(datasette: Datasette, request: Request, exception: Exception) -> Callable[[], Awaitable[Response]] | None:
    """The page or the JSON object for an error that a visitor can do something about; None for any other."""
    told = _told(exception)
    if told is None:
        return None
    status, message = told

    async def page() -> Response:
        context = {"ok": False, "error": message, "status": status, "title": HTTPStatus(status).phrase}
        if request.path.endswith(".json"):
            return Response.json(context, status=status)
        html = await datasette.render_template("newscrawl/error.html", context, request, view_name="error")
        return Response.html(html, status=status)

    return page


def _told(exception: Exception) -> tuple[int, str] | None:
    from datasette.views.base import DatasetteError

    if isinstance(exception, TooLong):
        return HTTPStatus.SERVICE_UNAVAILABLE, str(exception)
    if isinstance(exception, Base400):
        return exception.status, str(exception.args[0] if exception.args else "There is no such page")
    if isinstance(exception, DatasetteError) and exception.status < HTTPStatus.INTERNAL_SERVER_ERROR:
        # Some messages of datasette are HTML that it made itself; those are its to show
        return None if exception.message_is_html else (exception.status, str(exception.message))
    return None
