"""newscrawl harvests news sites into an SQLite archive that one person can run from cron and anyone can query.

Imports run downwards only (import-linter checks it with the tests):

- `cli` (with `status`, `saved`, `demo`), `commands`: what people type. `settings`: every Scrapy setting.
- `spiders`: in which order a site is walked; no selectors, no questions to the archive.
- `pipelines`, `middlewares`, `progress`, `extensions`, `origins`: thin Scrapy components that call the packages below.
- `extract`: the one door from a page to an article, or to the links that a listing names.
- `sites`: one short file per news site.
- `pages`: page objects for any site. `archive`: the only code that speaks SQL. They do not know each other.
- `items`, `errors`, `site`, `network`, `text`, `times`, `urls`: values and pure functions.
- `replica`: a stand-in of report.az for the demo, the tests and the benchmarks. It knows nothing of the rest.
"""
