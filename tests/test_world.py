"""The simulator's own promises: the same story each time, in parts or at once, and a backlog that costs nothing."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from benchmarks import simulations
from both_ways import Behaviour

from outreach.applied import InForce
from outreach.domain import leads
from outreach.domain.campaign import Campaign
from outreach.domain.funnel import compile_funnel
from outreach.domain.policies import Policies
from outreach.domain.sequence import compile_program
from outreach.domain.words import Kind, Stage, Temperature
from outreach.simulation.lots import Post
from outreach.simulation.people import Mail, Person
from outreach.simulation.story import Did, Ended, Entered, HandedOff, Moved, Reaction, Record, Sent, Skipped
from outreach.simulation.world import Running, World

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)  # a Monday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

FUNNEL = {
    "scoring": {"points": [{"event": "clicked", "points": 30}]},
    "moves": [
        {"from": "suspect", "to": "mql", "if": "lead.score >= 30", "because": "clear interest"},
        {"from": ["suspect", "mql"], "to": "sql", "if": 'intent("meeting")', "because": "wants to talk"},
    ],
    "lost": {"reasons": {"price": {"after": "5 days", "to": "mql"}}},
    "rejected": {"reasons": {"too_early": {"after": "2 days", "to": "mql"}}},
}
TEAM = {
    "reps": [{"name": name, "full_name": name, "email": f"{name}@example.org"} for name in ("rita", "ron")],
    "answer_within": "4 hours",
    "hours": {"days": "mon-sun", "hours": "00:00-24:00", "timezone": "UTC", "holidays": "none"},
}
ALWAYS = {"days": "mon-sun", "hours": "00:00-24:00", "timezone": "UTC", "holidays": "none"}
STEPS = [{"email": "one"}, {"wait": "1 day"}, {"email": "two"}]


def in_force(**sender: Any) -> InForce:
    senders = {
        "organisation": {"name": "Example Ltd", "postal_address": "1 High Street, London"},
        "senders": [{"name": "anna", "full_name": "Anna", "address": "anna@example.com", **sender}],
    }
    policies = Policies.model_validate({"funnel": FUNNEL, "team": TEAM, "senders": senders})
    return InForce(policies, compile_funnel(policies.funnel), {}, {})


def running(number: int = 1, **fields: Any) -> Running:
    plain = {"audience": {"stage": "suspect"}, "window": ALWAYS, "senders": ["anna"], "steps": STEPS}
    campaign = Campaign.model_validate({"campaign": f"c{number}", **plain, **fields})
    program = compile_program(campaign, leads.schema({}))
    return Running(number, campaign.name, campaign.priority, number, program, campaign.enter == "once")


def person(number: int, **values: Any) -> Person:
    given = {"source": "webinar", "consent": "express", **values}
    return Person.new(number, f"p{number}@example.com", given, {}, NOW)


class Play:
    """A world, and what it told."""

    def __init__(
        self, people: Iterable[Person], *campaigns: Running, behaviour: Any = None, rules: InForce | None = None,
        batch: int = 200,
    ) -> None:  # fmt: skip
        self.told: list[Record] = []
        given = campaigns or (running(),)
        self.world = World(rules or in_force(), given, people, NOW, behaviour, self.told.append, batch=batch)

    def run(self, **time: float) -> Play:
        self.world.run(NOW + timedelta(**time))
        return self

    def of(self, kind: type[Any]) -> list[Any]:
        return [each for each in self.told if isinstance(each, kind)]


def test_people_go_through_their_campaign() -> None:
    play = Play([person(1)]).run(days=3)
    assert [type(each) for each in play.told] == [Entered, Sent, Sent, Ended]
    assert [(mail.at, mail.step) for mail in play.of(Sent)] == [(NOW, "one"), (NOW + DAY, "two")]
    assert play.of(Ended)[0].reason == "completed"


def test_the_time_until_which_it_is_played_is_played_too() -> None:
    play = Play([person(1)]).run(days=1)
    assert len(play.of(Sent)) == 2
    assert play.world.state.now == NOW + DAY


def test_without_people_nothing_happens() -> None:
    assert Play([]).run(days=30).told == []


def test_what_is_scheduled_happens_and_is_followed() -> None:
    play = Play([person(1)])
    play.world.schedule(NOW + HOUR, 1, Kind.CLICKED, "one", "https://example.com")
    play.run(days=3)
    assert play.of(Did) == [Did(NOW + HOUR, 1, Kind.CLICKED, "one", "https://example.com")]
    assert play.of(Moved) == [Moved(NOW + HOUR, 1, "suspect", "mql", "clear interest")]
    assert [mail.step for mail in play.of(Sent)] == ["one"]


def test_what_happens_to_nobody_we_know_is_passed_over() -> None:
    play = Play([person(1)])
    play.world.schedule(NOW + HOUR, 77, Kind.CLICKED)
    play.world.schedule(NOW + HOUR, 1, Kind.STAGE_CHANGED)  # ours: nobody does that
    assert not play.run(days=1).of(Did)


def test_a_lead_moved_by_hand_leaves_what_it_is_no_longer_fit_for() -> None:
    play = Play([person(1)])
    play.world.schedule_move(NOW + HOUR, 1, Stage.DISCARDED, "a friend")
    play.run(days=3)
    assert play.of(Moved) == [Moved(NOW + HOUR, 1, "suspect", "discarded", "a friend")]
    assert [(each.status, each.reason) for each in play.of(Ended)] == [("stopped", "left_audience")]


@pytest.mark.parametrize(
    ("answers", "stages"),
    [
        ([], ["sql"]),
        ([("handoff_accepted", 1, "")], ["sql", "opportunity"]),
        ([("handoff_rejected", 1, "too_early")], ["sql", "lost", "mql"]),
        ([("handoff_accepted", 1, ""), ("deal_won", 30, "")], ["sql", "opportunity", "customer"]),
        (
            [("handoff_accepted", 1, ""), ("deal_lost", 30, "price")],
            ["sql", "opportunity", "lost", "mql"],
        ),
        ([("deal_won", 30, "")], ["sql"]),  # no deal was open
        ([("handoff_accepted", 9, "")], ["sql"]),  # it had gone to somebody else by then
    ],
)
def test_reps_answer_hand_offs(answers: list[tuple[str, int, str]], stages: list[str]) -> None:
    def behaviour(told: Any, _: Person) -> Iterable[Reaction]:
        if isinstance(told, Sent):
            return [Reaction(told.at + HOUR, Kind.REPLIED, "one", "meeting", {"intent": "meeting"})]
        return [
            Reaction(told.at + hours * HOUR, Kind(kind), "", reason)
            for kind, hours, reason in answers
            if told.rep == "rita"
        ]

    play = Play([person(1)], behaviour=behaviour).run(days=20)
    assert [each.after for each in play.of(Moved)] == stages
    assert play.of(HandedOff)[0][:3] == (NOW + HOUR, 1, "rita")


def test_a_hand_off_that_nobody_answers_goes_to_the_next_and_stays_with_the_last() -> None:
    play = Play([person(1)])
    play.world.schedule(NOW + HOUR, 1, Kind.REPLIED, "one", "meeting", {"intent": "meeting"})
    handed = play.run(days=9).of(HandedOff)
    assert [(each.at, each.rep, each.handoff_id) for each in handed] == [
        (NOW + HOUR, "rita", 1), (NOW + 5 * HOUR, "ron", 2),
    ]  # fmt: skip


def test_who_opted_out_gets_nothing_more() -> None:
    play = Play([person(1)])
    play.world.schedule(NOW + HOUR, 1, Kind.UNSUBSCRIBED, "one")
    play.run(days=40)
    assert len(play.of(Sent)) == 1
    assert play.world.state.people[1].suppressed == ("unsubscribed", None)


def test_a_mail_waits_while_somebody_is_away() -> None:
    back = (NOW + 5 * DAY).date()
    play = Play([person(1)])
    play.world.schedule(NOW + HOUR, 1, Kind.AUTO_REPLIED, "one", "", {"resume_on": back.isoformat()})
    mails = play.run(days=9).of(Sent)
    assert [mail.at.date() for mail in mails] == [NOW.date(), back]


def test_who_is_away_while_a_mail_waits_gets_it_once_it_is_back() -> None:
    play = Play([person(1), person(2)], running(steps=[{"email": "one"}]), rules=in_force(per_day=1))
    back = NOW.date() + 4 * DAY
    play.world.schedule(NOW + HOUR, 2, Kind.AUTO_REPLIED, "x", "", {"resume_on": back.isoformat()})
    mails = play.run(days=9).of(Sent)
    assert [(mail.lead_id, mail.at.date()) for mail in mails] == [(1, NOW.date()), (2, back)]


# -- limits ----------------------------------------------------------------------------------------


def crowd(count: int) -> list[Person]:
    zones = ("Europe/Berlin", "America/New_York", "Asia/Tokyo", "Europe/London", None)
    return [person(number, timezone=zones[number % 5]) for number in range(1, count + 1)]


OFFICE = {"days": "mon-fri", "hours": "09:00-17:00", "holidays": "none"}


def test_the_oldest_mails_go_first() -> None:
    play = Play([person(number) for number in range(1, 10)], rules=in_force(per_day=2)).run(days=20)
    firsts = [mail for mail in play.of(Sent) if mail.step == "one"]
    assert [mail.lead_id for mail in firsts] == sorted(mail.lead_id for mail in firsts)
    assert max(Counter(mail.at.date() for mail in play.of(Sent)).values()) == 2


def test_a_backlog_is_touched_for_what_is_sent_and_not_for_what_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counted: Counter[str] = Counter()
    put = Post.put

    def counting(post: Post, mail: Mail, due_at: datetime) -> None:
        counted["put"] += 1
        put(post, mail, due_at)

    monkeypatch.setattr(Post, "put", counting)
    play = Play(crowd(3000), running(window=OFFICE), rules=in_force(per_day=5)).run(days=60)
    sent = len(play.of(Sent))
    assert 200 < sent < 300
    assert counted["put"] <= 3000 + sent


def test_with_a_gap_and_a_backlog_one_mail_goes_at_each_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = in_force(per_day=40, gap="10 minutes")
    play = Play(crowd(1500), running(window=OFFICE), rules=rules, batch=20).run(days=21)
    days = Counter(mail.at.date() for mail in play.of(Sent))
    assert set(days.values()) == {40}
    times = sorted(mail.at for mail in play.of(Sent))
    assert min(later - at for at, later in itertools.pairwise(times)) == timedelta(minutes=10)


def test_spaced_out_one_by_one_or_not_as_many_mails_go_on_each_day() -> None:
    rules = in_force(per_day=30, gap="7 minutes")

    def by_day(batch: int) -> Counter[date]:
        play = Play(crowd(300), running(window=OFFICE), rules=rules, batch=batch).run(days=30)
        return Counter(mail.at.date() for mail in play.of(Sent))

    exact, quick = by_day(1000), by_day(1)
    assert exact.keys() == quick.keys()
    assert all(abs(exact[day] - quick[day]) <= 3 for day in exact)


def test_what_came_too_late_is_left_out() -> None:
    steps = [{"email": "one", "stale_after": "2 days"}]
    play = Play([person(number) for number in range(1, 10)], running(steps=steps), rules=in_force(per_day=2))
    play.run(days=9)
    assert len(play.of(Sent)) == 6
    assert {each.reason for each in play.of(Skipped)} == {"stale"}


# -- the same story --------------------------------------------------------------------------------


def story() -> str:
    """Return all that is told of a crowd with a seed."""
    nurture = running(2, audience={"stage": "mql"}, priority=60, window=OFFICE)
    rules = in_force(per_day=40, gap="3 minutes")
    play = Play(crowd(120), running(window=OFFICE), nurture, behaviour=Behaviour(3, NOW), rules=rules)
    return "\n".join(map(repr, play.run(days=30).told))


def test_the_same_seed_tells_the_same_story_to_the_byte() -> None:
    """Whatever order Python gives to sets in a process."""
    code = "import test_world; print(test_world.story())"
    told = {
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
        ).stdout
        for seed in ("0",)
    }  # fmt: skip
    assert told == {f"{story()}\n".encode()}
    assert story().count("Sent(") > 100


@pytest.mark.parametrize("case", sorted(simulations.CASES))
def test_the_cases_that_are_measured_can_be_played(case: str) -> None:
    found = simulations.play(case, 200, 9)
    assert found["told"]["Sent"] > 100


def test_a_new_person_is_as_an_import_leaves_it() -> None:
    one = person(1, country="DE", stage="mql")
    assert (one.stage, one.stage_at, one.score, one.temperature) == (Stage.MQL, NOW, 0.0, Temperature.COLD)
    assert (one.due_at, one.match_at, one.created_at) == (NOW, NOW, NOW)
    assert (one.country, one.owner, one.live, one.pasts) == ("DE", None, None, [])
