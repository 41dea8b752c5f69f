"""The lines of a mail in HTML, and which of them its markup says are quoted, signed or hidden.

A scanner of its own instead of a tree: mails nest tags by the hundred thousand, and a tree of those takes seconds.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache

from outreach.domain.inbound.reply_text.plain import INVISIBLE
from outreach.domain.inbound.reply_text.quotes import Line

MAX_TEXT_LINE = 4000
MAX_PAGE_LINES = 10_000


class Role(IntEnum):
    """What the text within an element is; of two that are nested the higher counts."""

    NEW = 0
    # The wrapper that Gmail and its kin put around attribution and quote: an answer may stand between the quotes in it.
    WRAPPER = 1
    QUOTED = 2
    SIGNED = 3
    HIDDEN = 4
    # All that follows, to the end of the mail, is an old mail.
    OLD = 5


# Names of classes, ids and other attributes by which programs mark these places, lower case.
_NAMES: dict[Role, str] = {
    Role.WRAPPER: "gmail_quote gmail_quote_container gmail_extra protonmail_quote zmail_extra",
    Role.QUOTED: """
        gmail_attr moz-cite-prefix yahoo_quoted tutanota_quote skiff_quote iosymail outlookquote mail_quote
        missive_quote freshdesk_quote front-blockquote zendesk_quote hs_reply email-quote mailru-blockquote
        nylas-quote cite mimestream_quote hmcontent quoted-text reply-intro blockquote_zmail quoted-content quote
        messagereplysection __quoted_text__ mcntmcontainer""",
    Role.SIGNED: """
        gmail_signature_prefix protonmail_signature_block messagesignaturesection __sig_pre__ __sig_post__
        dab4fad8-2dd7-40bb-a1b8-4e2aa1f9fdf2 avg-footer avast_footer ms-outlook-mobile-signature""",
    Role.OLD: """
        divrplyfwdmsg appendonsend mail-editor-reference-message-container olk_src_body_section isforwardcontent
        isreplycontent origbody orimsghtmlseperator reply139content stopspelling ec_stopspelling replysplit zwchr
        __divider__ __headers__ moz-forward-container ms-outlook-mobile-reference-message divneteasemailreply""",
}
_ROLE_OF_NAME = {name: role for role, names in _NAMES.items() for name in names.split()}
# Webmail puts prefixes before the names in the mails of others; Yahoo puts a number behind its own.
_PREFIX = re.compile(
    r"(?:x_|yiv\d{1,20}|ydp[0-9a-f]{1,20}|ox-[0-9a-f]{1,20}-|m_-?\d{1,24}|aolmail_|gmail-){1,9}"
)
_NUMBER = re.compile(r"_\d{3,20}\Z")
# People go on to write within the signature of Apple Mail.
_NOT_SIGNED = frozenset({"applemailsignature", "lineBreakAtBeginningOfSignature".lower()})
_TAG_ROLES = {
    "blockquote": Role.QUOTED,
    "includetail": Role.QUOTED,
    "template": Role.HIDDEN,
    "noscript": Role.HIDDEN,
}
_SKIPPED = frozenset({"style", "script", "title", "head", "xml", "svg", "textarea", "select"})
_VOID = frozenset({"br", "hr", "img", "meta", "link", "input", "col", "area", "base", "wbr"})
_BLOCKS = frozenset(
    "address article aside blockquote body center dd div dl dt fieldset footer form h1 h2 h3 h4 h5 h6 header includetail"
    " li main nav ol p pre section table tbody tfoot thead tr ul".split()
)
_CELLS = frozenset({"td", "th"})
_IMPLIED_ENDS = frozenset({"p", "li", "tr", "td", "th", "dt", "dd"})
_SPACED = frozenset({"p", "blockquote", "ul", "ol", "table", "pre", "h1", "h2", "h3", "h4", "h5", "h6"})
_READ_ATTRIBUTES = frozenset(
    {"class", "id", "name", "style", "data-marker", "data-smartmail", "type", "alt", "hidden"}
)

# Quantifiers that give nothing back (possessive): every tag is read once, whatever it holds.
_TAG = re.compile(
    r"""<(?:(/?)([A-Za-z][\w:-]{0,40}+)((?:[^<>"']++|"[^"]{0,3000}+"|'[^']{0,3000}+')*+)>|[!?][^>]{0,3000}+>)"""
)
_INLINE_NAMES = "span|font|b|i|u|em|strong|o:p|a|small|sup|sub"
_FORMATTING = re.compile(
    rf"<(?:{_INLINE_NAMES})(?:\s++(?:style|lang|href|face|size|color|dir|target|rel|title)\s?=\s?"
    r"""(?:"(?![^"<>]{0,3000}(?:display|hide))[^"<>]{0,3000}+"|'(?![^'<>]{0,3000}(?:display|hide))[^'<>]{0,3000}+'"""
    r"""|(?!["'])[^\s"'<>]{1,3000}+))*+\s*+/?>""",
    re.IGNORECASE,
)
_INLINE = re.compile(rf"<(?:{_INLINE_NAMES})[\s>]", re.IGNORECASE)
_INLINE_END = re.compile(rf"</(?:{_INLINE_NAMES})>", re.IGNORECASE)
_CUT_TAG = re.compile(r"<[/!A-Za-z][^<>]{0,3000}+\Z")
_ATTRIBUTE = re.compile(r"""([A-Za-z-]{2,16})\s{0,3}=\s{0,3}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_SPACES = re.compile(r"[ \t\r\n\f\xa0\u2000-\u200a\u202f\u3000]+")


def read_page(source: str) -> list[Line]:
    """Return the lines that a person sees in `source`, signatures left out, up to where the rest is an old mail."""
    return _Scanner(_without_formatting(_without_comments(source))).scan()


def _without_comments(source: str) -> str:
    first, *rest = source.split("<!--")
    return first + "".join(part.partition("-->")[2] for part in rest)


def _without_formatting(source: str) -> str:
    # Word puts each line into several of these, and none of them tells anything.
    source = _FORMATTING.sub("", source)
    return source if _INLINE.search(source) else _INLINE_END.sub("", source)


@dataclass
class _Open:
    tag: str
    role: Role
    above: Role
    quotes_seen: bool = False


@dataclass
class _Scanner:
    source: str
    lines: list[Line] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    opened: list[_Open] = field(default_factory=list)
    wrappers: list[_Open] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    role: Role = Role.NEW
    verbatim: int = 0
    endless: set[str] = field(default_factory=set)

    def scan(self) -> list[Line]:
        at = 0
        for tag in _TAG.finditer(self.source):
            start = tag.start()
            if start < at:
                continue
            if start > at:
                self._write(self.source[at:start])
            at = self._read_tag(tag)
            if self.role is Role.OLD or len(self.lines) >= MAX_PAGE_LINES:
                at = len(self.source)
                break
        if self.role is not Role.OLD:
            self._write(_CUT_TAG.sub("", self.source[at:]))
        self._break()
        return self.lines

    def _read_tag(self, tag: re.Match[str]) -> int:
        """Do what `tag` says; return where the text goes on."""
        ends, written, attributes = tag.groups()
        if written is None:  # a declaration
            return tag.end()
        name = written.lower()
        if ends:
            self._close(name)
        elif name in _SKIPPED:
            return self._past(name, tag.end())
        else:
            self._open(name, attributes)
        return tag.end()

    def _past(self, name: str, at: int) -> int:
        # A head that is never closed ends where the body begins.
        if name in self.endless:
            return at
        ends = re.compile(rf"</{name}\s{{0,9}}>" + ("|(?=<body)" if name == "head" else ""), re.IGNORECASE)
        if end := ends.search(self.source, at):
            return end.end()
        self.endless.add(name)
        return at if name in ("head", "xml", "svg") else len(self.source)

    def _write(self, raw: str) -> None:
        if not raw or self.role >= Role.SIGNED:
            return
        if self.verbatim and "\n" in raw:
            for line in raw.split("\n", MAX_PAGE_LINES)[:-1]:
                self.pieces.append(_unescape(line))
                self._break()
            raw = raw[raw.rfind("\n") + 1 :]
        self.pieces.append(_unescape(raw))

    def _break(self) -> None:
        if not self.pieces:
            return
        text = "".join(self.pieces).translate(INVISIBLE)
        text = text.replace("\xa0", " ").rstrip() if self.verbatim else _SPACES.sub(" ", text).strip()
        self.pieces.clear()
        if text or (self.lines and self.lines[-1].text):
            self.lines.append(Line(text[:MAX_TEXT_LINE], bool(text) and self._is_quoted()))

    def _blank(self) -> None:
        if self.lines and self.lines[-1].text:
            self.lines.append(Line(""))

    def _is_quoted(self) -> bool:
        if self.role is not Role.WRAPPER:
            return self.role is Role.QUOTED
        # In the wrapper, what stands before the first quote is the attribution, in whatever language.
        return not self.wrappers[-1].quotes_seen

    def _open(self, name: str, attributes: str) -> None:
        if name in _VOID:
            self._void(name, attributes)
            return
        role = _role_of(name, attributes)
        if name in _BLOCKS:
            self._break()
            if name in _SPACED and not (name == "p" and "Mso" in attributes):
                self._blank()
        elif name in _CELLS:
            self.pieces.append(" ")
        elif role is Role.NEW and not self.counts.get(name):
            return  # an element within a line: nobody has to know where it ends
        if name in _IMPLIED_ENDS and self.opened and self.opened[-1].tag == name:
            self._pop()
        self._push(name, role)
        if name == "li" and self.role < Role.SIGNED:
            self.pieces.append("- ")
        self.verbatim += name == "pre"

    def _push(self, name: str, role: Role) -> None:
        if role is not Role.NEW:
            self._break()
        if role is Role.QUOTED and name == "blockquote":
            for wrapper in reversed(self.wrappers):
                if wrapper.quotes_seen:
                    break
                wrapper.quotes_seen = True
        self.opened.append(_Open(name, role, self.role))
        if role is Role.WRAPPER:
            self.wrappers.append(self.opened[-1])
        self.counts[name] = self.counts.get(name, 0) + 1
        self.role = max(self.role, role)

    def _pop(self) -> _Open:
        element = self.opened.pop()
        if element.role is Role.WRAPPER:
            self.wrappers.pop()
        self.counts[element.tag] -= 1
        if element.role is not Role.NEW:
            self._break()
        self.role = element.above
        self.verbatim -= element.tag == "pre"
        return element

    def _close(self, name: str) -> None:
        if name in _BLOCKS:
            self._break()
            if name in _SPACED and name != "p" and name != "table":
                self._blank()
        elif not self.counts.get(name) and name != "br":
            return
        if name in ("br", "p") and not self.counts.get(name):
            self._void("br", "")
        if self.counts.get(name):
            while self._pop().tag != name:
                pass

    def _void(self, name: str, attributes: str) -> None:
        if name == "img":
            self._image(attributes)
        elif name in ("br", "hr"):
            if not self.pieces:
                self._blank()
            self._break()
        if name == "hr":
            role = _role_of(name, attributes)
            self.role = max(self.role, role) if role is Role.OLD else self.role
            self._blank()

    def _image(self, attributes: str) -> None:
        # Emoji are pictures in the mails of some programs.
        alt = _attributes(attributes).get("alt", "")
        if 0 < len(alt) <= 8 and not alt.isascii() and not alt[0].isalnum():
            self._write(alt)


def _unescape(text: str) -> str:
    if "&" not in text:
        return text
    try:
        return html.unescape(text)
    except ValueError:  # a character's number with thousands of digits
        return text


def _attributes(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(text[:4000]):
        name = name.lower()
        if name in _READ_ATTRIBUTES:
            found.setdefault(name, double or single or bare)
    return found


def _role_of(name: str, text: str) -> Role:
    # Word writes the same few styles on hundreds of lines.
    return _known_role(name, text) if len(text) <= 300 else _read_role(name, text)


def _read_role(name: str, text: str) -> Role:
    role = _TAG_ROLES.get(name, Role.NEW)
    if not text:
        return role
    attributes = _attributes(text)
    for key in ("class", "id", "data-marker", "name"):
        for part in attributes.get(key, "").lower().split()[:20]:
            role = max(role, _role_of_name(part))
    if style := attributes.get("style", ""):
        role = max(role, _by_style(name, style))
    # Gmail gives the quote itself and the wrapper around it the same class.
    return Role.QUOTED if name == "blockquote" and role is Role.WRAPPER else role


_known_role = lru_cache(maxsize=2048)(_read_role)


def _role_of_name(name: str) -> Role:
    if prefix := _PREFIX.match(name):
        name = name[prefix.end() :]
    name = _NUMBER.sub("", name)
    if name.endswith("signature") and name not in _NOT_SIGNED:
        return Role.SIGNED
    return _ROLE_OF_NAME.get(name, Role.NEW)


def _by_style(name: str, style: str) -> Role:
    style = style[:600].lower().replace(" ", "")
    if "display:none" in style or "mso-hide:all" in style:
        return Role.HIDDEN
    if name not in ("div", "td", "blockquote"):
        return Role.NEW
    # Word rules a line over the header of the mail that is answered, and one beside a mail that is answered in place.
    if "border-top:solid" in style and "padding:3.0pt0" in style and "border:none" in style:
        return Role.OLD
    if "border-left:solid" in style and "padding:0" in style and "pt" in style and "border:none" in style:
        return Role.QUOTED
    return Role.NEW
