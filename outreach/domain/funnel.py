"""Moves leads through the funnel: which rule applies now, and when time alone may make another one apply."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from outreach.domain import conditions, scoring, temperature, windows
from outreach.domain.expression_tree import walk
from outreach.domain.expressions import (
    Add,
    Call,
    Compare,
    Expression,
    ExpressionError,
    Field,
    In,
    Literal,
    Operator,
    Schema,
    describe,
    names,
    parse,
)
from outreach.domain.facts import Facts
from outreach.domain.leads import FIELDS, Lead, schema
from outreach.domain.policies import Fit, Funnel, Move
from outreach.domain.scoring import Scored
from outreach.domain.words import Kind, Stage

SCORE = "lead.score"

BY_EVENT: Mapping[Kind, Stage] = {
    Kind.HANDOFF_ACCEPTED: Stage.OPPORTUNITY,
    Kind.DEAL_OPENED: Stage.OPPORTUNITY,
    Kind.DEAL_WON: Stage.CUSTOMER,
}
"""What happened that moves a lead whatever funnel.yaml says."""


UPWARDS = frozenset({Stage.MQL, Stage.SQL, Stage.OPPORTUNITY, Stage.CUSTOMER})


class FunnelError(ExpressionError):
    """A condition of funnel.yaml that is wrong; `path` is where it stands: ("moves", 3, "if"), counted from 0."""

    def __init__(self, path: tuple[str | int, ...], message: str, column: int = 1, hint: str = "") -> None:
        self.path = path
        super().__init__(message, column, hint)


@dataclass(frozen=True)
class CompiledFunnel:
    """funnel.yaml with its conditions checked, in the order of the file."""

    funnel: Funnel
    schema: Schema
    moves: tuple[tuple[Move, Expression], ...]
    fit: tuple[tuple[Expression, Fit], ...]
    thresholds: tuple[float, ...]
    """Scores at which a move may begin or cease to apply: it may as soon as the score gets under one, or out again."""


@dataclass(frozen=True)
class Moved:
    """That a lead goes to a stage: why, by what it is seen, and by which rule of the file."""

    to: Stage
    because: str
    evidence: tuple[str, ...]
    rule: str


# -- compiling -------------------------------------------------------------------------------------


def compile_funnel(funnel: Funnel) -> CompiledFunnel:
    """Return the funnel with its conditions checked; FunnelError says which one is wrong."""
    for name in funnel.fields:
        if name in FIELDS:
            raise FunnelError(
                ("fields", name), f"every lead has a field {name} already", hint="take another name"
            )
    known = schema(funnel.fields)
    moves = [
        (move, _parse(move.if_, known, ("moves", number, "if"))) for number, move in enumerate(funnel.moves)
    ]
    _refuse_opens(funnel, moves)
    fit = [_fit(each, known, number) for number, each in enumerate(funnel.scoring.fit)]
    thresholds = {
        threshold
        for number, (_, condition) in enumerate(moves)
        for threshold in _thresholds(condition, ("moves", number, "if"))
    }
    return CompiledFunnel(funnel, known, tuple(moves), tuple(fit), tuple(sorted(thresholds)))


def _refuse_opens(funnel: Funnel, moves: Sequence[tuple[Move, Expression]]) -> None:
    """Opens never promote: nobody can tell a person's from a scanner's or a mail client's."""
    because, hint = "opens are made by machines too and never promote anybody", "ask for clicked or replied"
    for number, points in enumerate(funnel.scoring.points):
        if points.event == Kind.OPENED:
            raise FunnelError(("scoring", "points", number, "event"), because, hint=hint)
    for number, (move, condition) in enumerate(moves):
        asked = [kind for part in walk(condition) if isinstance(part, Call) for kind in _kinds(part)]
        if move.to in UPWARDS and Kind.OPENED in asked:
            raise FunnelError(("moves", number, "if"), because, hint=hint)


def _kinds(call: Call) -> Sequence[str]:
    return call.function.asked(call.arguments).kinds


def _fit(fit: Fit, known: Schema, number: int) -> tuple[Expression, Fit]:
    path = ("scoring", "fit", number, "if")
    condition = _parse(fit.if_, known, path)
    if SCORE in names(condition):
        raise FunnelError(path, "points for fit are a part of the score and can not depend on it")
    return condition, fit


