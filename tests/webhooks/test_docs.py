"""The page on webhooks says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from outreach.config import PREFIX, Settings
from outreach.domain.inbound.words import Reason
from outreach.domain.words import Kind
from outreach.webhooks import PROVIDERS
from outreach.webhooks.generic import WORDS, Told
from outreach.webhooks.words import Word

PAGE = (Path(__file__).parents[2] / "docs" / "webhooks.md").read_text(encoding="utf-8")
STOPS = (Kind.COMPLAINED, Kind.UNSUBSCRIBED)


def row(word: str, means: Word) -> str:
    """Return the line of the page for a provider's word."""
    recorded = str(means.kind).replace("_", " ") if means.kind else "nothing"
    if means.note:
        recorded = f"note: {means.note}"
    reason = str(means.reason) if means.kind is Kind.BOUNCED else ""
    ends = "yes" if means.kind in STOPS else "if it is dead" if means.may_be_dead else "no"
    return f"| `{word}` | {recorded} | {reason} | {ends} |"


def section(name: str) -> str:
    """Return the part of the page under a provider's heading."""
    found = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, name
    return found[1]


HEADINGS = {
    "ses": "Amazon SES",
    "postmark": "Postmark",
    "sendgrid": "SendGrid",
    "mailgun": "Mailgun",
    "generic": "Any other",
}


@pytest.mark.parametrize("name", PROVIDERS)
def test_the_table_of_words_is_the_one_of_the_code(name: str) -> None:
    written = [line for line in section(HEADINGS[name]).splitlines() if re.match(r"\| `", line)]
    words = [line for line in written if line.count("|") == 5]
    assert words == [row(word, means) for word, means in PROVIDERS[name].words.items()]


@pytest.mark.parametrize("name", PROVIDERS)
def test_each_provider_is_named_with_its_url_and_its_settings(name: str) -> None:
    text = section(HEADINGS[name])
    assert f"/webhooks/{name}" in text
    for setting in PROVIDERS[name].settings:
        assert setting in Settings.model_fields
        assert f"`{PREFIX}{setting.upper()}`" in text


def test_our_own_format_is_described_whole() -> None:
    text = section(HEADINGS["generic"])
    assert {field for field in Told.model_fields if f"`{field}`" not in text} == set()
    assert {reason for reason in Reason if f"`{reason}`" not in text} == set()
    assert set(WORDS) == set(Told.model_fields["event"].annotation.__args__)  # type: ignore[union-attr]
