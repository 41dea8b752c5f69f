"""Commands that change what is in force: plan, apply, undo."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from outreach.cli.context import Json, now, print_json, print_table, settings, workspace

if TYPE_CHECKING:
    from outreach.apply import Change
    from outreach.db import Database
    from outreach.planning.plan import Plan
    from outreach.workspace import Workspace

InFlight = Annotated[
    str | None,
    typer.Option(
        "--in-flight",
        metavar="keep|move",
        help="What becomes of leads in a campaign that changes, whatever its file says: they finish as they entered, "
        "or go on at the same step of the new version. With move, those on older versions of other campaigns move too.",
    ),
]
NoTests = Annotated[bool, typer.Option("--no-tests", help="Do not run the tests in the files.")]


def add_to(app: typer.Typer) -> None:
    app.command()(plan)
    app.command()(apply)
    app.command()(undo)


def plan(
    out: Annotated[
        Path | None, typer.Option("--out", help="Write the plan there, for: apply --plan.")
    ] = None,
    in_flight: InFlight = None,
    no_tests: NoTests = False,
    history: Annotated[
        bool, typer.Option("--history", help="What was applied and undone until now.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show what applying the files would do, before anything moves: what changes, and what that does to whom.

    Marks are those of a code review: + added, - removed, ~ changed. Leads are counted as they stand now: where they
    would go, who would enter or leave, get a mail twice or never. Nothing is written.
    """
    if history:
        _history(as_json=as_json)
        return
    from outreach import planning
    from outreach.planning import edition
    from outreach.planning import plan as plans

    wanted = planning.Wanted(edition.of_files(_workspace(no_tests)), _rule(in_flight))
    with _database() as database:
        if database is None:
            found = planning.make(None, wanted, now())
        else:
            with database.read() as session:
                found = planning.make(session, wanted, now())
    if out is not None:
        plans.write(found, out)
    if as_json:
        print_json(found)
        return
    _show(found)
    if out is not None and not found.is_empty:
        print(f"do just this with: outreach apply --plan {out}")


def apply(
    planned: Annotated[
        Path | None,
        typer.Option("--plan", help="Do what this plan says, or say why it does not hold any more."),
    ] = None,
    in_flight: InFlight = None,
    drift: Annotated[
        bool, typer.Option("--accept-drift", help="With --plan: other numbers of leads are no reason not to.")
    ] = False,
    no_tests: NoTests = False,
    as_json: Json = False,
) -> None:
    """Check the files and store them: what is new or changed becomes the version that new leads enter on.

    Leads already in a campaign finish on the version they entered on, or go on in the new one where its file says
    in_flight: move. It is all done, or nothing. Applying twice changes nothing. The database is made, or brought to
    this program's version, if it has to be.
    """
    from outreach import apply as applying
    from outreach import db
    from outreach.errors import InputError
    from outreach.planning import plan as plans

    if planned is not None and in_flight is not None:
        raise InputError(
            "--in-flight is said when the plan is made: outreach plan --in-flight ... --out FILE"
        )
    rule, expected = _rule(in_flight), plans.read(planned) if planned else None
    loaded = _workspace(no_tests)
    database = db.connect(settings().database)
    try:
        db.migrate(database, now())
        with database.write() as session:
            changes = applying.apply(session, loaded, now(), in_flight=rule, planned=expected, drift=drift)
    finally:
        database.close()
    _print_changes(changes, as_json=as_json)


def undo(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what it would do, and do nothing.")
    ] = False,
    in_flight: InFlight = None,
    as_json: Json = False,
) -> None:
    """Take the latest apply back: what was in force before comes back, as versions of its own.

    Leads that the apply moved go back where they stood; who has gone on since goes to the same step of the version
    that is back. Who entered meanwhile follows the campaign's rule (in_flight). Again, it takes back the apply before
    that one. The files stay as they are.
    """
    from outreach import apply as applying
    from outreach import planning
    from outreach.cli.context import database

    rule = _rule(in_flight)
    with database() as opened:
        if dry_run:
            with opened.read() as session:
                found = planning.make(session, applying.to_undo(session, rule), now())
            print_json(found) if as_json else _show(found)
            return
        with opened.write() as session:
            changes = applying.undo(session, now(), in_flight=rule)
    _print_changes(changes, as_json=as_json)
    if as_json:
        return
    if all(change.what in (applying.UNCHANGED, applying.ABSENT) for change in changes):
        print("undone, with nothing to take back: the leads that it moved have gone on, or left")
    else:
        print("the files still say what was undone; outreach plan shows it")


# -- what they share -----------------------------------------------------------------------------------


def _rule(written: str | None) -> Any:
    from typing import get_args

    from outreach.domain.campaign import InFlight as Rule
    from outreach.errors import InputError

    if written is not None and written not in get_args(Rule):
        raise InputError(f"--in-flight {written!r} is no rule; write keep or move")
    return written


def _workspace(no_tests: bool) -> Workspace:
    """Return the checked workspace; Problems tells what is wrong in it, and which tests in the files fail."""
    from outreach import workspace as workspaces

    loaded = workspaces.load(workspace())
    if not no_tests and any(each.campaign.tests for each in loaded.campaigns.values()):
        from outreach import rehearsal  # it brings the simulator with it

        rehearsal.demand(loaded)
    return loaded


@contextmanager
def _database() -> Iterator[Database | None]:
    """Yield the database, or nothing where there is none yet; it is not made."""
    from outreach import db

    if not db.is_there(settings().database):
        yield None
        return
    opened = db.opened(settings().database)
    try:
        yield opened
    finally:
        opened.close()


def _show(found: Plan) -> None:
    from rich.console import Console
    from rich.text import Text

    from outreach.planning import text

    console = Console(highlight=False, soft_wrap=True)
    for style, line in text.lines(found):
        if sys.stdout.isatty():
            console.print(Text(line, style=style))
        else:
            print(line)


def _print_changes(changes: Sequence[Change], *, as_json: bool) -> None:
    if as_json:
        print_json(changes)
        return
    print_table(
        ["kind", "name", "", "version"],
        [[change.kind, change.name, change.what, change.version or "none"] for change in changes],
    )
    for change in changes:
        if change.moved:
            print(f"{change.name}: {change.moved:,} leads in flight moved to another version")
        if change.dropped:
            print(f"{change.name}: {change.dropped:,} queued mails dropped, as their step is gone")


def _history(*, as_json: bool) -> None:
    from outreach import apply as applying
    from outreach.cli.context import database

    with database() as opened, opened.read() as session:
        found = applying.history(session)
    if as_json:
        print_json(found)
        return
    if not found:
        print("nothing is on record yet")
    for each in found:
        state = ", undone since" if each.undone else ""
        moved = f", {each.moved:,} leads moved" if each.moved else ""
        print(f"{each.at:%Y-%m-%d %H:%M} UTC  {each.kind} {each.id}{moved}{state}")
        for name, (before, after) in each.changed.items():
            print(f"    {name}: version {before or 'none'} → {after or 'none'}")
