"""Experiments: which there are in a campaign, who is held out, and what of each step's variants a lead gets.

The engine, the simulator and `explain` ask here. Chance is a hash of the campaign's name, the step's and the lead's id.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any, NamedTuple

from outreach.domain.campaign import Campaign, EmailStep, Step, WaitStep
from outreach.domain.durations import Duration
from outreach.domain.variants import Experiment, Measured, Variants, WaitVariants, chance, pick

HOLD_OUT = "hold-out"
"""The name of the experiment that tells what a campaign brings, and why its held-out leads wait and finish."""
MEASURE = "replied"
WITHIN = Duration(14, "day")
MINIMUM_EFFECT = 0.02

Shares = Mapping[str, Sequence[float]]
"""Which share of the leads each variant gets, by step; a step that is not in it has equal shares."""

EQUAL: Shares = {}


@dataclass(frozen=True)
class Design:
    """One experiment, as the file named it before anything was measured; the first arm is what others are compared with.

    Two versions of a campaign with the same design are one experiment; with another design a new one begins.
    """

    name: str  # the step's, or hold-out
    what: str  # subject, email, sender, wait, hold-out
    arms: tuple[str, ...]
    shares: tuple[float, ...]  # as designed; with thompson only where it begins
    measure: str
    within: Duration
    minimum_effect: float  # a difference of two rates
    alpha: float
    method: str  # fixed, thompson
    stratify: tuple[str, ...]

    @property
    def digest(self) -> str:
        """A short name of the whole design."""
        return blake2b(repr(self).encode(), digest_size=16).hexdigest()

    @property
    def is_of_mails(self) -> bool:
        """Whether it begins with a mail; the others begin when a lead enters."""
        return self.what in ("subject", "email", "sender")


def designs(campaign: Campaign, steps: Iterable[tuple[str, Step]]) -> tuple[Design, ...]:
    """Return the experiments of a campaign whose steps have these names: the hold-out first, then as they stand."""
    settings = campaign.experiment or Experiment()
    found = []
    if settings.holdout:
        both, shares = ("held out", "in the campaign"), (settings.holdout, 1 - settings.holdout)
        found.append(_design(settings, settings, HOLD_OUT, HOLD_OUT, both, shares, "fixed"))
    for name, step in steps:
        variants = _variants(step)
        if variants is not None:
            what, arms = _arms(variants)
            equal = (1 / len(arms),) * len(arms)
            found.append(_design(settings, variants, name, what, arms, equal, settings.method))
    return tuple(found)


def in_both(one: Iterable[Design], other: Iterable[Design]) -> frozenset[str]:
    """Return the names of the experiments that two versions of a campaign share."""
    return frozenset(design.name for design in frozenset(one) & frozenset(other))


def without_usual(definition: Mapping[str, Any]) -> dict[str, Any]:
    """Return a campaign's definition without measures that its steps have anyway: said or not, it is the same."""
    usual = (definition.get("experiment") or {}).get("measure") or MEASURE
    return {**definition, "steps": [_without(step, usual) for step in definition["steps"]]}


def _without(step: Mapping[str, Any], usual: str) -> dict[str, Any]:
    found = dict(step)
    if (variants := step.get("variants")) and variants.get("measure") == usual:
        found["variants"] = {key: each for key, each in variants.items() if key != "measure"}
    if "branch" in step:
        found["branch"] = [
            {
                key: [_without(inner, usual) for inner in each] if key in ("then", "else") else each
                for key, each in arm.items()
            }
            for arm in step["branch"]
        ]
    return found


def _design(
    settings: Experiment,
    own: Measured,
    name: str,
    what: str,
    arms: tuple[str, ...],
    shares: tuple[float, ...],
    method: str,
) -> Design:
    return Design(
        name, what, arms, shares,
        own.measure or settings.measure or MEASURE,
        own.within or settings.within or WITHIN,
        own.minimum_effect or settings.minimum_effect or MINIMUM_EFFECT,
        settings.alpha, method, tuple(each for each in settings.stratify if each != what),
    )  # fmt: skip


def _variants(step: Step) -> Variants | WaitVariants | None:
    return step.variants if isinstance(step, EmailStep | WaitStep) else None


def _arms(variants: Variants | WaitVariants) -> tuple[str, tuple[str, ...]]:
    if isinstance(variants, WaitVariants):
        return "wait", tuple(str(each) for each in variants.wait)
    what = "subject" if variants.subject else "email" if variants.email else "sender"
    return what, variants.arms


# -- who gets what ---------------------------------------------------------------------------------


def is_held_out(campaign: Campaign, lead_id: int) -> bool:
    """Whether the campaign leaves this lead alone, every time that it enters."""
    share = campaign.experiment.holdout if campaign.experiment else 0.0
    return share > 0 and chance(campaign.name, HOLD_OUT, lead_id) < share


def held_until(campaign: Campaign, lead_id: int, entered_at: datetime) -> datetime | None:
    """Return until when a lead that entered then stays in the campaign without its mails; None for all others."""
    if not is_held_out(campaign, lead_id):
        return None
    within = (campaign.experiment and campaign.experiment.within) or WITHIN
    return entered_at + within.about()


def arm(campaign: Campaign, name: str, step: Step, lead_id: int, shares: Shares = EQUAL) -> int | None:
    """Return the number of the step's variant that the lead gets, from 0; None where the step has no variants."""
    variants = _variants(step)
    if variants is None:
        return None
    count = len(variants.wait if isinstance(variants, WaitVariants) else variants.arms)
    return pick(shares.get(name, (1.0,) * count), campaign.name, name, lead_id)


class Chosen(NamedTuple):
    """What a mail is made of and who sends it."""

    template: str
    sender: str


def chosen(step: EmailStep, variant: int | None, sender: str) -> Chosen:
    """Return template and sender of a mail in this variant; `sender` is the enrollment's own."""
    variants = step.variants
    if variant is None or variants is None:
        return Chosen(step.email, sender)
    return Chosen(
        variants.email[variant] if variants.email else step.email,
        variants.sender[variant] if variants.sender else sender,
    )


def wait(campaign: Campaign, name: str, step: WaitStep, lead_id: int, shares: Shares = EQUAL) -> Duration:
    """Return how long the lead waits at this step."""
    number = arm(campaign, name, step, lead_id, shares)
    return step.wait if number is None or step.variants is None else step.variants.wait[number]


def because(campaign: Campaign, name: str, step: Step, lead_id: int, shares: Shares = EQUAL) -> str:
    """Return in words which variant of the step the lead gets and why; empty where the step has no variants."""
    number, variants = arm(campaign, name, step, lead_id, shares), _variants(step)
    if number is None or variants is None:
        return ""
    what, arms = _arms(variants)
    given = shares.get(name)
    share = given[number] / sum(given) if given else 1 / len(arms)
    how = "by results so far" if given else "all the same"
    return (
        f'{what} {number + 1} of {len(arms)}, "{arms[number]}": drawn by a hash of the campaign, the step and the lead, '
        f"so it stays the same (share {share:.0%}, {how})"
    )


def only(
    campaign: Campaign, numbers: Mapping[str, int], steps: Iterable[tuple[str, Step]]
) -> dict[str, Sequence[float]]:
    """Return shares with which everybody gets the variant of the given number, by step: to play it."""
    of = {design.name: design for design in designs(campaign, steps)}
    return {
        name: tuple(float(each == number) for each in range(len(of[name].arms)))
        for name, number in numbers.items()
    }
