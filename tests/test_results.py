"""What is made of a simulation's records: counted here by hand, and by `Results`."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.durations import Duration
from outreach.domain.policies import Ramp, Rep, Sender, Team
from outreach.domain.words import Kind, Stage
from outreach.simulation.bands import Band, DateBand, bands, usual_runs
from outreach.simulation.load import RepLoad
from outreach.simulation.missing import StepResult
from outreach.simulation.results import Mails, Results, Run, Setting, Stands, Steps, Wait
from outreach.simulation.story import Did, Ended, Entered, HandedOff, Moved, Sent, Skipped
from outreach.simulation.what_if import bottleneck

START = datetime(2026, 3, 2, tzinfo=UTC)  # a Monday
REPS = tuple(
    Rep(name=name, full_name=name, email=f"{name}@example.org", capacity=1) for name in ("rita", "ron")
)
SENDERS = (
    Sender(name="anna", full_name="Anna", address="anna@example.com", per_day=2),
    Sender(
        name="ben", full_name="Ben", address="ben@example.com", per_day=50, gap=Duration(5, "minute"),
        ramp=Ramp(since=date(2026, 3, 2), start=1, add_per_day=1),
    ),
)  # fmt: skip
STEPS = Steps(
    {"first": 0, "2": 1, "second": 2, "other": 3, "third": 4}, ("first", "second", "other", "third")
)


def at(day: float = 0, minutes: float = 0) -> datetime:
    return START + timedelta(days=day, hours=10, minutes=minutes)


def setting(**changes: Any) -> Setting:
    values: dict[str, Any] = {
        "start": START,
        "days": 28,
        "zone": ZoneInfo("Europe/Berlin"),
        "team": Team(reps=REPS),
        "senders": SENDERS,
        "campaigns": {"welcome": STEPS},
        "stages": {"suspect": 10},
        "open_at_reps": {},
    }
    return Setting(**values | changes)


def sent(
    lead: int, step: str = "first", when: datetime = START, due: datetime | None = None, sender: str = "anna"
) -> Sent:
    return Sent(when, lead, "welcome", step, step, None, sender, lead, due or when)


def played(*records: Any, still: tuple[Stands, ...] = (), **changes: Any) -> Run:
    results = Results(setting(**changes))
    for record in records:
        results.tell(record)
    return results.finish("1", still)


def test_mails_are_counted_by_the_organisations_day_and_sender_beside_the_limit_of_that_day() -> None:
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)  # past midnight in Berlin
    run = played(
        sent(1, when=at()), sent(2, when=at()), sent(3, when=late), sent(4, when=at(2), sender="ben")
    )
    assert run.mails == 4
    assert run.mails_by_day == (
        Mails(date(2026, 3, 2), "anna", 2, 2),
        Mails(date(2026, 3, 3), "anna", 1, 2),
        Mails(date(2026, 3, 4), "ben", 1, 3),
    )
    assert run.limits[date(2026, 3, 2)] == 2 + 1
    assert len(run.limits) == 29


@pytest.mark.parametrize(
    ("sender", "due", "when", "kind"),
    [
        ("anna", at(), at(1), "limit"),
        ("ben", at(), at(1), "ramp"),
        ("ben", at(), at(0, 5), "gap"),
    ],
)
def test_what_a_mail_waited_for_is_told_by_what_its_sender_was_up_to(
    sender: str, due: datetime, when: datetime, kind: str
) -> None:
    run = played(sent(1, when=when, due=due, sender=sender))
    days = (when - due) / timedelta(days=1)
    assert run.waits == (Wait(kind, sender, round(days, 3), 1, {"welcome": round(days, 3)}),)


def test_a_mail_that_still_waits_at_the_end_counts_until_then() -> None:
    stands = Stands(1, "welcome", "second", "limits of anna", START + timedelta(days=18), "anna")
    run = played(Entered(at(), 1, "welcome", "anna"), sent(1), still=(stands,))
    assert run.waits == (Wait("limit", "anna", 10.0, 1, {"welcome": 10.0}),)
    assert bottleneck(run) == run.waits[0]
    assert run.under_way == 1


def test_nobody_waits_for_a_minute() -> None:
    assert bottleneck(played(sent(1, when=at(0, 1), due=at()))) is None


def test_each_step_says_who_got_it_and_why_the_others_did_not() -> None:
    enrolled = [Entered(at(), lead, "welcome", "anna") for lead in range(1, 8)]
    run = played(
        *enrolled,
        *(sent(lead) for lead in range(1, 7)),
        sent(1, "second"),
        sent(1, "third"),
        Ended(at(9), 1, "welcome", "", "finished", "completed"),
        sent(2, "other"),
        Ended(at(9), 2, "welcome", "third", "stopped", "replied"),
        Skipped(at(2), 3, "welcome", "second", "second", "anna", "stale"),
        Ended(at(9), 3, "welcome", "third", "finished", "goal_reached"),
        Ended(at(3), 4, "welcome", "2", "stopped", "unsubscribed"),
        Ended(at(3), 5, "welcome", "2", "stopped", "outranked:hot-leads"),
        still=(
            Stands(6, "welcome", "2", "window"),
            Stands(7, "welcome", "first", "limits of anna", at(), "anna"),
        ),
    )
    early = {"outranked": 1, "unsubscribed": 1, "waits: limits of anna": 1, "waits: window": 1}
    assert run.steps == (
        StepResult("welcome", "first", 7, 6, {"waits: limits of anna": 1}),
        StepResult("welcome", "second", 7, 1, {"branch not taken": 1, **early, "stale": 1}),
        StepResult("welcome", "other", 7, 1, {"branch not taken": 2, **early}),
        StepResult("welcome", "third", 7, 1, {"goal_reached": 1, **early, "replied": 1}),
    )
    assert run.entered == 7


@given(st.lists(st.tuples(st.integers(1, 30), st.sampled_from(STEPS.mails), st.booleans()), max_size=60))
def test_who_got_a_step_and_who_did_not_are_all_who_entered(doings: list[tuple[int, str, bool]]) -> None:
    records: list[Any] = [Entered(at(), lead, "welcome", "anna") for lead in range(1, 31)]
    over: set[int] = set()
    for lead, step, ends in doings:
        if lead in over:
            continue
        records.append(sent(lead, step))
        if ends:
            records.append(Ended(at(1), lead, "welcome", step, "stopped", "replied"))
            over.add(lead)
    still = tuple(Stands(lead, "welcome", "2", "window") for lead in range(1, 31) if lead not in over)
    for result in played(*records, still=still).steps:
        assert result.entered == 30
        assert result.sent + sum(result.missed.values()) == 30


def test_through_are_those_who_have_had_all_they_will_get() -> None:
    leads = range(1, 11)
    records: list[Any] = [Entered(at(), lead, "welcome", "anna") for lead in leads]
    records += [sent(lead, when=at(lead)) for lead in leads]
    ends = [Ended(at(15), lead, "welcome", "", "finished", "completed") for lead in leads]
    assert played(*records, *ends).done_on == {
        "50%": at(5).date(), "90%": at(9).date(), "99%": at(10).date(),
    }  # fmt: skip
    stays = Stands(10, "welcome", "second", "window")
    run = played(*records, *ends[:9], still=(stays,))
    assert run.done_on == {"50%": at(5).date(), "90%": at(9).date(), "99%": None}
    assert run.last_mail_on == at(10).date()


def test_who_enters_and_gets_nothing_is_through_at_once() -> None:
    records: list[Any] = [Entered(at(), lead, "welcome", "anna") for lead in (1, 2)]
    records += [Ended(at(1), 1, "welcome", "first", "stopped", "left_audience")]
    records += [sent(2, when=at(3)), Ended(at(4), 2, "welcome", "", "finished", "completed")]
    assert played(*records).done_on["99%"] == at(3).date()


def test_an_empty_run_has_no_days_to_tell() -> None:
    run = played()
    assert run.done_on == {"50%": None, "90%": None, "99%": None}
    assert run.last_mail_on is None
    assert run.mails == 0


def test_stages_are_those_of_the_start_and_every_move_after() -> None:
    run = played(
        Moved(at(1), 1, Stage.SUSPECT, Stage.MQL, "interest"),
        Moved(at(8), 2, Stage.SUSPECT, Stage.MQL, "interest"),
        Moved(at(9), 2, Stage.MQL, Stage.SQL, "meeting"),
        stages={"suspect": 5, "mql": 1},
    )
    assert {stage: count for stage, count in run.stages_after.items() if count} == {
        "suspect": 3,
        "mql": 2,
        "sql": 1,
    }
    assert run.mqls == {date(2026, 3, 2): 1, date(2026, 3, 9): 1}


def test_people_stand_at_their_latest_mail_until_they_leave() -> None:
    run = played(
        Entered(at(), 1, "welcome", "anna"),
        Entered(at(), 2, "welcome", "anna"),
        sent(1, when=at()),
        sent(2, when=at()),
        sent(1, "second", when=at(2)),
        Ended(at(4), 1, "welcome", "", "finished", "completed"),
        still=(Stands(2, "welcome", "second", "window"),),
    )
    by_step = {(each.day.day, each.step): each.leads for each in run.standing if each.day.month == 3}
    assert [by_step[day, "first"] for day in (2, 3, 4, 5, 6)] == [2, 2, 1, 1, 1]
    assert [by_step[day, "second"] for day in (2, 3, 4, 5, 6)] == [0, 0, 1, 1, 0]


# -- reps ------------------------------------------------------------------------------------------


def given_to(rep: str | None, lead: int, when: datetime, number: int = 1) -> HandedOff:
    return HandedOff(when, lead, rep, number)


def did(kind: Kind, lead: int, when: datetime) -> Did:
    return Did(when, lead, kind, "", "")


def test_reps_are_given_accept_reject_pass_on_win_and_lose() -> None:
    run = played(
        given_to("rita", 1, at()),
        did(Kind.HANDOFF_ACCEPTED, 1, at(1)),
        Moved(at(1), 1, Stage.SQL, Stage.OPPORTUNITY, "accepted"),
        given_to("rita", 2, at(2)),  # has one already: over capacity
        given_to("ron", 2, at(3)),  # passed on
        did(Kind.HANDOFF_REJECTED, 2, at(4)),
        Moved(at(4), 2, Stage.SQL, Stage.MQL, "rejected"),
        did(Kind.DEAL_WON, 1, at(5)),
        given_to(None, 3, at(6)),
    )
    assert run.reps == (
        RepLoad("rita", 1, given=2, accepted=1, rejected=0, passed_on=1, won=1, lost=0, most_open=2,
                over_capacity=1, waited_days=2.0),
        RepLoad("ron", 1, given=1, accepted=0, rejected=1, passed_on=0, won=0, lost=0, most_open=1,
                over_capacity=0, waited_days=1.0),
        RepLoad("nobody", 0, given=1, accepted=0, rejected=0, passed_on=0, won=0, lost=0, most_open=1,
                over_capacity=0, waited_days=21 + 14 / 24),
    )  # fmt: skip
    assert run.handoffs == {date(2026, 3, 2): {"nobody": 1, "rita": 2}}


@pytest.mark.parametrize("told_first", ["move", "answer"])
def test_a_rejection_counts_whether_the_move_is_told_before_or_after_it(told_first: str) -> None:
    answer, move = did(Kind.HANDOFF_REJECTED, 1, at(1)), Moved(at(1), 1, Stage.SQL, Stage.MQL, "rejected")
    run = played(given_to("rita", 1, at()), *((move, answer) if told_first == "move" else (answer, move)))
    assert (run.reps[0].rejected, run.reps[0].passed_on, run.reps[0].waited_days) == (1, 0, 1.0)


def test_what_reps_have_at_hand_when_it_starts_takes_up_their_room() -> None:
    run = played(
        given_to("rita", 5, at()),
        did(Kind.DEAL_LOST, 4, at(1)),
        open_at_reps={4: ("rita", True), 6: ("ron", False)},
    )
    rita, ron = run.reps
    assert (rita.most_open, rita.over_capacity, rita.lost) == (2, 1, 1)
    assert (ron.most_open, ron.given) == (1, 0)


def test_a_lead_that_moves_on_by_itself_takes_its_hand_off_along() -> None:
    run = played(
        given_to("rita", 1, at()),
        Moved(at(2), 1, Stage.SQL, Stage.DISCARDED, "no interest"),
        given_to("rita", 2, at(3)),
    )
    assert (run.reps[0].over_capacity, run.reps[0].rejected, run.reps[0].passed_on) == (0, 0, 0)


# -- many runs -------------------------------------------------------------------------------------


def test_bands_are_the_low_the_middle_and_the_high_in_whatever_order_runs_come() -> None:
    runs = [
        played(*(sent(lead, when=at(number)) for lead in range(number)), *moves(number))
        for number in range(1, 12)
    ]
    found = bands(runs)
    assert found == bands(runs[::-1])
    assert found.mails == Band(2, 6, 10)
    assert found.last_mail_on == DateBand(at(2).date(), at(6).date(), at(10).date())
    assert found.mqls_by_week[date(2026, 3, 2)] == Band(2, 6, 10)
    assert found.mqls_by_week[date(2026, 3, 9)] == Band(0, 0, 0)
    assert len(found.handoffs_by_week) == 5


def moves(count: int) -> list[Moved]:
    return [Moved(at(1), lead, Stage.SUSPECT, Stage.MQL, "interest") for lead in range(count)]


def test_a_day_that_some_runs_never_reach_lies_beyond_the_end_for_them() -> None:
    runs = [played(sent(1, when=at(3))), played(), played()]
    assert bands(runs).last_mail_on == DateBand(None, None, None)
    assert bands([runs[0], runs[0], runs[1]]).last_mail_on == DateBand(at(3).date(), at(3).date(), None)


@pytest.mark.parametrize(
    ("leads", "days", "runs"),
    [(1, 1, 20), (2_000, 90, 20), (10_000, 90, 4), (100_000, 90, 1), (10**6, 3650, 1)],
)
def test_how_many_seeds_are_played_follows_from_leads_and_days_alone(
    leads: int, days: int, runs: int
) -> None:
    assert usual_runs(leads, days) == runs


def test_what_is_kept_does_not_grow_with_mails() -> None:
    def size(rounds: int) -> int:
        results = Results(setting())
        for number in range(rounds):
            results.tell(Entered(at(), number % 5, "welcome", "anna"))
            results.tell(sent(number % 5, "first", at(number % 20)))
            results.tell(Ended(at(), number % 5, "welcome", "", "finished", "completed"))
        return sum(
            len(kept) for kept in vars(results).values() if isinstance(kept, dict | Counter | set)
        )  # fmt: skip

    assert size(2_000) == size(200)
