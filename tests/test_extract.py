"""The one door: which class reads a page, doubtful times, and any bytes at all."""

import contextlib
import random
import time
import tracemalloc

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from web_poet import default_registry

from newscrawl.errors import MissingField, NotHtml, PageError, PageTooLarge, TruncatedPage
from newscrawl.extract import extract
from newscrawl.items import Article, Page

TEXT = "The council of the town decided on Monday to build a new bridge over the river."


def page(body: bytes | str, url: str = "https://town.example/region/bridge", **more: str) -> Page:
    raw = body.encode() if isinstance(body, str) else body
    return Page(url=url, status=200, headers=(), body=raw, fetched_at="2025-11-11T13:50:00Z", **more)  # type: ignore[arg-type]


def html(head: str = "", body: str = f"<h1>New bridge</h1><div><p>{TEXT}</p></div>") -> str:
    return f"<html lang=en><head>{head}</head><body>{body}</body></html>"


def test_the_url_decides_the_class() -> None:
    assert extract(page(html())).parser == "newscrawl.pages.article.ArticlePage"
    report = f"<h1 class=section-title>New bridge</h1><div class=news-detail__desc><p>{TEXT}</p></div>"
    for host in ("report.az", "www.report.az"):
        article = extract(page(html(body=report), f"https://{host}/en/region/bridge"))
        assert (article.parser, article.url) == (
            "newscrawl.sites.report_az.ReportArticlePage",
            "https://report.az/en/region/bridge",
        )


def test_rules_for_articles_name_hosts_and_no_paths() -> None:
    patterns = [rule.for_patterns for rule in default_registry.get_rules() if rule.to_return is Article]
    assert [name for pattern in patterns for name in (*pattern.include, *pattern.exclude) if "/" in name] == []


@pytest.mark.parametrize(
    ("moment", "why"),
    [("2031-01-01T00:00:00+04:00", "is in the future"), ("1970-01-01T00:00:00+00:00", "is before 1990")],
)
def test_an_impossible_time_is_kept_as_text_and_flagged(moment: str, why: str) -> None:
    article = extract(page(html(f'<meta property="article:published_time" content="{moment}">')))
    assert (article.published_at, article.published_text) == (None, moment)
    assert article.flags == (f"published_at {moment} {why}",)
    assert "published_at" not in article.sources


@pytest.mark.parametrize(
    ("moment", "why"),
    [("2031-01-01T00:00:00+00:00", "is in the future"), ("0001-01-01T00:00:00+00:00", "is before 1990")],
)
def test_an_impossible_time_of_change_is_flagged(moment: str, why: str) -> None:
    article = extract(page(html(f'<meta property="article:modified_time" content="{moment}">')))
    assert (article.modified_at, article.flags) == (None, (f"modified_at {moment} {why}",))
    assert "modified_at" not in article.sources


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00", "0001-01-01T00:00:00+04:00", "9999-12-31T23:59:59-04:00"])
def test_a_time_that_is_none_in_utc_is_no_time(moment: str) -> None:
    head = "".join(f'<meta property="article:{name}_time" content="{moment}">' for name in ("modified", "published"))
    article = extract(page(html(head), "https://town.az/region/bridge"))
    assert (article.modified_at, article.published_at) == (None, None)
    assert article.content_sha256


def test_no_value_holds_half_of_a_pair_of_code_units() -> None:
    node = (
        r'{"@type": "NewsArticle", "headline": "New\ud83d bridge", "description": "\ud83d",'
        r' "url": "/region/bridge\ud83d", "image": "https://town.example/\udc00.jpg",'
        r' "author": "Anna\ud83d Lee", "keywords": ["a\ud83d"]}'
    )
    article = extract(page(html(f'<script type="application/ld+json">{node}</script>')))
    assert (article.headline, article.summary, article.tags) == ("New bridge", None, ("a",))
    assert repr(attrs.asdict(article)).encode()


def test_a_time_a_few_minutes_ahead_is_the_clock_s() -> None:
    article = extract(page(html('<meta property="article:published_time" content="2025-11-11T13:55:00Z">')))
    assert (article.published_at, article.flags) == ("2025-11-11T13:55:00+00:00", ())


def test_the_requested_address_is_an_alias() -> None:
    article = extract(page(html(), requested_url="https://town.example/77"))
    assert article.aliases == {"https://town.example/77": "redirect"}
    assert article.fetched_at == "2025-11-11T13:50:00Z"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"", NotHtml),
        (b"GIF89a" + bytes(500), NotHtml),
        (b"<html>" + b" " * 30_000_000, PageTooLarge),
        (b"<html><body>" + b"<b>" * 10_000 + b"x" + b"</b>" * 10_000 + b"</body></html>", PageTooLarge),
        (b"\x89PNG\r\n" + random.Random(1).randbytes(3_000_000), NotHtml),
        (html().encode()[:-40], TruncatedPage),
        (html("<script>var t = '<html><body></body></html>';</script>").encode()[:-40], TruncatedPage),
        (html("<!-- <body></body></html> -->").encode()[:-40], TruncatedPage),
        (html(body="<h1>Photo</h1>").encode(), MissingField),
    ],
)
def test_bad_pages_give_named_errors(body: bytes, error: type[PageError]) -> None:
    started = time.perf_counter()
    with pytest.raises(error):
        extract(page(body))
    assert time.perf_counter() - started < 2


@pytest.mark.parametrize(
    "middle",
    [
        b"<div class=related>" * 1900 + b"<p>x</p>" + b"</div>" * 1900,
        b"<br>" * 200_000,
        b"<h1>a | b - c</h1>" * 20_000,
        b"<a href='/ru/a/b'>x</a>" * 50_000,
        b"<title>" + b"a | " * 200_000 + b"</title>",
        b"<meta name=author content='" + b"a, " * 200_000 + b"'>",
        b'<script type=\'application/ld+json\'>{"a":"' + b'\\"' * 500_000 + b"</script>",
        b"<p>" + b"word " * 500_000 + b"</p>",
    ],
)
def test_hostile_pages_cost_bounded_time_and_memory(middle: bytes) -> None:
    tracemalloc.start()
    started = time.perf_counter()
    article = extract(page(html(body="").encode() + middle + html().encode()))
    seconds = time.perf_counter() - started
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert TEXT in article.body
    assert seconds < 20  # tracemalloc slows it several times
    assert peak < 400_000_000


PIECES = st.lists(
    st.sampled_from(
        [b"<html lang=en>", b"<h1>", b"</h1>", b"<p>", b"</p>", b"<div class=ad>", b"</div>", b"<br>", b"<img src=x>",
         b"<script type=application/ld+json>", b'{"@type":"NewsArticle","headline":', b'"x"', b"}", b"</script>",
         b"<meta name=date content=", b"2025-01-01T00:00Z>", b"<a href=", b"'//[::1'>", b"<link rel=canonical href='http://[x'>",
         b"<time datetime='2025-13-45T99:99'>", TEXT.encode(), b"\xff\xfe", b"\0", b"</body>"]
    )
    | st.binary(max_size=8),
    max_size=25,
).map(b"".join)  # fmt: skip


@given(PIECES, st.sampled_from(["https://town.example/a/b", "https://report.az/ru/a/b", "http://x/"]))
def test_any_bytes_give_an_article_or_a_page_error(body: bytes, url: str) -> None:
    with contextlib.suppress(PageError):
        article = extract(page(body, url))
        assert isinstance(article, Article)
        assert article.headline
        assert article.body
