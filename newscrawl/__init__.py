"""newscrawl harvests news sites into an SQLite archive that one person can run from cron and anyone can query.

Imports run downwards only (import-linter checks it with the tests):

- `cli`, `commands`, `demo`: what people type. `show`: what it prints. `reading_room`: what it opens in a
  browser. `settings`: every Scrapy setting.
- `turn`: one turn at an archive, which one crawl at a time may have. `crawling`: the crawls of one or more sites.
- `spiders`: in which order a site is walked; no selectors, no questions to the archive.
- `pipelines`, `middlewares`, `refusals`, `frontier` (with `walking` and `conditional`), `snapshots`, `progress`,
  `stopping`, `extensions`, `origins`: thin Scrapy components that call the packages below. `webhook`: the change of a
  site's health, told to a program outside.
- `recording`: exchanges to the disk while a crawl goes on. `upkeep`: what is done to an archive and its raw pages
  without one, and what a crawl reads from the disk before it begins. `health`: whether the harvest goes as usual.
- `outcome`: what becomes of an article page. `extract`: the one door from a page to an article, or to the links that a
  listing names. `parser`: which state of the page objects reads.
- `sites`: one short file per news site.
- `browse`: the reading room, a plugin of datasette's, which finds it by its entry point.
- `pages`: page objects for any site. `archive`: the only code that speaks SQL. `warc`: the only code that reads and
  writes WARC files. They do not know each other.
- `deployment`, `items`, `exchanges`, `errors`, `exits`, `lock`, `logs`, `notices`, `redirects`, `run`, `schedule`,
  `shutdown`, `site`, `network`, `tally`, `text`, `times`, `urls`, `walk`, `worddiff`: values and functions that know
  nothing of the rest.
- `replica`: a stand-in of report.az for the demo, the tests and the benchmarks. It knows nothing of the rest.
"""
