"""What there is in the world: time zones, countries and their holidays, and what somebody may have meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from difflib import get_close_matches
from functools import cache
from zoneinfo import available_timezones

from outreach.domain import cells, places
from outreach.domain.addresses import BadAddress, normalised


@cache
def zones() -> frozenset[str]:
    """Return the names of the time zones of places, and UTC. CET and its like are left out: they hide the place."""
    return frozenset(
        name for name in available_timezones() if "/" in name and not name.startswith("Etc/")
    ) | {"UTC"}


def zone_meant(name: str) -> str:
    """Return a hint for the name of a time zone that does not exist."""
    if (spelled := places.zone(name)) in zones():
        return f"did you mean {spelled}?"
    by_place = {zone.rpartition("/")[2].lower(): zone for zone in sorted(zones())}
    place = name.rpartition("/")[2].replace(" ", "_").lower()
    close = get_close_matches(name, zones(), 1, 0.7) or get_close_matches(place, by_place, 1, 0.8)
    return f"did you mean {by_place.get(close[0], close[0])}?" if close else "write for example Europe/Berlin"


def is_country(code: str) -> bool:
    """Whether this is the ISO 3166 code of a country."""
    return places.country(code) == code


def country_meant(written: str) -> str:
    """Return a hint for a country code that does not exist."""
    meant = places.country(written)
    return f"did you mean {meant}?" if meant else "write an ISO 3166 code such as DE"


def _country_written(written: str) -> str:
    meant = places.country(written)
    return f'write "{meant}"' if meant else 'write an ISO 3166 code such as "DE"'


def _zone_written(written: str) -> str:
    spelled = places.zone(written)
    return f'write "{spelled}"' if spelled else zone_meant(written)


def _language_written(written: str) -> str:
    meant = language(written)
    return f'write "{meant}"' if meant else 'write a code such as "en" or "de-at"'


def language(written: str) -> str | None:
    """Return the tag of a language as leads have it, from a tag or a name; None where it is neither."""
    try:
        return cells.language(written)
    except cells.BadCell:
        return None


CODES: Mapping[str, tuple[Callable[[str], str | None], Callable[[str], str]]] = {
    "lead.country": (places.country, _country_written),
    "lead.timezone": (places.zone, _zone_written),
    "lead.language": (language, _language_written),
}
"""The fields that hold codes: how a code is kept that is written like this, and a hint for what is none."""


def never(field: str, value: str) -> str | None:
    """Return what to write instead of a value that this field never has; None where it may have it."""
    if field not in CODES:
        return None
    if not value:
        return f"write {field} is not defined"
    kept, hint = CODES[field]
    return None if kept(value) == value else hint(value)


@cache
def with_holidays() -> frozenset[str]:
    """Return the codes of the countries whose public holidays are known."""
    # Imported on first use: the calendars of 250 countries take a fifth of a second, and most files name none.
    from holidays.registry import COUNTRIES

    return frozenset(country[1] for country in COUNTRIES.values())


def address_fault(address: str) -> str:
    """Return why a mail can not be sent from or to this address, empty when it can."""
    try:
        normalised(address, reserved=True)
    except BadAddress as error:
        return str(error)
    return ""
