"""Which module a command is in is a table: it has to be whole, and to save what it is there for."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import typer

from outreach import cli


@pytest.mark.parametrize("path", sorted(Path(cli.__file__).parent.glob("*.py")), ids=lambda path: path.name)
def test_the_table_of_commands_is_what_the_modules_add(path: Path) -> None:
    add_to = (
        getattr(import_module(f"outreach.cli.{path.stem}"), "add_to", None)
        if path.stem != "__init__"
        else None
    )
    assert (add_to is not None) == (path.stem in cli.MODULES)
    if add_to:
        part = typer.Typer()
        add_to(part)
        assert tuple(typer.main.get_group(part).commands) == cli.MODULES[path.stem]


def test_what_needs_no_database_does_not_import_one() -> None:
    code = "import sys, outreach.cli, outreach.cli.classify; sys.exit('sqlalchemy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
