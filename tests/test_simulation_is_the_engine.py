"""The simulator is the engine: people played in memory and for real get the same mails at the same minute."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from both_ways import Behaviour, Real, Story, first_difference, simulated, simulated_from, without
from house import House
from sqlalchemy import select

from outreach import models
from outreach.db import Database
from outreach.domain.variants import chance
from outreach.simulation import opening
from outreach.simulation.story import Ended, Entered, HandedOff, Moved, Sent, Skipped, Tasked

ROOT = Path(__file__).parent.parent

FUNNEL = """
fields: {seats: number, plan: text}
scoring:
  half_life: 20 days
  points:
    - {event: clicked, points: 15, at_most: 45}
    - {event: visited, link: /pricing, points: 20}
    - {event: replied, points: 10}
  fit:
    - {if: lead.seats >= 20, points: 5, because: many seats}
temperature: {hot: 14 days, warm: 60 days}
moves:
  - {from: [suspect, mql], to: discarded, if: 'intent("not_interested")', because: no interest}
  - {from: [suspect, mql], to: sql, if: 'intent("meeting") or happened("meeting_booked")', because: wants to talk}
  - {from: [suspect, mql], to: sql, if: 'lead.temperature == "hot"', because: buys soon}
  - {from: suspect, to: mql, if: 'lead.score >= 25 and clicked()', because: clear interest}
  - {from: mql, to: suspect, if: lead.score < 12, after: 5 days, because: interest faded}
lost:
  rounds: 1
  reasons: {price: {after: 10 days, to: mql, angle: value}}
  otherwise: {after: 12 days, to: suspect, angle: fresh}
rejected:
  reasons: {}
  otherwise: {after: 3 days, to: mql}
replies:
  not_now: {after: 9 days, angle: later}
  no_budget: {after: 20 days, angle: small}
soft_bounces: {in_a_row: 2, rest: 6 days}
hold_after_auto_reply: 3 days
"""
TEAM = """
reps:
  - {name: rita, full_name: Rita Rep, email: rita@example.org, territories: [DE, AT], capacity: 3}
  - {name: ron, full_name: Ron Rep, email: ron@example.org, territories: [GB, US], capacity: 3, weight: 2}
  - name: rosa
    full_name: Rosa Rep
    email: rosa@example.org
    capacity: 2
    away: [{first: 2026-03-20, last: 2026-03-31}]
answer_within: 5 hours
hours: {days: mon-fri, hours: "09:00-17:00", timezone: Europe/Berlin, holidays: none}
"""
SENDERS = """
organisation: {name: Example Ltd, postal_address: "1 High Street, London", timezone: Europe/Budapest, country: HU}
senders:
  - {name: anna, full_name: Anna Berg, address: anna@example.com, per_day: 4}
  - {name: ben, full_name: Ben Kohl, address: ben@example.com, per_day: 5, gap: 17 minutes}
  - name: clara
    full_name: Clara Weiss
    address: clara@example.com
    per_day: 14
    gap: 13 minutes
    ramp: {since: 2026-03-01, start: 1, add_per_day: 1}
"""
EDUCATE = """
campaign: educate
goal: mql
audience: {stage: suspect, where: 'lead.rounds == 0 or lead.angle == "fresh"'}
again_after: 25 days
priority: 10
window: {days: mon-fri, hours: "09:00-16:30"}
senders: [anna, ben, clara]
steps:
  - email: educate/one
    variants: {subject: [First, Second, Third], measure: clicked}
  - wait: 2 days
  - branch:
      - if: clicked("educate/one")
        then:
          - update: {plan: reads, country: AT}
          - email: educate/two
            same_thread: true
      - if: lead.seats >= 20
        then:
          - task: {kind: call, to: owner, text: notes/call}
          - wait: 5 hours
      - else:
          - email: educate/three
            stale_after: 1 day
  - wait_for: {event: visited, within: 3 days}
  - email: educate/four
    stale_after: 2 days
  - wait: 90 minutes
  - email: educate/five
