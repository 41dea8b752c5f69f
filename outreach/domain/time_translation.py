"""The words for times in a sentence put into English, so that one grammar reads eight languages."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from outreach.domain.time_words import SAID


def _plain_letters() -> dict[int, str]:
    table = {ord(letter): plain for letter, plain in zip("łŁßøØđĐ’‘ı", "lLsoOdD''i", strict=True)}
    for code in range(0xC0, 0x250):
        letter = unicodedata.normalize("NFD", chr(code))[0]
        if letter.isascii() and letter.isalpha():
            table[code] = letter
    return table


_PLAIN = _plain_letters()


def without_accents(text: str) -> str:
    """Return `text` in lower case with the plain letter for each accented one, letter by letter."""
    return text.translate(_PLAIN).lower()


@dataclass(frozen=True)
class English:
    """A sentence with its words for times in English, and where each place of it stands in the sentence."""

    text: str
    starts: tuple[int, ...]
    pieces: tuple[tuple[int, int, bool], ...]

    def place(self, start: int, end: int) -> tuple[int, int]:
        return self._source(start, False), self._source(end, True)

    def _source(self, at: int, is_end: bool) -> int:
        index = max(0, bisect_right(self.starts, at - is_end) - 1)
        begin, finish, translated = self.pieces[index]
        return (finish if is_end else begin) if translated else min(finish, begin + at - self.starts[index])


def in_english(sentence: str, language: str) -> English:
    """Return `sentence`, lower case without accents, with the words for times that `language` has in English."""
    known, words = _said(language)
    if known is None:
        return English(sentence, (0,), ((0, len(sentence), False),))
    text, starts, pieces, last = "", [], [], 0
    for match in known.finditer(sentence):
        for begin, end, new in ((last, match.start(), None), (*match.span(), _word_for(match[0], words))):
            starts.append(len(text))
            pieces.append((begin, end, new is not None))
            text += sentence[begin:end] if new is None else new
        last = match.end()
    starts.append(len(text))
    pieces.append((last, len(sentence), False))
    return English(text + sentence[last:], tuple(starts), tuple(pieces))


def _word_for(written: str, words: dict[str, str]) -> str:
    """Return the English for what is written, which may be a beginning that goes on: "nächstes", "przyszłym"."""
    if written in words:
        return words[written]
    if reordered := _REORDERED.fullmatch(written):
        number, unit = reordered["number"], reordered["unit"]
        return f"in {words.get(number, number)} {words.get(unit, unit)}"
    return next(
        english for begin, english in words.items() if begin[-1] == "_" and written.startswith(begin[:-1])
    )


@cache
def _said(language: str) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    words = {said: english for english, all_said in SAID[language].items() for said in all_said.split("|")}
    if not words:
        return None, words
    known = "|".join(word.replace("_", r"\w{0,4}") for word in sorted(words, key=len, reverse=True))
    reordered = (
        f"{_REORDERED.pattern}|".replace("?P<number>", "?:").replace("?P<unit>", "?:")
        if language == "hu"
        else ""
    )
    return re.compile(rf"(?<!\w)(?:{reordered}{known})(?!\w)"), words


_REORDERED = re.compile(
    r"(?P<number>egy|ket|ketto|harom|negy|ot|hat|het|nyolc|kilenc|tiz|tizenket|\d{1,3}) (?P<unit>nap|het|honap|negyedev|ev)"
    r"(?: mulva|on belul|en belul)"
)
