"""Whether conditions can be true together: a lead that exists is never called impossible."""

from __future__ import annotations

import math

import conditions as drawn
import pytest
from hypothesis import given, settings

from outreach.domain import leads
from outreach.domain.expression_tree import Call, Not
from outreach.domain.expressions import holds, parse
from outreach.domain.facts import Facts
from outreach.domain.lint.lasting import Stay, lasting
from outreach.domain.lint.possible import NEVER_EMPTY, World, implies, possible
from outreach.domain.words import Kind, Stage

KNOWN = leads.schema({"machines": "number", "newsletter": "yes/no"})
ANYBODY = World(words={})


def can_be(*sources: str, world: World | None = None) -> bool:
    return possible([parse(source, KNOWN) for source in sources], world or World())


def is_a_lead(there: Facts) -> bool:
    """Whether a row of `lead` could hold these: some columns are never empty, and rounds are counted."""
    rounds = there.fields.get("lead.rounds")
    return (
        all(there.fields.get(name) is not None for name in NEVER_EMPTY & drawn.SCHEMA.fields.keys())
        and isinstance(rounds, int | float)
        and rounds >= 0
        and float(rounds).is_integer()
    )


@given(drawn.conditions, drawn.conditions, drawn.leads.filter(is_a_lead))
@settings(max_examples=400, deadline=None)
def test_what_is_true_of_some_lead_is_never_called_impossible(one: str, other: str, there: Facts) -> None:
    true = []
    for source in (one, other):
        condition = parse(source, drawn.SCHEMA)
        true.append(condition if holds(condition, there) else Not(condition))
    assert possible(true, ANYBODY)


@given(drawn.conditions)
@settings(max_examples=200, deadline=None)
def test_a_condition_and_its_opposite_are_never_both_false(source: str) -> None:
    condition = parse(source, drawn.SCHEMA)
    assert possible([condition], ANYBODY) or possible([Not(condition)], ANYBODY)


@given(drawn.conditions, drawn.leads)
@settings(max_examples=200, deadline=None)
def test_what_lasts_of_a_condition_is_no_more_than_it_says(source: str, there: Facts) -> None:
    stay = Stay(frozenset({Stage.SUSPECT}), frozenset({Kind.REPLIED}))
    condition = parse(source, drawn.SCHEMA)
    if holds(condition, there):
        assert holds(lasting(condition, stay), there)


@pytest.mark.parametrize(
    "sources",
    [
        ("lead.score > 5", "lead.score < 5"),
        ("lead.score + 5 > 10", "lead.score < 5"),
        ("lead.rounds > 1", "lead.rounds < 2"),
        ("lead.rounds < 0",),
        ("lead.machines < 20", "not lead.machines < 20"),
        ("lead.machines is not defined", "lead.machines < 20"),
        ('lead.country == "DE"', 'lead.country in ["US", "GB"]'),
        ("lead.newsletter", "not lead.newsletter"),
        ("lead.created_at is not defined",),
        ('lead.created_at > "2026-01-01"', 'lead.created_at < "2025-01-01"'),
        ('"plant" in lead.title', '"PLANT" not in lead.title'),
        ('"plant manager" in lead.title', '"plant" not in lead.title'),
        ('clicked("a/b")', "not clicked()"),
        ('clicked_link("/pricing/x")', 'not clicked_link("/PRICING")'),
        ('happened("clicked", "a/b")', 'not clicked("a/b")'),
        ('lead.source == "webinar"', 'lead.source != "webinar"'),
        ('lead.temperature not in ["hot", "warm", "cold"]',),
    ],
)
def test_these_can_not_be_true_together(sources: tuple[str, ...]) -> None:
    assert not can_be(*sources)


