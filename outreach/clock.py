"""Where the present comes from: only entry points hold a clock, everything below is given `now`."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Says what time it is, as an aware UTC datetime."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)


class PlayedClock:
    """A clock that somebody turns by hand, and never back: rehearsals and the demo."""

    def __init__(self, start: datetime) -> None:
        self._now = start
        self._lock = threading.Lock()

    def now(self) -> datetime:
        with self._lock:
            return self._now

    def turn_to(self, at: datetime) -> None:
        """Move on to `at`; an earlier time changes nothing."""
        with self._lock:
            self._now = max(self._now, at)
