"""Windows: the next open instant in somebody's local time."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.domain.campaign import Window
from outreach.domain.windows import NeverOpens, is_holiday, next_open, zone
from outreach.domain.written import DAYS

MINUTE = timedelta(minutes=1)
BERLIN = ZoneInfo("Europe/Berlin")


def window(
    days: str = "mon-fri", hours: str = "09:00-17:00", timezone: str = "lead", holidays: str = "none"
) -> Window:
    return Window(days=days, hours=hours, timezone=timezone, holidays=holidays)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("names", "key"),
    [
        (("Europe/Berlin",), "Europe/Berlin"),
        (("europe/berlin",), "Europe/Berlin"),
        ((None, "", "Mars/Olympus", "Asia/Tokyo"), "Asia/Tokyo"),
        (("Europe",), "UTC"),
        (("../../etc/passwd",), "UTC"),
        (("x" * 5000,), "UTC"),
        (("a\0b",), "UTC"),
        (("localtime",), "UTC"),
        ((None,), "UTC"),
        ((), "UTC"),
    ],
)
def test_the_first_name_that_is_a_zone_counts(names: tuple[str | None, ...], key: str) -> None:
    assert zone(*names).key == key


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-03-02T10:00", "2026-03-02T10:00"),  # a Monday, open
        ("2026-03-02T03:00", "2026-03-02T08:00"),
        ("2026-03-02T07:59:59", "2026-03-02T08:00"),
        ("2026-03-02T15:59:59", "2026-03-02T15:59:59"),
        ("2026-03-02T16:00", "2026-03-03T08:00"),
        ("2026-03-06T16:00", "2026-03-09T08:00"),  # a Friday evening
        ("2026-03-07T10:00", "2026-03-09T08:00"),
        ("2026-03-27T16:00", "2026-03-30T07:00"),  # the clocks change on that Sunday
        ("2026-10-23T15:00", "2026-10-26T08:00"),
    ],
)
def test_a_mail_waits_for_the_local_window(at: str, opens: str) -> None:
    assert next_open(window(), instant(at), zone=BERLIN, country=None) == instant(opens)


@pytest.mark.parametrize(
    ("holidays", "country", "opens"),
    [
        ("lead.country", "DE", "2026-12-28T08:00"),
        ("lead.country", "de", "2026-12-28T08:00"),
        ("lead.country", "FR", "2026-12-28T08:00"),
        ("lead.country", "JP", "2026-12-25T08:00"),
        ("lead.country", None, "2026-12-25T08:00"),
        ("lead.country", "XX", "2026-12-25T08:00"),
        ("lead.country", "registry", "2026-12-25T08:00"),
        ("none", "DE", "2026-12-25T08:00"),
        ("DE", "JP", "2026-12-28T08:00"),
    ],
)
def test_nothing_leaves_on_a_holiday_of_the_country_meant(
    holidays: str, country: str | None, opens: str
) -> None:
    found = next_open(window(holidays=holidays), instant("2026-12-24T20:00"), zone=BERLIN, country=country)
    assert found == instant(opens)


def test_a_named_zone_goes_before_the_lead_s() -> None:
    tokyo = window(timezone="Asia/Tokyo")
    assert next_open(tokyo, instant("2026-03-02T20:00"), zone=BERLIN, country=None) == instant(
        "2026-03-03T00:00"
    )


def test_a_named_zone_that_does_not_exist_leaves_the_lead_s() -> None:
    wrong = window(timezone="Mars/Olympus")
    assert next_open(wrong, instant("2026-03-02T20:00"), zone=BERLIN, country=None) == instant(
        "2026-03-03T08:00"
    )


@pytest.mark.parametrize(
    ("name", "hours", "at", "opens"),
    [
        # Berlin leaves out 02:00-03:00 on 29 March and repeats it on 25 October.
        ("Europe/Berlin", "02:30-04:00", "2026-03-29T00:00", "2026-03-29T01:00"),
        ("Europe/Berlin", "02:00-03:00", "2026-03-29T00:00", "2026-03-30T00:00"),
        ("Europe/Berlin", "02:00-02:30", "2026-10-25T00:45", "2026-10-25T01:00"),
        ("Europe/Berlin", "02:10-02:30", "2026-10-25T00:45", "2026-10-25T01:10"),
        ("Europe/Berlin", "02:00-02:30", "2026-10-25T01:15", "2026-10-25T01:15"),
        ("Europe/Berlin", "02:00-02:30", "2026-10-25T01:30", "2026-10-26T01:00"),
        # Beirut's day of 29 March 2026 begins at 01:00; St. John's put its clock back from 00:01 to the day before.
        ("Asia/Beirut", "00:00-06:00", "2026-03-28T21:30", "2026-03-28T22:00"),
        ("America/St_Johns", "23:00-23:30", "2010-11-07T02:30:30", "2010-11-07T02:31"),
        # Samoa had no 30 December 2011.
        ("Pacific/Apia", "09:00-17:00", "2011-12-30T03:00", "2011-12-30T19:00"),
    ],
)
def test_clock_changes_skip_no_open_minute(name: str, hours: str, at: str, opens: str) -> None:
    always = window("mon-sun", hours)
    assert next_open(always, instant(at), zone=ZoneInfo(name), country=None) == instant(opens)


def test_a_window_that_opens_after_the_end_of_the_calendar_never_opens() -> None:
    with pytest.raises(NeverOpens):
        next_open(window(), datetime.max.replace(tzinfo=UTC), zone=BERLIN, country=None)


@pytest.mark.parametrize(
    ("country", "day", "expected"),
    [
        ("DE", "2026-10-03", True),
        ("DE", "2026-10-05", False),
        ("US", "2026-11-26", True),
        ("", "2026-01-01", False),
    ],
)
def test_public_holidays_are_known(country: str, day: str, expected: bool) -> None:
    assert is_holiday(country, date.fromisoformat(day)) is expected


# -- for every zone, around its clock changes ------------------------------------------------------

ZONES = (
    "Europe/Berlin", "Europe/London", "Europe/Dublin", "America/New_York", "America/St_Johns", "America/Havana",
    "America/Santiago", "America/Nuuk", "Asia/Beirut", "Asia/Tehran", "Asia/Gaza", "Asia/Kathmandu", "Africa/Cairo",
    "Africa/Casablanca", "Australia/Lord_Howe", "Pacific/Apia", "Pacific/Kiritimati", "Antarctica/Troll", "UTC",
)  # fmt: skip


def changes(name: str) -> list[datetime]:
    """The clock changes of a zone from 2009 to 2030, to the minute."""
    found: list[datetime] = []
    at, step = datetime(2009, 1, 1, tzinfo=UTC), timedelta(days=1)
    while at.year < 2030:
        if offset(at, name) != offset(at + step, name):
            low, high = at, at + step
            while high - low > MINUTE:
                middle = low + (high - low) // 2
                low, high = (middle, high) if offset(middle, name) == offset(low, name) else (low, middle)
            found.append(high.replace(second=0, microsecond=0))
        at += step
    return found


def offset(at: datetime, name: str) -> timedelta | None:
    return at.astimezone(ZoneInfo(name)).utcoffset()


CHANGES = [(name, at) for name in ZONES for at in changes(name)]


@st.composite
def hours(draw: st.DrawFn) -> str:
    opens = draw(st.integers(0, 1439))
    closes = draw(st.one_of(st.integers(opens + 1, 1440), st.integers(opens + 1, min(opens + 90, 1440))))
    return f"{opens // 60:02}:{opens % 60:02}-{closes // 60:02}:{closes % 60:02}"


WINDOWS = st.builds(
    window,
    days=st.lists(st.sampled_from(DAYS), min_size=1, unique=True).map(",".join),
    hours=hours(),
    holidays=st.sampled_from(["none", "lead.country"]),
)
NEAR_A_CHANGE = st.tuples(st.sampled_from(CHANGES), st.integers(-2 * 86400, 86400)).map(
    lambda drawn: (drawn[0][0], drawn[0][1] + timedelta(seconds=drawn[1]))
)


def is_open(written: Window, at: datetime, name: str, country: str | None) -> bool:
    local = at.astimezone(ZoneInfo(name))
    opens, closes = written.minutes
    if written.holidays != "none" and is_holiday(country, local.date()):
        return False
    return local.weekday() in written.weekdays and opens <= local.hour * 60 + local.minute < closes


def test_there_are_clock_changes_of_every_sort_to_try() -> None:
    lengths = {
        int((offset(at, name) or MINUTE) / MINUTE - (offset(at - MINUTE, name) or MINUTE) / MINUTE)
        for name, at in CHANGES
    }
    assert len(CHANGES) > 400 and {60, -60, 30, -30, 1440} <= lengths


@settings(deadline=None)  # the first look at holidays reads their calendars
@given(WINDOWS, NEAR_A_CHANGE, st.sampled_from(["DE", "GB", None]))
def test_the_next_open_instant_is_open_and_nothing_before_it_is(
    written: Window, place: tuple[str, datetime], country: str | None
) -> None:
    name, at = place
    found = next_open(written, at, zone=ZoneInfo(name), country=country)
    assert found >= at and found.utcoffset() == timedelta()
    assert is_open(written, found, name, country)
    assert next_open(written, found, zone=ZoneInfo(name), country=country) == found
    # Clocks are changed on whole minutes, so that a window opens on a whole minute or at `at` itself.
    assert found == at or found.second == found.microsecond == 0
    minute = at.replace(second=0, microsecond=0) + MINUTE
    tried = (minute + number * MINUTE for number in itertools.count())
    skipped = itertools.takewhile(lambda each: each < min(found, at + timedelta(days=3)), tried)
    assert not any(is_open(written, each, name, country) for each in skipped)


@settings(deadline=None)
@given(st.sampled_from(ZONES), st.datetimes(datetime(1990, 1, 1), datetime(2080, 1, 1)), WINDOWS)
def test_a_window_opens_within_days_in_any_year(name: str, at: datetime, written: Window) -> None:
    found = next_open(written, at.replace(tzinfo=UTC), zone=ZoneInfo(name), country="US")
    assert is_open(written, found, name, "US")
    assert found - at.replace(tzinfo=UTC) < timedelta(days=30)
