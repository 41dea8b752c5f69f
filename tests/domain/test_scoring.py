"""Scoring: points that fade, caps, fit, and when a score crosses a threshold by itself."""

from __future__ import annotations

import math
import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.durations import Duration
from outreach.domain.expressions import Expression, Schema, Type, parse
from outreach.domain.facts import Facts
from outreach.domain.policies import Fit, Points, Scoring
from outreach.domain.scoring import Score, Scored, falls_below, kept, next_crossing, score
from outreach.domain.words import Kind

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NOBODY = Facts({})


def days_ago(days: float, kind: str = "clicked", subject: str = "", detail: str = "") -> Scored:
    return Scored(kind, subject, detail, NOW - timedelta(days=days))


def scoring(*points: Points, half_life: str = "30 days") -> Scoring:
    return Scoring(half_life=Duration.parse(half_life), points=points)


def total(rules: Scoring, *events: Scored, now: datetime = NOW) -> float:
    return kept(score(rules, [], events, NOBODY, now).total)


CLICK = Points(event=Kind.CLICKED, points=8)


@pytest.mark.parametrize(
    ("days", "left"), [(0, 8.0), (30, 4.0), (60, 2.0), (15, 5.66), (3650, 0.0), (40000, 0.0), (-1, 0.0)]
)
def test_points_fade_by_half_life_and_the_future_counts_nothing(days: float, left: float) -> None:
    assert total(scoring(CLICK), days_ago(days)) == left


def test_a_rule_may_have_a_half_life_of_its_own() -> None:
    quick = Points(event=Kind.CLICKED, points=8, half_life=Duration(1, "day"))
    assert total(scoring(quick), days_ago(1)) == 4.0


def test_with_a_half_life_of_nothing_points_last_for_an_instant() -> None:
    rules = scoring(CLICK, half_life="0 days")
    assert (total(rules, days_ago(0)), total(rules, days_ago(0.01))) == (8.0, 0.0)
    assert falls_below(rules, 0, [days_ago(0)], 5, NOW) == NOW + MINUTE


@pytest.mark.parametrize(
    ("rule", "event", "matches"),
    [
        (Points(event=Kind.CLICKED, points=1), days_ago(0), True),
        (Points(event=Kind.CLICKED, points=1), days_ago(0, "opened"), False),
        (Points(event=Kind.CLICKED, points=1, subject="a/b"), days_ago(0, subject="a/b"), True),
        (Points(event=Kind.CLICKED, points=1, subject="a/b"), days_ago(0, subject="a/bc"), False),
        (
            Points(event=Kind.CLICKED, points=1, link="/Pricing"),
            days_ago(0, detail="https://x.test/pricing?a"),
            True,
        ),
        (Points(event=Kind.CLICKED, points=1, link="pricing"), days_ago(0, subject="pricing"), False),
        (Points(event=Kind.VISITED, points=1, link="pricing"), days_ago(0, "visited", "/pricing"), True),
        (
            Points(event=Kind.VISITED, points=1, link="pricing"),
            days_ago(0, "visited", "/blog", "pricing"),
            False,
        ),
    ],
)
def test_a_rule_counts_what_it_names(rule: Points, event: Scored, matches: bool) -> None:
    assert total(scoring(rule), event) == (1.0 if matches else 0.0)


def test_all_matching_rules_add_up() -> None:
    rules = scoring(CLICK, Points(event=Kind.CLICKED, points=5, subject="a/b"))
    found = score(rules, [], [days_ago(0, subject="a/b", detail="https://x.test")], NOBODY, NOW)
    assert [(part.points, part.because) for part in found.contributions] == [
        (8, "clicked a/b https://x.test"),
        (5, "clicked a/b https://x.test"),
    ]
    assert found.total == 13


