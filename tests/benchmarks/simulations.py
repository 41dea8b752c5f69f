"""How fast the engine plays in memory: people of the shipped campaigns over a season, on one core.

    python tests/benchmarks/simulations.py [--leads 100000] [--days 90] [--case NAME]... [--profile]

Each case runs in a process of its own, so that its peak of memory is its own. The bound is what cannot be done faster:
a bare heapq that is pushed and popped as often as anything was told.
"""

from __future__ import annotations

import argparse
import cProfile
import gc
import heapq
import json
import pstats
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from outreach import workspace
from outreach.applied import InForce
from outreach.domain.behaviour_model import Model
from outreach.domain.durations import Duration
from outreach.simulation import opening
from outreach.simulation.acting import Acting, links_of, prepared
from outreach.simulation.history import History
from outreach.simulation.people import Person
from outreach.simulation.story import Record
from outreach.simulation.world import World

ROOT = Path(__file__).parent.parent.parent
START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
SECONDS = 30.0
MEGABYTES = 1536.0

CAMPAIGNS = frozenset({"suspect-education", "event-follow-up", "mql-nurture"})
CASES: dict[str, dict[str, Any]] = {
    "capacity": {"per_day": 50_000},
    "limits": {},  # as shipped: 80 a day, and a ramp
    "gaps": {"per_day": 400, "gap": Duration(1, "minute")},
}
"""By name, what is other than in the shipped senders.yaml."""

PLACES = (
    ("Europe/Budapest", "HU"), ("Europe/Berlin", "DE"), ("Europe/Vienna", "AT"), ("Europe/London", "GB"),
    ("Europe/Paris", "FR"), ("Europe/Amsterdam", "NL"), ("America/New_York", "US"), ("America/Chicago", "US"),
    ("America/Los_Angeles", "US"), ("Europe/Rome", "IT"), (None, None),
)  # fmt: skip
SOURCES = ("content", "purchased_list", "webinar", "advertisement", "linkedin")
TITLES = ("plant manager", "COO", "head of maintenance", "engineer", None)


def people(count: int) -> list[Person]:
    """Return suspects from many places, as an import would leave them."""
    return [
        Person.new(
            number,
            f"lead{number}@example.com",
            {
                "source": SOURCES[number % 5], "consent": "express", "first_name": "Dana", "company": "Example Ltd",
                "title": TITLES[number % 7 % 5], "timezone": PLACES[number % 11][0], "country": PLACES[number % 11][1],
            },
            {"machines": number % 50},
            START,
        )
        for number in range(1, count + 1)
    ]  # fmt: skip


def with_senders(in_force: InForce, changes: dict[str, Any]) -> InForce:
    """Return what is in force with other limits for all senders."""
    if not changes:
        return in_force
    policies = in_force.policies
    senders = tuple(each.model_copy(update={"ramp": None, **changes}) for each in policies.senders.senders)
    senders_file = policies.senders.model_copy(update={"senders": senders})
    policies = policies.model_copy(update={"senders": senders_file})
    return InForce(policies, in_force.funnel, in_force.notes, in_force.versions)


def play(case: str, leads: int, days: int, profile: bool = False) -> dict[str, Any]:
    """Play one case in this process; return what it took."""
    loaded = workspace.load(ROOT)
    in_force, campaigns = opening.from_files(loaded)
    in_force = with_senders(in_force, CASES[case])
    campaigns = tuple(each for each in campaigns if each.name in CAMPAIGNS)
    programs = [(each.name, each.program) for each in campaigns]
    behaviour = prepared(Model(), "1", in_force, programs, History(), links_of(loaded.templates))
    told: Counter[str] = Counter()

    def tell(record: Record) -> None:
        told[type(record).__name__] += 1

    everybody = people(leads)
    with uncollected(), cProfile.Profile() if profile else nullcontext() as profiler:
        began = time.process_time()
        world = World(in_force, campaigns, everybody, START, Acting(behaviour), tell)
        world.run(START + timedelta(days=days))
        seconds = time.process_time() - began
    if profiler is not None:
        pstats.Stats(profiler, stream=sys.stderr).sort_stats("tottime").print_stats(50)
    bound = bare(sum(told.values()))
    return {
        "case": case, "leads": leads, "days": days, "seconds": seconds, "told": dict(told),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "bound": bound,
    }  # fmt: skip


@contextmanager
def uncollected() -> Iterator[None]:
    """Keep the garbage collector still, as the command does."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def bare(count: int) -> float:
    """Return how many seconds a heap takes that so many times are pushed to and popped from, in some order."""
    began = time.process_time()
    heap: list[tuple[int, int]] = []
    for number in range(count):
        heapq.heappush(heap, (number * 7919 % 1_000_003, number))
    while heap:
        heapq.heappop(heap)
    return time.process_time() - began


def measure(case: str, leads: int, days: int) -> dict[str, Any]:
    """Play one case in a process of its own; return what it took."""
    command = [sys.executable, __file__, "--json", "--case", case, "--leads", str(leads), "--days", str(days)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def line(found: dict[str, Any]) -> str:
    """Return what a case took, in one line."""
    told = found["told"]
    reached = found["seconds"] <= SECONDS and found["megabytes"] <= MEGABYTES
    return (
        f"{found['case']:<10} {found['leads']:,} leads, {found['days']} days: {found['seconds']:.1f} s "
        f"(at most {SECONDS:.0f}), {told.get('Sent', 0):,} mails, {sum(told.values()):,} things told, "
        f"{found['megabytes']:.0f} MB (at most {MEGABYTES:.0f}), {found['seconds'] / found['bound']:.0f} times a bare "
        f"heap: {'reached' if reached else 'NOT REACHED'}"
    )


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--leads", type=int, default=100_000)
    arguments.add_argument("--days", type=int, default=90)
    arguments.add_argument("--case", action="append", choices=sorted(CASES))
    arguments.add_argument("--json", action="store_true", help="play in this process and print JSON")
    arguments.add_argument(
        "--profile", action="store_true", help="play in this process and print where time goes"
    )
    given = arguments.parse_args()
    for case in given.case or list(CASES):
        if given.json or given.profile:
            print(json.dumps(play(case, given.leads, given.days, given.profile)))
        else:
            print(line(measure(case, given.leads, given.days)), flush=True)


if __name__ == "__main__":
    main()
