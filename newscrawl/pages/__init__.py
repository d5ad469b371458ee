"""Page objects for any site (web-poet): they take one response and give one item. A site's classes only set selectors.

Articles:
- `article`: `ArticlePage`, one short method per field, on top of `reading` (what several fields share) and `layout`
  (the class attributes of a site, the order of sources, older layouts).
- `document`: the page, decoded and parsed once, with `selectors`. `jsonld` (with `subject`), `metadata`: what its
  head tells.
- `paragraphs`: an element as text; `lines` and `clutter` say which lines and elements are no text of the article.
- `body`: where the text stands on a page that nobody has described.
- `titles`, `people`, `tags`, `moments` (with `zones`), `images`, `language`, `versions` (with `placement`):
  one kind of value each.

Lists of articles:
- `listing`, `sitemap`, `feed`: what each of them names. `followed`: which of it a crawl follows.
"""
