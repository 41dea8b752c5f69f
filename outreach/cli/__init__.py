"""The program `outreach`: commands read arguments and settings, call one use case, and print what it returns."""

from __future__ import annotations

import sys

import typer
from sqlalchemy.exc import SQLAlchemyError

from outreach.cli import bench, desk, files, health, leads, operations, report, running
from outreach.cli.context import set_workspace
from outreach.db import AWAY
from outreach.errors import OutreachError

app = typer.Typer(
    name="outreach",
    help="Carries leads through the sales funnel: campaigns as text files, mails at most once, every decision explained.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.callback()(set_workspace)
for commands in (files, leads, desk, report, operations, health, running, bench):
    commands.add_to(app)


def main() -> None:
    """Run the program: 0 when the thing is done, 1 with one clear line when it is not, 2 for a wrong call."""
    try:
        app(prog_name="outreach")
    except OutreachError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
    except SQLAlchemyError as error:
        # Its text could hold an address.
        what = (
            "does not answer; try again" if isinstance(error, AWAY) else f"refused it: {type(error).__name__}"
        )
        print(f"the database {what}", file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(141)
