"""A mail taken apart, whatever it holds: bounded in bytes, parts, depth and time, and never an error."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from outreach.domain.inbound.charsets import decode
from outreach.domain.inbound.headers import (
    MAX_HEADER_BYTES,
    MAX_VALUE,
    Headers,
    clean,
    from_base64,
    read_fields,
)

__all__ = [
    "MAX_ALIKE", "MAX_BYTES", "MAX_DEPTH", "MAX_HEADER_BYTES", "MAX_PARTS", "MAX_TEXT", "MAX_VALUE", "Headers", "Opened",
    "Part", "clean", "decode", "headers_of", "take_apart",
]  # fmt: skip

MAX_BYTES = 10 * 1024 * 1024
MAX_PARTS = 2000
MAX_TEXT = 64 * 1024
MAX_ALIKE = 20
# Each level of nesting reads the mail once more: no honest mail is deeper.
MAX_DEPTH = 12
LONG_TEXT = 1024 * 1024
LOOKED_AT = 8 * 1024  # for how lines end

_LEADING = re.compile(rb"(?:\xef\xbb\xbf|\s{1,100}|>?From [^\n]{0,1000}\n){1,5}")
_BLANK_LINE = re.compile(rb"\n\r{0,2}\n")
_BOUNDARY_LINE = re.compile(rb"\n--([^\s][^\r\n]{0,200}?)(?:--)?[ \t]{0,20}\r{0,2}\n")
_PADDED_SOFT_BREAK = re.compile(rb"=[ \t]{1,100}(?=\r?\n)")
_UUENCODED = re.compile(rb"(?:\A|\n)begin [0-7]{3,4} [^\n]{0,255}\n((?:[ -`]{1,90}\r?\n)*)")
_WITHIN_TEXT = ("begin ", "=ybegin ")
_BINARY_IN_TEXT = re.compile(r"^begin [0-7]{3,4} [^\n]{1,255}\n(?:[ -`]{1,90}\n)*(?:end$)?", re.MULTILINE)
_WHOLE_TYPES = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"})
_TNEF = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_REPORTS = frozenset({"message/delivery-status", "message/global-delivery-status"})


@dataclass(frozen=True)
class Part:
    """A part that is not made of others: its headers, and where in the mail its body is."""

    headers: Headers
    source: bytes
    start: int
    end: int

    @property
    def body(self) -> bytes:
        """The content as transferred: a copy, which for a mail of 10 MB is as large."""
        return self.source[self.start : self.end]

    @property
    def is_attachment(self) -> bool:
        return self.headers.first("content-disposition").lower().startswith("attachment")

    @property
    def transfer_encoding(self) -> str:
        written = self.headers.first("content-transfer-encoding").strip("\"' ").lower()
        return re.split(r"[;\s(]", written, maxsplit=1)[0]

    def data(self, limit: int = MAX_TEXT) -> bytes:
        """Return the content with its transfer encoding undone; what is broken is left out."""
        encoding = self.transfer_encoding
        if encoding == "base64":
            return from_base64(self._first(limit * 3 // 2))[:limit]
        if encoding == "quoted-printable":
            return binascii.a2b_qp(_PADDED_SOFT_BREAK.sub(b"=", self._first(limit * 3)))[:limit]
        if encoding in ("x-uuencode", "uuencode", "x-uue"):
            return _from_uu(self._first(limit * 3 // 2))[:limit]
        return self._first(limit)

    def _first(self, count: int) -> bytes:
        return self.source[self.start : min(self.end, self.start + count)]

    def text(self) -> str:
        """Return the content as text, with plain line ends and no controls."""
        return self._text

    @cached_property
    def _text(self) -> str:
        text = clean(decode(self.data(), self.headers.parameters.get("charset", "")))
        return _without_binaries(text) if any(word in text for word in _WITHIN_TEXT) else text


@dataclass(frozen=True)
class Opened:
    """A mail's own headers and its parts, in their order. `doubts` say which limits cut it, or what was broken."""

    headers: Headers
    parts: tuple[Part, ...]
    doubts: tuple[str, ...] = ()

    def of_type(self, *content_types: str) -> Iterator[Part]:
        """Yield the parts of these types, the first few of them: an honest mail has no more."""
        found = (part for part in self.parts if part.headers.content_type in content_types)
        return islice(found, MAX_ALIKE)

    @cached_property
    def quarantine(self) -> str:
        """Why a person should look at the mail itself, in a few words; nothing for nearly every mail."""
        return "; ".join(dict.fromkeys([*self.doubts, *_doubts_of_content(self)]))


def take_apart(raw: bytes) -> Opened:
    """Return the headers and parts of `raw`; what is beyond the limits is not looked at."""
    doubts = ["cut at 10 MB"] if len(raw) >= MAX_BYTES else []
    raw = raw[:MAX_BYTES]
    head = raw[:LOOKED_AT]
    if head.count(b"\r") > 4 * head.count(b"\n"):
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    leading = _LEADING.match(raw)
    headers, start, doubt = _opened(raw, leading.end() if leading else 0, len(raw))
    doubts += [doubt] if doubt else []
    if not headers.fields:
        doubts.append("no headers")
    return Opened(headers, tuple(_leaves(raw, (headers, start, len(raw)), doubts)), tuple(doubts))


def headers_of(data: bytes) -> Headers:
    """Return the headers that `data` begins with."""
    head = data[:MAX_HEADER_BYTES]
    return _opened(head, 0, len(head))[0]


