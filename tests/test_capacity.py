"""Which leads are counted for a campaign: those that are in it, and those that could enter."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import factories
import pytest
from house import House
from sqlalchemy import func, select

from outreach import capacity, models, workspace
from outreach.db import Database
from outreach.domain.words import Stage

CAMPAIGN = """
campaign: welcome
audience: {stage: suspect, where: lead.country == "DE" and lead.seats > 3}
window: {holidays: none}
senders: [anna]
steps: [{email: first}, {wait: 2 days}, {email: second}]
"""
FEW = """
organisation: {name: Example Ltd, postal_address: "1 High Street, London", timezone: Europe/Berlin, country: DE}
senders:
  - {name: anna, full_name: Anna Berg, address: anna@example.com, per_day: 2}
  - {name: ben, full_name: Ben Kohl, address: ben@example.com, per_day: 1000}
"""


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    house = House(database, tmp_path, factories.NOW)
    house.write(welcome=CAMPAIGN, senders=FEW)
    house.apply()
    return house


def count(house: House) -> int:
    loaded = workspace.load(house.folder)
    with house.database.read() as session:
        return capacity.audience(session, loaded.campaigns["welcome"].campaign, loaded, house.now)


def over(house: House) -> list[str]:
    with house.database.read() as session:
        return [str(each) for each in capacity.over(session, workspace.load(house.folder), house.now)]


def test_those_who_fit_are_counted(house: House) -> None:
    house.lead(country="DE", fields={"seats": 4})
    house.lead(country="DE", fields={"seats": 3})
    house.lead(country="AT", fields={"seats": 4})
    house.lead(country="DE", fields={"seats": 4}, stage=Stage.MQL)
    assert count(house) == 1


def test_those_who_are_in_it_are_counted_once_and_those_who_were_are_not(house: House) -> None:
    for _ in range(3):
        house.lead(country="DE", fields={"seats": 4})
    house.tick()
    with house.database.read() as session:
        assert session.scalar(select(func.count()).select_from(models.Enrollment)) == 3
    assert count(house) == 3
    house.later(days=8)
    assert count(house) == 0


def test_those_who_are_not_to_be_written_to_are_not_counted(house: House) -> None:
    house.lead(country="DE", fields={"seats": 4}, quiet_at=house.now - timedelta(days=1))
    assert count(house) == 0


def test_an_audience_of_nobody_is_no_load(house: House) -> None:
    assert over(house) == []


def test_more_leads_than_senders_can_write_to_are_told_in_their_place(house: House) -> None:
    for _ in range(10):
        house.lead(country="DE", fields={"seats": 4})
    (line,) = over(house)
    assert line == (
        "campaigns/welcome.yaml:5:10: over-capacity: about 20 mails to 10 leads for 1 sender of 2 a day in all: "
        "10 working days, where the campaign itself takes 3; add senders, raise their limits, or narrow the audience"
    )


def test_counting_changes_nothing(house: House) -> None:
    house.lead(country="DE", fields={"seats": 4})
    with house.database.read() as session:
        before = session.scalar(select(func.count()).select_from(models.Event))
    over(house)
    with house.database.read() as session:
        assert session.scalar(select(func.count()).select_from(models.Event)) == before
        assert session.scalar(select(func.count()).select_from(models.Enrollment)) == 0
