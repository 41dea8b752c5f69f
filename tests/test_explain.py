"""What explain says of leads, mails and campaigns: a line for each situation, on both databases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from house import FUNNEL, SENDERS, House
from moments import play

from outreach import campaigns, explain, models
from outreach.channels import Answer, Outcome
from outreach.db import Database
from outreach.domain.words import Kind, Verdict
from outreach.errors import Deferred, NotFound, Rejected, Uncertain

DANA = "dana@example.com"
PRICING = """
campaign: pricing
audience: {stage: [suspect, mql], where: 'lead.country == "HU" and visited("/pricing") and lead.score >= 15'}
priority: 10
window: {holidays: none}
senders: [ben]
steps:
  - email: second
    variants: {subject: [One text, Another text], measure: replied}
"""
ONCE = PRICING.replace("campaign: pricing", "campaign: launch").replace(
    "priority: 10", "priority: 30\nenter: once"
)
BY_EVENT = (
    "campaign: webinar\naudience: {stage: suspect}\nenter: {event: registered, subject: june}\npriority: 50\n"
    "window: {holidays: none}\nsenders: [ben]\nsteps:\n  - email: second\n"
)


def build(database: Database, tmp_path: Path, now: datetime) -> House:
    built = House(database, tmp_path / "workspace", now)
    built.write(
        pricing=PRICING,
        funnel=FUNNEL.replace(
            "- {event: attended", "- {event: visited, link: /pricing, points: 15}\n    - {event: attended"
        ),
    )
    built.apply()
    return built


@pytest.fixture
def house(sqlite: Database, tmp_path: Path, now: datetime) -> House:
    return build(sqlite, tmp_path, now)


@pytest.fixture
def everywhere(database: Database, tmp_path: Path, now: datetime) -> House:
    """A house on each kind of database: for what is counted in SQL."""
    return build(database, tmp_path, now)


def said(house: House, email: str = DANA, at: datetime | None = None) -> str:
    with house.database.read() as session:
        return "\n".join(explain.lines(explain.explain(session, email, house.now, at)))


# -- leads -----------------------------------------------------------------------------------------


def _clicks(house: House, lead_id: int) -> None:
    house.event(lead_id, Kind.CLICKED, subject="first", detail="https://example.com/a")


def _promoted(house: House, lead_id: int) -> None:
    house.event(lead_id, Kind.ATTENDED, subject="june")


def _another_rank(house: House, lead_id: int) -> None:
    house.event(lead_id, Kind.VISITED, subject="https://example.com/pricing")
    with house.database.write() as session:
        session.get_one(models.Lead, lead_id).country = "HU"


def _paused(house: House, lead_id: int) -> None:
    with house.database.write() as session:
        campaigns.pause(session, "welcome")


def _by_event(house: House, lead_id: int) -> None:
    house.write(webinar=BY_EVENT)
    house.apply()


def _states(house: House, lead_id: int) -> None:
    house.event(lead_id, Kind.STATED, data={"purchase_time": "in 6 months"})


SITUATIONS: list[tuple[str, Callable[[House, int], object], list[str]]] = [
    (
        "at first",
        lambda house, lead_id: None,
        [
            "stage: suspect since Mon 02 Mar 2026 11:00",
            "    false: lead.score >= 40 (lead.score is 0), needs 40.0 more points",
            "    would apply now with one attendance (+40.0 points), or 2 clicks (+40.0 points), "
            "or 3 visits to /pricing (+45.0 points)",
            '    false: lead.country == "HU" (lead.country is "DE")',
            '    false: visited("/pricing") (it did not happen)',
            "    false: lead.score >= 15 (lead.score is 0), needs 15.0 more points",
            "  Wed 04 Mar 2026 11:00  step 2 of welcome, then second  (wait 2 days)",
            "    unless bounced, complained, meeting booked, replied, unsubscribed, or it is no suspect any more",
        ],
    ),
    (
        "after a click",
        _clicks,
        [
            "score: 20.0",
            "    clicked first https://example.com/a +20 on 02 Mar 2026 (now 20.0)",
            "    decays under 15 on Sat 14 Mar 2026 22:11 if nothing happens",
            "    false: lead.score >= 40 (lead.score is 20), needs 20.0 more points",
            "    would apply now with one attendance (+40.0 points), or one more click (+20.0 points), "
            "or 2 visits to /pricing (+30.0 points)",
        ],
    ),
    (
        "promoted",
        _promoted,
        [
            "stage: mql since Mon 02 Mar 2026 11:00",
            "  from suspect: clear interest (rule moves[0])",
            "    lead.score >= 40 (lead.score is 40)",
            "  Mon 02 Mar 2026 11:00  welcome  finished: goal_reached on Mon 02 Mar 2026 11:00",
            "  welcome: it is for suspect, and this is a mql",
            "    not before Wed 01 Apr 2026 11:00: so long it has to be in the stage",
            "    applies by itself on Fri 01 May 2026 12:32 if nothing happens",
            "  Fri 01 May 2026 12:32  becomes suspect  (interest faded (moves[3]))",
            "  when something happens  no mail  (in no campaign, see not in)",
        ],
    ),
    (
        "of the audience of another one",
        _another_rank,
        ["  pricing: is in welcome (priority 20, this has 10), and a person is in one campaign at a time"],
    ),
    ("paused", _paused, ["  when something happens  nothing  (welcome is paused)",
                         "    unless somebody resumes it: outreach campaign resume welcome"]),
    ("by an event", _by_event, ["  webinar: is entered when registered june happens"]),
    (
        "stated a plan",
        _states,
        [
            "temperature: cold",
            "  means to buy by 02 Sep 2026",
            "  Thu 02 Jul 2026 02:00  temperature becomes warm  (means to buy by 02 Sep 2026)",
            "    unless it states another time",
            "  Wed 19 Aug 2026 02:00  becomes sql  (wants to buy (moves[1]))",
        ],
    ),
    (
        "replied",
        lambda house, lead_id: house.event(lead_id, Kind.REPLIED, subject="first"),
        [
            "  replied on 02 Mar 2026: left to a person; outreach lead resume ends that",
            "  Mon 02 Mar 2026 11:00  welcome  stopped: replied on Mon 02 Mar 2026 11:00",
            "  welcome: was in it from 02 Mar 2026, and nobody enters it twice",
        ],
    ),
    (
        "wants to meet",
        lambda house, lead_id: house.event(lead_id, Kind.SUBMITTED, detail="meeting"),
        ["stage: sql since Mon 02 Mar 2026 11:00", "    unless rita answers before",
         "  Mon 02 Mar 2026 15:00  goes to another rep  (not answered in time)"],
    ),
    (
        "a machine clicked",
        lambda house, lead_id: house.event(lead_id, Kind.CLICKED, subject="first", verdict=Verdict.MACHINE),
        ["score: 0.0", "  Mon 02 Mar 2026 11:00  clicked [machine]  first"],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("act", "expected"), [each[1:] for each in SITUATIONS], ids=[each[0] for each in SITUATIONS]
)
def test_a_lead_is_explained(house: House, act: Callable[[House, int], object], expected: list[str]) -> None:
    lead_id = house.lead(email=DANA)
    house.tick()
    act(house, lead_id)
    house.tick()
    found = said(house)
    assert [line for line in expected if line not in found.splitlines()] == [], found


def test_a_condition_says_part_by_part_what_is_true_and_what_is_not(house: House) -> None:
    lead_id = house.lead(email=DANA, country="HU")
    house.event(lead_id, Kind.VISITED, subject="https://example.com/pricing")
    play(house, house.now + timedelta(days=10))
    with house.database.read() as session:
        explained = explain.explain(session, DANA, house.now)
    pricing = next(each for each in explained.not_in if each.campaign == "pricing")
    assert [(part.holds, part.found, part.needs) for part in pricing.parts] == [
        (True, "", ""),
        (True, "visited https://example.com/pricing", ""),
        (False, "lead.score is 11.91", "3.1 more points"),
    ]


def test_the_told_minute_of_a_move_by_fading_is_the_minute_of_the_engine(house: House) -> None:
    lead_id = house.lead(email=DANA)
    house.event(lead_id, Kind.ATTENDED, subject="june")
    house.event(lead_id, Kind.CLICKED, subject="first")
    play(house, house.now + timedelta(days=3))
    with house.database.read() as session:
        explained = explain.explain(session, DANA, house.now)
    [faded] = [move for move in explained.moves if move.to == "suspect"]
    assert faded.by_itself_at is not None
    play(house, faded.by_itself_at - timedelta(minutes=1))
    assert house.get(lead_id).stage == "mql"
    play(house, faded.by_itself_at)
    lead = house.get(lead_id)
    assert (lead.stage, lead.stage_at) == ("suspect", faded.by_itself_at)


def test_the_told_way_makes_it_so_in_the_engine(house: House) -> None:
    lead_id = house.lead(email=DANA)
    house.event(lead_id, Kind.CLICKED, subject="first")
    play(house, house.now + timedelta(days=3))
    with house.database.read() as session:
        explained = explain.explain(session, DANA, house.now)
    way = next(way for way in explained.moves[0].ways if way.kind == "visited")
    assert way.times == 2
    house.event(lead_id, Kind.VISITED, subject="https://example.com/pricing?a=1")
    assert house.get(lead_id).stage == "suspect"
    house.event(lead_id, Kind.VISITED, subject="https://example.com/pricing?a=2")
    assert house.get(lead_id).stage == "mql"


def test_to_explain_changes_nothing(house: House) -> None:
    house.lead(email=DANA)
    house.tick()
    before = _rows(house)
    for at in (None, house.now + timedelta(days=40)):
        said(house, at=at)
    house.clock.turn_to(house.now + timedelta(hours=1))
    said(house, at=house.now - timedelta(minutes=30))
    assert _rows(house) == before


def _rows(house: House) -> list[object]:
    tables = (models.Lead, models.Enrollment, models.Message, models.Event)
    return [
        {column.key: getattr(row, column.key) for column in table.__table__.columns}
        for table in tables
        for row in house.rows(table)
    ]


def test_nobody_of_that_address_is_said(house: House) -> None:
    with house.database.read() as session, pytest.raises(NotFound, match="no lead has the address"):
        explain.explain(session, "nobody@example.com", house.now)


# -- mails -----------------------------------------------------------------------------------------


def story(house: House, message_id: int, at: datetime | None = None) -> str:
    with house.database.read() as session:
        return "\n".join(explain.message_lines(explain.explain_message(session, message_id, house.now, at)))


OUTCOMES: list[tuple[Outcome, list[str]]] = [
    (Answer(250, "2.0.0", "OK"), ["status: accepted", "  claimed once, tried once",
                                  "  never: each step of an enrollment is given to a server at most once"]),
    (Deferred("try later", 451), ["status: queued", "  put off by the mail server, attempt 1: try later",
                                  "  it has not been given to a server yet"]),
    (Uncertain("lost"), ["status: unknown", "  Mon 02 Mar 2026 11:00  unknown  lost",
                         "  never by itself: nobody can know whether the server has it. Look for its Message-ID in the "
                         "log of the mail server, then: outreach message resolve 1 --sent (or --not-sent)"]),
    (Rejected("no such user", 550, "5.1.1"), ["status: refused", "  never: the server refused the address"]),
    (Rejected("too big", 552, "5.3.4", blames="content"),
     ["  not by itself: the server surely refused it, so a person may have it tried again: outreach retry"]),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "expected"), OUTCOMES)
def test_the_life_of_a_mail_is_told(house: House, answer: Outcome, expected: list[str]) -> None:
    house.answers = lambda to: answer
    house.lead(email=DANA)
    house.tick()
    found = story(house, 1)
    assert found.startswith(
        "message 1: first to dana@example.com\n  campaign welcome version 1, step first, sender anna"
    )
    assert [line for line in expected if line not in found.splitlines()] == [], found


def test_what_came_back_of_a_mail_is_told_with_its_verdict_and_rule(house: House) -> None:
    lead_id = house.lead(email=DANA)
    house.tick()
    house.event(
        lead_id,
        Kind.OPENED,
        subject="first",
        message_id=1,
        verdict=Verdict.PROXY,
        data={"rule": "apple_proxy"},
    )
    house.event(lead_id, Kind.CLICKED, subject="first", detail="https://example.com/a", message_id=1)
    found = story(house, 1)
    assert "  Mon 02 Mar 2026 11:00  opened [proxy]  first (rule apple_proxy)" in found
    assert "  Mon 02 Mar 2026 11:00  clicked  first https://example.com/a" in found


def test_the_variant_of_a_mail_is_told_and_how_it_came_to_be(house: House) -> None:
    lead_id = house.lead(email=DANA, country="HU", stage="mql")
    house.event(lead_id, Kind.VISITED, subject="https://example.com/pricing")
    house.tick()
    [message] = house.rows(models.Message)
    found = story(house, message.id)
    text = ("One text", "Another text")[message.variant]
    assert f'subject {message.variant + 1} of 2, "{text}": drawn by a hash' in found
    assert message.subject == text


def test_a_mail_is_told_as_it_stood_then(house: House) -> None:
    house.write(senders=SENDERS.replace("per_day: 1000}", "per_day: 1}", 1))
    house.apply()
    house.lead(email="first@example.com")
    house.lead(email=DANA)
    play(house, house.now + timedelta(hours=1))
    [message] = house.rows(models.Message, status="queued")
    then = house.now
    play(house, house.now + timedelta(days=1))
    assert "status: accepted" in story(house, message.id)
    found = story(house, message.id, then)
    assert (
        "status: queued\n  held: sender anna has sent 1 of 1 today\n  next slot Tue 03 Mar 2026 09:00"
        in found
    )
    with pytest.raises(NotFound, match=f"no message {message.id} yet; it was queued"):
        story(house, message.id, message.queued_at - timedelta(minutes=1))


def test_no_such_mail_is_said(house: House) -> None:
    with pytest.raises(NotFound, match="there is no message 77; see: outreach message list"):
        story(house, 77)


# -- campaigns -------------------------------------------------------------------------------------


def campaign(house: House, name: str = "welcome", at: datetime | None = None) -> explain.CampaignStory:
    with house.database.read() as session:
        return explain.explain_campaign(session, name, house.now, at)


def test_a_campaign_says_who_stands_where_and_why_the_others_are_not_in_it(everywhere: House) -> None:
    everywhere.write(launch=ONCE)
    everywhere.apply()
    for number in range(4):
        everywhere.lead(email=f"a{number}@example.com")
    everywhere.lead(email="mql@example.com", stage="mql")
    gone = everywhere.lead(email="gone@example.com")
    everywhere.tick()
    everywhere.event(gone, Kind.UNSUBSCRIBED)
    everywhere.tick()
    everywhere.lead(email="new@example.com")
    found = campaign(everywhere)
    assert found.by_status == {"active": 4, "stopped": 1}
    assert found.ended_by == {"stopped: unsubscribed": 1}
    assert [(step.step, step.count) for step in found.steps] == [("2", 4)]
    assert found.held == {"wait 2 days": 4}
    assert (found.would_enter, found.next_to_enter) == (1, ("new@example.com",))
    assert found.not_in == {"is in it": 4, "was in it": 1, "wrong stage: mql": 1}
    launch = campaign(everywhere, "launch")
    where = 'lead.country == "HU" and visited("/pricing") and lead.score >= 15'
    assert launch.not_in == {f"not true: {where}": 7}


def test_who_is_outranked_suppressed_or_replied_is_counted_so(everywhere: House) -> None:
    everywhere.write(other=BY_EVENT.replace("webinar", "other").replace("priority: 50", "priority: 5"))
    everywhere.apply()
    everywhere.lead(email="in@example.com")
    replied, out = everywhere.lead(email="replied@example.com"), everywhere.lead(email="out@example.com")
    everywhere.tick()
    everywhere.event(replied, Kind.REPLIED)
    everywhere.event(out, Kind.UNSUBSCRIBED)
    everywhere.tick()
    assert campaign(everywhere, "other").not_in == {
        "outranked: is in welcome": 1,
        "replied, and is left to a person": 1,
        "suppressed": 1,
    }


def test_a_campaign_says_when_the_queue_of_its_sender_is_empty(everywhere: House) -> None:
    everywhere.write(senders=SENDERS.replace("per_day: 1000}", "per_day: 2}", 1))
    everywhere.apply()
    for number in range(9):
        everywhere.lead(email=f"a{number}@example.com")
    everywhere.tick()
    [load] = campaign(everywhere).senders
    assert (load.sent_today, load.limit_today, load.queued, load.week_limit) == (2, 2, 7, 10)
    # Two each on Tuesday, Wednesday and Thursday, the last one on Friday.
    assert load.empty_at == datetime.fromisoformat("2026-03-06T17:00+01:00")
    play(everywhere, load.empty_at)
    assert len(everywhere.rows(models.Message, status="accepted", step="first")) == 9


def test_a_campaign_is_explained_as_it_was_then(everywhere: House) -> None:
    for number in range(3):
        everywhere.lead(email=f"a{number}@example.com")
    everywhere.tick()
    then, now = campaign(everywhere), everywhere.now
    play(everywhere, everywhere.now + timedelta(days=10))
    again = campaign(everywhere, at=now)
    assert campaign(everywhere).by_status == {"finished": 3}
    assert (again.by_status, again.entered, again.version) == (then.by_status, then.entered, then.version)
    assert again.senders[0].sent_today == then.senders[0].sent_today == 3
    assert again.not_known
    with pytest.raises(NotFound, match="was not applied yet"):
        campaign(everywhere, at=now - timedelta(days=30))


def test_a_campaign_that_is_not_there_is_said_with_those_that_are(everywhere: House) -> None:
    with pytest.raises(NotFound, match="there is no campaign 'hello'; there are: pricing, welcome"):
        campaign(everywhere, "hello")


def test_all_of_a_campaign_has_a_line(everywhere: House) -> None:
    everywhere.lead(email=DANA)
    everywhere.tick()
    lines = explain.campaign_lines(campaign(everywhere))
    assert lines[0] == "welcome: running, version 1, priority 20"
    assert "  anna: 1 of 1,000 sent today" in lines
    assert "        1  2 (wait)" in lines
