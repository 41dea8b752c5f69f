"""Where a lead rests after a lost deal, a rejected hand-off or a purchase elsewhere, and when it comes back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from outreach.domain.policies import Funnel, Return, SetAside
from outreach.domain.words import Stage

SOONEST_RETURN = timedelta(minutes=1)
"""A lost lead never comes back at once: only a return counts a round, and rounds are what ends the circle."""

Outcome = Return | Literal["discarded", "set_aside"]


@dataclass(frozen=True)
class Rest:
    """The stage a lead goes to, and when, where to and with which angle it comes back; None is never."""

    stage: Stage
    return_at: datetime | None
    return_to: Stage | None
    angle: str | None
    because: str


def after_loss(funnel: Funnel, reason: str | None, rounds: int, at: datetime, zone: ZoneInfo) -> Rest:
    """Return what becomes of a lead whose deal was lost at `at`, after so many rounds back already."""
    because = f"lost: {reason or 'no reason given'}"
    if rounds >= funnel.lost.rounds:
        return Rest(Stage.DISCARDED, None, None, None, f"{because}; recycled {_times(rounds)}")
    outcome = funnel.lost.reasons.get(reason or "", funnel.lost.otherwise)
    return _rest(funnel, outcome, because, at, zone)


def after_rejection(funnel: Funnel, reason: str | None, at: datetime, zone: ZoneInfo) -> Rest:
    """Return what becomes of a lead that a rep rejected at `at`; with no time to wait it goes on at once."""
    because = f"rejected: {reason or 'no reason given'}"
    outcome = funnel.rejected.reasons.get(reason or "", funnel.rejected.otherwise)
    if isinstance(outcome, Return) and not outcome.after.amount:
        return Rest(outcome.to, None, None, outcome.angle, because)
    return _rest(funnel, outcome, because, at, zone)


def _rest(funnel: Funnel, outcome: Outcome, because: str, at: datetime, zone: ZoneInfo) -> Rest:
    if outcome == "discarded":
        return Rest(Stage.DISCARDED, None, None, None, because)
    if outcome == "set_aside":
        return set_aside(funnel.set_aside, None, at)
    assert isinstance(outcome, Return)
    return_at = max(outcome.after.after(at, zone), at + SOONEST_RETURN).astimezone(UTC)
    return Rest(Stage.LOST, return_at, outcome.to, outcome.angle, f"{because}; back in {outcome.after}")


def _times(rounds: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(rounds, f"{rounds} times")


def set_aside(rule: SetAside, contract_ends_at: datetime | None, at: datetime) -> Rest:
    """Return how a lead rests that bought from a competitor: until well before that contract ends.

    An end that nobody knows is taken to be one usual contract from `at`. It comes back a day later at the soonest.
    """
    ends_at = contract_ends_at or rule.contract.after(at, ZoneInfo("UTC"))
    rest_for = max(ends_at - at - rule.before_contract_end.about(), timedelta(days=1))
    known = f"ends {ends_at:%d %b %Y}" if contract_ends_at else f"is taken to end {ends_at:%d %b %Y}"
    because = f"bought elsewhere; the contract {known}, back {rule.before_contract_end} before"
    return Rest(Stage.SET_ASIDE, (at + rest_for).astimezone(UTC), rule.to, rule.angle, because)
