"""Reads a sender's queue: the mails that wait, those that join it by a wait or a window alone, and what was sent today."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from outreach import applied, ledger, models
from outreach.applied import InForce
from outreach.domain import windows
from outreach.domain.campaign import EmailStep, WaitStep
from outreach.domain.pacing import Usage
from outreach.domain.policies import Sender
from outreach.domain.sequence import Program
from outreach.domain.slots import Queued
from outreach.domain.words import EnrollmentStatus, MessageStatus

MOST_READ = 5_000
"""Of a longer queue only so many are played."""

SENT = (MessageStatus.ACCEPTED, MessageStatus.REFUSED, MessageStatus.UNKNOWN)
PUT_OFF = ("deferred", "sender paused", "cut short", "tried again by hand")
LATER_IDS = 2**62
"""Mails that are not born yet come after all that are."""


@dataclass(frozen=True)
class Line:
    """A sender's queue at one instant: what waits, what was sent that day, and when each mail's window is open."""

    sender: Sender
    usage: Usage
    queue: tuple[Queued, ...]
    opens: Callable[[int, datetime], datetime]
    zone: ZoneInfo
    reasons: dict[int, str]
    before: int | None = None  # of a queue too long to be read: how many are before the mail

    def sent_on(self, day: date) -> int:
        """Return how many were sent on that day, by the present usage."""
        return self.usage.sent if self.usage.day >= day else 0


@dataclass(frozen=True)
class _Mail:
    """A mail of the queue, and what its window depends on."""

    queued: Queued
    version_id: int
    timezone: str | None
    country: str | None
    hold_until: datetime | None


def read_line(
    session: Session,
    sender: Sender,
    message: models.Message,
    lead: models.Lead,
    in_force: InForce,
    now: datetime,
    *,
    is_now: bool,
) -> Line:
    """Return the sender's queue as it is now, or as it was at a past instant, when all that waited counts as due.

    `lead` is the one of `message`, as it stood then.
    """
    zone = windows.zone(in_force.policies.senders.organisation.timezone)
    usage = usage_now(session, sender, now, zone) if is_now else usage_then(session, sender, now, zone)
    rows = list(session.execute(_waiting(sender.name, now, is_now)))
    if all(row.id != message.id for row in rows):  # beyond what is read
        rows += session.execute(_columns().where(models.Message.id == message.id))
    mails = [_mail(row, row.due_at if is_now and row.due_at else max(row.queued_at, now)) for row in rows]
    mails += _joining(session, sender.name, now) if is_now else _joined(session, sender.name, now)
    by_id = {mail.queued.id: mail for mail in mails}
    known: dict[tuple[Any, ...], datetime] = {}

    def opens(message_id: int, at: datetime) -> datetime:
        mail = by_id[message_id]
        person = lead if message_id == message.id else mail
        key = (mail.version_id, person.timezone, person.country, person.hold_until, at)
        if key not in known:
            known[key] = ledger.opening(session, mail.version_id, person, in_force, at)
        return known[key]

    reasons = {row.id: _deferred(row) for row in rows if is_now and row.reason in PUT_OFF}
    before = _count_before(session, message, now, is_now) if len(rows) >= MOST_READ else None
    return Line(sender, usage, tuple(mail.queued for mail in mails), opens, zone, reasons, before)


def _count_before(session: Session, message: models.Message, now: datetime, is_now: bool) -> int:
    row = models.Message
    waits = row.status == MessageStatus.QUEUED if is_now else waited(now)
    found = select(func.count()).where(row.sender == message.sender, row.id < message.id, waits)
    return session.scalar(found) or 0


def _mail(row: Any, due_at: datetime) -> _Mail:
    queued = Queued(row.id, row.queued_at, due_at, row.stale_at)
    return _Mail(queued, row.version_id, row.timezone, row.country, row.hold_until)


def _deferred(row: Any) -> str:
    if row.reason == "deferred":
        return f"put off by the mail server, attempt {row.attempts}: {row.detail or 'no text'}"
    return str(row.reason)


# -- mails that wait -------------------------------------------------------------------------------


def _columns() -> Select[Any]:
    message, lead = models.Message, models.Lead
    found: Any = select(
        message.id, message.queued_at, message.due_at, message.stale_at, message.version_id, message.reason,
        message.detail, message.attempts, lead.timezone, lead.country, lead.hold_until,
    )  # fmt: skip
    return cast("Select[Any]", found.join(lead, lead.id == message.lead_id))


def _waiting(sender: str, now: datetime, is_now: bool) -> Select[Any]:
    message = models.Message
    if not is_now:
        found = _columns().where(message.sender == sender, waited(now))
        return found.order_by(message.id).limit(MOST_READ)
    return (
        _columns()
        .where(message.due_at.is_not(None), message.sender == sender)
        .where(message.status == MessageStatus.QUEUED)
        .order_by(message.due_at, message.id)
        .limit(MOST_READ)
    )


def waited(at: datetime) -> ColumnElement[bool]:
    """Return the condition that a mail was queued and had no outcome at a past instant."""
    message = models.Message
    return (message.queued_at <= at) & or_(message.outcome_at.is_(None), message.outcome_at > at)


# -- mails that join the queue ---------------------------------------------------------------------


def _joining(session: Session, sender: str, now: datetime) -> Iterator[_Mail]:
    """Yield the mails that are born when a wait ends or a window opens, whatever else happens."""
    row, lead = models.Enrollment, models.Lead
    rows = session.execute(
        select(row.node, row.version_id, row.due_at, lead.timezone, lead.country, lead.hold_until)
        .join(lead, lead.id == row.lead_id)
        .where(row.sender == sender, row.status == EnrollmentStatus.ACTIVE, row.due_at > now)
        .order_by(row.due_at, row.id)
        .limit(MOST_READ)
    )
    numbers = count(LATER_IDS)
    for found in rows:
        if _is_mail_next(applied.program(session, found.version_id), found.node):
            queued = Queued(next(numbers), found.due_at, found.due_at)
            yield _Mail(queued, found.version_id, found.timezone, found.country, found.hold_until)


def _is_mail_next(program: Program, node: int) -> bool:
    while node < len(program.nodes):
        step = program.nodes[node].step
        if not isinstance(step, WaitStep):
            return isinstance(step, EmailStep)
        node = program.nodes[node].next
        if node < len(program.nodes) and isinstance(program.nodes[node].step, WaitStep):
            return False  # two waits in a row: the mail comes later than that
    return False


def _joined(session: Session, sender: str, at: datetime) -> Sequence[_Mail]:
    """Return the mails that were born later in enrollments that were there then, each one's first."""
    message, row, other = models.Message, models.Enrollment, aliased(models.Message)
    between = (
        select(other.id)
        .where(other.enrollment_id == message.enrollment_id, other.id < message.id)
        .where(or_(other.queued_at > at, other.outcome_at.is_(None), other.outcome_at > at))
        .exists()
    )
    rows = session.execute(
        _columns()
        .join(row, row.id == message.enrollment_id)
        .where(message.sender == sender, message.queued_at > at, row.entered_at <= at, ~between)
        .order_by(message.id)
        .limit(MOST_READ)
    )
    return [_mail(each, each.queued_at) for each in rows]


# -- what was sent ---------------------------------------------------------------------------------


def usage_now(session: Session, sender: Sender, now: datetime, zone: ZoneInfo) -> Usage:
    """Return what the ledger says that the sender has sent today."""
    state = session.get(models.SenderState, sender.name)
    today = now.astimezone(zone).date()
    if state is None or not state.day:
        return Usage(today, 0, state.next_at if state else None)
    return Usage(date.fromisoformat(state.day), state.sent, state.next_at)


def usage_then(session: Session, sender: Sender, at: datetime, zone: ZoneInfo) -> Usage:
    """Return what the sender had sent by a past instant of that day: counted, as the ledger keeps only today."""
    message = models.Message
    day = at.astimezone(zone).date()
    midnight = datetime.combine(day, datetime.min.time(), zone)
    sent, last = session.execute(
        select(func.count(), func.max(message.outcome_at)).where(
            message.sender == sender.name,
            message.status.in_(SENT),
            message.outcome_at >= midnight,
            message.outcome_at <= at,
        )
    ).one()
    gap = sender.gap.about()
    return Usage(day, sent, last + gap if last and gap else None)
