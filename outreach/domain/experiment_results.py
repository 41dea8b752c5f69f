"""Results of an experiment: from who was in which arm and what came of it to arms, comparisons and a forecast."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from outreach.domain import sequential, thompson
from outreach.domain.experiments import Design
from outreach.domain.sequential import Bets, Interval, Rates

PACE = timedelta(weeks=4)
"""The pace of the last so long is taken for what comes."""
SURELY_WRONG = math.log(1_000)
"""How much evidence it takes to say that arms did not get their shares."""


@dataclass(frozen=True)
class Unit:
    """One lead in one arm from a time on, with its chance of having come into each arm."""

    lead_id: int
    arm: int
    began_at: datetime
    shares: tuple[float, ...]
    stratum: str
    converted: bool


@dataclass(frozen=True)
class Arm:
    """What came of one arm: only leads whose time is over are counted; `interval` holds however often one looks."""

    number: int  # from 1
    name: str
    share: float  # which share of new leads it gets now
    leads: int
    conversions: int
    interval: Interval
    waiting: int  # whose time is not over

    @property
    def rate(self) -> float | None:
        return self.conversions / self.leads if self.leads else None


@dataclass(frozen=True)
class Comparison:
    """An arm against the first one. `evidence` is how many times somebody who bet on a difference multiplied the stake."""

    number: int
    difference: float
    interval: Interval
    evidence: float
    enough: float  # from this evidence on it is sure
    sure_on: date | None  # the first day with so much

    @property
    def is_sure(self) -> bool:
        return self.sure_on is not None


@dataclass(frozen=True)
class Forecast:
    """How many leads find the smallest effect that matters four times in five, and when they will have come."""

    planned: int  # in all arms
    more: int
    a_week: float  # the pace
    weeks: float | None  # None where at this pace they never come


@dataclass(frozen=True)
class Day:
    """How the arms stood at the end of a day (UTC): leads, conversions and the interval of each."""

    day: date
    arms: tuple[tuple[int, int, Interval], ...]


@dataclass(frozen=True)
class Results:
    """Everything an experiment tells so far."""

    design: Design
    since: datetime | None  # when its first lead began
    arms: tuple[Arm, ...]
    comparisons: tuple[Comparison, ...]
    forecast: Forecast
    last_ripe_at: datetime | None  # when the time of the last waiting lead is over
    shares_are_off: bool  # arms got other shares than they should: something loses leads of one
    days: tuple[Day, ...]


def results(
    design: Design, units: Sequence[Unit], shares: Sequence[float], now: datetime, days: int = 60
) -> Results:
    """Return what these units tell at `now`; `shares` are those that new leads get, `days` how many the history holds."""
    within = design.within.about()
    ripe = sorted((unit for unit in units if unit.began_at + within <= now), key=_order)
    waiting = [unit for unit in units if unit.began_at + within > now]
    counts = [_counts(design, number, ripe) for number in range(len(design.arms))]
    each = design.alpha / (len(design.arms) - 1)
    arms = tuple(
        Arm(
            number + 1, name, shares[number], leads, came,
            sequential.rate_interval(came, leads, design.alpha), sum(unit.arm == number for unit in waiting),
        )
        for number, (name, (came, leads)) in enumerate(zip(design.arms, counts, strict=True))
    )  # fmt: skip
    return Results(
        design,
        min((unit.began_at for unit in units), default=None),
        arms,
        tuple(_comparison(design, number, ripe, within, each) for number in range(1, len(arms))),
        _forecast(design, units, arms, each, now),
        max((unit.began_at + within for unit in waiting), default=None),
        _are_shares_off(design, units),
        _history(design, ripe, within, days),
    )


def _order(unit: Unit) -> tuple[datetime, int]:
    return unit.began_at, unit.lead_id


def _counts(design: Design, number: int, ripe: Sequence[Unit]) -> tuple[int, int]:
    own = [unit.converted for unit in ripe if unit.arm == number]
    return sum(own), len(own)


def least_share(design: Design) -> float:
    """Return the smallest chance that a lead of two arms ever has of being in either of them."""
    if design.method == "thompson":
        least = thompson.least_share(len(design.arms))
        return least / (1 - least * (len(design.arms) - 2))
    return min(min(share, design.shares[0]) / (share + design.shares[0]) for share in design.shares[1:])


def _comparison(
    design: Design, number: int, ripe: Sequence[Unit], within: timedelta, alpha: float
) -> Comparison:
    """Bet on one arm against the first, lead by lead in the order in which their time was over."""
    bets, rates = Bets(design.minimum_effect, least_share(design)), Rates()
    sure_on = None
    for at, unit in enumerate(ripe):
        if unit.arm in (0, number):
            share = unit.shares[number] / (unit.shares[0] + unit.shares[number])
            expected = rates.of(unit.stratum)
            bets.add(unit.converted, unit.arm == number, share, expected, rates.overall)
            rates.learn(unit.stratum, unit.converted)
        day = (unit.began_at + within).date()
        ends_day = at + 1 == len(ripe) or (ripe[at + 1].began_at + within).date() != day
        if sure_on is None and ends_day and bets.evidence >= -math.log(alpha):
            sure_on = day
    return Comparison(
        number + 1,
        bets.difference,
        bets.interval(alpha),
        math.exp(min(bets.evidence, 700.0)),
        1 / alpha,
        sure_on,
    )


def _are_shares_off(design: Design, units: Sequence[Unit]) -> bool:
    if design.method == "thompson" or not units:
        return False
    counts = [sum(unit.arm == number for unit in units) for number in range(len(design.arms))]
    return sequential.misfit(counts, design.shares) >= SURELY_WRONG


def _forecast(
    design: Design, units: Sequence[Unit], arms: Sequence[Arm], alpha: float, now: datetime
) -> Forecast:
    came = arms[0].conversions + sequential.FIRST_RATE * sequential.FIRST_LEADS
    rate = came / (arms[0].leads + sequential.FIRST_LEADS)
    of_two = design.shares[1] / (design.shares[0] + design.shares[1])
    in_two = sequential.needed(rate, design.minimum_effect, of_two, alpha)
    planned = math.ceil(in_two / (design.shares[0] + design.shares[1]))
    recent = [unit.began_at for unit in units if unit.began_at > now - PACE]
    first = min((unit.began_at for unit in units), default=now)
    length = min(max(now - first, timedelta(weeks=1)), PACE)
    pace = len(recent) / (length / timedelta(weeks=1))
    more = max(planned - len(units), 0)
    return Forecast(planned, more, pace, more / pace if pace else (None if more else 0.0))


def _history(design: Design, ripe: Sequence[Unit], within: timedelta, days: int) -> tuple[Day, ...]:
    counts = [[0, 0] for _ in design.arms]
    by_day: dict[date, tuple[tuple[int, int], ...]] = {}
    for unit in ripe:
        counts[unit.arm][0] += 1
        counts[unit.arm][1] += unit.converted
        by_day[(unit.began_at + within).date()] = tuple((leads, came) for leads, came in counts)
    kept = sorted(by_day)
    step = max(1, math.ceil(len(kept) / days))
    return tuple(
        Day(day, tuple(
            (leads, came, sequential.rate_interval(came, leads, design.alpha)) for leads, came in by_day[day]
        ))
        for day in kept[::-1][::step][::-1]
    )  # fmt: skip
