"""WARC files (ISO 28500): the raw pages, from which everything else can be made again.

- `names`: how files are named, found and ordered.
- `writing`: exchanges to records. `reading`: records back (`records`), around whatever is damaged.
- `mending`: a torn end is cut off, and kept.
- `decoding`: from an exchange to the page that a crawl saw.
"""
