"""Conditions as SQL: the leads for which a condition is true, found by the database."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import datetime
from string import ascii_lowercase, ascii_uppercase
from typing import Any, assert_never

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Double,
    Integer,
    String,
    and_,
    cast,
    false,
    func,
    literal,
    literal_column,
    or_,
    true,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from outreach.domain.expressions import (
    OPPOSITE,
    Add,
    And,
    Call,
    Column,
    Compare,
    Contains,
    Expression,
    Field,
    Function,
    In,
    Known,
    Literal,
    Match,
    Not,
    Operator,
    Or,
    Type,
    fold,
    type_of,
)

Columns = Mapping[str, ColumnElement[Any]]
"""The column of each field; a date's holds aware times, or days as text ("2026-03-01")."""

Asks = Callable[[Function, tuple[str, ...]], ColumnElement[bool]]
"""Gives the EXISTS that stands for one call; never null."""

COMPARES: Mapping[Operator, Callable[[Any, Any], ColumnElement[bool]]] = {
    Operator.EQ: operator.eq,
    Operator.NE: operator.ne,
    Operator.LT: operator.lt,
    Operator.LE: operator.le,
    Operator.GT: operator.gt,
    Operator.GE: operator.ge,
}


class _Position(FunctionElement[int]):
    """Where a folded part begins in a text, from 1; 0 when it is not there."""

    type = Integer()
    inherit_cache = True
    name = "position"


@compiles(_Position)
def _position(element: _Position, compiler: SQLCompiler, **options: Any) -> str:
    # SQLite's lower() changes A-Z only, which is what `fold` does.
    whole, part = element.clauses
    return compiler.process(func.instr(func.lower(whole), part), **options)


@compiles(_Position, "postgresql")
def _position_on_postgresql(element: _Position, compiler: SQLCompiler, **options: Any) -> str:
    # lower() would ask the locale; translate() changes just these letters.
    whole, part = element.clauses
    small = func.translate(
        whole, literal_column(f"'{ascii_uppercase}'"), literal_column(f"'{ascii_lowercase}'")
    )
    return compiler.process(func.strpos(small, part), **options)


class _Instant(FunctionElement[str]):
    """A time as text that sorts like it: as SQLite keeps times anyway."""

    type = String()
    inherit_cache = True
    name = "instant"


@compiles(_Instant)
def _instant(element: _Instant, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.clauses, **options)


@compiles(_Instant, "postgresql")
def _instant_on_postgresql(element: _Instant, compiler: SQLCompiler, **options: Any) -> str:
    (moment,) = element.clauses
    utc = func.timezone(literal_column("'UTC'"), moment)
    written = func.to_char(utc, literal_column("'YYYY-MM-DD HH24:MI:SS.US'"))
    return f'({compiler.process(written, **options)}) COLLATE "C"'


def condition(expression: Expression, columns: Columns, happened: Asks) -> ColumnElement[bool]:
    """Return `expression` for a WHERE clause: true for exactly the leads for which `evaluate` is.

    For the others it is false or null, so it must not be negated from outside: negate the expression instead.
    Negations are taken down to the comparisons, which keeps these plain enough for an index.
    """
    return _Compiler(columns, happened).logic(expression, True)


def contains(column: ColumnElement[Any], part: str) -> ColumnElement[bool]:
    """Return whether the text holds `part` in any case of A-Z; null when there is no text."""
    return _Position(column, literal(fold(part), String())) > 0


def matching(
    function: Function,
    arguments: tuple[str, ...],
    kind: ColumnElement[str],
    subject: ColumnElement[Any],
    detail: ColumnElement[Any],
) -> ColumnElement[bool]:
    """Return which rows of an event table a call asks for; the caller makes an EXISTS of it."""
    asked = function.asked(arguments)
    kinds = kind.in_(asked.kinds) if len(asked.kinds) > 1 else kind == asked.kinds[0]
    if asked.word is None:
        return kinds
    held = detail if function.column is Column.DETAIL else subject
    return and_(kinds, contains(held, asked.word) if function.match is Match.CONTAINS else held == asked.word)


