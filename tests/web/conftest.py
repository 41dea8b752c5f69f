"""The installations that the tests of the web application speak to."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from factories import NOW
from house import House
from street import Street

from outreach import db
from outreach.db import Database


@pytest.fixture
def house(database: Database, tmp_path: Path, now: datetime) -> House:
    """An installation on each kind of database."""
    built = House(database, tmp_path / "workspace", now)
    built.apply()
    return built


@pytest.fixture(scope="session")
def furnished(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file of an installation whose first mail is sent, which is only ever copied."""
    folder = tmp_path_factory.mktemp("furnished")
    path = Path(shutil.copy(sqlite_template, folder / "outreach.db"))
    database = db.connect(f"sqlite:///{path}")
    built = House(database, folder / "workspace", NOW)
    built.apply()
    Street(built)
    database.close()
    return path


@pytest.fixture
def desk_house(furnished: Path, tmp_path: Path, now: datetime) -> Iterator[House]:
    """An installation on SQLite, for what the kind of database says nothing to."""
    database = db.connect(f"sqlite:///{shutil.copy(furnished, tmp_path / 'outreach.db')}")
    yield House(database, tmp_path / "workspace", now)
    database.close()


@pytest.fixture
def street(house: House) -> Street:
    return Street(house)


@pytest.fixture
def desk(desk_house: House) -> Street:
    return Street(desk_house)


@pytest.fixture
def postgresql_street(postgresql: Database, tmp_path: Path, now: datetime) -> Street:
    """A street on PostgreSQL, which takes less than SQLite does."""
    built = House(postgresql, tmp_path / "workspace", now)
    built.apply()
    return Street(built)


@pytest.fixture
def make_street(desk_house: House) -> Iterator[Callable[..., Street]]:
    """Makes a street with other settings."""
    yield lambda **settings: Street(desk_house, **settings)
