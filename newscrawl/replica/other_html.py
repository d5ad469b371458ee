"""Pages that are no article in the present design: legacy, AMP, soft 404, real 404, static."""

from __future__ import annotations

from newscrawl.replica import wording
from newscrawl.replica.article import Article
from newscrawl.replica.article_html import counter_html
from newscrawl.replica.body import Body
from newscrawl.replica.chrome import Chrome, language_switch
from newscrawl.replica.fragments import Part
from newscrawl.replica.languages import PREFIX
from newscrawl.replica.markup import escape
from newscrawl.replica.structured import HOST


def legacy_page(article: Article, frame: Chrome, body: Body, sidebar: list[Part]) -> list[Part]:
    """Return an article page in the design that was in use up to about 2024."""
    title, url, section = escape(article.headline), HOST + article.path, article.section
    description = f'<meta name="description" content="{escape(article.summary)}">\n' if article.summary else ""
    content = f"""<section class="news-inner-page"><div class="container"><div class="selected-news">
<div class="category-date"><a class="news-category" href="{PREFIX[article.language]}/{section.slug}/">{section.name}</a>
{_legacy_date(article)}</div>
<h1 class="news-title">{title}</h1>
<div class="news-cover"><div class="image"><img {_legacy_source(article)} alt="{title}"></div></div>
<div class="editor-body">
{body.html}
</div>
{_legacy_tags(article)}<div class="subs-in-social"><p>{wording.FOLLOW[article.language]}</p></div>
<div class="share-container"><div class="share-icons"><a href="https://t.me/share/url?url={url}">Telegram</a></div></div>
{counter_html(article)}</div>
"""
    head = (
        f'<title>{title} | Report.az</title>\n{description}<link rel="canonical" href="{url}">\n'
        f'<meta property="og:title" content="{title}">\n<meta property="og:image" content="{article.image}">\n'
    )
    switch = language_switch(article.language, {})
    opened: list[Part] = [frame.top, head, frame.head_end, switch, frame.menus, content]
    return [*opened, *sidebar, "</div></section>\n", frame.bottom]


def _legacy_date(article: Article) -> str:
    spans = f"<span>{article.day_text}</span>\n<span>{article.time_text}</span>"
    if article.number % 2:
        return f'<div class="news-date">{spans}</div>'
    moment = article.stories.clock.local(article.number).replace(second=0).isoformat()
    return f'<div class="news-date">{spans}<time itemprop="datePublished" datetime="{moment}"></time></div>'


def _legacy_source(article: Article) -> str:
    return f'src="{article.image}"' if article.number % 2 else f'src="/loading.gif" data-src="{article.image}"'


def _legacy_tags(article: Article) -> str:
    prefix = PREFIX[article.language]
    links = " ".join(f'<a href="{prefix}/tags/{i}/">{escape(tag)}</a>' for i, tag in enumerate(article.tags))
    return f'<div class="news-tags">{links}</div>\n' if links else ""


def amp_page(article: Article, body: Body) -> list[Part]:
    """Return the AMP page of an article."""
    title = escape(article.headline)
    paragraphs = "\n".join(f"<p>{escape(text)}</p>" for text in body.texts)
    return [
        f"""<!DOCTYPE html>
<html amp lang="{article.language}"><head><meta charset="utf-8"><title>{title}</title>
<link rel="canonical" href="{HOST}{article.path}"><meta name="viewport" content="width=device-width">
<script async src="https://cdn.ampproject.org/v0.js"></script></head>
<body><h1>{title}</h1><p class="date">{article.day_text} {article.time_text}</p>
{paragraphs}
</body></html>
"""
    ]


def soft_404_page(article: Article, frame: Chrome, sidebar: list[Part]) -> list[Part]:
    """Return the page that says with status 200 that there is none."""
    return message_page(article.language, frame, sidebar, "h1" if article.number % 2 else "div")


def message_page(language: str, frame: Chrome, sidebar: list[Part], element: str = "h1") -> list[Part]:
    """Return a page that says that there is no such page."""
    title, text = wording.NOT_FOUND[language], wording.NOT_FOUND_TEXT[language]
    content = f"""<main class="main"><div class="container row"><div class="col-lg-9"><div class="error-page">
<{element} class="error-page__title">{title}</{element}><p>{text}</p>
<a href="{PREFIX[language]}/">{wording.HOME[language]}</a></div></div>
"""
    head = f'<title>{title} | Report.az</title>\n<meta name="robots" content="noindex">\n'
    opened: list[Part] = [
        frame.top,
        head,
        frame.head_end,
        language_switch(language, {}),
        frame.menus,
        content,
    ]
    return [*opened, *sidebar, "</div></main>\n", frame.bottom]


def static_page(language: str, title: str, frame: Chrome) -> list[Part]:
    """Return a page of the agency about itself."""
    content = f"""<main class="main"><div class="container"><h1 class="section-title">{title}</h1>
<div class="static-page"><p>{wording.RIGHTS[language]}</p><p>{wording.COOKIE_NOTICE[language]}</p></div>
</div></main>
"""
    head = f"<title>{title} | Report.az</title>\n"
    return [
        frame.top,
        head,
        frame.head_end,
        language_switch(language, {}),
        frame.menus,
        content,
        frame.bottom,
    ]
