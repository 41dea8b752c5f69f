"""What is wrong with the rules of the funnel: moves that never happen, that undo each other, returns without a rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from outreach.domain.expression_tree import And, Compare, Expression, Field, In, Literal, Not, Or, walk
from outreach.domain.expressions import evaluate
from outreach.domain.facts import Facts
from outreach.domain.funnel import BY_EVENT
from outreach.domain.lint import conditions, scores
from outreach.domain.lint.findings import Finding, Place
from outreach.domain.lint.known import Around
from outreach.domain.lint.possible import World, possible
from outreach.domain.policies import Funnel, Move, Return
from outreach.domain.sequence import FUNNEL_ORDER
from outreach.domain.words import Stage

STAGE, STAGE_AT = "lead.stage", "lead.stage_at"
LONGEST_CYCLE = 4


@dataclass(frozen=True)
class Way:
    """A move out of one stage, with what is true of the leads that it takes."""

    number: int
    move: Move
    start: Stage
    taken: tuple[Expression, ...]


def funnel(funnel: Funnel, around: Around) -> Iterator[Finding]:
    """Yield what is wrong in a funnel that is well formed."""
    yield from scores.never_points(funnel.scoring, around.world)
    for number, fit in enumerate(funnel.scoring.fit):
        found = conditions.impossible(
            around.read(fit.if_), around, around.world, ("scoring", "fit", number, "if")
        )
        yield from [found] if found else []
    for number in range(len(funnel.moves)):
        yield from _move(funnel.moves, number, around)
    yield from _cycles(funnel.moves, around)
    yield from _returns(funnel)


# -- one move --------------------------------------------------------------------------------------


def _move(moves: Sequence[Move], number: int, around: Around) -> Iterator[Finding]:
    move, place = moves[number], ("moves", number, "if")
    condition, world = around.read(move.if_), around.world.in_stages(move.from_)
    found = conditions.impossible(condition, around, world, place)
    if found is None and not _ways(moves, number, around):
        message = "no lead is ever moved by this: a move above it takes all that fit"
        found = Finding("shadowed-move", place, message, "put the narrower move first")
    if found is None and move.after is None and not possible((Not(condition),), world):
        message = f"every lead in {' or '.join(move.from_)} is like this, and goes on to {move.to} at once"
        found = Finding("always-true", place, message, "ask for something, or say after: how long")
    yield from [found] if found else []
    yield from conditions.opens(condition, place)


def _ways(moves: Sequence[Move], number: int, around: Around) -> list[Way]:
    """Return the stages out of which a move can take leads that no move above it takes first."""
    move = moves[number]
    condition = around.read(move.if_)
    ways = []
    for start in move.from_:
        above = [
            Not(around.read(each.if_))
            for each in moves[:number]
            if start in each.from_ and each.after is None and each.to != start
        ]
        taken = tuple(_of_stage(each, start) for each in (condition, *above))
        if move.to != start and possible(taken, around.world):
            ways.append(Way(number, move, start, taken))
    return ways


def _of_stage(condition: Expression, stage: Stage) -> Expression:
    """Return the condition as it is asked of a lead in this stage."""
    match condition:
        case Not(part):
            return Not(_of_stage(part, stage))
        case And(parts):
            return And(tuple(_of_stage(part, stage) for part in parts))
        case Or(parts):
            return Or(tuple(_of_stage(part, stage) for part in parts))
        case Compare() | In():
            asked = {each.name for each in walk(condition) if isinstance(each, Field)}
            if asked == {STAGE}:
                return Literal(bool(evaluate(condition, Facts({STAGE: str(stage)}))))
    return condition


# -- to and fro ------------------------------------------------------------------------------------


def _cycles(moves: Sequence[Move], around: Around) -> Iterator[Finding]:
    """Yield the ways round, once for each set of stages: with all conditions true at once nothing ends them."""
    ways: dict[Stage, list[Way]] = {}
    for number in range(len(moves)):
        for way in _ways(moves, number, around):
            ways.setdefault(way.start, []).append(way)
    told: set[frozenset[Stage]] = set()
    for start in Stage:
        for cycle in _round(start, (), ways, around.world):
            stages = frozenset(way.start for way in cycle)
            if stages not in told:
                told.add(stages)
                yield _cycle(cycle)


def _round(
    start: Stage, gone: tuple[Way, ...], ways: Mapping[Stage, Sequence[Way]], world: World
) -> Iterator[tuple[Way, ...]]:
    here = gone[-1].move.to if gone else start
    for way in ways.get(here, ()):
        longer = (*gone, way)
        if any(way.move.to == each.start for each in longer[1:]) or len(longer) > LONGEST_CYCLE:
            continue
        if not possible([condition for each in longer for condition in each.taken], world):
            continue
        if way.move.to == start:
            yield longer
        else:
            yield from _round(start, longer, ways, world)


def _cycle(cycle: Sequence[Way]) -> Finding:
    last = max(cycle, key=lambda way: way.number)
    stages = " -> ".join([*(way.start for way in cycle), cycle[0].start])
    waits = [str(way.move.after) for way in cycle if way.move.after]
    pace = f", each round in {' and '.join(waits)}" if waits else ""
    message = f"a lead for which all the conditions hold goes {stages} and on for ever{pace}"
    return Finding(
        "promotion-cycle", ("moves", last.number, "if"), message, "leave a gap: up at 40, down below 20"
    )


# -- returns ---------------------------------------------------------------------------------------


def _returns(funnel: Funnel) -> Iterator[Finding]:
    for place, rule in _of_lost(funnel):
        if isinstance(rule, Return) and not rule.after.amount:
            message = (
                f"the lead is back as {rule.to} at once, and gets mails on the day on which the deal was lost"
            )
            yield Finding("returns-at-once", (*place, "after"), message, "write for example after: 3 months")


def _of_lost(funnel: Funnel) -> Iterator[tuple[Place, object]]:
    for name, rule in funnel.lost.reasons.items():
        yield ("lost", "reasons", name), rule
    yield ("lost", "otherwise"), funnel.lost.otherwise


# -- where moves lead ------------------------------------------------------------------------------

BY_HAND: Mapping[Stage, frozenset[Stage]] = {
    Stage.SQL: frozenset({*BY_EVENT.values(), Stage.LOST}),
    Stage.OPPORTUNITY: frozenset({Stage.CUSTOMER, Stage.LOST, Stage.SET_ASIDE, Stage.DISCARDED}),
    Stage.CUSTOMER: frozenset(),
}
"""Where reps take the leads that they have."""


def onward(moves: Sequence[Move], around: Around) -> Mapping[Stage, frozenset[Stage]]:
    """Return of each stage to which others leads go from there: by the moves, or by a rep's hand."""
    found = {stage: set(BY_HAND.get(stage, ())) for stage in Stage}
    for number in range(len(moves)):
        for way in _ways(moves, number, around):
            found[way.start].add(way.move.to)
    return {stage: frozenset(others) for stage, others in found.items()}


def reached(onward: Mapping[Stage, frozenset[Stage]], start: Sequence[Stage]) -> frozenset[Stage]:
    """Return the stages that leads of these stages can come to."""
    found, waiting = set(start), list(start)
    while waiting:
        new = onward[waiting.pop()] - found
        found |= new
        waiting += new
    return frozenset(found - set(start))


def meets(goal: Stage, stage: Stage) -> bool:
    """Whether a lead that leaves a campaign for this stage has reached its goal."""
    if goal in FUNNEL_ORDER and stage in FUNNEL_ORDER:
        return FUNNEL_ORDER.index(stage) >= FUNNEL_ORDER.index(goal)
    return goal == stage
