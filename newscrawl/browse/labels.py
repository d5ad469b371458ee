"""What datasette's own templates lack for readers who do not see them: a language, a main part, names of fields.

It is written into their source before that is compiled, so that none of them has to be copied. A page of a database
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
    '<div class="table-wrapper">': ' tabindex="0" role="region" aria-label="Table"',
    'name="_filter_column': 'aria-label="Column" ',
    'name="_filter_op': 'aria-label="Comparison" ',
    'name="_filter_value': 'aria-label="Value" ',
    'name="_sort"': 'aria-label="Sort by" ',
    'id="sql-editor"': 'aria-label="SQL" ',
    'class="cross"': 'aria-label="Remove" ',
    "cmResize(editor": 'editor.getInputField().setAttribute("aria-label", "SQL"); ',
}
"""A piece of a template to what is written into it: into the end of a tag, else before it."""
_PIECE = re.compile("|".join(map(re.escape, _LACKING)))


class Labels(Extension):
    """Writes what is lacking into the source of every template."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source of a template before it is compiled."""
        return _PIECE.sub(_with_labels, source)


def _with_labels(piece: re.Match[str]) -> str:
    whole, lacking = piece[0], f"{{% if {NONCE} %}}{_LACKING[piece[0]]}{{% endif %}}"
    return f"{whole[:-1]}{lacking}>" if whole.endswith(">") else lacking + whole


def prepare(env: Environment) -> None:
    """Give an environment of templates the labels."""
    env.add_extension(Labels)
