"""What a condition is asked about: the known fields and what a person did."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

Fact = str | float | int | bool | date | datetime | None
"""The value of one field; None is "not known"."""


@dataclass(frozen=True)
class Happened:
    """Something a person did; what a machine did never becomes one of these."""

    kind: str  # the event's word: "clicked"
    subject: str = ""  # template of the mail, form, event or page
    detail: str = ""  # the address clicked, the intent stated


@dataclass(frozen=True)
class Facts:
    """All that is known of one lead when a condition is asked."""

    fields: Mapping[str, Fact]  # keys as in the schema: "lead.country"
    happened: frozenset[Happened] = field(default_factory=frozenset)
