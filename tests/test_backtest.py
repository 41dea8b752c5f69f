"""Changed rules held against the past: by the engine's own rules, judged by the deals that were won."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from conftest import NOW
from house import FUNNEL, House
from typer.testing import CliRunner

from outreach import applied, db, models, reps
from outreach.applied import InForce
from outreach.backtest import Backtest, Rung, backtest, loads, reading, replay
from outreach.backtest.loads import Given
from outreach.cli import app
from outreach.db import Database
from outreach.domain.funnel import compile_funnel
from outreach.domain.policies import Funnel, Team
from outreach.domain.variants import chance
from outreach.domain.words import Kind, Stage
from outreach.workspace.values import validate
from outreach.workspace.yaml_files import parse

LEADS = 60
DAYS = 150


@pytest.fixture(scope="module")
def house(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """An installation in which some months went by. All tests read it, none writes."""
    folder = tmp_path_factory.mktemp("backtest")
    database = db.connect(f"sqlite:///{shutil.copy(sqlite_template, folder / 'outreach.db')}")
    yield lived(database, folder / "workspace", LEADS, DAYS)
    database.close()


def lived(database: Database, folder: Path, leads: int, days: int) -> House:
    """Return an installation in which people did things, reps answered, deals were won and lost."""
    built = House(database, folder, NOW)
    built.apply()
    ids = [built.lead(email=f"lead{number}@example.com") for number in range(leads)]
    for day in range(days):
        for lead_id in ids:
            something_happens(built, lead_id, day)
        built.later(days=1)
    return built


def something_happens(house: House, lead_id: int, day: int) -> None:
    luck = chance("day", lead_id, day)
    match house.get(lead_id).stage:
        case Stage.SUSPECT | Stage.MQL:
            somebody_acts(house, lead_id, luck if chance("eager", lead_id) < 0.5 else luck * 9)
        case Stage.DISCARDED if luck < 0.1:
            with house.database.write() as session:
                in_force = applied.policies(session)
                reps.move(session, house.get(lead_id).email, Stage.SUSPECT, "a mistake", in_force, house.now)
        case Stage.SQL if luck < 0.5:
            (open_one,) = house.rows(models.Handoff, lead_id=lead_id, status="open")
            with house.database.write() as session:
                reps.answer_handoff(session, open_one.id, luck < 0.4, "not_ready", house.now)
        case Stage.OPPORTUNITY if luck < 0.2:
            email = house.get(lead_id).email
            with house.database.write() as session:
                if luck < 0.12:
                    reps.win(session, email, 1000.0, "EUR", house.now)
                else:
                    reps.lose(session, email, "price", house.now)


def somebody_acts(house: House, lead_id: int, luck: float) -> None:
    if luck < 0.06:
        house.event(lead_id, Kind.CLICKED, subject="first", detail="https://example.com/a")
    elif luck < 0.08:
        house.event(lead_id, Kind.ATTENDED, subject="webinar")
    elif luck < 0.085:
        house.event(lead_id, Kind.REPLIED, detail="meeting", data={"intent": "meeting"})
    elif luck < 0.0875:
        house.event(lead_id, Kind.REPLIED, detail="not_interested", data={"intent": "not_interested"})
    elif luck < 0.09:
        house.event(lead_id, Kind.SUBMITTED, data={"purchase_time": "within 2 months"})


def rules(house: House, text: str | None = None) -> InForce:
    """Return what is in force, with another funnel where one is given."""
    with house.database.read() as session:
        in_force = applied.policies(session)
    if text is None:
        return in_force
    funnel = validate(parse(text, "funnel.yaml"), Funnel)
    policies = in_force.policies.model_copy(update={"funnel": funnel})
    return replace(in_force, policies=policies, funnel=compile_funnel(funnel))


def run(house: House, tried: InForce, known_from: datetime | None = None) -> Backtest:
    with house.database.read() as session:
        return backtest(session, tried, known_from, house.now)


def mql(found: Backtest) -> Rung:
    return next(rung for rung in found.rungs if rung.stage == Stage.MQL)


def test_the_past_reads_the_same_on_both_databases(database: Database, tmp_path: Path) -> None:
    small = lived(database, tmp_path / "workspace", leads=4, days=30)
    assert mql(run(small, rules(small))).difference.before > 0
    nothing_is_different(small)


def test_the_rules_that_held_give_just_what_happened(house: House) -> None:
    assert (
        len(house.rows(models.Event, kind=Kind.STAGE_CHANGED)) > LEADS
    )  # a past in which something happened
    nothing_is_different(house)


def nothing_is_different(house: House) -> None:
    with house.database.read() as session:
        (past,) = list(reading.read(session, None, house.now))
    played = replay.play(past, rules(house), house.now)
    happened = {lead.id: [(move.before, move.after) for move in lead.moved] for lead in past}
    assert {
        lead.id: [(str(move.before), str(move.after)) for move in played.get(lead.id, ())] for lead in past
    } == happened
    for lead in past:
        for move, real in zip(played.get(lead.id, ()), lead.moved, strict=True):
            # The house looks every hour at what time alone changes.
            assert timedelta() <= real.at - move.at <= timedelta(hours=1), (lead.id, real)


def test_unchanged_rules_promote_the_same_leads_at_the_same_time(house: House) -> None:
    found = mql(run(house, rules(house)))
    assert (found.difference.gained, found.difference.dropped) == (0, 0)
    assert found.then == found.tried
    assert found.difference.before == found.difference.after > 0


def test_a_lower_threshold_promotes_more_and_earlier_and_never_fewer(house: House) -> None:
    found = mql(run(house, rules(house, FUNNEL.replace("lead.score >= 40", "lead.score >= 20"))))
    assert found.difference.gained > 0
    assert found.difference.dropped == 0
    assert found.difference.later == 0
    assert found.tried.recall.count >= found.then.recall.count


def test_a_threshold_that_nobody_reaches_promotes_only_those_who_say_so_themselves(house: House) -> None:
    never = mql(run(house, rules(house, FUNNEL.replace("lead.score >= 40", "lead.score >= 4000"))))
    assert never.difference.dropped > 0
    assert never.difference.after < never.difference.before


def test_it_reads_and_writes_nothing(house: House) -> None:
    tables = (models.Event, models.Handoff, models.Task)
    before = [len(house.rows(table)) for table in tables]
    run(house, rules(house, FUNNEL.replace("points: 20", "points: 90")))
    assert [len(house.rows(table)) for table in tables] == before


def test_the_deals_are_counted_and_the_young_are_not_judged(house: House) -> None:
    found = run(house, rules(house))
    won = {row.lead_id for row in house.rows(models.Event, kind=Kind.DEAL_WON)}
    assert found.wins == len(won) > 0
    assert found.leads == LEADS
    assert found.horizon >= timedelta(days=1)
    young = run(house, rules(house), known_from=house.now - timedelta(days=1))
    assert young.leads == 0


def test_few_deals_suggest_nothing_and_it_says_so(house: House) -> None:
    found = run(house, rules(house))
    assert found.suggestion is None
    assert found.suggested.startswith("not enough: ")


def test_hand_offs_are_shared_as_the_team_shares_them(now: datetime) -> None:
    team = Team.model_validate(
        {
            "reps": [
                {"name": "rita", "full_name": "Rita", "email": "rita@example.org", "capacity": 3},
                {"name": "ron", "full_name": "Ron", "email": "ron@example.org", "capacity": 3},
            ],
        }
    )
    given = [Given(now + timedelta(days=day), day, {"country": "DE"}) for day in range(8)]
    weekly = loads.weekly(team, given)
    assert {(each.rep, each.hand_offs, each.most_open) for each in weekly} == {
        ("", 2, 0), ("rita", 3, 3), ("ron", 3, 3),
    }  # fmt: skip
    later = [Given(each.at + loads.OPEN_FOR, each.lead_id + 100, each.values) for each in given]
    assert {(each.rep, each.hand_offs) for each in loads.weekly(team, [*given, *later])} >= {
        ("rita", 6),
        ("ron", 6),
    }


# -- the command -------------------------------------------------------------------------------------


@pytest.fixture
def cli(house: House, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    url = house.database.engine.url.render_as_string(hide_password=False)
    monkeypatch.setenv("OUTREACH_DATABASE_URL", url)
    monkeypatch.setenv("OUTREACH_WORKSPACE", str(house.folder))
    return CliRunner()


def test_the_command_says_what_the_edit_would_have_done(cli: CliRunner, house: House, tmp_path: Path) -> None:
    edited = tmp_path / "mine.yaml"
    edited.write_text(FUNNEL.replace("lead.score >= 40", "lead.score >= 20"), encoding="utf-8")
    done = cli.invoke(app, ["backtest", "--funnel", str(edited), "--to", f"{house.now:%Y-%m-%d}"])
    assert done.exit_code == 0, done.output
    assert f"{LEADS} leads up to" in done.output
    assert " more; " in done.output
    assert "lift" in done.output
    assert "No points are suggested: not enough" in done.output


def test_the_command_prints_json(cli: CliRunner, house: House) -> None:
    done = cli.invoke(app, ["backtest", "--to", f"{house.now:%Y-%m-%d}", "--json"])
    assert json.loads(done.output)["leads"] == LEADS


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--from", "yesterday"], "'yesterday' is not a day"),
        (["--from", "2026-05-01", "--to", "2026-04-01"], "--from 2026-05-01 is not before --to 2026-04-01"),
        (["--from", "2026-03-20", "--to", "2026-04-01"], "no lead became known in these days"),
        (["--funnel", "nowhere.yaml"], "nowhere.yaml"),
    ],
)
def test_wrong_calls_get_one_line(cli: CliRunner, arguments: list[str], line: str) -> None:
    done = cli.invoke(app, ["backtest", *arguments])
    assert done.exit_code == 1
    assert line in str(done.exception)
    assert "\n" not in str(done.exception)


def test_a_funnel_with_problems_gives_the_lines_of_check(
    cli: CliRunner, house: House, tmp_path: Path
) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(FUNNEL.replace("lead.score >= 40", "lead.scor >= 40"), encoding="utf-8")
    done = cli.invoke(app, ["backtest", "--funnel", str(file)])
    assert done.exit_code == 1
    assert f"{file}:9:" in str(done.exception)
    assert "lead.scor" in str(done.exception)


def test_before_anything_happened_it_says_so(
    database: Database, tmp_path: Path, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = House(database, tmp_path / "workspace", now)
    built.apply()
    monkeypatch.setenv("OUTREACH_DATABASE_URL", database.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("OUTREACH_WORKSPACE", str(built.folder))
    done = CliRunner().invoke(app, ["backtest"])
    assert done.exit_code == 1
    assert "nothing has happened yet" in str(done.exception)


def test_without_a_deal_nothing_is_judged_and_it_says_so(
    sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = House(sqlite, tmp_path / "workspace", NOW)
    built.apply()
    built.event(built.lead(), Kind.ATTENDED)
    built.later(days=2)
    monkeypatch.setenv("OUTREACH_DATABASE_URL", sqlite.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("OUTREACH_WORKSPACE", str(built.folder))
    done = CliRunner().invoke(app, ["backtest"])
    assert done.exit_code == 0, done.output
    assert "No deal was won yet" in done.output
    assert "MQL: 1 leads, the same at the same time" in done.output
    assert "lift" not in done.output
