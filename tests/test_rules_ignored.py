"""A comment exempts a line from a warning, and one that exempts nothing is told of."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from outreach import workspace
from outreach.errors import Problem, Problems
from outreach.workspace import rules
from outreach.workspace.ignores import applied, ignores
from outreach.workspace.rules import Seen

BASE = Path(__file__).parent / "data" / "workspace"
HEAD = "campaign: x\naudience: {stage: suspect}\nsenders: [anna]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "workspace"))


def told(folder: Path, text: str) -> list[str]:
    (folder / "campaigns" / "zz.yaml").write_text(text, encoding="utf-8")
    checked = workspace.check(folder)
    return [rules.shown(problem) for problem in sorted((*checked.errors, *checked.warnings))]


@pytest.mark.parametrize(
    "steps",
    [
        "steps:\n  - email: webinar/thanks\n  - email: webinar/case-study  # check: ignore no-wait\n",
        "steps:\n  - email: webinar/thanks\n  # check: ignore no-wait\n  - email: webinar/case-study\n",
        "steps:\n  - email: webinar/thanks\n  # meant so # check: ignore no-wait\n  - email: webinar/case-study\n",
        "stop_on: [opened]  # check: ignore rests-on-opens, goes-on-after-reply\nsteps: [{email: webinar/thanks}]\n",
        "stop_on: [opened]  #check:ignore rests-on-opens,goes-on-after-reply\nsteps: [{email: webinar/thanks}]\n",
    ],
    ids=["at the end", "above", "above, with words", "two", "without blanks"],
)
def test_a_warning_is_exempted_at_the_end_of_its_line_or_above_it(steps: str, folder: Path) -> None:
    assert told(folder, HEAD + steps) == []


def test_a_comment_at_the_end_of_a_line_does_not_reach_the_next(folder: Path) -> None:
    text = (
        HEAD + "steps:\n  - email: webinar/thanks  # check: ignore no-wait\n  - email: webinar/case-study\n"
    )
    assert told(folder, text) == [
        "campaigns/zz.yaml:5:44: warning: unused-ignore: nothing here breaks the rule no-wait; remove the comment",
        "campaigns/zz.yaml:6:12: warning: no-wait: this may leave together with webinar/thanks; "
        "put - wait: 3 days before it",
    ]


def test_what_is_said_of_a_whole_file_is_exempted_anywhere_in_it(folder: Path) -> None:
    kept = folder / "templates" / "webinar" / "kept.md"
    link = "[more](https://kestrel.example.com/more)"
    for text in (
        f"---\nsubject: Kept  # check: ignore unused-template\n---\nRead {link}.\n",
        f"---\nsubject: Kept\n---\nRead {link}.\n\n{{# check: ignore unused-template #}}\n",
    ):
        kept.write_text(text, encoding="utf-8")
        assert told(folder, HEAD + "steps: [{email: webinar/thanks}]\n") == []


def test_an_error_can_not_be_exempted(folder: Path) -> None:
    text = HEAD + "steps:\n  - email: webinar/thank  # check: ignore template-missing\n"
    assert told(folder, text) == [
        "campaigns/zz.yaml:5:12: template-missing: templates/ has no webinar/thank.md; did you mean webinar/thanks?",
        "campaigns/zz.yaml:5:43: warning: unused-ignore: template-missing is an error, which can not be exempted; "
        "mend it, and remove the comment",
    ]
    with pytest.raises(Problems) as caught:
        workspace.load(folder)
    assert [problem.rule for problem in caught.value.problems] == ["template-missing"]


def test_as_long_as_there_are_errors_nobody_knows_which_exemptions_are_needed(folder: Path) -> None:
    text = HEAD + "steps:\n  - email: webinar/thank\n  - wait: 1 day  # check: ignore wait-at-end\n"
    assert [line.split(": ")[1] for line in told(folder, text)] == ["template-missing"]


def test_what_was_not_looked_at_needs_no_exemption_yet() -> None:
    texts = {"a.yaml": "senders: [anna]  # check: ignore over-capacity\n"}
    assert list(applied([], texts, {Seen.FILES}, whole=True)) == []
    (unused,) = applied([], texts, {Seen.FILES, Seen.DATABASE}, whole=True)
    assert (unused.rule, unused.line, unused.column) == ("unused-ignore", 1, 34)
    found = Problem("a.yaml", 1, 10, "over-capacity", "too many")
    assert list(applied([found], texts, {Seen.FILES, Seen.DATABASE}, whole=True)) == []


def test_a_comment_names_rules_and_where_they_stand() -> None:
    text = "a: 1\n  # check: ignore no-wait,  no-link\nb: 2 # check: ignored\nc: 3 # check: ignore\n"
    assert [(each.line, each.column, each.rule, each.alone) for each in ignores("a.yaml", text)] == [
        (2, 19, "no-wait", True),
        (2, 29, "no-link", True),
    ]


def test_a_workspace_that_is_loaded_has_its_warnings(folder: Path) -> None:
    (folder / "campaigns" / "zz.yaml").write_text(
        HEAD + "steps:\n  - email: webinar/thanks\n  - wait: 1 day\n"
    )
    assert [problem.rule for problem in workspace.load(folder).warnings] == ["wait-at-end"]
