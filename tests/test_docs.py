"""What README and docs/ say is true: commands exist, examples load and run, lists are whole, links lead somewhere."""

from __future__ import annotations

import csv
import io
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
import typer.main
from factories import NOW
from pydantic import BaseModel

from outreach import apply, imports, workspace
from outreach.cli import app
from outreach.config import PREFIX, Settings
from outreach.db import Database
from outreach.domain.campaign import (
    Awaited,
    Campaign,
    EmailStep,
    EnterOnEvent,
    NotifyFields,
    TaskFields,
    Window,
)
from outreach.domain.expression_tree import ASKABLE, FUNCTIONS
from outreach.domain.leads import FIELDS, UPDATABLE
from outreach.domain.policies import (
    Fit,
    Funnel,
    Later,
    Lost,
    Move,
    Organisation,
    Points,
    Ramp,
    Rejected,
    Rep,
    Replies,
    Return,
    Scoring,
    Sender,
    Senders,
    SetAside,
    SoftBounces,
    Team,
    TemperatureRule,
)
from outreach.domain.rows import NAMES
from outreach.domain.variants import Variants
from outreach.domain.words import Consent, Source
from outreach.render import check
from outreach.render.filters import FILTERS
from outreach.workspace import INTENTS
from outreach.workspace.template_checks import HANDOFF, OF_HANDOFFS, mails_of

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = [README, *sorted((ROOT / "docs").glob("*.md"))]
REFERENCE = ROOT / "docs" / "campaigns.md"
IMPORT = ROOT / "docs" / "import.md"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROGRAM = typer.main.get_command(app)
PATIENCE = 60.0
"""Seconds until `outreach up` has to answer: a busy machine is slow to start."""


def blocks(page: Path, language: str) -> list[str]:
    """Return the fenced blocks of that language."""
    return [text for name, text in BLOCK.findall(page.read_text(encoding="utf-8")) if name == language]


def prose(page: Path) -> str:
    return BLOCK.sub("", page.read_text(encoding="utf-8"))


# -- commands --------------------------------------------------------------------------------------


def commands_of(page: Path) -> Iterator[str]:
    """Yield every call of the program that a page shows, in its blocks and in its prose."""
    for block in (*blocks(page, "sh"), *blocks(page, "")):
        for line in block.splitlines():
            parts = re.split(r"&&|\|", line)
            yield from (part.strip() for part in parts if part.strip().startswith("outreach "))
    for line in prose(page).splitlines():
        spans = re.findall(r"`([^`]+)`", line)
        if line.startswith("| `outreach "):  # the table of commands: the first cell names nothing else
            in_cell = re.findall(r"`([^`]+)`", line.split("|")[1])
            yield from (span if span.startswith("outreach ") else f"outreach {span}" for span in in_cell)
            spans = spans[len(in_cell) :]
        yield from (span for span in spans if span.startswith("outreach "))


SHOWN = sorted({(page.name, command) for page in PAGES for command in commands_of(page)})


def wrong_in(command: str) -> str:
    """Return what in a call does not exist, nothing where it all does."""
    found: Any = PROGRAM
    for word in shlex.split(command, comments=True)[1:]:
        if word.startswith("-"):
            known = {option for each in found.params for option in (*each.opts, *each.secondary_opts)}
            if word.partition("=")[0] not in known:
                return f"{found.name} has no option {word}"
        elif commands := getattr(found, "commands", None):
            if word not in commands:
                return f"{found.name} has no command {word}"
            found = commands[word]
    return ""


@pytest.mark.parametrize(("page", "command"), SHOWN)
def test_every_command_that_is_shown_exists(page: str, command: str) -> None:
    assert wrong_in(command) == ""


def test_commands_are_found_in_tables_and_blocks_and_held_against_the_program() -> None:
    shown = {command for page, command in SHOWN if page == "README.md"}
    assert {"outreach check", "outreach worker", "outreach sender resume", "outreach up"} <= shown
    assert wrong_in("outreach dance") == "outreach has no command dance"
    assert wrong_in("outreach lead dance") == "lead has no command dance"
    assert wrong_in("outreach import x.csv --colour red") == "import has no option --colour"


# -- README ----------------------------------------------------------------------------------------


def test_the_readme_is_short() -> None:
    assert len(README.read_text(encoding="utf-8").splitlines()) < 250


