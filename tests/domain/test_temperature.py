"""Temperature: hot, warm and cold from the stated time of purchase, and what counts as one."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.durations import Duration
from outreach.domain.policies import TemperatureRule
from outreach.domain.temperature import stated, temperature
from outreach.domain.words import Temperature

NOW = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)  # a Monday
DAY = timedelta(days=1)
RULE = TemperatureRule(hot=Duration(14, "day"), warm=Duration(60, "day"))
COLD, WARM, HOT = Temperature.COLD, Temperature.WARM, Temperature.HOT


@pytest.mark.parametrize(
    ("ahead", "word", "change"),
    [
        (200, COLD, 140),
        (61, COLD, 1),
        (60, WARM, 46),
        (15, WARM, 1),
        (14, HOT, 28),
        (0, HOT, 14),
        (-13, HOT, 1),
        (-14, COLD, None),
        (-400, COLD, None),
    ],
)
def test_a_lead_warms_up_as_the_date_comes_near_and_a_stale_date_says_nothing(
    ahead: int, word: Temperature, change: int | None
) -> None:
    assert temperature(RULE, NOW + ahead * DAY, NOW) == (word, None if change is None else NOW + change * DAY)


def test_without_a_date_a_lead_is_cold_for_ever() -> None:
    assert temperature(RULE, None, NOW) == (COLD, None)


def test_a_date_at_the_end_of_the_calendar_is_far_away() -> None:
    last = datetime.max.replace(tzinfo=UTC)
    assert temperature(RULE, last, NOW) == (COLD, last - 60 * DAY)
    assert temperature(RULE, last, last) == (HOT, None)
    assert temperature(RULE, datetime.min.replace(tzinfo=UTC), NOW) == (COLD, None)


def test_warm_shorter_than_hot_leaves_no_warm_leads() -> None:
    narrow = TemperatureRule(hot=Duration(14, "day"), warm=Duration(7, "day"))
    assert temperature(narrow, NOW + 20 * DAY, NOW) == (COLD, NOW + 6 * DAY)


DURATIONS = st.integers(0, 100).map(lambda days: Duration(days, "day"))
RULES = st.builds(TemperatureRule, hot=DURATIONS, warm=DURATIONS)


@given(RULES, st.integers(-400 * 1440, 400 * 1440))
def test_the_change_comes_exactly_when_it_is_said(rule: TemperatureRule, minutes: int) -> None:
    purchase_at = NOW + timedelta(minutes=minutes)
    word, change_at = temperature(rule, purchase_at, NOW)
    if change_at is None:
        assert all(temperature(rule, purchase_at, NOW + days * DAY)[0] is word for days in range(600))
        return
    assert change_at > NOW
    assert temperature(rule, purchase_at, change_at)[0] is not word
    assert temperature(rule, purchase_at, change_at - timedelta(microseconds=1))[0] is word
    assert all(
        temperature(rule, purchase_at, NOW + (change_at - NOW) * part / 20)[0] is word for part in range(20)
    )


@given(RULES, st.integers(-400, 400))
def test_a_lead_settles_after_at_most_three_changes(rule: TemperatureRule, days: int) -> None:
    at: datetime | None = NOW
    for _ in range(4):
        assert at is not None
        word, at = temperature(rule, NOW + days * DAY, at)
        if at is None:
            break
    assert at is None and word is COLD


# -- what people state -----------------------------------------------------------------------------

STATED = {
    "now": "now", "ASAP": "now", "as soon as possible": "now", "immediately": "now", "right away": "now",
    "today": "now", "We need this asap!": "now", "within 0 days": "now",
    "tomorrow": "2026-03-03",
    "this week": "2026-03-08", "next week": "2026-03-09", "this month": "2026-03-31", "next month": "2026-04-01",
    "this quarter": "2026-03-31", "next quarter": "2026-04-01", "this year": "2026-12-31", "next year": "2027-01-01",
    "in 2 months": "2026-05-02", "In two months, please.": "2026-05-02", "in a month": "2026-04-02",
    "in a couple of weeks": "2026-03-16", "in half a year": "2026-09-02", "two months from now": "2026-05-02",
    "within 30 days": "2026-04-01", "within the next 2 weeks": "2026-03-16", "over the next 3 months": "2026-06-02",
    "less than 3 months": "2026-06-02", "1-3 months": "2026-06-02", "1 – 3 months": "2026-06-02",
    "within 2 to 3 months": "2026-06-02", "< 30 days": "2026-04-01", "6 months": "2026-09-02",
    "2026-05-01": "2026-05-01", "2026-05-01T10:00:00+00:00": "2026-05-01", "2026-05-01 10:00": "2026-05-01",
    "2026-05": "2026-05-01", "1.5.2026": "2026-05-01", "31/05/2026": "2026-05-31", "5/5/2026": "2026-05-05",
    "1 May 2026": "2026-05-01", "1st of May": "2026-05-01", "15. March 2026": "2026-03-15", "May 5, 2026": "2026-05-05",
    "march 1": "2027-03-01", "in May": "2026-05-01", "by May 2027": "2027-05-01", "september": "2026-09-01",
    "in February": "2027-02-01", "in March": "2026-03-31", "end of May": "2026-05-31",
    "before the end of April 2027": "2027-04-30", "mid June": "2026-06-15", "early next year": "2027-01-01",
    "late 2026": "2026-12-31", "by the end of this month": "2026-03-31", "end of the year": "2026-12-31",
    "end of next quarter": "2026-06-30", "EOY": "2026-12-31", "eoq": "2026-03-31", "year-end": "2026-12-31",
    "Q2": "2026-04-01", "q1": "2026-03-31", "in Q1 2027": "2027-01-01", "by the end of Q3": "2026-09-30",
    "third quarter of 2026": "2026-07-01", "in 2027": "2027-01-01", "2027": "2027-01-01",
    "by Friday": "2026-03-06", "next Monday": "2026-03-09",
    "We plan to buy in 2 months.": "2026-05-02", "Thanks! We want to purchase by end of May. Best, Anna": "2026-05-31",
    "Our budget will be approved next quarter": "2026-04-01", "We decide in May, that is in May.": "2026-05-01",
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), STATED.items())
def test_a_stated_time_of_purchase_is_understood(text: str, expected: str) -> None:
    wanted = NOW if expected == "now" else datetime.fromisoformat(expected).replace(tzinfo=UTC)
    assert stated(text, NOW) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "", "soon", "some day", "no timeline", "just researching", "in a few weeks", "6+ months", "> 6 months",
        "more than 6 months", "not before 2026-05-01", "not this quarter", "We will not buy this year.",
        "maybe in 2 months", "perhaps next quarter", "if the budget is approved, in May", "after next quarter",
        "in 2 months or next year", "between May and 1 July", "We decide in May. Or we buy next year.",
        "I am back in 2 weeks.", "We now use another product.", "Our contract ends in 2 months.",
        "I write in order to hear from you next week.", "We signed with them 2 months ago.", "last month",
        "we have used it since 2026-05-01", "01/02/2026", "31.02.2026", "2026-13-01", "2026-02-30",
        "2020-01-01", "2025", "1 March 2026", "yesterday", "early March", "2099-01-01", "in 999 years", "99999 days",
    ],
)  # fmt: skip
def test_what_is_unsure_or_past_is_no_time_of_purchase(text: str) -> None:
    assert stated(text, NOW) is None


@pytest.mark.parametrize(
    ("now", "text", "expected"),
    [
        ("2026-01-31", "in 1 month", "2026-02-28"),
        ("2028-02-29", "in a year", "2029-02-28"),
        ("2026-12-31", "next month", "2027-01-01"),
        ("2026-12-31", "Q1", "2027-01-01"),
        ("2026-11-30", "in 3 months", "2027-02-28"),
    ],
)
def test_months_of_unlike_length_and_the_turn_of_the_year(now: str, text: str, expected: str) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert stated(text, at) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


WORDS = [*" ".join(STATED).split(), "not", "or", "and", "the", "99", "0", "-", ".", "\n", "31", "2026"]


@given(
    st.lists(st.sampled_from(WORDS), max_size=15).map(" ".join),
    st.datetimes(datetime(2001, 1, 1), datetime(2090, 1, 1)),
)
def test_any_words_state_a_time_ahead_or_none(text: str, at: datetime) -> None:
    now = at.replace(tzinfo=UTC)
    found = stated(text, now)
    assert found is None or now <= found <= now + timedelta(days=3661)


@given(st.text(), st.sampled_from([NOW, datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)]))
def test_no_text_is_too_strange(text: str, now: datetime) -> None:
    stated(text, now)
    stated(f"in {text} months", now)


@pytest.mark.parametrize(
    "unit", ["in ", "1-", "next ", "end of the ", "a", "2026-", "\n", "march ", "1 to ", "buy "]
)
def test_a_huge_text_takes_no_time(unit: str) -> None:
    started = time.process_time()
    stated(unit * 100_000, NOW)
    assert time.process_time() - started < 0.4


@pytest.mark.parametrize("month", range(1, 13))
def test_who_decides_in_two_months_is_warm_in_every_month(month: int) -> None:
    at = datetime(2026, month, 1, 10, tzinfo=UTC)
    purchase_at = stated("in two months", at)
    assert temperature(TemperatureRule(), purchase_at, at)[0] is WARM
