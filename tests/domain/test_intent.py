"""What replies mean, as far as their phrases leave little doubt."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from outreach.domain import temperature
from outreach.domain.inbound.intent import read_intent

DAY = date(2026, 3, 2)
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
        "We have no budget this year.",
    ],
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
