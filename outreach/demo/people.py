"""The cast of the demo: leads from many sources, made from a seed, and what kind of recipient each one is."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

FIRST = (
    "Anna Bence Clara David Eszter Felix Greta Hannah István Julia Katalin Lukas Mária Nora Oliver Petra Quentin "
    "Réka Stefan Tamás Ursula Viktor Wanda Zoltán Émile Søren Chloé Marco Giulia Pieter"
).split()
LAST = (
    "Kovács Müller Smith Nagy Schneider Jones Tóth Fischer Taylor Szabó Weber Brown Horváth Meyer Wilson Varga Wagner "
    "Evans Kiss Becker Thomas Molnár Schulz Johnson Németh Hoffmann Roberts Farkas Dupont Rossi Jansen Nowak"
).split()
COMPANIES = (
    "Alder Birch Cedar Dogwood Elm Fir Ginkgo Hazel Ivy Juniper Kapok Larch Maple Nutmeg Oak Pine Quince Rowan Spruce "
    "Teak Umbra Viburnum Willow Yew Zelkova"
).split()
TRADES = ["Foods", "Metalworks", "Plastics", "Logistics", "Packaging", "Tooling", "Glass", "Paper", "Optics"]
TITLES = [
    "Plant Manager",
    "Head of Maintenance",
    "Production Planner",
    "COO",
    "Technician",
    "Quality Lead",
    "Owner",
]
COUNTRIES = {
    "DE": ("Europe/Berlin", "de"),
    "AT": ("Europe/Vienna", "de"),
    "HU": ("Europe/Budapest", "hu"),
    "GB": ("Europe/London", "en"),
    "US": ("America/New_York", "en"),
    "FR": ("Europe/Paris", "fr"),
    "NL": ("Europe/Amsterdam", "nl"),
    "IT": ("Europe/Rome", "it"),
}
SOURCES = (
    ("webinar", "express", 30),
    ("trade_show", "express", 22),
    ("content", "express", 22),
    ("purchased_list", "legitimate_interest", 18),
    ("referral", "legitimate_interest", 14),
    ("social_post", "express", 14),
    ("linkedin", "legitimate_interest", 12),
    ("live_chat", "implied", 12),
    ("local_network", "legitimate_interest", 12),
    ("advertisement", "express", 12),
    ("lost_deal", "implied", 16),
    ("existing_customer", "contract", 16),
)
COLUMNS = (
    "email,first_name,last_name,title,company,country,language,timezone,source,source_detail,consent,consent_note,"
    "stage,stage_at,lost_reason,competitor,contract_ends_at,purchase_at"
).split(",")


class Mood(StrEnum):
    """What kind of recipient somebody is."""

    EAGER = "eager"  # reads, clicks, asks for a demo
    CURIOUS = "curious"  # reads, clicks now and then
    SILENT = "silent"
    AWAY = "away"  # on holiday first, curious after
    ANNOYED = "annoyed"  # unsubscribes, or says so
    BOUND = "bound"  # bought elsewhere
    GONE = "gone"  # the address is dead
    GUARDED = "guarded"  # sits behind a scanner that opens and clicks everything


SHARES = (
    (Mood.EAGER, 20), (Mood.CURIOUS, 30), (Mood.SILENT, 18), (Mood.AWAY, 9), (Mood.ANNOYED, 7), (Mood.BOUND, 4),
    (Mood.GONE, 5), (Mood.GUARDED, 7),
)  # fmt: skip


def chance(*ids: object) -> float:
    """Return a number from 0 to 1 that is always the same for the same ids."""
    digest = hashlib.sha256(":".join(str(each) for each in ids).encode()).digest()
    return int.from_bytes(digest[:6]) / float(1 << 48)


def mood(seed: int, email: str) -> Mood:
    """Return what kind of recipient the address is."""
    left = chance(seed, "mood", email) * sum(share for _, share in SHARES)
    for each, share in SHARES:
        left -= share
        if left < 0:
            return each
    return Mood.SILENT


def pick(items: Sequence[str], *ids: object) -> str:
    """Return one of the items, always the same for the same ids."""
    return items[int(chance(*ids) * len(items))]


@dataclass(frozen=True)
class Cast:
    """What was written to the CSV file: good rows, and rows that the import has to turn away."""

    file: Path
    rows: int
    bad_rows: int


def write_csv(folder: Path, count: int, seed: int, now: datetime) -> Cast:
    """Write leads.csv with about `count` people of all sources, and a few rows that are wrong on purpose."""
    weights = sum(weight for _, _, weight in SOURCES)
    rows = []
    for source, consent, weight in SOURCES:
        for number in range(max(1, round(count * weight / weights))):
            rows.append(_person(seed, source, consent, number, now))
    bad = [
        {**rows[0], "email": "not an address"},
        {**rows[1], "email": "two@example.com; addresses@example.com"},
        {**rows[2], "email": "no.consent@example.com", "consent": "asked nicely"},
    ]
    file = folder / "leads.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS)
        writer.writeheader()
        writer.writerows(rows[:5] + bad + rows[5:])
    return Cast(file, len(rows), len(bad))


def _person(seed: int, source: str, consent: str, number: int, now: datetime) -> dict[str, str]:
    who = (seed, source, number)
    country = pick(list(COUNTRIES), *who, "country")
    zone, language = COUNTRIES[country]
    first, last = pick(FIRST, *who, "first"), pick(LAST, *who, "last")
    company = f"{pick(COMPANIES, *who, 'company')} {pick(TRADES, *who, 'trade')}"
    domain = company.lower().replace(" ", "-") + ".example.com"
    row = {
        "email": f"{_plain(first)}.{_plain(last)}{number}.{source.replace('_', '')}@{domain}",
        "first_name": first,
        "last_name": last,
        "title": pick(TITLES, *who, "title"),
        "company": company,
        "country": country,
        "language": language,
        "timezone": zone if chance(*who, "zone") < 0.8 else "",
        "source": source,
        "consent": consent,
        "consent_note": "demo data",
    }
    return row | _standing(source, who, now)


def _plain(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isascii() and letter.isalpha())


def _standing(source: str, who: tuple[object, ...], now: datetime) -> dict[str, str]:
    def day(days: float) -> str:
        return f"{now + timedelta(days=days):%Y-%m-%d}"

    if source == "existing_customer":
        return {"stage": "customer"}
    if source == "lost_deal" and chance(*who, "competitor") < 0.4:
        ends = day(95 + 25 * chance(*who, "ends"))
        return {
            "stage": "set_aside",
            "competitor": "Toolsmith",
            "contract_ends_at": ends,
            "stage_at": day(-200),
        }
    if source == "lost_deal":
        reason = pick(["price", "timing", "no_decision"], *who, "reason")
        return {"stage": "lost", "lost_reason": reason, "stage_at": day(-85 - 30 * chance(*who, "lost"))}
    if source == "live_chat" and chance(*who, "plan") < 0.5:
        return {"purchase_at": day(20 + 50 * chance(*who, "when"))}
    return {}
