"""An installation for a benchmark, in a database of its own: leads imported, campaign applied, mails queued and due."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Insert, func, insert, literal, select, text, update
from sqlalchemy.orm import Session

from outreach import apply, db, imports, models, workspace
from outreach.bench import texts
from outreach.db import Database
from outreach.errors import OutreachError
from outreach.links import Links
from outreach.scheduler import Engine, tick

HEADER = ("email", "first name", "last name", "company", "country")
FIRST = ("Anna", "Ben", "Dana", "Émile", "Jürgen", "Zoë", "Márta", "Tom")
COUNTRIES = ("DE", "AT", "HU", "GB", "FR")
BATCH = 1000
VAIN = 50  # ticks that queue nothing: with many leads some only match


@dataclass
class Shop:
    """A workspace with its database, and the settings that its processes are started with."""

    folder: Path
    database_url: str
    settings: dict[str, str] = field(default_factory=dict)

    @classmethod
    def made(cls, folder: Path, database_url: str, *, in_doubt: int = 100) -> Shop:
        """Write the files, make the tables, and apply."""
        for name, content in texts.files(in_doubt).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        shop = cls(folder, database_url)
        shop.settings = {
            "OUTREACH_DATABASE_URL": database_url,
            "OUTREACH_BASE_URL": texts.BASE_URL,
            "OUTREACH_SECRET_KEY": secrets.token_urlsafe(32),
            "OUTREACH_API_TOKEN": secrets.token_urlsafe(24),
        }
        database = db.connect(database_url)
        try:
            db.migrate(database, _now())
            with database.write() as session:
                apply.apply(session, workspace.load(folder), _now())
        finally:
            database.close()
        return shop

    def environment(self, **more: str) -> Mapping[str, str]:
        """Return the settings with more of them, by the name without its prefix."""
        return self.settings | {f"OUTREACH_{name.upper()}": value for name, value in more.items()}

    def opened(self) -> Database:
        """Return the open database; the caller closes it."""
        return db.connect(self.database_url)


def import_leads(shop: Shop, count: int, source: str = "webinar") -> None:
    """Import so many leads; only those from a webinar get the campaign's mail."""
    file = shop.folder / f"{source}.csv"
    with file.open("w", encoding="utf-8", newline="") as to:
        writer = csv.writer(to)
        writer.writerow(HEADER)
        for number in range(count):
            first, country = FIRST[number % len(FIRST)], COUNTRIES[number % len(COUNTRIES)]
            company = f"Company {number % 997} GmbH"
            writer.writerow([address(source, number), first, str(number), company, country])
    database = shop.opened()
    try:
        imports.import_leads(database, file, imports.Options(source=source, consent="express"), _now())
    finally:
        database.close()


def address(source: str, number: int) -> str:
    """Return the address of a lead."""
    return f"{source}.{number}@company{number % 997}.example.com"


def add_others(shop: Shop, count: int) -> None:
    """Add leads that no campaign writes to, by one statement, as copies of one that was imported."""
    import_leads(shop, 1, "referral")
    database = shop.opened()
    try:
        with database.write() as session:
            session.execute(_copies(session, count - 1))
    finally:
        database.close()


def _copies(session: Session, count: int) -> Insert:
    lead = models.Lead
    numbers = select(literal(1).label("number")).cte("numbers", recursive=True)
    numbers = numbers.union_all(select(numbers.c.number + 1).where(numbers.c.number < count))
    told = numbers.c.number.cast(lead.email.type)
    other = {"email": literal("other.").concat(told).concat("@example.com"), "address_hash": told}
    kept = [column for column in lead.__table__.columns if column.name != "id"]
    values = [other.get(column.name, column) for column in kept]
    rows = (
        select(*values)
        .join(numbers, literal(True))
        .where(lead.source == "referral", numbers.c.number <= count)
    )
    return insert(lead).from_select([column.name for column in kept], rows)


def queue_mails(shop: Shop, count: int) -> None:
    """Tick until so many mails are queued, and have all of them due now. OutreachError where they are fewer."""
    database = shop.opened()
    links = Links(texts.BASE_URL, shop.settings["OUTREACH_SECRET_KEY"])
    engine = Engine(database, links, _nobody, _nobody, batch=BATCH)
    try:
        vain = before = 0
        while before < count and vain < VAIN:
            tick(engine, _now())
            after = queued(database)
            vain, before = 0 if after > before else vain + 1, after
        if (found := queued(database)) != count:
            raise OutreachError(f"{found} mails were queued instead of {count}")
        _due_now(database)
    finally:
        database.close()


def _nobody(ids: Sequence[int]) -> None:
    """Nobody works yet."""


def queued(database: Database) -> int:
    """Return how many mails wait."""
    with database.read() as session:
        return session.scalar(select(func.count()).where(models.Message.status == "queued")) or 0


def _due_now(database: Database) -> None:
    # A tick hands out what is due and looks at it again minutes later: nobody was there to take it.
    with database.write() as session:
        session.execute(update(models.Message).values(due_at=_now()))
        session.execute(text("ANALYZE"))


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Ledger:
    """What the ledger says: how many mails there are in each status, and when each of the accepted was."""

    counts: Mapping[str, int]
    accepted_at: Sequence[datetime]


def ledger_of(shop: Shop) -> Ledger:
    """Read the ledger."""
    message = models.Message
    database = shop.opened()
    try:
        with database.read() as session:
            found = session.execute(select(message.status, func.count()).group_by(message.status))
            counts = {status: number for status, number in found}
            times = (
                select(message.outcome_at).where(message.status == "accepted").order_by(message.outcome_at)
            )
            return Ledger(counts, [at for at in session.scalars(times) if at is not None])
    finally:
        database.close()
