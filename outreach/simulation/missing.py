"""Says of each step who got its mail, and of all others why they never did."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from outreach.simulation.results import Steps

COMPLETED = "completed"
BRANCH = "branch not taken"


class Path(NamedTuple):
    """What one enrollment got: a bit for each mail that was sent, and what was left out with the reason."""

    campaign: str
    sent: int
    skipped: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class StepResult:
    """One step's mail: how many enrollments there were, how many got it, and why the others did not."""

    campaign: str
    step: str
    entered: int
    sent: int
    missed: Mapping[str, int]  # reason -> how many, most first


def missed(
    campaigns: Mapping[str, Steps], ends: Mapping[tuple[Path, str, str], int]
) -> tuple[StepResult, ...]:
    """Return for each mail of each campaign who got it, from how often enrollments ended how: (path, step, why)."""
    by_campaign: dict[str, list[tuple[Path, str, str, int]]] = defaultdict(list)
    for (path, stood, why), count in ends.items():
        by_campaign[path.campaign].append((path, stood, why, count))
    return tuple(
        _step(name, steps, number, by_campaign[name])
        for name, steps in campaigns.items()
        for number in range(len(steps.mails))
    )


def _step(name: str, steps: Steps, number: int, ends: list[tuple[Path, str, str, int]]) -> StepResult:
    step = steps.mails[number]
    sent, reasons = 0, Counter[str]()
    for path, stood, why, count in ends:
        if path.sent >> number & 1:
            sent += count
        else:
            reasons[_why(steps, step, path, stood, why)] += count
    told = dict(sorted(reasons.items(), key=lambda each: (-each[1], each[0])))
    return StepResult(name, step, sum(each[3] for each in ends), sent, told)


def _why(steps: Steps, step: str, path: Path, stood: str, why: str) -> str:
    for skipped, reason in path.skipped:
        if skipped == step:
            return reason
    if why == COMPLETED or steps.order.get(stood, -1) > steps.order[step]:
        return BRANCH
    # Who outranked is of no use here: it would make a line for each campaign.
    return why.partition(":")[0] if why.startswith("outranked") else why
