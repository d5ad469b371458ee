"""CSS selectors (https://www.w3.org/TR/selectors-3/), compiled once for all pages.

Most selectors of a site are classes, tags and attributes, one inside another. Those are followed from element to
element; to start an XPath takes longer than that. All others become XPath.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import lru_cache

import attrs
import cssselect
from cssselect.parser import Attrib, Class, CombinedSelector, Element
from lxml import etree

_TRANSLATOR = cssselect.HTMLTranslator()


@attrs.frozen
class Step:
    """What one compound of a selector asks of an element, and where it looks, seen from what the one before found."""

    combinator: str
    """` ` for a descendant, `>` for a child; empty for the first compound."""
    tag: str | None
    class_name: str | None
    attribute: str | None

    def follow(self, scope: etree._Element, before: Collection[etree._Element]) -> list[etree._Element]:
        """The elements inside `scope` that fit, in document order, each once; `before` are those of the step before."""
        inside: Iterable[etree._Element] = before
        if self.combinator == ">":
            inside = (element for element in scope.iter(self.tag) if element.getparent() in before)
        elif self.combinator:
            # one inside another adds nothing new, so the order is the document's
            inside = dict.fromkeys(found for element in before for found in element.iterdescendants(self.tag))
        return [element for element in inside if self._fits(element)]

    def _fits(self, element: etree._Element) -> bool:
        return (
            (self.class_name is None or self.class_name in (element.get("class") or "").split())
            and (self.attribute is None or element.get(self.attribute) is not None)
            and (self.tag is None or element.tag == self.tag)
        )


@attrs.frozen
class Selector:
    """A selector: a class of its first compound, if any, and the way from an element of that class to what matches."""

    first_class: str | None
    steps: tuple[Step, ...]
    xpath: etree.XPath | None
    """For a selector that is no such way."""

    def find(self, scope: etree._Element) -> list[etree._Element]:
        """What matches inside `scope`, in document order: an element of `first_class`, else the root."""
        if self.xpath is not None:
            matches: list[etree._Element] = self.xpath(scope)
            return matches
        found = [scope]
        for step in self.steps:
            found = step.follow(scope, found)
        return found


@lru_cache(maxsize=512)
def compile_css(css: str) -> tuple[Selector, ...]:
    """The selectors of a comma-separated list.

    Raises:
        cssselect.SelectorError: `css` is no valid selector.
    """
    return tuple(_compiled(selector) for selector in cssselect.parse(css))


def _compiled(selector: cssselect.Selector) -> Selector:
    tree = selector.parsed_tree
    first_class = _first_class(tree)
    steps = _steps(tree)
    # of `.a > p` an `.a` inside another one matches earlier: one after another they are not in order
    if first_class and steps and (len(steps) == 1 or steps[1].combinator == " "):
        return Selector(first_class, steps[1:] if steps[0] == Step("", None, first_class, None) else steps, None)
    return Selector(first_class, (), etree.XPath(_TRANSLATOR.selector_to_xpath(selector, prefix=_axis(tree))))


def _steps(tree: object, combinator: str = "") -> tuple[Step, ...]:
    """The steps of a selector; none where it asks for something that a step cannot tell."""
    if isinstance(tree, CombinedSelector) and tree.combinator in (" ", ">"):
        before, last = _steps(tree.selector), _steps(tree.subselector, tree.combinator)
        return (*before, *last) if before and last else ()
    attribute = class_name = None
    if isinstance(tree, Attrib) and tree.operator == "exists" and tree.namespace is None:
        attribute, tree = tree.attrib.lower(), tree.selector
    if isinstance(tree, Class):
        class_name, tree = tree.class_name, tree.selector
    if isinstance(tree, Element) and tree.namespace is None:
        return (Step(combinator, tree.element and tree.element.lower(), class_name, attribute),)
    return ()


def _first_class(tree: object) -> str | None:
    while isinstance(tree, CombinedSelector):
        tree = tree.selector
    while isinstance(tree, Attrib):
        tree = tree.selector
    return tree.class_name if isinstance(tree, Class) else None


def _axis(tree: object) -> str:
    """Where XPath looks for the first compound of a selector, seen from a scope of `Document.select`.

    That is the scope itself if its class is known, and if what follows may stand anywhere inside it: then what the
    scopes give one after another is in document order.
    """
    combinator = " "
    first_class = _first_class(tree)
    while isinstance(tree, CombinedSelector):
        combinator, tree = tree.combinator, tree.selector
    return "self::" if first_class and combinator == " " else "descendant-or-self::"
