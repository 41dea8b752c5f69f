"""Whatever breaks around the program while mails go out: the wire, the rows and the events still agree."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator
from email.utils import formatdate

import pytest
import requests
from faults import chaos, oracle
from faults.chaos import verdict
from faults.nursery import Process
from faults.plant import BULK, STRICT, Mode, Plant
from faults.servers import Postgresql, Valkey, folder_for_postgresql

from outreach import activity, models
from outreach.domain.events import Event
from outreach.domain.words import Kind, MessageStatus

Build = Callable[..., Plant]
thorough = pytest.mark.skipif(
    not os.environ.get("OUTREACH_ALL_FAULTS"), reason="takes long: part of `make faults`"
)


def _is_right(plant: Plant, unknown: int = 0, doubled_notes: int = 0) -> None:
    found = verdict(plant, unknown, doubled_notes)
    assert not found.violations, "\n".join(found.violations)


def _started(plant: Plant, leads: int, *kinds: str) -> None:
    plant.add_leads(leads)
    for kind in kinds:
        plant.start(kind)


@pytest.mark.parametrize("mode", [STRICT, pytest.param(BULK, marks=thorough)], ids=lambda mode: mode.name)
def test_killing_processes_at_random_loses_nothing_and_doubles_nothing(build: Build, mode: Mode) -> None:
    plant = build(mode=mode)
    workers = chaos.random_kills(plant, seed=1, kills=5)
    plant.finish()
    _is_right(plant, unknown=workers * plant.mode.bound)


@thorough
def test_killing_the_one_process_on_sqlite_at_random_loses_nothing_and_doubles_nothing(
    build: Build, sqlite_url: str
) -> None:
    plant = build(database_url=sqlite_url, redis_url=None)
    workers = chaos.random_kills(plant, seed=1, kills=4, every=0.8)
    plant.finish()
    _is_right(plant, unknown=workers * plant.mode.bound)


# -- Redis ----------------------------------------------------------------------------------------


@thorough
def test_redis_can_be_killed_and_come_back_empty(build: Build, valkey: Valkey) -> None:
    plant = build()
    plant.sink.order(delay={"END": 0.01})
    _started(plant, 40, "scheduler", "worker", "worker")
    for at in (10, 50):
        plant.wait_for_mails(at)
        chaos.restart_empty(valkey)
    plant.finish()
    _is_right(plant)


def test_redis_can_be_emptied_again_and_again(build: Build, valkey: Valkey) -> None:
    plant = build()
    _started(plant, 40, "scheduler", "worker", "worker")
    with chaos.meanwhile(valkey.empty, every=0.3, times=8):
        plant.finish()
    _is_right(plant)


def test_what_the_broker_delivers_many_times_is_sent_once(build: Build, valkey: Valkey) -> None:
    plant = build()
    _started(plant, 12, "scheduler")
    plant.wait(lambda: valkey.client.llen(chaos.QUEUES[0]), "ids in the broker")
    assert chaos.double_the_queue(valkey.client, copies=4)
    with chaos.meanwhile(lambda: chaos.double_the_queue(valkey.client), every=0.05, times=40):
        for _ in range(3):
            plant.start("worker")
        plant.finish()
    _is_right(plant)


@thorough
def test_of_eight_workers_that_get_the_id_of_one_message_fifty_times_one_sends_it(
    build: Build, valkey: Valkey
) -> None:
    plant = build()
    plant.add_leads(1)
    scheduler = plant.start("scheduler")
    plant.wait(lambda: valkey.client.llen(chaos.QUEUES[0]), "an id in the broker")
    chaos.double_the_queue(valkey.client, copies=49)
    for _ in range(8):
        plant.start("worker")
    plant.finish()
    assert scheduler.is_alive
    _is_right(plant)


@thorough
def test_two_schedulers_are_as_good_as_one(build: Build) -> None:
    plant = build()
    _started(plant, 40, "scheduler", "scheduler", "worker", "worker")
    plant.finish()
    _is_right(plant)


# -- PostgreSQL -----------------------------------------------------------------------------------


def test_connections_to_the_database_can_be_cut_at_any_moment(build: Build, postgresql_url: str) -> None:
    plant = build()
    plant.sink.order(delay={"END": 0.01})
    _started(plant, 40, "scheduler", "worker", "worker")
    plant.wait_for_mails(5)
    with chaos.meanwhile(lambda: chaos.cut_connections(postgresql_url), every=0.15, times=25):
        _patiently(plant)
    plant.finish()
    _is_right(plant)


def _patiently(plant: Plant) -> None:
    """Let it run until much was sent; our own connections are cut as well."""
    plant.wait_for_mails(80)


@thorough
def test_a_process_that_loses_the_database_while_it_starts_says_so_in_one_line(
    build: Build, postgresql_url: str
) -> None:
    plant = build()
    with chaos.meanwhile(lambda: chaos.cut_connections(postgresql_url), every=0):
        for _ in range(8):
            process = plant.start("scheduler")
            process.ended_within(0.7)
            process.stop()
    assert "Traceback" not in plant.logs()


@pytest.fixture
def own_postgresql() -> Iterator[Postgresql]:
    """A server that nobody else uses."""
    server = Postgresql(folder_for_postgresql())
    yield server
    server.close()


@thorough
@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_the_database_server_can_be_restarted_while_mails_go_out(
    build: Build, own_postgresql: Postgresql, mode: str
) -> None:
    with own_postgresql.database("restarted") as url:
        plant = build(database_url=url)
        _started(plant, 40, "scheduler", "worker", "worker")
        for at in (10, 60):
            plant.wait_for_mails(at)
            chaos.restart_database(own_postgresql, mode)
        plant.database.engine.dispose()
        plant.finish()
        _is_right(plant)
        plant.end_all()


# -- the mail server ------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=thorough) for seed in range(2, 11))])
def test_a_mail_server_that_fails_at_random_gets_each_mail_once(build: Build, seed: int) -> None:
    plant = build(mode=BULK)
    few = 0.03
    plant.sink.order(
        seed=seed,
        drop=dict.fromkeys(("CONNECT", "MAIL", "RCPT", "DATA", "BODY", "END", "AFTER"), few),
        say={
            "CONNECT": [("421 4.3.2 too busy", few)],
            "RCPT": [("450 4.2.1 greylisted", few), ("421 4.7.0 come back later", few)],
            "DATA": [("451 4.3.0 not now", few)],
            "END": [("452 4.3.1 disk full", few)],
        },
    )
    _started(plant, 40, "scheduler", "worker")
    plant.finish(hurried=True)
    # A connection that is lost takes down with it what went over it without an answer.
    lost = chaos.unanswered(oracle.look(plant))
    _is_right(plant, unknown=lost * plant.mode.in_doubt)


def test_a_mail_that_is_cut_off_at_its_end_is_unknown_and_never_sent_again(build: Build) -> None:
    plant = build()
    plant.sink.order(seed=1, drop={"END": 0.2})
    _started(plant, 15, "scheduler", "worker")
    plant.finish(hurried=True)
    lost = chaos.unanswered(oracle.look(plant))
    assert lost and plant.statuses()[MessageStatus.UNKNOWN] == lost
    _is_right(plant, unknown=lost)


# -- people and operators -------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [Kind.UNSUBSCRIBED, Kind.REPLIED])
def test_an_opt_out_that_is_committed_while_mails_are_claimed_stops_those_that_have_not_left(
    build: Build, kind: Kind
) -> None:
    plant = build()
    plant.sink.order(delay={"END": 0.15})  # so that a batch is under way for a while
    _started(plant, 10, "scheduler", "worker", "web")
    plant.wait(plant.answers, "the pages answer")
    plant.wait(lambda: plant.rows(models.Message, status=MessageStatus.CLAIMED), "a mail is claimed")
    waiting = plant.rows(models.Message, status=MessageStatus.CLAIMED)
    for row in waiting[-2:]:
        _opt_out(plant, row, kind)
    plant.sink.order()
    plant.finish()
    _is_right(plant)
    assert any(row.status == MessageStatus.SKIPPED for row in plant.rows(models.Message))


def _opt_out(plant: Plant, row: models.Message, kind: Kind) -> None:
    if kind is Kind.UNSUBSCRIBED:
        form = {"List-Unsubscribe": "One-Click"}
        assert requests.post(plant.links.unsubscribe(row.id), data=form, timeout=20).status_code == 200
    else:
        with plant.database.write() as session:
            now = row.queued_at
            event = Event(kind, f"test:{row.id}:{formatdate()}", now, row.lead_id, message_id=row.id)
            assert activity.record(session, event, now)
    plant.forbid(row.lead_id)


def test_a_worker_that_is_told_to_stop_sends_what_is_on_the_wire_and_gives_back_the_rest(
    build: Build,
) -> None:
    plant = build(LEASE_SECONDS=120)  # whatever still had a lease would be late
    plant.sink.order(delay={"END": 0.2})
    _started(plant, 10, "scheduler")
    worker = plant.start("worker")
    plant.wait_for_mails(2)
    assert worker.stop() == 0
    left = plant.statuses()
    assert not left[MessageStatus.CLAIMED] and not left[MessageStatus.TRANSMITTING]
    assert not left[MessageStatus.UNKNOWN]
    plant.sink.order()
    plant.start("worker")
    plant.finish()
    _is_right(plant)


def test_a_message_that_ends_its_worker_three_times_is_put_aside_and_the_others_go(build: Build) -> None:
    plant = build(LEASE_SECONDS=3)
    plant.add_leads(1)
    plant.start("scheduler")
    deaths = 0
    while not plant.rows(models.Message, status=MessageStatus.SKIPPED):
        worker = plant.start("worker", "rendered:1")
        _dies_or_has_nothing_to_do(plant, worker)
        deaths += not worker.is_alive
        worker.signal(signal.SIGKILL)
        assert deaths <= 3, f"{deaths} workers ended on one message: {chaos.attempts(plant)}"
    [poison] = plant.rows(models.Message, status=MessageStatus.SKIPPED)
    assert poison.reason
    plant.add_leads(5)
    plant.start("worker")
    plant.finish()
    found = oracle.judge(oracle.look(plant), oracle.Allowed(reasons=(*oracle.EXPLAINED, poison.reason)))
    assert not found.violations, "\n".join(found.violations)


def _dies_or_has_nothing_to_do(plant: Plant, worker: Process) -> None:
    def is_over() -> bool:
        return not worker.is_alive or bool(plant.rows(models.Message, status=MessageStatus.SKIPPED))

    plant.wait(is_over, "a death, or the end of it", 20)


@thorough
def test_a_worker_that_always_dies_at_its_fourth_mail_harms_no_other_one(build: Build) -> None:
    plant = build(LEASE_SECONDS=3)
    _started(plant, 8, "scheduler")
    pause = threading.Event()
    for _ in range(6):
        worker = plant.start("worker", "answered:4")
        worker.ended_within(8)
        worker.kill()
        pause.wait(0.1)
    plant.start("worker")
    plant.finish()
    _is_right(plant, unknown=6)
