"""The parts that a condition is made of, what it may name, and how it is written down."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum
from string import ascii_lowercase, ascii_uppercase
from typing import assert_never

from outreach.domain.words import OURS, Kind
from outreach.errors import InputError

DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
FOLDING = str.maketrans(ascii_uppercase, ascii_lowercase)


def fold(text: str) -> str:
    """Return `text` with A-Z made small and nothing else changed.

    SQLite's lower() knows only ASCII and PostgreSQL's asks the locale: only this much is the same everywhere.
    """
    return text.translate(FOLDING)


def midnight(day: str) -> datetime | None:
    """Return when the day "2026-03-01" begins in UTC, None when that is not how a day is written."""
    try:
        return datetime.combine(date.fromisoformat(day), time(), UTC) if DAY.fullmatch(day) else None
    except ValueError:
        return None


class ExpressionError(InputError):
    """A condition that is wrong: what, at which column of its text (from 1), and what would be right."""

    def __init__(self, message: str, column: int, hint: str = "") -> None:
        self.message = message
        self.column = column
        self.hint = hint
        super().__init__(f"column {column}: {message}" + (f"; {hint}" if hint else ""))


class Type(StrEnum):
    """What a field holds. A date is a point in time; a day means its midnight in UTC."""

    TEXT = "text"
    NUMBER = "number"
    YESNO = "yes/no"
    DATE = "date"


@dataclass(frozen=True)
class Schema:
    """What a condition may name."""

    fields: Mapping[str, Type]
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Closed vocabularies, by field ("lead.stage") or by function ("clicked": the templates there are)."""


class Column(StrEnum):
    """The part of an event that a function's argument is held against."""

    SUBJECT = "subject"
    DETAIL = "detail"


class Match(StrEnum):
    EQUALS = "equals"
    CONTAINS = "contains"  # in any case of A-Z


@dataclass(frozen=True)
class Asked:
    """Which events a call asks for; without a word, all of these kinds."""

    kinds: tuple[str, ...]
    word: str | None


@dataclass(frozen=True)
class Function:
    """A question whether something happened. Without `kinds` the first argument is the kind."""

    name: str
    kinds: tuple[Kind, ...]
    column: Column = Column.SUBJECT
    match: Match = Match.EQUALS
    least: int = 0
    most: int = 1
    example: str = ""

    def asked(self, arguments: tuple[str, ...]) -> Asked:
        """Return which events `name(*arguments)` asks for."""
        kinds, words = (self.kinds, arguments) if self.kinds else (arguments[:1], arguments[1:])
        return Asked(tuple(str(kind) for kind in kinds), words[0] if words else None)


FUNCTIONS: Mapping[str, Function] = {
    function.name: function
    for function in (
        Function("clicked", (Kind.CLICKED,), example='clicked("webinar/thanks")'),
        Function(
            "clicked_link", (Kind.CLICKED,), Column.DETAIL, Match.CONTAINS, example='clicked_link("/pricing")'
        ),
        Function("opened", (Kind.OPENED,), example='opened("webinar/thanks")'),
        Function("replied", (Kind.REPLIED,), example='replied("webinar/thanks")'),
        Function("visited", (Kind.VISITED,), match=Match.CONTAINS, example='visited("/pricing")'),
        Function("submitted", (Kind.SUBMITTED,), example='submitted("demo-request")'),
        Function("attended", (Kind.ATTENDED,), example='attended("webinar-june")'),
        Function("registered", (Kind.REGISTERED,), example='registered("webinar-june")'),
        Function(
            "intent",
            (Kind.REPLIED, Kind.SUBMITTED, Kind.STATED),
            Column.DETAIL,
            least=1,
            example='intent("meeting")',
        ),
        Function("reacted", (Kind.REACTED,), most=0, example="reacted()"),
        Function("happened", (), least=1, most=2, example='happened("meeting_booked")'),
    )
}
"""Everything that can be called. Python and SQL both read this table."""

ASKABLE = frozenset(str(kind) for kind in Kind if kind not in OURS)
"""Kinds that happened() may name: what somebody else did."""


class Operator(StrEnum):
    EQ = "=="
    NE = "!="
    LT = "<"
    LE = "<="
    GT = ">"
    GE = ">="


OPPOSITE: Mapping[Operator, Operator] = {
    Operator.EQ: Operator.NE,
    Operator.NE: Operator.EQ,
    Operator.LT: Operator.GE,
    Operator.GE: Operator.LT,
    Operator.GT: Operator.LE,
    Operator.LE: Operator.GT,
}

Value = str | float | bool | datetime


@dataclass(frozen=True)
class Literal:
    value: Value  # numbers are always floats


@dataclass(frozen=True)
class Field:
    name: str
    type: Type


@dataclass(frozen=True)
class Term:
    """One part of a sum."""

    sign: int  # 1 or -1; the first of a sum is always added
    value: Field | Literal


