"""Whether senders can send what an audience is to get: limits, ramps, gaps and open hours against so many leads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from outreach.domain import windows
from outreach.domain.campaign import BranchStep, Campaign, EmailStep, Step, Window
from outreach.domain.lint.campaigns import lengths
from outreach.domain.lint.findings import Finding
from outreach.domain.lint.known import body
from outreach.domain.pacing import limit_on
from outreach.domain.policies import Sender

DAY = timedelta(days=1)
MOST_DAYS = 800
"""So many days ahead are looked at."""
A_WEEK = 5
"""Working days that any campaign may take, however short its waits are."""


@dataclass(frozen=True)
class Capacity:
    """How many mails are to be sent, how many may leave on the first open day, and how many open days all take.

    `days` is None where the senders will not be through in more than two years. `own_days` are the open days
    between the first mail and the last if nothing had to wait for a sender.
    """

    mails: int
    senders: int
    first_day: int
    days: int | None
    own_days: int

    @property
    def is_over(self) -> bool:
        """Whether mails wait for senders for longer than the campaign itself takes, and than a week."""
        return self.days is None or self.days > max(self.own_days, A_WEEK)


def capacity(campaign: Campaign, senders: Sequence[Sender], leads: int, today: date) -> Capacity:
    """Return what so many leads of the audience mean for the campaign's senders from `today` on.

    Every lead is taken to go the way with the most mails, and no other campaign to use the senders.
    """
    mails = leads * most_mails(campaign.steps)
    rooms = [
        sum(_room(sender, campaign.window, day) for sender in senders)
        for day in _open(campaign.window, today)
    ]
    sent = 0
    days = 0 if not mails else None
    for number, room in enumerate(rooms, start=1):
        sent += room
        if days is None and sent >= mails:
            days = number
    _, longest = lengths(campaign.steps)
    own = sum(day <= today + longest for day in _open(campaign.window, today))
    return Capacity(mails, len(senders), rooms[0] if rooms else 0, days, own)


def most_mails(listed: Sequence[Step]) -> int:
    """Return how many mails a lead gets at most."""
    count = 0
    for step in listed:
        if isinstance(step, EmailStep):
            count += 1
        elif isinstance(step, BranchStep):
            count += max(most_mails(body(arm)[0]) for arm in step.branch)
    return count


def _open(window: Window, today: date) -> list[date]:
    """Return the open days; holidays count where the window names a country."""
    days = (today + number * DAY for number in range(MOST_DAYS))
    country = None if window.holidays in ("lead.country", "none") else window.holidays
    return [day for day in days if day.weekday() in window.weekdays and not windows.is_holiday(country, day)]


def _room(sender: Sender, window: Window, day: date) -> int:
    """Return how many mails the sender may send on that day."""
    limit, gap = limit_on(sender, day), sender.gap.about()
    if not gap:
        return limit
    opens, closes = window.minutes
    return min(limit, -(-timedelta(minutes=closes - opens) // gap))


def finding(found: Capacity, leads: int) -> Finding | None:
    """Return what to say of it, None where the senders can do it."""
    if not found.is_over:
        return None
    who = f"{found.senders} sender{'s' * (found.senders != 1)}"
    days = f"{found.days} working days" if found.days is not None else "more than two years"
    message = (
        f"about {found.mails:,} mails to {leads:,} leads for {who} of {found.first_day} a day in all: {days}, "
        f"where the campaign itself takes {found.own_days}"
    )
    return Finding(
        "over-capacity", ("senders",), message, "add senders, raise their limits, or narrow the audience"
    )