"""
NURTURE = """
campaign: nurture
goal: sql
audience: {stage: mql, where: 'not replied() or lead.rounds > 0'}
again_after: 2 weeks
priority: 40
window: {days: "mon,tue,thu,fri", hours: "08:30-15:00", holidays: DE}
senders: [ben, clara]
steps:
  - wait: 1 day
  - email: nurture/one
    stale_after: 3 days
  - notify: {to: owner, text: notes/call}
  - wait_for: {event: clicked, within: 30 hours}
  - branch:
      - if: clicked_link("/pricing") or lead.score > 40
        then: [{email: nurture/two}]
      - else: [{wait: 1 week}, {email: nurture/three, variants: {email: [nurture/three, nurture/three-b]}}]
"""
FAST = """
campaign: fast
goal: sql
audience: {stage: [suspect, mql]}
enter: {event: visited, subject: "https://example.com/pricing"}
again_after: 10 days
priority: 60
window: {days: mon-sun, hours: "07:00-21:00", timezone: Europe/London, holidays: none}
senders: [anna, clara]
experiment: {measure: meeting_booked, within: 6 days, holdout: 20 %}
steps:
  - email: fast/one
  - wait: 26 hours
  - email: fast/two
    stale_after: 5 hours
"""
ONCE = """
campaign: once
goal: mql
audience: {stage: suspect, where: lead.seats < 3}
enter: once
priority: 5
window: {days: mon-fri, hours: "10:00-12:00", holidays: lead.country}
senders: [clara, anna]
steps:
  - email: once/one
  - wait: 1 month
  - email: once/two
