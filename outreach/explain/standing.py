"""How one lead stands at one instant: everything that an explanation is made from, read at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach import allocations, applied, enrollments, entries, leads, models
from outreach.applied import InForce
from outreach.domain import scoring, windows
from outreach.domain.facts import Facts
from outreach.domain.funnel import SCORE
from outreach.domain.leads import facts
from outreach.domain.sequence import Outcome, Program, Progress
from outreach.domain.words import EnrollmentStatus, HandoffStatus, MessageStatus

Row = TypeVar("Row", models.Lead, models.Enrollment, models.Message)

LIVE = (EnrollmentStatus.ACTIVE, EnrollmentStatus.PAUSED)
WAITING = (MessageStatus.QUEUED, MessageStatus.CLAIMED, MessageStatus.TRANSMITTING)


@dataclass(frozen=True)
class Running:
    """A campaign that lets leads in, with the version they would enter on."""

    id: int
    name: str
    priority: int
    version_id: int
    program: Program


@dataclass(frozen=True)
class Suppressed:
    """Why an address is not written to, and until when; none: for good."""

    reason: str
    until: datetime | None


@dataclass
class Standing:
    """A lead at `at`. Rows are copies: to change one changes no database."""

    at: datetime
    view: str  # now, past, future
    row: models.Lead
    in_force: InForce
    pasts: Sequence[leads.Past]
    events: Sequence[models.Event]
    enrollments: list[models.Enrollment]
    messages: list[models.Message]
    names: dict[int, str]  # of campaigns
    running: Sequence[Running]
    suppressed: Suppressed | None = None
    handoff: models.Handoff | None = None
    handoff_due_at: datetime | None = None
    not_known: tuple[str, ...] = ()

    @property
    def is_now(self) -> bool:
        return self.view == "now"

    @property
    def zone(self) -> ZoneInfo:
        """The lead's zone, or the organisation's where none is known."""
        return windows.zone(self.row.timezone, self.in_force.policies.senders.organisation.timezone)

    @property
    def live(self) -> models.Enrollment | None:
        """The enrollment that the lead is in."""
        return next((each for each in self.enrollments if each.status in LIVE), None)

    def waiting(self, enrollment_id: int) -> models.Message | None:
        """Return the mail of the enrollment that has no outcome yet."""
        return next(
            (
                each for each in self.messages
                if each.enrollment_id == enrollment_id and each.status in WAITING
            ),
            None,
        )  # fmt: skip

    def scored(self) -> list[scoring.Scored]:
        return leads.scored(self.pasts)

    def score(self) -> scoring.Score:
        """Return the score as it is now, with its parts."""
        funnel = self.in_force.funnel
        seen = facts(leads.snapshot(self.row), leads.happened(self.pasts))
        return scoring.score(funnel.funnel.scoring, funnel.fit, self.scored(), seen, self.at)

    def facts_of_moves(self) -> Facts:
        """Return what the rules of the funnel see: only what happened since the lead came back."""
        return self._facts(leads.happened(self.pasts, self.row.since_at))

    def facts(self) -> Facts:
        """Return what audiences and branches see."""
        return self._facts(leads.happened(self.pasts))

    def _facts(self, happened: frozenset[object]) -> Facts:
        seen = facts(leads.snapshot(self.row), happened)  # type: ignore[arg-type]
        return Facts({**seen.fields, SCORE: scoring.kept(self.score().total)}, seen.happened)


def progress(
    session: Session,
    standing: Standing,
    row: models.Enrollment,
    program: Program,
    pasts: Sequence[leads.Past],
) -> Progress:
    """Return what `sequence.decide` needs to know of the enrollment, with what the lead did by then."""
    outcomes = {
        each.step: Outcome(MessageStatus(each.status), each.outcome_at, each.template, each.rfc_message_id)
        for each in standing.messages
        if each.enrollment_id == row.id
    }
    shares = allocations.shares(session, row.campaign_id, program, row.entered_at)
    return enrollments.progress_of(program, row, standing.row, pasts, outcomes, standing.in_force, shares)


def copy(row: Row) -> Row:
    """Return a row of the same values that belongs to no session."""
    return type(row)(**{column.key: getattr(row, column.key) for column in row.__table__.columns})


def present(session: Session, row: models.Lead, now: datetime) -> Standing:
    """Return how the lead stands now."""
    in_force = applied.policies(session)
    handoff = session.scalar(
        select(models.Handoff).where(
            models.Handoff.lead_id == row.id, models.Handoff.status == HandoffStatus.OPEN
        )
    )
    return Standing(
        at=now,
        view="now",
        row=copy(row),
        in_force=in_force,
        pasts=leads.pasts(session, [row.id])[row.id],
        events=events_of(session, row.id),
        enrollments=[copy(each) for each in enrollments_of(session, row.id)],
        messages=[copy(each) for each in messages_of(session, row.id)],
        names=dict(applied.names(session)),
        running=[
            Running(each.id, each.name, each.priority, each.version_id or 0, program)
            for each, program in entries.running(session)
        ],
        suppressed=_suppressed(session, row, now),
        handoff=handoff,
        handoff_due_at=handoff.due_at if handoff else None,
    )


def events_of(session: Session, lead_id: int) -> Sequence[models.Event]:
    """Return all events of the lead, oldest first."""
    event = models.Event
    return session.scalars(select(event).where(event.lead_id == lead_id).order_by(event.at, event.id)).all()


def enrollments_of(session: Session, lead_id: int) -> Sequence[models.Enrollment]:
    """Return the lead's ways through campaigns, oldest first."""
    row = models.Enrollment
    return session.scalars(select(row).where(row.lead_id == lead_id).order_by(row.entered_at, row.id)).all()


def messages_of(session: Session, lead_id: int) -> Sequence[models.Message]:
    """Return the lead's mails, oldest first."""
    row = models.Message
    return session.scalars(select(row).where(row.lead_id == lead_id).order_by(row.queued_at, row.id)).all()


def _suppressed(session: Session, row: models.Lead, now: datetime) -> Suppressed | None:
    suppression = models.Suppression
    found = session.scalar(select(suppression).where(suppression.address_hash == row.address_hash))
    if found is None or (found.until is not None and found.until <= now):
        return None
    return Suppressed(found.reason, found.until)
