"""Writes the ledger of messages: every change of status, each a conditional one, so that no row goes two ways."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from outreach import applied, enrollments, journal, leads, models
from outreach.applied import InForce
from outreach.db import insert_new
from outreach.domain import pacing, windows
from outreach.domain.events import Event
from outreach.domain.words import EnrollmentStatus, Kind, MessageStatus, Verdict

LEASE = timedelta(minutes=10)
LOOK_AGAIN = timedelta(minutes=5)
MOST_ATTEMPTS = 8
FIRST_BACKOFF = timedelta(minutes=15)
LONGEST_BACKOFF = timedelta(hours=12)
PAUSED_FOR = timedelta(hours=1)
MOST_POLICY_REFUSALS = 3
"""After so many refusals that blame the sender a message is given up: it must not pause its sender for ever."""


def take_due(session: Session, now: datetime, limit: int) -> list[int]:
    """Return the ids of messages to look at now. They come up again in a while if nobody claims them."""
    message = models.Message
    due = (
        select(message.id)
        .where(message.due_at <= now)
        .order_by(message.due_at, message.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    ids = session.scalars(due).all()
    if ids:
        _set(session, message.id.in_(ids), due_at=now + LOOK_AGAIN)
    return list(ids)


def _set(session: Session, where: ColumnElement[bool], **values: Any) -> list[int]:
    message = models.Message
    changed = session.scalars(
        update(message)
        .where(where)
        .values(**values)
        .returning(message.id)
        .execution_options(synchronize_session=False)
    )
    return list(changed)


# -- claiming -------------------------------------------------------------------------------------


def claim(session: Session, ids: Collection[int], in_force: InForce, now: datetime) -> list[models.Message]:
    """Claim those of the messages that are queued and that window and limits let go now; put the others off.

    A claim counts the attempt before any work is done, and is a lease.
    """
    message = models.Message
    rows = session.scalars(
        select(message)
        .where(
            message.id.in_(ids),
            message.status == MessageStatus.QUEUED,
            # An id that waited in the broker while its message was put off is no reason to try before its time.
            message.due_at <= now + LOOK_AGAIN,
        )
        .order_by(message.queued_at, message.id)
        .with_for_update(skip_locked=True)
    ).all()
    ready = [row for row in rows if not _put_off(session, row, in_force, now)]
    claimed: list[models.Message] = []
    for name in sorted({row.sender for row in ready}):
        claimed += _within_limits(session, name, [row for row in ready if row.sender == name], in_force, now)
    for row in claimed:
        row.status, row.due_at, row.lease_until = MessageStatus.CLAIMED, None, now + LEASE
        row.attempts += 1
        row.reason = None
    session.flush()
    return claimed


def _put_off(session: Session, row: models.Message, in_force: InForce, now: datetime) -> bool:
    """Skip a stale message, and have one wait whose window is closed or whose lead is away."""
    if row.stale_at is not None and row.stale_at < now:
        skip(session, [row], "stale", now)
        return True
    lead = session.get_one(models.Lead, row.lead_id)
    opens_at = opening(session, row, lead, in_force, now)
    if opens_at > now:
        row.due_at, row.reason = opens_at, "window"
        return True
    return False


def opening(
    session: Session, row: models.Message, lead: models.Lead, in_force: InForce, at: datetime
) -> datetime:
    """Return when the message may leave at the earliest: not before `at`, in its window, with the lead back."""
    window = applied.program(session, row.version_id).campaign.window
    zone, country = leads.place(lead, window, in_force.policies.senders.organisation)
    return windows.next_open(window, max(at, lead.hold_until or at), zone=zone, country=country)


def _within_limits(
    session: Session, name: str, rows: Sequence[models.Message], in_force: InForce, now: datetime
) -> Sequence[models.Message]:
    sender = in_force.policies.senders.sender(name)
    state = sender_state(session, name)
    if sender is None or state.paused_at is not None:
        why = state.pause_reason or "paused" if sender else "no such sender in senders.yaml"
        _wait(rows, now + PAUSED_FOR, f"sender {name}: {why}")
        return []
    zone = windows.zone(in_force.policies.senders.organisation.timezone)
    today = now.astimezone(zone).date()
    sent = state.sent if state.day == today.isoformat() else 0
    allowance = pacing.allowance(sender, pacing.Usage(today, sent, state.next_at), now, zone)
    go = rows[: allowance.count]
    gap = sender.gap.about()
    for place, row in enumerate(rows[allowance.count :]):
        _wait([row], allowance.next_at + place * gap, f"sender {name}: {allowance.why}")
    if go:
        state.day, state.sent = today.isoformat(), sent + len(go)
        state.next_at = now + sender.gap.about() if sender.gap.amount else None
    return go


def _wait(rows: Sequence[models.Message], until: datetime, why: str) -> None:
    for row in rows:
        row.due_at, row.reason = until, why[:64]


def sender_state(session: Session, name: str) -> models.SenderState:
    """Return what the sender has sent today, locked until the transaction ends."""
    session.flush()
    session.execute(insert_new(session, models.SenderState, [{"name": name, "day": "", "sent": 0}]))
    state = models.SenderState
    return session.scalars(
        select(state).where(state.name == name).with_for_update().execution_options(populate_existing=True)
    ).one()


# -- transmitting ---------------------------------------------------------------------------------


def open_transmission(session: Session, row: models.Message, in_force: InForce, now: datetime) -> str | None:
    """Turn a claimed message to transmitting, or return why it may not leave.

    Everything that forbids a mail is looked at here again, in the transaction that commits before the first byte.
    """
    # The lock makes an opt-out that is being recorded come before or after this transaction, never in between.
    lead = session.scalars(
        select(models.Lead)
        .where(models.Lead.id == row.lead_id)
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    ).one()
    enrollment = session.get_one(models.Enrollment, row.enrollment_id)
    if refusal := _forbidden(session, row, lead, enrollment, now):
        skip(session, [row], refusal, now)
        return refusal
    if lead.hold_until and lead.hold_until > now:
        back = opening(session, row, lead, in_force, lead.hold_until)
        _set(
            session,
            _mine(row),
            status=MessageStatus.QUEUED,
            due_at=back,
            lease_until=None,
            reason="lead is away",
        )
        return "lead is away"
    if sender_state(session, row.sender).paused_at is not None:
        values = {"status": MessageStatus.QUEUED, "due_at": now + PAUSED_FOR, "lease_until": None}
        _set(session, _mine(row), **values, attempts=row.attempts - 1, reason="sender paused")
        return "sender paused"
    opened = _set(session, _mine(row), status=MessageStatus.TRANSMITTING, lease_until=now + LEASE)
    return None if opened else "lease lost"


def _mine(row: models.Message) -> ColumnElement[bool]:
    """The row as this claim left it: another attempt, or another status, and it is not ours any more."""
    message = models.Message
    return and_(
        message.id == row.id, message.status == MessageStatus.CLAIMED, message.attempts == row.attempts
    )


def _forbidden(
    session: Session, row: models.Message, lead: models.Lead, enrollment: models.Enrollment, now: datetime
) -> str | None:
    suppression = models.Suppression
    suppressed = session.scalar(
        select(suppression.reason).where(
            suppression.address_hash == lead.address_hash,
            or_(suppression.until.is_(None), suppression.until > now),
        )
    )
    if suppressed:
        return f"suppressed: {suppressed}"
    if lead.quiet_at is not None:
        return "replied"
    if enrollment.status != EnrollmentStatus.ACTIVE:
        return f"enrollment {enrollment.status}: {enrollment.reason or ''}"[:64]
    campaign = applied.program(session, row.version_id).campaign
    if lead.stage not in campaign.audience.stage:
        return f"left the audience: {lead.stage}"
    return _stopped(session, lead, campaign.stops, enrollment.entered_at)


def _stopped(session: Session, lead: models.Lead, stops: frozenset[Kind], since: datetime) -> str | None:
    event = models.Event
    found = session.execute(
        select(event.kind, event.data)
        .where(
            event.lead_id == lead.id,
            event.kind.in_([str(kind) for kind in stops]),
            event.at >= since,
            event.verdict.in_([Verdict.HUMAN, Verdict.UNKNOWN]),
        )
        .order_by(event.at)
    )
    for kind, data in found:
        if kind != Kind.BOUNCED or data.get("hard") is True:
            return f"stopped: {kind}"
    return None


# -- outcomes -------------------------------------------------------------------------------------


def accept(session: Session, row: models.Message, subject: str, now: datetime) -> None:
    """The server has the mail."""
    message = models.Message
    known = message.status.in_([MessageStatus.TRANSMITTING, MessageStatus.UNKNOWN])
    where = and_(message.id == row.id, known)
    if _set(
        session,
        where,
        status=MessageStatus.ACCEPTED,
        outcome_at=now,
        lease_until=None,
        reason=None,
        subject=subject,
    ):
        _tell(session, row, Kind.ACCEPTED, "", now)


def refuse(session: Session, row: models.Message, reason: str, detail: str, now: datetime) -> None:
    """The server surely refused the mail, for good."""
    values = {"status": MessageStatus.REFUSED, "outcome_at": now, "lease_until": None, "due_at": None}
    if _set(session, _transmitting(row), **values, reason=reason[:64], detail=detail[:500]):
        _tell(session, row, Kind.REFUSED, reason, now)


def defer(session: Session, row: models.Message, detail: str, now: datetime) -> bool:
    """The server surely did not take the mail now: queue it for later, or give up; return False when given up."""
    if row.attempts >= MOST_ATTEMPTS:
        refuse(session, row, "given up", detail, now)
        return False
    retry_at = now + backoff(row.id, row.attempts)
    values = {"status": MessageStatus.QUEUED, "due_at": retry_at, "lease_until": None}
    _set(session, _transmitting(row), **values, reason="deferred", detail=detail[:500])
    return True


def backoff(message_id: int, attempt: int) -> timedelta:
    """Return how long to wait after the given attempt: doubling to half a day, a quarter of it by chance of the id."""
    step: timedelta = min(FIRST_BACKOFF * 2 ** (attempt - 1), LONGEST_BACKOFF)
    chance = hashlib.sha256(f"{message_id}:{attempt}".encode()).digest()[0] / 255
    return step + step * (chance / 4)


def lose(session: Session, row: models.Message, detail: str, now: datetime) -> None:
    """Nobody can know whether the server has the mail: it is never sent again by itself."""
    values = {"status": MessageStatus.UNKNOWN, "outcome_at": now, "lease_until": None}
    if _set(session, _transmitting(row), **values, reason="unknown", detail=detail[:500]):
        _tell(session, row, Kind.UNKNOWN, detail[:100], now)


def hand_back(session: Session, row: models.Message, why: str, now: datetime) -> None:
    """Put a message that is surely not sent back into the queue, for the sender's fault."""
    values = {"status": MessageStatus.QUEUED, "due_at": now + PAUSED_FOR, "lease_until": None}
    _set(session, _transmitting(row), **values, reason=why[:64])


