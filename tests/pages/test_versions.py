"""The versions of an article in other languages, wherever a page puts the links."""

import pytest
from web_poet import HttpResponse

from newscrawl.items import Alternate
from newscrawl.pages import metadata, versions
from newscrawl.pages.document import Document
from newscrawl.sites.report_az import REPORT

URL = "https://report.az/en/other-countries/lavrov"
AZ, RU = "https://report.az/diger-olkeler/lavrov-moskva", "https://report.az/ru/drugie-strany/lavrov-moskva"
TITLES = {AZ: "Lavrov: Moskva hazırdır", RU: "Лавров: Москва готова"}
BOTH = (Alternate(language="az", url=AZ, headline=TITLES[AZ]), Alternate(language="ru", url=RU, headline=TITLES[RU]))


def found(page: str, head: str = "", url: str = URL) -> tuple[Alternate, ...]:
    document = Document(HttpResponse(url, f"<html><head>{head}</head><body>{page}</body></html>".encode()))
    headings, bodies = document.select("h1"), document.select(".text")
    return versions.find(document, metadata.read(document), url, REPORT, headings, bodies).alternates


def article(inside: str = "", after: str = "", beside: str = "") -> str:
    return f"""<nav><a href="/ru">RU</a><a href="/">AZ</a><a href="/ru/ikt">ИКТ</a><a href="/en/ict">ICT</a></nav>
    <div class=row><div class=left><h1>Lavrov</h1><div class=text><p>Text of it.</p>{inside}</div>{after}</div>
    <div class=right>{beside}</div></div>"""


LINKS = f'<a href="/diger-olkeler/lavrov-moskva">{TITLES[AZ]}</a> <a href="{RU}/">{TITLES[RU]}</a>'


@pytest.mark.parametrize(
    "page",
    [
        article(after=LINKS),
        article(after=f"<div class=x><p>{LINKS.replace('</a> ', '</a></p><p>')}</p></div>"),
        article(after=f"<ul><li>{LINKS.replace('</a> ', '</a></li><li>')}</li></ul>"),
        article(inside=f"<div class=tags><a href=/t>Tag</a></div><div>{LINKS}</div>"),
        article() + f"<section>{LINKS}</section>",
        article(after=LINKS, beside=f"<div class=latest-list>{LINKS}</div>"),
    ],
)
def test_links_whose_text_is_the_title(page: str) -> None:
    assert found(page) == BOTH


def test_hreflang_in_the_head_and_titles_from_links() -> None:
    head = f'<link rel=alternate hreflang=az href="{AZ}"><link rel=alternate hreflang=ru-RU href="{RU}">'
    head += f'<link rel=alternate hreflang=en href="{URL}"><link rel=alternate hreflang=x-default href="https://report.az/">'
    assert found(article(after=LINKS), head) == BOTH
    assert found(article(), head) == (Alternate(language="az", url=AZ), Alternate(language="ru", url=RU))


def test_the_path_tells_the_language_not_the_name_a_template_gives_it() -> None:
    head = f'<link rel=alternate hreflang=ru href="{AZ}"><link rel=alternate hreflang=az href="{AZ}">'
    head += '<link rel=alternate hreflang=ru href="https://report.az/en/region/other">'
    assert found(article(), head) == (Alternate(language="az", url=AZ),)


def test_a_switch_that_prints_the_language_only() -> None:
    switch = f'<header><a href="{URL}">EN</a><a href="{AZ}">Azərbaycanca</a><a href="{RU}">RU</a></header>'
    assert found(switch + article()) == (Alternate(language="az", url=AZ), Alternate(language="ru", url=RU))
    assert found(switch + article(after=LINKS)) == BOTH


def test_one_version_for_each_language_the_first() -> None:
    more = '<div><a href="/ru/finansy/drugoe">Другое</a></div>'
    assert found(article(after=LINKS + more)) == BOTH


