"""Named points end the process only where a test asks for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from outreach.crash import VARIABLE, Point

CODE = "from outreach import crash; [crash.point(name) for name in ('', 'first', 'second', 'second')]; print('through')"


@pytest.mark.parametrize(
    ("wanted", "code"), [("", 0), ("other", 0), ("first", -9), ("second:2", -9), ("second:3", 0)]
)
def test_the_process_ends_at_the_point_that_is_named_and_nowhere_else(wanted: str, code: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CODE], env={VARIABLE: wanted, "PATH": ""}, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout.strip()) == (code, "" if code else "through")


def test_without_a_name_no_point_is_ever_reached() -> None:
    Point({}).reached("")
    Point({VARIABLE: ""}).reached("")
