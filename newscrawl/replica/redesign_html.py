"""Article pages in a layout that nobody has seen before: nothing in them has a name that says what it is."""

from __future__ import annotations

import json

from newscrawl.replica.article import Article
from newscrawl.replica.body import Body
from newscrawl.replica.fragments import Part
from newscrawl.replica.markup import escape


def redesigned_page(article: Article, body: Body) -> list[Part]:
    """Return an article page as an application in the browser would be sent: an empty shell and its state."""
    state = {
        "q": {"h": article.headline, "t": f"{article.day_text} {article.time_text}", "p": list(body.texts)},
        "tags": list(article.tags),
    }
    return [
        f"""<!DOCTYPE html>
<html lang="{article.language}"><head><meta charset="UTF-8">
<title>{escape(article.headline)}</title>
<link rel="stylesheet" href="/_app/immutable/0.c5bb1a07.css">
<script type="module" src="/_app/immutable/start.3f0c9d51.js"></script></head>
<body><div id="svelte" class="s-x7Kq2"></div>
<script type="application/json" data-state>{_json(state)}</script>
</body></html>
"""
    ]


def _json(state: object) -> str:
    return json.dumps(state, ensure_ascii=False).replace("</", "<\\/")
