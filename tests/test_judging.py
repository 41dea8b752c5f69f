"""Hits that are held until it is known what came around them, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from house import House
from sqlalchemy import event, text, update
from street import CHROME

from outreach import activity, followups, judging, models
from outreach.db import Database
from outreach.domain.events import Event
from outreach.domain.machine_hits import HOLD
from outreach.domain.words import EnrollmentStatus, Kind, Stage, Verdict
from outreach.links import Click
from outreach.scheduler import tick
from outreach.web.hits import Arrival, record

SECOND = timedelta(seconds=1)
URL = "https://example.com/a"
PRIVACY = "Mozilla/5.0"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"
GATEWAY = "2f6b1c0d9e8a7b65"


@pytest.fixture
def house(database: Database, tmp_path: Path, now: datetime) -> House:
    return furnished(database, tmp_path, now)


def furnished(database: Database, folder: Path, now: datetime, leads: int = 4) -> House:
    """Return an installation whose leads got their first mail an hour ago."""
    built = House(database, folder / "workspace", now)
    built.apply()
    for number in range(leads):
        built.lead(email=f"lead{number}@example.net")
    built.tick()
    built.clock.turn_to(built.now + timedelta(hours=1))
    return built


def message(house: House, number: int = 0) -> models.Message:
    found: models.Message = house.rows(models.Message)[number]
    return found


def hit(house: House, link: int | None = 1, *, mail: int = 0, after: float = 0.0, **facts: Any) -> Arrival:
    """Return a hit on a link of somebody's mail, or on the pixel, so many seconds from now."""
    row = message(house, mail)
    told = {"method": "GET", "user_agent": CHROME, "network": "", "source": "", **facts}
    is_honeypot = bool(told.pop("honeypot", False))
    click = Click(row.id, link, URL) if link is not None and not is_honeypot else None
    return Arrival(row.id, click, house.now + after * SECOND, told, is_honeypot)


def take(house: House, *hits: Arrival) -> None:
    record(house.database, hits, house.now)


def settle(house: House, after: timedelta = HOLD) -> None:
    house.clock.turn_to(house.now + after)
    with house.database.write() as session:
        while followups.follow_due(session, house.now, 100):
            pass


def verdicts(house: House, kind: Kind = Kind.CLICKED) -> list[tuple[str, str]]:
    return [(event.verdict, event.data["rule"]) for event in house.rows(models.Event, kind=kind)]


def score(house: House, mail: int = 0) -> float:
    return house.get(message(house, mail).lead_id).score


# -- held until it is known ------------------------------------------------------------------------


def test_nothing_follows_from_a_click_before_it_has_a_verdict(house: House) -> None:
    take(house, hit(house))
    settle(house, HOLD - SECOND / 10)
    assert (verdicts(house), score(house)) == ([("unknown", "undecided")], 0)
    assert len(followup_ids(house)) == 1
    settle(house, SECOND / 10)
    assert (verdicts(house), score(house), followup_ids(house)) == ([("human", "no_rule")], 20, [])


def followup_ids(house: House) -> list[int]:
    with house.database.read() as session:
        return [row.event_id for row in session.query(models.Followup).all()]


def test_the_scheduler_judges_what_was_held(house: House) -> None:
    take(house, hit(house))
    house.tick()
    assert score(house) == 0
    house.clock.turn_to(house.now + HOLD)
    house.tick()
    assert score(house) == 20
    assert house.tick().idle


@pytest.mark.parametrize("gap", [0.0, 0.2, 1.0, 1.5])
def test_a_scanner_with_a_browsers_name_is_found_by_all_its_clicks(house: House, gap: float) -> None:
    for link in range(5):
        take(house, hit(house, link))
        settle(house, gap * SECOND)
    settle(house)
    assert verdicts(house) == [("machine", "burst")] * 5
    assert score(house) == 0


