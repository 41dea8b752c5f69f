"""Recycling: where leads rest and when they come back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.durations import Duration
from outreach.domain.policies import Funnel, SetAside
from outreach.domain.recycling import Rest, after_loss, after_rejection, set_aside
from outreach.domain.words import Stage

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)
BERLIN = ZoneInfo("Europe/Berlin")
REASONS: dict[str, Any] = {
    "price": {"after": "90 days", "to": "mql", "angle": "new_price"},
    "no_need": "discarded",
    "competitor": "set_aside",
    "mistake": {"after": "0 days", "to": "sql"},
}
FUNNEL = Funnel.model_validate({"lost": {"reasons": REASONS}, "rejected": {"reasons": REASONS}})


def test_a_lost_deal_comes_back_by_its_reason_on_the_local_calendar() -> None:
    assert after_loss(FUNNEL, "price", 0, AT, BERLIN) == Rest(
        Stage.LOST,
        datetime(2026, 5, 31, 9, 0, tzinfo=UTC),  # the same hour in Berlin, where it is summer then
        Stage.MQL,
        "new_price",
        "lost: price; back in 90 days",
    )


@pytest.mark.parametrize("reason", [None, "", "anything else"])
def test_another_reason_or_none_has_a_rule_too(reason: str | None) -> None:
    rest = after_loss(FUNNEL, reason, 0, AT, BERLIN)
    assert (rest.stage, rest.return_to) == (Stage.LOST, Stage.SUSPECT)
    assert rest.because == f"lost: {reason or 'no reason given'}; back in 180 days"


def test_without_intent_a_lead_is_discarded_for_good() -> None:
    assert after_loss(FUNNEL, "no_need", 0, AT, BERLIN) == Rest(
        Stage.DISCARDED, None, None, None, "lost: no_need"
    )
    assert after_rejection(FUNNEL, "no_need", AT, BERLIN).stage is Stage.DISCARDED


def test_who_bought_from_a_competitor_is_set_aside() -> None:
    expected = set_aside(FUNNEL.set_aside, None, AT)
    assert after_loss(FUNNEL, "competitor", 0, AT, BERLIN) == expected
    assert after_rejection(FUNNEL, "competitor", AT, BERLIN) == expected


@pytest.mark.parametrize("reason", ["price", "competitor", "no_need", None])
@pytest.mark.parametrize(("rounds", "times"), [(3, "3 times"), (4, "4 times")])
def test_after_the_last_round_a_lost_lead_is_discarded(reason: str | None, rounds: int, times: str) -> None:
    rest = after_loss(FUNNEL, reason, rounds, AT, BERLIN)
    assert (rest.stage, rest.return_at, rest.return_to) == (Stage.DISCARDED, None, None)
    assert rest.because.endswith(f"recycled {times}")


@pytest.mark.parametrize(("most", "times"), [(0, "never"), (1, "once"), (2, "twice")])
def test_how_often_is_said_in_words(most: int, times: str) -> None:
    few = Funnel.model_validate({"lost": {"rounds": most, "reasons": {}}})
    assert after_loss(few, None, most, AT, BERLIN).because == f"lost: no reason given; recycled {times}"


def test_a_lost_lead_never_comes_back_at_once_since_only_a_return_counts_a_round() -> None:
    rest = after_loss(FUNNEL, "mistake", 0, AT, BERLIN)
    assert (rest.stage, rest.return_to) == (Stage.LOST, Stage.SQL)
    assert rest.return_at is not None and rest.return_at > AT


def test_a_rejected_lead_goes_on_at_once_where_nothing_is_to_be_waited_for() -> None:
    assert after_rejection(FUNNEL, "mistake", AT, BERLIN) == Rest(
        Stage.SQL, None, None, None, "rejected: mistake"
    )
    assert after_rejection(FUNNEL, "other", AT, BERLIN) == Rest(
        Stage.MQL, None, None, None, "rejected: other"
    )


def test_a_rejected_lead_may_rest_first() -> None:
    rest = after_rejection(FUNNEL, "price", AT, BERLIN)
    assert (rest.stage, rest.return_to, rest.angle) == (Stage.LOST, Stage.MQL, "new_price")
    assert rest.because == "rejected: price; back in 90 days"


@pytest.mark.parametrize(
    ("contract_ends_at", "return_at", "says"),
    [
        (AT + 365 * DAY, AT + 275 * DAY, "ends 02 Mar 2027"),
        (AT + 91 * DAY, AT + DAY, "ends 01 Jun 2026"),
        (AT + 30 * DAY, AT + DAY, "ends 01 Apr 2026"),
        (AT - 30 * DAY, AT + DAY, "ends 31 Jan 2026"),
        (datetime.min.replace(tzinfo=UTC), AT + DAY, "ends"),
        (None, AT + 275 * DAY, "is taken to end 02 Mar 2027"),
    ],
)
def test_who_was_set_aside_comes_back_before_the_contract_ends(
    contract_ends_at: datetime | None, return_at: datetime, says: str
) -> None:
    rest = set_aside(SetAside(), contract_ends_at, AT)
    assert (rest.stage, rest.return_at, rest.return_to) == (Stage.SET_ASIDE, return_at, Stage.MQL)
    assert rest.angle == "contract_ends" and says in rest.because


@given(
    st.integers(0, 5),
    st.sampled_from([None, *REASONS]),
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)),
    st.sampled_from(["UTC", "Europe/Berlin", "Asia/Beirut", "America/Havana", "Pacific/Apia"]),
)
def test_a_lead_rests_for_good_or_comes_back_later(
    rounds: int, reason: str | None, at: datetime, name: str
) -> None:
    for rest in (
        after_loss(FUNNEL, reason, rounds, at.replace(tzinfo=UTC), ZoneInfo(name)),
        after_rejection(FUNNEL, reason, at.replace(tzinfo=UTC), ZoneInfo(name)),
    ):
        assert (rest.return_at is None) == (rest.return_to is None)
        assert rest.return_at is None or rest.return_at > at.replace(tzinfo=UTC)
        assert rest.stage not in (Stage.LOST, Stage.SET_ASIDE) or rest.return_at is not None
        assert rest.stage is not Stage.DISCARDED or rest.return_at is None


@given(st.integers(-1000, 5000), st.integers(0, 1000))
def test_a_set_aside_lead_returns_at_the_latest_of_two_times(ends_in: int, before: int) -> None:
    rule = SetAside(before_contract_end=Duration(before, "day"))
    assert set_aside(rule, AT + ends_in * DAY, AT).return_at == AT + max(ends_in - before, 1) * DAY
