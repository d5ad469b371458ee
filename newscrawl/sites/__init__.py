"""The sites that newscrawl knows: one module each, found by being here.

A module holds one `Site` value and its page classes; importing this package imports them all, which also registers
their URL rules with web-poet.
"""

from __future__ import annotations

import importlib
import pkgutil

from tldextract import TLDExtract, tldextract

from newscrawl.site import Site

# web-poet's URL rules ask tldextract for the domain, which would fetch the public suffix list from the network at its
# first question; the list that comes with it will do.
tldextract.TLD_EXTRACTOR = TLDExtract(suffix_list_urls=(), cache_dir=None)


def _find() -> dict[str, Site]:
    found: dict[str, Site] = {}
    for info in pkgutil.iter_modules(__path__):
        module = importlib.import_module(f"{__name__}.{info.name}")
        for value in vars(module).values():
            if isinstance(value, Site):
                found[value.name] = value
    return found


SITES: dict[str, Site] = _find()
"""Every site by name."""
