"""What many seeds say together: the low, the middle and the high of each figure."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from outreach.simulation.results import Run

QUANTILES = (0.1, 0.5, 0.9)
MOST_RUNS = 20
LEAD_DAYS = 4_000_000
"""Runs by default are as many as fit into this many leads times days, from 1 to `MOST_RUNS`."""


@dataclass(frozen=True)
class Band:
    """One figure over all runs: a tenth of the runs is lower than `p10`, half than `p50`, a tenth higher than `p90`."""

    p10: float
    p50: float
    p90: float


@dataclass(frozen=True)
class DateBand:
    """A day over all runs; none where it is not reached in the time that is simulated."""

    p10: date | None
    p50: date | None
    p90: date | None


@dataclass(frozen=True)
class Bands:
    """The figures that vary from seed to seed."""

    runs: int
    last_mail_on: DateBand
    done_on: Mapping[str, DateBand]
    mails: Band
    mqls: Band
    handoffs: Band
    won: Band
    mqls_by_week: Mapping[date, Band]
    handoffs_by_week: Mapping[date, Band]


def usual_runs(leads: int, days: int) -> int:
    """Return how many seeds are played where nobody says: fewer for many leads over many days, whatever the machine."""
    return max(1, min(MOST_RUNS, LEAD_DAYS // max(1, leads * days)))


def bands(runs: Sequence[Run]) -> Bands:
    """Return the bands of these runs, in whatever order they are."""

    def of(figure: Callable[[Run], float]) -> Band:
        return Band(*(_quantile([figure(run) for run in runs], at) for at in QUANTILES))

    return Bands(
        runs=len(runs),
        last_mail_on=_dates([run.last_mail_on for run in runs]),
        done_on={share: _dates([run.done_on[share] for run in runs]) for share in runs[0].done_on},
        mails=of(lambda run: run.mails),
        mqls=of(lambda run: sum(run.mqls.values())),
        handoffs=of(lambda run: sum(sum(reps.values()) for reps in run.handoffs.values())),
        won=of(lambda run: sum(rep.won for rep in run.reps)),
        mqls_by_week={
            week: of(lambda run, week=week: run.mqls.get(week, 0))  # type: ignore[misc]
            for week in _weeks(runs)
        },
        handoffs_by_week={
            week: of(lambda run, week=week: sum(run.handoffs.get(week, {}).values()))  # type: ignore[misc]
            for week in _weeks(runs)
        },
    )


def _weeks(runs: Iterable[Run]) -> list[date]:
    """Return the Mondays of the weeks that are simulated."""
    days = sorted({day.toordinal() for run in runs for day in run.limits})
    return [date.fromordinal(week) for week in sorted({day - (day - 1) % 7 for day in days})]


def _quantile(values: Sequence[float], at: float) -> float:
    """Return the value below which the share `at` of the values lies, between two of them where need be."""
    found = sorted(values)
    place = (len(found) - 1) * at
    low = math.floor(place)
    high = min(low + 1, len(found) - 1)
    return round(found[low] + (found[high] - found[low]) * (place - low), 2)


def _dates(days: Sequence[date | None]) -> DateBand:
    found = sorted(day.toordinal() if day else math.inf for day in days)
    ends = [found[math.ceil((len(found) - 1) * at)] for at in QUANTILES]
    return DateBand(*(None if math.isinf(end) else date.fromordinal(int(end)) for end in ends))
