"""What an explanation is made of: values that the command prints, `--json` writes and the pages show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from outreach.domain.counterfactuals import Part, Way
from outreach.domain.slots import Hold


@dataclass(frozen=True)
class Reason:
    """What is so, since when, and the lines that show why."""

    what: str
    since_at: datetime | None
    because: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class NotMoved:
    """A rule of funnel.yaml for the lead's stage that does not apply: part by part, and what would change it."""

    rule: str
    to: str
    because: str
    condition: str
    parts: tuple[Part, ...]
    ripe_at: datetime | None  # its `after` is over then; none: it has none, or it is over
    by_itself_at: datetime | None  # when it applies if nothing happens
    ways: tuple[Way, ...]  # each of which would do it now


@dataclass(frozen=True)
class NotIn:
    """A running campaign that the lead is not in: why, part by part, and when it could be."""

    campaign: str
    why: str
    parts: tuple[Part, ...] = ()
    could_at: datetime | None = None


@dataclass(frozen=True)
class Going:
    """When a mail that waits goes, if nothing changes: what holds it, and what would have it go sooner."""

    at: datetime | None
    why: str
    before: int = 0
    is_exact: bool = True
    sooner_limit: int | None = None  # with so many mails a day ...
    sooner_at: datetime | None = None  # ... it would go then, today
    holds: tuple[Hold, ...] = ()


@dataclass(frozen=True)
class MailLine:
    """One mail of the ledger: sent, or not and why."""

    id: int
    campaign: str
    step: str
    template: str
    status: str
    at: datetime
    why: str
    subject: str | None
    queued_at: datetime | None = None
    waited_for: str = ""
    going: Going | None = None


@dataclass(frozen=True)
class Next:
    """What happens next by itself, and when; no time: only when something else happens first."""

    what: str
    at: datetime | None
    why: str
    unless: str = ""


@dataclass(frozen=True)
class Happening:
    """One line of the lead's history."""

    at: datetime
    kind: str
    what: str
    verdict: str


@dataclass(frozen=True)
class Explanation:
    """Everything that can be said of a lead at one time."""

    lead_id: int
    email: str
    name: str
    source: str
    consent: str
    owner: str | None
    zone: str
    stage: Reason
    score: Reason
    temperature: Reason
    held: tuple[str, ...]  # what forbids or delays every mail
    campaigns: tuple[Reason, ...]
    mails: tuple[MailLine, ...]
    next: tuple[Next, ...]
    history: tuple[Happening, ...]
    at: datetime | None = None
    view: str = "now"  # now, past, or future: as it would be if nothing happened
    moves: tuple[NotMoved, ...] = ()
    not_in: tuple[NotIn, ...] = ()
    not_known: tuple[str, ...] = ()  # what was overwritten since
    expected: tuple[Happening, ...] = ()  # what happens until then, if nothing else does


@dataclass(frozen=True)
class MessageStory:
    """The whole life of one mail."""

    id: int
    email: str
    zone: str
    campaign: str
    version: int
    step: str
    template: str
    subject: str | None
    status: str
    sender: str
    rfc_message_id: str
    born: tuple[str, ...]  # by which step and decision
    variant: str
    life: tuple[Happening, ...]
    attempts: int
    claims: int
    crashes: int
    came_back: tuple[Happening, ...]
    going: Going | None
    again: str  # whether it may be sent again, and what to do
    at: datetime | None = None
    not_known: tuple[str, ...] = ()


@dataclass(frozen=True)
class StepStanding:
    """How many stand at a step."""

    step: str
    kind: str
    count: int


@dataclass(frozen=True)
class SenderLoad:
    """What a sender has to send for the campaign and for all, against its limit."""

    sender: str
    sent_today: int
    limit_today: int | None
    queued: int
    queued_of_all: int
    due_today: int | None  # at most; none: of a past instant nobody knows it
    due_this_week: int | None
    week_limit: int | None
    empty_at: datetime | None
    note: str = ""


@dataclass(frozen=True)
class CampaignStory:
    """How a campaign stands: who is where, what holds them, who enters next and why the others do not."""

    name: str
    status: str
    version: int | None
    priority: int
    zone: str
    at: datetime
    entered: int
    by_status: Mapping[str, int]
    ended_by: Mapping[str, int]
    steps: tuple[StepStanding, ...]
    held: Mapping[str, int]
    senders: tuple[SenderLoad, ...]
    audience: str
    would_enter: int
    next_to_enter: tuple[str, ...]
    not_in: Mapping[str, int]
    not_known: tuple[str, ...] = field(default=())