"""
PLACES = [
    ("Europe/Berlin", "DE"), ("Europe/London", "GB"), ("America/New_York", "US"), ("Europe/Budapest", "HU"),
    ("Asia/Kolkata", "IN"), ("Australia/Lord_Howe", "AU"), (None, None), ("Europe/Vienna", "AT"), ("Asia/Tehran", "IR"),
]  # fmt: skip
DAYS = 60


@pytest.fixture
def house(sqlite: Database, tmp_path: Any, now: Any) -> House:
    return House(sqlite, tmp_path, now)


def write_templates(house: House, *names: str) -> None:
    for name in names:
        path = house.folder / "templates" / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"---\nsubject: About {name}\n---\nHello, [this](https://example.com/guide).\n", encoding="utf-8"
        )


def of_our_own(house: House) -> None:
    """Write four campaigns that want the same people, and senders whose limits bind."""
    (house.folder / "campaigns" / "welcome.yaml").unlink()
    house.write(
        funnel=FUNNEL, team=TEAM, senders=SENDERS, educate=EDUCATE, nurture=NURTURE, fast=FAST, once=ONCE
    )
    write_templates(
        house, "educate/one", "educate/two", "educate/three", "educate/four", "educate/five", "nurture/one",
        "nurture/two", "nurture/three", "nurture/three-b", "fast/one", "fast/two", "once/one", "once/two",
    )  # fmt: skip


def of_the_example(house: House) -> None:
    """Write the example workspace that comes with the program."""
    for name in ("campaigns", "templates"):
        shutil.rmtree(house.folder / name)
        shutil.copytree(ROOT / name, house.folder / name)


def people(count: int, seed: int, sources: tuple[str, ...] = ("webinar",)) -> list[dict[str, Any]]:
    found = []
    for number in range(1, count + 1):
        zone, country = PLACES[int(chance(seed, "place", number) * len(PLACES))]
        found.append(
            {
                "email": f"p{number}@example.com", "timezone": zone, "country": country,
                "source": sources[number % len(sources)], "consent": "express", "first_name": "Dana",
                "last_name": None, "company": "Plant", "language": None, "title": ("plant head", None)[number % 2],
                "fields": {"seats": int(chance(seed, "seats", number) * 40)},
            }
        )  # fmt: skip
    return found


def both(
    house: House, who: list[dict[str, Any]], behaviour: Behaviour, days: float, stops: int = 1
) -> tuple[Story, Story]:
    told = simulated(house, who, behaviour, days, stops)
    real = Real(house, behaviour).play(who, days)
    return as_the_database_keeps_it(told), as_the_database_keeps_it(real)


def as_the_database_keeps_it(story: Story) -> Story:
    """Leave out at which step a campaign was ended, and which sender was to write when it began."""
    without(story, Ended, 4)
    without(story, Entered, 4)
    return story


@pytest.mark.parametrize(("seed", "count", "days"), [(1, 30, 60), (2, 20, 30)])
def test_people_get_the_same_mails_at_the_same_minute(
    house: House, seed: int, count: int, days: int, now: Any
) -> None:
    of_our_own(house)
    told, real = both(house, people(count, seed), Behaviour(seed, now), days)
    assert not first_difference(told, real)
    assert told.records == real.records
    assert told.people == real.people
    assert_it_was_a_story(real, count)
    if seed == 1:
        assert any(each[6] == "hold-out" for each in real.of(Ended))
        assert any(each[6].startswith("outranked") for each in real.of(Ended))
        assert real.of(Skipped)
        assert real.of(Tasked)


def assert_it_was_a_story(story: Story, people: int) -> None:
    """What did not happen was not compared."""
    mails = story.of(Sent)
    assert len(mails) > 2 * people
    assert any(mail[0] > mail[-1] for mail in mails), "no mail had to wait"
    assert {mail[6] for mail in mails if mail[6] is not None} > {0}
    assert len({mail[7] for mail in mails}) > 1
    assert story.of(Moved)
    assert story.of(HandedOff)
    assert {each[5] for each in story.of(Ended)} == {"finished", "stopped"}
    assert {each[6] for each in story.of(Ended)} >= {"completed", "goal_reached"}


def test_the_same_goes_for_the_example_workspace(house: House, now: Any) -> None:
    of_the_example(house)
    sources = ("webinar", "content", "referral")
    told, real = both(house, people(24, 4, sources), Behaviour(4, now, 1.5), 30)
    assert not first_difference(told, real)
    assert told.people == real.people
    assert len(real.of(Sent)) > 40
    assert real.of(Moved)
    assert real.of(HandedOff)


def test_a_simulation_goes_on_from_what_a_database_holds(house: House, now: Any) -> None:
    of_our_own(house)
    real = Real(house, Behaviour(7, now, 1.2))
    real.play(people(30, 7), 8.1)
    middle, until = house.now, now + timedelta(days=24)
    with house.database.read() as session:
        waiting = opening.from_database(session, house.now)[2]
    assert any(person.waiting for person in waiting), "no mail waits"
    assert any(person.handoffs or person.deal for person in waiting), "nobody is with a rep"
    told = as_the_database_keeps_it(simulated_from(real, until))
    went_on = as_the_database_keeps_it(real.play_on(until))
    went_on.records = [each for each in went_on.records if each[0] > middle]
    assert not first_difference(told, went_on)
    assert len(went_on.of(Sent)) > 10


def test_playing_in_parts_is_playing_at_once(house: House, now: Any) -> None:
    of_our_own(house)
    who, behaviour = people(40, 5), Behaviour(5, now)
    assert not first_difference(
        simulated(house, who, behaviour, 30), simulated(house, who, behaviour, 30, stops=97)
    )


def test_people_are_taken_from_either_database_as_they_stand(
    database: Database, tmp_path: Any, now: Any
) -> None:
    house = House(database, tmp_path, now)
    of_our_own(house)
    Real(house, Behaviour(7, now, 1.5)).play(people(8, 7), 1.5)
    with database.read() as session:
        _, running, found = opening.from_database(session, house.now)
        before = opening.before(session, house.now)
    assert [each.name for each in running] == ["fast", "nurture", "educate", "once"]
    rows = house.rows(models.Lead)
    assert [(each.id, each.stage, each.score, each.due_at, each.fields) for each in found] == [
        (row.id, row.stage, row.score, row.due_at, row.fields) for row in rows
    ]
    sent = house.rows(models.Message, status="accepted")
    assert sum(len(each.mails) for each in found) == len(sent) > 0
    live = house.rows(models.Enrollment, status="active")
    assert {each.live.id for each in found if each.live is not None} == {row.id for row in live}
    assert before.last_enrollment == max(row.id for row in house.rows(models.Enrollment))
    assert {each.name: each.sent for each in before.mailboxes} == {
        row.name: row.sent for row in mailboxes(database)
    }


def mailboxes(database: Database) -> list[models.SenderState]:
    with database.read() as session:
        return list(session.scalars(select(models.SenderState)))
