"""How mails leave: in waves no larger than may be in doubt, and what a cut at any place leaves behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import NOW
from house import SENDERS, House
from sqlalchemy import update
from sqlalchemy.exc import OperationalError

from outreach import delivery, ledger, models
from outreach.channels import Answer, Outcome, Outgoing
from outreach.channels.dry import Dry
from outreach.clock import PlayedClock
from outreach.db import Database
from outreach.domain.words import Kind, MessageStatus
from outreach.errors import Deferred, Rejected


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    made = House(database, tmp_path, NOW)
    made.apply()
    return made


class Killed(BaseException):
    """Stands for the end of a process: nothing catches it."""


class Watching(Dry):
    """Notes how many mails were under way in each wave; ends the process in the wave of that number."""

    def __init__(self, house: House, lanes: int = 1, killed_in: int = 0) -> None:
        super().__init__(lanes=lanes)
        self.waves: list[int] = []
        self._house = house
        self._killed_in = killed_in

    def send(self, mails: Sequence[Outgoing]) -> list[Outcome]:
        self.waves.append(len(self._house.rows(models.Message, status=MessageStatus.TRANSMITTING)))
        if len(self.waves) == self._killed_in:
            super().send(mails)
            raise Killed
        return super().send(mails)


def post(house: House, channel: Dry) -> delivery.Post:
    return delivery.Post(house.database, channel, house.links, house.clock)


def queued(house: House, count: int, in_doubt: int = 1) -> list[int]:
    """Queue so many mails without sending them; return their ids."""
    house.write(senders=SENDERS.replace("per_day: 1000", f"per_day: 1000, in_doubt: {in_doubt}"))
    house.apply()
    for _ in range(count):
        house.lead()
    deliver, house.engine.__dict__["deliver"] = house.engine.deliver, lambda ids: None
    house.tick()
    house.engine.__dict__["deliver"] = deliver
    return [row.id for row in house.rows(models.Message, status=MessageStatus.QUEUED)]


def statuses(house: House) -> list[str]:
    return sorted(row.status for row in house.rows(models.Message))


@pytest.mark.parametrize(
    ("lanes", "in_doubt", "most"), [(1, 1, 1), (3, 1, 3), (1, 4, 4), (2, 3, 6), (5, 100, 10)]
)
def test_no_more_mails_are_in_doubt_than_the_sender_allows_for_each_connection(
    house: House, lanes: int, in_doubt: int, most: int
) -> None:
    ids = queued(house, 10, in_doubt)
    channel = Watching(house, lanes)
    assert delivery.deliver(post(house, channel), ids).accepted == 10
    assert max(channel.waves) == most
    assert statuses(house) == ["accepted"] * 10


@pytest.mark.parametrize(("lanes", "in_doubt"), [(1, 1), (2, 1), (1, 3)])
def test_a_kill_in_mid_send_leaves_unknown_what_was_on_the_wire_and_sends_the_rest_once(
    house: House, lanes: int, in_doubt: int
) -> None:
    ids = queued(house, 7, in_doubt)
    channel = Watching(house, lanes, killed_in=2)
    with pytest.raises(Killed):
        delivery.deliver(post(house, channel), ids)
    house.later(hours=1)
    assert statuses(house) == ["accepted"] * (7 - lanes * in_doubt) + ["unknown"] * lanes * in_doubt
    sent = [mail.to for mail in (*channel.outbox, *house.outbox.outbox)]
    assert len(sent) == len(set(sent)) == 7


def test_the_events_of_a_wave_say_the_same_as_its_rows(house: House) -> None:
    ids = queued(house, 6, in_doubt=6)
    outcomes: list[Outcome] = [
        Answer(250), Deferred("later", 450), Rejected("no such user", 550, "5.1.1", "lead"), Answer(250), Answer(250),
        Rejected("too large", 552, "5.3.4", "content"),
    ]  # fmt: skip
    delivery.deliver(post(house, Dry(lambda to: outcomes.pop())), ids)
    for kind, count in ((Kind.ACCEPTED, 3), (Kind.REFUSED, 2), (Kind.BOUNCED, 1)):
        assert len(house.rows(models.Event, kind=kind)) == count
    assert statuses(house) == ["accepted"] * 3 + ["queued"] + ["refused"] * 2


def test_a_mail_that_was_not_even_offered_has_used_up_no_attempt(house: House) -> None:
    ids = queued(house, 2, in_doubt=2)
    outcomes: list[Outcome] = [Deferred("hung up", tried=False), Deferred("no connection")]
    delivery.deliver(post(house, Dry(lambda to: outcomes.pop())), ids)
    assert [row.attempts for row in house.rows(models.Message)] == [1, 0]


# -- poison ----------------------------------------------------------------------------------------


def crash_with(house: House, ids: Sequence[int]) -> None:
    """Have a worker claim these and end before anything is sent; then let the leases run out."""
    with pytest.MonkeyPatch.context() as patch, pytest.raises(Killed):
        patch.setattr(delivery, "_rendered", ended)
        delivery.deliver(house.post, ids)


def ended(*_: object) -> None:
    raise Killed


def test_a_message_that_ends_its_workers_is_quarantined_after_three_and_the_others_flow(house: House) -> None:
    ids = queued(house, 3)
    poison = ids[0]
    crash_with(house, ids)
    handed: list[Sequence[int]] = []

    def deliver(batch: Sequence[int]) -> None:
        handed.append(list(batch))
        if poison in batch:
            crash_with(house, batch)
        else:
            delivery.deliver(house.post, batch)

    house.engine.__dict__["deliver"] = deliver
    house.later(hours=4)
    assert [batch for batch in handed if poison in batch] == [[poison], [poison]]
    rows = {row.id: row for row in house.rows(models.Message)}
    assert (rows[poison].status, rows[poison].reason) == (MessageStatus.SKIPPED, "quarantined")
    assert {rows[id].status for id in ids[1:]} == {MessageStatus.ACCEPTED}
    with house.database.write() as session:
        assert ledger.retry_quarantined(session, None, house.now) == 1
    house.engine.__dict__["deliver"] = lambda batch: delivery.deliver(house.post, batch)
    house.tick()
    assert len(house.mails()) == 3


# -- stopping and being slow -----------------------------------------------------------------------


def test_a_worker_that_is_told_to_stop_finishes_its_wave_and_gives_the_rest_back(house: House) -> None:
    ids = queued(house, 5)
    channel = Watching(house)
    stopping = post(house, channel)
    answer = channel.send

    def send_then_stop(mails: Sequence[Outgoing]) -> list[Outcome]:
        stopping.stopping.set()
        return answer(mails)

    channel.send = send_then_stop  # type: ignore[method-assign]
    assert delivery.deliver(stopping, ids).accepted == 1
    assert statuses(house) == ["accepted"] + ["queued"] * 4
    assert {row.attempts for row in house.rows(models.Message, status=MessageStatus.QUEUED)} == {0}
    house.tick()
    assert statuses(house) == ["accepted"] * 5


def test_a_slow_server_does_not_hold_what_others_could_send(house: House) -> None:
    ids = queued(house, 3)
    channel = Dry(lambda to: slowly())

    def slowly() -> Outcome:
        house.clock.turn_to(house.now + ledger.LEASE)
        return Answer(250)

    assert delivery.deliver(post(house, channel), ids).accepted == 1
    assert statuses(house) == ["accepted", "queued", "queued"]


def test_an_answer_that_comes_after_the_lease_still_decides(house: House) -> None:
    [id] = queued(house, 1)

    def late(to: str) -> Outcome:
        house.clock.turn_to(house.now + ledger.LEASE)
        with house.database.write() as session:
            assert ledger.sweep(session, house.now).unknown == 1
        return Rejected("no such user", 550, "5.1.1", "lead")

    delivery.deliver(post(house, Dry(late)), [id])
    assert statuses(house) == ["refused"]


def test_a_deferral_that_comes_after_the_lease_counts_as_refused_and_can_be_tried_again(house: House) -> None:
    [id] = queued(house, 1)

    def late(to: str) -> Outcome:
        house.clock.turn_to(house.now + ledger.LEASE)
        house.tick()
        return Deferred("greylisted", 450, "4.7.1")

    delivery.deliver(post(house, Dry(late)), [id])
    [row] = house.rows(models.Message)
    assert (row.status, row.reason) == (MessageStatus.REFUSED, "answered too late")
    with house.database.write() as session:
        assert ledger.retry_failed(session, None, house.now) == 1
    house.tick()
    assert len(house.mails()) == 1


def test_a_clock_put_back_over_midnight_does_not_open_the_limit_again(house: House) -> None:
    house.write(senders=SENDERS.replace("per_day: 1000", "per_day: 1"))
    house.apply()
    late = house.now.replace(hour=22, minute=30)  # half past eleven in Berlin, half past nine in Sydney
    house.clock.turn_to(late)
    for _ in range(4):
        house.lead(timezone="Australia/Sydney", country="AU")
    house.tick()
    house.clock.turn_to(late + timedelta(hours=1))
    house.tick()
    assert len(house.mails()) == 2
    house.clock = PlayedClock(late)
    with house.database.write() as session:
        ledger.resume_sender(session, "anna", house.now)
    house.tick()
    assert len(house.mails()) == 2


# -- the database goes away ------------------------------------------------------------------------


@contextmanager
def failing(times: int, name: str) -> Iterator[None]:
    """Have a step of the ledger fail as a lost connection does."""
    left, work = [times], getattr(ledger, name)

    def lost(*arguments: object, **named: object) -> object:
        if left[0]:
            left[0] -= 1
            raise OperationalError("", None, Exception("the connection was cut"))
        return work(*arguments, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivery, "PATIENCE", (0.0, 0.0, 0.0))
        patch.setattr(ledger, name, lost)
        yield


@pytest.mark.parametrize(("name", "in_doubt"), [("accept", 1), ("accept", 3), ("open_transmissions", 1)])
def test_a_connection_to_the_database_that_is_cut_doubles_nothing(
    house: House, name: str, in_doubt: int
) -> None:
    ids = queued(house, 6, in_doubt)
    with failing(1, name):
        delivery.deliver(house.post, ids)
    house.later(hours=1)
    assert statuses(house) == ["accepted"] * 6
    assert len(house.mails()) == 6


def test_a_wave_whose_opening_was_committed_unheard_goes_back_and_is_sent_once(house: House) -> None:
    [id] = queued(house, 1)
    opening = ledger.open_transmissions

    def committed_unheard(*arguments: object) -> object:
        session = arguments[0]
        opening(*arguments)  # type: ignore[arg-type]
        session.commit()  # type: ignore[attr-defined]
        raise OperationalError("", None, Exception("the connection was cut at COMMIT"))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "open_transmissions", committed_unheard)
        delivery.deliver(house.post, [id])
    assert statuses(house) == ["queued"]
    house.tick()
    assert statuses(house) == ["accepted"]
    assert len(house.mails()) == 1


# -- handing out -----------------------------------------------------------------------------------


def test_what_the_broker_lost_is_handed_out_again(house: House) -> None:
    queued(house, 3)
    house.clock.turn_to(house.now + timedelta(minutes=2))
    house.tick()
    assert statuses(house) == ["accepted"] * 3


def test_while_enough_waits_in_the_broker_nothing_more_is_handed_out(house: House) -> None:
    queued(house, 3)
    house.engine.__dict__["waiting"] = lambda: 64
    house.tick()
    assert statuses(house) == ["queued"] * 3


def test_eight_workers_with_the_same_ids_send_each_once(house: House) -> None:
    ids = queued(house, 4)
    for _ in range(8):
        delivery.deliver(house.post, ids)
    assert len(house.mails()) == 4


def test_a_claim_taken_over_by_another_worker_is_worth_nothing(house: House) -> None:
    [id] = queued(house, 1)
    with house.database.write() as session:
        from outreach import applied

        in_force = applied.policies(session)
        [(mine, _)] = ledger.claim(session, [id], in_force, house.now)
        session.execute(update(models.Message).values(claims=2))
        assert ledger.open_transmissions(session, [mine], in_force, house.now) == {id: "lease lost"}


def test_an_answer_of_the_database_that_was_lost_never_takes_a_mail_from_another_worker(house: House) -> None:
    [id] = queued(house, 1)
    with house.database.write() as session:
        from outreach import applied

        in_force = applied.policies(session)
        [(first, _)] = ledger.claim(session, [id], in_force, house.now)
        ledger.take_back(
            session, [first], house.now, "the database was away"
        )  # committed, and the answer was lost
        [(second, _)] = ledger.claim(session, [id], in_force, house.now)
        assert ledger.open_transmissions(session, [second], in_force, house.now) == {}
        ledger.take_back(session, [first], house.now, "tried again")
    assert statuses(house) == ["transmitting"]
    assert second.attempts == 1
