"""Who enters a campaign: found and enrolled set by set, on both kinds of database."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import factories
import pytest
from house import House
from sqlalchemy import text

from outreach import entries, models
from outreach.db import Database

HOUR = timedelta(hours=1)
STEPS = "window: {holidays: none}\nsenders: [anna, ben]\nsteps:\n  - email: first\n"


@pytest.fixture
def house(database: Database, tmp_path: Path, now: datetime) -> House:
    """A house whose campaign takes nobody: each test adds its own."""
    built = House(database, tmp_path, now)
    built.write(welcome=f"campaign: welcome\naudience: {{stage: customer}}\n{STEPS}")
    built.apply()
    return built


def campaign(house: House, name: str, *lines: str, priority: int = 20, stage: str = "suspect") -> int:
    """Apply a campaign; return its id."""
    said = [f"campaign: {name}", f"audience: {{stage: {stage}}}", f"priority: {priority}", *lines]
    house.write(**{name: "\n".join(said) + "\n" + STEPS})
    house.apply()
    found: int = house.rows(models.Campaign, name=name)[0].id
    return found


def match(house: House, limit: int = 100) -> int:
    with house.database.write() as session:
        return entries.match_due(session, house.now, limit)


def enter_once(house: House, campaign_id: int) -> int:
    with house.database.write() as session:
        return entries.enter_once(session, campaign_id, house.now)


def enrolled(house: House, **where: Any) -> list[int]:
    return [row.lead_id for row in house.rows(models.Enrollment, **where)]


def pretend(house: House, statement: str, **values: Any) -> None:
    with house.database.write() as session:
        session.execute(text(statement), values)


def people(house: House, count: int, **fields: Any) -> list[int]:
    return [house.lead(**fields) for _ in range(count)]


# -- once ------------------------------------------------------------------------------------------


def test_the_whole_audience_enters_once_and_nobody_else(house: House) -> None:
    inside = people(house, 3)
    house.lead(stage="mql")
    campaign_id = campaign(house, "spring", "enter: once")
    assert enrolled(house) == inside
    people(house, 1)
    match(house)
    assert enrolled(house) == inside
    assert enter_once(house, campaign_id) == 1  # the one who came later
    assert enter_once(house, campaign_id) == 0


def test_an_audience_of_many_parts_enters_as_a_whole(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "PART", 2)
    inside = people(house, 7)
    campaign(house, "spring", "enter: once")
    assert enrolled(house) == inside


def test_part_after_part_lets_everybody_in_just_once(house: House) -> None:
    campaign_id = campaign(house, "spring", "enter: once")
    inside = people(house, 5)
    counts = []
    for after, last in ((0, inside[1]), (0, inside[1]), (inside[1], inside[-1])):
        with house.database.write() as session:
            counts.append(entries.enter_part(session, campaign_id, after, last, house.now))
    assert counts == [2, 0, 3]
    assert enrolled(house) == inside


def test_everybody_who_enters_is_told_of_once(house: House) -> None:
    people(house, 3)
    campaign_id = campaign(house, "spring", "enter: once")
    told = house.rows(models.Event, kind="enrolled")
    rows = house.rows(models.Enrollment)
    assert [event.source_id for event in told] == [f"enrolled:{row.id}" for row in rows]
    assert [(event.lead_id, event.campaign_id) for event in told] == [
        (row.lead_id, campaign_id) for row in rows
    ]
    assert {
        (e.at, e.recorded_at, e.verdict, e.subject, e.detail, e.message_id) for e in told
    } == {(house.now, house.now, "human", "", "spring", None)}  # fmt: skip
    assert [event.data for event in told] == [{}, {}, {}]


def test_who_enters_is_due_at_the_first_step_of_the_newest_version(house: House) -> None:
    people(house, 1)
    campaign(house, "spring", "enter: once")
    (row,) = house.rows(models.Enrollment)
    version = house.rows(models.Campaign, name="spring")[0].version_id
    assert (row.version_id, row.status, row.node, row.reason, row.ended_at) == (
        version,
        "active",
        0,
        None,
        None,
    )
    assert {row.node_at, row.due_at, row.entered_at} == {house.now}


# -- who may not -----------------------------------------------------------------------------------


@pytest.mark.parametrize("entry", ["once", "when_matching"])
def test_the_suppressed_and_those_left_to_a_person_do_not_enter(house: House, entry: str) -> None:
    free, suppressed, released, quiet = people(house, 4)
    with house.database.write() as session:
        held = session.get_one(models.Lead, suppressed)
        factories.suppression(session, held.address_hash)
        was_held = session.get_one(models.Lead, released)
        factories.suppression(session, was_held.address_hash, until=house.now)
        session.get_one(models.Lead, quiet).quiet_at = house.now
    campaign(house, "spring", f"enter: {entry}")
    match(house)
    assert enrolled(house) == [free, released]


def test_only_those_enter_for_whom_the_condition_holds(house: House) -> None:
    here, _ = house.lead(country="HU"), house.lead(country="DE")
    house.write(
        spring=f"campaign: spring\naudience: {{stage: suspect, where: 'lead.country == \"HU\"'}}\n{STEPS}"
    )
    house.apply()
    match(house)
    assert enrolled(house) == [here]


def test_nobody_enters_twice_unless_the_campaign_says_so(house: House) -> None:
    (lead_id,) = people(house, 1)
    once, again = campaign(house, "spring"), campaign(house, "autumn", "again_after: 30 days", priority=10)
    match(house)
    pretend(house, "UPDATE enrollment SET status = 'finished'")
    for _ in range(2):
        pretend(house, "UPDATE lead SET match_at = :at", at=house.now.replace(tzinfo=None))
        match(house)
        pretend(house, "UPDATE enrollment SET status = 'finished'")
    assert [row.campaign_id for row in house.rows(models.Enrollment, lead_id=lead_id)] == [once, again]
    house.clock.turn_to(house.now + timedelta(days=31))
    match(house)
    assert [row.campaign_id for row in house.rows(models.Enrollment)] == [once, again, again]


def test_of_two_campaigns_the_higher_priority_gets_the_lead(house: House) -> None:
    people(house, 2)
    campaign(house, "low", priority=10)
    high = campaign(house, "high", priority=30)
    match(house)
    assert {row.campaign_id for row in house.rows(models.Enrollment)} == {high}


def test_a_higher_priority_ends_a_lower_one_with_an_event(house: House) -> None:
    first, second = people(house, 2)
    low = campaign(house, "low", priority=10)
    match(house)
    pretend(house, "UPDATE lead SET stage = 'mql' WHERE id = :id", id=second)
    high = campaign(house, "high", "enter: once", priority=30)
    ended, kept, entered = house.rows(models.Enrollment)
    assert (ended.lead_id, ended.campaign_id, ended.status, ended.reason) == (
        first,
        low,
        "stopped",
        "outranked:high",
    )
    assert (ended.due_at, ended.ended_at) == (None, house.now)
    assert (kept.lead_id, kept.status) == (second, "active")
    assert (entered.lead_id, entered.campaign_id) == (first, high)
    (stopped,) = house.rows(models.Event, kind="stopped")
    assert (stopped.source_id, stopped.detail) == (f"stopped:{ended.id}", "outranked by high")


def test_an_equal_priority_takes_nobody_over(house: House) -> None:
    people(house, 1)
    low = campaign(house, "first", priority=20)
    match(house)
    campaign(house, "second", "enter: once", priority=20)
    assert [row.campaign_id for row in house.rows(models.Enrollment)] == [low]


# -- senders ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("entry", ["once", "when_matching"])
def test_a_lead_keeps_the_sender_it_got_and_the_turns_go_round(house: House, entry: str) -> None:
    people(house, 4)
    campaign(house, "spring", f"enter: {entry}")
    match(house)
    senders = {row.lead_id: row.sender for row in house.rows(models.Enrollment)}
    assert senders == {row.id: row.sender for row in house.rows(models.Lead)}
    assert senders == {lead_id: ("anna", "ben")[lead_id % 2] for lead_id in senders}


@pytest.mark.parametrize("entry", ["once", "when_matching"])
def test_a_sender_once_chosen_stays(house: House, entry: str) -> None:
    lead_id = people(house, 2, sender="ben")[1]
    other = house.lead(sender="carl")
    campaign(house, "spring", f"enter: {entry}")
    match(house)
    rows = {row.lead_id: row.sender for row in house.rows(models.Enrollment)}
    assert (rows[lead_id], rows[lead_id - 1]) == ("ben", "ben")
    assert rows[other] in ("anna", "ben")
    assert house.get(other).sender == "carl"


# -- matching --------------------------------------------------------------------------------------


def test_matching_goes_on_until_nobody_waits(house: House) -> None:
    inside = people(house, 5)
    campaign(house, "spring")
    assert [match(house, 2) for _ in range(4)] == [2, 2, 1, 0]
    assert sorted(enrolled(house)) == inside
    assert {row.match_at for row in house.rows(models.Lead)} == {None}


def test_who_may_enter_again_is_matched_again_at_the_earliest_time(house: House) -> None:
    at = house.now.replace(microsecond=123456)
    house.clock.turn_to(at)
    inside, outside = house.lead(), house.lead(stage="mql")
    campaign(house, "spring", "again_after: 30 days")
    campaign(house, "autumn", "again_after: 1 hour", priority=10)
    match(house)
    assert house.get(inside).match_at == at + timedelta(days=30)
    assert house.get(outside).match_at is None
    pretend(house, "UPDATE enrollment SET status = 'finished'")
    pretend(house, "UPDATE lead SET match_at = updated_at")
    match(house)
    assert [row.campaign_id for row in house.rows(models.Enrollment)][1:] != []
    assert house.get(inside).match_at == at + HOUR


def test_a_table_believed_to_be_empty_is_not_read_for_each_lead(
    postgresql: Database, tmp_path: Path, now: datetime
) -> None:
    house = House(postgresql, tmp_path, now)
    house.apply()
    campaign_id = campaign(house, "spring", "enter: once")
    pretend(house, "ANALYZE")
    people(house, 50)
    with postgresql.write() as session:
        entries.enter_once(session, campaign_id, now)
        read = session.execute(
            text(
                "SELECT relname, seq_scan FROM pg_stat_xact_user_tables "
                "WHERE relname IN ('enrollment', 'suppression', 'lead')"
            )
        ).all()
    assert len(enrolled(house)) == 50
    assert {name: scans for name, scans in read if scans} == {}
