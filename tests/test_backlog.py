"""After an outage a large backlog waits for one confirmation; nothing stale goes out late."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from conftest import NOW
from house import House

from outreach import backlog, heartbeats, models
from outreach.db import Database
from outreach.domain.words import MessageStatus


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    made = House(database, tmp_path, NOW)
    made.apply()
    return made


def outage(house: House, **time: float) -> None:
    """Enroll five leads, then let nothing run for a while: what is due gathers."""
    with house.database.write() as session:
        heartbeats.beat(session, "scheduler:here:1", "scheduler", house.now, house.now)
    for _ in range(5):
        house.lead()
    house.tick()
    house.clock.turn_to(house.now + timedelta(**time))


def held(house: House, above: int = 3) -> int:
    with house.database.write() as session:
        return backlog.hold_if_outage(session, heartbeats.last_of(session, "scheduler"), above, house.now)


def test_a_large_backlog_waits_until_somebody_says_go(house: House) -> None:
    outage(house, days=4)
    assert held(house) == 5
    house.later(hours=3)
    assert len(house.mails()) == 5
    with house.database.write() as session:
        assert backlog.release(session) == 5
    house.tick()
    assert len(house.mails()) == 10


def test_while_it_waits_replies_and_hand_offs_go_on(house: House) -> None:
    from outreach.domain.words import Kind

    outage(house, days=4)
    held(house)
    lead = house.rows(models.Lead)[0]
    house.event(lead.id, Kind.REPLIED, detail="meeting")
    house.tick()
    assert house.mails("rita@example.org")


@pytest.mark.parametrize(
    ("above", "time", "why"),
    [
        (5, {"days": 4}, "it is not larger than the limit"),
        (3, {"minutes": 50}, "so short a time is a restart"),
    ],
)
def test_otherwise_nothing_is_held(house: House, above: int, time: dict[str, float], why: str) -> None:
    outage(house, **time)
    assert held(house, above) == 0, why


def test_an_outage_of_days_is_one_though_other_processes_ran(house: House) -> None:
    outage(house, days=4)
    with house.database.write() as session:
        heartbeats.beat(session, "web:here:2", "web", house.now, house.now)
    assert held(house) == 5


def test_a_new_installation_has_no_outage(house: House) -> None:
    for _ in range(5):
        house.lead()
    house.tick()
    house.clock.turn_to(house.now + timedelta(days=4))
    assert held(house) == 0


def test_the_backlog_is_shown_by_campaign_with_its_age(house: House) -> None:
    outage(house, days=4)
    with house.database.read() as session:
        [waiting] = backlog.waiting(session, house.now)
    assert (waiting.campaign, waiting.leads, waiting.mails) == ("welcome", 5, 0)
    assert waiting.since == NOW + timedelta(days=2)


def test_nothing_stale_goes_out_late(house: House) -> None:
    from house import CAMPAIGN

    house.write(welcome=CAMPAIGN.replace("same_thread: true", "stale_after: 1 day"))
    house.apply()
    outage(house, days=9)
    house.tick()
    assert len(house.mails()) == 5
    second = [row for row in house.rows(models.Message) if row.template == "second"]
    assert {(row.status, row.reason) for row in second} == {(MessageStatus.SKIPPED, "stale")}


def test_a_backlog_is_spread_under_the_limits_of_its_sender(house: House) -> None:
    from house import SENDERS

    house.write(senders=SENDERS.replace("per_day: 1000", "per_day: 7"))
    house.apply()
    outage(house, days=4)
    held(house)
    with house.database.write() as session:
        backlog.release(session)
    house.tick()
    assert len(house.mails()) == 10
    house.write(senders=SENDERS.replace("per_day: 1000", "per_day: 3"))
    house.apply()
    for _ in range(5):
        house.lead()
    house.tick()
    today = len(house.mails())
    house.later(days=3)  # over the weekend
    assert len(house.mails()) == today + 3
