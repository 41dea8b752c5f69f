"""Writes events: each once per source id, and no fact is ever changed afterwards (see judging.py for verdicts)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol, cast

from sqlalchemy import Executable, Table, bindparam, column, func, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from outreach import models
from outreach.db import inserting, kind_of
from outreach.domain.events import Event

SUBJECT_LENGTH = 255
DETAIL_LENGTH = 2000
TABLE = cast(Table, models.Event.__table__)

_RETURNED = (TABLE.c.source_id, TABLE.c.id)
_ADDING = inserting("sqlite", models.Event).on_conflict_do_nothing().returning(*_RETURNED)


def _adding_at_once() -> Executable:
    """Return an INSERT of rows given as one document: PostgreSQL and its driver read that far faster than VALUES."""
    columns = [each for each in TABLE.columns if each is not TABLE.c.id]
    document = bindparam("given", type_=postgresql.JSONB())
    given = func.jsonb_to_recordset(document).table_valued(
        *(column(each.name, each.type) for each in columns)
    )
    rows = select(*given.render_derived(name="given", with_types=True).columns)
    adding = inserting("postgresql", models.Event).from_select([each.name for each in columns], rows)
    at_once: Executable = adding.on_conflict_do_nothing().returning(*_RETURNED)
    return at_once


_ADDING_AT_ONCE = _adding_at_once()


def write(session: Session, events: Sequence[Event], now: datetime) -> list[tuple[int, Event]]:
    """Add the events that are not there yet; return those with the ids of their rows, in the order given."""
    unique: dict[str, Event] = {}
    for event in events:
        unique.setdefault(event.source_id, event)
    if not unique:
        return []
    rows = [_row(event, now) for event in unique.values()]
    if kind_of(session) == "postgresql":
        added = session.connection().execute(_ADDING_AT_ONCE, {"given": [_document(row) for row in rows]})
    else:
        added = session.connection().execute(_ADDING, rows)
    ids: dict[str, int] = {source_id: event_id for source_id, event_id in added}
    return [(ids[source_id], event) for source_id, event in unique.items() if source_id in ids]


class Noting(Protocol):
    """Where the events of one piece of work go: those of a transaction, or those of a simulation."""

    def add(self, event: Event) -> None: ...

    def knows(self, source_id: str, *, stored: bool = True) -> bool: ...


class Gathered:
    """Events of one transaction that are written together, once each of them is known."""

    def __init__(self, session: Session, now: datetime) -> None:
        self._session = session
        self._now = now
        self._events: dict[str, Event] = {}
        self._ids: dict[str, int] = {}

    def add(self, event: Event) -> None:
        """Have the event written, unless one of its source id is there."""
        self._events.setdefault(event.source_id, event)

    def knows(self, source_id: str, *, stored: bool = True) -> bool:
        """Return whether such an event was added or, where `stored`, stands in the table."""
        if source_id in self._events or source_id in self._ids:
            return True
        if not stored:
            return False
        event = models.Event
        return self._session.scalar(select(event.id).where(event.source_id == source_id)) is not None

    def write(self) -> None:
        """Write what was added."""
        written = write(self._session, list(self._events.values()), self._now)
        self._ids |= {event.source_id: event_id for event_id, event in written}
        self._events.clear()

    def id(self, source_id: str) -> int | None:
        """Return the id of an event that this wrote."""
        return self._ids.get(source_id)


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


def _document(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"at": _written(row["at"]), "recorded_at": _written(row["recorded_at"])}


def _written(at: datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    return at.isoformat()
