"""report.az: the current and the older design, and what must not leak from around the article."""

import asyncio

import pytest
from web_poet import HttpResponse

from newscrawl.errors import MissingField, UnknownLayout
from newscrawl.items import Alternate, Article, Image
from newscrawl.sites.report_az import LegacyReportArticlePage, ReportArticlePage

URL = "https://report.az/ru/finansy/kurs-manata"
CARD = """<div class="index-post-block" data-timestamp="2025-11-11 17:40:00">
<a class="news__item" href="/ru/region/drugoe">
<h2 class="news__title ">Другая новость</h2><span class="news__category">Регион</span>
<ul class="news__date"><li>10 ноября, 2025</li><li>09:00</li></ul></a></div>"""
BODY = """<p>Центральный банк объявил курс маната.</p><script>var x = 1;</script>
<h3>Курс</h3><ul><li>Доллар: 1,7</li><li>Евро: 1,9</li></ul><blockquote>Курс не изменится.</blockquote>
<blockquote class="twitter-tweet"><p>Твит</p></blockquote><iframe src="https://video.example/1"></iframe>
<figure><img data-src="https://images.report.az/photo/b_850.jpg"><figcaption>Фото: Report</figcaption></figure>
<p><strong>Читайте также:</strong> <a href="/ru/finansy/drugoy-kurs">Другой курс</a></p>
<p>Подписывайтесь на наш Telegram-канал</p><p>Основатель Telegram прокомментировал это.<br>Других новостей нет.</p>
<div class="tags"><a href="/ru/tag/manat">манат</a><a href="/ru/tag/kurs">курс</a></div>"""


def page(
    body: str = BODY,
    head: str = "",
    when: str = "<li>11 ноября, 2025</li><li>00:30</li>",
    title: str = "Курс маната - ОБНОВЛЕНО",
) -> str:
    return f"""<!DOCTYPE html><html lang="ru"><head>{head}</head><body>
<nav><a href="/en">EN</a><a href="/">AZ</a></nav>{CARD}
<h1 class="section-title">{title}</h1><div class="news-detail__head">
<a class="news__category" href="/ru/finansy">Финансы</a>
<ul class="news__date">{when}</ul></div><div class="news-detail__main-photo">
<img src="data:image/gif;base64,R0" data-src="https://images.report.az/photo/a_850.jpg"></div>
<div class="news-detail__desc">{body}</div><span class="copy-url" data-url="report.az/2844552"></span>
<div><a href="/maliyye-xeberleri/manatin-mezennesi">Manatın məzənnəsi</a></div>
<div class="sidebar"><h3>Последние новости</h3><ul><li>17:50
<a href="/ru/finansy/kurs-manata">Курс маната</a></li></ul>{CARD}</div></body></html>"""


def read(html: str, url: str = URL) -> Article:
    return asyncio.run(ReportArticlePage(HttpResponse(url, html.encode())).to_item())


def test_every_field_of_the_current_design() -> None:
    article = read(page())
    assert article.headline == "Курс маната - ОБНОВЛЕНО"
    assert article.body.split("\n\n") == [
        "Центральный банк объявил курс маната.", "Курс", "Доллар: 1,7", "Евро: 1,9", "Курс не изменится.",
        "Основатель Telegram прокомментировал это.\nДругих новостей нет.",
    ]  # fmt: skip
    assert (article.section, article.section_slug, article.language) == ("Финансы", "finansy", "ru")
    assert (article.published_at, article.published_text) == ("2025-11-11T00:30:00+04:00", "11 ноября, 2025 00:30")
    assert article.tags == ("манат", "курс")
    assert article.alternates == (
        Alternate(
            language="az", url="https://report.az/maliyye-xeberleri/manatin-mezennesi", headline="Manatın məzənnəsi"
        ),
    )
    assert (article.short_url, article.site_article_id) == ("https://report.az/2844552", "2844552")
    assert article.image_url == "https://images.report.az/photo/a_850.jpg"
    assert article.images == (
        Image(url="https://images.report.az/photo/a_850.jpg"),
        Image(url="https://images.report.az/photo/b_850.jpg", caption="Фото: Report"),
    )
    assert (article.url, article.aliases) == (URL, {"https://report.az/2844552": "short link"})
    assert (article.site, article.parser) == ("report", "newscrawl.sites.report_az.ReportArticlePage")


