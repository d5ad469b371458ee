"""Text to HTML: escaping, and the ways in which editors' tools write a paragraph."""

from __future__ import annotations

import re

from newscrawl.replica.dice import Dice

_NBSP_IN_FIGURES = re.compile(r"(?<=\d) (?=\d)")
_LONG_WORD = re.compile(r"\b([^\W\d_]{5})([^\W\d_]{6,})\b")
_NAMED = {"«": "&laquo;", "»": "&raquo;", "–": "&ndash;", '"': "&quot;", "ə": "&#601;", "·": "&middot;"}


def escape(text: str) -> str:
    """Escape for text and attribute values."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def inline(text: str, features: frozenset[str], dice: Dice, link: str) -> str:
    """Write a paragraph's text with the entities and elements that the page's features ask for."""
    if "entities" in features:
        return _with_entities(text)
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    if "nested-inline" in features:
        return _nested(escaped, dice, link)
    return escaped


def loosen(html: str) -> str:
    """Change white space only: an editor's tool has wrapped the lines anew."""
    return "\n\n    " + html.replace(", ", ",\n        ").replace("</p>", "\n  </p>\n")


def _with_entities(text: str) -> str:
    """Write letters as entities, figures with no-break spaces, long words with soft hyphens."""
    html = text.replace("&", "&amp;").replace("<", "&lt;")
    html = _LONG_WORD.sub(r"\1&shy;\2", html, count=2)
    html = _NBSP_IN_FIGURES.sub("&nbsp;", html)
    html = html.replace(", ", ",\xa0", 1)
    for letter in '«»–"':
        html = html.replace(letter, _NAMED[letter])
    return html.replace("ə", _NAMED["ə"], 3)


def _nested(html: str, dice: Dice, link: str) -> str:
    """Wrap words in spans, bold type and a link."""
    words = html.split(" ")
    if len(words) < 8:
        return f'<span style="font-size:18px"><span>{html}</span></span>'
    first = dice.between(1, len(words) - 6)
    bold = " ".join(words[first : first + 2])
    linked = " ".join(words[first + 3 : first + 5])
    before, between = " ".join(words[:first]), words[first + 2]
    after = " ".join(words[first + 5 :])
    return (
        f'<span style="font-size:18px"><span lang="az">{before} <strong>{bold}</strong> {between} '
        f'<a href="{link}" target="_blank">{linked}</a> {after}</span></span>'
    )
