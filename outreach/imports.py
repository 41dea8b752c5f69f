"""Takes in leads from a file: every row is added, fills what was empty, changes nothing, or is handed back with a reason."""

from __future__ import annotations

import csv
import gc
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import TextIO

from sqlalchemy.orm import Session

from outreach import activity, lead_batches, lead_files, leads
from outreach.db import Database
from outreach.domain import cells, rows
from outreach.domain.rows import BadRow, Incoming, RowReader
from outreach.domain.words import Consent, Source, Stage
from outreach.errors import InputError
from outreach.lead_batches import Known
from outreach.lead_files import LeadFile, Record

Progress = Callable[[int, int], None]
"""Told how many bytes are done, of how many."""


@dataclass(frozen=True)
class Options:
    """What a person says about a file. Words for source and consent stand for the rows that say nothing themselves."""

    source: str | None = None
    source_detail: str | None = None
    consent: str | None = None
    consent_note: str | None = None
    encoding: str | None = None  # default: UTF-8
    columns: Mapping[str, str] = field(default_factory=dict)  # header -> column
    fields: Mapping[str, str] = field(default_factory=dict)  # what funnel.yaml declares: name -> type
    rejects: Path | None = None  # default: FILE.rejected.csv
    reserved_domains: bool = False  # take addresses below .test too
    chunk: int = 5_000  # rows looked up and written at a time
    per_transaction: int = 200_000  # rows: a file up to this size goes in whole or not at all


@dataclass(frozen=True)
class Imported:
    """How many rows of a file came to what; every row that is not empty is counted once."""

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    suppressed: int = 0
    rejects_file: Path | None = None
    ignored: tuple[str, ...] = ()  # columns that nobody asked for


def read_columns(written: Sequence[str]) -> dict[str, str]:
    """Return what "Mail address=email" and the like say: header -> column."""
    columns = {}
    for text in written:
        header, equals, name = text.rpartition("=")
        if not equals or not header.strip() or not name.strip():
            raise InputError(f'--map {text}: write "HEADER=COLUMN", for example "Mail address=email"')
        columns[header.strip()] = name.strip()
    return columns


