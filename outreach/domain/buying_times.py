"""Reads when somebody means to buy, in eight languages: "in 2 months", "asap", "im Herbst", "l'an prochain"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

from outreach.domain.time_forms import times_in
from outreach.domain.time_translation import in_english, without_accents
from outreach.domain.time_words import BUYING, DOUBT, SAID, SOME_DAY

MAX_LOOKED_AT = 2000
MAX_AHEAD = timedelta(days=3660)
"""Nobody plans a purchase for longer: a date farther away is a slip of the pen."""


def stated(text: str, now: datetime) -> datetime | None:
    """Return the time of purchase that `text` states, in UTC; None where it states none, several, or is unsure.

    A text counts that is nothing but a time, or a sentence that speaks of buying. A week, month, quarter or year
    that has begun means its last day, a later one its first, a range its end. Days mean their midnight; today and
    "asap" mean `now`. What has passed is no plan and counts as nothing.
    """
    if is_some_day(text[:MAX_LOOKED_AT]):
        return None
    today = now.astimezone(UTC).date()
    plain = without_accents(text[:MAX_LOOKED_AT])
    for language in SAID:
        days = _days_stated(plain, today, language)
        if days is None or len(days) > 1:
            return None
        if days:
            return _at(days.pop(), today, now)
    return None


def _at(day: date, today: date, now: datetime) -> datetime | None:
    if day == today:
        return now.astimezone(UTC)
    return datetime.combine(day, time(), UTC) if today < day <= today + MAX_AHEAD else None


def is_some_day(phrase: str) -> bool:
    """Tell whether `phrase` is a time that no calendar knows, as "some day": no date, and nothing to wait for."""
    plain = " ".join(without_accents(phrase).split())
    return any(_some_day(language).fullmatch(plain) for language in SAID)


@dataclass(frozen=True)
class Said:
    """A time in a sentence: where it stands there, and the day it means, None for one that no calendar has."""

    start: int
    end: int
    day: date | None
    english: str


def times_said(sentence: str, today: date, language: str) -> list[Said]:
    """Return the times in `sentence`, lower case without accents, as `language` writes them, in their order.

    Of a period that has begun its last day is meant, of a later one its first, of "after March" its end.
    """
    english = in_english(sentence, language)
    found = [
        Said(*english.place(start, end), day, english.text[start:end])
        for start, end, day in times_in(english.text, today)[0]
    ]
    return sorted(found, key=lambda said: said.start)


def some_day_said(sentence: str, language: str) -> tuple[int, int] | None:
    """Return where `sentence`, lower case without accents, says "some day" or its kin."""
    match = _some_day(language).search(sentence)
    return match.span() if match else None


def speaks_of_buying(sentence: str, language: str) -> re.Match[str] | None:
    """Return the words of `sentence`, lower case without accents, that speak of buying, deciding or needing."""
    return _buying(language).search(sentence)


def _days_stated(plain: str, today: date, language: str) -> set[date] | None:
    days: set[date] = set()
    for sentence in _sentences(plain):
        found = _days_in(sentence, today, language)
        if found is None:
            return None
        days |= found
    return days


def _sentences(plain: str) -> Iterator[str]:
    return (" ".join(part.split()) for part in _SENTENCE_END.split(plain) if part.strip())


def _days_in(sentence: str, today: date, language: str) -> set[date] | None:
    """Return the days that the sentence names as times of purchase; None when it takes back what it says."""
    english = in_english(sentence, language).text
    found, rest = times_in(english, today)
    is_only_a_time = not set(_WORD.findall(rest)) - _FILLERS
    if not found or not (is_only_a_time or _buying(language).search(rest if language == "en" else sentence)):
        return set()
    if _doubt(language).search(rest) or any(
        day is None or _AFTER.match(english, start) for start, _, day in found
    ):
        return None
    return {day for _, _, day in found if day is not None}


@cache
def _buying(language: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!in )\b(?:{BUYING[language]})\b")  # "in order to" orders nothing


@cache
def _doubt(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{DOUBT['en']}|{DOUBT[language]})\b|\+|>")


@cache
def _some_day(language: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{SOME_DAY[language]})\b")


_SENTENCE_END = re.compile(r"(?<!\d)\.(?=\s|$)|[!?;\n]")  # "15. March" is one
_WORD = re.compile(r"[^\W_]+(?:'[a-z]+)?")
_FILLERS = frozenset(
    "about around approximately approx roughly by at the latest within from on in before until hopefully likely or so"
    " please thanks thank you we i'd i will would want like plan planning aim hope to timeline timeframe time of"
    " purchase buying ideally over during".split()
)
_AFTER = re.compile(r"after (?!the summer|summer|the new|the fiscal|the financial)")
