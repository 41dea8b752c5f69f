"""What a tick costs when nothing is due, with 10,000 and with 1,000,000 leads enrolled.

    python tests/benchmarks/ticks.py [--most 1000000]

Each figure is the median of 100 ticks, on SQLite and on PostgreSQL (started from its wheel).
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

sys.path.insert(0, str(Path(__file__).parent.parent))

from house import House

from outreach import db, models
from outreach.bench import servers
from outreach.scheduler import tick

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
FEW = 10_000
CHUNK = 20_000
TICKS = 100


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--most", type=int, default=1_000_000)
    most = arguments.parse_args().most
    print(f"{'database':12} {'enrolled':>10} {'idle tick':>12}")
    with (
        tempfile.TemporaryDirectory(prefix="outreach-bench-") as folder,
        servers.postgresql(Path(folder)) as databases,
    ):
        urls = {"sqlite": f"sqlite:///{folder}/outreach.db", "postgresql": databases.new("ticks")}
        for name, url in urls.items():
            found = measure(url, FEW, most)
            print(f"{name:12} {FEW:>10,} {found['small_ms']:>9.2f} ms")
            print(f"{name:12} {most:>10,} {found['large_ms']:>9.2f} ms   {found['ratio']:.2f} times")


def measure(database_url: str, few: int, most: int) -> dict[str, float]:
    """Return the milliseconds of an idle tick with few and with most leads enrolled, and their ratio.

    The database has to be empty and is filled.
    """
    database = db.connect(database_url)
    try:
        db.migrate(database, NOW)
        with tempfile.TemporaryDirectory() as folder:
            house = House(database, Path(folder), NOW)
            house.apply()
            small, large = (measured(house, enrolled) * 1000 for enrolled in (few, most))
    finally:
        database.close()
    return {"small_ms": small, "large_ms": large, "ratio": large / small}


def measured(house: House, enrolled: int) -> float:
    """Fill up to so many enrolled leads, all of them waiting, and return the median seconds of an idle tick."""
    fill(house, enrolled)
    assert tick(house.engine, NOW).idle
    times = []
    for _ in range(TICKS):
        began = time.perf_counter()
        tick(house.engine, NOW)
        times.append(time.perf_counter() - began)
    return statistics.median(times)


def fill(house: House, enrolled: int) -> None:
    with house.database.read() as session:
        have = session.query(models.Lead).count()
        campaign = session.query(models.Campaign).first()
        assert campaign is not None
    for start in range(have + 1, enrolled + 1, CHUNK):
        numbers = range(start, min(start + CHUNK, enrolled + 1))
        with house.database.write() as session:
            session.execute(insert(models.Lead), [lead(number) for number in numbers])
            session.execute(insert(models.Enrollment), [enrollment(number, campaign) for number in numbers])
    with house.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


def lead(number: int) -> dict[str, object]:
    return {
        "id": number, "email": f"lead{number}@example.com", "first_name": "Dana",
        "address_hash": f"{number:064x}", "source": "webinar",
        "consent": "express", "fields": {}, "stage": "suspect", "stage_at": NOW, "score": 0.0, "temperature": "cold",
        "rounds": 0, "due_at": NOW + timedelta(days=30), "created_at": NOW, "updated_at": NOW,
    }  # fmt: skip


def enrollment(number: int, campaign: models.Campaign) -> dict[str, object]:
    return {
        "lead_id": number, "campaign_id": campaign.id, "version_id": campaign.version_id, "sender": "anna",
        "status": "active", "node": 1, "node_at": NOW, "due_at": NOW + timedelta(hours=1 + number % 500),
        "entered_at": NOW,
    }  # fmt: skip


if __name__ == "__main__":
    main()
