"""Says when a mail that waits goes: reads its sender's queue and plays it forward with the ledger's own rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach import models
from outreach.applied import InForce
from outreach.domain import pacing
from outreach.domain.slots import WINDOW, Slot, estimate, slot
from outreach.domain.windows import NeverOpens
from outreach.explain.line import Line, read_line
from outreach.explain.values import Going


def going(session: Session, message: models.Message, lead: models.Lead, in_force: InForce, now: datetime,
          *, is_now: bool = True) -> Going:  # fmt: skip
    """Return when a queued mail goes and what it waits for. In the past all that waited counts as due then."""
    sender = in_force.policies.senders.sender(message.sender)
    if sender is None:
        return Going(None, f"held: no sender {message.sender} in senders.yaml any more")
    if is_now and (held := _stands_still(session, message)):
        return Going(None, held)
    line = read_line(session, sender, message, lead, in_force, now, is_now=is_now)
    try:
        found = _slot(line, message.id, now)
    except NeverOpens:
        return Going(None, "held: its window has no open minute in more than a year")
    return _told(line, message, lead, found, now)


def _slot(line: Line, message_id: int, now: datetime) -> Slot:
    if line.before is None:
        return slot(line.sender, line.usage, line.queue, message_id, line.opens, now, line.zone)
    sent = line.sent_on(now.astimezone(line.zone).date())
    return estimate(line.sender, line.before, message_id, line.opens, now, line.zone, sent)


def _stands_still(session: Session, message: models.Message) -> str:
    """Return why it waits for a person, where it does."""
    if session.scalar(select(models.Instance.held_at)) is not None:
        return "held: the backlog of an outage waits for somebody to look at it: outreach backlog release"
    if message.due_at is None:
        return f"held: {message.reason or 'it waits'}; goes on with: outreach campaign resume"
    state = session.get(models.SenderState, message.sender)
    if state is not None and state.paused_at is not None:
        why = state.pause_reason or "by hand"
        return f"held: sender {message.sender} is paused ({why}); goes on with: outreach sender resume {message.sender}"
    return ""


def _told(line: Line, message: models.Message, lead: models.Lead, found: Slot, now: datetime) -> Going:
    if found.is_stale:
        return Going(None, "will be left out: it is too late for it", found.before, found.is_exact)
    why = line.reasons.get(message.id, "") or _held_by(line, message, lead, now)
    limit, sooner_at = _sooner(line, message, found, now)
    return Going(found.at, why, found.before, found.is_exact, limit, sooner_at, found.holds)


def _held_by(line: Line, message: models.Message, lead: models.Lead, now: datetime) -> str:
    """Return what keeps it from going at this instant: its lead, its window, or its sender's limits."""
    if lead.hold_until is not None and lead.hold_until > now:
        return f"held: the lead is away, or mails do not arrive, until {lead.hold_until:%d %b %Y %H:%M} UTC"
    if line.opens(message.id, now) > now:
        return f"held: {WINDOW}"
    today, name = now.astimezone(line.zone).date(), line.sender.name
    sent = line.sent_on(today)
    limit = pacing.limit_on(line.sender, today)
    if sent >= limit:
        return f"held: sender {name} has sent {sent} of {limit} today"
    if line.usage.next_at is not None and line.usage.next_at > now:
        return f"held: sender {name} leaves {line.sender.gap} between two mails"
    return "goes with the next tick" if _is_due(line, message, now) else "waits for its turn"


def _is_due(line: Line, message: models.Message, now: datetime) -> bool:
    return any(mail.id == message.id and mail.due_at <= now for mail in line.queue)


def _sooner(
    line: Line, message: models.Message, found: Slot, now: datetime
) -> tuple[int | None, datetime | None]:
    """Return with which limit it would go today, where the limit alone keeps it from that."""
    today = now.astimezone(line.zone).date()
    is_used_up = line.sent_on(today) >= pacing.limit_on(line.sender, today)
    if not is_used_up and not any("sent today" in hold.why for hold in found.holds):
        return None, None
    day = found.at.astimezone(line.zone).date() if found.at else date.max
    if day <= today or not found.is_exact:
        return None, None
    waiting = [mail for mail in line.queue if (mail.queued_at, mail.id) <= (message.queued_at, message.id)]
    sent = line.sent_on(today)
    more = line.sender.model_copy(update={"per_day": sent + len(waiting), "ramp": None})
    queue = [replace(mail, due_at=now if mail.queued_at <= now else mail.due_at) for mail in line.queue]
    other = slot(more, line.usage, queue, message.id, line.opens, now, line.zone)
    if other.at is None or other.at.astimezone(line.zone).date() > today:
        return None, None
    return sent + other.before + 1, other.at
