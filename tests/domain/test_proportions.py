"""Shares and what chance leaves open about them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.proportions import Proportion


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        # Newcombe 1998, Statistics in Medicine 17, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_wilsons(count: int, of: int, low: float, high: float) -> None:
    share = Proportion(count, of)
    assert share.low == pytest.approx(low, abs=5e-5)
    assert share.high == pytest.approx(high, abs=5e-5)


@given(st.integers(1, 10_000).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_the_share_lies_in_its_interval_and_more_confidence_is_wider(counts: tuple[int, int]) -> None:
    share, surer = Proportion(*counts), Proportion(*counts, confidence=0.99)
    assert share.rate is not None
    assert 0 <= surer.low <= share.low <= share.rate <= share.high <= surer.high <= 1


def test_of_nothing_everything_is_possible() -> None:
    nothing = Proportion(0, 0)
    assert (nothing.rate, nothing.low, nothing.high, str(nothing)) == (None, 0.0, 1.0, "none of 0")


def test_it_reads_as_a_person_says_it() -> None:
    assert str(Proportion(31, 214)) == "31 of 214 (14%, 10% to 20%)"


@pytest.mark.parametrize(("count", "of"), [(3, 2), (-1, 2)])
def test_more_than_all_is_no_share(count: int, of: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        Proportion(count, of)
