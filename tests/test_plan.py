"""A plan says what applying does to whom, and applying does just that: to leads that are really under way."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import factories
import pytest
from house import FUNNEL, SENDERS, TEMPLATES, House
from sqlalchemy import func, select, update

from outreach import apply as applying
from outreach import campaigns, delivery, enrollments, models, planning, workspace
from outreach.apply import Change
from outreach.db import Database
from outreach.domain.campaign import InFlight
from outreach.domain.words import EnrollmentStatus, Kind, MessageStatus, Stage
from outreach.errors import InputError
from outreach.planning import edition, text
from outreach.planning import plan as plans
from outreach.planning.plan import CampaignPlan, Plan

Rule = InFlight | None


@pytest.fixture
def house(database: Database, tmp_path: Path, now: datetime) -> House:
    return house_of(database, tmp_path, now)


@pytest.fixture
def small(sqlite: Database, tmp_path: Path, now: datetime) -> House:
    """A house on SQLite: for what the kind of database says nothing to."""
    return house_of(sqlite, tmp_path, now)


def house_of(database: Database, folder: Path, now: datetime) -> House:
    house = House(database, folder, now)
    house.write(welcome=steps())
    template(house, "third", "---\nsubject: At last\n---\nGood bye.\n")
    template(house, "extra", "---\nsubject: One more\n---\nMore.\n")
    house.apply()
    return house


def template(house: House, name: str, content: str, ending: str = ".md") -> None:
    (house.folder / "templates" / f"{name}{ending}").write_text(content, encoding="utf-8")


def steps(chain: str = "", **head: str) -> str:
    """Return the campaign of the house with other steps, and with other fields at its head."""
    chain = chain or "first, 2 days, second, 2 days, third"
    written = "campaign: welcome\ngoal: mql\naudience: {stage: suspect}\npriority: 20\n"
    written += "window: {holidays: none}\nsenders: [anna]\n"
    for key, value in head.items():
        old = next((line for line in written.splitlines() if line.startswith(f"{key}:")), None)
        written = written.replace(old, f"{key}: {value}") if old else f"{written}{key}: {value}\n"
    lines = []
    for part in chain.split(", "):
        name, _, mark = part.partition("=")
        lines.append(f"  - wait: {part}" if part[0].isdigit() else f"  - email: {name}")
        lines += [f"    id: {mark}"] if mark else []
    return written + "steps:\n" + "\n".join(lines) + "\n"


def plan(house: House, rule: Rule = None) -> Plan:
    with house.database.read() as session:
        return planning.make(
            session, planning.Wanted(edition.of_files(workspace.load(house.folder)), rule), house.now
        )


def put(house: House, rule: Rule = None, planned: Plan | None = None, **more: Any) -> dict[str, Change]:
    with house.database.write() as session:
        changes = applying.apply(
            session, workspace.load(house.folder), house.now, in_flight=rule, planned=planned, **more
        )
    return {change.name: change for change in changes}


def moves(house: House) -> list[models.MovedEnrollment]:
    moved = models.MovedEnrollment
    with house.database.read() as session:
        return list(session.scalars(select(moved).order_by(moved.application_id, moved.enrollment_id)))


def welcome(found: Plan) -> CampaignPlan:
    return next(each for each in found.campaigns if each.name == "welcome")


def stands(found: Plan) -> list[str]:
    return [
        f"{each.leads} {each.at} v{each.version}" + (f" > {each.to} v{each.to_version}" if each.to else "")
        for each in welcome(found).people.stands
    ]


def counts(found: tuple[plans.Count, ...]) -> list[str]:
    return [f"{each.count} {each.what}" for each in found]


def printed(found: Plan) -> str:
    return "\n".join(line for _, line in text.lines(found))


def whole(house: House) -> dict[str, list[Any]]:
    """Return every row of every table, but for the heartbeat."""
    with house.database.read() as session:
        return {
            name: sorted(map(repr, session.execute(select(table))))
            for name, table in models.Base.metadata.tables.items()
        }


# -- what changes --------------------------------------------------------------------------------------


def test_nothing_changed_is_no_change(house: House) -> None:
    house.write(welcome="# a comment\n" + steps())
    found = plan(house)
    assert found.is_empty
    assert printed(found) == "no changes: what is in force is what stands in the files"


def test_a_plan_writes_nothing(house: House) -> None:
    for _ in range(3):
        house.lead()
    house.later(hours=3)
    house.write(
        welcome=steps("first, third", priority="30"), funnel=FUNNEL.replace("points: 20", "points: 50")
    )
    before = whole(house)
    plan(house, "move")
    assert whole(house) == before


def test_other_tests_are_no_new_version(small: House) -> None:
    small.write(welcome=steps(tests="[{expect: {mails: [first, second, third]}}]"))
    assert plan(small).is_empty
    assert put(small)["welcome"].what == "unchanged"


def test_a_version_stored_by_an_older_program_is_the_same_as_the_file(small: House) -> None:
    with small.database.write() as session:
        row = session.scalars(select(models.CampaignVersion)).one()
        row.definition = {key: value for key, value in row.definition.items() if key != "in_flight"} | {
            "tests": [{"whatever": 1}]
        }
        row.digest = "0" * 64
    assert plan(small).is_empty


def test_a_changed_campaign_is_shown_field_by_field_and_step_by_step(small: House) -> None:
    small.write(welcome=steps("first, 3 days, third, extra", priority="30", senders="[anna, ben]"))
    template(small, "first", TEMPLATES["first.md"].replace("Hello,", "Good day,"))
    found = plan(small)
    one = welcome(found)
    assert (one.what, one.version, one.to_version, one.in_flight) == ("changed", 1, 2, "keep")
    assert [(each.mark, each.path, each.before, each.after) for each in one.differences] == [
        ("~", "priority", "20", "30"),
        ("+", "senders[2]", "", "ben"),
    ]
    assert [(each.mark, each.step, each.notes) for each in one.steps] == [
        (" ", "email first", ()),
        ("~", "wait 3 days", ("wait: 2 days → 3 days",)),
        ("-", "email second", ()),
        ("-", "wait 2 days", ()),
        (" ", "email third", ()),
        ("+", "email extra", ()),
    ]
    assert [(each.file, each.campaigns) for each in found.templates] == [
        ("extra.md", ("welcome",)), ("first.md", ("welcome",)), ("second.md", ("welcome",)),
    ]  # fmt: skip
    assert "-Hello, [read this](https://example.com/a)." in found.templates[1].diff
    assert "+Good day, [read this](https://example.com/a)." in found.templates[1].diff


def test_a_long_condition_is_shown_whole_before_and_after(small: House) -> None:
    country = " or ".join(f'lead.country == "{code}"' for code in ("DE", "AT", "CH", "HU", "FR"))
    audience = "{{stage: suspect, where: '{} and not replied()'}}"
    small.write(welcome=steps(audience=audience.format(country)))
    put(small)
    small.write(welcome=steps(audience=audience.format(country.replace("FR", "IT"))))
    shown = printed(plan(small)).splitlines()
    at = shown.index("    ~ audience.where:")
    assert shown[at + 1].endswith(
        '- lead.country == "DE"' + country[len('lead.country == "DE"') :] + " and not replied()"
    )
    assert 'lead.country == "IT" and not replied()' in shown[at + 2]


def test_a_layout_that_all_campaigns_share_is_shown_once(small: House) -> None:
    small.write(other=steps("third").replace("campaign: welcome", "campaign: other"))
    put(small)
    template(small, "layout", TEMPLATES["layout.html"].replace("Unsubscribe<", "Leave us<"), ".html")
    found = plan(small)
    assert [(each.file, each.campaigns) for each in found.templates] == [
        ("layout.html", ("other", "welcome"))
    ]
    assert [each.what for each in found.campaigns] == ["changed", "changed"]


def test_changed_policies_are_shown_field_by_field_with_whom_it_concerns(house: House) -> None:
    house.lead()
    house.tick()
    house.write(senders=SENDERS.replace("name: anna", "name: berta"), welcome=steps(senders="[ben]"))
    found = plan(house)
    senders = next(each for each in found.policies if each.kind == "senders")
    assert [f"{each.mark} {each.path}" for each in senders.differences] == [
        "- senders[anna]",
        "+ senders[berta]",
    ]
    assert senders.notes == (
        "1 leads in flight have anna: their mails wait until there is such a sender again",
    )


def test_a_campaign_that_is_not_in_the_files_is_told_and_stays(small: House) -> None:
    (small.folder / "campaigns" / "welcome.yaml").unlink()
    found = plan(small)
    assert found.is_empty and found.absent == ("welcome",)
    assert "welcome is not in the files; it goes on as it is" in printed(found)


def test_without_a_database_everything_is_new(small: House) -> None:
    wanted = planning.Wanted(edition.of_files(workspace.load(small.folder)))
    found = planning.make(None, wanted, small.now)
    assert {each.what for each in found.campaigns} | {each.what for each in found.policies} == {"new"}
    assert (found.instance, found.base) == ("", {})
    assert printed(found).startswith("nothing is applied yet: everything is new\n")


# -- people --------------------------------------------------------------------------------------------


def three_under_way(house: House) -> list[int]:
    """Three leads: one waits after the second mail, one after the first, and the first mail of one is queued."""
    ids = []
    for days in (2, 1):
        ids.append(house.lead())
        house.later(days=days)
    with workers_away(house):
        ids.append(house.lead())
        house.tick()
    return ids


@contextmanager
def workers_away(house: House) -> Iterator[None]:
    """Let mails wait in the queue."""
    engine, house.engine = house.engine, replace(house.engine, deliver=lambda ids: None)
    yield
    house.engine = engine


MIXED = [
    "1 email first v1",
    "1 wait 2 days, after first v1",
    "1 wait 2 days, after second v1",
]


def test_leads_stay_on_their_version_where_nothing_else_is_said(house: House) -> None:
    three_under_way(house)
    house.write(welcome=steps("first, 1 day, third, extra"))
    found = plan(house)
    assert stands(found) == MIXED
    assert counts(welcome(found).people.never) == ["3 email extra: they finish on version 1"]
    before = [(row.version_id, row.node, row.due_at) for row in house.rows(models.Enrollment)]
    assert put(house)["welcome"] == Change("campaign", "welcome", "changed", 2)
    assert [(row.version_id, row.node, row.due_at) for row in house.rows(models.Enrollment)] == before
    assert moves(house) == []


def test_leads_move_by_the_names_of_steps_and_lose_nothing_they_had(house: House) -> None:
    ids = three_under_way(house)
    house.write(welcome=steps("first, 2 days, third, extra", in_flight="move"))
    found = plan(house)
    assert stands(found) == [
        "1 email first v1 > email first v2",
        "1 wait 2 days, after first v1 > wait 2 days, after first v2",
        "1 wait 2 days, after second v1 > email third v2",
    ]
    assert counts(welcome(found).people.never) == ["2 email second: removed"]
    since = [row.node_at for row in house.rows(models.Enrollment)]
    assert put(house)["welcome"].moved == 3
    rows = house.rows(models.Enrollment)
    assert [row.node_at for row in rows] == since
    assert {row.due_at for row in rows} == {house.now}
    house.later(days=6)
    sent = {lead: [row.step for row in house.rows(models.Message, lead_id=lead)] for lead in ids}
    assert list(sent.values()) == [
        ["first", "second", "third", "extra"], ["first", "third", "extra"], ["first", "third", "extra"]
    ]  # fmt: skip
    assert {row.status for row in house.rows(models.Message)} == {MessageStatus.ACCEPTED}
    assert {row.status for row in house.rows(models.Enrollment)} == {EnrollmentStatus.FINISHED}
    notes = [row.detail for row in house.rows(models.Event, kind=Kind.NOTE)]
    assert "welcome: moved from version 1 (wait 2 days, after second) to 2 (email third)" in notes


def test_applying_twice_moves_nobody_again(house: House) -> None:
    three_under_way(house)
    house.write(welcome=steps("first, 2 days, third", in_flight="move"))
    put(house)
    before = whole(house)
    assert {change.what for change in put(house).values()} == {"unchanged"}
    assert {change.what for change in put(house, "move").values()} == {"unchanged"}
    assert whole(house) == before


def test_with_move_those_on_older_versions_of_a_campaign_that_did_not_change_move_too(house: House) -> None:
    three_under_way(house)
    house.write(welcome=steps("first, 2 days, third"))
    put(house)
    assert plan(house).is_empty
    found = plan(house, "move")
    assert (welcome(found).what, welcome(found).people.moving) == ("unchanged", 3)
    assert put(house, "move")["welcome"] == Change("campaign", "welcome", "unchanged", 2, moved=3)
    assert plan(house, "move").is_empty


def test_a_queued_mail_whose_step_is_gone_is_dropped_and_the_others_follow(house: House) -> None:
    with workers_away(house):
        house.lead()
        house.tick()
    with house.database.write() as session:
        there = session.scalars(select(models.Enrollment)).one()
        factories.message(session, there, step="second", template="second", queued_at=house.now)
    house.write(welcome=steps("first, 1 day, third"))
    found = plan(house, "move")
    assert counts(welcome(found).people.queued) == [
        "1 first: sent as version 2 says", "1 second: dropped, as its step is gone",
    ]  # fmt: skip
    assert welcome(found).people.dropped == 1
    assert put(house, "move")["welcome"].dropped == 1
    second = house.rows(models.Message, step="second")[0]
    assert (second.status, second.reason) == (MessageStatus.SKIPPED, "step gone from the campaign")
    first = house.rows(models.Message, step="first")[0]
    assert first.status == MessageStatus.QUEUED
    assert first.version_id == house.rows(models.Enrollment)[0].version_id == 2


def test_a_mail_with_another_name_is_not_sent_again(house: House) -> None:
    """Accepted already, but the lead still stands there: the next look would come by it once more."""
    with workers_away(house):
        lead = house.lead()
        house.tick()
    delivery.deliver(house.post, [row.id for row in house.rows(models.Message)])
    house.write(welcome=steps("first=hello, 2 days, second"))
    found = plan(house, "move")
    assert stands(found) == ["1 email first v1 > email first (hello) v2"]
    assert welcome(found).people.twice == ()
    put(house, "move")
    house.later(days=5)
    assert [(row.step, row.status, row.reason) for row in house.rows(models.Message, lead_id=lead)] == [
        ("first", MessageStatus.ACCEPTED, None),
        ("hello", MessageStatus.SKIPPED, "sent before as first"),
        ("second", MessageStatus.ACCEPTED, None),
    ]
    assert len(house.mails_to_leads()) == 2


def test_a_queued_mail_with_another_name_goes_under_that_name(house: House) -> None:
    with workers_away(house):
        house.lead()
        house.tick()
    house.write(welcome=steps("first=hello, 2 days, second"))
    put(house, "move")
    house.later(days=5)
    assert [(row.step, row.status) for row in house.rows(models.Message)] == [
        ("hello", MessageStatus.ACCEPTED), ("second", MessageStatus.ACCEPTED)
    ]  # fmt: skip


def test_a_queued_mail_whose_step_sends_something_else_now_sends_that(house: House) -> None:
    house.write(welcome=steps("first=hello, 2 days, second"))
    put(house)
    with workers_away(house):
        house.lead()
        house.tick()
    house.write(welcome=steps("extra=hello, 2 days, second"))
    put(house, "move")
    house.later(hours=2)
    assert [(row.step, row.template, row.status) for row in house.rows(models.Message)] == [
        ("hello", "extra", MessageStatus.ACCEPTED)
    ]
    assert [mail["Subject"] for mail in house.mails_to_leads()] == ["One more"]


def test_who_is_moved_while_the_campaign_is_paused_goes_on_when_it_is_resumed(house: House) -> None:
    three_under_way(house)
    with house.database.write() as session:
        campaigns.pause(session, "welcome")
    house.write(welcome=steps("first, 2 days, extra"))
    assert put(house, "move")["welcome"].moved == 3
    house.later(days=3)
    assert {row.status for row in house.rows(models.Enrollment)} == {EnrollmentStatus.PAUSED}
    assert len(house.mails_to_leads()) == 3
    with house.database.write() as session:
        campaigns.resume(session, "welcome", house.now)
    house.later(days=5)
    assert {row.status for row in house.rows(models.Enrollment)} == {EnrollmentStatus.FINISHED}
    assert [row.template for row in house.rows(models.Message)].count("extra") == 2  # one was past it


def test_a_step_that_sends_what_they_got_already_is_told_before_it_does(house: House) -> None:
    three_under_way(house)
    house.write(welcome=steps("first, 2 days, second, 2 days, third, 1 day, first=again"))
    assert counts(welcome(plan(house)).people.twice) == []
    assert counts(welcome(plan(house, "move")).people.twice) == [
        "2 email first (again): they got first already"
    ]


def test_a_mail_that_was_put_before_where_they_stand_is_told(house: House) -> None:
    three_under_way(house)
    house.write(welcome=steps("first, extra, 2 days, second, 2 days, third"))
    assert counts(welcome(plan(house, "move")).people.never) == [
        "2 email extra: added before where they stand"
    ]


def test_who_has_no_mail_yet_begins_with_the_new_first_step(house: House) -> None:
    house.clock.turn_to(house.now.replace(hour=22))  # the window is closed: nothing is queued
    house.lead()
    house.tick()
    house.write(welcome=steps("extra, 1 day, first"))
    assert stands(plan(house, "move")) == ["1 email first v1 > email extra v2"]
    put(house, "move")
    house.later(days=4)
    assert [row.step for row in house.rows(models.Message)] == ["extra", "first"]


def test_who_would_enter_and_whom_they_leave_for_it(house: House) -> None:
    three_under_way(house)
    for stage in (Stage.MQL, Stage.MQL, Stage.CUSTOMER):
        house.lead(stage=stage)
    house.tick()
    both = steps("extra", audience="{stage: [suspect, mql]}", goal="sql", priority="70")
    house.write(other=both.replace("campaign: welcome", "campaign: other"))
    found = plan(house)
    other = next(each for each in found.campaigns if each.name == "other")
    assert (other.what, other.people.enters) == ("new", 5)
    assert counts(other.people.outranked) == ["3 welcome"]
    put(house)
    with workers_away(house):
        house.tick()
    assert [row.status for row in house.rows(models.Enrollment, campaign_id=2)] == [
        EnrollmentStatus.ACTIVE
    ] * 5
    reasons = [row.reason for row in house.rows(models.Enrollment, campaign_id=1)]
    assert reasons == ["outranked:other"] * 3


def test_a_lead_that_two_new_campaigns_want_is_counted_where_it_enters(house: House) -> None:
    three_under_way(house)
    for name, priority in (("low", "30"), ("high", "40")):
        house.write(
            **{name: steps("extra", priority=priority).replace("campaign: welcome", f"campaign: {name}")}
        )
    found = {each.name: each.people.enters for each in plan(house).campaigns}
    assert found == {"low": 0, "high": 3}
    put(house)
    with workers_away(house):
        house.tick()
    assert [row.campaign_id for row in house.rows(models.Enrollment)[3:]] == [2, 2, 2]
    assert house.rows(models.Campaign, id=2)[0].name == "high"


@pytest.mark.parametrize(
    ("enter", "paused", "expected"),
    [
        ("when_matching", False, "2 leads enter at the next tick"),
        ("once", False, "2 leads enter when it is applied"),
        ("{event: attended, subject: june}", False, "leads enter when attended happens (june)"),
        ("when_matching", True, "no lead enters now; paused: nobody enters before it is resumed"),
    ],
)
def test_how_leads_enter_is_told(small: House, enter: str, paused: bool, expected: str) -> None:
    for _ in range(2):
        small.lead(stage=Stage.MQL)
    if paused:
        with small.database.write() as session:
            campaigns.pause(session, "welcome")
    small.write(welcome=steps(audience="{stage: mql}", goal="sql", enter=enter))
    assert expected in printed(plan(small))


def test_who_leaves_by_another_audience_or_by_what_now_ends_it(house: House) -> None:
    ids = three_under_way(house)
    house.event(ids[0], Kind.CLICKED, subject="first")
    with house.database.write() as session:
        session.get_one(models.Lead, ids[1]).country = "HU"
    stop = "[replied, unsubscribed, bounced, meeting_booked, clicked]"
    house.write(welcome=steps(audience="{stage: suspect, where: lead.country == 'HU'}", stop_on=stop))
    found = welcome(plan(house, "move")).people
    assert counts(found.leave) == ["1 clicked, which now ends it"]
    assert found.notes == (
        "2 who are in it do not fit the new condition; they stay: it is asked at the entry",
    )
    put(house, "move")
    house.tick()
    assert [row.reason for row in house.rows(models.Enrollment, status=EnrollmentStatus.STOPPED)] == [
        "clicked"
    ]


def test_who_is_in_a_stage_that_is_not_meant_any_more_leaves(house: House) -> None:
    three_under_way(house)
    house.write(welcome=steps(audience="{stage: mql}", goal="sql"))
    assert counts(welcome(plan(house, "move")).people.leave) == [
        "3 suspect, who are not in the audience any more"
    ]
    assert counts(welcome(plan(house)).people.leave) == []


def test_who_enters_and_got_the_mail_elsewhere_is_told(house: House) -> None:
    three_under_way(house)
    house.write(other=steps("first", priority="60").replace("campaign: welcome", "campaign: other"))
    other = next(each for each in plan(house).campaigns if each.name == "other")
    assert counts(other.people.twice) == ["2 first: they enter, and got it in another campaign"]


# -- tasks and notes: what has the place of a step without a name --------------------------------------


def test_a_task_at_the_place_of_another_is_opened_all_the_same(house: House) -> None:
    task = "  - task: {kind: %s, to: rita, text: notes/call}\n"
    house.write(welcome=steps("first, 9 days") + task % "early" + "  - email: second\n")
    put(house)
    house.write(welcome=steps("first") + task % "call" + "  - wait: 2 days\n  - email: second\n")
    put(house)
    house.lead()
    house.later(hours=2)
    assert [(row.step, row.kind) for row in house.rows(models.Task)] == [("2", "call")]
    house.write(welcome=steps("first") + "  - wait: 2 days\n" + task % "post" + "  - email: third\n")
    put(house, "move")
    house.later(days=4)
    assert [(row.step, row.kind) for row in house.rows(models.Task)] == [("2@3", "call"), ("3", "post")]


# -- the funnel ----------------------------------------------------------------------------------------


def test_another_funnel_says_whose_score_and_stage_it_would_change(house: House) -> None:
    ids = three_under_way(house)
    for lead in ids[:2]:
        house.event(lead, Kind.CLICKED, subject="first")
    house.tick()
    house.write(funnel=FUNNEL.replace("clicked, points: 20", "clicked, points: 45"))
    found = plan(house).funnel
    assert found is not None
    assert (found.leads, found.looked_at, found.higher, found.lower) == (3, 3, 2, 0)
    assert counts(found.moves) == ["2 suspect to mql"]
    put(house)
    house.tick()
    assert [house.get(lead).stage for lead in ids] == [Stage.MQL, Stage.MQL, Stage.SUSPECT]


def test_a_stricter_funnel_says_who_would_not_move_any_more(house: House) -> None:
    lead = house.lead()
    with house.database.write() as session:
        factories.event(session, session.get_one(models.Lead, lead), Kind.ATTENDED, at=house.now)
    house.write(funnel=FUNNEL.replace("attended, points: 40", "attended, points: 4"))
    found = plan(house).funnel
    assert found is not None
    assert (found.lower, counts(found.moves), counts(found.unmoved)) == (1, [], ["1 suspect to mql"])


def test_of_many_leads_a_sample_is_looked_at_and_that_is_said(
    small: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outreach.planning.funnel_effect.MOST_LEADS", 3)
    for _ in range(7):
        small.lead()
    small.write(funnel=FUNNEL.replace("points: 20", "points: 50"))
    assert "reckoned on a sample of 2 of 7 leads" in printed(plan(small))


# -- a plan in a file ----------------------------------------------------------------------------------


def saved(house: House, rule: Rule = None) -> Path:
    path = house.folder / "plan.json"
    plans.write(plan(house, rule), path)
    return path


def test_a_plan_that_is_read_back_is_the_same_and_is_what_apply_does(house: House) -> None:
    three_under_way(house)
    house.write(welcome=steps("first, 1 day, third"))
    made = plan(house, "move")
    path = house.folder / "plan.json"
    plans.write(made, path)
    assert plans.read(path) == made
    assert put(house, planned=plans.read(path))["welcome"].moved == made.campaigns[0].people.moving == 3
    assert [f"{row.from_node} > {row.to_node}" for row in moves(house)] == [
        "3 > 2", "1 > 1", "0 > 0",
    ]  # fmt: skip


def edit(house: House) -> None:
    house.write(welcome=steps("first, third"))


def other_version(house: House) -> None:
    house.write(welcome=steps("first"))
    put(house)
    house.write(welcome=steps("first, 1 day, third"))


def policies(house: House) -> None:
    house.write(funnel=FUNNEL.replace("points: 20", "points: 21"))


def one_more(house: House) -> None:
    with workers_away(house):
        house.lead()
        house.tick()


def next_step(house: House) -> None:
    house.later(days=2)


@pytest.mark.parametrize(
    ("meanwhile", "line"),
    [
        (edit, "campaign welcome: the files say something else than the plan"),
        (other_version, "campaign welcome: version 1 was in force, now 2 is"),
        (policies, "funnel: the files say something else than the plan"),
        (one_more, "welcome: from email first (version 1) to email first: 1 when planned, 2 now"),
        (next_step, "welcome: from email first (version 1) to email first: 1 when planned, 0 now"),
    ],
)
def test_a_plan_that_does_not_hold_any_more_is_refused_and_says_why(
    house: House, meanwhile: Callable[[House], None], line: str
) -> None:
    three_under_way(house)
    house.write(welcome=steps("first, 1 day, third"))
    planned = plans.read(saved(house, "move"))
    meanwhile(house)
    before = whole(house)
    with pytest.raises(InputError) as refused:
        put(house, planned=planned)
    assert line in str(refused.value).splitlines()
    assert whole(house) == before


def test_other_numbers_can_be_accepted_and_another_version_can_not(small: House) -> None:
    three_under_way(small)
    small.write(welcome=steps("first, 1 day, third"))
    planned = plans.read(saved(small, "move"))
    one_more(small)
    assert put(small, planned=planned, drift=True)["welcome"].moved == 4
    with pytest.raises(InputError, match="version 1 was in force, now 2 is"):
        put(small, planned=planned, drift=True)


def test_numbers_do_not_matter_where_leads_stay(small: House) -> None:
    three_under_way(small)
    small.write(welcome=steps("first, 1 day, third"))
    planned = plans.read(saved(small))
    next_step(small)
    assert put(small, planned=planned)["welcome"].what == "changed"


def test_a_plan_of_another_database_is_refused(small: House) -> None:
    small.write(welcome=steps("first"))
    planned = plans.read(saved(small))
    with small.database.write() as session:
        session.scalars(select(models.Instance)).one().name = "another"
    with pytest.raises(InputError, match="the plan is of another database"):
        put(small, planned=planned)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is no plan; make one with: outreach plan --out FILE"),
        (b"campaign: welcome", "is no plan"),
        (b"[]", "is no plan"),
        (b"\xff\xfe", "is no plan"),
        (b'{"format": 1}', "is no plan"),
        (b"[" * 100_000, "is no plan"),
        (b'{"format": 99, "outreach": "9.0"}', "is a plan of outreach 9.0, and this is"),
    ],
)
def test_a_file_that_is_no_plan_is_refused_in_one_line(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "plan.json"
    path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        plans.read(path)
    assert says in str(refused.value) and "\n" not in str(refused.value)


def test_a_plan_of_this_version_with_something_missing_is_no_plan(small: House) -> None:
    path = saved(small)
    content = json.loads(path.read_text())
    del content["campaigns"]
    path.write_text(json.dumps(content))
    with pytest.raises(InputError, match="is no plan"):
        plans.read(path)


def test_a_plan_that_can_not_be_read_or_written_says_why(small: House, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can not be read"):
        plans.read(tmp_path / "none.json")
    with pytest.raises(InputError, match="can not be written"):
        plans.write(plan(small), tmp_path / "none" / "plan.json")


# -- many ----------------------------------------------------------------------------------------------


def test_what_moving_costs_does_not_grow_with_the_leads(small: House) -> None:
    from sqlalchemy import event

    def statements(leads: int) -> int:
        with small.database.write() as session:
            there = session.scalars(
                select(models.CampaignVersion).order_by(models.CampaignVersion.id.desc())
            ).first()
            assert there is not None
            for _ in range(leads):
                factories.enrollment(session, factories.lead(session), there, node=1)
        seen: list[str] = []

        def on_execute(*args: object) -> None:
            seen.append(str(args[2]))

        event.listen(small.database.engine, "before_cursor_execute", on_execute)
        put(small, "move")
        event.remove(small.database.engine, "before_cursor_execute", on_execute)
        return len(seen)

    small.write(welcome=steps("first, 1 day, third"))
    few = statements(2)
    small.write(welcome=steps("first, 2 days, third"))
    assert statements(200) <= few
    assert small.rows(models.Enrollment)[-1].version_id == 3
    with small.database.read() as session:
        assert session.scalar(select(func.count()).select_from(models.MovedEnrollment)) == 204


# -- nobody gets the same mail twice, whatever steps are called ----------------------------------------


def edited(house: House, chain: str) -> None:
    house.later(minutes=5)
    house.write(welcome=steps(chain))
    put(house, "move")


@pytest.mark.parametrize(
    "edits",
    [
        ["first=b, 2 days, second=z", "2 days, second=z, 1 day, first=b"],
        ["2 days, second=z, 1 day, first=b", "2 days, second=z, 1 day, first=c"],
        ["second=a, 2 days, first=z"],
        ["2 days, second=z", "1 day, first=z"],
    ],
    ids=["renamed, then placed elsewhere", "passed by, then renamed", "templates swapped", "gone, then back"],
)
def test_a_template_that_a_lead_got_is_not_sent_as_another_step(small: House, edits: list[str]) -> None:
    small.write(welcome=steps("first=a, 2 days, second=z"))
    put(small)
    small.lead()
    small.later(hours=2)
    for chain in edits:
        edited(small, chain)
    small.later(days=6)
    assert [row.template for row in small.rows(models.Message, status="accepted")].count("first") == 1
    assert [row.reason for row in small.rows(models.Message, status="skipped")] == ["sent before as a"]


def test_a_template_that_came_to_a_step_of_the_same_name_is_told(small: House) -> None:
    small.write(welcome=steps("first=a, 2 days, second=z"))
    put(small)
    small.lead()
    small.later(hours=2)
    small.write(welcome=steps("second=a, 2 days, first=z"))
    people = welcome(plan(small, "move")).people
    assert people.twice == ()
    assert counts(people.never) == [
        "1 email first (z): not a second time first, which they got as another step"
    ]


def test_a_queued_mail_that_becomes_one_which_was_sent_is_skipped(small: House) -> None:
    small.write(welcome=steps("first=a, 2 days, second=z"))
    put(small)
    small.lead()
    small.later(hours=2)
    with workers_away(small):
        small.later(days=3)
        edited(small, "second=a, 2 days, first=z")
    assert [(row.step, row.status, row.reason) for row in small.rows(models.Message)] == [
        ("a", MessageStatus.ACCEPTED, None),
        ("z", MessageStatus.SKIPPED, "sent before as a"),
    ]


def test_a_new_step_may_have_the_name_that_a_queued_mail_had(small: House) -> None:
    small.write(welcome=steps("first=a, 2 days, second=z"))
    put(small)
    with workers_away(small):
        small.lead()
        small.tick()
        edited(small, "first=b, 2 days, second=z")
        edited(small, "first=b, 2 days, third=a")
    small.lead()
    small.later(days=4)
    assert [row.step for row in small.rows(models.Message, status="accepted")] == ["b", "b", "a", "a"]


def test_a_renamed_mail_takes_its_name_from_one_that_is_done_with(small: House) -> None:
    small.write(welcome=steps("first=b, 2 days, second=z"))
    put(small)
    with workers_away(small):
        small.lead()
        small.tick()
        edited(small, "1 day, second=z")
        edited(small, "1 day, first=c, 1 day, second=z")
        small.later(days=2)
        edited(small, "1 day, first=b, 1 day, second=z")
    rows = [(row.step, row.status) for row in small.rows(models.Message)]
    assert rows == [("b@1", MessageStatus.SKIPPED), ("b", MessageStatus.QUEUED)]


def test_what_a_worker_has_keeps_its_text(small: House) -> None:
    small.write(welcome=steps("first=a, 2 days, second=z"))
    put(small)
    with workers_away(small):
        small.lead()
        small.tick()
        with small.database.write() as session:
            session.execute(
                update(models.Message).values(status="transmitting", due_at=None, lease_until=small.now)
            )
        small.write(welcome=steps("extra=a, 2 days, second=z"))
        put(small, "move")
    [row] = small.rows(models.Message)
    assert (row.step, row.template, row.status) == ("a", "first", "transmitting")
    assert row.version_id != small.rows(models.Enrollment)[0].version_id


def test_a_mail_that_the_database_refuses_sets_only_its_own_lead_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    with workers_away(house):
        first = house.lead()
        house.tick()
        taken = house.rows(models.Message)[0].rfc_message_id
        others = [house.lead(), house.lead()]
        real = enrollments.message_id
        unlucky = first + 1
        monkeypatch.setattr(
            enrollments,
            "message_id",
            lambda salt, id, *more: taken if id == unlucky else real(salt, id, *more),
        )
        house.tick()
    assert len(house.rows(models.Message)) == len(others)
    reasons = [row.reason for row in house.rows(models.Enrollment)]
    assert sorted(reasons) == ["can not be advanced: IntegrityError", "mail queued", "mail queued"]
