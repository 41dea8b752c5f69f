"""What funnel.yaml, team.yaml and senders.yaml say, as values; these classes are their schemas."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints, field_validator

from outreach.domain.campaign import Window
from outreach.domain.durations import Duration
from outreach.domain.words import Stage
from outreach.domain.written import Condition, Name, Told, Written

LONGEST_LOCAL_PART = 64  # RFC 5321, 4.5.3.1.1
TOKEN = "{token}"
_RETURN_PATH = re.compile(r"[A-Za-z0-9.+=_-]*\{token\}[A-Za-z0-9.+=_-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_LONGEST_TOKEN = "a" * 32  # of the highest id that a message can have


def _fits(return_path: str) -> str:
    if not _RETURN_PATH.fullmatch(return_path):
        raise ValueError('is written "bounces+{token}@example.com", with {token} once before the @')
    local = return_path.partition("@")[0].replace(TOKEN, _LONGEST_TOKEN)
    if len(local) > LONGEST_LOCAL_PART:
        raise ValueError(
            f"leaves no room for the token: at most {LONGEST_LOCAL_PART - len(_LONGEST_TOKEN)} other letters"
        )
    return return_path


FieldName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,40}$")]
FieldType = Literal["text", "number", "yes/no", "date"]
Address = Annotated[str, StringConstraints(pattern=r"^[^\s@<>,;]+@[^\s@<>,;]+$", max_length=254)]
ReturnPath = Annotated[str, StringConstraints(max_length=220), AfterValidator(_fits)]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]


# -- funnel.yaml ---------------------------------------------------------------------------------


class Points(Written):
    """Points for one kind of event: how many, how fast they fade, and at most how many in all."""

    event: Told
    subject: str | None = None  # only with this template, form or event
    link: str | None = None  # only where the address clicked or visited holds this
    points: float
    half_life: Duration | None = None
    at_most: float | None = None


class Fit(Written):
    """Points for what a lead is, as long as the condition is true."""

    if_: Condition = Field(alias="if")
    points: float
    because: str = ""


class Scoring(Written):
    """How a score is made: points per event that fade by half-life, and points for fit."""

    half_life: Duration = Duration(30, "day")
    points: tuple[Points, ...] = ()
    fit: tuple[Fit, ...] = ()


class TemperatureRule(Written):
    """Hot and warm mean: the stated time of purchase is at most this far away."""

    hot: Duration = Duration(14, "day")
    warm: Duration = Duration(62, "day")


class Move(Written):
    """A lead in one of the `from` stages for which the condition is true goes to `to`."""

    from_: tuple[Stage, ...] = Field(alias="from", min_length=1)
    to: Stage
    if_: Condition = Field(alias="if")
    after: Duration | None = None  # at least this long in the stage before
    because: str

    @field_validator("from_", mode="before")
    @classmethod
    def _one_or_more(cls, value: object) -> object:
        return [value] if isinstance(value, str) else value


class Return(Written):
    """After this long a lead comes back into `to`, with another angle."""

    after: Duration
    to: Stage = Stage.SUSPECT
    angle: str | None = None


class Lost(Written):
    """What becomes of lost deals, by reason; after `rounds` returns a lead is discarded."""

    rounds: int = Field(default=3, ge=0, le=20)
    reasons: dict[Name, Return | Literal["discarded", "set_aside"]]
    otherwise: Return | Literal["discarded", "set_aside"] = Return(after=Duration(180, "day"))


class Rejected(Written):
    """Where a lead goes when a rep rejects it, by reason."""

    reasons: dict[Name, Return | Literal["discarded", "set_aside"]]
    otherwise: Return | Literal["discarded", "set_aside"] = Return(after=Duration(0, "day"), to=Stage.MQL)


class SetAside(Written):
    """When leads that bought from a competitor come back."""

    before_contract_end: Duration = Duration(90, "day")
    contract: Duration = Duration(1, "year")  # how long one is taken to run where nobody knows
    to: Stage = Stage.MQL
    angle: str | None = "contract_ends"


class Later(Written):
    """How long a lead is left alone that asks for it and does not say until when; its stage stays."""

    after: Duration
    angle: Name | None = None


class Replies(Written):
    """What becomes of a reply that moves the lead nowhere and that nobody has to answer."""

    not_now: Later = Later(after=Duration(3, "month"), angle="right_time")
    no_budget: Later = Later(after=Duration(6, "month"), angle="start_small")


class SoftBounces(Written):
    """After so many mails in a row that failed for a time, an address rests."""

    in_a_row: int = Field(default=5, ge=2, le=50)
    rest: Duration = Duration(30, "day")


class Funnel(Written):
    """funnel.yaml"""

    fields: dict[FieldName, FieldType] = {}
    scoring: Scoring = Scoring()
    temperature: TemperatureRule = TemperatureRule()
    moves: tuple[Move, ...] = ()
    lost: Lost = Lost(reasons={})
    rejected: Rejected = Rejected(reasons={})
    set_aside: SetAside = SetAside()
    replies: Replies = Replies()
    soft_bounces: SoftBounces = SoftBounces()
    hold_after_auto_reply: Duration = Duration(7, "day")


# -- team.yaml -----------------------------------------------------------------------------------


class Away(Written):
    """Days, first and last, on which a rep gets nothing."""

    first: date
    last: date


class Rep(Written):
    """Somebody who takes hand-offs."""

    name: Name
    full_name: str
    email: Address
    territories: tuple[Country, ...] = ()  # none: everywhere
    languages: tuple[str, ...] = ()  # none: all
    capacity: int = Field(default=20, ge=0)  # open hand-offs and deals at the same time
    weight: int = Field(default=1, ge=1, le=100)  # share of the round robin
    away: tuple[Away, ...] = ()


class Team(Written):
    """team.yaml"""

    reps: tuple[Rep, ...] = Field(min_length=1)
    answer_within: Duration = Duration(4, "hour")
    hours: Window = Window(timezone="UTC", holidays="none")
    fallback: Name | None = None  # takes what nobody else may

    def rep(self, name: str | None) -> Rep | None:
        """Return the rep of that name."""
        return next((rep for rep in self.reps if rep.name == name), None)


# -- senders.yaml --------------------------------------------------------------------------------


class Organisation(Written):
    """Who writes: stands in the foot of each mail, as CAN-SPAM and others demand."""

    name: str = Field(min_length=1)
    postal_address: str = Field(min_length=8)
    website: str | None = None
    timezone: str = "UTC"
    country: Country | None = None


class Ramp(Written):
    """How a young mailbox grows: so many on the first day, so many more each day after."""

    since: date
    start: int = Field(default=10, ge=1)
    add_per_day: int = Field(default=5, ge=0)


class Sender(Written):
    """A mailbox that mails are sent from, with its limits."""

    name: Name
    full_name: str
    address: Address
    reply_to: Address | None = None
    return_path: ReturnPath | None = None  # where bounces go: with {token} each names its mail
    signature: str = ""
    per_day: int = Field(default=200, ge=0)
    gap: Duration = Duration(0, "minute")  # at least this long between two mails
    ramp: Ramp | None = None
    in_doubt: int = Field(default=1, ge=1, le=500)  # mails that may be unknown if a connection is killed


class Senders(Written):
    """senders.yaml"""

    organisation: Organisation
    senders: tuple[Sender, ...] = Field(min_length=1)

    def sender(self, name: str | None) -> Sender | None:
        """Return the sender of that name."""
        return next((sender for sender in self.senders if sender.name == name), None)


class Policies(Written):
    """The three files in force together."""

    funnel: Funnel
    team: Team
    senders: Senders
