"""From the signs in a reply to its intent: what takes a sign back, and which sign counts where several are found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from outreach.domain.inbound.intents.notation import Hit, Tongue, one_of
from outreach.domain.inbound.intents.reading import Reading
from outreach.domain.inbound.words import Intent

POSITIVE = (Intent.MEETING, Intent.INTERESTED)
NEGATIVE = (Intent.ALREADY_BOUGHT, Intent.NO_BUDGET, Intent.NOT_NOW, Intent.NOT_INTERESTED)
"""Each in the order in which they count. A reply that says both kinds says nothing that a rule may act on."""

NEGATABLE = frozenset(
    {
        *POSITIVE, Intent.UNSUBSCRIBE, Intent.ANGRY, Intent.ALREADY_BOUGHT, Intent.NO_BUDGET, Intent.QUESTION, "elsewhere",
        "talk", "send", "acquired",
    }
)  # fmt: skip
CONDITIONAL = frozenset(
    {*POSITIVE, Intent.ALREADY_BOUGHT, Intent.QUESTION, Intent.UNSUBSCRIBE, "talk", "send", "acquired"}
)
PAIRED = (
    ("talk", "slot", Intent.MEETING),
    ("send", "material", Intent.INTERESTED),
    ("acquired", "rival", Intent.ALREADY_BOUGHT),
)
"""Two signs that are an intent together, in one sentence."""
MAX_APART = 100
AGREED = frozenset({Intent.MEETING, Intent.NOT_NOW, "talk", "elsewhere"})
"""What a sentence does not say that speaks of what they do among themselves: "we meet on Monday and let you know"."""
_POSTPONES = re.compile(
    r"\s?(?:again\s|wieder\s)?(?:until|till|before|bis|vor|jusqu\w*|avant|hasta|antes|fino|prima|tot"
    r"|voor|do|przed)\s"
    r"(?!further|you\b)"
)
_CONTRAST = re.compile(
    r"\b(?:but|although|though|however|unfortunately|aber|jedoch|leider|de|viszont|azonban|sajnos|mais"
    r"|malheureusement|pero|aunque"
    r"|ma|pero'|purtroppo|maar|helaas|ale|lecz|niestety)\b"
)
_WHY = re.compile(r"\s?(?:in\s)?(?:why|how come|who|where)\b")
_NOT_ONLY = re.compile(
    r"\b(?:not only|not just|nicht nur|nem csak|non seulement|no solo|non solo|niet alleen|nie tylko"
    r"|why not)\b"
)

_ADDRESS = re.compile(r"(?<![\w.+-])[a-z0-9][\w.+-]{0,63}@[a-z0-9-]{1,63}\.[a-z]")
MIN_DIRECTION = 5
_OWN = re.compile(
    r"\b(?:me|my|mine|us|our|i|mich|mir|meine\w*|uns|ich|engem|nekem|cimem\w*|moi|mon|ma|je|mi|mis|yo"
    r"|nos|mio|mia|io|mij|mijn|ik|ons"
    r"|mnie|mi|moj\w*|remove|delete|unsubscribe|invoice|rechnung|facture|factura|fattura|factuur"
    r"|faktur\w*|szamla\w*|entfernen|loschen|toroljek|supprim\w*|elimin\w*"
    r"|cancell\w*|verwijder\w*|usun\w*)\b"
)

Signs = dict[str, Hit]


def surviving(reading: Reading, found: Iterable[Hit]) -> Signs:
    """Return the first hit of each sign that nothing in the text takes back."""
    hits = list(found)
    muted = [hit for hit in hits if hit.sign == "courtesy"]
    undecided = {reading.sentence_at(hit.start) for hit in hits if hit.sign == "undecided"}
    hits = [hit for hit in hits if hit.sign not in AGREED or reading.sentence_at(hit.start) not in undecided]
    denied = {reading.sentence_at(hit.start): hit.end for hit in hits if hit.sign == "denied"}
    kept = [hit for hit in hits if not _muted(reading, hit, muted, denied) and not taken_back(reading, hit)]
    signs: Signs = {}
    for hit in _longest(kept):
        hit = _meant(reading, hit)
        signs.setdefault(hit.sign, hit)
    for hit in _paired(
        reading, kept, {reading.sentence_at(hit.start) for hit in hits if hit.sign in NEGATIVE}
    ):
        signs.setdefault(hit.sign, hit)
    return _softened(reading, signs, hits)


def _paired(reading: Reading, kept: list[Hit], refusing: set[tuple[int, int]]) -> Iterator[Hit]:
    """Return the pairs that stand in one sentence, in none that refuses something."""
    for first, second, sign in PAIRED:
        seconds = [hit for hit in kept if hit.sign == second]
        for hit in kept if seconds else ():
            sentence = reading.sentence_at(hit.start)
            if hit.sign != first or (sentence in refusing and sign in POSITIVE):
                continue
            for other in seconds:
                start, end = min(hit.start, other.start), max(hit.end, other.end)
                if (
                    other.tongue is hit.tongue
                    and end - start <= MAX_APART
                    and reading.sentence_at(other.start) == sentence
                ):
                    yield replace(hit, sign=sign, start=start, end=end)


def _muted(reading: Reading, hit: Hit, muted: list[Hit], denied: Mapping[tuple[int, int], int]) -> bool:
    """Tell whether the hit is part of a courtesy, or follows an "I am not saying that" in its sentence."""
    if hit.sign != "courtesy" and any(hit.start < mute.end and hit.end > mute.start for mute in muted):
        return True
    return bool(denied) and denied.get(reading.sentence_at(hit.start), len(reading.plain)) <= hit.start


def _longest(hits: list[Hit]) -> list[Hit]:
    """Return the hits without a wish or a delay that shares words with a longer one of the other kind."""
    wishes = [hit for hit in hits if hit.sign in POSITIVE]
    delays = [hit for hit in hits if hit.sign in (Intent.NOT_NOW, Intent.NOT_INTERESTED)]
    shorter = {
        one if one.end - one.start < other.end - other.start else other
        for one in wishes
        for other in delays
        if one.start < other.end and one.end > other.start
    }
    return [hit for hit in hits if hit not in shorter]


def taken_back(reading: Reading, hit: Hit) -> bool:
    """Tell whether the clause negates the hit or makes it a condition."""
    if hit.sign not in NEGATABLE | CONDITIONAL:
        return False
    negation, after_negation, condition = _turning(hit)
    before = reading.clause_before(hit.start)
    if hit.sign in CONDITIONAL and condition is not None and condition.search(before):
        # "What if we met on Monday?" and its kin ask, and set no condition.
        return not (hit.sign in (Intent.MEETING, "talk") and _asks(reading, hit))
    said = reading.folded[hit.start : hit.end]
    if hit.sign not in NEGATABLE or (negation is not None and negation.match(said)):
        return False  # "no budget" says its own no
    if hit.sign in POSITIVE:
        before = f"{before} {said}"
    if hit.sign == Intent.INTERESTED and _overruled(reading, hit, negation, condition):
        return True
    if negation is not None and negation.search(_NOT_ONLY.sub("", before)):
        return True
    if hit.sign not in POSITIVE or after_negation is None:
        return False
    return bool(after_negation.search(" ".join(reading.clause_after(hit.end).split()[:3])))


def settled(signs: Signs, question: Hit | None) -> Hit | None:
    """Return the hit that decides, None where a person has to read the reply."""
    for sign in (Intent.UNSUBSCRIBE, Intent.ANGRY, Intent.WRONG_PERSON):
        if sign in signs:
            return signs[sign]
    if "irony" in signs:
        return None
    negative = next((signs[sign] for sign in NEGATIVE if sign in signs), None)
    positive = next((signs[sign] for sign in POSITIVE if sign in signs), None)
    question = question or signs.get(Intent.QUESTION)
    if negative is not None:
        return _weighed(negative, positive or question)
    if "elsewhere" in signs and not (positive is not None and positive.sign == Intent.MEETING):
        return replace(signs["elsewhere"], sign=Intent.WRONG_PERSON)
    return positive or question


def _weighed(negative: Hit, positive: Hit | None) -> Hit | None:
    """Return the negative hit where no positive one speaks against it: "interested, but no budget" is no yes."""
    if positive is None:
        return negative
    later = negative.sign in (Intent.NO_BUDGET, Intent.NOT_NOW)
    return negative if later and positive.sign == Intent.INTERESTED else None


def _meant(reading: Reading, hit: Hit) -> Hit:
    """Return the hit as it is meant: "do not write to me until June" asks for no end, only for a rest."""
    if hit.sign == "when_needed":
        return replace(hit, sign=Intent.NOT_NOW)
    if hit.sign == Intent.UNSUBSCRIBE and _POSTPONES.match(reading.folded, hit.end):
        return replace(hit, sign=Intent.NOT_NOW)
    return hit


def _softened(reading: Reading, signs: Signs, hits: list[Hit]) -> Signs:
    """Return the signs with a "not interested" that holds for now alone made a "not now"."""
    refusal = signs.get(Intent.NOT_INTERESTED)
    if refusal is None or Intent.NOT_NOW in signs:
        return signs
    sentence = reading.sentence_at(refusal.start)
    if any(hit.sign == "temporary" and reading.sentence_at(hit.start) == sentence for hit in hits):
        signs[Intent.NOT_NOW] = replace(refusal, sign=Intent.NOT_NOW)
    return signs


def directions(reading: Reading, tongue: Tongue) -> Iterator[Hit]:
    """Return the sentences that name an address which is not said to be the writer's own."""
    for match in _ADDRESS.finditer(reading.folded):
        start, end = reading.sentence_at(match.start())
        sentence = reading.folded[start:end]
        if len(sentence.split()) >= MIN_DIRECTION and not _OWN.search(sentence):
            yield Hit("elsewhere", start, min(end, match.end()), tongue)