def import_leads(
    database: Database,
    file: Path,
    options: Options,
    now: datetime,
    progress: Progress = lambda done, size: None,
) -> Imported:
    """Take in the leads of a CSV or JSON lines file; InputError, and no change, where the file is not fit for it.

    The address in lower case is the person. Of several rows about one person the first wins, later ones fill what is
    still empty; so it is with leads that are known already, whose source, consent and stage never change. Rows that
    can not be taken, and people who must not be written to, go to a file with line and reason. A file of up to
    `per_transaction` rows goes in whole or not at all, a longer one in parts of that size.
    """
    source, layout, reader = look(file, options)
    with _rejects(file, options.rejects, source) as rejects, _uncollected():
        import_ = _Import(reader, rejects, now)
        chunks = source.rows(options.chunk)
        for first in chunks:
            with database.write() as session:
                import_.begin(session)
                for records, done in chain(
                    [first], islice(chunks, options.per_transaction // options.chunk - 1)
                ):
                    import_.take(session, records)
                    progress(done, source.size)
                activity.record_imports(session, now)
    return Imported(**import_.counts, rejects_file=rejects.kept_as, ignored=layout.ignored)


def look(file: Path, options: Options) -> tuple[LeadFile, rows.Layout, RowReader]:
    """Return the file, what its columns mean and what reads its rows; InputError where it is not fit for it."""
    defaults = _defaults(options)
    source = lead_files.look(
        file, options.encoding, lambda header: bool(rows.column(header, options.columns, options.fields))
    )
    try:
        layout = rows.layout(source.header, options.columns, options.fields)
        _check_required(layout, defaults)
    except InputError as error:
        raise InputError(f"{file}: {error}") from None
    return source, layout, RowReader(layout, options.fields, defaults, reserved=options.reserved_domains)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the garbage collector still: rows make no cycles, and looking for some takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _defaults(options: Options) -> dict[str, str]:
    given = {
        "source": _word("--source", Source, options.source),
        "consent": _word("--consent", Consent, options.consent),
        "source_detail": options.source_detail,
        "consent_note": options.consent_note,
    }
    return {"stage": str(Stage.SUSPECT.value)} | {name: value for name, value in given.items() if value}


def _word(option: str, words: type[Source] | type[Consent], written: str | None) -> str | None:
    try:
        return rows.word(words, written) if written else None
    except cells.BadCell as error:
        raise InputError(f"{option}: {error}") from None


def _check_required(layout: rows.Layout, defaults: Mapping[str, str]) -> None:
    for name, why, words in (
        ("source", "where the leads come from", Source),
        ("consent", "on what basis they may be written to", Consent),
    ):
        if name not in defaults and not layout.has(name):
            raise InputError(
                f"nothing says {why}: add --{name}, or a column {name!r}, with one of: {', '.join(words)}"
            )


class _Import:
    """One run over a file: what was counted so far, and the place of the rejected rows."""

    def __init__(self, reader: RowReader, rejects: _Rejects, now: datetime) -> None:
        self.counts = dict.fromkeys(("added", "updated", "unchanged", "rejected", "suppressed"), 0)
        self._reader = reader
        self._rejects = rejects
        self._now = now
        self._salt = ""

    def begin(self, session: Session) -> None:
        lead_batches.begin(session)
        self._salt = leads.salt(session)

    def take(self, session: Session, records: Sequence[Record]) -> None:
        """Write what a chunk of rows tells."""
        people = list(self._sendable(session, self._readable(records)))
        while people:
            # Who was added by another process while we wrote is known the second time.
            people = self._write(session, people)

    def _readable(self, records: Sequence[Record]) -> Iterator[tuple[Record, Incoming]]:
        for record in records:
            if record.problem:
                self._reject(record, record.problem)
                continue
            try:
                yield record, self._reader.read(record.cells)
            except BadRow as error:
                self._reject(record, str(error))

    def _sendable(self, session: Session, told: Iterator[tuple[Record, Incoming]]) -> Iterator[Incoming]:
        found = [(record, row, leads.address_hash(self._salt, row.email)) for record, row in told]
        suppressed = lead_batches.suppressed(session, [hashed for _, _, hashed in found], self._now)
        for record, row, hashed in found:
            if hashed in suppressed:
                self._reject(record, "suppressed: must not be written to", "suppressed")
            else:
                row.values["address_hash"] = hashed
                yield row

    def _reject(self, record: Record, reason: str, count: str = "rejected") -> None:
        self.counts[count] += 1
        self._rejects.write(record, reason)

    def _write(self, session: Session, people: Sequence[Incoming]) -> list[Incoming]:
        """Add and fill; return the rows about people whom another process added at the same time."""
        known = lead_batches.known(session, {row.email for row in people})
        told = [(row, take(known, row)) for row in people]
        added = lead_batches.add(
            session, [person for person in known.values() if person.id is None], self._now
        )
        lead_batches.fill(
            session, [person for person in known.values() if person.id and person.changed], self._now
        )
        again = []
        for row, what in told:
            if known[row.email].id is None and row.email not in added:
                again.append(row)
            else:
                self.counts[what] += 1
        return again


def take(known: dict[str, Known], row: Incoming) -> str:
    """Add what the row says to what is known; return as what it counts."""
    person = known.get(row.email)
    if person is None:
        values = rows.with_zone(row.values)
        known[row.email] = Known(None, {**values, "email": row.email, "fields": row.fields})
        return "added"
    columns, fields = rows.fills(person.values, row)
    if not columns and not fields:
        return "unchanged"
    person.learn(columns, fields)
    return "updated"


# -- rejected rows -------------------------------------------------------------------------------


class _Rejects:
    """The rows that were not taken, written beside their place and put there at the end."""

    def __init__(self, to: TextIO, delimiter: str) -> None:
        self.kept_as: Path | None = None
        self._writer = csv.writer(to, delimiter=delimiter)
        self.count = 0

    def head(self, header: Sequence[str]) -> None:
        self._writer.writerow(["line", "reason", *map(_shown, header)])

    def write(self, record: Record, reason: str) -> None:
        self.count += 1
        self._writer.writerow([record.line, reason, *map(_shown, record.cells)])


def _shown(cell: str) -> str:
    return cells.as_text(cell.replace("\0", "\N{REPLACEMENT CHARACTER}")[: cells.LONGEST])


@contextmanager
def _rejects(file: Path, place: Path | None, source: LeadFile) -> Iterator[_Rejects]:
    """Yield a writer of rejected rows; the file is there after a good end, and only when it holds rows."""
    place = place or file.with_name(f"{file.name}.rejected.csv")
    if place.is_dir() or (place.exists() and place.samefile(file)):
        raise InputError(f"--rejects {place}: {'is a folder' if place.is_dir() else 'is the file to import'}")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{place.name}.", dir=place.parent)
    except OSError as error:
        raise InputError(
            f"{place}: the rejected rows can not be written there: {error.strerror}; say --rejects FILE"
        ) from None
    try:
        # With a byte order mark, or spreadsheets take it for the local encoding.
        with open(handle, "w", encoding="utf-8-sig", errors="replace", newline="") as to:
            rejects = _Rejects(to, source.delimiter or ",")
            rejects.head(source.header)
            yield rejects
            to.flush()
            os.fsync(to.fileno())
        if rejects.count:
            os.replace(name, place)
            rejects.kept_as = place
    finally:
        Path(name).unlink(missing_ok=True)
