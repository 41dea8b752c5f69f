"""Conditions made ready to be asked often: the same answers as `expressions.evaluate`, several times as fast."""

from __future__ import annotations

from collections.abc import Callable
from typing import assert_never

from outreach.domain.expression_tree import (
    Add,
    And,
    Call,
    Column,
    Compare,
    Contains,
    Expression,
    Field,
    In,
    Known,
    Literal,
    Match,
    Not,
    Operator,
    Or,
    Type,
    Value,
    fold,
)
from outreach.domain.expressions import COMPARES, known, moment
from outreach.domain.facts import Facts, Happened

Ready = Callable[[Facts], Value | None]

MOST_KEPT = 20_000

_ready: dict[int, tuple[Expression, Ready]] = {}


def is_true(expression: Expression, facts: Facts) -> bool:
    """Return whether the condition is true, as `expressions.holds` does."""
    return bool(ready(expression)(facts))


def ready(expression: Expression) -> Ready:
    """Return what `evaluate` does for this expression, as a function of the facts; it is made once."""
    # By identity: the hash of a tree costs more than asking it. The tree is kept, so that its id stays its own.
    found = _ready.get(id(expression))
    if found is None:
        if len(_ready) >= MOST_KEPT:
            _ready.clear()
        found = _ready[id(expression)] = (expression, _made(expression))
    return found[1]


def _made(expression: Expression) -> Ready:
    match expression:
        case And(parts):
            return _all([_made(part) for part in parts])
        case Or(parts):
            return _any([_made(part) for part in parts])
        case Not(part):
            asked = _made(part)
            return lambda facts: not asked(facts)
        case Compare():
            return _compared(expression)
        case Call():
            return _call(expression)
        case _:
            return _of_fields(expression)


def _of_fields(expression: Literal | Field | Add | In | Contains | Known) -> Ready:
    match expression:
        case Literal(value):
            return lambda facts: value
        case Field():
            return _field(expression)
        case Add():
            return _total(expression)
        case In(inner, options):
            held, values = _made(inner), tuple(option.value for option in options)
            return lambda facts: (value := held(facts)) is not None and value in values
        case Contains(field, part):
            return _contains(_field(field), fold(part))
        case Known(field):
            return lambda facts: known(field, facts) not in (None, "")
        case _:
            assert_never(expression)


def _all(parts: list[Ready]) -> Ready:
    def ask(facts: Facts) -> bool:
        for part in parts:  # noqa: SIM110  a generator would take twice the time
            if not part(facts):
                return False
        return True

    return ask


def _any(parts: list[Ready]) -> Ready:
    def ask(facts: Facts) -> bool:
        for part in parts:  # noqa: SIM110
            if part(facts):
                return True
        return False

    return ask


def _field(field: Field) -> Ready:
    name = field.name
    match field.type:
        case Type.TEXT:

            def text(facts: Facts) -> Value | None:
                fact = facts.fields.get(name)
                return fact if isinstance(fact, str) else None

            return text
        case Type.NUMBER:

            def number(facts: Facts) -> Value | None:
                fact = facts.fields.get(name)
                if isinstance(fact, float):
                    return fact
                return float(fact) if isinstance(fact, int) and not isinstance(fact, bool) else None

            return number
        case Type.YESNO:
            return lambda facts: facts.fields.get(name) is True
        case Type.DATE:
            return lambda facts: moment(facts.fields.get(name))


def _total(expression: Add) -> Ready:
    terms = [(term.sign, _made(term.value)) for term in expression.terms]

    def total(facts: Facts) -> float | None:
        found = 0.0
        for sign, term in terms:
            value = term(facts)
            if not isinstance(value, float):
                return None
            found += sign * value
        return found

    return total


def _compared(expression: Compare) -> Ready:
    left, right, compare = _made(expression.left), _made(expression.right), COMPARES[expression.operator]
    unknown = expression.operator is Operator.NE

    def compared(facts: Facts) -> bool:
        one, other = left(facts), right(facts)
        return unknown if one is None or other is None else compare(one, other)

    return compared


def _contains(field: Ready, part: str) -> Ready:
    def contains(facts: Facts) -> bool:
        held = field(facts)
        return isinstance(held, str) and part in fold(held)

    return contains


def _call(call: Call) -> Ready:
    function, asked = call.function, call.function.asked(call.arguments)
    kinds, word = frozenset(asked.kinds), asked.word
    is_detail, is_part = function.column is Column.DETAIL, function.match is Match.CONTAINS
    folded = fold(word) if word is not None else ""

    def is_asked(event: Happened) -> bool:
        if event.kind not in kinds:
            return False
        if word is None:
            return True
        held = event.detail if is_detail else event.subject
        return folded in fold(held) if is_part else word == held

    return lambda facts: any(map(is_asked, facts.happened))
