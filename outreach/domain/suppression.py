"""Which events put an address on the suppression list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from outreach.domain.events import Event
from outreach.domain.policies import SoftBounces
from outreach.domain.words import Kind


@dataclass(frozen=True)
class Suppress:
    """Nothing is sent to the address any more, for so many days; None is for good."""

    reason: str
    days: int | None


RULES: Mapping[Kind, Suppress] = {
    Kind.UNSUBSCRIBED: Suppress("unsubscribed", None),  # GDPR art. 21: an objection has no end
    Kind.COMPLAINED: Suppress("complained", None),
    Kind.BOUNCED: Suppress("bounced", None),
}


UNPROVEN = "unproven"
"""Set in the data of a report that anybody could have written: it names none of our tokens and not this address."""


def suppresses(event: Event) -> Suppress | None:
    """Return how the event suppresses the address, None when it does not: a bounce does only when it is hard.

    A forged report never does; that it stops the campaign is harm enough.
    """
    # "is True": a word such as "false" in the data of a provider must not cost a lead.
    if event.kind == Kind.BOUNCED and event.data.get("hard") is not True:
        return None
    if event.data.get(UNPROVEN) is True and event.kind in (Kind.BOUNCED, Kind.COMPLAINED):
        return None
    return RULES.get(event.kind)


def rests(rule: SoftBounces, failed: Sequence[bool]) -> Suppress | None:
    """Return how an address rests that failed for a time; `failed` says so of the latest mails, newest first."""
    enough = len(failed) >= rule.in_a_row and all(failed[: rule.in_a_row])
    return Suppress("soft_bounces", max(rule.rest.about().days, 1)) if enough else None
