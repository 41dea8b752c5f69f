"""Writes hand-offs: a lead given to a rep with the evidence, and what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from outreach import journal, models
from outreach.domain import routing, windows
from outreach.domain.events import Event
from outreach.domain.policies import Team
from outreach.domain.words import DealStatus, HandoffStatus, Kind

RECENT = 200


def open_handoff(
    session: Session,
    lead: models.Lead,
    team: Team,
    *,
    reason: str,
    evidence: dict[str, Any],
    event_id: int | None,
    now: datetime,
    passed_over: frozenset[str] = frozenset(),
) -> models.Handoff:
    """Give the lead to the rep whose turn it is, and queue the mail that tells the rep.

    `passed_over` are reps that had their chance. Where nobody may take it, the hand-off waits without a rep.
    """
    routed = route(session, lead, team, now.date(), passed_over)
    handoff = models.Handoff(
        lead_id=lead.id,
        event_id=event_id,
        rep=routed.rep,
        routing=routed.why,
        status=HandoffStatus.OPEN,
        reason=reason,
        evidence=evidence,
        opened_at=now,
        due_at=answer_by(team, now),
    )
    session.add(handoff)
    session.flush()
    if routed.rep:
        lead.owner = routed.rep
        lead.updated_at = now
        notify(
            session,
            f"handoff:{handoff.id}",
            "handoff",
            routed.rep,
            now,
            lead_id=lead.id,
            handoff_id=handoff.id,
        )
    data = {"rep": routed.rep, "why": routed.why, "reason": reason, "handoff": handoff.id}
    detail = routed.rep or "nobody"
    journal.write(
        session,
        [Event(Kind.HANDED_OFF, f"handoff:{handoff.id}", now, lead.id, detail=detail, data=data)],
        now,
    )
    return handoff


def has_other(
    session: Session, lead: models.Lead, team: Team, now: datetime, passed_over: frozenset[str]
) -> bool:
    """Return whether a rep who was not passed over may take the lead."""
    return route(session, lead, team, now.date(), passed_over).rep is not None


def route(
    session: Session, lead: models.Lead, team: Team, today: date, passed_over: frozenset[str]
) -> routing.Routed:
    """Return who should take the lead, and why."""
    open_to = team.model_copy(update={"reps": tuple(rep for rep in team.reps if rep.name not in passed_over)})
    recent = session.scalars(
        select(models.Handoff.rep)
        .where(models.Handoff.rep.is_not(None))
        .order_by(models.Handoff.id.desc())
        .limit(RECENT)
    )
    return routing.choose(
        open_to,
        country=lead.country,
        language=lead.language,
        owner=lead.owner if lead.owner not in passed_over else None,
        load=_load(session),
        recent=[name for name in reversed(recent.all()) if name],
        today=today,
    )


def _load(session: Session) -> Counter[str]:
    """Count what each rep has open: hand-offs not answered and deals not closed."""
    load: Counter[str] = Counter()
    for table, status in ((models.Handoff, HandoffStatus.OPEN), (models.Deal, DealStatus.OPEN)):
        rows = session.execute(
            select(table.rep, func.count())
            .where(table.status == status, table.rep.is_not(None))
            .group_by(table.rep)
        )
        load.update({name: count for name, count in rows if name})
    return load


def answer_by(team: Team, now: datetime) -> datetime:
    """Return until when a hand-off of now has to be answered, in the team's hours."""
    zone = windows.zone(team.hours.timezone)
    starts = windows.next_open(team.hours, now, zone=zone, country=None)
    return windows.next_open(team.hours, team.answer_within.after(starts, zone), zone=zone, country=None)


def close(
    session: Session, handoff_id: int, status: HandoffStatus, reason: str | None, now: datetime
) -> bool:
    """Answer an open hand-off; False where it was answered already."""
    handoff = models.Handoff
    closed = session.scalar(
        update(handoff)
        .where(handoff.id == handoff_id, handoff.status == HandoffStatus.OPEN)
        .values(status=status, answer_reason=reason, answered_at=now, due_at=None)
        .returning(handoff.id)
        .execution_options(synchronize_session=False)
    )
    return closed is not None


def withdraw(session: Session, lead_id: int, now: datetime) -> None:
    """Close what is open about a lead that is no longer one for a rep."""
    handoff = models.Handoff
    session.execute(
        update(handoff)
        .where(handoff.lead_id == lead_id, handoff.status == HandoffStatus.OPEN)
        .values(status=HandoffStatus.EXPIRED, answer_reason="the lead moved on", answered_at=now, due_at=None)
        .execution_options(synchronize_session=False)
    )


def overdue(session: Session, now: datetime, limit: int) -> Sequence[models.Handoff]:
    """Return the open hand-offs whose time to answer is over."""
    handoff = models.Handoff
    return session.scalars(
        select(handoff)
        .where(handoff.due_at <= now)
        .order_by(handoff.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()


def notify(
    session: Session,
    key: str,
    kind: str,
    rep: str,
    now: datetime,
    *,
    lead_id: int | None = None,
    handoff_id: int | None = None,
    subject: str | None = None,
    body: str | None = None,
) -> None:
    """Queue a mail to a rep, once per `key`."""
    known = session.scalar(select(models.Notification.id).where(models.Notification.key == key))
    if known is not None:
        return
    session.add(
        models.Notification(
            key=key,
            kind=kind,
            rep=rep,
            lead_id=lead_id,
            handoff_id=handoff_id,
            subject=subject,
            body=body,
            status="queued",
            due_at=now,
            rfc_message_id="",
            created_at=now,
        )
    )
    session.flush()
