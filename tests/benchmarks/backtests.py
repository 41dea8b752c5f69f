"""How long a backtest takes, beside the time that reading its events takes alone.

    python tests/benchmarks/backtests.py [LEADS] [EVENTS PER LEAD]

Makes a database of its own with made-up leads and events, half of whom never do anything.
"""

from __future__ import annotations

import random
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.orm import Session

from outreach import applied, apply, backtest, db, models, starter, workspace
from outreach.backtest import reading
from outreach.domain.words import Consent, Kind, Source, Stage, Temperature, Verdict

START = datetime(2026, 1, 5, tzinfo=UTC)
DAYS = 365
AT_ONCE = 20_000
DOES = (
    (Kind.OPENED, "education/first-look", ""),
    (Kind.CLICKED, "education/first-look", "https://kestrel.example.com/guide"),
    (Kind.CLICKED, "nurture/savings", "https://kestrel.example.com/pricing"),
    (Kind.VISITED, "/pricing", ""),
    (Kind.ATTENDED, "maintenance-webinar", ""),
)


def main(leads: int, events: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        starter.unpack(Path(folder))
        database = db.connect(f"sqlite:///{folder}/bench.db")
        db.migrate(database, START)
        with database.write() as session:
            apply.apply(session, workspace.load(Path(folder)), START)
            fill(session, leads, events)
        until = START + timedelta(days=DAYS)
        with database.read() as session:
            began = time.perf_counter()
            told = sum(len(lead.told) for chunk in reading.read(session, None, until) for lead in chunk)
            read = time.perf_counter() - began
            began = time.perf_counter()
            found = backtest.backtest(session, applied.policies(session), None, until)
            took = time.perf_counter() - began
        database.close()
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{found.leads:,} leads, {told:,} events: {took:.1f} s, {took / read:.1f} times reading them alone ({read:.1f} s);"
    )
    print(f"{memory:,.0f} MB at most; {found.rungs[0].difference.after:,} would have been MQLs")


def fill(session: Session, leads: int, events: int) -> None:
    chance = random.Random(1)
    for first in range(1, leads + 1, AT_ONCE):
        ids = range(first, min(first + AT_ONCE, leads + 1))
        session.execute(insert(models.Lead), [lead(number, chance) for number in ids])
        session.execute(
            insert(models.Event), [each for number in ids for each in happened(number, events, chance)]
        )


def lead(number: int, chance: random.Random) -> dict[str, object]:
    at = START + timedelta(days=chance.random() * DAYS / 2)
    return {
        "id": number, "email": f"lead{number}@example.com", "address_hash": str(number), "source": Source.WEBINAR,
        "consent": Consent.EXPRESS, "fields": {}, "stage": Stage.SUSPECT, "stage_at": at, "score": 0.0,
        "temperature": Temperature.COLD, "rounds": 0, "created_at": at, "updated_at": at, "country": "DE",
    }  # fmt: skip


def happened(number: int, events: int, chance: random.Random) -> list[dict[str, object]]:
    if number % 2:
        return []
    found = []
    for place in range(2 * events):
        kind, subject, detail = DOES[chance.randrange(len(DOES))]
        at = START + timedelta(days=DAYS / 2 + chance.random() * DAYS / 2)
        found.append(
            {
                "source_id": f"{number}:{place}", "kind": kind, "at": at, "lead_id": number, "verdict": Verdict.HUMAN,
                "subject": subject, "detail": detail, "data": {}, "recorded_at": at,
            }
        )  # fmt: skip
    return found


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, int(sys.argv[2]) if len(sys.argv) > 2 else 10)
