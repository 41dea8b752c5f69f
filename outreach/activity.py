"""The one door for everything that happened: record it once, then do what follows from it."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import String, delete, literal, select
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session

from outreach import applied, entries, journal, judging, leads, models, replies, reviews
from outreach.applied import InForce
from outreach.db import among, insert_selected
from outreach.domain import suppression, temperature, windows
from outreach.domain.buying_times import is_some_day
from outreach.domain.events import Event
from outreach.domain.inbound import Intent
from outreach.domain.machine_hits import HOLD
from outreach.domain.words import OURS, WITH_A_ROW, Kind, Verdict
from outreach.office import Office

log = logging.getLogger(__name__)

COUNTS = frozenset({Verdict.HUMAN, Verdict.UNKNOWN})
"""Verdicts that may change anything; what a machine did is kept as a fact and nothing more."""

MAY_WAIT = frozenset(
    {
        Kind.OPENED, Kind.CLICKED, Kind.VISITED, Kind.SUBMITTED, Kind.REGISTERED, Kind.ATTENDED, Kind.CHATTED,
        Kind.CALLED, Kind.REACTED, Kind.STATED, Kind.SUCCEEDED,
    }
)  # fmt: skip
"""Kinds that end nothing: what follows from them may come a moment after they are recorded."""

Recorded = tuple[int, Event]
"""An event with the id of its row."""

FIRST_YEAR, LAST_YEAR = 1990, 2200
LONGEST_ABSENCE = timedelta(days=1100)  # a parental leave takes up to three years


def record(session: Session, event: Event, now: datetime) -> bool:
    """Record the event and what follows from it; False, and no change, where its source id is known already."""
    return record_all(session, [event], now) == 1


def record_all(session: Session, events: Sequence[Event], now: datetime) -> int:
    """Record many events and what follows from them; return how many were new."""
    new = journal.write(session, events, now)
    _follow_at_once(session, _telling(new), now)
    return len(new)


def note_all(session: Session, events: Sequence[Event], now: datetime) -> int:
    """Record many events as `note_each` does; return how many were new."""
    return len(note_each(session, events, now))


def note_each(session: Session, events: Sequence[Event], now: datetime) -> frozenset[str]:
    """Record many events; return the source ids that were new. What follows is drawn in a moment, by `followups`.

    Only from those of kinds that have to be effective at the commit it follows here. No lead is locked for others.
    """
    new = journal.write(session, events, now)
    telling = _telling(new)
    later = [each for each in telling if each[1].kind in MAY_WAIT]
    held = {event_id for event_id, event in later if judging.is_undecided(event)}
    _follow_later(session, held, now + HOLD)
    _follow_later(session, {event_id for event_id, _ in later} - held, now)
    _follow_at_once(session, [each for each in telling if each[1].kind not in MAY_WAIT], now)
    return frozenset(event.source_id for _, event in new)


def _follow_later(session: Session, event_ids: Collection[int], due_at: datetime) -> None:
    if event_ids:
        event = models.Event
        noted = select(event.id, literal(due_at, models.Instant)).where(among(session, event.id, event_ids))
        insert_selected(session, models.Followup, ["event_id", "due_at"], noted)


def _telling(new: Sequence[Recorded]) -> list[Recorded]:
    """Return the events that may change anything."""
    return [each for each in new if each[1].kind not in OURS and each[1].verdict in COUNTS]


def _follow_at_once(session: Session, new: Sequence[Recorded], now: datetime) -> None:
    if not new:
        return
    _catch_up(session, _leads_of(new), new[-1][0], now)
    for lead_id, error in _follow_each(session, new, now).items():
        theirs = [each for each in new if each[1].lead_id == lead_id]
        if any(event.kind in WITH_A_ROW for _, event in theirs):
            raise error  # a person waits for the answer, and has to see that it was not done
        _only_stop(session, theirs, now)
        set_aside(session, theirs, error, now)


def _catch_up(session: Session, lead_ids: Collection[int], last: int, now: datetime) -> None:
    """Follow first what waits of these leads: what happens to one lead is followed in the order of the events."""
    if not waiting(session, lead_ids, last):
        return
    session.scalars(leads.locked(lead_ids)).all()
    before = waiting(session, lead_ids, last)  # others may have followed some while we waited for the lock
    failed = _follow_each(session, before, now)  # those are left to `followups`, which says why
    done(session, [event_id for event_id, event in before if event.lead_id not in failed])


def _leads_of(new: Sequence[Recorded]) -> set[int]:
    return {event.lead_id for _, event in new}


def _follow_each(session: Session, new: Sequence[Recorded], now: datetime) -> dict[int, Exception]:
    return follow_each(session, new, applied.policies(session), now) if new else {}


def follow_each(
    session: Session, new: Sequence[Recorded], in_force: InForce, now: datetime
) -> dict[int, Exception]:
    """Follow for all leads at once, or one by one where one fails; return for which leads nothing was done, and why."""

    def act(some: Collection[int]) -> None:
        follow(session, [each for each in new if each[1].lead_id in some], in_force, now)

    return reviews.all_or_each(session, _leads_of(new), act)


def _only_stop(session: Session, new: Sequence[Recorded], now: datetime) -> None:
    """Do for one lead the part that must hold whatever else fails: no mail after a reply or an opt-out."""
    changes = reviews.Changes(session, applied.policies(session), now)
    for row in session.scalars(leads.locked(_leads_of(new))):
        changes.woken.add(row.id)
        for event_id, event in new:
            _suppress(changes, row, event_id, event)
            _learn(changes, row, event_id, event)
    changes.write()


def set_aside(session: Session, events: Sequence[Recorded], error: Exception, now: datetime) -> None:
    """Say at a lead that nothing could be followed from these events of it, and look at it again later."""
    ids, lead_id = [event_id for event_id, _ in events], events[0][1].lead_id
    why = type(error).__name__  # its text could hold an address
    log.error("nothing could be followed from events %s of lead %s: %s", ids, lead_id, why)
    detail = f"nothing could be followed from {len(ids)} events: {why}"
    data = {"events": ids, "reason": why}
    note = Event(Kind.NOTE, f"unfollowed:{ids[0]}", now, lead_id, detail=detail, data=data)
    journal.write(session, [note], now)
    reviews.look_later(session, lead_id, now)


def waiting(session: Session, lead_ids: Collection[int], last: int) -> list[Recorded]:
    """Return the events of these leads, up to the one with the id `last`, from which is still to be followed.

    Not hits that are held: nothing follows from them before they have a verdict.
    """
    event, followup = models.Event, models.Followup
    found = session.execute(
        select(
            event.id, event.source_id, event.kind, event.at, event.lead_id, event.message_id, event.campaign_id,
            event.verdict, event.subject, event.detail, event.data,
        )
        .join(followup, followup.event_id == event.id)
        .where(followup.event_id <= last, among(session, event.lead_id, lead_ids), ~judging.is_held())
        .order_by(event.id)
    )  # fmt: skip
    return [
        (
            row.id,
            Event(
                Kind(row.kind), row.source_id, row.at, row.lead_id, row.message_id, row.campaign_id,
                Verdict(row.verdict), row.subject, row.detail, row.data,
            ),
        )
        for row in found
    ]  # fmt: skip


def done(session: Session, event_ids: Collection[int]) -> None:
    """Take events from which was followed off the list."""
    followup = models.Followup
    session.execute(
        delete(followup)
        .where(among(session, followup.event_id, event_ids))
        .execution_options(synchronize_session=False)
    )


def follow(session: Session, new: Sequence[Recorded], in_force: InForce, now: datetime) -> None:
    """Draw the consequences of these events, oldest first: suppression, fields, stage, score, enrollments, tasks."""
    rows = {row.id: row for row in session.scalars(leads.locked({event.lead_id for _, event in new}))}
    new = [each for each in new if each[1].lead_id in rows]
    stood = {row.id: row.stage for row in rows.values()}
    changes = reviews.Changes(session, in_force, now)
    changes.woken.update(rows)
    for event_id, event in new:
        take(changes, rows[event.lead_id], event_id, event)
    causes = {event.lead_id: f"event:{event_id}" for event_id, event in new}
    reviews.review_rows(changes, list(rows.values()), causes)
    for row in rows.values():
        row.match_at = now
    changes.write()
    for event_id, event in new:
        if event.kind == Kind.REPLIED:
            row = rows[event.lead_id]
            office = Office(session, in_force.policies.team, now)
            replies.settle(office, row, stood[row.id], event_id, event, in_force, now)
    entries.enter_on_events(
        session, [(event.lead_id, event.kind, event.subject) for _, event in new if surely(event)], now
    )


def take(changes: reviews.Effects, row: models.Lead, event_id: int, event: Event) -> None:
    """Draw from one event what comes before its lead is reviewed: suppression, fields, what a rep decided."""
    _suppress(changes, row, event_id, event)
    _learn(changes, row, event_id, event)
    reviews.settle(changes, row, event, f"event:{event_id}")


def surely(event: Event) -> bool:
    """Return whether a person, and nobody else, did it."""
    return event.verdict == Verdict.HUMAN


def _suppress(changes: reviews.Effects, row: models.Lead, event_id: int, event: Event) -> None:
    now = changes.now
    rule = suppression.suppresses(event)
    if rule is not None:
        changes.suppress(row, rule, event_id)
    elif event.kind == Kind.BOUNCED and event.data.get(suppression.UNPROVEN) is not True:
        soft = changes.in_force.funnel.funnel.soft_bounces
        failed = changes.failed_in_a_row(row, soft.in_a_row)
        rule = suppression.rests(soft, failed)
        if rule is not None and rule.days is not None:
            changes.suppress(row, rule, event_id)
            # Held and not only suppressed: what was due meanwhile is late then, and not left out.
            row.hold_until = max(now + timedelta(days=rule.days), row.hold_until or now)


def _learn(changes: reviews.Effects, row: models.Lead, event_id: int, event: Event) -> None:
    """Take over what the event says of plans, contracts and absences."""
    now = changes.now
    if event.kind == Kind.AUTO_REPLIED:
        held = _held_until(event.data, row, changes.in_force, now)
        row.hold_until = max(held, row.hold_until or held)  # "we got your mail" ends no absence
    if event.kind == Kind.REPLIED or _has_left(event):
        row.quiet_at = now
    if not surely(event):
        return
    values = {
        "purchase_at": _purchase_at(event, now),
        "competitor": event.data.get("competitor"),
        "contract_ends_at": _instant(event.data.get("contract_ends_at")),
    }
    known = {name: value for name, value in values.items() if value is not None}
    if is_some_day(str(event.data.get("purchase_time") or "")):
        known["purchase_at"] = None  # what was said before holds no longer
    changed = leads.learn(row, known, {}, now)
    if changed:
        data = {"fields": {name: str(known[name]) for name in changed}, "event": event_id}
        source_id = f"updated:event:{event_id}"
        changes.events.add(Event(Kind.UPDATED, source_id, now, row.id, detail=", ".join(changed), data=data))


def _has_left(event: Event) -> bool:
    """Answer whether somebody's mailbox says that they are there no more."""
    return (
        event.kind == Kind.AUTO_REPLIED
        and _surely_theirs(event)
        and event.data.get("intent") == Intent.WRONG_PERSON
    )


def _surely_theirs(event: Event) -> bool:
    return event.message_id is not None and event.data.get("matched_by") != "sender"


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
    """Return when the mail to somebody away goes on: the first day back that was told, or after the usual time."""
    zone = windows.zone(row.timezone, in_force.policies.senders.organisation.timezone)
    back = _instant(data.get("resume_on"))
    if back is None or back > now + LONGEST_ABSENCE:
        return in_force.funnel.funnel.hold_after_auto_reply.after(now, zone)
    return max(back, now)


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
