"""When mails may leave: the open minutes of a window in somebody's local time, across clock changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, available_timezones

from outreach.domain.campaign import Window
from outreach.domain.written import parse_days, parse_hours

LOOKED_AHEAD = 400
"""Days that are searched for an open minute: more than a year, so that every weekday and holiday was seen."""

_DAY = timedelta(days=1)
_REACH = timedelta(hours=15)  # how far, at most, a local clock is from UTC
_OF_THIS_MACHINE = frozenset({"localtime", "posixrules", "Factory"})  # files that stand among the zones


class NeverOpens(ValueError):
    """A window without an open minute in all the days that are searched."""


@lru_cache(maxsize=16_384)
def zone(*names: str | None) -> ZoneInfo:
    """Return the first of `names` that is an IANA time zone, in any case of letters; UTC when none is."""
    for name in names:
        if name and (found := _zone_names().get(name.strip().lower())):
            return ZoneInfo(found)
    return ZoneInfo("UTC")


@cache
def _zone_names() -> dict[str, str]:
    # By the list and not by trying: ZoneInfo("Europe"), "../x" and a name of 5,000 letters fail each in another way.
    return {name.lower(): name for name in available_timezones() - _OF_THIS_MACHINE}


def next_open(window: Window, at: datetime, *, zone: ZoneInfo, country: str | None) -> datetime:
    """Return the first instant from `at` on that is inside the window, in UTC.

    `zone` and `country` are those of the lead; a zone or country that the window names itself goes before them.
    A local time that a clock change repeats is open both times, one that it leaves out does not exist.
    NeverOpens where the next 400 days have no open minute.
    """
    at = at.astimezone(UTC)
    opens_at = open_span(window, at, zone=zone, country=country)[0]
    return opens_at if opens_at > at else at


def open_span(
    window: Window, at: datetime, *, zone: ZoneInfo, country: str | None
) -> tuple[datetime, datetime]:
    """Return from when to when the window is open, in UTC: the first such span that is not over at `at`.

    NeverOpens as `next_open` says.
    """
    if window.timezone != "lead":
        zone = _zone_of(window.timezone, zone)
    country = country if window.holidays == "lead.country" else window.holidays
    try:
        at = at.astimezone(UTC)
        for span in _spans_of(window.days, window.hours, zone, country, at.date()):
            if at < span[1]:
                return span
    except OverflowError as error:
        raise NeverOpens("the calendar ends before the window opens") from error
    raise NeverOpens(f"no open minute in {LOOKED_AHEAD} days")


@lru_cache(maxsize=1024)
def _zone_of(written: str, lead: ZoneInfo) -> ZoneInfo:
    return zone(written, lead.key)


@lru_cache(maxsize=1024)
def _weekdays(days: str) -> frozenset[int]:
    return parse_days(days)


@lru_cache(maxsize=1024)
def _minutes(hours: str) -> tuple[int, int]:
    return parse_hours(hours)


def _is_open_day(days: str, day: date, country: str | None) -> bool:
    return day.weekday() in _weekdays(days) and not is_holiday(country, day)


@lru_cache(maxsize=16_384)
def _spans_of(
    days: str, hours: str, zone: ZoneInfo, country: str | None, day: date
) -> tuple[tuple[datetime, datetime], ...]:
    """Return the open spans that concern this day of UTC: those that reach into it, and the first one after it."""
    begins = datetime.combine(day, time(), UTC)
    found = []
    # From before the day: a local day may begin earlier, and a clock put back at midnight opens one again that was over.
    for number in range(-2, LOOKED_AHEAD):
        try:
            if not _is_open_day(days, day + number * _DAY, country):
                continue
            spans = list(_open_spans(day + number * _DAY, hours, zone))
        except OverflowError:
            if number > 0:
                break
            continue
        for start, end in spans:
            if end > begins:
                found.append((start, end))
            if start >= begins + _DAY:
                return tuple(found)
    return tuple(found)


def _open_spans(day: date, hours: str, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
    """Yield when the window is open on the local `day`, first and last instant in UTC, in order of time."""
    opens, closes = _minutes(hours)
    midnight = datetime.combine(day, time(), UTC)
    for start, end, offset in _steady_spans(midnight - _REACH, midnight + _DAY + _REACH, zone):
        first = max(start, midnight + timedelta(minutes=opens) - offset)
        last = min(end, midnight + timedelta(minutes=closes) - offset)
        if first < last:
            yield first, last


def _steady_spans(
    start: datetime, end: datetime, zone: ZoneInfo
) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """Yield the spans between clock changes, each with its distance from UTC.

    Two changes within one search that undo each other are not seen; in the IANA data any two lie at least four days apart.
    """
    before, after = _offset(start, zone), _offset(end, zone)
    if before == after:
        yield start, end, before
        return
    if end - start <= timedelta(seconds=1):
        yield start, end, before
        return
    middle = (start + (end - start) / 2).replace(microsecond=0)
    spans = [*_steady_spans(start, middle, zone), *_steady_spans(middle, end, zone)]
    yield from _joined(spans)


def _joined(
    spans: list[tuple[datetime, datetime, timedelta]],
) -> Iterator[tuple[datetime, datetime, timedelta]]:
    held = spans[0]
    for span in spans[1:]:
        if span[2] == held[2]:
            held = (held[0], span[1], held[2])
        else:
            yield held
            held = span
    yield held


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


_COUNTRY = re.compile(r"[A-Z]{2,3}", re.ASCII)


def is_holiday(country: str | None, day: date) -> bool:
    """Return whether `day` is a public holiday in the country; in one that is not known no day is."""
    return country is not None and day in _holidays(country, day.year)


@lru_cache(maxsize=2048)
def _holidays(country: str, year: int) -> frozenset[date]:
    code = country.strip().upper()
    if not _COUNTRY.fullmatch(code):
        return frozenset()
    # Imported on first use: the calendars of 250 countries take 0.4 s, which commands that send nothing need not pay.
    import holidays

    try:
        return frozenset(holidays.country_holidays(code, years=year))
    except NotImplementedError:
        return frozenset()
