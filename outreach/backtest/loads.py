"""How many hand-offs each rep would have got, week by week."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from outreach.domain import routing
from outreach.domain.policies import Team

OPEN_FOR = timedelta(days=30)
"""How long a lead is taken to occupy a rep: what really became of it belongs to the rules that held then."""

RECENT = 200


@dataclass(frozen=True, slots=True)
class Given:
    """A lead that became one for a rep."""

    at: datetime
    lead_id: int
    values: Mapping[str, Any]


@dataclass(frozen=True)
class Weekly:
    """The hand-offs of a rep: in an average week, in the fullest one, and the most that were open at once."""

    rep: str  # empty: nobody could take them
    hand_offs: int
    per_week: float
    fullest: int
    fullest_week: date  # its Monday
    most_open: int
    capacity: int


def weekly(team: Team, given: Sequence[Given]) -> tuple[Weekly, ...]:
    """Return what each rep would have got, routed one after the other as the engine does."""
    if not given:
        return ()
    order = sorted(given, key=lambda each: (each.at, each.lead_id))
    weeks: dict[str, Counter[date]] = {}
    most: Counter[str] = Counter()
    opened: deque[tuple[datetime, str]] = deque()
    load: Counter[str] = Counter()
    recent: deque[str] = deque(maxlen=RECENT)
    for each in order:
        while opened and opened[0][0] <= each.at - OPEN_FOR:
            load[opened.popleft()[1]] -= 1
        rep = _routed(team, each, load, recent)
        weeks.setdefault(rep, Counter())[_monday(each.at)] += 1
        if rep:
            load[rep] += 1
            recent.append(rep)
            opened.append((each.at, rep))
            most[rep] = max(most[rep], load[rep])
    span = max((order[-1].at - order[0].at) / timedelta(weeks=1), 1.0)
    return tuple(_weekly(team, rep, weeks[rep], span, most[rep]) for rep in sorted(weeks))


def _routed(team: Team, given: Given, load: Mapping[str, int], recent: Sequence[str]) -> str:
    found = routing.choose(
        team,
        country=given.values.get("country"),
        language=given.values.get("language"),
        owner=None,
        load=load,
        recent=recent,
        today=given.at.date(),
    )
    return found.rep or ""


def _weekly(team: Team, rep: str, weeks: Counter[date], span: float, most: int) -> Weekly:
    total = weeks.total()
    monday, fullest = min(weeks.items(), key=lambda week: (-week[1], week[0]))
    known = team.rep(rep)
    return Weekly(rep, total, total / span, fullest, monday, most, known.capacity if known else 0)


def _monday(at: datetime) -> date:
    return at.date() - timedelta(days=at.weekday())
