"""Draws the consequences of events that were only noted: score, stage, enrollments; in batches, each exactly once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach import activity, applied, judging, models
from outreach.domain.scanner_networks import PUBLISHED, Networks


def follow_due(session: Session, now: datetime, limit: int, known: Networks = PUBLISHED) -> int:
    """Judge hits held for long enough, and follow up to `limit` noted events or a few more; return how many.

    Oldest first. Whoever holds a lead follows for it: the events of one lead are followed in order, by one at a time.
    """
    judged = judging.settle_due(session, now, limit, known)
    taken = _take(session, limit)
    if not taken:
        return judged or _drop_orphans(session, limit)
    # Read now that the leads are ours: what another process followed until a moment ago is gone from the list.
    events = activity.waiting(session, set(taken.values()), max(taken))
    if not events:
        return judged
    failed = activity.follow_each(session, events, applied.policies(session), now)
    for lead_id, error in failed.items():
        activity.set_aside(session, [each for each in events if each[1].lead_id == lead_id], error, now)
    activity.done(session, [event_id for event_id, _ in events])
    return judged + len(events)


def _take(session: Session, limit: int) -> dict[int, int]:
    """Lock the leads of the oldest noted events, but for those that somebody is changing; return lead by event."""
    followup, event, lead = models.Followup, models.Event, models.Lead
    oldest = (
        select(followup.event_id, lead.id)
        .join(event, event.id == followup.event_id)
        .join(lead, lead.id == event.lead_id)
        .where(~judging.is_held())
        .order_by(followup.event_id)
        .limit(limit)
        .with_for_update(of=lead, skip_locked=True)
    )
    return {event_id: lead_id for event_id, lead_id in session.execute(oldest)}


def _drop_orphans(session: Session, limit: int) -> int:
    """Take events off the list whose lead was erased."""
    followup, event, lead = models.Followup, models.Event, models.Lead
    orphans = session.scalars(
        select(followup.event_id)
        .outerjoin(event, event.id == followup.event_id)
        .outerjoin(lead, lead.id == event.lead_id)
        .where(lead.id.is_(None))
        .limit(limit)
    ).all()
    if orphans:
        activity.done(session, orphans)
    return len(orphans)
