"""What no single file can tell: whether campaigns, policies and templates fit together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import NamedTuple

from outreach.domain.campaign import (
    BranchStep,
    Campaign,
    Case,
    EmailStep,
    EnterOnEvent,
    NotifyStep,
    Step,
    TaskStep,
    UpdateStep,
    WaitForStep,
    Window,
)
from outreach.domain.expression_tree import midnight, value_text, values_of
from outreach.domain.expressions import Expression, ExpressionError, Schema, Type
from outreach.domain.leads import FIELDS, UPDATABLE
from outreach.domain.sequence import step_id
from outreach.domain.words import Kind
from outreach.errors import Problem
from outreach.workspace import world
from outreach.workspace.documents import Document, Place

OF_A_MAIL = frozenset({Kind.OPENED, Kind.CLICKED, Kind.REPLIED})
"""Kinds whose subject is the template of the mail."""
LETTERS = "abcdefghijklmnopqrstuvwxyz"  # sequence names the arms of a branch by them
HOLDS = {Type.TEXT: "text", Type.NUMBER: "a number", Type.YESNO: "yes or no", Type.DATE: "a day"}
WRITTEN_AS = {
    Type.TEXT: "it in quotes",
    Type.NUMBER: "a number",
    Type.YESNO: "true or false",
    Type.DATE: 'a day in quotes such as "2026-03-01"',
}


@dataclass(frozen=True)
class Known:
    """What the files name. None where a file is not there or wrong, so that nothing can be said."""

    schema: Schema | None = None
    custom: Mapping[str, str] = field(default_factory=dict)
    senders: frozenset[str] | None = None
    reps: frozenset[str] | None = None
    mails: frozenset[str] = frozenset()
    notes: frozenset[str] = frozenset()
    read: Callable[[str], Expression] | None = None  # a condition's parts, where there is a schema


def campaign(document: Document, campaign: Campaign, known: Known) -> Iterator[Problem]:
    """Yield what is wrong in a campaign that is well formed."""
    yield from names_known(document, ("senders",), campaign.senders, known.senders, "sender-unknown")
    yield from twice(document, [(name, ("senders", i)) for i, name in enumerate(campaign.senders)], "sender")
    yield from window(document, ("window",), campaign.window)
    yield from condition(document, ("audience", "where"), campaign.audience.where, known)
    if campaign.goal in campaign.audience.stage:
        node = document.find(("goal",))
        message = f"the goal {campaign.goal} is a stage of the audience"
        yield document.problem(node, "stage", message, "name the stage that leads are to reach")
    if isinstance(campaign.enter, EnterOnEvent):
        yield from subject(document, ("enter",), campaign.enter.event, campaign.enter.subject, known)
    steps = list(placed(campaign.steps))
    for each in steps:
        yield from _step(document, each, known)
    yield from _step_ids(document, steps)


# -- steps -----------------------------------------------------------------------------------------


class Placed(NamedTuple):
    """A step, its place in the file, and its place as the engine counts it."""

    step: Step
    place: Place
    label: str


def placed(steps: Sequence[Step], place: Place = ("steps",), prefix: str = "") -> Iterator[Placed]:
    """Yield every step, those in branches too, in the order of the file."""
    for number, step in enumerate(steps):
        label = f"{prefix}{number + 1}"
        yield Placed(step, (*place, number), label)
        if isinstance(step, BranchStep):
            for index, (letter, arm) in enumerate(zip(LETTERS, step.branch, strict=False)):
                body, key = (arm.then, "then") if isinstance(arm, Case) else (arm.else_, "else")
                yield from placed(body, (*place, number, "branch", index, key), f"{label}{letter}")


def _step(document: Document, each: Placed, known: Known) -> Iterator[Problem]:
    place = each.place
    match each.step:
        case EmailStep(email=name):
            yield from template(document, (*place, "email"), name, known.mails)
        case BranchStep():
            yield from _branch(document, place, each.step, known)
        case WaitForStep(wait_for=awaited):
            yield from subject(document, (*place, "wait_for"), awaited.event, awaited.subject, known)
        case TaskStep(task=task):
            yield from note(document, (*place, "task", "text"), task.text, known.notes)
            yield from _recipient(document, (*place, "task", "to"), task.to, known)
        case NotifyStep(notify=notify):
            yield from note(document, (*place, "notify", "text"), notify.text, known.notes)
            yield from _recipient(document, (*place, "notify", "to"), notify.to, known)
        case UpdateStep():
            yield from _update(document, (*place, "update"), each.step, known)


def _branch(document: Document, place: Place, step: BranchStep, known: Known) -> Iterator[Problem]:
    if len(step.branch) > len(LETTERS):
        node = document.find((*place, "branch"))
        yield document.problem(node, "wrong-value", f"a branch has at most {len(LETTERS)} arms")
    for number, arm in enumerate(step.branch):
        if isinstance(arm, Case):
            yield from condition(document, (*place, "branch", number, "if"), arm.if_, known)


def _recipient(document: Document, place: Place, to: str, known: Known) -> Iterator[Problem]:
    if to != "owner" and known.reps is not None and to not in known.reps:
        message = f'no rep in team.yaml has the name "{to}"'
        yield document.problem(
            document.find(place), "rep-unknown", message, meant(to, {"owner", *known.reps})
        )


def _update(document: Document, place: Place, step: UpdateStep, known: Known) -> Iterator[Problem]:
    if known.schema is None:
        return
    for name, value in step.update.items():
        if name not in UPDATABLE and name not in known.custom:
            there = "is not set by campaigns" if name in FIELDS else "is not the name of a field"
            message = f'"{name}" {there}'
            hint = meant(name, {*UPDATABLE, *known.custom})
            yield document.problem(document.key((*place, name)), "field-unknown", message, hint)
            continue
        kind = Type(known.custom.get(name, Type.TEXT))
        node = document.find((*place, name))
        if value is not None and not _is_of(kind, value):
            yield document.problem(
                node, "wrong-value", f'"{name}" holds {HOLDS[kind]}', f"write {WRITTEN_AS[kind]}"
            )
        elif name == "country" and value is not None and not world.is_country(str(value)):
            message = f'"{value}" is no country'
            yield document.problem(node, "wrong-value", message, world.country_meant(str(value)))


def _is_of(kind: Type, value: str | float | bool) -> bool:
    match kind:
        case Type.YESNO:
            return isinstance(value, bool)
        case Type.NUMBER:
            return isinstance(value, int | float) and not isinstance(value, bool)
        case Type.DATE:
            return isinstance(value, str) and midnight(value) is not None
        case _:
            return isinstance(value, str)


def _step_ids(document: Document, steps: Sequence[Placed]) -> Iterator[Problem]:
    lines: dict[str, int] = {}
    for step, place, label in steps:
        name = step_id(step, label)
        node = document.find((*place, "id") if step.id else place)
        if name in lines:
            message = f'a second step is named "{name}" (the first is on line {lines[name]})'
            yield document.problem(
                node, "step-id", message, f"give this one an id of its own: {_example(name)}"
            )
        lines.setdefault(name, node.line)


def _example(name: str) -> str:
    return f"id: {name.rpartition('/')[2][:60].strip('-_')}-2"


# -- what several files check -------------------------------------------------------------------------


def condition(document: Document, place: Place, source: str | None, known: Known) -> Iterator[Problem]:
    """Yield what is wrong with a condition, at its place within the condition."""
    if source is None or known.read is None:
        return
    node = document.find(place)
    try:
        asked = known.read(source)
    except ExpressionError as error:
        yield document.problem(node, "expression", error.message, error.hint, offset=error.column - 1)
        return
    for name, value in dict.fromkeys(values_of(asked)):
        if (hint := world.never(name, value)) is not None:
            at = next(
                (source.find(f"{mark}{value}{mark}") for mark in "\"'" if f"{mark}{value}{mark}" in source), 0
            )
            message = f"{name} is never {value_text(value)}"
            yield document.problem(node, "expression", message, hint, offset=at)


def subject(
    document: Document, place: Place, event: Kind, named: str | None, known: Known
) -> Iterator[Problem]:
    """Yield a problem if the subject of such an event is a template's name, and there is none of it."""
    if named is not None and event in OF_A_MAIL:
        yield from template(document, (*place, "subject"), named, known.mails)


