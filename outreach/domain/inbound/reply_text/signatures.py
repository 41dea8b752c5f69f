"""Signatures: where the writer has said what there was to say, and only name, address and small print follow."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import islice

from outreach.domain.inbound.reply_text import signoffs
from outreach.domain.inbound.reply_text.footers import (
    goes_on_banner,
    is_banner,
    is_device_line,
    is_footer,
    is_picture,
)

MAX_SIGNATURE_LINES = 16
MAX_LINE = 400
MAX_SHORT = 60
MAX_RULES = 30

_DELIMITER = re.compile(r"(?:--|—|–|__|-- ?|–-|—-)\Z")
_RULE = re.compile(r"[-_=*~—–.·•#+]{3,}\Z")
_POSTSCRIPT = re.compile(
    r"(?:p\.? ?s|n\.? ?b|ui|pd|u\. ?i)[.:)]{1,2}(?!\w)|(?:ps|p\.s\.?)\s[A-Z]|postscript", re.IGNORECASE
)
_CONTACT = re.compile(
    r"(?:\b(?:tel|phone|ph|mob|mobile|cell|direct|office|fax|handy|telefon|telefax|mobil|tél|téléphone|teléfono|telefono"
    r"|móvil|cellulare|cell|telefoon|komórka|kom|tlf|puh|e-?mail|mail|web|www|skype|linkedin|t|m|p|f|e|d|w|o|c)"
    r"\s?[.:|]\s?\S)|\+\d[\d\s()./-]{6,24}\d|\(\d{2,5}\)\s?\d{3}|\b\d{3}[-. ]\d{3}[-. ]\d{4}\b|\bwww\.\w|https?://"
    r"|[\w.+-]{1,64}@[\w-]{1,63}\.",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"\b(?:GmbH|AG|KG|OHG|mbH|e\.K\.|Ltd|Limited|Inc|LLC|LLP|PLC|Corp|Kft|Zrt|Nyrt|Bt|S\.?A\.?S?|SARL|SAS"
    r"|S\.?L\.?U?|S\.?r\.?l|S\.?p\.?A|B\.?V|N\.?V|Sp\.? z ?o\.? ?o|S\.A|s\.r\.o|a\.s|AB|ApS|A/S|Oy|OÜ|Pty|Co)\b\.?"
)
_NAME_WORD = re.compile(r"(?:[^\W\d_]\.?){1,3}|[^\W\d_][\w'’.-]{1,24}")
_PARTICLES = frozenset(
    "von van de der den del della di da dos du la le el al bin zu zum ter i.a. i.v. ppa. p.p. né née and und és et y e"
    " i &".split()
)
_BRACKETED = re.compile(r"\s?(?:\([^()]{0,40}\)|<[^<>]{0,300}>)")
_DASHED_NAME = re.compile(r"(?:-{1,2}|–|—|~|//?)\s?[A-ZÀ-Þ][\w.'-]{1,20}(?:\s[A-ZÀ-Þ][\w.'-]{0,20}){0,2}\Z")
_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|hallo|guten (?:tag|morgen|abend)"
    r"|sehr geehrte\w?|liebe[rs]?|moin|servus|szia|sziasztok|kedves|tisztelt|jó (?:napot|reggelt|estét)"
    r"|üdv|helló|bonjour|bonsoir|cher|chère|salut|hola|buenos días|buenas (?:tardes|noches)|estimad[oa]"
    r"|ciao|buongiorno|buonasera|gentile|salve|egregio|beste|geachte|goedemorgen|goedemiddag|dag|cześć"
    r"|dzień dobry|witam|szanown\w{1,4}|olá|bom dia|boa tarde|hej|hei|moi|dobrý den|ahoj|bună|merhaba"
    r"|здравствуйте|добрый день|привет|добрий день|γεια"
    r")\b.{0,60}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Sender:
    """The writer's names as the header gives them, folded: no accents, lower case."""

    names: frozenset[str] = frozenset()
    address: str = ""
    initials: frozenset[str] = frozenset()

    @classmethod
    def of(cls, header: str) -> Sender:
        """Return the sender that a From field names."""
        name, _, rest = header.rpartition("<") if "<" in header else ("", "", header)
        address = rest.strip(" <>\"'").lower()
        local = address.partition("@")[0]
        own = re.findall(r"[^\W\d_]{1,40}", _folded(name[:200]))
        words = [*own, *re.findall(r"[^\W\d_]{2,40}", _folded(local[:64]))]
        letters = "".join(word[0] for word in own[:3])
        initials = {letters, letters[::-1], letters[:1], letters[-1:]} - {""}
        return cls(frozenset(word for word in words if len(word) > 1), address, frozenset(initials))

    def is_named(self, line: str) -> bool:
        """Answer whether `line` is nothing but a name of the sender, or part of it."""
        line = _BRACKETED.sub("", line[:MAX_LINE]).strip(" -–—/~*_,.")
        if not line or len(line) > MAX_SHORT:
            return False
        words = re.findall(r"[^\W\d_]+", _folded(line))
        if not 1 <= len(words) <= 5 or any(letter.isdigit() or letter in "@?!:" for letter in line):
            return False
        if "".join(words) in self.initials and len(line) <= 8:
            return True
        known = sum(map(self._has, words))
        if known and all(len(word) == 1 or self._has(word) or word in _TITLES for word in words):
            return True
        return bool(known) and 2 <= len(words) <= 3 and self._has(words[0]) and _is_name(line)

    def is_named_before_title(self, line: str) -> bool:
        """Answer whether `line` is a full name of the sender with a title or a company behind it."""
        if len(line) > 100:
            return False
        name, *title = re.split(r"\s?[|•·–—/]\s?|,\s|\s-\s", line, maxsplit=1)
        return bool(title) and " " in name and self.is_named(name)

    def shares_with(self, line: str) -> bool:
        """Answer whether a name of the sender stands in `line`."""
        return any(self._has(word) for word in re.findall(r"[^\W\d_]{3,}", _folded(line)))

    def _has(self, word: str) -> bool:
        return word in self.names or (len(word) >= 3 and any(name.startswith(word) for name in self.names))