OTHER = '<a href="/ru/finansy/chuzhaya">Чужая новость</a>'
MORE = "<p>More of it will follow.</p>"


@pytest.mark.parametrize(
    "inside",
    [
        f"<b>Read also:</b><br>{OTHER}{MORE}",
        f"<p>Read also: {OTHER}</p>{MORE}",
        f"<p>{OTHER}</p>{MORE}",
        f"<p>{OTHER}</p>",
        f"<div>{OTHER}</div><p>Read it.</p>",
    ],
)
def test_a_link_inside_the_text_never_wins_over_one_outside(inside: str) -> None:
    assert found(article(inside=inside, after=LINKS)) == BOTH
    assert found(article(inside=inside, after=LINKS.split("</a>")[0] + "</a>")) == BOTH[:1]


def test_a_link_inside_the_text_prints_the_version_that_the_head_names() -> None:
    head = f'<link rel=alternate hreflang=az href="{AZ}"><link rel=alternate hreflang=ru href="{RU}">'
    assert found(article(inside=f"<div>{LINKS}</div>"), head) == BOTH
    assert found(article(inside=f"<p>{OTHER}</p>"), head) == (
        Alternate(language="az", url=AZ),
        Alternate(language="ru", url=RU),
    )


@pytest.mark.parametrize(
    "page",
    [
        article(inside=f"<p>{OTHER}</p>{MORE}"),
        article(inside=f"{OTHER} and more of it."),
        article(inside=f"<b>Read also:</b><br>{OTHER}"),
        article(inside=f"<h3>Read also</h3><ul><li>{OTHER}</li><li><a href={AZ}>Başqa</a></li></ul>"),
        article(after=f"<p>Read also:</p><p>{OTHER}</p>"),
        article(inside=f'<p>As <a href="{RU}">Report said in Russian</a>, it is so.</p>'),
        article(beside=f'<div><a href="/en/region/other">Other</a><a href="{RU}">{TITLES[RU]}</a></div>'),
        article(after=f'<a class=card href="{RU}"><img src=x.jpg>{TITLES[RU]}</a>'),
        article(after=f'<div class=item><time>17:40</time><a href="{RU}">{TITLES[RU]}</a></div>'),
        article(after=f'<ul><li>17:40</li><li><a href="{RU}">{TITLES[RU]}</a></li></ul>'),
        article(after=f"<aside>{LINKS}</aside>"),
        article(after=f"<div class=related-news>{LINKS}</div>"),
        article(after='<a href="/ru/finansy">Финансы</a><a href="/ru">Русский</a><a href="/2844552">Link</a>'),
        article(after='<a href="https://other.example/ru/a/b">Другое</a><a href="javascript:;">x</a><a>y</a>'),
        article(after=f'<a href="{RU}"></a>'),
    ],
)
def test_what_is_no_version_of_the_article(page: str) -> None:
    assert found(page) == ()


def test_from_the_language_at_the_root() -> None:
    page = article(after=f'<a href="{RU}">{TITLES[RU]}</a><a href="/en/other-countries/lavrov">Lavrov</a>')
    assert [one.language for one in found(page, url=AZ)] == ["ru", "en"]


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        ("http://www.report.az/en/amp/other-countries/lavrov/?utm_source=x", URL),
        ("/en/region/other-name", "https://report.az/en/region/other-name"),
        ("https://report.az/", URL),
        ("https://report.az/en", URL),
        ("https://other.example/en/a/b", URL),
        ("https://report.az/other-countries/lavrov", URL),
        ("https://report.az/ru/other-countries/lavrov", URL),
        ("", URL),
        (None, URL),
    ],
)
def test_own_address(named: str | None, expected: str) -> None:
    assert versions.own_address(URL + "/?fbclid=1", named, REPORT) == expected


def test_a_short_link_has_no_language_of_its_own() -> None:
    assert versions.own_address("https://report.az/2844552", URL, REPORT) == URL
