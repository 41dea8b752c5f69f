"""Reads how the whole stands, at a cost that grows with what is due and not with what is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import redis
from redis.exceptions import RedisError
from sqlalchemy import ColumnElement, Select, func, literal_column, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from outreach import applied, heartbeats, models
from outreach.db import kind_of
from outreach.domain import pacing, windows
from outreach.domain.policies import Senders
from outreach.domain.words import MessageStatus
from outreach.errors import NotFound
from outreach.heartbeats import Process
from outreach.queues import MAIL, REPS, in_redis

MOST_COUNTED = 10_000
"""Where counting stops: that there is much more to do is all that a larger number would say."""

MOST_SHOWN = 20
OUTCOMES = (MessageStatus.ACCEPTED, MessageStatus.REFUSED, MessageStatus.SKIPPED, MessageStatus.UNKNOWN)


@dataclass(frozen=True)
class Count:
    """How many; `more` says that counting stopped there."""

    value: int = 0
    more: bool = False

    def __str__(self) -> str:
        return f"{self.value:,}{'+' if self.more else ''}"

    def __bool__(self) -> bool:
        return self.value > 0


@dataclass(frozen=True)
class Waiting:
    """What is due and not done: how many, and since when the oldest waits."""

    count: Count = Count()
    since: datetime | None = None

    def age(self, now: datetime) -> float:
        """Return for how many seconds the oldest has waited; 0 where nothing waits."""
        return max((now - self.since).total_seconds(), 0.0) if self.since else 0.0


@dataclass(frozen=True)
class Sends:
    """Mails of one sender by outcome."""

    sender: str
    today: Mapping[str, int]
    last_hour: Mapping[str, int]


@dataclass(frozen=True)
class SenderLine:
    """What a sender has sent of its limit of today, when it may send next, and whether it is paused."""

    name: str
    sent: int
    limit: int | None  # none: not in senders.yaml any more
    next_at: datetime | None
    paused_at: datetime | None
    pause_reason: str | None


@dataclass(frozen=True)
class Status:
    """How the whole stood at one moment."""

    at: datetime
    processes: tuple[Process, ...] = ()
    messages: Waiting = Waiting()  # due, and not begun by any worker
    claimed: int = 0
    transmitting: int = 0
    leases: Waiting = Waiting()  # ran out, and nobody took them back
    unknown: Waiting = Waiting()
    unknown_ids: tuple[int, ...] = ()
    enrollments: Waiting = Waiting()
    live: Count = Count()
    leads: Waiting = Waiting()  # score, temperature or stage to be looked at
    matches: Waiting = Waiting()  # to be matched against the audiences
    followups: Waiting = Waiting()
    notifications: Waiting = Waiting()
    handoffs: Waiting = Waiting()  # not answered in time, and not yet passed on
    sends: tuple[Sends, ...] = ()
    senders: tuple[SenderLine, ...] = ()
    held_at: datetime | None = None
    held_count: int | None = None
    database_bytes: int = 0
    at_broker: int | None = None  # batches that wait in Redis; none: no Redis, or no answer

    def alive(self, kind: str) -> int:
        """Return how many processes of a kind are there."""
        return sum(process.kind == kind for process in self.processes)


def read(session: Session, now: datetime, at_broker: int | None = None) -> Status:
    """Return the status; `at_broker` is what `at_broker()` said, asked before the session was opened."""
    message, lead = models.Message, models.Lead
    senders, today = _today(session, now)
    lines = _sender_lines(session, senders, today)
    unknown_ids = _unknown(session)
    held = session.execute(select(models.Instance.held_at, models.Instance.held_count)).first()
    leased = _leased(session)
    return Status(
        at=now,
        processes=heartbeats.alive(session, now),
        messages=_due(session, message.due_at, now),
        claimed=leased.get(MessageStatus.CLAIMED, 0),
        transmitting=leased.get(MessageStatus.TRANSMITTING, 0),
        leases=_due(session, message.lease_until, now),
        unknown=_unknown_since(session),
        unknown_ids=unknown_ids,
        enrollments=_due(session, models.Enrollment.due_at, now),
        live=_counted(
            session, select(models.Enrollment.id).where(_literal("status IN ('active', 'paused')"))
        ),
        leads=_due(session, lead.due_at, now),
        matches=_due(session, lead.match_at, now),
        followups=_followups(session),
        notifications=_due(session, models.Notification.due_at, now),
        handoffs=_due(session, models.Handoff.due_at, now),
        sends=_sends(session, [line.name for line in lines], _midnight(today, senders), now),
        senders=lines,
        held_at=held.held_at if held else None,
        held_count=held.held_count if held else None,
        database_bytes=_size(session),
        at_broker=at_broker,
    )


def at_broker(redis_url: str | None, seconds: float = 2.0) -> int | None:
    """Return how many batches of ids wait in Redis; None without one, or where it does not answer in time."""
    if redis_url is None:
        return None
    try:
        with redis.Redis.from_url(
            redis_url, socket_timeout=seconds, socket_connect_timeout=seconds
        ) as client:
            return sum(int(client.llen(in_redis(queue))) for queue in (MAIL, REPS))
    except (RedisError, ValueError):
        return None


# -- what waits -----------------------------------------------------------------------------------


def _due(session: Session, column: InstrumentedAttribute[datetime | None], now: datetime) -> Waiting:
    """Read over the index of a due column: the oldest, and as many as are worth counting."""
    since = session.scalar(select(func.min(column)).where(column <= now))
    return Waiting(_counted(session, select(column).where(column <= now)), since) if since else Waiting()


def _counted(session: Session, rows: Select[*tuple[object]]) -> Count:
    few = rows.limit(MOST_COUNTED + 1).subquery()
    found = session.scalar(select(func.count()).select_from(few)) or 0
    return Count(min(found, MOST_COUNTED), found > MOST_COUNTED)


def _leased(session: Session) -> dict[str, int]:
    message = models.Message
    rows = session.execute(
        select(message.status, func.count()).where(message.lease_until.is_not(None)).group_by(message.status)
    )
    return {status: count for status, count in rows}


def _literal(condition: str) -> ColumnElement[bool]:
    """A condition as the partial index has it: with a parameter in it SQLite would not use the index."""
    return literal_column(f"({condition})")


UNKNOWN = "status = 'unknown'"


def _unknown(session: Session) -> tuple[int, ...]:
    message = models.Message
    return tuple(
        session.scalars(select(message.id).where(_literal(UNKNOWN)).order_by(message.id).limit(MOST_SHOWN))
    )


def _unknown_since(session: Session) -> Waiting:
    message = models.Message
    # In the order of the ids, which only the index of unknown ones has: else the planner may walk through another.
    few = (
        select(message.outcome_at)
        .where(_literal(UNKNOWN))
        .order_by(message.id)
        .limit(MOST_COUNTED + 1)
        .subquery()
    )
    found, since = session.execute(select(func.count(), func.min(few.c.outcome_at))).one()
    return Waiting(Count(min(found, MOST_COUNTED), found > MOST_COUNTED), since)


def _followups(session: Session) -> Waiting:
    oldest = session.scalar(select(func.min(models.Followup.event_id)))
    if oldest is None:
        return Waiting()
    since = session.scalar(select(models.Event.recorded_at).where(models.Event.id == oldest))
    return Waiting(_counted(session, select(models.Followup.event_id)), since)


# -- senders --------------------------------------------------------------------------------------


def _today(session: Session, now: datetime) -> tuple[Senders | None, date]:
    """Return the senders in force, if any, and the day in the organisation's zone."""
    try:
        senders = applied.policies(session).policies.senders
    except NotFound:
        return None, now.date()
    return senders, now.astimezone(_zone(senders)).date()


