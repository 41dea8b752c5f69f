"""Reads what others send as JSON: bounded, never surprised by a type, and only text that every database keeps."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from outreach.webhooks.words import Unreadable

DEEPEST = 24
LONGEST = 2000
LONGEST_TEXT = 64 * 1024

_UNSTORABLE = re.compile("[\x00-\x20\x7f\ud800-\udfff]+")  # PostgreSQL keeps no NUL and no half of a pair
_BRACKETED = re.compile(r"<[^<>\s]{3,250}>")
_BARE_ID = re.compile(r"[^<>\s@]{1,125}@[^<>\s@]{1,125}")
_ID_LINE = re.compile(r"^[>\s]{0,8}Message-ID:\s{0,4}(<[^<>\s]{3,250}>)", re.IGNORECASE | re.MULTILINE)
_TOKEN = re.compile(r"[a-z2-7]{16,60}")
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<![\d.])([245][0-5]\d)(?=[ -])")


def parsed(raw: bytes) -> Any:
    """Return what the JSON says; Unreadable for anything else, and for what is nested deeper than DEEPEST."""
    try:
        value = json.loads(raw.decode("utf-8"), parse_constant=_refused)
    except (ValueError, RecursionError):
        raise Unreadable("this is no JSON") from None
    if _is_deep(value):
        raise Unreadable(f"nested deeper than {DEEPEST}")
    return value


def _refused(name: str) -> None:
    raise ValueError(name)


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for each in level for inner in _inside(each)]
        if not level:
            return False
    return True


def _inside(value: Any) -> Iterator[Any]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return (each for each in inner if isinstance(each, dict | list))


def at(value: Any, *path: str) -> Any:
    """Return what stands under these names, None where one of them is missing."""
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def mapping(value: Any, *path: str) -> Mapping[str, Any]:
    """Return the object under these names, an empty one where there is none."""
    found = at(value, *path)
    return found if isinstance(found, dict) else {}


def items(value: Any, *path: str) -> list[Any]:
    """Return the list under these names, an empty one where there is none."""
    found = at(value, *path)
    return found if isinstance(found, list) else []


def text(value: Any, *path: str, limit: int = LONGEST) -> str:
    """Return the text or number under these names as one line of at most `limit` characters."""
    found = at(value, *path)
    if isinstance(found, bool) or not isinstance(found, str | int | float):
        return ""
    return _UNSTORABLE.sub(" ", str(found)[:limit]).strip()


def instant(value: Any, *path: str) -> datetime | None:
    """Return the time under these names: ISO 8601, in UTC where it has no zone, or seconds since 1970."""
    found = at(value, *path)
    try:
        if isinstance(found, int | float) and not isinstance(found, bool):
            return datetime.fromtimestamp(found, UTC)
        read = datetime.fromisoformat(found) if isinstance(found, str) and len(found) <= 64 else None
        return read and (read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC))
    except (ValueError, OverflowError, OSError):
        return None


# -- what is found in texts -----------------------------------------------------------------------


def rfc_ids(*written: str) -> tuple[str, ...]:
    """Return the Message-IDs in these texts, in angle brackets whether or not they were written so."""
    found: list[str] = []
    for each in written:
        found += _BRACKETED.findall(each) or [f"<{bare}>" for bare in _BARE_ID.findall(each)]
    return tuple(dict.fromkeys(one for one in found if one.isascii()))


def quoted_ids(value: Any) -> tuple[str, ...]:
    """Return the Message-IDs of the header lines in a text, such as that of a bounce."""
    return rfc_ids(*_ID_LINE.findall(value[:LONGEST_TEXT])) if isinstance(value, str) else ()


def tokens_in(*written: str) -> tuple[str, ...]:
    """Return what may be an envelope token of ours in these addresses or texts."""
    pieces = (piece for each in written for piece in re.split(r"[^a-z2-7]+", each[:LONGEST].lower()))
    return tuple(dict.fromkeys(piece for piece in pieces if _TOKEN.fullmatch(piece)))


def status_in(said: str) -> str:
    """Return the enhanced status code in what a server said (RFC 3463), or nothing."""
    found = _STATUS.search(said)
    return found[1] if found else ""


def code_in(said: str) -> str:
    """Return the SMTP code in what a server said (RFC 5321), or nothing."""
    found = _CODE.search(said)
    return found[1] if found else ""
