"""The frame of every page: head boilerplate, header with menus, footer, scripts; static by language and variant."""

from __future__ import annotations

from functools import lru_cache

import attrs

from newscrawl.replica import wording
from newscrawl.replica.boilerplate import INLINE_CSS, INLINE_SCRIPTS, SVG_SPRITE, TAIL_SCRIPTS, WEATHER
from newscrawl.replica.fragments import Static
from newscrawl.replica.languages import LANGUAGES, PREFIX
from newscrawl.replica.markup import escape
from newscrawl.replica.sections import SECTIONS, STATIC_PAGES, topics
from newscrawl.replica.variants import Variant, variant


@attrs.frozen
class Chrome:
    """The static fragments around the content."""

    top: Static
    """From the doctype to where title and meta elements go."""

    head_end: Static
    """Styles, scripts and the end of the head, the start of the body, topics bar and logo."""

    menus: Static
    """Main and mobile menu with the second topics bar; the language switch goes before it."""

    all_news_link: Static
    """The link to the all-news listing."""

    bottom: Static
    """Footer, scripts and the end of the page."""


@lru_cache(maxsize=64)
def chrome(language: str, number: int, topics_css: str = "topics") -> Chrome:
    """Return the frame for a language and a variant number; `topics_css` is the class of the topics bar."""
    way = variant(number)
    return Chrome(
        Static(_top(language)),
        Static(_head_end(language, way, topics_css)),
        Static(_menus(language, way, topics_css)),
        Static(f'<a class="all-news" href="{way.all_news[language]}">{way.all_news_text[language]}</a>\n'),
        Static(_bottom(language, way)),
    )


def language_switch(current: str, addresses: dict[str, str]) -> str:
    """Return the language links of the header; a language without an address leads to its home page."""
    links = "".join(
        f'<li><a href="{addresses.get(language, PREFIX[language] + "/")}" class="lang-switch__link">'
        f"{wording.LANGUAGE_NAMES[language]}</a></li>"
        for language in LANGUAGES
        if language != current
    )
    return f'<ul class="lang-switch"><li class="active">{wording.LANGUAGE_NAMES[current]}</li>{links}</ul>\n'


def _top(language: str) -> str:
    return f"""<!DOCTYPE html>
<html lang="{language}" prefix="og: https://ogp.me/ns#">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=5">
<meta name="theme-color" content="#9c1d2c">
<meta property="og:site_name" content="Report News Agency">
<meta property="fb:app_id" content="164980000000000">
<link rel="icon" href="/assets/images/favicon.ico">
<link rel="preconnect" href="https://images.report.az">
<link rel="stylesheet" href="/assets/css/bootstrap.min.css?v=5.3">
<link rel="stylesheet" href="/assets/css/main.css?v=214">
"""


def _head_end(language: str, way: Variant, topics_css: str) -> str:
    home, topics_bar = f"{PREFIX[language]}/", _topics(language, way)
    above, inside = f'<div class="topics topics--desktop">{topics_bar}</div>\n', ""
    if topics_css != "topics":
        above, inside = "", f'<div class="{topics_css}">{topics_bar}</div>\n'
    return f"""<style>{INLINE_CSS}</style>
<script>{INLINE_SCRIPTS}</script>
</head>
<body class="page page--{language}">
{SVG_SPRITE}
{above}<header class="header">{inside}<div class="container">
<a class="header__logo" href="{home}"><img src="/assets/images/logo.svg" alt="Report" width="160" height="40"></a>
<form class="header__search" action="/search"><input name="query" placeholder="{wording.SEARCH[language]}">
<button type="submit"><svg><use href="#icon-search"></use></svg></button></form>
<ul class="rates"><li>USD <b>1.7000</b></li><li>EUR <b>1.9672</b></li><li>RUB <b>2.1043</b></li></ul>
<a class="header__login" href="/login">Login</a>
"""


def _topics(language: str, way: Variant) -> str:
    return "".join(
        f'<a class="topics__item" href="{address}">{name}</a> '
        for address, name in topics(language, way.topic_base).items()
    )


def _menu_items(language: str, css: str) -> str:
    prefix = PREFIX[language]
    items = [(f"{prefix}/{section.slug}", section.name) for section in SECTIONS[language].values()]
    items += [(f"{prefix}/{slug}", name) for slug, name in STATIC_PAGES[language].items()]
    return "\n".join(
        f'<li class="{css}__item"><a class="{css}__link" href="{address}">'
        f'<svg class="{css}__icon" width="16" height="16"><use href="#icon-arrow"></use></svg>'
        f"<span>{name}</span></a></li>"
        for address, name in items
    )


def _menus(language: str, way: Variant, topics_css: str) -> str:
    all_news = f'<a href="{way.all_news[language]}">{way.all_news_text[language]}</a>'
    return f"""<nav class="menu"><ul class="menu__list">
<li class="menu__item"><a class="menu__link" href="{PREFIX[language]}/">{wording.HOME[language]}</a></li>
<li class="menu__item">{all_news}</li>
{_menu_items(language, "menu")}
</ul></nav>
{WEATHER}</div></header>
<div class="mobile-menu" hidden><div class="{topics_css} topics--mobile">{_topics(language, way)}</div>
<ul class="mobile-menu__list">
{_menu_items(language, "mobile-menu")}
</ul></div>
"""


def _bottom(language: str, way: Variant) -> str:
    return f"""<footer class="footer"><div class="container"><ul class="footer__menu">
{_menu_items(language, "footer")}
</ul>
<ul class="footer__social"><li><a href="https://t.me/reportnewsaz">{wording.FOLLOW[language]}</a></li>
<li><a href="https://www.facebook.com/reportnewsaz">Facebook</a></li>
<li><a href="https://www.youtube.com/reportnewsaz">YouTube</a></li></ul>
<p class="footer__rights">{escape(wording.RIGHTS[language])}</p>
<p class="footer__rss"><a href="{PREFIX[language]}/rss/">RSS</a></p>
<div class="cookie-notice" hidden>{wording.COOKIE_NOTICE[language]}</div>
</div></footer>
<script>{TAIL_SCRIPTS}</script>
<script src="/assets/js/main.js?v=214" defer></script>
</body>
</html>
"""
