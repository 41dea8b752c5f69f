"""Who wrote a mail that came in, and which mails of ours it is about: addresses, Message-IDs, envelope tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from email.utils import parsedate_to_datetime

from outreach.domain.addresses import BadAddress, normalised
from outreach.domain.inbound.parts import Headers, Opened, headers_of
from outreach.domain.inbound.words import InboundKind

MAX_IDS = 50
MAX_TOKENS = 20

_ID = re.compile(r"<[^<>\s]{3,250}>")
_ID_LINE = re.compile(r"^[>\s]{0,8}Message-ID:\s{0,4}(<[^<>\s]{3,250}>)", re.IGNORECASE | re.MULTILINE)
_BRACKETED = re.compile(r"<([^<>\s]{1,64}@[^<>\s@]{1,255})>")
_BARE = re.compile(r"[^\s<>()\[\],;:\"@]{1,64}@[^\s<>()\[\],;:\"@]{1,255}")
_TOKEN = re.compile(r"[a-z2-7]{16,60}")
_RECEIVERS = (
    "to",
    "cc",
    "delivered-to",
    "x-original-to",
    "envelope-to",
    "x-envelope-to",
    "x-rcptto",
    "resent-to",
)


def answered_ids(mail: Opened, kind: InboundKind) -> tuple[str, ...]:
    """Return the Message-IDs that the mail is about: of the returned mail, then what it answers, newest first."""
    written: list[str] = []
    if kind in (InboundKind.BOUNCE, InboundKind.DELAYED, InboundKind.COMPLAINT):
        for part in mail.of_type("message/rfc822", "text/rfc822-headers", "message/rfc822-headers"):
            written.append(headers_of(part.data()).first("message-id"))
        for part in mail.of_type("text/plain"):
            written += _ID_LINE.findall(part.text())
    references = " ".join(value[-16_000:] for value in mail.headers.all("references"))
    found = [*_ids(written), *_ids([mail.headers.first("in-reply-to")]), *reversed(_ids([references]))]
    return tuple(dict.fromkeys(found))[:MAX_IDS]


def own_id(headers: Headers) -> str:
    """Return the mail's own Message-ID, or nothing."""
    return next(iter(_ids([headers.first("message-id")])), "")


def _ids(values: Iterable[str]) -> list[str]:
    return [found for value in values for found in _ID.findall(value) if found.isascii()]


def sole_address(headers: Headers) -> str:
    """Return the one address in From; a mail that names two of them may be by anybody."""
    found = {address for value in headers.all("from") for address in _addresses(_spelt(value[:1000]))}
    try:
        return normalised(found.pop(), reserved=True) if len(found) == 1 else ""
    except BadAddress:
        return ""


def _spelt(value: str) -> str:
    # Encoded words stay as they are: an address that hides in a name is not the sender's.
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _addresses(value: str) -> list[str]:
    return _BRACKETED.findall(value) or _BARE.findall(value)


def tokens_of(headers: Headers) -> tuple[str, ...]:
    """Return what may be an envelope token, also where a forwarder wrapped our address into its own (SRS)."""
    locals_ = (
        address.rpartition("@")[0].lower()
        for name in _RECEIVERS
        for value in headers.all(name)[:20]
        for address in _BARE.findall(value[:2000])
    )
    found = (piece for local in locals_ for piece in re.split(r"[+=]", local) if _TOKEN.fullmatch(piece))
    return tuple(dict.fromkeys(found))[:MAX_TOKENS]


def sent_on(headers: Headers) -> date | None:
    """Return the day that the mail says it was written on."""
    try:
        return parsedate_to_datetime(headers.first("date")[:100]).date()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
