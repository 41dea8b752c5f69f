"""What somebody means by a reply, judged by phrases that leave little doubt; else nothing is said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from outreach.domain.inbound import intent_phrases as phrases
from outreach.domain.inbound.words import Intent, Meaning
from outreach.domain.written_dates import find_dates

MAX_READ = 8000
MAX_EVIDENCE = 200

# A name begins with a capital, whatever the case of the rest of the phrase.
_NAME = r"(?-i:[A-ZÁÉÍÓÖŐÚÜŰ][\w&+-]*(?:[. ][A-ZÁÉÍÓÖŐÚÜŰ0-9][\w&+-]*){0,3})"
_COMPETITOR = re.compile(
    r"(?:signed(?: a contract| up)? with|(?:went|gone|going|go) with|(?:bought|purchased)(?: \w+){0,2} from"
    r"|us(?:e|ing)|contract with|chose|chosen|decided (?:on|for)|picked|selected|für)\s"
    rf"(?!(?-i:I|We|You|Your|Our|The|This|That)\b)({_NAME})",
    re.IGNORECASE,
)
_CONTRACT = re.compile(
    r"\b(?:until|till|through|ends?|ending|expires?|expiring|renew(?:al|s|ed)?|runs?|due|bis|läuft|for|in"
    r"|lejár)\b",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[.,;:!?\n]|\bbut\b|\baber\b|\bde\b")
# "15.03.2027" and "31. Dezember" end no sentence.
_SENTENCE = re.compile(r".+?(?:(?<!\d)\.(?=\s|$)|[!?](?=\s|$)|$)")


def read_intent(text: str, day: date | None) -> Meaning:
    """Return what the writer of `text` means; `day` is when it was written, for "in 8 months"."""
    text = _plain(text)
    found = {word: evidence for word in _PHRASES if (evidence := _evidence(word, text))}
    if question := _question(text):
        found["question"] = question
    word = _settled(found)
    if not word:
        return Meaning(purchase_time="" if found.keys() & _FINAL else _purchase_time(text))
    evidence = found[word][:MAX_EVIDENCE]
    if word == "already_bought":
        return Meaning(Intent(word), evidence, "", _competitor(text), _contract_end(text, day))
    return Meaning(Intent(word), evidence, "" if word in _FINAL else _purchase_time(text))


_FINAL = frozenset({"unsubscribe", "wrong_person", "already_bought", "not_interested"})
_POSITIVE = ("meeting", "interested")
# The first that is found counts. An answer that says both yes and no says nothing that a rule may act on.
_DECISIVE = ("unsubscribe", "wrong_person")
_NEGATIVE = ("already_bought", "not_now", "not_interested")


def _settled(found: dict[str, str]) -> str:
    for word in _DECISIVE:
        if word in found:
            return word
    negative = next((word for word in _NEGATIVE if word in found), "")
    positive = next((word for word in _POSITIVE if word in found), "")
    if negative == "already_bought" and "question" in found:
        return ""
    if negative and positive:
        return "not_now" if (negative, positive) == ("not_now", "interested") else ""
    return negative or positive or ("question" if "question" in found else "")


def _compiled(alternatives: tuple[str, ...], whole_lines: tuple[str, ...]) -> re.Pattern[str]:
    joined = [rf"\b(?:{'|'.join(alternatives)})"] if alternatives else []
    joined += [rf"^{line}[.! ]*$" for line in whole_lines]
    return re.compile("|".join(joined).replace(" ", r"\s").replace("NAME", _NAME.replace(" ", r"\s")), _FLAGS)


_FLAGS = re.IGNORECASE | re.MULTILINE
_PHRASES = {
    word: _compiled(alternatives, phrases.WHOLE_LINES.get(word, ()))
    for word, alternatives in phrases.PHRASES.items()
}
_NEGATABLE = frozenset({"unsubscribe", "already_bought", *_POSITIVE})
_NEGATION, _BUYING, _TIMES = (
    re.compile(pattern.replace(" ", r"\s"), re.IGNORECASE)
    for pattern in (phrases.NEGATION, phrases.BUYING, phrases.TIMES)
)
_QUESTION = re.compile("|".join(phrases.QUESTIONS).replace(" ", r"\s"), re.IGNORECASE)
_NO_QUESTION = re.compile(phrases.NOT_QUESTIONS.replace(" ", r"\s"), re.IGNORECASE)


def _plain(text: str) -> str:
    text = text[: 2 * MAX_READ].replace("\u2019", "'").replace("\u2018", "'")
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)[:MAX_READ]


def _evidence(word: str, text: str) -> str:
    for match in _PHRASES[word].finditer(text):
        if word not in _NEGATABLE or not _NEGATION.search(_clause_before(text, match.start())):
            return " ".join(match[0].split())
    return ""


def _clause_before(text: str, end: int) -> str:
    """Return what stands before `end` in the same clause, as far as a negation reaches."""
    return _CLAUSE_END.split(text[max(0, end - 40) : end])[-1]


def _sentences(text: str) -> Iterator[str]:
    # A line break is no end of a sentence, an empty line was: mails are wrapped.
    return (match[0].strip() for match in _SENTENCE.finditer(text.replace("\n", " ")))


def _question(text: str) -> str:
    for sentence in _sentences(text):
        if sentence.endswith("?") and _QUESTION.search(sentence) and not _NO_QUESTION.search(sentence):
            return sentence
    return ""


def _purchase_time(text: str) -> str:
    for sentence in _sentences(text):
        buying = _BUYING.search(sentence)
        if buying and not _NEGATION.search(sentence) and (time := _TIMES.search(sentence)):
            return time[0]
    return ""


def _competitor(text: str) -> str:
    match = _COMPETITOR.search(text)
    return " ".join(match[1].split()).rstrip(".")[:200] if match else ""


def _contract_end(text: str, day: date | None) -> date | None:
    if day is None:
        return None
    for sentence in _sentences(text):
        if _CONTRACT.search(sentence):
            ends = [found.last for found in find_dates(sentence, day) if found.last > day]
            if ends:
                return max(ends)
    return None
