"""What all files that people write share: how names, conditions, weekdays and hours are written."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from outreach.domain.words import OURS, Kind

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$")]
TemplateName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_/-]{0,120}$")]
Condition = Annotated[str, StringConstraints(min_length=1, max_length=2000)]


def _can_be_told(kind: Kind) -> Kind:
    if kind in OURS:
        raise ValueError(f"{kind} is nothing that a lead does, so it would never come")
    return kind


Told = Annotated[Kind, AfterValidator(_can_be_told)]
"""Something that a lead does or that comes back: what rules can wait for."""


class Written(BaseModel):
    """Something that stands in a file: unknown keys are errors, values never change."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True, populate_by_name=True)


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def parse_days(text: str) -> frozenset[int]:
    """Return the weekdays that "mon-fri" or "mon,wed,sat-sun" names, Monday is 0."""
    found: set[int] = set()
    for part in text.replace(" ", "").lower().split(","):
        first, _, last = part.partition("-")
        if first not in DAYS or (last and last not in DAYS):
            raise ValueError(f"{text!r} names no weekdays; write for example mon-fri or mon,wed,fri")
        start, end = DAYS.index(first), DAYS.index(last or first)
        found |= {day % 7 for day in range(start, end + 1 if end >= start else end + 8)}
    return frozenset(found)


def parse_hours(text: str) -> tuple[int, int]:
    """Return the minutes of the day that "09:00-17:00" opens and closes at."""
    match = re.fullmatch(r"(\d\d):(\d\d)-(\d\d):(\d\d)", text.replace(" ", ""))
    if not match:
        raise ValueError(f'{text!r} are no hours; write for example "09:00-17:00"')
    opens, closes = int(match[1]) * 60 + int(match[2]), int(match[3]) * 60 + int(match[4])
    if not (opens < closes <= 1440 and int(match[2]) < 60 and int(match[4]) < 60):
        raise ValueError(f'{text!r}: hours open before they close, within one day; for example "09:00-17:00"')
    return opens, closes
