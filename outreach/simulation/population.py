"""The people of a simulation that are read from a file, as an import would take them in; nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from outreach import imports
from outreach.domain.rows import BadRow, Incoming
from outreach.domain.words import Consent
from outreach.errors import InputError
from outreach.lead_batches import Known
from outreach.simulation.people import Person

MOST_REASONS = 3
MOST_LINES = 3
MOST_CAUSES = 1_000
"""How many different causes are told apart; a file in which every row has its own is not kept in memory."""
OTHER = "other causes"


@dataclass(frozen=True)
class Rejects:
    """Rows that are rejected for the same cause."""

    cause: str
    rows: int
    lines: tuple[int, ...]  # of the first of them


@dataclass(frozen=True)
class Taken:
    """What became of the rows of a file; every row that is not empty is counted once."""

    added: int = 0  # people, new ones
    known: int = 0  # people who are in the database already: played with their past
    duplicates: int = 0  # rows about people of whom another row told before
    suppressed: int = 0  # people who must not be written to
    rejected: int = 0
    reasons: tuple[str, ...] = ()  # of the first rejected rows, with their lines
    rejects: tuple[Rejects, ...] = ()  # by cause, the most frequent first
    ignored: tuple[str, ...] = ()  # columns that nobody asked for


Suppressed = Callable[[Collection[str]], Collection[str]]
"""Return which of the addresses must not be written to."""


def from_file(
    file: Path,
    options: imports.Options,
    now: datetime,
    suppressed: Suppressed = lambda emails: (),
    there: Mapping[str, Person] | None = None,
) -> tuple[list[Person], Taken]:
    """Return the people of a CSV or JSON lines file as leads of `now`, and what became of its rows.

    `there` are the people of the database by address: who is in the file and there is taken as there. Where nothing
    says on what basis people may be written to, it is taken to be a legitimate interest. InputError as at an import.
    """
    reading = _Reading(there or {}, suppressed)
    source, layout, reader = imports.look(file, _with_consent(file, options))
    for records, _ in source.rows(options.chunk):
        told: list[Incoming] = []
        for record in records:
            try:
                if record.problem:
                    raise BadRow(record.problem)
                told.append(reader.read(record.cells))
            except BadRow as error:
                reading.reject(record.line, str(error))
        reading.take(told)
    return list(reading.people(now)), replace(
        reading.taken, rejects=reading.rejects(), ignored=layout.ignored
    )


def _with_consent(file: Path, options: imports.Options) -> imports.Options:
    """Return the options with a basis for writing to people, where neither they nor the file state one."""
    if options.consent:
        return options
    try:
        imports.look(file, options)
    except InputError:
        # Either it is this that is missing, or the next look tells what is wrong.
        return replace(options, consent=str(Consent.LEGITIMATE_INTEREST.value))
    return options


class _Reading:
    """What was read so far."""

    def __init__(self, there: Mapping[str, Person], suppressed: Suppressed) -> None:
        self.taken = Taken()
        self._there = there
        self._suppressed = suppressed
        self._known: dict[str, Known] = {}
        self._found: dict[str, Person] = {}
        self._rejects: dict[str, Rejects] = {}

    def reject(self, line: int, reason: str) -> None:
        reasons = self.taken.reasons
        if len(reasons) < MOST_REASONS:
            reasons = (*reasons, f"line {line}: {reason}")
        self.taken = replace(self.taken, rejected=self.taken.rejected + 1, reasons=reasons)
        cause = reason if reason in self._rejects or len(self._rejects) < MOST_CAUSES else OTHER
        before = self._rejects.get(cause, Rejects(cause, 0, ()))
        self._rejects[cause] = Rejects(cause, before.rows + 1, (*before.lines, line)[:MOST_LINES])

    def rejects(self) -> tuple[Rejects, ...]:
        """Return the rejected rows by cause, the most frequent first."""
        return tuple(sorted(self._rejects.values(), key=lambda each: (-each.rows, each.lines)))

    def take(self, rows: Sequence[Incoming]) -> None:
        """Take in the rows of one part of the file."""
        out = frozenset(self._suppressed({row.email for row in rows}))
        counts = {"suppressed": 0, "duplicates": 0, "known": 0, "added": 0}
        for row in rows:
            counts[self._take(row, row.email in out)] += 1
        self.taken = replace(
            self.taken, **{name: getattr(self.taken, name) + count for name, count in counts.items()}
        )

    def _take(self, row: Incoming, is_suppressed: bool) -> str:
        if is_suppressed:
            return "suppressed"
        if row.email in self._found:
            return "duplicates"
        if person := self._there.get(row.email):
            self._found[row.email] = person
            return "known"
        return "added" if imports.take(self._known, row) == "added" else "duplicates"

    def people(self, now: datetime) -> Iterator[Person]:
        """Yield the people: those of the database, then the new ones, with ids above theirs."""
        yield from sorted(self._found.values(), key=lambda person: person.id)
        first = max((person.id for person in self._there.values()), default=0) + 1
        for number, (email, known) in enumerate(self._known.items(), start=first):
            values = {name: value for name, value in known.values.items() if name not in ("email", "fields")}
            yield Person.new(number, email, values, known.values["fields"], now)