@pytest.mark.parametrize(("points", "at_most"), [(8, 20), (-8, 20), (-8, -20)])
def test_a_rule_gives_at_most_its_cap_after_fading_and_its_events_share_it(
    points: float, at_most: float
) -> None:
    capped = scoring(Points(event=Kind.CLICKED, points=points, at_most=at_most))
    found = score(capped, [], [days_ago(0), days_ago(0), days_ago(0), days_ago(30)], NOBODY, NOW)
    assert found.total == pytest.approx(math.copysign(20, points))
    shares = [part.points_now for part in found.contributions]
    assert shares == pytest.approx(
        [math.copysign(share, points) for share in (40 / 7, 40 / 7, 40 / 7, 20 / 7)]
    )
    assert total(capped, *[days_ago(60)] * 8) == math.copysign(16, points)


def fit(source: str, points: float, because: str = "") -> tuple[Expression, Fit]:
    known = Schema({"lead.country": Type.TEXT})
    return parse(source, known), Fit.model_validate({"if": source, "points": points, "because": because})


def test_fit_counts_while_it_is_true_and_does_not_fade() -> None:
    rules = [fit('lead.country == "DE"', 10, "our market"), fit('lead.country != "DE"', -5)]
    german = score(scoring(CLICK), rules, [days_ago(0)], Facts({"lead.country": "DE"}), NOW)
    assert (german.total, german.fit_points) == (18, 10)
    assert (german.contributions[-1].because, german.contributions[-1].at) == ("our market", None)
    elsewhere = score(scoring(CLICK), rules, [], Facts({"lead.country": "FR"}), NOW)
    assert [part.because for part in elsewhere.contributions] == ['lead.country != "DE"']


# -- crossing a threshold --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("threshold", "days"),
    [(4.0, 30), (2.0, 60), (8.0, 0), (8.01, None), (0.0, None), (-1.0, None)],
)
def test_a_fading_score_falls_below_a_threshold_to_the_minute(threshold: float, days: int | None) -> None:
    found = falls_below(scoring(CLICK), 0, [days_ago(0)], threshold, NOW)
    if days is None:
        assert found is None
    else:
        # Kept with two digits it is still the threshold for half a hundredth more: up to 2 hours here.
        assert found is not None and timedelta() < found - NOW - timedelta(days=days) < timedelta(hours=4)


def test_points_for_fit_keep_a_score_up_for_ever() -> None:
    assert falls_below(scoring(CLICK), 5, [days_ago(0)], 5, NOW) is None
    assert falls_below(scoring(CLICK), 5, [days_ago(0)], 5.01, NOW) is not None


def test_a_cap_holds_a_score_until_what_is_above_it_has_faded() -> None:
    capped = scoring(Points(event=Kind.CLICKED, points=8, at_most=8))
    found = falls_below(capped, 0, [days_ago(0)] * 4, 7.99, NOW)
    assert found is not None and timedelta(days=60) < found - NOW < timedelta(days=61)


def test_points_taken_away_fade_too_so_that_a_score_rises_by_itself() -> None:
    rules = scoring(Points(event=Kind.BOUNCED, points=-8))
    found = next_crossing(rules, 10, [days_ago(0, "bounced")], [6.0], NOW)
    assert found is not None and timedelta(hours=-4) < found - NOW - timedelta(days=30) <= timedelta()


def test_a_dip_between_two_high_ends_is_seen() -> None:
    # Ten quick points and eight slow ones taken away: 10, then under 3, then slowly up to 8 again.
    rules = scoring(
        Points(event=Kind.CLICKED, points=10, half_life=Duration(1, "day")),
        Points(event=Kind.BOUNCED, points=-8, half_life=Duration(30, "day")),
    )
    events = [days_ago(0), days_ago(0, "bounced")]
    dip = falls_below(rules, 8, events, 3, NOW)
    assert dip is not None and dip - NOW < timedelta(days=3)
    assert total_at(rules, 8, events, dip) < 3 <= total_at(rules, 8, events, dip - MINUTE)
    back = next_crossing(rules, 8, events, [3], dip)
    assert back is not None and total_at(rules, 8, events, back) >= 3 > total_at(
        rules, 8, events, back - MINUTE
    )


def test_without_events_nothing_crosses() -> None:
    assert next_crossing(scoring(CLICK), 50, [], [40, 50, 60], NOW) is None


