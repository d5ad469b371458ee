"""The body of an article: its HTML and the paragraphs a reader sees in it."""

from __future__ import annotations

import attrs

from newscrawl.replica.article import Article
from newscrawl.replica.dice import Dice
from newscrawl.replica.embeds import advert_between_bodies, gallery, junk_at_end, junk_inside
from newscrawl.replica.links import Links
from newscrawl.replica.markup import escape, inline, loosen


@attrs.frozen
class Piece:
    """A run of HTML in the body."""

    html: str
    texts: tuple[str, ...] = ()
    """The paragraphs in it that belong to the text; none for embeds, captions, adverts and the like."""


@attrs.frozen
class Body:
    """A laid-out body."""

    html: str
    """What stands between the tags of the body element."""

    texts: tuple[str, ...]
    """The paragraphs of the text."""


def lay_out(article: Article, links: Links, tags_html: str) -> Body:
    """Lay out the text of an article.

    links: what it can point to; tags_html: put inside if the page does so.
    """
    features = article.kind.features
    if "photo-only" in features:
        return Body(gallery(article, 6), ())
    dice = Dice(article.stories.seed, article.number, len(article.path), 9)
    pieces = _plain_pieces(article) if features & {"br-text", "div-text"} else _pieces(article, dice, links)
    if article.edit == "body":
        text = article.copy.addition
        pieces.append(Piece(f"<p>{inline(text, frozenset(), dice, '')}</p>", (text,)))
    pieces += [Piece(html) for html in junk_at_end(article)]
    if "tags-inside" in features:
        pieces.append(Piece(tags_html))
    html = "\n".join(piece.html for piece in pieces)
    texts = tuple(text for piece in pieces for text in piece.texts)
    return Body(loosen(html) if article.edit == "whitespace" else html, texts)


def _pieces(article: Article, dice: Dice, links: Links) -> list[Piece]:
    """Lay out as paragraphs, with everything that the page's features put between them."""
    features, copy = article.kind.features, article.copy
    link = links.related[-1][0] if links.related else "/"
    texts = [copy.lead, *copy.paragraphs[: 1 if "brief" in features else None]]
    if "names-platform" in features:
        texts.insert(len(texts) - 1, copy.about_platform)
    if "short-sentences" in features:
        texts.insert(dice.between(1, len(texts)), copy.short_sentences[0])
        texts.append(copy.short_sentences[1])
    pieces = [Piece(f"<p>{inline(text, features, dice, link)}</p>", (text,)) for text in texts]
    _add_subheads(article, dice, pieces)
    for extra in _text_extras(article) + _linked_extras(article, links):
        pieces.insert(dice.between(1, len(pieces)), extra)
    for html in junk_inside(article, links):
        pieces.insert(dice.between(1, len(pieces)), Piece(html))
    if "two-bodies" in features:
        last = max(place for place, piece in enumerate(pieces) if piece.texts)
        pieces.insert(dice.between(1, last), Piece(advert_between_bodies(article)))
    return pieces


def _add_subheads(article: Article, dice: Dice, pieces: list[Piece]) -> None:
    """Put subheadings over paragraphs, never over nothing."""
    features = article.kind.features
    forms = ("<h2>{}</h2>", "<h3>{}</h3>") if "subheads" in features else ("<p><strong>{}</strong></p>",) * 2
    if not features & {"subheads", "subheads-strong"}:
        return
    for place, form, head in zip(dice.some_of(range(1, len(pieces)), 2), forms, article.copy.subheads, strict=False):
        below = pieces[place]
        pieces[place] = Piece(f"{form.format(head)}\n{below.html}", (head, *below.texts))


def _text_extras(article: Article) -> list[Piece]:
    """Return lists and quotes."""
    features, copy = article.kind.features, article.copy
    extras: list[Piece] = []
    for feature, element in (("list", "ul"), ("ordered-list", "ol")):
        if feature in features:
            items = "\n".join(f"  <li>{item}</li>" for item in copy.list_items)
            html = f"<p>{copy.list_intro}</p>\n<{element}>\n{items}\n</{element}>"
            extras.append(Piece(html, (copy.list_intro, *copy.list_items)))
    if "quote" in features:
        inner = f"<p>{copy.quote}</p>" if article.number % 2 else copy.quote
        extras.append(Piece(f"<blockquote>{inner}</blockquote>", (copy.quote,)))
    return extras


def _linked_extras(article: Article, links: Links) -> list[Piece]:
    """Return text that consists of links for the most part: a sentence, a list of documents."""
    features, copy, extras = article.kind.features, article.copy, list[Piece]()
    if not links.related:
        return extras
    if "linked-subject" in features:
        linked, rest = copy.linked_subject
        html = f'<p><a href="{links.related[-1][0]}">{escape(linked)}</a>{escape(rest)}</p>'
        extras.append(Piece(html, (linked + rest,)))
    if "linked-list" in features:
        items = "\n".join(
            f'<li><a href="{links.related[place % len(links.related)][0]}">{escape(item)}</a></li>'
            for place, item in enumerate(copy.linked_items)
        )
        html = f"<p>{copy.linked_intro}</p>\n<ul>\n{items}\n</ul>"
        extras.append(Piece(html, (copy.linked_intro, *copy.linked_items)))
    return extras


def _plain_pieces(article: Article) -> list[Piece]:
    """Lay out without `p`: lines parted by `<br>`, or text and `div` elements straight in the body."""
    copy = article.copy
    texts = [copy.lead, *copy.paragraphs]
    if "br-text" in article.kind.features:
        lines = [text.replace(". ", ".<br>\n", 1) if i == 1 else text for i, text in enumerate(texts)]
        html = ("<br><br>\n" if article.number % 2 else "<br/>\n<br/>\n").join(lines)
        return [Piece(html, tuple(line.replace("<br>", "") for line in lines))]
    if article.number % 2:
        return [Piece(f"<div>{text}</div>", (text,)) for text in texts]
    return [Piece(texts[0], (texts[0],))] + [Piece(f"<p>{text}</p>", (text,)) for text in texts[1:]]
