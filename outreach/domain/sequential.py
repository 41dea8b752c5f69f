"""Statistics that stay true when somebody looks every day: evidence, intervals, and how many leads are needed.

A difference of two rates is tested by betting (Waudby-Smith and Ramdas 2024, "Estimating means of bounded random
variables by betting", JRSS B 86; the idea is Ville's of 1939). Somebody who bets on each lead in a game that is fair
while both rates are the same multiplies the stake by 20 with a chance of at most 1 in 20, at whatever moment one looks
(Johari, Koomen, Pekelis and Walsh 2022, "Always valid inference", Operations Research 70, say why that matters). So the
winnings are the evidence, and an error rate of 5 % is kept by asking for 20. No approximation and no number of leads
fixed beforehand is needed, and shares may change with the results (Waudby-Smith, Wu, Ramdas, Karampatziakis and Mineiro
2024, "Anytime-valid off-policy inference", ACM/IMS J. Data Science 1).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from statistics import NormalDist
from typing import NamedTuple

STAKES = ((0.25, 0.05), (0.5, 0.25), (1.0, 0.4), (2.0, 0.2), (6.0, 0.1))
"""What is bet, in units of the best bet on the smallest effect that matters, and which part of the money goes there."""
FIRST_RATE, FIRST_LEADS = 0.05, 10
"""The rate that is expected before anything is known, and how many leads that belief is worth."""
IN_A_STRATUM = 20
"""How many leads the rate of all is worth within a stratum."""
REFRESH = 1.25
"""Bets follow what was learned whenever there are so many times as many leads as before."""
POWER = 0.8


class Interval(NamedTuple):
    """Where the truth lies; at all times at once with the stated confidence."""

    low: float
    high: float


class Rates:
    """What rates to expect of the next lead, from the leads before it: of all, and within each stratum."""

    def __init__(self) -> None:
        self._counts: dict[str, list[int]] = {}
        self._known: dict[str, float] = {}
        self._all, self._next, self.overall = [0, 0], 0.0, FIRST_RATE

    def of(self, stratum: str) -> float:
        """Return the rate expected in the stratum, in tenths of a percent."""
        if stratum not in self._known:
            came, leads = self._counts.get(stratum, (0, 0))
            self._known[stratum] = round((came + IN_A_STRATUM * self.overall) / (leads + IN_A_STRATUM), 3)
        return self._known[stratum]

    def learn(self, stratum: str, converted: bool) -> None:
        """Count a lead; what is expected changes when there are a quarter more of them than the last time."""
        for count in (self._all, self._counts.setdefault(stratum, [0, 0])):
            count[0] += converted
            count[1] += 1
        if self._all[1] >= self._next:
            self._next = self._all[1] * REFRESH
            self.overall = (self._all[0] + FIRST_RATE * FIRST_LEADS) / (self._all[1] + FIRST_LEADS)
            self._known.clear()


class Bets:
    """Bets on the difference between two arms: the second arm's rate less the first one's.

    Of each lead that is in one of the two comes an estimate of the difference whose mean is right whatever the rates
    are, as its chance of being in either is known: (outcome - expected) / chance, with a minus in the first arm
    (Robins, Rotnitzky and Zhao 1994). What is expected comes from earlier leads of its stratum, which takes out what
    strata have to do with the outcome (post-stratification: Miratrix, Sekhon and Yu 2013).
    """

    def __init__(self, minimum_effect: float, least_share: float) -> None:
        """`least_share` is the smallest chance that a lead of the two arms has of being in either of them."""
        self.minimum_effect = minimum_effect
        self.most = 1 / (1 / least_share + 1)  # no single lead can cost all the money
        self._seen: Counter[tuple[float, float]] = Counter()  # (estimate, unit of the stake) -> leads
        self._logs = [0.0] * (2 * len(STAKES))
        self._cached: dict[tuple[float, float], tuple[float, ...]] = {}
        self.leads, self._sum = 0, 0.0

    def add(self, converted: bool, in_second: bool, share: float, expected: float, overall: float) -> None:
        """Take in one lead: `share` is its chance of being in the second arm, given that it is in one of the two."""
        estimate = (converted - expected) / (share if in_second else share - 1)
        spread = max(overall * (1 - overall), 0.001) / (share * (1 - share))
        key = estimate, float(f"{self.minimum_effect / spread:.2g}")
        if key not in self._cached:
            self._cached[key] = _logs(key[0], key[1], self.most)
        for number, log in enumerate(self._cached[key]):
            self._logs[number] += log
        self._seen[key] += 1
        self.leads += 1
        self._sum += estimate

    @property
    def difference(self) -> float:
        """The estimate of the difference, the strata evened out; 0 before the first lead."""
        return self._sum / self.leads if self.leads else 0.0

    @property
    def evidence(self) -> float:
        """How many times the stake has become by betting against no difference at all, as its logarithm."""
        return _mixed(self._logs)

    def against(self, difference: float) -> float:
        """Return the evidence against this difference, as its logarithm."""
        logs = [0.0] * len(self._logs)
        for (estimate, unit), leads in self._seen.items():
            for number, log in enumerate(_logs(estimate - difference, unit, self.most)):
                logs[number] += leads * log
        return _mixed(logs)

    def interval(self, alpha: float) -> Interval:
        """Return all differences that there is less than 1 / alpha of evidence against."""
        inside = min(max(self.difference, -1.0), 1.0)
        limit = -math.log(alpha)
        if self.against(inside) >= limit:
            return Interval(inside, inside)
        return Interval(self._edge(inside, -1.0, limit), self._edge(inside, 1.0, limit))

    def _edge(self, inside: float, outside: float, limit: float) -> float:
        """Return where the evidence reaches the limit: it only grows on the way out, as it is convex."""
        if self.against(outside) < limit:
            return outside
        for _ in range(24):
            middle = (inside + outside) / 2
            if self.against(middle) < limit:
                inside = middle
            else:
                outside = middle
        return outside


def _logs(gain: float, unit: float, most: float) -> tuple[float, ...]:
    """Return what one lead makes of each bet: first of those on more, then of those on less."""
    stakes = [min(size * unit, most) for size, _ in STAKES]
    return tuple(math.log1p(side * stake * gain) for side in (1, -1) for stake in stakes)


def _mixed(logs: Sequence[float]) -> float:
    weights = [weight / 2 for _ in (1, -1) for _, weight in STAKES]
    top = max(logs)
    return top + math.log(sum(w * math.exp(log - top) for w, log in zip(weights, logs, strict=True)))


def rate_interval(conversions: int, leads: int, alpha: float) -> Interval:
    """Return where a rate lies, at all times at once: those that a mixture does not outbid by 1 / alpha.

    Robbins 1970, "Statistical methods related to the law of the iterated logarithm"; with the mixture of Krichevsky and
    Trofimov for yes and no (Howard, Ramdas, McAuliffe and Sekhon 2021, Annals of Statistics 49).
    """
    if not leads:
        return Interval(0.0, 1.0)
    others = leads - conversions
    mixture = _log_beta(conversions + 0.5, others + 0.5) - _log_beta(0.5, 0.5)

    def outbid(rate: float) -> bool:
        likely = conversions * math.log(rate) if conversions else 0.0
        likely += others * math.log1p(-rate) if others else 0.0
        return mixture - likely >= -math.log(alpha)

    seen = min(max(conversions / leads, 1e-9), 1 - 1e-9)
    return Interval(
        _border(seen, 0.0, outbid) if conversions else 0.0, _border(seen, 1.0, outbid) if others else 1.0
    )


def _border(inside: float, outside: float, is_out: object) -> float:
    assert callable(is_out)
    for _ in range(30):
        middle = (inside + outside) / 2
        if is_out(middle):
            outside = middle
        else:
            inside = middle
    return outside


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)


def needed(rate: float, effect: float, share: float, alpha: float, power: float = POWER) -> int:
    """Return how many leads in two arms let the bets find a true effect of this size with this power.

    `rate` is the first arm's, `share` the second one's part of the leads. Counted as if one looked only at the end, so that
    who looks every day needs rather less.
    """
    bad_luck = NormalDist().inv_cdf(power)
    bets = [_growth(bet) for bet in _bets_of(rate, min(rate + effect, 1.0), effect, share)]

    def is_enough(leads: int) -> bool:
        unlucky = math.sqrt(leads) * bad_luck
        sides = (1,) * len(STAKES) + (-1,) * len(STAKES)
        logs = [
            leads * mean - side * unlucky * spread for side, (mean, spread) in zip(sides, bets, strict=True)
        ]
        return _mixed(logs) >= -math.log(alpha)

    high = 16
    while not is_enough(high) and high < 2**40:
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_enough(middle) else (middle, high)
    return high


def _bets_of(rate: float, after: float, effect: float, share: float) -> list[list[tuple[float, float]]]:
    """Return for each bet what a lead may make of it, as a logarithm, and how often."""
    expected = (1 - share) * rate + share * after
    unit = effect * share * (1 - share) / max(expected * (1 - expected), 0.001)
    most = 1 / (1 / min(share, 1 - share) + 1)
    found: list[list[tuple[float, float]]] = [[] for _ in range(2 * len(STAKES))]
    for part, chance, sign in ((1 - share, rate, -1), (share, after, 1)):
        for outcome, how_often in ((1 - expected, chance), (-expected, 1 - chance)):
            logs = _logs(sign * outcome / part, unit, most)
            for number, log in enumerate(logs):
                found[number].append((log, part * how_often))
    return found


def _growth(bet: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return mean and standard deviation of what one lead makes of a bet."""
    mean = sum(log * how_often for log, how_often in bet)
    return mean, math.sqrt(sum((log - mean) ** 2 * how_often for log, how_often in bet))


def misfit(counts: Sequence[int], shares: Sequence[float]) -> float:
    """Return the evidence, as its logarithm, that arms did not get their shares: that something loses leads of one.

    Lindon and Malek 2022, "Anytime-valid inference for multinomial count data", NeurIPS 35.
    """
    belief = [100 * share for share in shares]
    log = math.lgamma(sum(belief)) - math.lgamma(sum(belief) + sum(counts))
    for count, before, share in zip(counts, belief, shares, strict=True):
        log += math.lgamma(before + count) - math.lgamma(before) - count * math.log(share)
    return log
