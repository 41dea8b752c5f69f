"""The people of a simulation: leads in memory, with the same attributes as rows of `lead`, and what they did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple, Self, cast

from outreach.domain.experiments import Shares
from outreach.domain.leads import FIELDS
from outreach.domain.sequence import Outcome, Program
from outreach.domain.words import (
    Consent,
    EnrollmentStatus,
    HandoffStatus,
    Source,
    Stage,
    Temperature,
    Verdict,
)
from outreach.leads import Past

if TYPE_CHECKING:
    from outreach.models import Enrollment, Lead
    from outreach.simulation.lots import Lot

LIVE = frozenset({EnrollmentStatus.ACTIVE, EnrollmentStatus.PAUSED})


class Suppressed(NamedTuple):
    """Why an address is not written to, and until when; None is for good."""

    reason: str
    until: datetime | None


class Taken(NamedTuple):
    """A mail that left us, and what became of it."""

    id: int
    outcome_at: datetime | None
    is_accepted: bool


class Way:
    """One lead's way through one version of one campaign, with the attributes of a row of `enrollment`."""

    __slots__ = (
        "campaign", "campaign_id", "due_at", "ended_at", "entered_at", "id", "lead_id", "mail", "node", "node_at",
        "outcome", "outcomes", "priority", "program", "reason", "sender", "shares", "status", "version_id",
    )  # fmt: skip

    id: int
    lead_id: int
    campaign: str
    campaign_id: int
    version_id: int
    priority: int
    program: Program
    sender: str
    status: EnrollmentStatus
    reason: str | None
    node: int
    node_at: datetime
    due_at: datetime | None
    entered_at: datetime
    ended_at: datetime | None
    mail: Mail | None  # of the step where it stands, while it waits
    outcome: Outcome | None  # of that mail
    outcomes: Mapping[str, Outcome]  # of its mails before the simulation, by step
    shares: Shares  # of variants, as they were when it began


class Mail:
    """A mail that waits to be sent, with the attributes of a row of `message` that count."""

    __slots__ = (
        "due_at", "id", "lot", "person", "queued_at", "sender", "stale_at", "step", "template", "variant", "way",
    )  # fmt: skip

    id: int
    person: Person
    way: Way
    step: str
    template: str
    variant: int | None
    sender: str
    stale_at: datetime | None
    queued_at: datetime
    due_at: datetime | None  # before the simulation; none: it does not wait for its time
    lot: Lot | None  # the lot of mails that it waits in


@dataclass
class Handoff:
    """A lead given to a rep, with the attributes of a row of `handoff` that count."""

    id: int
    lead_id: int
    rep: str | None
    reason: str
    evidence: dict[str, Any]
    due_at: datetime | None
    status: HandoffStatus = HandoffStatus.OPEN


class Deal(NamedTuple):
    """An open deal."""

    rep: str | None


