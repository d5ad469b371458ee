"""Feeds: RSS, Atom and RDF by one reader."""

import asyncio

import pytest
from web_poet import HttpResponse

from newscrawl.errors import ListingError
from newscrawl.items import Link, Listing
from newscrawl.pages.feed import FeedPage

RSS = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Report</title>
<item><title><![CDATA[Bakıda yeni körpü]]></title><link>https://report.az/region/korpu</link><guid>same</guid>
<pubDate>Tue, 11 Nov 2025 17:50:00 +0400</pubDate><description><![CDATA[<p>x</p>]]></description></item>
<item><title>Ikinci</title><link>https://report.az/region/ikinci</link><guid>same</guid></item>
<item><title>No link</title><guid>same</guid></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><title>One</title>
<link href="/en/a/one"/><published>2025-11-11T17:50:00+04:00</published><updated>2025-11-11T18:50:00+04:00</updated>
</entry></feed>"""


def read(text: str) -> Listing:
    return asyncio.run(FeedPage(HttpResponse("https://report.az/rss/", text.encode())).to_item())


def test_rss_by_link_never_by_guid() -> None:
    assert read(RSS).links == (
        Link(
            url="https://report.az/region/korpu", headline="Bakıda yeni körpü", published_at="2025-11-11T17:50:00+04:00"
        ),
        Link(url="https://report.az/region/ikinci", headline="Ikinci"),
    )


def test_atom_with_its_two_times() -> None:
    assert read(ATOM).links == (
        Link(
            url="https://report.az/en/a/one",
            headline="One",
            published_at="2025-11-11T17:50:00+04:00",
            modified_at="2025-11-11T18:50:00+04:00",
        ),
    )


def test_an_empty_feed_is_a_feed() -> None:
    assert read('<rss version="2.0"><channel><title>t</title></channel></rss>').links == ()


@pytest.mark.parametrize("text", ["", "<html><body>404</body></html>", "{}", "plain"])
def test_what_is_no_feed_is_named(text: str) -> None:
    with pytest.raises(ListingError, match=r"https://report.az/rss/: no <rss>"):
        read(text)
