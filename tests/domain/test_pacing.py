"""Pacing: how many mails a sender may send now."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.durations import Duration
from outreach.domain.pacing import Allowance, Usage, allowance, limit_on
from outreach.domain.policies import Ramp, Sender

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
MIDNIGHT = datetime(2026, 3, 3, tzinfo=UTC)
ZULU = ZoneInfo("UTC")


def sender(per_day: int = 50, gap: str = "0 minutes", ramp: Ramp | None = None) -> Sender:
    return Sender(
        name="anna",
        full_name="Anna",
        address="anna@example.com",
        per_day=per_day,
        gap=Duration.parse(gap),
        ramp=ramp,
    )


@pytest.mark.parametrize(
    ("day", "limit"),
    [
        ("2026-02-01", 10),
        ("2026-03-01", 10),
        ("2026-03-02", 15),
        ("2026-03-08", 45),
        ("2026-03-09", 50),
        ("2030-01-01", 50),
    ],
)
def test_a_young_mailbox_grows_day_by_day_up_to_its_limit(day: str, limit: int) -> None:
    young = sender(ramp=Ramp(since=date(2026, 3, 1), start=10, add_per_day=5))
    assert limit_on(young, date.fromisoformat(day)) == limit


def test_a_ramp_never_starts_above_the_limit() -> None:
    assert limit_on(sender(5, ramp=Ramp(since=TODAY, start=10)), TODAY) == 5


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (0, Allowance(50, MIDNIGHT, "50 left of 50 today")),
        (49, Allowance(1, MIDNIGHT, "1 left of 50 today")),
        (50, Allowance(0, MIDNIGHT, "50 of 50 sent today")),
        (60, Allowance(0, MIDNIGHT, "60 of 50 sent today")),  # the limit was lowered
    ],
)
def test_the_limit_of_the_day_is_kept(sent: int, expected: Allowance) -> None:
    assert allowance(sender(), Usage(TODAY, sent, None), NOW, ZULU) == expected


def test_a_new_day_counts_anew() -> None:
    assert allowance(sender(), Usage(date(2026, 3, 1), 50, None), NOW, ZULU).count == 50


def test_a_clock_that_went_back_does_not_open_the_limit_again() -> None:
    assert allowance(sender(), Usage(date(2026, 3, 3), 50, None), NOW, ZULU).count == 0


def test_the_day_is_the_local_one() -> None:
    late = datetime(2026, 3, 2, 16, tzinfo=UTC)  # 3 March, 01:00 in Tokyo
    found = allowance(sender(), Usage(date(2026, 3, 2), 50, None), late, ZoneInfo("Asia/Tokyo"))
    assert (found.count, found.next_at) == (50, datetime(2026, 3, 3, 15, tzinfo=UTC))


def test_with_a_gap_one_mail_leaves_at_a_time() -> None:
    found = allowance(sender(gap="5 minutes"), Usage(TODAY, 3, NOW), NOW, ZULU)
    assert (found.count, found.next_at) == (1, NOW + timedelta(minutes=5))
    assert found.why == "5 minutes between two mails, 47 left of 50 today"


def test_nothing_leaves_within_the_gap() -> None:
    ends_at = NOW + timedelta(minutes=2)
    assert allowance(sender(gap="5 minutes"), Usage(TODAY, 3, ends_at), NOW, ZULU) == Allowance(
        0, ends_at, "5 minutes between two mails"
    )


def test_after_the_last_mail_of_the_day_the_next_look_is_tomorrow() -> None:
    assert allowance(sender(gap="5 minutes"), Usage(TODAY, 49, None), NOW, ZULU).next_at == MIDNIGHT
    assert allowance(sender(gap="2 days"), Usage(TODAY, 49, None), NOW, ZULU).next_at == NOW + timedelta(
        days=2
    )


def test_a_limit_of_nothing_sends_nothing() -> None:
    assert allowance(sender(0), Usage(TODAY, 0, None), NOW, ZULU) == Allowance(
        0, MIDNIGHT, "0 of 0 sent today"
    )


@pytest.mark.parametrize(
    ("name", "now", "midnight"),
    [
        ("America/Havana", "2026-03-08T03:00", "2026-03-08T05:00"),  # that day begins at 01:00
        ("Asia/Beirut", "2026-10-24T20:30", "2026-10-24T22:00"),  # midnight is put back to 23:00
        ("America/St_Johns", "2010-11-07T02:45", "2010-11-07T03:30"),  # midnight strikes twice
    ],
)
def test_the_next_day_begins_right_where_clocks_change_at_midnight(
    name: str, now: str, midnight: str
) -> None:
    at = datetime.fromisoformat(now).replace(tzinfo=UTC)
    today = at.astimezone(ZoneInfo(name)).date()
    found = allowance(sender(), Usage(today, 50, None), at, ZoneInfo(name)).next_at
    assert found == datetime.fromisoformat(midnight).replace(tzinfo=UTC)


@given(
    st.integers(0, 500),
    st.integers(0, 600),
    st.sampled_from(["0 minutes", "1 minute", "3 hours", "1 day"]),
    st.sampled_from(
        ["UTC", "Asia/Tokyo", "America/Havana", "Asia/Beirut", "Australia/Lord_Howe", "America/St_Johns"]
    ),
    st.datetimes(datetime(2005, 1, 1), datetime(2040, 1, 1)),
    st.one_of(st.none(), st.integers(-600, 600)),
)
def test_no_day_ever_holds_more_than_the_limit_and_the_next_look_is_ahead(
    limit: int, sent: int, gap: str, name: str, at: datetime, gap_ends: int | None
) -> None:
    now = at.replace(tzinfo=UTC)
    usage = Usage(
        now.astimezone(ZoneInfo(name)).date(),
        sent,
        None if gap_ends is None else now + timedelta(minutes=gap_ends),
    )
    found = allowance(sender(limit, gap), usage, now, ZoneInfo(name))
    assert found.count >= 0 and (not found.count or sent + found.count <= limit)
    assert found.next_at > now
    assert found.count or found.next_at - now <= timedelta(hours=26)
