"""Judges promotions by what came of them: who bought, who was promoted before, and how two sets of rules differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from outreach.domain.proportions import Proportion


@dataclass(frozen=True, slots=True)
class Course:
    """One lead: since when it is known, when it was first promoted to the stage asked for, and when it bought."""

    known_at: datetime
    promoted_at: datetime | None
    won_at: datetime | None

    @property
    def was_foretold(self) -> bool:
        """Whether it was promoted, and not only when the deal was done already."""
        return self.promoted_at is not None and (self.won_at is None or self.promoted_at < self.won_at)


@dataclass(frozen=True)
class Forecast:
    """How well promotions foretell deals, over the leads that have been known for long enough."""

    buyers: Proportion  # of all leads: the base rate
    precision: Proportion  # of those promoted, who bought
    recall: Proportion  # of those who bought, who was promoted before

    @property
    def lift(self) -> float | None:
        """How much more often the promoted buy than all do; None where nobody was promoted or bought."""
        return self.precision.rate / self.buyers.rate if self.precision.rate and self.buyers.rate else None


def forecast(courses: Iterable[Course], until: datetime, horizon: timedelta) -> Forecast:
    """Return the forecast over the leads known since `horizon` before `until`; who is younger may yet buy."""
    old = [course for course in courses if course.known_at <= until - horizon]
    bought = sum(course.won_at is not None for course in old)
    promoted = sum(course.was_foretold for course in old)
    both = sum(course.was_foretold and course.won_at is not None for course in old)
    return Forecast(Proportion(bought, len(old)), Proportion(both, promoted), Proportion(both, bought))


def time_to_win(courses: Iterable[Course]) -> timedelta | None:
    """Return the median time from the first day of a lead to its deal; None where no deal was won."""
    times = [course.won_at - course.known_at for course in courses if course.won_at is not None]
    return _median(times)


def _median(times: Sequence[timedelta]) -> timedelta | None:
    return timedelta(seconds=median(time.total_seconds() for time in times)) if times else None


@dataclass(frozen=True)
class Difference:
    """How the promotions of two sets of rules differ. `shift` is the median of the days by which the new ones
    come later (earlier below zero), over the leads that both promote at another time."""

    before: int
    after: int
    gained: int
    dropped: int
    earlier: int
    later: int
    shift: timedelta | None


SAME = timedelta(minutes=1)
"""Less than this apart is the same time."""


def difference(pairs: Iterable[tuple[datetime | None, datetime | None]]) -> Difference:
    """Return how the first promotions differ; each pair is a lead's under the old and under the new rules."""
    before = after = gained = dropped = 0
    shifts: list[timedelta] = []
    for old, new in pairs:
        before += old is not None
        after += new is not None
        if old is None or new is None:
            gained += new is not None
            dropped += old is not None
        elif abs(new - old) >= SAME:
            shifts.append(new - old)
    earlier = sum(shift < timedelta() for shift in shifts)
    return Difference(before, after, gained, dropped, earlier, len(shifts) - earlier, _median(shifts))
