"""How people behave in a simulation, as rates: what a model file says, the stated defaults, and which rate holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, NamedTuple

from pydantic import BeforeValidator, Field, field_validator

from outreach.domain.campaign import Window
from outreach.domain.durations import Duration
from outreach.domain.inbound.words import Intent
from outreach.domain.written import Name, TemplateName, Written

PRIOR = 200
"""Mails that a default weighs as much as, where there are fewer in the past to learn from."""


def _percent(written: Any) -> Any:
    if not isinstance(written, str) or not written.strip().endswith("%"):
        return written
    try:
        return round(float(written.strip()[:-1]) / 100, 12)
    except ValueError:
        return written


Rate = Annotated[float, BeforeValidator(_percent), Field(ge=0, le=1)]
"""A share from 0 to 1; in a file also as "3%"."""


def _fit_together(shares: Mapping[Any, float], what: str) -> None:
    total = sum(shares.values())
    if total > 1 + 1e-9:
        raise ValueError(f"the {what} add up to {total:.6g}; together they are 1 at most")


class Rates(Written):
    """What comes back of one mail, each as a share of the mails sent. None: not said here."""

    bounced: Rate | None = None  # for good: the address is dead
    away: Rate | None = None  # an automatic reply of somebody who is away
    opened: Rate | None = None  # by a person, not by a machine
    clicked: Rate | None = None
    replied: Rate | None = None
    unsubscribed: Rate | None = None
    complained: Rate | None = None
    intents: dict[Intent, Rate] | None = None  # of the replies; the rest is not understood

    @field_validator("intents")
    @classmethod
    def _intents_fit(cls, value: dict[Intent, float] | None) -> dict[Intent, float] | None:
        _fit_together(value or {}, "intents")
        return value

    @property
    def said(self) -> dict[str, float]:
        """The rates that are said here, by name."""
        found = {name: getattr(self, name) for name in RATES}
        return {name: value for name, value in found.items() if value is not None}


RATES = ("bounced", "away", "opened", "clicked", "replied", "unsubscribed", "complained")


class OfCampaign(Rates):
    """Rates of a campaign, and of single steps of it."""

    steps: dict[TemplateName, Rates] = {}


class Delay(Written):
    """A time that varies: half are shorter than the median, two in three within a factor `spread` of it."""

    median: Duration
    spread: float = Field(default=2.5, ge=1, le=20)


class People(Written):
    """Who they are: a part of them reads such mail, and does nearly all that is done."""

    attentive: Rate = 0.3
    of_reactions: Rate = 0.9  # the share of all reactions that comes from the attentive
    waking: Window = Window(days="mon-sun", hours="07:00-22:00", holidays="none")
    reads_after: Delay = Delay(median=Duration(3, "hour"), spread=5)
    replies_after: Delay = Delay(median=Duration(3, "hour"), spread=4)
    bounces_after: Delay = Delay(median=Duration(1, "minute"), spread=3)
    away_for: Delay = Delay(median=Duration(5, "day"), spread=2)


class AfterClick(Written):
    """What some do on the pages that a link leads to, as shares of the clicks."""

    visited: Rate = 0.5  # the page itself, where it tells us of visits
    pages: dict[str, Rate] = {"/pricing": 0.12}  # and others there
    forms: dict[Name, Rate] = {"demo-request": 0.02}
    meeting_booked: Rate = 0.01


class Reps(Written):
    """What reps do with hand-offs and deals."""

    answered: Rate = 0.95  # the others leave it until it passes on
    answers_after: Delay = Delay(median=Duration(90, "minute"), spread=2.5)
    accepted: Rate = 0.75  # of those answered
    rejected_for: dict[Name, Rate] | None = None  # none: the reasons of funnel.yaml, evenly
    won: Rate = 0.22  # of the deals
    closes_after: Delay = Delay(median=Duration(45, "day"), spread=1.8)
    lost_for: dict[Name, Rate] | None = None  # none: the reasons of funnel.yaml, evenly

    @field_validator("rejected_for", "lost_for")
    @classmethod
    def _reasons_fit(cls, value: dict[str, float] | None) -> dict[str, float] | None:
        _fit_together(value or {}, "reasons")
        return value


class Model(Written):
    """A model file: how people behave. What it leaves out is learned from the past, or taken from the defaults."""

    history: bool = True  # learn from the database where it has a past
    all: Rates = Rates()
    campaigns: dict[Name, OfCampaign] = {}
    people: People = People()
    after_click: AfterClick = AfterClick()
    reps: Reps = Reps()


DEFAULTS: Mapping[str, float] = {
    "bounced": 0.02,
    "away": 0.04,
    "opened": 0.25,
    "clicked": 0.03,
    "replied": 0.025,
    "unsubscribed": 0.003,
    "complained": 0.0003,
}
"""Rates where nothing else is known: assumptions, see docs/simulate.md."""

INTENTS: Mapping[Intent, float] = {
    Intent.MEETING: 0.12,
    Intent.INTERESTED: 0.13,
    Intent.QUESTION: 0.12,
    Intent.NOT_NOW: 0.2,
    Intent.NO_BUDGET: 0.04,
    Intent.NOT_INTERESTED: 0.2,
    Intent.ALREADY_BOUGHT: 0.04,
    Intent.WRONG_PERSON: 0.07,
    Intent.UNSUBSCRIBE: 0.03,
}
"""What replies mean, where nothing else is known; the rest is for a person to read."""


# -- which rate holds ------------------------------------------------------------------------------


class Count(NamedTuple):
    """How often something came back of how many mails."""

    hits: int
    mails: int


class Sourced(NamedTuple):
    """A rate, and where it is from."""

    rate: float
    source: str


Past = Mapping[str, Mapping[str, Count]]
"""What came back of past mails: template -> rate's name -> count."""


def rate_of(model: Model, past: Past, campaign: str, step: str, template: str, name: str) -> Sourced:
    """Return the rate that holds for one step's mail, and where it is from.

    What the file says of the step or the campaign goes first, then the past, then what the file says of all, then
    the default. A past of fewer than `PRIOR` mails is drawn towards what would hold without it.
    """
    for rates, source in _own(model, campaign, step):
        if name in rates.said:
            return Sourced(rates.said[name], source)
    said = model.all.said
    base = Sourced(said[name], "file, all") if name in said else Sourced(DEFAULTS[name], "default")
    count = past.get(template, {}).get(name) if model.history else None
    return learned(count, base) if count and count.mails else base


def learned(count: Count, base: Sourced, enough: int = PRIOR) -> Sourced:
    """Return the rate of the past, drawn towards `base` where it is of fewer than `enough` cases."""
    told = f"history: {count.hits:,} of {count.mails:,}"
    if count.mails >= enough:
        return Sourced(count.hits / count.mails, told)
    drawn = (count.hits + base.rate * enough) / (count.mails + enough)
    return Sourced(drawn, f"{told}, few: drawn towards {base.rate:.2%} ({base.source})")


def intents_of(model: Model, campaign: str, step: str) -> Mapping[Intent, float]:
    """Return what the replies to a step mean, as shares."""
    for rates, _ in _own(model, campaign, step):
        if rates.intents is not None:
            return rates.intents
    return INTENTS if model.all.intents is None else model.all.intents


def _own(model: Model, campaign: str, step: str) -> list[tuple[Rates, str]]:
    of_campaign = model.campaigns.get(campaign)
    if of_campaign is None:
        return []
    of_step = of_campaign.steps.get(step)
    return ([(of_step, "file, step")] if of_step else []) + [(of_campaign, "file, campaign")]
