"""Draws the consequences of events that were only noted: score, stage, enrollments; in batches, each exactly once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session


def follow_due(session: Session, now: datetime, limit: int) -> int:
    """Follow up to `limit` noted events; return how many."""
    return 0
