"""Lists rows for people to look through: leads, mails, hand-offs, tasks, a campaign's steps. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from outreach import applied, models
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
from outreach.domain.words import EnrollmentStatus, Kind, MessageStatus, Stage, Verdict
from outreach.errors import NotFound

PAGE = 50
LONGEST_SEARCH = 200

T = TypeVar("T")


@dataclass(frozen=True)
class Page(Generic[T]):
    """A page of a list, newest first; `older` is where the next one starts, none at the end."""

    rows: Sequence[T]
    older: int | None


def _page(rows: Sequence[T], ids: Sequence[int]) -> Page[T]:
    return Page(rows[:PAGE], ids[PAGE - 1] if len(rows) > PAGE else None)


# -- leads ----------------------------------------------------------------------------------------


def leads(
    session: Session, search: str = "", stage: Stage | None = None, before: int | None = None
) -> Page[models.Lead]:
    """Return leads whose address, name or company holds `search`, those in `stage`."""
    lead = models.Lead
    found = select(lead).order_by(lead.id.desc()).limit(PAGE + 1)
    if stage is not None:
        found = found.where(lead.stage == stage)
    if before is not None:
        found = found.where(lead.id < before)
    if words := search.strip().lower()[:LONGEST_SEARCH]:
        found = found.where(or_(*(_holds(column, words) for column in (lead.email, lead.company, _name()))))
    rows = session.scalars(found).all()
    return _page(rows, [row.id for row in rows])


def _name() -> ColumnElement[str]:
    lead = models.Lead
    return func.coalesce(lead.first_name, "") + " " + func.coalesce(lead.last_name, "")


def _holds(column: ColumnElement[str] | object, words: str) -> ColumnElement[bool]:
    return func.lower(column).contains(words, autoescape=True)


@dataclass(frozen=True)
class LeadRecord:
    """A lead with what hangs on it."""

    lead: models.Lead
    messages: Sequence[tuple[models.Message, str]]  # with the campaign's name
    enrollments: Sequence[tuple[models.Enrollment, str]]
    tasks: Sequence[models.Task]
    handoffs: Sequence[models.Handoff]
    deals: Sequence[models.Deal]
    events: Page[models.Event]


def lead(session: Session, lead_id: int, before: int | None = None) -> LeadRecord:
    """Return a lead with everything about it, its events from `before` on back; NotFound where there is none."""
    row = session.get(models.Lead, lead_id)
    if row is None:
        raise NotFound(f"no lead {lead_id}")
    events = select(models.Event).where(models.Event.lead_id == lead_id)
    if before is not None:
        events = events.where(models.Event.id < before)
    happened = session.scalars(events.order_by(models.Event.id.desc()).limit(PAGE + 1)).all()
    return LeadRecord(
        row,
        messages=_with_campaign(session, models.Message, lead_id),
        enrollments=_with_campaign(session, models.Enrollment, lead_id),
        tasks=_of_lead(session, models.Task, lead_id),
        handoffs=_of_lead(session, models.Handoff, lead_id),
        deals=_of_lead(session, models.Deal, lead_id),
        events=_page(happened, [event.id for event in happened]),
    )


Row = TypeVar("Row", models.Message, models.Enrollment)
Own = TypeVar("Own", models.Task, models.Handoff, models.Deal)


def _with_campaign(session: Session, table: type[Row], lead_id: int) -> Sequence[tuple[Row, str]]:
    found = (
        select(table, models.Campaign.name)
        .join(models.Campaign, models.Campaign.id == table.campaign_id)
        .where(table.lead_id == lead_id)
        .order_by(table.id.desc())
    )
    return [(row, name) for row, name in session.execute(found)]


def _of_lead(session: Session, table: type[Own], lead_id: int) -> Sequence[Own]:
    return session.scalars(select(table).where(table.lead_id == lead_id).order_by(table.id.desc())).all()


# -- mails, hand-offs, tasks ----------------------------------------------------------------------


@dataclass(frozen=True)
class MessageLine:
    """A mail of the ledger, whose it is, and from which campaign."""

    message: models.Message
    email: str
    campaign: str


def messages(
    session: Session, status: MessageStatus | None = None, before: int | None = None
) -> Page[MessageLine]:
    """Return mails, those of one status if that is given."""
    message = models.Message
    found = _messages().order_by(message.id.desc()).limit(PAGE + 1)
    if status is not None:
        found = found.where(message.status == status)
    if before is not None:
        found = found.where(message.id < before)
    rows = [MessageLine(*row) for row in session.execute(found)]
    return _page(rows, [row.message.id for row in rows])


def message(session: Session, message_id: int) -> MessageLine:
    """Return one mail; NotFound where there is none."""
    row = session.execute(_messages().where(models.Message.id == message_id)).first()
    if row is None:
        raise NotFound(f"no mail {message_id}")
    return MessageLine(*row)


def _messages() -> Select[models.Message, str, str]:
    return (
        select(models.Message, models.Lead.email, models.Campaign.name)
        .join(models.Lead, models.Lead.id == models.Message.lead_id)
        .join(models.Campaign, models.Campaign.id == models.Message.campaign_id)
    )


Work = TypeVar("Work", models.Handoff, models.Task)


@dataclass(frozen=True)
class WorkLine(Generic[Work]):
    """A hand-off or task, and the lead it is about."""

    row: Work
    lead: models.Lead


def handoffs(session: Session, before: int | None = None) -> Page[WorkLine[models.Handoff]]:
    """Return hand-offs."""
    return _work(session, models.Handoff, before)


def tasks(session: Session, before: int | None = None) -> Page[WorkLine[models.Task]]:
    """Return tasks."""
    return _work(session, models.Task, before)


def _work(session: Session, table: type[Work], before: int | None) -> Page[WorkLine[Work]]:
    found = (
        select(table, models.Lead)
        .join(models.Lead, models.Lead.id == table.lead_id)
        .order_by(table.id.desc())
        .limit(PAGE + 1)
    )
    if before is not None:
        found = found.where(table.id < before)
    rows = [WorkLine(row, lead) for row, lead in session.execute(found)]
    return _page(rows, [line.row.id for line in rows])


# -- a campaign's steps ---------------------------------------------------------------------------

BACK = (Kind.OPENED, Kind.CLICKED, Kind.REPLIED)


@dataclass(frozen=True)
class StepCount:
    """A step, how many stand at it, and what became of its mails."""

    id: str
    kind: str
    what: str
    depth: int  # how many branches it stands in
    standing: int = 0
    mails: Mapping[str, int] = field(default_factory=dict)  # by status
    people: Mapping[str, int] = field(default_factory=dict)  # who opened, clicked, replied; no machines


@dataclass(frozen=True)
class CampaignSteps:
    """The version of a campaign that new leads enter on."""

    description: str
    goal: str | None
    stages: tuple[str, ...]
    where: str | None
    applied_at: datetime | None
    steps: tuple[StepCount, ...]
    on_older_versions: int
    source: str


def campaign_steps(session: Session, campaign_id: int) -> CampaignSteps:
    """Return the steps of the campaign's version in force; NotFound where there is none."""
    row = session.get_one(models.Campaign, campaign_id)
    if row.version_id is None:
        raise NotFound(f"nothing of {row.name} is applied")
    version = session.get_one(models.CampaignVersion, row.version_id)
    program = applied.program(session, version.id)
    standing, older = _standing(session, campaign_id, version.id)
    mails, people = _mails(session, campaign_id), _people(session, campaign_id)
    depths = _depths(program.campaign.steps, 0)
    steps = tuple(
        StepCount(
            node.id, *_words(node.step), depth, standing.get(number, 0), mails[node.id], people[node.id]
        )
        for number, (node, depth) in enumerate(zip(program.nodes, depths, strict=True))
    )
    campaign = program.campaign
    return CampaignSteps(
        campaign.description,
        campaign.goal,
        campaign.audience.stage,
        campaign.audience.where,
        version.applied_at,
        steps,
        older,
        version.source,
    )