@pytest.mark.parametrize("gap", [2.0, 4.0, 30.0])
def test_a_person_who_reads_two_links_one_after_the_other_is_a_person(house: House, gap: float) -> None:
    take(house, hit(house, None))
    settle(house, 5 * SECOND)
    take(house, hit(house, 1))
    settle(house, gap * SECOND)
    take(house, hit(house, 2))
    settle(house)
    assert verdicts(house) == [("human", "no_rule")] * 2
    assert verdicts(house, Kind.OPENED) == [("human", "no_rule")]
    assert score(house) == pytest.approx(40, abs=0.01)


def test_a_scanner_that_comes_hours_later_is_one_all_the_same(house: House) -> None:
    house.clock.turn_to(house.now + timedelta(hours=9))
    take(house, *(hit(house, link, after=link / 10) for link in range(4)))
    settle(house, 3 * SECOND)
    assert verdicts(house) == [("machine", "burst")] * 4


def test_a_scanner_in_one_mail_says_nothing_of_who_reads_another(house: House) -> None:
    take(house, hit(house, 1), hit(house, 2), hit(house, 1, mail=1))
    settle(house)
    assert [verdict for verdict, _ in verdicts(house)] == [Verdict.MACHINE, Verdict.MACHINE, Verdict.HUMAN]


def test_a_burst_is_seen_also_where_some_of_it_gave_itself_away_at_once(house: House) -> None:
    take(house, hit(house, 1), hit(house, 2, method="HEAD"))
    settle(house)
    assert verdicts(house) == [("machine", "burst"), ("machine", "head")]


def test_a_hit_that_was_written_late_shows_the_others_up(house: House) -> None:
    """Another process had to wait for the database: the first click was judged meanwhile, and scored."""
    take(house, hit(house, 1))
    settle(house)
    assert score(house) == 20
    take(house, hit(house, 2, after=-1.5))
    settle(house)
    house.tick()
    assert (verdicts(house), score(house)) == ([("machine", "burst")] * 2, 0)
    assert house.rows(models.Event, kind=Kind.CLICKED)[0].data["judged_before"] == [
        {"verdict": "human", "rule": "no_rule", "rules": 2}
    ]


def test_one_address_that_clicks_in_everybodys_mail_is_a_gateway(house: House) -> None:
    take(house, *(hit(house, 1, mail=mail, after=mail, source=GATEWAY) for mail in range(4)))
    settle(house, 6 * SECOND)
    assert verdicts(house) == [("machine", "crowd")] * 4


@pytest.mark.parametrize("source", ["", GATEWAY])
def test_two_colleagues_behind_one_address_are_people_and_so_are_many_nobody_can_tell_apart(
    house: House, source: str
) -> None:
    count = 2 if source else 4
    take(house, *(hit(house, 1, mail=mail, after=mail, source=source) for mail in range(count)))
    settle(house, 6 * SECOND)
    assert verdicts(house) == [("human", "no_rule")] * count


def test_a_click_within_moments_of_the_delivery_is_in_doubt_unless_the_mail_was_opened(house: House) -> None:
    sent = message(house).outcome_at
    assert sent is not None
    early = (sent - house.now) / SECOND + 4
    take(
        house,
        hit(house, 1, after=early),
        hit(house, None, mail=1, after=early - 2),
        hit(house, 1, mail=1, after=early),
    )
    settle(house)
    assert verdicts(house) == [("unknown", "before_opening"), ("human", "no_rule")]
    assert [score(house), score(house, 1)] == pytest.approx([0, 20], abs=0.1)


def test_promise_5_the_open_of_a_mail_privacy_relay_is_kept_apart_and_changes_nothing(house: House) -> None:
    take(house, hit(house, None, user_agent=PRIVACY, network="17.58.101.0/24"), hit(house, None, mail=1))
    settle(house)
    assert verdicts(house, Kind.OPENED) == [("proxy", "privacy_relay"), ("human", "no_rule")]
    assert {lead.stage for lead in house.rows(models.Lead)} == {Stage.SUSPECT}


