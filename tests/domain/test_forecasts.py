"""Promotions judged by what came of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.forecasts import Course, difference, forecast, time_to_win
from outreach.domain.proportions import Proportion

START = datetime(2026, 1, 5, tzinfo=UTC)
UNTIL = START + timedelta(days=365)
HORIZON = timedelta(days=90)


def day(number: float | None) -> datetime | None:
    return None if number is None else START + timedelta(days=number)


def course(promoted: float | None, won: float | None, known: float = 0) -> Course:
    return Course(START + timedelta(days=known), day(promoted), day(won))


@pytest.mark.parametrize(
    ("courses", "precision", "recall", "buyers", "lift"),
    [
        # Two of four bought; of the two promoted one did.
        ([course(5, 60), course(5, None), course(None, 80), course(None, None)], (1, 2), (1, 2), (2, 4), 1.0),
        # Who is promoted on the day of the deal, or after it, was not foretold.
        ([course(60, 60), course(70, 60), course(59, 60)], (1, 1), (1, 3), (3, 3), 1.0),
        # Who came lately may yet buy, and says nothing.
        ([course(300, None, known=290), course(5, 60), course(None, None)], (1, 1), (1, 1), (1, 2), 2.0),
        ([], (0, 0), (0, 0), (0, 0), None),
        ([course(None, None)], (0, 0), (0, 0), (0, 1), None),
    ],
)
def test_a_forecast_is_judged_by_those_who_had_time_to_buy(
    courses: list[Course],
    precision: tuple[int, int],
    recall: tuple[int, int],
    buyers: tuple[int, int],
    lift: float | None,
) -> None:
    found = forecast(courses, UNTIL, HORIZON)
    assert (found.precision, found.recall, found.buyers) == (
        Proportion(*precision), Proportion(*recall), Proportion(*buyers),
    )  # fmt: skip
    assert found.lift == lift


def test_the_time_to_win_is_the_median_of_those_who_bought() -> None:
    assert time_to_win([course(1, 10), course(1, 30), course(None, 50), course(1, None)]) == timedelta(
        days=30
    )
    assert time_to_win([course(1, None)]) is None


def test_two_sets_of_rules_differ_in_whom_and_when() -> None:
    pairs = [(1, 1), (1, 3), (9, 5), (None, 4), (4, None), (None, None), (2, 9)]
    found = difference((day(old), day(new)) for old, new in pairs)
    assert (found.before, found.after, found.gained, found.dropped) == (5, 5, 1, 1)
    assert (found.earlier, found.later, found.shift) == (1, 2, timedelta(days=2))


days = st.none() | st.integers(0, 300)


@given(st.lists(st.tuples(days, days), max_size=30))
def test_the_way_back_is_the_same_difference_the_other_way_round(
    pairs: list[tuple[int | None, int | None]],
) -> None:
    there = difference((day(old), day(new)) for old, new in pairs)
    back = difference((day(new), day(old)) for old, new in pairs)
    assert (there.gained, there.dropped, there.earlier, there.later) == (
        back.dropped, back.gained, back.later, back.earlier,
    )  # fmt: skip
    assert there.after - there.before == there.gained - there.dropped