def _zone(senders: Senders | None) -> ZoneInfo:
    return windows.zone(senders.organisation.timezone if senders else "UTC")


def _midnight(today: date, senders: Senders | None) -> datetime:
    return datetime.combine(today, time(), _zone(senders)).astimezone(UTC)


def _sender_lines(session: Session, senders: Senders | None, today: date) -> tuple[SenderLine, ...]:
    states = {state.name: state for state in session.scalars(select(models.SenderState))}
    written = {sender.name: sender for sender in senders.senders} if senders else {}
    lines = []
    for name in sorted({*states, *written}):
        state, sender = states.get(name), written.get(name)
        lines.append(
            SenderLine(
                name,
                sent=state.sent if state and state.day >= today.isoformat() else 0,
                limit=pacing.limit_on(sender, today) if sender else None,
                next_at=state.next_at if state else None,
                paused_at=state.paused_at if state else None,
                pause_reason=state.pause_reason if state else None,
            )
        )
    return tuple(lines)


def _sends(session: Session, names: Sequence[str], midnight: datetime, now: datetime) -> tuple[Sends, ...]:
    message, hour_ago = models.Message, now - timedelta(hours=1)
    today = func.count().filter(message.outcome_at >= midnight)
    last_hour = func.count().filter(message.outcome_at >= hour_ago)
    # By name: with the time alone the index of (sender, outcome_at) would be of no use.
    rows = session.execute(
        select(message.sender, message.status, today, last_hour)
        .where(message.sender.in_(names), message.outcome_at >= min(midnight, hour_ago))
        .group_by(message.sender, message.status)
    ).all()
    return tuple(
        Sends(
            name,
            {status: today for sender, status, today, _ in rows if sender == name and status in OUTCOMES},
            {status: hour for sender, status, _, hour in rows if sender == name and status in OUTCOMES},
        )
        for name in names
    )


def _size(session: Session) -> int:
    if kind_of(session) == "postgresql":
        return int(session.scalar(text("SELECT pg_database_size(current_database())")) or 0)
    pages = session.scalar(text("PRAGMA page_count")) or 0
    return int(pages) * int(session.scalar(text("PRAGMA page_size")) or 0)
