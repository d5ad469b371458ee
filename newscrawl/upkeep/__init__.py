"""Looking after an archive and its WARC files without a crawl.

- `rereading`: stored pages through today's page objects. `answers`: what others say of an article.
  `storing`: what they give goes into the archive.
- `reparse`, `rebuild`, `catching_up`: which pages, when, and what for.
- `indexing`: records of WARC files become rows of `snapshots`.
- `check`: what is damaged, by way of `check_database` and `check_warc`; `findings`: how it is told.
- `export`: articles as JSON lines, CSV, Parquet; `export_pages`: their stored pages as WARC.
- `coverage`: what of a site's articles is there. `stored_rules`: what robots.txt said last.
- `fixtures`: a stored page becomes a test.
- `backup`: what a folder lacks of an archive. `files`: files that are there whole or not at all.
"""
