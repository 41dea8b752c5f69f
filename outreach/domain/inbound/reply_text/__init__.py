"""What somebody newly wrote in a mail: without the quoted mail, the signature, the small print and the markup."""

from __future__ import annotations

import re

from outreach.domain.inbound.parts import MAX_TEXT, Opened, Part, clean, decode
from outreach.domain.inbound.reply_text.markup import read_page
from outreach.domain.inbound.reply_text.plain import MAX_LINES, read_lines
from outreach.domain.inbound.reply_text.quotes import Line, separate
from outreach.domain.inbound.reply_text.signatures import Sender, without_signature

MAX_HTML = 4 * MAX_TEXT
MAX_PARTS = 5

_STUB = re.compile(
    r"\A.{0,200}(?:html|your (?:e-?mail|mail) (?:client|program|reader)|view this (?:e-?mail|message))",
    re.I | re.S,
)
_MARKS = re.compile(
    r"<blockquote|gmail_quote|yahoo_quoted|divRplyFwdMsg|border-top: ?solid|_quote\b|OLK_SRC", re.I
)
_SIGNED = re.compile(
    r"gmail_signature|id=\"?Signature|outlook-mobile-signature|messageSignatureSection|_signature_block"
)


def new_text(mail: Opened) -> str:
    """Return what the writer of `mail` newly wrote, or nothing where all of it is quoted.

    Answers between quoted lines are kept; a sign-off and what follows it is not. The text part is read where it tells
    apart new and old, else the HTML. Of each part the first 64 kB (256 kB of HTML) count.
    """
    sender = Sender.of(mail.headers.text("from"))
    plain, page = _parts(mail, "text/plain"), _parts(mail, "text/html")
    source = "\n".join(_html(part) for part in page)
    written, told_apart = _new_in(_plain_lines(plain), sender)
    if not source or (written and _is_enough(written, told_apart, source)):
        return written
    return _new_in(read_page(source), sender)[0] or written


def visible_text(source: str) -> str:
    """Return the text that a person sees of a page, up to where the markup says that an old mail begins."""
    return _joined([line.text for line in read_page(source[:MAX_HTML])])


def _parts(mail: Opened, content_type: str) -> list[Part]:
    # Apple Mail cuts a text in pieces around its pictures; lists add their footer as a part of its own.
    parts = [part for part in mail.of_type(content_type) if not part.is_attachment]
    return [
        part for at, part in enumerate(parts[:MAX_PARTS]) if not at or "name" not in part.headers.parameters
    ]


def _html(part: Part) -> str:
    return clean(decode(part.data(MAX_HTML), part.headers.parameters.get("charset", "")))


def _plain_lines(parts: list[Part]) -> list[Line]:
    lines: list[Line] = []
    for part in parts:
        flowed = part.headers.parameters.get("format", "").lower() == "flowed"
        joined = part.headers.parameters.get("delsp", "").lower() == "yes"
        lines += read_lines(part.text(), flowed=flowed, delsp=joined)
    return lines


def _is_enough(written: str, told_apart: bool, source: str) -> bool:
    """Answer whether what was found in the text part may stand, or the HTML knows better."""
    if len(written) < 600 and _STUB.match(written):
        return False
    if _SIGNED.search(source):
        return False
    return told_apart or not _MARKS.search(source)


def _new_in(lines: list[Line], sender: Sender) -> tuple[str, bool]:
    texts, found = separate(lines[:MAX_LINES])
    kept: list[str] = []
    for text in texts:
        kept += without_signature(text, sender, before=kept)
    return _joined(kept), found


def _joined(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
