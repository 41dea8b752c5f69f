"""Asks the parts that mails depend on; each for a short time, and what they say is judged elsewhere."""

from __future__ import annotations

import queue
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any, TypeVar

import redis
import requests
from sqlalchemy import event, make_url, text, update
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.orm import Session

from outreach import db, models
from outreach.channels import from_url
from outreach.channels.imap import Mailbox, Place
from outreach.channels.oauth import Tokens
from outreach.db import Database
from outreach.doctor.verdicts import BrokerFacts, DatabaseFacts
from outreach.errors import DatabaseError, SettingsError

SECONDS = 3  # to connect, and to be let write
STATEMENT_SECONDS = 10

T = TypeVar("T")


def within(seconds: float, ask: Callable[[], T]) -> T:
    """Return what `ask` returns; TimeoutError where it does not in time, and it is left to itself."""
    answers: queue.SimpleQueue[tuple[T | None, BaseException | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            answers.put((ask(), None))
        except BaseException as error:  # it is raised again where it was asked
            answers.put((None, error))

    # A daemon: the program ends although somebody still waits for a server that says nothing.
    threading.Thread(target=run, daemon=True).start()
    try:
        value, error = answers.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError from None
    if error is not None:
        raise error
    return value  # type: ignore[return-value]


# -- database -------------------------------------------------------------------------------------


@contextmanager
def opened(url: str) -> Iterator[Database]:
    """Yield the database, which has to be there and of this version, and which answers soon or not at all."""
    file = _file(url)
    if file is not None and not file.is_file():
        raise DatabaseError("there is no database yet; run: outreach apply")
    with closing(db.connect(url)) as database:
        if not database.is_sqlite:
            _have_it_answer_soon(database)
        db.check(database)
        yield database


def _file(url: str) -> Path | None:
    """Return the file of a SQLite database, which connecting to would make."""
    try:
        parts = make_url(url)
    except (ArgumentError, ValueError):
        return None  # what is wrong with it, connecting says
    return Path(parts.database) if parts.get_backend_name() == "sqlite" and parts.database else None


def _have_it_answer_soon(database: Database) -> None:
    limits = {"connect_timeout": SECONDS, "options": f"-c statement_timeout={STATEMENT_SECONDS}s"}

    @event.listens_for(database.engine, "do_connect")
    def on_connecting(_1: object, _2: object, _3: object, parameters: dict[str, Any]) -> None:
        for name, value in limits.items():
            parameters.setdefault(name, value)


def database_facts(database: Database, url: str) -> DatabaseFacts:
    """Return what the database says of itself; nothing in it is changed."""
    refuses = _refuses_writing(database)
    with database.read() as session:
        if database.is_sqlite:
            return _sqlite(session, refuses, _file(url))
        return _postgresql(session, refuses)


def _refuses_writing(database: Database) -> str:
    """Return why nothing can be written, by writing what is there already and taking it back."""
    row = models.Instance
    try:
        with database.engine.connect() as connection:
            if database.is_sqlite:
                connection.exec_driver_sql(f"PRAGMA busy_timeout={SECONDS * 1000}")
            with Session(connection) as session:
                session.execute(
                    update(row).values(name=row.name).execution_options(synchronize_session=False)
                )
                session.rollback()
    except SQLAlchemyError as error:
        return str(getattr(error, "orig", None) or type(error).__name__).splitlines()[0]
    return ""


def _sqlite(session: Session, refuses: str, file: Path | None) -> DatabaseFacts:
    def ask(what: str) -> Any:
        return session.scalar(text(what))

    return DatabaseFacts(
        kind="sqlite",
        version=_numbers(ask("SELECT sqlite_version()")),
        bytes=int(ask("PRAGMA page_count")) * int(ask("PRAGMA page_size")),
        refuses_writing=refuses,
        journal_mode=str(ask("PRAGMA journal_mode")),
        free_bytes=shutil.disk_usage(file.resolve().parent).free if file else None,
    )


def _postgresql(session: Session, refuses: str) -> DatabaseFacts:
    def ask(what: str) -> Any:
        return session.scalar(text(what))

    before = datetime.now(UTC)
    theirs: datetime = ask("SELECT clock_timestamp()")
    return DatabaseFacts(
        kind="postgresql",
        version=_numbers(str(ask("SHOW server_version")).split()[0]),
        bytes=int(ask("SELECT pg_database_size(current_database())")),
        refuses_writing=refuses,
        connections=int(ask("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")),
        most_connections=int(ask("SHOW max_connections")),
        synchronous_commit=str(ask("SHOW synchronous_commit")),
        fsync=str(ask("SHOW fsync")),
        ahead=_ahead(theirs, before, datetime.now(UTC)),
    )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def _ahead(theirs: datetime, before: datetime, after: datetime) -> float:
    """Return by how many seconds their clock is before ours, at least: it was read between our two readings."""
    if theirs > after:
        return (theirs - after).total_seconds()
    return min((theirs - before).total_seconds(), 0.0)


# -- the others -----------------------------------------------------------------------------------


def broker_facts(redis_url: str) -> BrokerFacts:
    """Return what Redis says of itself; redis.RedisError where it does not answer."""
    with redis.Redis.from_url(redis_url, socket_timeout=SECONDS, socket_connect_timeout=SECONDS) as client:
        client.ping()
        begun = time.perf_counter()
        client.ping()
        seconds = time.perf_counter() - begun
        said = client.info("server")
        before = datetime.now(UTC)
        whole, millionths = client.time()
        theirs = datetime.fromtimestamp(whole + millionths / 1e6, UTC)
        ahead = _ahead(theirs, before, datetime.now(UTC))
    if version := said.get("valkey_version"):
        return BrokerFacts(f"Valkey {version}", seconds, ahead)
    return BrokerFacts(f"Redis {said.get('redis_version', '')}".strip(), seconds, ahead)


def log_in_to_smtp(url: str, tokens: Tokens) -> None:
    """Connect to the mail server and log in; Deferred or Rejected say why that does not work. No mail is offered."""
    with closing(from_url(url, tokens=tokens)) as channel:
        channel.open()


def read_mailbox(where: Place, tokens: Tokens) -> str:
    """Log in to the mailbox and look into its folder; return that it can be read, without the user's name."""
    with closing(Mailbox(where, tokens)) as mailbox:
        mailbox.status()
        return f"{mailbox.place.folder} on {mailbox.place.host} can be read"


def fetch_pixel(base_url: str) -> float | None:
    """Fetch a picture that stands for no mail; return by how many seconds the server's clock is before ours.

    SettingsError where something else answers there, requests.RequestException where nothing does.
    """
    before = datetime.now(UTC)
    with requests.get(
        f"{base_url}/o/none.gif", timeout=SECONDS, allow_redirects=False, stream=True
    ) as answer:
        if answer.status_code != 200 or answer.headers.get("Content-Type") != "image/gif":
            raise SettingsError(f"{answer.status_code} instead of a picture")
        written = answer.headers.get("Date")
    return _ahead_of_date(written, before, datetime.now(UTC)) if written else None


def _ahead_of_date(written: str, before: datetime, after: datetime) -> float | None:
    try:
        theirs = parsedate_to_datetime(written)
    except ValueError:
        return None
    if theirs.tzinfo is None:
        return None
    # Whole seconds, cut off: the truth lies within the second that follows.
    late = (theirs - after).total_seconds()
    early = (theirs - before).total_seconds() + 1.0
    return late if late > 0 else min(early, 0.0)
