"""Says in one honest sentence what an experiment's results mean: who is better, that nobody is, or what is missing."""

from __future__ import annotations

import math
from enum import StrEnum

from outreach.domain.experiment_results import Arm, Comparison, Results
from outreach.domain.experiments import HOLD_OUT
from outreach.domain.sequential import Interval

TWO_YEARS = 104  # weeks
AHEAD = 5.0
"""The evidence from which on an arm is said to be ahead, though not surely."""
NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()


class Verdict(StrEnum):
    """What is to be made of an experiment now."""

    BROKEN = "broken"  # the arms can not be compared
    DECIDED = "decided"
    NO_DIFFERENCE = "no difference"  # none that matters
    FUTILE = "futile"  # will not be known in a sensible time
    OPEN = "open"  # not enough yet


def verdict(results: Results) -> tuple[Verdict, str]:
    """Return the verdict with the sentence that says it."""
    if results.shares_are_off:
        return Verdict.BROKEN, _broken(results)
    sure = [each for each in results.comparisons if each.is_sure]
    if results.design.what == HOLD_OUT and sure:
        return Verdict.DECIDED, _lift(results, sure[0])
    if better := [each for each in sure if each.difference > 0]:
        best = max(better, key=lambda each: each.difference)
        return Verdict.DECIDED, _better(results, best)
    if sure and len(sure) == len(results.comparisons):
        return Verdict.DECIDED, f"{_named(results, 1)} is the best: {_list(results, sure)} surely worse"
    left = [each for each in results.comparisons if not each.is_sure]
    effect = results.design.minimum_effect
    if all(-effect < each.interval.low and each.interval.high < effect for each in left):
        return Verdict.NO_DIFFERENCE, _none(results)
    return _missing(results)


def _broken(results: Results) -> str:
    seen = ", ".join(f"{arm.leads + arm.waiting:,}" for arm in results.arms)
    meant = ", ".join(f"{share:.0%}" for share in results.design.shares)
    return (
        f"do not trust this: the arms got {seen} leads where their shares are {meant}, which chance hardly does; "
        "find out what loses the leads of one arm"
    )


def _better(results: Results, best: Comparison) -> str:
    first = results.arms[0]
    return (
        f"{_named(results, best.number)} is better than {_named(results, 1)}: {_change(best)}"
        f"{_relative(best.difference, first)}; sure since {best.sure_on:%d %b %Y}"
    )


def _lift(results: Results, found: Comparison) -> str:
    held = results.arms[0]
    what = "adds" if found.difference > 0 else "costs"
    return (
        f"the campaign {what} {abs(found.difference) * 1000:.0f} {results.design.measure} per 1,000 leads: "
        f"{_change(found)}{_relative(found.difference, held)}; sure since {found.sure_on:%d %b %Y}"
    )


def _relative(difference: float, first: Arm) -> str:
    if first.leads < 100 or not first.conversions or first.rate is None:
        return ""
    return f", that is {difference / first.rate:+.0%} of {first.rate:.1%}"


def _none(results: Results) -> str:
    effect, what = _points(results.design.minimum_effect), results.design.what
    if what == HOLD_OUT:
        return f"the campaign changes {results.design.measure} by less than {effect}: stop it, or change it"
    return f"no difference that matters: less than {effect} either way; stop, and keep whichever you like"


def _missing(results: Results) -> tuple[Verdict, str]:
    forecast, effect = results.forecast, _points(results.design.minimum_effect)
    unit = "sends" if results.design.is_of_mails else "leads"
    if forecast.more == 0:
        return _all_came(results, unit)
    about, ahead = f"about {_rounded(forecast.more):,} more {unit}", _ahead(results)
    if results.since is None:
        return (
            Verdict.OPEN,
            f"nobody was in it yet: about {_rounded(forecast.planned):,} {unit} find {effect}",
        )
    if forecast.weeks is None:
        return (
            Verdict.OPEN,
            f"not enough yet: {about} to find {effect}, and none came in the last four weeks{ahead}",
        )
    if forecast.weeks > TWO_YEARS and not ahead:
        years = forecast.weeks / 52
        return Verdict.FUTILE, (
            f"futile at this pace: {about} to find {effect}, which takes {years:,.0f} years; "
            "stop, or look for a larger effect"
        )
    return (
        Verdict.OPEN,
        f"not enough yet: {about}, {_weeks(forecast.weeks)} at this pace, to find {effect}{ahead}",
    )


def _ahead(results: Results) -> str:
    """Return what can be said of the arm with most evidence, where there is some."""
    top = max((each for each in results.comparisons if not each.is_sure), key=lambda each: each.evidence)
    if top.evidence < AHEAD:
        return ""
    where = "ahead" if top.difference > 0 else "behind"
    evidence = f"evidence of {top.evidence:.0f} where {top.enough:.0f} are enough"
    return f"; {_named(results, top.number)} is {where}, with {evidence}"


def _all_came(results: Results, unit: str) -> tuple[Verdict, str]:
    waiting = sum(arm.waiting for arm in results.arms)
    planned, effect = results.forecast.planned, _points(results.design.minimum_effect)
    if waiting and results.last_ripe_at is not None:
        return Verdict.OPEN, (
            f"not enough yet: the {_rounded(planned):,} {unit} that it takes are out, {waiting:,} of them still have "
            f"time to answer, the last until {results.last_ripe_at:%d %b %Y}"
        )
    return Verdict.FUTILE, (
        f"nothing found with the {_rounded(planned):,} {unit} that find {effect} four times in five; "
        "stop, or go on for a smaller effect"
    )


# -- figures in words ------------------------------------------------------------------------------


def _named(results: Results, number: int) -> str:
    return f'{results.design.what} {number} ("{results.arms[number - 1].name[:60]}")'


def _list(results: Results, worse: list[Comparison]) -> str:
    if len(worse) == 1:
        return f"{_named(results, worse[0].number)} with {_change(worse[0])} is"
    return "all others are"


def _change(found: Comparison) -> str:
    return f"{points(found.difference)} points ({between(found.interval)})"


def between(interval: Interval) -> str:
    """Return an interval of differences in percentage points."""
    return f"{points(interval.low)} to {points(interval.high)}"


def points(difference: float) -> str:
    """Return a difference in percentage points, with its sign where it has one."""
    return f"{difference * 100:+.1f}" if round(difference, 3) else "0.0"


def _points(effect: float) -> str:
    return f"{effect * 100:.4g} point{'' if effect == 0.01 else 's'}"


def _rounded(count: int) -> int:
    """Return the count with two digits that say something: it is a forecast."""
    size = int(10 ** max(len(str(count)) - 2, 0))
    return math.ceil(count / size) * size


def _weeks(weeks: float) -> str:
    whole = max(math.ceil(weeks), 1)
    if whole > 52:
        return f"about {whole / 52:.1f} years"
    return f"{NUMBERS[whole] if whole < len(NUMBERS) else whole} week{'' if whole == 1 else 's'}"
