"""Writes a mail as the bytes that go over the wire (RFC 5322, 2045, 2047), fast and without chance."""

from __future__ import annotations

import binascii
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache

import idna

from outreach.errors import BadMail

LINE = 76
# RFC 5322, 2.1.1 allows 998 octets a line; some servers count a whole folded header.
LONGEST_HEADER = 990
LONGEST_WORD = 900
LONGEST_ENCODED_WORD = 75
CONTINUED = "\r\n "

# Everything that any reader takes for the end of a line or for a control: C0, DEL, C1, U+2028, U+2029.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_PRINTABLE = re.compile(r"[\x20-\x7e]*")
_ATOMS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}")
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})*")
_MESSAGE_ID = re.compile(rf"<[!-;=?-~]{{1,{LONGEST_WORD}}}>")
_URL = re.compile(rf"[A-Za-z][A-Za-z0-9+.-]*:[!-;=?-~]{{1,{LONGEST_WORD}}}")
_HEADER_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,40}")
_BREAKS = re.compile("\r\n|\r|\n")

# What may stand as itself in an encoded word, even within a display name (RFC 2047, 5 (3)).
_Q_PLAIN = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")
_Q = ["_" if byte == 0x20 else chr(byte) if byte in _Q_PLAIN else f"={byte:02X}" for byte in range(256)]

