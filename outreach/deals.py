"""Writes deals: opened, won, lost."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach import models
from outreach.domain.words import DealStatus


def open_deal(session: Session, lead: models.Lead, now: datetime) -> models.Deal:
    """Open a deal for the lead with its rep, or return the one that is open."""
    if deal := open_one(session, lead.id):
        return deal
    deal = models.Deal(
        lead_id=lead.id, rep=lead.owner, status=DealStatus.OPEN, round=lead.rounds, opened_at=now
    )
    session.add(deal)
    session.flush()
    return deal


def open_one(session: Session, lead_id: int) -> models.Deal | None:
    """Return the lead's open deal."""
    deal = models.Deal
    return session.scalar(select(deal).where(deal.lead_id == lead_id, deal.status == DealStatus.OPEN))


def close(
    deal: models.Deal,
    status: DealStatus,
    now: datetime,
    *,
    amount: float | None = None,
    currency: str | None = None,
    reason: str | None = None,
) -> None:
    """Set how the deal ended."""
    deal.status, deal.closed_at = status, now
    deal.amount = amount if amount is not None else deal.amount
    deal.currency = currency or deal.currency
    deal.lost_reason = reason
