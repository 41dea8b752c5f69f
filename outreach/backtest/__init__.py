"""Holds changed rules of scoring and promotion against the past: who would have been promoted, when, and who bought."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach import models
from outreach.applied import InForce
from outreach.backtest import loads, replay
from outreach.backtest.loads import Weekly
from outreach.backtest.reading import PastLead, read
from outreach.domain import suggestions
from outreach.domain.forecasts import Course, Difference, Forecast, difference, forecast, time_to_win
from outreach.domain.policies import Points
from outreach.domain.scoring import Scored
from outreach.domain.suggestions import Early, Suggestion
from outreach.domain.words import Kind, Stage
from outreach.simulation.story import Moved

HORIZON = timedelta(days=90)
"""How long a lead may take to buy where no deal says how long it takes."""

STAGES = {
    Stage.MQL: (Stage.MQL, Stage.SQL, Stage.OPPORTUNITY),
    Stage.SQL: (Stage.SQL, Stage.OPPORTUNITY),
}
"""A promotion, and the stages that count as it: a suspect who asks for a meeting skips the rung between."""

Tell = Callable[[int, int], None]


@dataclass(frozen=True)
class Rung:
    """One promotion under the rules that held then and under those that are tried."""

    stage: Stage
    then: Forecast
    tried: Forecast
    difference: Difference


@dataclass(frozen=True)
class Backtest:
    """What became of the leads that got known from the first day on until the last one."""

    known_from: date | None
    until: datetime
    leads: int
    silent: int  # who never did anything
    wins: int
    horizon: timedelta  # who is known for a shorter time may yet buy, and is not judged
    horizon_of: str
    rungs: tuple[Rung, ...]
    weeks: tuple[Weekly, ...]
    suggestion: Suggestion | None
    suggested: str  # as YAML, or why there is none


@dataclass
class _Course:
    lead_id: int
    known_at: datetime
    won_at: datetime | None
    then: dict[Stage, datetime | None] = field(default_factory=dict)
    tried: dict[Stage, datetime | None] = field(default_factory=dict)


@dataclass
class _Seen:
    """What is kept of each lead while they are read in chunks."""

    courses: list[_Course] = field(default_factory=list)
    silent: int = 0
    given: list[loads.Given] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)


def backtest(
    session: Session,
    rules: InForce,
    known_from: datetime | None,
    until: datetime,
    tell: Tell = lambda done, total: None,
) -> Backtest:
    """Return how `rules` would have done; `tell` hears how many leads were played. Reads only."""
    seen, total = _Seen(), session.scalar(select(func.count(models.Lead.id))) or 0
    for past in read(session, known_from, until):
        moves = replay.play(past, rules, until)
        for lead in past:
            _keep(seen, lead, moves.get(lead.id, ()))
        tell(len(seen.courses), total)
    horizon, horizon_of = _horizon(seen.courses)
    suggestion, suggested = _suggestion(session, rules, known_from, until, horizon, seen.kinds)
    return Backtest(
        known_from.date() if known_from else None,
        until,
        len(seen.courses),
        seen.silent,
        sum(course.won_at is not None for course in seen.courses),
        horizon,
        horizon_of,
        tuple(_rung(stage, seen.courses, until, horizon) for stage in STAGES),
        loads.weekly(rules.policies.team, seen.given),
        suggestion,
        suggested,
    )


def _keep(seen: _Seen, lead: PastLead, moves: Sequence[Moved]) -> None:
    course = _Course(lead.id, lead.known_at, lead.won_at)
    for stage, counted in STAGES.items():
        course.then[stage] = lead.first(*counted)
        course.tried[stage] = replay.first(moves, counted)
    seen.courses.append(course)
    seen.silent += not lead.told
    seen.kinds.update({str(each.kind) for each in lead.told if each.kind in suggestions.TELLING})
    seen.given += [loads.Given(move.at, lead.id, lead.values) for move in moves if move.after == Stage.SQL]


def _horizon(courses: Sequence[_Course]) -> tuple[timedelta, str]:
    found = time_to_win(Course(each.known_at, None, each.won_at) for each in courses)
    if found is None:
        return HORIZON, "no deal was won, so that nobody knows how long one takes"
    return max(found, timedelta(days=1)), "the median time from a lead's first day to its deal"


def _rung(stage: Stage, courses: Sequence[_Course], until: datetime, horizon: timedelta) -> Rung:
    then = (Course(each.known_at, each.then[stage], each.won_at) for each in courses)
    tried = (Course(each.known_at, each.tried[stage], each.won_at) for each in courses)
    return Rung(
        stage,
        forecast(then, until, horizon),
        forecast(tried, until, horizon),
        difference((each.then[stage], each.tried[stage]) for each in courses),
    )


# -- what to try next --------------------------------------------------------------------------------


def _suggestion(
    session: Session,
    rules: InForce,
    known_from: datetime | None,
    until: datetime,
    horizon: timedelta,
    kinds: Counter[str],
) -> tuple[Suggestion | None, str]:
    scoring = rules.funnel.funnel.scoring
    asked = suggestions.features(scoring, kinds)
    early = list(_early(session, asked, known_from, until, horizon))
    wins = sum(lead.bought for lead in early)
    thresholds = [threshold for threshold in rules.funnel.thresholds if threshold > 0]
    if not wins:
        return None, "nobody has bought after their first weeks"
    if not asked:
        return None, "nothing that leads did could give points"
    if not thresholds:
        return None, "no rule asks for a score, so that points would move nobody"
    found = suggestions.suggest(asked, early, max(thresholds))
    if found is None:
        return None, (
            f"not enough: {wins} of {len(early):,} leads bought after their first"
            f" {suggestions.LANDMARK.days} days; at least {suggestions.FEWEST_WINS} are needed"
        )
    return found, suggestions.as_yaml(found, scoring, until)


def _early(
    session: Session,
    asked: Sequence[Points],
    known_from: datetime | None,
    until: datetime,
    horizon: timedelta,
) -> Iterator[Early]:
    for past in read(session, known_from, until):
        for lead in past:
            events = [
                Scored(each.kind, each.subject, each.detail, each.at)
                for each in lead.told
                if each.kind in suggestions.TELLING
            ]
            left_at = lead.first(Stage.OPPORTUNITY, Stage.CUSTOMER)
            if lead.stage in (Stage.OPPORTUNITY, Stage.CUSTOMER):
                continue
            found = suggestions.early(
                lead.id, lead.known_at, events, lead.won_at, left_at, asked, until, horizon
            )
            if found is not None:
                yield found


def first_event(session: Session) -> datetime | None:
    """Return when anything was first recorded; None where nothing was."""
    return session.scalar(select(func.min(models.Event.at)).where(models.Event.kind != Kind.IMPORTED))
