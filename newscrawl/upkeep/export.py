"""`newscrawl export`: articles as JSON lines, CSV or Parquet, in as much memory for a million as for a thousand.

Each writer takes chunks of articles as `newscrawl.archive.exporting.read` gives them, and says how many it wrote.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, BinaryIO

from newscrawl.archive.exporting import COLUMNS, LISTS
from newscrawl.errors import UsageError

Chunk = list[dict[str, Any]]
Writer = Callable[[Iterable[Chunk], BinaryIO], int]

_NUMBERS = {"id", "word_count", "story_id", "duplicate_of", "revision"}


def write_jsonl(chunks: Iterable[Chunk], file: BinaryIO) -> int:
    """A JSON object a line, UTF-8. Lists are lists, of texts or of objects."""
    written = 0
    for chunk in chunks:
        file.writelines(json.dumps(article, ensure_ascii=False).encode() + b"\n" for article in chunk)
        written += len(chunk)
    return written


def write_csv(chunks: Iterable[Chunk], file: BinaryIO) -> int:
    """RFC 4180 with a header line, UTF-8. What has no value is an empty cell.

    The items of a list stand in one cell, a line each; of an item that has fields these follow each other after a
    space, in the order of `LISTS`. Only the last one may hold spaces itself, so that nothing is lost.
    """
    written = 0
    text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
    writer = csv.DictWriter(text, [*COLUMNS, *LISTS], dialect=csv.excel)
    try:
        writer.writeheader()
        for chunk in chunks:
            writer.writerows(article | {name: _cell(article[name]) for name in LISTS} for article in chunk)
            written += len(chunk)
    finally:
        # Its end must not be that of the file, which is the caller's
        text.detach()
    return written


def _cell(items: list[Any]) -> str:
    return "\n".join(_line(item) for item in items)


def _line(item: str | Mapping[str, str | None]) -> str:
    words = [item] if isinstance(item, str) else [value for value in item.values() if value]
    return " ".join(" ".join(words).split())


def write_parquet(chunks: Iterable[Chunk], file: BinaryIO) -> int:
    """A row group per chunk. Times and days are such, lists are lists, of texts or of structs.

    Raises:
        UsageError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError as error:
        raise UsageError("Parquet needs pyarrow, which is not installed: pip install 'newscrawl[parquet]'") from error
    schema = pa.schema([(name, _parquet_type(pa, name)) for name in (*COLUMNS, *LISTS)])
    written = 0
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for chunk in chunks:
            columns = [_parquet_column(pa, field, [article[field.name] for article in chunk]) for field in schema]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))
            written += len(chunk)
    return written


def _parquet_type(pa: Any, name: str) -> Any:
    if name in LISTS:
        fields = LISTS[name]
        return pa.list_(pa.struct([(field, pa.string()) for field in fields]) if fields else pa.string())
    if name in _NUMBERS:
        return pa.int64()
    if name == "published_day":
        return pa.date32()
    return pa.timestamp("ms", "UTC") if name.endswith("_at") else pa.string()


def _parquet_column(pa: Any, field: Any, values: list[Any]) -> Any:
    # Times and days are text in SQLite, and not taken for what they are without a word
    texts = pa.types.is_temporal(field.type)
    return pa.array(values, pa.string()).cast(field.type) if texts else pa.array(values, field.type)


WRITERS: Mapping[str, Writer] = {"jsonl": write_jsonl, "csv": write_csv, "parquet": write_parquet}
"""Formats of articles by name."""
