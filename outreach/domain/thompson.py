"""Thompson sampling: gives more leads to the variants that are more likely the best one, as results come in."""

from __future__ import annotations

import math
from collections.abc import Sequence

POINTS = 1_000
"""On how many rates each belief is summed up."""


def least_share(arms: int) -> float:
    """Return the share that no arm falls below: results of all have to go on coming in."""
    return min(0.1, 0.5 / arms)


def allocate(counts: Sequence[tuple[int, int]]) -> tuple[float, ...]:
    """Return the share of each arm by (conversions, leads) so far: how likely it is the best, in whole percents.

    Thompson 1933, "On the likelihood that one unknown probability exceeds another", Biometrika 25. Rates are believed
    to be anything beforehand. The integral is summed up instead of drawn, so that the same counts give the same shares.
    """
    likely = _likely_best(counts)
    least = least_share(len(counts))
    free = 1 - least * len(counts)
    whole = [math.floor(100 * (least + free * each)) for each in likely]
    whole[likely.index(max(likely))] += 100 - sum(whole)
    return tuple(each / 100 for each in whole)


def _likely_best(counts: Sequence[tuple[int, int]]) -> list[float]:
    beliefs = [(1 + came, 1 + leads - came) for came, leads in counts]
    means = [a / (a + b) for a, b in beliefs]
    spreads = [math.sqrt(m * (1 - m) / (a + b + 1)) for m, (a, b) in zip(means, beliefs, strict=True)]
    low = max(0.0, min(m - 8 * s for m, s in zip(means, spreads, strict=True)))
    high = min(1.0, max(m + 8 * s for m, s in zip(means, spreads, strict=True)))
    rates = [low + (high - low) * (number + 0.5) / POINTS for number in range(POINTS)]
    densities = [_density(belief, rates) for belief in beliefs]
    below = [_summed(density) for density in densities]
    wins = [
        sum(
            density[at] * math.prod(below[other][at] for other in range(len(counts)) if other != number)
            for at in range(POINTS)
        )
        for number, density in enumerate(densities)
    ]
    return [each / sum(wins) for each in wins]


def _density(belief: tuple[int, int], rates: Sequence[float]) -> list[float]:
    a, b = belief
    logs = [(a - 1) * math.log(rate) + (b - 1) * math.log1p(-rate) for rate in rates]
    top = max(logs)
    found = [math.exp(log - top) for log in logs]
    total = sum(found)
    return [each / total for each in found]


def _summed(density: Sequence[float]) -> list[float]:
    """Return how likely the rate is below each point, half of the point's own part counted."""
    total, found = 0.0, []
    for each in density:
        found.append(total + each / 2)
        total += each
    return found
