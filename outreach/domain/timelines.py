"""What happened to one lead in the order of time, and how a person reads it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from outreach.domain.campaign import Window
from outreach.domain.moments import Moment, Span

MINUTE = timedelta(minutes=1)
WIDTH = 27
"""Columns of the time before each line."""
MOST_ALIKE = 3
"""So many entries in a row that say the same are shown."""


class What(StrEnum):
    """What kind of thing happened."""

    ENTERED = "entered"
    MAIL = "mail"
    SKIPPED = "skipped"
    TASK = "task"
    NOTE = "note"
    HANDOFF = "handoff"
    STAGE = "stage"
    ENDED = "ended"
    HAPPENED = "happened"  # what is given


class Entry(NamedTuple):
    """One thing that happened."""

    at: datetime
    what: What
    name: str  # the template, kind of task, rep, stage, kind of event; of an end its status
    campaign: str = ""
    step: str = ""
    who: str = ""  # the sender, or the rep
    detail: str = ""  # why
    ready_at: datetime | None = None  # of a mail: when the steps before it were over
    back_at: datetime | None = None  # of a mail: until when the lead was away
    due_at: datetime | None = None  # of a mail: when the window was open for it


@dataclass(frozen=True)
class Played:
    """What happened to one lead in one test. `given_at` is when something given happened."""

    campaign: str
    window: Window
    entries: tuple[Entry, ...]
    start_at: datetime
    end_at: datetime
    zone: ZoneInfo  # of the lead's clock, by which all times are said
    country: str | None
    stage: str  # at the start
    given_at: tuple[datetime, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)  # what is known of the lead

    def of(self, *kinds: What) -> list[tuple[int, Entry]]:
        """Return the entries of these kinds with their numbers."""
        return [(number, entry) for number, entry in enumerate(self.entries) if entry.what in kinds]

    @property
    def sent(self) -> Mapping[str, datetime]:
        """When the first mail of each template and of each step went."""
        found: dict[str, datetime] = {}
        for _, entry in self.of(What.MAIL):
            found.setdefault(entry.name, entry.at)
            found.setdefault(entry.step, entry.at)
        return found

    def span(self, moment: Moment) -> Span | None:
        """Return what a time of the test means here, None where nobody can tell."""
        return moment.span(self.start_at, self.zone, self.sent)

    def day(self, at: datetime) -> str:
        """Return the time as tests write it, "day 3 09:00"."""
        return f"day {self._day(at)} {at.astimezone(self.zone):%H:%M}"

    def _day(self, at: datetime) -> int:
        return (at.astimezone(self.zone).date() - self.start_at.astimezone(self.zone).date()).days

    def place(self, at: datetime) -> str:
        """Return day, weekday, date and local time, in columns."""
        local = at.astimezone(self.zone)
        return f"day {self._day(at):<3} {local:%a} {local.day:>2} {local:%b} {local:%H:%M}"


class Mark(NamedTuple):
    """What was expected instead, at an entry of the timeline or at a time."""

    text: str
    number: int | None = None
    at: datetime | None = None


class Line(NamedTuple):
    """A line of a timeline; `mark` is ">" for one that was not expected, "E" for what was."""

    text: str
    mark: str = " "


def lines(played: Played, marks: Iterable[Mark] = ()) -> list[Line]:
    """Return the timeline in lines, with each mark below the line where it parts from what was expected."""
    at_entry: dict[int, list[str]] = {}
    timed: list[Mark] = []
    for mark in marks:
        if mark.number is None:
            timed.append(mark)
        else:
            at_entry.setdefault(mark.number, []).append(mark.text)
    shown = [Line(_head(played))]
    for number, text in _rows(played, at_entry):
        shown += _passed(played, timed, played.entries[number].at)
        meant = at_entry.get(number, [])
        shown.append(Line(text, ">" if meant else " "))
        shown += [Line(" " * WIDTH + text, "E") for text in meant]
    return [*shown, *_passed(played, timed, None)]


def _passed(played: Played, timed: list[Mark], at: datetime | None) -> Iterator[Line]:
    """Yield the marks whose time has come before `at`, and take them from the list; none: all that are left."""
    for mark in list(timed):
        until = played.end_at if mark.at is None else min(mark.at - MINUTE, played.end_at)
        if at is None or (mark.at is not None and mark.at <= at):
            timed.remove(mark)
            yield Line(f"{played.place(until):<{WIDTH}}{mark.text}", "E")


def _head(played: Played) -> str:
    start = played.start_at.astimezone(played.zone)
    known = ", ".join(f"{name} {value}" for name, value in played.facts.items())
    return f"one {played.stage}, {known}; from {start:%a} {start.day} {start:%b %Y %H:%M}, {played.zone.key}"


def _rows(played: Played, kept: Mapping[int, Sequence[str]]) -> Iterator[tuple[int, str]]:
    alike = 0
    for number, entry in enumerate(played.entries):
        before = played.entries[number - 1] if number else None
        alike = alike + 1 if before and before.what == entry.what == What.HANDOFF else 0
        if alike < MOST_ALIKE or number in kept:
            yield number, f"{played.place(entry.at):<{WIDTH}}{said(entry, played.campaign)}"
        elif alike == MOST_ALIKE:
            yield number, f"{'':<{WIDTH}}and on from rep to rep, as nobody answers"


def said(entry: Entry, campaign: str = "") -> str:
    """Return in words what happened; `campaign` needs no mention."""
    if entry.what is What.HAPPENED:
        return " ".join(filter(None, (entry.name, entry.step, entry.detail and f"({entry.detail})")))
    if entry.what is What.ENTERED:
        return f"enters {entry.campaign}" + (f", sender {entry.who}" if entry.who else "")
    where = f" ({entry.campaign})" if entry.campaign not in ("", campaign) else ""
    because = f": {entry.detail}" if entry.detail else ""
    return _WORDS[entry.what].format(name=entry.name or "nobody", who=entry.who or "nobody") + because + where


_WORDS: Mapping[What, str] = {
    What.MAIL: "mail {name} from {who}",
    What.SKIPPED: "no mail {name}",
    What.TASK: "task {name} for {who}",
    What.NOTE: "note to {who}",
    What.HANDOFF: "handed off to {name}",
    What.STAGE: "becomes {name}",
    What.ENDED: "ends, {name}",
}