def release(session: Session, rows: Sequence[models.Message], due_at: datetime, why: str) -> None:
    """Give claimed messages back untouched; the attempt does not count."""
    for row in rows:
        values = {"status": MessageStatus.QUEUED, "due_at": due_at, "lease_until": None}
        _set(session, _mine(row), **values, attempts=row.attempts - 1, reason=why[:64])


def _transmitting(row: models.Message) -> ColumnElement[bool]:
    return and_(models.Message.id == row.id, models.Message.status == MessageStatus.TRANSMITTING)


def skip(
    session: Session, rows: Sequence[models.Message], reason: str, now: datetime, detail: str = ""
) -> None:
    """These messages will not be sent, and why."""
    message = models.Message
    for row in rows:
        where = and_(message.id == row.id, message.status.in_([MessageStatus.QUEUED, MessageStatus.CLAIMED]))
        values = {"status": MessageStatus.SKIPPED, "outcome_at": now, "due_at": None, "lease_until": None}
        if _set(session, where, **values, reason=reason[:64], detail=detail[:500] or None):
            _tell(session, row, Kind.SKIPPED, reason, now)


def _tell(session: Session, row: models.Message, kind: Kind, detail: str, now: datetime) -> None:
    event = Event(
        kind,
        f"{kind}:{row.id}",
        now,
        row.lead_id,
        message_id=row.id,
        campaign_id=row.campaign_id,
        subject=row.template,
        detail=detail,
        data={"step": row.step, "sender": row.sender},
    )
    journal.write(session, [event], now)
    enrollments.wake_after(session, [row.enrollment_id], now)


