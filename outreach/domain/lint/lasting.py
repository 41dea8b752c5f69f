"""What a condition that was true says of the same lead some days later."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from outreach.domain.expression_tree import And, Call, Expression, Literal, Not, Or, Type
from outreach.domain.expressions import evaluate, names
from outreach.domain.facts import Facts
from outreach.domain.leads import FIELDS
from outreach.domain.lint.possible import NEVER_EMPTY, only_field
from outreach.domain.words import Kind, Stage

YES = Literal(True)

FOR_EVER = frozenset({"lead.email", "lead.source", "lead.source_detail", "lead.created_at"})
UNTIL_LOST = frozenset({"lead.rounds", "lead.lost_reason"})
"""Fields that change only when a lead is lost or comes back."""
ONCE_KNOWN = frozenset({"lead.country", "lead.language", "lead.title", "lead.company"})
"""Fields that may become known any day, and then stay as they are."""
KEPT_TYPES = frozenset({Type.TEXT, Type.NUMBER})
"""Types of the fields of funnel.yaml that stay once they are known: days and yes or no are asked again."""


@dataclass(frozen=True)
class Stay:
    """What holds as long as a lead is in one campaign: the stages it stays in and the kinds that end it."""

    stages: frozenset[Stage]
    stops: frozenset[Kind]


def lasting(condition: Expression, stay: Stay, wanted: bool = True) -> Expression:
    """Return what of the condition is still true while the lead is in the campaign; `true` where nothing is."""
    match condition:
        case Not(part):
            return lasting(part, stay, not wanted)
        case And(parts) | Or(parts):
            kept = tuple(lasting(part, stay, wanted) for part in parts)
            return _joined(kept, every=isinstance(condition, And) is wanted)
        case Literal():
            return YES
    if not _lasts(condition, stay, wanted):
        return YES
    return condition if wanted else Not(condition)


def _joined(parts: Iterable[Expression], *, every: bool) -> Expression:
    said = tuple(parts)
    if not every:
        return YES if YES in said else Or(said)
    told = tuple(part for part in said if part != YES)
    return And(told) if told else YES


def _lasts(part: Expression, stay: Stay, wanted: bool) -> bool:
    if isinstance(part, Call):
        # What happened stays so; what did not may happen, unless it would have ended the campaign.
        kinds = {Kind(kind) for kind in part.function.asked(part.arguments).kinds}
        return wanted or kinds <= stay.stops - {Kind.BOUNCED}
    of = only_field(part)
    if of is None:
        return False
    if of.name in FOR_EVER:
        return True
    if of.name in UNTIL_LOST:
        return not stay.stages & {Stage.LOST, Stage.SET_ASIDE}
    own = of.name.removeprefix("lead.") not in FIELDS and of.type in KEPT_TYPES
    if of.name not in ONCE_KNOWN and not own:
        return False
    return of.name in NEVER_EMPTY or bool(evaluate(part, Facts({of.name: None}))) is not wanted


def without(conditions: Iterable[Expression], fields: Collection[str]) -> tuple[Expression, ...]:
    """Return the conditions that do not look at these fields, which were given new values."""
    return tuple(each for each in conditions if names(each).isdisjoint(fields))