@dataclass(frozen=True)
class Add:
    """A sum, taken from left to right; not known as soon as one part is not."""

    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Compare:
    """Two texts, numbers or dates. What is not known equals nothing, not even another unknown."""

    left: Expression
    operator: Operator
    right: Expression


@dataclass(frozen=True)
class In:
    """Whether the value is one of these; what is not known is none of them."""

    value: Expression
    options: tuple[Literal, ...]


@dataclass(frozen=True)
class Contains:
    """Whether the text holds this part, in any case of A-Z."""

    field: Field
    part: str


@dataclass(frozen=True)
class Known:
    """Whether there is a value at all; an empty text is none."""

    field: Field


@dataclass(frozen=True)
class Call:
    name: str
    arguments: tuple[str, ...]

    @property
    def function(self) -> Function:
        return FUNCTIONS[self.name]


@dataclass(frozen=True)
class Not:
    part: Expression


@dataclass(frozen=True)
class And:
    parts: tuple[Expression, ...]


@dataclass(frozen=True)
class Or:
    parts: tuple[Expression, ...]


Expression = Literal | Field | Add | Compare | In | Contains | Known | Call | Not | And | Or


def type_of(expression: Expression) -> Type:
    """Return what `expression` comes to."""
    match expression:
        case Field(type=kind):
            return kind
        case Add():
            return Type.NUMBER
        case Literal(value=bool()):
            return Type.YESNO
        case Literal(value=float()):
            return Type.NUMBER
        case Literal(value=datetime()):
            return Type.DATE
        case Literal():
            return Type.TEXT
        case _:
            return Type.YESNO


def children(expression: Expression) -> tuple[Expression, ...]:
    """Return the parts directly below `expression`."""
    match expression:
        case And(parts) | Or(parts):
            return parts
        case Not(part):
            return (part,)
        case Compare(left, _, right):
            return (left, right)
        case Add(terms):
            return tuple(term.value for term in terms)
        case In(value, options):
            return (value, *options)
        case Contains(field=inner) | Known(field=inner):
            return (inner,)
        case _:
            return ()


def walk(expression: Expression) -> Iterator[Expression]:
    """Yield `expression` and everything below it, in reading order."""
    yield expression
    for child in children(expression):
        yield from walk(child)


def values_of(expression: Expression) -> Iterator[tuple[str, str]]:
    """Yield each field that is held against a fixed text, with that text, in reading order."""
    for part in walk(expression):
        match part:
            case Compare(Field(name=name), Operator.EQ | Operator.NE, Literal(value=str(value))):
                yield name, value
            case Compare(Literal(value=str(value)), Operator.EQ | Operator.NE, Field(name=name)):
                yield name, value
            case In(Field(name=name), options):
                yield from ((name, option.value) for option in options if isinstance(option.value, str))


def text(expression: Expression) -> str:
    """Return how `expression` is written; parsing that gives an equal expression."""
    match expression:
        case Not() | And() | Or():
            return _logic_text(expression)
        case Literal(value):
            return value_text(value)
        case Field(name=name):
            return name
        case Add(terms):
            return _sum_text(terms)
        case _:
            return _atom_text(expression)


def _atom_text(atom: Compare | In | Contains | Known | Call) -> str:
    match atom:
        case Compare(left, operator, right):
            return f"{text(left)} {operator} {text(right)}"
        case In(value, options):
            return f"{text(value)} in [{', '.join(text(option) for option in options)}]"
        case Contains(inner, part):
            return f"{value_text(part)} in {inner.name}"
        case Known(inner):
            return f"{inner.name} is defined"
        case Call(name, arguments):
            return f"{name}({', '.join(value_text(argument) for argument in arguments)})"
        case _:
            assert_never(atom)


def _logic_text(expression: Not | And | Or) -> str:
    if isinstance(expression, Not):
        return _negation_text(expression.part)
    if isinstance(expression, And):
        return " and ".join(_inside(part, (And, Or)) for part in expression.parts)
    return " or ".join(_inside(part, (Or,)) for part in expression.parts)


def _negation_text(part: Expression) -> str:
    match part:
        case In(value, options):
            return f"{text(value)} not in [{', '.join(text(option) for option in options)}]"
        case Contains(inner, held):
            return f"{value_text(held)} not in {inner.name}"
        case Known(inner):
            return f"{inner.name} is not defined"
        case _:
            return f"not {_inside(part, (And, Or))}"


def _sum_text(terms: tuple[Term, ...]) -> str:
    first, *others = terms
    rest = (f" {'+' if term.sign > 0 else '-'} {text(term.value)}" for term in others)
    return text(first.value) + "".join(rest)


def _inside(expression: Expression, loose: tuple[type, ...]) -> str:
    return f"({text(expression)})" if isinstance(expression, loose) else text(expression)


def value_text(value: Value) -> str:
    """Return how a fixed value is written in a condition."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return f'"{value.date().isoformat()}"'
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
