"""What is due in a simulation, by instant and by sort; the clock jumps from one instant to the next."""

from __future__ import annotations

import heapq
from datetime import datetime
from enum import IntEnum
from typing import Any


class Sort(IntEnum):
    """The sorts of things that are due."""

    EVENTS = 0
    HANDOFFS = 1
    LEADS = 2
    ENROLLMENTS = 3
    MATCHES = 4
    MAILS = 5


EVENTS, HANDOFFS, LEADS, ENROLLMENTS, MATCHES, MAILS = range(6)
_Slot = list[list[Any] | None]


class Calendar:
    """Things by the instant at which they are due. What is due earlier than now is due now."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._slots: dict[datetime, _Slot] = {}
        self._instants: list[datetime] = []

    def put(self, sort: int, at: datetime, thing: Any) -> None:
        """Have it due at that time."""
        if at < self.now:
            at = self.now
        slot = self._slots.get(at)
        if slot is None:
            slot = self._slots[at] = [None, None, None, None, None, None]
            heapq.heappush(self._instants, at)
        things = slot[sort]
        if things is None:
            slot[sort] = [thing]
        else:
            things.append(thing)

    def turn(self, until: datetime) -> bool:
        """Go on to the next instant at which anything is due; False where none is left up to `until`, and then go there."""
        while self._instants and self._instants[0] <= until:
            at = self._instants[0]
            slot = self._slots[at]
            if any(slot):
                self.now = at
                return True
            heapq.heappop(self._instants)
            del self._slots[at]
        self.now = max(self.now, until)
        return False

    def has(self, sort: int) -> bool:
        """Return whether anything of the sort is due now."""
        slot = self._slots.get(self.now)
        return slot is not None and bool(slot[sort])

    def any(self) -> bool:
        """Return whether anything is due now."""
        slot = self._slots.get(self.now)
        return slot is not None and any(slot)

    def take(self, sort: int) -> list[Any]:
        """Return what of the sort is due now, in the order in which it was put there, and forget it."""
        slot = self._slots.get(self.now)
        if slot is None:
            return []
        things, slot[sort] = slot[sort], None
        return things or []
