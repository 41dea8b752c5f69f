"""Durations as marketers write them: "3 days", "2 hours", "1 month"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from pydantic_core import core_schema

_WRITTEN = re.compile(r"(\d{1,5}) ?(minute|hour|day|week|month|year)s?")
_EXACT = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1)}
_ABOUT = {**_EXACT, "day": timedelta(days=1), "week": timedelta(weeks=1), "month": timedelta(days=30),
          "year": timedelta(days=365)}  # fmt: skip


@dataclass(frozen=True)
class Duration:
    """An amount of one unit. Minutes and hours are exact; days and longer are counted on the local calendar."""

    amount: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Return the duration that `text` names. ValueError says what would be right."""
        match = _WRITTEN.fullmatch(text.strip().lower())
        if not match:
            raise ValueError(f"{text[:40]!r} is not a duration; write for example 3 days, 2 hours, 1 month")
        return cls(int(match[1]), match[2])

    def after(self, at: datetime, zone: ZoneInfo) -> datetime:
        """Return the UTC time this long after `at`: the same local clock time where the unit is a day or longer.

        A local time that a clock change leaves out becomes the first one after it; one that it repeats, the first.
        """
        if self.unit in _EXACT:
            return at + self.amount * _EXACT[self.unit]
        return _later(
            self.amount, self.unit, at.astimezone(UTC), zone
        )  # equal times may differ in their fold

    def before(self, at: datetime) -> datetime:
        """Return the time about this long before `at`."""
        return at - self.about()

    def about(self) -> timedelta:
        """Return the length as a timedelta, with months of 30 and years of 365 days."""
        return self.amount * _ABOUT[self.unit]

    def __str__(self) -> str:
        return f"{self.amount} {self.unit}" + ("" if self.amount == 1 else "s")

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> core_schema.CoreSchema:
        def read(value: Any) -> Duration:
            return value if isinstance(value, Duration) else cls.parse(str(value))

        return core_schema.no_info_plain_validator_function(
            read, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{_WRITTEN.pattern}$", "examples": ["3 days", "2 hours"]}


@lru_cache(maxsize=4096)  # a mailing's people wait from the same instant on
def _later(amount: int, unit: str, at: datetime, zone: ZoneInfo) -> datetime:
    local = at.astimezone(zone)
    day = _later_day(local, amount, unit)
    return local.replace(year=day.year, month=day.month, day=day.day, fold=0).astimezone(UTC)


def _later_day(local: datetime, amount: int, unit: str) -> datetime:
    naive = local.replace(tzinfo=None)
    if unit in ("day", "week"):
        return naive + timedelta(days=amount * (7 if unit == "week" else 1))
    months = naive.month - 1 + amount * (12 if unit == "year" else 1)
    first = naive.replace(year=naive.year + months // 12, month=months % 12 + 1, day=1)
    next_month = (first + timedelta(days=32)).replace(day=1)
    return first.replace(day=min(naive.day, (next_month - timedelta(days=1)).day))
