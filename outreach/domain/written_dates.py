"""Dates as people write them in English, German and Hungarian mails."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

_MONTHS = (
    "january jan januar jänner január jan",
    "february feb februar február febr",
    "march mar märz március márc",
    "april apr április ápr",
    "may mai május máj",
    "june jun juni június jún",
    "july jul juli július júl",
    "august aug augusztus",
    "september sept sep szeptember szept",
    "october oct oktober okt október",
    "november nov",
    "december dec dezember dez",
)
MONTHS = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_WEEKDAYS = (
    "monday montag hétfő hétfőn",
    "tuesday dienstag kedd kedden",
    "wednesday mittwoch szerda szerdán",
    "thursday donnerstag csütörtök csütörtökön",
    "friday freitag péntek pénteken",
    "saturday samstag szombat",
    "sunday sonntag vasárnap",
)
WEEKDAYS = {name: number for number, names in enumerate(_WEEKDAYS) for name in names.split()}
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "einem": 1, "einer": 1, "zwei": 2, "drei": 3, "vier": 4,
    "sechs": 6, "egy": 1, "két": 2, "három": 3, "négy": 4, "hat": 6,
}  # fmt: skip
_UNITS = {
    "day": "day", "tag": "day", "tagen": "day", "nap": "day",
    "week": "week", "woche": "week", "wochen": "week", "hét": "week",
    "month": "month", "monat": "month", "monaten": "month", "hónap": "month",
    "year": "year", "jahr": "year", "jahren": "year", "év": "year",
}  # fmt: skip


def _one_of(words: dict[str, int] | dict[str, str]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


_MONTH, _WEEKDAY = _one_of(MONTHS), _one_of(WEEKDAYS)
_NUMBER, _UNIT = rf"(?:\d{{1,3}}|{_one_of(_NUMBERS)})", rf"{_one_of(_UNITS)}"
_DAY = r"(?<![\d.])\d{1,2}(?![\d:])"
_YEAR = r"20[0-9]\d(?!\d)"
MAX_LOOKED_AT = 4000
MAX_BESIDE = 6

Span = tuple[date, date]
Reader = Callable[[dict[str, str], date], Span | None]


@dataclass(frozen=True)
class WrittenDate:
    """A date in a text: the phrase, where it begins, and the first and last day it may mean."""

    phrase: str
    start: int
    first: date
    last: date

    @property
    def is_one_day(self) -> bool:
        return self.first == self.last


def find_dates(text: str, day: date) -> list[WrittenDate]:
    """Return the dates in the beginning of `text`, written on `day`; the ambiguous ones are left out."""
    text = text[:MAX_LOOKED_AT]
    found: list[WrittenDate] = []
    taken = bytearray(len(text))
    for pattern, reader in _COMPILED:
        for match in pattern.finditer(text):
            if any(taken[match.start() : match.end()]):
                continue
            taken[match.start() : match.end()] = b"\x01" * len(match[0])
            groups = {name: value.lower() for name, value in match.groupdict().items() if value}
            if (span := _span(reader, groups, day)) is not None:
                found.append(WrittenDate(match[0], match.start(), *span))
    return _without_their_weekdays(sorted(found, key=lambda written: written.start))


def _without_their_weekdays(found: list[WrittenDate]) -> list[WrittenDate]:
    """Leave out the Monday of "Monday, 9 March", which says no other day."""
    beside = [
        (one, other)
        for one, other in pairwise(found)
        if other.start - one.start - len(one.phrase) <= MAX_BESIDE
        and (one.phrase.lower() in WEEKDAYS) != (other.phrase.lower() in WEEKDAYS)
    ]
    named = {min(pair, key=lambda written: written.phrase.lower() not in WEEKDAYS) for pair in beside}
    return [written for written in found if written not in named]


def _span(reader: Reader, groups: dict[str, str], day: date) -> Span | None:
    try:
        return reader(groups, day)
    except (ValueError, OverflowError):
        return None  # 31 February


def _read_date(groups: dict[str, str], day: date) -> Span | None:
    written = groups["month"].rstrip(".")
    month = MONTHS[written] if written in MONTHS else int(written)
    found = _dated(groups.get("year"), month, int(groups["day"].rstrip(".")), day)
    return found, found


def _read_slashed(groups: dict[str, str], day: date) -> Span | None:
    first, second = int(groups["one"]), int(groups["two"])
    if first <= 12 and second <= 12 and first != second:
        return None  # Americans and Europeans disagree
    month, of_month = (second, first) if first > 12 else (first, second)
    found = _dated(groups.get("year"), month, of_month, day)
    return found, found


def _read_month(groups: dict[str, str], day: date) -> Span | None:
    first = date(int(groups["year"]), MONTHS[groups["month"]], 1)
    return first, _add_months(first, 1) - timedelta(days=1)


def _read_quarter(groups: dict[str, str], day: date) -> Span | None:
    first = date(int(groups.get("year", day.year)), 3 * int(groups["quarter"]) - 2, 1)
    if _add_months(first, 3) <= day and "year" not in groups:
        first = first.replace(year=first.year + 1)
    return first, _add_months(first, 3) - timedelta(days=1)


def _read_year(groups: dict[str, str], day: date) -> Span | None:
    year = int(groups["year"])
    return date(year, 1, 1), date(year, 12, 31)


def _read_distance(groups: dict[str, str], day: date) -> Span | None:
    number = _NUMBERS.get(groups["number"]) or int(groups["number"])
    match _UNITS[groups["unit"]]:
        case "day":
            found = day + timedelta(days=number)
        case "week":
            found = day + timedelta(weeks=number)
        case "month":
            found = _add_months(day, number)
        case _:
            found = _add_months(day, 12 * number)
    return found, found


def _read_weekday(groups: dict[str, str], day: date) -> Span | None:
    ahead = (WEEKDAYS[groups["weekday"]] - day.weekday() - 1) % 7 + 1
    return day + timedelta(days=ahead), day + timedelta(days=ahead)


def _read_tomorrow(groups: dict[str, str], day: date) -> Span | None:
    return day + timedelta(days=1), day + timedelta(days=1)


def _dated(year: str | None, month: int, of_month: int, day: date) -> date:
    if year:
        return date(int(year) if len(year) == 4 else 2000 + int(year), month, of_month)
    found = date(day.year, month, of_month)
    # In December "3 January" is the next one; what is a little past is past.
    return found if found >= day - timedelta(days=60) else found.replace(year=day.year + 1)


def _add_months(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    for of_month in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, of_month)
        except ValueError:
            continue
    raise ValueError("beyond the calendar")


_OF_YEAR = rf"(?P<year>{_YEAR})"
# Of two readings of the same words the one that stands first here counts.
_FORMS: tuple[tuple[str, Reader], ...] = (
    (rf"\b{_OF_YEAR}-(?P<month>\d\d?)-(?P<day>\d\d?)\b", _read_date),
    (rf"\b{_OF_YEAR}\.\s?(?P<month>\d\d?)\.\s?(?P<day>\d\d?)\b", _read_date),
    (rf"\b{_OF_YEAR}\.?\s(?P<month>{_MONTH})\s(?P<day>{_DAY})", _read_date),
    (
        rf"(?P<day>{_DAY})(?:st|nd|rd|th|\.)?\s?(?:of\s)?(?P<month>{_MONTH})\b\.?(?:,?\s{_OF_YEAR})?",
        _read_date,
    ),
    (r"(?<![\d.])(?P<day>\d\d?)\.\s?(?P<month>\d\d?)\.(?:\s?(?P<year>20\d\d|\d\d))?(?!\d)", _read_date),
    (rf"\b(?P<month>{_MONTH})\b\.?\s(?P<day>{_DAY})(?:st|nd|rd|th)?(?:,?\s{_OF_YEAR})?", _read_date),
    (r"(?<![\d/])(?P<one>\d\d?)/(?P<two>\d\d?)(?:/(?P<year>20\d\d|\d\d))?(?![\d/])", _read_slashed),
    (rf"\b(?P<month>{_MONTH})\b\.?,?\s{_OF_YEAR}", _read_month),
    (rf"\bq(?P<quarter>[1-4])\b(?:[\s/]?{_OF_YEAR})?", _read_quarter),
    (
        rf"\b(?:in|within|for|nach|für)\s(?:the\snext\s)?(?P<number>{_NUMBER})[\s-](?P<unit>{_UNIT})s?\b",
        _read_distance,
    ),
    (rf"\b(?P<number>{_NUMBER})\s(?P<unit>{_UNIT})\smúlva", _read_distance),
    (r"\b(?:tomorrow|holnap)\b", _read_tomorrow),
    (rf"\b(?P<weekday>{_WEEKDAY})\b", _read_weekday),
    (rf"\b{_OF_YEAR}\b", _read_year),
)
_COMPILED = tuple((re.compile(pattern, re.IGNORECASE), reader) for pattern, reader in _FORMS)