_TITLES = frozenset("dr prof mr mrs ms ing dipl mag phd mba msc bsc von van de der dra lic".split())


def _folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()


def without_signature(text: list[str], sender: Sender, *, before: list[str]) -> list[str]:
    """Return the lines of one stretch up to its signature, and a postscript behind it; `before`: what is kept so far."""
    rows = [row.strip() for row in text]
    start = _past_banner(rows)
    end, kept_last = _first_end(rows, start, sender, bool(before))
    postscript = _postscript(text, rows, end)
    kept = [row for row, bare in zip(text[start:end], rows[start:end], strict=True) if not _is_noise(bare)]
    if not kept_last:
        kept = _trimmed(kept, sender, bool(before))
    return kept + postscript


def _is_noise(row: str) -> bool:
    return bool(row) and (is_device_line(row) or is_picture(row))


def _past_banner(rows: list[str]) -> int:
    """Return where the text begins behind what a gateway wrote over it."""
    at = 0
    while at < len(rows):
        if rows[at] and not is_banner(_paragraph(rows, at)):
            return at
        at += 1
        while at < len(rows) and rows[at - 1] and goes_on_banner(rows[at - 1], rows[at]):
            at += 1
    return at


def _paragraph(rows: list[str], at: int) -> str:
    lines: list[str] = []
    for row in rows[at : at + 12]:
        if not row:
            break
        lines.append(row)
    return " ".join(lines)[:1200]


def _first_end(rows: list[str], start: int, sender: Sender, before: bool) -> tuple[int, bool]:
    """Return where the signature begins, and whether the line before it is the whole of the answer ("Thanks!")."""
    said, rules = before, 0
    for at in range(start, len(rows)):
        row = rows[at]
        if not row:
            continue
        if _DELIMITER.match(row):
            return at, False
        if _RULE.match(row) and (rules := rules + 1) <= MAX_RULES and _only_signature(rows, at + 1):
            return at, False
        new_paragraph = at == start or not rows[at - 1]
        if (new_paragraph or said) and is_footer(row, _paragraph(rows, at) if new_paragraph else row):
            return at, False
        if len(row) <= MAX_SHORT + 20 and (close := _closes(rows, at, sender, said)):
            return (at + 1, True) if close == "all" else (at, False)
        said = said or not (_GREETING.fullmatch(row) or _is_noise(row))
    return len(rows), False


def _closes(rows: list[str], at: int, sender: Sender, said: bool) -> str:
    """Return "end" where a sign-off stands at `at`, "all" where it is all that was said, else nothing."""
    found = signoffs.read(rows[at])
    if found is None:
        return ""
    following = [row for row in rows[at + 1 : at + 8] if row and not _is_noise(row)]
    if not _signs(found, following, sender, said):
        return ""
    return "all" if not said and (found.weak or not following) else "end"


