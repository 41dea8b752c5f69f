"""Writes events: each once per source id, and nothing is ever changed afterwards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from outreach import models
from outreach.domain.events import Event

SUBJECT_LENGTH = 255
DETAIL_LENGTH = 2000
CHUNK = 500


def write(session: Session, events: Sequence[Event], now: datetime) -> list[tuple[int, Event]]:
    """Add the events that are not there yet; return those with the ids of their rows, in the order given."""
    unique = {event.source_id: event for event in events}
    known = _known(session, list(unique))
    fresh = [event for source_id, event in unique.items() if source_id not in known]
    if not fresh:
        return []
    rows = [_row(event, now) for event in fresh]
    ids = session.scalars(insert(models.Event).returning(models.Event.id, sort_by_parameter_order=True), rows)
    return list(zip(ids, fresh, strict=True))


def _known(session: Session, source_ids: list[str]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(source_ids), CHUNK):
        chunk = source_ids[start : start + CHUNK]
        found.update(session.scalars(select(models.Event.source_id).where(models.Event.source_id.in_(chunk))))
    return found


def _row(event: Event, now: datetime) -> dict[str, Any]:
    return {
        "source_id": event.source_id,
        "kind": event.kind,
        "at": event.at,
        "lead_id": event.lead_id,
        "message_id": event.message_id,
        "campaign_id": event.campaign_id,
        "verdict": event.verdict,
        "subject": event.subject[:SUBJECT_LENGTH],
        "detail": event.detail[:DETAIL_LENGTH],
        "data": dict(event.data),
        "recorded_at": now,
    }
