"""Writes hand-offs: a lead given to a rep with the evidence, and what became of it."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from sqlalchemy import String, cast, func, insert, literal, select, update
from sqlalchemy.orm import Session

from outreach import journal, models
from outreach.db import insert_new
from outreach.domain import routing, windows
from outreach.domain.events import Event
from outreach.domain.policies import Team
from outreach.domain.words import DealStatus, HandoffStatus, Kind

RECENT = 200


@dataclass
class Standing:
    """What each rep has open, hand-offs not answered and deals not closed; and who got the latest, newest last."""

    load: Counter[str]
    recent: deque[str]

    def give(self, rep: str) -> None:
        """Count one more for the rep."""
        self.load[rep] += 1
        self.recent.append(rep)


class Giving(Protocol):
    """Where leads are given to reps: in a transaction (`Handing`), or in a simulation."""

    def open(
        self, lead: models.Lead, *, reason: str, evidence: dict[str, Any], cause: str | None = None
    ) -> None: ...

    def withdraw(self, lead_id: int) -> None: ...


class Handing:
    """The hand-offs of one transaction: each is opened with those before it in mind, and all are written together."""

    def __init__(self, session: Session, team: Team, events: journal.Gathered, now: datetime) -> None:
        self._session = session
        self._team = team
        self._events = events
        self._now = now
        self._opened: list[dict[str, Any]] = []
        self._causes: list[str | None] = []
        self._standing: Standing | None = None
        self._due_at: datetime | None = None

    def open(
        self,
        lead: models.Lead,
        *,
        reason: str,
        evidence: dict[str, Any],
        event_id: int | None = None,
        cause: str | None = None,
        passed_over: frozenset[str] = frozenset(),
    ) -> None:
        """Give the lead to the rep whose turn it is, and queue the mail that tells the rep.

        What made it is an event with an id, or the source id (`cause`) of one that is gathered. `passed_over` are
        reps that had their chance. Where nobody may take it, the hand-off waits without a rep.
        """
        self._standing = self._standing or standing(self._session)
        self._due_at = self._due_at or answer_by(self._team, self._now)
        routed = choose(self._standing, lead, self._team, self._now.date(), passed_over)
        if routed.rep:
            self._standing.give(routed.rep)
            lead.owner = routed.rep
            lead.updated_at = self._now
        self._causes.append(cause)
        self._opened.append(
            {
                "lead_id": lead.id,
                "event_id": event_id,
                "rep": routed.rep,
                "routing": routed.why,
                "status": HandoffStatus.OPEN,
                "reason": reason,
                "evidence": evidence,
                "opened_at": self._now,
                "due_at": self._due_at,
                "answer_reason": None,
                "answered_at": None,
            }
        )

    def withdraw(self, lead_id: int) -> None:
        """Close what is open about a lead that is no longer one for a rep."""
        closed = {
            "status": HandoffStatus.EXPIRED,
            "answer_reason": "the lead moved on",
            "answered_at": self._now,
            "due_at": None,
        }
        freed: list[str | None] = []
        for row in self._opened:
            if row["lead_id"] == lead_id and row["status"] == HandoffStatus.OPEN:
                row |= closed
                freed.append(row["rep"])
        handoff = models.Handoff
        freed += self._session.scalars(
            update(handoff)
            .where(handoff.lead_id == lead_id, handoff.status == HandoffStatus.OPEN)
            .values(closed)
            .returning(handoff.rep)
            .execution_options(synchronize_session=False)
        )
        if self._standing is not None:
            self._standing.load.subtract(rep for rep in freed if rep)

    def write(self) -> None:
        """Write what was opened, once the events that made it are written; who gets what is told with events."""
        if not self._opened:
            return
        for row, cause in zip(self._opened, self._causes, strict=True):
            row["event_id"] = self._events.id(cause) if cause else row["event_id"]
        handoff = models.Handoff
        inserted = self._session.execute(
            insert(handoff).returning(handoff.lead_id, handoff.event_id, handoff.id), self._opened
        )
        ids = {(lead_id, event_id): handoff_id for lead_id, event_id, handoff_id in inserted}
        told = []
        for row in self._opened:
            handoff_id = ids[row["lead_id"], row["event_id"]]
            lead_id, rep = row["lead_id"], row["rep"]
            if rep:
                told.append(
                    _notification(
                        f"handoff:{handoff_id}",
                        "handoff",
                        rep,
                        self._now,
                        lead_id=lead_id,
                        handoff_id=handoff_id,
                    )
                )
            data = {"rep": rep, "why": row["routing"], "reason": row["reason"], "handoff": handoff_id}
            self._events.add(
                Event(
                    Kind.HANDED_OFF,
                    f"handoff:{handoff_id}",
                    self._now,
                    lead_id,
                    detail=rep or "nobody",
                    data=data,
                )
            )
        if told:
            self._session.execute(insert(models.Notification), told)
        self._events.write()
        self._opened, self._causes = [], []


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
) -> None:
    """Give one lead to the rep whose turn it is, at once."""
    handing = Handing(session, team, journal.Gathered(session, now), now)
    handing.open(lead, reason=reason, evidence=evidence, event_id=event_id, passed_over=passed_over)
    handing.write()


def has_other(
    session: Session, lead: models.Lead, team: Team, now: datetime, passed_over: frozenset[str]
) -> bool:
    """Return whether a rep who was not passed over may take the lead."""
    return route(session, lead, team, now.date(), passed_over).rep is not None


def route(
    session: Session, lead: models.Lead, team: Team, today: date, passed_over: frozenset[str]
) -> routing.Routed:
    """Return who should take the lead, and why."""
    return choose(standing(session), lead, team, today, passed_over)


def choose(
    standing: Standing, lead: models.Lead, team: Team, today: date, passed_over: frozenset[str]
) -> routing.Routed:
    """Return who should take the lead as the reps stand, and why."""
    open_to = team
    if passed_over:
        reps = tuple(rep for rep in team.reps if rep.name not in passed_over)
        open_to = team.model_copy(update={"reps": reps})
    return routing.choose(
        open_to,
        country=lead.country,
        language=lead.language,
        owner=lead.owner if lead.owner not in passed_over else None,
        load=standing.load,
        recent=standing.recent,
        today=today,
    )


def standing(session: Session) -> Standing:
    """Return what the reps have now."""
    handoff = models.Handoff
    newest = select(handoff.rep).where(handoff.rep.is_not(None)).order_by(handoff.id.desc()).limit(RECENT)
    names = [name for name in session.scalars(newest) if name]
    return Standing(_load(session), deque(reversed(names), maxlen=RECENT))


def _load(session: Session) -> Counter[str]:
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
    more = {"lead_id": lead_id, "handoff_id": handoff_id, "subject": subject, "body": body}
    session.execute(insert_new(session, models.Notification, [_notification(key, kind, rep, now, **more)]))


def set_apart(session: Session, enrollment_ids: Any, steps: Collection[str], mark: str) -> None:
    """Keep the notes of these steps from standing in for others, as another step has their place now."""
    note, enrollment = models.Notification, models.Enrollment
    for step in steps:
        keys = literal("note:").concat(cast(enrollment.id, String)).concat(f":{step}")
        session.execute(
            update(note)
            .where(note.key.in_(select(keys).where(enrollment.id.in_(enrollment_ids))))
            .values(key=note.key.concat(mark))
            .execution_options(synchronize_session=False)
        )


def _notification(key: str, kind: str, rep: str, now: datetime, **more: Any) -> dict[str, Any]:
    return {
        "key": key,
        "kind": kind,
        "rep": rep,
        "status": "queued",
        "attempts": 0,
        "due_at": now,
        "rfc_message_id": "",
        "created_at": now,
    } | more