def test_the_campaign_in_the_readme_is_valid(examples: Path) -> None:
    (text,) = blocks(README, "yaml")
    (examples / "campaigns" / "readme.yaml").write_text(text, encoding="utf-8")
    mails = mails_of(Campaign.model_validate(_plain(text)))
    for name in sorted({*mails, "notes/call"}):
        file = examples / "templates" / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("---\nsubject: Hello\n---\nHello.\n", encoding="utf-8")
    assert "webinar-follow-up" in workspace.load(examples).campaigns


def _plain(text: str) -> object:
    from ruamel.yaml import YAML

    return YAML(typ="safe", pure=True).load(text)


def test_every_setting_is_in_the_readme_and_every_one_there_exists() -> None:
    rows = re.findall(r"^\| (`OUTREACH_[^|]*)\|", README.read_text(encoding="utf-8"), re.MULTILINE)
    written = re.findall(r"`(OUTREACH_\w+)`", " ".join(rows))
    fields = set(Settings.model_fields) - {"workspace"}  # an option of the command line
    assert sorted(written) == sorted(PREFIX + name.upper() for name in fields)


@pytest.mark.parametrize("target", ["demo", "test", "lint", "bench"])
def test_the_targets_of_make_that_the_readme_names_exist(target: str) -> None:
    assert f"make {target}" in README.read_text(encoding="utf-8")
    made = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr


def test_the_changelog_has_what_is_not_released_yet() -> None:
    assert re.search(
        r"^## \[Unreleased\]$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )


@dataclass(frozen=True)
class Shell:
    """A shell that runs a block of the README; its last command serves pages at `url`."""

    process: subprocess.Popen[bytes]
    url: str
    out: Path
    err: Path


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Shell]:
    """The block of "Use it", running up to and with `outreach up`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (tmp_path / "leads.csv").write_text("email,first name,country\ndana@example.com,Dana,DE\n")
    program = tmp_path / "bin" / "outreach"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m outreach "$@"\n')
    program.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OUTREACH_")}
    # A desk may have a mail server of its own on port 25: nothing is to reach it.
    kept |= {"PATH": f"{program.parent}{os.pathsep}{kept['PATH']}", "OUTREACH_SMTP_URL": "dry://"}
    out, err = tmp_path / "out", tmp_path / "err"
    with out.open("w") as to_out, err.open("w") as to_err:
        process = subprocess.Popen(
            ["sh", "-eu", "-c", _use_it(port)], cwd=tmp_path, env=kept, stdout=to_out, stderr=to_err
        )
    try:
        yield Shell(process, f"http://127.0.0.1:{port}", out, err)
    finally:
        process.kill()
        process.wait()


def _use_it(port: int) -> str:
    """Return the block as a script: with nothing installed, the file of leads in its place, and a free port."""
    (block,) = [text for text in blocks(README, "sh") if "outreach init" in text]
    first, init, *between, last = block.splitlines()
    assert first.startswith("pip install ")
    assert init.startswith("outreach init ")
    assert last == "outreach up"
    return "\n".join([init, "cp ../leads.csv .", *between, f"exec outreach up --port {port}"])


def test_the_commands_of_use_it_do_what_they_say(shell: Shell) -> None:
    status = _healthy(shell.process, f"{shell.url}/healthz")
    shell.process.send_signal(signal.SIGTERM)
    code = shell.process.wait(timeout=PATIENCE)
    out, err = shell.out.read_text(), shell.err.read_text()
    assert (status, code) == (200, 0), err
    for said in (
        "7 campaigns, no problem",
        "suspect-education",
        "1 added, 0 updated, 0 unchanged, 0 suppressed, 0 rejected",
        "stage: suspect",
    ):
        assert said in out, out + err


def _healthy(process: subprocess.Popen[bytes], url: str) -> int:
    """Return the status with which the pages answer, 0 where the process ends before."""
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return int(answer.status)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    return 0


# -- links -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_relative_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", prose(page))
    broken = []
    for target in targets:
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / unquote(path)).resolve() if path else page
        if not file.exists() or (anchor and anchor not in anchors(file)):
            broken.append(target)
    assert broken == []


def anchors(page: Path) -> set[str]:
    """Return the names of a page's headings, as links call them."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


# -- docs/campaigns.md -----------------------------------------------------------------------------


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    """A workspace with the example policies and templates."""
    for part in ("campaigns", "templates"):
        shutil.copytree(ROOT / part, tmp_path / part)
    return tmp_path


CAMPAIGNS = [text for text in blocks(REFERENCE, "yaml") if text.startswith("campaign:")]


