"""Plays a scene: once for each seed, on as many processors as there are, and gathers what became of it."""

from __future__ import annotations

import gc
import os
import pickle
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import datetime
from multiprocessing import get_context

from outreach.applied import InForce
from outreach.domain import windows
from outreach.domain.behaviour_model import Model
from outreach.domain.campaign import EmailStep, WaitForStep, WaitStep
from outreach.domain.words import EnrollmentStatus, MessageStatus
from outreach.simulation.acting import Acting, prepared
from outreach.simulation.history import History
from outreach.simulation.load import NOBODY
from outreach.simulation.people import LIVE, Person, Way
from outreach.simulation.results import DAY, Results, Run, Setting, Stands, Steps
from outreach.simulation.state import Before, Running
from outreach.simulation.world import World

Progress = Callable[[int, int], None]
"""Told how many days are done, of how many."""

SMALL = 200_000
"""Leads times days, of all runs: below, starting other processes takes longer than playing here."""


@dataclass(frozen=True)
class Scene:
    """All that a simulation begins with. The people change while it is played: each run takes its own copy."""

    in_force: InForce
    campaigns: tuple[Running, ...]
    people: Sequence[Person]
    model: Model
    history: History
    links: Mapping[str, tuple[str, ...]]
    start: datetime
    days: int
    salt: str = ""
    before: Before | None = None  # what else a database holds


def play(scene: Scene, seed: str, progress: Progress = lambda done, days: None) -> Run:
    """Return what became of the scene with this seed. Its people are changed by it."""
    programs = [(each.name, each.program) for each in scene.campaigns]
    behaviour = prepared(scene.model, seed, scene.in_force, programs, scene.history, scene.links)
    results = Results(_setting(scene))
    for person in scene.people:
        if person.live is not None:
            results.resume(person.id, person.live.campaign, _had(person.live))
    was_on = gc.isenabled()
    gc.disable()  # the world makes few cycles, and looking for them among so many people takes a third of the time
    try:
        world = World(
            scene.in_force,
            scene.campaigns,
            scene.people,
            scene.start,
            Acting(behaviour),
            results.tell,
            salt=scene.salt,
            before=scene.before,
        )
        for day in range(1, scene.days + 1):
            world.run(scene.start + day * DAY)
            progress(day, scene.days)
    finally:
        if was_on:
            gc.enable()
    return results.finish(seed, _still(scene))


def _had(way: Way) -> Iterator[str]:
    """Yield the steps whose mails the lead got before the simulation."""
    for step, outcome in way.outcomes.items():
        if outcome.status == MessageStatus.ACCEPTED:
            yield step


def _setting(scene: Scene) -> Setting:
    policies = scene.in_force.policies
    used = {name for each in scene.campaigns for name in each.program.campaign.senders}
    return Setting(
        start=scene.start,
        days=scene.days,
        zone=windows.zone(policies.senders.organisation.timezone),
        team=policies.team,
        senders=[sender for sender in policies.senders.senders if sender.name in used],
        campaigns={each.name: _steps(each) for each in scene.campaigns},
        stages=Counter(str(person.stage) for person in scene.people),
        open_at_reps=dict(_at_reps(scene.people)),
    )


def _at_reps(people: Sequence[Person]) -> Iterator[tuple[int, tuple[str, bool]]]:
    """Yield of each lead with an open hand-off or deal the rep who has it, and whether it is a deal."""
    for person in people:
        if person.deal is not None:
            yield person.id, (person.deal.rep or NOBODY, True)
        elif person.handoffs:
            yield person.id, (person.handoffs[-1].rep or NOBODY, False)


def _steps(running: Running) -> Steps:
    nodes = running.program.nodes
    mails = tuple(node.id for node in nodes if isinstance(node.step, EmailStep))
    return Steps({node.id: place for place, node in enumerate(nodes)}, mails)


# -- where leads stand at the end ------------------------------------------------------------------


def _still(scene: Scene) -> Iterator[Stands]:
    until = scene.start + scene.days * DAY
    for person in scene.people:
        way = person.live
        if way is not None and way.status in LIVE:
            yield _stands(person, way, until)


def _stands(person: Person, way: Way, until: datetime) -> Stands:
    nodes = way.program.nodes
    node = nodes[min(way.node, len(nodes) - 1)]
    mail = way.mail
    if mail is not None:
        why = f"limits of {mail.sender}"
        return Stands(person.id, way.campaign, node.id, why, mail.queued_at, mail.sender)
    return Stands(person.id, way.campaign, node.id, _why(person, way, node.step, until))


def _why(person: Person, way: Way, step: object, until: datetime) -> str:
    if way.status == EnrollmentStatus.PAUSED:
        return "campaign paused"
    if person.hold_until is not None and person.hold_until > until:
        return "away"
    if isinstance(step, WaitStep):
        return "wait step"
    if isinstance(step, WaitForStep):
        return "wait for something to happen"
    return "window"


# -- many seeds ------------------------------------------------------------------------------------


def seeds(seed: int, runs: int) -> list[str]:
    """Return a seed for each run; the first is the one that was asked for."""
    return [str(seed), *(f"{seed}.{number}" for number in range(2, runs + 1))]


def play_all(
    jobs: Sequence[tuple[Scene, str]],
    progress: Progress = lambda done, total: None,
    processors: int | None = None,
) -> list[Run]:
    """Return what became of each scene with its seed, in the order of the jobs, whichever ends first."""
    work = sum(scene.days * len(scene.people) for scene, _ in jobs)
    processors = min(processors or (os.cpu_count() or 1 if work > SMALL else 1), len(jobs))
    total = sum(scene.days for scene, _ in jobs)
    kept = {id(scene): pickle.dumps(scene, pickle.HIGHEST_PROTOCOL) for scene, _ in jobs}
    tasks = [(kept[id(scene)], seed) for scene, seed in jobs]
    if processors == 1:
        return _one_by_one(tasks, [scene.days for scene, _ in jobs], total, progress)
    # Started anew and not forked: a fork would take over threads and connections.
    with ProcessPoolExecutor(processors, mp_context=get_context("spawn")) as pool:
        futures = {
            pool.submit(_play_kept, *task): scene.days for task, (scene, _) in zip(tasks, jobs, strict=True)
        }
        done = 0
        for future in as_completed(futures):
            done += futures[future]
            progress(done, total)
        return [future.result() for future in futures]


def _one_by_one(
    tasks: Sequence[tuple[bytes, str]], days: Sequence[int], total: int, progress: Progress
) -> list[Run]:
    found: list[Run] = []
    for kept, seed in tasks:
        before = sum(days[: len(found)])

        def tell(day: int, _: int, before: int = before) -> None:
            progress(before + day, total)

        found.append(play(pickle.loads(kept), seed, tell))
    return found


def _play_kept(kept: bytes, seed: str) -> Run:
    return play(pickle.loads(kept), seed)
