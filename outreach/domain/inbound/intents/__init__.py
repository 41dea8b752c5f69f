"""What somebody means by a reply, judged by phrases that leave little doubt; else nothing is said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache

from outreach.domain.inbound.intents import naming, settling, timing
from outreach.domain.inbound.intents.notation import Hit, Lexicon, Tongue
from outreach.domain.inbound.intents.reading import Reading, read
from outreach.domain.inbound.intents.tongues import TONGUES
from outreach.domain.inbound.intents.whole import whole_hits
from outreach.domain.inbound.language import language_of
from outreach.domain.inbound.words import Intent, Meaning

MAX_EVIDENCE = 200
FINAL = frozenset(
    {Intent.UNSUBSCRIBE, Intent.ANGRY, Intent.WRONG_PERSON, Intent.ALREADY_BOUGHT, Intent.NOT_INTERESTED}
)
"""Whoever says one of these states no time of purchase, whatever else is said."""


def read_intent(text: str, day: date | None, language: str = "") -> Meaning:
    """Return what the writer of `text` means, `Intent.UNSURE` where phrases do not tell.

    `day` is when it was written, for "in 8 months"; without it no date is read. `language` (ISO 639-1) is found
    from the text where it is not given. The evidence is what decided, as written, on one line of at most
    `MAX_EVIDENCE` letters.
    """
    reading = read(text)
    tongues = _tongues(language or language_of(reading.plain))
    found = sorted(_found(reading, tongues), key=lambda hit: hit.start)
    signs = settling.surviving(reading, found)
    asked = next(settling.questions(reading, found), None)
    question = Hit(Intent.QUESTION, *asked, tongues[0]) if asked else None
    decided = settling.settled(signs, question)
    intent = Intent(decided.sign) if decided else Intent.UNSURE
    evidence = reading.evidence(decided.start, decided.end)[:MAX_EVIDENCE] if decided else ""
    later = intent in (Intent.NOT_NOW, Intent.NO_BUDGET)
    if not later and {intent, *signs} & FINAL:
        return _final(reading, intent, evidence, found, day)
    return Meaning(
        intent,
        evidence,
        purchase_time=timing.purchase_time(reading, day, tuple(tongue.code for tongue in tongues)),
        resume_on=timing.resume_on(reading, day, found, tuple(tongue.code for tongue in tongues))
        if later
        else None,
    )


def _final(reading: Reading, intent: Intent, evidence: str, found: list[Hit], day: date | None) -> Meaning:
    if intent is Intent.ALREADY_BOUGHT:
        return Meaning(
            intent,
            evidence,
            competitor=naming.competitor(reading, found),
            contract_ends_on=timing.contract_end(reading, day),
        )
    referral = naming.referral(reading) if intent is Intent.WRONG_PERSON else ()
    return Meaning(intent, evidence, referral=referral)


def _found(reading: Reading, tongues: tuple[Tongue, ...]) -> Iterator[Hit]:
    for tongue in tongues:
        yield from _lexicon(tongue.code).hits(reading)
        yield from whole_hits(reading, tongue)
    yield from settling.directions(reading, tongues[0])


def _tongues(language: str) -> tuple[Tongue, ...]:
    """Return the languages whose phrases are looked for: that of the text and English, all where it is not known."""
    if not language:
        return tuple(TONGUES.values())
    return tuple(TONGUES[code] for code in dict.fromkeys((language, "en")) if code in TONGUES)


@cache
def _lexicon(code: str) -> Lexicon:
    return Lexicon(TONGUES[code])
