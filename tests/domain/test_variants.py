"""Variants: what a file may say of them, and chance that comes from a hash of ids."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from outreach.domain.variants import Experiment, Variants, WaitVariants, chance, kind_of, pick, stages_from
from outreach.domain.words import Kind, Stage


@pytest.mark.parametrize(
    ("shares", "ids", "expected"),
    [
        ((1, 1), (1, "a"), 0),
        ((1, 1, 1), (7, "step"), 0),
        ((1,) * 8, (1000, "x/y"), 3),
        ((0.9, 0.1), (5, "s"), 0),
    ],
)
def test_a_pick_stays_the_same_for_ever(
    shares: tuple[float, ...], ids: tuple[object, ...], expected: int
) -> None:
    assert pick(shares, *ids) == expected


@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=8), st.integers(), st.text())
def test_a_pick_is_one_of_the_variants_and_repeats(shares: list[float], number: int, text: str) -> None:
    assert pick(shares, number, text) in range(len(shares))
    assert pick(shares, number, text) == pick(shares, number, text)


@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=7), st.floats(0.01, 1), st.integers())
def test_a_variant_that_is_added_takes_leads_and_moves_no_other(
    shares: list[float], new: float, number: int
) -> None:
    assert pick([*shares, new], number) in (pick(shares, number), len(shares))


@given(st.integers(), st.floats(0.1, 0.5), st.floats(0.5, 0.9))
def test_a_share_that_grows_only_takes_leads(number: int, before: float, after: float) -> None:
    if pick((1 - before, before), number) == 1:
        assert pick((1 - after, after), number) == 1


@pytest.mark.parametrize("shares", [(0.25,) * 4, (0.7, 0.2, 0.1), (1.0, 0.0)])
def test_each_variant_gets_its_share(shares: tuple[float, ...]) -> None:
    counts = Counter(pick(shares, number, "step") for number in range(20_000))
    assert all(abs(counts[number] / 20_000 - share) < 0.012 for number, share in enumerate(shares))


def test_two_steps_pick_apart_from_each_other() -> None:
    both = Counter((pick((1, 1), number, "one"), pick((1, 1), number, "two")) for number in range(10_000))
    assert len(both) == 4 and min(both.values()) > 2_300


def test_ids_do_not_run_into_each_other() -> None:
    assert chance(1, 23) != chance(12, 3)


@given(st.integers(), st.text())
def test_chance_is_strictly_between_never_and_always(number: int, text: str) -> None:
    assert 0 < chance(number, text) < 1


@pytest.mark.parametrize("shares", [(), (0, 0), (1, -1)])
def test_there_must_be_something_to_pick_from(shares: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="nothing to pick"):
        pick(shares, 1)


# -- what may be written ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shape", "written", "said"),
    [
        (Variants, {"subject": ["one"]}, "at least 2"),
        (Variants, {"subject": [str(n) for n in range(9)]}, "at most 8"),
        (WaitVariants, {"wait": ["1 day"]}, "at least 2"),
        (Variants, {"measure": "replied"}, "differ in one thing; write subject, email or sender"),
        (Variants, {"subject": ["a", "b"], "sender": ["anna", "ben"]}, "differ in one thing"),
        (Variants, {"subject": ["a", "b"], "measure": "opened"}, "opens are no measure"),
        (Variants, {"subject": ["a", "b"], "measure": "opens"}, "opens are no measure"),
        (Variants, {"subject": ["a", "b"], "measure": "liked"}, "Input should be 'replied'"),
        (Variants, {"subject": ["a", "b"], "within": "0 days"}, "nothing happens within no time"),
        (Variants, {"subject": ["a", "b"], "minimum_effect": "0 points"}, "smallest effect"),
        (Variants, {"subject": ["a", "b"], "minimum_effect": "60 points"}, "at most 50 points"),
        (Variants, {"subject": ["a", "b"], "minimum_effect": 2}, "'2' is no such amount; write for example 2 points"),
        (Experiment, {"holdout": "60 %", "measure": "mql"}, "60 % are too many to hold out; at most 50 %"),
        (Experiment, {"holdout": 0.1, "measure": "mql"}, "write for example 10 %"),
        (Experiment, {"holdout": "10 %"}, "without a measure replies are counted, which can not happen"),
        (Experiment, {"holdout": "10 %", "measure": "clicked"}, "clicked can not happen to leads that get no mail"),
        (Experiment, {"alpha": "50 %"}, "alpha is how often"),
        (Experiment, {"alpha": "0 %"}, "alpha is how often"),
        (Experiment, {"stratify": ["source", "source"]}, "stands twice"),
        (Experiment, {"stratify": ["colour"]}, "Input should be 'source'"),
        (Experiment, {"method": "bandit"}, "Input should be 'fixed' or 'thompson'"),
    ],
)  # fmt: skip
def test_what_can_tell_nothing_is_refused(shape: Any, written: dict[str, Any], said: str) -> None:
    with pytest.raises(ValidationError) as error:
        shape.model_validate(written)
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("written", "holdout", "effect"),
    [
        ({"holdout": "10 %", "minimum_effect": "2 points"}, 0.1, 0.02),
        ({"holdout": "12.5%", "minimum_effect": "1 point"}, 0.125, 0.01),
        ({"holdout": "50 %", "minimum_effect": "0.5points"}, 0.5, 0.005),
    ],
)
def test_amounts_are_written_with_their_unit_and_keep_it(
    written: dict[str, str], holdout: float, effect: float
) -> None:
    found = Experiment.model_validate({**written, "measure": "sql"})
    assert (found.holdout, found.minimum_effect) == pytest.approx((holdout, effect))
    assert Experiment.model_validate(found.model_dump(mode="json")) == found


@pytest.mark.parametrize(
    ("measure", "kind", "stages"),
    [
        ("replied", Kind.REPLIED, ()),
        ("deal_won", Kind.DEAL_WON, ()),
        ("sql", Kind.STAGE_CHANGED, (Stage.SQL, Stage.OPPORTUNITY, Stage.CUSTOMER)),
        ("customer", Kind.STAGE_CHANGED, (Stage.CUSTOMER,)),
    ],
)
def test_a_measure_is_something_that_people_do_or_a_stage_and_all_beyond_it(
    measure: str, kind: Kind, stages: tuple[Stage, ...]
) -> None:
    assert (kind_of(measure), stages_from(measure)) == (kind, stages)
