"""Reads a template file's text: the front matter between its two lines of dashes, and the body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from outreach.errors import TemplateError
from outreach.render.language import Fault, Faulty

LONGEST_FRONT_MATTER = 10_000
LONGEST_PLAIN = 1_000
# A reader of YAML takes seconds for thousands of brackets within each other.
MOST_BRACKETS = 200
KEYS = ("subject", "preheader")
MAIL_KINDS = (".md", ".html")
NOTE_KINDS = (".txt", ".md")

_FRONT = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)


_PLAIN = re.compile(
    rf"""(?P<key>{"|".join(KEYS)}): (?:(?P<quoted>"[^"\\]+"|'[^']+')|(?P<plain>[^\W_][^:#{{}}\[\]]*(?<! ))) *"""
)


@dataclass(frozen=True)
class Text:
    """A piece of a template file and the line it begins on."""

    text: str
    line: int


@dataclass(frozen=True)
class Source:
    """A template file, taken apart."""

    file: str
    body: Text
    subject: Text | None = None
    preheader: Text | None = None

    @property
    def is_markdown(self) -> bool:
        return self.file.endswith(".md")


def find(templates: Mapping[str, str], name: str, kinds: tuple[str, ...] = MAIL_KINDS) -> str:
    """Return the file that is meant by a template's name, with or without its ending; raise TemplateError."""
    for file in (name, *(name + kind for kind in kinds)):
        if file in templates:
            return file
    known = sorted({file.rpartition(".")[0] for file in templates} - {"layout"})
    near = get_close_matches(name, known, 1)
    raise TemplateError(name, 0, "there is no such template", f"did you mean {near[0]}?" if near else "")


def take_apart(file: str, text: str) -> Source:
    """Return the parts of a template file; raise Faulty."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    found = _FRONT.match(text)
    if not found:
        if text.startswith("---"):
            raise Faulty(Fault(1, "the front matter does not end", "close it with a line of three dashes"))
        return Source(file, Text(text, 1))
    values = _plain_front_matter(found[1]) or _front_matter(found[1])
    body = Text(text[found.end() :], found[0].count("\n") + 1)
    return Source(file, body, values.get("subject"), values.get("preheader"))


def _plain_front_matter(text: str) -> dict[str, Text]:
    """Return the values where each is a plain or simply quoted text on its key's line, nothing for any other YAML.

    Almost all are, and a reader of YAML takes a hundred times as long.
    """
    if len(text) > LONGEST_PLAIN:
        return {}
    lines = text.removesuffix("\n").split("\n")
    found = [_PLAIN.fullmatch(line) if line.isprintable() else None for line in lines]
    values = {
        match["key"]: Text(match["quoted"][1:-1] if match["quoted"] else match["plain"], number)
        for number, match in enumerate(found, start=2)
        if match
    }
    return values if len(values) == len(lines) else {}


def _front_matter(text: str) -> dict[str, Text]:
    if len(text) > LONGEST_FRONT_MATTER or text.count("[") + text.count("{") > MOST_BRACKETS:
        raise Faulty(Fault(1, "the front matter is not YAML of a subject and a preheader, it is too long"))
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise Faulty(Fault(line, f"the front matter is not YAML: {error.problem}", _QUOTES)) from None
    except (YAMLError, RecursionError):
        raise Faulty(Fault(1, "the front matter is not YAML", _QUOTES)) from None
    if root is None:
        return {}
    if not isinstance(root, MappingNode):
        raise Faulty(Fault(2, "the front matter has no keys", "it begins with subject:"))
    return _values(root)


_QUOTES = "put a value with { } : or # in quotes"


def _values(root: MappingNode) -> dict[str, Text]:
    values: dict[str, Text] = {}
    for key, value in root.value:
        line = key.start_mark.line + 2
        name = str(key.value)
        if name not in KEYS:
            near = get_close_matches(name, KEYS, 1)
            hint = f"did you mean {near[0]}?" if near else f"there are {' and '.join(KEYS)}"
            raise Faulty(Fault(line, f"{name[:50]} is not a key of the front matter", hint))
        if name in values:
            raise Faulty(Fault(line, f"{name} stands here twice"))
        values[name] = Text(_scalar(value, name, line), value.start_mark.line + 2)
    return values


def _scalar(value: Node, name: str, line: int) -> str:
    if not isinstance(value, ScalarNode) or value.anchor:
        raise Faulty(Fault(line, f"{name} is not a text", _QUOTES))
    return str(value.value)
