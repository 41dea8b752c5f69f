"""A parsed file as nodes that know where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from outreach.errors import Problem

Scalar = str | int | float | bool | None
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Node:
    """A value, a list or a mapping. Lines and columns count from 1, `start` and `end` in the text from 0."""

    line: int
    column: int
    start: int
    end: int
    data: Scalar | list[Node] | dict[str, tuple[Node, Node]]  # a mapping holds each key's own node too

    def plain(self) -> Any:
        """Return the node as plain Python data."""
        if isinstance(self.data, list):
            return [item.plain() for item in self.data]
        if isinstance(self.data, dict):
            return {key: value.plain() for key, (_, value) in self.data.items()}
        return self.data

    def below(self, part: str | int) -> Node | None:
        """Return the value of this key, or the item of this number, if there is one."""
        if isinstance(self.data, list):
            return self.data[part] if isinstance(part, int) and part < len(self.data) else None
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

    def problem(self, node: Node, rule: str, message: str, hint: str = "", offset: int = 0) -> Problem:
        """Return a problem at the node, or at the character of its text that has this offset."""
        line, column = self._place(node, offset) if offset else (node.line, node.column)
        return Problem(self.file, line, column, rule, message, hint)

    def _place(self, node: Node, offset: int) -> tuple[int, int]:
        """Return where a character of the node's text stands in the file; its start where nobody can tell.

        The text is what is written without quotes, block mark and line breaks: both are walked side by side.
        """
        wanted = str(node.data).strip()
        at = _text_start(self.text, node)
        for character in wanted[:offset]:
            if not character.isspace():
                while at < node.end and self.text[at].isspace():
                    at += 1
                if at >= node.end or self.text[at] != character:
                    return node.line, node.column
                at += 1
            elif at < node.end and self.text[at].isspace():
                at += 1
        while at < node.end and self.text[at].isspace() and not wanted[offset : offset + 1].isspace():
            at += 1
        before = self.text[:at]
        return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1


def _text_start(text: str, node: Node) -> int:
    mark = text[node.start : node.start + 1]
    if mark in ("|", ">"):
        return text.find("\n", node.start) + 1 or node.end
    at = node.start + (mark in ("'", '"'))
    while at < node.end and text[at].isspace():
        at += 1
    return at
