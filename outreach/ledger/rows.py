"""How rows of the ledger are read and changed: many at once, and only those that still are what one thinks they are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, String, and_, bindparam, cast, literal, select, update
from sqlalchemy.orm import Session

from outreach import enrollments, models
from outreach.db import inserting, kind_of, one_of
from outreach.domain.words import Kind, MessageStatus, Verdict

LEASE = timedelta(minutes=10)
"""How long a worker may be silent before its messages are taken back."""

ONE_ATTEMPT_LESS = (("attempts", -1),)
"""For what was claimed and not even offered to a server: that is no attempt."""

LOOK_AGAIN = timedelta(minutes=1)
"""After so long an id is handed to the workers again whose message still waits: the broker may have lost it."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message as the worker that claimed it knows it; `claim` is a number that no later claim has again."""

    id: int
    enrollment_id: int
    lead_id: int
    campaign_id: int
    version_id: int
    step: str
    template: str
    variant: int | None
    sender: str
    claim: int
    attempts: int
    rfc_message_id: str

    @classmethod
    def of(cls, row: Any, *, just_now: int = 0) -> Claimed:
        """Return what a row of `message` says; `just_now` is 1 for a row read before it was claimed."""
        return cls(
            row.id, row.enrollment_id, row.lead_id, row.campaign_id, row.version_id, row.step, row.template,
            row.variant, row.sender, row.claims + just_now, row.attempts + just_now, row.rfc_message_id,
        )  # fmt: skip


def change(
    session: Session,
    ids: Collection[int],
    *statuses: MessageStatus,
    new: Mapping[str, Any],
    claim: int | None = None,
    more: tuple[tuple[str, int], ...] = (),
) -> list[int]:
    """Set columns of those of the rows that have one of the statuses, and are of that claim if one is said.

    `more` are columns that count, and by how much they grow.

    Return the ids of the rows changed.
    """
    if not ids:
        return []
    kind = kind_of(session)
    statement = _changing(kind, statuses, tuple(new), claim is not None, more)
    given = {"ids": list(ids), **{f"new_{name}": value for name, value in new.items()}}
    if claim is not None:
        given["by_claim"] = claim
    return list(session.connection().execute(statement, given).scalars())


@cache
def _changing(
    kind: str,
    statuses: tuple[MessageStatus, ...],
    names: tuple[str, ...],
    by_claim: bool,
    more: tuple[tuple[str, int], ...],
) -> Executable:
    """Return the statement, made once: to make one takes longer than to run it."""
    row = models.Message.__table__.c
    where = and_(one_of(kind, row.id, "ids"), row.status.in_(statuses))
    if by_claim:
        where = and_(where, row.claims == bindparam("by_claim"))
    new: dict[str, Any] = {name: bindparam(f"new_{name}", type_=row[name].type) for name in names}
    new |= {name: row[name] + by for name, by in more}
    return update(models.Message.__table__).where(where).values(**new).returning(row.id)  # type: ignore[arg-type]


def change_where(session: Session, where: ColumnElement[bool], **values: Any) -> list[int]:
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


def change_mine(
    session: Session,
    rows: Iterable[Claimed],
    *statuses: MessageStatus,
    new: Mapping[str, Any],
    more: tuple[tuple[str, int], ...] = (),
) -> list[int]:
    """Change rows that are as these claims left them: claimed again, and a row is not ours any more."""
    by_claim: dict[int, list[int]] = {}
    for row in rows:
        by_claim.setdefault(row.claim, []).append(row.id)
    changed: list[int] = []
    for claim, ids in by_claim.items():
        changed += change(session, ids, *statuses, new=new, claim=claim, more=more)
    return changed


def tell(session: Session, ids: Sequence[int], kind: Kind, detail: str, now: datetime) -> None:
    """Add an event for each message, and have its enrollment looked at."""
    if ids:
        given = {
            "ids": list(ids), "source": f"{kind}:", "kind": str(kind), "now": now, "detail": detail, "data": {},
        }  # fmt: skip
        session.connection().execute(_telling(kind_of(session)), given)
        enrollments.wake_after(session, ids, now)


@cache
def _telling(kind: str) -> Executable:
    row, instant = models.Message.__table__.c, models.Instant()
    detail = bindparam("detail", type_=models.Event.__table__.c.detail.type)
    rows = select(
        bindparam("source", type_=String()).concat(cast(row.id, String)), bindparam("kind", type_=String()),
        bindparam("now", type_=instant), row.lead_id, row.id, row.campaign_id, literal(str(Verdict.HUMAN)), row.template,
        detail, bindparam("data", type_=models.Document), bindparam("now", type_=instant),
    ).where(one_of(kind, row.id, "ids"))  # fmt: skip
    columns = [
        "source_id", "kind", "at", "lead_id", "message_id", "campaign_id", "verdict", "subject", "detail", "data",
        "recorded_at",
    ]  # fmt: skip
    telling: Executable = inserting(kind, models.Event).from_select(columns, rows).on_conflict_do_nothing()
    return telling
