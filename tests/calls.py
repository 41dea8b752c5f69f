"""Calls the program as a person does: arguments and settings in, exit code and what it prints out."""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from outreach.cli import main

KEY = "a secret key for tests"


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


Run = Callable[..., Result]


def call(arguments: tuple[str, ...], cwd: Path, environment: dict[str, str]) -> Result:
    """Run the program in this process: starting a new one takes longer than all that most commands do."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        for name in [name for name in os.environ if name.startswith("OUTREACH_")]:
            patch.delenv(name)
        for name, value in {"OUTREACH_SECRET_KEY": KEY, **environment}.items():
            patch.setenv(name, value)
        patch.chdir(cwd)
        patch.setattr(sys, "argv", ["outreach", *arguments])
        # What `logs.set_up` does is for a process; the next test logs as before.
        patch.setattr(logging.getLogger(), "handlers", [])
        for logger in (logging.getLogger(), logging.getLogger("outreach"), logging.getLogger("apscheduler")):
            patch.setattr(logger, "level", logger.level)
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
    return Result(code, out.getvalue(), err.getvalue())


def one_line(result: Result) -> str:
    """Return the error: exactly one line, on standard error, with exit code 1."""
    assert result.code == 1
    assert result.out == ""
    assert len(result.err.strip().splitlines()) == 1, result.err
    assert "Traceback" not in result.err
    return result.err.strip()
