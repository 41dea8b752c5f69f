"""Takes a template's tree apart into text with tokens, and puts one together again around a changed text.

So Markdown, CSS and links can be worked on once, before any lead is known, and what a lead brings in later is never
read as Markdown or HTML.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from jinja2 import nodes

from outreach.render.language import Fault, Faulty, Language, repeated, shown

# Lines of the layouts are counted from here (the one of text from twice as far), so that one number tells
# line and file.
LAYOUT = 1_000_000
# What every token's name looks like.
SHAPE = re.compile(r"j[0-9a-f]{10}x[0-9]+x")
PREFIX = 12  # so many letters of it all tokens of a mail share
_PLACES = "put it between paragraphs, on a line of its own, or between words"

Role = Literal["show", "if", "elif", "else", "for", "set", "end"]


@dataclass(frozen=True)
class Token:
    """What a token in the text stands for; `owner` is the block that it begins, divides or ends."""

    role: Role
    node: nodes.Node
    owner: nodes.Node


@dataclass
class Tokens:
    """The tokens of a template. Their names are words that no reader of Markdown or HTML changes."""

    prefix: str
    known: dict[str, Token] = field(default_factory=dict)

    def add(self, role: Role, node: nodes.Node, owner: nodes.Node | None = None) -> str:
        """Return the name of a new token."""
        name = f"{self.prefix}{len(self.known)}x"
        self.known[name] = Token(role, node, owner or node)
        return name

    def named(self, *roles: Role) -> list[str]:
        """Return the names of the tokens of these roles, in the order of the template."""
        return [name for name, token in self.known.items() if token.role in roles]

    @property
    def blocks(self) -> list[str]:
        return [name for name, token in self.known.items() if token.role != "show"]


def fresh(*sources: str) -> Tokens:
    """Return tokens whose names occur in none of the sources."""
    salt = "\0".join(sources)
    while True:
        prefix = "j" + hashlib.sha256(salt.encode("utf-8", "replace")).hexdigest()[:10] + "x"
        if not any(prefix in source.lower() for source in sources):
            return Tokens(prefix)
        salt += "\0"


def flatten(tree: nodes.Template, tokens: Tokens) -> str:
    """Return the text of the tree, with a token for all that is not text."""
    return "".join(_flat(tree.body, tokens))


def _flat(body: list[nodes.Node], tokens: Tokens) -> Iterator[str]:
    for node in body:
        match node:
            case nodes.Output():
                for part in node.nodes:
                    yield part.data if isinstance(part, nodes.TemplateData) else tokens.add("show", part)
            case nodes.If():
                yield from _flat_if(node, tokens)
            case nodes.For():
                yield tokens.add("for", node)
                yield from _flat(node.body, tokens)
                yield from _flat_else(node, tokens)
            case _:
                yield tokens.add("set", node)


def _flat_if(node: nodes.If, tokens: Tokens) -> Iterator[str]:
    yield tokens.add("if", node)
    yield from _flat(node.body, tokens)
    for other in node.elif_:
        yield tokens.add("elif", other, node)
        yield from _flat(other.body, tokens)
    yield from _flat_else(node, tokens)


def _flat_else(node: nodes.If | nodes.For, tokens: Tokens) -> Iterator[str]:
    if node.else_:
        yield tokens.add("else", node)
        yield from _flat(node.else_, tokens)
    yield tokens.add("end", node)


def pattern(names: list[str], *, are_all: bool = False) -> re.Pattern[str]:
    """Return what finds these tokens of one mail in a text, as they are or as HTML comments.

    No text holds their prefix but for the tokens: where `are_all` of them are meant, none has to be spelled out.
    """
    if not names:
        return re.compile(r"((?!))")
    ends = sorted((name[PREFIX:] for name in names), key=len, reverse=True)
    if are_all:
        ends = ["[0-9]+x", *(end for end in ends if not end[0].isdigit())]
    either = f"{names[0][:PREFIX]}(?:{'|'.join(ends)})"
    return re.compile(f"(?:<!--|&lt;!--)?({either})(?:-->|--&gt;)?")


def rebuild(
    text: str, tokens: Tokens, language: Language, ready: Mapping[str, nodes.Expr] | None = None
) -> nodes.Template:
    """Return the tree of the changed text; `ready` are expressions of the caller, by their tokens.

    Raises Faulty if the change has torn a block apart.
    """
    own = dict(ready or {})
    pieces = pattern([*tokens.known, *own], are_all=True).split(text)
    found = [name for name in pieces[1::2] if name not in own and tokens.known[name].role != "show"]
    _whole(found, tokens)
    builder = _Builder()
    builder.data(pieces[0])
    for name, data in zip(pieces[1::2], pieces[2::2], strict=True):
        if name in own:
            builder.put(nodes.Output([own[name]], lineno=own[name].lineno))
        else:
            builder.token(tokens.known[name])
        builder.data(data)
    tree = nodes.Template(builder.top, lineno=1)
    tree.set_environment(language)
    return tree


def _whole(found: list[str], tokens: Tokens) -> None:
    """Check that each block is there with all its parts in their order, or not at all."""
    owners = {id(tokens.known[name].owner) for name in found}
    expected = [name for name in tokens.blocks if id(tokens.known[name].owner) in owners]
    if found != expected:
        wrong = next((name for name in expected if found.count(name) != 1), found[0])
        raise torn(tokens.known[wrong])


def torn(token: Token) -> Faulty:
    """Return the error for a {% %} that stands where it can not."""
    return Faulty(Fault(token.node.lineno, "{% %} can not stand here", _PLACES))


class _Builder:
    """Grows a tree from text and tokens in their order."""

    def __init__(self) -> None:
        self.top: list[nodes.Node] = []
        self._into = [self.top]
        self._open: list[nodes.If | nodes.For] = []

    def put(self, node: nodes.Node) -> None:
        """Add a node where the text has come to."""
        self._into[-1].append(node)

    def data(self, text: str) -> None:
        """Add text as it is."""
        if text:
            self.put(nodes.Output([nodes.TemplateData(text, lineno=1)], lineno=1))

    def token(self, token: Token) -> None:
        """Add what a token stands for."""
        node = token.node
        match token.role:
            case "show" if isinstance(node, nodes.Expr):
                self.put(nodes.Output([shown(node)], lineno=node.lineno))
            case "if" if isinstance(node, nodes.If):
                self._begin(nodes.If(node.test, [], [], [], lineno=node.lineno))
            case "for" if isinstance(node, nodes.For):
                items = repeated(_expr(node.iter))
                self._begin(nodes.For(node.target, items, [], [], node.test, False, lineno=node.lineno))
            case "elif" if isinstance(node, nodes.If):
                self._turn(nodes.If(node.test, [], [], [], lineno=node.lineno))
            case "else":
                self._into[-1] = self._open[-1].else_
            case "end":
                self._into.pop()
                self._open.pop()
            case _:
                self.put(node)

    def _begin(self, node: nodes.If | nodes.For) -> None:
        self.put(node)
        self._open.append(node)
        self._into.append(node.body)

    def _turn(self, node: nodes.If) -> None:
        opened = self._open[-1]
        assert isinstance(opened, nodes.If)
        opened.elif_.append(node)
        self._into[-1] = node.body


def _expr(node: nodes.Node) -> nodes.Expr:
    assert isinstance(node, nodes.Expr)
    return node
