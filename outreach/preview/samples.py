"""Chooses few made-up leads that together show every branch and every fallback of a campaign."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from outreach.domain.coverings import Assignment, assignments, cover
from outreach.domain.expressions import Schema, evaluate
from outreach.domain.facts import Facts, Happened
from outreach.domain.sequence import Program
from outreach.preview import factors
from outreach.preview.ways import Way, as_it_stands, walk

MOST_TRIED = 1_500
SENDER = " sender"
"""No field has a name with a blank."""

Used = Mapping[str, frozenset[Any]]
"""The fields that a mail looks at, each with what it is compared with there."""
Uses = Mapping[str, Used]
"""The same of each step."""


@dataclass(frozen=True)
class Sample:
    """A made-up lead, the way it goes, and how it differs from the usual one."""

    fields: Mapping[str, Any]
    sender: str
    way: Way
    differs: tuple[str, ...]
    happened: tuple[str, ...]


@dataclass(frozen=True)
class Chosen:
    """The samples; `is_of_audience` is false where no lead could be made up that the audience's condition takes."""

    samples: tuple[Sample, ...]
    is_of_audience: bool


def choose(program: Program, base: Mapping[str, Any], asked: Mapping[str, list[Any]], uses: Uses) -> Chosen:
    """Return the samples: each way through each branch, and of each mail each pair of what can differ in it.

    `base` is the usual lead, `asked` the fields of which conditions and mails take notice, with their values.
    """
    happenings = factors.happenings(factors.conditions(program))
    could: dict[str, Sequence[Hashable]] = {
        **asked,
        **{call: (False, True) for call in happenings},
        SENDER: program.campaign.senders,
    }
    tried = list(assignments(could, MOST_TRIED))
    usual = tried[0]
    tried.sort(key=lambda each: sum(each[name] != usual[name] for name in each))  # of equals the plainer one
    fitting = [each for each in tried if _fits(program, base, each, happenings)]
    usual = (fitting or tried)[0]
    candidates = [_sample(program, base, each, happenings, usual) for each in fitting or tried]
    numbers = cover([list(_shows(sample, uses)) for sample in candidates])
    return Chosen(tuple(candidates[number] for number in numbers), bool(fitting))


def _fits(
    program: Program, base: Mapping[str, Any], assigned: Assignment, happenings: Mapping[str, Happened]
) -> bool:
    if program.audience is None:
        return True
    fields, happened = _apart(base, assigned, happenings)
    facts = Facts({f"lead.{name}": value for name, value in fields.items()}, happened)
    return evaluate(program.audience, facts) is True


def _apart(
    base: Mapping[str, Any], assigned: Assignment, happenings: Mapping[str, Happened]
) -> tuple[dict[str, Any], frozenset[Happened]]:
    """Return the fields and what happened, of an assignment."""
    fields = dict(base)
    fields |= {name: value for name, value in assigned.items() if name not in happenings and name != SENDER}
    return fields, frozenset(event for call, event in happenings.items() if assigned[call])


def _sample(
    program: Program,
    base: Mapping[str, Any],
    assigned: Assignment,
    happenings: Mapping[str, Happened],
    usual: Assignment,
) -> Sample:
    fields, happened = _apart(base, assigned, happenings)
    sender = str(assigned[SENDER])
    way = walk(program, fields | {"sender": sender}, as_it_stands(happened))
    differs = [
        f"no {name}" if value is None else f"{name} {_spoken(value)}"
        for name, value in assigned.items()
        if name not in happenings and name != SENDER and value != usual[name]
    ]
    if sender != usual[SENDER]:
        differs.append(f"{sender} writes")
    did = tuple(call for call in happenings if assigned[call])
    return Sample(fields, sender, way, tuple(differs), did)


def _spoken(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)[:40]


def _shows(sample: Sample, uses: Uses) -> Iterator[Hashable]:
    """Yield what there is to see of a sample: its arms, and of each mail its values, one by one and in pairs."""
    yield from (("arm", arm) for arm in sample.way.arms)
    before: tuple[str, ...] = ()
    for stop in sample.way.stops:
        seen = seen_in(stop.fields, sample.sender, uses.get(stop.step, {}))
        yield from ((stop.step, each) for each in seen)
        # Who writes stands in a place of its own, where nothing else is.
        yield from ((stop.step, pair) for pair in combinations(seen[1:], 2))
        if stop.email.same_thread:
            yield stop.step, "after", before[:1]
        before = (*before, stop.step)


def seen_in(fields: Mapping[str, Any], sender: str, used: Used) -> list[tuple[str, Hashable]]:
    """Return what of a lead makes a difference in a mail."""
    return [(SENDER, sender), *((name, _class(fields.get(name), used[name])) for name in sorted(used))]


def _class(value: Any, compared: frozenset[Any]) -> Hashable:
    """Return what a mail can tell apart of a value: whether it is there, and on which side of what it is compared with."""
    if value is None or value == "":
        return None
    sides = []
    for other in sorted(compared, key=repr):
        is_number = isinstance(value, int | float) and isinstance(other, int | float)
        sides.append((value > other) - (value < other) if is_number else value == other)
    return (value if isinstance(value, bool) else True, *sides)


def usual_lead(schema: Schema, stage: str, now: Any) -> dict[str, Any]:
    """Return the made-up lead of whom everything is known."""
    lead = {
        name.removeprefix("lead."): factors.usual(name.removeprefix("lead."), kind, now)
        for name, kind in schema.fields.items()
    }
    return lead | {"stage": stage, "owner": None, "sender": None}
