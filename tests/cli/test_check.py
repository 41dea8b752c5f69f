"""`outreach check` as a person and a workflow call it: formats, exit codes, pages of rules, schemas, leads counted."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import factories
import pytest
from typer.testing import CliRunner, Result

from outreach import db
from outreach.cli import app
from outreach.cli.check import _escaped
from outreach.errors import InputError
from outreach.workspace.rules import RULES

BASE = Path(__file__).parent.parent / "data" / "workspace"
HEAD = "campaign: x\naudience: {stage: suspect}\nsenders: [anna]\n"
WARNED = HEAD + "steps:\n  - email: webinar/thanks\n  - email: webinar/case-study\n"
WRONG = HEAD + "steps:\n  - email: webinar/thank\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("OUTREACH_DATABASE_URL", raising=False)
    return Path(shutil.copytree(BASE, tmp_path / "workspace"))


def check(folder: Path, *arguments: str, campaign: str = "") -> Result:
    if campaign:
        (folder / "campaigns" / "zz.yaml").write_text(campaign, encoding="utf-8")
    return CliRunner().invoke(app, ["-w", str(folder), "check", *arguments])


# -- exit codes ------------------------------------------------------------------------------------


def test_where_all_is_right_one_line_says_so(folder: Path) -> None:
    result = check(folder, "--strict")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "1 campaign, no problem\n", "")


def test_a_warning_is_shown_and_does_not_fail(folder: Path) -> None:
    result = check(folder, campaign=WARNED)
    assert result.exit_code == 0
    assert result.stdout == "2 campaigns, no error, 1 warning\n"
    assert result.stderr.startswith("campaigns/zz.yaml:6:12: warning: no-wait: ")


def test_a_warning_fails_when_one_is_strict(folder: Path) -> None:
    assert check(folder, "--strict", campaign=WARNED).exit_code == 1


def test_an_error_fails(folder: Path) -> None:
    result = check(folder, campaign=WRONG)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("campaigns/zz.yaml:5:12: template-missing: ")


def test_of_several_workspaces_each_line_says_which_one_it_is_about(folder: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    (other / "campaigns" / "zz.yaml").write_text(WRONG)
    result = check(folder, str(folder), str(other))
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{other}/campaigns/zz.yaml:5:12: template-missing: ")


def test_a_word_that_is_neither_folder_nor_campaign_is_named_as_it_was_typed(folder: Path) -> None:
    said = "{}: there is no such folder, and no campaign has this name; {}"
    for word, hint in (("nosuchdir", "there are webinar-follow-up"), ("webinar-folow-up", "did you mean")):
        for campaign in ("", WRONG.replace("campaign: x", "campaign: webinar-z")):
            told = check(folder, word, campaign=campaign).exception
            assert isinstance(told, InputError)
            assert str(told).startswith(said.format(word, hint))


def test_of_a_word_in_an_empty_folder_the_word_is_told(tmp_path: Path) -> None:
    assert (
        str(check(tmp_path, "nosuchdir").exception)
        == "nosuchdir: there is no such folder, and no campaign has this name"
    )


PAIR = "senders: [anna]\nstop_on: [replied]\nsteps: [{email: webinar/thanks}]\n"


@pytest.mark.parametrize("named", ["pair-a", "pair-b", "pair-c"])
def test_what_is_said_of_a_pair_of_campaigns_is_told_of_each_of_the_two(named: str, folder: Path) -> None:
    for name, stage in (("pair-a", "sql"), ("pair-b", "sql"), ("pair-c", "customer")):
        text = f"campaign: {name}\naudience: {{stage: {stage}}}\n{PAIR}"
        (folder / "campaigns" / f"{name}.yaml").write_text(text, encoding="utf-8")
    result = check(folder, named)
    assert ("campaigns/pair-b.yaml:" in result.stderr) is (named != "pair-c")
    assert ("same-people" in result.stderr) is (named != "pair-c")
    assert result.stdout.startswith("1 campaign, ")
    assert json.loads(check(folder, named, "--json").stdout)["campaigns"] == 1


# -- formats ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("option", [("--json",), ("--format", "json")])
def test_json_has_every_part_of_a_finding(option: tuple[str, ...], folder: Path) -> None:
    result = check(folder, *option, campaign=WARNED)
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["campaigns"] == 2
    assert found["problems"] == [
        {
            "file": "campaigns/zz.yaml", "line": 6, "column": 12, "rule": "no-wait", "severity": "warning",
            "message": "this may leave together with webinar/thanks", "hint": "put - wait: 3 days before it",
            "timeline": [],
        }
    ]  # fmt: skip


def test_json_of_a_workspace_with_errors_fails_too(folder: Path) -> None:
    result = check(folder, "--json", campaign=WRONG)
    assert result.exit_code == 1
    assert [each["severity"] for each in json.loads(result.stdout)["problems"]] == ["error"]


def test_a_workflow_gets_annotations(folder: Path) -> None:
    (folder / "templates" / "webinar" / "news.md").write_text(
        "---\nsubject: News\n---\nRead [the news](https://kestrel.example.com/news).\n"
    )
    result = check(folder, "--format", "github", campaign=WARNED)
    assert result.stdout.splitlines() == [
        f"::warning file={folder}/campaigns/zz.yaml,line=6,col=12,title=no-wait::this may leave together with "
        "webinar/thanks; put - wait: 3 days before it",
        f"::warning file={folder}/templates/webinar/news.md,title=unused-template::no campaign uses this template; "
        "use it, or remove the file",
    ]


def test_an_annotation_of_an_error_is_one(folder: Path) -> None:
    result = check(folder, "--format", "github", campaign=WRONG)
    assert result.exit_code == 1
    assert result.stdout.startswith("::error file=")


@pytest.mark.parametrize(
    ("text", "more", "escaped"),
    [
        ("100 % of\r\nthem", "", "100 %25 of%0D%0Athem"),
        ("a,b:c", "", "a,b:c"),
        ("a,b:c%", ",:", "a%2Cb%3Ac%25"),
    ],
)
def test_an_annotation_keeps_what_would_end_it_as_a_code(text: str, more: str, escaped: str) -> None:
    assert _escaped(text, more) == escaped


def test_a_format_that_there_is_not_is_a_wrong_call(folder: Path) -> None:
    assert check(folder, "--format", "xml").exit_code == 2


# -- pages -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES)
def test_the_page_of_a_rule_is_printed(rule: str, folder: Path) -> None:
    result = check(folder, "--explain", rule)
    assert result.exit_code == 0
    assert result.stdout.startswith(f"# {rule}\n")


def test_of_a_rule_that_there_is_not_the_nearest_is_named(folder: Path) -> None:
    result = check(folder, "--explain", "no-waits")
    assert isinstance(result.exception, InputError)
    assert str(result.exception) == 'there is no rule "no-waits"; did you mean no-wait?'


# -- schemas ---------------------------------------------------------------------------------------


def test_a_new_workspace_names_its_schemas_to_editors(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["init", str(tmp_path)]).exit_code == 0
    for file in sorted((tmp_path / "campaigns").glob("*.yaml")):
        first = file.read_text(encoding="utf-8").splitlines()[0]
        named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert named
        assert json.loads((file.parent / named[1]).read_text(encoding="utf-8"))["title"].startswith(
            "Outreach: "
        )
    assert check(tmp_path, "--strict", "--no-tests").exit_code == 0


def test_schemas_are_written_again(folder: Path) -> None:
    result = CliRunner().invoke(app, ["-w", str(folder), "schemas"])
    assert result.exit_code == 0
    assert sorted(path.name for path in (folder / "schemas").iterdir()) == [
        "campaign.json", "funnel.json", "senders.json", "team.json",
    ]  # fmt: skip


def test_schemas_that_can_not_be_written_are_one_line(folder: Path) -> None:
    (folder / "schemas").write_text("in the way")
    result = CliRunner().invoke(app, ["-w", str(folder), "schemas"])
    assert isinstance(result.exception, InputError)
    assert str(result.exception) == f"{folder / 'schemas'} can not be written: File exists"


# -- the database ----------------------------------------------------------------------------------


def test_leads_are_counted_where_there_is_a_database(folder: Path, sqlite_template: Path) -> None:
    shutil.copy(sqlite_template, folder / "outreach.db")
    database = db.connect(f"sqlite:///{folder / 'outreach.db'}")
    with database.write() as session:
        for _ in range(30):
            factories.lead(session)
    database.close()
    senders = folder / "campaigns" / "senders.yaml"
    senders.write_text(senders.read_text().replace("example.com}", "example.com, per_day: 2}"))
    result = check(folder)
    assert result.exit_code == 0
    line = (
        "campaigns/webinar-follow-up.yaml:4:10: warning: over-capacity: about 60 mails to 30 leads for 2 senders of 4 "
        "a day in all: 15 working days, where the campaign itself takes N; add senders, raise their limits, "
        "or narrow the audience\n"
    )
    assert (
        re.sub(r"takes \d", "takes N", result.stderr) == line
    )  # three days: how many of them work depends on today
    assert check(folder, "--strict").exit_code == 1


def test_a_database_of_no_use_is_said_and_does_not_fail(folder: Path) -> None:
    (folder / "outreach.db").write_bytes(b"")
    result = check(folder)
    assert (result.exit_code, result.stdout) == (0, "1 campaign, no problem\n")
    assert result.stderr.startswith("leads were not counted: ")
