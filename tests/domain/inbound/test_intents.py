"""What replies mean, as far as their phrases leave little doubt."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain import temperature
from outreach.domain.buying_times import is_some_day
from outreach.domain.inbound import Intent
from outreach.domain.inbound.classifier import classify
from outreach.domain.inbound.intents import read_intent
from outreach.domain.inbound.intents.notation import Lexicon, Tongue, pattern
from outreach.domain.inbound.intents.reading import read
from outreach.domain.inbound.intents.tongues import TONGUES

DAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, tzinfo=UTC)
SAMPLES = Path(__file__).parents[2] / "data" / "mail" / "intents"
SENTENCES = {
    "meeting": [
        "Happy to have a call next week.",
        "Can we schedule a demo on Tuesday?",
        "Please call me tomorrow.",
        "Thursday at 10am works for me.",
        "How about Wednesday?",
        "Könnten wir einen Termin vereinbaren?",
        "Hívjon fel holnap.",
    ],
    "interested": [
        "Sounds interesting, please send me more information.",
        "We're interested. What does it cost?",
        "Yes please",
        "Wir haben Interesse, bitte schicken Sie mir Unterlagen.",
        "Érdekel a dolog, küldjenek bővebb információt.",
        "We would like to buy it in Q3.",
    ],
    "question": [
        "How much does it cost for 20 users?",
        "Does it integrate with SAP?",
        "Was kostet das?",
        "Mennyibe kerül?",
        "We use SAP. Does it integrate?",
    ],
    "not_now": [
        "Not right now, maybe next year.",
        "Not interested at the moment.",
        "Please get back to me in September.",
        "Please don't contact me until June.",
        "Derzeit kein Bedarf.",
        "Jelenleg nem aktuális.",
        "I am interested but not this quarter.",
    ],
    "no_budget": ["We have no budget this year.", "Interested, but no budget until Q2."],
    "not_interested": [
        "We are not interested.",
        "No thanks",
        "No, thank you.",
        "Kein Interesse.",
        "Nem érdekel, köszönöm.",
        "We'll pass.",
        "no",
        "I am not interested in a call.",
        "Nein danke.",
        "Not interested. How did you get my address?",
    ],
    "already_bought": [
        "We signed with Fiix until March 2028.",
        "We went with Limble CMMS last month, contract runs for two years.",
        "We already use Maximo.",
        "We're using UpKeep and the contract ends in 8 months.",
        "Wir haben uns für Infor EAM entschieden, Vertrag bis 31.12.2027.",
        "Már vettünk egy másik rendszert.",
    ],
    "wrong_person": [
        "I'm not the right person, please contact my colleague Eva.",
        "Ben no longer works here.",
        "Ich bin dafür nicht zuständig.",
    ],
    "unsubscribe": [
        "Please remove me from your list.",
        "unsubscribe",
        "STOP",
        "Stop emailing me!",
        "Do not contact me again.",
        "Bitte nehmen Sie mich aus dem Verteiler.",
        "Kérem, töröljenek a listáról.",
        "Interesting, but take me off your list please",
    ],
    "": [
        "Thanks for your mail.",
        "I don't want to unsubscribe.",
        "Who are you and how did you get my address?",
        "Not interested in a demo, but I'd like to know more, send me the pricing.",
        "I would call this nonsense.",
        "If I'm interested I'll tell you.",
        "We have not signed with anyone.",
        "Hello",
        "Danke",
        "If you are interested in our SEO services, let us know",
        "Your newsletter has an unsubscribe rate of 2%.",
        "We signed with Fiix, but does yours integrate with SAP?",
        "We do not work with that budget.",
    ],
}


@pytest.mark.parametrize(
    ("word", "text"), [(word, text) for word, texts in SENTENCES.items() for text in texts]
)
def test_a_phrase_tells_what_a_reply_means(word: str, text: str) -> None:
    found = read_intent(text, DAY)
    assert found.intent == (word or "unsure")
    assert bool(found.evidence) == bool(word)
    assert found.evidence in " ".join(text.split())


def test_a_phrase_that_is_wrapped_is_the_same_phrase() -> None:
    assert (
        read_intent("Hello Anna,\n\nplease remove\nme from your list.\n\nDana", DAY).intent == "unsubscribe"
    )


@pytest.mark.parametrize(
    ("text", "competitor", "ends_on"),
    [
        ("We signed with Fiix until March 2028.", "Fiix", date(2028, 3, 31)),
        ("We went with Limble CMMS, the contract runs for two years.", "Limble CMMS", date(2028, 3, 2)),
        ("We're already using UpKeep and our contract ends in 8 months.", "UpKeep", date(2026, 11, 2)),
        (
            "We bought it from Acme Corp. The contract runs through 2027-06-30.",
            "Acme Corp",
            date(2027, 6, 30),
        ),
        ("Wir haben uns für Infor EAM entschieden, Vertrag bis 31.12.2027.", "Infor EAM", date(2027, 12, 31)),
        ("We already have a solution.", "", None),
        ("We chose another vendor until 03/04.", "", None),
    ],
)
def test_who_bought_elsewhere_says_where_and_until_when(
    text: str, competitor: str, ends_on: date | None
) -> None:
    found = read_intent(text, DAY)
    assert (found.intent, found.competitor, found.contract_ends_on) == ("already_bought", competitor, ends_on)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("We plan to buy in Q3 2026.", "in Q3 2026"),
        ("We need it asap.", "asap"),
        ("We decide by end of March.", "by end of March"),
        ("We want to implement within the next two months.", "within the next two months"),
        ("We won't buy this year.", ""),
        ("I am on holiday next week.", ""),
        ("We bought from Acme and want to replace it next year, so no thanks.", ""),
    ],
)
def test_a_time_of_purchase_is_one_that_is_stated_with_buying(text: str, time: str) -> None:
    assert read_intent(text, DAY).purchase_time == time


@pytest.mark.parametrize(
    "time",
    [
        "this week", "next month", "in 2 months", "within the next two months", "in twelve weeks", "in Q3", "by Q1 2027",
        "by end of March", "at the end of the quarter", "in June", "by May 2027", "2026-05-01", "asap", "right away", "now",
    ],
)  # fmt: skip
def test_every_time_of_purchase_that_is_found_can_be_read(time: str) -> None:
    found = read_intent(f"We want to buy {time}.", DAY).purchase_time
    assert temperature.stated(found, datetime(2026, 3, 2, tzinfo=UTC)) is not None


# -- what takes a meaning back ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("I'm not saying we're not interested.", "unsure"),
        ("Ich sage nicht, dass wir kein Interesse haben.", "unsure"),
        ("Not interested at the moment, try in autumn.", "not_now"),
        ("Interested but no budget until Q2.", "no_budget"),
        ("No thanks, we use Fiix until 2027.", "already_bought"),
        (
            "How dare you. This is spam, a waste of my time, and I am sick of it. Unsubscribe me!",
            "unsubscribe",
        ),
        ("Please don't stop sending me these.", "unsure"),
        ("Thanks for your interest.", "unsure"),
        ("Thank you for reaching out. If you have any questions, let me know.", "unsure"),
        ("How did you get my address?", "unsure"),
        ("Sure, when hell freezes over.", "unsure"),
        ("I am interested in why you think that is legal.", "unsure"),
        ("Sounds useful, but we won't buy anything like it.", "unsure"),
        ("What if we had a call on Thursday?", "meeting"),
        ("¿Le parece si hablamos el jueves a las 10?", "meeting"),
        ("Donnerstag passt mir leider nicht.", "unsure"),
        ("Please don't contact me until June.", "not_now"),
        ("Remove me from your list or you will hear from my lawyer, you spammers.", "unsubscribe"),
        ("koszonom, nem erdekel", "not_interested"),
        ("NEIN DANKE", "not_interested"),
        ("Oui", "interested"),
        ("stop", "unsubscribe"),
        ("Dont contact me again", "unsubscribe"),
        ("Je ne suis pas interesse", "not_interested"),
    ],
)
def test_denials_conditions_and_courtesies_turn_a_phrase(text: str, word: str) -> None:
    assert read_intent(text, DAY).intent == word


# -- times and people in eight languages -----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "time", "day"),
    [
        ("We decide in two months.", "in two months", "2026-05-02"),
        ("We need it this week.", "this week", "2026-03-08"),
        ("Some day we will buy something like this.", "Some day", None),
        ("We will decide after the fiscal year.", "after the fiscal year", "2027-01-01"),
        ("Let's talk next week, we want to order in June.", "in June", "2026-06-01"),
        ("Wir planen die Einführung im Herbst.", "im Herbst", "2026-09-01"),
        ("Irgendwann werden wir so etwas anschaffen.", "Irgendwann", None),
        ("Két hónap múlva döntünk.", "Két hónap múlva", "2026-05-02"),
        ("Idővel szükségünk lesz ilyenre.", "Idővel", None),
        ("Nous comptons acheter d'ici deux mois.", "d'ici deux mois", "2026-05-02"),
        ("Un jour nous achèterons peut-être.", "Un jour", None),
        ("Queremos comprar el próximo trimestre.", "el próximo trimestre", "2026-04-01"),
        ("Vogliamo acquistare entro due mesi.", "entro due mesi", "2026-05-02"),
        ("We hebben dit zo snel mogelijk nodig.", "zo snel mogelijk", "2026-03-02"),
        ("Chcemy kupić w przyszłym kwartale.", "w przyszłym kwartale", "2026-04-01"),
        ("Rufen Sie mich nächste Woche an.", "", None),
        ("We have used it since 2024 and our contract ends in June.", "", None),
    ],
)
def test_a_time_of_purchase_is_kept_as_written_and_read(text: str, time: str, day: str | None) -> None:
    found = read_intent(text, DAY).purchase_time
    assert found == time
    read = temperature.stated(found, NOW)
    assert (read.date().isoformat() if read else None) == day
    assert not found or (read is None) == is_some_day(found)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Please get back to me in May.", date(2026, 5, 1)),
        ("Come back after the summer.", date(2026, 9, 1)),
        ("Interested but no budget until Q2.", date(2026, 4, 1)),
        ("Not this quarter, sorry.", date(2026, 4, 1)),
        ("Nothing will happen before the end of June, ping me again after that.", date(2026, 7, 1)),
        ("Derzeit kein Bedarf, melden Sie sich im Herbst wieder.", date(2026, 9, 1)),
        ("Fél év múlva térjünk vissza rá.", date(2026, 9, 2)),
        ("Recontactez-moi en septembre.", date(2026, 9, 1)),
        ("Vuelva a contactarme dentro de tres meses.", date(2026, 6, 2)),
        ("Per ora no, magari l'anno prossimo.", date(2027, 1, 1)),
        ("Kom er in het derde kwartaal op terug.", date(2026, 7, 1)),
        ("Proszę odezwać się we wrześniu.", date(2026, 9, 1)),
        ("Not now.", None),
    ],
)
def test_a_not_now_says_until_when(text: str, day: date | None) -> None:
    found = read_intent(text, DAY)
    assert found.intent in (Intent.NOT_NOW, Intent.NO_BUDGET)
    assert found.resume_on == day
    assert read_intent(text, None).resume_on is None


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("I'm the wrong person, please contact Jane Doe (jane@acme.example).", [("Jane Doe", "jane@acme.example")]),
        ("Jane handles this, I've cc'd her.", [("Jane", "")]),
        ("I left Acme in May. Write to x@y.example instead.", [("", "x@y.example")]),
        ("Zuständig ist Frau Meier.", [("Meier", "")]),
        ("Nem hozzám tartozik, keresse Kovács Pétert.", [("Kovács Péter", "")]),
        ("Forduljon Szabó Judithoz.", [("Szabó Judit", "")]),
        ("C'est mon collègue Pierre Martin qui s'en occupe.", [("Pierre Martin", "")]),
        ("De este tema se encarga Juan Pérez.", [("Juan Pérez", "")]),
        ("Se ne occupa il dott. Bianchi.", [("Bianchi", "")]),
        ("Neem contact op met Jan de Vries (jan@bedrijf.example).", [("Jan de Vries", "jan@bedrijf.example")]),
        ("Nie zajmuję się tym, proszę o kontakt z Anną Kowalską.", [("Anna Kowalska", "")]),
        ("Wrong person. You want Bob at bob@acme.example.", [("Bob", "bob@acme.example")]),
        ("I no longer work here, ben@acme.example is no longer read. Talk to Sue O'Brien.", [("Sue O'Brien", "")]),
        ("I am not the right person.", []),
    ],
)  # fmt: skip
def test_the_wrong_person_names_the_right_one(text: str, people: list[tuple[str, str]]) -> None:
    found = read_intent(text, DAY)
    assert found.intent == "wrong_person"
    assert [(person.name, person.email) for person in found.referral] == people


# -- in the large ----------------------------------------------------------------------------------


def samples() -> list[dict[str, Any]]:
    lines = (SAMPLES / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("expected", samples(), ids=lambda expected: str(expected["file"]))
def test_a_sample_mail_means_what_a_careful_person_says(expected: dict[str, Any]) -> None:
    mail = classify((SAMPLES / expected["file"]).read_bytes())
    meaning = mail.meaning
    assert meaning is not None
    found = {
        "file": expected["file"],
        "kind": mail.kind,
        "language": mail.language,
        "intent": meaning.intent,
        "purchase_time": meaning.purchase_time,
        "resume_at": meaning.resume_on.isoformat() if meaning.resume_on else "",
        "referral": [{"name": person.name, "email": person.email} for person in meaning.referral],
        "competitor": meaning.competitor,
        "contract_ends_on": meaning.contract_ends_on.isoformat() if meaning.contract_ends_on else "",
    }
    assert {key: found[key] for key in expected} == expected


def test_sentences_in_eight_languages_mean_what_a_careful_person_says() -> None:
    rows = [line.split("\t") for line in (SAMPLES / "sentences.tsv").read_text(encoding="utf-8").splitlines()]
    pairs = Counter((word, str(read_intent(text, DAY).intent)) for _, word, text in rows)
    scores = {word: _f1(pairs, word) for word in {word for word, _ in pairs}}
    assert sum(scores.values()) / len(scores) >= 0.97
    for word in ("interested", "unsubscribe"):  # a wrong one promotes a lead, or loses it
        assert sum(count for (wanted, found), count in pairs.items() if found == word and wanted != word) <= 1


def _f1(pairs: Counter[tuple[str, str]], word: str) -> float:
    right = pairs[word, word]
    said = sum(count for (_, found), count in pairs.items() if found == word)
    meant = sum(count for (wanted, _), count in pairs.items() if wanted == word)
    return 2 * right / (said + meant)


FRAGMENTS = [
    line.split("\t")[2] for line in (SAMPLES / "sentences.tsv").read_text(encoding="utf-8").splitlines()
]
TEXTS = st.text() | st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=20), max_size=6).map("\n".join)


@given(
    TEXTS,
    st.dates(date(1990, 1, 1), date(9990, 1, 1)) | st.none(),
    st.sampled_from(["", "en", "de", "hu", "xx"]),
)
def test_whatever_is_written_the_evidence_is_in_it(text: str, day: date | None, language: str) -> None:
    found = read_intent(text, day, language)
    assert (found.intent == Intent.UNSURE) == (not found.evidence)
    assert found.evidence in " ".join(read(text).plain.split())
    assert not found.referral or found.intent == Intent.WRONG_PERSON
    assert not found.resume_on or (day is not None and found.resume_on > day)


@given(st.sampled_from(FRAGMENTS), st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_every_time_of_purchase_is_read_or_is_some_day(text: str, day: date) -> None:
    time = read_intent(f"{text} We decide in two months.", day).purchase_time
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    assert not time or is_some_day(time) or temperature.stated(time, at) is not None


@pytest.mark.parametrize(
    "unit",
    [
        "a", "not ", "no thanks ", "interested ", "? ", ". ", "\n\n", "x\n", "((", "we use Fiix ", "in two months we buy ",
        "contact my colleague Jane Doe ", "john@acme.example ", "I left. Jane. ", "not interested in a call next week ",
        "Frau Dr. ", "A.", "@", "a@", "van der ", "2026. ", "\u0130", "e\u0301",
    ],
)  # fmt: skip
def test_a_hostile_reply_takes_no_time(unit: str) -> None:
    read_intent(unit, DAY)
    started = time.process_time()
    read_intent(unit * 50_000, DAY)
    assert time.process_time() - started < 0.5


@pytest.mark.parametrize("tongue", TONGUES.values(), ids=TONGUES.keys())
def test_every_phrase_can_be_found_and_every_intent_has_some(tongue: Tongue) -> None:
    Lexicon(tongue)
    for phrase in chain.from_iterable((*tongue.phrases.values(), *tongue.whole.values())):
        re.compile(pattern(phrase))
    assert {*Intent} - {Intent.UNSURE} <= tongue.phrases.keys()
