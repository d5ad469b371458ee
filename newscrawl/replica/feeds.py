"""RSS, news sitemap and robots.txt."""

from __future__ import annotations

from datetime import datetime

from newscrawl.replica.article import article_id, photo
from newscrawl.replica.clock import BAKU
from newscrawl.replica.languages import LANGUAGES, PREFIX
from newscrawl.replica.markup import escape
from newscrawl.replica.site import Replica
from newscrawl.replica.structured import HOST

FEED_ITEMS = 30
SITEMAP_DAYS = 2
SITEMAP_ENTRIES = 1_000
ROBOTS = """User-agent: *
Disallow: /search
Disallow: /login
Disallow: /register

Sitemap: https://report.az/news-sitemap.xml
"""


def rss(replica: Replica, language: str) -> str:
    """Return the feed of a language: its 30 newest articles."""
    numbers = [n for n, _ in zip(replica.numbers(language), range(FEED_ITEMS), strict=False)]
    items = "".join(_item(replica, number, language) for number in numbers)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0">
<channel>
<title>Report News Agency</title>
<link>{HOST + PREFIX[language] + "/"}</link>
<description>Report News Agency</description>
<language>{language}</language>
{items}</channel>
</rss>
"""


def _item(replica: Replica, number: int, language: str) -> str:
    card, way = replica.card(number, language), replica.way.feed
    link = HOST + card.path
    lead = replica.texts.copy(number, language).lead
    date = datetime.fromtimestamp(replica.published(number), BAKU).strftime("%a, %d %b %Y %H:%M:%S +0400")
    title = f"<![CDATA[{card.headline}]]>" if way in ("full", "number") else escape(card.headline)
    fields = {
        "guid": f"<guid>{link}</guid>\n<category>{card.section}</category>\n<description>{escape(lead)}</description>\n"
        f'<enclosure url="{photo(replica.seed, number)}" type="image/jpeg" length="0"/>',
        "full": f"<description><![CDATA[<p>{lead}</p>]]></description>",
        "number": f'<guid isPermaLink="false">{article_id(number, language)}</guid>\n'
        f"<description><![CDATA[<img src='{photo(replica.seed, number)}'/>{lead}]]></description>\n"
        f"<category>{card.section}</category>",
        "same-guid": f'<guid isPermaLink="false">report.az</guid>\n<description>{escape(lead)}</description>',
    }[way]
    return f"<item>\n<title>{title}</title>\n<link>{link}</link>\n<pubDate>{date}</pubDate>\n{fields}\n</item>\n"


def news_sitemap(replica: Replica) -> str:
    """Return the articles of the last two days, all languages mixed, at most a thousand."""
    oldest = replica.published(replica.total - 1) - SITEMAP_DAYS * 86_400
    entries: list[str] = []
    for number in range(replica.total - 1, -1, -1):
        if replica.published(number) < oldest or len(entries) >= SITEMAP_ENTRIES:
            break
        entries += [_entry(replica, number, lang) for lang in LANGUAGES if replica.exists(number, lang)]
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
{"".join(entries[:SITEMAP_ENTRIES])}</urlset>
"""


def _entry(replica: Replica, number: int, language: str) -> str:
    card = replica.card(number, language)
    published = replica.published(number)
    date = datetime.fromtimestamp(published, BAKU).isoformat()
    return f"""<url>
<loc>{HOST + card.path}</loc>
{_lastmod(replica.edited(number) or published) if replica.way.lastmod else ""}<news:news>
<news:publication><news:name>Report</news:name><news:language>{language}</news:language></news:publication>
<news:publication_date>{date}</news:publication_date>
<news:title>{escape(card.headline)}</news:title>
</news:news>
<image:image><image:loc>{photo(replica.seed, number)}</image:loc></image:image>
</url>
"""


def _lastmod(second: int) -> str:
    return f"<lastmod>{datetime.fromtimestamp(second, BAKU).isoformat()}</lastmod>\n"
