"""Opens the database: sessions for reading and for writing, migrations, and the few differences of the two dialects."""

from __future__ import annotations

import json
import secrets
import sqlite3
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Engine,
    Executable,
    Integer,
    Text,
    any_,
    bindparam,
    cast,
    create_engine,
    event,
    func,
    inspect,
    select,
    true,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, InterfaceError, NoSuchModuleError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.orm import DeclarativeBase, Session

from outreach import models
from outreach.errors import DatabaseError, SettingsError

MIGRATIONS = Path(__file__).parent / "migrations"
BUSY_SECONDS = 30
PATIENCE = {
    "connect_timeout": 10,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}
"""libpq: a server that vanished without a word is noticed within a minute, and not after hours."""

AWAY = (OperationalError, InterfaceError, NoConnection)
"""Errors that say the database is away or busy, and not that what was asked is wrong."""

SYNCHRONOUS = "FULL"
"""What SQLite waits for at a commit. Less, and a power cut could take back that a mail was sent."""


class Database:
    """An open database. `read()` and `write()` give sessions; a writing one commits at the end of its block."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._writing = engine.execution_options(outreach_writes=True)

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Yield a session for reading; nothing it changes is kept."""
        with Session(self.engine, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Yield a session that commits when the block ends and rolls back when it fails."""
        with Session(self._writing, expire_on_commit=False) as session, session.begin():
            yield session

    def close(self) -> None:
        self.engine.dispose()


def opened(url: str) -> Database:
    """Return the database at `url`, which has to be there and of this program's version."""
    database = connect(url)
    try:
        check(database)
    except DatabaseError:
        database.close()
        raise
    return database


def is_there(url: str) -> bool:
    """Whether there is a database at `url`, of whatever version; nothing is created."""
    database = connect(url)
    try:
        path = database.engine.url.database
        if database.is_sqlite and path and not Path(path).exists():
            return False
        with _reporting(database), database.engine.connect() as connection:
            return _revision(connection) is not None
    finally:
        database.close()


def connect(url: str) -> Database:
    """Return the database at `url` (sqlite:///file or postgresql://...); nothing is created yet."""
    try:
        if url.startswith("sqlite"):
            timeout = {"timeout": BUSY_SECONDS, "check_same_thread": False}
            engine = create_engine(url, connect_args=timeout, hide_parameters=True)
            _prepare_sqlite(engine)
        else:
            engine = create_engine(
                url, pool_pre_ping=True, pool_size=10, hide_parameters=True, connect_args=PATIENCE
            )
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError):
        raise SettingsError(
            "OUTREACH_DATABASE_URL is not a database address; write sqlite:///FILE or postgresql://USER@HOST/NAME"
        ) from None
    return Database(engine)


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: sqlite3.Connection, _: object) -> None:
        # SQLAlchemy says BEGIN itself below: Python's sqlite3 would begin too late and always deferred.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={SYNCHRONOUS}",
            "foreign_keys=ON",
            f"busy_timeout={BUSY_SECONDS * 1000}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        # A deferred transaction that turns to writing fails at once when another wrote meanwhile; an immediate one waits.
        writes = connection.get_execution_options().get("outreach_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


# -- migrations ----------------------------------------------------------------------------------


def revisions() -> tuple[str, ...]:
    """Return the revisions that this program knows, oldest first; files are named REVISION_what_it_does.py."""
    return tuple(sorted(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")))


def migrate(database: Database, now: datetime) -> None:
    """Bring the database to the newest version, creating it where there is none. DatabaseError says why it can not."""
    # Alembic takes a third of a second to import, and every other command does without it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with _reporting(database), database._writing.connect() as connection, connection.begin():
        _refuse_newer(_revision(connection))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        session = Session(connection)
        if session.scalar(select(models.Instance.id)) is None:
            session.add(
                models.Instance(id=1, name=str(uuid.uuid4()), salt=secrets.token_hex(16), created_at=now)
            )
            session.flush()


def check(database: Database) -> None:
    """DatabaseError unless the database is there and of this program's version."""
    with _reporting(database), database.engine.connect() as connection:
        revision = _revision(connection)
    _refuse_newer(revision)
    if revision is None:
        raise DatabaseError("there is no database yet; run: outreach apply")
    if revision != revisions()[-1]:
        raise DatabaseError("the database is of an older version; run: outreach migrate")


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()


def _refuse_newer(revision: str | None) -> None:
    if revision is not None and revision not in revisions():
        raise DatabaseError(
            f"the database is of a newer version ({revision}) than this program; nothing was changed: update outreach"
        )


@contextmanager
def _reporting(database: Database) -> Iterator[None]:
    try:
        yield
    except (OperationalError, sqlite3.OperationalError) as error:
        reason = str(getattr(error, "orig", error)).splitlines()[0]
        where = database.engine.url.render_as_string(hide_password=True)
        raise DatabaseError(f"the database {where} can not be used: {reason}") from None


# -- the two dialects ----------------------------------------------------------------------------


def among(session: Session, column: Any, values: Collection[Any]) -> ColumnElement[bool]:
    """Return the condition that the column is one of the values.

    They go over as a single one, so that the statement is the same however many they are.
    """
    if kind_of(session) != "postgresql":
        given = func.json_each(json.dumps(list(values))).table_valued("value")
        return column.in_(select(given.c.value))  # type: ignore[no-any-return]
    return column == any_(bindparam(None, list(values), type_=postgresql.ARRAY(_array_of(column))))  # type: ignore[no-any-return]


def kind_of(session: Session) -> str:
    """Return "sqlite" or "postgresql": statements that are made once are made once for each."""
    return session.get_bind().dialect.name


def one_of(kind: str, column: Any, name: str) -> ColumnElement[bool]:
    """Return the condition that the column is one of those given as the parameter `name`, for either kind of database."""
    if kind != "postgresql":
        return column.in_(bindparam(name, expanding=True))  # type: ignore[no-any-return]
    return column == any_(bindparam(name, type_=postgresql.ARRAY(_array_of(column))))  # type: ignore[no-any-return]


def texts_by_id(kind: str) -> tuple[ColumnElement[int], ColumnElement[str]]:
    """Return the ids and the texts that `texts_given` passes, as two columns that an UPDATE can be joined with."""
    if kind == "postgresql":
        ids = bindparam("text_ids", type_=postgresql.ARRAY(BigInteger()))
        values = bindparam("texts", type_=postgresql.ARRAY(Text()))
        found = func.unnest(ids, values).table_valued("id", "text", name="each").render_derived()
        return found.c.id, found.c.text
    pairs = func.json_each(bindparam("texts")).table_valued("key", "value", name="each")
    return cast(pairs.c.key, Integer), pairs.c.value


def texts_given(kind: str, texts: Mapping[int, str]) -> dict[str, Any]:
    """Return the parameters of a statement made with `texts_by_id`."""
    if kind == "postgresql":
        return {"text_ids": list(texts), "texts": list(texts.values())}
    return {"texts": json.dumps(texts)}


def _array_of(column: Any) -> Any:
    return BigInteger() if isinstance(column.type, Integer) else Text()


def insert_new(
    session: Session, table: type[DeclarativeBase], rows: Sequence[Mapping[str, Any]]
) -> Executable:
    """Return an INSERT of `rows` that passes over those that a unique constraint already knows."""
    statement: Executable = inserting(kind_of(session), table).values(rows).on_conflict_do_nothing()
    return statement


def inserting_selected(
    session: Session, table: type[DeclarativeBase], columns: Sequence[str], rows: Any
) -> Any:
    """Return an INSERT of what `rows` selects that passes over what a unique constraint already knows."""
    if rows.whereclause is None:
        # SQLite can not tell ON CONFLICT from the ON of a join when a SELECT has no WHERE.
        rows = rows.where(true())
    return inserting(kind_of(session), table).from_select(list(columns), rows).on_conflict_do_nothing()


def insert_selected(session: Session, table: type[DeclarativeBase], columns: Sequence[str], rows: Any) -> int:
    """Insert what `rows` selects, but for what a unique constraint already knows; return how many were new."""
    result = session.execute(inserting_selected(session, table, columns, rows))
    return max(int(getattr(result, "rowcount", 0)), 0)


def inserting(kind: str, table: type[DeclarativeBase]) -> Any:
    """Return an INSERT that can pass over what is known already."""
    return (postgresql.insert if kind == "postgresql" else sqlite.insert)(table)
