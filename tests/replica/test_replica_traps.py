"""What stands in a body of the stand-in and is hard to tell from text, read with the crudest of readers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from newscrawl.replica import wording
from newscrawl.replica.phrasebook import COMMON
from newscrawl.replica.routes import fetch
from newscrawl.replica.site import Replica
from tests.replica.conftest import HOST
from tests.replica.reading import links_of, words, words_of_page

Record = dict[str, Any]
REPLICA = Replica(stories=240)
LANGUAGES = ("az", "ru", "en")


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return list(REPLICA.truth())


def html_of(record: Record) -> str:
    return fetch(REPLICA, record["url"]).body.decode()


def body_html(record: Record) -> str:
    """Return what stands from the first body element to the tags or share links after the last."""
    html = html_of(record)
    return html[html.index('<div class="news-detail__desc">') : html.index('<div class="share">')]


def pages_of(records: list[Record], kind: str, at_least: int = 2) -> Iterator[tuple[Record, str]]:
    found = [record for record in records if record["kind"] == kind]
    assert len(found) >= at_least, kind
    return ((record, body_html(record)) for record in found)


@pytest.mark.parametrize("kind", ["read-also-foreign", "read-also-foreign-below"])
def test_some_bodies_point_to_an_article_of_another_story_in_another_language(records: list[Record], kind: str) -> None:
    by_url = {record["url"]: record for record in records}
    lacking = set()
    for record, html in pages_of(records, kind):
        label = f"<b>{wording.READ_ALSO[record['language']]}:</b>"
        (path, headline) = links_of(html[html.index(label) :])[0]
        linked = by_url[HOST + path]
        assert linked["language"] != record["language"]
        assert words(linked["headline"]) == words(headline)
        assert words(headline) not in words(record["body"])
        assert HOST + path not in [other["url"] for other in record["alternates"]]
        lacking.add(linked["language"] not in {other["language"] for other in record["alternates"]})
    assert True in lacking, "no page whose story has no version in the language of the link"


def test_some_sentences_are_links_for_the_most_part(records: list[Record]) -> None:
    for record, html in pages_of(records, "linked-subject"):
        texts = [text for _, text in links_of(html) if len(text) > 60]
        own = [p for p in record["body"].split("\n\n") for text in texts if p.startswith(text) and p != text]
        assert any(len(text) > len(p) / 2 for p in own for text in texts if p.startswith(text)), record["url"]


def test_some_lists_of_the_text_consist_of_links_to_articles(records: list[Record]) -> None:
    urls = {record["url"] for record in records}
    for record, html in pages_of(records, "linked-list"):
        lists = re.findall(r"</p>\n<ul>\n(<li><a .*?)</ul>", html, re.DOTALL)
        for href, text in links_of(lists[0]):
            assert HOST + href in urls
            assert text in record["body"].split("\n\n")


def test_some_tweets_are_longer_than_the_article(records: list[Record]) -> None:
    for record, html in pages_of(records, "brief-long-tweet"):
        tweet = re.findall(r'<blockquote class="twitter-tweet".*?</blockquote>', html, re.DOTALL)[0]
        said = words_of_page(tweet)
        assert len(said) > len(words(record["body"]))
        assert all(words(part) not in words(record["body"]) for part in tweet.split("<br><br>")[1:-1])


def test_some_captions_are_long(records: list[Record]) -> None:
    for record, html in pages_of(records, "caption-long"):
        captions = re.findall(r"<figcaption>(.*?)</figcaption>|image-caption\">(.*?)</div>", html, re.DOTALL)
        longest = max((words_of_page(one or other) for one, other in captions), key=len)
        assert len(longest.split()) > 30
        assert longest[:60] not in words(record["body"])


def test_short_sentences_are_text_and_share_lines_are_not(records: list[Record]) -> None:
    for record, html in pages_of(records, "short-sentences"):
        starts = _openings("short-sentences", record["language"])
        short = [p for p in record["body"].split("\n\n") if any(re.fullmatch(start, p) for start in starts)]
        assert len(short) == 2, record["url"]
        line = next(line for line in _share_lines(record["language"]) if words(line) in words_of_page(html))
        assert words(line) not in words(record["body"])


def test_share_lines_stand_between_paragraphs_too(records: list[Record]) -> None:
    before_the_end = 0
    for record, html in pages_of(records, "share-line-inside"):
        page = words_of_page(html)
        line = next(words(line) for line in _share_lines(record["language"]) if words(line) in page)
        assert line not in words(record["body"])
        before_the_end += page.index(line) < page.index(words(record["body"].split("\n\n")[-1]))
    assert before_the_end


def test_all_wordings_of_share_lines_occur(records: list[Record]) -> None:
    for language in LANGUAGES:
        pages = "\n".join(words_of_page(html_of(r)) for r in records if r["language"] == language)
        assert all(words(line) in pages for line in _share_lines(language))


def test_some_bodies_have_an_advert_in_the_middle_of_two_elements(records: list[Record]) -> None:
    for record, html in pages_of(records, "two-bodies"):
        first, second = html.split('<div class="news-detail__desc">')[1:]
        paragraphs = [words(p) for p in record["body"].split("\n\n")]
        assert paragraphs[0] in words_of_page(first)
        assert paragraphs[-1] in words_of_page(second)
        assert wording.ADVERT[record["language"]] in first[first.rindex("</div>\n<div") :]


def _openings(group: str, language: str) -> list[str]:
    """Return patterns of the phrases of a group."""
    slots = re.compile(r"\\\{.*?\\\}")
    return [slots.sub(".+", re.escape(phrase[language])) for phrase in COMMON[group]]


def _share_lines(language: str) -> list[str]:
    return [phrase[language] for phrase in COMMON["share-lines"]]
