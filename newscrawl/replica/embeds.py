"""What stands in a body without being its text: embeds, adverts, captions, read-also and share lines."""

from __future__ import annotations

from newscrawl.replica import wording
from newscrawl.replica.article import Article, photo
from newscrawl.replica.dice import Dice
from newscrawl.replica.markup import escape

Related = tuple[tuple[str, str], ...]

_TWEET = """<blockquote class="twitter-tweet" data-lang="{language}">\
<p lang="en" dir="ltr">Figures for the month are out, \
more at the link <a href="https://t.co/{code}">https://t.co/{code}</a></p>&mdash; Press Service (@pressservice) \
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


def junk_inside(article: Article, dice: Dice, related: Related) -> list[str]:
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
    found += _captioned(article)
    if related and "read-also-block" in features:
        found.append(_read_also_block(article.language, related))
    if related and "read-also-line" in features:
        found.append(_read_also_line(article.language, related[0]))
    return found


def junk_at_end(article: Article) -> list[str]:
    """Return what closes the body: the share line in one of three dresses."""
    if "share-line" not in article.kind.features:
        return []
    line = escape(article.copy.share_line)
    dress = (
        "<p>{}</p>",
        '<p><strong><a href="https://t.me/reportnewsaz">{}</a></strong></p>',
        "<p><em>{}</em></p>",
    )
    return [dress[article.number % 3].format(line)]


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
    return found


def _read_also_block(language: str, related: Related) -> str:
    links = "".join(f'<li><a href="{path}">{escape(headline)}</a></li>' for path, headline in related)
    title = wording.READ_ALSO[language]
    return f'<div class="read-also"><span class="read-also__title">{title}</span><ul>{links}</ul></div>'


def _read_also_line(language: str, related: tuple[str, str]) -> str:
    path, headline = related
    return f'<p><strong>{wording.READ_THIS[language]}</strong> <a href="{path}">{escape(headline)}</a></p>'
