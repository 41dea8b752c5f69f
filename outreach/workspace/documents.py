"""A parsed file as nodes that know where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from outreach.errors import Problem

Scalar = str | int | float | bool | None
Place = tuple[str | int, ...]


class Node(NamedTuple):
    """A value, a list or a mapping. Lines and columns count from 1, `start` and `end` in the text from 0."""

    line: int
    column: int
    start: int
    end: int
    data: Scalar | list[Node] | dict[str, tuple[Node, Node]]  # a mapping holds each key's own node too

    def below(self, part: str | int) -> Node | None:
        """Return the value of this key, or the item of this number, if there is one.

        Where a mapping stands for a list, with an item for each key or as its only item, a number means the
        mapping, at the place of that key's value.
        """
        if isinstance(self.data, list):
            return self.data[part] if isinstance(part, int) and part < len(self.data) else None
        if isinstance(self.data, dict) and isinstance(part, int):
            value = next((value for _, value in islice(self.data.values(), part, None)), self)
            return Node(value.line, value.column, value.start, value.end, self.data)
        if isinstance(self.data, dict):
            pair = self.data.get(str(part))
            return pair[1] if pair else None
        return None


@dataclass(frozen=True)
class Document:
    """A parsed file: its name as people know it, its text, and its mapping."""

    file: str
    text: str
    root: Node

    def find(self, path: Place) -> Node:
        """Return the node at `path`, or the nearest one above it that is there."""
        node = self.root
        for part in path:
            below = node.below(part)
            if below is None:
                break
            node = below
        return node

    def key(self, path: Place) -> Node:
        """Return the node of the key that `path` ends with, else the one that `find` returns."""
        above = self.find(path[:-1])
        if isinstance(above.data, dict) and path[-1] in above.data:
            return above.data[str(path[-1])][0]
        return self.find(path)

    def problem(
        self, node: Node, rule: str, message: str, hint: str = "", offset: int | None = None
    ) -> Problem:
        """Return a problem at the node, or at the character of its text that has this offset."""
        line, column = (node.line, node.column) if offset is None else self._place(node, offset)
        return Problem(self.file, line, column, rule, _one_line(message), _one_line(hint))

    def _place(self, node: Node, offset: int) -> tuple[int, int]:
        """Return where a character of the node's text stands in the file; its start where nobody can tell.

        The text is what is written without quotes, block mark and line breaks: both are walked side by side.
        """
        wanted = str(node.data).strip()
        at = _text_start(self.text, node)
        for character in wanted[: offset + 1]:
            before = at
            while at < node.end and self.text[at].isspace():
                at += 1
            if character.isspace():
                continue
            if self.text[at : at + 1] != character or at >= node.end:
                return node.line, node.column
            before, at = at, at + 1
        written = self.text[:before]
        return written.count("\n") + 1, before - (written.rfind("\n") + 1) + 1


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _text_start(text: str, node: Node) -> int:
    mark = text[node.start : node.start + 1]
    if mark in ("|", ">"):
        return text.find("\n", node.start) + 1 or node.end
    at = node.start + (mark in ("'", '"'))
    while at < node.end and text[at].isspace():
        at += 1
    return at
