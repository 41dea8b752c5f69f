"""What a file may say of experiments, and which variant a lead gets: a hash of ids, the same at every run."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from hashlib import blake2b
from typing import Annotated, Any, Literal, Self

from pydantic import BeforeValidator, Field, PlainSerializer, WithJsonSchema, field_validator, model_validator

from outreach.domain.durations import Duration
from outreach.domain.words import Kind, Stage
from outreach.domain.written import Name, TemplateName, Written

MOST_HELD_OUT = 0.5
OPENS = "opens are no measure: mail clients and scanners open by themselves; write replied, meeting_booked or clicked"

# -- amounts ---------------------------------------------------------------------------------------


def _amount(value: object, unit: str, example: str) -> float:
    """Return the share that "10 %" or "2 points" names: 0.1 and 0.02."""
    if isinstance(value, str) and (
        match := re.fullmatch(rf"(\d{{1,3}}(?:\.\d{{1,3}})?) ?{unit}", value.strip())
    ):
        return float(match[1]) / 100
    raise ValueError(f"{str(value)[:40]!r} is no such amount; write for example {example}")


def _type_of(unit: str, example: str, written: str) -> Any:
    shape = {"type": "string", "pattern": rf"^\d{{1,3}}(\.\d{{1,3}})? ?{unit}$", "examples": [example]}
    return (
        BeforeValidator(lambda value: _amount(value, unit, example)),
        PlainSerializer(lambda value: f"{value * 100:.6g} {written}", return_type=str),
        WithJsonSchema(shape),
    )


Percent = Annotated[float, *_type_of("%", "10 %", "%")]
"""A share of a whole, written as "10 %"."""
Points = Annotated[float, *_type_of("points?", "2 points", "points")]
"""A difference between two rates, written in percentage points: from 5 % to 7 % are "2 points"."""

# -- what is measured ------------------------------------------------------------------------------


def _no_opens(value: object) -> object:
    if isinstance(value, str) and value.strip().lower() in ("opened", "opens", "open"):
        raise ValueError(OPENS)
    return value


Measure = Annotated[
    Literal[
        "replied", "clicked", "meeting_booked", "submitted", "registered", "attended", "visited", "chatted",
        "deal_won", "mql", "sql", "opportunity", "customer",
    ],
    BeforeValidator(_no_opens),
]  # fmt: skip
"""What counts as success: something that people do, or a stage that they reach. Never opens."""

BY_MAIL = frozenset({"replied", "clicked"})
"""Measures that only somebody who got a mail can meet."""


def stages_from(measure: str) -> tuple[Stage, ...]:
    """Return the stages that meet the measure, that one and all further on; none where it is no stage."""
    order = (Stage.MQL, Stage.SQL, Stage.OPPORTUNITY, Stage.CUSTOMER)
    return order[order.index(Stage(measure)) :] if measure in order else ()


def kind_of(measure: str) -> Kind:
    """Return the kind of event by which the measure is met."""
    return Kind.STAGE_CHANGED if stages_from(measure) else Kind(measure)


class Measured(Written):
    """How an experiment is measured; what a step leaves out is the campaign's."""

    measure: Measure | None = Field(default=None, exclude_if=lambda value: value is None)
    within: Duration | None = Field(default=None, exclude_if=lambda value: value is None)
    minimum_effect: Points | None = Field(default=None, exclude_if=lambda value: value is None)

    @field_validator("minimum_effect")
    @classmethod
    def _is_an_effect(cls, value: float | None) -> float | None:
        if value is not None and not 0 < value <= 0.5:
            raise ValueError("the smallest effect that matters is more than 0 and at most 50 points")
        return value

    @field_validator("within")
    @classmethod
    def _takes_time(cls, value: Duration | None) -> Duration | None:
        if value is not None and value.amount == 0:
            raise ValueError("nothing happens within no time; write for example 14 days")
        return value


