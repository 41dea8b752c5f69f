"""What becomes of a reply that moved its lead nowhere: the lead rests for a while, or a person has to answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from outreach.domain.inbound.words import Intent
from outreach.domain.policies import Later, Replies

LONGEST = timedelta(days=3 * 366)
"""A date farther away is no plan: the usual time is taken instead."""


@dataclass(frozen=True)
class Rests:
    """Nothing is sent before `until`; then the lead is back where it stands."""

    until: datetime
    angle: str | None
    because: str


@dataclass(frozen=True)
class Ask:
    """Somebody has to read the reply: what the task is called, and what to do first."""

    subject: str
    advice: str


NO_ASK = frozenset({Intent.UNSUBSCRIBE})
"""Nobody has to answer somebody who wants to hear nothing more."""

ASKS: Mapping[Intent, Ask] = {
    Intent.INTERESTED: Ask("{name} is interested", "Answer today; name two times for a short call."),
    Intent.MEETING: Ask(
        "{name} wants to talk", "Offer two times, or send an invitation for the one they named."
    ),
    Intent.QUESTION: Ask("Question from {name}", "Answer the question itself first, in a few lines."),
    Intent.WRONG_PERSON: Ask("{name} is not the right person", "Thank, and write to whom they name."),
    Intent.ANGRY: Ask(
        "{name} is upset", "Apologise in one line, by hand. No campaign writes to them any more."
    ),
}
UNREAD = Ask("Reply from {name}", "No rule is sure what it means: please read it and decide.")


def settle(
    intent: str, is_sure: bool, resume_on: date | None, rules: Replies, at: datetime, zone: ZoneInfo
) -> Rests | Ask | None:
    """Return what follows from a reply of `at` that moved nothing; None where it is settled already.

    What is not surely from the lead itself is always read by somebody, but for a wish to hear nothing more.
    """
    meant = Intent(intent) if intent in _WORDS else Intent.UNSURE
    if meant in NO_ASK:
        return None
    rests = _LATER.get(meant)
    if rests is None or not is_sure:
        return ASKS.get(meant, UNREAD) if is_sure else UNREAD
    rule: Later = getattr(rules, rests)
    return _rests(meant, rule, resume_on, at, zone)


_WORDS = frozenset(str(intent) for intent in Intent)
_LATER: Mapping[Intent, str] = {Intent.NOT_NOW: "not_now", Intent.NO_BUDGET: "no_budget"}


def _rests(meant: Intent, rule: Later, resume_on: date | None, at: datetime, zone: ZoneInfo) -> Rests:
    what = meant.replace("_", " ")
    if resume_on is not None:
        until = datetime.combine(resume_on, time(), zone).astimezone(UTC)
        if at < until <= at + LONGEST:
            return Rests(until, rule.angle, f"{what} until {resume_on:%d %b %Y}, as they wrote")
    until = rule.after.after(at, zone).astimezone(UTC)
    return Rests(until, rule.angle, f"{what}; no date given, so for {rule.after}")
