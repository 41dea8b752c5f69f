"""Finds, adds and fills lead rows by the thousand: what an import writes."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import psycopg
from sqlalchemy import (
    Column,
    ColumnElement,
    MetaData,
    Table,
    case,
    delete,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateTable, DropTable

from outreach import models
from outreach.db import among, kind_of
from outreach.domain.rows import FILLED, Values
from outreach.domain.words import Temperature

TABLE = models.Base.metadata.tables["lead"]
GIVEN = ("email", "address_hash", "source", "consent", "stage", "stage_at", *FILLED, "fields")
"""What an import says of a new lead; the rest is the same for all of them."""

STAGED = Table("imported_lead", MetaData(), *(Column(name, TABLE.c[name].type) for name in ("id", *GIVEN)))
"""Rows first come into a temporary table, and from there in one statement into `lead`."""


@dataclass(slots=True)
class Known:
    """A person as it is known so far in this import. `id` is None where the person is new."""

    id: int | None
    values: Values
    fills: Values = field(default_factory=dict)
    fields: Values = field(default_factory=dict)  # declared fields to fill

    @property
    def changed(self) -> bool:
        return bool(self.fills or self.fields)

    def learn(self, columns: Values, fields: Values) -> None:
        """Take over what a further row tells."""
        self.values = {**self.values, **columns, "fields": {**self.values["fields"], **fields}}
        self.fills |= columns
        self.fields |= fields


def begin(session: Session) -> None:
    """Make ready for the writing of one transaction."""
    if kind_of(session) == "postgresql":
        # Two imports of the same people in another order would wait for each other.
        session.execute(text("SELECT pg_advisory_xact_lock(hashtext('outreach import'))"))
        # A plan made while the table was small is kept otherwise, and reads all of it once it is large.
        session.execute(text("SET LOCAL plan_cache_mode = force_custom_plan"))
    temporary = Table(
        STAGED.name, MetaData(), *(column._copy() for column in STAGED.columns), prefixes=["TEMPORARY"]
    )
    session.execute(DropTable(temporary, if_exists=True))
    session.execute(CreateTable(temporary))


def suppressed(session: Session, hashes: Collection[str], now: datetime) -> set[str]:
    """Return those of the address hashes that must not be written to at `now`."""
    table = models.Suppression
    in_force = or_(table.until.is_(None), table.until > now)
    these = among(session, table.address_hash, hashes)
    return set(session.scalars(select(table.address_hash).where(these, in_force)))


def known(session: Session, addresses: Collection[str]) -> dict[str, Known]:
    """Return what is known of the people with these addresses."""
    names = ("id", "email", "source", "consent", "fields", *FILLED)
    rows = session.execute(
        select(*(TABLE.c[name] for name in names)).where(among(session, TABLE.c.email, addresses))
    )
    found = {}
    for row in rows:
        values = dict(zip(names, row, strict=True))
        found[values["email"]] = Known(values.pop("id"), values)
    return found


def add(session: Session, people: Sequence[Known], now: datetime) -> set[str]:
    """Add the people as leads; return the addresses of those whom no other process added meanwhile."""
    if not people:
        return set()
    _stage(session, GIVEN, (person.values for person in people))
    same = {
        "score": 0.0, "temperature": str(Temperature.COLD), "rounds": 0,
        "due_at": now, "match_at": now, "created_at": now, "updated_at": now,
    }  # fmt: skip
    values: dict[str, ColumnElement[Any]] = {name: STAGED.c[name] for name in GIVEN}
    values |= {name: literal(value, TABLE.c[name].type) for name, value in same.items()}
    values["stage_at"] = func.coalesce(STAGED.c.stage_at, literal(now, TABLE.c.stage_at.type))
    rows = select(*values.values())
    addresses = {person.values["email"] for person in people}
    if kind_of(session) == "sqlite":  # where nobody else writes at the same time
        session.execute(insert(TABLE).from_select(list(values), rows))
        return addresses
    new = postgresql.insert(TABLE).from_select(list(values), rows).on_conflict_do_nothing()
    return set(session.scalars(new.returning(TABLE.c.email)))


def fill(session: Session, people: Sequence[Known], now: datetime) -> None:
    """Fill what is empty in the rows of these leads, have them matched again, and reviewed where a time is stated.

    What has come to stand there since it was read stays.
    """
    if not people:
        return
    _stage(
        session,
        ("id", *FILLED, "fields"),
        ({"id": one.id, **one.fills, "fields": one.fields} for one in people),
    )
    old, new = TABLE.c, STAGED.c
    changed: dict[str, Any] = {name: func.coalesce(old[name], new[name]) for name in FILLED}
    merged = (
        new.fields.op("||")(old.fields)
        if kind_of(session) == "postgresql"
        else func.json_patch(new.fields, old.fields)
    )
    stated = old.purchase_at.is_(None) & new.purchase_at.is_not(None)
    changed |= {
        "fields": merged,
        "due_at": case((stated, literal(now, old.due_at.type)), else_=old.due_at),
        "match_at": func.coalesce(old.match_at, literal(now, old.match_at.type)),
        "updated_at": now,
    }
    session.execute(update(TABLE).where(old.id == new.id).values(changed))


def _stage(session: Session, names: Sequence[str], rows: Iterable[Values]) -> None:
    """Have these rows, and no others, in the temporary table. It goes past SQLAlchemy, which takes longer than all else."""
    session.execute(delete(STAGED))
    written = _written(session, names, rows)
    columns = ", ".join(names)
    connection = session.connection().connection.driver_connection
    if isinstance(connection, sqlite3.Connection):
        places = ", ".join("?" * len(names))
        connection.executemany(f"INSERT INTO {STAGED.name} ({columns}) VALUES ({places})", written)
        return
    assert isinstance(connection, psycopg.Connection)
    with connection.cursor() as cursor, cursor.copy(f"COPY {STAGED.name} ({columns}) FROM STDIN") as copy:
        for row in written:
            copy.write_row(row)


def _written(session: Session, names: Sequence[str], rows: Iterable[Values]) -> Iterator[list[Any]]:
    """Yield the values as the driver takes them."""
    dialect = session.get_bind().dialect
    found = [TABLE.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names]
    processors = [(place, process) for place, process in enumerate(found) if process is not None]
    for row in rows:
        values = [row.get(name) for name in names]
        for place, process in processors:
            if values[place] is not None:
                values[place] = process(values[place])
        yield values
