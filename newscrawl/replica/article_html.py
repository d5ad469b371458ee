"""Article pages in the present design."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from newscrawl.replica import wording
from newscrawl.replica.article import Article
from newscrawl.replica.body import Body
from newscrawl.replica.chrome import Chrome, language_switch
from newscrawl.replica.fragments import Part
from newscrawl.replica.languages import PREFIX, slugify
from newscrawl.replica.markup import escape
from newscrawl.replica.structured import HOST, jsonld, locale, machine_time

_tag_slug = lru_cache(maxsize=4096)(slugify)
_PIXEL = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
_PLACEHOLDER = "/assets/images/thunk_600.webp"


def article_page(article: Article, frame: Chrome, body: Body, sidebar: list[Part], other: Article | None) -> list[Part]:
    """Return the fragments of a page; other: an article beside it, whose data some pages have."""
    way = article.variant
    switch = {lang: path for lang, path, _ in article.alternates} if way.alternates == "switch" else {}
    parts: list[Part] = [frame.top, head(article, body.texts, other), frame.head_end]
    parts += [language_switch(article.language, switch), frame.menus, _before(article), _header(article)]
    parts += [f'<div class="news-detail__desc">\n{body.html}\n']
    if "cut-off" in article.kind.features:
        whole = "".join(part for part in parts[-1:] if isinstance(part, str))
        return [*parts[:-1], whole[: len(whole) * 2 // 5]]
    return [*parts, "</div>\n", _after(article), *sidebar, "</div></main>\n", frame.bottom]


def head(article: Article, texts: tuple[str, ...], other: Article | None) -> str:
    """Return title, meta, link and JSON-LD elements."""
    title, url = escape(article.headline), HOST + article.path
    lines = [
        f"<title>{title} | Report.az</title>",
        f'<link rel="canonical" href="{url}">',
        f'<meta property="og:title" content="{title}">',
        '<meta property="og:type" content="article">',
        f'<meta property="og:url" content="{url}">',
        f'<meta property="og:locale" content="{locale(article.language)}">',
        f'<meta property="article:section" content="{escape(article.section.name)} | Report.az">',
    ]
    if article.summary:
        lines.append(f'<meta name="description" content="{escape(article.summary)}">')
        lines.append(f'<meta property="og:description" content="{escape(article.summary)}">')
    if article.image:
        lines.append(f'<meta property="og:image" content="{article.image}">')
    if article.kind.meta_time:
        moment = machine_time(article, article.variant.meta_time)
        lines.append(f'<meta property="article:published_time" content="{moment}">')
    lines += _odd_metas(article) + _links(article)
    return "\n".join(lines) + "\n" + jsonld(article, texts, other)


def _odd_metas(article: Article) -> list[str]:
    """Return elements that say nothing true of the article."""
    lines = []
    if "modified-zero" in article.kind.features:
        lines.append('<meta property="article:modified_time" content="0001-01-01T00:00:00">')
    if "keywords-of-site" in article.kind.features:
        lines.append(f'<meta name="keywords" content="{wording.KEYWORDS[article.language]}">')
    return lines


def _links(article: Article) -> list[str]:
    """Return hreflang and AMP links, if the site has them."""
    way, lines = article.variant, []
    if way.alternates in ("head+after", "head-self+after"):
        versions = [(language, path) for language, path, _ in article.alternates]
        region = ""
        if way.alternates == "head-self+after":
            versions.append((article.language, article.path))
            lines.append(f'<link rel="alternate" hreflang="x-default" href="{HOST}{article.path}">')
            region = "-AZ"
        lines += [f'<link rel="alternate" hreflang="{lang}{region}" href="{HOST}{path}">' for lang, path in versions]
    if way.amp_link:
        lines.append(f'<link rel="amphtml" href="{HOST}{amp_path(article.language, article.path)}">')
    feed = f"{PREFIX[article.language]}/rss/"
    return [*lines, f'<link rel="alternate" type="application/rss+xml" title="RSS" href="{feed}">']


def amp_path(language: str, path: str) -> str:
    """Return the address of the AMP page of an article."""
    prefix = PREFIX[language]
    return f"{prefix}/amp{path[len(prefix) :]}"


def _before(article: Article) -> str:
    """Return what opens the content: on most sites the headline stands there once more."""
    start = '<main class="main"><div class="container row">\n'
    if "second-heading" in article.kind.features:
        start += f'<div class="page-head"><h1 class="section-title">{wording.LATEST[article.language]}</h1></div>\n'
    if article.variant.headline_repeat == "bar":
        return f'{start}<div class="reading-bar"><span>{escape(article.headline)}</span></div>\n'
    if article.variant.headline_repeat == "heading":
        return f'{start}<div class="sticky-head"><h2 class="sticky-head__title">{escape(article.headline)}</h2></div>\n'
    return start


def _header(article: Article) -> str:
    section, tag = article.section, article.variant.section_tag
    link = f' href="{PREFIX[article.language]}/{section.slug}"' if tag == "a" else ""
    return f"""<div class="col-lg-9"><article class="news-detail">
