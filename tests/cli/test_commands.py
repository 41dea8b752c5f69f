"""The program as a person calls it: arguments and settings in, exit code and what it prints out."""

from __future__ import annotations

import json
import re
import shutil
import socket
from pathlib import Path

import pytest
from calls import Run, call, one_line

from outreach.channels.consent import Consent
from outreach.errors import InputError

BY_TOKEN = "imaps://anna%40example.com@imap.invalid/INBOX?oauth=google"
GOOGLE = {"OUTREACH_GOOGLE_CLIENT_ID": "id", "OUTREACH_GOOGLE_CLIENT_SECRET": "hunter2"}
LOGIN = ("mailbox", "login", "google", "anna@example.com")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return lambda *arguments, cwd=tmp_path, **environment: call(arguments, cwd, environment)


@pytest.fixture(scope="module")
def applied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the examples, applied, that is only ever copied."""
    folder = tmp_path_factory.mktemp("applied")
    assert call(("init",), folder, {}).code == 0
    assert call(("apply",), folder, {}).code == 0
    return folder


@pytest.fixture
def shop(applied: Path, tmp_path: Path) -> Path:
    """A workspace with the examples, applied."""
    return Path(shutil.copytree(applied, tmp_path / "shop"))


def test_a_new_workspace_passes_the_check(run: Run, tmp_path: Path) -> None:
    assert run("init", "shop").code == 0
    checked = run("check", cwd=tmp_path / "shop")
    assert (checked.code, checked.out.strip()) == (0, "7 campaigns, no problem, 17 tests passed")


def test_a_workspace_is_not_written_over(run: Run, tmp_path: Path) -> None:
    run("init", "shop")
    (tmp_path / "shop" / "campaigns" / "team.yaml").write_text("mine")
    assert "is there already" in one_line(run("init", "shop"))
    assert (tmp_path / "shop" / "campaigns" / "team.yaml").read_text() == "mine"


def test_applying_twice_changes_nothing(run: Run, shop: Path) -> None:
    again = json.loads(run("apply", "--json", cwd=shop).out)
    assert {change["what"] for change in again} == {"unchanged"}


def test_an_imported_lead_can_be_explained(run: Run, shop: Path) -> None:
    (shop / "leads.csv").write_text("email,first name\ndana@example.com,Dana\nwrong,Nobody\n")
    imported = run("import", "leads.csv", "--source", "webinar", "--consent", "express", cwd=shop)
    assert "1 added, 0 updated, 0 unchanged, 0 suppressed, 1 rejected" in imported.out
    explained = run("explain", "dana@example.com", cwd=shop)
    assert explained.code == 0
    assert "stage: suspect" in explained.out
    assert (
        json.loads(run("explain", "dana@example.com", "--json", cwd=shop).out)["stage"]["what"] == "suspect"
    )


def test_an_event_can_be_told_and_counts_once(run: Run, shop: Path) -> None:
    (shop / "leads.csv").write_text("email\ndana@example.com\n")
    run("import", "leads.csv", "--source", "webinar", "--consent", "express", cwd=shop)
    told = ("lead", "event", "dana@example.com", "attended", "--subject", "webinar", "--id", "1")
    assert run(*told, cwd=shop).out.strip() == "recorded"
    assert "known already" in run(*told, cwd=shop).out


def test_a_lead_can_be_discarded_by_hand(run: Run, shop: Path) -> None:
    (shop / "leads.csv").write_text("email\ndana@example.com\n")
    run("import", "leads.csv", "--source", "webinar", "--consent", "express", cwd=shop)
    assert (
        "is discarded now" in run("lead", "discard", "dana@example.com", "--reason", "student", cwd=shop).out
    )
    assert "stage: discarded" in run("explain", "dana@example.com", cwd=shop).out


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        (("up",), {"OUTREACH_SECRET_KEY": ""}, "OUTREACH_SECRET_KEY is not set; make one with"),
        (("up",), {"OUTREACH_SECRET_KEY": "short"}, "OUTREACH_SECRET_KEY is shorter than 16 characters"),
        (("worker",), {}, "OUTREACH_REDIS_URL is not set: scheduler and workers hear from each other"),
        (("up",), {"OUTREACH_IMAP_URL": "imap.foo"}, "OUTREACH_IMAP_URL: the mailbox's address is written"),
        (("up",), {"OUTREACH_IMAP_URL": BY_TOKEN}, "OUTREACH_GOOGLE_CLIENT_ID is not set"),
        (("up",), {"OUTREACH_IMAP_URL": BY_TOKEN, **GOOGLE}, "run: outreach mailbox login google"),
        (LOGIN, {}, "OUTREACH_GOOGLE_CLIENT_ID is not set"),
        (
            LOGIN,
            {"OUTREACH_GOOGLE_CLIENT_ID": "id"},
            "OUTREACH_GOOGLE_CLIENT_SECRET is not set",
        ),
        (("mailbox", "login", "google", "anna"), GOOGLE, "'anna' is no mailbox's address: "),
        (
            ("up",),
            {"OUTREACH_SMTP_URL": "smtp://192.0.2.1:587"},
            "OUTREACH_BASE_URL is this machine's own address",
        ),
        (
            ("up",),
            {"OUTREACH_SMTP_URL": "smtp://192.0.2.1:587", "OUTREACH_BASE_URL": "https://t.example.com"},
            "in senders.yaml still has an example's address",
        ),
        (("up",), {"OUTREACH_SMTP_URL": "ftp://x"}, "a mail server begins with one of"),
        (
            ("up",),
            {"OUTREACH_REDIS_URL": "redis://127.0.0.1:1/0"},
            "OUTREACH_REDIS_URL: no Redis answers there",
        ),
        (("up",), {"OUTREACH_BASE_URL": "example.com"}, "OUTREACH_BASE_URL: is not an http(s) address"),
        (("up",), {"OUTREACH_TICK_SECONDS": "soon"}, "OUTREACH_TICK_SECONDS: "),
        (("explain", "nobody@example.com"), {}, "no lead has the address nobody@example.com"),
        (("lead", "event", "x@example.com", "danced"), {}, "'danced' is no kind of event; write one of"),
        (("lead", "event", "x@example.com", "accepted"), {}, "accepted is written by the program itself"),
        (("handoff", "accept", "7"), {}, "no hand-off 7"),
        (("deal", "win", "nobody@example.com"), {}, "no lead has the address"),
        (("message", "resolve", "7", "--sent"), {}, "message 7 is not unknown"),
        (("sender", "resume", "nobody"), {}, "no sender in senders.yaml has the name 'nobody'"),
        (
            ("lead", "event", "x@example.com", "stated", "--purchase-time", "some day"),
            {},
            "'some day' states no time",
        ),
        (("up", "--log", "loud"), {}, "'loud' is no log level; write one of: debug"),
        (("import", "missing.csv", "--source", "webinar", "--consent", "express"), {}, "missing.csv"),
        (("explain", "x@example.com"), {"OUTREACH_DATABASE_URL": "oracle://x"}, "OUTREACH_DATABASE_URL"),
        (
            ("explain", "x@example.com"),
            {"OUTREACH_DATABASE_URL": "postgresql://127.0.0.1:1/x"},
            "can not be used",
        ),
    ],
)
def test_wrong_input_gets_one_clear_line(
    run: Run, shop: Path, arguments: tuple[str, ...], environment: dict[str, str], said: str
) -> None:
    assert said in one_line(run(*arguments, cwd=shop, **environment))


def test_a_port_in_use_is_said(run: Run, shop: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"port {port} is in use" in one_line(run("up", "--port", str(port), cwd=shop))


def test_a_command_before_apply_says_what_to_do_first(run: Run, tmp_path: Path) -> None:
    assert "outreach" in one_line(run("explain", "x@example.com"))


def test_a_read_only_folder_is_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert "can not be written" in one_line(run("init", "file/shop"))


def test_a_database_of_a_newer_version_is_left_alone(run: Run, shop: Path) -> None:
    import sqlite3

    with sqlite3.connect(shop / "outreach.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.close()
    for command in (("apply",), ("migrate",), ("lead", "list")):
        assert "newer version (9999)" in one_line(run(*command, cwd=shop))


COMMANDS = [
    "init", "check", "apply", "migrate", "import", "explain", "lead", "handoff", "deal", "task", "message", "sender",
    "report", "up", "scheduler", "worker", "web", "demo",
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_that_teaches(run: Run, command: str) -> None:
    helped = run(command, "--help")
    assert helped.code == 0
    assert len(helped.out) > 200


def test_a_wrong_call_exits_with_2(run: Run) -> None:
    assert run("explain").code == 2
    assert run("dance").code == 2
    assert run("handoff", "accept", str(2**63)).code == 2
    assert run("deal", "win", "x@example.com", "--amount", "inf").code == 2


def test_a_port_that_can_not_be_had_for_a_login_is_said_in_one_line(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = one_line(run(*LOGIN, "--port", port, **GOOGLE))
    assert f"port {port} is in use; choose another with --port, or use --paste" in said


@pytest.mark.parametrize("port", ["70000", "0", "-1"])
def test_a_port_that_is_none_is_refused(run: Run, port: str) -> None:
    result = run(*LOGIN, "--port", port, **GOOGLE)
    assert result.code == 2
    assert "Invalid value for '--port'" in result.err


@pytest.mark.parametrize("provider", ["google", "microsoft"])
def test_a_login_says_where_it_waits_and_how_long(
    run: Run, monkeypatch: pytest.MonkeyPatch, provider: str
) -> None:
    def nobody(_: Consent, seconds: float) -> str:
        raise InputError(f"nobody in {seconds:.0f} s")

    monkeypatch.setattr(Consent, "wait", nobody)
    result = run(*LOGIN[:2], provider, LOGIN[3], OUTREACH_MICROSOFT_CLIENT_ID="id", **GOOGLE)
    assert "nobody in 600 s" in result.err
    port = re.search(r"localhost%3A(\d+)", result.out)
    assert port
    assert (
        f"waiting up to 10 minutes for the answer on port {port[1]} (or stop with Ctrl-C and use --paste)"
        in result.out
    )
