"""Which rep takes a lead: territory, language, days away, capacity, and whose turn it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from outreach.domain.policies import Rep, Team


@dataclass(frozen=True)
class Routed:
    """The rep that takes the lead, None when nobody may, and why."""

    rep: str | None
    why: str


def choose(
    team: Team,
    *,
    country: str | None,
    language: str | None,
    owner: str | None,
    load: Mapping[str, int],
    recent: Sequence[str],
    today: date,
) -> Routed:
    """Return who takes the lead: its owner if possible, else the eligible rep whose turn it is, else the fallback.

    `load` counts what each rep has open; `recent` names who got the latest hand-offs, newest last.
    """
    hindrances = {
        rep.name: _hindrance(rep, country, language, load.get(rep.name, 0), today) for rep in team.reps
    }
    eligible = [rep for rep in team.reps if hindrances[rep.name] is None]
    if any(rep.name == owner for rep in eligible):
        return Routed(owner, f"stays with {owner}, who has the lead already")
    if eligible:
        turn = _whose_turn(team, eligible, recent)
        return Routed(turn.name, f"{turn.name}: its turn among {len(eligible)} of {len(team.reps)}")
    reasons = ", ".join(f"{name} {why}" for name, why in hindrances.items())
    nobody = f"nobody may take it: {reasons or 'the team has nobody else'}"
    if team.rep(team.fallback) is not None:
        return Routed(team.fallback, f"{team.fallback} as the fallback; {nobody}")
    return Routed(None, nobody)


def _hindrance(rep: Rep, country: str | None, language: str | None, load: int, today: date) -> str | None:
    """Return why the rep can not take the lead, None if it can. A language nobody knows hinders nobody."""
    if rep.territories and (country or "").upper() not in rep.territories:
        return f"does not cover {country or 'a country that is not known'}"
    if rep.languages and language and _spoken(language) not in map(_spoken, rep.languages):
        return f"does not speak {language}"
    for away in rep.away:
        if away.first <= today <= away.last:
            return f"is away until {away.last:%d %b %Y}"
    return None if load < rep.capacity else f"has {load} of {rep.capacity} open"


def _spoken(language: str) -> str:
    """Return the language of a tag without its region: "de" for "de-AT"."""
    return language.replace("_", "-").partition("-")[0].strip().lower()


def _whose_turn(team: Team, eligible: Sequence[Rep], recent: Sequence[str]) -> Rep:
    """Return the eligible rep who has waited longest for its share, the first of the file among equals.

    Start-time fair queuing (Goyal, Vin, Cheng 1996): each hand-off takes a rep 1 / weight further on its own clock,
    and a clock that fell behind the common one is put forward to it. So shares follow the weights, and who was away
    or full gets the next lead and then its usual share: what it missed is not made up for.
    """
    weights = {rep.name: rep.weight for rep in team.reps}
    common = 0.0
    clocks = dict.fromkeys(weights, 0.0)
    for name in recent:
        if name in weights:
            common = max(common, clocks[name])
            clocks[name] = common + 1 / weights[name]
    return min(eligible, key=lambda rep: clocks[rep.name])
