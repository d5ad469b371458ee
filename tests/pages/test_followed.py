"""Which of a page's links a crawl follows."""

from newscrawl.items import Link, Listing
from newscrawl.pages.followed import of_site
from newscrawl.sites.report_az import REPORT


def test_articles_of_the_site_once_each_the_rest_counted() -> None:
    listing = Listing(
        url="https://report.az/",
        rejected={"no href": 1},
        links=(
            Link(url="http://www.report.az/en/finance/x/?utm_source=rss"),
            Link(url="https://partner.example.com/en/ad/y"),
            Link(url="https://report.az/search?query=z"),
            Link(url="https://report.az/en/finance/x", headline="X", published_at="2025-11-11T17:50:00+04:00"),
            Link(url="https://report.az/energetika/z", headline="Z"),
        ),
    )
    found = of_site(listing, REPORT)
    assert found.links == (
        Link(
            url="https://report.az/en/finance/x",
            language="en",
            headline="X",
            published_at="2025-11-11T17:50:00+04:00",
        ),
        Link(url="https://report.az/energetika/z", language="az", headline="Z"),
    )
    assert found.rejected == {"no href": 1, "foreign host": 1, "not an article": 1}
