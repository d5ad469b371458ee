"""The element that holds the article is found on pages nobody has described."""

import pytest
from lxml import etree, html

from newscrawl.pages import body

SENTENCES = [
    "The council of the town decided on Monday to build a new bridge over the river.",
    "“It will take two years and cost nine million,” the mayor said after the meeting.",
    "People who live on the other bank have waited for it since the flood of 1998.",
    "The old bridge stays open for walkers, and a ferry will carry the cars until then.",
]
ARTICLE = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
MENU = "<nav><ul><li><a href=/a>News</a></li><li><a href=/b>Sport</a></li></ul></nav>"
TEASERS = "".join(
    f"<div class=card><a href=/{n}><h3>Another story {n}</h3><p>A teaser of another story, in a sentence.</p></a></div>"
    for n in range(8)
)
COMMENTS = "<div id=comments>" + "<p>I think that this is a very good decision of the council.</p>" * 10 + "</div>"


def found(page: str, told: str = "", headline: str = "A new bridge") -> list[str]:
    root = etree.fromstring(f"<html><body>{page}</body></html>", html.HTMLParser(remove_comments=True))
    return [block.text for block in body.find(root, told, headline).blocks]


@pytest.mark.parametrize(
    "page",
    [
        f"{MENU}<h1>A new bridge</h1><div class=text>{ARTICLE}</div>{TEASERS}{COMMENTS}",
        f"{MENU}<main><article><h1>A new bridge</h1><p>12 May 2025</p>{ARTICLE}</article>{TEASERS}</main>",
        f"<div id=page><div class=left>{ARTICLE}</div><div class=right>{TEASERS}</div></div>{COMMENTS}",
        f"<form>{MENU}<h1>A new bridge</h1><div>{'<br><br>'.join(SENTENCES)}</div>{TEASERS}</form>",
        "<h1>A new bridge</h1><section>"
        + "".join(f"<div><p>{s}</p></div>" for s in SENTENCES)
        + f"</section>{TEASERS}",
        f"<article>{ARTICLE}</article><article><h2>Next</h2><p>{'The next story is here. ' * 5}</p></article>",
        f"<h1>A new bridge</h1><div><div class=share>Share</div>{ARTICLE}<p>By Jo Doe</p></div>",
        f"<h1>A new bridge</h1><div>{ARTICLE}<h2>Read more</h2><ul><li><a href=/x>Another one</a></li></ul></div>",
    ],
)
def test_the_article_and_nothing_else(page: str) -> None:
    assert found(page) == SENTENCES


def test_subheadings_stay_where_something_follows_them() -> None:
    end = "Work begins in the spring of next year."
    page = f"<h1>A new bridge</h1><div>{ARTICLE}<h2>Cost</h2><h2>Time</h2><p>{end}</p><h2>Read more</h2></div>"
    assert found(page) == [*SENTENCES, "Cost", "Time", end]


def test_what_json_ld_tells_decides_between_two_texts() -> None:
    other = "".join(f"<p>{'Another text, which is longer than the article itself. ' * 3}</p>" for _ in range(4))
    page = f"<div class=one>{other}</div><div class=two>{ARTICLE}</div>"
    assert found(page, told=" ".join(SENTENCES) * 2) == SENTENCES


def test_a_teaser_in_json_ld_does_not_cut_the_article() -> None:
    assert found(f"<div>{ARTICLE}</div>", told=SENTENCES[0] * 4) == SENTENCES


def test_japanese_is_prose_too() -> None:
    paragraphs = [
        "市議会は月曜日、川に新しい橋を架けることを決めた。",
        "市長は会議の後、二年かかると話した。",
        "対岸の住民は長年待ち望んでいた。",
    ]
    article = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    page = f"<h1>新しい橋</h1><div>{article}</div><ul>{'<li><a href=/x>社会</a></li>' * 9}</ul>"
    assert found(page, headline="新しい橋") == paragraphs


@pytest.mark.parametrize("page", ["", MENU, "<h1>A new bridge</h1>", "<p></p>" * 5])
def test_a_page_without_text_has_none(page: str) -> None:
    assert found(page) == []
