"""The slot that is told for a mail that waits is the minute in which the engine lets it go."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from house import CAMPAIGN, SENDERS, House
from moments import play

from outreach import explain, models
from outreach.db import Database
from outreach.domain.words import Kind, MessageStatus
from outreach.explain.values import Going

ZONES = [("Europe/Berlin", "DE"), ("America/New_York", "US"), ("Asia/Tokyo", "JP"), ("Europe/Budapest", "HU")]


def limited(limits: str) -> str:
    return SENDERS.replace("per_day: 1000}", limits + "}", 1)


@pytest.fixture
def house(sqlite: Database, tmp_path: Path, now: datetime) -> House:
    return House(sqlite, tmp_path / "workspace", now)


@pytest.fixture
def everywhere(database: Database, tmp_path: Path, now: datetime) -> House:
    return House(database, tmp_path / "workspace", now)


def told(house: House) -> dict[int, Going]:
    """Return what explain says of each mail that waits."""
    found = {}
    with house.database.read() as session:
        for row in house.rows(models.Message, status="queued"):
            story = explain.explain_message(session, row.id, house.now)
            assert story.going is not None
            found[row.id] = story.going
    return found


def people(house: House, count: int) -> list[int]:
    return [
        house.lead(timezone=zone, country=country)
        for zone, country in (ZONES[number % len(ZONES)] for number in range(count))
    ]


LIMITS = [
    "per_day: 1",
    "per_day: 3",
    "per_day: 5, gap: 20 minutes",
    "per_day: 50, gap: 45 minutes",
    "per_day: 6, ramp: {since: 2026-03-01, start: 1, add_per_day: 1}",
    "per_day: 4, gap: 7 hours",
]


@pytest.mark.parametrize("limits", LIMITS)
def test_the_told_slot_of_every_queued_mail_is_when_it_goes_and_not_before(house: House, limits: str) -> None:
    house.write(senders=limited(limits), welcome=CAMPAIGN.split("  - wait")[0])
    house.apply()
    people(house, 14)
    play(house, house.now + timedelta(hours=5))
    before = told(house)
    assert len(before) >= 3
    assert all(going.is_exact for going in before.values())
    play(house, house.now + timedelta(days=25))
    went = {row.id: row.outcome_at for row in house.rows(models.Message, status="accepted")}
    assert {id: went[id] for id in before} == {id: going.at for id, going in before.items()}


def test_a_mail_does_not_go_a_minute_before_its_told_slot(everywhere: House) -> None:
    everywhere.write(senders=limited("per_day: 2"))
    everywhere.apply()
    people(everywhere, 9)
    everywhere.tick()
    [message_id, going] = min(told(everywhere).items(), key=lambda item: (item[1].at, item[0]))
    assert going.at is not None
    play(everywhere, going.at - timedelta(minutes=1))
    assert everywhere.rows(models.Message, id=message_id)[0].status == MessageStatus.QUEUED
    play(everywhere, going.at)
    assert everywhere.rows(models.Message, id=message_id)[0].outcome_at == going.at


@pytest.mark.parametrize("at_hour", [0, 3, 9, 20, 33])
def test_with_the_told_limit_it_would_have_gone_at_the_told_minute_of_today(
    house: House, at_hour: int
) -> None:
    house.write(senders=limited("per_day: 2"), welcome=CAMPAIGN.split("  - wait")[0])
    house.apply()
    people(house, 9)
    play(house, house.now + timedelta(hours=at_hour))
    sooner = {id: going for id, going in told(house).items() if going.sooner_limit is not None}
    if not sooner:
        pytest.skip("no window opens again today")
    last = max(sooner, key=lambda id: sooner[id].sooner_limit or 0)
    limit, at = sooner[last].sooner_limit, sooner[last].sooner_at
    assert limit is not None and at is not None
    house.write(senders=limited(f"per_day: {limit}"))
    house.apply()
    with house.database.write() as session:  # as outreach sender resume would: look at all of them now
        for row in session.query(models.Message).where(models.Message.status == "queued"):
            row.due_at = house.now
    play(house, at + timedelta(hours=1))
    assert house.rows(models.Message, id=last)[0].outcome_at == at


def test_a_stale_mail_is_told_to_be_left_out(house: House) -> None:
    house.write(
        senders=limited("per_day: 1"),
        welcome=CAMPAIGN.split("  - wait")[0].replace("email: first", "email: first\n    stale_after: 1 day"),
    )
    house.apply()
    people(house, 4)
    house.tick()
    before = told(house)
    late = {id for id, going in before.items() if "too late" in going.why}
    assert late
    play(house, house.now + timedelta(days=4))
    skipped = {row.id for row in house.rows(models.Message, status="skipped", reason="stale")}
    assert skipped & set(before) == late


def test_a_long_queue_is_counted_and_said_to_be_so(house: House) -> None:
    house.write(senders=limited("per_day: 2"), welcome=CAMPAIGN.split("  - wait")[0])
    house.apply()
    for _ in range(400):
        house.lead()
    house.tick()
    last = house.rows(models.Message, status="queued")[-1]
    with house.database.read() as session:
        going = explain.explain_message(session, last.id, house.now).going
    assert going is not None and going.at is not None
    assert not going.is_exact
    assert going.before == 397
    # 2 a day on five days a week: 397 before it are 199 working days, or 39 weeks and 4 days.
    assert abs(going.at - house.now - timedelta(days=277)) < timedelta(days=3)


HELD = [
    ("limit", "held: sender anna has sent 1 of 1 today"),
    ("paused sender", "held: sender anna is paused (the login was refused)"),
    ("paused campaign", "held: campaign paused"),
    ("no sender", "held: no sender anna in senders.yaml any more"),
    ("backlog", "held: the backlog of an outage waits"),
    ("away", "held: the lead is away"),
]


@pytest.mark.parametrize(("how", "said"), HELD)
def test_it_is_said_what_holds_a_mail(house: House, how: str, said: str) -> None:
    from outreach import campaigns, ledger

    house.write(senders=limited("per_day: 1"))
    house.apply()
    first, second = house.lead(), house.lead()
    house.tick()
    queued = house.rows(models.Message, status="queued")[0]
    assert queued.lead_id == second != first
    with house.database.write() as session:
        if how == "paused sender":
            ledger.pause_sender(session, "anna", "the login was refused", house.now)
        elif how == "paused campaign":
            campaigns.pause(session, "welcome")
        elif how == "backlog":
            session.query(models.Instance).one().held_at = house.now
    if how == "away":
        house.event(second, Kind.AUTO_REPLIED, data={"resume_on": "2026-03-20"})
    elif how == "no sender":
        house.write(
            senders=SENDERS.replace("name: anna", "name: anne"), welcome=CAMPAIGN.replace("anna", "anne")
        )
        house.apply()
    with house.database.read() as session:
        story = explain.explain_message(session, queued.id, house.now)
    assert story.going is not None
    assert story.going.why.startswith(said)
    assert (story.going.at is None) == (how not in ("limit", "away"))
