"""How many mails a sender may send now: its limit of the day, its ramp, its gap."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from outreach.domain.policies import Sender


@dataclass(frozen=True)
class Usage:
    """What a sender has sent on `day`, and the instant its gap ends."""

    day: date
    sent: int
    next_at: datetime | None


@dataclass(frozen=True)
class Allowance:
    """How many mails may leave now, when to look again for the others, and why not all of them."""

    count: int
    next_at: datetime
    why: str


def limit_on(sender: Sender, day: date) -> int:
    """Return how many mails the sender may send on that day: its limit, or less while it ramps up."""
    if sender.ramp is None:
        return sender.per_day
    days = max((day - sender.ramp.since).days, 0)
    return min(sender.per_day, sender.ramp.start + sender.ramp.add_per_day * days)


def allowance(sender: Sender, usage: Usage, now: datetime, zone: ZoneInfo) -> Allowance:
    """Return how many mails may leave now; days are counted in `zone`, the window is the caller's."""
    today = now.astimezone(zone).date()
    # A day ahead of today counts too: a clock that went back must not open the limit a second time.
    sent = usage.sent if usage.day >= today else 0
    limit = limit_on(sender, today)
    tomorrow = _next_midnight(now, today, zone)
    if sent >= limit:
        return Allowance(0, tomorrow, f"{sent} of {limit} sent today")
    gap = sender.gap.about()
    if not gap:
        return Allowance(limit - sent, tomorrow, f"{limit - sent} left of {limit} today")
    if usage.next_at is not None and usage.next_at > now:
        return Allowance(0, usage.next_at, f"{sender.gap} between two mails")
    next_at = now + gap if sent + 1 < limit else max(now + gap, tomorrow)
    return Allowance(1, next_at, f"{sender.gap} between two mails, {limit - sent} left of {limit} today")


def _next_midnight(now: datetime, today: date, zone: ZoneInfo) -> datetime:
    midnight = datetime.combine(today + timedelta(days=1), time(), zone)
    at = midnight.astimezone(UTC)
    # A clock put back over midnight makes it strike twice, and it may be the evening before once more.
    return at if at > now else midnight.replace(fold=1).astimezone(UTC)
