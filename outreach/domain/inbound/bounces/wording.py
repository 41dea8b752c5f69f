"""Text of mail systems made comparable, and phrases looked up in it in linear time."""

from __future__ import annotations

import re
from typing import NamedTuple

MAX_READ = 4000
# How far apart two pieces of a phrase may stand.
GAP = 70
_TRIES = 4

_LINK = re.compile(r"(?:https?://|www\.)[^\s<>\"]{1,500}")
_BLOCKLISTS = (
    "spamhaus",
    "spamcop",
    "barracudacentral",
    "dnsbl",
    "blacklist",
    "blocklist",
    "sorbs",
    "senderscore",
    "uceprotect",
)
_ADDRESS = re.compile(r"[\w.+%=~-]{1,64}@[\w.-]{1,255}")
_HOST = re.compile(
    r"\b(?:host|server|mta|to) [\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?: ?[\[(][\da-f.:]{3,45}[\])])?"
)
_MARKS = dict.fromkeys(map(ord, '"`<>()[]{}*_=|,;:.!?#\\-/\u201c\u201d\u00ab\u00bb\u2026'), " ")
_MARKS |= dict.fromkeys(map(ord, "\u2018\u2019\u00b4"), "'")
_SPELLINGS = (("can't", "cannot"), ("can not", "cannot"), ("n't ", " not "), (" e mail", " email"))


class Phrases(NamedTuple):
    """Phrases to look for: those in one piece, and those with gaps."""

    whole: tuple[str, ...]
    gapped: tuple[tuple[str, ...], ...]


def plain(text: str) -> str:
    """Return the first `MAX_READ` characters in lower case, one space between words, without marks, links and hosts.

    An address becomes "@", so that no name in it is taken for a word of the server.
    """
    lowered = text[:MAX_READ].lower()
    if "http" in lowered or "www." in lowered:
        lowered = _LINK.sub(_word_of_link, lowered)
    if "@" in lowered:
        lowered = _ADDRESS.sub(" @ ", lowered)
    lowered = _HOST.sub(" ", lowered)
    words = f" {' '.join(lowered.translate(_MARKS).split())} "
    for written, usual in _SPELLINGS:
        words = words.replace(written, usual)
    return words


def _word_of_link(link: re.Match[str]) -> str:
    # Some servers say no more than that.
    return " blocklist " if any(name in link[0] for name in _BLOCKLISTS) else " "


def phrases(block: str) -> Phrases:
    """Return the phrases of a block: "/" or a line end ends one, "~" is up to `GAP` other characters, "|" a word's edge."""
    written = [phrase.strip().replace("|", " ") for line in block.splitlines() for phrase in line.split("/")]
    return Phrases(
        tuple(phrase for phrase in written if phrase and "~" not in phrase),
        tuple(tuple(phrase.split("~")) for phrase in written if "~" in phrase),
    )


def found(words: str, wanted: Phrases) -> bool:
    """Answer whether one of the phrases stands in `words`, as `plain` returned them."""
    return any(phrase in words for phrase in wanted.whole) or any(
        _holds(words, each) for each in wanted.gapped
    )


def _holds(words: str, pieces: tuple[str, ...]) -> bool:
    first = words.find(pieces[0])
    for _ in range(_TRIES):
        if first < 0:
            return False
        if _follow(words, first + len(pieces[0]), pieces[1:]):
            return True
        first = words.find(pieces[0], first + 1)
    return False


def _follow(words: str, at: int, pieces: tuple[str, ...]) -> bool:
    for piece in pieces:
        start = words.find(piece, at - 1, at + GAP + len(piece))
        if start < 0:
            return False
        at = start + len(piece)
    return True
