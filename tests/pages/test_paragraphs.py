"""A content element becomes paragraphs, and nothing else gets in."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from newscrawl.pages.paragraphs import paragraphs


def of(inner: str) -> list[str]:
    return paragraphs(etree.fromstring(f"<div>{inner}</div>", html.HTMLParser(remove_comments=True)).find(".//div"))


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<p>One.</p><p>Two.</p>", ["One.", "Two."]),
        ("<h2>Head</h2><p>One.</p><h3>Sub</h3><p>Two.</p>", ["Head", "One.", "Sub", "Two."]),
        ("<p>List:</p><ul><li>a b</li><li>c <b>d</b></li></ul>", ["List:", "a b", "c d"]),
        ("<p>He said:</p><blockquote><p>First.</p><p>Second.</p></blockquote>", ["He said:", "First.", "Second."]),
        ("<blockquote>Bare quote.</blockquote>", ["Bare quote."]),
        ("Bare text.<br><br>After an empty line.<br>\n<br>Again.", ["Bare text.", "After an empty line.", "Again."]),
        ("One line<br>and the next", ["One line\nand the next"]),
        ("<br>\n <br/>x<br><br><br>", ["x"]),
        ("Text <p>in p</p> tail", ["Text", "in p", "tail"]),
        ("<div>Deep <div><p>inside</p></div> out</div>", ["Deep", "inside", "out"]),
        ("<p>a\n  b\tc\xa0d&nbsp;e&amp;f &#601;</p>", ["a b c d e&f ə"]),
        ("<p>Azər\xadbay\u200bcan</p>", ["Azərbaycan"]),
        ("<p>Ä°ran</p>", ["İran"]),
        ("<p>a<b>b</b><i>c</i> d<a href=x>e</a></p>", ["abc de"]),
        ("<p> </p><p>&nbsp;</p><p></p>", []),
        ("<pre>line 1\nline 2\n\nnext</pre>", ["line 1\nline 2", "next"]),
        ("<table><tr><td>Team</td><td>Points</td></tr><tr><td>A</td><td>3</td></tr></table>", ["Team Points", "A 3"]),
        ("<dl><dt>Term</dt><dd>Meaning.</dd></dl>", ["Term", "Meaning."]),
    ],
)
def test_what_is_one_paragraph(inner: str, expected: list[str]) -> None:
    assert of(inner) == expected


@pytest.mark.parametrize(
    "junk",
    [
        "<script>var a = 'text';</script>",
        "<style>p {}</style>",
        "<noscript>Enable scripts</noscript>",
        "<iframe src=x>No frames</iframe>",
        "<figure><img src=x><figcaption>Photo: someone</figcaption></figure>",
        "<blockquote class='twitter-tweet'><p>A tweet.</p></blockquote>",
        "<blockquote class='instagram-media'>A post.</blockquote>",
        "<div class='tags'><a href=/t/a>Tag</a></div>",
        "<div class='box-related'><p>Another story.</p></div>",
        "<aside><p>Another story.</p></aside>",
        "<div class='adv-block'>Buy this.</div>",
        "<div class='shareButtons'>Share</div>",
        "<div style='display: none'>Hidden.</div>",
        "<div class='photo-caption'>Someone in a town.</div>",
        "<p>Read also: <a href=/x>Another story of the day</a></p>",
        "<p>Həmçinin oxuyun: <a href=/x>Başqa xəbər</a></p>",
        "<p>Читайте также: <a href=/x>Другая новость</a></p>",
        "<p><a href=/x>Another story that is only a link</a></p>",
        "<p>Follow us on Telegram!</p>",
        "<p>Bizi Telegram-da izləyin</p>",
        "<p>Подписывайтесь на наш канал в WhatsApp</p>",
        "<p>Sosial şəbəkələrdə paylaşın</p>",
        "<p>Reklam</p>",
        "<p>Ən son xəbərləri Telegram kanalımızdan izləyin</p>",
        "<p>YouTube kanalımıza abunə olmağı unutmayın!</p>",
        "<p>Не забудьте подписаться на наш YouTube-канал!</p>",
        "<p>Поделиться в социальных сетях</p>",
        "<p>For more news, follow us on X</p>",
        "<p>Share this news on Facebook</p>",
        "<p>Telegram kanalımıza abunə olun https://t.me/x</p>",
        "<p><b>Read also:</b></p><ul><li><a href=/x>Another story</a></li><li><a href=/y>One more story</a></li></ul>",
        "<div class=read-also><p>Read it, it is another story of the day.</p></div>",
        "<p>Source: <a href=https://x.example>The Ministry of Energy</a>.</p>",
        "<h3>Read also</h3><ul class=related><li><a href=/x>Another story</a></li></ul>",
        "<!-- a comment -->",
    ],
)
def test_what_is_left_out(junk: str) -> None:
    before, after = "The minister spoke for an hour.", "Nobody asked him a question."
    assert of(f"<p>{before}</p>{junk}<p>{after}</p>") == [before, after]


@pytest.mark.parametrize(
    "sentence",
    [
        "Telegram founder Pavel Durov said that the messenger would follow the decision of the court this week.",
        "Facebook and WhatsApp were down for two hours on Monday.",
        "Nazirlik bunu Telegram kanalında bildirib.",
        "Министр сообщил об этом в своем телеграм-канале.",
        "Read the decree and see what it says.",
        "Стороны подписали договор о строительстве канала.",
        "По теме энергетики решений нет.",
        "Telegram поделился данными с властями.",
        "Он решил поделиться фото в Telegram.",
        "Telegram abunəçilərinin sayı 1 milyardı ötüb.",
        "İzləyicilər kanal üzərindəki körpüyə baxıblar.",
        "Video Facebook-da 5 dəfə paylaşılıb.",
        "Daha ətraflı məlumat verilməyib.",
        "They like Facebook.",
        "Share prices of Facebook fell.",
        "Azerbaijan and Iran share the Telegram channel.",
        "Read more books, the minister said.",
    ],
)
def test_a_sentence_that_names_a_network_stays(sentence: str) -> None:
    assert of(f"<p>{sentence}</p><p>More.</p>") == [sentence, "More."]


def test_an_element_that_holds_most_of_the_text_is_the_article_whatever_its_class() -> None:
    long = "A long sentence of the article itself, with a full stop. " * 3
    assert of(f"<div class='content-share'><p>{long}</p></div><p>Short.</p>") == [long.strip(), "Short."]
    parts = "".join(f"<div class='sidebar-part'><p>{number} {long}</p></div>" for number in range(4))
    assert len(of(parts)) == 4


NAMES = "Azərbaycan Prezidenti İlham Əliyev və Türkiyə Prezidenti Rəcəb Tayyib Ərdoğan"


@pytest.mark.parametrize("sentence", [f"<a>{NAMES}</a> görüşüb.", f"Bunu <a>{NAMES} bildirib</a>."])
def test_a_sentence_that_is_mostly_a_link_stays(sentence: str) -> None:
    plain = sentence.replace("<a>", "").replace("</a>", "")
    assert of(f"<p>{sentence}</p><p>Görüş Bakıda olub.</p>") == [plain, "Görüş Bakıda olub."]


def test_a_list_of_links_is_of_the_article_unless_something_marks_it() -> None:
    items = "<ul><li><a href=/a>Ministry of Energy</a></li><li><p><a href=/b>Ministry of Finance</a></p></li></ul>"
    assert of(f"<p>They are:</p>{items}") == ["They are:", "Ministry of Energy", "Ministry of Finance"]
    assert of(f"<p>They are three.</p><div class=related>{items}</div>") == ["They are three."]


@pytest.mark.parametrize(
    "embed",
    [
        "<blockquote class=twitter-tweet><p>{long}</p>&mdash; Minister (@min)</blockquote>",
        "<div class=photo-caption>{long}</div>",
        "<div class=read-also><p>{long}</p></div>",
    ],
)
def test_an_embed_is_no_text_however_long(embed: str) -> None:
    long = "We are proud of what has been achieved in these talks. " * 4
    assert of("<p>The minister wrote about it.</p>" + embed.format(long=long)) == ["The minister wrote about it."]


def test_a_sentence_in_a_paragraph_about_pictures_is_text() -> None:
    found = of(
        "<p class=video>The video shows him at work.</p><p id=media>The media were told.</p><p class=photo>AP</p>"
    )
    assert found == ["The video shows him at work.", "The media were told."]


def test_a_figure_without_a_picture_is_a_frame() -> None:
    assert of("<figure><p>Framed by the editor.</p></figure><p>More.</p>") == ["Framed by the editor.", "More."]


def test_has_sidebar_is_no_sidebar() -> None:
    assert of("<p>One is here.</p><div class='has-sidebar with-ads'>Two is here.</div>") == [
        "One is here.",
        "Two is here.",
    ]


def test_dropped_elements_leave_their_tail() -> None:
    element = etree.fromstring("<div><p>One <span>gone</span>two.</p></div>", html.HTMLParser()).find(".//div")
    assert paragraphs(element, {element.find(".//span")}) == ["One two."]


def test_text_after_the_element_is_not_in_it() -> None:
    root = etree.fromstring("<body><div>In.</div>Out.</body>", html.HTMLParser())
    assert paragraphs(root.find(".//div")) == ["In."]


def test_nesting_as_deep_as_the_parser_goes_is_survived_in_linear_time() -> None:
    def seconds(depth: int) -> float:
        parser = html.HTMLParser(huge_tree=True)
        root = etree.fromstring("<div class='sidebar'>" * depth + "<p>Text.</p>" * 1000 + "</div>" * depth, parser)
        started = time.perf_counter()
        assert len(paragraphs(root)) == 1000
        return time.perf_counter() - started

    assert seconds(2000) < 5


WORDS = st.lists(st.sampled_from(["Bakı", "report", "новость", "5", "o’clock", "«да»"]), min_size=1, max_size=5).map(
    " ".join
)
INLINE = st.recursive(WORDS, lambda inner: st.builds("<b>{} {}</b> {}".format, inner, inner, inner), max_leaves=5)
BLOCK = st.builds("<{0}>{1}</{0}>".format, st.sampled_from(["p", "div", "li", "blockquote", "h2", "td"]), INLINE)
NESTED = st.recursive(
    BLOCK | INLINE, lambda inner: st.builds("<div>{}<br>{}<p>{}</p></div> {}".format, inner, inner, inner, inner)
)


@given(NESTED)
def test_no_word_is_lost_or_invented(inner: str) -> None:
    element = etree.fromstring(f"<div>{inner}<p>The end.</p></div>", html.HTMLParser()).find(".//div")
    expected = " ".join(" ".join(element.itertext()).split())
    assert " ".join(" ".join(paragraphs(element)).split()) == expected
