"""plan, apply and undo as a person calls them: what is printed, what is refused, and that nothing moves by looking."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from calls import Run, call, one_line


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return lambda *arguments, cwd=tmp_path, **environment: call(arguments, cwd, environment)


@pytest.fixture(scope="module")
def applied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the examples, applied, that is only ever copied."""
    folder = tmp_path_factory.mktemp("applied")
    assert call(("init",), folder, {}).code == 0
    assert call(("apply", "--no-tests"), folder, {}).code == 0
    return folder


@pytest.fixture
def shop(applied: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(applied, tmp_path / "shop"))


def change(
    shop: Path, file: str = "mql-nurture", old: str = "priority: 40", new: str = "priority: 41"
) -> None:
    path = shop / "campaigns" / f"{file}.yaml"
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")


def test_what_is_in_force_is_no_change(run: Run, shop: Path) -> None:
    shown = run("plan", cwd=shop)
    assert (shown.code, shown.out) == (0, "no changes: what is in force is what stands in the files\n")


def test_before_the_first_apply_everything_is_new_and_no_database_is_made(run: Run, tmp_path: Path) -> None:
    run("init", "shop")
    shown = run("plan", cwd=tmp_path / "shop")
    assert shown.code == 0
    assert shown.out.startswith("nothing is applied yet: everything is new\n")
    assert shown.out.rstrip().endswith("apply: 7 new campaigns, 4 policies")
    assert not list((tmp_path / "shop").glob("outreach.db*"))


def test_a_plan_made_before_the_first_apply_can_be_applied(run: Run, tmp_path: Path) -> None:
    run("init", "shop")
    run("plan", "--out", "plan.json", cwd=tmp_path / "shop")
    assert run("apply", "--plan", "plan.json", cwd=tmp_path / "shop").code == 0
    assert "funnel: version none was in force" not in run("plan", cwd=tmp_path / "shop").out
    refused = run("apply", "--plan", "plan.json", cwd=tmp_path / "shop")
    assert refused.code == 1
    assert "funnel: version 0 was in force, now 1 is" in refused.err


def test_a_change_is_planned_applied_and_undone(run: Run, shop: Path) -> None:
    change(shop)
    shown = run("plan", "--out", "plan.json", cwd=shop)
    assert "~ campaign mql-nurture   version 1 → 2\n    ~ priority: 40 → 41\n" in shown.out
    assert shown.out.endswith("do just this with: outreach apply --plan plan.json\n")
    assert "\x1b" not in shown.out
    done = run("apply", "--plan", "plan.json", cwd=shop)
    assert re.search(r"campaign +mql-nurture +changed +2", done.out)
    again = run("apply", "--plan", "plan.json", cwd=shop)
    assert again.code == 1
    assert again.err.splitlines() == [
        "the plan does not hold any more; make a new one: outreach plan",
        "campaign mql-nurture: version 1 was in force, now 2 is",
    ]
    dry = run("undo", "--dry-run", cwd=shop)
    assert "~ priority: 41 → 40" in dry.out
    assert run("plan", cwd=shop).out.startswith("no changes")
    undone = run("undo", cwd=shop)
    assert re.search(r"campaign +mql-nurture +changed +3", undone.out)
    assert undone.out.endswith("the files still say what was undone; outreach plan shows it\n")
    assert "there is nothing to undo" in one_line(run("undo", cwd=shop))
    assert "~ priority: 40 → 41" in run("plan", cwd=shop).out


def test_the_history_tells_what_was_applied_and_undone(run: Run, shop: Path) -> None:
    change(shop)
    run("apply", "--no-tests", cwd=shop)
    run("undo", cwd=shop)
    lines = run("plan", "--history", cwd=shop).out.splitlines()
    assert [line[22:] for line in lines[:4]] == [
        "undo 3", "re: version 2 → 3", "apply 2, undone since", "re: version 1 → 2"
    ]  # fmt: skip
    told = json.loads(run("plan", "--history", "--json", cwd=shop).out)
    assert [each["kind"] for each in told] == ["undo", "apply", "apply"]
    assert told[0]["changed"] == {"campaign mql-nurture": [2, 3]}


