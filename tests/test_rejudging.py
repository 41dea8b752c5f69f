"""Old hits, judged by better rules: what changes, what is listed, and what is left to a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from house import House

from outreach import activity, followups, models
from outreach.db import Database
from outreach.domain.events import Event
from outreach.domain.scanner_networks import PUBLISHED
from outreach.domain.words import Kind, Stage, Verdict
from outreach.rejudging import Rejudged, rejudge

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"
)
HOUR = timedelta(hours=1)
FUNNEL = """
scoring:
  half_life: 365 days
  points:
    - {event: clicked, points: 20}
    - {event: attended, points: 40}
moves:
  - {from: suspect, to: mql, if: lead.score >= 35, because: clear interest}
  - {from: mql, to: sql, if: lead.score >= 75, because: wants to buy}
"""


@pytest.fixture
def house(database: Database, tmp_path: Path, now: datetime) -> Iterator[House]:
    built = House(database, tmp_path / "workspace", now)
    built.write(funnel=FUNNEL)
    built.apply()
    built.lead(email="dana@example.net")
    built.lead(email="erik@example.net")
    built.tick()
    built.clock.turn_to(built.now + timedelta(days=1))
    yield built


def old_click(house: House, link: int = 1, mail: int = 0, after: float = 0.0, **facts: Any) -> None:
    """Record a click as an earlier version of the rules has judged it: a person's."""
    row = house.rows(models.Message)[mail]
    at = house.now + timedelta(seconds=after)
    data = {
        "method": "GET",
        "user_agent": CHROME,
        "network": "",
        "link": link,
        "rule": "no_rule",
        "rules": 1,
        **facts,
    }
    source_id = f"click:{row.id}:{link}:{at.timestamp()}"
    event = Event(
        Kind.CLICKED, source_id, at, row.lead_id, row.id, 1, Verdict.HUMAN, "first", "https://x.example", data
    )
    with house.database.write() as session:
        activity.record(session, event, house.now + timedelta(seconds=max(after, 0.0)))


def scan(house: House, mail: int = 0, links: int = 2) -> None:
    """Let a scanner with a browser's name follow the links of a mail, all at once."""
    for link in range(1, links + 1):
        old_click(house, link, mail, after=link / 10)


def run(house: House, **more: Any) -> Rejudged:
    house.clock.turn_to(house.now + HOUR)
    return rejudge(house.database, more.pop("known", PUBLISHED), house.now, **more)


def dana(house: House) -> models.Lead:
    return house.get(house.rows(models.Lead)[0].id)


def verdicts(house: House) -> list[str]:
    return [event.verdict for event in house.rows(models.Event, kind=Kind.CLICKED)]


def test_a_promotion_by_a_scanner_is_listed_and_the_score_made_up_again(house: House) -> None:
    scan(house)
    assert (dana(house).stage, dana(house).score) == (Stage.MQL, 40)
    found = run(house)
    assert (found.hits, dict(found.changed), found.leads) == (2, {("human", "machine"): 2}, 1)
    (promotion,) = found.promotions
    assert (promotion.lead, promotion.from_stage, promotion.to_stage) == (
        "dana@example.net",
        "suspect",
        "mql",
    )
    assert (promotion.is_sure, promotion.stage_now, promotion.handoff) == (True, "mql", None)
    assert {(each.before, each.now, each.rule, each.subject) for each in promotion.evidence} == {
        ("human", "machine", "burst", "first")
    }
    assert verdicts(house) == ["machine"] * 2
    house.tick()
    assert (dana(house).stage, dana(house).score) == (Stage.MQL, 0)  # a person decides whether it goes back


def test_a_hand_off_that_would_not_have_been_is_listed_with_its_rep(house: House) -> None:
    scan(house, links=4)
    assert dana(house).stage == Stage.SQL
    promotions = run(house).promotions
    assert [(each.from_stage, each.to_stage) for each in promotions] == [("suspect", "mql"), ("mql", "sql")]
    handed = promotions[1].handoff
    assert handed is not None
    assert (handed.rep, handed.status) == ("rita", "open")


def test_a_promotion_that_rests_on_other_things_as_well_is_not_listed(house: House) -> None:
    house.event(dana(house).id, Kind.ATTENDED)
    scan(house)
    found = run(house)
    assert sum(found.changed.values()) == 2
    assert [each.to_stage for each in found.promotions] == ["sql"]


def test_a_promotion_before_the_scanner_came_is_not_listed(house: House) -> None:
    house.event(dana(house).id, Kind.ATTENDED)
    house.clock.turn_to(house.now + HOUR)
    scan(house, links=1)
    house.clock.turn_to(house.now + HOUR)
    found = run(house, known=PUBLISHED)
    assert (sum(found.changed.values()), found.promotions) == (0, [])