@pytest.mark.parametrize(
    ("url", "when", "expected"),
    [
        ("https://report.az/finans/x-y", "<li>11 mart, 2025</li><li>17:50</li>", "2025-03-11T17:50:00+04:00"),
        ("https://report.az/finans/x-y", "<li>1 İYUN, 2025</li><li>00:30</li>", "2025-06-01T00:30:00+04:00"),
        ("https://report.az/en/finance/x-y", "<li>11 November, 2025</li><li>17:50</li>", "2025-11-11T17:50:00+04:00"),
        ("https://report.az/finans/x-y", "<li>31 fevral, 2025</li><li>17:50</li>", None),
        ("https://report.az/finans/x-y", "", None),
    ],
)
def test_printed_times(url: str, when: str, expected: str | None) -> None:
    assert read(page(when=when), url).published_at == expected


def test_machine_readable_times_come_first() -> None:
    meta = '<meta property="article:published_time" content="2025-11-11 17:50:12">'
    assert read(page(head=meta)).published_at == "2025-11-11T17:50:12+04:00"
    node = '[{"@type": "NewsArticle", "datePublished": "2025-11-11T17:50:13+04:00",}]'
    data = f'<script type="application/ld+json">{node}</script>'
    article = read(page(head=meta + data))
    assert (article.published_at, article.sources["published_at"], article.flags) == (
        "2025-11-11T17:50:13+04:00",
        "json-ld",
        (),
    )


def test_the_placeholder_is_no_image() -> None:
    html = page().replace(
        'data-src="https://images.report.az/photo/a_850.jpg"', 'data-src="/assets/images/thunk_600.webp"'
    )
    assert read(html).image_url is None


def test_amp_and_tracking_addresses_are_aliases() -> None:
    article = read(page(), "https://www.report.az/ru/amp/finansy/kurs-manata/?utm_source=t")
    assert article.url == URL
    assert article.aliases["https://www.report.az/ru/amp/finansy/kurs-manata/?utm_source=t"] == "amp"


def test_the_older_design() -> None:
    old = f"""<html><body><section class="news-inner-page"><div class="selected-news">
    <h1 class="news-title">Yeni körpü</h1>
    <div class="category-date"><a class="news-category" href="/region/">Region</a></div>
    <div class="news-date"><span>16 noyabr, 2021</span><span>14:00</span></div>
    <div class="news-cover"><div class="image"><img src="https://static.report.az/photo/a_850.jpg"></div></div>
    <div class="editor-body"><p>Yeni körpü açılıb.</p><div class="subs-in-social">Bizə yazın</div></div>
    <div class="news-tags"><a href="/t">körpü</a></div></div></section>{CARD}</body></html>"""
    article = read(old, "https://report.az/region/yeni-korpu/")
    assert (article.headline, article.body, article.section) == ("Yeni körpü", "Yeni körpü açılıb.", "Region")
    assert (article.published_at, article.tags) == ("2021-11-16T14:00:00+04:00", ("körpü",))
    assert article.image_url == "https://static.report.az/photo/a_850.jpg"
    assert article.parser == f"{LegacyReportArticlePage.__module__}.LegacyReportArticlePage"


NODE = """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Другая новость",
"url": "https://report.az/ru/finansy/drugaya", "datePublished": "2025-11-11T17:52:00+04:00",
"description": "Другой текст", "keywords": "x, y"}</script>"""


def test_data_of_another_article_is_not_of_this_one() -> None:
    article = read(page(head=NODE))
    assert (article.published_at, article.summary) == ("2025-11-11T00:30:00+04:00", None)
    assert read(page(head=NODE.replace("Другая новость", "Курс маната - обновлено"))).summary == "Другой текст"


@pytest.mark.parametrize(
    "when",
    [
        "<li>11 ноября, 2025</li><li>00:30</li><li>1 234</li>",
        "<li>11 ноября, 2025 00:30</li><li>1 234</li><li>5</li>",
        "<li>11 ноября, 2025</li><li>00:30</li><li>11 ноября, 2025</li><li>00:30</li>",
    ],
)
def test_what_else_stands_beside_the_date(when: str) -> None:
    article = read(page(when=when))
    assert (article.published_at, article.published_text) == ("2025-11-11T00:30:00+04:00", "11 ноября, 2025 00:30")
    assert article.flags == ()


