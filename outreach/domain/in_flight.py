"""Decides where leads in flight go when their campaign changes: which step of one version is which of the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from outreach.domain.campaign import BranchStep, Case, EmailStep, Step, WaitForStep, WaitStep
from outreach.domain.sequence import Program

MOST_ARMS = 26


@dataclass(frozen=True)
class Place:
    """A step where it stands: its number in the program, its lasting name (none: only a place), its arms."""

    node: int
    step: Step
    name: str | None
    arms: tuple[tuple[str | None, tuple[Place, ...]], ...] = ()


@dataclass(frozen=True)
class Pairing:
    """Which steps of an old version are which of a new one.

    `nodes` are node numbers old to new; `renamed` are names of mails, old to new, where only the name is another.
    """

    nodes: Mapping[int, int]
    renamed: Mapping[str, str]


def places(program: Program) -> tuple[Place, ...]:
    """Return the steps of a program as the tree that the file is."""
    return _level(program.campaign.steps, iter(range(len(program.nodes))))


def _level(steps: Sequence[Step], numbers: Iterator[int]) -> tuple[Place, ...]:
    found = []
    for step in steps:
        node = next(numbers)
        name = step.id or (step.email if isinstance(step, EmailStep) else None)
        arms = []
        if isinstance(step, BranchStep):
            for arm in step.branch[:MOST_ARMS]:
                condition, body = (arm.if_, arm.then) if isinstance(arm, Case) else (None, arm.else_)
                arms.append((condition, _level(body, numbers)))
        found.append(Place(node, step, name, tuple(arms)))
    return tuple(found)


def every(level: Sequence[Place]) -> Iterator[Place]:
    """Yield the places of a tree in the order of the file."""
    for place in level:
        yield place
        for _, body in place.arms:
            yield from every(body)


# -- which step is which -----------------------------------------------------------------------------


def pair(old: Program, new: Program) -> Pairing:
    """Return which steps of `old` are which of `new`.

    A step with a name (its `id`, or its template) is the one of that name. A mail whose name is gone is the one that
    has its template and a name that was not there before: it was renamed. A step without a name goes by the step with
    a name that it follows, or else by the one it comes before: the second wait after `first` is the second wait after
    `first`, whatever stands before.
    """
    before, after = places(old), places(new)
    names = _named(after)
    renamed = _renamed(before, after)
    nodes = {
        place.node: names[renamed.get(place.name, place.name)].node
        for place in every(before)
        if place.name and renamed.get(place.name, place.name) in names
    }
    _pair_levels(before, after, renamed, nodes)
    return Pairing(nodes, renamed)


def _named(level: Sequence[Place]) -> dict[str, Place]:
    return {place.name: place for place in every(level) if place.name}


def _renamed(before: Sequence[Place], after: Sequence[Place]) -> dict[str, str]:
    old, new = _named(before), _named(after)
    free: dict[str, list[str]] = defaultdict(list)
    for name, place in new.items():
        if name not in old and isinstance(place.step, EmailStep):
            free[place.step.email].append(name)
    found = {}
    for name, place in old.items():
        if name not in new and isinstance(place.step, EmailStep) and free[place.step.email]:
            found[name] = free[place.step.email].pop(0)
    return found


def _pair_levels(
    before: Sequence[Place], after: Sequence[Place], renamed: Mapping[str, str], nodes: dict[int, int]
) -> None:
    """Pair the steps without a name of two lists that are the same list, and the arms of their branches."""
    for turn in (1, -1):
        taken = set(nodes.values())
        old = _by_neighbour([place for place in before[::turn] if place.name or place.node not in nodes])
        new = _by_neighbour([place for place in after[::turn] if place.name or place.node not in taken])
        for (neighbour, kind), mine in old.items():
            theirs = new.get((renamed.get(neighbour, neighbour), kind), ())
            nodes.update((left.node, right.node) for left, right in zip(mine, theirs, strict=False))
    there = {place.node: place for place in after}
    for place in before:
        if place.node in nodes and (other := there.get(nodes[place.node])):
            for mine_arm, their_arm in _arms(place, other):
                _pair_levels(mine_arm, their_arm, renamed, nodes)


def _by_neighbour(level: Sequence[Place]) -> dict[tuple[str, str], list[Place]]:
    """Return the places without a name by the name that comes before them (empty: none does) and by their kind."""
    found: dict[tuple[str, str], list[Place]] = defaultdict(list)
    name = ""
    for place in level:
        if place.name:
            name = place.name
        else:
            found[name, _kind(place.step)].append(place)
    return found


def _kind(step: Step) -> str:
    return "wait" if isinstance(step, WaitStep | WaitForStep) else type(step).__name__


def _arms(old: Place, new: Place) -> Iterator[tuple[tuple[Place, ...], tuple[Place, ...]]]:
    """Yield which arms are the same: those with the same condition, and of the others the first the first."""
    theirs = list(new.arms)
    others = []
    for condition, body in old.arms:
        same = next((arm for arm in theirs if arm[0] == condition), None)
        if same is None:
            others.append(body)
            continue
        theirs.remove(same)
        yield body, same[1]
    for mine, (_, body) in zip(others, theirs, strict=False):
        yield mine, body


# -- where leads go ----------------------------------------------------------------------------------


def landing(
    old: Program, node: int, new: Program, nodes: Mapping[int, int], *, has_begun: bool = True
) -> int:
    """Return the node of `new` for a lead that stands at `node` of `old`; its end where nothing is left.

    That is the same step. Where it is gone: the first one that is left of those that came after it in `old`. A lead
    that has not begun, as it stands at the first step and has no mail yet, begins with the first step.
    """
    if node == 0 and not has_begun:
        return 0
    while node < len(old.nodes):
        if node in nodes:
            return nodes[node]
        node = old.nodes[node].next
    return len(new.nodes)


def ahead(program: Program, node: int) -> frozenset[int]:
    """Return the nodes that a lead standing at `node` may still come to, with `node` itself."""
    found: set[int] = set()
    todo = [node]
    while todo:
        here = todo.pop()
        if here < len(program.nodes) and here not in found:
            found.add(here)
            todo += [program.nodes[here].next, *(start for _, start in program.nodes[here].arms)]
    return frozenset(found)
