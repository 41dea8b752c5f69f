"""Adds people whom a lead named as the right ones to write to: new leads, with the one who named them kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach import journal, leads, models
from outreach.domain import addresses
from outreach.domain.events import Event
from outreach.domain.inbound import Person
from outreach.domain.words import Consent, Kind, Source

MOST = 5
SHARED = ("company", "country", "language", "timezone")
"""What a colleague is taken to share with who named them."""


def add(session: Session, lead_id: int, named: Sequence[Person], now: datetime) -> list[int]:
    """Add those with an address as leads referred by this one; return the ids of the new ones.

    A lead that is known keeps its source and who named it first; that it was named again is noted at both. Who is
    suppressed stays out.
    """
    referrer = session.get_one(models.Lead, lead_id)
    added = []
    for person in named[:MOST]:
        address = _address(person.email)
        if not address or address == referrer.email:
            continue
        known = session.scalar(select(models.Lead).where(models.Lead.email == address))
        if known is None:
            new = leads.add(session, address, _values(person, referrer), {}, now)
            if new is not None:
                added.append(new.id)
                _note(session, referrer, new, now)
        else:
            _note(session, referrer, known, now)
    return added


def _address(written: str) -> str:
    try:
        return addresses.normalised(written)
    except addresses.BadAddress:
        return ""


def _values(person: Person, referrer: models.Lead) -> dict[str, object]:
    first, _, last = person.name.strip().rpartition(" ")
    return {
        "first_name": first or last or None,
        "last_name": last if first else None,
        "source": Source.REFERRAL,
        "source_detail": "named in a reply",
        "consent": Consent.LEGITIMATE_INTEREST,
        "consent_note": "named by a colleague as the right person",
        "referred_by_id": referrer.id,
        "owner": referrer.owner,
        **{name: getattr(referrer, name) for name in SHARED},
    }


def _note(session: Session, referrer: models.Lead, named: models.Lead, now: datetime) -> None:
    source_id = f"referral:{referrer.id}:{named.id}"
    said = Event(
        Kind.NOTE, source_id, now, referrer.id, detail=f"named lead {named.id}", data={"named": named.id}
    )
    heard = Event(
        Kind.NOTE,
        f"{source_id}:of",
        now,
        named.id,
        detail=f"named by lead {referrer.id}",
        data={"by": referrer.id},
    )
    journal.write(session, [said, heard], now)
