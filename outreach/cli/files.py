"""Commands on a workspace and its database: init, migrate."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from outreach import db
from outreach.cli.context import now, settings
from outreach.config import MAKE_A_KEY


def add_to(app: typer.Typer) -> None:
    app.command()(init)
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
