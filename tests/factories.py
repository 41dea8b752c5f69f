"""Rows for tests: each function adds one with plain defaults, flushes, and returns it; `fields` override."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from outreach import leads, models
from outreach.domain.words import (
    CampaignStatus,
    Consent,
    DealStatus,
    EnrollmentStatus,
    HandoffStatus,
    Kind,
    MessageStatus,
    Source,
    Stage,
    Temperature,
    Verdict,
)

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)  # what the fixture `now` says
NUMBERS = itertools.count(1)

Row = TypeVar("Row", bound=models.Base)


def _add(session: Session, table: type[Row], defaults: dict[str, Any], fields: dict[str, Any]) -> Row:
    row = table(**(defaults | fields))
    session.add(row)
    session.flush()
    return row


def lead(session: Session, **fields: Any) -> models.Lead:
    """A cold suspect from a webinar, with consent, that is neither due nor waiting to be matched."""
    number = next(NUMBERS)
    email = fields.get("email", f"lead{number}@example.com")
    return _add(
        session,
        models.Lead,
        {
            "email": email,
            "address_hash": leads.address_hash(leads.salt(session), email),
            "first_name": "Dana",
            "last_name": f"Example{number}",
            "company": "Example Ltd",
            "country": "DE",
            "language": "en",
            "timezone": "Europe/Berlin",
            "source": Source.WEBINAR,
            "consent": Consent.EXPRESS,
            "fields": {},
            "stage": Stage.SUSPECT,
            "stage_at": NOW,
            "temperature": Temperature.COLD,
            "created_at": NOW,
            "updated_at": NOW,
        },
        fields,
    )


def event(session: Session, lead: models.Lead, kind: Kind = Kind.CLICKED, **fields: Any) -> models.Event:
    """Something that this lead, a person, did now. It only adds the row: nothing follows from it."""
    return _add(
        session,
        models.Event,
        {
            "source_id": f"test:{next(NUMBERS)}",
            "kind": kind,
            "at": NOW,
            "lead_id": lead.id,
            "verdict": Verdict.HUMAN,
            "data": {},
            "recorded_at": NOW,
        },
        fields,
    )


def suppression(session: Session, address_hash: str, **fields: Any) -> models.Suppression:
    """A suppressed address, for good."""
    defaults = {"address_hash": address_hash, "reason": "unsubscribed", "created_at": NOW}
    return _add(session, models.Suppression, defaults, fields)


def policy(session: Session, kind: str, definition: dict[str, Any], **fields: Any) -> models.Policy:
    """An applied funnel, team or senders file."""
    defaults = {
        "kind": kind,
        "version": 1,
        "digest": f"{next(NUMBERS):064x}",
        "source": "",
        "definition": definition,
        "applied_at": NOW,
    }
    return _add(session, models.Policy, defaults, fields)


def campaign(session: Session, **fields: Any) -> models.Campaign:
    """A running campaign without a version."""
    defaults = {
        "name": f"campaign-{next(NUMBERS)}",
        "status": CampaignStatus.RUNNING,
        "priority": 10,
        "created_at": NOW,
    }
    return _add(session, models.Campaign, defaults, fields)


def version(session: Session, campaign: models.Campaign, **fields: Any) -> models.CampaignVersion:
    """A version of the campaign, which new leads enter on from now on."""
    number = next(NUMBERS)
    defaults = {
        "campaign_id": campaign.id,
        "version": number,
        "digest": f"{number:064x}",
        "source": "",
        "definition": {},
        "templates": {},
        "applied_at": NOW,
    }
    row = _add(session, models.CampaignVersion, defaults, fields)
    campaign.version_id = row.id
    session.flush()
    return row


def enrollment(
    session: Session, lead: models.Lead, version: models.CampaignVersion, **fields: Any
) -> models.Enrollment:
    """The lead's active way through the version, at its start and due now."""
    defaults = {
        "lead_id": lead.id,
        "campaign_id": version.campaign_id,
        "version_id": version.id,
        "sender": "anna",
        "status": EnrollmentStatus.ACTIVE,
        "node": 0,
        "node_at": NOW,
        "due_at": NOW,
        "entered_at": NOW,
    }
    return _add(session, models.Enrollment, defaults, fields)


def message(session: Session, enrollment: models.Enrollment, **fields: Any) -> models.Message:
    """A queued message of the enrollment, due now."""
    number = next(NUMBERS)
    defaults = {
        "enrollment_id": enrollment.id,
        "step": f"step-{number}",
        "lead_id": enrollment.lead_id,
        "campaign_id": enrollment.campaign_id,
        "version_id": enrollment.version_id,
        "template": "webinar/thanks",
        "sender": enrollment.sender,
        "status": MessageStatus.QUEUED,
        "due_at": NOW,
        "rfc_message_id": f"<{number}@example.com>",
        "queued_at": NOW,
    }
    return _add(session, models.Message, defaults, fields)


def handoff(session: Session, lead: models.Lead, **fields: Any) -> models.Handoff:
    """An open hand-off of the lead to the rep carla, to be answered within a day."""
    defaults = {
        "lead_id": lead.id,
        "rep": "carla",
        "routing": "her turn",
        "status": HandoffStatus.OPEN,
        "reason": "asked for a meeting",
        "evidence": {},
        "opened_at": NOW,
        "due_at": NOW + timedelta(days=1),
    }
    return _add(session, models.Handoff, defaults, fields)


def deal(session: Session, lead: models.Lead, **fields: Any) -> models.Deal:
    """An open deal of the lead."""
    return _add(
        session,
        models.Deal,
        {"lead_id": lead.id, "rep": "carla", "status": DealStatus.OPEN, "opened_at": NOW},
        fields,
    )


def task(session: Session, lead: models.Lead, **fields: Any) -> models.Task:
    """An open task about the lead, due tomorrow."""
    defaults = {
        "lead_id": lead.id,
        "kind": "call",
        "rep": "carla",
        "text": "Call them.",
        "status": "open",
        "opened_at": NOW,
        "due_at": NOW + timedelta(days=1),
    }
    return _add(session, models.Task, defaults, fields)


def notification(session: Session, lead: models.Lead, **fields: Any) -> models.Notification:
    """A queued mail to a rep about the lead."""
    number = next(NUMBERS)
    defaults = {
        "key": f"test:{number}",
        "kind": "note",
        "rep": "carla",
        "lead_id": lead.id,
        "status": MessageStatus.QUEUED,
        "due_at": NOW,
        "rfc_message_id": f"<note-{number}@example.com>",
        "created_at": NOW,
    }
    return _add(session, models.Notification, defaults, fields)