def test_a_program_can_read_the_plan(run: Run, shop: Path) -> None:
    change(shop)
    told = json.loads(run("plan", "--json", cwd=shop).out)
    assert [each["name"] for each in told["campaigns"]] == ["mql-nurture"]
    assert told["campaigns"][0]["people"]["enters"] == 0
    assert json.loads(run("plan", "--json", "--no-tests", cwd=shop).out)["base"] == told["base"]
    run("apply", cwd=shop)
    undoing = json.loads(run("undo", "--json", "--dry-run", cwd=shop).out)
    assert (undoing["title"], undoing["campaigns"][0]["to_version"]) == ("undo", 3)


def no_file(shop: Path) -> list[str]:
    return ["apply", "--plan", "none.json"]


def no_plan(shop: Path) -> list[str]:
    (shop / "plan.json").write_text("campaign: mine", encoding="utf-8")
    return ["apply", "--plan", "plan.json"]


def a_rule_twice(shop: Path) -> list[str]:
    return ["apply", "--plan", "plan.json", "--in-flight", "move"]


def no_rule(shop: Path) -> list[str]:
    return ["plan", "--in-flight", "jump"]


def no_folder(shop: Path) -> list[str]:
    return ["plan", "--out", "none/plan.json"]


def a_mistake(shop: Path) -> list[str]:
    change(shop, new="priority: high")
    return ["plan"]


def a_rule_that_is_none(shop: Path) -> list[str]:
    change(shop, new="in_flight: jump")
    return ["plan"]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (no_file, "none.json can not be read: No such file or directory"),
        (no_plan, "plan.json is no plan; make one with: outreach plan --out FILE"),
        (a_rule_twice, "--in-flight is said when the plan is made: outreach plan --in-flight ... --out FILE"),
        (no_rule, "--in-flight 'jump' is no rule; write keep or move"),
        (no_folder, "none/plan.json can not be written: No such file or directory"),
        (a_mistake, "campaigns/mql-nurture.yaml:"),
        (a_rule_that_is_none, "campaigns/mql-nurture.yaml:"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(
    run: Run, shop: Path, wrong: Callable[[Path], list[str]], says: str
) -> None:
    before = (shop / "outreach.db").read_bytes()
    assert one_line(run(*wrong(shop), cwd=shop)).startswith(says)
    assert (shop / "outreach.db").read_bytes() == before


def test_before_the_first_apply_there_is_nothing_to_undo(run: Run, tmp_path: Path) -> None:
    run("init", "shop")
    assert "there is no database yet; run: outreach apply" in one_line(run("undo", cwd=tmp_path / "shop"))
    assert "there is no database yet" in one_line(run("plan", "--history", cwd=tmp_path / "shop"))


@pytest.mark.parametrize("command", ["plan", "apply"])
def test_a_failing_test_in_a_file_is_a_reason_not_to(run: Run, shop: Path, command: str) -> None:
    tests = "\ntests:\n  - given: {reply: day 1}\n    expect: {mails: [no-such-mail-at-all]}\n"
    path = shop / "campaigns" / "customer-referral-ask.yaml"
    content = path.read_text(encoding="utf-8")
    path.write_text(re.split(r"\ntests:", content)[0] + tests, encoding="utf-8")
    refused = run(command, cwd=shop)
    assert refused.code == 1
    assert "campaigns/customer-referral-ask.yaml:" in refused.err
    assert "Traceback" not in refused.err


def test_tests_that_fail_can_be_passed_over(run: Run, shop: Path) -> None:
    path = shop / "campaigns" / "suspect-education.yaml"
    content = path.read_text(encoding="utf-8")
    assert "\ntests:" in content
    path.write_text(content.replace("- wait: 4 days", "- wait: 40 days", 1), encoding="utf-8")
    refused = run("apply", cwd=shop)
    assert refused.code == 1 and "test-failed" in refused.err
    assert "wait 40 days" in run("plan", "--no-tests", cwd=shop).out
    assert run("apply", "--no-tests", cwd=shop).code == 0