def pause_sender(session: Session, name: str, reason: str, now: datetime) -> None:
    """Send nothing more from this sender until somebody resumes it."""
    state = sender_state(session, name)
    state.paused_at, state.pause_reason = now, reason[:200]


def resume_sender(session: Session, name: str, now: datetime) -> int:
    """Let a paused sender send again, its waiting messages at once; return how many wait."""
    state = sender_state(session, name)
    state.paused_at = state.pause_reason = None
    message = models.Message
    waiting = and_(message.sender == name, message.status == MessageStatus.QUEUED)
    return len(_set(session, waiting, due_at=now))


# -- what a crash left ----------------------------------------------------------------------------


@dataclass(frozen=True)
class Swept:
    """How many leases had run out: queued again, or unknown now."""

    requeued: int
    unknown: int


def sweep(session: Session, now: datetime) -> Swept:
    """Take back leases that ran out. What was only claimed is queued again; what was under way becomes unknown."""
    message = models.Message
    over = message.lease_until <= now
    requeued = _set(
        session,
        and_(over, message.status == MessageStatus.CLAIMED, message.attempts < MOST_ATTEMPTS),
        status=MessageStatus.QUEUED,
        due_at=now,
        lease_until=None,
    )
    given_up = session.scalars(select(message).where(over, message.status == MessageStatus.CLAIMED)).all()
    skip(session, given_up, "given up: every attempt was cut short", now)
    lost = session.scalars(select(message).where(over, message.status == MessageStatus.TRANSMITTING)).all()
    for row in lost:
        lose(session, row, "the sending process ended before the outcome was known", now)
    return Swept(len(requeued), len(lost))


def resolve(session: Session, message_id: int, sent: bool, now: datetime) -> bool:
    """Decide an unknown message as a person says: it was sent, or it was not (then it is skipped, never sent again)."""
    message = models.Message
    status = MessageStatus.ACCEPTED if sent else MessageStatus.SKIPPED
    where = and_(message.id == message_id, message.status == MessageStatus.UNKNOWN)
    if not _set(session, where, status=status, reason="resolved by hand", outcome_at=now):
        return False
    kind = Kind.ACCEPTED if sent else Kind.SKIPPED
    _tell(session, session.get_one(message, message_id), kind, "resolved by hand", now)
    return True