def test_an_old_browser_is_kept_as_unknown_and_counts_for_nothing(house: House) -> None:
    take(
        house,
        hit(
            house,
            user_agent="Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 Chrome/41.0.2272.76 Safari/537.36",
        ),
    )
    settle(house)
    assert (verdicts(house), score(house), followup_ids(house)) == ([("unknown", "old_browser")], 0, [])


def test_what_a_provider_told_of_stays_as_it_was_told(house: House) -> None:
    row = message(house)
    told = {"user_agent": CHROME, "rule": "provider_only", "rules": 2}
    events = [
        Event(
            Kind.CLICKED, f"webhook:{number}", house.now, row.lead_id, row.id, 1, Verdict.UNKNOWN, data=data
        )
        for number, data in enumerate((told, {}))
    ]
    with house.database.write() as session:
        assert activity.note_all(session, events, house.now) == 2
    settle(house)
    assert {event.verdict for event in house.rows(models.Event, kind=Kind.CLICKED)} == {Verdict.UNKNOWN}
    assert (score(house), followup_ids(house)) == (0, [])


# -- beside other things that happen ---------------------------------------------------------------


def test_a_reply_does_not_make_a_held_click_count(house: House) -> None:
    take(house, *(hit(house, link) for link in (1, 2)))
    house.event(message(house).lead_id, Kind.REPLIED)
    assert len(followup_ids(house)) == 2
    settle(house)
    assert (verdicts(house), score(house)) == ([("machine", "burst")] * 2, 0)


def test_a_click_that_was_held_when_a_reply_came_counts_afterwards(house: House) -> None:
    take(house, hit(house))
    house.event(message(house).lead_id, Kind.REPLIED)
    settle(house)
    assert (verdicts(house), score(house)) == ([("human", "no_rule")], 20)


def test_a_held_click_fulfils_no_condition_that_something_else_asks_for(house: House) -> None:
    """A review for another reason must not see it either."""
    take(house, *(hit(house, link) for link in (1, 2, 3)))
    house.event(message(house).lead_id, Kind.SUBMITTED)
    assert score(house) == 0
    house.tick()
    assert score(house) == 0


def test_the_hits_of_a_lead_that_was_erased_meanwhile_do_no_harm(house: House) -> None:
    take(house, hit(house))
    with house.database.write() as session:
        session.execute(update(models.Event).where(models.Event.kind == Kind.CLICKED).values(lead_id=99999))
    settle(house)
    assert followup_ids(house) == []


# -- what breaks off -------------------------------------------------------------------------------


def test_what_was_being_judged_when_a_process_died_is_judged_by_the_next(house: House) -> None:
    take(house, *(hit(house, link) for link in (1, 2)), hit(house, 1, mail=1))
    house.clock.turn_to(house.now + HOLD)
    with pytest.raises(RuntimeError, match="killed"), house.database.write() as session:
        followups.follow_due(session, house.now, 100)
        raise RuntimeError("killed")
    assert verdicts(house) == [("unknown", "undecided")] * 3
    settle(house)
    assert [verdict for verdict, _ in verdicts(house)] == [Verdict.MACHINE, Verdict.MACHINE, Verdict.HUMAN]
    assert (score(house), score(house, 1)) == (0, 20)


def test_a_small_limit_judges_all_in_turn(house: House) -> None:
    take(house, *(hit(house, link) for link in range(7)), *(hit(house, 1, mail=mail) for mail in (1, 2, 3)))
    house.clock.turn_to(house.now + HOLD)
    for _ in range(20):
        with house.database.write() as session:
            followups.follow_due(session, house.now, 2)
    assert [verdict for verdict, _ in verdicts(house)] == [Verdict.MACHINE] * 7 + [Verdict.HUMAN] * 3
    assert followup_ids(house) == []


