"""Looking after an archive and its WARC files without a crawl.

- `indexing`: records of WARC files become rows of `snapshots`.
"""
