"""The language of a text, told by its commonest words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.inbound.language import language_of

SENTENCES = Path(__file__).parents[2] / "data" / "mail" / "intents" / "sentences.tsv"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Thanks, but we are not interested.", "en"),
        ("Danke, aber wir haben kein Interesse.", "de"),
        ("koszonom, nem erdekel", "hu"),
        ("Merci mais nous ne sommes pas interesses", "fr"),
        ("Gracias, pero no nos interesa.", "es"),
        ("Grazie, ma non siamo interessati.", "it"),
        ("Bedankt, maar wij hebben geen interesse.", "nl"),
        ("Dziekuje, nie jestem zainteresowany", "pl"),
        ("Não estamos interessados, obrigado.", "pt"),
        ("Tack, men vi är inte intresserade just nu.", "sv"),
        ("Děkuji, ale nemáme zájem.", "cs"),
        ("Mulțumesc, dar nu suntem interesați.", "ro"),
        ("Спасибо, нам не интересно", "ru"),
        ("Дякую, нам це не цікаво", "uk"),
        ("ありがとうございます", "ja"),
        ("no", ""),
        ("OK", ""),
        ("Jane Doe", ""),
        ("", ""),
    ],
)
def test_a_language_is_told_where_its_words_tell(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_sentence_is_never_taken_for_another_language() -> None:
    rows = [line.split("\t") for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    told = [(language, found) for language, _, text in rows if (found := language_of(text))]
    assert [pair for pair in told if pair[0] != pair[1]] == []
    assert len(told) >= 0.85 * len(rows)


@given(st.text())
def test_whatever_is_written_the_answer_is_a_code_or_nothing(text: str) -> None:
    found = language_of(text)
    assert found == "" or (len(found) == 2 and found.isalpha())
