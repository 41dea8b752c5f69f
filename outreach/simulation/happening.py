"""What follows when something happens in a simulation: what activity.py and reps.py do, in memory."""

from __future__ import annotations

from datetime import datetime

from outreach import activity, handoffs, replies, reviews
from outreach.domain.events import Event
from outreach.domain.suppression import UNPROVEN
from outreach.domain.words import OURS, HandoffStatus, Kind, Verdict
from outreach.journal import DETAIL_LENGTH, SUBJECT_LENGTH
from outreach.leads import Past
from outreach.simulation import entering, sending
from outreach.simulation.calendar import HANDOFFS
from outreach.simulation.effects import Effects, close
from outreach.simulation.people import Handoff, Person, as_lead
from outreach.simulation.state import ByHand, Reaction, State
from outreach.simulation.story import Did

ANSWERS = {Kind.HANDOFF_ACCEPTED: HandoffStatus.ACCEPTED, Kind.HANDOFF_REJECTED: HandoffStatus.REJECTED}


def happen(state: State, effects: Effects, lead_id: int, what: Reaction | ByHand) -> None:
    """Have something happen to a lead now, and do what follows; what nobody can do any more does not happen."""
    if isinstance(what, ByHand):
        move(state, effects, lead_id, what)
        return
    person = state.people.get(lead_id)
    if person is None or what.kind in OURS:
        return
    if what.kind in ANSWERS:
        _answer(state, effects, person, what)
    elif what.kind in (Kind.DEAL_WON, Kind.DEAL_LOST):
        _end_deal(state, effects, person, what)
    else:
        _follow(state, effects, person, what)


def _follow(state: State, effects: Effects, person: Person, what: Reaction) -> None:
    """Record an event, and draw its consequences as `activity.follow` does."""
    now, event_id = state.now, state.event_id()
    subject, detail = what.subject[:SUBJECT_LENGTH], what.detail[:DETAIL_LENGTH]
    event = Event(
        what.kind, f"simulated:{event_id}", now, person.id, what.mail, what.campaign, Verdict.HUMAN, subject, detail,
        what.data,
    )  # fmt: skip
    state.tell(Did(now, person.id, what.kind, subject, detail))
    hard = what.data.get("hard") is True
    person.pasts.append(Past(what.kind, subject, detail, now, Verdict.HUMAN, hard))
    if what.kind == Kind.BOUNCED and what.mail is not None and what.data.get(UNPROVEN) is not True:
        person.bounced.add(what.mail)
    stood, cause = person.stage, f"event:{event_id}"
    held, place = person.hold_until, (person.country, person.timezone)
    row = as_lead(person)
    activity.take(effects, row, event_id, event)
    reviews.review_one(effects, state.in_force, row, person.pasts, cause)
    person.match_at = now
    effects.woken.add(person.id)
    effects.done()
    if what.kind == Kind.REPLIED:
        replies.settle(effects, row, stood, event_id, event, state.in_force, now)
    entering.enter_on_event(state, person, what.kind, subject)
    if held != person.hold_until or place != (person.country, person.timezone):
        sending.move(state, person)
    state.plan(person)
    state.match(person)


def move(state: State, effects: Effects, lead_id: int, by_hand: ByHand) -> None:
    """Move a lead as `reps.move` does, when somebody does it by hand."""
    person = state.people[lead_id]
    reviews.by_hand(effects, as_lead(person), by_hand.to, by_hand.because)
    effects.done()
    state.plan(person)
    state.match(person)


# -- reps ------------------------------------------------------------------------------------------


def _answer(state: State, effects: Effects, person: Person, what: Reaction) -> None:
    """Answer a hand-off as `reps.answer_handoff` does; nothing where it was answered, or went to another rep."""
    handoff = _handoff(state, person, what)
    if handoff is None:
        return
    accept = what.kind == Kind.HANDOFF_ACCEPTED
    if not close(state, handoff, ANSWERS[what.kind]):
        return
    _follow(state, effects, person, what)
    if accept:
        if person.id not in state.deals:
            state.deals[person.id] = person.owner
            state.count_deal(person.owner, 1)
        _follow(state, effects, person, Reaction(Kind.DEAL_OPENED, "", "", {}))


def _handoff(state: State, person: Person, what: Reaction) -> Handoff | None:
    """Return the hand-off that is answered: the one that was told of, or else the open one of the lead."""
    number = what.handoff if what.handoff is not None else what.data.get("handoff")
    if number is not None:
        return state.handoffs.get(number)
    opened = state.open_handoffs.get(person.id)
    return opened[-1] if opened else None


def _end_deal(state: State, effects: Effects, person: Person, what: Reaction) -> None:
    """Win or lose the lead's open deal, if there is one."""
    if person.id not in state.deals:
        return
    state.count_deal(state.deals.pop(person.id), -1)
    _follow(state, effects, person, what)


def pass_on_overdue(state: State, effects: Effects, overdue: list[Handoff]) -> None:
    """Give hand-offs that nobody answered in time to the next rep, as `reps.pass_on_overdue` does."""
    team, now = state.in_force.policies.team, state.now
    names = {rep.name for rep in team.reps}
    for handoff in sorted(_overdue(overdue, now), key=lambda each: (each.due_at, each.id)):
        passed_over = frozenset({*handoff.evidence.get("passed_over", []), handoff.rep or ""}) & names
        person = state.people[handoff.lead_id]
        row = as_lead(person)
        if handoffs.choose(state.standing, row, team, now.date(), passed_over).rep is None:
            handoff.due_at = None if handoff.rep else handoffs.answer_by(team, now)
            if handoff.due_at is not None:
                state.calendar.put(HANDOFFS, handoff.due_at, handoff)
            continue
        close(state, handoff, HandoffStatus.EXPIRED)
        evidence = {**handoff.evidence, "passed_over": sorted(passed_over)}
        effects.open(row, reason=handoff.reason, evidence=evidence, passed_over=passed_over)
        effects.done()


def _overdue(handoffs: list[Handoff], now: datetime) -> list[Handoff]:
    return [each for each in handoffs if each.due_at is not None and each.due_at <= now]
