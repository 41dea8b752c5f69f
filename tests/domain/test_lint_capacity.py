"""How long senders need for an audience."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.campaign import Campaign
from outreach.domain.lint.capacity import capacity, finding, most_mails
from outreach.domain.policies import Sender

MONDAY = date(2026, 3, 2)


def campaign(*steps: object, **fields: object) -> Campaign:
    values = {
        "campaign": "x",
        "audience": {"stage": "suspect"},
        "senders": ["anna"],
        "window": {"holidays": "none"},
    }
    return Campaign.model_validate(values | fields | {"steps": list(steps) or [{"email": "first"}]})


def sender(name: str = "anna", **fields: object) -> Sender:
    values = {"name": name, "full_name": name.title(), "address": f"{name}@example.com", "per_day": 50}
    return Sender.model_validate(values | fields)


@pytest.mark.parametrize(
    ("senders", "leads", "days"),
    [
        ([sender(), sender("ben")], 4100, 41),
        ([sender(), sender("ben")], 4101, 42),
        ([sender()], 50, 1),
        ([sender()], 0, 0),
        ([sender(per_day=0)], 1, None),
        ([], 1, None),
        ([sender(gap="60 minutes")], 16, 2),  # eight fit into the hours from nine to five
        ([sender(gap="3 hours")], 4, 2),
        ([sender(ramp={"since": MONDAY, "start": 10, "add_per_day": 5})], 25, 2),  # 10 and 15
    ],
)
def test_so_many_open_days_are_needed(senders: list[Sender], leads: int, days: int | None) -> None:
    assert capacity(campaign(), senders, leads, MONDAY).days == days


def test_a_mailbox_that_grows_sends_more_after_a_weekend() -> None:
    young = sender(ramp={"since": MONDAY, "start": 10, "add_per_day": 10}, per_day=1000)
    # Friday 50, Monday 80: what was not sent at the weekend is not made up for.
    assert capacity(campaign(), [young], 130, MONDAY + timedelta(days=4)).days == 2
    assert capacity(campaign(), [young], 131, MONDAY + timedelta(days=4)).days == 3


def test_holidays_of_a_country_that_the_window_names_are_closed() -> None:
    good_friday = date(2026, 4, 3)
    german = campaign(window={"days": "fri", "holidays": "DE"})
    nowhere = campaign(window={"days": "fri", "holidays": "none"})
    assert capacity(nowhere, [sender()], 50, good_friday).own_days == 1
    assert capacity(german, [sender()], 50, good_friday).own_days == 0


def test_each_lead_is_taken_to_go_the_way_of_most_mails() -> None:
    arms = [
        {"if": "clicked()", "then": [{"email": "second"}, {"wait": "1 day"}, {"email": "third"}]},
        {"else": [{"email": "fourth"}]},
    ]
    steps = campaign({"email": "first"}, {"wait": "1 day"}, {"branch": arms}, {"email": "last"}).steps
    assert most_mails(steps) == 4


def test_what_takes_longer_than_the_campaign_and_a_week_is_told() -> None:
    found = capacity(campaign(), [sender(), sender("ben")], 4100, MONDAY)
    told = finding(found, 4100)
    assert told is not None
    assert told.message == (
        "about 4,100 mails to 4,100 leads for 2 senders of 100 a day in all: 41 working days, "
        "where the campaign itself takes 1"
    )
    assert finding(capacity(campaign(), [sender()], 250, MONDAY), 250) is None  # a week


def test_a_long_campaign_may_take_as_long_as_it_does() -> None:
    slow = campaign({"email": "first"}, {"wait": "8 weeks"}, {"email": "second"})
    assert finding(capacity(slow, [sender()], 1000, MONDAY), 1000) is None
    assert finding(capacity(slow, [sender()], 1100, MONDAY), 1100) is not None


def test_senders_who_are_never_through_are_told() -> None:
    told = finding(capacity(campaign(), [sender(per_day=1)], 100_000, MONDAY), 100_000)
    assert told is not None and "more than two years" in told.message


@given(st.integers(0, 3000), st.integers(1, 80), st.integers(1, 4))
def test_more_leads_never_take_less_and_more_senders_never_longer(
    leads: int, per_day: int, count: int
) -> None:
    def days(leads: int, count: int) -> int:
        senders = [sender(f"s{number}", per_day=per_day) for number in range(count)]
        found = capacity(campaign(), senders, leads, MONDAY)
        return 10_000 if found.days is None else found.days

    assert days(leads, count) <= days(leads + 1, count)
    assert days(leads, count + 1) <= days(leads, count)
