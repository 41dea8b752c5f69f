"""The one language of conditions: a small part of Jinja2's expressions, checked, evaluated and explained."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from operator import eq, ge, gt, le, lt, ne
from typing import Any, assert_never

from outreach.domain.expression_parser import parse
from outreach.domain.expression_tree import (
    FUNCTIONS,
    OPPOSITE,
    Add,
    And,
    Asked,
    Call,
    Column,
    Compare,
    Contains,
    Expression,
    ExpressionError,
    Field,
    Function,
    In,
    Known,
    Literal,
    Match,
    Not,
    Operator,
    Or,
    Schema,
    Term,
    Type,
    Value,
    fold,
    midnight,
    text,
    type_of,
    value_text,
    walk,
)
from outreach.domain.facts import Fact, Facts, Happened

__all__ = [
    "FUNCTIONS",
    "OPPOSITE",
    "Add",
    "And",
    "Asked",
    "Call",
    "Column",
    "Compare",
    "Contains",
    "Expression",
    "ExpressionError",
    "Field",
    "Function",
    "In",
    "Known",
    "Literal",
    "Match",
    "Not",
    "Operator",
    "Or",
    "Schema",
    "Term",
    "Type",
    "Value",
    "calls",
    "describe",
    "evaluate",
    "fold",
    "holds",
    "names",
    "parse",
    "text",
    "type_of",
]

COMPARES: Mapping[Operator, Callable[[Any, Any], bool]] = {
    Operator.EQ: eq,
    Operator.NE: ne,
    Operator.LT: lt,
    Operator.LE: le,
    Operator.GT: gt,
    Operator.GE: ge,
}


def holds(expression: Expression, facts: Facts) -> bool:
    """Return whether the condition is true."""
    return bool(evaluate(expression, facts))


def evaluate(expression: Expression, facts: Facts) -> Value | None:
    """Return what `expression` comes to: True or False for a condition; None for another value not known."""
    match expression:
        case And(parts):
            return all(evaluate(part, facts) for part in parts)
        case Or(parts):
            return any(evaluate(part, facts) for part in parts)
        case Not(part):
            return not evaluate(part, facts)
        case Literal(value):
            return value
        case Field(type=Type.YESNO):
            return known(expression, facts) is True
        case Field():
            return known(expression, facts)
        case Add():
            return _total(expression, facts)
        case _:
            return _is_true(expression, facts)


def _is_true(atom: Compare | In | Contains | Known | Call, facts: Facts) -> bool:
    match atom:
        case Compare(left, operator, right):
            return _compared(operator, evaluate(left, facts), evaluate(right, facts))
        case In(inner, options):
            value = evaluate(inner, facts)
            return value is not None and any(value == option.value for option in options)
        case Contains(field, part):
            held = known(field, facts)
            return isinstance(held, str) and fold(part) in fold(held)
        case Known(field):
            return known(field, facts) not in (None, "")
        case Call():
            return any(_is_asked(event, atom) for event in facts.happened)
        case _:
            assert_never(atom)


def known(field: Field, facts: Facts) -> Value | None:
    """Return the field's value; one that is not of the field's type counts as not known."""
    fact = facts.fields.get(field.name)
    match field.type:
        case Type.TEXT:
            return fact if isinstance(fact, str) else None
        case Type.NUMBER:
            return float(fact) if isinstance(fact, int | float) and not isinstance(fact, bool) else None
        case Type.YESNO:
            return fact if isinstance(fact, bool) else None
        case Type.DATE:
            return moment(fact)


def moment(fact: Fact) -> datetime | None:
    """Return the point in time that a fact is; None where it is none."""
    if isinstance(fact, str):  # the fields that funnel.yaml declares are kept as JSON, which has no dates
        return midnight(fact)
    if isinstance(fact, datetime):
        return fact if fact.tzinfo else fact.replace(tzinfo=UTC)
    return datetime.combine(fact, time(), UTC) if isinstance(fact, date) else None


def _total(expression: Add, facts: Facts) -> float | None:
    total = 0.0
    for term in expression.terms:
        value = evaluate(term.value, facts)
        if not isinstance(value, float):
            return None
        total += term.sign * value
    return total


def _compared(operator: Operator, left: Value | None, right: Value | None) -> bool:
    if left is None or right is None:
        return operator is Operator.NE
    return COMPARES[operator](left, right)


def _is_asked(event: Happened, call: Call) -> bool:
    function = call.function
    asked = function.asked(call.arguments)
    if event.kind not in asked.kinds:
        return False
    if asked.word is None:
        return True
    held = event.detail if function.column is Column.DETAIL else event.subject
    return fold(asked.word) in fold(held) if function.match is Match.CONTAINS else asked.word == held


def names(expression: Expression) -> frozenset[str]:
    """Return the fields that `expression` looks at."""
    return frozenset(part.name for part in walk(expression) if isinstance(part, Field))


def calls(expression: Expression) -> frozenset[tuple[str, tuple[str, ...]]]:
    """Return the functions that `expression` calls, with their arguments."""
    return frozenset((part.name, part.arguments) for part in walk(expression) if isinstance(part, Call))


def describe(expression: Expression, facts: Facts) -> list[str]:
    """Return why the condition is true, a line for each part that made it so; nothing when it is false."""
    return list(dict.fromkeys(_evidence(expression, facts, True))) if holds(expression, facts) else []


def _evidence(expression: Expression, facts: Facts, wanted: bool) -> Iterator[str]:
    """Yield a line for each atom by which `expression` is `wanted`."""
    if isinstance(expression, Not):
        yield from _evidence(expression.part, facts, not wanted)
    elif isinstance(expression, And | Or):
        for part in expression.parts:
            if holds(part, facts) is wanted:
                yield from _evidence(part, facts, wanted)
    else:
        written = text(expression) if wanted else text(Not(expression))
        found = _found(expression, facts, wanted)
        yield f"{written} ({found})" if found else written


def _found(expression: Expression, facts: Facts, wanted: bool) -> str:
    """Return what stood there, where the condition's own words do not say it."""
    if isinstance(expression, Call):
        seen = (event for event in facts.happened if wanted and _is_asked(event, expression))
        words = sorted(" ".join(filter(None, (event.kind, event.subject, event.detail))) for event in seen)
        return words[0] if words else ""
    if isinstance(expression, Field) or (wanted and _says_all(expression)):
        return ""
    return ", ".join(_is(field, facts) for field in _fields(expression))


def _says_all(expression: Expression) -> bool:
    if isinstance(expression, Compare) and expression.operator is Operator.EQ:
        return isinstance(expression.left, Literal) or isinstance(expression.right, Literal)
    return False


def _fields(expression: Expression) -> list[Field]:
    return list(dict.fromkeys(part for part in walk(expression) if isinstance(part, Field)))


def _is(field: Field, facts: Facts) -> str:
    value = known(field, facts)
    if isinstance(value, datetime):
        return f"{field.name} is {value.isoformat(timespec='minutes')}"
    return f"{field.name} is {'not known' if value is None else value_text(value)}"
