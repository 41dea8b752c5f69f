"""Commands on files: init, check, apply, migrate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from outreach import db
from outreach.cli.context import Json, now, print_json, print_table, settings, workspace
from outreach.config import MAKE_A_KEY
from outreach.errors import Problem, Problems


def add_to(app: typer.Typer) -> None:
    app.command()(init)
    app.command()(check)
    app.command()(apply)
    app.command()(migrate)


def init(folder: Annotated[Path, typer.Argument(help="Where the workspace goes.")] = Path()) -> None:
    """Make a workspace: the example campaigns and templates, to be changed to your own.

    Campaigns are YAML files in campaigns/, mails are Markdown or HTML in templates/. Nothing is sent
    before `outreach apply` has stored them and `outreach up` (or scheduler and worker) runs.
    """
    from outreach import starter

    files = starter.unpack(folder)
    print(f"{len(files)} files in {folder}/campaigns and {folder}/templates")
    print("next:")
    print(f"  export OUTREACH_SECRET_KEY=$({MAKE_A_KEY})")
    print(
        f"  cd {folder} && outreach check && outreach apply && outreach import leads.csv --source webinar ..."
    )


def check(
    paths: Annotated[list[Path] | None, typer.Argument(help="Workspaces to check; none: this one.")] = None,
    as_json: Json = False,
) -> None:
    """Check every file: schema, conditions, templates, names. One line for each problem, and exit code 1.

    A line reads file:line:column: rule: what is wrong; what would be right.
    """
    from outreach import workspace as workspaces  # a worker, which needs no files, is smaller without

    problems: list[Problem] = []
    checked = 0
    for path in paths or [workspace()]:
        try:
            checked += len(workspaces.load(path).campaigns)
        except Problems as found:
            problems += found.problems
    if as_json:
        print_json({"problems": problems, "campaigns": checked})
        raise typer.Exit(1 if problems else 0)
    if problems:
        raise Problems(problems)
    print(f"{checked} campaigns, no problem")


def apply(as_json: Json = False) -> None:
    """Check the files and store them: what is new or changed becomes the version that new leads enter on.

    Leads already in a campaign stay on the version they entered on. Applying twice changes nothing. The
    database is made, or brought to this program's version, if it has to be.
    """
    from outreach import apply as applying
    from outreach import workspace as workspaces

    loaded = workspaces.load(workspace())
    database = db.connect(settings().database)
    try:
        db.migrate(database, now())
        with database.write() as session:
            changes = applying.apply(session, loaded, now())
    finally:
        database.close()
    if as_json:
        print_json(changes)
        return
    print_table(
        ["kind", "name", "", "version"],
        [[change.kind, change.name, change.what, change.version] for change in changes],
    )


def migrate() -> None:
    """Make the database, or bring it to this program's version. A newer one is left alone.

    `outreach apply` does so too. Leads, mails and events stay; migrating twice changes nothing.
    """
    database = db.connect(settings().database)
    try:
        db.migrate(database, now())
    finally:
        database.close()
    print("the database is of this program's version")
