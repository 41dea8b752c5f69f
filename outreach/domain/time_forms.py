"""The forms in which a time is written in English, and the day that each means."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from outreach.domain.written_dates import MONTHS, WEEKDAYS

Groups = dict[str, str]
Reader = Callable[[Groups, date], date]


def times_in(sentence: str, today: date) -> tuple[list[tuple[int, int, date | None]], str]:
    """Return the times in the English sentence, and the sentence with bars in place of them.

    A time is its place and its day, None for one that no calendar has.
    """
    found: list[tuple[int, int, date | None]] = []
    for pattern, reader in _COMPILED:
        for match in pattern.finditer(sentence):
            groups = {name: value for name, value in match.groupdict().items() if value}
            try:
                found.append((*match.span(), reader(groups, today)))
            except (ValueError, OverflowError):
                found.append((*match.span(), None))
        sentence = pattern.sub(lambda match: "|" * len(match[0]), sentence)
    return found, sentence


# -- periods ---------------------------------------------------------------------------------------


def _last_of(unit: str, first: date) -> date:
    return _first_of_next(unit, first) - timedelta(days=1)


def _first_of(unit: str, day: date) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    month = {"month": day.month, "quarter": day.month - (day.month - 1) % 3, "year": 1}[unit]
    return date(day.year, month, 1)


def _first_of_next(unit: str, day: date) -> date:
    first = _first_of(unit, day)
    if unit == "week":
        return first + timedelta(weeks=1)
    return _add_months(first, {"month": 1, "quarter": 3, "year": 12}[unit])


def _add_months(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))


def _in_period(unit: str, first: date, part: str, today: date) -> date:
    """Return the day meant by "early", "mid", "end of" the period, or by the period alone."""
    last = _last_of(unit, first)
    match part:
        case "end of" | "late" | "later" | "after":
            return last
        case "mid" | "middle of":
            return first + (last - first) / 2
        case "early" | "beginning of" | "start of":
            return first
        case _:
            return first if first > today else last


# -- what the words mean ---------------------------------------------------------------------------


def _read_now(groups: Groups, today: date) -> date:
    return today


def _read_tomorrow(groups: Groups, today: date) -> date:
    return today + timedelta(days=1)


def _read_period(groups: Groups, today: date) -> date:
    unit = groups["unit"]
    first = (
        _first_of_next(unit, today) if groups.get("which") in ("next", "coming") else _first_of(unit, today)
    )
    return _in_period(unit, first, groups.get("part", ""), today)


def _read_abbreviated(groups: Groups, today: date) -> date:
    return _last_of({"m": "month", "q": "quarter", "y": "year"}[groups["unit"]], today)


def _read_distance(groups: Groups, today: date) -> date:
    word = groups["number"].replace(" of", "")
    number = _NUMBERS[word] if word in _NUMBERS else int(word)
    match groups["unit"]:
        case "day":
            return today + timedelta(days=number)
        case "week":
            return today + timedelta(weeks=number)
        case unit:
            return _add_months(today, number * {"month": 1, "quarter": 3, "year": 12}[unit])


def _read_half_year(groups: Groups, today: date) -> date:
    return _add_months(today, 6)


def _read_numbers(groups: Groups, today: date) -> date:
    return date(int(groups["year"]), int(groups["month"]), int(groups["day"]))


def _read_slashed(groups: Groups, today: date) -> date:
    one, two = int(groups["one"]), int(groups["two"])
    if one <= 12 and two <= 12 and one != two:
        raise ValueError("Americans and Europeans disagree")
    month, day = (two, one) if one > 12 else (one, two)
    return date(int(groups["year"]), month, day)


def _read_day(groups: Groups, today: date) -> date:
    month, day = MONTHS[groups["month"]], int(groups["day"])
    if "year" in groups:
        return date(int(groups["year"]), month, day)
    found = date(today.year, month, day)
    return found if found >= today else date(today.year + 1, month, day)


def _read_month(groups: Groups, today: date) -> date:
    written = groups["month"]
    return _yearly("month", MONTHS.get(written) or int(written), groups, today)


def _read_quarter(groups: Groups, today: date) -> date:
    number = _ORDINALS.get(groups["quarter"]) or int(groups["quarter"])
    return _yearly("quarter", 3 * number - 2, groups, today)


def _read_season(groups: Groups, today: date) -> date:
    first = date(int(groups.get("year", today.year)), _SEASONS[groups["season"]], 1)
    last = _add_months(first, 3) - timedelta(days=1)
    if "year" not in groups and (last < today or (groups.get("which") == "next" and first <= today)):
        first = first.replace(year=first.year + 1)
        last = _add_months(first, 3) - timedelta(days=1)
    return last if first <= today <= last or groups.get("part") in ("end of", "late") else first


def _read_after_summer(groups: Groups, today: date) -> date:
    first = date(today.year, 9, 1)
    return first if first > today else first.replace(year=first.year + 1)


def _read_next_year(groups: Groups, today: date) -> date:
    return date(today.year + 1, 1, 1)


def _read_year(groups: Groups, today: date) -> date:
    return _yearly("year", 1, groups, today)


def _yearly(unit: str, month: int, groups: Groups, today: date) -> date:
    first = date(int(groups.get("year", today.year)), month, 1)
    if "year" not in groups and _last_of(unit, first) < today:
        first = first.replace(year=first.year + 1)
    return _in_period(unit, first, groups.get("part", ""), today)


def _read_weekday(groups: Groups, today: date) -> date:
    return today + timedelta(days=(WEEKDAYS[groups["weekday"]] - today.weekday() - 1) % 7 + 1)


# -- the words -------------------------------------------------------------------------------------


def _any_of(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "a couple": 2, "couple": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_SEASON_BEFORE = (
    r"(?:(?:in|by|until|from|before|during|towards|around|for) )?(?:(?P<part>end of|late|early|mid"
    r"|beginning of) )?"
    r"(?:the )?(?:(?P<which>this|next|coming) )?"
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
_NUMBER = rf"(?:\d{{1,3}}|{_any_of(_NUMBERS)})"
_UNIT = r"(?P<unit>day|week|month|quarter|year)s?\b"
_PERIOD = r"(?P<unit>week|month|quarter|year)\b"
_YEAR = r"(?P<year>20\d\d)(?![\d-])"
_PART = (
    r"(?:(?P<part>after|end of|late|later|mid|middle of|early|beginning of|start of)[ -])?(?:in )?(?:the )?"
)
_BY = r"(?:in|by|before|until|around|about|from|within|for|at|on)"
_MONTH = rf"(?P<month>{_any_of(MONTHS)})\b\.?"
_CLOCK = r"[t ]\d\d:\d\d[\d:.]{0,12}(?:z|[+-]\d\d:?\d\d)?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"

# Longer readings first: what one has read is gone for those below it.
_FORMS: tuple[tuple[str, Reader], ...] = (
    (rf"\b(?P<year>20\d\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?:{_CLOCK})?\b", _read_numbers),
    (r"\b(?P<year>20\d\d)-(?P<month>[01]\d)\b(?!-)", _read_month),
    (r"\b(?P<day>[0-3]?\d)\.(?P<month>[01]?\d)\.(?P<year>20\d\d)\b", _read_numbers),
    (r"\b(?P<one>[0-3]?\d)/(?P<two>[0-3]?\d)/(?P<year>20\d\d)\b", _read_slashed),
    (rf"\b{_DAY}(?: of|\.)? {_MONTH}(?:,? {_YEAR})?", _read_day),
    (rf"\b{_MONTH} {_DAY}\b(?!\d)(?:,? {_YEAR})?", _read_day),
    (rf"\b{_PART}{_MONTH}(?: of)? {_YEAR}", _read_month),
    (rf"\b{_BY} {_PART}{_MONTH}(?! \d)", _read_month),
    (
        rf"\b(?P<part>after|end of|late|mid|middle of|early|beginning of|start of)[ -](?:the"
        rf" )?{_MONTH}(?! \d)",
        _read_month,
    ),
    (rf"^{_MONTH}$", _read_month),
    (r"\bafter the summer(?: holidays| break| vacation)?\b|\bafter summer\b", _read_after_summer),
    (rf"\b{_SEASON_BEFORE}(?P<season>{_any_of(_SEASONS)})\b(?:(?: of)? {_YEAR})?", _read_season),
    (
        r"\b(?:(?:in|by|with|after|start of|beginning of) )?(?:the )?(?:new|next|coming|after the|after"
        r" this|end of the) "
        r"(?:fiscal |financial )year\b|\bafter the (?:fiscal|financial) year(?:[ -]end)?\b",
        _read_next_year,
    ),
    (r"\b(?:in|with|by|after) the new year\b|\bin new year\b", _read_next_year),
    (rf"\b{_PART}q(?P<quarter>[1-4])(?:[ /-]?{_YEAR}|\b)", _read_quarter),
    (rf"\b{_PART}(?P<quarter>{_any_of(_ORDINALS)}) quarter(?:(?: of)? {_YEAR})?\b", _read_quarter),
    (rf"\b{_PART}(?P<which>this|current|next|coming) {_PERIOD}", _read_period),
    (rf"\b(?P<part>end of|late|later|mid|middle of)[ -](?:in )?(?:the )?{_PERIOD}", _read_period),
    (
        r"\b(?P<unit>month|quarter|year)[ -](?P<part>end)\b",
        lambda groups, today: _last_of(groups["unit"], today),
    ),
    (r"\beo(?P<unit>[mqy])\b", _read_abbreviated),
    (r"\b(?:(?:in|within) )?half a year\b", _read_half_year),
    (
        rf"(?:\b(?:less than|under|up to|in|within)|<) ?(?:(?:the|about|around|next|coming) ){{0,2}}"
        rf"(?:{_NUMBER} ?(?:-|–|to|or) ?)?(?P<number>{_NUMBER}(?: of)?) ?{_UNIT}(?:'s? time)?",
        _read_distance,
    ),
    (
        rf"\b(?:(?:in|within|over|during) )?(?:the )?next (?P<number>{_NUMBER}(?: of)?) {_UNIT}",
        _read_distance,
    ),
    (
        rf"^(?:{_NUMBER} ?(?:-|–|to|or) ?)?(?P<number>{_NUMBER}(?: of)?) ?{_UNIT}(?: from now)?$",
        _read_distance,
    ),
    (rf"\b(?:{_BY} |(?=late |mid|early |end |begin|start )){_PART}{_YEAR}\b", _read_year),
    (rf"^{_YEAR}$", _read_year),
    (rf"\b(?:next|this|on|by|until|before) (?P<weekday>{_any_of(WEEKDAYS)})\b", _read_weekday),
    (r"\btomorrow\b", _read_tomorrow),
    (r"\b(?:asap|as soon as possible|immediately|right away|straight away|today|right now|now)\b", _read_now),
)
_COMPILED = tuple((re.compile(pattern), reader) for pattern, reader in _FORMS)
