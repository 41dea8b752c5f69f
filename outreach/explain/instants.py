"""Reads an instant as a person writes it: "2026-11-03 09:00", with a zone or without, "3 days ago", "in 2 weeks"."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from outreach.domain import windows
from outreach.domain.durations import Duration
from outreach.errors import InputError

FIRST_YEAR, LAST_YEAR = 2000, 2100
FORMS = (
    "%d %b %Y %H:%M",
    "%d %B %Y %H:%M",
    "%d %b %Y",
    "%d %B %Y",
    "%a %d %b %Y %H:%M",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y",
)
RIGHT = 'write for example "2026-11-03 09:00", "2026-11-03T09:00+01:00", "3 days ago" or "in 2 weeks"'
_ZONED = re.compile(r"(.+?) ([A-Za-z_]+(?:/[A-Za-z_+-]+)*)")
_MOVED = re.compile(r"in (.+)|(.+) ago")
_DAY = re.compile(r"(yesterday|today|tomorrow)(?: (\d\d?):(\d\d))?")
DAYS = {"yesterday": -1, "today": 0, "tomorrow": 1}


def read(written: str, zone: ZoneInfo, now: datetime) -> datetime:
    """Return the instant that was written, in UTC; without a zone it is of `zone`, a day alone is its first minute.

    InputError where it is none, or in a year that nobody can mean.
    """
    words = " ".join(written.split())
    at = _moved(words, zone, now) or _parsed(words, zone)
    if at is None:
        raise InputError(f"{written[:40]!r} is no time; {RIGHT}")
    if not FIRST_YEAR <= at.year < LAST_YEAR:
        raise InputError(f"{written[:40]!r} is in the year {at.year}; {RIGHT}")
    return at.astimezone(UTC)


def _moved(words: str, zone: ZoneInfo, now: datetime) -> datetime | None:
    if words.lower() == "now":
        return now
    if (match := _DAY.fullmatch(words.lower())) is not None:
        return _day(match, zone, now)
    match = _MOVED.fullmatch(words.lower())
    if match is None:
        return None
    try:
        duration = Duration.parse(match[1] or match[2])
        return duration.after(now, zone) if match[1] else duration.before(now)
    except (ValueError, OverflowError):
        return None


def _day(match: re.Match[str], zone: ZoneInfo, now: datetime) -> datetime | None:
    day = now.astimezone(zone).date() + timedelta(days=DAYS[match[1]])
    try:
        return datetime.combine(day, time(int(match[2] or 0), int(match[3] or 0)), zone)
    except ValueError:
        return None


def _parsed(words: str, zone: ZoneInfo) -> datetime | None:
    found = _naive(words)
    if found is not None:
        return found if found.tzinfo else found.replace(tzinfo=zone)
    match = _ZONED.fullmatch(words)
    if match is None:
        return None
    named = windows.zone(match[2])
    if named.key == "UTC" and match[2].lower() not in ("utc", "gmt", "etc/utc"):
        return None
    found = _naive(match[1])
    return found.replace(tzinfo=named) if found is not None and found.tzinfo is None else None


def _naive(words: str) -> datetime | None:
    try:
        return datetime.fromisoformat(words)
    except ValueError:
        pass
    for form in FORMS:
        try:
            return datetime.strptime(words, form)
        except ValueError:
            continue
    return None