@pytest.mark.parametrize(
    "sources",
    [
        ("lead.score >= 5", "lead.score <= 5"),
        ("not lead.machines < 20", "not lead.machines >= 20"),  # of a lead whose machines nobody knows
        ('lead.country != "DE"', 'lead.country not in ["US"]'),
        ("lead.score - lead.machines > 3", "lead.machines > 5"),
        ('"plant" in lead.title', '"x" not in lead.title', '"manager" in lead.title'),
        ("clicked()", 'not clicked("a/b")'),
        ('clicked("a/b")', 'clicked("b/c")'),
        ('intent("meeting")', 'not happened("replied")'),
        ("lead.language is not defined", 'lead.language != "de"'),
        ("lead.machines not in [1, 2, 3]",),
    ],
)
def test_these_can_be_true_together(sources: tuple[str, ...]) -> None:
    assert can_be(*sources)


def test_a_score_can_only_be_what_the_points_allow() -> None:
    allowed = World(score=(-10.0, 45.0))
    assert can_be("lead.score >= 45", world=allowed)
    assert not can_be("lead.score > 45", world=allowed)
    assert not can_be("lead.score < 0 - 10", world=allowed)
    assert can_be("lead.score > 45", world=World(score=(0.0, math.inf)))


def test_only_the_stages_that_are_asked_about_are_looked_at() -> None:
    there = World().in_stages([Stage.SUSPECT, Stage.MQL])
    assert can_be('lead.stage == "mql"', world=there)
    assert not can_be('lead.stage in ["sql", "customer"]', world=there)
    assert not can_be('lead.stage not in ["suspect", "mql"]', world=there)


def test_what_can_not_have_happened_is_not_possible() -> None:
    nobody_clicked = World(can_happen=lambda call: call.name != "clicked")
    assert not can_be("clicked()", world=nobody_clicked)
    assert can_be("not clicked()", world=nobody_clicked)
    assert can_be("clicked() or replied()", world=nobody_clicked)


def test_a_condition_of_very_many_parts_is_taken_to_be_possible_in_time() -> None:
    many = " and ".join(f"(lead.score > {number} or lead.machines > {number})" for number in range(40))
    assert can_be(many, "lead.score < 0 and lead.machines < 0")


@pytest.mark.parametrize(
    ("one", "other", "follows"),
    [
        (Call("clicked", ("a",)), Call("clicked", ()), True),
        (Call("clicked", ()), Call("clicked", ("a",)), False),
        (Call("clicked", ("a",)), Call("happened", ("clicked",)), True),
        (Call("clicked", ("a",)), Call("clicked_link", ("a",)), False),
        (Call("visited", ("/pricing/x",)), Call("visited", ("pricing",)), True),
        (Call("visited", ("/pricing",)), Call("happened", ("visited", "/pricing")), False),
        (Call("intent", ("meeting",)), Call("happened", ("replied",)), False),
    ],
)
def test_one_thing_that_happened_means_another(one: Call, other: Call, follows: bool) -> None:
    assert implies(one, other) is follows


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("clicked()", "clicked()"),
        ("not clicked()", "true"),
        ("not replied()", "not replied()"),  # who replies leaves
        ('lead.source == "webinar" and lead.score > 3', 'lead.source == "webinar"'),
        ('lead.country == "DE"', 'lead.country == "DE"'),
        ('lead.country != "DE"', "true"),  # one that becomes known later may be it
        ("lead.rounds == 0 or clicked()", "lead.rounds == 0 or clicked()"),
        ("lead.rounds == 0 or lead.score > 3", "true"),
        ("lead.machines >= 20", "lead.machines >= 20"),
        ("lead.newsletter", "true"),
    ],
)
def test_some_days_later_this_is_left_of_a_condition(source: str, left: str) -> None:
    stay = Stay(frozenset({Stage.SUSPECT}), frozenset({Kind.REPLIED, Kind.BOUNCED}))
    kept = lasting(parse(source, KNOWN), stay)
    wanted = parse(left, KNOWN)
    assert not possible([kept, Not(wanted)], World()) and not possible([wanted, Not(kept)], World())
