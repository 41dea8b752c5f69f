"""Variants: chance that comes from a hash of ids."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.variants import pick


@pytest.mark.parametrize(
    ("count", "ids", "expected"), [(2, (1, "a"), 0), (3, (7, "step"), 2), (8, (1000, "x/y"), 6)]
)
def test_a_pick_stays_the_same_for_ever(count: int, ids: tuple[object, ...], expected: int) -> None:
    assert pick(count, *ids) == expected


@given(st.integers(1, 8), st.integers(), st.text())
def test_a_pick_is_one_of_the_variants_and_repeats(count: int, number: int, text: str) -> None:
    assert pick(count, number, text) in range(count)
    assert pick(count, number, text) == pick(count, number, text)


def test_leads_are_spread_evenly() -> None:
    counts = Counter(pick(4, number, "step") for number in range(20_000))
    assert set(counts) == {0, 1, 2, 3}
    assert all(4_750 < count < 5_250 for count in counts.values())


def test_two_steps_pick_apart_from_each_other() -> None:
    both = Counter((pick(2, number, "one"), pick(2, number, "two")) for number in range(10_000))
    assert len(both) == 4 and min(both.values()) > 2_300


def test_ids_do_not_run_into_each_other() -> None:
    assert any(pick(1000, 1, 23 + n) != pick(1000, 12, 3 + n) for n in range(3))
    assert pick(1_000_000, 1, 23) != pick(1_000_000, 12, 3)


def test_there_must_be_something_to_pick_from() -> None:
    with pytest.raises(ValueError, match="nothing to pick"):
        pick(0, 1)
