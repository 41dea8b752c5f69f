"""Points for a scoring, suggested by what those did who bought; to be read by a person, never obeyed.

Landmark analysis (Anderson, Cain, Gelber 1983): only what a lead did in its first weeks counts, and only who bought
after them; so nothing that came of the sale itself is taken for its cause.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from outreach.domain.policies import Points, Scoring
from outreach.domain.proportions import Proportion
from outreach.domain.scoring import Scored, matches
from outreach.domain.variants import chance
from outreach.domain.weights import Counts, Fitted, fit, ranking
from outreach.domain.words import Kind

LANDMARK = timedelta(days=30)
MOST = 3  # the same thing done more often says little more
FEWEST_WINS = 30
FEWEST_LEADS = 30  # who did a thing, before anything is said of it
FOLDS = 5
HIGHEST = 100

TELLING = frozenset(
    {
        Kind.CLICKED, Kind.REPLIED, Kind.VISITED, Kind.SUBMITTED, Kind.REGISTERED, Kind.ATTENDED, Kind.CHATTED,
        Kind.CALLED, Kind.REACTED, Kind.MEETING_BOOKED,
    }
)  # fmt: skip
"""Kinds that leads do of themselves; an open is none."""

Row = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Early:
    """What a lead did in its first weeks, by feature, and whether it bought after them."""

    lead_id: int
    did: Row
    bought: bool


@dataclass(frozen=True)
class Suggested:
    """A rule with the points that are suggested for it, and what they rest on."""

    rule: Points
    points: int
    doing: Proportion  # of those who did it, who bought
    others: Proportion


@dataclass(frozen=True)
class Suggestion:
    """Points for each rule. `ranking` says how well they tell buyers from others that they were not fitted to."""

    rules: tuple[Suggested, ...]
    leads: int
    wins: int
    ranking: float | None
    ranking_now: float | None


def features(scoring: Scoring, seen: Mapping[str, int]) -> tuple[Points, ...]:
    """Return what points could be given for: the rules there are, then kinds that enough leads did and no rule names."""
    named = {rule.event for rule in scoring.points}
    new = sorted(kind for kind, leads in seen.items() if leads >= FEWEST_LEADS and kind not in named)
    return (*scoring.points, *(Points.model_validate({"event": kind, "points": 0}) for kind in new))


def early(
    lead_id: int,
    known_at: datetime,
    events: Iterable[Scored],
    won_at: datetime | None,
    left_at: datetime | None,
    rules: Sequence[Points],
    until: datetime,
    horizon: timedelta,
) -> Early | None:
    """Return what the lead did early; None where it tells nothing: too young, or with a rep before the time was over."""
    landmark = known_at + LANDMARK
    if landmark + horizon > until or (left_at is not None and left_at <= landmark):
        return None
    first = [event for event in events if event.at <= landmark]
    did = tuple(min(sum(matches(rule, event) for event in first), MOST) for rule in rules)
    return Early(lead_id, did, won_at is not None and won_at <= landmark + horizon)


def suggest(rules: Sequence[Points], leads: Sequence[Early], threshold: float) -> Suggestion | None:
    """Return points under which as many leads as now reach `threshold` early; None where too few have bought."""
    wins = sum(lead.bought for lead in leads)
    if wins < FEWEST_WINS or wins == len(leads):
        return None
    fitted = fit(_counted(leads))
    scale = _scale(rules, leads, fitted, threshold)
    suggested = tuple(
        Suggested(
            rule,
            min(max(round(weight * scale), 0), HIGHEST),
            _bought(lead.bought for lead in leads if lead.did[place]),
            _bought(lead.bought for lead in leads if not lead.did[place]),
        )
        for place, (rule, weight) in enumerate(zip(rules, fitted.weights, strict=True))
    )
    return Suggestion(suggested, len(leads), wins, _ranking_of_strangers(leads), _ranking_now(rules, leads))


def _counted(leads: Iterable[Early]) -> Counts:
    of: Counter[Row] = Counter()
    won: Counter[Row] = Counter()
    for lead in leads:
        of[lead.did] += 1
        won[lead.did] += lead.bought
    return {row: (count, won[row]) for row, count in of.items()}


def _bought(bought: Iterable[bool]) -> Proportion:
    each = list(bought)
    return Proportion(sum(each), len(each))


def _scale(rules: Sequence[Points], leads: Sequence[Early], fitted: Fitted, threshold: float) -> float:
    """Return how many points a unit of log-odds is worth, so that no more leads and no fewer reach the threshold."""
    reach = sum(_points_now(rules, lead.did) >= threshold for lead in leads)
    odds = sorted((_above(fitted, lead.did) for lead in leads), reverse=True)
    last = odds[reach - 1] if reach else 0.0
    if last > 0:
        return threshold / last
    heaviest = max((weight for weight in fitted.weights), default=0.0)
    return max((rule.points for rule in rules), default=threshold) / heaviest if heaviest > 0 else 0.0


def _above(fitted: Fitted, did: Row) -> float:
    return math.fsum(max(weight, 0.0) * count for weight, count in zip(fitted.weights, did, strict=True))


def _points_now(rules: Sequence[Points], did: Row) -> float:
    given = (
        min(rule.points * count, math.inf if rule.at_most is None else rule.at_most)
        for rule, count in zip(rules, did, strict=True)
    )
    return math.fsum(given)


def _ranking_of_strangers(leads: Sequence[Early]) -> float | None:
    """Return the ranking where each lead is judged by weights fitted without it and its fold."""
    scored: list[tuple[float, int, int]] = []
    for fold in range(FOLDS):
        inside = [lead for lead in leads if _fold(lead) == fold]
        outside = [lead for lead in leads if _fold(lead) != fold]
        try:
            fitted = fit(_counted(outside))
        except ValueError:
            return None
        scored += [(fitted.log_odds(lead.did) - fitted.base, 1, int(lead.bought)) for lead in inside]
    return ranking(scored)


def _fold(lead: Early) -> int:
    return int(chance("fold", lead.lead_id) * FOLDS)


def _ranking_now(rules: Sequence[Points], leads: Iterable[Early]) -> float | None:
    return ranking([(_points_now(rules, lead.did), 1, int(lead.bought)) for lead in leads])


def as_yaml(suggestion: Suggestion, scoring: Scoring, until: datetime) -> str:
    """Return a `scoring:` block for funnel.yaml with what each line rests on; what tells nothing is a comment."""
    lines = [
        f"# Suggested on {until:%Y-%m-%d} from {suggestion.leads:,} leads of whom {suggestion.wins:,} bought.",
        "# To be read, not to be obeyed: who did a thing may have bought for another reason.",
        f"# A buyer stands above another lead {_percent(suggestion.ranking)} of the time (50% is chance),"
        f" {_percent(suggestion.ranking_now)} with the points of now.",
        "scoring:",
        f"  half_life: {scoring.half_life}",
    ]
    told = [each for each in suggestion.rules if each.points > 0]
    lines.append("  points:" if told else "  points: []")
    for each in suggestion.rules:
        mark = "  " if each.points > 0 else "  # "
        lines += [f"    # {_evidence(each)}", f"  {mark}- {_written(each)}"]
    if scoring.fit:
        lines.append("  # fit: as it is now")
    return "\n".join(lines) + "\n"


def _percent(rate: float | None) -> str:
    return "?" if rate is None else f"{rate:.0%}"


def _evidence(each: Suggested) -> str:
    now = f"{each.rule.points:g} now; " if each.rule.points else "none now; "
    if each.doing.of < FEWEST_LEADS:
        return f"{now}{each.doing.of} leads did it: too few to say anything"
    return f"{now}of those who did it bought {each.doing}, of the others {each.others.rate or 0:.1%}"


def _written(each: Suggested) -> str:
    rule = each.rule
    parts = [f"event: {rule.event}"]
    parts += [
        f"{key}: {_quoted(text)}" for key, text in (("subject", rule.subject), ("link", rule.link)) if text
    ]
    parts.append(f"points: {each.points}")
    if rule.half_life is not None:
        parts.append(f"half_life: {rule.half_life}")
    parts.append(f"at_most: {each.points * MOST}")
    return "{" + ", ".join(parts) + "}"


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
