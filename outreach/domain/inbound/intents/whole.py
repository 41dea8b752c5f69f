"""What means something only where it is all that somebody says: "no", "stop", "yes please"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from outreach.domain.inbound.intents.notation import Hit, Tongue, pattern
from outreach.domain.inbound.intents.reading import Reading

MAX_WORDS = 6
MAX_AFTER = 3
"""Whoever goes on for more sentences has said more than one word."""
_POLITE = re.compile(
    r"^(?:please|pls|plz|bitte|kerem|kerjuk|merci|por favor|per favore|prego|graag|aub|prosze|hi|hello"
    r"|hallo|ok|well|so"
    r"|danke|koszonom|gracias|grazie|thanks)\W+(?=\w)"
    r"|\W+(?:please|pls|plz|asap|now|thanks|thank you|thx|bitte|danke|kerem|koszonom|svp|s'il vous plait"
    r"|merci|por favor"
    r"|gracias|per favore|grazie|aub|alstublieft|bedankt|prosze|dziekuje|sofort|immediately)(?=\W*$)"
)


def whole_hits(reading: Reading, tongue: Tongue) -> Iterator[Hit]:
    """Return the sentences of a short text that are nothing but a sign of this language."""
    for start, end in reading.sentences[:MAX_AFTER]:
        said = reading.folded[start:end]
        if len(said) > 80 or len(said.split()) > MAX_WORDS:
            continue
        bare = said.strip(" \n.!,;:-\"'()*>?")
        for words in (bare, _POLITE.sub("", bare)):
            for sign, wanted in _compiled(tongue):
                if wanted.fullmatch(words):
                    yield Hit(
                        sign, start + len(said) - len(said.lstrip()), start + len(said.rstrip()), tongue
                    )


@cache
def _compiled(tongue: Tongue) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (sign, re.compile("|".join(map(pattern, phrases)))) for sign, phrases in tongue.whole.items()
    )
