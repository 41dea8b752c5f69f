"""Experiments: which there are, who gets what, what results tell, and in which words."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain import experiments, sequence
from outreach.domain.campaign import Campaign, EmailStep, WaitStep
from outreach.domain.durations import Duration
from outreach.domain.experiment_results import Results, Unit, results
from outreach.domain.experiment_words import Verdict, verdict
from outreach.domain.experiments import HOLD_OUT, Chosen, Design
from outreach.domain.leads import schema

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
SUBJECTS = {"email": "a", "variants": {"subject": ["One", "Two"]}}


def program(*steps: dict[str, Any], **more: Any) -> sequence.Program:
    written = {
        "campaign": "c",
        "audience": {"stage": "suspect"},
        "senders": ["anna", "ben"],
        "steps": list(steps),
    }
    return sequence.compile_program(Campaign.model_validate({**written, **more}), schema({}))


def designs(made: sequence.Program) -> tuple[Design, ...]:
    return experiments.designs(made.campaign, ((node.id, node.step) for node in made.nodes))


# -- which there are -------------------------------------------------------------------------------


def test_a_campaign_without_variants_has_no_experiment() -> None:
    assert designs(program({"email": "a"}, {"wait": "1 day"})) == ()


def test_steps_take_from_the_campaign_what_they_do_not_say_themselves() -> None:
    settings = {"measure": "mql", "within": "7 days", "minimum_effect": "1 point", "holdout": "10 %"}
    own = {"email": "b", "variants": {"sender": ["anna", "ben"], "measure": "clicked", "within": "3 days"}}
    waits = {"wait": "1 day", "id": "pause", "variants": {"wait": ["1 day", "2 days"]}}
    found = designs(program(SUBJECTS, own, waits, experiment=settings))
    assert [
        (each.name, each.what, each.measure, str(each.within), each.minimum_effect) for each in found
    ] == [
        (HOLD_OUT, "hold-out", "mql", "7 days", 0.01),
        ("a", "subject", "mql", "7 days", 0.01),
        ("b", "sender", "clicked", "3 days", 0.01),
        ("pause", "wait", "mql", "7 days", 0.01),
    ]
    assert found[0].shares == (0.1, 0.9) and found[1].shares == (0.5, 0.5)
    assert [each.is_of_mails for each in found] == [False, True, True, False]


def test_a_measure_that_a_step_has_anyway_is_the_same_said_or_not() -> None:
    said = {"variants": {"subject": ["One", "Two"], "measure": "clicked"}}
    left = {"variants": {"subject": ["One", "Two"]}}
    inside = {"if": "lead.score > 1", "then": [said]}
    written = {"steps": [said, {"wait": "1 day"}, {"branch": [inside, {"else": [said]}]}]}
    for usual, expected in (({"measure": "clicked"}, left), ({"measure": "mql"}, said), (None, said)):
        (first, _, branch) = experiments.without_usual({**written, "experiment": usual})["steps"]
        assert first == branch["branch"][0]["then"][0] == branch["branch"][1]["else"][0] == expected
    replied = {"steps": [{"variants": {"measure": "replied", "subject": ["One", "Two"]}}]}
    assert experiments.without_usual(replied)["steps"] == [left]


def test_an_experiment_is_in_both_versions_only_where_nothing_of_it_changed() -> None:
    other = {"email": "b", "variants": {"subject": ["One", "Two"]}}
    before = designs(program(SUBJECTS, other))
    after = designs(program(SUBJECTS, {"email": "b", "variants": {"subject": ["One", "Three"]}}))
    assert experiments.in_both(before, after) == {"a"}


def test_replies_within_two_weeks_are_measured_where_nothing_is_said() -> None:
    (found,) = designs(program(SUBJECTS))
    assert (found.measure, str(found.within), found.minimum_effect, found.alpha) == (
        "replied",
        "14 days",
        0.02,
        0.05,
    )


def test_senders_that_are_compared_are_no_strata() -> None:
    step = {"email": "a", "variants": {"sender": ["anna", "ben"]}}
    (found,) = designs(program(step, experiment={"stratify": ["sender", "country"]}))
    assert found.stratify == ("country",)


@pytest.mark.parametrize(
    "change",
    [{"measure": "clicked"}, {"within": "3 days"}, {"minimum_effect": "1 point"}, {"subject": ["One", "2"]}],
)
def test_another_measure_or_another_arm_is_another_experiment(change: dict[str, Any]) -> None:
    (before,) = designs(program(SUBJECTS))
    (after,) = designs(program({"email": "a", "variants": {"subject": ["One", "Two"], **change}}))
    (same,) = designs(program(SUBJECTS, {"wait": "1 day"}, priority=90))
    assert before != after and before.digest != after.digest
    assert before == same and before.digest == same.digest


# -- who gets what ---------------------------------------------------------------------------------


@given(st.integers(1, 10**9))
def test_what_a_lead_gets_depends_on_nothing_but_campaign_step_and_lead(lead_id: int) -> None:
    one, other = (
        program(SUBJECTS),
        program({"wait": "1 day"}, SUBJECTS, priority=90, experiment={"within": "1 day"}),
    )
    assert experiments.arm(one.campaign, "a", one.nodes[0].step, lead_id) == experiments.arm(
        other.campaign, "a", other.nodes[1].step, lead_id
    )
    assert experiments.arm(one.campaign, "a", EmailStep(email="a"), lead_id) is None


def test_experiments_of_one_campaign_are_drawn_apart() -> None:
    campaign = program(
        SUBJECTS, {**SUBJECTS, "id": "b"}, experiment={"holdout": "50 %", "measure": "mql"}
    ).campaign
    one, other = campaign.steps
    found = Counter(
        (
            experiments.is_held_out(campaign, lead_id),
            experiments.arm(campaign, "a", one, lead_id),
            experiments.arm(campaign, "b", other, lead_id),
        )
        for lead_id in range(8_000)
    )
    assert len(found) == 8 and all(880 < count < 1120 for count in found.values())


@pytest.mark.parametrize("share", [0.05, 0.1, 0.5])
def test_as_many_are_held_out_as_the_file_says(share: float) -> None:
    campaign = program(
        {"email": "a"}, experiment={"holdout": f"{share * 100:g} %", "measure": "mql"}
    ).campaign
    held = sum(experiments.is_held_out(campaign, lead_id) for lead_id in range(20_000))
    assert abs(held / 20_000 - share) < 0.01
    assert not any(
        experiments.is_held_out(program({"email": "a"}).campaign, lead_id) for lead_id in range(100)
    )


@pytest.mark.parametrize(
    ("variants", "number", "expected"),
    [
        (None, None, Chosen("a", "ben")),
        ({"subject": ["One", "Two"]}, 1, Chosen("a", "ben")),
        ({"email": ["a", "b"]}, 1, Chosen("b", "ben")),
        ({"sender": ["ben", "anna"]}, 1, Chosen("a", "anna")),
        ({"email": ["a", "b"]}, None, Chosen("a", "ben")),
    ],
)
def test_a_variant_decides_template_and_sender(
    variants: dict[str, Any] | None, number: int | None, expected: Chosen
) -> None:
    step = EmailStep.model_validate({"email": "a", "variants": variants})
    assert experiments.chosen(step, number, "ben") == expected


def test_shares_decide_where_they_are_given() -> None:
    made = program({"wait": "1 day", "id": "w", "variants": {"wait": ["1 day", "2 days"]}})
    step = made.nodes[0].step
    assert isinstance(step, WaitStep)
    only = experiments.only(made.campaign, {"w": 1}, [("w", step)])
    waits = {experiments.wait(made.campaign, "w", step, lead_id, only) for lead_id in range(50)}
    assert waits == {Duration(2, "day")}


def test_why_a_lead_got_its_variant_is_said() -> None:
    made = program(SUBJECTS)
    step = made.nodes[0].step
    said = experiments.because(made.campaign, "a", step, 1)
    number = experiments.arm(made.campaign, "a", step, 1)
    assert said.startswith(
        f'subject {(number or 0) + 1} of 2, "{("One", "Two")[number or 0]}": drawn by a hash'
    )
    assert said.endswith("(share 50%, all the same)")
    assert "by results so far" in experiments.because(made.campaign, "a", step, 1, {"a": (0.1, 0.9)})
    assert experiments.because(made.campaign, "a", EmailStep(email="a"), 1) == ""


# -- what results tell -----------------------------------------------------------------------------


def design(**changes: Any) -> Design:
    values: dict[str, Any] = {
        "name": "a", "what": "subject", "arms": ("One", "Two"), "shares": (0.5, 0.5), "measure": "replied",
        "within": Duration(14, "day"), "minimum_effect": 0.02, "alpha": 0.05, "method": "fixed", "stratify": (),
    }  # fmt: skip
    return Design(**{**values, **changes})


def played(
    made: Design, rates: tuple[float, ...], leads: int, days: int = 60, seed: int = 1, now_after: int = 75
) -> Results:
    """Return the results of so many leads who came evenly over the days."""
    chance = random.Random(seed)
    units = []
    for number in range(leads):
        arm = chance.choices(range(len(rates)), made.shares)[0]
        began = MONDAY + timedelta(days=days) * number / leads
        units.append(Unit(number, arm, began, made.shares, "", chance.random() < rates[arm]))
    return results(made, units, made.shares, MONDAY + timedelta(days=now_after))


def test_only_leads_whose_time_is_over_are_counted_and_the_rest_wait() -> None:
    found = played(design(), (0.5, 0.5), 1000, days=60, now_after=44)
    assert sum(arm.leads for arm in found.arms) == pytest.approx(500, abs=2)
    assert sum(arm.waiting for arm in found.arms) == pytest.approx(500, abs=2)
    assert found.last_ripe_at is not None and found.last_ripe_at > MONDAY + timedelta(days=73)
    assert played(design(), (0.5, 0.5), 1000).last_ripe_at is None


@given(st.randoms(use_true_random=False), st.integers(0, 80))
def test_the_order_in_which_rows_come_changes_nothing(order: random.Random, count: int) -> None:
    chance = random.Random(count)
    units = [
        Unit(n, n % 2, MONDAY + timedelta(hours=chance.randrange(500)), (0.5, 0.5), "", chance.random() < 0.3)
        for n in range(count)
    ]
    now = MONDAY + timedelta(days=40)
    mixed = order.sample(units, len(units))
    assert results(design(), units, (0.5, 0.5), now) == results(design(), mixed, (0.5, 0.5), now)


THREE = {"arms": ("One", "Two", "Three"), "shares": (1 / 3,) * 3}
HELD = {"name": HOLD_OUT, "what": HOLD_OUT, "arms": ("held out", "in the campaign"), "shares": (0.2, 0.8),
        "measure": "mql"}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "rates", "leads", "kind", "said"),
    [
        ({"minimum_effect": 0.05}, (0.05, 0.05), 400, Verdict.OPEN, "not enough yet: about 1,"),
        ({}, (0.05, 0.12), 5000, Verdict.DECIDED, 'subject 2 ("Two") is better than subject 1 ("One"): +'),
        ({}, (0.12, 0.05), 5000, Verdict.DECIDED, 'subject 1 ("One") is the best: subject 2 ("Two") with -'),
        ({}, (0.05, 0.05), 30_000, Verdict.NO_DIFFERENCE, "no difference that matters: less than 2 points either way"),
        ({"minimum_effect": 0.001}, (0.05, 0.05), 400, Verdict.FUTILE, "futile at this pace: about "),
        (THREE, (0.05, 0.06, 0.14), 9000, Verdict.DECIDED, 'subject 3 ("Three") is better'),
        (THREE, (0.2, 0.06, 0.06), 9000, Verdict.DECIDED, 'subject 1 ("One") is the best: all others are surely worse'),
        (HELD, (0.03, 0.08), 12_000, Verdict.DECIDED, "the campaign adds "),
        (HELD, (0.08, 0.03), 12_000, Verdict.DECIDED, "the campaign costs "),
        (HELD, (0.05, 0.05), 40_000, Verdict.NO_DIFFERENCE, "the campaign changes mql by less than 2 points"),
    ],
)  # fmt: skip
def test_the_verdict_says_what_the_results_mean(
    changes: dict[str, Any], rates: tuple[float, ...], leads: int, kind: Verdict, said: str
) -> None:
    found = verdict(played(design(**changes), rates, leads))
    assert found[0] == kind and found[1].startswith(said), found


def test_a_plan_that_was_carried_out_and_found_nothing_is_said_to_have_failed() -> None:
    units = [
        Unit(n, n % 2, MONDAY + timedelta(minutes=n), (0.5, 0.5), "", n // 2 % 100 < (10, 11)[n % 2])
        for n in range(20_000)
    ]
    kind, said = verdict(results(design(), units, (0.5, 0.5), MONDAY + timedelta(days=30)))
    assert kind == Verdict.FUTILE
    assert said.startswith("nothing found with the ") and said.endswith(
        "four times in five; stop, or go on for a smaller effect"
    )


def test_thirty_sends_are_no_result() -> None:
    found = played(design(minimum_effect=0.1), (0.0, 0.3), 30, days=7, now_after=22)
    kind, said = verdict(found)
    assert found.arms[1].conversions >= 4
    assert kind == Verdict.OPEN and said.startswith("not enough yet: about ")


def test_a_forecast_names_the_leads_that_are_missing_and_the_weeks_at_this_pace() -> None:
    found = played(design(), (0.05, 0.05), 5000, days=70, now_after=70)
    assert found.forecast.a_week == pytest.approx(500, rel=0.02)
    assert found.forecast.more == found.forecast.planned - 5000
    weeks = found.forecast.more / 500
    assert found.forecast.weeks == pytest.approx(weeks, rel=0.02)
    said = verdict(found)[1]
    assert " more sends, " in said and " weeks at this pace, to find 2 points" in said


def test_a_campaign_that_nobody_enters_any_more_has_no_date() -> None:
    found = played(design(), (0.05, 0.05), 400, days=10, now_after=60)
    assert found.forecast.weeks is None
    assert verdict(found)[1].endswith("to find 2 points, and none came in the last four weeks")


def test_when_all_have_come_the_last_answers_are_waited_for() -> None:
    found = played(design(minimum_effect=0.1), (0.3, 0.33), 3000, days=10, now_after=12)
    kind, said = verdict(found)
    assert kind == Verdict.OPEN and "of them still have time to answer, the last until 26 Mar 2026" in said


def test_arms_that_lost_leads_are_not_compared() -> None:
    chance = random.Random(2)
    units = [
        Unit(n, int(chance.random() < 0.4), MONDAY, (0.5, 0.5), "", chance.random() < 0.1)
        for n in range(2000)
    ]
    kind, said = verdict(results(design(), units, (0.5, 0.5), MONDAY + timedelta(days=20)))
    assert kind == Verdict.BROKEN and said.startswith("do not trust this: the arms got ")


def test_nobody_yet_is_no_error() -> None:
    found = results(design(), [], (0.5, 0.5), MONDAY)
    assert found.since is None and found.days == () and [arm.rate for arm in found.arms] == [None, None]
    assert verdict(found) == (Verdict.OPEN, "nobody was in it yet: about 8,400 sends find 2 points")


def test_several_variants_against_one_mislead_no_more_often_than_two() -> None:
    made = design(**THREE)
    alarms = sum(
        any(each.is_sure for each in played(made, (0.08, 0.08, 0.08), 600, seed=seed).comparisons)
        for seed in range(60)
    )
    print(f"A/A/A: {alarms / 60:.1%} false alarms with a look at the end of each of 60 days")
    assert alarms / 60 <= 0.05


def test_history_ends_with_the_present_and_is_not_longer_than_asked() -> None:
    found = played(design(), (0.1, 0.1), 3000, days=200, now_after=230)
    assert len(found.days) <= 60
    assert found.days[-1].arms == tuple((arm.leads, arm.conversions, arm.interval) for arm in found.arms)
    assert list(found.days) == sorted(found.days, key=lambda day: day.day)