def _depths(steps: Sequence[Step], depth: int) -> list[int]:
    found = []
    for step in steps:
        found.append(depth)
        if isinstance(step, BranchStep):
            for arm in step.branch:
                found += _depths(arm.then if isinstance(arm, Case) else arm.else_, depth + 1)
    return found


def _standing(session: Session, campaign_id: int, version_id: int) -> tuple[dict[int, int], int]:
    enrollment = models.Enrollment
    live = (EnrollmentStatus.ACTIVE, EnrollmentStatus.PAUSED)
    found: dict[int, int] = {}
    older = 0
    for version, node, count in session.execute(
        select(enrollment.version_id, enrollment.node, func.count())
        .where(enrollment.campaign_id == campaign_id, enrollment.status.in_(live))
        .group_by(enrollment.version_id, enrollment.node)
    ):
        if version == version_id:
            found[node] = count
        else:
            older += count
    return found, older


def _mails(session: Session, campaign_id: int) -> Mapping[str, dict[str, int]]:
    message = models.Message
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for step, status, count in session.execute(
        select(message.step, message.status, func.count())
        .where(message.campaign_id == campaign_id)
        .group_by(message.step, message.status)
    ):
        found[step][status] = count
    return found


def _people(session: Session, campaign_id: int) -> Mapping[str, dict[str, int]]:
    event, message = models.Event, models.Message
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for step, kind, count in session.execute(
        select(message.step, event.kind, func.count(event.lead_id.distinct()))
        .join(message, message.id == event.message_id)
        .where(message.campaign_id == campaign_id, event.kind.in_(BACK), event.verdict == Verdict.HUMAN)
        .group_by(message.step, event.kind)
    ):
        found[step][kind] = count
    return found


def _words(step: Step) -> tuple[str, str]:
    """Return which kind of step it is, and what it does in a few words."""
    match step:
        case EmailStep():
            return "email", step.email
        case WaitStep():
            return "wait", str(step.wait)
        case WaitForStep():
            return "wait for", f"{step.wait_for.event}, at most {step.wait_for.within}"
        case BranchStep():
            return "branch", " / ".join(arm.if_ if isinstance(arm, Case) else "else" for arm in step.branch)
        case TaskStep():
            return "task", f"{step.task.kind} to {step.task.to}"
        case NotifyStep():
            return "notify", f"{step.notify.text} to {step.notify.to}"
        case UpdateStep():
            return "update", ", ".join(f"{name} = {value}" for name, value in step.update.items())
