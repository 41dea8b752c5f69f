"""What is different between two versions of what somebody wrote: values field by field, texts line by line, steps."""

from __future__ import annotations

import difflib
import json
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from outreach.domain import in_flight
from outreach.domain.campaign import (
    BranchStep,
    Case,
    EmailStep,
    NotifyStep,
    Step,
    TaskStep,
    UpdateStep,
    WaitForStep,
    WaitStep,
)
from outreach.domain.in_flight import Pairing, Place
from outreach.domain.sequence import Program

ADDED, REMOVED, CHANGED, SAME = "+", "-", "~", " "
LONGEST_VALUE = 500
TELLING = ("event", "subject", "link", "to", "because")
"""What tells one rule of a list from the others."""


@dataclass(frozen=True)
class Difference:
    """One field that is added, removed or changed; values as they would be written on one line."""

    mark: str  # + - ~
    path: str
    before: str = ""
    after: str = ""


def fields(before: Any, after: Any, path: str = "") -> Iterator[Difference]:
    """Yield what is different between two values made of mappings, lists and plain values."""
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in [*before, *(key for key in after if key not in before)]:
            yield from _one(before, after, key, f"{path}.{key}" if path else str(key))
    elif isinstance(before, list) and isinstance(after, list):
        yield from _lists(before, after, path)
    else:
        yield Difference(CHANGED, path, written(before), written(after))


def _one(before: Mapping[str, Any], after: Mapping[str, Any], key: str, path: str) -> Iterator[Difference]:
    if key not in after or (after[key] is None and before.get(key) is not None):
        yield Difference(REMOVED, path, before=written(before[key]))
    elif key not in before or (before[key] is None and after[key] is not None):
        yield Difference(ADDED, path, after=written(after[key]))
    else:
        yield from fields(before[key], after[key], path)


def _lists(before: list[Any], after: list[Any], path: str) -> Iterator[Difference]:
    if _are_named(before) and _are_named(after):
        old, new = ({each["name"]: each for each in side} for side in (before, after))
        for name in [*old, *(name for name in new if name not in old)]:
            yield from _one(old, new, name, f"{path}[{name}]")
        return
    old_texts, new_texts = ([json.dumps(each, sort_keys=True) for each in side] for side in (before, after))
    matcher = difflib.SequenceMatcher(None, old_texts, new_texts, autojunk=False)
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what == "equal":
            continue
        both = min(i2 - i1, j2 - j1)
        for offset in range(both):
            yield from fields(
                before[i1 + offset], after[j1 + offset], f"{path}[{_label(after[j1 + offset], j1 + offset)}]"
            )
        for number in range(i1 + both, i2):
            yield Difference(
                REMOVED, f"{path}[{_label(before[number], number)}]", before=written(before[number])
            )
        for number in range(j1 + both, j2):
            yield Difference(ADDED, f"{path}[{_label(after[number], number)}]", after=written(after[number]))


def _label(item: Any, number: int) -> str:
    """Return which item of a list it is: by its place, and what it is about."""
    told = [str(item[key]) for key in TELLING if item.get(key)] if isinstance(item, Mapping) else []
    return ", ".join([str(number + 1), *told])


def _are_named(items: list[Any]) -> bool:
    names = [item.get("name") for item in items if isinstance(item, Mapping)]
    return len(names) == len(items) == len(set(names)) and None not in names


def written(value: Any) -> str:
    """Return a value as it would be written on one line, cut where it is long."""
    if isinstance(value, str):
        text = value
    elif isinstance(value, Mapping):
        there = {key: each for key, each in value.items() if each is not None}
        text = "{" + ", ".join(f"{key}: {written(each)}" for key, each in there.items()) + "}"
    elif isinstance(value, list):
        text = "[" + ", ".join(map(written, value)) + "]"
    elif isinstance(value, float) and value.is_integer():
        text = str(int(value))
    else:
        text = json.dumps(value, default=str)
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def lines(before: str, after: str, file: str) -> list[str]:
    """Return the unified diff of two texts, with three lines around each change."""
    names = (f"a/{file}" if before else "/dev/null", f"b/{file}" if after else "/dev/null")
    return list(difflib.unified_diff(before.splitlines(), after.splitlines(), *names, lineterm=""))


# -- steps -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class StepChange:
    """One line of the list of steps: whether it is there before and after, and what is different."""

    mark: str  # + - ~ or a blank
    step: str
    depth: int
    notes: tuple[str, ...] = ()  # "moved up", "renamed from x", field: before -> after


