"""Waits for something that has happened already on the way to them, so that they are over at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from outreach.domain.campaign import Awaited
from outreach.domain.expression_tree import And, Call, Expression, Not, Or
from outreach.domain.lint.findings import Finding, Place
from outreach.domain.words import Kind

RULE = "waited-already"


def met(before: frozenset[Kind], condition: Expression, sent: Collection[str]) -> frozenset[Kind]:
    """Return what may have happened in this campaign, and was asked for, to those of whom the condition is true.

    `before` is the same for all who come to the condition. Who was sent nothing yet did nothing in this campaign.
    """
    if not sent:
        return before
    may = {Kind(kind) for call in _may(condition, True) for kind in call.function.asked(call.arguments).kinds}
    surely_not = {kind for call in _surely_not(condition, True) for kind in _of_all(call, sent)}
    return (before - surely_not) | may


def _may(condition: Expression, wanted: bool) -> Iterator[Call]:
    """Yield the calls that may be what makes the condition so."""
    match condition:
        case Not(part):
            yield from _may(part, not wanted)
        case And(parts) | Or(parts):
            for part in parts:
                yield from _may(part, wanted)
        case Call() if wanted:
            yield condition


def _surely_not(condition: Expression, wanted: bool) -> Iterator[Call]:
    """Yield the calls that are surely not true where the condition is so."""
    match condition:
        case Not(part):
            yield from _surely_not(part, not wanted)
        case And(parts) | Or(parts) if len(parts) == 1 or isinstance(condition, And) is wanted:
            for part in parts:
                yield from _surely_not(part, wanted)
        case Call() if not wanted:
            yield condition


def _of_all(call: Call, sent: Collection[str]) -> frozenset[Kind]:
    """Return the kinds of which nothing at all has happened where the call is not true."""
    asked = call.function.asked(call.arguments)
    every = asked.word is None or set(sent) <= {asked.word}
    return frozenset(map(Kind, asked.kinds)) if every else frozenset()


def already(
    awaited: Awaited, place: Place, before: Collection[Kind], just: Collection[str]
) -> Iterator[Finding]:
    """Yield that a wait takes what came `before` it for what it waits for; `just` are the mails right above it."""
    if awaited.subject is not None or awaited.event not in before:
        return
    message = f"this wait is over at once for whoever {_did(awaited.event)} before"
    named = f"event: {awaited.event}, subject: {min(just)}" if just else "what is waited for"
    yield Finding(RULE, (*place, "event"), message, f"name the subject: {named}")


def _did(event: Kind) -> str:
    return f"had {event}" if "_" in event else str(event)