_OURS = frozenset(
    [
        "from",
        "to",
        "cc",
        "bcc",
        "sender",
        "reply-to",
        "subject",
        "date",
        "message-id",
        "in-reply-to",
        "references",
        "list-unsubscribe",
        "list-unsubscribe-post",
        "return-path",
        "auto-submitted",
        "x-auto-response-suppress",
        "mime-version",
        "content-type",
        "content-transfer-encoding",
    ]
)


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail, as its parts. `unsubscribe_url` also promises that a POST to it acts (RFC 8058)."""

    sender_name: str
    sender_address: str
    envelope_from: str
    to_name: str
    to_address: str
    subject: str
    text: str
    message_id: str
    date: datetime
    html: str | None = None
    reply_to: str | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    unsubscribe_url: str | None = None
    unsubscribe_mailto: str | None = None
    extra: tuple[tuple[str, str], ...] = ()
    auto_submitted: bool = False


def write(mail: Mail) -> bytes:
    """Return the mail in 7 bit with CRLF line ends; raise BadMail for a value that may not stand in one.

    The same mail always gives the same bytes.
    """
    lines = [
        _mailbox("From", mail.sender_name, mail.sender_address),
        _mailbox("To", mail.to_name, mail.to_address),
        _free_text("Subject", clean(mail.subject)),
        *_origin(mail),
        *_unsubscribe(mail),
        *_automatic(mail),
        *(_extra(name, value) for name, value in mail.extra),
        "MIME-Version: 1.0",
    ]
    head = "\r\n".join(lines).encode("ascii")
    text = _part(b"text/plain", mail.text)
    if mail.html is None:
        return head + b"\r\n" + text
    # "=_" never occurs in quoted-printable, so no body can hold the boundary.
    boundary = b"=_" + hashlib.sha256(mail.message_id.encode("ascii")).hexdigest()[:32].encode("ascii")
    return b"".join(
        (
            head,
            b'\r\nContent-Type: multipart/alternative;\r\n boundary="'
            + boundary
            + b'"\r\n\r\n--'
            + boundary
            + b"\r\n",
            text,
            b"\r\n--" + boundary + b"\r\n",
            _part(b"text/html", mail.html),
            b"\r\n--" + boundary + b"--\r\n",
        )
    )


def message_id(domain: str, token: str) -> str:
    """Return the Message-ID that `token` makes at `domain`, with its angle brackets."""
    return _checked(_MESSAGE_ID, f"<{token}@{_wire_domain(domain)}>", "the Message-ID")


@lru_cache(maxsize=1024)
def wire_address(address: str) -> str:
    """Return the address as it goes over the wire: its domain in ASCII (punycode).

    Raises BadMail for what is no plain address, among it a local part outside ASCII, as it needs SMTPUTF8.
    """
    local, at, domain = address.rpartition("@")
    if not at or not local:
        raise BadMail("an address without a local part and a domain")
    if not local.isascii():
        raise BadMail("an address whose local part has letters outside ASCII; servers need SMTPUTF8 for it")
    if not _LOCAL_PART.fullmatch(local):
        raise BadMail("an address with a character that may not stand in a local part")
    return f"{local}@{_wire_domain(domain)}"


def clean(text: str) -> str:
    """Return `text` as one line: every control character and line end is a blank."""
    if not (text.isascii() and text.isprintable()):
        text = _SURROGATES.sub("\ufffd", _CONTROLS.sub(" ", text))
    return text.strip()


def _origin(mail: Mail) -> list[str]:
    if mail.date.tzinfo is None:
        raise BadMail("a date without a time zone")
    if mail.envelope_from:
        wire_address(mail.envelope_from)
    lines = [
        f"Date: {_date(mail.date)}",
        f"Message-ID: {_checked(_MESSAGE_ID, mail.message_id, 'the Message-ID')}",
    ]
    if mail.reply_to is not None:
        lines.append(f"Reply-To: {wire_address(mail.reply_to)}")
    if mail.in_reply_to is not None:
        lines.append(f"In-Reply-To: {_checked(_MESSAGE_ID, mail.in_reply_to, 'In-Reply-To')}")
    if mail.references:
        ids = [_checked(_MESSAGE_ID, reference, "References") for reference in mail.references]
        lines.append("References: " + CONTINUED.join(_trimmed(ids)))
    return lines


@lru_cache(maxsize=64)
def _date(at: datetime) -> str:
    return format_datetime(at)


def _trimmed(ids: list[str]) -> list[str]:
    """Return the first id, which names the thread, and as many of the last ones as fit into one header."""
    room = LONGEST_HEADER - len("References: ") - len(ids[0])
    kept: list[str] = []
    for reference in reversed(ids[1:]):
        room -= len(reference) + 3
        if room < 0:
            break
        kept.append(reference)
    return [ids[0], *reversed(kept)]


def _unsubscribe(mail: Mail) -> list[str]:
    ways = []
    if mail.unsubscribe_url is not None:
        url = _checked(_URL, mail.unsubscribe_url, "the unsubscribe address")
        if not url.startswith(("https://", "http://")):
            raise BadMail("an unsubscribe address that is not http(s)")
        ways.append(f"<{url}>")
    if mail.unsubscribe_mailto is not None:
        mailto = "mailto:" + mail.unsubscribe_mailto.removeprefix("mailto:")
        ways.append(f"<{_checked(_URL, mailto, 'the unsubscribe address')}>")
    lines = ["List-Unsubscribe: " + ("," + CONTINUED).join(ways)] if ways else []
    if mail.unsubscribe_url is not None:
        lines.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click")
    return lines


def _automatic(mail: Mail) -> list[str]:
    if not mail.auto_submitted:
        return []
    return ["Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: All"]


def _extra(name: str, value: str) -> str:
    if not _HEADER_NAME.fullmatch(name) or name.lower() in _OURS:
        raise BadMail("an extra header that may not be set")
    if _CONTROLS.search(value):
        raise BadMail("an extra header with a control character in its value")
    return _free_text(name, clean(value))


@lru_cache(maxsize=1024)
def _mailbox(header: str, name: str, address: str) -> str:
    wire, name = wire_address(address), clean(name)
    if not name:
        return f"{header}: {wire}"
    start = f"{header}: "
    if _is_plain(name) and len(name) < LINE - len(start) - 2:
        phrase = (
            name if _ATOMS.fullmatch(name) else '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
        )
    else:
        phrase = _encoded_words(name, len(start))
    last = len(start) + len(phrase) if "\r" not in phrase else len(phrase) - phrase.rindex("\n")
    return f"{start}{phrase}{' ' if last + len(wire) + 3 <= LINE else CONTINUED}<{wire}>"


def _free_text(header: str, text: str) -> str:
    start = f"{header}: "
    if not _is_plain(text):
        return start + _encoded_words(text, len(start))
    if len(start) + len(text) <= LINE:
        return start + text
    return start + _folded(text, len(start))


def _is_plain(text: str) -> bool:
    # Readers decode "=?" wherever it stands, so text that only looks encoded has to be encoded.
    return "=?" not in text and _PRINTABLE.fullmatch(text) is not None


def _folded(text: str, column: int) -> str:
    """Return `text` with line breaks before blanks, or encoded if one of its words is too long for a line."""
    pieces: list[str] = []
    for word in re.findall(r" *[^ ]+", text):
        if len(word) >= LINE:
            return _encoded_words(text, column)
        if pieces and column + len(word) > LINE:
            pieces.append("\r\n")
            column = 0
        pieces.append(word)
        column += len(word)
    return "".join(pieces)


def _encoded_words(text: str, column: int) -> str:
    """Return `text` as encoded words of at most 75 characters, none of which splits a letter."""
    words, current = [], ""
    room = min(LONGEST_ENCODED_WORD, LINE - column) - len("=?utf-8?q??=")
    for letter in text:
        piece = "".join([_Q[byte] for byte in letter.encode("utf-8")])
        if len(current) + len(piece) > room:
            words.append(current)
            current, room = "", LONGEST_ENCODED_WORD - len("=?utf-8?q??=")
        current += piece
    words.append(current)
    return CONTINUED.join([f"=?utf-8?q?{word}?=" for word in words])


def _part(kind: bytes, body: str) -> bytes:
    return b"Content-Type: %b; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n%b" % (
        kind,
        quoted_printable(body),
    )


def quoted_printable(body: str) -> bytes:
    """Return `body` as quoted-printable UTF-8 with CRLF only, in lines of at most 76 octets."""
    # The encoder takes its line ends from the first one it meets, so there always has to be one, and a CRLF.
    lines = _BREAKS.sub("\r\n", body).removesuffix("\r\n") + "\r\n"
    encoded = binascii.b2a_qp(lines.encode("utf-8", "replace"), quotetabs=False, istext=True)
    # The encoder writes a blank at the end of a line as three characters after it has counted the line.
    if b"=20\r\n" in encoded or b"=09\r\n" in encoded:
        encoded = re.sub(rb"(?m)^(.{74,})(=20|=09)\r$", rb"\1=\r\n\2\r", encoded)
    if b"\n.\r\n" in encoded:
        encoded = re.sub(rb"(?m)^\.\r$", b"=2E\r", encoded)
    # Mailbox files of the mbox kind begin each mail with this word; many programs alter such a line.
    if encoded.startswith(b"From ") or b"\nFrom " in encoded:
        encoded = re.sub(rb"(?m)^From ", b"=46rom=\r\n ", encoded)
    return encoded


def _checked(shape: re.Pattern[str], value: str, what: str) -> str:
    if not shape.fullmatch(value):
        raise BadMail(f"{what} has a character that may not stand there, or is too long")
    return value


def _wire_domain(domain: str) -> str:
    if not domain.isascii():
        try:
            domain = idna.encode(domain, uts46=True).decode("ascii")
        except (idna.IDNAError, UnicodeError):
            raise BadMail("an address with a domain that is not a valid international one") from None
    if not _DOMAIN.fullmatch(domain):
        raise BadMail("an address with a character that may not stand in a domain")
    return domain