def _signs(found: signoffs.SignOff, following: list[str], sender: Sender, said: bool) -> bool:
    """Answer whether what stands behind the words of a sign-off is a name, or nothing, and not a sentence."""
    if found.name:
        known = sender.is_named(found.name)
        if not (known or (said and not found.weak and _is_name(found.name))):
            return False
        return not following or not _is_sentence(following[0]) or len(following) > 2
    if not following:
        return not found.weak or found.open or not said
    first = following[0]
    if sender.is_named(first) or signoffs.read(first) is not None or _DELIMITER.match(first):
        return True
    if found.weak or not said:
        return _is_name(first) and (len(following) == 1 or not _is_sentence(following[1]))
    return not _is_sentence(first)


def _is_name(row: str) -> bool:
    """Answer whether `row` looks like the name of a person: a few words that begin with a capital."""
    row = row.strip(" -–—/~*_,")
    if not 1 < len(row) <= 45 or row.endswith((":", "?", "!", ";")):
        return False
    words = row.rstrip(".").split()
    if not 1 <= len(words) <= 5:
        return False
    return all(
        word.lower() in _PARTICLES
        or (_NAME_WORD.fullmatch(word.strip("(),")) and not word.strip("(")[0].islower())
        for word in words
    )


def _is_sentence(row: str) -> bool:
    row = row[:MAX_LINE]
    words = row.split()
    if len(words) >= 12:
        return not _CONTACT.search(row)
    if _CONTACT.search(row) or _COMPANY.search(row):
        return False
    if row.endswith((".", "?", "!", "…", ":")) and len(words) >= 3:
        return True
    return len(words) >= 7 or (len(words) >= 4 and row[0].islower())


def _only_signature(rows: list[str], at: int) -> bool:
    """Answer whether all that follows is a signature or small print."""
    first = next((here for here in range(at, len(rows)) if rows[here]), -1)
    if first < 0 or is_footer(rows[first], _paragraph(rows, first)):
        return True
    following = list(islice(filter(None, islice(rows, first, None)), MAX_SIGNATURE_LINES + 1))
    return len(following) <= MAX_SIGNATURE_LINES and not any(map(_is_sentence, following))


def _postscript(text: list[str], rows: list[str], end: int) -> list[str]:
    for at in range(end + 1, min(end + 30, len(rows))):
        if _POSTSCRIPT.match(rows[at]):
            last = next((later for later in range(at, len(rows)) if not rows[later]), len(rows))
            return ["", *text[at:last]]
    return []


def _trimmed(kept: list[str], sender: Sender, before: bool) -> list[str]:
    """Return `kept` without a name or an address block at its end, if anything is left then."""
    rows = [row.strip() for row in kept]
    while rows and not rows[-1]:
        rows.pop()
    first = max(len(rows) - MAX_SIGNATURE_LINES, 0)
    for at in range(first, len(rows)):
        if rows[at] and _begins_block(rows, at, sender) and (before or _says_something(rows[:at])):
            return kept[:at]
    return kept[: len(rows)]


def _says_something(rows: list[str]) -> bool:
    return any(row and not _GREETING.fullmatch(row) for row in rows)


def _begins_block(rows: list[str], at: int, sender: Sender) -> bool:
    """Answer whether a signature without any words of farewell begins at `at`."""
    row = rows[at]
    above = next((row for row in reversed(rows[:at]) if row), "")
    block, said_on = _until_sentence(rows[at + 1 :])
    contacts = sum(bool(_CONTACT.search(row) or _COMPANY.search(row)) for row in block)
    if above.endswith(":"):
        return False
    if sender.is_named(row) or sender.is_named_before_title(row):
        return not said_on or contacts > 0
    if not block and not said_on and _DASHED_NAME.match(row):
        return not any(other.startswith(("-", "–", "—", "~", "/")) for other in rows[:at])
    if not contacts or said_on or (above.endswith(",") and not _GREETING.fullmatch(above)):
        return False
    return _is_name(row) and not _is_somebody_else(rows[at:], sender)


def _until_sentence(rows: list[str]) -> tuple[list[str], bool]:
    """Return the lines before the first sentence, without empty ones, and whether there is a sentence."""
    block: list[str] = []
    for row in rows:
        if row and _is_sentence(row):
            return block, True
        block += [row] if row else []
    return block, False


def _is_somebody_else(block: list[str], sender: Sender) -> bool:
    """Answer whether the block names another person: then it is what the writer wanted to tell."""
    addresses = re.findall(r"([\w.+-]{1,64})@[\w.-]{1,255}", " ".join(block)[:2000].lower())
    if not addresses or not sender.address:
        return False
    mine = sender.address.partition("@")[0]
    return mine not in addresses and not sender.shares_with(block[0])
