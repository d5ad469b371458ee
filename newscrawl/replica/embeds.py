"""What stands in a body without being its text: embeds, adverts, captions, read-also and share lines."""

from __future__ import annotations

from newscrawl.replica import wording
from newscrawl.replica.article import Article, photo
from newscrawl.replica.links import Link, Links
from newscrawl.replica.markup import escape

_TWEET = """<blockquote class="twitter-tweet" data-lang="{language}">\
<p lang="en" dir="ltr">Figures for the month are out, \
more at the link <a href="https://t.co/{code}">https://t.co/{code}</a></p>&mdash; Press Service (@pressservice) \
<a href="https://twitter.com/pressservice/status/18{code}">{day}</a></blockquote>
<script async src="https://platform.twitter.com/widgets.js" charset="utf-8"></script>"""
_LONG_TWEET = """<blockquote class="twitter-tweet" data-lang="{language}"><p lang="{language}" dir="ltr">{text} \
<a href="https://t.co/{code}">pic.twitter.com/{code}</a></p>&mdash; Press Service (@pressservice) \
<a href="https://twitter.com/pressservice/status/18{code}">{day}</a></blockquote>
<script async src="https://platform.twitter.com/widgets.js" charset="utf-8"></script>"""
_IFRAME = """<div class="video-wrap"><iframe width="560" height="315" src="https://www.youtube.com/embed/{code}" \
title="YouTube video player" allowfullscreen></iframe></div>"""
_TELEGRAM = """<script async src="https://telegram.org/js/telegram-widget.js?22" \
data-telegram-post="reportnewsaz/{code}" data-width="100%"></script>
<blockquote class="telegram-post"><a href="https://t.me/reportnewsaz/{code}">t.me/reportnewsaz/{code}</a></blockquote>"""
_SCRIPTS = """<style>.news-detail__desc table td {{ padding: 4px 8px; }}</style>
<script>window.newsId = {code}; document.write("<p>Loading player</p>");</script>
<noscript><p>Please enable JavaScript to watch the broadcast.</p></noscript>"""
_ADVERT_INS = """<ins class="adsbygoogle" data-ad-client="ca-pub-4410" data-ad-slot="{code}">{label}</ins>
<script>(adsbygoogle = window.adsbygoogle || []).push({{}});</script>"""
_ADVERT_DIV = """<div class="adv-block" id="adv-{code}"><span>{label}</span><a href="https://ads.example.com/{code}">\
<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="{label}"></a></div>"""
_VIDEO = """<video controls poster="{photo}"><source src="https://video.report.az/{code}.mp4" type="video/mp4">\
Your browser does not support video.</video>"""


def junk_inside(article: Article, links: Links) -> list[str]:
    """Return the pieces between the paragraphs that are no text."""
    features, code = article.kind.features, 100_000 + article.number
    label = wording.ADVERT[article.language]
    values = {"code": code, "label": label, "language": article.language, "day": article.day_text}
    found = [
        template.format(**values, photo=photo(article.stories.seed, article.number, 9))
        for feature, template in (
            ("tweet", _TWEET), ("iframe", _IFRAME), ("telegram-embed", _TELEGRAM), ("scripts", _SCRIPTS),
            ("ads", _ADVERT_INS), ("ads", _ADVERT_DIV), ("video-tag", _VIDEO),
        )
        if feature in features
    ]  # fmt: skip
    if "gallery" in features:
        found.append(gallery(article, 4))
    if "long-tweet" in features:
        text = "<br><br>".join(escape(sentence) for sentence in article.copy.tweets)
        found.append(_LONG_TWEET.format(**values, text=text))
    if "share-line-inside" in features:
        found.append(_share_line(article))
    return found + _captioned(article) + _read_also(article, links)


def junk_at_end(article: Article) -> list[str]:
    """Return what closes the body: the share line."""
    return [_share_line(article)] if "share-line" in article.kind.features else []


def advert_between_bodies(article: Article) -> str:
    """Return the end of a body element, an advert, and the beginning of another body element."""
    label = wording.ADVERT[article.language]
    return (
        f'</div>\n<div class="adv-between"><span>{label}</span><a href="https://ads.example.com/{article.number}">'
        f'<img src="/assets/images/adv.gif" alt="{label}"></a></div>\n<div class="news-detail__desc">'
    )


def _share_line(article: Article) -> str:
    """Return the line that asks to follow or share, in one of four dresses."""
    line, address = escape(article.copy.share_line), "https://t.me/reportnewsaz"
    dress = (
        "<p>{}</p>",
        f'<p><strong><a href="{address}">{{}}</a></strong></p>',
        "<p><em>{}</em></p>",
        f'<p>{{}} <a href="{address}">{address}</a></p>',
    )
    return dress[article.number % 4].format(line)


def gallery(article: Article, count: int) -> str:
    """Return a row of photos, some of them lazy."""
    items = []
    for place in range(1, count + 1):
        address = photo(article.stories.seed, article.number, place)
        source = f'data-src="{address}" src="/assets/images/thunk_600.webp"' if place % 2 else f'src="{address}"'
        items.append(f'<a class="gallery__item" href="{address}" data-fancybox><img {source} alt=""></a>')
    return f'<div class="gallery">{"".join(items)}</div>'


def _captioned(article: Article) -> list[str]:
    """Return photos with a caption in the markup that the page has."""
    features, found = article.kind.features, []
    image = f'<img src="{photo(article.stories.seed, article.number, 8)}" alt="">'
    first, second = (escape(caption) for caption in article.copy.captions)
    if "caption-figure" in features:
        found.append(f"<figure>{image}<figcaption>{first}</figcaption></figure>")
    if "caption-line" in features:
        found.append(f'<p>{image}</p>\n<p class="photo-caption"><em>{second}</em></p>')
    if "caption-block" in features:
        found.append(f'<div class="image-box">{image}<div class="image-caption">{first}</div></div>')
    if "caption-long" in features:
        text = "".join(f"<p>{escape(part)}</p>" for part in article.copy.long_caption)
        form = (
            "<figure>{}<figcaption>{}</figcaption></figure>",
            '<div class="image-box">{}<div class="image-caption">{}</div></div>',
        )[article.number % 2]
        found.append(form.format(image, text))
    return found


def _read_also(article: Article, links: Links) -> list[str]:
    """Return the lines and blocks that point to further articles."""
    features, language, found = article.kind.features, article.language, list[str]()
    label = f"<b>{wording.READ_ALSO[language]}:</b>"
    if links.related and "read-also-block" in features:
        found.append(_read_also_block(language, links.related[:2]))
    if links.related and "read-also-line" in features:
        found.append(f"<p><strong>{wording.READ_THIS[language]}</strong> {_anchor(links.related[0])}</p>")
    if links.foreign and "read-also-foreign" in features:
        line = f"{label} {_anchor(links.foreign)}"
        found.append(line if article.number % 2 else f"<p>{line}</p>")
    if links.foreign and "read-also-foreign-below" in features:
        found.append(f"<p>{label}</p>\n<p>{_anchor(links.foreign)}</p>")
    return found


def _read_also_block(language: str, related: tuple[Link, ...]) -> str:
    links = "".join(f"<li>{_anchor(link)}</li>" for link in related)
    title = wording.READ_ALSO[language]
    return f'<div class="read-also"><span class="read-also__title">{title}</span><ul>{links}</ul></div>'


def _anchor(link: Link) -> str:
    path, headline = link
    return f'<a href="{path}">{escape(headline)}</a>'
