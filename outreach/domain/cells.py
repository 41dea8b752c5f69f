"""What one cell of a table says: cleaned text, numbers, times; and how a cell is written so that it stays text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TypeVar

LONGEST = 10_000
YEARS = range(1900, 2200)

Value = TypeVar("Value")

_INVISIBLE = re.compile("[\u00ad\u200b\ufeff]")  # soft hyphen, zero-width space, byte order mark
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # make text read backwards
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
_GERMAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)?", re.ASCII)
_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,15})?", re.ASCII)
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z0-9]{2,8}))?")
_LANGUAGES = {
    "czech": "cs", "danish": "da", "dutch": "nl", "english": "en", "finnish": "fi", "french": "fr", "german": "de",
    "hungarian": "hu", "italian": "it", "norwegian": "no", "polish": "pl", "portuguese": "pt", "romanian": "ro",
    "spanish": "es", "swedish": "sv", "tschechisch": "cs", "dänisch": "da", "niederländisch": "nl", "englisch": "en",
    "finnisch": "fi", "französisch": "fr", "deutsch": "de", "ungarisch": "hu", "magyar": "hu", "italienisch": "it",
    "norwegisch": "no", "polnisch": "pl", "portugiesisch": "pt", "rumänisch": "ro", "spanisch": "es",
    "schwedisch": "sv", "français": "fr", "italiano": "it", "español": "es", "nederlands": "nl",
}  # fmt: skip
_YES = frozenset({"yes", "y", "true", "1", "x", "ja", "j", "wahr", "igen"})
_NO = frozenset({"no", "n", "false", "0", "-", "nein", "falsch", "nem"})
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class BadCell(ValueError):
    """A cell that can not be taken; the text says why."""


def text(longest: int) -> Callable[[str], str]:
    """Return the reader of a text: one line, without what can not be seen, as long as the field takes."""

    def read(written: str) -> str:
        found = written if written.isprintable() else _one_line(written)
        if found[0:1] == "'" and found[1:2] in _FORMULA:
            found = found[1:]  # what `as_text` put before it
        if len(found) > longest:
            raise BadCell(f"is longer than {longest:,} characters")
        return found

    return read


def _one_line(written: str) -> str:
    line = " ".join(_INVISIBLE.sub("", written).split())
    for character in line:
        if character in _TURNING or unicodedata.category(character) in ("Cc", "Cs"):
            raise BadCell(f"holds a control character (U+{ord(character):04X})")
    return line


def as_text(written: str) -> str:
    """Return the cell so that a spreadsheet shows it and does not calculate it."""
    return f"'{written}" if written.startswith(_FORMULA) else written


def remembered(read: Callable[[str], Value]) -> Callable[[str], Value]:
    """Return the reader of a column that says the same few things over and over, remembering the latest."""
    return lru_cache(maxsize=1024)(read)


def number(written: str) -> float:
    """Return a number written with a decimal point."""
    if not _NUMBER.fullmatch(written):
        raise BadCell(f"{written[:40]!r} is no number; write for example 1250 or 12.5")
    return float(written)


def yes_no(written: str) -> bool:
    """Return what yes, true, 1, x or ja says, or no, false, 0, - or nein."""
    said = written.casefold()
    if said not in _YES and said not in _NO:
        raise BadCell(f"{written[:40]!r} is neither yes nor no")
    return said in _YES


def instant(written: str) -> datetime:
    """Return an ISO 8601 time or a day (2026-03-01 or 1.3.2026), which means its midnight, in UTC."""
    try:
        at = _instant(written)
    except (ValueError, OverflowError):
        raise BadCell(f"{written[:40]!r} is no date of the calendar") from None
    if at is None:
        raise BadCell(f"{written[:40]!r} is no date; write for example 2026-03-01")
    if at.year not in YEARS:
        raise BadCell(f"{written[:40]!r} is too far away")
    return at


def _instant(written: str) -> datetime | None:
    if match := _DAY.fullmatch(written):
        return datetime(int(match[1]), int(match[2]), int(match[3]), tzinfo=UTC)
    if match := _GERMAN_DAY.fullmatch(written):
        day = date(int(match[3]), int(match[2]), int(match[1]))
        return datetime(day.year, day.month, day.day, tzinfo=UTC)
    if not _INSTANT.fullmatch(written):
        return None
    at = datetime.fromisoformat(written)
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def language(written: str) -> str:
    """Return a language tag (de, pt-br), also from the language's English or German name."""
    named = _LANGUAGES.get(written.casefold())
    match = _LANGUAGE.fullmatch(written)
    if named is None and match is None:
        raise BadCell(f"{written[:40]!r} is no language; write its ISO code, for example de")
    return named or written.replace("_", "-").lower()
