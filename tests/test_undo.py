"""Undo brings back what was in force before, and leads where they stood; whatever is edited, no mail goes twice."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from house import FUNNEL, House
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select
from test_plan import (
    Rule,
    house_of,
    moves,
    plan,
    put,
    stands,
    steps,
    three_under_way,
    welcome,
    whole,
    workers_away,
)

from outreach import apply as applying
from outreach import campaigns, db, models, planning, workspace
from outreach.apply import Change
from outreach.db import Database
from outreach.domain.words import CampaignStatus, EnrollmentStatus, MessageStatus
from outreach.errors import InputError
from outreach.planning.plan import Plan


@pytest.fixture
def house(database: Database, tmp_path: Path, now: datetime) -> House:
    return house_of(database, tmp_path, now)


@pytest.fixture
def small(sqlite: Database, tmp_path: Path, now: datetime) -> House:
    """A house on SQLite: for what the kind of database says nothing to."""
    return house_of(sqlite, tmp_path, now)


def undo(house: House, rule: Rule = None) -> dict[str, Change]:
    with house.database.write() as session:
        return {change.name: change for change in applying.undo(session, house.now, in_flight=rule)}


def planned_undo(house: House, rule: Rule = None) -> Plan:
    with house.database.read() as session:
        return planning.make(session, applying.to_undo(session, rule), house.now)


def places(house: House) -> list[tuple[int, int, datetime, str]]:
    return [(row.version_id, row.node, row.node_at, row.status) for row in house.rows(models.Enrollment)]


def chain(house: House) -> list[str]:
    """Return the names of the steps of the version in force."""
    with house.database.read() as session:
        row = session.scalars(select(models.Campaign).where(models.Campaign.name == "welcome")).one()
        version = session.get_one(models.CampaignVersion, row.version_id)
        return [each.get("email") or each["wait"] for each in version.definition["steps"]]


# -- what comes back -----------------------------------------------------------------------------------


def test_before_the_first_apply_there_is_nothing_to_go_back_to(small: House) -> None:
    with pytest.raises(InputError, match="nothing to undo: before the first apply there was nothing"):
        undo(small)
    with small.database.write() as session:
        session.execute(delete(models.Application))  # applied by a program that kept no record
    with pytest.raises(InputError, match="nothing to undo: no apply is on record"):
        undo(small)


def test_the_content_of_before_comes_back_as_a_version_of_its_own(house: House) -> None:
    before = chain(house)
    house.write(
        welcome=steps("first, 1 day, third", priority="33"), funnel=FUNNEL.replace("points: 20", "points: 9")
    )
    put(house)
    assert chain(house) == ["first", "1 day", "third"]
    done = undo(house)
    assert (done["welcome"].what, done["welcome"].version) == ("changed", 3)
    assert (done["funnel"].what, done["funnel"].version) == ("changed", 3)
    assert done["team"].what == "unchanged"
    assert chain(house) == before
    assert house.rows(models.Campaign)[0].priority == 20
    assert len(house.rows(models.CampaignVersion)) == 3
    first, _, third = house.rows(models.CampaignVersion)
    assert (first.definition, first.templates) == (third.definition, third.templates)


def test_the_files_then_differ_and_can_be_applied_again(house: House) -> None:
    house.write(welcome=steps("first, 1 day, third"))
    put(house)
    assert plan(house).is_empty
    undo(house)
    assert welcome(plan(house)).to_version == 4
    put(house)
    assert chain(house) == ["first", "1 day", "third"]
    undo(house)
    assert chain(house) == ["first", "2 days", "second", "2 days", "third"]


def test_each_further_undo_takes_back_one_more_until_the_first(house: House) -> None:
    for days in (5, 6, 7):
        house.write(welcome=steps(f"first, {days} days, second"))
        put(house)
    assert [chain(house)[1] for _ in range(3) if undo(house)] == ["6 days", "5 days", "2 days"]
    with pytest.raises(InputError, match="nothing to undo"):
        undo(house)
    with house.database.read() as session:
        found = applying.history(session)
    assert [(each.kind, each.undone) for each in found] == [("undo", False)] * 3 + [("apply", True)] * 3 + [
        ("apply", False)
    ]


def test_an_apply_that_changed_nothing_is_none_to_undo(small: House) -> None:
    small.write(welcome=steps("first"))
    put(small)
    put(small)
    undo(small)
    assert chain(small)[-1] == "third"


def test_a_campaign_that_was_new_is_entered_no_more_and_can_be_applied_again(house: House) -> None:
    house.write(
        other=steps("extra, 3 days, third", priority="90").replace("campaign: welcome", "campaign: other")
    )
    put(house)
    house.lead()
    house.tick()
    assert planned_undo(house).campaigns[0].what == "withdrawn"
    assert undo(house)["other"] == Change("campaign", "other", "withdrawn", 0)
    other = house.rows(models.Campaign, name="other")[0]
    assert (other.status, other.version_id) == (CampaignStatus.FINISHED, None)
    house.lead()
    house.later(days=5)
    names = [row.campaign_id for row in house.rows(models.Enrollment)]
    assert names == [other.id, 1, 1]  # who was in it finishes, and then both are free for the other one
    assert [row.step for row in house.rows(models.Message, campaign_id=other.id)] == ["extra", "third"]
    done = put(house)["other"]
    assert (done.what, done.version) == ("new", 2)
    assert house.rows(models.Campaign, name="other")[0].status == CampaignStatus.RUNNING


def test_a_dry_run_writes_nothing_and_says_what_undo_then_does(house: House) -> None:
    three_under_way(house)
    house.write(welcome=steps("first, 2 days, third"))
    put(house, "move")
    before = whole(house)
    found = planned_undo(house)
    assert whole(house) == before
    assert stands(found) == [
        "1 email first v2 > email first v1",
        "1 wait 2 days, after first v2 > wait 2 days, after first v1",
        "1 email third v2 > wait 2 days, after second v1",
    ]
    assert undo(house)["welcome"].moved == welcome(found).people.moving == 3


# -- leads in flight -----------------------------------------------------------------------------------


def test_who_was_moved_goes_back_where_it_stood(house: House) -> None:
    three_under_way(house)
    before = places(house)
    house.write(welcome=steps("extra, 1 day, third"))
    put(house, "move")
    assert places(house) != before
    undo(house)
    assert places(house) == before
    house.later(days=8)
    assert [row.step for row in house.rows(models.Message)].count("extra") == 0
    assert {row.status for row in house.rows(models.Enrollment)} == {EnrollmentStatus.FINISHED}
    assert len(house.mails_to_leads()) == 9


def test_a_mail_that_was_dropped_is_queued_again(house: House) -> None:
    with workers_away(house):
        house.lead()
        house.tick()
    house.write(welcome=steps("extra, 1 day, third"))
    assert put(house, "move")["welcome"].dropped == 1
    assert house.rows(models.Message)[0].status == MessageStatus.SKIPPED
    undo(house)
    mail = house.rows(models.Message)[0]
    assert (mail.status, mail.reason, mail.due_at) == (MessageStatus.QUEUED, None, house.now)
    house.later(days=6)
    sent = [(row.step, row.status) for row in house.rows(models.Message)]
    assert sent == [(name, MessageStatus.ACCEPTED) for name in ("first", "second", "third")]


def test_a_mail_that_was_renamed_in_the_queue_gets_its_name_back(house: House) -> None:
    with workers_away(house):
        house.lead()
        house.tick()
    house.write(welcome=steps("first=hello, 1 day, third"))
    put(house, "move")
    assert house.rows(models.Message)[0].step == "hello"
    undo(house)
    assert house.rows(models.Message)[0].step == "first"
    house.later(days=6)
    assert [row.step for row in house.rows(models.Message)] == ["first", "second", "third"]


def test_who_has_gone_on_since_goes_by_the_rule(house: House) -> None:
    three_under_way(house)
    house.write(welcome=steps("first, 2 days, extra, 9 days, second, 2 days, third"))
    put(house, "move")
    house.later(days=2, hours=2)
    before = {row.id: row.step for row in house.rows(models.Message)}
    assert "extra" in before.values()
    assert stands(planned_undo(house)) == [
        "1 email extra v2 > email second v3",
        "1 wait 9 days, after extra v2 > email second v3",
    ]
    undo(house)
    house.later(days=9)
    found = Counter((row.lead_id, row.step) for row in house.rows(models.Message))
    assert set(found.values()) == {1}
    assert {row.status for row in house.rows(models.Enrollment)} == {EnrollmentStatus.FINISHED}


@pytest.mark.parametrize(("rule", "expected"), [(None, 2), ("keep", 2), ("move", 3)])
def test_who_entered_meanwhile_follows_the_rule(house: House, rule: Rule, expected: int) -> None:
    house.write(welcome=steps("first, 4 days, extra"))
    put(house)
    house.lead()
    house.later(hours=2)
    undo(house, rule)
    assert [row.version_id for row in house.rows(models.Enrollment)] == [expected]


def test_a_move_alone_can_be_undone(house: House) -> None:
    three_under_way(house)
    before = places(house)
    house.write(welcome=steps("first, 9 days, third"))
    put(house)
    put(house, "move")
    assert {place[0] for place in places(house)} == {2}
    undo(house)
    assert places(house) == before
    assert chain(house) == ["first", "9 days", "third"]
    undo(house)
    assert len(chain(house)) == 5


def test_a_move_of_leads_that_are_gone_is_undone_with_nothing_to_take_back(house: House) -> None:
    three_under_way(house)
    house.write(welcome=steps("first, 9 days, third"))
    put(house)
    put(house, "move")
    house.later(days=30)
    undo(house)
    assert chain(house) == ["first", "9 days", "third"]
    undo(house)
    assert len(chain(house)) == 5


def test_who_is_out_of_the_campaign_stays_out(house: House) -> None:
    three_under_way(house)
    house.write(welcome=steps("first"))
    put(house, "move")
    house.later(hours=3)
    assert {row.status for row in house.rows(models.Enrollment)} == {EnrollmentStatus.FINISHED}
    assert undo(house)["welcome"].moved == 0
    house.later(days=6)
    assert len(house.rows(models.Message)) == 4


def test_where_each_lead_went_is_on_record(small: House) -> None:
    three_under_way(small)
    small.write(welcome=steps("first, 2 days, third"))
    put(small, "move")
    undo(small)
    there, back = moves(small)[:3], moves(small)[3:]
    assert [(row.from_version_id, row.from_node, row.to_node) for row in there] == [
        (1, 3, 2), (1, 1, 1), (1, 0, 0)
    ]  # fmt: skip
    assert [(row.to_version_id, row.to_node, row.from_node) for row in back] == [
        (1, 3, 2), (1, 1, 1), (1, 0, 0)
    ]  # fmt: skip


# -- two at once ---------------------------------------------------------------------------------------


def test_two_applies_at_once_make_one_version_and_move_each_lead_once(house: House) -> None:
    three_under_way(house)
    house.write(welcome=steps("first, 2 days, third"))
    loaded = workspace.load(house.folder)
    found: list[int] = []

    def apply() -> None:
        with house.database.write() as session:
            changes = applying.apply(session, loaded, house.now, in_flight="move")
        found.append(sum(change.moved for change in changes))

    threads = [threading.Thread(target=apply) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [0, 3]
    assert len(house.rows(models.CampaignVersion)) == 2


# -- what is not queued again ---------------------------------------------------------------------------


def test_a_dropped_mail_that_the_lead_is_past_is_not_queued_again(small: House) -> None:
    small.write(welcome=steps("first, second, 2 days, third, 9 days"))
    put(small)
    with workers_away(small):
        small.lead()
        small.tick()
        small.later(minutes=5)
        small.write(welcome=steps("second, 2 days, third, 9 days"))
        put(small, "move")
    small.later(days=4)
    undo(small, "move")
    small.later(days=12)
    assert [row.step for row in small.rows(models.Message, status="accepted")] == ["second", "third"]


def test_a_dropped_mail_that_was_given_as_another_step_meanwhile_is_not_queued_again(small: House) -> None:
    small.write(welcome=steps("first=a, 2 days, second=z"))
    put(small)
    with workers_away(small):
        small.lead()
        small.tick()
        small.later(minutes=5)
        small.write(welcome=steps("2 days, second=z"))
        put(small, "move")
        small.later(minutes=5)
        small.write(welcome=steps("1 hours, first=c, 20 days, second=z"))
        put(small, "move")
    small.later(hours=30)
    undo(small, "move")
    small.later(minutes=5)
    undo(small, "move")
    small.later(days=9)
    sent = [row.template for row in small.rows(models.Message, status="accepted")]
    assert sent == ["first", "second"]


def test_a_new_campaign_that_was_paused_and_undone_lets_its_leads_finish_when_it_is_resumed(
    house: House,
) -> None:
    house.write(
        other=steps("first, 2 days, second", priority="40").replace("campaign: welcome", "campaign: other")
    )
    put(house)
    house.lead()
    house.later(hours=2)
    with house.database.write() as session:
        campaigns.pause(session, "other")
    undo(house)
    with house.database.write() as session:
        campaigns.resume(session, "other", house.now)
    house.later(days=4)
    assert house.rows(models.Enrollment)[0].status == EnrollmentStatus.FINISHED
    row = next(each for each in house.rows(models.Campaign) if each.name == "other")
    assert (row.status, row.version_id) == (CampaignStatus.FINISHED, None)


def test_an_undo_that_waits_for_an_apply_undoes_that_one(
    postgresql: Database, tmp_path: Path, now: datetime
) -> None:
    house = house_of(postgresql, tmp_path, now)
    house.write(welcome=steps("first, 3 days, second"))
    put(house)
    house.write(welcome=steps("first, 4 days, second"))
    with house.database.write() as session:
        applying.apply(session, workspace.load(house.folder), house.now)
        other = threading.Thread(target=undo, args=(house,))
        other.start()
        other.join(0.5)  # it waits for this transaction
        assert other.is_alive()
    other.join()
    assert chain(house) == ["first", "3 days", "second"]


# -- whatever is done, in whatever order ---------------------------------------------------------------

CHAINS = (
    "first, 2 days, second, 2 days, third",
    "first, 2 days, third",
    "extra, 1 day, first, 1 day, second",
    "second, 3 days, first",
    "third",
    "first=hello, 2 days, second=again, 1 day, third",
    "first, 1 day, second=again",
)
acts = st.one_of(
    st.tuples(st.just("apply"), st.sampled_from(CHAINS), st.sampled_from(["keep", "move"])),
    st.tuples(st.just("undo"), st.just(""), st.sampled_from([None, "keep", "move"])),
    st.tuples(st.just("wait"), st.sampled_from(["1", "26", "50"]), st.none()),
    st.tuples(st.just("queue"), st.just(""), st.none()),
)


@given(done=st.lists(acts, max_size=8))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_applied_and_undone_nobody_gets_a_mail_twice(
    sqlite_template: Path,
    tmp_path_factory: pytest.TempPathFactory,
    now: datetime,
    done: list[tuple[str, str, Rule]],
) -> None:
    folder = tmp_path_factory.mktemp("house")
    (folder / "outreach.db").write_bytes(sqlite_template.read_bytes())
    database = db.connect(f"sqlite:///{folder / 'outreach.db'}")
    try:
        house = house_of(database, folder, now)
        house.lead()
        for act, what, rule in done:
            play(house, act, what, rule)
        pass_time(house, 12 * 24)
        got = Counter((row.lead_id, row.template) for row in house.rows(models.Message, status="accepted"))
        assert set(got.values()) <= {1}, "a mail went twice"
        assert len(house.mails_to_leads()) == sum(got.values())
        assert {row.status for row in house.rows(models.Enrollment)} == {EnrollmentStatus.FINISHED}
        assert not [row for row in house.rows(models.Message) if row.outcome_at is None]
    finally:
        database.close()


def play(house: House, act: str, what: str, rule: Rule) -> None:
    match act:
        case "apply":
            house.write(welcome=steps(what))
            put(house, rule)
        case "undo":
            with house.database.read() as session:
                applied = sum(1 if each.kind == "apply" else -1 for each in applying.history(session))
            if applied > 1:
                undo(house, rule)
        case "wait":
            pass_time(house, int(what))
        case "queue":
            with workers_away(house):
                house.lead()
                house.tick()


def pass_time(house: House, hours: int) -> None:
    """Turn the clock on with a tick every six hours: steps are days apart."""
    until = house.now + timedelta(hours=hours)
    while house.now < until:
        house.clock.turn_to(min(house.now + timedelta(hours=6), until))
        house.tick()
