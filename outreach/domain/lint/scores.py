"""How low and how high a score can get by the points that funnel.yaml gives."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from outreach.domain.expression_tree import Compare, Expression, Field, In, walk
from outreach.domain.expressions import Call
from outreach.domain.funnel import SCORE
from outreach.domain.lint.findings import Finding
from outreach.domain.lint.possible import World, possible
from outreach.domain.policies import Fit, Points, Scoring
from outreach.domain.words import Kind

MOST_FITS = 10
"""With more rules for fit than this they are taken to be true all at once."""

CALLS = {Kind.OPENED: "opened", Kind.CLICKED: "clicked", Kind.REPLIED: "replied"}


@dataclass(frozen=True)
class Reach:
    """Between which scores leads can be, and the words for how high the points reach."""

    low: float
    high: float
    highest: str

    @property
    def bounds(self) -> tuple[float, float]:
        return self.low, self.high


def reach(scoring: Scoring, fit: Sequence[tuple[Expression, Fit]], world: World) -> Reach:
    """Return how far the points reach; kinds without `at_most` have no end."""
    can_come = [points for points in scoring.points if comes(points, world)]
    given = math.fsum(_most(points) for points in can_come if points.points > 0)
    taken = math.fsum(_most(points) for points in can_come if points.points < 0)
    fits = _most_fit([each for each in fit if each[1].points > 0], world)
    unfit = math.fsum(each.points for _, each in fit if each.points < 0)
    return Reach(unfit - taken, given + fits, _words(given, fits))


def _words(given: float, fits: float) -> str:
    if math.isinf(given):
        return "the points have no end"
    return f"what people do gives at most {given:g}, what they are {fits:g}"


def comes(points: Points, world: World) -> bool:
    """Whether what earns the points can happen at all."""
    name = CALLS.get(points.event)
    return not name or points.subject is None or world.can_happen(Call(name, (points.subject,)))


def _most(points: Points) -> float:
    return math.inf if points.at_most is None else abs(points.at_most)


def _most_fit(fit: Sequence[tuple[Expression, Fit]], world: World) -> float:
    """Return the most points for fit that one lead can have: some rules exclude each other."""
    if len(fit) > MOST_FITS:
        return math.fsum(each.points for _, each in fit)

    def best(waiting: Sequence[tuple[Expression, Fit]], held: tuple[Expression, ...]) -> float:
        if not waiting:
            return 0.0
        (condition, each), *others = waiting
        without = best(others, held)
        if not possible((*held, condition), world):
            return without
        return max(without, each.points + best(others, (*held, condition)))

    return best(fit, ())


def never_points(scoring: Scoring, world: World) -> Iterator[Finding]:
    """Yield the points for what can not happen: a mail that no campaign sends."""
    for number, points in enumerate(scoring.points):
        if not comes(points, world):
            place = ("scoring", "points", number, "subject")
            message = f"no campaign sends {points.subject}, so nobody can have {points.event} it"
            yield Finding("points-never", place, message, "name a mail that is sent, or remove the points")


def asks_for_more(condition: Expression, world: World) -> bool:
    """Whether the condition can only be true with a score that the points do not allow."""
    if not any(isinstance(each, Field) and each.name == SCORE for each in walk(condition)):
        return False
    anywhere = replace(world, score=(-math.inf, math.inf))
    return possible((condition,), anywhere) and not possible((condition,), world)


def asked_scores(condition: Expression) -> Iterator[Expression]:
    """Yield the parts of the condition that compare the score."""
    for part in walk(condition):
        if isinstance(part, Compare | In) and any(
            isinstance(each, Field) and each.name == SCORE for each in walk(part)
        ):
            yield part
