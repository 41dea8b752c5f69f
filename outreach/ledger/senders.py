"""Keeps what each sender has sent today, and whether it is paused."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from functools import cache
from typing import Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import Executable, and_, select
from sqlalchemy.orm import Session

from outreach import models
from outreach.db import insert_new, kind_of, one_of
from outreach.domain import pacing
from outreach.domain.policies import Sender
from outreach.domain.words import MessageStatus
from outreach.ledger.rows import change_where


class Day(Protocol):
    """What a sender has sent on its day: a row of `sender_state`, or what stands for it in a simulation."""

    day: str
    sent: int
    next_at: datetime | None


def let_go(state: Day, sender: Sender, waiting: int, now: datetime, zone: ZoneInfo) -> pacing.Allowance:
    """Count those of so many waiting mails that the sender's limits let go now; return what they allow."""
    today = now.astimezone(zone).date()
    # A day ahead of today stays: a clock put back must not open the limit a second time.
    day = date.fromisoformat(state.day) if state.day else today
    if not today <= day <= today + timedelta(days=1):
        day = today  # a clock that was a month ahead must not close it for a month
    sent = state.sent if state.day == day.isoformat() else 0
    allowance = pacing.allowance(sender, pacing.Usage(day, sent, state.next_at), now, zone)
    if going := min(allowance.count, waiting):
        state.day, state.sent = day.isoformat(), sent + going
        state.next_at = now + sender.gap.about() if sender.gap.amount else None
    return allowance


def sender_state(session: Session, name: str) -> models.SenderState:
    """Return what the sender has sent today, locked until the transaction ends."""
    session.flush()
    state = models.SenderState
    locked = select(state).where(state.name == name).with_for_update()
    found = session.scalars(locked.execution_options(populate_existing=True)).one_or_none()
    if found is None:
        session.execute(insert_new(session, state, [{"name": name, "day": "", "sent": 0}]))
        found = session.scalars(locked.execution_options(populate_existing=True)).one()
    return found


def paused(session: Session, names: Collection[str]) -> frozenset[str]:
    """Return those of the senders that are paused."""
    return frozenset(
        session.connection().execute(_paused(kind_of(session)), {"names": list(names)}).scalars()
    )


@cache
def _paused(kind: str) -> Executable:
    row = models.SenderState.__table__.c
    return select(row.name).where(one_of(kind, row.name, "names"), row.paused_at.is_not(None))


def pause_sender(session: Session, name: str, reason: str, now: datetime) -> None:
    """Send nothing more from this sender until somebody resumes it."""
    state = sender_state(session, name)
    state.paused_at, state.pause_reason = now, reason


def resume_sender(session: Session, name: str, now: datetime) -> int:
    """Let a paused sender send again, its waiting messages at once; return how many wait."""
    message = models.Message
    waiting = and_(
        message.sender == name, message.status == MessageStatus.QUEUED, message.due_at.is_not(None)
    )
    # Messages first, then the sender, as whoever claims does.
    freed = change_where(session, waiting, due_at=now)
    state = sender_state(session, name)
    state.paused_at = state.pause_reason = None
    return len(freed)
