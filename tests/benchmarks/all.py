"""Measures everything, the shipped figures and those that need the tests' own programs.

    python tests/benchmarks/all.py [--quick] [--only NAME]... [--json build/bench.json]

It prints a table, and writes the figures with a picture of the run beside them.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks import enrolling, imports, simulations, ticks, tracking

from outreach.bench import runs
from outreach.bench.figures import HEADINGS, Figure, Missing, rows
from outreach.bench.ground import FULL, QUICK, Ground
from outreach.cli.context import print_table

MOST_TIMES_A_TICK = 1.5
LEAST_OF_AN_INSERT = 0.5
HITS_SECONDS = 10
QUICK_SECONDS = 2
IMPORTED = 100_000
SIMULATED, SIMULATED_DAYS = 100_000, 90

Url = Callable[[Ground], str]


def on_postgresql(ground: Ground) -> str:
    return ground.postgresql("more")


def on_sqlite(ground: Ground) -> str:
    return f"sqlite:///{ground.new_folder('more') / 'outreach.db'}"


def hits(url: Url, name: str, ground: Ground) -> Figure:
    """Return tracking hits/s, each committed, against the bare server."""
    if shutil.which("wrk") is None:
        raise Missing("needs wrk (Debian: wrk)")
    began = time.monotonic()
    seconds = QUICK_SECONDS if ground.scale is QUICK else HITS_SECONDS
    found = tracking.measure(url(ground), seconds)
    reached = found["ratio"] >= tracking.TARGET and found["each_is_committed"]
    return Figure(
        name, f"tracking hits/s, each committed ({_kind(url)})", found["hits_per_second"], "hits/s",
        found["bare_per_second"], "the same server answering the same bytes, hits/s", found["ratio"],
        f"ratio >= {tracking.TARGET}", reached, time.monotonic() - began,
        f"p99 {found['p99_ms']:.0f} ms; {found['recorded']:,} recorded, {found['answered']:,} answered",
    )  # fmt: skip


def enrolled(url: Url, name: str, ground: Ground) -> Figure:
    """Return how fast leads enter a campaign, against one INSERT ... SELECT of the same rows."""
    began = time.monotonic()
    leads = ground.scale.leads
    found = enrolling.measure(url(ground), leads)
    once, matching = found["once_ratio"], found["matching_ratio"]
    least = min(once, matching)
    way = "once" if once <= matching else "matching"
    return Figure(
        name, f"enrolling {leads:,} leads ({_kind(url)})", found[f"{way}_seconds"], "s",
        found[f"{way}_limit_seconds"], "INSERT ... SELECT of the same rows, s", least,
        f"speed >= {LEAST_OF_AN_INSERT} of it", least >= LEAST_OF_AN_INSERT, time.monotonic() - began,
        f"the slower of two ways is stated: enter once {once:.2f}, when matching {matching:.2f}; "
        f"{found['memory_mb']:.0f} MB",
    )  # fmt: skip


def idle(url: Url, name: str, ground: Ground) -> Figure:
    """Return what a tick costs when nothing is due, with many leads enrolled and with few."""
    began = time.monotonic()
    scale = ground.scale
    found = ticks.measure(url(ground), scale.few_leads, scale.leads)
    return Figure(
        name, f"idle tick, {scale.leads:,} enrolled ({_kind(url)})", found["large_ms"], "ms", found["small_ms"],
        f"with {scale.few_leads:,}, ms", found["ratio"], f"ratio <= {MOST_TIMES_A_TICK}",
        found["ratio"] <= MOST_TIMES_A_TICK, time.monotonic() - began, f"median of {ticks.TICKS} ticks",
    )  # fmt: skip


def imported(url: Url, name: str, ground: Ground) -> Figure:
    """Return how many rows a second an import takes."""
    began = time.monotonic()
    count = min(ground.scale.leads, IMPORTED)
    found = imports.measure(url(ground), count)
    rates = {what: count / seconds for what, (_, seconds) in found.items()}
    return Figure(
        name, f"importing {count:,} rows ({_kind(url)})", min(rates.values()), "rows/s", seconds=time.monotonic() - began,
        note="the slowest is stated: " + ", ".join(f"{what} {rate:,.0f}" for what, rate in rates.items()),
    )  # fmt: skip


def simulated(case: str, name: str, ground: Ground) -> Figure:
    """Return how long it takes to play leads of the shipped campaigns in memory, over a season."""
    began = time.monotonic()
    found = simulations.measure(case, min(ground.scale.leads, SIMULATED), SIMULATED_DAYS)
    told = found["told"]
    reached = found["seconds"] <= simulations.SECONDS and found["megabytes"] <= simulations.MEGABYTES
    return Figure(
        name, f"simulating {found['leads']:,} leads over {SIMULATED_DAYS} days ({case})", found["seconds"], "s",
        found["bound"], "a bare heap of as many things, s", found["seconds"] / found["bound"],
        f"at most {simulations.SECONDS:.0f} s", reached, time.monotonic() - began,
        f"{told.get('Sent', 0):,} mails, {sum(told.values()):,} things told, {found['megabytes']:.0f} MB",
    )  # fmt: skip


def _kind(url: Url) -> str:
    return "SQLite" if url is on_sqlite else "PostgreSQL"


MORE: dict[str, runs.Measure] = {
    f"{name}{ending}": partial(measure, url, f"{name}{ending}")
    for name, measure in (("tracking", hits), ("enrolling", enrolled), ("idle", idle), ("import", imported))
    for url, ending in ((on_postgresql, ""), (on_sqlite, "-sqlite"))
}
MORE |= {f"simulation-{case}": partial(simulated, case, f"simulation-{case}") for case in simulations.CASES}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true")
    arguments.add_argument("--only", action="append", default=[])
    arguments.add_argument("--json", type=Path, default=Path("build/bench.json"))
    given = arguments.parse_args()
    scale = QUICK if given.quick else FULL
    now = datetime.now(UTC)
    report = runs.run(now, scale, given.only, lambda what: print(f"measuring {what}", flush=True), MORE)
    files = report.write(given.json)
    print_table(HEADINGS, rows(report.figures))
    for figure in report.figures:
        print(f"{figure.name}: {figure.note} ({figure.seconds:.0f} s)")
    for file in files:
        print(f"written: {file}")


if __name__ == "__main__":
    main()
