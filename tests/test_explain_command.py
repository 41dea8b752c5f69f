"""`outreach explain` as a person calls it: what is asked, in which form, and one clear line where it can not be told."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import factories
import pytest
from house import House
from moments import play

import outreach.cli.explain as command
from outreach import db
from outreach.cli import main
from outreach.domain.words import Kind

Ask = Callable[..., str]


@pytest.fixture
def house(sqlite: db.Database, tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> House:
    built = House(sqlite, tmp_path / "workspace", factories.NOW)
    built.apply()
    lead_id = built.lead(email="dana@example.com", first_name="Dana")
    built.tick()
    built.event(lead_id, Kind.CLICKED, subject="first", detail="https://example.com/a")
    play(built, built.now + timedelta(days=3))
    monkeypatch.setenv("OUTREACH_DATABASE_URL", sqlite_url)
    monkeypatch.setenv("OUTREACH_SECRET_KEY", "a secret key of a test")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "now", lambda: built.now)
    return built


@pytest.fixture
def ask(house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ask:
    """Call the command; return what it prints, or for another exit code than 0 the code and the error."""

    def call(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["outreach", "explain", *arguments])
        code = 0
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capsys.readouterr()
        return f"{code}: {said.err.strip()}" if code else said.out

    return call


def test_a_lead_a_mail_and_a_campaign_are_explained(ask: Ask) -> None:
    assert ask("dana@example.com").startswith("Dana Example")
    assert ask(" Dana@Example.com ").startswith("Dana Example")
    assert ask("message", "1").startswith("message 1: first to dana@example.com")
    assert ask("campaign", "welcome").startswith("welcome: running, version 1")


FORMS = [
    (("dana@example.com", "--at", "2026-03-02 12:00"), "  as it stood on Mon 02 Mar 2026 12:00"),
    (("dana@example.com", "--at", "2026-03-02T11:00Z"), "  as it stood on Mon 02 Mar 2026 12:00"),
    (("dana@example.com", "--at", "2 days ago"), "  as it stood on Tue 03 Mar 2026 11:00"),
    (("dana@example.com", "--at", "in 1 month"),
     "  as it would stand on Sun 05 Apr 2026 11:00 if nothing happened until then"),
    (("message", "1", "--at", "2026-03-03"), "status: accepted"),
    (("campaign", "welcome", "--at", "2026-03-03"), "welcome: as of then, version 1, priority 20"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "line"), FORMS)
def test_another_time_is_asked_for_in_the_organisations_zone(
    ask: Ask, arguments: tuple[str, ...], line: str
) -> None:
    assert line in ask(*arguments).splitlines()


WRONG = [
    (("dan@example.com",), "1: no lead has the address dan@example.com; did you mean dana@example.com?"),
    (("dana@exmaple.com",), "1: no lead has the address dana@exmaple.com; did you mean dana@example.com?"),
    (("somebody@else.org",), "1: no lead has the address somebody@else.org; see: outreach lead list"),
    (("dana@example.com", "--at", "soon"), "1: 'soon' is no time; write for example"),
    (("dana@example.com", "--at", "2020-01-01"), "1: dana@example.com was not there yet: it was added 2026-03-02"),
    (("welcome",), "1: no lead has the address welcome; did you mean outreach explain campaign welcome?"),
    (("message", "9"), "1: there is no message 9; see: outreach message list"),
    (("message", "one"), "1: 'one' is no number of a message"),
    (("message", str(2**63)), "1: '9223372036854775808' is no number of a message"),
    (("message",), "1: write one of: outreach explain EMAIL, outreach explain message ID"),
    (("mail", "1"), "1: write one of: outreach explain EMAIL"),
    (("message", "1", "--at", "2026-03-01"), "1: there is no message 1 yet; it was queued 2026-03-02 10:00 UTC"),
    (("campaign", "welcom"), "1: there is no campaign 'welcom'; there are: welcome"),
    (("campaign", "welcome", "--at", "in 3 days"), "1: what a campaign will do is not explained but simulated"),
    (("campaign", "welcome", "--at", "2026-01-01"), "1: welcome was not applied yet at 2025-12-31 23:00 UTC"),
]  # fmt: skip


@pytest.mark.parametrize(("arguments", "said"), WRONG)
def test_what_can_not_be_told_gets_one_clear_line(ask: Ask, arguments: tuple[str, ...], said: str) -> None:
    found = ask(*arguments)
    assert found.startswith(said)
    assert len(found.splitlines()) == 1


LEAD_KEYS = {
    "lead_id", "email", "name", "source", "consent", "owner", "zone", "stage", "score", "temperature", "held",
    "campaigns", "mails", "next", "history", "at", "view", "moves", "not_in", "not_known", "expected",
}  # fmt: skip


def test_all_of_it_is_there_as_json_with_iso_times(ask: Ask) -> None:
    lead = json.loads(ask("dana@example.com", "--json"))
    assert set(lead) == LEAD_KEYS
    assert lead["stage"]["what"] == "suspect"
    assert lead["moves"][0]["parts"][0]["needs"] == "21.4 more points"
    assert lead["moves"][0]["ways"][0].keys() == {"kind", "word", "times", "points", "what"}
    assert lead["at"] == "2026-03-05T10:00:00+00:00"
    mail = json.loads(ask("message", "1", "--json"))
    assert mail["status"] == "accepted"
    assert mail["life"][0]["at"] == "2026-03-02T10:00:00+00:00"
    campaign = json.loads(ask("campaign", "welcome", "--json"))
    assert campaign["by_status"] == {"finished": 1}


def test_no_address_reaches_the_log(ask: Ask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG", "outreach"):
        ask("dan@example.com")
        ask("dana@example.com")
    assert "@example.com" not in caplog.text
