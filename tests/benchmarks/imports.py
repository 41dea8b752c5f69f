"""How many rows a second an import takes, on SQLite and on PostgreSQL: python tests/benchmarks/imports.py [ROWS]"""

from __future__ import annotations

import csv
import random
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from outreach import db
from outreach.bench import servers
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


def measure(database_url: str, rows: int) -> dict[str, tuple[Imported, float]]:
    """Return what each of three imports of so many rows did, and its seconds. The database has to be empty."""
    database = db.connect(database_url)
    try:
        db.migrate(database, NOW)
        with tempfile.TemporaryDirectory(prefix="outreach-bench-") as folder:
            sparse = written(Path(folder) / "sparse.csv", rows, sparse=True)
            full = written(Path(folder) / "full.csv", rows)
            runs = (("new, sparse", sparse), ("filling them", full), ("again", full))
            return {what: timed(database, file) for what, file in runs}
    finally:
        database.close()


def timed(database: db.Database, file: Path) -> tuple[Imported, float]:
    start = time.perf_counter()
    imported = import_leads(database, file, Options(), NOW)
    return imported, time.perf_counter() - start


def main(rows: int) -> None:
    table = Table(
        "database", "import", "seconds", "rows/s", "added", "updated", "unchanged", title=f"{rows:,} rows"
    )
    with (
        tempfile.TemporaryDirectory(prefix="outreach-bench-") as folder,
        servers.postgresql(Path(folder)) as databases,
    ):
        urls = {"SQLite": f"sqlite:///{folder}/outreach.db", "PostgreSQL": databases.new("imports")}
        for kind, url in urls.items():
            for what, (imported, seconds) in measure(url, rows).items():
                counts = (imported.added, imported.updated, imported.unchanged)
                rate = f"{rows / seconds:,.0f}"
                table.add_row(kind, what, f"{seconds:.2f}", rate, *(f"{count:,}" for count in counts))
    Console().print(table)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
