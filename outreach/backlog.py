"""Holds what gathered in an outage: above a size nothing of it is sent before a person has looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from outreach import models

OUTAGE = timedelta(hours=1)
"""Nothing looked for what is due for so long: that was no restart."""


@dataclass(frozen=True)
class Waiting:
    """Of one campaign: how many of its leads and queued mails are overdue, and since when."""

    campaign: str
    leads: int
    mails: int
    since: datetime | None


def hold_if_outage(session: Session, last_seen: datetime | None, above: int, now: datetime) -> int:
    """Hold what is overdue if nobody looked since `last_seen` and it is more than `above`; return how many are held.

    `last_seen` is when a scheduler last said that it is there; none for a new installation, which has no outage.
    """
    if last_seen is None or now - last_seen < OUTAGE:
        return 0
    instance = session.scalars(select(models.Instance).with_for_update()).one()
    if instance.held_at is not None:
        return instance.held_count or 0
    count = sum(session.scalar(_overdue(column, now)) or 0 for column in _DUE)
    if count <= above:
        return 0
    instance.held_at, instance.held_count = now, count
    return count


_DUE = (models.Enrollment.due_at, models.Message.due_at)


def _overdue(column: InstrumentedAttribute[datetime | None], now: datetime) -> Select[int]:
    return select(func.count()).where(column < now - OUTAGE)


def release(session: Session) -> int | None:
    """Let what is held go, under the limits and windows as ever; return how many that was, None if nothing was held."""
    instance = session.scalars(select(models.Instance).with_for_update()).one()
    if instance.held_at is None:
        return None
    count = instance.held_count
    instance.held_at = instance.held_count = None
    return count


def waiting(session: Session, now: datetime) -> list[Waiting]:
    """Return what is overdue by more than an hour, by campaign."""
    enrollment, message, campaign = models.Enrollment, models.Message, models.Campaign
    found: dict[int, list[tuple[int, datetime | None]]] = {}
    for table in (enrollment, message):
        rows = session.execute(
            select(table.campaign_id, func.count(), func.min(table.due_at, type_=models.Instant()))
            .where(table.due_at < now - OUTAGE)
            .group_by(table.campaign_id)
        )
        for campaign_id, count, since in rows:
            found.setdefault(campaign_id, [(0, None), (0, None)])[table is message] = (count, since)
    names = {row.id: row.name for row in session.execute(select(campaign.id, campaign.name))}
    return [
        Waiting(names[id], leads, mails, min(at for at in (first, second) if at is not None))
        for id, ((leads, first), (mails, second)) in sorted(found.items())
    ]
