"""What datasette's frame lacks for readers who do not see it: the language of the page, and its main part.

It is written into the source of templates before they are compiled, so that none has to be copied. A page of a database
that is not ours stays as it was.
"""

from __future__ import annotations

import re

from jinja2 import Environment
from jinja2.ext import Extension

from newscrawl.browse.safety import NONCE

_LACKING = {
    "<html>": ' lang="en"',
    # A page that has a main part of its own empties the block
    '<section class="content">': '{% block landmark %} id="content" role="main" tabindex="-1"{% endblock %}',
}
"""A tag to the attributes that it lacks."""
_TAG = re.compile("|".join(map(re.escape, _LACKING)))


class Labels(Extension):
    """Writes what is lacking into the source of every template."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source of a template before it is compiled."""
        return _TAG.sub(_with_labels, source)


def _with_labels(tag: re.Match[str]) -> str:
    return f"{tag[0][:-1]}{{% if {NONCE} %}}{_LACKING[tag[0]]}{{% endif %}}>"


def prepare(env: Environment) -> None:
    """Give an environment of templates the labels."""
    env.add_extension(Labels)
