"""What a simulation tells: each thing that happens on its clock, in the order in which it happens."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from outreach.domain.behaviour import Reaction as Reaction

if TYPE_CHECKING:
    from outreach.simulation.people import Person


class Entered(NamedTuple):
    """A lead entered a campaign."""

    at: datetime
    lead_id: int
    campaign: str
    sender: str


class Sent(NamedTuple):
    """A mail was taken by the server."""

    at: datetime
    lead_id: int
    campaign: str
    step: str
    template: str
    variant: int | None
    sender: str
    enrollment_id: int
    queued_at: datetime  # when it was due: the rest is waiting for window and limits


class Skipped(NamedTuple):
    """A mail was not sent, and never will be."""

    at: datetime
    lead_id: int
    campaign: str
    step: str
    template: str
    sender: str
    reason: str


class Ended(NamedTuple):
    """An enrollment ended: finished or stopped, and why."""

    at: datetime
    lead_id: int
    campaign: str
    step: str  # where it stood, empty at the end
    status: str
    reason: str


class Moved(NamedTuple):
    """A lead changed its stage."""

    at: datetime
    lead_id: int
    before: str
    after: str
    because: str


class HandedOff(NamedTuple):
    """A lead was given to a rep; none where nobody may take it."""

    at: datetime
    lead_id: int
    rep: str | None
    handoff_id: int


class Tasked(NamedTuple):
    """A task was opened, or a note sent, for a rep."""

    at: datetime
    lead_id: int
    campaign: str
    step: str
    kind: str
    rep: str | None


class Did(NamedTuple):
    """Somebody did something: a lead, or the rep who has it."""

    at: datetime
    lead_id: int
    kind: str
    subject: str
    detail: str


Record = Entered | Sent | Skipped | Ended | Moved | HandedOff | Tasked | Did


Behaviour = Callable[[Sent | HandedOff, "Person"], Iterable[Reaction]]
"""Answers what follows from a mail or a hand-off; the same at each call."""

Tell = Callable[[Record], None]
