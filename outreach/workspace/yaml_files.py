"""Reads YAML 1.2 into nodes, and refuses all that a file written by a person does not need."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from outreach.errors import Problem, Problems
from outreach.workspace.documents import Document, Node, Scalar

MOST_BYTES = 1_000_000
MOST_DEPTH = 50
MOST_ENTRIES = 50_000  # the pure parser reads about as many in a second
LONGEST_INTEGER = 15  # digits; every shorter one is exact as a float

FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
TAB_INDENT = re.compile(r"^ *(\t)[ \t]*[^\s#]", re.MULTILINE)
DIRECTIVE = re.compile(r"^%", re.MULTILINE)
INTEGER = re.compile(r"[-+]?(0|[1-9]\d*)", re.ASCII)
NUMBER = re.compile(r"[-+]?(\.\d+|(0|[1-9]\d*)(\.\d*)?)([eE][-+]?\d{1,3})?", re.ASCII)
WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("null", "Null", "NULL", "~", ""), None),
}

# -- from a file to a document ---------------------------------------------------------------------


def read_text(path: Path, file: str) -> str:
    """Return the file's text; Problems where it is too large, not UTF-8, or not to be read."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise _one(file, 0, 0, f"can not be read: {error.strerror}") from None
    if len(data) > MOST_BYTES:
        raise _one(file, 0, 0, "is larger than 1 MB", "split it: these files are written by people")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, column = _position(data[: error.start].decode("utf-8", "replace"))
        message = f"the byte 0x{data[error.start]:02x} is not UTF-8"
        raise _one(file, line, column, message, "save the file as UTF-8") from None
    if found := FORBIDDEN.search(text):
        message = f"the control character {_code(found[0])} stands here"
        raise _one(file, *_position(text[: found.start()]), message, "remove it")
    return text


def parse(text: str, file: str) -> Document:
    """Return the document that `text` holds; Problems says in plain words what is not right and where."""
    if found := TAB_INDENT.search(text):
        line, column = _position(text[: found.start(1)])
        raise _one(file, line, column, "a tab indents this line", "indent with spaces")
    if found := DIRECTIVE.search(text):
        message = "a line starts with %, a directive"
        raise _one(file, *_position(text[: found.start()]), message, "remove it: files are plain YAML 1.2")
    builder = _Builder(file)
    place = (1, 1)
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            place = (event.end_mark.line + 1, event.end_mark.column + 1)
            builder.take(event)
    except YAMLError as error:
        raise Problems([_syntax(error, file, place)]) from None
    except (ValueError, OverflowError):  # an escape that names no character
        raise _one(
            file, *place, "an escape in quotes names no character", "write the character itself"
        ) from None
    return Document(file, text, builder.finish())


def _position(before: str) -> tuple[int, int]:
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"


def _one(file: str, line: int, column: int, message: str, hint: str = "") -> Problems:
    return Problems([Problem(file, line, column, "yaml", message, hint)])


# -- from events to nodes ----------------------------------------------------------------------------

SECOND_DOCUMENT = ("a second document starts here", "one file is one document: remove the line ---")
REFUSED: tuple[tuple[Callable[[Any], bool], str, str], ...] = (
    (lambda event: isinstance(event, AliasEvent),
     "an alias with * stands here", "write the value itself, or put text that starts with * in quotes"),
    (lambda event: isinstance(event, NodeEvent) and event.anchor is not None,
     "an anchor with & stands here", "remove it, or put text that starts with & in quotes"),
    (lambda event: isinstance(event, NodeEvent) and getattr(event, "tag", None) is not None,
     "a tag with ! stands here", "remove it, or put text that starts with ! in quotes"),
)  # fmt: skip


@dataclass
class _Open:
    """A list or mapping whose end has not come yet."""

    event: Event
    node: Node
    key: Node | None = None


