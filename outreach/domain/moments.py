"""Times as the tests of a campaign name them: "day 2 14:30", "tue 10:00", "3 hours after webinar/thanks"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pydantic_core import core_schema

from outreach.domain.durations import Duration
from outreach.domain.written import DAYS

FIRST_YEAR, LAST_YEAR = 2000, 2100
NOON = time(12)
"""When something happens of which only the day is said."""
_CLOCK = r"(?: (\d{1,2}):(\d\d))?"
_DAY = re.compile(r"day (-?\d{1,3})" + _CLOCK)
_WEEKDAY = re.compile(f"({'|'.join(DAYS)})" + _CLOCK)
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)" + _CLOCK)
_AFTER = re.compile(r"(.+?) after ([a-z0-9][a-z0-9_/-]*)")
_HINT = 'write for example "day 2", "day 2 14:30", "tue 10:00" or "3 hours after webinar/thanks"'


class Span(tuple[datetime, datetime]):
    """The first instant that a time means, and the first one after it: a minute, or a whole day."""

    __slots__ = ()

    @property
    def first(self) -> datetime:
        return self[0]

    @property
    def end(self) -> datetime:
        return self[1]


@dataclass(frozen=True)
class Moment:
    """A time in a test, by the calendar of its lead. Exactly one of day, weekday, on and after is there."""

    written: str
    day: int | None = None  # 0 is the day on which the test starts
    weekday: int | None = None  # the first one from the start on
    on: date | None = None
    clock: time | None = None
    after: tuple[Duration, str] | None = None  # so long after the mail of this template or step

    @classmethod
    def parse(cls, text: str) -> Moment:
        """Return the time that `text` names. ValueError says what would be right."""
        written = " ".join(text.lower().split())
        try:
            if match := _DAY.fullmatch(written):
                return cls(written, day=int(match[1]), clock=_clock(match[2], match[3]))
            if match := _WEEKDAY.fullmatch(written):
                return cls(written, weekday=DAYS.index(match[1]), clock=_clock(match[2], match[3]))
            if match := _DATE.fullmatch(written):
                return cls(written, on=_day(match[1]), clock=_clock(match[2], match[3]))
        except ValueError:
            raise ValueError(f"{text[:40]!r} is no day or time that there is; {_HINT}") from None
        if match := _AFTER.fullmatch(written):
            return cls(written, after=(Duration.parse(match[1]), match[2]))
        raise ValueError(f"{text[:40]!r} is not a time; {_HINT}")

    @property
    def anchor(self) -> str | None:
        """The template or step after whose mail it is counted, None where it is not."""
        return self.after[1] if self.after else None

    def span(self, start: datetime, zone: ZoneInfo, sent: Mapping[str, datetime]) -> Span | None:
        """Return what it means in a test that starts at `start`; None where the mail it is counted from never went.

        `sent` says when the first mail of each template and step went.
        """
        if self.after is not None:
            from_at = sent.get(self.after[1])
            if from_at is None:
                return None
            at = self.after[0].after(from_at, zone)
            return Span((at, at + timedelta(minutes=1)))
        day = self._local_day(start.astimezone(zone).date())
        if self.clock is not None:
            at = utc(day, self.clock, zone)
            return Span((at, at + timedelta(minutes=1)))
        return Span((utc(day, time(), zone), utc(day + timedelta(days=1), time(), zone)))

    def happens_at(self, start: datetime, zone: ZoneInfo, sent: Mapping[str, datetime]) -> datetime | None:
        """Return when something happens of which this is said: at noon where it is only a day."""
        span = self.span(start, zone, sent)
        if span is None or self.after is not None or self.clock is not None:
            return span and span.first
        return utc(self._local_day(start.astimezone(zone).date()), NOON, zone)

    def _local_day(self, first: date) -> date:
        if self.on is not None:
            return self.on
        if self.weekday is not None:
            return first + timedelta(days=(self.weekday - first.weekday()) % 7)
        return first + timedelta(days=self.day or 0)

    def __str__(self) -> str:
        return self.written

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> core_schema.CoreSchema:
        def read(value: Any) -> Moment:
            if isinstance(value, Moment):
                return value
            if not isinstance(value, str):
                raise ValueError(f"this is not a time; {_HINT}")
            return cls.parse(value)

        return core_schema.no_info_plain_validator_function(
            read, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        return {"type": "string", "examples": ["day 2", "day 2 14:30", "3 hours after webinar/thanks"]}


def utc(day: date, clock: time, zone: ZoneInfo) -> datetime:
    """Return when the clock shows this there. A time that a clock change leaves out is the one after it."""
    return datetime.combine(day, clock, zone).astimezone(UTC)


def _clock(hour: str | None, minute: str | None) -> time | None:
    return None if hour is None or minute is None else time(int(hour), int(minute))


def _day(written: str) -> date:
    day = date.fromisoformat(written)
    if not FIRST_YEAR <= day.year < LAST_YEAR:
        raise ValueError("a year in which nobody tests a campaign")
    return day
