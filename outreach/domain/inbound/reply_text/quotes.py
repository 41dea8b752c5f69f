"""Where other people's mails begin and end: quoted lines, attributions, header blocks, dividers.

What is left is one stretch of text, or several where a reply stands between the lines that it answers.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from outreach.domain.inbound.reply_text import wordings
from outreach.domain.inbound.reply_text.wordings import alternatives

MAX_LINE = 500
MAX_ATTRIBUTION_LINES = 5
MAX_ATTRIBUTION = 600
MAX_HEADER_LINES = 14
MAX_TRIES = 300  # lines that may end an attribution; no honest mail has as many


class Line(NamedTuple):
    """A line without its marks; `quoted` by a ">" or by its place in the markup."""

    text: str
    quoted: bool = False


class Stretches(NamedTuple):
    """The texts between the quotes, in their order; `found` tells whether anything was quoted at all."""

    texts: list[list[str]]
    found: bool


_OPENER = alternatives(wordings.OPENERS)
# "On Mon, 5 Jan", "Am 05.01.", "Mon, Jan 5", "2026. jan. 5.", "05/01/2026": how an attribution begins.
_LEAD = re.compile(
    rf"(?:[-*]{{1,10}}\s?)?(?:(?:{_OPENER})\s.{{0,40}}?\d|\w{{2,14}}[.,]{{1,2}}\s.{{0,30}}?\d"
    r"|\d{1,4}(?:[./-]\s?[\w]|年|년|\s\w{3})|\d{1,2}:\d{2},?\s.{0,30}\d{4})",
    re.IGNORECASE,
)
_OPENS = re.compile(rf"(?:[-*]{{1,10}}\s?)?(?:{_OPENER})\s.{{0,40}}?\d", re.IGNORECASE)
_INNER_LEAD = re.compile(r"(?<=\S)\s(?=[-]{0,3}\s?(?:On|Am|Le|El|Il|Op|Em|Den|W dniu|Dnia)\s.{0,30}?\d)")
_DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\d{4}[年년]|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b|\b\d{1,2}(?:\.|st|nd|rd|th)?\s\w{3,10}\.?\s\d{2,4}\b"
)
_TIME = re.compile(r"\b\d{1,2}[:.h]\d{2}\b")
_ADDRESS = re.compile(r"[^\s<>@\[\]()]{1,64}@[^\s<>@\[\]()]{2,255}")
_VERB = re.compile(
    rf"(?<!\w)(?:{alternatives(wordings.LAST_VERBS)})(?!\w)|写道|寫道|のメッセージ|작성", re.IGNORECASE
)
_VERB_ENDS = re.compile(
    rf"(?:(?<!\w)(?:{alternatives(wordings.LAST_VERBS)})|写道|寫道|のメッセージ|작성|작성하였습니다)"
    r"\s{0,3}(?:\(.{0,80}\)\s?)?[:：]?[\s*_-]{0,12}\Z",
    re.IGNORECASE,
)
_QUOTING = re.compile(rf"(?:{alternatives(wordings.QUOTINGS)})\s.{{1,200}}:\Z", re.IGNORECASE)
# A sentence before the attribution, not a date or an abbreviation on which its line was broken.
_SENTENCE_ENDS = re.compile(r"(?:[^\W\d_]{5,}|[)\"'”])[.?!…]\Z|[?!]\Z")
_SPEAKS = re.compile(r"\b(?:I|we|my|our|ich|wir|je|nous|yo|you asked|én|mi|io|noi|ik|wij|ja|my)\b")
_ADDRESS_ENDS = re.compile(r"[>)\]]{1,3}\s{0,2}[:：]?\Z|@[\w.-]{3,255}:?\Z")
_ONE_ADDRESS = re.compile(r"\S{2,24}\s?[:：]\*?\s{0,8}[^<>@]{0,80}<?[^\s<>@]{1,64}@[^\s<>@]{2,255}>?")
_COLONS = (":", "：", ":-", "…:")
_DASHES = "-=_*~—–−#<>＿"
_FIELD_IN_LINE = re.compile(r"(?<!\S)\*?([^\W\d_][^\W\d_ -]{1,14})\s?:\*?(?=\s|\Z)")


def separate(lines: list[Line]) -> Stretches:
    """Return what stands between the quotes of `lines`, up to where all the rest is an old mail."""
    return _Reader(lines).read()


class _Reader:
    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.texts: list[list[str]] = []
        self.current: list[str] = []
        self.found = False
        self.tries = MAX_TRIES
        self.next_written = _next_written(lines)
        self.fields = [_field_of(line.text) for line in lines]

    def read(self) -> Stretches:
        at = 0
        while 0 <= at < len(self.lines):
            at = self._step(at)
        self._flush()
        return Stretches(self.texts, self.found)

    def _step(self, at: int) -> int:
        """Read the line at `at`; return where to go on, or -1 where all that follows is old."""
        text, quoted = self.lines[at]
        if quoted:
            self._flush()
            self.found = True
            # GroupWise: ">>> Anna Berg <anna@example.com> 3/2/2026 9:00 AM >>>"
            return -1 if text.endswith(">>>") and _DATE.search(text[:MAX_LINE]) else at + 1
        if not text:
            self.current.append("")
            return at + 1
        short = text[:MAX_LINE].strip()
        if length := self._header_block(at, short) or self._divider(at, short):
            return self._old(at + length)
        if _may_end_attribution(short) and (begins := self._attribution(at, short)) is not None:
            del self.current[begins:]
            return self._old(at + 1)
        if not self._is_torn(at, short):
            self.current.append(text)
        return at + 1

    def _old(self, at: int) -> int:
        self._flush()
        self.found = True
        return at if self._quoted_after(at - 1) else -1

    def _flush(self) -> None:
        if any(self.current):
            self.texts.append(self.current)
        self.current = []

    def _after(self, at: int) -> int:
        """Return where the next line with something on it is, or -1."""
        return self.next_written[at + 1] if at + 1 < len(self.lines) else -1

    def _quoted_after(self, at: int) -> bool:
        after = self._after(at)
        return after >= 0 and after - at <= 5 and self.lines[after].quoted

    def _attribution(self, at: int, last: str) -> int | None:
        """Return where in the current stretch the attribution begins that `last` ends; none where it is none."""
        self.tries -= 1
        if self.tries < 0:
            return None
        quoted = self._quoted_after(at)
        if (behind := self._behind_text(last, quoted)) is not None:
            return behind
        rows, best = [last], 0
        above = [row[:MAX_LINE].strip() for row in self.current[-MAX_ATTRIBUTION_LINES + 1 :]]
        while len(joined := " ".join(rows)) <= MAX_ATTRIBUTION:
            if _is_attribution(joined, quoted):
                best = len(rows)
                if _OPENS.match(rows[0]):
                    break
            if not above or not above[-1] or not _may_go_on(above[-1], rows[0], complete=best > 0):
                break
            rows.insert(0, above.pop())
        return len(self.current) - best + 1 if best else None

    def _behind_text(self, last: str, quoted: bool) -> int | None:
        # Some programs put "On ... wrote:" behind the last words of the reply, on one line.
        for gap in _INNER_LEAD.finditer(last):
            words, rest = last[: gap.start()].rstrip("- "), last[gap.end() :].lstrip("- ")
            if words and not _DATE.search(words) and "@" not in words and _is_attribution(rest, quoted):
                self.current.append(words)
                return len(self.current)
        return None

    def _is_torn(self, at: int, text: str) -> bool:
        """Answer whether the line is the end of a quoted one that was broken on its way."""
        before = self.lines[at - 1] if at else Line("")
        after = self.lines[at + 1] if at + 1 < len(self.lines) else Line("")
        if not (before.quoted and after.quoted):
            return False
        if text.lstrip("<([ ").startswith(("http://", "https://")):
            return True
        return (
            len(before.text) >= 60
            and len(text) <= 30
            and text[0].islower()
            and not before.text.rstrip().endswith((".", "?", "!"))
        )

    def _header_block(self, at: int, line: str) -> int:
        """Return of how many lines the "From: ... Subject: ..." is that begins at `at`; 0 where none does."""
        first = self.fields[at]
        if not first and line.endswith(">") and _stands_over_date(self.lines, at, line):
            return 1
        if first not in ("from", "date", "to", "subject"):
            return 0
        fields, last, gap = {first}, at, 0
        for here in range(at + 1, min(at + MAX_HEADER_LINES, len(self.lines))):
            if self.lines[here].quoted:
                break
            if field := self.fields[here]:
                fields.add(field)
                last, gap = here, 0
                continue
            gap += 1
            if gap > (2 if len(fields) < 4 else 0):
                break
        block = " ".join(self.lines[here].text[:200] for here in range(at, last + 1))
        fields |= _fields_in(block) if len(line) > 40 else set()
        return last + 1 - at if _is_header_block(fields, block) else 0

    def _divider(self, at: int, line: str) -> int:
        """Return 1 where "-----Original Message-----" or its kin stands at `at`, else 0."""
        core = line.strip(_DASHES + " :\t：").lower()
        if not core:
            return self._rule_before_header(at, line)
        if len(core) > 90:
            return 0
        if line[0] in _DASHES and line[:2].strip(_DASHES) == "" and len(line) > 2:
            return int(_is_dashed(line, core))
        if core not in wordings.BARE_DIVIDERS:
            return 0
        after = self._after(at)
        return int(line.endswith((":", "：")) or (after >= 0 and bool(self.fields[after])))

    def _rule_before_header(self, at: int, line: str) -> int:
        """Return 1 where a ruled line stands over the header of an old mail, as Outlook on the web draws it."""
        if len(line) < 5:
            return 0
        after = self._after(at)
        if after < 0 or self.lines[after].quoted:
            return 0
        return int(self._header_block(after, self.lines[after].text[:MAX_LINE].strip()) > 0)


def _next_written(lines: list[Line]) -> list[int]:
    """Return, for each line, where the next line with something on it is, itself included; -1 for none."""
    found, following = -1, [-1] * len(lines)
    for at in range(len(lines) - 1, -1, -1):
        if lines[at].text or lines[at].quoted:
            found = at
        following[at] = found
    return following


def _may_end_attribution(line: str) -> bool:
    return line.endswith((*_COLONS, ">", "-", ")", "wrote", "写道", "작성")) or "@" in line[-60:]


def _may_go_on(above: str, first: str, *, complete: bool) -> bool:
    """Answer whether an attribution that begins with `first` may in truth begin in the line above."""
    if _SENTENCE_ENDS.search(above):
        return False
    halfway = first.startswith(("<", "(", "[")) or first[:1].islower() or _VERB.match(first)
    if not complete or halfway or "@" in above:
        return True
    return bool(
        _LEAD.match(above) or _VERB.search(above) or (_DATE.search(above) and not _DATE.search(first))
    )


def _is_attribution(text: str, quoted: bool) -> bool:
    """Answer whether `text` says who wrote what follows; `quoted`: what follows is marked as a quote."""
    closed = text.endswith(_COLONS)
    verb = bool(_VERB.search(text))
    if quoted and closed and (verb or _QUOTING.match(text)):
        return True
    if text.startswith("--") and text.endswith("-"):
        return bool(_VERB_ENDS.search(text))
    dated = bool(_DATE.search(text) or (_LEAD.match(text) and _TIME.search(text)))
    address = "@" in text and bool(_ADDRESS.search(text))
    if not closed:
        ends = _VERB_ENDS.search(text) or (address and _ADDRESS_ENDS.search(text))
        return quoted and dated and bool(ends) and bool(_LEAD.match(text))
    if quoted:
        timed = bool(_DATE.search(text)) and bool(_TIME.search(text))
        return timed or (address and (dated or bool(_ADDRESS_ENDS.search(text))))
    return _stands_alone(text, verb, dated, address)


def _stands_alone(text: str, verb: bool, dated: bool, address: bool) -> bool:
    """Answer whether `text` is an attribution although no mark of a quote follows it."""
    if verb and address and (dated or _VERB_ENDS.search(text)):
        return True
    if dated and address and _ADDRESS_ENDS.search(text):
        return True
    if not (verb and dated and _LEAD.match(text)) or _SPEAKS.search(text):
        return False
    return bool(_VERB_ENDS.search(text)) or len(text) <= 120


def _field_of(line: str) -> str:
    """Return which header field of a quoted mail `line` begins with, or nothing."""
    name, colon, _ = line[: wordings.MAX_FIELD_NAME + 8].replace("：", ":").partition(":")
    if not colon:
        return ""
    return wordings.FIELD_OF.get(name.strip(" *_\t|•").lower(), "")


def _stands_over_date(lines: list[Line], at: int, line: str) -> bool:
    # Old Lotus Notes: the name and address on one line, the date on the next, then "To" and "Subject" without colons.
    below = lines[at + 1].text.strip() if at + 1 < len(lines) else ""
    return 0 < len(below) <= 40 and bool(_ADDRESS.search(line) and _DATE.match(below) and _TIME.search(below))


def _fields_in(line: str) -> set[str]:
    return {wordings.FIELD_OF.get(name.lower(), "") for name in _FIELD_IN_LINE.findall(line[:MAX_LINE])}


def _is_header_block(fields: set[str], block: str) -> bool:
    known = fields & {"from", "date", "to", "subject"}
    if len(known) >= 3 or known == {"from", "date"}:
        return True
    if known == {"from"}:
        return bool(_ONE_ADDRESS.fullmatch(block))
    if len(known) < 2 or "@" not in block or not _ADDRESS.search(block):
        return False
    return "from" in known or (known == {"date", "to"} and bool(_DATE.search(block)))


def _is_dashed(line: str, core: str) -> bool:
    if core in wordings.BARE_DIVIDERS or any(phrase in core for phrase in wordings.DASHED):
        return True
    words = core.replace("-", " ").split()
    if len(words) > 8 or line[-2:].strip(_DASHES):
        return False
    return any(word in core for word in wordings.MESSAGE_WORDS)
