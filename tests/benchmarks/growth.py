"""How the cost of each thing grows with the number of leads: 10,000, 100,000, 1,000,000. What docs/scale.md tells of.

    python tests/benchmarks/growth.py [--most 1000000] [--only postgresql]

Each figure is what a batch of 200 costs, in milliseconds, with so many leads enrolled and waiting, or one page of it.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select, text, update

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.ticks import NOW, fill, measured
from house import SENDERS, House

from outreach import activity, db, delivery, explain, followups, listings, models, reports, status
from outreach.bench import servers
from outreach.db import Database
from outreach.domain.events import Event
from outreach.domain.words import Kind, MessageStatus
from outreach.scheduler import tick

BATCH = 200
ROUNDS = 5


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--most", type=int, default=1_000_000)
    arguments.add_argument("--only", choices=["sqlite", "postgresql"])
    wanted = arguments.parse_args()
    sizes = [size for size in (10_000, 100_000, 1_000_000) if size <= wanted.most]
    with (
        tempfile.TemporaryDirectory(prefix="outreach-bench-") as folder,
        servers.postgresql(Path(folder)) as databases,
    ):
        urls = {"sqlite": f"sqlite:///{folder}/outreach.db", "postgresql": databases.new("growth")}
        for name, url in urls.items():
            if wanted.only in (None, name):
                show(name, sizes, measure(url, sizes))


def show(name: str, sizes: list[int], found: dict[str, list[float]]) -> None:
    print(f"{name:34}" + "".join(f"{size:>14,}" for size in sizes) + f"{'growth':>10}")
    for what, values in found.items():
        growth = values[-1] / values[0] if values[0] else 0
        print(f"{what:34}" + "".join(f"{value:>14,.2f}" for value in values) + f"{growth:>9.1f}x", flush=True)


def measure(database_url: str, sizes: list[int]) -> dict[str, list[float]]:
    """Return milliseconds (and the database's size in MB) by what was done, for each number of leads."""
    database = db.connect(database_url)
    found: dict[str, list[float]] = {}
    try:
        db.migrate(database, NOW)
        with tempfile.TemporaryDirectory() as folder:
            house = House(database, Path(folder), NOW)
            house.write(senders=SENDERS.replace("per_day: 1000", "per_day: 10000000, in_doubt: 100"))
            house.apply()
            for size in sizes:
                for what, value in measured_at(house, size).items():
                    found.setdefault(what, []).append(value)
    finally:
        database.close()
    return found


def measured_at(house: House, size: int) -> dict[str, float]:
    fill(house, size)
    idle = measured(house, size) * 1000
    rounds = range(ROUNDS)
    return {
        "idle tick": idle,
        "advance 200 due enrollments": median(lambda: advance(house), rounds),
        "claim, render, record 200 mails": median(lambda: send(house), rounds),
        "note and follow 200 clicks": median(lambda: follow(house), rounds),
        "explain one lead": median(
            lambda: read(house, lambda session: explain.explain(session, ANY, NOW)), rounds
        ),
        "outreach status": median(lambda: read(house, lambda session: status.read(session, NOW)), rounds),
        "page: one page of leads": median(lambda: read(house, lambda s: listings.leads(s)), rounds),
        "report: the funnel": median(lambda: read(house, reports.funnel), rounds),
        "size of the database, MB": megabytes(house.database),
    }


ANY = "lead77@example.com"


def median(act: Callable[[], float], rounds: range) -> float:
    return statistics.median(act() for _ in rounds) * 1000


def read(house: House, ask: Callable[..., object]) -> float:
    with house.database.read() as session:
        began = time.perf_counter()
        ask(session)
        return time.perf_counter() - began


_next = iter(range(1, 10**9, BATCH))


def some(house: House) -> list[int]:
    """Return the ids of the next 200 leads."""
    first = next(_next)
    with house.database.read() as session:
        most = session.scalar(select(func.max(models.Lead.id))) or 1
    return [(number - 1) % most + 1 for number in range(first, first + BATCH)]


def advance(house: House) -> float:
    """Let 200 enrollments stand before a mail and be due; return the seconds until their mails are queued."""
    ids = some(house)
    enrollment = models.Enrollment
    with house.database.write() as session:
        session.execute(
            update(enrollment).where(enrollment.lead_id.in_(ids)).values(node=0, node_at=NOW, due_at=NOW)
        )
    deliver = house.engine.deliver
    house.engine.__dict__["deliver"] = lambda ids: None
    began = time.perf_counter()
    tick(house.engine, NOW)
    took = time.perf_counter() - began
    house.engine.__dict__["deliver"] = deliver
    return took


def send(house: House) -> float:
    with house.database.read() as session:
        due = select(models.Message.id).where(models.Message.status == MessageStatus.QUEUED).limit(BATCH)
        ids = session.scalars(due).all()
    began = time.perf_counter()
    sent = delivery.deliver(house.post, ids)
    took = time.perf_counter() - began
    assert sent.accepted == len(ids) == BATCH
    return took


def follow(house: House) -> float:
    events = [
        Event(Kind.CLICKED, f"click:{lead_id}:{time.perf_counter_ns()}", NOW, lead_id)
        for lead_id in some(house)
    ]
    began = time.perf_counter()
    with house.database.write() as session:
        activity.note_all(session, events, NOW)
    with house.database.write() as session:
        followups.follow_due(session, NOW, BATCH)
    took = time.perf_counter() - began
    with house.database.write() as session:
        # What they made due is not what the next figure is about.
        later = NOW + timedelta(days=30)
        session.execute(update(models.Lead).where(models.Lead.match_at.is_not(None)).values(match_at=None))
        session.execute(update(models.Enrollment).where(models.Enrollment.due_at <= NOW).values(due_at=later))
    return took


def megabytes(database: Database) -> float:
    with database.read() as session:
        if database.is_sqlite:
            pages = session.scalar(text("PRAGMA page_count")) or 0
            return pages * (session.scalar(text("PRAGMA page_size")) or 0) / 1e6
        return float(session.scalar(text("SELECT pg_database_size(current_database())")) or 0) / 1e6


if __name__ == "__main__":
    main()
