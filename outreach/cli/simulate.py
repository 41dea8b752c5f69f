"""The command simulate: what campaigns will do, before they do it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Annotated

import typer

from outreach.cli.context import Json, now, print_json, settings, workspace
from outreach.cli.progress import progress_bar
from outreach.errors import InputError

LONGEST = 3650  # days
MOST_RUNS = 1000
FIRST_YEAR, LAST_YEAR = 1990, 2200


def add_to(app: typer.Typer) -> None:
    app.command()(simulate)


def simulate(
    campaign: Annotated[str | None, typer.Argument(help="Only this one; none: all that run.")] = None,
    leads: Annotated[
        Path | None, typer.Option(help="CSV or JSON lines, read as import does; none: the database's leads.")
    ] = None,
    source: Annotated[str | None, typer.Option(help="Where the leads of the file come from.")] = None,
    consent: Annotated[
        str | None, typer.Option(help="Why they may be written to; none: legitimate_interest.")
    ] = None,
    map_: Annotated[
        list[str] | None, typer.Option("--map", help='A column of the file: "Mail address=email".')
    ] = None,
    encoding: Annotated[str | None, typer.Option(help="Of the file; none: UTF-8.")] = None,
    days: Annotated[int, typer.Option(help="How many days are played.")] = 90,
    from_: Annotated[str | None, typer.Option("--from", help="First day, as 2026-03-02; none: now.")] = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same result.")] = 1,
    runs: Annotated[int | None, typer.Option(help="How many seeds are played for the bands.")] = None,
    model: Annotated[Path | None, typer.Option(help="YAML file on how people behave.")] = None,
    picture: Annotated[Path | None, typer.Option(help="Where a picture goes: .svg or .png.")] = None,
    add_mailbox: Annotated[
        bool, typer.Option("--add-mailbox", help="Play with one more mailbox, however long it takes.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Play the campaigns on a virtual clock: the files as they are now, with every lead, limit and holiday.

    Nothing is sent or written. People click, reply and bounce by rates from the database's past, from --model,
    or by the defaults of docs/simulate.md. Figures of several seeds are told as bands: of ten runs one lies below the first
    number and one above the last. By default so many seeds are played as 4,000,000 allows for leads times days,
    20 at most.
    """
    _check(days, runs, picture)
    at = _start(from_)
    # With the whole engine, which takes long to import.
    from outreach.cli.simulated import lines
    from outreach.simulation import asked, pictures
    from outreach.simulation import forecast as forecasts

    wanted = asked.Asked(at, days, campaign, model, now())
    options = asked.of_file(source, consent, map_ or [], encoding)
    scene, about = asked.scene(workspace(), settings().database, wanted, leads, options)
    with progress_bar("simulating") as progress:
        found = forecasts.forecast(scene, about, seed, runs, add_mailbox, progress)
    if picture is not None:
        pictures.write(pictures.of(found), picture)
    if as_json:
        print_json(found)
        return
    print("\n".join(lines(found)))
    if picture is not None:
        print(f"\npicture: {picture}")


def _check(days: int, runs: int | None, picture: Path | None) -> None:
    if not 1 <= days <= LONGEST:
        raise InputError(f"--days {days}: write a number from 1 to {LONGEST:,}")
    if runs is not None and not 1 <= runs <= MOST_RUNS:
        raise InputError(f"--runs {runs}: write a number from 1 to {MOST_RUNS:,}")
    if picture is not None and picture.suffix.lower() not in (".svg", ".png"):
        raise InputError(f"--picture {picture}: write a name that ends with .svg or .png")
    if picture is not None and not picture.absolute().parent.is_dir():
        raise InputError(f"--picture {picture}: there is no folder {picture.parent}")


def _start(written: str | None) -> datetime:
    if written is None:
        return now().replace(second=0, microsecond=0)
    try:
        day = date.fromisoformat(written)
    except ValueError:
        raise InputError(f"--from {written}: is not a day; write for example 2026-03-02") from None
    if not FIRST_YEAR <= day.year < LAST_YEAR:
        raise InputError(f"--from {written}: write a day from {FIRST_YEAR} to {LAST_YEAR - 1}")
    return datetime.combine(day, time(), UTC)