def template(document: Document, place: Place, name: str, mails: frozenset[str]) -> Iterator[Problem]:
    """Yield a problem if there is no such mail."""
    if name not in mails:
        message = f"templates/ has no {name}.md"
        yield document.problem(document.find(place), "template-missing", message, meant(name, mails, ""))


def note(document: Document, place: Place, name: str, notes: frozenset[str]) -> Iterator[Problem]:
    """Yield a problem if there is no such note."""
    if name not in notes:
        message = f'no note to a rep has the name "{name}"'
        hint = meant(name, notes, "notes stand in templates/notes/, or end with .txt")
        yield document.problem(document.find(place), "template-missing", message, hint)


def window(document: Document, place: Place, window: Window) -> Iterator[Problem]:
    """Yield what is wrong with a window's zone and holidays."""
    node = document.find((*place, "timezone"))
    if window.timezone != "lead" and window.timezone not in world.zones():
        message = f'"{window.timezone}" is no time zone'
        yield document.problem(
            node, "wrong-value", message, f"{world.zone_meant(window.timezone)} Or write lead"
        )
    node = document.find((*place, "holidays"))
    if window.holidays not in ("lead.country", "none") and window.holidays not in world.with_holidays():
        message = f'the holidays of "{window.holidays}" are not known'
        hint = "write lead.country, none, or a country such as DE"
        yield document.problem(node, "wrong-value", message, hint)


def names_known(
    document: Document, place: Place, names: Sequence[str], there: frozenset[str] | None, rule: str
) -> Iterator[Problem]:
    """Yield a problem for every sender that is not in senders.yaml."""
    for number, name in enumerate(names):
        if there is not None and name not in there:
            message = f'no sender in senders.yaml has the name "{name}"'
            yield document.problem(document.find((*place, number)), rule, message, meant(name, there))


def twice(document: Document, names: Sequence[tuple[str, Place]], what: str) -> Iterator[Problem]:
    """Yield a problem for every name that was there before."""
    lines: dict[str, int] = {}
    for name, place in names:
        node = document.find(place)
        if name in lines:
            message = f'a second {what} is named "{name}" (the first is on line {lines[name]})'
            yield document.problem(node, "duplicate-name", message, "give each its own name")
        lines.setdefault(name, node.line)


def meant(word: str, there: frozenset[str] | set[str], otherwise: str | None = None) -> str:
    """Return a hint: the name that is like `word`, else what there is."""
    if close := get_close_matches(word, sorted(there), 1):
        return f"did you mean {close[0]}?"
    return f"there are {', '.join(sorted(there))}" if otherwise is None and there else otherwise or ""
