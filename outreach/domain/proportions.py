"""A share of a whole with what chance leaves open about it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist


@dataclass(frozen=True)
class Proportion:
    """So many of so many; `low` and `high` enclose the true rate with the stated confidence (Wilson 1927)."""

    count: int
    of: int
    confidence: float = 0.95

    def __post_init__(self) -> None:
        if not 0 <= self.count <= self.of:
            raise ValueError(f"{self.count} of {self.of} is no share")

    @property
    def rate(self) -> float | None:
        """The share seen; None of nothing."""
        return self.count / self.of if self.of else None

    @property
    def low(self) -> float:
        return self._bound(-1)

    @property
    def high(self) -> float:
        return self._bound(1)

    def _bound(self, side: int) -> float:
        if not self.of:
            return 0.0 if side < 0 else 1.0
        if self.count == (0 if side < 0 else self.of):
            return self.count / self.of  # exactly, where rounding would leave a trace
        z = NormalDist().inv_cdf(0.5 + self.confidence / 2)
        rate, spread = self.count / self.of, z * z / self.of
        half = z * math.sqrt(rate * (1 - rate) / self.of + spread / (4 * self.of))
        return (rate + spread / 2 + side * half) / (1 + spread)

    def __str__(self) -> str:
        if self.rate is None:
            return "none of 0"
        return f"{self.count} of {self.of} ({self.rate:.0%}, {self.low:.0%} to {self.high:.0%})"
