"""Ways through a campaign: which mails a lead gets, by its facts or with an arm of a branch taken at will."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from outreach.domain.campaign import BranchStep, EmailStep, UpdateStep
from outreach.domain.expressions import evaluate, text
from outreach.domain.facts import Facts, Happened
from outreach.domain.sequence import Node, Program
from outreach.preview.factors import happenings

MOST_EVENTS = 8
"""With more in one branch every arm is taken for possible: each event doubles what has to be tried."""

Arm = tuple[str, int]
"""A branch's name and the number of its arm, from 0; the number after the last means that none is taken."""
Choose = Callable[[Node, Mapping[str, Any]], int]
"""Says which arm to take at a branch, by the fields that the lead has then."""


@dataclass(frozen=True)
class Stop:
    """A mail on the way: its step, the lead's fields then, and the arms taken before."""

    step: str
    email: EmailStep
    fields: Mapping[str, Any]
    arms: tuple[Arm, ...]


@dataclass(frozen=True)
class Way:
    """One way from the first step to the end."""

    stops: tuple[Stop, ...]
    arms: tuple[Arm, ...]


def walk(program: Program, fields: Mapping[str, Any], choose: Choose) -> Way:
    """Return the way of a lead with these fields; steps that update them do so."""
    now, stops = dict(fields), list[Stop]()
    arms: list[Arm] = []
    place = 0
    while place < len(program.nodes):
        node = program.nodes[place]
        place = node.next
        match node.step:
            case EmailStep():
                stops.append(Stop(node.id, node.step, dict(now), tuple(arms)))
            case UpdateStep(update=update):
                now |= update
            case BranchStep():
                number = choose(node, now)
                arms.append((node.id, number))
                place = node.arms[number][1] if number < len(node.arms) else node.next
    return Way(tuple(stops), tuple(arms))


def as_it_stands(happened: frozenset[Happened]) -> Choose:
    """Return the choice that the engine would make if nothing further happened."""

    def choose(node: Node, fields: Mapping[str, Any]) -> int:
        facts = Facts({f"lead.{name}": value for name, value in fields.items()}, happened)
        for number, (condition, _) in enumerate(node.arms):
            if condition is None or evaluate(condition, facts) is True:
                return number
        return len(node.arms)

    return choose


def all_ways(program: Program, fields: Mapping[str, Any], taken: set[Arm]) -> Iterator[Way]:
    """Yield ways until every arm of every branch is taken, but for those `taken` already."""
    while True:
        missing = _arms(program) - taken

        def choose(node: Node, _: Mapping[str, Any], missing: set[Arm] = missing) -> int:
            count = len(node.arms) + (not _ends_in_else(node))
            # Of two arms the one with more to see: branches stand within branches.
            return max(range(count), key=lambda number: (_to_see(program, node, number, missing), -number))

        way = walk(program, fields, choose)
        if not set(way.arms) & missing:
            return
        taken |= set(way.arms)
        yield way


def _arms(program: Program) -> set[Arm]:
    return {
        (node.id, number)
        for node in program.nodes
        for number in range(len(node.arms) + (bool(node.arms) and not _ends_in_else(node)))
    }


def _ends_in_else(node: Node) -> bool:
    return node.arms[-1][0] is None


def _to_see(program: Program, node: Node, number: int, missing: set[Arm]) -> int:
    """Return how many missing arms there are in this one, itself included."""
    seen = {(node.id, number)} & missing
    waiting = [node.arms[number][1]] if number < len(node.arms) else []
    behind = {node.next, len(program.nodes)}
    while waiting:
        place = waiting.pop()
        if place in behind:
            continue
        behind.add(place)
        inner = program.nodes[place]
        seen |= {arm for arm in missing if arm[0] == inner.id}
        waiting += [inner.next, *(start for _, start in inner.arms)]
    return len(seen)


def is_possible(program: Program, fields: Mapping[str, Any], way: Way) -> bool:
    """Answer whether a lead with these fields can go this way, if it does what the conditions ask for."""
    arms = dict(way.arms)
    possible = True

    def choose(node: Node, now: Mapping[str, Any]) -> int:
        nonlocal possible
        possible = possible and arms[node.id] in set(_may_take(node, now))
        return arms[node.id]

    walk(program, fields, choose)
    return possible


def _may_take(node: Node, fields: Mapping[str, Any]) -> Iterator[int]:
    """Yield the arms that are taken after one or another of the things that the conditions ask for happened."""
    events = list(happenings([condition for condition, _ in node.arms if condition is not None]).values())
    if len(events) > MOST_EVENTS:
        yield from range(len(node.arms) + 1)
        return
    for count in range(len(events) + 1):
        for happened in combinations(events, count):
            yield as_it_stands(frozenset(happened))(node, fields)


def said(program: Program, arm: Arm) -> str:
    """Return an arm in words: the condition by which it is taken."""
    node = next(node for node in program.nodes if node.id == arm[0])
    if arm[1] >= len(node.arms):
        return f"branch {arm[0]}: no arm"
    condition = node.arms[arm[1]][0]
    return f"branch {arm[0]}: {'if ' + text(condition) if condition is not None else 'else'}"
