"""What follows for leads in a simulation: what `reviews.Changes` and `office.Office` write into rows, done in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, cast

from outreach import handoffs, leads, models
from outreach.applied import InForce
from outreach.domain.durations import Duration
from outreach.domain.events import Event
from outreach.domain.facts import Facts
from outreach.domain.leads import Lead
from outreach.domain.suppression import Suppress
from outreach.domain.words import HandoffStatus, Kind, Verdict
from outreach.leads import Past
from outreach.simulation.calendar import EVENTS, HANDOFFS
from outreach.simulation.people import Handoff, Person, Seen, Suppressed
from outreach.simulation.state import Reaction, State
from outreach.simulation.story import HandedOff, Moved, Tasked


class Effects:
    """Takes what follows, one piece of work after the other: events, hand-offs, suppressions, tasks."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.woken: set[int] = set()
        self._known: set[str] = set()
        self._known_at = state.now
        self._opened: list[Handoff] = []

    @property
    def in_force(self) -> InForce:
        return self.state.in_force

    @property
    def now(self) -> datetime:
        return self.state.calendar.now

    @property
    def events(self) -> Effects:
        return self

    @property
    def handing(self) -> Effects:
        return self

    def done(self) -> None:
        """End a piece of work: tell of the hand-offs, and have those looked at who moved."""
        for handoff in self._opened:
            self._tell_handoff(handoff)
        self._opened.clear()
        for lead_id in self.woken:
            self.state.wake(self.state.people[lead_id])
        self.woken.clear()

    # -- events --------------------------------------------------------------------------------------

    def add(self, event: Event) -> None:
        """Take an event of our own; what counts for the story is told."""
        if event.kind == Kind.STAGE_CHANGED:
            self._forget_the_past()
            self._known.add(event.source_id)
            said: Mapping[str, Any] = event.data
            told = Moved(event.at, event.lead_id, str(said["from"]), str(said["to"]), event.detail)
            self.state.tell(told)

    def knows(self, source_id: str, *, stored: bool = True) -> bool:
        """Return whether a lead was moved by just this already. It can have been at this instant only."""
        self._forget_the_past()
        return source_id in self._known

    def _forget_the_past(self) -> None:
        if self._known_at != self.now:
            self._known.clear()
            self._known_at = self.now

    def tell(self, event: Event) -> None:
        """Take a note of our own, which changes nothing."""

    # -- what the rules see ------------------------------------------------------------------------

    def see(self, row: models.Lead) -> Lead:
        """Return the person itself: it has all that a snapshot has."""
        return cast(Lead, row)

    def facts_of(self, lead: Lead, row: models.Lead, pasts: Sequence[Past]) -> Facts:
        """Return what moves may ask of the person."""
        return cast(Facts, Seen(cast(Person, row), row.since_at))

    # -- suppression ---------------------------------------------------------------------------------

    def suppress(self, row: models.Lead, rule: Suppress, event_id: int) -> None:
        """Put the lead's address on the suppression list; a second time makes it at most longer."""
        person = cast(Person, row)
        until = self.now + timedelta(days=rule.days) if rule.days is not None else None
        before = person.suppressed
        if before is None or (before.until is not None and (until is None or before.until < until)):
            person.suppressed = Suppressed(rule.reason, until)

    def failed_in_a_row(self, row: models.Lead, count: int) -> list[bool]:
        """Return of each of the latest mails to the lead whether it failed, newest first."""
        person = cast(Person, row)
        acted = [
            past.at for past in person.pasts if past.kind in leads.BY_MAIL and past.verdict == Verdict.HUMAN
        ]
        latest = person.mails[: -3 * count - 1 : -1]
        telling = [
            (mail.id, mail.outcome_at) for mail in latest if mail.is_accepted or mail.id in person.bounced
        ]
        return leads.failures(telling, person.bounced, max(acted, default=None), count)

    # -- hand-offs -----------------------------------------------------------------------------------

    def open(
        self,
        lead: models.Lead,
        *,
        reason: str,
        evidence: dict[str, Any],
        cause: str | None = None,
        passed_over: frozenset[str] = frozenset(),
    ) -> None:
        """Give the lead to the rep whose turn it is."""
        state, team = self.state, self.in_force.policies.team
        routed = handoffs.choose(state.standing, lead, team, self.now.date(), passed_over)
        if routed.rep:
            state.standing.give(routed.rep)
            lead.owner = routed.rep
            lead.updated_at = self.now
        state.last_handoff += 1
        due_at = handoffs.answer_by(team, self.now)
        handoff = Handoff(state.last_handoff, lead.id, routed.rep, reason, evidence, due_at)
        state.handoffs[handoff.id] = handoff
        state.open_handoffs.setdefault(lead.id, []).append(handoff)
        state.calendar.put(HANDOFFS, due_at, handoff)
        self._opened.append(handoff)

    def withdraw(self, lead_id: int) -> None:
        """Close what is open about a lead that is no longer one for a rep."""
        for handoff in list(self.state.open_handoffs.get(lead_id, ())):
            close(self.state, handoff, HandoffStatus.EXPIRED)

    def _tell_handoff(self, handoff: Handoff) -> None:
        state = self.state
        told = HandedOff(self.now, handoff.lead_id, handoff.rep, handoff.id)
        state.tell(told)
        if state.behaviour is None:
            return
        for reaction in state.behaviour(told, state.people[handoff.lead_id]):
            what = Reaction(
                reaction.kind, reaction.subject, reaction.detail, reaction.data, handoff=handoff.id
            )
            state.calendar.put(EVENTS, reaction.at, (handoff.lead_id, what))

    # -- the reps' office ------------------------------------------------------------------------------

    def choose(self, lead: models.Lead) -> str | None:
        """Return who should take the lead; None where nobody may."""
        team = self.in_force.policies.team
        return handoffs.choose(self.state.standing, lead, team, self.now.date(), frozenset()).rep

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
        """Tell of a task for a rep."""
        campaign = str(getattr(enrollment, "campaign", ""))
        self.state.tell(Tasked(self.now, lead.id, campaign, step or "", kind, rep))

    def send_note(
        self, enrollment: models.Enrollment, step: str, rep: str, lead: models.Lead, subject: str, text: str
    ) -> None:
        """Tell of a note to a rep."""
        campaign = str(getattr(enrollment, "campaign", ""))
        self.state.tell(Tasked(self.now, lead.id, campaign, step, "note", rep))


def close(state: State, handoff: Handoff, status: HandoffStatus) -> bool:
    """Answer an open hand-off; False where it was answered already."""
    if handoff.status != HandoffStatus.OPEN:
        return False
    handoff.status, handoff.due_at = status, None
    state.open_handoffs[handoff.lead_id].remove(handoff)
    if handoff.rep:
        state.standing.load[handoff.rep] -= 1
    return True
