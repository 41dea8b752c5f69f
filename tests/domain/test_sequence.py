"""What is next for an enrollment: a table of campaigns, of what happened, and of the decision."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from outreach.domain.campaign import Campaign
from outreach.domain.facts import Facts, Happened
from outreach.domain.leads import schema
from outreach.domain.sequence import (
    Decision,
    Do,
    Finish,
    Occurrence,
    Outcome,
    Program,
    Progress,
    Stop,
    Wait,
    compile_program,
    decide,
)
from outreach.domain.words import Kind, MessageStatus, Stage

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


def program(*steps: dict[str, Any], **more: Any) -> Program:
    written = {
        "campaign": "c",
        "audience": {"stage": "suspect"},
        "senders": ["anna"],
        "steps": list(steps),
        **more,
    }
    return compile_program(Campaign.model_validate(written), schema({}))


def progress(**changes: Any) -> Progress:
    values: dict[str, Any] = {
        "node": 0,
        "node_at": MONDAY,
        "stage": Stage.SUSPECT,
        "facts": Facts({"lead.country": "DE"}),
        "occurrences": (),
        "zone": BERLIN,
    }
    return Progress(**{**values, **changes})


def accepted(at: datetime = MONDAY) -> Outcome:
    return Outcome(MessageStatus.ACCEPTED, at)


def happened(kind: Kind, at: datetime = MONDAY, subject: str = "", surely_human: bool = True) -> Occurrence:
    return Occurrence(kind, subject, at, surely_human)


MAIL = {"email": "a"}
OTHER = {"email": "b"}


def step_of(decision: Decision) -> str:
    assert isinstance(decision, Do)
    return decision.node.id


def test_a_first_mail_goes_at_once_when_the_window_is_open() -> None:
    assert step_of(decide(program(MAIL), progress(), MONDAY)) == "a"


def test_a_mail_waits_for_the_window_in_the_leads_own_zone() -> None:
    night = datetime(2026, 3, 2, 20, 0, tzinfo=UTC)
    decision = decide(program(MAIL), progress(node_at=night), night)
    assert isinstance(decision, Wait)
    assert decision.until == datetime(2026, 3, 3, 8, 0, tzinfo=UTC)  # 09:00 in Berlin


def test_a_mail_that_became_due_in_an_outage_still_waits_for_the_window() -> None:
    night = datetime(2026, 3, 4, 22, 0, tzinfo=UTC)
    decision = decide(program(MAIL), progress(), night)
    assert isinstance(decision, Wait) and decision.until == datetime(2026, 3, 5, 8, 0, tzinfo=UTC)


def test_nothing_follows_a_mail_before_its_outcome_is_known() -> None:
    queued = progress(outcome=Outcome(MessageStatus.QUEUED, None))
    decision = decide(program(MAIL, OTHER), queued, MONDAY)
    assert isinstance(decision, Wait) and decision.until is None


@pytest.mark.parametrize("status", [MessageStatus.ACCEPTED, MessageStatus.SKIPPED, MessageStatus.UNKNOWN])
def test_after_an_outcome_the_next_step_is_due(status: MessageStatus) -> None:
    done = progress(outcome=Outcome(status, MONDAY))
    assert step_of(decide(program(MAIL, OTHER), done, MONDAY)) == "b"


def test_a_wait_counts_from_the_outcome_of_the_mail_before() -> None:
    steps = program(MAIL, {"wait": "3 days"}, OTHER)
    decision = decide(
        steps, progress(outcome=accepted(MONDAY + timedelta(hours=2))), MONDAY + timedelta(hours=2)
    )
    assert isinstance(decision, Wait)
    assert decision.until == MONDAY + timedelta(days=3, hours=2)


def test_a_wait_of_days_keeps_the_local_hour_over_a_clock_change() -> None:
    friday = datetime(2026, 3, 27, 9, 0, tzinfo=UTC)  # 10:00 in Berlin; the clocks change on Sunday
    decision = decide(program({"wait": "3 days"}, MAIL), progress(node_at=friday), friday)
    assert isinstance(decision, Wait)
    assert decision.until == datetime(2026, 3, 30, 8, 0, tzinfo=UTC)  # 10:00 in Berlin again


BRANCH = {
    "branch": [
        {"if": 'clicked("a")', "then": [{"email": "x"}]},
        {"if": 'lead.country == "HU"', "then": [{"email": "y"}]},
        {"else": [{"email": "z"}]},
    ]
}


@pytest.mark.parametrize(
    ("did", "country", "expected"),
    [
        ({Happened("clicked", "a")}, "DE", "x"),
        ({Happened("clicked", "other")}, "DE", "z"),
        ({Happened("clicked", "a")}, "HU", "x"),
        (set(), "HU", "y"),
        (set(), None, "z"),
    ],
)
def test_a_branch_goes_into_the_first_arm_that_is_true(
    did: set[Happened], country: str, expected: str
) -> None:
    facts = Facts({"lead.country": country}, frozenset(did))
    assert step_of(decide(program(BRANCH), progress(facts=facts), MONDAY)) == expected


def test_after_an_arm_comes_the_step_below_the_branch() -> None:
    steps = program(BRANCH, {"email": "after"})
    in_arm = next(number for number, node in enumerate(steps.nodes) if node.id == "x")
    assert step_of(decide(steps, progress(node=in_arm, outcome=accepted()), MONDAY)) == "after"


def test_a_branch_with_no_true_arm_is_passed_over() -> None:
    steps = program({"branch": [{"if": "replied()", "then": [MAIL]}]}, OTHER)
    assert step_of(decide(steps, progress(), MONDAY)) == "b"


AWAIT = {"wait_for": {"event": "clicked", "within": "5 days"}}


def test_waiting_for_an_event_ends_when_it_comes() -> None:
    at = MONDAY + timedelta(days=1)
    came = progress(occurrences=(happened(Kind.CLICKED, at),))
    assert step_of(decide(program(AWAIT, MAIL), came, at)) == "a"


def test_waiting_for_an_event_ends_at_its_deadline() -> None:
    steps = program(AWAIT, MAIL)
    decision = decide(steps, progress(), MONDAY)
    assert isinstance(decision, Wait) and decision.until == MONDAY + timedelta(days=5)
    late = datetime(2026, 3, 9, 10, 0, tzinfo=UTC)
    assert step_of(decide(steps, progress(), late)) == "a"


def test_what_only_seems_to_come_from_the_lead_does_not_end_a_wait() -> None:
    unsure = progress(occurrences=(happened(Kind.CLICKED, surely_human=False),))
    assert isinstance(decide(program(AWAIT, MAIL), unsure, MONDAY), Wait)


@pytest.mark.parametrize(
    "kind", [Kind.REPLIED, Kind.UNSUBSCRIBED, Kind.COMPLAINED, Kind.BOUNCED, Kind.MEETING_BOOKED]
)
def test_a_stop_rule_ends_the_sequence(kind: Kind) -> None:
    assert decide(program(MAIL), progress(occurrences=(happened(kind),)), MONDAY) == Stop(kind)


@pytest.mark.parametrize("kind", [Kind.UNSUBSCRIBED, Kind.COMPLAINED, Kind.BOUNCED])
def test_no_file_can_go_on_after_an_opt_out(kind: Kind) -> None:
    steps = program(MAIL, stop_on=[])
    assert decide(steps, progress(occurrences=(happened(kind),)), MONDAY) == Stop(kind)


def test_a_reply_of_which_only_the_sender_matched_stops_too() -> None:
    unsure = progress(occurrences=(happened(Kind.REPLIED, surely_human=False),))
    assert decide(program(MAIL), unsure, MONDAY) == Stop("replied")


@pytest.mark.parametrize(
    ("stage", "expected"),
    [
        (Stage.MQL, Finish("goal_reached")),
        (Stage.SQL, Finish("goal_reached")),
        (Stage.DISCARDED, Stop("left_audience")),
        (Stage.LOST, Stop("left_audience")),
    ],
)
def test_who_leaves_the_stage_leaves_the_campaign(stage: Stage, expected: Decision) -> None:
    assert decide(program(MAIL, goal="mql"), progress(stage=stage), MONDAY) == expected


def test_a_stale_mail_is_skipped_and_not_sent_late() -> None:
    steps = program({"email": "a", "stale_after": "2 days"})
    decision = decide(steps, progress(), MONDAY + timedelta(days=3))
    assert isinstance(decision, Do) and decision.skip == "stale"


def test_a_closed_window_does_not_make_a_mail_stale() -> None:
    friday_evening = datetime(2026, 3, 6, 20, 0, tzinfo=UTC)
    steps = program({"email": "a", "stale_after": "1 day"})
    monday = datetime(2026, 3, 9, 9, 0, tzinfo=UTC)
    decision = decide(steps, progress(node_at=friday_evening), monday)
    assert isinstance(decision, Do) and decision.skip is None


def test_somebody_away_gets_the_mail_after_the_return() -> None:
    away = progress(hold_until=MONDAY + timedelta(days=2))
    decision = decide(program(MAIL), away, MONDAY)
    assert isinstance(decision, Wait) and decision.until == MONDAY + timedelta(days=2)


@pytest.mark.parametrize(
    "step",
    [
        {"task": {"kind": "call", "text": "notes/call"}},
        {"update": {"angle": "x"}},
        {"notify": {"text": "notes/n"}},
    ],
)
def test_steps_that_send_nothing_are_done_at_any_hour(step: dict[str, Any]) -> None:
    night = datetime(2026, 3, 7, 2, 0, tzinfo=UTC)
    assert isinstance(decide(program(step), progress(), night), Do)


def test_a_step_keeps_its_name_when_another_is_put_before_it() -> None:
    short, long = program(MAIL, OTHER), program({"wait": "1 day"}, MAIL, OTHER)
    assert [node.id for node in short.nodes] == ["a", "b"]
    assert [node.id for node in long.nodes] == ["1", "a", "b"]


def test_the_end_of_the_steps_finishes_the_enrollment() -> None:
    assert decide(program(MAIL), progress(outcome=accepted()), MONDAY) == Finish("completed")
