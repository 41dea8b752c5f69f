"""Plays one sender's queue forward: when a mail that waits goes, what holds it until then, and how many go before it."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from outreach.domain import pacing
from outreach.domain.pacing import Usage
from outreach.domain.policies import Sender

TOGETHER = 20
"""How many mails one worker claims at a time while few are due."""

MOST_LOOKS = 60_000
"""After so many looks at mails the rest is estimated by the limits of the days."""

FARTHEST = timedelta(days=400)
WINDOW = "its window is closed"


@dataclass(frozen=True)
class Queued:
    """A mail that waits: when it is looked at next, and when it would be too late."""

    id: int
    queued_at: datetime
    due_at: datetime
    stale_at: datetime | None = None


@dataclass(frozen=True)
class Hold:
    """That a mail is put off until then, and why."""

    until: datetime
    why: str


@dataclass(frozen=True)
class Slot:
    """When a mail goes, if nothing changes; none: not within a year. `is_stale` says that it is left out then instead."""

    at: datetime | None
    before: int  # mails of the same sender that go before it
    holds: tuple[Hold, ...] = ()
    is_exact: bool = True
    is_stale: bool = False


Opens = Callable[[int, datetime], datetime]
"""When the window of a mail, by its id, is open: the first instant from a given one on."""


def slot(
    sender: Sender,
    usage: Usage,
    queue: Sequence[Queued],
    wanted: int,
    opens: Opens,
    now: datetime,
    zone: ZoneInfo,
) -> Slot:
    """Return when the mail `wanted` of the sender's queue goes, as the ledger would let it go.

    Exact as long as somebody looks at each due time, nothing else is queued, and few mails with a gap between them
    are due at once.
    """
    return _Line(sender, usage, queue, wanted, opens, zone).play(now)


class _Line:
    """The queue of one sender while its time is played."""

    def __init__(
        self,
        sender: Sender,
        usage: Usage,
        queue: Sequence[Queued],
        wanted: int,
        opens: Opens,
        zone: ZoneInfo,
    ) -> None:
        self.sender, self.usage, self.zone, self.opens = sender, usage, zone, opens
        self.mails = {mail.id: mail for mail in queue}
        self.wanted = wanted
        self.waiting = [(mail.due_at, mail.id) for mail in queue]
        heapq.heapify(self.waiting)
        self.gone = 0
        self.looks = 0
        self.is_exact = True
        self.holds: list[Hold] = []

    def play(self, now: datetime) -> Slot:
        until = now + FARTHEST
        while self.waiting:
            at = max(now, self.waiting[0][0])
            if at > until:
                break
            if self.looks > MOST_LOOKS:
                return self._estimate(at)
            due = self._take(at)
            if self.sender.gap.amount and len(due) > TOGETHER:
                self.is_exact = False  # several workers share them, and which of them comes first is chance
            for start in range(0, len(due), TOGETHER):
                found = self._claim(due[start : start + TOGETHER], at)
                if found is not None:
                    return found
        return self._at(None)

    def _at(self, at: datetime | None, *, is_stale: bool = False) -> Slot:
        return Slot(at, self.gone, tuple(self.holds), self.is_exact, is_stale)

    def _take(self, at: datetime) -> list[Queued]:
        due = []
        while self.waiting and self.waiting[0][0] <= at:
            due.append(self.mails[heapq.heappop(self.waiting)[1]])
        self.looks += len(due)
        return due

    def _claim(self, due: Sequence[Queued], at: datetime) -> Slot | None:
        """Do what a claim does: leave out the stale, put off those out of their window and over the limit."""
        ready = []
        for mail in sorted(due, key=lambda mail: (mail.queued_at, mail.id)):
            if mail.stale_at is not None and mail.stale_at < at:
                if mail.id == self.wanted:
                    return self._at(at, is_stale=True)
                continue
            opens_at = self.opens(mail.id, at)
            if opens_at > at:
                self._put_off(mail, opens_at, WINDOW)
            else:
                ready.append(mail)
        return self._within_limit(ready, at) if ready else None

    def _within_limit(self, ready: Sequence[Queued], at: datetime) -> Slot | None:
        today = at.astimezone(self.zone).date()
        usage = self._usage_on(today)
        allowance = pacing.allowance(self.sender, usage, at, self.zone)
        going, gap = ready[: allowance.count], self.sender.gap.about()
        why = self._why(usage.sent + len(going), today)
        for place, mail in enumerate(ready[allowance.count :]):
            self._put_off(mail, allowance.next_at + place * gap, why)
        for mail in going:
            if mail.id == self.wanted:
                return self._at(at)
            self.gone += 1
        if going:
            self.usage = Usage(usage.day, usage.sent + len(going), at + gap if gap else None)
        return None

    def _why(self, sent: int, today: date) -> str:
        limit = pacing.limit_on(self.sender, today)
        return f"{sent} of {limit} sent today" if sent >= limit else f"{self.sender.gap} between two mails"

    def _usage_on(self, today: date) -> Usage:
        # As the ledger has it: a day ahead of today stays, any other but today is over.
        if today <= self.usage.day <= today + timedelta(days=1):
            return self.usage
        return replace(self.usage, day=today, sent=0)

    def _put_off(self, mail: Queued, until: datetime, why: str) -> None:
        heapq.heappush(self.waiting, (until, mail.id))
        if mail.id == self.wanted:
            self.holds.append(Hold(until, why))

    def _estimate(self, at: datetime) -> Slot:
        """Leave the rest to be counted from the limits of the days."""
        before = sum(mail_id < self.wanted for _, mail_id in self.waiting)
        found = estimate(self.sender, before, self.wanted, self.opens, at, self.zone)
        return replace(found, before=self.gone + before, holds=tuple(self.holds[:1]))


def estimate(
    sender: Sender, before: int, wanted: int, opens: Opens, at: datetime, zone: ZoneInfo, sent: int = 0
) -> Slot:
    """Return about when a mail goes that has so many before it: as many days on as the limits need for those."""
    left, day_at = before, at
    for _ in range(FARTHEST.days):
        opens_at = opens(wanted, day_at)
        limit = max(pacing.limit_on(sender, opens_at.astimezone(zone).date()) - sent, 0)
        if left < limit:
            return Slot(opens_at, before, is_exact=False)
        left, sent = left - limit, 0
        day_at = _next_day(opens_at, zone)
    return Slot(None, before, is_exact=False)


def _next_day(at: datetime, zone: ZoneInfo) -> datetime:
    day = at.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(day, time(), zone).astimezone(UTC)