class _Compiler:
    """Compiles for one set of columns. `wanted` False means the negation of what is given."""

    def __init__(self, columns: Columns, happened: Asks) -> None:
        self.columns = columns
        self.happened = happened

    def logic(self, expression: Expression, wanted: bool) -> ColumnElement[bool]:
        match expression:
            case Not(part):
                return self.logic(part, not wanted)
            case And(parts) | Or(parts):
                join = and_ if isinstance(expression, And) is wanted else or_
                # The deepest first: SQLite's parser has room for a hundred open things, and holds what stands
                # before a bracket, but not what follows it.
                return join(*(self.logic(part, wanted) for part in sorted(parts, key=_depth, reverse=True)))
            case Literal(value):
                return true() if bool(value) is wanted else false()
            case Field(name=name):
                return self.columns[name].is_(True) if wanted else self.columns[name].is_not(True)
            case Add():
                raise TypeError("a sum is not a condition")
            case _:
                return self._atom(expression, wanted)

    def _atom(self, atom: Compare | In | Contains | Known | Call, wanted: bool) -> ColumnElement[bool]:
        match atom:
            case Compare():
                return self._compared(atom, wanted)
            case In(value, options):
                held = self._value(value)
                listed = [_fixed(option, held) for option in options]
                return held.in_(listed) if wanted else or_(held.not_in(listed), held.is_(None))
            case Contains(field, part):
                column = self.columns[field.name]
                found = _Position(column, literal(fold(part), String()))
                return found > 0 if wanted else or_(found == 0, column.is_(None))
            case Known(field):
                return self._known(field, wanted)
            case Call():
                asked = self.happened(atom.function, atom.arguments)
                return asked if wanted else ~asked
            case _:
                assert_never(atom)

    def _known(self, field: Field, wanted: bool) -> ColumnElement[bool]:
        column = self.columns[field.name]
        if field.type is not Type.TEXT:
            return column.is_not(None) if wanted else column.is_(None)
        return column != "" if wanted else or_(column == "", column.is_(None))

    def _compared(self, compare: Compare, wanted: bool) -> ColumnElement[bool]:
        left, right = self._sides(compare)
        chosen = compare.operator if wanted else OPPOSITE[compare.operator]
        compared = COMPARES[chosen](left, right)
        # "Not known" makes != true and all else false, hence the opposite of all else true.
        if (compare.operator is Operator.NE) is not wanted:
            return compared
        sides = ((compare.left, left), (compare.right, right))
        return or_(compared, *(side.is_(None) for part, side in sides if not isinstance(part, Literal)))

    def _sides(self, compare: Compare) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
        left, right = compare.left, compare.right
        if isinstance(left, Literal):
            other = self._value(right)
            return _fixed(left, other), other
        if isinstance(right, Literal):
            other = self._value(left)
            return other, _fixed(right, other)
        both = self._value(left), self._value(right)
        is_day = [isinstance(side.type, String) for side in both]
        if type_of(left) is Type.DATE and any(is_day) and not all(is_day):
            return _instant_text(both[0]), _instant_text(both[1])
        return both

    def _value(self, expression: Expression) -> ColumnElement[Any]:
        match expression:
            case Field(name=name):
                return self.columns[name]
            case Add(terms):
                # As floats from the first part on, as in Python: whole numbers could overflow.
                first, *others = (self._number(term.value) for term in terms)
                for term, number in zip(terms[1:], others, strict=True):
                    first = first + number if term.sign > 0 else first - number
                return first
            case _:
                raise TypeError("only fields and sums have a value")

    def _number(self, expression: Field | Literal) -> ColumnElement[float]:
        if isinstance(expression, Literal):
            return literal(expression.value, Double())
        return cast(self._value(expression), Double())


def _depth(expression: Expression) -> int:
    match expression:
        case Not(part):
            return _depth(part)
        case And(parts) | Or(parts):
            return 1 + max(_depth(part) for part in parts)
        case _:
            return 0


def _fixed(value: Literal, other: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a fixed value as a parameter that an index on `other` can be asked for."""
    held = value.value
    if isinstance(held, float):
        return literal(int(held), BigInteger()) if held.is_integer() else literal(held, Double())
    if isinstance(held, datetime) and isinstance(other.type, String):
        return literal(held.date().isoformat(), String())
    return literal(held, String() if isinstance(held, str) else other.type)


def _instant_text(moment: ColumnElement[Any]) -> ColumnElement[Any]:
    return moment + " 00:00:00.000000" if isinstance(moment.type, String) else _Instant(moment)
