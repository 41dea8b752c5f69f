"""Fits weights to what leads did and whether they bought: a suggestion to read, made from counts.

Ridge logistic regression by Newton's method (iteratively reweighted least squares: Hastie, Tibshirani, Friedman, The
Elements of Statistical Learning, 2nd edition, 4.4.1; the ridge as in le Cessie, van Houwelingen 1992). Rows that are
alike are counted together, so that the cost does not grow with the leads.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Counts = Mapping[tuple[int, ...], tuple[int, int]]
"""How many leads did just so much (one number for each feature), and how many of them bought."""

ROUNDS = 60
CLOSE = 1e-9
STEEPEST = 30.0  # beyond it a float says 0 or 1


@dataclass(frozen=True)
class Fitted:
    """The log-odds of buying: `base`, and what each unit of a feature adds."""

    base: float
    weights: tuple[float, ...]

    def log_odds(self, row: Sequence[int]) -> float:
        """Return the log-odds that a lead which did so much buys."""
        return self.base + math.fsum(weight * value for weight, value in zip(self.weights, row, strict=True))


def fit(counts: Counts, ridge: float = 1.0) -> Fitted:
    """Return the weights that fit best, drawn towards zero by `ridge` (the base is not).

    ValueError where nobody bought, or everybody: then nothing can be told apart.
    """
    leads, bought = sum(of for of, _ in counts.values()), sum(won for _, won in counts.values())
    if not 0 < bought < leads:
        raise ValueError(f"{bought} of {leads} bought: nothing can be told apart")
    rows = sorted(counts.items())
    beta = [math.log(bought / (leads - bought)), *[0.0] * len(rows[0][0])]
    loss = _loss(rows, beta, ridge)
    for _ in range(ROUNDS):
        step = _solved(*_newton(rows, beta, ridge))
        scale, moved, lower = 1.0, beta, loss
        while scale > CLOSE:
            moved = [value + scale * change for value, change in zip(beta, step, strict=True)]
            lower = _loss(rows, moved, ridge)
            if lower <= loss:
                break
            scale /= 2
        done = loss - lower <= CLOSE * (1 + abs(loss))
        beta, loss = moved, lower
        if done:
            break
    return Fitted(beta[0], tuple(beta[1:]))


_Rows = Sequence[tuple[tuple[int, ...], tuple[int, int]]]


def _loss(rows: _Rows, beta: Sequence[float], ridge: float) -> float:
    parts = [ridge / 2 * value * value for value in beta[1:]]
    for row, (of, won) in rows:
        odds = _odds(row, beta)
        parts.append(of * _log1pexp(odds) - won * odds)
    return math.fsum(parts)


def _odds(row: Sequence[int], beta: Sequence[float]) -> float:
    return beta[0] + sum(weight * value for weight, value in zip(beta[1:], row, strict=True))


def _log1pexp(value: float) -> float:
    return value if value > STEEPEST else math.log1p(math.exp(value))


def _probability(odds: float) -> float:
    return 1 / (1 + math.exp(-max(min(odds, STEEPEST), -STEEPEST)))


def _newton(rows: _Rows, beta: Sequence[float], ridge: float) -> tuple[list[list[float]], list[float]]:
    """Return the curvature of the loss and the way down."""
    size = len(beta)
    curvature = [[0.0] * size for _ in range(size)]
    slope = [0.0] * size
    for row, (of, won) in rows:
        values = (1, *row)
        chance = _probability(_odds(row, beta))
        rest, weight = won - of * chance, of * chance * (1 - chance)
        for i, value in enumerate(values):
            if value:
                slope[i] += rest * value
                line = curvature[i]
                for j in range(i + 1):
                    line[j] += weight * value * values[j]
    for i in range(size):
        for j in range(i):
            curvature[j][i] = curvature[i][j]
    for i in range(1, size):
        slope[i] -= ridge * beta[i]
        curvature[i][i] += ridge
    curvature[0][0] += CLOSE
    return curvature, slope


def _solved(matrix: list[list[float]], wanted: list[float]) -> list[float]:
    """Return the solution of a symmetric positive system, by Cholesky's factors."""
    size = len(wanted)
    lower = [[0.0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i + 1):
            rest = matrix[i][j] - math.fsum(lower[i][k] * lower[j][k] for k in range(j))
            lower[i][j] = math.sqrt(max(rest, CLOSE)) if i == j else rest / lower[j][j]
    half = [0.0] * size
    for i in range(size):
        half[i] = (wanted[i] - math.fsum(lower[i][k] * half[k] for k in range(i))) / lower[i][i]
    found = [0.0] * size
    for i in reversed(range(size)):
        found[i] = (half[i] - math.fsum(lower[k][i] * found[k] for k in range(i + 1, size))) / lower[i][i]
    return found


def ranking(scored: Sequence[tuple[float, int, int]]) -> float | None:
    """Return how likely a buyer stands above one who did not buy (the area under the ROC curve; 0.5 is chance).

    Each of `scored` is (score, leads, buyers among them); None where there are no buyers, or only such.
    """
    by_score: dict[float, tuple[int, int]] = {}
    for score, of, won in scored:
        others, buyers = by_score.get(score, (0, 0))
        by_score[score] = others + of - won, buyers + won
    all_others = sum(others for others, _ in by_score.values())
    all_buyers = sum(buyers for _, buyers in by_score.values())
    if not all_others or not all_buyers:
        return None
    below, ahead = 0, 0.0
    for score in sorted(by_score):
        others, buyers = by_score[score]
        ahead += buyers * (below + others / 2)
        below += others
    return ahead / (all_others * all_buyers)
