"""report.az: Azerbaijani at the root, Russian and English under a prefix, one address scheme for all three."""

from __future__ import annotations

import re

from web_poet import handle_urls

from newscrawl.pages.article import ArticlePage
from newscrawl.pages.listing import ListingPage
from newscrawl.site import Site

REPORT = Site(
    name="report",
    domain="report.az",
    zone="Asia/Baku",
    homes={"az": "/", "ru": "/ru", "en": "/en"},
    article_path=re.compile(
        r"/(?:(?:ru|en)/)?(?!(?:az|ru|en|amp|infinity|search|rss|page|news-feed|assets|son-xeberler)/)"
        r"(?P<section>[a-z0-9][a-z0-9-]*)/(?!page/?$|rss/?$|today/?$)(?P<slug>[A-Za-z0-9][\w.-]*)/?"
    ),
    sitemaps=("/news-sitemap.xml",),
    feeds={"az": "/rss/", "ru": "/ru/rss/", "en": "/en/rss/"},
    listings={"az": "/son-xeberler"},
    all_news=re.compile(
        r"\s*(?:all news(?: feed)?|bütün xəbərlər|xəbər lenti|son xəbərlər|все новости|лента новостей)\s*", re.I
    ),
    amp_path=re.compile(r"(?<=/)amp/"),
    encoding="utf-8",
)

PLACEHOLDER = re.compile(r"/thunk_\d+\.")


class LegacyReportArticlePage(ArticlePage):
    """The design of about 2021 to 2024, in old captures only."""

    site = REPORT
    marker_css = ".selected-news, .editor-body"
    headline_css = "h1.news-title"
    section_css = ".category-date a.news-category"
    date_css = ".selected-news .news-date > span"
    body_css = ".editor-body"
    drop_css = ".subs-in-social, .share-container"
    image_css = ".news-cover .image img"
    placeholder_image = PLACEHOLDER
    tags_css = ".news-tags"


@handle_urls("report.az")
class ReportArticlePage(ArticlePage):
    """The design in use since 2025 at the latest."""

    site = REPORT
    older = LegacyReportArticlePage
    marker_css = ".news-detail__head, .news-detail__desc"
    headline_css = ".news-detail__head h1, h1.section-title:has(+ .news-detail__head), h1.section-title"
    section_css = ".news-detail__head .news__category"
    date_css = ".news-detail__head ul.news__date > li"
    body_css = ".news-detail__desc"
    image_css = ".news-detail__main-photo img"
    placeholder_image = PLACEHOLDER
    tags_css = ".tags"
    short_url_css = ".copy-url[data-url]"


@handle_urls("report.az")
class ReportListingPage(ListingPage):
    """Home, all news, categories and the batches of an endless listing; the cards of 2024 and before as well."""

    site = REPORT
    card_css = "div.index-post-block, div.news-block, .news-item.infinity-item"
    link_css = "a.news__item, a.title, a"
    headline_css = ".news__title, a.title"
    section_css = ".news__category"
    date_css = "ul.news__date > li, .news-date > span"
    more_css = ".loadContainer[data-url]"
