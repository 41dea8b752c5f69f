"""Answers questions about the whole: funnel, outcomes, campaigns, moves. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, cast, func, select
from sqlalchemy.orm import Session

from outreach import models
from outreach.db import kind_of
from outreach.domain.words import (
    EnrollmentStatus,
    HandoffStatus,
    Kind,
    MessageStatus,
    Stage,
    Temperature,
    Verdict,
)

RESPONSES = (
    Kind.OPENED, Kind.CLICKED, Kind.REPLIED, Kind.AUTO_REPLIED, Kind.BOUNCED, Kind.COMPLAINED,
    Kind.UNSUBSCRIBED, Kind.SUBMITTED, Kind.ATTENDED, Kind.MEETING_BOOKED,
)  # fmt: skip
BY_HEAT = (Temperature.HOT, Temperature.WARM, Temperature.COLD)

# -- funnel ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class StageCount:
    """How many leads stand in a stage, by temperature."""

    stage: Stage
    hot: int = 0
    warm: int = 0
    cold: int = 0

    @property
    def leads(self) -> int:
        return self.hot + self.warm + self.cold


def funnel(session: Session) -> tuple[StageCount, ...]:
    """Return every stage with its leads, in the order of the funnel."""
    lead = models.Lead
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for stage, temperature, count in session.execute(
        select(lead.stage, lead.temperature, func.count()).group_by(lead.stage, lead.temperature)
    ):
        counts[stage][temperature] = count
    return tuple(
        StageCount(
            stage,
            *(counts[stage].get(word, 0) for word in (Temperature.HOT, Temperature.WARM, Temperature.COLD)),
        )
        for stage in Stage
    )


# -- mails and what came back ---------------------------------------------------------------------


@dataclass(frozen=True)
class Outcome:
    """How many mails have this status for this reason."""

    status: MessageStatus
    reason: str
    mails: int


def outcomes(session: Session) -> tuple[Outcome, ...]:
    """Return the mails by status and, where they did not go, by reason."""
    message = models.Message
    rows = session.execute(
        select(message.status, message.reason, func.count()).group_by(message.status, message.reason)
    )
    order = list(MessageStatus)
    found = [Outcome(MessageStatus(status), reason or "", count) for status, reason, count in rows]
    return tuple(
        sorted(found, key=lambda outcome: (order.index(outcome.status), -outcome.mails, outcome.reason))
    )


@dataclass(frozen=True)
class Response:
    """How often something came back, by who did it."""

    kind: Kind
    human: int = 0
    machine: int = 0
    proxy: int = 0
    unknown: int = 0


def responses(session: Session) -> tuple[Response, ...]:
    """Return what came back, each kind with how much of it came from people."""
    event = models.Event
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for kind, verdict, count in session.execute(
        select(event.kind, event.verdict, func.count())
        .where(event.kind.in_(RESPONSES))
        .group_by(event.kind, event.verdict)
    ):
        counts[kind][verdict] = count
    return tuple(
        Response(kind, **{verdict.value: counts[kind].get(verdict, 0) for verdict in Verdict})
        for kind in RESPONSES
    )


@dataclass(frozen=True)
class Waiting:
    """What waits for a person."""

    handoffs: int
    handoffs_nobody: int  # without a rep
    tasks: int
    unknown_mails: int
    paused_senders: tuple[str, ...]


def waiting(session: Session) -> Waiting:
    """Return what waits for a person to look at it."""
    handoff, task, message, sender = models.Handoff, models.Task, models.Message, models.SenderState
    opened = handoff.status == HandoffStatus.OPEN

    def count(where: ColumnElement[bool], *more: ColumnElement[bool]) -> int:
        return session.execute(select(func.count()).where(where, *more)).scalar_one()

    paused = session.scalars(select(sender.name).where(sender.paused_at.is_not(None)).order_by(sender.name))
    return Waiting(
        handoffs=count(opened),
        handoffs_nobody=count(opened, handoff.rep.is_(None)),
        tasks=count(task.status == "open"),
        unknown_mails=count(message.status == MessageStatus.UNKNOWN),
        paused_senders=tuple(paused),
    )


# -- campaigns ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CampaignCount:
    """A campaign, how many are in it, and what it achieved."""

    id: int
    name: str
    status: str
    priority: int
    version: int | None
    active: int
    paused: int
    finished: int
    stopped: int
    goal_reached: int
    mails: int  # that a server took

    @property
    def entered(self) -> int:
        return self.active + self.paused + self.finished + self.stopped


def campaigns(session: Session, name: str | None = None) -> tuple[CampaignCount, ...]:
    """Return all campaigns, or the one of that name, the highest priority first."""
    campaign, version = models.Campaign, models.CampaignVersion
    found = (
        select(campaign.id, campaign.name, campaign.status, campaign.priority, version.version)
        .outerjoin(version, version.id == campaign.version_id)
        .order_by(campaign.priority.desc(), campaign.name)
    )
    rows = session.execute(found.where(campaign.name == name) if name else found).all()
    ids = [row.id for row in rows]
    inside, reached, mails = _enrolled(session, ids), _reached_goal(session, ids), _accepted(session, ids)
    return tuple(
        CampaignCount(
            row.id,
            row.name,
            row.status,
            row.priority,
            row.version,
            **{status.value: inside.get((row.id, status), 0) for status in EnrollmentStatus},
            goal_reached=reached.get(row.id, 0),
            mails=mails.get(row.id, 0),
        )
        for row in rows
    )


def _enrolled(session: Session, ids: Sequence[int]) -> Mapping[tuple[int, str], int]:
    enrollment = models.Enrollment
    rows = session.execute(
        select(enrollment.campaign_id, enrollment.status, func.count())
        .where(enrollment.campaign_id.in_(ids))
        .group_by(enrollment.campaign_id, enrollment.status)
    )
    return {(campaign_id, status): count for campaign_id, status, count in rows}


def _reached_goal(session: Session, ids: Sequence[int]) -> Mapping[int, int]:
    enrollment = models.Enrollment
    rows = session.execute(
        select(enrollment.campaign_id, func.count())
        .where(enrollment.campaign_id.in_(ids), enrollment.reason == "goal_reached")
        .group_by(enrollment.campaign_id)
    )
    return {campaign_id: count for campaign_id, count in rows}


def _accepted(session: Session, ids: Sequence[int]) -> Mapping[int, int]:
    message = models.Message
    rows = session.execute(
        select(message.campaign_id, func.count())
        .where(message.campaign_id.in_(ids), message.status == MessageStatus.ACCEPTED)
        .group_by(message.campaign_id)
    )
    return {campaign_id: count for campaign_id, count in rows}


# -- moves over time ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Moves:
    """How many leads came into each stage on each day (UTC)."""

    days: tuple[date, ...]
    into: Mapping[Stage, tuple[int, ...]]

    def total(self, stage: Stage) -> int:
        """Return how many came into the stage on all these days."""
        return sum(self.into[stage])


def moves(session: Session, now: datetime, days: int = 30) -> Moves:
    """Return the moves of the last `days` days, today included."""
    first = now.date() - timedelta(days=days - 1)
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    event = models.Event
    day = _day(session, event.at)
    since = datetime.combine(first, datetime.min.time(), now.tzinfo)
    for at, stage, count in session.execute(
        select(day, event.subject, func.count())
        .where(event.kind == Kind.STAGE_CHANGED, event.at >= since)
        .group_by(day, event.subject)
    ):
        counts[stage][str(at)] = count
    calendar = tuple(first + timedelta(days=number) for number in range(days))
    return Moves(
        calendar, {stage: tuple(counts[stage].get(str(at), 0) for at in calendar) for stage in Stage}
    )


def _day(session: Session, column: Any) -> ColumnElement[Any]:
    if kind_of(session) == "postgresql":
        return cast(func.timezone("UTC", column), Date)
    return func.date(column)
