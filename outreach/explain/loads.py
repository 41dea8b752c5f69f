"""What each sender of a campaign has to send, today and this week, against its limits; when its queue is empty."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from outreach import models
from outreach.domain import pacing, windows
from outreach.domain.campaign import Window
from outreach.domain.policies import Sender
from outreach.domain.words import EnrollmentStatus, MessageStatus
from outreach.explain import line
from outreach.explain.values import SenderLoad

if TYPE_CHECKING:
    from outreach.explain.campaign import Asked

FARTHEST = 1000
WEEK = 7


def loads(session: Session, asked: Asked) -> tuple[SenderLoad, ...]:
    """Return the load of each sender of the campaign, in the order of the file."""
    zone = windows.zone(asked.in_force.policies.senders.organisation.timezone)
    return tuple(_load(session, asked, name, zone) for name in asked.program.campaign.senders)


def _load(session: Session, asked: Asked, name: str, zone: ZoneInfo) -> SenderLoad:
    sender = asked.in_force.policies.senders.sender(name)
    today = asked.at.astimezone(zone).date()
    own, of_all = _queued(session, asked, name)
    due_today = _due(session, asked, name, own, _midnight(today + timedelta(days=1), zone))
    due_week = _due(session, asked, name, own, _midnight(today + timedelta(days=WEEK), zone))
    if sender is None:
        note = "not in senders.yaml any more: its mails wait"
        return SenderLoad(name, 0, None, own, of_all, due_today, due_week, None, None, note)
    usage = (line.usage_now if asked.is_now else line.usage_then)(session, sender, asked.at, zone)
    sent = usage.sent if usage.day >= today else 0
    window = asked.program.campaign.window
    days = [today + timedelta(days=number) for number in range(WEEK)]
    week_limit = sum(_may(sender, day, window) for day in days)
    note, empty = _note(session, asked, name), _empty(asked, sender, of_all, sent, window, zone)
    return SenderLoad(
        name, sent, pacing.limit_on(sender, today), own, of_all, due_today, due_week, week_limit, empty, note
    )


def _note(session: Session, asked: Asked, name: str) -> str:
    state = session.get(models.SenderState, name) if asked.is_now else None
    if state is None or state.paused_at is None:
        return ""
    return f"paused: {state.pause_reason or 'by hand'}; outreach sender resume {name}"


def _may(sender: Sender, day: date, window: Window) -> int:
    return pacing.limit_on(sender, day) if day.weekday() in window.weekdays else 0


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)


def _empty(
    asked: Asked, sender: Sender, queued: int, sent: int, window: Window, zone: ZoneInfo
) -> datetime | None:
    """Return the evening of the day on which the last of what is queued now goes: by limits and weekdays, no holidays."""
    if not queued:
        return None
    local = asked.at.astimezone(zone)
    _, closes = window.minutes
    for number in range(FARTHEST):
        day = local.date() + timedelta(days=number)
        can = _may(sender, day, window)
        if number == 0:
            is_over = local.hour * 60 + local.minute >= closes
            can = 0 if is_over else max(can - sent, 0)
        queued -= can
        if queued <= 0:
            return _midnight(day, zone) + timedelta(minutes=closes)
    return None


# -- counting --------------------------------------------------------------------------------------


def _queued(session: Session, asked: Asked, name: str) -> tuple[int, int]:
    """Return how many mails of the sender wait: of this campaign, and of all."""
    message = models.Message
    waiting = _is_queued(asked)
    own = func.sum(case((message.campaign_id == asked.row.id, 1), else_=0))
    found = session.execute(select(own, func.count()).where(message.sender == name, waiting)).one()
    return int(found[0] or 0), int(found[1])


def _is_queued(asked: Asked) -> ColumnElement[bool]:
    message = models.Message
    if asked.is_now:
        return message.status == MessageStatus.QUEUED
    return and_(
        message.queued_at <= asked.at, or_(message.outcome_at.is_(None), message.outcome_at > asked.at)
    )


def _due(session: Session, asked: Asked, name: str, queued: int, until: datetime) -> int | None:
    """Return how many mails may go before `until`: those queued, and the leads who have a step due by then."""
    row = models.Enrollment
    if not asked.is_now:
        return None
    return queued + (
        session.scalar(
            select(func.count()).where(
                row.campaign_id == asked.row.id,
                row.sender == name,
                row.status == EnrollmentStatus.ACTIVE,
                row.due_at < until,
            )
        )
        or 0
    )
