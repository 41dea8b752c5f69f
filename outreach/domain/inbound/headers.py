"""The header fields of a mail or of a part of it, read as they come: folded, broken, encoded, or far too many."""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import unquote_to_bytes

from outreach.domain.inbound.charsets import decode

MAX_HEADER_BYTES = 256 * 1024
MAX_FIELDS = 2000
MAX_VALUE = 2000
MAX_PARAMETER_SECTIONS = 50
BROKEN_LINES = 3

_FIELD = re.compile(r"([!-9;-~]{1,100})[ \t]*:[ \t]*([^\n]*(?:\n[ \t][^\n]*)*)\n?")
_MBOX = ("From ", ">From ")  # the line that parts mails in a file
_CONTROLS = re.compile("[\x00-\x08\n-\x1f\x7f]+")  # line ends among them, tabs not
# A line without a name is the rest of the field before it where one of these comes next, else the mail's first words.
_KNOWN = re.compile(
    r"(?:received|from|to|cc|date|subject|message-id|mime-version|return-path|reply-to|references|in-reply-to|sender"
    r"|content-[a-z-]{2,30}|x-[\w-]{1,60}|dkim-signature|arc-[a-z-]{4,30}|authentication-results|list-[a-z-]{2,20}"
    r"|auto-submitted|precedence|importance|thread-[a-z]{5,8}|user-agent|delivered-to|action|status|diagnostic-code"
    r"|(?:final|original)-recipient|(?:remote|reporting)-mta|last-attempt-date|arrival-date|will-retry-until"
    r"|feedback-type|original-[a-z-]{4,30}|reported-domain|source-ip)[ \t]*:",
    re.IGNORECASE,
)
_CONTENT_TYPE = re.compile(r"[\s\"';]{0,5}([\w.+-]{1,60})\s{0,5}/\s{0,5}([\w.+-]{1,100})", re.ASCII)
# Some leave the semicolon out. A quoted value may hold anything, escaped quotes too.
_PARAMETER = re.compile(
    r'[;\s,]\s{0,20}([^\s;,=*"()]{1,60})(?:\*(\d{1,3}))?(\*)?\s{0,20}=\s{0,20}(?:"((?:[^"\\]|\\.)*)"?|([^;"]*))'
)
_ESCAPED = re.compile(r"\\(.)")
_BETWEEN_WORDS = re.compile(r"(\?=)\s+(?==\?)")
_ENCODED_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bq])\?((?:[^?]|\?(?!=))*)\?=", re.IGNORECASE)
# PostgreSQL stores neither NUL nor half a surrogate pair; the other controls are nobody's words.
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_WITHOUT = {number: None for number in range(128) if _UNSTORABLE.match(chr(number))}
_LINE_END = re.compile(r"\r{1,3}\n|\r")
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_FOOTER = re.compile(rb"\n[-_*]{3}")
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
        values = self.fields.get(name)
        return values[0][:MAX_VALUE].strip() if values else ""

    def text(self, name: str) -> str:
        """Return the first value of `name` as people read it, without encoded words (RFC 2047)."""
        value = self.first(name)
        return readable(value) if value else ""

    @cached_property
    def content_type(self) -> str:
        """The type in lower case, without parameters; text/plain where none can be read (RFC 2045, 5.2)."""
        found = _CONTENT_TYPE.match(self.first("content-type"))
        return f"{found[1]}/{found[2]}".lower() if found else "text/plain"

    @cached_property
    def parameters(self) -> Mapping[str, str]:
        """The parameters of Content-Type; of two with one name the first counts."""
        return parameters(self.first("content-type"))

    @cached_property
    def disposition(self) -> Mapping[str, str]:
        """The parameters of Content-Disposition."""
        return parameters(self.first("content-disposition"))


def read_fields(head: bytes) -> tuple[Headers, int, str]:
    """Return the fields that `head` begins with, where their last one ends, and what a person should know."""
    written = head[:MAX_HEADER_BYTES].decode("ascii", "surrogateescape")
    fields: dict[str, list[str]] = {}
    last: list[str] = []
    at = count = 0
    while at < len(written) and count < MAX_FIELDS:
        if found := _FIELD.match(written, at):
            last = fields.setdefault(found[1].lower(), [])
            last.append(_CONTROLS.sub("", found[2]))
            count += 1
            at = found.end()
            continue
        after = _line_end(written, at)
        if not _is_broken_fold(written, at):
            break
        if last and not written.startswith(_MBOX, at):
            last[-1] += " " + _CONTROLS.sub("", written[at:after].strip())
        at = after
    doubt = "too many headers" if count >= MAX_FIELDS or len(head) > MAX_HEADER_BYTES else ""
    spelt = tuple if written.isascii() else _spelling(fields)
    return Headers({name: spelt(values) for name, values in fields.items()}), at, doubt