@dataclass
class _Builder:
    """Puts nodes together from the parser's events, on a stack of its own: deep files end in no recursion."""

    file: str
    stack: list[_Open] = field(default_factory=list)
    root: Node | None = None
    entries: int = 0
    documents: int = 0
    problems: list[Problem] = field(default_factory=list)

    def take(self, event: Event) -> None:
        """Add what the event says."""
        if isinstance(event, NodeEvent | DocumentStartEvent):
            self._refuse(event)
        if isinstance(event, CollectionEndEvent):
            done = self.stack.pop().node
            self._add(done)
        elif isinstance(event, ScalarEvent):
            self._add(self._scalar(event))
        elif isinstance(event, NodeEvent):
            if len(self.stack) >= MOST_DEPTH:
                raise self._at(event, f"this is nested deeper than {MOST_DEPTH} levels")
            self.stack.append(_Open(event, _node(event, {} if isinstance(event, MappingStartEvent) else [])))

    def finish(self) -> Node:
        """Return the whole; Problems where it is not one mapping."""
        if self.problems:
            raise Problems(self.problems)
        if self.root is None or self.root.data is None:
            raise _one(self.file, 1, 1, "the file is empty", "write keys and values, or delete it")
        if not isinstance(self.root.data, dict):
            found = "a list" if isinstance(self.root.data, list) else "a single value"
            raise _one(
                self.file, self.root.line, self.root.column, f"{found} stands at the top", "write key: value"
            )
        return self.root

    def _refuse(self, event: Event) -> None:
        self.entries += isinstance(event, NodeEvent)
        if self.entries > MOST_ENTRIES:
            raise self._at(event, f"there are more than {MOST_ENTRIES:,} entries", "split the file")
        if isinstance(event, DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise self._at(event, *SECOND_DOCUMENT)
        for is_wrong, message, hint in REFUSED:
            if is_wrong(event):
                raise self._at(event, message, hint)

    def _at(self, event: Event, message: str, hint: str = "") -> Problems:
        return _one(self.file, event.start_mark.line + 1, event.start_mark.column + 1, message, hint)

    def _scalar(self, event: ScalarEvent) -> Node:
        if found := FORBIDDEN.search(event.value):
            raise self._at(event, f"the control character {_code(found[0])} stands in this text", "remove it")
        return _node(event, _resolve(event.value) if event.implicit[0] and not event.style else event.value)

    def _add(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        above = self.stack[-1]
        if isinstance(above.node.data, list):
            above.node.data.append(node)
        elif above.key is None:
            above.key = self._as_key(node)
        elif isinstance(above.node.data, dict):
            above.node.data.setdefault(str(above.key.data), (above.key, node))
            above.key = None

    def _as_key(self, node: Node) -> Node:
        assert isinstance(self.stack[-1].node.data, dict)
        if isinstance(node.data, list | dict):
            raise _one(self.file, node.line, node.column, "a list or mapping stands where a key belongs",
                       "put text that holds { or [ in quotes")  # fmt: skip
        earlier = self.stack[-1].node.data.get(str(node.data))
        if earlier:
            message = f'"{str(node.data)[:60]}" stands twice here'
            hint = f"the first is on line {earlier[0].line}: keep one"
            self.problems.append(Problem(self.file, node.line, node.column, "yaml", message, hint))
        return node


def _node(event: Event, data: Scalar | list[Node] | dict[str, tuple[Node, Node]]) -> Node:
    start, end = event.start_mark, event.end_mark
    return Node(start.line + 1, start.column + 1, start.index, end.index, data)


def _resolve(written: str) -> Scalar:
    """Return what an unquoted word means: the core schema of YAML 1.2, but 007 stays text."""
    if written in WORDS:
        return WORDS[written]
    if INTEGER.fullmatch(written) and len(written) <= LONGEST_INTEGER:
        return int(written)
    return float(written) if NUMBER.fullmatch(written) else written


# -- the parser's words in ours -----------------------------------------------------------------------

AT_CONTEXT = (
    ("while scanning a quoted scalar", "the quote that opens here is never closed", "close it"),
    ("while parsing a flow sequence", "the list that opens here is not closed well", "write [one, two]"),
    ("while parsing a flow mapping", "the { that opens here is not closed well", "write {a: 1, b: 2}"),
)  # fmt: skip
AT_PROBLEM = (
    ("mapping values are not allowed", "a colon stands where none may be",
     "put text that holds a colon in quotes, or check how far the line is indented"),
    ("sequence entries are not allowed", "a - stands where no list may begin", "start it on a line of its own"),
    ("mapping keys are not allowed", "a ? stands where no key may be", "put text that starts with ? in quotes"),
    ("expected chomping", "text stands behind | or >", "start the text on the next line"),
    ("expected a comment or a line break", "text stands behind | or >", "start the text on the next line"),
    ("could not find expected ':'", "a key without its colon stands before this", "write key: value"),
    ("found character '\\t'", "a tab stands here", "use spaces"),
    ("that cannot start any token", "text can not start with this character", "put it in quotes"),
    ("but found '<scalar>'", "text goes on after its closing quote", "put all of it in quotes"),
    ("expected '<document start>'", "this line is indented less than the first", "start it in the same column"),
    ("expected <block end>", "this line is not indented like those above it", "start it in the same column"),
    ("expected the node content", "something is missing before this", "write a value, or use quotes"),
    ("but found another document", *SECOND_DOCUMENT),
    ("unknown escape character", "there is no such escape in quotes", "use single quotes, or write \\\\"),
    ("expected escape sequence", "this escape in quotes is not complete", "write the character itself"),
    ("expected alphabetic or numeric", "text can not start with this character", "put it in quotes"),
)  # fmt: skip


def _syntax(error: YAMLError, file: str, place: tuple[int, int]) -> Problem:
    if not isinstance(error, MarkedYAMLError):
        return Problem(file, *place, "yaml", "this is not YAML", "compare with the examples of outreach init")
    context, problem = str(error.context or ""), str(error.problem or "unclear").splitlines()[0]
    for start, message, hint in AT_CONTEXT:
        if context.startswith(start) and error.context_mark and "escape" not in problem:
            return Problem(file, *_from_one(error.context_mark), "yaml", message, hint)
    mark = error.problem_mark or error.context_mark
    if mark:
        place = _from_one(mark)
    for part, message, hint in AT_PROBLEM:
        if part in problem or part in context:
            return Problem(file, *place, "yaml", message, hint)
    return Problem(file, *place, "yaml", f"this is not YAML ({problem})")


def _from_one(mark: Any) -> tuple[int, int]:
    return mark.line + 1, mark.column + 1