@pytest.mark.parametrize("text", CAMPAIGNS, ids=lambda text: text.splitlines()[0].partition(": ")[2])
def test_the_campaigns_of_the_reference_are_valid(text: str, examples: Path) -> None:
    (examples / "campaigns" / "reference.yaml").write_text(text, encoding="utf-8")
    loaded = workspace.load(examples).campaigns
    assert "campaigns/reference.yaml" in {each.file for each in loaded.values()}


def test_the_reference_shows_every_step() -> None:
    shown = "\n".join(CAMPAIGNS)
    for step in ("email", "wait", "wait_for", "branch", "task", "update", "notify"):
        assert re.search(rf"- {step}:", shown), step


def test_the_mail_of_the_reference_is_valid() -> None:
    (text,) = blocks(REFERENCE, "md")
    known = {"lead": set(FIELDS), "sender": {"name"}, "organisation": {"name", "postal_address"}}
    known |= {"campaign": set(), "unsubscribe_url": set()}
    assert check({"webinar/thanks.md": text}, "webinar/thanks.md", known) == []


WRITTEN: tuple[type[BaseModel], ...] = (
    Campaign, EmailStep, EnterOnEvent, Window, Variants, Awaited, TaskFields, NotifyFields,
    Funnel, Scoring, Points, Fit, TemperatureRule, Move, Lost, Return, Rejected, SetAside, Replies, Later, SoftBounces,
    Team, Rep, Senders, Organisation, Sender, Ramp,
)  # fmt: skip


@pytest.mark.parametrize("model", WRITTEN, ids=lambda model: model.__name__)
def test_the_reference_names_every_key(model: type[BaseModel]) -> None:
    code = " ".join([*re.findall(r"`([^`]+)`", prose(REFERENCE)), *blocks(REFERENCE, "yaml")])
    keys = {field.alias or name for name, field in model.model_fields.items()}
    assert {key for key in keys if not re.search(rf"(?<!\w){key}(?!\w)", code)} == set()


def test_the_reference_names_every_word_of_the_languages() -> None:
    text = prose(REFERENCE)
    words = {*FIELDS, *UPDATABLE, *ASKABLE, *FILTERS, *INTENTS, *OF_HANDOFFS, HANDOFF}
    words |= {f"{name}(" for name in FUNCTIONS}
    assert {word for word in words if not re.search(rf"(?<!\w){re.escape(word)}", text)} == set()


# -- docs/import.md --------------------------------------------------------------------------------

FIELDS_OF_OUR_OWN = {"machines": "number"}


def test_the_page_on_imports_names_every_column_and_word() -> None:
    code = {span for spans in re.findall(r"`([^`]+)`", prose(IMPORT)) for span in spans.split()}
    assert {*NAMES, *Source, *Consent} - code == set()


@pytest.mark.parametrize(("language", "file"), [("csv", "leads.csv"), ("json", "leads.jsonl")])
def test_the_files_of_the_page_on_imports_go_in(
    tmp_path: Path, database: Database, language: str, file: str
) -> None:
    (text,) = blocks(IMPORT, language)
    (tmp_path / file).write_text(text, encoding="utf-8")
    imported = _imported(tmp_path / file, database, imports.Options())
    assert (imported.added, imported.rejected, imported.ignored) == (text.count("@"), 0, ())


def test_rows_are_rejected_as_the_page_on_imports_shows(tmp_path: Path, database: Database) -> None:
    (text,) = [text for text in blocks(IMPORT, "") if text.startswith("line;reason")]
    shown = [row[1:] for row in csv.reader(io.StringIO(text), delimiter=";")]
    file = tmp_path / "fair.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        # As it came in, before anything was put in front of a formula.
        csv.writer(out, delimiter=";").writerows(
            [cell.removeprefix("'") for cell in row[1:]] for row in shown
        )
    imported = _imported(file, database, imports.Options(source="trade_show", consent="express"))
    assert imported.rejects_file is not None
    rejected = imported.rejects_file.read_text(encoding="utf-8-sig")
    assert [row[1:] for row in csv.reader(io.StringIO(rejected), delimiter=";")] == shown


def _imported(file: Path, database: Database, options: imports.Options) -> imports.Imported:
    with database.write() as session:
        apply.apply(session, workspace.load(ROOT), NOW)
    return imports.import_leads(database, file, replace(options, fields=FIELDS_OF_OUR_OWN), NOW)
