"""The one door for everything that happened: record it once, then do what follows from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import String, literal, select
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session

from outreach import applied, enrollments, entries, journal, leads, models, reviews, tasks
from outreach.applied import InForce
from outreach.db import insert_selected
from outreach.domain import suppression, temperature, windows
from outreach.domain.events import Event
from outreach.domain.words import OURS, Kind, Stage, Verdict

COUNTS = frozenset({Verdict.HUMAN, Verdict.UNKNOWN})
"""Verdicts that may change anything; what a machine did is kept as a fact and nothing more."""


TOLD = frozenset({Stage.SQL, Stage.DISCARDED, Stage.SET_ASIDE, Stage.LOST})
"""Stages that a reply may lead to without anybody having to read it: a rep was told, or it is settled."""

FIRST_YEAR, LAST_YEAR = 1990, 2200
LONGEST_REPLY = 4000


def record(session: Session, event: Event, now: datetime) -> bool:
    """Record the event and what follows from it; False, and no change, where its source id is known already."""
    return record_all(session, [event], now) == 1


def record_all(session: Session, events: Sequence[Event], now: datetime) -> int:
    """Record many events; return how many were new."""
    new = journal.write(session, events, now)
    telling = [
        (event_id, event) for event_id, event in new if event.kind not in OURS and event.verdict in COUNTS
    ]
    if telling:
        _follow(session, telling, now)
    return len(new)


def _follow(session: Session, new: Sequence[tuple[int, Event]], now: datetime) -> None:
    in_force = applied.policies(session)
    lead_ids = sorted({event.lead_id for _, event in new})
    rows = {row.id: row for row in session.scalars(leads.locked(lead_ids))}
    stood = {row.id: row.stage for row in rows.values()}
    for event_id, event in new:
        row = rows[event.lead_id]
        _suppress(session, row, event_id, event, now)
        _learn(session, row, event_id, event, in_force, now)
        reviews.settle(session, row, event, in_force, f"event:{event_id}", now)
    reviews.review(session, lead_ids, in_force, f"event:{new[-1][0]}", now)
    for _, event in new:
        row = rows[event.lead_id]
        if event.kind == Kind.REPLIED and (row.stage == stood[row.id] or row.stage not in TOLD):
            _ask_a_person(session, row, event, in_force, now)
    entries.enter_on_events(
        session, [(event.lead_id, event.kind, event.subject) for _, event in new if _surely(event)], now
    )
    for row in rows.values():
        row.match_at = now
    session.flush()
    enrollments.wake(session, lead_ids, now)


def _ask_a_person(session: Session, row: models.Lead, event: Event, in_force: InForce, now: datetime) -> None:
    """A reply ends what campaigns send. Where it moved nothing, no rep was told: somebody has to read it."""
    said = str(event.data.get("text") or "")[:LONGEST_REPLY]
    tasks.answer_reply(session, row, in_force.policies.team, said, now)


def _surely(event: Event) -> bool:
    return event.verdict == Verdict.HUMAN


def _suppress(session: Session, row: models.Lead, event_id: int, event: Event, now: datetime) -> None:
    rule = suppression.suppresses(event)
    if rule is not None:
        leads.suppress(session, row, rule, event_id, now)


def _learn(
    session: Session, row: models.Lead, event_id: int, event: Event, in_force: InForce, now: datetime
) -> None:
    """Take over what the event says of plans, contracts and absences."""
    if event.kind == Kind.AUTO_REPLIED:
        row.hold_until = _held_until(event.data, row, in_force, now)
    if event.kind == Kind.REPLIED:
        row.quiet_at = now
    if not _surely(event):
        return
    values = {
        "purchase_at": _purchase_at(event, now),
        "competitor": event.data.get("competitor"),
        "contract_ends_at": _instant(event.data.get("contract_ends_at")),
    }
    known = {name: value for name, value in values.items() if value is not None}
    changed = leads.learn(row, known, {}, now)
    if changed:
        data = {"fields": {name: str(known[name]) for name in changed}, "event": event_id}
        update = Event(
            Kind.UPDATED, f"updated:event:{event_id}", now, row.id, detail=", ".join(changed), data=data
        )
        journal.write(session, [update], now)


def _purchase_at(event: Event, now: datetime) -> datetime | None:
    written = event.data.get("purchase_time") or event.data.get("purchase_at")
    return temperature.stated(str(written), event.at) if written else None


def _instant(value: object) -> datetime | None:
    """Return a time that somebody told; nothing for what is no date, or one that nobody can mean."""
    if not value:
        return None
    try:
        at = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=windows.zone(None))
    return at if FIRST_YEAR < at.year < LAST_YEAR else None


def _held_until(data: Mapping[str, object], row: models.Lead, in_force: InForce, now: datetime) -> datetime:
    """Return when the mail to somebody away goes on: the day after the return date, or a stated time."""
    zone = windows.zone(row.timezone, in_force.policies.senders.organisation.timezone)
    back = _instant(data.get("resume_on"))
    if back is None:
        return in_force.funnel.funnel.hold_after_auto_reply.after(now, zone)
    return max(back + timedelta(days=1), now)


def record_imports(session: Session, now: datetime) -> int:
    """Add an `imported` event for every lead created at `now` that has none, in one statement."""
    lead = models.Lead
    source_id = literal("imported:").concat(sql_cast(lead.id, String))
    rows = select(
        source_id, literal(str(Kind.IMPORTED)), literal(now, models.Instant()), lead.id, literal(str(Verdict.HUMAN)),
        lead.source, literal(""), literal({}, models.Document), literal(now, models.Instant()),
    ).where(lead.created_at == now)  # fmt: skip
    columns = ["source_id", "kind", "at", "lead_id", "verdict", "subject", "detail", "data", "recorded_at"]
    return insert_selected(session, models.Event, columns, rows)
