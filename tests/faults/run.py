"""Kills the program at every named point, by many seeds, and writes what was left into docs/proof.md.

    python tests/faults/run.py [--seeds 20] [--only POINT ...] [--lanes 2]

Each line of the table is several databases: one for each point, mode and kind of database. Exit code 1 when the
oracle finds anything.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from functools import partial
from multiprocessing import get_context, util
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from faults import chaos, mailbox, proof
from faults.nursery import Nursery
from faults.plant import BULK, STRICT, Plant
from faults.points import POINTS, Tally, crash
from faults.servers import Postgresql, Valkey, folder_for_postgresql, migrate
from mailserver import start as start_mailserver

ROOT = Path(__file__).parents[2]
MODES = {mode.name: mode for mode in (STRICT, BULK)}
RANDOM = "any process, at random"
EACH = 10  # seeds that share a database


@dataclass(frozen=True)
class Job:
    """One database, and what is done to the processes on it."""

    number: int
    point: str
    mode: str
    database: str  # postgresql, sqlite
    seeds: tuple[int, ...]


def jobs(seeds: int, only: list[str]) -> list[Job]:
    """Return what there is to do: all points on PostgreSQL, and a quarter of the seeds in one process on SQLite."""
    all_, few = range(1, seeds + 1), range(1, max(2, seeds // 4) + 1)
    rows: list[tuple[str, str, str, range]] = []
    for name, point in POINTS.items():
        rows.append((name, "strict", "postgresql", all_))
        if point.who == "worker":
            rows.append((name, "bulk", "postgresql", all_))
        if point.who in ("worker", "scheduler"):
            rows.append((name, "strict", "sqlite", few))
    for mode, kind in (("strict", "postgresql"), ("bulk", "postgresql"), ("strict", "sqlite")):
        rows.append((RANDOM, mode, kind, all_))
    wanted = (row for row in rows if not only or row[0] in only)
    chosen = [(*row[:3], chunk) for row in wanted for chunk in _chunks(row[3])]
    return [Job(number, *one) for number, one in enumerate(chosen, 1)]


def _chunks(seeds: range) -> Iterator[tuple[int, ...]]:
    return (tuple(seeds[start : start + EACH]) for start in range(0, len(seeds), EACH))


class Lane:
    """One process that works on one job after the other, with servers of its own."""

    def __init__(self) -> None:
        self.nursery = Nursery()
        self.valkey = Valkey()

    def close(self) -> None:
        self.nursery.close()
        self.valkey.close()

    def do(self, job: Job, postgresql_url: str | None) -> Tally:
        """Do the job; what fails stands in the tally."""
        tally = Tally(job.point, job.mode, job.database)
        folder = Path(tempfile.mkdtemp(prefix="outreach-faults-"))
        try:
            self.valkey.empty()
            self._run(job, folder, postgresql_url, tally)
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            what = str(error).partition("\n")[0]
            tally.violations.append(
                f"seeds {job.seeds[0]}-{job.seeds[-1]}: {type(error).__name__}: {what} ({last.name})"
            )
        shutil.rmtree(folder, ignore_errors=True)
        return tally

    def _run(self, job: Job, folder: Path, postgresql_url: str | None, tally: Tally) -> None:
        mode, name = MODES[job.mode], job.point
        redis_url: str | None = self.valkey.url
        url = postgresql_url
        if url is None:
            url, redis_url = f"sqlite:///{folder / 'outreach.db'}", None
            migrate(url)
        notify = name in POINTS and POINTS[name].notes
        with ExitStack() as stack:
            box = None
            if name in POINTS and POINTS[name].who == "inbox":
                box = mailbox.fresh(stack.enter_context(start_mailserver()))
            imap_url = box.imap_url if box else None
            build: Callable[..., Plant] = partial(Plant, folder / "plant", self.nursery, url, redis_url, mode)
            plant = stack.enter_context(build(notify=notify, imap_url=imap_url))
            if name in POINTS:
                crash(plant, POINTS[name], job.seeds, tally, box)
            else:
                _at_random(plant, job, tally)


def _at_random(plant: Plant, job: Job, tally: Tally) -> None:
    began = time.monotonic()
    workers = chaos.random_kills(plant, job.seeds[0], kills=len(job.seeds), every=0.6)
    plant.finish()
    bound = workers * plant.mode.bound
    tally.add(chaos.verdict(plant, bound), bound)
    tally.kills += len(job.seeds)
    tally.seconds += time.monotonic() - began


_lane: Lane | None = None


def _do(job: Job, postgresql_url: str | None) -> Tally:
    global _lane
    if _lane is None:
        _lane = Lane()
        # A process of a pool ends without its exit handlers.
        util.Finalize(None, _lane.close, exitpriority=10)
    return _lane.do(job, postgresql_url)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--seeds", type=int, default=20)
    arguments.add_argument("--only", nargs="*", default=[], choices=[*POINTS, RANDOM], metavar="POINT")
    arguments.add_argument("--lanes", type=int, default=2)
    wanted = arguments.parse_args()
    began = time.monotonic()
    folder = folder_for_postgresql()
    server = Postgresql(folder)
    try:
        tallies = _all(jobs(wanted.seeds, wanted.only), server, wanted.lanes)
    finally:
        server.close()
        shutil.rmtree(folder, ignore_errors=True)
    lines = proof.merged(tallies)
    (ROOT / "build").mkdir(exist_ok=True)
    (ROOT / "build" / "faults.json").write_text(json.dumps([asdict(line) for line in lines], indent=1))
    if not wanted.only:
        minutes = (time.monotonic() - began) / 60
        (ROOT / "docs" / "proof.md").write_text(proof.page(lines, wanted.seeds, minutes), encoding="utf-8")
    wrong = [
        f"{line.point} ({line.mode}, {line.database}): {each}" for line in lines for each in line.violations
    ]
    print(*wrong, sep="\n")
    sys.exit(1 if wrong else 0)


def _all(todo: list[Job], server: Postgresql, lanes: int) -> list[Tally]:
    done: list[Tally] = []
    with ProcessPoolExecutor(lanes, mp_context=get_context("spawn")) as pool, ExitStack() as stack:
        waiting = {}
        for job in todo:
            url = None
            if job.database == "postgresql":
                url = stack.enter_context(server.database(f"run_{job.number}"))
            waiting[pool.submit(_do, job, url)] = job
        for future in as_completed(waiting):
            tally = future.result()
            done.append(tally)
            state = "; ".join(tally.violations[:2]) or "right"
            print(f"{len(done)}/{len(todo)} {tally.point} {tally.mode} {tally.database}: {tally.kills} kills, "
                  f"{tally.mails} mails, {tally.unknown} unknown, {tally.seconds:.0f} s: {state}", flush=True)  # fmt: skip
    return done


if __name__ == "__main__":
    main()
