"""The installations that the tests of the web application speak to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from house import House
from street import Street

from outreach.db import Database


@pytest.fixture
def house(database: Database, tmp_path: Path, now: datetime) -> House:
    """An installation on each kind of database."""
    built = House(database, tmp_path / "workspace", now)
    built.apply()
    return built


@pytest.fixture
def desk_house(sqlite: Database, tmp_path: Path, now: datetime) -> House:
    """An installation on SQLite, for what the kind of database says nothing to."""
    built = House(sqlite, tmp_path / "workspace", now)
    built.apply()
    return built


@pytest.fixture
def street(house: House) -> Street:
    return Street(house)


@pytest.fixture
def desk(desk_house: House) -> Street:
    return Street(desk_house)


@pytest.fixture
def make_street(desk_house: House) -> Iterator[Callable[..., Street]]:
    """Makes a street with other settings."""
    yield lambda **settings: Street(desk_house, **settings)