def questions(reading: Reading, hits: list[Hit]) -> Iterator[tuple[int, int]]:
    """Return where the text asks something about the matter, and means it."""
    spoken = {Intent.NOT_NOW, Intent.ANGRY, Intent.WRONG_PERSON, "no_question", "elsewhere"}
    closed = {reading.sentence_at(hit.start) for hit in hits if hit.sign in spoken}
    for start, end in reading.sentences:
        written = reading.folded[start:end].rstrip(" \n\"')")
        if written.endswith("?") and (start, end) not in closed and len(written.split()) >= 3:
            yield start, end


def _overruled(
    reading: Reading, hit: Hit, negation: re.Pattern[str] | None, condition: re.Pattern[str] | None
) -> bool:
    """Tell whether a "but not" or an "if" follows in the sentence: "sounds useful, but we won't buy it"."""
    rest = reading.folded[hit.end : reading.sentence_at(hit.start)[1]]
    contrast = _CONTRAST.search(rest)
    if contrast and negation is not None and negation.search(rest, contrast.end()):
        return True
    return bool(condition and condition.search(" ".join(rest.split()[:2]))) or bool(_WHY.match(rest))


def _asks(reading: Reading, hit: Hit) -> bool:
    return reading.folded[slice(*reading.sentence_at(hit.start))].rstrip(" \n\"')").endswith("?")


@cache
def _expression(words: str) -> re.Pattern[str] | None:
    return re.compile(rf"(?<!\w){one_of(words)}") if words else None


def _turning(hit: Hit) -> tuple[re.Pattern[str] | None, ...]:
    tongue = hit.tongue
    return _expression(tongue.not_before), _expression(tongue.not_after), _expression(tongue.only_if)
