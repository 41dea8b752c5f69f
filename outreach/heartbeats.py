"""Writes which processes are there, so that others see when one is not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, select, update
from sqlalchemy.orm import Session

from outreach import models
from outreach.db import insert_new

EVERY = timedelta(minutes=1)
"""How often a process says that it is there."""

FRESH = timedelta(minutes=3)
"""A process that was silent for longer is taken for gone: two beats may be late or lost."""

KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Process:
    """A process that said it is there: of which kind, since when, and when it last said so."""

    name: str
    kind: str
    started_at: datetime
    at: datetime


def name_of(kind: str, host: str, process_id: int) -> str:
    """Return what a process is called: the same as long as it runs, and no other's."""
    return f"{kind}:{host[:200]}:{process_id}"


def beat(session: Session, name: str, kind: str, started_at: datetime, now: datetime) -> None:
    """Write that the process is there, and forget those that were silent for a day."""
    row = models.Heartbeat
    values = {"kind": kind, "started_at": started_at, "at": now}
    changed = session.scalars(
        update(row)
        .where(row.name == name)
        .values(**values)
        .returning(row.name)
        .execution_options(synchronize_session=False)
    ).all()
    if not changed:
        session.execute(insert_new(session, row, [{"name": name, **values}]))
    # When the last scheduler was there is asked after an outage, however long that was.
    old = and_(row.at < now - KEPT, row.kind != "scheduler")
    session.execute(delete(row).where(old).execution_options(synchronize_session=False))


def stop(session: Session, name: str) -> None:
    """Forget a process that ends as it should: nobody is to miss it."""
    row = models.Heartbeat
    session.execute(delete(row).where(row.name == name).execution_options(synchronize_session=False))


def last_of(session: Session, kind: str) -> datetime | None:
    """Return when a process of this kind last said that it is there; None where none ever did."""
    row = models.Heartbeat
    return session.scalar(select(row.at).where(row.kind == kind).order_by(row.at.desc()).limit(1))


def alive(session: Session, now: datetime, within: timedelta = FRESH) -> tuple[Process, ...]:
    """Return the processes that said they are there within that time, by kind and name."""
    row = models.Heartbeat
    found = session.execute(
        select(row.name, row.kind, row.started_at, row.at)
        .where(row.at >= now - within)
        .order_by(row.kind, row.name)
    )
    return tuple(Process(*each) for each in found)