def test_the_end_of_the_calendar_is_no_date() -> None:
    last = datetime.max.replace(tzinfo=UTC) - timedelta(days=1)
    assert falls_below(scoring(CLICK), 0, [Scored("clicked", "", "", last)], 1, last) is None


def total_at(rules: Scoring, fit_points: float, events: list[Scored], now: datetime) -> float:
    return kept(score(rules, [], events, NOBODY, now).total + fit_points)


EVENTS = st.lists(
    st.builds(
        Scored,
        kind=st.sampled_from(["clicked", "opened", "bounced"]),
        subject=st.sampled_from(["", "a"]),
        detail=st.sampled_from(["", "https://x.test/pricing"]),
        at=st.integers(0, 200 * 1440).map(lambda minutes: NOW - minutes * MINUTE),
    ),
    max_size=12,
)
POINTS = st.builds(
    Points,
    event=st.sampled_from([Kind.CLICKED, Kind.OPENED, Kind.BOUNCED]),
    subject=st.sampled_from([None, "a"]),
    link=st.sampled_from([None, "pricing"]),
    points=st.integers(-20, 20).map(float),
    half_life=st.one_of(st.none(), st.integers(0, 90).map(lambda days: Duration(days, "day"))),
    at_most=st.one_of(st.none(), st.integers(1, 60).map(float)),
)
RULES = st.lists(POINTS, max_size=5).map(lambda points: scoring(*points))


@given(RULES, EVENTS)
def test_the_parts_add_up_and_each_is_no_more_than_at_first(rules: Scoring, events: list[Scored]) -> None:
    found = score(rules, [], events, NOBODY, NOW)
    assert found.total == pytest.approx(sum(part.points_now for part in found.contributions))
    for part in found.contributions:
        assert abs(part.points_now) <= abs(part.points) + 1e-9 and part.points_now * part.points >= 0


@given(RULES, EVENTS)
def test_the_order_of_the_events_means_nothing(rules: Scoring, events: list[Scored]) -> None:
    assert score(rules, [], events, NOBODY, NOW).total == score(rules, [], events[::-1], NOBODY, NOW).total


@given(RULES, EVENTS, st.integers(-20, 60), st.integers(-10, 10))
def test_at_the_minute_found_the_score_has_crossed_and_never_before(
    rules: Scoring, events: list[Scored], threshold: int, fit_points: int
) -> None:
    below_now = total_at(rules, fit_points, events, NOW) < threshold
    found = next_crossing(rules, fit_points, events, [threshold], NOW)
    end = (found or NOW + timedelta(days=300)) - MINUTE
    tried = [NOW + (end - NOW) * number / 40 for number in range(41)]
    assert all((total_at(rules, fit_points, events, at) < threshold) is below_now for at in tried)
    if found is not None:
        assert (total_at(rules, fit_points, events, found) < threshold) is not below_now
        assert (found - NOW) % MINUTE == timedelta()
    assert falls_below(rules, fit_points, events, threshold, NOW) == (None if below_now else found)


@given(RULES, EVENTS, st.lists(st.integers(-20, 60), min_size=2, max_size=4))
def test_of_several_thresholds_the_first_crossing_counts(
    rules: Scoring, events: list[Scored], thresholds: list[int]
) -> None:
    each = [next_crossing(rules, 0, events, [threshold], NOW) for threshold in thresholds]
    assert next_crossing(rules, 0, events, thresholds, NOW) == min((at for at in each if at), default=None)


def test_a_thousand_events_are_scored_and_looked_ahead_in_no_time() -> None:
    rules = scoring(*[CLICK] * 5, Points(event=Kind.BOUNCED, points=-3))
    events = [days_ago(number / 10, "bounced" if number % 9 == 0 else "clicked") for number in range(1000)]
    started = time.process_time()
    found: Score = score(rules, [], events, NOBODY, NOW)
    next_crossing(rules, 0, events, [1, 10, 100, found.total - 1], NOW)
    assert time.process_time() - started < 0.5
