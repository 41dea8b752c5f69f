"""Dates as people write them in mails: English, German, Hungarian, French, Spanish, Italian, Dutch, Polish, and kin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from outreach.domain import date_readers as readers
from outreach.domain import date_words as words
from outreach.domain.date_readers import Groups, Reader, Span
from outreach.domain.date_words import MONTHS, WEEKDAYS, folded

__all__ = ["MONTHS", "WEEKDAYS", "WrittenDate", "find_dates"]

MAX_LOOKED_AT = 4000
# How far from its month or unit a date may begin and end.
REACH = 60


@dataclass(frozen=True)
class WrittenDate:
    """A date in a text: the phrase, where it begins, and the first and last day it may mean.

    `is_range`: both days are written ("2 to 9 March"); else one day is meant, and some spans are only less exact.
    """

    phrase: str
    start: int
    first: date
    last: date
    is_range: bool = False

    @property
    def is_one_day(self) -> bool:
        return self.first == self.last

    @property
    def end(self) -> int:
        return self.start + len(self.phrase)


def find_dates(text: str, day: date, *, day_first: bool = False) -> list[WrittenDate]:
    """Return the dates in the first 4,000 letters of `text`, written on `day`; the ambiguous ones are left out.

    04/05 is April or May: it counts where another date of the text, `day_first` or the calendar settles which;
    the calendar does when one of both has passed.
    """
    text = text[:MAX_LOOKED_AT]
    plain = folded(text)
    order = (
        _order_by_weekday(plain, day)
        or _order(plain)
        or ("day" if day_first else _order_by_calendar(plain, day))
    )
    found: list[tuple[WrittenDate, bool]] = []
    taken = bytearray(len(text))
    for form, match in _matches(plain):
        lead = _lead(form, plain, match.start())
        start, end = match.start() - len(lead[0]) if lead else match.start(), match.end()
        if (lead is None and form.lead) or any(taken[start:end]):
            continue
        taken[start:end] = b"\x01" * (end - start)
        groups = _groups(match) | (_groups(lead) if lead else {})
        if (span := _span(form.reader, groups | {"order": order}, day)) is not None:
            written = WrittenDate(text[start:end], start, *span, form.is_range and span[0] < span[1])
            found.append((written, form.near == "weekday"))
    return _without_their_weekdays(sorted(found, key=lambda one: one[0].start), plain)


_STARTS = re.compile(r"\d+|[^\W\d_]{2,30}")


def _matches(plain: str) -> Iterator[tuple[_Form, re.Match[str]]]:
    """Yield what the forms find, each looked for only near the words that it needs: most texts have few."""
    near: dict[str, list[tuple[int, int]]] = {}
    for word in _STARTS.finditer(plain):
        for kind in ("digit",) if word[0].isdecimal() else _KINDS.get(word[0], ()):
            windows = near.setdefault(kind, [(0, 0)])
            lo, hi = max(0, word.start() - REACH), word.end() + REACH
            if lo <= windows[-1][1]:
                lo, _ = windows.pop()
            windows.append((lo, hi))
    for form in _FORMS:
        for lo, hi in near.get(form.near, ()):
            for match in form.pattern.finditer(plain, lo, hi):
                yield form, match


def _lead(form: _Form, plain: str, start: int) -> re.Match[str] | None:
    """Return the words that have to stand, or may stand, right before what a form has found."""
    lead = form.lead or form.may_lead
    return _LEADS[lead].search(plain[max(0, start - REACH) : start]) if lead else None


def _groups(match: re.Match[str]) -> Groups:
    return {name: value for name, value in match.groupdict().items() if value}


_BESIDE = re.compile(
    r"(?:-?[aeo]n\b)?[\s,.(]{0,3}(?:the |den |dem |der |le |el |il |de |em |on |am |of |de la )?"
)


def _without_their_weekdays(found: list[tuple[WrittenDate, bool]], plain: str) -> list[WrittenDate]:
    """Leave out the Monday of "Monday, 9 March", which says no other day; "Monday next week" is one in that week."""
    kept = [written for written, _ in found]
    for (one, one_is), (other, other_is) in pairwise(found):
        if one_is == other_is or not _BESIDE.fullmatch(plain, one.end, other.start):
            continue
        weekday, beside = (one, other) if one_is else (other, one)
        if weekday in kept:
            kept.remove(weekday)
        if beside in kept and _is_week(beside):
            day = beside.last + timedelta(days=weekday.first.weekday() - 6)
            kept[kept.index(beside)] = replace(beside, first=day, last=day)
    return kept


def _is_week(written: WrittenDate) -> bool:
    days = (written.last - written.first).days
    return 0 < days <= 6 and written.last.weekday() == 6 and not written.is_range


_SLASHED = re.compile(r"(?<![\d/])(\d\d?)/(\d\d?)(?:/(?:20)?\d\d)?(?![\d/])")


_NAMED = re.compile(
    r"\b(mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|[a-z]{5,12})[.,]{0,2} (?:the |den |dem |le |el |il )?"
    r"\(?(\d\d?)/(\d\d?)(?:/((?:20)?\d\d))?(?![\d/])"
)
_SHORT = {
    "mon": 0,
    "tue": 1,
    "tues": 1,
    "wed": 2,
    "thu": 3,
    "thur": 3,
    "thurs": 3,
    "fri": 4,
    "sat": 5,
    "sun": 6,
}


def _order_by_weekday(plain: str, day: date) -> str:
    """Return the order in which alone a slashed date falls on the day of the week that stands before it."""
    for name, one, two, year in _NAMED.findall(plain):
        weekday = _SHORT.get(name, WEEKDAYS.get(name))
        groups = {"one": one, "two": two} | ({"year": year} if year else {})
        falling = [
            order
            for order in ("day", "month")
            if (span := _span(readers.read_slashed, groups | {"order": order}, day))
            and span[0].weekday() == weekday
        ]
        if len(falling) == 1:
            return falling[0]
    return ""


def _order(plain: str) -> str:
    """Return what stands first in the slashed dates of a text: "day", "month", or nothing where none tells."""
    for one, two in _SLASHED.findall(plain):
        if 12 < int(one) <= 31 and 0 < int(two) <= 12:
            return "day"
        if 12 < int(two) <= 31 and 0 < int(one) <= 12:
            return "month"
    return ""


def _order_by_calendar(plain: str, day: date) -> str:
    """Return the order in which alone the first slashed date that the calendar settles is still to come."""
    for one, two in _SLASHED.findall(plain):
        groups = {"one": one, "two": two}
        ahead = [
            order
            for order in ("day", "month")
            if (span := _span(readers.read_slashed, groups | {"order": order}, day)) and span[0] >= day
        ]
        if len(ahead) == 1 and one != two:
            return ahead[0]
    return ""


def _span(reader: Reader, groups: Groups, day: date) -> Span | None:
    try:
        return reader(groups, day)
    except (ValueError, OverflowError):
        return None  # 31 February


@dataclass(frozen=True)
class _Form:
    pattern: re.Pattern[str]
    reader: Reader
    near: str  # what has to stand near by
    lead: str = ""  # which words have to stand right before it
    may_lead: str = ""
    is_range: bool = False


def _one_of(names: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(names, key=len, reverse=True)) + ")"


_YEAR = r"(?P<year>20\d\d)(?!\d)"
_MONTH = rf"(?P<month>{_one_of(words.MONTHS_BY_NAME)})"
_MONTH_FIRST = rf"(?P<month>{_one_of(words.MONTHS_FIRST)})"
_MONTH_ALONE = rf"(?P<month>{_one_of(words.MONTHS_ALONE)})(?:ban|ben|tol|ig|ra|re|i)?"
_DAY = r"(?P<day>[0-3]?\d)(?![\d:%€$])"
_FROM = r"(?<![\d.,/:-])(?P<from>[0-3]?\d)(?!\d)"
_MARK, _OF = words.ORDINAL_MARKS, words.OF
_TO = rf" ?(?:{words.TO}) ?(?:the |den |zum |le )?"
_DAY_FIRST = r"(?<![\d.,/:-])(?P<day>[0-3]?\d)"
_QUARTER = r"(?:quarter|quartals?|trimestre|kwartaal|kwartalu?|kwartale|negyedev\w{0,4})"
_DAYS_NAME = rf"(?:{_one_of(folded(name) for name in WEEKDAYS)},? )?"
_NUMERIC_MONTH = r"(?P<month>[01]?\d)(?!\d)"
_WHICH, _PARTS = f"(?:{words.WHICH})", f"(?:{words.PARTS})"
_UNIT = rf"(?P<unit>{_one_of(words.UNITS)})"
_NUMBER = rf"(?P<number>\d{{1,3}}|{_one_of(words.NUMBERS)})"
_WEEKDAY = rf"(?P<weekday>{_one_of(folded(name) for name in WEEKDAYS)})"
_ORDINAL = _one_of(words.ORDINALS)
_SEASON = rf"(?P<season>{_one_of(words.SEASONS)})"
_BEHIND = f"(?:{words.PARTS_BEHIND})"
_LEADS = {
    name: re.compile(rf"(?<!\w)(?:{pattern})$")
    for name, pattern in {
        "part": rf"{_PARTS}{words.LINK}(?:[ '-]|(?<=-))(?:the |het |de |la |las |le |l'|el )?",
        "month": rf"(?:{words.MONTH_LEADS})(?: |(?<='))",
        "which": rf"(?:{_PARTS}{words.LINK} )?{_WHICH}[ '](?:fiscal |financial |business )?",
        "distance": rf"(?:{words.DISTANCE_LEADS}) {words.DISTANCE_FILLERS}",
        "dated": "(?:od|do|bis|vom|ab|ab dem|bis zum|zum|dal|al|fino al|du|au|jusqu'au|w dniach|dnia|fra|till|tot|с|до|по) ",
        "season": rf"(?:{words.SEASON_LEADS})(?: |(?<='))",
    }.items()
}
_OF_YEAR = rf"(?:,? (?:of |de |del |dell'|von |van |roku )?{_YEAR})?"

# Of two readings of the same words the one that stands first here counts; each stands near a word of its kind.
_WRITTEN: tuple[tuple[str, str, str, Reader], ...] = (
    (
        "month",
        "",
        rf"{_FROM}{_MARK}{_TO}{_DAYS_NAME}{_DAY}{_MARK},? {_OF}{_MONTH}\b{_OF_YEAR}",
        readers.read_days,
    ),
    ("digit", "", rf"{_FROM}\.?{_TO}{_DAY}\.{_NUMERIC_MONTH}\.?(?:{_YEAR})?(?!\d)", readers.read_days),
    (
        "month",
        "",
        rf"\b{_MONTH_FIRST}\.? (?P<from>[0-3]?\d){_MARK}{_TO}{_DAY}(?!\.?\d){_MARK}{_OF_YEAR}",
        readers.read_days,
    ),
    (
        "digit",
        "",
        rf"(?<!\d)(?P<year>20\d\d)(?:-|/|\. ?|年){_NUMERIC_MONTH}(?:-|/|\. ?|月){_DAY}(?:日|\b)",
        readers.read_date,
    ),
    ("digit", "", rf"(?<!\d){_NUMERIC_MONTH}(?:月|월) ?{_DAY}(?:日|일)", readers.read_date),
    ("month", "", rf"\b{_YEAR}\.? {_MONTH_FIRST}\.? {_DAY}", readers.read_date),
    (
        "month",
        "",
        rf"{_DAY_FIRST}{_MARK}[ -]?{_OF}{_MONTH}\b(?:\.?-?,? ?(?:de |del )?{_YEAR})?",
        readers.read_date,
    ),
    (
        "digit",
        "",
        rf"(?<![\d.]){_DAY}\. ?{_NUMERIC_MONTH}\.(?: ?(?P<year>20\d\d|\d\d(?![\d.:])))?(?!\d)",
        readers.read_date,
    ),
    ("digit", "", rf"(?<![\d.-]){_DAY}[.-]{_NUMERIC_MONTH}[.-]{_YEAR}", readers.read_date),
    ("month", "", rf"\b{_MONTH_FIRST}\.? {_DAY}(?:st|nd|rd|th)?{_OF_YEAR}", readers.read_date),
    (
        "digit",
        "",
        r"(?<![\d/])(?P<one>\d\d?)/(?P<two>\d\d?)(?:/(?P<year>20\d\d|\d\d))?(?![\d/%])",
        readers.read_slashed,
    ),
    ("month", "part?", rf"\b{_MONTH}\b\.?,? (?:de |del |van |roku )?{_YEAR}", readers.read_month),
    ("month", "", rf"\b{_YEAR}\.? {_MONTH_ALONE}\b", readers.read_month),
    ("digit", "part?", rf"\bq(?P<quarter>[1-4])\b(?:[ /-]?(?:of )?{_YEAR})?", readers.read_quarter),
    (
        "digit",
        "",
        r"\b(?:kw|cw|kalenderwochen?|calendar weeks|uge|vecka|v\.) ?(?P<one>[0-5]?\d) ?(?:-|/|\+|und|bis|and|to|og|och|til)"
        r" ?(?P<two>[0-5]?\d)\b(?!\.\d)",
        readers.read_weeks,
    ),
    (
        "digit",
        "",
        r"\b(?:kw|cw|kalenderwoche|calendar week|uge|vecka|v\.) ?(?P<week>[0-5]?\d)\b(?!\.\d)",
        readers.read_week,
    ),
    (
        "digit",
        "dated",
        r"(?<![\d.,])(?P<day>[0-3]\d)\.(?P<month>[01]\d)(?![\d.:%€]| ?(?:uhr|h\b|eur|zl|pln|chf|%))",
        readers.read_date,
    ),
    ("digit", "", rf"\bt(?P<quarter>[1-4])[ /-]?{_YEAR}", readers.read_quarter),
    ("digit", "", rf"\bh(?P<half>[12])(?:[ /-]?{_YEAR}|\b)", readers.read_half),
    (
        "unit",
        "part?",
        rf"\b(?P<quarter>{_ORDINAL})\.? (?:fiscal )?{_QUARTER}{_OF_YEAR}\b",
        readers.read_quarter,
    ),
    ("unit", "", rf"\b(?P<half>{_ORDINAL})\.? (?:{words.HALVES}){_OF_YEAR}\b", readers.read_half),
    ("month", "part", rf"\b{_MONTH}\b(?! \d)", readers.read_month),
    ("month", "", rf"\b{_MONTH_ALONE} {_BEHIND}", readers.read_month),
    ("month", "month", rf"\b{_MONTH_ALONE}\b(?!\.? \d)(?! nap)", readers.read_month),
    ("month", "", rf"\b{_MONTH}(?:ban|ben|ig)\b", readers.read_month),
    ("unit", "distance", rf"\b{_NUMBER}[ -]{_UNIT}\b", readers.read_distance),
    ("unit", "", rf"\b{_NUMBER} {_UNIT} (?:from now|mulva|van nu)\b", readers.read_distance),
    (
        "unit",
        "",
        r"\b(?:in|within) (?:half a year|einem halben jahr)\b|\bfel ev mulva\b|\bza pol roku\b",
        readers.read_half_a_year,
    ),
    ("unit", "which", rf"\b{_UNIT}\b", readers.read_period),
    ("unit", "", rf"\b{_UNIT} (?P<next>{words.NEXT_BEHIND})\b", readers.read_period),
    (
        "unit",
        "",
        r"\b(?P<this>all|the whole|die ganze|toute la|toda la|tutta la|de hele|caly)"
        r" (?P<unit>week|woche|semaine|semana|settimana|tydzien)\b",
        readers.read_period,
    ),
    ("unit", "part", rf"\b{_UNIT}\b", readers.read_period),
    ("unit", "", rf"\b{_UNIT} {_BEHIND}", readers.read_period),
    (
        "unit",
        "",
        r"\b(?P<unit>jahres|monats|quartals|year|month|quarter)[ -]?(?P<end>end)e?\b",
        readers.read_period,
    ),
    ("other", "", r"\b(?:jovore|l'an prochain|nachstjahrig)\b", readers.read_next_year),
    ("other", "", rf"\b(?:{words.AFTER_SUMMER})\b", readers.read_after_summer),
    ("other", "", rf"\b(?:{words.NEW_YEAR})\b", readers.read_new_year),
    ("other", "", rf"\b(?:{words.AFTER_CHRISTMAS})\b", readers.read_after_christmas),
    ("other", "season", rf"\b{_SEASON}\b(?! time){_OF_YEAR}", readers.read_season),
    ("other", "", rf"\b(?P<season>{_one_of(words.SEASON_ADVERBS)})\b", readers.read_season),
    ("other", "", rf"\b(?:{words.OVERMORROW})\b", readers.days_ahead(2)),
    ("other", "", rf"\b(?:{words.TOMORROW})\b", readers.days_ahead(1)),
    ("other", "", rf"\b(?:{words.TODAY})\b", readers.days_ahead(0)),
    ("weekday", "which?", rf"\b{_WEEKDAY}\b(?: (?:{words.NEXT_BEHIND})\b)?", readers.read_weekday),
    ("digit", "part?", rf"\b{_YEAR}\b", readers.read_year),
)
_FORMS = tuple(
    _Form(
        re.compile(form), reader, near, is_range=reader in (readers.read_days, readers.read_weeks),
        lead="" if lead.endswith("?") else lead, may_lead=lead.removesuffix("?"),
    )
    for near, lead, form, reader in _WRITTEN
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]{2,30}")


def _kinds() -> dict[str, tuple[str, ...]]:
    """Return the kinds of every word that makes a date without digits, or beside them."""
    months = [name + end for name in words.MONTHS_BY_NAME for end in ("", *words.ENDINGS)]
    named = {
        "month": months,
        "unit": [*words.UNITS, *words.QUARTERS_AND_HALVES.split()],
        "weekday": [folded(name) for name in WEEKDAYS],
        "other": [*words.SEASONS, *words.SEASON_ADVERBS, *words.OTHER_WORDS.split()],
    }
    kinds: dict[str, tuple[str, ...]] = {}
    for kind, names in named.items():
        for part in {part for name in names for part in _WORD.findall(name)}:
            kinds[part] = (*kinds.get(part, ()), kind)
    return kinds


_KINDS = _kinds()