def words(step: Step) -> str:
    """Return in a few words what a step does."""
    match step:
        case EmailStep():
            return (
                f"email {step.email}" if step.id in (None, step.email) else f"email {step.email} ({step.id})"
            )
        case WaitStep():
            said = f"wait {step.wait}"
        case WaitForStep():
            said = f"wait for {step.wait_for.event}, at most {step.wait_for.within}"
        case BranchStep():
            conditions = [arm.if_ if isinstance(arm, Case) else "else" for arm in step.branch]
            said = "branch " + " / ".join(conditions)
        case TaskStep():
            said = f"task {step.task.kind} to {step.task.to}"
        case NotifyStep():
            said = f"notify {step.notify.to} with {step.notify.text}"
        case UpdateStep():
            said = "update " + ", ".join(step.update)
    return f"{said} ({step.id})" if step.id else said


def where(program: Program, node: int) -> str:
    """Return in a few words where a lead stands: a step, and for one without a name what it comes after."""
    if node >= len(program.nodes):
        return "the end"
    return next(_standing(in_flight.places(program), program, node, ""))


def _standing(level: Sequence[Place], program: Program, node: int, after: str) -> Iterator[str]:
    for place in level:
        if place.node == node:
            there = f"after {after}" if after else f"step {program.nodes[node].id}"
            yield words(place.step) if place.name else f"{words(place.step)}, {there}"
        for _, body in place.arms:
            yield from _standing(body, program, node, after)
        after = place.name or after


def all_added(program: Program) -> list[StepChange]:
    """Return the steps of a campaign that is new."""
    return [StepChange(ADDED, words(place.step), depth) for place, depth in _deep(in_flight.places(program))]


def steps(old: Program, new: Program, pairing: Pairing) -> list[StepChange]:
    """Return the steps of the new version in their order, with those that are gone where they stood."""
    back = {right: left for left, right in pairing.nodes.items()}
    gone = _gone(old, pairing.nodes)
    stays = _in_order([back[node] for node in range(len(new.nodes)) if node in back])
    found = list(gone.get(None, ()))
    for place, depth in _deep(in_flight.places(new)):
        before = back.get(place.node)
        if before is None:
            found.append(StepChange(ADDED, words(place.step), depth))
            continue
        notes = tuple(_notes(old.nodes[before].step, place.step, before not in stays))
        found.append(StepChange(CHANGED if notes else SAME, words(place.step), depth, notes))
        found += gone.get(before, ())
    return found


def _deep(level: Sequence[Place], depth: int = 0) -> Iterator[tuple[Place, int]]:
    for place in level:
        yield place, depth
        for _, body in place.arms:
            yield from _deep(body, depth + 1)


def _gone(old: Program, nodes: Mapping[int, int]) -> dict[int | None, list[StepChange]]:
    """Return the steps that are gone, by the node before them that is not."""
    found: dict[int | None, list[StepChange]] = {}
    last: int | None = None
    for place, depth in _deep(in_flight.places(old)):
        if place.node in nodes:
            last = place.node
        else:
            found.setdefault(last, []).append(StepChange(REMOVED, words(place.step), depth))
    return found


def _in_order(numbers: Sequence[int]) -> set[int]:
    """Return the members of a longest growing subsequence: what stands in it has not moved."""
    ends: list[int] = []
    chains: list[tuple[int, ...]] = []
    for number in numbers:
        at = bisect_left(ends, number)
        chain = (*(chains[at - 1] if at else ()), number)
        ends[at : at + 1], chains[at : at + 1] = [number], [chain]
    return set(chains[-1]) if chains else set()


def _notes(before: Step, after: Step, is_moved: bool) -> Iterator[str]:
    if is_moved:
        yield "stands elsewhere now"
    old, new = _plain(before), _plain(after)
    if type(before) is not type(after):
        yield f"was: {words(before)}"
        return
    for each in fields(old, new):
        match each.mark:
            case "+":
                yield f"+ {each.path}: {each.after}"
            case "-":
                yield f"- {each.path}: {each.before}"
            case _:
                yield f"{each.path}: {each.before} → {each.after}"


def _plain(step: Step) -> dict[str, Any]:
    """Return a step as a mapping, a branch without the steps of its arms."""
    if isinstance(step, BranchStep):
        arms = [arm.if_ if isinstance(arm, Case) else "else" for arm in step.branch]
        return {"id": step.id, "if": arms}
    return step.model_dump(mode="json", by_alias=True)
