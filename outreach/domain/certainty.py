"""What is surely known of a lead for whom a condition is true: what a mail to it may print without more ado."""

from __future__ import annotations

from functools import reduce

from outreach.domain.expressions import (
    And,
    Compare,
    Contains,
    Expression,
    Field,
    In,
    Known,
    Not,
    Operator,
    Or,
    Type,
    names,
)

ALWAYS = frozenset(
    f"lead.{name}"
    for name in (
        "email", "source", "consent", "stage", "temperature", "score", "sender", "rounds", "stage_at", "created_at",
    )
)  # fmt: skip
"""Fields that every lead has a value for by the time a mail is written to it."""

NOTHING: frozenset[str] = frozenset()


def surely_known(expression: Expression | None, truth: bool = True) -> frozenset[str]:
    """Return the fields that have a value wherever the condition is true (or false, as `truth` says)."""
    match expression:
        case Not(part):
            return surely_known(part, not truth)
        case And(parts) | Or(parts):
            found = [surely_known(part, truth) for part in parts]
            if isinstance(expression, And) is truth:
                return NOTHING.union(*found)
            return reduce(frozenset.intersection, found)
        case Compare(left, operator, right):
            # What is not known is unequal to everything; so an inequality that is false says as much as an equality.
            tells = truth is (operator is not Operator.NE)
            return names(left) | names(right) if tells else NOTHING
        case In(value):
            return names(value) if truth else NOTHING
        case Contains(field=field) | Known(field=field):
            return frozenset({field.name}) if truth else NOTHING
        case Field(name=name, type=Type.YESNO) if truth:
            return frozenset({name})
        case _:
            return NOTHING
