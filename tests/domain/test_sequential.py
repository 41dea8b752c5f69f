"""Evidence that holds at every look: its false-alarm rate on experiments in which nothing differs, power, intervals."""

from __future__ import annotations

import math
import random
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.sequential import Bets, Rates, misfit, needed, rate_interval
from outreach.domain.thompson import allocate, least_share

ALPHA = 0.05
EFFECT = 0.02


class Played:
    """One experiment with two arms, played lead by lead: a look each day."""

    def __init__(
        self, seed: int, rates: tuple[float, float], share: float = 0.5, effect: float = EFFECT
    ) -> None:
        self.chance = random.Random(seed)
        self.rates, self.share = rates, share
        self.bets, self.expected = Bets(effect, min(share, 1 - share)), Rates()

    def day(self, leads: int, strata: int = 1) -> float:
        """Let so many leads come; return the evidence at the end of the day, as its logarithm."""
        chance, share = self.chance.random, self.share
        for _ in range(leads):
            second = chance() < share
            stratum = str(int(chance() * strata)) if strata > 1 else ""
            converted = chance() < self.rates[second] * (1 + int(stratum or 0))
            expected, overall = self.expected.of(stratum), self.expected.overall
            self.bets.add(converted, second, share, expected, overall)
            self.expected.learn(stratum, converted)
        return self.bets.evidence


def sure_on(played: Played, days: int, a_day: int, strata: int = 1) -> int | None:
    """Return the first day on which the experiment looks decided to somebody who looks every day."""
    limit = -math.log(ALPHA)
    return next((day for day in range(1, days + 1) if played.day(a_day, strata) >= limit), None)


def fixed_size(rate: float, effect: float) -> float:
    """Return how many leads in both arms the classical test needs, which may be looked at once."""
    z = NormalDist().inv_cdf(1 - ALPHA / 2) + NormalDist().inv_cdf(0.8)
    return 2 * z**2 * (rate * (1 - rate) + (rate + effect) * (1 - rate - effect)) / effect**2


# -- the A/A test: nothing differs, and somebody looks every day -------------------------------------


@pytest.mark.parametrize(
    ("rate", "share", "strata", "runs"),
    [(0.05, 0.5, 1, 1200), (0.3, 0.5, 1, 400), (0.01, 0.5, 1, 400), (0.05, 0.9, 1, 400), (0.05, 0.5, 3, 300)],
    ids=["5 %", "30 %", "1 %", "a hold-out of 10 %", "three strata"],
)
def test_who_looks_every_day_for_two_months_is_misled_at_most_as_often_as_alpha_says(
    rate: float, share: float, strata: int, runs: int
) -> None:
    alarms = sum(
        sure_on(Played(seed, (rate, rate), share), 60, 30, strata) is not None for seed in range(runs)
    )
    print(
        f"A/A at {rate:.0%}: {alarms} false alarms in {runs} experiments with 60 looks: {alarms / runs:.1%}"
    )
    assert alarms / runs <= ALPHA


def test_the_classical_test_looked_at_every_day_would_mislead_far_more_often() -> None:
    alarms = 0
    for seed in range(300):
        chance, counts = random.Random(seed), [[0, 0], [0, 0]]
        for _ in range(60):
            for _ in range(30):
                arm = counts[chance.random() < 0.5]
                arm[0] += chance.random() < 0.05
                arm[1] += 1
            (a, n), (b, m) = counts
            pooled = (a + b) / (n + m)
            spread = math.sqrt(max(pooled * (1 - pooled), 1e-9) * (1 / max(n, 1) + 1 / max(m, 1)))
            if n and m and abs(a / n - b / m) > 1.96 * spread:
                alarms += 1
                break
    print(f"the classical test looked at 60 times: {alarms / 300:.0%} false alarms")
    assert alarms / 300 > 3 * ALPHA


# -- what is found, and when -------------------------------------------------------------------------


