"""When the one who is away comes back, by what an auto-reply says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from outreach.domain.date_words import folded
from outreach.domain.inbound import absence_words as words
from outreach.domain.inbound.away_words import LEFT
from outreach.domain.written_dates import MAX_LOOKED_AT, WrittenDate, find_dates

LONGEST = timedelta(days=1100)
"""A parental leave takes up to three years; what is later is a slip of the pen."""
REACH = 70
DAY = timedelta(days=1)


def has_left(text: str) -> bool:
    """Answer whether the writer says not to be at this address, or with this company, any more."""
    return LEFT.search(folded(text)) is not None


def returns_on(text: str, day: date | None) -> date | None:
    """Return the first day on which to write to the author again; None where `text`, written on `day`, tells none.

    That is the day on which the author is back ("back on 9 March", "until 9 March"), or the day after the last one
    away ("through 9 March", "from 2 to 9 March", "bis 9. März", "9 March inclusive"). A day that has passed is none.
    """
    if day is None:
        return None
    text = text[:MAX_LOOKED_AT]
    plain = folded(text)
    dates = find_dates(text, day, day_first=words.DAY_FIRST.search(plain) is not None)
    places = _places(plain, _with_lone_days(plain, dates, day))
    for reading in (_back, _last_days, _spans, _today):
        for found in reading(plain, places, day):
            if day < found <= day + LONGEST:
                return found
    return None


def _with_lone_days(plain: str, dates: list[WrittenDate], day: date) -> list[WrittenDate]:
    """Return `dates` and the days without a month: "back on the 16th" is the next 16th."""
    lone = []
    for found in words.LONE_DAY.finditer(plain):
        start, end = found.span("day")
        if any(one.start < end and start < one.end and one.start >= start for one in dates):
            continue
        if any(one.start <= start < one.end and one.phrase[:1].isdigit() for one in dates):
            continue
        if (meant := _next_of_month(int(found["day"]), day)) is not None:
            lone.append(WrittenDate(plain[start:end], start, meant, meant))
    begun = [one.start for one in lone]
    kept = [one for one in dates if not any(0 <= start - one.end <= 6 for start in begun)]
    return sorted(kept + lone, key=lambda one: one.start) if lone else dates


def _next_of_month(of_month: int, day: date) -> date | None:
    try:
        ahead = (day + DAY * days for days in range(1, 32))
        return next((one for one in ahead if one.day == of_month), None)
    except OverflowError:
        return None  # after the last day of the calendar


@dataclass(frozen=True)
class _Place:
    """A date and what stands around it in its own sentence, up to the dates beside it."""

    date: WrittenDate
    before: str
    behind: str
    is_followed: bool  # by another date, which what stands between may belong to


def _places(plain: str, dates: list[WrittenDate]) -> list[_Place]:
    ends = [0, *(written.end for written in dates)]
    starts = [*(written.start for written in dates), len(plain)]
    return [
        _Place(
            written,
            _sentence_end(
                words.WEEKDAY_BEFORE.sub("", plain[max(ends[at], written.start - REACH) : written.start])
            ),
            plain[written.end : min(starts[at + 1], written.end + REACH)],
            at + 1 < len(dates) and starts[at + 1] <= written.end + REACH,
        )
        for at, written in enumerate(dates)
    ]


def _sentence_end(before: str) -> str:
    return words.SENTENCE_END.split(before)[-1]


def _back(plain: str, places: list[_Place], day: date) -> Iterator[date]:
    """Yield the days on which the writer says to be back."""
    for place in places:
        if place.date.is_range or _ends_absence(place):
            continue
        if (
            words.BACK_BEFORE.search(place.before)
            or words.FROM_BEHIND.match(place.behind)
            or _is_back_behind(place)
        ):
            yield place.date.first


def _is_back_behind(place: _Place) -> bool:
    """Answer whether the return stands behind its day: "ab dem 16. März wieder erreichbar"."""
    if not words.BACK_BEHIND.search(place.behind):
        return False
    if place.is_followed and words.BACK_BEFORE.search(place.behind):
        return False
    is_from = words.FROM_BEFORE.search(place.before) is not None
    return is_from or not words.AWAY.search(words.CLAUSE_END.split(place.before)[-1])


def _ends_absence(place: _Place) -> bool:
    return any(
        (
            words.LAST_DAY.search(place.before),
            words.UNTIL.search(place.before),
            words.LAST_BEHIND.match(place.behind),
        )
    )


def _last_days(plain: str, places: list[_Place], day: date) -> Iterator[date]:
    """Yield the days after the last ones away, and what "until" names."""
    for place in places:
        written = place.date
        if written.is_range or words.LAST_DAY.search(place.before) or _is_hungarian(plain, place):
            yield written.last + DAY
        elif words.UNTIL.search(place.before):
            is_last = words.INCLUSIVE.match(place.behind) or (
                not written.is_one_day and written.first.day > 1
            )
            yield written.last + DAY if is_last else written.first


def _is_hungarian(plain: str, place: _Place) -> bool:
    is_until = words.LAST_BEHIND.match(place.behind) is not None
    return is_until or plain[place.date.start : place.date.end].endswith("ig")


def _spans(plain: str, places: list[_Place], day: date) -> Iterator[date]:
    """Yield the days after absences of two dates, of so many weeks, or of "this week"."""
    for one, other in pairwise(places):
        if len(one.behind) < REACH and words.JOIN.match(words.WEEKDAY_BEFORE.sub("", one.behind)):
            yield _after(one.date.first, other.date.last) + DAY
    for place in places:
        written = place.date
        if not words.AWAY.search(_around(plain, written)):
            continue
        if words.WEEK_OF.search(place.before):
            yield written.first + 7 * DAY
        elif not written.is_one_day and written.first <= day and (written.last - written.first).days <= 31:
            yield written.last + DAY
        elif words.FOR_SO_LONG.match(plain, written.start):
            yield written.first


def _after(first: date, last: date) -> date:
    """Return the last day of a span, in the next year where it would come before the first one."""
    return (
        last
        if last >= first or last.replace(day=1) == date(last.year, 2, 1)
        else last.replace(year=last.year + 1)
    )


def _around(plain: str, written: WrittenDate) -> str:
    return plain[max(0, written.start - REACH) : written.end + REACH]


def _today(plain: str, places: list[_Place], day: date) -> Iterator[date]:
    """Yield the morrow of an absence of this very day."""
    for place in places:
        if place.date.first == place.date.last == day and words.AWAY.search(_around(plain, place.date)):
            yield day + DAY
