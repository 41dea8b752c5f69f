"""What somebody newly wrote in a mail: without the quoted mail, the signature and the markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from outreach.domain.inbound.parts import MAX_TEXT, Opened, clean

MAX_LINE = 400

_UNSEEN = frozenset({"blockquote", "script", "style", "head", "title", "template", "noscript", "-comment"})
_QUOTING = frozenset({"gmail_quote", "yahoo_quoted", "protonmail_quote", "moz-cite-prefix"})
# Outlook marks where the old mail begins and puts everything older behind it, not within it.
_OLD_MAIL_BEGINS = frozenset({"divRplyFwdMsg", "appendonsend", "mail-editor-reference-message-container"})
_BLOCKS = frozenset({"p", "div", "li", "tr", "h1", "h2", "h3", "h4", "table"})

# "On ... wrote:" and its kin, of up to three lines.
_WROTE = re.compile(
    r"(?:On\s.{4,300}\swrote|Am\s.{4,300}\sschrieb\b.{0,200}|Le\s.{4,300}\sa écrit"
    r"|.{4,300}\s(?:ezt írta|írta)\b.{0,120}|.{4,200}<[^<>\s]{3,200}>\s(?:wrote|schrieb|írta))\s?:",
    re.IGNORECASE,
)
_WROTE_BEGINS = re.compile(r"On\s|Am\s|Le\s|.{0,200}\d{4}|.{1,200}<[^<>\s]{3,200}>", re.IGNORECASE)
_DIVIDER = re.compile(
    r"[-_*\s]{2,20}(?:Original Message|Ursprüngliche Nachricht|Eredeti üzenet|Forwarded message"
    r"|Weitergeleitete Nachricht|Továbbított üzenet|Message d'origine)[-_*:\s]{0,20}"
    r"|Begin forwarded message:|_{20,}",
    re.IGNORECASE,
)
_FROM = re.compile(r"\*?(?:From|Von|Feladó|De)\s?:\*?\s?\S", re.IGNORECASE)
_SENT = re.compile(r"\*?(?:Sent|Date|Gesendet|Datum|Küldve|Dátum|Envoyé|To|An|Címzett|À)\s?:", re.IGNORECASE)
_DEVICE = re.compile(
    r"(?:Sent from my \w|Sent from (?:Outlook|Mail|Yahoo|Proton)|Get Outlook for |Von meinem \w+ gesendet"
    r"|Gesendet von (?:meinem |Mail|Outlook)|Diese Nachricht wurde von meinem|Az \w+ küldve"
    r"|Envoyé de mon).{0,80}",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"(?:(?:with )?(?:best|kind|warm|many)?\s?(?:regards|wishes|thanks)|best|cheers|sincerely"
    r"|yours (?:sincerely|truly)"
    r"|(?:mit )?(?:freundlichen|besten|herzlichen|vielen|schönen|liebe|viele|beste)n? (?:grüße?n?|gruß|dank)"
    r"|mfg|vg|lg|üdv(?:özlettel)?|köszönettel|tisztelettel)\s?[,.!]?",
    re.IGNORECASE,
)
MAX_NAME = 40


def new_text(mail: Opened) -> str:
    """Return what the writer of `mail` newly wrote; of a mail in HTML alone, its visible text."""
    for part in mail.of_type("text/plain"):
        if not part.is_attachment and (written := part.text()).strip():
            return without_quotes(written)
    for part in mail.of_type("text/html"):
        if not part.is_attachment:
            return without_quotes(from_html(part.text()))
    return ""


def from_html(source: str) -> str:
    """Return the text that a person sees, up to where a quoted mail stands for the rest."""
    lines = ("".join(_seen(LexborHTMLParser(source[:MAX_TEXT]).body))).replace("\xa0", " ").split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(" ".join(line.split()) for line in lines)).strip()


def _seen(body: LexborNode | None) -> Iterator[str]:
    stack: list[LexborNode | str] = [body] if body is not None else []
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
            continue
        if node.id in _OLD_MAIL_BEGINS:
            return
        if node.tag == "-text":
            yield (node.text_content or "").replace("\n", " ")
        elif node.tag == "br":
            yield "\n"
        elif node.tag not in _UNSEEN and not _QUOTING.intersection(
            (node.attributes.get("class") or "").split()
        ):
            ends = ["\n"] if node.tag in _BLOCKS else []
            stack += [*ends, *reversed(list(_children(node))), *ends]


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def without_quotes(text: str) -> str:
    """Return `text` without quoted mails and signature; answers between quoted lines are kept."""
    lines = [line.rstrip() for line in text[:MAX_TEXT].split("\n")]
    kept: list[str] = []
    at = 0
    while at < len(lines):
        line = lines[at][:MAX_LINE].strip()
        if line == "--" or (kept and _closes(lines, at)) or _begins_old_mail(lines, at):
            break
        header = _lines_of_wrote(lines, at)
        if header and not _is_quoted(_next_written(lines, at + header)):
            break
        if not header and not line.startswith(">") and not _DEVICE.fullmatch(line):
            kept.append(lines[at])
        at += header or 1
    return re.sub(r"\n{3,}", "\n\n", clean("\n".join(kept))).strip()


def _begins_old_mail(lines: list[str], at: int) -> bool:
    line = lines[at][:MAX_LINE].strip()
    if _DIVIDER.fullmatch(line):
        return True
    if not _FROM.match(line):
        return False
    return any(_SENT.match(later[:MAX_LINE].strip()) for later in lines[at + 1 : at + 4])


def _lines_of_wrote(lines: list[str], at: int) -> int:
    """Return of how many lines the "On ... wrote:" is that begins here; 0 where none does."""
    joined = ""
    for count, line in enumerate(lines[at : at + 3], start=1):
        joined = f"{joined} {line[:MAX_LINE].strip()}".strip()
        if count == 1 and not _WROTE_BEGINS.match(joined):
            return 0
        if joined.endswith(":"):
            return count if _WROTE.fullmatch(joined) else 0
    return 0


def _next_written(lines: list[str], at: int) -> str:
    return next((line.strip() for line in lines[at : at + 4] if line.strip()), "")


def _is_quoted(line: str) -> bool:
    return line.startswith(">")


def _closes(lines: list[str], at: int) -> bool:
    """Answer whether a complimentary close stands here: what follows is a name, not a sentence."""
    if not _CLOSING.fullmatch(lines[at][:MAX_LINE].strip()):
        return False
    name = _next_written(lines, at + 1)
    return len(name) <= MAX_NAME and not name.endswith((".", "?", "!", ":"))