def test_a_printed_time_that_cannot_be_read_is_flagged() -> None:
    article = read(page(when="<li>31 февраля, 2025</li><li>17:50</li>"))
    assert (article.published_at, article.published_text) == (None, "31 февраля, 2025 17:50")
    assert article.flags == ("published_text '31 февраля, 2025 17:50' cannot be read",)
    assert read(page(when="")).flags == ()


@pytest.mark.parametrize(
    "above",
    [
        '<h1 class="section-title">Последние новости</h1>',
        '<header><h1 class="section-title">Последние новости</h1></header>',
    ],
)
def test_the_headline_is_the_one_at_the_header_block(above: str) -> None:
    assert read(page().replace("<nav>", f"{above}<nav>")).headline == "Курс маната - ОБНОВЛЕНО"
    title = "<title>Курс маната | Report.az</title>"
    apart = page(head=title).replace("</h1><div class", "</h1><hr><div class")
    assert read(apart.replace("<nav>", f"{above}<nav>")).headline == "Курс маната - ОБНОВЛЕНО"
    inside = page(title="Курс маната").replace('news__category"', 'x"></a><h1>Курс</h1><a class="news__category"')
    assert read(inside).headline == "Курс"


TOPICS = '<div class="topics tags"><a href="/ru/wuf13">WUF13</a></div>'
META = '<meta name="keywords" content="news, azerbaijan"><meta name="news_keywords" content="report">'
PLAIN = "<p>Центральный банк объявил курс маната.</p>"


def test_tags_are_those_of_the_article() -> None:
    assert read(page(head=META).replace("<nav>", f"{TOPICS}<nav>")).tags == ("манат", "курс")
    behind = f'{PLAIN}</div><div class="tags"><a href="/ru/t/1">манат</a></div><aside>{TOPICS}</aside><div>'
    assert read(page(body=behind).replace("<nav>", f"<header>{TOPICS}</header><nav>")).tags == ("манат",)


def test_topics_and_keywords_of_the_site_are_no_tags() -> None:
    assert read(page(body=PLAIN, head=META).replace("<nav>", f"{TOPICS}<nav>")).tags == ()
    assert read(page(body=PLAIN, head=META + '<meta property="article:tag" content="манат">')).tags == ("манат",)


SECOND = '<div class="news-detail__desc"><p>Вторая часть текста.</p></div>'


def test_the_body_may_stand_in_several_elements() -> None:
    whole = page(body=f"<p>Первая часть текста.</p></div><div class=ad>Реклама</div>{SECOND}<div>")
    assert read(whole).body == "Первая часть текста.\n\nВторая часть текста."
    assert read(page(body=f"</div>{SECOND}<div>")).body == "Вторая часть текста."
    assert (
        read(page(body=f"<p>Первая часть текста.</p>{SECOND}")).body == "Первая часть текста.\n\nВторая часть текста."
    )


def test_the_next_article_on_the_page_is_another() -> None:
    below = f'<h1 class="section-title">Другая новость</h1>{SECOND}'
    assert read(page(body=f"<p>Первая часть текста.</p></div>{below}<div>")).body == "Первая часть текста."


def test_a_soft_404_and_a_photo_page() -> None:
    with pytest.raises(UnknownLayout, match=r"report\.az/ru/finansy/kurs-manata"):
        read(f"<html><body><h1>Səhifə tapılmadı</h1>{CARD}</body></html>")
    with pytest.raises(MissingField, match=r"^body: nothing in \.news-detail__desc"):
        read(page(body="<figure><img src=a.jpg><figcaption>Фото</figcaption></figure>"))


def test_utf8_without_and_against_the_header() -> None:
    response = HttpResponse(URL, page().encode(), headers={"Content-Type": "text/html; charset=iso-8859-1"})
    assert asyncio.run(ReportArticlePage(response).to_item()).headline == "Курс маната - ОБНОВЛЕНО"
