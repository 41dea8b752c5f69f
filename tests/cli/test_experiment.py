"""The commands experiment list and experiment show, on a workspace of their own."""

from __future__ import annotations

import json
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
import typer
from house import House
from typer.testing import CliRunner, Result

from outreach import apply, db, models, starter
from outreach import workspace as workspaces
from outreach.cli import experiment
from outreach.cli.context import set_workspace
from outreach.domain.words import Kind
from outreach.errors import OutreachError

RUNNER = CliRunner()
DOCS = Path(__file__).parent.parent.parent / "docs" / "experiments.md"
CAMPAIGN = """
campaign: welcome
audience: {stage: suspect}
window: {days: mon-sun, hours: "00:00-24:00", holidays: none}
senders: [anna]
experiment: {measure: submitted, within: 3 days, minimum_effect: 10 points}
steps:
  - email: first
    variants: {subject: ["Less & <more>", "Two"]}
"""


@pytest.fixture
def workspace(sqlite_template: Path, tmp_path: Path) -> Path:
    """A workspace with an experiment that 60 leads were in, the last of them just now."""
    shutil.copy(sqlite_template, tmp_path / "outreach.db")
    database = db.connect(f"sqlite:///{tmp_path / 'outreach.db'}")
    house = House(database, tmp_path, datetime.now(UTC) - timedelta(days=7))
    house.write(welcome=CAMPAIGN)
    house.apply()
    for day in range(7):
        for _ in range(9):
            house.lead()
        house.tick()
        if day == 1:
            house.event(house.rows(models.Message, variant=1)[0].lead_id, Kind.SUBMITTED)
        house.clock.turn_to(house.now + timedelta(days=1))
    database.close()
    return tmp_path


def call(workspace: Path, *arguments: str) -> Result:
    set_workspace(workspace)
    app = typer.Typer()
    experiment.add_to(app)
    return RUNNER.invoke(app, ["experiment", *arguments])


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTREACH_SECRET_KEY", "a secret key for tests")
    monkeypatch.delenv("OUTREACH_DATABASE_URL", raising=False)


def test_the_list_has_a_line_for_each_experiment(workspace: Path) -> None:
    result = call(workspace, "list")
    assert result.exit_code == 0
    assert [line.split()[:3] for line in result.stdout.splitlines()] == [
        ["campaign", "experiment", "of"],
        ["welcome", "first", "subject"],
    ]
    assert "submitted within 3 days" in result.stdout and result.stdout.rstrip().endswith("open")


def test_show_says_arms_evidence_and_what_is_missing(workspace: Path) -> None:
    result = call(workspace, "show", "welcome")
    lines = result.stdout.splitlines()
    assert lines[0] == "welcome first: subject, measured by submitted within 3 days"
    assert lines[1] == "version 1; smallest effect that matters 10 points; alpha 5 %"
    assert lines[3].startswith("1    Less & <more>  50%") and lines[4].startswith("2    Two            50%")
    assert re.search(r"  [\d.]+ of 20$", lines[4])
    assert re.fullmatch(
        r"not enough yet: about [\d,]+ more sends, \w+ weeks? at this pace, to find 10 points", lines[5]
    )


def test_json_holds_the_same_for_programs(workspace: Path) -> None:
    (found,) = json.loads(call(workspace, "show", "welcome", "first", "--json").stdout)
    assert found["verdict"] == "open" and found["design"]["within"] == "3 days"
    assert sum(arm["leads"] + arm["waiting"] for arm in found["arms"]) == 63
    assert sum(arm["conversions"] for arm in found["arms"]) == 1
    assert found["comparisons"][0]["enough"] == 20 and not found["comparisons"][0]["is_sure"]
    assert found["days"][-1]["arms"][0]["leads"] == found["arms"][0]["leads"]
    (listed,) = json.loads(call(workspace, "list", "--json").stdout)
    assert (listed["arms"], listed["days"]) == (found["arms"], found["days"])


def test_the_picture_is_an_svg_with_a_line_and_a_band_for_each_arm(workspace: Path) -> None:
    path = workspace / "rates.svg"
    assert call(workspace, "show", "welcome", "--picture", str(path)).exit_code == 0
    root = ElementTree.fromstring(path.read_text(encoding="utf-8"))
    space = "{http://www.w3.org/2000/svg}"
    assert len(root.findall(f".//{space}polygon")) == len(root.findall(f".//{space}polyline")) == 2
    said = [text.text or "" for text in root.iter(f"{space}text")]
    assert any("Less & <more>" in text for text in said)
    again = workspace / "again.svg"
    call(workspace, "show", "welcome", "--picture", str(again))
    assert again.read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "welcom"), "did you mean welcome"),
        (("show", "welcome", "frist"), "did you mean first"),
        (("show", "welcome", "--picture", "/no/such/folder/x.svg"), "can not be written"),
    ],
)
def test_what_is_not_there_is_one_clear_line(workspace: Path, arguments: tuple[str, ...], said: str) -> None:
    result = call(workspace, *arguments)
    assert result.exit_code == 1
    assert isinstance(result.exception, OutreachError) and said in str(result.exception)
    assert "\n" not in str(result.exception)


def test_without_experiments_the_list_says_so(workspace: Path) -> None:
    (workspace / "campaigns" / "welcome.yaml").write_text(
        CAMPAIGN.partition("experiment:")[0] + "steps: [{email: first}]\n", encoding="utf-8"
    )
    database = db.connect(f"sqlite:///{workspace / 'outreach.db'}")
    with database.write() as session:
        apply.apply(session, workspaces.load(workspace), datetime.now(UTC))
    database.close()
    assert call(workspace, "list").stdout == "no experiments: no step has variants, and nobody is held out\n"


def test_the_example_of_the_page_is_right(tmp_path: Path) -> None:
    starter.unpack(tmp_path)
    (text,) = re.findall(r"^```yaml\n(.*?)^```$", DOCS.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    (tmp_path / "campaigns" / "zz.yaml").write_text(text, encoding="utf-8")
    checked = workspaces.check(tmp_path)
    mine = [str(each) for each in (*checked.errors, *checked.warnings) if "zz.yaml" in each.file]
    assert mine == []
