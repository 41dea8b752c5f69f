"""The reps' office: who gets a lead, a task, a note; said by the rules, done here in rows, or in a simulation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from outreach import handoffs, journal, models, tasks
from outreach.domain.durations import Duration
from outreach.domain.events import Event
from outreach.domain.policies import Team


class Reps(Protocol):
    """What steps and replies ask of the reps' office."""

    def choose(self, lead: models.Lead) -> str | None: ...

    def open_task(
        self,
        lead: models.Lead,
        *,
        kind: str,
        rep: str | None,
        subject: str,
        text: str,
        due_within: Duration,
        enrollment: models.Enrollment | None = None,
        step: str | None = None,
    ) -> None: ...

    def send_note(
        self, enrollment: models.Enrollment, step: str, rep: str, lead: models.Lead, subject: str, text: str
    ) -> None: ...

    def tell(self, event: Event) -> None: ...


def owner(reps: Reps, lead: models.Lead) -> str | None:
    """Return the rep who has the lead; one who has none gets one, if anybody may take it."""
    if lead.owner is None:
        lead.owner = reps.choose(lead)
    return lead.owner


@dataclass(frozen=True)
class Office:
    """The office of a real installation: its rows, in one transaction at `now`."""

    session: Session
    team: Team
    now: datetime

    def choose(self, lead: models.Lead) -> str | None:
        """Return who should take the lead; None where nobody may."""
        return handoffs.route(self.session, lead, self.team, self.now.date(), frozenset()).rep

    def open_task(
        self,
        lead: models.Lead,
        *,
        kind: str,
        rep: str | None,
        subject: str,
        text: str,
        due_within: Duration,
        enrollment: models.Enrollment | None = None,
        step: str | None = None,
    ) -> None:
        """Open a task for a rep (none: whoever looks at the list first) and tell the rep."""
        tasks.open_task(
            self.session,
            lead,
            self.team,
            kind=kind,
            rep=rep,
            subject=subject,
            text=text,
            due_within=due_within,
            now=self.now,
            enrollment=enrollment,
            step=step,
        )

    def send_note(
        self, enrollment: models.Enrollment, step: str, rep: str, lead: models.Lead, subject: str, text: str
    ) -> None:
        """Queue a note to a rep, once per enrollment and step."""
        key = f"note:{enrollment.id}:{step}"
        handoffs.notify(self.session, key, "note", rep, self.now, lead_id=lead.id, subject=subject, body=text)

    def tell(self, event: Event) -> None:
        """Add an event."""
        journal.write(self.session, [event], self.now)
