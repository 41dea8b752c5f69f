"""The first words of a mail, for rules that go by what is written, and tables of phrases that are quick to look for."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from outreach.domain.date_words import folded
from outreach.domain.inbound.parts import Opened

LENGTH = 2000
"""What a machine writes says so at its beginning."""

_BODY = re.compile(r"<body\b", re.IGNORECASE)
_UNSEEN = re.compile(r"<(style|title|script)\b[^<]{0,20000}</\1\s{0,5}>|<!--[^<>]{0,5000}-->", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/p|/div|/tr|/li|/h\d)\b[^<>]{0,500}>", re.IGNORECASE)
_QUOTE_TAG = re.compile(
    r"<blockquote\b|<div[^<>]{0,200}(?:gmail_quote|appendonsend|divRplyFwdMsg|yahoo_quoted|moz-cite-prefix"
    r"|protonmail_quote|border-top: ?solid)",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[^<>]{0,4000}>")
_BLANKS = re.compile(r"[ \t\r\f\v\xa0]+")
_BREAKS = re.compile(r" ?\n[ \n]*")
# Where the mail that is answered begins: whoever quotes it has answered it with a mail program.
_QUOTE = re.compile(
    r"\n>|\n_{10,}\n|\n-{2,20} ?(?:original|urspr|eredeti|message d'|mensaje ori|messaggio ori|oorspr"
    r"|wiadomosc ory|forwarded|weitergel)|\n[^\n]{6,200}(?:wrote|schrieb[^\n]{0,80}|a ecrit|escribio"
    r"|ha scritto|schreef[^\n]{0,80}|napisal\w?\(?a?\)?|ezt irta[^\n]{0,80}|irta) ?: ?\n|\n\*?(?:from"
    r"|von|felado|de|da|van|od|fran|fra): ?[^\n]{1,200}\n\*?(?:sent|date|gesendet|datum|kuldve|envoye"
    r"|enviado|inviato|data|verzonden|wyslano|skickat|to|an|cimzett) ?: "
)


@dataclass(frozen=True)
class Beginning:
    """What a mail begins with: lower case, no accents, on one line; without the mail it quotes, if `quotes`."""

    words: str
    quotes: bool


def beginning(mail: Opened) -> Beginning:
    """Return the first 2,000 letters of what somebody wrote, and whether a quoted mail follows."""
    for part in mail.of_type("text/plain"):
        if not part.is_attachment and (written := part.text()[: 3 * LENGTH].strip()):
            quote = written.find("\n>")
            return _beginning(written[: quote + 2] if quote >= 0 else written, quotes=False)
    for part in mail.of_type("text/html"):
        if not part.is_attachment:
            return _beginning(*_without_markup(part.text()))
    return Beginning("", quotes=False)


def _beginning(text: str, quotes: bool) -> Beginning:
    lines = "\n".join(folded(line) for line in text.split("\n"))
    plain = "\n" + _BREAKS.sub("\n", _BLANKS.sub(" ", lines)).strip()
    quote = _QUOTE.search(plain)
    words = plain[: quote.start() if quote else len(plain)][:LENGTH]
    return Beginning(words.replace("\n", " ").strip(), quotes or quote is not None)


def _without_markup(source: str) -> tuple[str, bool]:
    body = _BODY.search(source)
    source = source[body.start() if body else 0 :][: 16 * LENGTH]
    quote = _QUOTE_TAG.search(source)
    seen = _UNSEEN.sub(" ", source[: quote.start() if quote else len(source)])
    return html.unescape(_TAG.sub("", _BREAK.sub("\n", seen.replace("\n", " ")))), quote is not None


class Phrases:
    """A table of phrases as patterns, one or several a line, parted by " | "; for folded text.

    A text has few of the words that a table knows: a pattern is tried only where letters stand that it cannot do
    without. So a table of hundreds costs some microseconds.
    """

    def __init__(self, table: str) -> None:
        written = [one.strip() for line in table.strip().split("\n") for one in line.split(" | ")]
        self._needing: dict[str, list[re.Pattern[str]]] = {}
        self._others: list[tuple[str, re.Pattern[str]]] = []
        for pattern in (one for phrase in written if phrase for one in _expanded(phrase)):
            literal = _literal(pattern)
            if len(literal) < _GRAM:
                self._others.append((literal, re.compile(pattern)))
            else:
                self._needing.setdefault(_rarest(literal), []).append(re.compile(pattern))

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first place in `text` where one of the phrases stands."""
        found = filter(None, (pattern.search(text) for pattern in self._possible(text)))
        return min(found, key=re.Match.start, default=None)

    def count(self, text: str) -> int:
        """Return at how many places in `text` phrases begin."""
        found = filter(None, (pattern.search(text) for pattern in self._possible(text)))
        return len({match.start() for match in found})

    def begins(self, text: str) -> bool:
        """Answer whether `text` begins with one of the phrases."""
        return any(pattern.match(text) for pattern in self._possible(text))

    def _possible(self, text: str) -> Iterator[re.Pattern[str]]:
        for gram in self._needing.keys() & _grams(text):
            yield from self._needing[gram]
        for literal, pattern in self._others:
            if literal in text:
                yield pattern


_GRAM = 4


@lru_cache(maxsize=4)
def _grams(text: str) -> frozenset[str]:
    return frozenset(text[at : at + _GRAM] for at in range(len(text) - _GRAM + 1))


def _rarest(literal: str) -> str:
    """Return four letters of `literal` that few texts have: from its end, without blanks where it can be."""
    grams = [literal[at : at + _GRAM] for at in range(len(literal) - _GRAM + 1)]
    return min(grams, key=lambda gram: gram.count(" "))


# A group without groups in it that is not repeated.
_INNER_GROUP = re.compile(r"\(\?:((?:[^()\\]|\\.)*)\)(?![?*+{])")
_GROUP = re.compile(r"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.|\([^()]*\))*\))*\)[?*+]?(?:\{[\d,]*\})?\??")
_LOOSE = re.compile(r"\[[^\]]*\](?:[?*+]|\{[\d,]*\})?|\\.(?:[?*+]|\{[\d,]*\})?|.(?:[?*]|\{[\d,]*\})")
_LITERAL = re.compile(r"[\w '@#,:/-]+")


def _literal(pattern: str) -> str:
    """Return the longest run of letters that whatever matches `pattern` has to hold."""
    bare = _LOOSE.sub("\0", _GROUP.sub("\0", pattern))
    return max(_LITERAL.findall(bare), key=len, default="")


def _expanded(pattern: str) -> list[str]:
    """Return patterns that match the same as `pattern`, each with letters that it cannot do without, if it can be."""
    if len(_literal(pattern)) >= _GRAM:
        return [pattern]
    for group in _INNER_GROUP.finditer(pattern):
        before, behind = pattern[: group.start()], pattern[group.end() :]
        if "|" in group[1] and before.count("(") == before.count(")"):
            found = [before + one + behind for one in group[1].split("|")]
            return [last for one in found for last in _expanded(one)]
    return [pattern]
