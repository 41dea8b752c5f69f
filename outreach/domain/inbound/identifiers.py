"""Who wrote a mail that came in, and which mails of ours it is about: addresses, Message-IDs, envelope tokens."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from email.utils import parsedate_to_datetime
from itertools import islice

from outreach.domain.addresses import BadAddress, normalised
from outreach.domain.inbound.parts import Headers, Opened, headers_of

MAX_IDS = 50
MAX_TOKENS = 20
MAX_PARTS_READ = 20
MAX_HEADERS = 16_000

_ID = re.compile(r"<[^<>\s]{3,250}>")
_BARE_ID = re.compile(r"[^\s<>@,;\"]{1,150}@[^\s<>@,;\"]{1,100}")
_ID_LINE = re.compile(
    r"^[>|\s]{0,8}(?:X-)?(?:Original-)?Message-ID: ?\s{0,4}(<[^<>\s]{3,250}>)", re.IGNORECASE | re.MULTILINE
)
_BRACKETED = re.compile(r"<([^<>\s]{1,64}@[^<>\s@]{1,255})>")
# Looked for from where a word begins only: a word of a megabyte is looked at once.
_BARE = re.compile(r"(?<![^\s<>()\[\],;:\"@])[^\s<>()\[\],;:\"@]{1,128}@[^\s<>()\[\],;:\"@]{1,255}")
_TOKEN = re.compile(r"[a-z2-7]{16,60}")
# Where mail systems keep the envelope address that a mail came to.
_RECEIVERS = (
    "to",
    "cc",
    "delivered-to",
    "x-original-to",
    "x-delivered-to",
    "envelope-to",
    "x-envelope-to",
    "x-rcptto",
    "x-rcpt-to",
    "x-real-to",
    "x-forwarded-to",
    "x-forwarded-for",
    "x-original-recipient",
    "x-envelope-recipient",
    "apparently-to",
    "resent-to",
)
_PARTED = re.compile(r"[+=/-]")
_RECEIVED_FOR = re.compile(r"\sfor <([^<>\s]{3,320})>")
# The mail that is answered, by its own program: Exchange, Thunderbird, gateways.
_ANSWERED = ("x-ms-exchange-parent-message-id", "x-original-message-id", "x-forwarded-message-id")
RETURNED = ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global")
"""The types of the parts that give a mail back, whole or its headers."""
_RECEIPTS = ("message/disposition-notification", "message/global-disposition-notification")


def answered_ids(mail: Opened, reported: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the Message-IDs that the mail is about: those `reported`, then what it answers, newest first.

    Behind those come the ones that its text quotes, and those of mails that are attached to it.
    """
    headers = mail.headers
    references = " ".join(_spelt(value[-16_000:]) for value in headers.all("references"))
    answered = (
        headers.text("in-reply-to") if "=?" in headers.first("in-reply-to") else headers.first("in-reply-to")
    )
    found = [
        *reported,
        *(_ids([answered]) or [f"<{bare}>" for bare in _BARE_ID.findall(answered[:300])]),
        *reversed(_ids([references])),
        *_ids(headers.first(name) for name in _ANSWERED),
        *_ids(headers_of(part.data()).first("original-message-id") for part in mail.of_type(*_RECEIPTS)),
    ]
    own = own_id(headers)
    found += [one for one in (*_quoted(mail), *_attached(mail)) if one != own]
    return tuple(dict.fromkeys(found))[:MAX_IDS]


def _quoted(mail: Opened) -> Iterator[str]:
    for part in islice(mail.of_type("text/plain"), MAX_PARTS_READ):
        text = part.text()
        if "essage-" in text or "ESSAGE-" in text:
            yield from _ids(_ID_LINE.findall(text))


def _attached(mail: Opened) -> Iterator[str]:
    return (one for headers in returned_mails(mail) for one in _ids([headers.first("message-id")]))


def returned_mails(mail: Opened) -> list[Headers]:
    """Return the headers of the first 20 mails that the mail gives back, or has attached."""
    parts = islice(mail.of_type(*RETURNED), MAX_PARTS_READ)
    return [headers_of(part.data(MAX_HEADERS).lstrip()) for part in parts]


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


def tokens_of(headers: Headers, envelopes: Iterable[str] = ()) -> tuple[str, ...]:
    """Return what may be an envelope token, also where others wrapped our address into theirs (SRS, BATV).

    `envelopes` are further places to look at: the senders of the mails that a report is about.
    """
    values = [value[:2000] for name in _RECEIVERS for value in headers.all(name)[:20]]
    received = (_RECEIVED_FOR.search(value[:2000]) for value in headers.all("received")[:30])
    values += [match[1] for match in received if match]
    values += [value[:2000] for value in envelopes]
    locals_ = (address.rpartition("@")[0].lower() for value in values for address in _BARE.findall(value))
    plain = (local.replace("=2b", "+").replace("=3d", "=") for local in locals_)
    found = (piece for local in plain for piece in _PARTED.split(local) if _TOKEN.fullmatch(piece))
    return tuple(dict.fromkeys(found))[:MAX_TOKENS]


def sent_on(headers: Headers) -> date | None:
    """Return the day that the mail says it was written on, else the day that the last server got it."""
    return _day(headers.first("date")[:100]) or _day(
        headers.first("received").rpartition(";")[2][:100].strip()
    )


def _day(written: str) -> date | None:
    try:
        return parsedate_to_datetime(written).date()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
