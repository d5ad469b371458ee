"""`ArticlePage`: the page object that reads an article on any site, and on a known site by its selectors."""

from __future__ import annotations

import re

from web_poet import field

from newscrawl import urls
from newscrawl.items import Alternate, Image
from newscrawl.pages import images, jsonld, language, moments, people, tags, titles, versions
from newscrawl.pages.layout import kept
from newscrawl.pages.reading import Reading

_NUMBER = re.compile(r"/(\d+)/?$")


class ArticlePage(Reading):
    """Reads an article: by the site's selectors, else by JSON-LD, else by metadata, else by plain HTML.

    A class for one site sets class attributes and nothing else. Like every page object it is used once.
    """

    @field
    def url(self) -> str:
        self.found["url"] = "url" if self.address == str(self.response.url) else "link"
        return self.address

    @field
    @kept
    def language(self) -> str:
        """ISO 639-1: of the address on a known site; elsewhere as told, unless the text is clearly in another."""
        site = self.site
        found = self.first(
            "language",
            ("url", lambda: site.language_of(self.address) if site else None),
            ("html", lambda: language.normalise(self.metadata.language)),
            ("meta", lambda: language.of_tags(self.metadata.all("og:locale", "content-language", "language"))),
            ("json-ld", lambda: language.of_tags(jsonld.as_list(self.node.get("inLanguage")))),
            ("meta", lambda: language.normalise(self.response.headers.get("Content-Language"))),
            ("url", lambda: language.of_url(urls.segments(self.address), urls.host_of(self.address))),
            ("html", lambda: language.of_text(self.generic_text)),
        )
        found = self.required("language", found, "html lang, og:locale, inLanguage, the address and the text")
        return found if site else language.corrected(found, self.generic_text)

    @field
    @kept
    def headline(self) -> str:
        """As printed, update mark included."""
        found = self.first(
            "headline",
            ("css", lambda: self.printed_headline),
            # titles for machines are often worded for search engines or networks: where two agree they are not
            ("json-ld", lambda: titles.agreed(*self.told_titles[:2])),
            ("html", lambda: titles.printed(self.headings, self.told_titles)),
            ("json-ld", lambda: self.told_titles[0]),
            ("meta", lambda: self.told_titles[1]),
            ("html", lambda: next(iter(self.headings), None)),
            ("html", lambda: self.told_titles[2]),
        )
        return self.required("headline", found, f"{self.headline_css or 'h1'}, JSON-LD, og:title and title")

    @field
    @kept
    def body(self) -> str:
        found = self.first(
            "body",
            ("css", lambda: self.marked_text),
            ("html", lambda: "" if self.body_css else self.generic_text),
            ("json-ld", lambda: "" if self.body_css else self.told_text),
        )
        return self.required("body", found, self.body_css or "the page's text and JSON-LD articleBody")

    @field
    def summary(self) -> str | None:
        return self.first(
            "summary",
            ("css", lambda: self.text_of(self.summary_css)),
            ("json-ld", lambda: jsonld.clean(self.node.get("description"))),
            ("meta", lambda: self.metadata.get("og:description", "description", "twitter:description")),
        )

    @field
    def section(self) -> str | None:
        return self.first(
            "section",
            ("css", lambda: self.text_of(self.section_css)),
            ("json-ld", lambda: next(map(jsonld.clean, jsonld.as_list(self.node.get("articleSection"))), None)),
            ("meta", lambda: (self.metadata.get("article:section") or "").split("|")[0].strip()),
            ("json-ld", lambda: jsonld.section(self.nodes, self.headline)),
        )

    @field
    def section_slug(self) -> str | None:
        match = self.site.article(self.address) if self.site else None
        return self.first("section_slug", ("url", lambda: match["section"] if match else None))

    @field
    @kept
    def published_at(self) -> str | None:
        return self.first(
            "published_at",
            ("json-ld", lambda: self.instant(jsonld.as_list(self.node.get("datePublished")))),
            ("meta", lambda: self.instant(moments.published(self.metadata))),
            ("html", lambda: self.instant(moments.marked(self.document.root, not self.site))),
            ("css" if self.date_css else "html", self.visible_time),
        )

    @field
    def published_text(self) -> str | None:
        if not self.date_css and self.found.get("published_at") in ("json-ld", "meta"):
            # the guess is for pages that tell machines nothing
            return None
        return self.first("published_text", ("css" if self.date_css else "html", lambda: self.printed_time))

    @field
    def modified_at(self) -> str | None:
        return self.first(
            "modified_at",
            ("json-ld", lambda: self.instant(jsonld.as_list(self.node.get("dateModified")))),
            ("meta", lambda: self.instant(moments.modified(self.metadata))),
        )

    @field
    def image_url(self) -> str | None:
        return self.first(
            "image_url",
            ("css", lambda: next((image.url for image in self.pictures), None)),
            ("json-ld", lambda: self.image_of(jsonld.image_urls(self.node.get("image")))),
            ("meta", lambda: self.image_of(self.metadata.all("og:image", "twitter:image"))),
        )

    @field
    def images(self) -> tuple[Image, ...]:
        inside = [images.inside(place, self.base, self.placeholder_image) for place in self.containers]
        shown = {image.url: image for found in (self.pictures, *inside) for image in found}
        return tuple(self.first("images", ("css" if self.body_css else "html", shown.values)) or ())

    @field
    def tags(self) -> tuple[str, ...]:
        found = self.first(
            "tags",
            ("css", lambda: [tag for place in self.tag_lists for tag in tags.printed(place)]),
            ("json-ld", lambda: tags.listed(jsonld.as_list(self.node.get("keywords")))),
            ("meta", lambda: tags.listed(self.metadata.all("article:tag"))),
            ("html", lambda: [] if self.site else tags.marked(self.document.root)),
            # where a site prints its tags, keywords that are not among them are the same on every page
            ("meta", lambda: [] if self.tags_css else tags.joined(self.metadata.get("news_keywords", "keywords"))),
        )
        return tuple(dict.fromkeys(found or ()))

    @field
    def authors(self) -> tuple[str, ...]:
        """The persons; the publisher's own name only where JSON-LD names nobody else."""
        publishers = self.publishers
        told = jsonld.names(self.node.get("author"), self.nodes)
        found = self.first(
            "authors",
            ("css", lambda: people.authors(self.texts(self.authors_css), publishers)),
            ("json-ld", lambda: people.authors(told, publishers)),
            ("meta", lambda: people.authors(self.metadata.all(*people.METAS), publishers)),
            ("meta", lambda: people.authors(people.labelled(self.metadata), publishers)),
            ("html", lambda: () if self.site else people.bylines(self.document.root, publishers)),
            ("json-ld", lambda: people.authors(told, ())),
        )
        return found or ()

    @field
    def alternates(self) -> tuple[Alternate, ...]:
        source = "hreflang" if any(link.hreflang for link in self.metadata.links.get("alternate", ())) else "link"
        return self.first("alternates", (source, lambda: self.versions.alternates)) or ()

    @field
    @kept
    def short_url(self) -> str | None:
        return self.first(
            "short_url",
            ("css", lambda: versions.short(self.select(self.short_url_css), self.site)),
            ("link", lambda: self.linked("shortlink")),
        )

    @field
    def site_article_id(self) -> str | None:
        number = _NUMBER.search(self.short_url or "") if self.site else None
        return self.first("site_article_id", (self.found.get("short_url", ""), lambda: number and number[1]))

    @field
    def aliases(self) -> dict[str, str]:
        known = {self.base: versions.why(self.base, self.address)}
        if amp := self.linked("amphtml"):
            known[amp] = "amp"
        if self.short_url:
            known[self.short_url] = "short link"
        return {url: reason for url, reason in known.items() if url != self.address}

    @field
    def flags(self) -> tuple[str, ...]:
        """What to doubt about the time."""
        if self.published_at is None:
            return (f"published_text {self.published_text!r} cannot be read",) if self.published_text else ()
        if self.site or not self.without_zone:
            return ()
        return (f"published_at has no zone on the page; {self.zone} is that of the site's country",)