def test_where_the_rules_of_the_funnel_have_changed_since_it_is_said_that_nobody_can_tell(
    house: House,
) -> None:
    scan(house)
    house.write(funnel=FUNNEL.replace("35", "70"))
    house.apply()
    (promotion,) = run(house).promotions
    assert not promotion.is_sure


def test_a_dry_run_tells_the_same_and_changes_nothing(house: House) -> None:
    scan(house)
    before = [(row.id, row.verdict, row.data) for row in house.rows(models.Event)]
    lead = (dana(house).due_at, dana(house).score)
    dry = run(house, is_dry=True)
    assert [(row.id, row.verdict, row.data) for row in house.rows(models.Event)] == before
    assert (dana(house).due_at, dana(house).score) == lead
    assert run(house) == dry


def test_what_was_judged_before_is_kept_and_a_second_run_finds_nothing(house: House) -> None:
    scan(house)
    run(house)
    events = house.rows(models.Event, kind=Kind.CLICKED)
    assert [event.data["judged_before"] for event in events] == [
        [{"verdict": "human", "rule": "no_rule", "rules": 1}]
    ] * 2
    assert {(event.data["rule"], event.data["rules"], event.data["user_agent"]) for event in events} == {
        ("burst", 2, CHROME)
    }
    again = run(house)
    assert (again.hits, sum(again.changed.values()), again.leads, again.promotions) == (2, 0, 0, [])


def test_only_hits_since_a_day_are_judged_but_those_before_it_are_seen(house: House) -> None:
    old_click(house, 1)
    house.clock.turn_to(house.now + timedelta(seconds=1))
    since = house.now
    old_click(house, 2)
    assert run(house, since=since).hits == 1
    assert verdicts(house) == ["human", "machine"]


def test_a_machine_that_was_none_counts_again(house: House) -> None:
    known = PUBLISHED.with_more("198.51.100.0/24")
    old_click(house, network="198.51.100.0/24")
    run(house, known=known)
    house.tick()
    assert (verdicts(house), dana(house).score) == (["machine"], 0)
    assert dict(run(house).changed) == {("machine", "human"): 1}
    house.tick()
    assert dana(house).score == pytest.approx(20, abs=0.1)
    assert len(house.rows(models.Event, kind=Kind.CLICKED)[0].data["judged_before"]) == 2


def test_a_gateway_is_found_in_the_mails_of_many(house: House) -> None:
    for number in range(3, 6):
        house.lead(email=f"lead{number}@example.net")
    house.tick()
    house.clock.turn_to(house.now + timedelta(days=1))
    for mail in range(4):
        old_click(house, mail=mail, after=mail, source="0011223344556677")
    assert dict(run(house).changed) == {("human", "machine"): 4}


def test_what_another_system_told_of_is_left_as_it_was_told(house: House) -> None:
    for number in range(3):
        house.event(dana(house).id, Kind.CLICKED, subject="first", detail=f"https://x.example/{number}")
    assert run(house).hits == 0
    assert verdicts(house) == ["human"] * 3


def test_hits_that_are_still_held_are_left_to_the_scheduler(house: House) -> None:
    from outreach.web.hits import Arrival, record

    row = house.rows(models.Message)[0]
    facts = {"method": "GET", "user_agent": CHROME, "network": "", "source": ""}
    record(house.database, [Arrival(row.id, None, house.now, facts)], house.now)
    assert run(house).hits == 0
    with house.database.write() as session:
        followups.follow_due(session, house.now, 10)
    assert [event.verdict for event in house.rows(models.Event, kind=Kind.OPENED)] == ["human"]
    assert run(house).hits == 1


def test_what_was_interrupted_goes_on_in_the_next_run(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outreach.rejudging.AT_ONCE", 1)
    scan(house, mail=0)
    scan(house, mail=1)

    def stop(done: int, total: int) -> None:
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError, match="killed"):
        run(house, tell=stop)
    assert verdicts(house) == ["machine", "machine", "human", "human"]
    assert dict(run(house).changed) == {("human", "machine"): 2}
    assert verdicts(house) == ["machine"] * 4


def test_a_lead_that_was_erased_is_judged_and_not_listed(house: House) -> None:
    scan(house)
    with house.database.write() as session:
        session.query(models.Event).filter_by(lead_id=dana(house).id).update({"lead_id": 99999})
    found = run(house)
    assert (sum(found.changed.values()), found.promotions) == (2, [])


def test_a_workspace_without_hits_has_nothing_to_judge(house: House) -> None:
    assert run(house) == Rejudged()
