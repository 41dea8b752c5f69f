"""What a lead's score is made of: points per event that fade by half-life, and points for what the lead is."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from outreach.domain import conditions
from outreach.domain.expressions import Expression, fold, holds
from outreach.domain.facts import Facts
from outreach.domain.policies import Fit, Points, Scoring
from outreach.domain.words import Kind

DIGITS = 2
"""Scores are kept and compared with this many decimals."""

MINUTE = timedelta(minutes=1)
MICROSECOND = timedelta(microseconds=1)
_MICROSECONDS = MINUTE // MICROSECOND
MINUTES_AHEAD = 10 * 365 * 24 * 60
"""How far ahead a score is watched; what fades slower than this does not fade."""


@dataclass(frozen=True)
class Scored:
    """An event that may earn points: something that a person surely did."""

    kind: str
    subject: str
    detail: str
    at: datetime


@dataclass(frozen=True)
class Contribution:
    """A part of a score: what it is worth now, what it was worth at first, and why. `at` is None for fit."""

    points_now: float
    points: float
    because: str
    at: datetime | None


@dataclass(frozen=True)
class Score:
    """A score and its parts, which add up to it; events in the order of the rules, then fit."""

    total: float
    contributions: tuple[Contribution, ...]

    @property
    def fit_points(self) -> float:
        """The part that does not fade."""
        return math.fsum(part.points_now for part in self.contributions if part.at is None)


def score(
    scoring: Scoring,
    fit: Sequence[tuple[Expression, Fit]],
    events: Sequence[Scored],
    facts: Facts,
    now: datetime,
) -> Score:
    """Return the score at `now` with every part of it.

    All rules that match an event add up, a general one and one with a subject or link alike. Each event's points
    fade by the half-life of the rule; what a rule gives in all is at most its `at_most`, in size, and its events
    share that. Events after `now` count nothing.
    """
    parts = [
        part
        for rule, matching in _matching(scoring, events, now)
        for part in _faded(rule, matching, scoring, now)
    ]
    parts += [
        Contribution(each.points, each.points, _fits(each), None) for rule, each in fit if holds(rule, facts)
    ]
    return Score(math.fsum(part.points_now for part in parts), tuple(parts))


def earned(scoring: Scoring, events: Sequence[Scored], now: datetime) -> list[float]:
    """Return what the events are worth at `now`, each part of `score` that is not for fit."""
    return [
        points
        for rule, matching in _matching(scoring, events, now)
        for points in _points(rule, matching, scoring, now)
    ]


def fitting(fit: Sequence[tuple[Expression, Fit]], facts: Facts) -> list[float]:
    """Return the parts of `score` that are for fit."""
    return [each.points for rule, each in fit if conditions.is_true(rule, facts)]


def kept(total: float) -> float:
    """Return the score as it is stored and as conditions see it."""
    return round(total, DIGITS)


def _matching(
    scoring: Scoring, events: Iterable[Scored], now: datetime
) -> Iterator[tuple[Points, list[Scored]]]:
    by_kind: dict[str, list[Scored]] = {}
    for event in events:
        if event.at <= now:
            by_kind.setdefault(event.kind, []).append(event)
    if not by_kind:
        return
    for rule in scoring.points:
        matching = [event for event in by_kind.get(rule.event, ()) if matches(rule, event)]
        if matching:
            yield rule, matching


def matches(rule: Points, event: Scored) -> bool:
    """Answer whether the rule gives points for the event: by kind, subject and link."""
    if rule.event != event.kind:
        return False
    if rule.subject is not None and rule.subject != event.subject:
        return False
    return rule.link is None or fold(rule.link) in fold(_address(event))


def _address(event: Scored) -> str:
    return event.subject if event.kind == Kind.VISITED else event.detail


def _faded(rule: Points, events: Sequence[Scored], scoring: Scoring, now: datetime) -> Iterator[Contribution]:
    for event, points in zip(events, _points(rule, events, scoring, now), strict=True):
        yield Contribution(points, rule.points, _did(event), event.at)


def _points(rule: Points, events: Sequence[Scored], scoring: Scoring, now: datetime) -> list[float]:
    half_life = _half_life(rule, scoring)
    points = [rule.points * _left(now - event.at, half_life) for event in events]
    total = math.fsum(points)
    share = _capped(rule, total) / total if total else 1.0
    return [each * share for each in points]


def _half_life(rule: Points, scoring: Scoring) -> timedelta:
    return (rule.half_life or scoring.half_life).about()


def _left(age: timedelta, half_life: timedelta) -> float:
    """Return the part that is left at that age; of a half-life of zero nothing is, but at the instant itself."""
    return 0.5 ** (age / half_life) if half_life else float(not age)


def _capped(rule: Points, total: float) -> float:
    return total if rule.at_most is None else math.copysign(min(abs(total), abs(rule.at_most)), total)


def _did(event: Scored) -> str:
    return " ".join(filter(None, (event.kind, event.subject, event.detail)))


def _fits(fit: Fit) -> str:
    return fit.because or fit.if_


# -- when time alone changes it --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Fading:
    """What one rule gives: `points` now, halved in each `half_life` microseconds, in size at most `most`.

    The events of a rule fade alike, so their sum does as one: nothing below depends on how many there are.
    """

    points: float
    half_life: int
    most: float

    def after(self, minutes: int) -> float:
        # Whole numbers divide as their time spans do, to the last bit, and in a fifth of the time.
        left = 0.5 ** (minutes * _MICROSECONDS / self.half_life) if self.half_life else float(not minutes)
        points = self.points * left
        return points if abs(points) <= self.most else math.copysign(self.most, points)


def falls_below(
    scoring: Scoring, fit_points: float, events: Sequence[Scored], threshold: float, now: datetime
) -> datetime | None:
    """Return the first minute from `now` on at which the score, as it is kept, is under `threshold`.

    None when it never is within ten years, or is so already.
    """
    fading = _fadings(scoring, events, now)
    if _at(fading, fit_points, 0) < threshold:
        return None
    return _first(now, lambda low, high: low < threshold, fading, fit_points)


def next_crossing(
    scoring: Scoring, fit_points: float, events: Sequence[Scored], thresholds: Iterable[float], now: datetime
) -> datetime | None:
    """Return the first minute after `now` at which the score is on the other side of any threshold, None if never.

    It can rise by itself too: points that were taken away fade like others.
    """
    fading = _fadings(scoring, events, now)
    found = (_crossing(fading, fit_points, threshold, now) for threshold in thresholds)
    return min(filter(None, found), default=None) if fading else None


def _crossing(
    fading: Sequence[_Fading], fit_points: float, threshold: float, now: datetime
) -> datetime | None:
    if _at(fading, fit_points, 0) < threshold:
        return _first(now, lambda low, high: high >= threshold, fading, fit_points)
    return _first(now, lambda low, high: low < threshold, fading, fit_points)


def _fadings(scoring: Scoring, events: Sequence[Scored], now: datetime) -> tuple[_Fading, ...]:
    found = []
    for rule, matching in _matching(scoring, events, now):
        half_life = _half_life(rule, scoring)
        points = math.fsum(rule.points * _left(now - event.at, half_life) for event in matching)
        most = math.inf if rule.at_most is None else abs(rule.at_most)
        found.append(_Fading(points, half_life // MICROSECOND, most))
    return tuple(found)


def _at(fading: Sequence[_Fading], fit_points: float, minutes: int) -> float:
    """Return the score after so many minutes, as it is kept."""
    return kept(math.fsum([each.after(minutes) for each in fading]) + fit_points)


def _first(
    now: datetime,
    may_hold: Callable[[float, float], bool],
    fading: Sequence[_Fading],
    fit_points: float,
) -> datetime | None:
    """Return the first minute for whose score `may_hold(score, score)` is true.

    By halving, leaving out each span whose lowest and highest possible score can not hold: with points given and
    taken the score may fall and rise again, so that looking at the two ends of a span is not enough.
    """
    if len({each.points > 0 for each in fading}) == 1:
        return _first_of_one_way(now, may_hold, fading, fit_points)
    spans = [(1, MINUTES_AHEAD)]
    while spans:
        first, last = spans.pop()
        if not may_hold(*_bounds(fading, fit_points, first, last)):
            continue
        if first == last:
            return _later(now, first)
        middle = (first + last) // 2
        spans += [(middle + 1, last), (first, middle)]
    return None


def _first_of_one_way(
    now: datetime,
    may_hold: Callable[[float, float], bool],
    fading: Sequence[_Fading],
    fit_points: float,
) -> datetime | None:
    """Return what `_first` does where points are only given or only taken: one look for each halving is enough."""

    def has_come(minutes: int) -> bool:
        score = _at(fading, fit_points, minutes)
        return may_hold(score, score)

    if not has_come(MINUTES_AHEAD):
        return None
    minutes = 1 + bisect_left(range(1, MINUTES_AHEAD + 1), True, key=has_come)
    return _later(now, minutes)


def _later(now: datetime, minutes: int) -> datetime | None:
    try:
        return now.astimezone(UTC) + minutes * MINUTE
    except OverflowError:
        return None


def _bounds(fading: Sequence[_Fading], fit_points: float, first: int, last: int) -> tuple[float, float]:
    """Return scores between which it stays from the first minute to the last, as they are kept."""
    at_first = [each.after(first) for each in fading]
    at_last = at_first if first == last else [each.after(last) for each in fading]
    pairs = list(zip(at_first, at_last, strict=True))
    low = math.fsum(min(pair) for pair in pairs) + fit_points
    high = math.fsum(max(pair) for pair in pairs) + fit_points
    return kept(low), kept(high)
