"""Plays what leads did once more, under other rules: who would have been promoted, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from outreach.applied import InForce
from outreach.backtest.reading import PastLead
from outreach.domain.words import Stage
from outreach.reviews import BY_HAND
from outreach.simulation.people import Person
from outreach.simulation.story import Moved, Record
from outreach.simulation.world import World


def play(past: Sequence[PastLead], in_force: InForce, until: datetime) -> Mapping[int, list[Moved]]:
    """Return the moves of each lead under these rules, oldest first, by its id.

    The engine's own rules over people in memory: no campaign runs, and what reps did is part of the past.
    """
    moves: dict[int, list[Moved]] = defaultdict(list)

    def keep(record: Record) -> None:
        if isinstance(record, Moved):
            moves[record.lead_id].append(record)

    people = [_person(lead) for lead in past]
    world = World(in_force, (), people, min(lead.known_at for lead in past), None, keep)
    for lead in past:
        for each in lead.told:
            # Which hand-off it was depends on the rules: a rep answers the one that is open then.
            said = {key: value for key, value in each.data.items() if key != "handoff"}
            world.schedule(each.at, lead.id, each.kind, each.subject, each.detail, said)
        for move in lead.moved:
            if move.rule == BY_HAND:
                world.schedule_move(move.at, lead.id, Stage(move.after), move.because)
    world.run(until)
    return moves


def _person(lead: PastLead) -> Person:
    return Person.new(lead.id, lead.email, {**lead.values, "stage": lead.stage}, lead.custom, lead.known_at)


def first(moves: Sequence[Moved], stages: Sequence[Stage]) -> datetime | None:
    """Return when the lead first came into one of the stages; None where it never did."""
    return next((move.at for move in moves if move.after in stages), None)
