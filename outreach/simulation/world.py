"""The engine in memory: people, campaigns and a clock that jumps from one thing due to the next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from outreach import reviews
from outreach.applied import InForce
from outreach.domain.words import Kind, Stage
from outreach.simulation import advancing, entering, happening, sending
from outreach.simulation.calendar import (
    ENROLLMENTS,
    EVENTS,
    HANDOFFS,
    LEADS,
    MAILS,
    MATCHES,
)
from outreach.simulation.effects import Effects
from outreach.simulation.people import Person, as_lead
from outreach.simulation.state import Before, ByHand, Reaction, Running, State
from outreach.simulation.story import Behaviour, Tell

__all__ = ["Running", "World"]

BATCH = 200


class World:
    """People in campaigns. What happens is told as it does; the same seed tells the same story."""

    def __init__(
        self,
        in_force: InForce,
        campaigns: Sequence[Running],
        people: Iterable[Person],
        start: datetime,
        behaviour: Behaviour | None,
        tell: Tell,
        *,
        salt: str = "",
        batch: int = BATCH,
        before: Before | None = None,
    ) -> None:
        """Begin at `start`, with people as they are then.

        `batch` is how many things the engine takes at a time; `before` is what else a database holds (opening.before).
        """
        self.state = State(in_force, campaigns, people, start, behaviour, tell, batch, before)
        self._effects = Effects(self.state)
        self._begin()

    def _begin(self) -> None:
        state = self.state
        for running in sorted(state.campaigns, key=lambda each: each.name):  # as `apply` does
            if running.enters_now:
                entering.enter_once(state, running)
        for person in state.people.values():
            person.planned_at = None
            state.plan(person)
            state.match(person)

    def schedule(
        self,
        at: datetime,
        lead_id: int,
        kind: Kind,
        subject: str = "",
        detail: str = "",
        data: Mapping[str, Any] | None = None,
    ) -> None:
        """Have something happen to a lead then, as `activity.record` would be told of it."""
        self.state.calendar.put(EVENTS, at, (lead_id, Reaction(Kind(kind), subject, detail, data or {})))

    def schedule_move(self, at: datetime, lead_id: int, to: Stage, because: str) -> None:
        """Have somebody move a lead to a stage by hand then, as `reps.move` does."""
        self.state.calendar.put(EVENTS, at, (lead_id, ByHand(to, because)))

    def run(self, until: datetime) -> None:
        """Play on to `until`, with all that is due just then."""
        while self.state.calendar.turn(until):
            self._instant()

    def _instant(self) -> None:
        """Do all that is due now: what happens first, and then what the engine does in a tick, until nothing is left."""
        state, effects, calendar = self.state, self._effects, self.state.calendar
        while calendar.any():
            for lead_id, what in sorted(calendar.take(EVENTS), key=lambda event: event[0]):
                happening.happen(state, effects, lead_id, what)
            has_leads = calendar.has(LEADS)
            if calendar.has(HANDOFFS):
                happening.pass_on_overdue(state, effects, calendar.take(HANDOFFS))
            if has_leads:
                self._review(calendar.take(LEADS))
            self._advance()
            while calendar.has(MATCHES):
                self._match(calendar.take(MATCHES))
            self._advance()
            if calendar.has(MAILS):
                sending.send_due(state)

    def _advance(self) -> None:
        while self.state.calendar.has(ENROLLMENTS):
            advancing.advance(self.state, self._effects, self.state.calendar.take(ENROLLMENTS))

    def _review(self, people: Sequence[Person]) -> None:
        now, cause = self.state.now, f"time:{self.state.now.isoformat()}"
        due = {
            person.id: person
            for person in people
            if person.due_at is not None and person.due_at <= now and person.planned_at is person.due_at
        }
        for _, person in sorted(due.items()):
            row = as_lead(person)
            matched_at = person.match_at
            reviews.review_one(self._effects, self.state.in_force, row, person.pasts, cause)
            self._effects.done()
            self.state.plan(person)
            if person.match_at is not matched_at:
                self.state.match(person)

    def _match(self, people: Sequence[Person]) -> None:
        now = self.state.now
        due = {
            person.id: person for person in people if person.match_at is not None and person.match_at <= now
        }
        entering.match(self.state, [person for _, person in sorted(due.items())])
