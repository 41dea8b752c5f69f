"""Named points at which a test may kill the process: what a crash leaves behind is tried, not imagined."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping

VARIABLE = "OUTREACH_CRASH_AT"
"""NAME, or NAME:N for the N-th time the point is reached. Not set in normal operation."""


class Point:
    """Where and when to crash; reaching any other point costs one comparison."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        name, _, times = environment.get(VARIABLE, "").partition(":")
        self.name = name or None
        self._left = int(times) if times.isdecimal() else 1

    def reached(self, name: str) -> None:
        """End the process at once, as `kill -9` does, if this is the point and its time has come."""
        if name != self.name:
            return
        self._left -= 1
        if self._left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)


_point = Point(os.environ)
point = _point.reached


def is_armed(name: str) -> bool:
    """Answer whether this run is to crash at `name`: only then is a mail written in two halves."""
    return _point.name == name
