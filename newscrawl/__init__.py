"""newscrawl harvests news sites into an SQLite archive that one person can run from cron and anyone can query.

Imports run downwards only (import-linter checks it with the tests):

- `cli`, `commands`: what people type; `spiders`: in which order a site is walked; `settings`: every Scrapy setting.
- `pipelines`, `middlewares`, `extensions`: thin Scrapy components that call the packages below.
- `extract`: the one door from a page to an article.
- `sites`: one short file per news site.
- `pages`: page objects for any site. `archive`: the only code that speaks SQL. They do not know each other.
- `items`, `errors`, `site`, `text`, `times`, `urls`: values and pure functions.
- `replica`: a stand-in of report.az for the demo, the tests and the benchmarks. It knows nothing of the rest.
"""
