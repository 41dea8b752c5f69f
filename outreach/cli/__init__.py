"""The program `outreach`: commands read arguments and settings, call one use case, and print what it returns."""

from __future__ import annotations

import sys
from collections.abc import Mapping, MutableMapping
from functools import cache
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from outreach.cli.context import set_workspace
from outreach.errors import OutreachError

MODULES = {
    "check": ("check", "schemas"),
    "files": ("init", "migrate"),
    "planning": ("plan", "apply", "undo"),
    "preview": ("preview",),
    "classify": ("classify",),
    "leads": ("import", "lead"),
    "explain": ("explain",),
    "desk": ("handoff", "deal", "task", "message", "sender"),
    "simulate": ("simulate",),
    "report": ("report",),
    "experiment": ("experiment",),
    "backtest": ("backtest",),
    "rejudge": ("rejudge",),
    "operations": ("retry", "adopt", "campaign", "backlog"),
    "health": ("status", "doctor"),
    "mailbox": ("mailbox",),
    "running": ("up", "scheduler", "worker", "web", "demo"),
    "bench": ("bench",),
}
"""The commands of each module, in the order of the help."""

_MODULE_OF = {command: module for module, commands in MODULES.items() for command in commands}


class Commands(TyperGroup):
    """All commands. A module is loaded when one of its own is called: the database takes a second to import."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(_MODULE_OF)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        module = _MODULE_OF.get(cmd_name)
        return loaded(module)[cmd_name] if module else None

    @property
    def commands(self) -> MutableMapping[str, Any]:
        """Every command, all loaded."""
        return {name: self.get_command(None, name) for name in _MODULE_OF}

    @commands.setter
    def commands(self, none: Any) -> None:
        """What is registered beforehand: nothing."""


@cache
def loaded(module: str) -> Mapping[str, Any]:
    """Return the commands of a module of this package."""
    part = typer.Typer(rich_markup_mode=None)
    import_module(f"outreach.cli.{module}").add_to(part)
    return typer.main.get_group(part).commands


app = typer.Typer(
    name="outreach",
    help="Carries leads through the sales funnel: campaigns as text files, mails at most once, every decision explained.",
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.callback()(set_workspace)


def main() -> None:
    """Run the program: 0 when the thing is done, 1 with one clear line when it is not, 2 for a wrong call."""
    try:
        app(prog_name="outreach")
    except OutreachError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        sys.exit(141)
    except Exception as error:
        if not (what := _of_database(error)):
            raise
        print(f"the database {what}", file=sys.stderr)
        sys.exit(1)


def _of_database(error: Exception) -> str:
    """Return what became of the database where `error` is its; without its text, which could hold an address."""
    from sqlalchemy.exc import SQLAlchemyError

    from outreach.db import AWAY

    if not isinstance(error, SQLAlchemyError):
        return ""
    return "does not answer; try again" if isinstance(error, AWAY) else f"refused it: {type(error).__name__}"