def test_two_schedulers_judge_each_hit_once(postgresql: Database, tmp_path: Path, now: datetime) -> None:
    house = furnished(postgresql, tmp_path, now, leads=40)
    take(house, *(hit(house, link, mail=mail) for mail in range(40) for link in range(1 + mail % 2)))
    house.clock.turn_to(house.now + HOLD)

    def follow(_: int) -> None:
        for _ in range(12):
            with house.database.write() as session:
                followups.follow_due(session, house.now, 7)

    with ThreadPoolExecutor(3) as threads:
        list(threads.map(follow, range(3)))
    assert {mail: score(house, mail) for mail in range(40)} == {
        mail: 0 if mail % 2 else 20 for mail in range(40)
    }
    assert followup_ids(house) == []
    assert not any("judged_before" in event.data for event in house.rows(models.Event, kind=Kind.CLICKED))


def test_a_hit_that_another_process_is_judging_is_left_to_it(
    postgresql: Database, tmp_path: Path, now: datetime
) -> None:
    house = furnished(postgresql, tmp_path, now)
    take(house, hit(house))
    house.clock.turn_to(house.now + HOLD)
    with house.database.write() as other:
        other.execute(
            update(models.Event).where(models.Event.kind == Kind.CLICKED).values(verdict=Verdict.HUMAN)
        )
        with house.database.write() as session:
            session.execute(text("SET LOCAL lock_timeout = '5s'"))
            assert judging.settle_due(session, house.now, 10) == 0
    assert len(followup_ids(house)) == 1
    settle(house)
    assert (score(house), followup_ids(house)) == (20, [])


def test_a_persons_hit_is_not_taken_off_the_list(house: House) -> None:
    take(house, hit(house), hit(house, mail=1))
    person, machine = house.rows(models.Event, kind=Kind.CLICKED)
    with house.database.write() as session:
        for row, verdict in ((person, Verdict.HUMAN), (machine, Verdict.MACHINE)):
            session.execute(update(models.Event).where(models.Event.id == row.id).values(verdict=verdict))
        judging._drop(session, {person.id, machine.id})
    assert followup_ids(house) == [person.id]


def test_leads_are_locked_in_order_before_their_events_are_written(
    postgresql: Database, tmp_path: Path, now: datetime
) -> None:
    house = furnished(postgresql, tmp_path, now)
    take(house, hit(house, after=-5), hit(house, mail=1, after=-5))
    settle(house)
    take(house, hit(house, honeypot=True), hit(house, mail=1, honeypot=True))
    house.clock.turn_to(house.now + HOLD)
    said: list[str] = []

    def listen(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(" ".join(statement.split()))

    event.listen(postgresql.engine, "before_cursor_execute", listen)
    try:
        with house.database.write() as session:
            judging.settle_due(session, house.now, 10)
            judging.lock_leads(session, {2, 1})
    finally:
        event.remove(postgresql.engine, "before_cursor_execute", listen)
    locks = [place for place, each in enumerate(said) if each.endswith("ORDER BY lead.id FOR UPDATE")]
    written = [place for place, each in enumerate(said) if each.startswith(("UPDATE event", "UPDATE lead"))]
    assert len(locks) == 2 and written and locks[0] < written[0]


def test_the_networks_that_somebody_has_written_down_hold_for_what_was_held(house: House) -> None:
    take(house, hit(house, network="203.0.113.0/24"))
    engine = replace(house.engine, known=judging.known_networks("203.0.113.0/24"))
    tick(engine, house.now + HOLD)
    assert verdicts(house) == [("machine", "scanner_network")]


def test_promise_5_a_burst_wakes_no_campaign(house: House) -> None:
    live = len(house.rows(models.Enrollment, status=EnrollmentStatus.ACTIVE))
    take(house, *(hit(house, link) for link in range(3)))
    settle(house)
    house.tick()
    assert {lead.stage for lead in house.rows(models.Lead)} == {Stage.SUSPECT}
    assert len(house.rows(models.Enrollment, status=EnrollmentStatus.ACTIVE)) == live
