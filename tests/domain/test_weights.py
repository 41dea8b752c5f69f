"""Weights fitted to what leads did and whether they bought."""

from __future__ import annotations

import math
import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.weights import Fitted, fit, ranking


def test_one_feature_of_two_values_gives_the_log_odds_of_the_table() -> None:
    fitted = fit({(0,): (100, 10), (1,): (100, 40)}, ridge=0.0)
    assert fitted.base == pytest.approx(math.log(10 / 90), abs=1e-6)
    assert fitted.weights[0] == pytest.approx(math.log(40 / 60) - math.log(10 / 90), abs=1e-6)


def test_the_weights_that_made_the_data_are_found_again() -> None:
    chance, truth = random.Random(5), Fitted(-2.0, (1.2, 0.0, -0.7))
    leads: Counter[tuple[int, ...]] = Counter()
    buyers: Counter[tuple[int, ...]] = Counter()
    for _ in range(60_000):
        row = (chance.randrange(3), chance.randrange(4), chance.randrange(2))
        leads[row] += 1
        buyers[row] += chance.random() < 1 / (1 + math.exp(-truth.log_odds(row)))
    found = fit({row: (of, buyers[row]) for row, of in leads.items()})
    assert found.weights == pytest.approx(truth.weights, abs=0.06)


def test_a_feature_that_only_buyers_have_gets_a_finite_weight() -> None:
    found = fit({(0,): (50, 0), (1,): (5, 5)})
    assert 0 < found.weights[0] < 10


@pytest.mark.parametrize("counts", [{(0,): (10, 0)}, {(0,): (3, 3), (1,): (2, 2)}])
def test_where_nobody_or_everybody_bought_nothing_can_be_told(
    counts: dict[tuple[int, ...], tuple[int, int]],
) -> None:
    with pytest.raises(ValueError, match="nothing can be told apart"):
        fit(counts)


rows = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(0, 3)),
    st.integers(1, 30).flatmap(lambda of: st.tuples(st.just(of), st.integers(0, of))),
    min_size=2,
    max_size=12,
).filter(lambda counts: 0 < sum(won for _, won in counts.values()) < sum(of for of, _ in counts.values()))


@given(rows)
def test_at_the_weights_found_no_small_change_fits_better(
    counts: dict[tuple[int, ...], tuple[int, int]],
) -> None:
    found = fit(counts)

    def loss(fitted: Fitted) -> float:
        odds = {row: fitted.log_odds(row) for row in counts}
        return (
            sum(of * math.log1p(math.exp(odds[row])) - won * odds[row] for row, (of, won) in counts.items())
            + sum(weight**2 for weight in fitted.weights) / 2
        )

    for change in (-1e-3, 1e-3):
        assert loss(Fitted(found.base + change, found.weights)) >= loss(found) - 1e-9
        for place in range(2):
            moved = list(found.weights)
            moved[place] += change
            assert loss(Fitted(found.base, tuple(moved))) >= loss(found) - 1e-9


@pytest.mark.parametrize(
    ("scored", "area"),
    [
        ([(1.0, 10, 0), (2.0, 10, 10)], 1.0),
        ([(1.0, 10, 10), (2.0, 10, 0)], 0.0),
        ([(1.0, 20, 10)], 0.5),
        ([(1.0, 4, 1), (2.0, 4, 3)], 0.75),
        ([(1.0, 4, 0)], None),
        ([(1.0, 4, 4)], None),
    ],
)
def test_the_ranking_says_how_often_a_buyer_stands_above(
    scored: list[tuple[float, int, int]], area: float | None
) -> None:
    assert ranking(scored) == area
