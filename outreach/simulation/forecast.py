"""A whole simulation: many seeds of one scene, their bands, the bottleneck, and what one more would change."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from outreach.domain.behaviour_model import RATES, Sourced
from outreach.simulation import bands, outside, runs, what_if
from outreach.simulation.acting import prepared, reps_of
from outreach.simulation.bands import Bands
from outreach.simulation.results import Run, Wait
from outreach.simulation.runs import Scene
from outreach.simulation.scenes import About
from outreach.simulation.what_if import WhatIf

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Rate:
    """A rate that was played, and where it is from."""

    campaign: str
    step: str
    what: str
    rate: float
    source: str


@dataclass(frozen=True)
class Forecast:
    """What a simulation says. `run` is the one of the seed asked for, in full; `bands` are of all runs."""

    first_day: date
    days: int
    seed: int
    leads: int
    about: About
    bands: Bands
    run: Run
    bottleneck: str
    what_if: tuple[WhatIf, ...]
    what_if_played: bool  # else there were too many leads and days to play it without being asked
    rates: tuple[Rate, ...]
    reps: Mapping[str, Sourced]
    why_nobody: Mapping[str, Mapping[str, int]]  # campaign -> reason -> people; empty if anybody enters one


def forecast(
    scene: Scene,
    about: About,
    seed: int,
    count: int | None = None,
    add_mailbox: bool = False,
    progress: Progress = lambda done, total: None,
    processors: int | None = None,
) -> Forecast:
    """Return what the scene comes to: `count` seeds, or the usual number for so many leads and days.

    What one more mailbox or rep would change is played too where that is cheap, or asked for.
    """
    leads = len(scene.people)
    count = count or bands.usual_runs(leads, scene.days)
    are_played = add_mailbox or what_if.is_cheap(leads, scene.days)
    seeds = runs.seeds(seed, count)
    if count == 1 and not are_played:
        played = [
            runs.play(scene, seeds[0], progress)
        ]  # nobody needs the people again: a copy costs time and room
    else:
        played = runs.play_all([(scene, each) for each in seeds], progress, processors)
    first = played[0]
    changes = []
    if are_played:
        found = [change(scene, first) for change in what_if.CHANGES]
        changes = [each for each in found if each is not None]
    after = (
        runs.play_all([(each.scene, str(seed)) for each in changes], processors=processors) if changes else []
    )
    return Forecast(
        first_day=min(first.limits),
        days=scene.days,
        seed=seed,
        leads=leads,
        about=about,
        bands=bands.bands(played),
        run=first,
        bottleneck=_told(what_if.bottleneck(first), scene),
        what_if=tuple(what_if.compared(each, first, run) for each, run in zip(changes, after, strict=True)),
        what_if_played=are_played,
        rates=_rates(scene, seed),
        reps=reps_of(scene.model, scene.history)[1],
        why_nobody={} if any(run.entered for run in played) else outside.why_nobody(scene),
    )  # fmt: skip


def _rates(scene: Scene, seed: int) -> tuple[Rate, ...]:
    programs = [(each.name, each.program) for each in scene.campaigns]
    told = prepared(scene.model, str(seed), scene.in_force, programs, scene.history, scene.links).told
    names = {name: place for place, name in enumerate(RATES)}
    return tuple(
        Rate(campaign, step, name, round(rate, 6), source)
        for (campaign, step, name), (rate, source) in told.items()
        if name in names
    )


WHY: Mapping[str, str] = {
    "limit": "the daily limit of {name} ({limit:,})",
    "ramp": "the ramp of {name}, which is not up to its daily limit yet",
    "gap": "the gap between two mails of {name}",
    "rep": "answers of {name} to hand-offs",
}


def _told(wait: Wait | None, scene: Scene) -> str:
    if wait is None:
        return "nothing: no lead waits for a sender or a rep for long"
    sender = scene.in_force.policies.senders.sender(wait.name)
    what = WHY[wait.kind].format(name=wait.name, limit=sender.per_day if sender else 0)
    if wait.name == "nobody":
        what = "a rep who may take the lead"
    times = "time" if wait.times == 1 else "times"
    mean = wait.lead_days / max(wait.times, 1)
    days = f"{wait.lead_days:,.0f} days"
    return f"{what}: leads wait {days} for it in all ({wait.times:,} {times}, {mean:.1f} days on average)"