@pytest.mark.parametrize(("rate", "effect"), [(0.05, 0.02), (0.2, 0.04)])
def test_the_promised_number_of_leads_finds_a_true_effect_four_times_in_five(
    rate: float, effect: float
) -> None:
    promised, runs = needed(rate, effect, 0.5, ALPHA), 100
    days = [
        sure_on(Played(seed, (rate, rate + effect), effect=effect), 25, promised // 25)
        for seed in range(runs)
    ]
    found = sorted(day for day in days if day is not None)
    times = promised / fixed_size(rate, effect)
    half = found[runs // 2 - 1] / 25 * times
    print(f"{rate:.0%} + {effect:.0%}: {promised:,} leads, {times:.2f} of the fixed size; found {len(found)} %; "
          f"half of them by {half:.2f} of the fixed size")  # fmt: skip
    assert len(found) >= 0.8 * runs
    assert times < 2.0 and half < 1.4


def test_a_hold_out_needs_more_leads_in_all_and_finds_it_then() -> None:
    promised = needed(0.05, 0.03, 0.9, ALPHA)
    assert promised > 2 * needed(0.05, 0.03, 0.5, ALPHA)
    found = sum(
        sure_on(Played(seed, (0.05, 0.08), 0.9, 0.03), 20, promised // 20) is not None for seed in range(60)
    )
    assert found >= 48


@given(st.floats(0.01, 0.6), st.floats(0.005, 0.2), st.floats(0.1, 0.9))
def test_a_smaller_effect_and_a_smaller_error_need_more_leads(
    rate: float, effect: float, share: float
) -> None:
    found = needed(rate, effect, share, ALPHA)
    assert found < needed(rate, effect / 2, share, ALPHA)
    assert found <= needed(rate, effect, share, ALPHA / 3)


# -- intervals ---------------------------------------------------------------------------------------


def test_intervals_hold_the_true_difference_at_every_look() -> None:
    misses = 0
    for seed in range(200):
        played = Played(seed, (0.1, 0.13))
        for _ in range(20):
            played.day(100)
            if played.bets.against(0.03) >= -math.log(ALPHA):
                misses += 1
                break
    print(f"intervals looked at 20 times missed the true difference in {misses / 200:.1%}")
    assert misses / 200 <= ALPHA


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=200), st.sampled_from([0.5, 0.9, 0.2]))
def test_an_interval_excludes_no_difference_just_when_the_evidence_is_enough(
    leads: list[tuple[bool, bool]], share: float
) -> None:
    bets, rates = Bets(0.1, min(share, 1 - share)), Rates()
    for converted, second in leads:
        bets.add(converted, second, share, rates.of(""), rates.overall)
        rates.learn("", converted)
    low, high = bets.interval(ALPHA)
    assert -1 <= low <= high <= 1
    assert bets.evidence == pytest.approx(bets.against(0.0), abs=1e-6)
    if abs(bets.evidence + math.log(ALPHA)) > 1e-3:
        assert (low > 0 or high < 0) == (bets.evidence >= -math.log(ALPHA))


@pytest.mark.parametrize("conversions,leads", [(0, 0), (0, 30), (30, 30), (12, 300), (500, 10_000)])
def test_a_rate_lies_in_its_interval_which_narrows(conversions: int, leads: int) -> None:
    low, high = rate_interval(conversions, leads, ALPHA)
    assert 0 <= low <= (conversions / leads if leads else 0.5) <= high <= 1
    wide = rate_interval(conversions, leads, ALPHA / 10)
    assert wide.low <= low and high <= wide.high
    if leads:
        more = rate_interval(10 * conversions, 10 * leads, ALPHA)
        assert more.high - more.low < high - low


def test_rate_intervals_hold_at_every_look() -> None:
    misses = 0
    for seed in range(300):
        chance, came = random.Random(seed), 0
        for count in range(1, 401):
            came += chance.random() < 0.1
            low, high = rate_interval(came, count, ALPHA) if count % 20 == 0 else (0.0, 1.0)
            if not low <= 0.1 <= high:
                misses += 1
                break
    assert misses / 300 <= ALPHA


def test_before_anybody_came_nothing_is_known() -> None:
    bets = Bets(EFFECT, 0.5)
    assert bets.evidence == pytest.approx(0.0) and bets.difference == 0.0
    assert bets.interval(ALPHA) == (-1.0, 1.0)
    assert rate_interval(0, 0, ALPHA) == (0.0, 1.0)


def test_strata_that_differ_are_evened_out() -> None:
    bets, rates, chance = Bets(0.02, 0.5), Rates(), random.Random(4)
    for _ in range(6_000):
        stratum = "a" if chance.random() < 0.5 else "b"
        second, converted = chance.random() < 0.5, chance.random() < {"a": 0.02, "b": 0.6}[stratum]
        bets.add(converted, second, 0.5, rates.of(stratum), rates.overall)
        rates.learn(stratum, converted)
    assert rates.of("a") < 0.05 and rates.of("b") > 0.55
    spread = 2 * math.sqrt((0.02 * 0.98 + 0.6 * 0.4) / 2 / 6_000)
    assert abs(bets.difference) < 3 * spread


@pytest.mark.parametrize(
    ("counts", "shares", "is_off"),
    [
        ((500, 500), (0.5, 0.5), False),
        ((520, 480), (0.5, 0.5), False),
        ((600, 400), (0.5, 0.5), True),
        ((100, 900), (0.1, 0.9), False),
        ((160, 840), (0.1, 0.9), True),
        ((0, 0, 0), (1 / 3,) * 3, False),
    ],
)
def test_arms_that_did_not_get_their_shares_are_seen(
    counts: tuple[int, ...], shares: tuple[float, ...], is_off: bool
) -> None:
    assert (misfit(counts, shares) >= math.log(1000)) == is_off


# -- Thompson sampling -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "shares"),
    [
        ([(0, 0), (0, 0)], (0.5, 0.5)),
        ([(12, 400), (20, 402)], (0.16, 0.84)),
        ([(500, 10_000), (600, 10_000)], (0.1, 0.9)),
        ([(1, 1000), (5, 1000), (40, 1000)], (0.1, 0.1, 0.8)),
        ([(50, 50), (0, 50)], (0.9, 0.1)),
    ],
)
def test_shares_follow_how_likely_each_arm_is_the_best(
    counts: list[tuple[int, int]], shares: tuple[float, ...]
) -> None:
    assert allocate(counts) == pytest.approx(shares)


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(0, 5000)), min_size=2, max_size=8))
def test_shares_are_whole_and_no_arm_is_given_up(counts: list[tuple[int, int]]) -> None:
    shares = allocate([(came, came + others) for came, others in counts])
    assert sum(shares) == pytest.approx(1)
    assert min(shares) >= math.floor(100 * least_share(len(counts))) / 100


def test_shares_that_follow_the_results_mislead_no_more_often() -> None:
    alarms, runs = 0, 300
    for seed in range(runs):
        chance, counts, share = random.Random(seed), [[0, 0], [0, 0]], 0.5
        bets, rates = Bets(EFFECT, least_share(2)), Rates()
        for _ in range(6):
            for _ in range(200):
                second, converted = chance.random() < share, chance.random() < 0.08
                bets.add(converted, second, share, rates.of(""), rates.overall)
                rates.learn("", converted)
                counts[second][0] += converted
                counts[second][1] += 1
            if bets.evidence >= -math.log(ALPHA):
                alarms += 1
                break
            share = allocate([(came, leads) for came, leads in counts])[1]
    print(f"A/A with Thompson sampling: {alarms / runs:.1%} false alarms")
    assert alarms / runs <= ALPHA
