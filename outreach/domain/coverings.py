"""Chooses few out of many so that all is there at least once: a sample that shows every case."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import combinations, islice, product
from math import prod

Factors = Mapping[str, Sequence[Hashable]]
"""What can differ, each with its values; the first value of each is the usual one."""
Assignment = dict[str, Hashable]


def assignments(factors: Factors, most: int) -> Iterator[Assignment]:
    """Yield different assignments of a value to each factor, at most `most`; the first has the usual value of each.

    All of them where there are so few; else those that differ from the usual in one or two factors, and then others
    that are spread by a hash, so the same factors always give the same ones.
    """
    names = list(factors)
    if prod(len(values) for values in factors.values()) <= most:
        for values in product(*factors.values()):
            yield dict(zip(names, values, strict=True))
        return
    usual: Assignment = {name: values[0] for name, values in factors.items()}
    near = [usual, *_near(usual, factors)][: max(most // 2, 1)]
    yield from near
    for number in range(most - len(near)):
        yield {name: values[_number(name, number) % len(values)] for name, values in factors.items()}


def _near(usual: Assignment, factors: Factors) -> Iterator[Assignment]:
    others = [(name, value) for name, values in factors.items() for value in values[1:]]
    for name, value in others:
        yield usual | {name: value}
    for (first, one), (second, two) in combinations(others, 2):
        if first != second:
            yield usual | {first: one, second: two}


def _number(*ids: object) -> int:
    return int.from_bytes(blake2b(repr(ids).encode(), digest_size=8).digest())


def cover(shows: Sequence[Collection[Hashable]]) -> list[int]:
    """Return the numbers of few candidates that together show all that any of them shows, the first one among them.

    Greedily: each time the one that shows most of what is still missing, of equals the earlier.
    """
    bits: dict[Hashable, int] = {}
    masks = [sum(1 << bits.setdefault(item, len(bits)) for item in set(shown)) for shown in shows]
    missing = (1 << len(bits)) - 1
    chosen: list[int] = []
    for first in islice(range(len(masks)), 1):
        chosen.append(first)
        missing &= ~masks[first]
    while missing:
        best = max(range(len(masks)), key=lambda number: ((masks[number] & missing).bit_count(), -number))
        chosen.append(best)
        missing &= ~masks[best]
    return _without_needless(chosen, masks)


def _without_needless(chosen: list[int], masks: Sequence[int]) -> list[int]:
    """Return the chosen without those that the others make needless; the first stays."""
    kept = list(chosen)
    for number in reversed(chosen[1:]):
        rest = 0
        for other in kept:
            rest |= masks[other] if other != number else 0
        if not masks[number] & ~rest:
            kept.remove(number)
    return kept
