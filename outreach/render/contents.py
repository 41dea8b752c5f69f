"""What a mail shows, from its tree: how long it can become, its links and images, and what always stands in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from jinja2 import nodes

from outreach.render.filters import FILTERS, is_blank, printable
from outreach.render.gaps import name_of
from outreach.render.language import HONEYPOT_LOOK, LINKED, PIXEL, SHOWN, SHOWN_OR_NOTHING
from outreach.render.tokens import SHAPE

Values = Callable[[str], object]
"""Gives the value of a name such as lead.first_name."""

EXPRESSION = "{{ }}"
"""Stands for what only a lead can tell."""

TRACKED = 51
"""Letters of a tracked address beside the one it leads to: where tracking is, the signature, the ids."""
_SILENT = re.compile(rf"<!--{SHAPE.pattern}-->|<img\b[^>]*>", re.IGNORECASE)
PIXELS = 2 * TRACKED + len(HONEYPOT_LOOK) + 80


@dataclass(frozen=True)
class Link:
    """A link: where it leads, and its text."""

    address: str
    text: str


@dataclass(frozen=True)
class Image:
    """An image; `alt` is None where nothing is said of it."""

    address: str
    alt: str | None


@dataclass
class Shown:
    """The links and images of a page."""

    links: list[Link] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)


# -- how long ------------------------------------------------------------------------------------------


def longest(tree: nodes.Template, values: Values) -> str:
    """Return the longest that the tree can come to with these values."""
    return "".join(_longest(tree.body, values))


def _longest(body: list[nodes.Node], values: Values) -> Iterator[str]:
    for node in body:
        match node:
            case nodes.Output():
                for part in node.nodes:
                    yield part.data if isinstance(part, nodes.TemplateData) else _said(part, values)
            case nodes.If():
                arms = [node.body, *(arm.body for arm in node.elif_), node.else_]
                yield max(("".join(_longest(arm, values)) for arm in arms), key=len)
            case nodes.For():
                yield from _longest(node.body, values)


def _said(expression: nodes.Node, values: Values) -> str:
    match expression:
        case nodes.Filter(name=name, args=arguments) if name == LINKED:
            target = "".join(_said(part, values) for part in arguments)
            return "x" * (TRACKED + len(target) * 4 // 3)
        case nodes.Filter(name=name) if name == PIXEL:
            return "x" * PIXELS
    return _text(_value(expression, values))


def _text(value: object) -> str:
    try:
        return "" if is_blank(value) else str(printable(value))
    except Exception:
        return str(value)


def _value(expression: nodes.Node | None, values: Values) -> object:
    """Return the longest value that an expression can have."""
    match expression:
        case nodes.Const(value=value):
            return value
        case nodes.Or(left=left, right=right) | nodes.CondExpr(expr1=left, expr2=right):
            return max(_value(left, values), _value(right, values), key=lambda value: len(_text(value)))
        case nodes.And(right=right):
            return _value(right, values)
        case nodes.Filter(name=name, node=inner) if name in (SHOWN, SHOWN_OR_NOTHING):
            return _value(inner, values)
        case nodes.Filter():
            return _filtered(expression, values)
    return values(name_of(expression))


def _filtered(expression: nodes.Filter, values: Values) -> object:
    value = _value(expression.node, values)
    arguments = [_value(argument, values) for argument in expression.args]
    if expression.name == "default":
        return max(value, *arguments, key=lambda each: len(_text(each))) if arguments else value
    if expression.name == "linebreaks":
        return "<br>\n".join(_text(value).strip().splitlines())
    try:
        return FILTERS[expression.name](value, *arguments)
    except (
        Exception
    ):  # a filter refuses a value of another type: no mail of such a lead is sent, as is told elsewhere
        return value


# -- what always stands there --------------------------------------------------------------------------


def always_has(tree: nodes.Template, wanted: str, values: Values) -> bool:
    """Answer whether `wanted` stands in what comes out, whichever arms of {% if %} are taken."""
    return _always_has(tree.body, wanted, values)


def _always_has(body: list[nodes.Node], wanted: str, values: Values) -> bool:
    said = "".join(
        "".join(_longest([node], values)) if isinstance(node, nodes.Output) else "\0" for node in body
    )
    return wanted in said or any(
        bool(node.else_)
        and all(
            _always_has(arm, wanted, values)
            for arm in (node.body, *(other.body for other in node.elif_), node.else_)
        )
        for node in body
        if isinstance(node, nodes.If)
    )


# -- links and images ----------------------------------------------------------------------------------


def shown(tree: nodes.Template) -> Shown:
    """Return the links and images of a page, those of every arm."""
    reader = _Page()
    reader.feed("".join(_all(tree.body)))
    reader.close()
    return reader.found


def letters(body_html: str) -> int:
    """Return how many letters of text a body has; what a lead brings in counts as ten."""
    reader = _Page()
    reader.feed(SHAPE.sub("1234567890", _SILENT.sub("", body_html)))
    reader.close()
    return sum(character.isalnum() for character in "".join(reader.words))


def _all(body: list[nodes.Node]) -> Iterator[str]:
    for node in body:
        match node:
            case nodes.Output():
                for part in node.nodes:
                    yield _marked(part)
            case nodes.If() | nodes.For():
                arms = [node.body, *(arm.body for arm in getattr(node, "elif_", ())), node.else_]
                for arm in arms:
                    yield from _all(arm)


def _marked(part: nodes.Node) -> str:
    match part:
        case nodes.TemplateData(data=data):
            return str(data)
        case nodes.Const(value=value):
            return str(value)
        case nodes.Filter(name=name, args=arguments) if name == LINKED:
            return "".join(_marked(argument) for argument in arguments).replace('"', "%22")
        case nodes.Filter(name=name) if name == PIXEL:
            return ""
    return EXPRESSION


class _Page(HTMLParser):
    """Reads links and images as a mail program does."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Shown()
        self.words: list[str] = []
        self._open: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given: dict[str, Any] = dict(attrs)
        if tag == "img":
            alt = given.get("alt", "") or "" if "alt" in given else None
            self.found.images.append(Image((given.get("src") or "").strip(), alt))
            if self._open and alt:
                self.words.append(alt)
        elif tag == "a" and given.get("href") is not None:
            self._open.append((given["href"].strip(), len(self.words)))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._open:
            address, start = self._open.pop()
            self.found.links.append(Link(address, " ".join("".join(self.words[start:]).split())))

    def handle_data(self, data: str) -> None:
        self.words.append(data)
