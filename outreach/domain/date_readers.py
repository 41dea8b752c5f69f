"""What the parts of a written date mean: a day, or the span of days of a period or season."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from outreach.domain import date_words as words
from outreach.domain.date_words import MONTHS, WEEKDAYS

# A day and month without a year that passed longer ago than this means the next year's.
PAST = timedelta(days=60)

Span = tuple[date, date]
Groups = dict[str, str]
Reader = Callable[[Groups, date], Span | None]


# -- days ------------------------------------------------------------------------------------------


def read_date(groups: Groups, day: date) -> Span | None:
    found = _dated(groups.get("year"), _month(groups["month"]), int(groups["day"]), day)
    return found, found


def read_days(groups: Groups, day: date) -> Span | None:
    last = _dated(groups.get("year"), _month(groups["month"]), int(groups["day"]), day)
    first = last.replace(day=int(groups["from"]))
    return (first, last) if first <= last else None


def _month(written: str) -> int:
    return MONTHS[written] if written in MONTHS else int(written)


def read_slashed(groups: Groups, day: date) -> Span | None:
    one, two = int(groups["one"]), int(groups["two"])
    readings = [(two, one), (one, two)]
    if one > 12 or groups["order"] == "day" or one == two:
        readings = readings[:1]
    elif two > 12 or groups["order"] == "month":
        readings = readings[1:]
    found = {_dated(groups.get("year"), month, of_month, day) for month, of_month in readings}
    if len(found) == 2:  # Americans and Europeans disagree: what has passed is not meant
        found = {one for one in found if day <= one <= day + timedelta(days=365)}
    return (found.pop(),) * 2 if len(found) == 1 else None


def _dated(year: str | None, month: int, of_month: int, day: date) -> date:
    if year:
        return date(int(year) if len(year) == 4 else 2000 + int(year), month, of_month)
    found = date(day.year, month, of_month)
    # In December "3 January" is the next one; what is a little past is past.
    return found if found >= day - PAST else found.replace(year=day.year + 1)


def read_distance(groups: Groups, day: date) -> Span | None:
    number = words.NUMBERS.get(groups["number"]) or int(groups["number"])
    found = _moved(day, words.UNITS[groups["unit"]], number)
    return found, found


def _moved(day: date, unit: str, number: int) -> date:
    if unit in ("day", "week"):
        return day + timedelta(days=number * (7 if unit == "week" else 1))
    return _add_months(day, number * {"month": 1, "quarter": 3}.get(unit, 12))


def read_week(groups: Groups, day: date) -> Span | None:
    number = int(groups["week"])
    first = date.fromisocalendar(day.year, number, 1)
    if first + timedelta(days=6) < day - PAST:
        first = date.fromisocalendar(day.year + 1, number, 1)
    return first, first + timedelta(days=6)


def read_weeks(groups: Groups, day: date) -> Span | None:
    first, last = (read_week({"week": groups[name]}, day) for name in ("one", "two"))
    return (first[0], last[1]) if first and last else None


def read_half_a_year(groups: Groups, day: date) -> Span | None:
    found = _add_months(day, 6)
    return found, found


def read_weekday(groups: Groups, day: date) -> Span | None:
    found = day + timedelta(days=(WEEKDAYS[groups["weekday"]] - day.weekday() - 1) % 7 + 1)
    return found, found


def days_ahead(number: int) -> Reader:
    return lambda groups, day: (day + timedelta(days=number), day + timedelta(days=number))


def _add_months(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    for of_month in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, of_month)
        except ValueError:
            continue
    raise ValueError("beyond the calendar")


# -- periods ---------------------------------------------------------------------------------------


def read_month(groups: Groups, day: date) -> Span | None:
    return _yearly("month", _month(groups["month"]), groups, day)


def read_quarter(groups: Groups, day: date) -> Span | None:
    number = words.ORDINALS.get(groups["quarter"]) or int(groups["quarter"])
    return _yearly("quarter", 3 * number - 2, groups, day)


def read_half(groups: Groups, day: date) -> Span | None:
    number = words.ORDINALS.get(groups["half"]) or int(groups["half"])
    return _yearly("half", 6 * number - 5, groups, day) if number <= 2 else None


def read_season(groups: Groups, day: date) -> Span | None:
    written = groups["season"]
    season = words.SEASONS.get(written) or words.SEASON_ADVERBS[written]
    return _yearly("quarter", words.FIRST_MONTH[season], groups, day)


def read_after_summer(groups: Groups, day: date) -> Span | None:
    found = date(day.year + (day.month >= 9), 9, 1)
    return found, found


def read_new_year(groups: Groups, day: date) -> Span | None:
    year = day.year + 1
    return date(year, 1, 1), date(year, 1, 31)


def read_after_christmas(groups: Groups, day: date) -> Span | None:
    return date(day.year, 12, 27), date(day.year, 12, 31)


def read_year(groups: Groups, day: date) -> Span | None:
    year = date(int(groups["year"]), 1, 1)
    return _part("year", year, groups)


def _yearly(unit: str, month: int, groups: Groups, day: date) -> Span:
    """Return the month, quarter or half year of the stated year, else the next one that is not over."""
    first = date(int(groups.get("year", day.year)), month, 1)
    span = _part(unit, first, groups)
    if "year" not in groups and span[1] < day:
        span = _part(unit, first.replace(year=first.year + 1), groups)
    return span


def read_period(groups: Groups, day: date) -> Span | None:
    unit = words.UNITS[groups["unit"]]
    if unit == "day":
        return None
    first = _first_of(unit, day)
    if "next" in groups:
        first = _moved(first, unit, 1)
    first, last = _part(unit, first, groups)
    return (max(first, min(day, last)), last) if last >= day else None


def _first_of(unit: str, day: date) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    return date(day.year, {"month": day.month, "quarter": day.month - (day.month - 1) % 3}.get(unit, 1), 1)


def read_next_year(groups: Groups, day: date) -> Span | None:
    return date(day.year + 1, 1, 1), date(day.year + 1, 12, 31)


# By unit: its length in months, then how far from the first day the parts begin and end, in days or months.
_LENGTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_PARTS_IN_MONTHS = {
    ("quarter", "early"): (0, 1), ("quarter", "mid"): (1, 2), ("quarter", "end"): (2, 3),
    ("half", "early"): (0, 2), ("half", "mid"): (2, 4), ("half", "end"): (4, 6),
    ("year", "early"): (0, 3), ("year", "mid"): (5, 7), ("year", "end"): (11, 12),
}  # fmt: skip
_PARTS_IN_DAYS = {
    ("week", "early"): (0, 1), ("week", "mid"): (2, 2), ("week", "end"): (4, 6),
    ("month", "early"): (0, 9), ("month", "mid"): (10, 19),
}  # fmt: skip


def _part(unit: str, first: date, groups: Groups) -> Span:
    """Return the early, mid or end part of the period that begins on `first`, or the whole of it."""
    part = next((name for name in ("early", "mid", "end") if name in groups), "")
    if (unit, part) in _PARTS_IN_DAYS:
        start, end = _PARTS_IN_DAYS[unit, part]
        return first + timedelta(days=start), first + timedelta(days=end)
    if unit == "week":
        return first, first + timedelta(days=6)
    if (unit, part) == ("month", "end"):
        return first + timedelta(days=20), _add_months(first, 1) - timedelta(days=1)
    begins, ends = _PARTS_IN_MONTHS.get((unit, part), (0, _LENGTHS[unit]))
    return _add_months(first, begins), _add_months(first, ends) - timedelta(days=1)
