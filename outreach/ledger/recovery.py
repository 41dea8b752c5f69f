"""Takes back what a crash left: leases that ran out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach import models
from outreach.domain.words import MessageStatus
from outreach.ledger.outcomes import QUARANTINED, lose, skip
from outreach.ledger.rows import change

MOST_CRASHES = 3
"""A message whose worker ended so often while it had it is not given to another one."""


@dataclass(frozen=True)
class Swept:
    """How many leases had run out: queued again, quarantined, or unknown now."""

    requeued: int = 0
    quarantined: int = 0
    unknown: int = 0

    @property
    def total(self) -> int:
        return self.requeued + self.quarantined + self.unknown


def sweep(session: Session, now: datetime, limit: int = 1000) -> Swept:
    """Take back leases that ran out, at most `limit`.

    What was only claimed is queued again, and tried alone; what was under way becomes unknown.
    """
    message = models.Message
    over = session.execute(
        select(message.id, message.status, message.crashes)
        .where(message.lease_until <= now)
        .order_by(message.lease_until)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    if not over:
        return Swept()
    lost = [row.id for row in over if row.status == MessageStatus.TRANSMITTING]
    lose(session, lost, "the sending process ended before the outcome was known", now)
    claimed = [row for row in over if row.status == MessageStatus.CLAIMED]
    poison = [row.id for row in claimed if row.crashes + 1 >= MOST_CRASHES]
    skip(
        session,
        poison,
        QUARANTINED,
        now,
        detail=f"{MOST_CRASHES} times the process ended that was to send it",
    )
    again = [row.id for row in claimed if row.crashes + 1 < MOST_CRASHES]
    values = {"status": MessageStatus.QUEUED, "due_at": now, "lease_until": None, "reason": "cut short"}
    change(session, again, MessageStatus.CLAIMED, more=(("crashes", 1),), new=values)
    return Swept(len(again), len(poison), len(lost))
