"""Who enters which campaign in a simulation: the mirror in memory of what entries.py says in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import cast

from outreach.domain import conditions
from outreach.domain.campaign import EnterOnEvent
from outreach.domain.experiments import EQUAL
from outreach.domain.facts import Facts
from outreach.domain.sequence import Outcome
from outreach.domain.words import EnrollmentStatus, Kind
from outreach.simulation.people import Person, Seen, Way
from outreach.simulation.state import Running, State, is_suppressed
from outreach.simulation.story import Ended, Entered

NO_OUTCOMES: Mapping[str, Outcome] = {}


def match(state: State, people: Sequence[Person]) -> None:
    """Match these people, each once, against the audiences of the campaigns that are entered when matching."""
    matching = [each for each in state.campaigns if each.program.campaign.enter == "when_matching"]
    for running in matching:
        _enter(state, running, people, stay=False)
    again = [
        (running.id, running.program.campaign.again_after.about())
        for running in matching
        if running.program.campaign.again_after is not None
    ]
    now = state.now
    for person in people:
        ats = [person.entered[each] + after for each, after in again if each in person.entered]
        person.match_at = min((at for at in ats if at > now), default=None) if ats else None
        state.match(person)
        if matching and person.sender is None and person.live is not None:
            person.sender = person.live.sender


def enter_on_event(state: State, person: Person, kind: Kind, subject: str) -> None:
    """Let somebody into the campaigns that are entered on what just happened."""
    for running in state.campaigns:
        entry = running.program.campaign.enter
        if isinstance(entry, EnterOnEvent) and kind == entry.event and entry.subject in (None, subject):
            _enter(state, running, [person], stay=True)


def enter_once(state: State, running: Running) -> None:
    """Let the whole audience of a campaign in, as when it is applied."""
    _enter(state, running, list(state.people.values()), stay=True)


def _enter(state: State, running: Running, people: Iterable[Person], *, stay: bool) -> None:
    now = state.now
    who = [person for person in people if _may_enter(running, person, now)]
    for person in who:
        _outrank(state, running, person)
    for person in who:
        if person.live is None:
            _enroll(state, running, person, stay)


def _may_enter(running: Running, person: Person, now: datetime) -> bool:
    program = running.program
    return (
        person.stage in program.campaign.audience.stage
        and person.quiet_at is None
        and not is_suppressed(person, now)
        and not _was_in_it(running, person, now)
        and (
            program.audience is None or conditions.ready(program.audience)(cast(Facts, Seen(person))) is True
        )
    )


def _was_in_it(running: Running, person: Person, now: datetime) -> bool:
    entered_at = person.entered.get(running.id)
    if entered_at is None:
        return False
    again_after = running.program.campaign.again_after
    return again_after is None or entered_at > again_after.before(now)


def _outrank(state: State, running: Running, person: Person) -> None:
    """End the campaign of a lower priority in which somebody is who is about to enter this one."""
    way = person.live
    if way is not None and way.priority < running.priority:
        end(state, way, person, EnrollmentStatus.STOPPED, f"outranked:{running.name}")


def end(state: State, way: Way, person: Person, status: EnrollmentStatus, reason: str) -> None:
    """End a way through a campaign."""
    step = way.program.nodes[way.node].id if way.node < len(way.program.nodes) else ""
    way.status, way.reason, way.due_at, way.ended_at = status, reason, None, state.now
    if person.live is way:
        person.live = None
    state.tell(Ended(state.now, person.id, way.campaign, step, str(status), reason))


def _enroll(state: State, running: Running, person: Person, stay: bool) -> None:
    now = state.now
    state.last_enrollment += 1
    way = Way()
    way.id, way.lead_id, way.campaign, way.campaign_id = (
        state.last_enrollment,
        person.id,
        running.name,
        running.id,
    )
    way.version_id, way.priority, way.program = running.version_id, running.priority, running.program
    way.sender = _sender(running.program.campaign.senders, person)
    way.status, way.reason = EnrollmentStatus.ACTIVE, None
    way.node, way.node_at, way.entered_at, way.ended_at = 0, now, now, None
    way.mail = way.outcome = None
    way.outcomes, way.shares = NO_OUTCOMES, state.shares.get(running.id, EQUAL)
    person.live = way
    person.entered[running.id] = now
    if stay and person.sender is None:
        person.sender = way.sender
    state.look(way, now)
    state.tell(Entered(now, person.id, running.name, way.sender))


def _sender(senders: Sequence[str], person: Person) -> str:
    """Return the sender: the lead's own where the campaign has it, else one by the lead's id."""
    if person.sender is not None and person.sender in senders:
        return person.sender
    return senders[person.id % len(senders)]
