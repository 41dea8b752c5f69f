"""What the rules see of a lead, and which of its fields a condition may name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from outreach.domain.expressions import Schema, Type
from outreach.domain.facts import Facts, Happened
from outreach.domain.words import Consent, Source, Stage, Temperature

FIELDS: Mapping[str, Type] = {
    "email": Type.TEXT,
    "first_name": Type.TEXT,
    "last_name": Type.TEXT,
    "title": Type.TEXT,
    "company": Type.TEXT,
    "country": Type.TEXT,
    "language": Type.TEXT,
    "timezone": Type.TEXT,
    "phone": Type.TEXT,
    "source": Type.TEXT,
    "source_detail": Type.TEXT,
    "consent": Type.TEXT,
    "stage": Type.TEXT,
    "temperature": Type.TEXT,
    "score": Type.NUMBER,
    "owner": Type.TEXT,
    "sender": Type.TEXT,
    "angle": Type.TEXT,
    "rounds": Type.NUMBER,
    "lost_reason": Type.TEXT,
    "competitor": Type.TEXT,
    "contract_ends_at": Type.DATE,
    "purchase_at": Type.DATE,
    "stage_at": Type.DATE,
    "created_at": Type.DATE,
}
"""Fields that every lead has, with their types; funnel.yaml may declare more."""

UPDATABLE = frozenset({"title", "company", "country", "language", "phone", "angle", "competitor"})
"""Fields that an update step may set, beside those declared in funnel.yaml."""


@dataclass(frozen=True)
class Lead:
    """A lead as the rules see it: a snapshot of its row."""

    id: int
    email: str
    stage: Stage
    stage_at: datetime
    source: Source
    consent: Consent
    created_at: datetime
    temperature: Temperature = Temperature.COLD
    score: float = 0.0
    first_name: str | None = None
    last_name: str | None = None
    title: str | None = None
    company: str | None = None
    country: str | None = None
    language: str | None = None
    timezone: str | None = None
    phone: str | None = None
    source_detail: str | None = None
    owner: str | None = None
    sender: str | None = None
    angle: str | None = None
    rounds: int = 0
    lost_reason: str | None = None
    competitor: str | None = None
    contract_ends_at: datetime | None = None
    purchase_at: datetime | None = None
    return_at: datetime | None = None
    return_to: Stage | None = None
    hold_until: datetime | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


def schema(custom: Mapping[str, str]) -> Schema:
    """Return what conditions may name, with the fields that funnel.yaml declares."""
    names = {f"lead.{name}": kind for name, kind in FIELDS.items()}
    names |= {f"lead.{name}": Type(kind) for name, kind in custom.items()}
    words = {
        "lead.stage": frozenset(Stage),
        "lead.source": frozenset(Source),
        "lead.consent": frozenset(Consent),
        "lead.temperature": frozenset(Temperature),
    }
    return Schema(names, {key: frozenset(str(word) for word in value) for key, value in words.items()})


def facts(lead: Lead, happened: frozenset[Happened]) -> Facts:
    """Return the lead's fields and what it did, as conditions see them."""
    values = {f"lead.{name}": getattr(lead, name) for name in FIELDS}
    values |= {f"lead.{name}": value for name, value in lead.fields.items()}
    return Facts(values, happened)
