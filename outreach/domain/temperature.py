"""How soon a lead means to buy: hot, warm or cold, from the time of purchase that it stated."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from outreach.domain.buying_times import stated
from outreach.domain.policies import TemperatureRule
from outreach.domain.words import Temperature

__all__ = ["stated", "temperature"]


def temperature(
    rule: TemperatureRule, purchase_at: datetime | None, now: datetime
) -> tuple[Temperature, datetime | None]:
    """Return the temperature now, and when it changes by itself, None when it never does.

    Hot from `rule.hot` before the time of purchase until as long after it; then cold, since a stale date says
    nothing. Warm from `rule.warm` before it.
    """
    if purchase_at is None:
        return Temperature.COLD, None
    hot, warm = rule.hot.about(), rule.warm.about()
    current = _at(purchase_at, now, hot, warm)
    for change_at in sorted(filter(None, (_moved(purchase_at, by) for by in (-warm, -hot, hot)))):
        if change_at > now and _at(purchase_at, change_at, hot, warm) is not current:
            return current, change_at
    return current, None


def _at(purchase_at: datetime, now: datetime, hot: timedelta, warm: timedelta) -> Temperature:
    ahead = purchase_at - now
    if ahead <= -hot:
        return Temperature.COLD
    if ahead <= hot:
        return Temperature.HOT
    return Temperature.WARM if ahead <= warm else Temperature.COLD


def _moved(at: datetime, by: timedelta) -> datetime | None:
    """Return `at` moved by so much, None beyond the calendar: a date in the year 9999 comes from files too."""
    try:
        return at.astimezone(UTC) + by
    except OverflowError:
        return None