<div class="news-detail__head">
<{tag} class="news__category"{link}>{section.name}</{tag}>
<ul class="news__date"><li>{article.day_text}</li><li>{article.time_text}</li>{_views(article)}</ul>
<h1 class="section-title">{escape(article.headline)}</h1>
</div>
{_main_photo(article)}"""


def _views(article: Article) -> str:
    """Return the counter that some pages have as a third item after day and time."""
    if "views" not in article.kind.features:
        return ""
    thousands, rest = divmod(1_200 + article.number * 37 % 8_000, 1_000)
    icon = '<svg width="14" height="14"><use href="#icon-user"></use></svg>' if article.number % 2 else ""
    return f"<li>{icon}{thousands} {rest:03}</li>"


def _main_photo(article: Article) -> str:
    features, image = article.kind.features, article.image
    if "no-photo" in features:
        return ""
    if image is None:
        source = f'src="{_PLACEHOLDER}"'
    elif "lazy-photo" in features:
        source = f'data-src="{image}" src="{_PLACEHOLDER}" class="lazy"'
    elif "data-photo" in features:
        source = f'src="{_PIXEL}" data-src="{image}"'
    else:
        source = f'src="{image}"'
    return f'<div class="news-detail__main-photo"><img {source} alt="{escape(article.headline)}"></div>\n'


def tags_html(article: Article) -> str:
    """Return the tag list in the site's markup."""
    if not article.tags:
        return ""
    markup = article.variant.tag_markup
    if markup == "plain":
        inner = " ".join(f"<span>{escape(tag)}</span>" for tag in article.tags)
        return f'<div class="tags">{inner}</div>\n'
    start, end = ("<li>", "</li>") if markup == "list" else ("", "")
    label, label_end = ("<span>", "</span>") if markup == "spans" else ("", "")
    links = "\n".join(
        f'{start}<a class="tags__link" href="{_tag_address(article, tag)}">{label}{escape(tag)}{label_end}</a>{end}'
        for tag in article.tags
    )
    element = "ul" if markup == "list" else "div"
    return f'<{element} class="tags">\n{links}\n</{element}>\n'


def _tag_address(article: Article, tag: str) -> str:
    if article.variant.tag_address == "search":
        return f"/search?query={quote(tag)}"
    return f"{PREFIX[article.language]}/{article.variant.tag_address}/{_tag_slug(tag)}"


def _after(article: Article) -> str:
    """Return tags, other-language versions, share buttons, and the end of the article column."""
    tags = "" if "tags-inside" in article.kind.features else tags_html(article)
    others = _other_versions(article)
    inside, outside = ("", others) if article.variant.alternates == "outside" else (others, "")
    banner = (
        f'<div class="banner" id="banner-{article.number % 7}"><span>{wording.ADVERT[article.language]}</span></div>'
    )
    return f"""{tags}{inside}{_share(article)}</article>
{outside}{banner}
{counter_html(article)}</div>
"""


def counter_html(article: Article) -> str:
    """Return the counter of views, which an edit outside of the article raises and puts an advert under."""
    views, edited = 1_000 + article.number * 37 % 4_000, article.edit == "outside"
    advert = f'<div class="banner">{wording.EDIT_BANNER[article.language]}</div>\n' if edited else ""
    return f'<div class="counter" data-views="{views + edited}"></div>\n{advert}'


def _other_versions(article: Article) -> str:
    if article.variant.alternates == "switch" or not article.alternates:
        return ""
    css = "other-languages" if article.variant.alternates == "outside" else "news-detail__translations"
    links = "".join(
        f'<a class="{css}__link" href="{path}">{escape(headline or "")}</a>\n'
        for _, path, headline in article.alternates
    )
    return f'<div class="{css}">\n{links}</div>\n'


def _share(article: Article) -> str:
    copy_link = ""
    if article.short_id:
        scheme = "" if article.number % 3 == 0 else "https://"
        label = wording.COPY_LINK[article.language]
        copy_link = f'<button class="copy-url" data-url="{scheme}report.az/{article.short_id}">{label}</button>'
    page = quote(HOST + article.path, safe="")
    return f"""<div class="share"><a href="https://www.facebook.com/sharer/sharer.php?u={page}">Facebook</a>
<a href="https://t.me/share/url?url={page}">Telegram</a>
<a href="https://wa.me/?text={page}">WhatsApp</a>{copy_link}</div>
"""
