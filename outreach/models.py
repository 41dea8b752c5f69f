"""The tables and their constraints, and nothing else. docs/layout.md says which module writes which table."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Float, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from outreach.campaign_tables import Allocation, Application, MovedEnrollment
from outreach.columns import Base, Document, Id, Instant, Said, due, where

__all__ = ["Allocation", "Application", "Base", "Document", "Id", "Instant", "MovedEnrollment", "Said"]


class Instance(Base):
    """One row: which installation this database belongs to, where it lives, and the salt of its suppression hashes."""

    __tablename__ = "instance"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(36))
    salt: Mapped[str] = mapped_column(String(64))
    place: Mapped[str | None] = mapped_column(String(255))  # what a copy of the database does not share
    held_at: Mapped[datetime | None]  # since when the backlog of an outage waits for a confirmation
    held_count: Mapped[int | None]  # how many leads and mails are overdue
    created_at: Mapped[datetime]


class Heartbeat(Base):
    """A process that is there: written about once a minute, so that others see when one is not."""

    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(String(255), primary_key=True)  # kind, host and process id
    kind: Mapped[str] = mapped_column(String(16))  # scheduler, worker, web
    started_at: Mapped[datetime]
    at: Mapped[datetime]


class Policy(Base):
    """An applied funnel.yaml, team.yaml or senders.yaml; the highest version is in force."""

    __tablename__ = "policy"
    __table_args__ = (UniqueConstraint("kind", "version"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    version: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(Text)
    definition: Mapped[dict[str, Any]]
    applied_at: Mapped[datetime]


class Campaign(Base):
    __tablename__ = "campaign"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    status: Mapped[str] = mapped_column(String(16))
    priority: Mapped[int]
    version_id: Mapped[int | None] = mapped_column(Id)  # the version that new leads enter on
    created_at: Mapped[datetime]


class CampaignVersion(Base):
    """A campaign file as it was applied, with every template it uses; never changed afterwards."""

    __tablename__ = "campaign_version"
    __table_args__ = (UniqueConstraint("campaign_id", "version"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    version: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    source: Mapped[str] = mapped_column(Text)
    definition: Mapped[dict[str, Any]]
    templates: Mapped[dict[str, Any]]  # name with ending -> text
    applied_at: Mapped[datetime]


class Lead(Base):
    __tablename__ = "lead"
    __table_args__ = (
        due("lead_due", "due_at"),
        due("lead_match", "match_at"),
        Index("lead_stage", "stage", "id"),
        due("lead_owner", "owner"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)  # lower case, domain in punycode
    address_hash: Mapped[str] = mapped_column(String(64))  # salted, as in suppression
    first_name: Mapped[str | None] = mapped_column(Said(200))
    last_name: Mapped[str | None] = mapped_column(Said(200))
    title: Mapped[str | None] = mapped_column(Said(200))
    company: Mapped[str | None] = mapped_column(Said(200))
    country: Mapped[str | None] = mapped_column(String(2))
    language: Mapped[str | None] = mapped_column(String(16))
    timezone: Mapped[str | None] = mapped_column(String(64))
    phone: Mapped[str | None] = mapped_column(Said(64))
    source: Mapped[str] = mapped_column(String(32))
    source_detail: Mapped[str | None] = mapped_column(Said(200))
    consent: Mapped[str] = mapped_column(String(32))
    consent_note: Mapped[str | None] = mapped_column(Said(500))
    consent_at: Mapped[datetime | None]
    referred_by_id: Mapped[int | None] = mapped_column(ForeignKey("lead.id"))
    fields: Mapped[dict[str, Any]]  # what funnel.yaml declares

    stage: Mapped[str] = mapped_column(String(16))
    stage_at: Mapped[datetime]
    score: Mapped[float] = mapped_column(Float, default=0.0)
    temperature: Mapped[str] = mapped_column(String(8))
    purchase_at: Mapped[datetime | None]  # when it means to buy
    owner: Mapped[str | None] = mapped_column(String(64))  # the rep
    sender: Mapped[str | None] = mapped_column(String(64))  # the mailbox that writes to it
    angle: Mapped[str | None] = mapped_column(Said(64))
    rounds: Mapped[int] = mapped_column(default=0)  # how often it was recycled
    lost_reason: Mapped[str | None] = mapped_column(Said(64))
    competitor: Mapped[str | None] = mapped_column(Said(200))
    contract_ends_at: Mapped[datetime | None]
    since_at: Mapped[datetime | None]  # moves count only what happened after: set when a lead goes back
    return_at: Mapped[datetime | None]
    return_to: Mapped[str | None] = mapped_column(String(16))
    hold_until: Mapped[datetime | None]  # away: no mail before
    quiet_at: Mapped[
        datetime | None
    ]  # replied: no campaign writes until a person or a return puts it back into play

    due_at: Mapped[datetime | None]  # when score, temperature or stage next changes by itself
    match_at: Mapped[datetime | None]  # since when it waits to be matched against the audiences
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class Suppression(Base):
    """An address that is never written to (or not before `until`), kept as a salted hash: it survives erasure."""

    __tablename__ = "suppression"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    address_hash: Mapped[str] = mapped_column(String(64), unique=True)
    reason: Mapped[str] = mapped_column(Said(32))
    until: Mapped[datetime | None]
    event_id: Mapped[int | None] = mapped_column(Id)
    created_at: Mapped[datetime]


class Enrollment(Base):
    """One lead's way through one version of one campaign."""

    __tablename__ = "enrollment"
    __table_args__ = (
        due("enrollment_due", "due_at"),
        Index(
            "enrollment_one_live_per_lead",
            "lead_id",
            unique=True,
            sqlite_where=text("status IN ('active', 'paused')"),
            postgresql_where=text("status IN ('active', 'paused')"),
        ),
        where("enrollment_live", "campaign_id", "status IN ('active', 'paused')"),
        Index("enrollment_campaign_lead", "campaign_id", "lead_id"),
        Index("enrollment_lead", "lead_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"))
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("campaign_version.id"))
    sender: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str | None] = mapped_column(Said(64))  # why it ended or waits
    node: Mapped[int]  # where in the version's program
    node_at: Mapped[datetime]  # since when it stands there
    due_at: Mapped[datetime | None]  # when to look next; none while something else must happen first
    entered_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Message(Base):
    """The ledger: one row per (enrollment, step), written before anything is sent."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("enrollment_id", "step"),
        due("message_due", "due_at", "id"),
        due("message_lease", "lease_until"),
        Index("message_lead", "lead_id"),
        Index("message_sender_outcome", "sender", "outcome_at"),
        where("message_unknown", "id", "status = 'unknown'"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    enrollment_id: Mapped[int] = mapped_column(ForeignKey("enrollment.id"))
    step: Mapped[str] = mapped_column(String(128))
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"))
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("campaign_version.id"))
    template: Mapped[str] = mapped_column(String(128))
    variant: Mapped[int | None]
    sender: Mapped[str] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str | None] = mapped_column(Said(64))
    detail: Mapped[str | None] = mapped_column(Said(500))
    due_at: Mapped[datetime | None]  # set while queued
    stale_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    claims: Mapped[int] = mapped_column(default=0, server_default="0")  # how often claimed: only ever grows
    crashes: Mapped[int] = mapped_column(
        default=0, server_default="0"
    )  # processes that ended while they had it
    lease_until: Mapped[datetime | None]  # set while claimed or transmitting
    rfc_message_id: Mapped[str] = mapped_column(String(255), unique=True)
    subject: Mapped[str | None] = mapped_column(Said(998))
    queued_at: Mapped[datetime]
    outcome_at: Mapped[datetime | None]


class Event(Base):
    """Everything that happened, once per `source_id`; rows are added and never changed, but for the verdict of a hit."""

    __tablename__ = "event"
    __table_args__ = (Index("event_lead", "lead_id", "kind", "at"), Index("event_kind_at", "kind", "at"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    source_id: Mapped[str] = mapped_column(String(255), unique=True)
    kind: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
    lead_id: Mapped[int] = mapped_column(
        Id
    )  # no foreign key: a log outlives what it tells of, and is the fullest table
    message_id: Mapped[int | None] = mapped_column(Id)
    campaign_id: Mapped[int | None] = mapped_column(Id)
    verdict: Mapped[str] = mapped_column(String(8))
    subject: Mapped[str] = mapped_column(Said(255), default="")
    detail: Mapped[str] = mapped_column(Said(2000), default="")
    data: Mapped[dict[str, Any]]
    recorded_at: Mapped[datetime]


class Followup(Base):
    """An event whose consequences (score, stage, enrollments) are still to be drawn."""

    __tablename__ = "followup"
    __table_args__ = (Index("followup_due", "due_at"),)

    event_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    due_at: Mapped[datetime]  # later than its event for a hit that is held until its burst is over


class Handoff(Base):
    """A lead given to a rep, with the evidence; open until the rep answers or the time to answer is over."""

    __tablename__ = "handoff"
    __table_args__ = (
        due("handoff_due", "due_at"),
        Index("handoff_rep", "rep", "status"),
        Index("handoff_lead", "lead_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"))
    event_id: Mapped[int | None] = mapped_column(Id, unique=True)  # what made it
    rep: Mapped[str | None] = mapped_column(String(64))  # none: nobody may take it
    routing: Mapped[str] = mapped_column(Said(500))  # why this rep
    status: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Said(500))  # why now
    evidence: Mapped[dict[str, Any]]
    answer_reason: Mapped[str | None] = mapped_column(Said(64))
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]


class Deal(Base):
    __tablename__ = "deal"
    __table_args__ = (Index("deal_lead", "lead_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"))
    rep: Mapped[str | None] = mapped_column(String(64))
    status: Mapped[str] = mapped_column(String(8))
    amount: Mapped[float | None]
    currency: Mapped[str | None] = mapped_column(String(3))
    lost_reason: Mapped[str | None] = mapped_column(Said(64))
    round: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Task(Base):
    """Something for a person to do."""

    __tablename__ = "task"
    __table_args__ = (UniqueConstraint("enrollment_id", "step"), Index("task_rep", "rep", "status"))

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    lead_id: Mapped[int] = mapped_column(ForeignKey("lead.id"))
    enrollment_id: Mapped[int | None] = mapped_column(ForeignKey("enrollment.id"))
    step: Mapped[str | None] = mapped_column(String(128))
    kind: Mapped[str] = mapped_column(String(64))
    rep: Mapped[str | None] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(8))  # open, done
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]


class Notification(Base):
    """A mail to a rep, once per `key`."""

    __tablename__ = "notification"
    __table_args__ = (due("notification_due", "due_at"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(255), unique=True)
    kind: Mapped[str] = mapped_column(String(16))  # handoff, task, note
    rep: Mapped[str] = mapped_column(String(64))
    lead_id: Mapped[int | None] = mapped_column(ForeignKey("lead.id"))
    handoff_id: Mapped[int | None] = mapped_column(ForeignKey("handoff.id"))
    subject: Mapped[str | None] = mapped_column(Said(998))
    body: Mapped[str | None] = mapped_column(Text)
    status: Mapped[str] = mapped_column(String(16))
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime | None]
    detail: Mapped[str | None] = mapped_column(Said(500))
    rfc_message_id: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[datetime]
    outcome_at: Mapped[datetime | None]


class SenderState(Base):
    """What a sender has sent today and whether it is paused."""

    __tablename__ = "sender_state"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    day: Mapped[str] = mapped_column(String(10))  # of the organisation's zone
    sent: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None]  # the gap: not before
    paused_at: Mapped[datetime | None]
    pause_reason: Mapped[str | None] = mapped_column(Said(200))


class MailboxCursor(Base):
    """How far a mailbox has been read."""

    __tablename__ = "mailbox_cursor"

    mailbox: Mapped[str] = mapped_column(String(255), primary_key=True)
    uid_validity: Mapped[int] = mapped_column(BigInteger)
    uid: Mapped[int] = mapped_column(BigInteger)
    read_at: Mapped[datetime]


class InboundMail(Base):
    """A mail that came in: what it was taken for, by which rule, and whom it was matched to."""

    __tablename__ = "inbound_mail"
    __table_args__ = (Index("inbound_mail_lead", "lead_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    source_id: Mapped[str] = mapped_column(String(255), unique=True)
    mailbox: Mapped[str] = mapped_column(String(255))
    kind: Mapped[str] = mapped_column(String(16))
    rule: Mapped[str] = mapped_column(Said(64))
    matched_by: Mapped[str | None] = mapped_column(Said(32))
    lead_id: Mapped[int | None] = mapped_column(Id)
    message_id: Mapped[int | None] = mapped_column(Id)
    detail: Mapped[str | None] = mapped_column(Said(500))
    quarantine: Mapped[str | None] = mapped_column(Said(200))  # what of it could not be read
    received_at: Mapped[datetime]
