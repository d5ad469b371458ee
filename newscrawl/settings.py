"""Every Scrapy setting of the project, each with its reason.

Ours start with `NEWSCRAWL_` and are also read from the environment; `scrapy crawl report -s NAME=VALUE` beats both.
"""

from __future__ import annotations

import os

from newscrawl.network import user_agent

NEWSCRAWL_DB = os.environ.get("NEWSCRAWL_DB", "data/newscrawl.db")
"""The archive, relative to the folder the command runs in."""
NEWSCRAWL_WARC_DIR = os.environ.get("NEWSCRAWL_WARC_DIR", "")
"""The folder of the raw pages, as WARC files; empty: `warc` beside the archive (`data/warc`)."""
NEWSCRAWL_LOG_DIR = os.environ.get("NEWSCRAWL_LOG_DIR", "")
"""The folder of the logs, one of each site; empty: `logs` beside the archive (`data/logs/report.log`)."""
NEWSCRAWL_WARC_BYTES = os.environ.get("NEWSCRAWL_WARC_BYTES", "1000000000")
"""A WARC file that reached this size is followed by another: one that tools can still handle as a whole."""
NEWSCRAWL_MIN_FREE_BYTES = os.environ.get("NEWSCRAWL_MIN_FREE_BYTES", "200000000")
"""A crawl ends cleanly (exit code 5) once the disk has less room than this; 0: not before it is full."""
NEWSCRAWL_LOOKS = os.environ.get("NEWSCRAWL_LOOKS", "400")
"""How many articles a crawl looks at again at most; those that have been due longest come first."""
NEWSCRAWL_BACKFILL = os.environ.get("NEWSCRAWL_BACKFILL", "20")
"""How many batches of a listing a crawl goes on with unfinished back-fills, beside what is new."""
NEWSCRAWL_ORIGINS = os.environ.get("NEWSCRAWL_ORIGINS", "{}")
"""JSON object: which local origin plays which site, `{"https://report.az": "http://127.0.0.1:8000"}`."""
NEWSCRAWL_CONTACT = os.environ.get("NEWSCRAWL_CONTACT", "")
"""A web or mail address for the sites' owners; it goes into the user agent."""
NEWSCRAWL_PROGRESS = os.environ.get("NEWSCRAWL_PROGRESS", "auto")
"""`auto`: progress and summary on a terminal, silence elsewhere; `always`; `never`."""
NEWSCRAWL_PING_URL = os.environ.get("NEWSCRAWL_PING_URL", "")
"""An address of a dead-man's switch, pinged at the start and the end of crawls: no program can say that it is off."""
NEWSCRAWL_WEBHOOK_URL = os.environ.get("NEWSCRAWL_WEBHOOK_URL", "")
"""An address that is sent one JSON object each time the health of a site changes its state."""

BOT_NAME = "newscrawl"
SPIDER_MODULES = ["newscrawl.spiders"]
COMMANDS_MODULE = "newscrawl.commands"

# An honest name: sites must be able to tell who asks, and whom to write to
USER_AGENT = user_agent(NEWSCRAWL_CONTACT)

# Manners: obey, one request at a time with a second between, slower where the site answers slowly
ROBOTSTXT_OBEY = True
DOWNLOAD_DELAY = 1.0
CONCURRENT_REQUESTS_PER_DOMAIN = 1
# What waits inside the downloader cannot be taken back when the site says no
CONCURRENT_REQUESTS = 2
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0

# Nothing here needs a session; without cookies the site cannot tell visits apart, nor can tldextract want the network
COOKIES_ENABLED = False
DOWNLOAD_TIMEOUT = 30
# No article is that large; what is larger is refused before it fills the memory
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_VERIFY_CERTIFICATES = True
# Giving up is a row in `failures`; it needs no line in the log as well
RETRY_GIVE_UP_LOG_LEVEL = "INFO"
# 403 and 429 are the site's word, not an accident to be tried again
RETRY_HTTP_CODES = [500, 502, 503, 504, 522, 524, 408]
# What a WARC holds must be read by others' tools, too: they do not know brotli and zstd everywhere
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Encoding": "gzip, deflate",
}
# A page's own wish to go elsewhere is no redirect of the address
METAREFRESH_ENABLED = False
# Where we come from is nobody's business
REFERRER_POLICY = "no-referrer"
# A listing's next batch is one level deeper than the last: depth means nothing here
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "newscrawl.frontier.FrontierMiddleware": 500,
}
DOWNLOADER_MIDDLEWARES = {
    # Scrapy 2.19 lets requests pass while robots.txt is on its way; ours makes them wait
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "newscrawl.middlewares.RobotsMiddleware": 100,
    # Nearer to the network than the retries (550): it sees every answer
    "newscrawl.refusals.RefusalMiddleware": 560,
    # Before the compression (590) is undone
    "newscrawl.middlewares.WholeBodyMiddleware": 595,
    # Before the redirects (600) are followed
    "newscrawl.middlewares.RedirectGuardMiddleware": 610,
    # Next to the downloader: it sees robots.txt, redirects and errors, and bodies still compressed (590)
    "newscrawl.snapshots.SnapshotMiddleware": 940,
}
# Scrapy's own waits for all that is on its way, or in its queue, before a crawl that is told to stop is over
DOWNLOADER = "newscrawl.stopping.StoppableDownloader"
DOWNLOAD_HANDLERS = {
    "http": "newscrawl.origins.OriginsDownloadHandler",
    "https": "newscrawl.origins.OriginsDownloadHandler",
}
# Items are handled one after the other, as SQLite writes them; Scrapy starts this many tasks for every response
CONCURRENT_ITEMS = 1
ITEM_PIPELINES = {
    "newscrawl.pipelines.ExtractArticle": 100,
    "newscrawl.pipelines.CheckArticle": 200,
    "newscrawl.pipelines.StoreArticle": 400,
}
EXTENSIONS = {
    "newscrawl.extensions.Recorder": 0,
    "newscrawl.progress.Progress": 10,
    # One line a minute for a log nobody reads; the summary says it once
    "scrapy.extensions.logstats.LogStats": None,
    "scrapy.extensions.telnet.TelnetConsole": None,
}
# A harvester run from cron opens no port and takes no orders
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# Silence unless something is wrong: cron mails what is printed
LOG_LEVEL = "WARNING"
STATS_DUMP = False
DEFAULT_DROPITEM_LOG_LEVEL = "INFO"
