"""The times in a reply: when its writer means to buy, when to write again, until when a contract runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from outreach.domain.buying_times import Said, some_day_said, speaks_of_buying, stated, times_said
from outreach.domain.inbound.intents.notation import Hit
from outreach.domain.inbound.intents.reading import Reading
from outreach.domain.inbound.words import Intent
from outreach.domain.written_dates import find_dates

MAX_SENTENCES = 60
MAX_WAIT = timedelta(days=5 * 366)
_PAUSING = frozenset(
    {Intent.NOT_NOW, Intent.NO_BUDGET, Intent.NOT_INTERESTED, Intent.UNSUBSCRIBE, "temporary"}
)

# What takes a time of purchase back. A "maybe" does not: the time is still the one they think of.
_NO_PLAN = re.compile(
    r"\b(?:not|no|never|cannot|\w+n't|without|ago|last|since|bought|already|nicht|kein\w*|nie|bereits"
    r"|schon|seit|nem|nincs\w*"
    r"|mar|tavaly|ne|pas|jamais|deja|depuis|sans|nunca|hace|desde|sin|non|mai|gia|scorso|scorsa|niet|geen"
    r"|nooit|al|reeds"
    r"|geleden|sinds|nie|nigdy|juz|temu|brak)\b"
)
_TALK = re.compile(
    r"\b(?:call|talk|speak|meet\w*|chat|demo\w*|telefon\w*|termin\w*|gesprach\w*|besprech\w*|sprechen"
    r"|treffen|talalk\w*|hiv\w+"
    r"|beszel\w*|egyeztet\w*|rendez-vous|rdv|appel\w*|reunion\w*|llam\w*|hablar|chiam\w*|sentir\w*"
    r"|incontr\w*|bellen|bel|afspra\w*"
    r"|spotka\w*|rozmow\w*|porozmawia\w*|holiday|vacation|urlaub|szabadsag\w*|conges|vacaciones|ferie"
    r"|vakantie|urlop\w*"
    r"|contract|vertrag\w*|szerzodes\w*|contrat\w*|contrato|contratto|umow\w*)\b"
)
_CONTRACT = re.compile(
    r"\b(?:until|till|through|ends?|ending|expires?|expiring|renew(?:al|s|ed)?|runs?|due|for|in|bis|lauft"
    r"|laeuft|endet|noch"
    r"|lejar\w*|vegeig|szol|tart|jusqu\w*|expire|echeance|termine|hasta|vence|caduca|finaliza|fino|scade"
    r"|scadenza|termina|tot"
    r"|loopt|afloopt|eindigt|do|konczy|wygasa|obowiazuje|trwa|\w+-ig)\b"
)


def purchase_time(reading: Reading, day: date | None, codes: tuple[str, ...]) -> str:
    """Return the time at which the writer means to buy, as written, "" where none is stated.

    The time of a meeting, of a holiday or of the end of a contract is none. What is returned is either read by
    `temperature.stated`, or is a "some day" (`buying_times.is_some_day`).
    """
    for start, end in reading.sentences[:MAX_SENTENCES]:
        sentence = reading.folded[start:end].replace("\n", " ")
        for code in codes:
            if span := _bought_at(sentence, day or date(2000, 1, 3), code):
                return reading.evidence(start + span[0], start + span[1]).rstrip(" .,")
    return ""


def _bought_at(sentence: str, day: date, code: str) -> tuple[int, int] | None:
    buying = speaks_of_buying(sentence, code)
    if buying is None or _NO_PLAN.search(sentence):
        return None
    at = datetime.combine(day, time(), UTC)
    read = [
        said
        for said in times_said(sentence, day, code)
        if stated(sentence[said.start : said.end], at) is not None
    ]
    for said in sorted(read, key=lambda said: max(said.start - buying.end(), buying.start() - said.end)):
        between = sentence[min(buying.end(), said.end) : max(buying.start(), said.start)]
        if not _TALK.search(between):
            return said.start, said.end
    return some_day_said(sentence, code)


def resume_on(reading: Reading, day: date | None, found: list[Hit], codes: tuple[str, ...]) -> date | None:
    """Return the first day on which to write again, None where the reply does not say.

    "in March" means its first day, "until the end of March" and "not this month" the day after the last.
    """
    if day is None:
        return None
    pausing = {reading.sentence_at(hit.start) for hit in found if hit.sign in _PAUSING}
    first = sorted(reading.sentences[:MAX_SENTENCES], key=lambda span: span not in pausing)
    for wanted in (_named, _running):
        for start, end in first:
            sentence = reading.folded[start:end].replace("\n", " ")
            for code in codes:
                days = [one for said in times_said(sentence, day, code) if (one := wanted(said, day))]
                if days:
                    return max(days)
    return None


def _named(said: Said, day: date) -> date | None:
    """Return the first day of a time that is yet to come."""
    if (
        said.day is None
        or said.english.split()[0] in ("this", "current", "now", "asap", "today")
        or "this " in said.english
    ):
        return None
    if not day < said.day <= day + MAX_WAIT:
        return None
    over = re.match(
        r"(?:until |by )?(?:the )?(?:after (?!the summer|summer|the new|the f)|end of\b|late\b)|year-end"
        r"|\w+ end",
        said.english,
    )
    return said.day + timedelta(days=1) if over else said.day


def _running(said: Said, day: date) -> date | None:
    """Return the day after the week, month, quarter or year that is running."""
    if said.day is None or "this " not in said.english or not day <= said.day <= day + MAX_WAIT:
        return None
    return said.day + timedelta(days=1)


def contract_end(reading: Reading, day: date | None) -> date | None:
    """Return the last day of a contract with somebody else, as the reply tells it."""
    if day is None:
        return None
    for start, end in reading.sentences[:MAX_SENTENCES]:
        sentence = reading.folded[start:end]
        if _CONTRACT.search(sentence):
            ends = sorted(_ends(reading.plain[start:end].replace("\n", " "), day))
            if ends:
                return ends[-1]
    return None


def _ends(sentence: str, day: date) -> Iterator[date]:
    return (found.last for found in find_dates(sentence, day) if found.last > day)
