"""What may be written in a template: a part of Jinja2 that calls nothing and can not grow without end."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from jinja2 import StrictUndefined, TemplateRuntimeError, TemplateSyntaxError, nodes, pass_context
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from outreach.render.filters import FILTERS, is_blank, printable

LONGEST_SOURCE = 100_000
LONGEST_OUTPUT = 200_000
MOST_ITEMS = 100
MOST_ROUNDS = 1_000
DEEPEST_EXPRESSION = 50
DEEPEST_BLOCK = 10

# Names with a blank can not be written in a template, so nothing in one can reach these.
RUN = "this run"
SHOWN, SHOWN_OR_NOTHING, EACH, LINKED, PIXEL = (
    "to show",
    "to show or not",
    "to repeat",
    "to follow",
    "to count",
)

HONEYPOT_LOOK = (
    'rel="nofollow" tabindex="-1" aria-hidden="true" '
    'style="display:none;visibility:hidden;max-height:0;overflow:hidden;font-size:0;line-height:0;mso-hide:all"'
)
"""Nobody sees the link, comes to it with the keyboard or has it read out; without a text none is left to show."""


class Fault(NamedTuple):
    """Something in a template that is wrong, by the line where it stands."""

    line: int
    message: str
    hint: str = ""


class Faulty(Exception):
    """A template with faults."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__(faults[0].message)


@dataclass(slots=True)
class Run:
    """What one rendering carries along: how links are written, and how often something was repeated."""

    follow: Callable[[int, str], str]
    pixel: str = ""
    honeypot: str = ""
    rounds: int = field(default=0)