def _parse(source: str, known: Schema, path: tuple[str | int, ...]) -> Expression:
    try:
        return parse(source, known)
    except ExpressionError as error:
        raise FunnelError(path, error.message, error.column, error.hint) from error


# -- the scores at which a condition changes -------------------------------------------------------

_TURNED = {
    Operator.LT: Operator.GT,
    Operator.GT: Operator.LT,
    Operator.LE: Operator.GE,
    Operator.GE: Operator.LE,
}


def _thresholds(condition: Expression, path: tuple[str | int, ...]) -> Iterator[float]:
    for part in walk(condition):
        if isinstance(part, Compare) and SCORE in names(part):
            yield from _turning_points(part.left, part.operator, part.right, path)
        elif isinstance(part, In) and SCORE in names(part):
            for option in part.options:
                yield from _turning_points(part.value, Operator.EQ, option, path)


def score_thresholds(condition: Expression) -> frozenset[float]:
    """Return the scores at which a condition of an audience may change; none where it compares with a field."""
    try:
        return frozenset(_thresholds(condition, ()))
    except FunnelError:
        return frozenset()


def _turning_points(
    left: Expression, operator: Operator, right: Expression, path: tuple[str | int, ...]
) -> Iterator[float]:
    """Yield the scores x such that the comparison is one thing under x and another from x on."""
    times, rest = (one - other for one, other in zip(_linear(left, path), _linear(right, path), strict=True))
    if not times:
        return
    at = -rest / times
    if times < 0:
        operator = _TURNED.get(operator, operator)
    if operator not in (Operator.LE, Operator.GT):
        yield at
    if operator not in (Operator.LT, Operator.GE):
        yield math.nextafter(at, math.inf)


def _linear(value: Expression, path: tuple[str | int, ...]) -> tuple[float, float]:
    """Return how many times the score, and how much besides, the sum is."""
    match value:
        case Literal(float() as number):
            return 0.0, number
        case Field(name) if name == SCORE:
            return 1.0, 0.0
        case Add(terms):
            parts = [(term.sign, _linear(term.value, path)) for term in terms]
            return sum(sign * part[0] for sign, part in parts), sum(sign * part[1] for sign, part in parts)
        case _:
            # Points fade while nothing happens: when such a comparison turns could only be found by polling.
            raise FunnelError(
                path, f"{SCORE} is compared with something that is not a number", 1, f"{SCORE} >= 40"
            )


# -- moving ----------------------------------------------------------------------------------------


def next_move(compiled: CompiledFunnel, lead: Lead, facts: Facts, now: datetime) -> Moved | None:
    """Return what the first rule of the file that applies to the lead does, None when none applies.

    A rule applies in the stages it names only, so a discarded lead stays so unless one says `from: discarded`.
    """
    for number, (move, condition) in enumerate(compiled.moves):
        if lead.stage not in move.from_ or move.to == lead.stage:
            continue
        ripe_at = _ripe_at(move, lead)
        if ripe_at is not None and ripe_at <= now and conditions.is_true(condition, facts):
            return Moved(move.to, move.because, tuple(describe(condition, facts)), f"moves[{number}]")
    return None


def _ripe_at(move: Move, lead: Lead) -> datetime | None:
    """Return since when the lead has been in its stage for long enough, None where that is never."""
    if move.after is None:
        return lead.stage_at
    try:
        return move.after.after(lead.stage_at, windows.zone(lead.timezone))
    except (ValueError, OverflowError):
        return None  # beyond the calendar


def next_look(
    compiled: CompiledFunnel, lead: Lead, events: Sequence[Scored], fit_points: float, now: datetime
) -> datetime | None:
    """Return the first instant after `now` at which time alone may change the lead; None where it never does.

    That is: its temperature, its return, the end of a rule's `after`, a score that crosses a threshold by fading.
    """
    _, temperature_at = temperature.temperature(compiled.funnel.temperature, lead.purchase_at, now)
    crossing_at = scoring.next_crossing(compiled.funnel.scoring, fit_points, events, compiled.thresholds, now)
    ripe_at = [_ripe_at(move, lead) for move, _ in compiled.moves if lead.stage in move.from_ and move.after]
    # A clock of somebody else's that is ahead of ours: what it told of counts once its time has come.
    told_at = [event.at for event in events]
    looks = [temperature_at, crossing_at, lead.return_at, *ripe_at, *told_at]
    return min((at for at in looks if at is not None and at > now), default=None)
