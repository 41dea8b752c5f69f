"""A copied or restored database sends nothing before a person has said what it is."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import NOW
from house import House

from outreach import adoption, backlog, db, models
from outreach.db import Database
from outreach.domain.words import Kind, MessageStatus
from outreach.errors import DatabaseError
from outreach.fence import MARK, Fence


@pytest.fixture
def house(sqlite: Database, tmp_path: Path) -> House:
    made = House(sqlite, tmp_path / "workspace", NOW)
    made.apply()
    return made


@contextmanager
def copy_of(house: House, path: Path) -> Iterator[Database]:
    with house.database.engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql(f"VACUUM INTO '{path}'")
    opened = db.connect(f"sqlite:///{path}")
    try:
        yield opened
    finally:
        opened.close()


def test_a_new_database_is_taken_as_it_is_and_stays_so(house: House) -> None:
    fence = Fence(house.database, house.folder)
    fence.check()
    fence.check()
    assert house.rows(models.Instance)[0].place.startswith("sqlite:")


def test_a_copy_refuses_to_send_and_says_what_to_do(house: House, tmp_path: Path) -> None:
    Fence(house.database, house.folder).check()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with copy_of(house, elsewhere / "copy.db") as copy:
        with pytest.raises(DatabaseError, match=r"is a copy .* outreach adopt --moved"):
            Fence(copy, elsewhere).check()
        with copy.write() as session:
            Fence(copy, elsewhere).adopt(session)
        Fence(copy, elsewhere).check()


def test_a_backup_put_back_over_the_database_is_seen_by_its_mark(house: House, tmp_path: Path) -> None:
    Fence(house.database, house.folder).check()
    backup = tmp_path / "backup.db"
    with copy_of(house, backup):
        pass
    house.event(house.lead(), Kind.CLICKED)
    Fence(house.database, house.folder).note()
    path = house.database.engine.url.database
    assert path is not None
    house.database.close()
    for left in Path(path).parent.glob("outreach.db-*"):
        left.unlink()
    shutil.copyfile(backup, path)  # the same file, so the same place: only the mark tells
    with pytest.raises(DatabaseError, match=r"is older than it was: it has not come to event \d+"):
        Fence(house.database, house.folder).check()
    for _ in range(20):  # a page goes on recording what comes in
        house.event(house.lead(), Kind.OPENED, verdict="machine")
    with pytest.raises(DatabaseError, match="is older than it was"):
        Fence(house.database, house.folder).check()


def test_what_one_host_adopted_the_marks_of_the_others_do_not_refuse(house: House, tmp_path: Path) -> None:
    other = tmp_path / "other-host"
    other.mkdir()
    for folder in (house.folder, other):
        Fence(house.database, folder).check()
    house.event(house.lead(), Kind.CLICKED)
    (other / MARK).write_text((other / MARK).read_text().replace('"event": 0', '"event": 99999'))
    with house.database.write() as session:
        Fence(house.database, house.folder).adopt(session)
    Fence(house.database, other).check()


def test_after_a_restore_a_backlog_that_was_held_is_doubted_too(house: House) -> None:
    for _ in range(3):
        house.lead()
    house.tick()
    house.clock.turn_to(house.now + timedelta(days=3))
    with house.database.write() as session:
        backlog.hold_if_outage(session, NOW, 1, house.now)
    assert adoption.doubt_what_is_due(house.database, house.links, house.now) == 3


def test_a_broken_mark_is_written_anew(house: House) -> None:
    fence = Fence(house.database, house.folder)
    for broken in ("", "{", '{"instance": 1}', "[]"):
        (house.folder / MARK).write_text(broken)
        fence.check()
        assert json.loads((house.folder / MARK).read_text())["event"] >= 0


def test_after_a_restore_nothing_that_was_due_is_sent_by_itself(house: House) -> None:
    house.lead(email="first@example.com")
    house.tick()
    house.lead(email="entered-in-the-lost-hour@example.com")
    house.clock.turn_to(
        house.now.replace(day=house.now.day + 3)
    )  # the second mail of the first is due by now
    sent = len(house.mails())
    assert adoption.doubt_what_is_due(house.database, house.links, house.now) == 2
    house.later(hours=8)
    assert len(house.mails()) == sent
    assert len(house.rows(models.Message, status=MessageStatus.UNKNOWN)) == 2
    house.lead(email="new@example.com")
    house.later(days=1)
    assert len(house.mails("new@example.com")) == 1


def test_on_postgresql_another_database_of_the_server_is_another_place(
    postgresql: Database, postgresql_url: str, tmp_path: Path
) -> None:
    Fence(postgresql, tmp_path).check()
    postgresql.close()
    name = postgresql_url.rpartition("/")[2].partition("?")[0]
    copy_url = postgresql_url.replace(f"/{name}", f"/{name}_copy")
    from sqlalchemy import create_engine, make_url, text

    url = make_url(postgresql_url)
    admin = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    try:
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}_copy TEMPLATE {name}"))
        copy = db.connect(copy_url)
        try:
            with pytest.raises(DatabaseError, match="is a copy"):
                Fence(copy, tmp_path).check()
        finally:
            copy.close()
            with admin.connect() as connection:
                connection.execute(text(f"DROP DATABASE {name}_copy WITH (FORCE)"))
    finally:
        admin.dispose()
