"""Looking after an archive and its WARC files without a crawl.

- `indexing`: records of WARC files become rows of `snapshots`.
- `export`: articles as JSON lines, CSV, Parquet; `export_pages`: their stored pages as WARC.
- `fixtures`: a stored page becomes a test.
- `backup`: what a folder lacks of an archive. `files`: files that are there whole or not at all.
"""
