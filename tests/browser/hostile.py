"""An archive of what a hostile publisher would write: markup, scripts, SQL, templates, marks that turn text around.

Whatever a page of a publisher can bring stands in every field that takes it, also where newscrawl itself would never
put it: those fields are written by SQL.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from newscrawl.archive import Archive, RunEnd
from newscrawl.items import Alternate, Article, Image
from newscrawl.sites.report_az import REPORT
from tests.browse.conftest import article
from tests.upkeep.conftest import Library

TEXTS = {
    "script": "<script>alert(1)</script>",
    "handler": '"><img src=x onerror=alert(2)>',
    "quote": "' autofocus onfocus='alert(3)",
    "closing": "</script></title></textarea></style><script>alert(4)</script>",
    "svg": "--><svg onload=alert(5)><math><mtext></mtext></math>",
    "sql": "'; DROP TABLE articles; --",
    "entities": "&lt;b&gt;as typed&lt;/b&gt; &amp;amp; &#60;i&#62;",
    "jinja": "{{ 7*7 }} {% raw %} {# nothing #} {{ request.scope }}",
    "markdown": "[click](javascript:alert(6)) **loud** <https://evil.example>",
    "formula": '=HYPERLINK("https://evil.example","click") +1 -1 @SUM(1)',
    "turned": "\u202eexe.fdp\u202c \u200f\u2067שלום\u2069 \u200bend",
    "control": "bell \x07 escape \x1b[31m delete \x7f next \x85 separator \u2028 nul \x00 end",
    "emoji": "👩‍👩‍👧 🏳️‍🌈 \U0001fae0 e\u0301\u0301\u0301\u0301",
    "long": "Ə" * 10_000,
}
"""Name of the article to the text that stands in all of its fields."""
URLS = (
    "javascript:alert(7)", "data:text/html,<script>alert(8)</script>", "vbscript:alert(9)", " java\nscript:alert(10)",
    "//evil.example/x", "https://evil.example/\"onclick=alert(11)//", "file:///etc/passwd",
)  # fmt: skip
_PAGE = """<!DOCTYPE html><html><head><meta http-equiv="refresh" content="0;url=https://evil.example/away">
<base href="https://evil.example/"><script src="https://evil.example/x.js"></script><script>alert(12)</script></head>
<body onload="alert(13)"><iframe src="javascript:alert(14)"></iframe><img src="x" onerror="alert(15)">
<form action="https://evil.example/take"><input name="q" autofocus onfocus="alert(16)"><button>Send</button></form>
<a href="javascript:alert(17)">click</a><p>The text that was stored</p></body></html>"""


def make(folder: Path) -> Path:
    """The archive `news.db` in `folder`; its articles have the ids 1, 2, … in the order of TEXTS."""
    path = folder / "news.db"
    with Archive.open(path) as archive:
        archive.add_site(REPORT)
        library = Library(archive, folder / "warc")
        run = library.run("2026-03-17T08:00:00Z")
        for n, (name, text) in enumerate(TEXTS.items()):
            for times in (1, 2):
                made, at = _article(name, text, n, times), f"2026-03-17T{8 + times:02}:{n:02}:00Z"
                snapshot = library.keep(run, _PAGE + "x" * times, at, made.url)
                archive.save(made, seen_at=at, run_id=run, snapshot_id=snapshot)
            archive.fail(f"https://report.az/{text}", stage="extract", error=text, detail=text, run_id=run,
                         at="2026-03-17T12:00:00Z", site="report")  # fmt: skip
        ended = RunEnd(at="2026-03-17T12:00:00Z", finish_reason=TEXTS["script"], exit_code=1, why=TEXTS["handler"],
                       coverage={TEXTS["script"]: 1.0}, by_language={TEXTS["script"]: {"stored": 1}})  # fmt: skip
        archive.end_run(run, ended)
        library.writers[run].close()
    with closing(sqlite3.connect(path)) as conn, conn:
        _by_sql(conn)
    return path


def _article(name: str, text: str, n: int, times: int) -> Article:
    url = URLS[n % len(URLS)]
    again = " again" if times > 1 else ""
    return article(
        "en", name, f"2026-03-17T1{n % 10}:00:00+04:00", headline=text, summary=text, section=text, section_slug=text,
        body=f"{text}\n\n{text}{again}", tags=(text, f"{text} {n}"), authors=(text,), published_text=text,
        modified_at="2026-03-17T20:00:00+04:00" if again else None, short_url=url, image_url=url, flags=(text,),
        images=(Image(url=url, caption=text), Image(url=URLS[0], caption=text)), parser=text, sources={text: text},
        alternates=tuple(Alternate(language=each, url=url, headline=text) for each in ("ru", text)),
        aliases={f"{url}#{n}": text},
    )  # fmt: skip


def _by_sql(conn: sqlite3.Connection) -> None:
    """What no page gets past the archive: addresses that are none, a site and a language of markup, broken UTF-8."""
    ids = [id_ for (id_,) in conn.execute("SELECT id FROM articles ORDER BY id")]
    assert ids == list(range(1, len(TEXTS) + 1))
    conn.execute("INSERT INTO sites (name, domain) VALUES (?, ?)", (TEXTS["handler"], TEXTS["handler"]))
    conn.execute("UPDATE articles SET language = ?, site = ? WHERE id = 2", (TEXTS["handler"], TEXTS["handler"]))
    # Other than the hosts of publishers: a link to one of these is what the tests look for
    conn.executemany("UPDATE articles SET url = ? WHERE id = ?", zip(URLS, ids, strict=False))
    # Half a surrogate pair, in the bytes that UTF-8 would have for it
    conn.execute("UPDATE articles SET headline = headline || CAST(x'EDA080' AS TEXT) WHERE id = 13")
