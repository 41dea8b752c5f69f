"""What becomes of a reply that moved its lead nowhere, as a table."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.answers import ASKS, UNREAD, Ask, Rests, settle
from outreach.domain.inbound import Intent
from outreach.domain.policies import Replies

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def settled(
    intent: str, resume_on: date | None = None, *, is_sure: bool = True, at: datetime = AT
) -> Rests | Ask | None:
    return settle(intent, is_sure, resume_on, Replies(), at, BERLIN)


@pytest.mark.parametrize(
    ("intent", "resume_on", "until", "angle"),
    [
        ("not_now", date(2026, 9, 1), datetime(2026, 8, 31, 22, tzinfo=UTC), "right_time"),
        ("not_now", None, datetime(2026, 6, 2, 9, tzinfo=UTC), "right_time"),
        ("not_now", date(2026, 3, 1), datetime(2026, 6, 2, 9, tzinfo=UTC), "right_time"),
        ("not_now", date(2036, 3, 1), datetime(2026, 6, 2, 9, tzinfo=UTC), "right_time"),
        ("no_budget", None, datetime(2026, 9, 2, 9, tzinfo=UTC), "start_small"),
        ("no_budget", date(2026, 4, 1), datetime(2026, 3, 31, 22, tzinfo=UTC), "start_small"),
    ],
)
def test_who_asks_for_time_rests_until_the_date_or_for_the_usual_time(
    intent: str, resume_on: date | None, until: datetime, angle: str
) -> None:
    found = settled(intent, resume_on)
    assert isinstance(found, Rests)
    assert (found.until, found.angle) == (until, angle)


@pytest.mark.parametrize("intent", ["", "unsure", "no such word", *(ASKS)])
def test_everything_else_is_read_by_somebody(intent: str) -> None:
    assert isinstance(settled(intent), Ask)


def test_who_wants_to_hear_nothing_more_is_not_answered() -> None:
    assert settled("unsubscribe") is None
    assert settled("unsubscribe", is_sure=False) is None


@given(st.sampled_from(sorted(set(Intent) - {Intent.UNSUBSCRIBE})), st.none() | st.dates())
def test_what_may_be_by_anybody_is_read_whatever_it_says(intent: Intent, resume_on: date | None) -> None:
    assert settled(intent, resume_on, is_sure=False) == UNREAD


@given(
    st.sampled_from(["not_now", "no_budget"]),
    st.none() | st.dates(),
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)),
)
def test_a_rest_always_ends_in_the_future(intent: str, resume_on: date | None, at: datetime) -> None:
    found = settled(intent, resume_on, at=at.replace(tzinfo=UTC))
    assert isinstance(found, Rests)
    assert found.until > at.replace(tzinfo=UTC)
