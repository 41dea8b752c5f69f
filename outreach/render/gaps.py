"""Finds where a mail would have a gap for some leads, from its tree alone: no lead is needed to know.

The renderer refuses a mail in which something comes out empty; here every way through the {% if %} of a template is
looked at with what is known on it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from jinja2 import nodes

from outreach.render.filters import is_blank
from outreach.render.language import SHOWN, SHOWN_OR_NOTHING, spoken

Why = Literal["printed", "compared", "always defined", "no else"]
Known = frozenset[str]
Words = Mapping[str, frozenset[str]]

OF_CONTEXT = frozenset({"lead", "sender", "organisation"})
"""Names whose fields may be empty. Whatever else a template names always has a value."""
ORDERS = frozenset({"lt", "lteq", "gt", "gteq"})
NEVER_BLANK = frozenset({"length"})
NONE: Known = frozenset()


@dataclass(frozen=True, order=True)
class Gap:
    """A field that is not known for some leads, and the line that needs it."""

    line: int
    name: str
    why: Why


def gaps(trees: list[nodes.Template], known: Known, words: Words) -> list[Gap]:
    """Return what some leads lack, in the order of the lines.

    `known` are names such as lead.email that always have a value, `words` the closed vocabularies of fields.
    """
    reader = _Reader(words)
    return sorted({gap for tree in trees for gap in reader.body(tree.body, known)})


def silent(tree: nodes.Template, words: Words) -> int | None:
    """Return the line of what may leave all of the tree empty; None where it always says something."""
    return _silence(tree.body, words)


def name_of(expression: nodes.Node | None) -> str:
    """Return `lead.company` for a field, a name for a name, and nothing for all else."""
    match expression:
        case nodes.Name(name=name):
            return str(name)
        case nodes.Getattr(node=nodes.Name(name=root), attr=attribute):
            return f"{root}.{attribute}"
        case nodes.Getitem(node=nodes.Name(name=root), arg=nodes.Const(value=str() as key)):
            return f"{root}.{key}"
    return ""


# -- what a test tells ---------------------------------------------------------------------------------


def told(test: nodes.Node, truth: bool) -> Known:
    """Return the names that have a value wherever the test came out so."""
    match test:
        case nodes.Not(node=inner):
            return told(inner, not truth)
        case nodes.And(left=left, right=right) | nodes.Or(left=left, right=right):
            both = told(left, truth), told(right, truth)
            return both[0] | both[1] if isinstance(test, nodes.And) is truth else both[0] & both[1]
        case nodes.Compare(expr=left, ops=[nodes.Operand(op=operator, expr=right)]):
            return _told_by(operator, left, right, truth)
        case nodes.Test(node=inner, name="none"):
            return NONE if truth else _named(inner)
        case nodes.Filter(node=inner, name=filter_) if inner is not None and filter_ != "default":
            return told(inner, truth) if truth else NONE
    return _named(test) if truth else NONE


def _told_by(operator: str, left: nodes.Node, right: nodes.Node, truth: bool) -> Known:
    if operator in ORDERS:  # with nothing on one side there is no answer at all
        return _named(left) | _named(right)
    if operator in ("in", "notin"):
        return _named(right) | (_named(left) if truth is (operator == "in") else NONE)
    if truth is not (operator == "eq"):
        return NONE
    sides = ((left, right), (right, left))
    return frozenset(name for one, other in sides if _is_word(other) for name in _named(one))


def _is_word(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Const) and not is_blank(node.value)


def _named(node: nodes.Node | None) -> Known:
    if isinstance(node, nodes.Filter):
        return _named(node.node)
    return frozenset({name}) if (name := name_of(node)) else NONE


# -- walking -------------------------------------------------------------------------------------------


@dataclass
class _Reader:
    """Goes through a tree with what is known on each way."""

    words: Words
    doubtful: set[str] = field(
        default_factory=set
    )  # names that {% set %} made of something that may be empty

    def body(self, body: list[nodes.Node], known: Known) -> Iterator[Gap]:
        for node in body:
            match node:
                case nodes.Output():
                    for part in node.nodes:
                        yield from self._printed(part, known)
                case nodes.If():
                    yield from self._if(node, known)
                case nodes.For():
                    yield from self.body(node.body, known)
                    yield from self.body(node.else_, known)
                case nodes.Assign(target=nodes.Name(name=name)):
                    yield from self._asked(node.node, known)
                    if list(self._blank(node.node, known)):
                        self.doubtful.add(name)
                        known -= {name}
                    else:
                        known |= {name}

    def _if(self, node: nodes.If, known: Known) -> Iterator[Gap]:
        for arm in (node, *node.elif_):
            yield from self._asked(arm.test, known)
            yield from self.body(arm.body, known | told(arm.test, True))
            known |= told(arm.test, False)
        yield from self.body(node.else_, known)
        if node.elif_ and not node.else_ and not _is_exhaustive(node, self.words):
            yield Gap(node.lineno, spoken(_subject_of(node)), "no else")

    def _printed(self, expression: nodes.Node, known: Known) -> Iterator[Gap]:
        yield from self._asked(expression, known)
        for line, name in self._blank(expression, known):
            yield Gap(line, name, "printed")

    def _blank(self, expression: nodes.Node | None, known: Known) -> Iterator[tuple[int, str]]:
        """Yield by which names the expression may come out empty."""
        match expression:
            case nodes.Name() | nodes.Getattr() | nodes.Getitem():
                if self._may_lack(name := name_of(expression), known):
                    yield expression.lineno, name
            case nodes.Filter():
                yield from self._filtered(expression, known)
            case nodes.Or(left=left, right=right):
                yield from self._blank(right, known | told(left, False))
            case nodes.CondExpr():
                yield from self._chosen(expression, known)
            case nodes.And() | nodes.Add() | nodes.Sub() | nodes.Neg():
                for part in expression.iter_child_nodes():
                    yield from self._blank(part, known)

    def _chosen(self, expression: nodes.CondExpr, known: Known) -> Iterator[tuple[int, str]]:
        yield from self._blank(expression.expr1, known | told(expression.test, True))
        if expression.expr2 is None:
            yield expression.lineno, spoken(_inner(expression.test))
        yield from self._blank(expression.expr2, known | told(expression.test, False))

    def _filtered(self, expression: nodes.Filter, known: Known) -> Iterator[tuple[int, str]]:
        if expression.name == SHOWN_OR_NOTHING or expression.name in NEVER_BLANK:
            return
        if expression.name != "default":
            yield from self._blank(expression.node, known)
            for argument in expression.args if expression.name != SHOWN else ():
                yield from self._blank(argument, known)
            return
        fallback = expression.args[0] if expression.args else nodes.Const("")
        if not isinstance(fallback, nodes.Const):
            yield from self._blank(fallback, known)
        elif is_blank(fallback.value):
            yield from self._blank(expression.node, known)

    def _may_lack(self, name: str, known: Known) -> bool:
        if name in known or not name:
            return False
        root, dot, _ = name.partition(".")
        return name in self.doubtful or (root in OF_CONTEXT and bool(dot))

    def _asked(self, expression: nodes.Node | None, known: Known) -> Iterator[Gap]:
        """Yield what can not even be asked of some leads: nothing is neither more nor less than a number."""
        match expression:
            case nodes.And(left=left, right=right) | nodes.Or(left=left, right=right):
                yield from self._asked(left, known)
                yield from self._asked(right, known | told(left, isinstance(expression, nodes.And)))
            case nodes.CondExpr(test=test, expr1=first, expr2=second):
                yield from self._asked(test, known)
                yield from self._asked(first, known | told(test, True))
                yield from self._asked(second, known | told(test, False))
            case nodes.Node():
                yield from self._compared(expression, known)
                for child in expression.iter_child_nodes():
                    yield from self._asked(child, known)

    def _compared(self, expression: nodes.Node, known: Known) -> Iterator[Gap]:
        match expression:
            case nodes.Test(node=inner, name="defined" | "undefined") if "." in name_of(inner):
                yield Gap(expression.lineno, name_of(inner), "always defined")
            case nodes.Compare(expr=left, ops=[nodes.Operand(op=operator, expr=right)]):
                for side in _must_be_there(operator, left, right):
                    for line, name in self._blank(side, known):
                        yield Gap(line, name, "compared")


def _must_be_there(operator: str, left: nodes.Node, right: nodes.Node) -> tuple[nodes.Node, ...]:
    if operator in ORDERS:
        return left, right
    return (right,) if operator in ("in", "notin") else ()


# -- what is said to nobody ----------------------------------------------------------------------------


def _silence(body: list[nodes.Node], words: Words) -> int | None:
    doubtful: int | None = None
    for node in body:
        line: int | None = None
        match node:
            case nodes.Output():
                if any(_says(part) for part in node.nodes):
                    return None
                line = next((p.lineno for p in node.nodes if not isinstance(p, nodes.TemplateData)), None)
            case nodes.If():
                line = _silent_arm(node, words)
                if line is None:
                    return None
            case nodes.For():
                line = node.lineno
        doubtful = doubtful or line
    return doubtful or 1


def _silent_arm(node: nodes.If, words: Words) -> int | None:
    """Return the line of the arm that says nothing, of the {% if %} itself where it may come to none."""
    for arm in (node, *node.elif_):
        if _silence(arm.body, words) is not None:
            return int(arm.lineno)
    if node.else_:
        return _silence(node.else_, words)
    return None if _is_exhaustive(node, words) else int(node.lineno)


def _says(part: nodes.Node | None) -> bool:
    match part:
        case nodes.TemplateData(data=data):
            return bool(data.strip())
        case nodes.Const(value=value):
            return not is_blank(value)
        case nodes.Filter(name="default"):
            return bool(part.args) and _says(part.args[0])
        case nodes.Filter(name=name, node=inner) if name in (SHOWN, SHOWN_OR_NOTHING):
            return name == SHOWN or _says(inner)
        case nodes.Or(right=right):
            return _says(right)
        case nodes.CondExpr(expr1=first, expr2=second):
            return _says(first) and _says(second)
    return part is not None


def _is_exhaustive(node: nodes.If, words: Words) -> bool:
    """Whether the arms leave nobody out: a word each for all that a field can say, or a test and its opposite."""
    tests = [node.test, *(arm.test for arm in node.elif_)]
    if any(isinstance(test, nodes.Not) and test.node in tests for test in tests):
        return True
    name = name_of(_subject_of(node))
    asked: set[object] = set()
    for test in tests:
        if not isinstance(test, nodes.Compare) or name_of(test.expr) != name:
            return False
        asked |= _words_of(test)
    return bool(words.get(name)) and words[name] <= asked


def _words_of(test: nodes.Compare) -> set[object]:
    match test.ops:
        case [nodes.Operand(op="eq", expr=nodes.Const(value=value))]:
            return {value}
        case [nodes.Operand(op="in", expr=nodes.List(items=items))]:
            return {item.value for item in items if isinstance(item, nodes.Const)}
    return set()


def _subject_of(node: nodes.If) -> nodes.Node:
    return _inner(node.test)


def _inner(test: nodes.Node) -> nodes.Node:
    """Return what a test is about: its first field."""
    return next(
        (each for each in (test, *test.find_all((nodes.Getattr, nodes.Getitem))) if name_of(each)), test
    )
