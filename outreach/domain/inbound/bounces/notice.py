"""A report in prose: what the mail system says, apart from the mail that it returns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from outreach.domain.inbound.parts import MAX_TEXT, Headers, Opened, Part, headers_of

MAX_NOTICE = 12_000

RETURNED_TYPES = (
    "message/rfc822",
    "text/rfc822-headers",
    "message/rfc822-headers",
    "message/global",
    "message/global-headers",
    "text/rfc822",
    "message/partial",
)
_ID = re.compile(
    r"^[>\s|*]{0,8}+(?:original )?message-id[ \t]{0,4}:\s{0,4}(<[^<>\s]{3,250}>)",
    re.IGNORECASE | re.MULTILINE,
)

# Lines that say: here the returned mail begins.
_DIVIDER = re.compile(
    r"^[ \t>*|#.=_+-]{0,60}+(?:"
    r"below (?:this line )?is a copy of|this is a copy of (?:your|the) (?:message|mail|headers)|"
    r"(?:the )?(?:header|headers|body|text|copy) of the original (?:message|mail)|"
    r"original message (?:follows|headers|header|text|attached)|original message[ \t]*[-=]{2}|"
    r"(?:the )?original message (?:was|is) (?:attached|included|as follows)|"
    r"(?:your )?(?:unsent|undelivered|returned|failed|bounced|rejected|message) message (?:follows|is|text|header)|"
    r"unsent message (?:below|follows)|unsent message|"
    r"message headers? follows?|message header|headers follow|start of (?:the )?(?:returned|original)|"
    r"returned (?:message|mail) (?:follows|below)|returned message|begin of returned|"
    r"included is a copy|a copy of the (?:original )?message|copy of (?:your|the) (?:message|mail)|"
    r"(?:please )?see the original|the (?:first|following) \w{1,12} (?:lines|bytes) of|original mail|"
    r"kopie der nachricht|urspr.ngliche nachricht|originalnachricht|message d'origine|mensaje original|messaggio originale"
    r")",
    re.IGNORECASE | re.MULTILINE,
)  # fmt: skip
_HEADER = re.compile(
    r"^[> |\t]{0,6}+(?:received: (?:from|by|\()|return-path: ?<|dkim-signature: |arc-seal: |x-originating-ip: )",
    re.IGNORECASE | re.MULTILINE,
)
_HIDDEN = (("<style", "</style"), ("<script", "</script"), ("<!--", "-->"))
_BREAK = re.compile(r"<(?:br|/p|/div|/tr|/li|/h\d|/td|p|tr|hr)\b[^<>]{0,300}>", re.IGNORECASE)
_MARKUP = re.compile(r"</?[a-z!][^<>@]{0,500}>", re.IGNORECASE)


@dataclass(frozen=True)
class Notice:
    """What the mail system wrote (`text`), what stands behind it (`rest`), and the headers of the returned mail."""

    text: str
    rest: str
    returned: Headers | None

    def returned_to(self, name: str) -> str:
        return self.returned.text(name) if self.returned else ""

    @property
    def message_ids(self) -> tuple[str, ...]:
        """Return the Message-IDs of the returned mail: of its headers, then of the lines that quote it."""
        found = re.findall(r"<[^<>\s]{3,250}>", self.returned.first("message-id")) if self.returned else []
        found += _ID.findall(self.text) + _ID.findall(self.rest)
        return tuple(dict.fromkeys(found))[:20]


def notice_of(mail: Opened) -> Notice:
    """Return the notice in `mail`, apart from the mail that it returns."""
    text = _own_text(mail)
    cut = _where_returned(text)
    rest = text[cut : cut + 4 * MAX_NOTICE]
    return Notice(text[:cut][:MAX_NOTICE], rest, _returned(mail) or _headers_in(rest))


def begin_of(mail: Opened, limit: int = 1500) -> str:
    """Return how the first text of the mail begins, cheaply."""
    for part in mail.parts[:6]:
        if part.headers.content_type.startswith("text/") and part.headers.content_type not in RETURNED_TYPES:
            return part.text()[:limit]
    return ""


def _own_text(mail: Opened) -> str:
    """Return the text before the first returned mail: the plain parts, or where there is none the HTML as text."""
    plain, markup = [], []
    for part in mail.parts[:20]:
        kind = part.headers.content_type
        if kind in RETURNED_TYPES:
            break
        if kind == "text/html":
            markup.append(part)
        elif kind.startswith("text/") and not _is_report(part):
            plain.append(part)
    text = "\n".join(part.text() for part in plain[:4])[:MAX_TEXT]
    return text if len(text.strip()) > 20 or not markup else f"{text}\n{without_markup(markup[0].text())}"


def _is_report(part: Part) -> bool:
    return (
        part.data(400)
        .lower()
        .lstrip()
        .startswith((b"reporting-mta", b"final-recipient", b"original-recipient"))
    )


def without_markup(markup: str) -> str:
    """Return the text of some HTML, one line for each block."""
    text = markup[: 4 * MAX_NOTICE]
    for opening, closing in _HIDDEN:
        text = _without(text, opening, closing)
    return unescape(_MARKUP.sub(" ", _BREAK.sub("\n", text))).replace("\xa0", " ")


def _without(text: str, opening: str, closing: str) -> str:
    kept, at, lowered = [], 0, text.lower()
    while (start := lowered.find(opening, at)) >= 0 and (end := lowered.find(closing, start)) >= 0:
        kept.append(text[at:start])
        at = end + len(closing)
    return "".join([*kept, text[at:]]) if kept else text


def _where_returned(text: str) -> int:
    """Return where in `text` the returned mail begins; its length where there is none.

    A mail whose notice stands behind the returned headers keeps it all.
    """
    divider = _DIVIDER.search(text)
    header = _HEADER.search(text)
    cuts = [found.start() for found in (divider, header) if found]
    if not cuts:
        return len(text)
    cut = min(cuts)
    return cut if text[:cut].strip() else (max(cuts) if max(cuts) > cut else len(text))


def _returned(mail: Opened) -> Headers | None:
    for part in mail.of_type(*RETURNED_TYPES):
        found = headers_of(part.data().lstrip())
        if found.fields.get("from") or found.fields.get("to") or found.fields.get("message-id"):
            return found
    return None


def _headers_in(rest: str) -> Headers | None:
    """Return the headers that stand as plain text behind the notice."""
    at = re.search(r"^(?:received|return-path|from|to|subject|message-id|date|dkim-signature|mime-version|x-[\w-]{1,40}): ",
                   rest[:6000], re.IGNORECASE | re.MULTILINE)  # fmt: skip
    if not at:
        return None
    found = headers_of(rest[at.start() :].encode("utf-8", "surrogatepass"))
    return found if found.fields else None
