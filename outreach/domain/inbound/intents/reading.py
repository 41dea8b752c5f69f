"""A reply made ready for its rules: the same text in three spellings of equal length, its words and sentences."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

MAX_READ = 8000
SHORT_LINE = 50
"""A line that ends before so many letters was not wrapped: it ends where its writer ended it."""


def _base_letters() -> dict[int, str]:
    """Return each accented Latin letter's own letter, one for one, so that places in a text stay the same."""
    table = {}
    for code in range(0xC0, 0x250):
        letter = unicodedata.normalize("NFD", chr(code))[0]
        if letter.isascii() and letter.isalpha():
            table[code] = letter
    for letters, base in (("łŁ", "lL"), ("ßẞ", "sS"), ("øØ", "oO"), ("đĐ", "dD"), ("æÆ", "aA"), ("œŒ", "oO")):
        table |= {ord(letter): other for letter, other in zip(letters, base, strict=True)}
    return table | {ord(letter): "'" for letter in "\u2018\u2019\u201b\u00b4`\u02bc\u2032"} | {ord("ı"): "i"}


BASE_LETTERS = _base_letters()
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_WORD = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[.!?\u2026\n]+")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st nr no inc ltd co corp vs approx tel fa z b zb bzw ca ggf evtl inkl u a fr hr pl"
    " kb stb ill ifj"
    " mme mlle m p ex av env sr sra srta dna lic ej aprox dott sig ing avv geom ecc dhr mevr bv nv np tzn"
    " itd ul mgr inz"
    " jan feb apr jun jul aug sep sept okt nov dez dec".split()
)
_CLAUSE_END = re.compile(
    r"[;:()!?\u2013]|,(?!\s(?:dass?|ob|hogy|ze|zeby\w*|aby\w*|that)\b)|(?<=\s)-(?=\s)|\n\n"
    r"|\b(?:but|although|though|however|aber|sondern|jedoch|obwohl|doch|de|viszont|hanem|azonban|mais|pero"
    r"|sino|aunque"
    r"|ma|pero'|maar|ale|lecz|jednak)\b"
)
_LAST_WORD = re.compile(r"\w+$")
_CLOSING = ")\"'\u201d\u00bb"
_OPENING = " -*\u2022>\"'\u201e("
_REACH = 70


@dataclass(frozen=True)
class Reading:
    """A text: as written, without its accents, and that in lower case; a place is the same in all three."""

    plain: str
    based: str
    folded: str

    @cached_property
    def words(self) -> list[re.Match[str]]:
        return list(_WORD.finditer(self.folded))

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Where each sentence begins and ends; a line that was not wrapped and the next one are two."""
        found, start = [], 0
        for match in _BREAK.finditer(self.based):
            if self._ends_sentence(match, start):
                found.append((start, match.end()))
                start = match.end()
        found.append((start, len(self.plain)))
        return [(begin, end) for begin, end in found if self.plain[begin:end].strip()]

    @cached_property
    def _starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def sentence_at(self, place: int) -> tuple[int, int]:
        """Return where the sentence begins and ends in which `place` lies."""
        return self.sentences[max(0, bisect_right(self._starts, place) - 1)]

    def clause_before(self, place: int) -> str:
        """Return what stands before `place` in the same clause, folded, as far as a negation reaches."""
        start = max(self.sentence_at(place)[0], place - _REACH)
        return _CLAUSE_END.split(self.folded[start:place])[-1]

    def clause_after(self, place: int) -> str:
        """Return what follows `place` in the same clause, folded."""
        end = min(self.sentence_at(place)[1], place + _REACH)
        return _CLAUSE_END.split(self.folded[place:end], maxsplit=1)[0]

    def evidence(self, start: int, end: int) -> str:
        """Return what is written there, on one line."""
        return " ".join(self.plain[start:end].split())

    def _ends_sentence(self, match: re.Match[str], start: int) -> bool:
        follows = self.based[match.end() : match.end() + 8]
        if "\n\n" in match[0] or not follows:
            return True
        if match[0] == "\n":
            return self._ends_line(match.start(), start, follows)
        if match[0][-1] != "\n" and not (follows[0].isspace() or follows[0] in _CLOSING):
            return False
        return (
            match[0][0] != "."
            or len(match[0]) > 1
            or self._ends_at_stop(match.start(), start, follows.lstrip())
        )

    def _ends_line(self, place: int, start: int, follows: str) -> bool:
        line = self.based[max(start, place - SHORT_LINE) : place].rsplit("\n", 1)[-1]
        begins = follows.lstrip(_OPENING)[:1]
        return len(line) < SHORT_LINE and line[-1:] != "," and (begins.isupper() or not follows[0].isalpha())

    def _ends_at_stop(self, place: int, start: int, follows: str) -> bool:
        word = _LAST_WORD.search(self.based[max(start, place - 12) : place])
        written = word[0].lower() if word else ""
        if written[-1:].isdigit():
            return len(written) > 3 and follows[:1].isupper()  # "15. March" and "2027. marcius" are no ends
        return written not in _ABBREVIATIONS


def read(text: str) -> Reading:
    """Return the beginning of `text`, at most `MAX_READ` letters, with every run of blanks made one."""
    text = text[: 2 * MAX_READ]
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_UNSEEN)
    lines = (" ".join(line.split()) for line in text.splitlines())
    plain = re.sub(r"\n{2,}", "\n\n", "\n".join(lines)).strip()[:MAX_READ]
    based = plain if plain.isascii() else plain.translate(BASE_LETTERS)
    if "`" in based:
        based = based.replace("`", "'")
    return Reading(plain, based, based.lower())
