"""`outreach message list` where nothing has the status that is asked for."""

from __future__ import annotations

from pathlib import Path

import factories
import pytest
from house import House
from typer.testing import CliRunner

from outreach.cli import app, desk
from outreach.db import Database
from outreach.domain.words import MessageStatus
from outreach.errors import InputError


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ({}, "there are no mails yet"),
        ({"accepted": 1_112}, "no mail is unknown; 1,112 accepted: outreach message list --status accepted"),
        ({"queued": 30, "accepted": 4}, "no mail is unknown; 30 queued, 4 accepted: outreach message list --status queued"),
    ],
)  # fmt: skip
def test_an_empty_list_says_what_there_is(others: dict[str, int], said: str) -> None:
    assert desk._none(MessageStatus.UNKNOWN, others) == said


@pytest.mark.parametrize("written", ["sent", "Sent", "delivered"])
def test_what_people_call_a_mail_that_went_out_is_accepted_here(written: str) -> None:
    with pytest.raises(InputError, match="did you mean accepted"):
        desk._status(written)


def test_mails_of_another_status_are_counted(
    sqlite: Database, sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = House(sqlite, tmp_path, factories.NOW)
    house.apply()
    house.lead(email="eva@example.com", first_name="Eva")
    house.tick()
    environment = {"OUTREACH_DATABASE_URL": sqlite_url, "OUTREACH_SECRET_KEY": "a secret key of a test"}
    runner = CliRunner(env=environment)
    nothing = runner.invoke(app, ["-w", str(tmp_path), "message", "list"]).output
    assert nothing.startswith("no mail is unknown; 1 ")
    command = nothing.strip().rpartition("outreach ")[2].split()
    listed = runner.invoke(app, ["-w", str(tmp_path), *command]).output
    assert listed.startswith("id ") and "eva@example.com" in listed