class Unknown(StrictUndefined):
    """Stands for a name that the context does not have; says so in a marketer's words."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        return f"{self._undefined_name} is not known" if self._undefined_name else "a value is not known"


class Language(ImmutableSandboxedEnvironment):
    """Jinja2 without globals, calls and methods: templates can only look at what they are given."""

    intercepted_binops = frozenset({"+", "-"})

    def __init__(self, *, autoescape: bool, trim: bool = False) -> None:
        super().__init__(
            autoescape=autoescape,
            undefined=Unknown,
            keep_trailing_newline=True,
            cache_size=0,
            trim_blocks=trim,
            lstrip_blocks=trim,
        )
        self.globals.clear()
        self.filters = {**FILTERS, **_INNER}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return the value of a key where there are keys: `lead.items` is a field, never a method."""
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Return the sum or difference of two numbers; texts are not added, as they could double for ever."""
        if not all(isinstance(value, int | float | Decimal) for value in (left, right)):
            raise TemplateRuntimeError("only numbers are added and subtracted")
        return super().call_binop(context, operator, left, right)


def parse(language: Language, source: str, first_line: int = 1) -> nodes.Template:
    """Return the tree of `source`, whose lines count from `first_line`; raise Faulty."""
    if len(source) > LONGEST_SOURCE:
        raise Faulty(Fault(0, f"the template is longer than {LONGEST_SOURCE:,} characters"))
    try:
        tree = language.parse("\n" * (first_line - 1) + source)
    except TemplateSyntaxError as error:
        raise Faulty(Fault(error.lineno, _one_line(error.message or "this is not understood"))) from None
    except (RecursionError, ValueError):
        raise Faulty(Fault(0, "an expression is nested too deeply, or a number is too long")) from None
    if faults := sorted(set(_faults(tree))):
        raise Faulty(*faults)
    return tree


def names(tree: nodes.Template) -> Iterator[tuple[int, str, str]]:
    """Yield (line, name, attribute or "") for all that the template takes from its context."""
    own = {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"} | {"loop"}
    inner = set()
    for attribute in tree.find_all(nodes.Getattr):
        if isinstance(attribute.node, nodes.Name) and attribute.node.name not in own:
            inner.add(id(attribute.node))
            yield attribute.lineno, attribute.node.name, attribute.attr
    for name in tree.find_all(nodes.Name):
        if name.name not in own and id(name) not in inner:
            yield name.lineno, name.name, ""


def shown(expression: nodes.Expr) -> nodes.Expr:
    """Return the expression so that it can not come out empty, unless it says what stands there then."""
    match expression:
        case nodes.Const():
            return expression
        case nodes.Or():
            left = _through(SHOWN_OR_NOTHING, expression.left)
            return nodes.Or(left, shown(expression.right), lineno=expression.lineno)
        case nodes.CondExpr():
            last = shown(expression.expr2) if expression.expr2 else None
            return nodes.CondExpr(expression.test, shown(expression.expr1), last, lineno=expression.lineno)
        case nodes.Filter(name="default", kwargs=[]) if all(
            isinstance(arg, nodes.Const) for arg in expression.args
        ):
            return _through(SHOWN_OR_NOTHING, expression)
    return _through(SHOWN, expression, nodes.Const(spoken(expression)))


def _through(name: str, expression: nodes.Expr, *arguments: nodes.Expr) -> nodes.Filter:
    return nodes.Filter(expression, name, list(arguments), [], None, None, lineno=expression.lineno)


def repeated(items: nodes.Expr) -> nodes.Expr:
    """Return the list of a loop so that it is counted."""
    return _through(EACH, items)


def spoken(expression: nodes.Node | None) -> str:
    """Return the expression as a person would name it in an error."""
    match expression:
        case nodes.Name():
            return expression.name
        case nodes.Getattr():
            return f"{spoken(expression.node)}.{expression.attr}"
        case nodes.Filter():
            return spoken(expression.node)
    return "an expression"


def _show(value: object, spoken_name: str) -> object:
    if is_blank(value):
        raise TemplateRuntimeError(
            f'{spoken_name} is empty, and no mail leaves with a gap; {{{{ {spoken_name} or "..." }}}} fills it'
        )
    return printable(value)


def _show_or_nothing(value: object) -> object:
    return "" if is_blank(value) else printable(value)


@pass_context
def _each(context: Context, items: object) -> list[object] | tuple[object, ...]:
    if not isinstance(items, list | tuple):
        str(items)  # of something unknown this says its name
        raise TemplateRuntimeError("only a list can be repeated")
    run: Run = context[RUN]
    run.rounds += len(items)
    if len(items) > MOST_ITEMS or run.rounds > MOST_ROUNDS:
        raise TemplateRuntimeError(f"a list is longer than {MOST_ITEMS} or repeated too often")
    return items


@pass_context
def _linked(context: Context, number: int, *parts: object) -> str:
    run: Run = context[RUN]
    return run.follow(number, "".join([str(part) for part in parts]))


@pass_context
def _pixel(context: Context, look: object) -> str:
    run: Run = context[RUN]
    pixel = f'<img src="{escape(run.pixel)}" {look}>' if run.pixel else ""
    honeypot = f'<a href="{escape(run.honeypot)}" {HONEYPOT_LOOK}></a>' if run.honeypot else ""
    return Markup(honeypot + pixel)


_INNER: dict[str, Callable[..., object]] = {
    SHOWN: _show,
    SHOWN_OR_NOTHING: _show_or_nothing,
    EACH: _each,
    LINKED: _linked,
    PIXEL: _pixel,
}

PLAIN = Language(autoescape=False)
HTML = Language(autoescape=True)
LINES = Language(autoescape=False, trim=True)
"""For text alone: a line that holds only {% %} leaves no empty line."""

_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.For, nodes.Assign,
    nodes.Const, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.CondExpr, nodes.And, nodes.Or, nodes.Not,
    nodes.Compare, nodes.Operand, nodes.Filter, nodes.Test, nodes.Add, nodes.Sub, nodes.Neg, nodes.List,
    nodes.Keyword,
)  # fmt: skip
_TESTS = frozenset({"defined", "undefined", "none"})
_RESERVED = frozenset({"self", "super", "caller", "varargs", "kwargs"})
_INSTEAD: dict[type[nodes.Node], tuple[str, str]] = {
    nodes.Call: ("nothing can be called in a template", "filters change a value: {{ name|upper }}"),
    nodes.Concat: ("~ is not part of the template language", "write the parts side by side: {{ a }} {{ b }}"),
    nodes.Mul: ("* is not part of the template language", "numbers can be added and subtracted"),
    nodes.Pow: ("** is not part of the template language", "numbers can be added and subtracted"),
    nodes.Mod: ("% is not part of the template language", "numbers can be added and subtracted"),
    nodes.Include: ("templates do not include others", "what all mails share stands in layout.html"),
    nodes.Extends: ("templates do not extend others", "what all mails share stands in layout.html"),
}
_WORDS = {
    "AssignBlock": "{% set %} with a block",
    "Block": "{% block %}",
    "CallBlock": "{% call %}",
    "Dict": "{ }",
    "Div": "/",
    "FilterBlock": "{% filter %}",
    "FloorDiv": "//",
    "FromImport": "{% from %}",
    "Import": "{% import %}",
    "Macro": "{% macro %}",
    "Scope": "{% autoescape %}",
    "Slice": "[:]",
    "Tuple": "a list in ( )",
    "With": "{% with %}",
}


def _faults(tree: nodes.Template) -> Iterator[Fault]:
    waiting: list[tuple[nodes.Node, nodes.Node | None, int, int]] = [(tree, None, 0, 0)]
    while waiting:
        node, parent, depth, blocks = waiting.pop()
        if isinstance(node, nodes.Stmt):
            depth, blocks = 0, blocks + isinstance(node, nodes.If | nodes.For)
        if depth > DEEPEST_EXPRESSION or blocks > DEEPEST_BLOCK:
            yield Fault(_line(node), "this is nested too deeply")
            return
        if not isinstance(node, _ALLOWED):
            word = _WORDS.get(type(node).__name__, "this")
            yield Fault(
                _line(node), *_INSTEAD.get(type(node), (f"{word} is not part of the template language", ""))
            )
            continue
        for rule in _RULES.get(type(node), ()):
            yield from rule(node, parent)
        waiting.extend((child, node, depth + 1, blocks) for child in node.iter_child_nodes())


def _line(node: nodes.Node) -> int:
    # Jinja puts some nodes around others without saying in which line they stand.
    return node.lineno or next((child.lineno for child in node.iter_child_nodes() if child.lineno), 0)


def _name(node: Any, parent: nodes.Node | None) -> Iterator[Fault]:
    name = node.name if isinstance(node, nodes.Name) else node.attr
    if name.startswith("_") or name in _RESERVED:
        yield Fault(node.lineno, f"{name} can not be used in a template")


def _item(node: Any, parent: nodes.Node | None) -> Iterator[Fault]:
    if not isinstance(node.arg, nodes.Const) or str(node.arg.value).startswith("_"):
        yield Fault(node.lineno, "[ ] takes a field in quotes or a number", 'for example lead["first_name"]')


def _loop(node: Any, parent: nodes.Node | None) -> Iterator[Fault]:
    if node.recursive or not isinstance(node.target, nodes.Name):
        yield Fault(node.lineno, "a loop has one name", "{% for item in items %}")
    if not isinstance(node.iter, nodes.Name | nodes.Getattr):
        yield Fault(node.lineno, "a loop goes over a list of the context", "{% for item in items %}")


def _set(node: Any, parent: nodes.Node | None) -> Iterator[Fault]:
    if not isinstance(node.target, nodes.Name):
        yield Fault(node.lineno, "{% set %} has one name", "{% set name = value %}")


def _filter(node: Any, parent: nodes.Node | None) -> Iterator[Fault]:
    if node.name not in FILTERS:
        yield Fault(node.lineno, f"there is no filter {node.name}", f"there are {', '.join(sorted(FILTERS))}")
    if node.node is None or node.dyn_args or node.dyn_kwargs:
        yield Fault(node.lineno, f"the filter {node.name} can not be used in this way")


def _test(node: Any, parent: nodes.Node | None) -> Iterator[Fault]:
    if node.name not in _TESTS:
        yield Fault(node.lineno, f"there is no test {node.name}", f"there are {', '.join(sorted(_TESTS))}")


def _list(node: Any, parent: nodes.Node | None) -> Iterator[Fault]:
    if not isinstance(parent, nodes.Operand) or parent.op not in ("in", "notin"):
        yield Fault(node.lineno, "a list can only stand after in", 'for example lead.country in ["DE", "HU"]')


_RULES: dict[type[nodes.Node], tuple[Callable[[Any, nodes.Node | None], Iterator[Fault]], ...]] = {
    nodes.Name: (_name,),
    nodes.Getattr: (_name,),
    nodes.Getitem: (_item,),
    nodes.For: (_loop,),
    nodes.Assign: (_set,),
    nodes.Filter: (_filter,),
    nodes.Test: (_test,),
    nodes.List: (_list,),
}


def _one_line(text: str) -> str:
    return " ".join(text.split())[:300]
