"""Countries and time zones by the names that people write."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

ALSO = {
    "AE": "uae, vereinigte arabische emirate",
    "AT": "österreich, oesterreich",
    "AU": "australien",
    "BA": "bosnia and herzegovina, bosnien und herzegowina, bosnien-herzegowina",
    "BE": "belgien, belgie, belgië, belgique",
    "BG": "bulgarien",
    "BR": "brasilien, brasil",
    "CA": "kanada",
    "CH": "schweiz, suisse, svizzera",
    "CN": "people's republic of china",
    "CY": "zypern",
    "CZ": "czechia, tschechien, tschechische republik",
    "DE": "deutschland, federal republic of germany, brd",
    "DK": "dänemark, daenemark, danmark",
    "EE": "estland",
    "ES": "spanien, españa, espana",
    "FI": "finnland, suomi",
    "FR": "frankreich",
    "GB": "uk, united kingdom, great britain, england, scotland, wales, northern ireland, großbritannien, "
    "grossbritannien, vereinigtes königreich",
    "GR": "griechenland",
    "HR": "kroatien, hrvatska",
    "HU": "ungarn, magyarország, magyarorszag",
    "IE": "irland, republic of ireland",
    "IL": "israel",
    "IN": "indien",
    "IS": "island",
    "IT": "italien, italia",
    "JP": "japan",
    "KR": "south korea, korea, südkorea, republic of korea",
    "LT": "litauen",
    "LU": "luxemburg",
    "LV": "lettland",
    "MK": "macedonia, nordmazedonien",
    "MX": "mexiko",
    "NL": "niederlande, the netherlands, holland, nederland",
    "NO": "norwegen, norge",
    "NZ": "neuseeland",
    "PL": "polen, polska",
    "RO": "rumänien, rumaenien, românia",
    "RS": "serbien",
    "RU": "russian federation, russland",
    "SE": "schweden, sverige",
    "SI": "slowenien",
    "SK": "slowakei",
    "TR": "türkei, türkiye, turkiye",
    "UA": "ukraine",
    "US": "usa, u.s., u.s.a., united states of america, america, vereinigte staaten, amerika",
    "ZA": "südafrika, suedafrika",
}
"""Names beside the English ones of the zone database, by ISO 3166 code."""

SAMPLED_FROM = datetime(2024, 1, 1, 12, tzinfo=UTC)
SAMPLES = 72  # a month apart: six years


@lru_cache(maxsize=4096)
def country(written: str) -> str | None:
    """Return the ISO 3166 code of a country given by code or by its English or German name."""
    code = written.strip().upper()
    names = _country_names()
    return code if code in _country_codes() else names.get(_folded(written))


@lru_cache(maxsize=4096)
def zone(written: str) -> str | None:
    """Return the IANA name of a time zone as it is spelled there, None where there is none of that name."""
    return _zone_names().get(written.strip().casefold())


@lru_cache(maxsize=1024)
def zone_of(country: str) -> str | None:
    """Return the time zone of a country where the whole country keeps one time, else None."""
    zones = [ZoneInfo(name) for name in _zones_by_country().get(country, ())]
    if not zones:
        return None
    times = [SAMPLED_FROM + timedelta(days=30.5 * month) for month in range(SAMPLES)]
    same = all(
        at.astimezone(other).utcoffset() == at.astimezone(zones[0]).utcoffset()
        for other in zones
        for at in times
    )
    return zones[0].key if same else None


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


# The tables are constants that come in a package: read once, when first asked for.


@lru_cache(maxsize=1)
def _country_codes() -> frozenset[str]:
    return frozenset(code for code, *_ in _table("zoneinfo/iso3166.tab"))


@lru_cache(maxsize=1)
def _country_names() -> dict[str, str]:
    names = {_folded(name): code for code, name in _table("zoneinfo/iso3166.tab")}
    names |= {name.replace("&", "and"): code for name, code in names.items()}
    return names | {_folded(name): code for code, also in ALSO.items() for name in also.split(", ")}


@lru_cache(maxsize=1)
def _zone_names() -> dict[str, str]:
    return {name.casefold(): name for (name,) in _table("zones") if name != "Factory"}


@lru_cache(maxsize=1)
def _zones_by_country() -> dict[str, list[str]]:
    zones: dict[str, list[str]] = defaultdict(list)
    for code, _, name, *_ in _table("zoneinfo/zone.tab"):
        zones[code].append(name)
    return zones


def _table(name: str) -> Iterator[list[str]]:
    text = files("tzdata").joinpath(name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
