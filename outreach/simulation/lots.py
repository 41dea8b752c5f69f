"""Where the mails of a simulation wait: in lines, by sender and by when they are due, and there in lots, by window.

A line is put off as one: what a backlog costs grows with what is sent, not with what waits.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import datetime

from outreach.domain import windows
from outreach.domain.campaign import Window
from outreach.domain.policies import Organisation
from outreach.simulation.calendar import MAILS, Calendar
from outreach.simulation.people import Mail, Person

_Key = tuple[int, str | None, str | None, datetime | None]


class Klass:
    """Leads for whom the same window is open at the same time."""

    def __init__(
        self,
        organisation: Organisation,
        window: Window,
        timezone: str | None,
        country: str | None,
        hold_until: datetime | None,
    ) -> None:
        named = None if window.timezone == "lead" else window.timezone
        self.window, self.hold_until = window, hold_until
        self.zone = windows.zone(named, timezone, organisation.timezone)
        self.country = country or organisation.country
        self._opens_at = self._closes_at = datetime.max.replace(tzinfo=self.zone)

    def opening(self, at: datetime) -> datetime:
        """Return when a mail may leave at the earliest: not before `at`, in its window, with the lead back."""
        if self.hold_until is not None and self.hold_until > at:
            at = self.hold_until
        if not self._opens_at <= at < self._closes_at:
            self._opens_at, self._closes_at = windows.open_span(
                self.window, at, zone=self.zone, country=self.country
            )
        return max(self._opens_at, at)


class Lot:
    """Mails of one class that stand in one line, by their ids."""

    __slots__ = ("into", "is_sorted", "klass", "line", "mails", "stale_at")

    def __init__(self, klass: Klass, line: Line) -> None:
        self.klass, self.line = klass, line
        self.mails: list[int] = []
        self.is_sorted = True
        self.stale_at: datetime | None = None  # when the first of them may be stale
        self.into: Lot | None = None

    def add(self, id: int, stale_at: datetime | None) -> None:
        """Take a mail in."""
        if self.mails and id < self.mails[-1]:
            self.is_sorted = False
        self.mails.append(id)
        if stale_at is not None and (self.stale_at is None or stale_at < self.stale_at):
            self.stale_at = stale_at

    def join(self, other: Lot) -> None:
        """Become a part of another lot."""
        is_behind = not other.mails or (bool(self.mails) and other.mails[-1] < self.mails[0])
        other.is_sorted = other.is_sorted and self.is_sorted and is_behind
        other.mails += self.mails
        stale = [at for at in (other.stale_at, self.stale_at) if at is not None]
        other.stale_at = min(stale, default=None)
        self.mails, self.into = [], other

    def sort(self) -> list[int]:
        """Return the ids in their order."""
        if not self.is_sorted:
            self.mails.sort()
            self.is_sorted = True
        return self.mails

    def place(self) -> Lot:
        """Return the lot in which these mails are now."""
        lot = self
        while lot.into is not None:
            lot = lot.into
        return lot


class Line:
    """Mails of one sender that are due at the same time."""

    __slots__ = ("due_at", "lots", "sender")

    def __init__(self, sender: str, due_at: datetime) -> None:
        self.sender, self.due_at = sender, due_at
        self.lots: dict[Klass, Lot] = {}

    def __len__(self) -> int:
        return sum(len(lot.mails) for lot in self.lots.values())

    def lot(self, klass: Klass) -> Lot:
        """Return the lot of a class."""
        found = self.lots.get(klass)
        if found is None:
            found = self.lots[klass] = Lot(klass, self)
        return found

    def take_in(self, lot: Lot) -> None:
        """Have a lot of another line stand in this one."""
        there = self.lots.get(lot.klass)
        if there is not None:
            lot.join(there)
        else:
            self.lots[lot.klass] = lot
            lot.line = self


class Post:
    """The mails that wait, and the lines in which they do."""

    def __init__(self, calendar: Calendar, organisation: Organisation) -> None:
        self._calendar = calendar
        self._organisation = organisation
        self.waiting: dict[int, Mail] = {}
        self._lines: dict[tuple[str, datetime], Line] = {}
        self._klasses: dict[_Key, Klass] = {}

    def klass(self, window: Window, person: Person) -> Klass:
        """Return to which class a person belongs for this window."""
        # A window is known by its identity: programs keep theirs, and to hash one takes longer than all else here.
        key = (id(window), person.timezone, person.country, person.hold_until)
        found = self._klasses.get(key)
        if found is None:
            found = Klass(self._organisation, window, person.timezone, person.country, person.hold_until)
            self._klasses[key] = found
        return found

    def put(self, mail: Mail, due_at: datetime) -> None:
        """Have a mail wait until then."""
        lot = self._line(mail.sender, due_at).lot(self.klass(mail.way.program.campaign.window, mail.person))
        lot.add(mail.id, mail.stale_at)
        mail.lot = lot

    def _line(self, sender: str, due_at: datetime) -> Line:
        line = self._lines.get((sender, due_at))
        if line is None:
            line = self._lines[sender, due_at] = Line(sender, due_at)
            self._calendar.put(MAILS, due_at, line)
        return line

    def put_off_lot(self, lot: Lot, due_at: datetime) -> None:
        """Have the mails of a lot of a line that was taken wait until then."""
        line = lot.line
        del line.lots[lot.klass]
        self._line(line.sender, due_at).take_in(lot)

    def put_off(self, line: Line, due_at: datetime) -> None:
        """Have all mails of a line that was taken wait until then."""
        if not line.lots:
            return
        there = self._lines.get((line.sender, due_at))
        if there is None:
            line.due_at = due_at
            self._lines[line.sender, due_at] = line
            self._calendar.put(MAILS, due_at, line)
            return
        for lot in line.lots.values():
            there.take_in(lot)
        line.lots = {}

    def take(self) -> list[Line]:
        """Return the lines that are due now."""
        lines = self._calendar.take(MAILS)
        for line in lines:
            del self._lines[line.sender, line.due_at]
        return lines

    def out(self, mail: Mail) -> datetime:
        """Take a mail out of its line; return when it was due."""
        assert mail.lot is not None
        lot = mail.lot.place()
        ids = lot.sort()
        ids.pop(bisect_left(ids, mail.id))
        return lot.line.due_at
