"""Counts why people of a simulation do not enter a campaign: everybody once, by the first thing against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, cast

from outreach.domain import conditions
from outreach.domain.campaign import EnterOnEvent
from outreach.domain.facts import Facts
from outreach.simulation.people import Person, Seen
from outreach.simulation.runs import Scene
from outreach.simulation.state import Running, is_suppressed


def why_nobody(scene: Scene) -> Mapping[str, Mapping[str, int]]:
    """Return of each campaign how many people do not enter it for which reason, the most frequent first.

    The reasons are those of `explain campaign`, of people as they stand when this is asked.
    """
    return {running.name: _counts(running, scene) for running in scene.campaigns}


def _counts(running: Running, scene: Scene) -> dict[str, int]:
    campaign, audience = running.program.campaign, running.program.audience
    holds = conditions.ready(audience) if audience is not None else None
    fits = _fits(running)
    found = Counter(
        _against(running, person, scene.start) or _untrue(holds, campaign.audience.where, person) or fits
        for person in scene.people
    )
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _against(running: Running, person: Person, now: datetime) -> str:
    """Return what but its condition keeps a campaign from taking somebody, empty if nothing does."""
    if person.stage not in running.program.campaign.audience.stage:
        return f"wrong stage: {person.stage}"
    after, entered_at = running.program.campaign.again_after, person.entered.get(running.id)
    if entered_at is not None and (after is None or entered_at > after.before(now)):
        return "was in it"
    if is_suppressed(person, now):
        return "suppressed"
    return "replied, and is left to a person" if person.quiet_at is not None else ""


def _untrue(holds: Callable[[Facts], Any] | None, where: str | None, person: Person) -> str:
    if holds is None or holds(cast(Facts, Seen(person))) is True:
        return ""
    return f"not true: {where}"


def _fits(running: Running) -> str:
    entry = running.program.campaign.enter
    if isinstance(entry, EnterOnEvent):
        return f"fits, and enters when {entry.event} happens"
    return (
        "fits, and enters when it is applied anew"
        if entry == "once"
        else "fits, and is kept by another campaign"
    )
