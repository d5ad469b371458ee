"""Inline styles, scripts and icons of realistic weight, made from short pieces at import."""

from __future__ import annotations

from newscrawl.replica.phrasebook import PLACES

_COLOURS = ("#9c1d2c", "#1b1b1b", "#f4f4f4", "#6d6d6d", "#0a4f8f", "#ffffff", "#d8d8d8", "#2e7d32")
_BLOCKS = (
    "header", "menu", "topics", "rates", "news", "news-detail", "sidebar", "tags", "share", "gallery", "footer",
    "banner", "weather", "pagination", "breadcrumb", "modal", "tabs", "video", "subscribe", "lang-switch",
)  # fmt: skip
_ICONS = (
    "search", "arrow", "close", "facebook", "telegram", "whatsapp", "twitter", "youtube", "instagram", "calendar",
    "clock", "copy", "print", "play", "sun", "moon", "rss", "tag", "user", "burger",
)  # fmt: skip


def _css() -> str:
    rules = []
    for place, block in enumerate(_BLOCKS):
        first, second = _COLOURS[place % 8], _COLOURS[(place + 3) % 8]
        rules.append(
            f".{block}{{position:relative;color:{first};background:{second};padding:{place + 4}px {place + 8}px}}"
            f".{block}__title{{font:700 {16 + place % 9}px/1.35 Roboto,Arial,sans-serif;margin:0 0 {place + 6}px}}"
            f".{block}__link{{color:{second};text-decoration:none;transition:color .2s ease-in-out}}"
            f".{block}__link:hover{{color:{first}}}"
            f".{block}__text{{font:400 {14 + place % 4}px/1.5 Roboto,Arial,sans-serif;color:{first};margin:0 0 8px}}"
            f".{block}__list{{display:flex;flex-wrap:wrap;gap:{place + 2}px;list-style:none;margin:0;padding:0}}"
            f".{block}__item{{flex:1 1 {120 + place * 6}px;border-bottom:1px solid {second};overflow:hidden}}"
            f".{block}__image img{{width:100%;height:auto;aspect-ratio:16/9;object-fit:cover;display:block}}"
            f"@media (max-width:{575 + place * 20}px){{.{block}{{padding:8px;display:block}}"
            f".{block}__title{{font-size:{14 + place % 5}px}}}}"
        )
    return "\n".join(rules)


def _sprite() -> str:
    symbols = []
    for place, icon in enumerate(_ICONS):
        path = " ".join(f"M{(place * 7 + i * 5) % 24} {(i * 3) % 24}c1.{i} 2.4-3.{i} 4.1 {i}.2 6z" for i in range(6))
        symbols.append(f'<symbol id="icon-{icon}" viewBox="0 0 24 24"><path d="{path}"/></symbol>')
    return f'<svg xmlns="http://www.w3.org/2000/svg" style="display:none">{"".join(symbols)}</svg>'


def _scripts() -> str:
    parts = ["window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}gtag('js',new Date());"]
    for place, block in enumerate(_BLOCKS):
        parts.append(
            f"(function(d,w){{var e=d.querySelectorAll('.{block}');if(!e.length){{return}}"
            f"w.site=w.site||{{}};w.site['{block}']={{count:e.length,offset:{place * 37},lazy:true}};"
            f"d.addEventListener('scroll',function(){{if(w.scrollY>{place * 120 + 90}&&w.site['{block}'].lazy)"
            f"{{w.site['{block}'].lazy=false;e.forEach(function(x){{x.classList.add('is-visible')}})}}}});"
            "})(document,window);"
        )
    return "\n".join(parts)


def _tail() -> str:
    parts = []
    for place, block in enumerate(_BLOCKS):
        parts.append(
            f"document.querySelectorAll('.{block} img[data-src]').forEach(function(i){{"
            f"new IntersectionObserver(function(n,o){{n.forEach(function(t){{if(t.isIntersecting){{"
            f"i.src=i.dataset.src;i.removeAttribute('data-src');o.unobserve(i)}}}})}},"
            f"{{rootMargin:'{place * 10 + 50}px'}}).observe(i)}});"
            f"var tpl{place}='<div class=\"{block}__stub\"><a href=\"#\">'+(window.lang||'')+'<\\/a><\\/div>';"
        )
    return "\n".join(parts)


def _weather() -> str:
    return "".join(
        f'<li class="weather__item"><svg width="20" height="20"><use href="#icon-sun"></use></svg>'
        f'<span class="weather__place">{cases["az"][0]}</span><b class="weather__degrees">+{4 + place % 9}°</b></li>\n'
        for place, cases in enumerate(PLACES)
    )


WEATHER = f'<ul class="weather">{_weather()}</ul>'
INLINE_CSS = _css()
INLINE_SCRIPTS = _scripts()
SVG_SPRITE = _sprite()
TAIL_SCRIPTS = _tail()
