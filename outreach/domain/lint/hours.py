"""Windows and the times that steps name: what a weekend does to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from outreach.domain.campaign import BranchStep, Campaign, EmailStep, Step, WaitStep, Window
from outreach.domain.durations import Duration
from outreach.domain.lint.findings import Finding, Place
from outreach.domain.lint.known import body

DAY, WEEK = 24 * 60, 7 * 24 * 60
LOOKS = 15
"""Minutes between the moments of a week that are tried."""
CALENDAR = frozenset({"day", "week"})
EXACT = frozenset({"minute", "hour"})


def longest_closed(window: Window) -> timedelta:
    """Return how long the window is closed at most in a week without holidays."""
    opens, closes = window.minutes
    days = sorted(window.weekdays)
    gaps = [(later - day) % 7 * DAY or WEEK for day, later in zip(days, [*days[1:], days[0]], strict=True)]
    return timedelta(minutes=max(gap - closes + opens for gap in gaps))


def stale(window: Window, stale_after: Duration, place: Place) -> Iterator[Finding]:
    """Yield that a mail which does not leave on the last open day is too late on the next one."""
    closed = longest_closed(window)
    if stale_after.about() >= closed:
        return
    message = (
        f"the window is closed for up to {spoken(closed)}: a mail that has to wait over that, as when a sender's "
        f"day is full, is never sent"
    )
    yield Finding("stale-over-closed", place, message, f"write {_whole(closed)} or more")


def spoken(length: timedelta) -> str:
    """Return a length of time in days and hours."""
    days, hours = length.days, round(length.seconds / 3600)
    parts = [f"{days} day{'s' * (days != 1)}"] * bool(days) + [f"{hours} hour{'s' * (hours != 1)}"] * bool(
        hours
    )
    return " and ".join(parts) or f"{length.seconds // 60} minutes"


def _whole(length: timedelta) -> str:
    days = -(-length // timedelta(days=1))
    return f"{days} day{'s' * (days != 1)}"


def closed_after_waits(campaign: Campaign) -> Iterator[Finding]:
    """Yield the waits between two mails that always end when the window is closed."""
    yield from _in_list(campaign.steps, ("steps",), campaign.window)


def _in_list(listed: Sequence[Step], place: Place, window: Window) -> Iterator[Finding]:
    for number, step in enumerate(listed):
        if isinstance(step, BranchStep):
            for index, arm in enumerate(step.branch):
                inner, key = body(arm)
                yield from _in_list(inner, (*place, number, "branch", index, key), window)
        before = listed[number - 1] if number else None
        after = listed[number + 1] if number + 1 < len(listed) else None
        if (
            isinstance(step, WaitStep)
            and step.variants is None
            and isinstance(before, EmailStep)
            and isinstance(after, EmailStep)
            and _always_closed(window, step.wait)
        ):
            message = f"{step.wait} after a mail the window is always closed, so the next one leaves later than this"
            yield Finding(
                "always-closed", (*place, number, "wait"), message, "make it fit the days and hours"
            )


def _always_closed(window: Window, wait: Duration) -> bool:
    """Whether the window is closed so long after each moment at which it is open."""
    if wait.unit not in CALENDAR | EXACT:
        return False
    opens, closes = window.minutes
    minutes = int(wait.about() / timedelta(minutes=1))
    tried = {*range(opens, closes, LOOKS), closes - 1}
    return not any(_is_open(window, day * DAY + at + minutes) for day in window.weekdays for at in tried)


def _is_open(window: Window, minute: int) -> bool:
    day, at = divmod(minute % WEEK, DAY)
    opens, closes = window.minutes
    return day in window.weekdays and opens <= at < closes
