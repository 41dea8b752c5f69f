"""Why each mail of a lead went when it went, or did not; and when those go that wait."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from outreach import models
from outreach.domain.words import MessageStatus
from outreach.explain import queue
from outreach.explain.standing import WAITING, Standing
from outreach.explain.values import Going, MailLine

AT_ONCE = timedelta(minutes=2)

WHY = {
    MessageStatus.CLAIMED: "a worker has it",
    MessageStatus.TRANSMITTING: "on its way to the mail server",
}
UNKNOWN = "nobody can know whether it went out; never sent again by itself: outreach message resolve {id}"


def mails(session: Session, standing: Standing) -> tuple[MailLine, ...]:
    """Return the mails of the lead, oldest first."""
    return tuple(_line(session, standing, message) for message in standing.messages)


def _line(session: Session, standing: Standing, message: models.Message) -> MailLine:
    found = going(session, standing, message)
    return MailLine(
        message.id,
        standing.names.get(message.campaign_id, "?"),
        message.step,
        message.template,
        message.status,
        message.outcome_at or (found.at if found and found.at else message.queued_at),
        found.why if found else why(message),
        message.subject,
        message.queued_at,
        waited(message),
        found,
    )


def going(session: Session, standing: Standing, message: models.Message) -> Going | None:
    """Return when the mail goes, where it waits."""
    if message.status not in WAITING or standing.view == "future":
        return None
    if message.status != MessageStatus.QUEUED:
        return Going(None, WHY[MessageStatus(message.status)])
    return queue.going(session, message, standing.row, standing.in_force, standing.at, is_now=standing.is_now)


def why(message: models.Message) -> str:
    """Return why a mail has the outcome that it has."""
    if message.status == MessageStatus.ACCEPTED:
        return message.reason or "the server took it"
    said = ": ".join(part for part in (message.reason, message.detail) if part)
    if message.status == MessageStatus.UNKNOWN:
        return f"{message.detail or 'the connection was lost'}; {UNKNOWN.format(id=message.id)}"
    return said or str(message.status)


def waited(message: models.Message) -> str:
    """Return how long a mail waited between being queued and its outcome, where that was long."""
    if message.outcome_at is None or message.outcome_at - message.queued_at <= AT_ONCE:
        return ""
    attempts = f", attempt {message.attempts}" if message.attempts > 1 else ""
    return f"queued {span(message.queued_at, message.outcome_at)} before{attempts}"


def span(start: datetime, end: datetime) -> str:
    """Return how long it is from one instant to another, in words: "2 days 3 h"."""
    minutes = max(int((end - start).total_seconds() // 60), 0)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} day{'s' if days > 1 else ''}" + (f" {hours} h" if hours else "")
    return f"{hours} h {rest} min" if hours else f"{rest} min"
