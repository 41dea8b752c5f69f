"""What all commands share: the workspace, the settings, and how results are printed."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from outreach.errors import InputError

if TYPE_CHECKING:
    from outreach.config import Settings
    from outreach.db import Database

_workspace = Path()

Json = Annotated[bool, typer.Option("--json", help="Print JSON, for programs.")]
LARGEST_ID = 2**63 - 1  # what a database's integer holds


def _print_version(wanted: bool) -> None:
    if wanted:
        print(f"outreach {version('outreach')}")
        raise typer.Exit()


def set_workspace(
    workspace: Annotated[
        Path,
        typer.Option(
            "--workspace", "-w", envvar="OUTREACH_WORKSPACE", help="Folder with campaigns/ and templates/."
        ),
    ] = Path(),
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    global _workspace
    _workspace = workspace


def workspace() -> Path:
    """Return the folder that the command works in."""
    return _workspace


def settings(**changes: Any) -> Settings:
    """Return the settings of the environment, with those that an option changes."""
    from outreach import config  # not every command has settings or a database, and both take long to import

    found = config.read(os.environ, _workspace)
    return found.model_copy(update={name: value for name, value in changes.items() if value is not None})


@contextmanager
def database() -> Iterator[Database]:
    """Yield the database of the settings, and close it."""
    from outreach import db

    opened = db.opened(settings().database)
    try:
        yield opened
    finally:
        opened.close()


def now() -> datetime:
    """Return the present, for one command."""
    return datetime.now(UTC)


def print_json(value: Any) -> None:
    """Print a value, dataclasses included, as JSON with ISO times."""
    print(json.dumps(_plain(value), indent=2, ensure_ascii=False, default=str))


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, datetime) else value


def print_table(headings: list[str], rows: list[list[Any]]) -> None:
    """Print rows in columns, as wide as their widest cell."""
    cells = [headings, *[["" if cell is None else str(cell) for cell in row] for row in rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(headings))]
    for row in cells:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def choice(words: Any, written: str, what: str) -> Any:
    """Return the word of an enumeration; InputError lists what it may be."""
    try:
        return words(written)
    except ValueError:
        raise InputError(f"{written!r} is no {what}; write one of: {', '.join(words)}") from None
