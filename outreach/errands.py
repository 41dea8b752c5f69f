"""Does the steps of a campaign that send nothing to the lead: update a field, open a task, tell a rep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from outreach import leads, models, office
from outreach.applied import InForce
from outreach.domain.campaign import NotifyStep, TaskStep, UpdateStep
from outreach.domain.events import Event
from outreach.domain.sequence import Do
from outreach.domain.words import Kind
from outreach.office import Reps

Note = Callable[[str, models.Lead, str], tuple[str, str]]
"""Renders a note: (template, lead, rep's name) to (subject, text)."""


@dataclass
class Advanced:
    """What one round of advancing did."""

    looked_at: int = 0
    queued: int = 0
    finished: int = 0
    stopped: int = 0


class Doing(Protocol):
    """What steps are done with: a round of the engine, or of a simulation."""

    @property
    def now(self) -> datetime: ...

    @property
    def in_force(self) -> InForce: ...

    @property
    def note(self) -> Note: ...

    @property
    def reps(self) -> Reps: ...

    @property
    def events(self) -> list[Event]: ...


@dataclass
class Round:
    """What is gathered over a batch and written at its end."""

    now: datetime
    in_force: InForce
    note: Note
    salt: str
    reps: Reps
    enrollments: list[dict[str, Any]] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    freed: list[int] = field(default_factory=list)
    done: Advanced = field(default_factory=Advanced)


def act(round: Doing, row: models.Enrollment, lead: models.Lead, decision: Do) -> None:
    """Do a step that is no mail; nothing for one of another kind."""
    step = decision.node.step
    if isinstance(step, UpdateStep):
        _update(round, row, lead, decision.node.id, step)
    elif isinstance(step, TaskStep):
        _task(round, row, lead, decision.node.id, step)
    elif isinstance(step, NotifyStep):
        _notify(round, row, lead, decision.node.id, step)


def _update(round: Doing, row: models.Enrollment, lead: models.Lead, node: str, step: UpdateStep) -> None:
    changed = leads.learn(lead, step.update, round.in_force.funnel.funnel.fields, round.now)
    if changed:
        source_id = f"updated:{row.id}:{node}"
        data = {"fields": {name: step.update[name] for name in changed}}
        round.events.append(
            Event(
                Kind.UPDATED,
                source_id,
                round.now,
                lead.id,
                campaign_id=row.campaign_id,
                detail=", ".join(changed),
                data=data,
            )
        )


def _task(round: Doing, row: models.Enrollment, lead: models.Lead, node: str, step: TaskStep) -> None:
    rep = _rep(round, lead, step.task.to)
    subject, text = round.note(step.task.text, lead, rep or "")
    round.reps.open_task(
        lead,
        kind=step.task.kind,
        rep=rep,
        subject=subject,
        text=text,
        due_within=step.task.due_within,
        enrollment=row,
        step=node,
    )


def _notify(round: Doing, row: models.Enrollment, lead: models.Lead, node: str, step: NotifyStep) -> None:
    rep = _rep(round, lead, step.notify.to)
    if rep:
        subject, text = round.note(step.notify.text, lead, rep)
        round.reps.send_note(row, node, rep, lead, subject, text)


def _rep(round: Doing, lead: models.Lead, to: str) -> str | None:
    return office.owner(round.reps, lead) if to == "owner" else to
