"""A mail taken apart, whatever it holds: bounded in bytes, parts, depth and time, and never an error."""

from __future__ import annotations

import binascii
import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header
from email.parser import BytesHeaderParser
from functools import cached_property

MAX_BYTES = 10 * 1024 * 1024
MAX_HEADER_BYTES = 256 * 1024
MAX_VALUE = 2000
MAX_PARTS = 2000
MAX_TEXT = 64 * 1024
# Each level of nesting reads the mail once more: no honest mail is deeper.
MAX_DEPTH = 12

_BLANK_LINE = re.compile(rb"(?:\A|\n)\r?\n")
_PARAMETER = re.compile(r';\s*([\w.-]+)\*?\s*=\s*(?:"([^"]*)"|([^\s;"]*))')
_CHARSET = re.compile(r"[\w.:-]{1,40}", re.ASCII)
# Python knows codecs that are no charsets; some of them (punycode, idna) take quadratic time.
_READABLE = re.compile(
    r"ascii|utf-(?:7|8|16|32)(?:-[lb]e)?|utf-8-sig|iso8859-\d+|cp\d+|koi8-[rut]|gb\w+|hz|big5\w*|shift_ji\w+"
    r"|euc_\w+|iso2022_\w+|johab|mac-\w+|tis-620"
)
# PostgreSQL stores neither NUL nor half a surrogate pair; the other controls are nobody's words.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_NOT_BASE64 = bytes(set(range(256)) - set(_BASE64))


@dataclass(frozen=True)
class Headers:
    """The header fields of a mail or a part; names are lower case, values unfolded."""

    fields: Mapping[str, tuple[str, ...]]

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of `name`, as written."""
        return self.fields.get(name, ())

    def first(self, name: str) -> str:
        """Return the first value of `name` as written, or nothing."""
        return self.all(name)[0][:MAX_VALUE].strip() if name in self.fields else ""

    def text(self, name: str) -> str:
        """Return the first value of `name` as people read it, without encoded words (RFC 2047)."""
        return _readable(self.first(name))

    @cached_property
    def content_type(self) -> str:
        kind = self.first("content-type").partition(";")[0].strip().lower()
        return kind if kind.count("/") == 1 else "text/plain"

    @cached_property
    def parameters(self) -> Mapping[str, str]:
        """The parameters of Content-Type; of two with one name the first counts."""
        found = [(name.lower(), quoted or plain) for name, quoted, plain in self._written_parameters]
        return dict(reversed(found))

    @property
    def _written_parameters(self) -> list[tuple[str, str, str]]:
        return _PARAMETER.findall(self.first("content-type"))


@dataclass(frozen=True)
class Part:
    """A part that is not made of others."""

    headers: Headers
    body: bytes

    @property
    def is_attachment(self) -> bool:
        return self.headers.first("content-disposition").lower().startswith("attachment")

    def data(self, limit: int = MAX_TEXT) -> bytes:
        """Return the content with its transfer encoding undone; what is broken is left out."""
        encoding = self.headers.first("content-transfer-encoding").lower()
        if encoding == "base64":
            return _from_base64(self.body[: limit * 3 // 2])[:limit]
        if encoding == "quoted-printable":
            return binascii.a2b_qp(self.body[: limit * 3])[:limit]
        return self.body[:limit]

    def text(self) -> str:
        """Return the content as text, with plain line ends and no controls."""
        return clean(decode(self.data(), self.headers.parameters.get("charset", "")))


@dataclass(frozen=True)
class Opened:
    """A mail's own headers and its parts, in their order."""

    headers: Headers
    parts: tuple[Part, ...]

    def of_type(self, *content_types: str) -> Iterator[Part]:
        """Yield the parts of these types."""
        return (part for part in self.parts if part.headers.content_type in content_types)


def take_apart(raw: bytes) -> Opened:
    """Return the headers and parts of `raw`; what is beyond the limits is not looked at."""
    raw = raw[:MAX_BYTES]
    if b"\n" not in raw[:MAX_HEADER_BYTES]:
        raw = raw.replace(b"\r", b"\n")
    headers, body = _halves(raw)
    return Opened(headers, tuple(_leaves(headers, body)))


def headers_of(data: bytes) -> Headers:
    """Return the headers that `data` begins with."""
    return _halves(data[:MAX_HEADER_BYTES])[0]


def _halves(raw: bytes) -> tuple[Headers, bytes]:
    blank = _BLANK_LINE.search(raw)
    head, body = (raw[: blank.start() + 1], raw[blank.end() :]) if blank else (raw, b"")
    fields: dict[str, list[str]] = {}
    for name, value in BytesHeaderParser().parsebytes(head[:MAX_HEADER_BYTES]).raw_items():
        fields.setdefault(name.lower(), []).append(re.sub(r"[\r\n]+", "", value))
    return Headers({name: tuple(values) for name, values in fields.items()}), body


def _leaves(headers: Headers, body: bytes) -> Iterator[Part]:
    # A stack of iterators: containers count as parts too, and no depth of nesting is a depth of calls.
    stack = [iter([(headers, body)])]
    for _ in range(MAX_PARTS):
        while stack and (here := next(stack[-1], None)) is None:
            stack.pop()
        if not stack or here is None:
            return
        boundary = here[0].parameters.get("boundary", "").encode("utf-8", "surrogateescape")
        if here[0].content_type.startswith("multipart/") and boundary and len(stack) <= MAX_DEPTH:
            stack.append(map(_halves, _between(here[1], boundary)))
        else:
            yield Part(*here)


def _between(body: bytes, boundary: bytes) -> Iterator[bytes]:
    body = b"\n" + body  # a pattern that begins with plain bytes is searched for ten times as fast
    start: int | None = None
    for line in re.finditer(rb"\n--" + re.escape(boundary) + rb"(--)?[ \t]*\r?(?=\n|\Z)", body):
        if start is not None:
            yield body[start : line.start()]
        if line[1]:
            return
        start = line.end() + 1
    if start is not None:
        yield body[start:]  # cut off on its way


def _from_base64(data: bytes) -> bytes:
    # The padding in the middle that ends one encoded run would make the decoder give up on all of it.
    letters = data.translate(None, _NOT_BASE64).partition(b"=")[0]
    letters = letters[: -1 if len(letters) % 4 == 1 else None]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def decode(data: bytes, charset: str) -> str:
    """Return `data` as text in `charset`, or in the likeliest one where that is unknown or none."""
    name = _codec(charset)
    if name not in ("", "ascii", "utf-8"):
        try:
            return data.decode(name, "replace")
        except (ValueError, LookupError):
            pass
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("utf-8" if name == "utf-8" else "cp1252", "replace")


def _codec(charset: str) -> str:
    if not _CHARSET.fullmatch(charset):
        return ""
    try:
        name = codecs.lookup(charset).name
    except LookupError:
        return ""
    return name if _READABLE.fullmatch(name) else ""


def _readable(value: str) -> str:
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError):
        pieces = [(value, None)]
    return clean("".join(_piece(text, charset) for text, charset in pieces)).strip()


def _piece(text: bytes | str, charset: str | None) -> str:
    # Bytes outside ASCII come as surrogates from the header parser: a mail that did not encode its subject.
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogateescape")
    return decode(data, charset or "")


def clean(text: str) -> str:
    """Return `text` with plain line ends and without what can not be stored."""
    return _UNSTORABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