class Person:
    """A lead. What is said of rows of `lead` in models.py holds here too; times are UTC."""

    __slots__ = (
        "address_hash", "angle", "bounced", "company", "competitor", "consent", "consent_at", "consent_note",
        "contract_ends_at", "country", "created_at", "deal", "due_at", "email", "entered", "fields",
        "first_name", "handoffs", "hold_until", "id", "language", "last_name", "live", "lost_reason", "mails",
        "match_at", "owner", "pasts", "phone", "planned_at", "purchase_at", "quiet_at", "referred_by_id",
        "return_at", "return_to", "rounds", "score", "sender", "since_at", "source", "source_detail", "stage",
        "stage_at", "suppressed", "temperature", "timezone", "title", "updated_at", "waiting",
    )  # fmt: skip

    id: int
    email: str
    address_hash: str
    first_name: str | None
    last_name: str | None
    title: str | None
    company: str | None
    country: str | None
    language: str | None
    timezone: str | None
    phone: str | None
    source: Source
    source_detail: str | None
    consent: Consent
    consent_note: str | None
    consent_at: datetime | None
    referred_by_id: int | None
    fields: Mapping[str, Any]
    stage: Stage
    stage_at: datetime
    score: float
    temperature: Temperature
    purchase_at: datetime | None
    owner: str | None
    sender: str | None
    angle: str | None
    rounds: int
    lost_reason: str | None
    competitor: str | None
    contract_ends_at: datetime | None
    since_at: datetime | None
    return_at: datetime | None
    return_to: str | None
    hold_until: datetime | None
    quiet_at: datetime | None
    due_at: datetime | None
    match_at: datetime | None
    created_at: datetime
    updated_at: datetime

    # and what stands in other tables
    pasts: list[Past]  # what it did, oldest first, without what machines did in its name
    live: Way | None  # where it is now
    entered: dict[int, datetime]  # by campaign, when it entered last
    mails: list[Taken]  # that left us, oldest first
    bounced: set[int]  # which of these came back
    suppressed: Suppressed | None
    waiting: list[Mail]  # mails that are queued
    handoffs: Sequence[Handoff]  # open before the simulation
    deal: Deal | None  # open before the simulation
    planned_at: datetime | None  # for when the next look is planned

    @classmethod
    def new(
        cls, id: int, email: str, values: Mapping[str, Any], custom: Mapping[str, Any], now: datetime
    ) -> Self:
        """Return a lead as an import makes it: `values` are columns, `custom` the fields that funnel.yaml declares."""
        person = cls()
        for name in cls.__slots__:
            setattr(person, name, None)
        for name, value in values.items():
            setattr(person, name, value)
        person.id, person.email, person.fields = id, email, dict(custom)
        person.source = Source(values["source"])
        person.consent = Consent(values["consent"])
        person.stage = Stage(values.get("stage") or Stage.SUSPECT)
        person.stage_at = values.get("stage_at") or now
        person.score, person.rounds, person.temperature = 0.0, values.get("rounds") or 0, Temperature.COLD
        person.due_at = person.match_at = person.created_at = person.updated_at = now
        person.begin()
        return person

    def begin(self) -> None:
        """Have done nothing yet."""
        self.address_hash = self.address_hash or ""
        self.pasts, self.mails, self.waiting = [], [], []
        self.handoffs = ()
        self.entered, self.bounced = {}, set()


_NAMES = {f"lead.{name}": name for name in FIELDS}


class _Fields(Mapping[str, Any]):
    """The fields of a person as conditions name them, read when they are asked for."""

    __slots__ = ("person",)

    person: Person

    def __init__(self, person: Person) -> None:
        self.person = person

    def get(self, key: str, default: Any = None) -> Any:
        name = _NAMES.get(key)
        if name is None:
            return self.person.fields.get(key[5:], default)
        return getattr(self.person, name)

    def __getitem__(self, key: str) -> Any:
        return self.get(key)

    def __iter__(self) -> Any:
        yield from _NAMES
        yield from (f"lead.{name}" for name in self.person.fields)

    def __len__(self) -> int:
        return len(_NAMES) + len(self.person.fields)


class Seen:
    """What conditions may ask of a person, as `Facts`; nothing is put together before it is asked for."""

    __slots__ = ("fields", "person", "since")

    def __init__(self, person: Person, since: datetime | None = None) -> None:
        self.person, self.since = person, since
        self.fields = _Fields(person)

    @property
    def happened(self) -> Sequence[Past]:
        """What it surely did, after `since`. A past is as good as `Happened`: it has the same attributes."""
        since = self.since
        return [
            past
            for past in self.person.pasts
            if past.verdict == Verdict.HUMAN and (since is None or past.at > since)
        ]


def as_lead(person: Person) -> Lead:
    """Return the person as a row of `lead`: it has the same attributes."""
    return cast("Lead", person)


def as_enrollment(way: Way) -> Enrollment:
    """Return a way through a campaign as a row of `enrollment`: it has the same attributes."""
    return cast("Enrollment", way)
