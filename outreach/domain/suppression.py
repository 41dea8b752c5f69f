"""Which events put an address on the suppression list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from outreach.domain.events import Event
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


def suppresses(event: Event) -> Suppress | None:
    """Return how the event suppresses the address, None when it does not: a bounce does only when it is hard."""
    # "is True": a word such as "false" in the data of a provider must not cost a lead.
    if event.kind == Kind.BOUNCED and event.data.get("hard") is not True:
        return None
    return RULES.get(event.kind)
