"""Takes people on through their campaigns in a simulation: asks `sequence.decide`, and does in memory what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from outreach import errands, leads
from outreach.applied import InForce
from outreach.domain import sequence
from outreach.domain.campaign import EmailStep
from outreach.domain.events import Event
from outreach.domain.facts import Facts
from outreach.domain.sequence import Do, Finish, Occurrence, Outcome, Program, Progress, Stop, Wait
from outreach.domain.words import EnrollmentStatus, Kind, MessageStatus, Verdict
from outreach.errands import Note
from outreach.models import Lead
from outreach.office import Reps
from outreach.simulation import entering, sending
from outreach.simulation.effects import Effects
from outreach.simulation.people import Person, Seen, Way, as_enrollment, as_lead
from outreach.simulation.state import State
from outreach.simulation.story import Skipped


class Standing:
    """What `decide` needs to know, as `Progress`; facts and deeds are put together when they are asked for."""

    __slots__ = (
        "country", "entered_at", "hold_until", "lead_id", "node", "node_at", "outcome", "outcomes", "person", "shares",
        "stage", "zone",
    )  # fmt: skip

    def __init__(self, state: State, way: Way, person: Person) -> None:
        self.person = person
        self.node, self.node_at, self.outcome = way.node, way.node_at, way.outcome
        self.outcomes, self.shares = way.outcomes, way.shares
        self.lead_id, self.entered_at = person.id, way.entered_at
        self.stage, self.hold_until = person.stage, person.hold_until
        self.zone: ZoneInfo
        self.country: str | None
        self.look_up_place(state, way.program)

    def look_up_place(self, state: State, program: Program) -> None:
        """See in which zone and country the window is kept."""
        self.zone, self.country = leads.place(
            as_lead(self.person), program.campaign.window, state.organisation
        )

    @property
    def facts(self) -> Facts:
        return cast(Facts, Seen(self.person))

    @property
    def occurrences(self) -> tuple[Occurrence, ...]:
        pasts, entered_at = self.person.pasts, self.entered_at
        if not pasts:
            return ()
        return tuple(
            Occurrence(past.kind, past.subject, past.at, past.verdict == Verdict.HUMAN)
            for past in pasts
            if past.at >= entered_at and (past.kind != Kind.BOUNCED or past.hard)
        )


def _no_note(template: str, lead: Lead, rep: str) -> tuple[str, str]:
    """Return an empty note: nothing follows from what reps read."""
    return "", ""


@dataclass
class _Round:
    """What steps are done with, and the events of theirs, from which nothing follows."""

    now: datetime
    in_force: InForce
    reps: Reps
    note: Note
    events: list[Event] = field(default_factory=list)


def advance(state: State, effects: Effects, ways: Sequence[Way]) -> None:
    """Ask for each of these what is next, in batches as the engine does, and do it."""
    round = _Round(state.now, state.in_force, effects, _no_note)
    waiting = sorted(_due(ways, state.now), key=lambda way: way.id)
    while waiting:
        batch, waiting = waiting[: state.batch], waiting[state.batch :]
        for way in batch:
            way.due_at = None
        freed = [way.lead_id for way in batch if _advance(state, round, way)]
        for lead_id in freed:  # a freed lead may enter the next campaign that fits
            person = state.people[lead_id]
            person.match_at = state.now
            state.match(person)
        round.events.clear()
        again = [way for way in batch if way.due_at is not None and way.due_at <= state.now]
        if again:
            waiting = sorted(again + waiting, key=lambda way: way.id)


def _due(ways: Sequence[Way], now: datetime) -> list[Way]:
    """Return those that are still due, each once."""
    due = {
        way.id: way
        for way in ways
        if way.due_at is not None and way.due_at <= now and way.status == EnrollmentStatus.ACTIVE
    }
    return list(due.values())


def _advance(state: State, round: _Round, way: Way) -> bool:
    """Take one lead on; return whether that ended its campaign."""
    person, program = state.people[way.lead_id], way.program
    standing = Standing(state, way, person)
    progress = cast(Progress, standing)
    for _ in range(len(program.nodes) + 1):
        decision = sequence.decide(program, progress, round.now)
        if not isinstance(decision, Do) or isinstance(decision.node.step, EmailStep):
            break
        _act(state, round, way, person, decision)
        standing.node, standing.node_at, standing.outcome = decision.node.next, decision.position.at, None
        standing.look_up_place(state, program)  # the step may have been an update of the country
    return _note(state, way, person, decision)


def _act(state: State, round: _Round, way: Way, person: Person, decision: Do) -> None:
    """Do a step that is no mail."""
    matched_at, place = person.match_at, (person.country, person.timezone)
    errands.act(round, as_enrollment(way), as_lead(person), decision)
    if person.match_at is not matched_at:
        state.match(person)
    if place != (person.country, person.timezone):
        sending.move(state, person)


def _note(state: State, way: Way, person: Person, decision: sequence.Decision) -> bool:
    match decision:
        case Do(position):
            way.node, way.node_at, way.reason = position.node, position.at, "mail queued"
            if decision.skip is None:
                sending.queue(state, way, person, decision)
            else:
                _skip(state, way, decision, decision.skip)
        case Wait(position, until, why):
            if position.node != way.node:
                way.outcome = None
            way.node, way.node_at, way.reason = position.node, position.at, why
            state.look(way, until)
        case Finish(reason):
            entering.end(state, way, person, EnrollmentStatus.FINISHED, reason)
            return True
        case Stop(reason):
            entering.end(state, way, person, EnrollmentStatus.STOPPED, reason)
            return True
    return False


def _skip(state: State, way: Way, decision: Do, why: str) -> None:
    mail = sending.make(state, way, state.people[way.lead_id], decision)
    way.outcome = Outcome(MessageStatus.SKIPPED, state.now)
    state.look(way, state.now)
    state.tell(Skipped(state.now, way.lead_id, way.campaign, mail.step, mail.template, mail.sender, why))
