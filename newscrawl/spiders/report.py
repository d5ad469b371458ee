"""report.az."""

from newscrawl.sites.report_az import REPORT
from newscrawl.spiders.news import NewsSpider


class ReportSpider(NewsSpider):
    """The spider of report.az, in Azerbaijani, Russian and English."""

    name = REPORT.name
    site = REPORT