def _spelling(fields: Mapping[str, list[str]]) -> Callable[[Iterable[str]], tuple[str, ...]]:
    """Return what makes text of bytes beyond ASCII: UTF-8, as RFC 6532 has it, else the charset that the text is in."""
    charset = parameters(next(iter(fields.get("content-type", ())), "")).get("charset", "")
    # A header in UTF-16 would have no line ends to be found by.
    charset = "" if charset.lower().startswith("utf") else charset

    def spelt(values: Iterable[str]) -> tuple[str, ...]:
        return tuple(value if value.isascii() else _text(value, charset) for value in values)

    return spelt


def _text(value: str, charset: str) -> str:
    data = value.encode("ascii", "surrogateescape")
    try:
        return clean(data.decode("utf-8"))
    except UnicodeDecodeError:
        return clean(decode(data, charset))


def _line_end(written: str, at: int) -> int:
    return written.find("\n", at) + 1 or len(written)


def _is_broken_fold(written: str, at: int) -> bool:
    """Answer whether known fields go on behind the line, or the few lines, that begin here."""
    if written.startswith(_MBOX, at):
        return True
    for _ in range(BROKEN_LINES):
        at = _line_end(written, at)
        if _KNOWN.match(written, at):
            return True
    return False


def parameters(value: str) -> Mapping[str, str]:
    """Return the parameters behind the first word of `value`, put together where they are split (RFC 2231)."""
    found: dict[str, dict[int, tuple[bool, str]]] = {}
    for match in _PARAMETER.finditer(value):
        quoted, plain = match[4], match[5] or ""
        text = _ESCAPED.sub(r"\1", quoted) if quoted is not None else plain.partition("(")[0].strip()
        # Of `name` and `name*` the second says more; an unsplit one is section 0.
        section, is_encoded = int(match[2] or 0), match[3] is not None
        sections = found.setdefault(match[1].lower(), {})
        if len(sections) < MAX_PARAMETER_SECTIONS and (
            section not in sections or (is_encoded and not sections[section][0])
        ):
            sections[section] = (is_encoded, text)
    return {name: _joined(sections) for name, sections in found.items()}


def _joined(sections: dict[int, tuple[bool, str]]) -> str:
    ordered = [sections[number] for number in sorted(sections)]
    if not any(is_encoded for is_encoded, _ in ordered):
        return "".join(text for _, text in ordered)
    charset = ""
    if ordered[0][0] and ordered[0][1].count("'") >= 2:
        charset, _, rest = ordered[0][1].split("'", 2)
        ordered[0] = (True, rest)
    data = b"".join(_bytes(text, is_encoded) for is_encoded, text in ordered)
    return clean(decode(data, charset))


def _bytes(text: str, is_encoded: bool) -> bytes:
    data = text.encode("utf-8", "surrogateescape")
    return unquote_to_bytes(data) if is_encoded else data


@lru_cache(maxsize=64)
def readable(value: str) -> str:
    """Return a header's value without encoded words (RFC 2047).

    Real mails encode within quotes, split a letter over two words and forget the padding: all that is read.
    """
    if "=?" not in value:
        return clean(value).replace("\n", " ").strip()
    found: list[str] = []
    data, charset = b"", ""  # of the words that follow each other in one charset
    at = 0
    value = _BETWEEN_WORDS.sub(r"\1", value)
    for word in _ENCODED_WORD.finditer(value):
        named = word[1].partition("*")[0].lower()  # RFC 2231, section 5: a language may follow
        if word.start() > at or named != charset:
            found += [decode(data, charset), value[at : word.start()]]
            data, charset = b"", named
        written = word[3].encode("utf-8", "surrogateescape")
        data += from_base64(written) if word[2] in "bB" else binascii.a2b_qp(written, header=True)
        at = word.end()
    found += [decode(data, charset), value[at:]]
    return clean("".join(found)).replace("\n", " ").strip()


def from_base64(data: bytes) -> bytes:
    """Return what `data` encodes, as far as that can be read."""
    # A mailing list puts its footer below, as it is.
    data = _FOOTER.split(data, maxsplit=1)[0]
    # The padding in the middle that ends one encoded run would make the decoder give up on all of it.
    letters = data.translate(None, _NOT_BASE64).partition(b"=")[0]
    letters = letters[: -1 if len(letters) % 4 == 1 else None]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def clean(text: str) -> str:
    """Return `text` with plain line ends and without what can not be stored."""
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    # The same for ASCII, in a sixth of the time.
    return text.translate(_WITHOUT) if text.isascii() else _UNSTORABLE.sub("", text)
