"""The command rejudge, on a workspace of its own."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import typer
from house import FUNNEL, House
from typer.testing import CliRunner

from outreach import activity, db, models
from outreach.cli import rejudge
from outreach.cli.context import set_workspace
from outreach.domain.events import Event
from outreach.domain.words import Kind, Verdict

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36"
)
RUNNER = CliRunner()


@pytest.fixture
def workspace(sqlite_template: Path, tmp_path: Path) -> Path:
    """A workspace in which a scanner has made a lead an MQL, a day ago."""
    shutil.copy(sqlite_template, tmp_path / "outreach.db")
    database = db.connect(f"sqlite:///{tmp_path / 'outreach.db'}")
    house = House(database, tmp_path, datetime.now(UTC) - timedelta(days=3))
    house.write(funnel=FUNNEL.replace(">= 40", ">= 35"))
    house.apply()
    house.lead(email="dana@example.net")
    house.tick()
    house.clock.turn_to(house.now + timedelta(days=8 / 3))
    if not house.rows(models.Message):
        house.later(days=4)  # a weekend
    message = house.rows(models.Message)[0]
    with database.write() as session:
        for link in (1, 2):
            data = {"method": "GET", "user_agent": CHROME, "link": link, "rule": "no_rule", "rules": 1}
            at = datetime.now(UTC) - timedelta(hours=1)
            activity.record(
                session,
                Event(
                    Kind.CLICKED,
                    f"click:{link}",
                    at,
                    message.lead_id,
                    message.id,
                    1,
                    Verdict.HUMAN,
                    "first",
                    data=data,
                ),
                datetime.now(UTC),
            )
    database.close()
    return tmp_path


def run(workspace: Path, *arguments: str) -> str:
    app = typer.Typer()
    app.callback()(set_workspace)
    rejudge.add_to(app)
    result = RUNNER.invoke(app, ["-w", str(workspace), "rejudge", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_it_says_what_changed_and_which_promotions_would_not_have_been(workspace: Path) -> None:
    said = run(workspace)
    assert "2 hits looked at; 2 are judged otherwise, of 1 leads" in said
    assert "human -> machine: 2" in said
    assert "dana@example.net" in said and "suspect -> mql" in said and "machine: burst" in said
    assert "2 hits looked at; 0 are judged otherwise" in run(workspace)


def test_a_program_may_read_it_and_a_dry_run_changes_nothing(workspace: Path) -> None:
    for _ in range(2):
        told = json.loads(run(workspace, "--dry-run", "--json", "--since", "2020-01-01"))
        assert told["dry_run"] is True
        assert told["changed"] == [{"before": "human", "now": "machine", "hits": 2}]
        (promotion,) = told["promotions"]
        assert (promotion["lead"], promotion["to_stage"], promotion["is_sure"]) == (
            "dana@example.net",
            "mql",
            True,
        )
        assert len(promotion["evidence"]) == 2


def test_a_day_in_the_future_has_no_hits(workspace: Path) -> None:
    assert json.loads(run(workspace, "--since", "2999-01-01", "--json"))["hits"] == 0


@pytest.mark.parametrize("written", ["yesterday", "2026-13-01", ""])
def test_a_day_that_is_none_gets_one_clear_line(workspace: Path, written: str) -> None:
    app = typer.Typer()
    app.callback()(set_workspace)
    rejudge.add_to(app)
    result = RUNNER.invoke(app, ["-w", str(workspace), "rejudge", "--since", written])
    assert str(result.exception) == f"--since: {written!r} is no day; write it as 2026-03-09"


def test_networks_of_the_settings_are_used(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTREACH_SCANNER_NETWORKS", "no network")
    app = typer.Typer()
    app.callback()(set_workspace)
    rejudge.add_to(app)
    result = RUNNER.invoke(app, ["-w", str(workspace), "rejudge"])
    assert "OUTREACH_SCANNER_NETWORKS: 'no' is no network" in str(result.exception)