def _opened(raw: bytes, start: int, end: int) -> tuple[Headers, int, str]:
    """Return the headers of what lies there, where its body begins, and what is wrong with them."""
    blank = _BLANK_LINE.search(raw, max(start - 1, 0), end)
    head = raw[start : max(blank.start() + 1, start) if blank else end]
    headers, read, doubt = read_fields(head[: MAX_HEADER_BYTES + 1])
    if doubt or (blank and read >= len(head)):
        return headers, blank.end() if blank else end, doubt
    return headers, start + read, ""  # no blank line between the headers and the text


Place = tuple[Headers, int, int]


def _leaves(raw: bytes, whole: Place, doubts: list[str]) -> Iterator[Part]:
    # A stack of iterators: containers count as parts too, and no depth of nesting is a depth of calls.
    stack = [iter([whole])]
    for _ in range(MAX_PARTS):
        while stack and (here := next(stack[-1], None)) is None:
            stack.pop()
        if not stack or here is None:
            return
        if not here[0].content_type.startswith("multipart/"):
            yield Part(here[0], raw, here[1], here[2])
        elif len(stack) > MAX_DEPTH:
            doubts.append(f"nested more than {MAX_DEPTH} deep")
            yield Part(here[0], raw, here[1], here[2])
        elif lines := _boundary_lines(raw, here):
            stack.append(_between(raw, lines, here[2]))
        else:
            doubts.append("a multipart without its parts")
            yield Part(_as_plain(here[0]), raw, here[1], here[2])
    doubts.append(f"more than {MAX_PARTS:,} parts")


def _boundary_lines(raw: bytes, place: Place) -> Iterator[re.Match[bytes]] | None:
    """Return the lines that part this multipart; None where there are none, by its parameter or by their looks."""
    headers, start, end = place
    start = max(start - 1, 0)  # a body begins behind a line break
    written = headers.parameters.get("boundary", "").rstrip().encode("utf-8", "surrogateescape")
    if written:
        pattern = _lines_of(written)
        if pattern.search(raw, start, end):
            return pattern.finditer(raw, start, end)
    seen = _BOUNDARY_LINE.search(raw, start, min(end, start + MAX_TEXT))
    return _lines_of(seen[1]).finditer(raw, start, end) if seen and _opens_a_part(raw, seen.end()) else None


def _opens_a_part(raw: bytes, at: int) -> bool:
    return raw[at : at + 8].lower() == b"content-"


def _lines_of(boundary: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"\n--" + re.escape(boundary) + rb"(--)?[ \t]*\r{0,2}(?=\n|\Z)")


def _between(raw: bytes, lines: Iterator[re.Match[bytes]], end: int) -> Iterator[Place]:
    start: int | None = None
    for line in lines:
        if start is not None:
            yield _part_at(raw, start, max(_without_return(raw, line.start()), start))
        if line[1]:
            return
        start = min(line.end() + 1, end)
    if start is not None:
        yield _part_at(raw, start, end)  # cut off on its way


def _without_return(raw: bytes, end: int) -> int:
    # The line end before a boundary is the boundary's (RFC 2046, 5.1.1), and that is CRLF.
    while end and raw[end - 1] == 0x0D:
        end -= 1
    return end


def _part_at(raw: bytes, start: int, end: int) -> Place:
    headers, body, _ = _opened(raw, start, end)
    return headers, min(body, end), end


def _as_plain(headers: Headers) -> Headers:
    return Headers({**headers.fields, "content-type": ("text/plain",)})


def _from_uu(data: bytes) -> bytes:
    found = _UUENCODED.search(data)
    lines: list[bytes] = []
    for line in found[1].splitlines() if found else ():
        try:
            lines.append(binascii.a2b_uu(line))
        except binascii.Error:
            break
    return b"".join(lines)


def _without_binaries(text: str) -> str:
    """Return `text` without files that lie in it as letters: uuencode, yEnc."""
    text = _BINARY_IN_TEXT.sub("", text)
    begin, end = text.find("=ybegin "), text.rfind("=yend ")
    if begin < 0:
        return text
    return text[:begin] + (text[end:].partition("\n")[2] if end > begin else "")


# -- what a person should look at ------------------------------------------------------------------


def _doubts_of_content(mail: Opened) -> Iterator[str]:
    written = [part for part in mail.of_type("text/plain", "text/html") if not part.is_attachment]
    types = {part.headers.content_type for part in mail.parts}
    # A report need not name a sender; anything else without exactly one is nobody's or anybody's.
    if not types & _REPORTS and (senders := _senders(mail.headers)) != 1:
        yield "no sender" if senders == 0 else "several senders"
    if mail.headers.content_type in _WHOLE_TYPES or types & _WHOLE_TYPES:
        yield "encrypted or signed as a whole"
    if types & _TNEF and not any(part.text().strip() for part in written):
        yield "nothing but winmail.dat"
    if any(part.end - part.start > LONG_TEXT for part in written):
        yield "a text of more than 1 MB"
    # Of a text that is there twice the plain one is looked at: marked up it is ten times as long.
    plain = [part for part in written if part.headers.content_type == "text/plain"]
    if any(_is_unreadable(part) for part in plain or written):
        yield "a text that can not be read"
    if mail.parts and b"\x00" in mail.parts[0].source and any(_has_nul(part) for part in written):
        yield "NUL in the text"


def _senders(headers: Headers) -> int:
    return len(headers.all("from"))


def _is_unreadable(part: Part) -> bool:
    text = part.text()
    if not text.strip():
        return part.transfer_encoding == "base64" and len(b"".join(part._first(200).split())) > 8
    return text.count("\ufffd") * 10 > len(text)


def _has_nul(part: Part) -> bool:
    wide = part.headers.parameters.get("charset", "").lower().startswith(("utf-16", "utf-32", "ucs"))
    return not wide and b"\x00" in part.data()
