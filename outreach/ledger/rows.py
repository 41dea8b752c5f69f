"""How rows of the ledger are read and changed: many at once, and only those that still are what one thinks they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, literal, or_, select, update
from sqlalchemy.orm import Session

from outreach import enrollments, models
from outreach.db import among, insert_selected
from outreach.domain.words import Kind, MessageStatus, Verdict

LEASE = timedelta(minutes=10)
"""How long a worker may be silent before its messages are taken back."""

LOOK_AGAIN = timedelta(minutes=1)
"""After so long an id is handed to the workers again whose message still waits: the broker may have lost it."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message as the worker that claimed it knows it; `attempts` tells this claim from any later one."""

    id: int
    enrollment_id: int
    lead_id: int
    campaign_id: int
    version_id: int
    step: str
    template: str
    variant: int | None
    sender: str
    attempts: int
    rfc_message_id: str

    @classmethod
    def of(cls, row: Any, attempts: int | None = None) -> Claimed:
        """Return what a row of `message` says."""
        return cls(
            row.id, row.enrollment_id, row.lead_id, row.campaign_id, row.version_id, row.step, row.template,
            row.variant, row.sender, row.attempts if attempts is None else attempts, row.rfc_message_id,
        )  # fmt: skip


def change(session: Session, where: ColumnElement[bool], **values: Any) -> list[int]:
    """Change the rows for which the condition is true; return their ids."""
    message = models.Message
    changed = session.scalars(
        update(message)
        .where(where)
        .values(**values)
        .returning(message.id)
        .execution_options(synchronize_session=False)
    )
    return list(changed)


def these(session: Session, ids: Collection[int], *statuses: MessageStatus) -> ColumnElement[bool]:
    """Return the condition that a row is one of these and has one of the statuses."""
    message = models.Message
    return and_(among(session, message.id, ids), message.status.in_(statuses))


def mine(session: Session, rows: Iterable[Claimed], *statuses: MessageStatus) -> ColumnElement[bool]:
    """Return the condition that a row is as this claim left it: another attempt, and it is not ours any more."""
    by_attempts: dict[int, list[int]] = {}
    for row in rows:
        by_attempts.setdefault(row.attempts, []).append(row.id)
    message = models.Message
    ours = or_(
        *(
            and_(among(session, message.id, ids), message.attempts == attempts)
            for attempts, ids in by_attempts.items()
        )
    )
    return and_(ours, message.status.in_(statuses))


def tell(session: Session, ids: Sequence[int], kind: Kind, detail: str, now: datetime) -> None:
    """Add an event for each message, and have its enrollment looked at."""
    if not ids:
        return
    message = models.Message
    rows = select(
        literal(f"{kind}:").concat(cast(message.id, String)), literal(str(kind)), literal(now, models.Instant()),
        message.lead_id, message.id, message.campaign_id, literal(str(Verdict.HUMAN)), message.template,
        literal(detail), literal({}, models.Document), literal(now, models.Instant()),
    ).where(among(session, message.id, ids))  # fmt: skip
    columns = [
        "source_id", "kind", "at", "lead_id", "message_id", "campaign_id", "verdict", "subject", "detail", "data",
        "recorded_at",
    ]  # fmt: skip
    insert_selected(session, models.Event, columns, rows)
    enrollments.wake_after(session, select(message.enrollment_id).where(among(session, message.id, ids)), now)
