"""Commands that look at files: check, schemas."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from outreach.cli.context import Json, now, print_json, workspace
from outreach.cli.rehearsals import Rehearsal, print_below
from outreach.errors import DatabaseError, InputError, Problem

if TYPE_CHECKING:
    from outreach.workspace import Checked, Look, Workspace
    from outreach.workspace.rules import Seen

SQLITE = "sqlite:///"


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def add_to(app: typer.Typer) -> None:
    app.command()(check)
    app.command()(schemas)


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Workspaces to check, or campaigns of this one; none: all of this one."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 on warnings too.")] = False,
    output: Annotated[
        Format, typer.Option("--format", help="text, json, or github: annotations of a workflow.")
    ] = Format.TEXT,
    explain: Annotated[
        str | None, typer.Option("--explain", metavar="RULE", help="Print what a rule means, and exit.")
    ] = None,
    tests: Annotated[
        bool, typer.Option("--tests/--no-tests", help="Play the tests that stand in the campaigns.")
    ] = True,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Show what happens in the tests that pass, too.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Check every file: schema, conditions, templates, names, and what can not work as it is written.

    A line reads file:line:column: rule: what is wrong; what would be right. Errors keep the files from being
    applied and make the exit code 1; a warning is called so, and can be exempted at the end of its line or on the
    line above: # check: ignore RULE. The tests in the campaigns are played on a clock that jumps; below one that
    fails stands what happened, marked where it parts from what was expected. Where the workspace has its database,
    leads are counted too.
    """
    from outreach import workspace as workspaces  # a worker, which needs no files, is smaller without
    from outreach.workspace import rules

    if explain is not None:
        _print_page(rules.rule(explain).page)
        return
    folders = [path for path in paths or () if path.is_dir()]
    rehearsal = Rehearsal([str(path) for path in paths or () if path not in folders])
    if not folders:
        rehearsal.look_up(workspace())
    found = [
        (path, rehearsal.narrowed(workspaces.check(path, _looks(path, rehearsal if tests else None))))
        for path in folders or [workspace()]
    ]
    output = Format.JSON if as_json else output
    if output is Format.JSON:
        _print_json(found, _counted(found, rehearsal))
    elif output is Format.GITHUB:
        _print_github(found)
    else:
        if verbose:
            rehearsal.print_passed()
        _print_text(found, _counted(found, rehearsal), len(rehearsal.played))
    if any(checked.errors or (strict and checked.warnings) for _, checked in found):
        raise typer.Exit(1)


def schemas(
    folder: Annotated[
        Path | None, typer.Argument(help="Where they go; none: schemas/ in the workspace.")
    ] = None,
) -> None:
    """Write the JSON Schemas of the files, by which editors complete keys and show what is wrong as you type.

    A campaign that begins with the line `# yaml-language-server: $schema=../schemas/campaign.json` is checked by
    every editor with the YAML language server. After an update of outreach, write them again.
    """
    from outreach import workspace as workspaces

    target = folder or workspace() / "schemas"
    try:
        workspaces.write_schemas(target)
    except OSError as error:
        raise InputError(f"{target} can not be written: {error.strerror}") from None
    print(f"{len(workspaces.schemas())} schemas in {target}")


# -- further looks ---------------------------------------------------------------------------------


def _looks(path: Path, rehearsal: Rehearsal | None) -> Mapping[Seen, Look]:
    """Return what else is looked at where nothing is wrong in the files of the workspace at `path`."""
    from outreach.workspace.rules import Seen

    url = _database(path)
    played = {Seen.TESTS: rehearsal.play} if rehearsal else {}
    counted = {Seen.DATABASE: lambda checked: _capacity(checked, url)} if url else {}
    return {**played, **counted}


def _database(path: Path) -> str | None:
    """Return the address of the workspace's database, None where it has none yet."""
    from outreach import config

    url = config.read(os.environ, path).database
    if url.startswith(SQLITE) and not Path(url.removeprefix(SQLITE)).exists():
        return None
    return url


def _capacity(checked: Workspace, url: str) -> Iterable[Problem]:
    """Return the campaigns whose leads are more than their senders can write to."""
    from sqlalchemy.exc import SQLAlchemyError

    from outreach import capacity, db

    try:
        database = db.opened(url)
        try:
            with database.read() as session:
                return tuple(capacity.over(session, checked, now()))
        finally:
            database.close()
    except (DatabaseError, SQLAlchemyError) as error:
        why = str(error) if isinstance(error, DatabaseError) else "it does not answer"
        print(f"leads were not counted: {why}", file=sys.stderr)
        return ()


# -- printing --------------------------------------------------------------------------------------

Found = Sequence[tuple[Path, "Checked"]]


def _print_page(page: str) -> None:
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.markdown import Markdown

        # The name of an example's file stands behind the language, where a terminal does not show it.
        named = re.sub(r"^```(\w+) (\S+)$", r"`\2`\n\n```\1", page, flags=re.MULTILINE)
        Console().print(Markdown(named, code_theme="bw"))
    else:
        print(page.rstrip())


def _all(found: Found) -> list[tuple[Path, Problem]]:
    """Return errors and warnings together, in the order of the files."""
    return [(path, each) for path, checked in found for each in sorted((*checked.errors, *checked.warnings))]


def _counted(found: Found, rehearsal: Rehearsal) -> int:
    """Return how many campaigns were looked at."""
    return sum(rehearsal.counted(checked.workspace) for _, checked in found if checked.workspace)


def _print_text(found: Found, campaigns: int, tests: int) -> None:
    from outreach.workspace import rules

    for path, problem in _all(found):
        where = f"{path}/" if len(found) > 1 else ""
        print(f"{where}{rules.shown(problem)}", file=sys.stderr)
        print_below(problem)
    if any(checked.errors for _, checked in found):
        return
    warnings = sum(len(checked.warnings) for _, checked in found)
    said = "no problem" if not warnings else f"no error, {warnings} warning{'s' * (warnings != 1)}"
    passed = f", {tests} test{'s' * (tests != 1)} passed" if tests else ""
    print(f"{campaigns} campaign{'s' * (campaigns != 1)}, {said}{passed}")


def _print_json(found: Found, campaigns: int) -> None:
    from outreach.workspace import rules

    problems = [
        {
            "file": problem.file,
            "line": problem.line,
            "column": problem.column,
            "rule": problem.rule,
            "severity": str(rules.severity(problem)),
            "message": problem.message,
            "hint": problem.hint,
            "timeline": problem.below,
        }
        for _, problem in _all(found)
    ]
    print_json({"problems": problems, "campaigns": campaigns})


def _print_github(found: Found) -> None:
    from outreach.workspace import rules

    for path, problem in _all(found):
        values = {"file": (path / problem.file).as_posix(), "line": problem.line, "col": problem.column}
        shown = {key: value for key, value in values.items() if value} | {"title": problem.rule}
        properties = ",".join(f"{key}={_escaped(str(value), ',:')}" for key, value in shown.items())
        said = problem.message + (f"; {problem.hint}" if problem.hint else "")
        message = "\n".join([said, *problem.below])
        print(f"::{rules.severity(problem)} {properties}::{_escaped(message)}")


def _escaped(text: str, more: str = "") -> str:
    """Return the text as a workflow command takes it; what begins or ends one of its parts stands as a code."""
    for character in ("%", "\r", "\n", *more):
        text = text.replace(character, f"%{ord(character):02X}")
    return text