Texts = Annotated[tuple[str, ...], Field(min_length=2, max_length=8)]
Templates = Annotated[tuple[TemplateName, ...], Field(min_length=2, max_length=8)]
Senders = Annotated[tuple[Name, ...], Field(min_length=2, max_length=8)]
Waits = Annotated[tuple[Duration, ...], Field(min_length=2, max_length=8)]


class Variants(Measured):
    """Several subjects, templates or senders of one mail; the first is what the others are compared with."""

    # Only in files is one named twice wrong: in earlier versions that was how a subject got a larger share.
    subject: Texts | None = None
    email: Templates | None = Field(default=None, exclude_if=lambda value: value is None)
    sender: Senders | None = Field(default=None, exclude_if=lambda value: value is None)

    @model_validator(mode="after")
    def _one_thing_at_a_time(self) -> Self:
        if sum(each is not None for each in (self.subject, self.email, self.sender)) != 1:
            raise ValueError(
                "variants differ in one thing; write subject, email or sender, and only one of them"
            )
        return self

    @property
    def arms(self) -> tuple[str, ...]:
        return self.subject or self.email or self.sender or ()


class WaitVariants(Measured):
    """Several lengths of one wait; the first is what the others are compared with."""

    wait: Waits


class Experiment(Measured):
    """How a campaign's variants are compared, and which share of its leads it leaves alone to see what it brings."""

    holdout: Percent = 0.0
    method: Literal["fixed", "thompson"] = "fixed"
    stratify: tuple[Literal["source", "country", "language", "sender"], ...] = ("source", "country")
    alpha: Percent = 0.05

    @field_validator("holdout")
    @classmethod
    def _most_get_mail(cls, value: float) -> float:
        if value > MOST_HELD_OUT:
            raise ValueError(f"{value * 100:.4g} % are too many to hold out; at most 50 %")
        return value

    @field_validator("alpha")
    @classmethod
    def _is_an_error_rate(cls, value: float) -> float:
        if not 0.001 <= value <= 0.2:
            raise ValueError(
                "alpha is how often chance alone may look like an effect; write 0.1 % to 20 %, such as 5 %"
            )
        return value

    @field_validator("stratify")
    @classmethod
    def _each_once(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        for value in values:
            if values.count(value) > 1:
                raise ValueError(f'"{value}" stands twice')
        return values

    @model_validator(mode="after")
    def _holdout_is_measured_without_mail(self) -> Self:
        if self.holdout and (self.measure is None or self.measure in BY_MAIL):
            named = (
                f"{self.measure} can" if self.measure else "without a measure replies are counted, which can"
            )
            raise ValueError(
                f"{named} not happen to leads that get no mail; "
                "name a measure that a hold-out can meet, such as meeting_booked or mql"
            )
        return self


# -- chance ----------------------------------------------------------------------------------------


def chance(*ids: object) -> float:
    """Return a number above 0 and below 1 that depends on nothing but the ids, evenly spread."""
    # Lengths stand before the ids, or (1, 23) and (12, 3) would be the same.
    words = [str(each).encode() for each in ids]
    digest = blake2b(b"".join(b"%d:%b" % (len(word), word) for word in words), digest_size=8).digest()
    return ((int.from_bytes(digest) >> 11) + 0.5) / 2**53


def pick(shares: Sequence[float], *ids: object) -> int:
    """Return the number of a variant, each with its share, that depends on nothing but shares and ids.

    Each variant draws a lot for the ids, and the best lot wins: so when a variant is added, or its share grows, ids only
    ever move to it (weighted rendezvous hashing: Thaler and Ravishankar 1998; Schindelhauer and Schomaker 2005).
    """
    if not shares or min(shares) < 0 or not sum(shares):
        raise ValueError("there is nothing to pick from")
    lots = [(-math.log(chance(*ids, number)) / share, number) for number, share in enumerate(shares) if share]
    return min(lots)[1]
