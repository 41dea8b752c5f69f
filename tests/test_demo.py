"""The demo as a process: it exits with 0 only when the main job was done, and prints what the database says."""

from __future__ import annotations

import inspect
import os
import re
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from outreach.cli import running

ROOT = Path(__file__).parent.parent
SEED = "7"  # a cast with enough eager people and lost deals whose time comes, on every day of the year
IDLE = "3"  # a cast in which none comes within a week


@dataclass(frozen=True)
class Played:
    """How a demo ended."""

    code: int
    out: str
    err: str
    folder: Path

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """Return what the demo's database says."""
        with closing(sqlite3.connect(self.folder / "outreach.db")) as database:
            return database.execute(query).fetchall()

    def table(self, title: str, heading: str) -> list[list[str]]:
        """Return the cells of the printed table of that title, below its headings, of which one is the first."""
        lines = [re.split(r" {2,}", line.strip()) for line in self.out.split(f"\n{title}", 1)[1].splitlines()]
        below = lines[next(number for number, cells in enumerate(lines) if cells[0] == heading) + 1 :]
        return below[: below.index([""])]


@dataclass(frozen=True)
class Demos:
    """Two demos that were played at the same time."""

    played: Played
    idle: Played


@pytest.fixture(scope="module")
def demos(tmp_path_factory: pytest.TempPathFactory) -> Demos:
    """A small demo, fewer people and days than `make demo` plays and nothing else changed, and one without a return."""
    folder = tmp_path_factory.mktemp("demo")
    with ThreadPoolExecutor() as pool:
        played = pool.submit(_play, folder / "shop", "40", "14", SEED)
        idle = pool.submit(_play, folder / "idle", "20", "7", IDLE)
        return Demos(played.result(), idle.result())


def _play(folder: Path, leads: str, days: str, seed: str) -> Played:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("OUTREACH_")}
    options = ["--leads", leads, "--days", days, "--seed", seed, "--folder", str(folder)]
    done = subprocess.run(
        [sys.executable, "-m", "outreach", "demo", *options],
        env={**kept, "COLUMNS": "200"},  # no cell is broken over two lines
        capture_output=True,
        text=True,
        timeout=150,
    )
    return Played(done.returncode, done.stdout, done.stderr, folder)


@pytest.fixture
def played(demos: Demos) -> Played:
    return demos.played


def test_the_main_job_was_done(played: Played) -> None:
    assert (played.code, played.err) == (0, "")
    moves = played.ask(
        "SELECT json_extract(data, '$.from'), json_extract(data, '$.to') FROM event WHERE kind = 'stage_changed'"
    )
    assert ("suspect", "mql") in moves
    assert any(to == "sql" for _, to in moves)
    ((handoffs,),) = played.ask("SELECT count(*) FROM handoff")
    ((told,),) = played.ask(
        "SELECT count(*) FROM notification WHERE handoff_id IS NOT NULL AND status = 'accepted'"
    )
    assert handoffs > 0
    assert told >= handoffs
    ((back,),) = played.ask("SELECT count(*) FROM lead WHERE rounds > 0")
    assert back > 0


def test_the_printed_funnel_is_that_of_the_database(played: Played) -> None:
    after = dict(played.ask("SELECT stage, count(*) FROM lead GROUP BY stage"))
    rows = played.table("The funnel", "stage")
    assert {stage: int(count) for stage, _, count in rows} == {
        stage: after.get(stage, 0) for stage, _, _ in rows
    }
    assert sum(int(count) for _, _, count in rows) == sum(after.values())
    ((imported,),) = played.ask("SELECT count(*) FROM event WHERE kind = 'imported'")
    assert sum(int(count) for _, count, _ in rows) == imported
    assert f"imported {imported} leads, 3 rows rejected" in played.out


def test_the_printed_mails_are_those_of_the_database(played: Played) -> None:
    found = played.ask("SELECT status, coalesce(reason, ''), count(*) FROM message GROUP BY 1, 2")
    rows = [
        (row[0], row[1] if len(row) == 3 else "", int(row[-1]))
        for row in played.table("Mails by outcome", "outcome")
    ]
    assert sorted(rows) == sorted(found)
    assert found


def test_the_printed_moves_are_those_of_the_database(played: Played) -> None:
    found = played.ask(
        "SELECT json_extract(data, '$.from'), json_extract(data, '$.to'), count(*) FROM event "
        "WHERE kind = 'stage_changed' GROUP BY 1, 2"
    )
    totals: dict[tuple[str, str], int] = {}
    for start, to, _, count in played.table("Moves through the funnel", "from"):
        totals[start, to] = totals.get((start, to), 0) + int(count)
    assert totals == {(start, to): count for start, to, count in found}


def test_the_printed_hand_offs_are_those_of_the_database(played: Played) -> None:
    found = played.ask("SELECT coalesce(rep, 'nobody'), status, count(*) FROM handoff GROUP BY 1, 2")
    rows = [(rep, status, int(count)) for rep, status, count in played.table("Hand-offs", "rep")]
    assert sorted(rows) == sorted(found)


def test_the_printed_returns_are_those_of_the_database(played: Played) -> None:
    found = played.ask("SELECT coalesce(angle, ''), stage, count(*) FROM lead WHERE rounds > 0 GROUP BY 1, 2")
    rows = [
        (row[0] if len(row) == 3 else "", row[-2], int(row[-1]))
        for row in played.table("Back in play", "angle")
    ]
    assert sorted(rows) == sorted(found)


def test_what_the_demo_leaves_can_be_looked_at(played: Played) -> None:
    settings = dict(
        line.split("=", 1) for line in (played.folder / "demo.env").read_text(encoding="utf-8").splitlines()
    )
    ((email,),) = played.ask("SELECT email FROM lead WHERE stage = 'mql' ORDER BY id LIMIT 1")
    done = subprocess.run(
        [sys.executable, "-m", "outreach", "explain", email],
        env={**os.environ, **settings},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "stage: mql" in done.stdout


def test_a_demo_that_did_not_do_its_job_says_so_and_exits_with_1(demos: Demos) -> None:
    assert demos.idle.code == 1
    assert demos.idle.err.startswith("the demo did not do its main job: ")
    assert "no lost deal came back" in demos.idle.err
    assert demos.idle.ask("SELECT count(*) FROM lead WHERE rounds > 0") == [(0,)]


def test_make_demo_plays_200_leads_for_six_weeks() -> None:
    defaults = {
        name: parameter.default for name, parameter in inspect.signature(running.demo).parameters.items()
    }
    assert (defaults["leads"], defaults["days"]) == (200, 42)
    recipe = (ROOT / "Makefile").read_text(encoding="utf-8").split("\ndemo:", 1)[1].splitlines()[1]
    assert recipe.strip() == "$(BIN)/outreach demo"
