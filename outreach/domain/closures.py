"""Why a window was closed, in a few words."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from outreach.domain import windows
from outreach.domain.campaign import Window

MOST_NAMED = 4


def why_closed(window: Window, since: datetime, until: datetime, zone: ZoneInfo, country: str | None) -> str:
    """Return what kept the window closed between the two, such as "Sat, Sun"; nothing where it was not closed."""
    holidays = country if window.holidays == "lead.country" else window.holidays
    zone = zone if window.timezone == "lead" else windows.zone(window.timezone, zone.key)
    local, last = since.astimezone(zone), until.astimezone(zone)
    opens, closes = window.minutes
    said = []
    for number in range((last.date() - local.date()).days + 1):
        day = local.date() + timedelta(days=number)
        if day.weekday() not in window.weekdays:
            said.append(f"{day:%a}")
        elif windows.is_holiday(holidays, day):
            said.append(f"holiday {day.day} {day:%b} in {holidays}")
    minute = local.hour * 60 + local.minute
    if not said and minute >= closes and local.date() < last.date():
        said.append(f"after {closes // 60:02}:{closes % 60:02}")
    elif not said and minute < opens:
        said.append(f"before {opens // 60:02}:{opens % 60:02}")
    named = list(dict.fromkeys(said))
    return ", ".join([*named[:MOST_NAMED], *(["..."] if len(named) > MOST_NAMED else [])])
