"""Every rule of the check is in one table and has a page, and what the pages show is so."""

from __future__ import annotations

import ast
import re
import shutil
from pathlib import Path

import pytest

from outreach import workspace
from outreach.errors import InputError, Problem
from outreach.workspace import rules
from outreach.workspace.rules import RULES, Rule, Seen, Severity

ROOT = Path(__file__).parent.parent
BASE = Path(__file__).parent / "data" / "workspace"
PAGES = sorted((ROOT / "outreach" / "rules").glob("*.md"))
OVERVIEW = ROOT / "docs" / "rules.md"
BLOCK = re.compile(r"^```\w+ (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LONG = re.compile(r"\(([\d,]+) letters\)")
"""What stands on a page for a text that long."""
NAME = re.compile(r"[a-z]+(-[a-z]+)*")
OF_FILES = [rule for rule in RULES.values() if rule.seen is Seen.FILES]


def example(page: str, heading: str) -> dict[str, str]:
    """Return the files that stand below a heading of a page."""
    _, _, below = page.partition(f"\n## {heading}\n")
    files: dict[str, str] = dict(BLOCK.findall(below.partition("\n## ")[0]))
    return {name: LONG.sub(lambda found: "letters " * (int(found[1].replace(",", "")) // 8), text)
            for name, text in files.items()}  # fmt: skip


def found(files: dict[str, str], folder: Path) -> list[Problem]:
    """Return what is said of a small workspace in which all is right, with these files in it."""
    shutil.copytree(BASE, folder)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    checked = workspace.check(folder)
    return [*checked.errors, *checked.warnings]


def test_nothing_is_wrong_in_the_workspace_that_the_examples_stand_in(tmp_path: Path) -> None:
    assert found({}, tmp_path / "w") == []


@pytest.mark.parametrize("rule", OF_FILES, ids=lambda rule: rule.id)
def test_the_wrong_example_of_a_page_breaks_its_rule_and_no_other(rule: Rule, tmp_path: Path) -> None:
    files = example(rule.page, "Wrong")
    assert files
    told = found(files, tmp_path / "w")
    assert {problem.rule for problem in told} == {rule.id}, [str(problem) for problem in told]


@pytest.mark.parametrize("rule", OF_FILES, ids=lambda rule: rule.id)
def test_in_the_right_example_of_a_page_nothing_is_wrong(rule: Rule, tmp_path: Path) -> None:
    files = example(rule.page, "Right")
    assert files
    assert [str(problem) for problem in found(files, tmp_path / "w")] == []


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_page_begins_with_what_the_table_says(rule: Rule) -> None:
    assert rule.page.startswith(f"# {rule.id}\n\n{rule.severity.capitalize()}: {rule.summary}.\n")
    assert NAME.fullmatch(rule.id)


def test_there_is_no_page_without_a_rule() -> None:
    assert {page.stem for page in PAGES} == set(RULES)


def test_the_overview_lists_every_rule_with_its_page() -> None:
    text = OVERVIEW.read_text(encoding="utf-8")
    for rule in RULES.values():
        line = f"| [{rule.id}](../outreach/rules/{rule.id}.md) | {rule.severity} | {rule.summary} |"
        assert line in text
    assert len(re.findall(r"^\| \[", text, re.MULTILINE)) == len(RULES)


def names_of_rules() -> set[str]:
    """Return every rule that the code names where it makes a Problem or a Finding, as far as it can be read."""
    places = {"Problem": 3, "problem": 1, "Finding": 0, "_one": -1}
    named = set()
    folders = [ROOT / "outreach" / part for part in ("workspace", "domain/lint", "render")]
    for path in (path for folder in folders for path in folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or any(isinstance(each, ast.Starred) for each in node.args):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            place = places.get(name, -1)
            given = node.args[place] if 0 <= place < len(node.args) else None
            if isinstance(given, ast.Constant):
                named.add(str(given.value))
    return named


def test_every_rule_that_the_code_names_is_in_the_table() -> None:
    named = names_of_rules()
    assert {"unused-template", "unreachable-step", "rep-unknown", "step-id"} <= named
    assert named <= set(RULES)


# -- asking the table ------------------------------------------------------------------------------


def test_a_rule_is_found_by_its_name() -> None:
    assert rules.rule("never-true").severity is Severity.WARNING
    assert rules.rule("yaml").severity is Severity.ERROR


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("nevertrue", "did you mean never-true?"),
        ("xyz", "docs/rules.md lists all; there are yaml, unknown-key"),
    ],
)
def test_of_a_rule_that_there_is_not_one_is_told_which_there_are(name: str, hint: str) -> None:
    with pytest.raises(InputError, match=re.escape(hint)):
        rules.rule(name)


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (
            Problem("a.yaml", 3, 5, "never-true", "this", "that"),
            "a.yaml:3:5: warning: never-true: this; that",
        ),
        (Problem("a.yaml", 0, 0, "unused-template", "this"), "a.yaml: warning: unused-template: this"),
        (Problem("a.yaml", 3, 5, "yaml", "this: yaml: that"), "a.yaml:3:5: yaml: this: yaml: that"),
        (Problem("a.yaml", 3, 5, "of-no-table", "this"), "a.yaml:3:5: of-no-table: this"),
    ],
)
def test_a_warning_is_called_one(problem: Problem, line: str) -> None:
    assert rules.shown(problem) == line
