"""`outreach simulate` as a person calls it: what it says, that it writes nothing, and what it says of wrong input."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import factories
import house
import pytest

from outreach import campaigns, config, models
from outreach.cli import main
from outreach.db import Database
from outreach.domain.behaviour_model import DEFAULTS, RATES, AfterClick, Model, People, Reps
from outreach.domain.words import Kind
from outreach.errors import InputError
from outreach.simulation import asked, forecast, history, outside, pictures, scenes
from outreach.simulation.forecast import Forecast
from outreach.workspace.values import validate
from outreach.workspace.yaml_files import parse

ROOT = Path(__file__).parent.parent
MONDAY = datetime(2026, 3, 2, 6, tzinfo=UTC)
COUNTRIES = ("DE", "GB", "US", "HU")
SENDERS = house.SENDERS.replace("per_day: 1000", "per_day: 10")
SECOND = """
campaign: nurture
goal: sql
audience: {stage: mql}
window: {holidays: none}
senders: [anna, ben]
steps:
  - wait: 1 day
  - email: second
"""


@dataclass(frozen=True)
class Result:
    code: int
    out: str
    err: str


Run = Callable[..., Result]


def write_leads(path: Path, count: int, **columns: str) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["email", "first_name", "country", "source", *columns])
        for number in range(count):
            rows.writerow(
                [
                    f"lead{number}@example.com",
                    f"N{number}",
                    COUNTRIES[number % 4],
                    "webinar",
                    *columns.values(),
                ]
            )
    return path


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A workspace of two campaigns and two senders with 10 mails a day each; no database."""
    files = {"funnel": house.FUNNEL, "team": house.TEAM, "senders": SENDERS, "welcome": house.CAMPAIGN,
             "nurture": SECOND}  # fmt: skip
    for name, text in files.items():
        path = tmp_path / "campaigns" / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name, text in house.TEMPLATES.items():
        path = tmp_path / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def simulate(shop: Path) -> Run:
    def call(*arguments: str) -> Result:
        out, err, code = io.StringIO(), io.StringIO(), 0
        with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
            for name in [name for name in os.environ if name.startswith("OUTREACH_")]:
                patch.delenv(name)
            patch.chdir(shop)
            patch.setattr(sys, "argv", ["outreach", "simulate", *arguments])
            try:
                main()
            except SystemExit as ended:
                code = int(ended.code or 0)
        return Result(code, out.getvalue(), err.getvalue())

    return call


@pytest.fixture
def leads(shop: Path) -> str:
    return str(write_leads(shop / "leads.csv", 60))


USUAL = ("--from", "2026-03-02", "--days", "30", "--runs", "1")


# -- what it says ----------------------------------------------------------------------------------


def test_it_tells_who_gets_what_when_and_what_comes_of_it(simulate: Run, leads: str) -> None:
    done = simulate("--leads", leads, *USUAL)
    assert (done.code, done.err) == (0, "")
    assert "60 leads of the file, 2 Mar 2026 to 1 Apr 2026 (30 days), seed 1, 1 run" in done.out
    assert "campaigns not applied yet: nurture, welcome" in done.out
    assert "file: 60 new people" in done.out
    for part in ("who gets which mail", "senders:", "reps:", "leads by stage:", "rates that were played"):
        assert part in done.out
    assert "bottleneck: the daily limit of anna (10): leads wait" in done.out
    assert "what if: one more mailbox like anna (10 a day) in welcome: 90% are through " in done.out


def test_as_json_the_figures_add_up(simulate: Run, leads: str) -> None:
    told = json.loads(simulate("--leads", leads, *USUAL, "--json").out)
    run = told["run"]
    assert (
        sum(each["mails"] for each in run["mails_by_day"])
        == run["mails"]
        == sum(s["sent"] for s in run["steps"])
    )
    assert all(each["mails"] <= each["limit"] for each in run["mails_by_day"])
    assert sum(run["stages_after"].values()) == told["leads"] == 60
    for step in run["steps"]:
        assert step["sent"] + sum(step["missed"].values()) == step["entered"]
    assert told["bands"]["mails"] == {"p10": run["mails"], "p50": run["mails"], "p90": run["mails"]}
    assert {each["source"] for each in told["rates"]} == {"default"}


def test_one_campaign_is_simulated_alone_where_it_is_named(simulate: Run, leads: str) -> None:
    told = json.loads(simulate("welcome", "--leads", leads, *USUAL, "--json").out)
    assert list(told["about"]["campaigns"]) == ["welcome"]
    assert {step["campaign"] for step in told["run"]["steps"]} == {"welcome"}


def test_it_writes_nothing(simulate: Run, leads: str, shop: Path) -> None:
    before = sorted(path.name for path in shop.rglob("*"))
    assert simulate("--leads", leads, *USUAL).code == 0
    assert sorted(path.name for path in shop.rglob("*")) == before


def test_the_same_seed_gives_the_same_bytes_in_any_process(leads: str, shop: Path) -> None:
    def told(hash_seed: str) -> tuple[bytes, bytes]:
        picture = shop / f"{hash_seed}.svg"
        command = [
            sys.executable, "-m", "outreach", "simulate", "--leads", leads, "--from", "2026-03-02", "--days", "20",
            "--runs", "1", "--picture", str(picture), "--json",
        ]  # fmt: skip
        environment = {name: value for name, value in os.environ.items() if not name.startswith("OUTREACH_")}
        done = subprocess.run(
            command,
            capture_output=True,
            cwd=shop,
            env=environment | {"PYTHONHASHSEED": hash_seed},
            check=True,
        )
        return done.stdout, picture.read_bytes()

    assert told("1") == told("2")


def test_another_seed_is_another_fate(simulate: Run, leads: str) -> None:
    one, two, again = (simulate("--leads", leads, *USUAL, "--seed", seed).out for seed in ("1", "2", "1"))
    assert one == again
    assert one != two


def test_on_one_processor_it_says_the_same_as_on_two(shop: Path, leads: str) -> None:
    def found(processors: int) -> Forecast:
        scene, about = _scene(shop, Path(leads))
        return forecast.forecast(scene, about, 1, 3, processors=processors)

    assert found(1) == found(2)


def _scene(shop: Path, leads: Path | None, database: str = "", **wanted: Any) -> Any:
    values: dict[str, Any] = {"start": MONDAY, "days": 20} | wanted
    options = asked.of_file(None, None, [], None)
    url = database or config.read({}, shop).database
    return asked.scene(shop, url, asked.Asked(**values), leads, options)


def test_a_mailbox_more_is_what_it_says(shop: Path, leads: str) -> None:
    scene, about = _scene(shop, Path(leads))
    found = forecast.forecast(scene, about, 1, 1, processors=1)
    more = SENDERS.replace(
        "  - {name: ben",
        "  - {name: anna-2, full_name: A, address: a@example.com, per_day: 10}\n  - {name: ben",
    )
    (shop / "campaigns" / "senders.yaml").write_text(more, encoding="utf-8")
    welcome = house.CAMPAIGN.replace("senders: [anna]", "senders: [anna, anna-2]")
    (shop / "campaigns" / "welcome.yaml").write_text(welcome, encoding="utf-8")
    scene, about = _scene(shop, Path(leads))
    by_hand = forecast.forecast(scene, about, 1, 1, processors=1)
    (what_if,) = found.what_if
    assert what_if.mails == by_hand.run.mails
    assert what_if.finishes_on == by_hand.run.done_on["90%"]
    assert what_if.days_earlier is not None
    assert what_if.days_earlier > 0


def test_a_rep_more_is_told_where_reps_have_more_than_they_can_take(
    simulate: Run, leads: str, shop: Path
) -> None:
    team = house.TEAM.replace("territories: [DE, AT]", "capacity: 1").replace(
        "territories: [GB]", "capacity: 1"
    )
    (shop / "campaigns" / "team.yaml").write_text(team, encoding="utf-8")
    (shop / "model.yaml").write_text("all: {replied: 90%, bounced: 0, intents: {meeting: 100%}}\n")
    told = json.loads(simulate("--leads", leads, *USUAL, "--json", "--model", "model.yaml").out)
    assert max(rep["most_open"] for rep in told["run"]["reps"]) > 1
    assert any(each["what"] == "one more rep like ron (room for 1)" for each in told["what_if"])


def test_where_nobody_waits_one_more_would_change_nothing(simulate: Run, shop: Path) -> None:
    write_leads(shop / "few.csv", 3)
    out = simulate("--leads", "few.csv", *USUAL).out
    assert "bottleneck: nothing: no lead waits for a sender or a rep for long" in out
    assert "what if: one more mailbox or rep would change nothing that counts" in out


def test_a_model_file_says_how_people_behave(simulate: Run, leads: str, shop: Path) -> None:
    (shop / "eager.yaml").write_text(
        "all: {clicked: 60%, bounced: 0}\ncampaigns: {welcome: {replied: 50 %}}\n"
    )
    told = json.loads(simulate("--leads", leads, *USUAL, "--json", "--model", "eager.yaml").out)
    rates = {(each["campaign"], each["what"]): (each["rate"], each["source"]) for each in told["rates"]}
    assert rates["welcome", "clicked"] == (0.6, "file, all")
    assert rates["welcome", "replied"] == (0.5, "file, campaign")
    assert rates["nurture", "replied"] == (0.025, "default")
    assert told["run"]["came_back"]["clicked"] > 20
    assert "bounced" not in told["run"]["came_back"]


# -- the picture -----------------------------------------------------------------------------------


def test_the_picture_is_well_formed_and_names_what_it_shows(simulate: Run, leads: str, shop: Path) -> None:
    done = simulate("--leads", leads, *USUAL, "--picture", "out.svg")
    assert done.out.endswith("picture: out.svg\n")
    drawn = ElementTree.parse(shop / "out.svg")
    texts = [element.text or "" for element in drawn.iter("{http://www.w3.org/2000/svg}text")]
    for said in ("What 2 campaigns will do, 2 Mar 2026 to 1 Apr 2026", "Mails a day, by sender", "anna",
                 "all limits together", "MQLs and hand-offs a week", "welcome: first", "9 Mar"):  # fmt: skip
        assert said in texts


def test_a_long_simulation_is_drawn_by_week(simulate: Run, leads: str, shop: Path) -> None:
    simulate("--leads", leads, "--from", "2026-03-02", "--days", "400", "--runs", "1", "--picture", "out.svg")
    text = (shop / "out.svg").read_text(encoding="utf-8")
    ElementTree.fromstring(text)
    assert "Mails a week, by sender" in text


@pytest.mark.skipif(
    not (shutil.which("rsvg-convert") or shutil.which("chromium")), reason="nothing makes a PNG here"
)
def test_a_png_is_made_where_a_program_for_it_is_there(tmp_path: Path) -> None:
    pictures.write('<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>', tmp_path / "out.png")
    assert (tmp_path / "out.png").read_bytes().startswith(b"\x89PNG")


def test_without_such_a_program_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InputError, match=r"a PNG needs rsvg-convert .* write \.svg"):
        pictures.write("<svg/>", tmp_path / "out.png")


# -- people of a file ------------------------------------------------------------------------------


def test_rows_of_a_file_are_taken_as_an_import_takes_them(simulate: Run, shop: Path) -> None:
    rows = [
        "Mail address,Source,First name,colour",
        "a@example.com,webinar,Ann,red",
        "A@example.com,webinar,Anna,red",
        "not an address,webinar,Ben,red",
        "b@example.com,nowhere,Bea,red",
    ]
    (shop / "few.csv").write_text("\n".join(rows), encoding="utf-8")
    told = json.loads(simulate("--leads", "few.csv", *USUAL, "--json").out)
    taken = told["about"]["taken"]
    assert {name: taken[name] for name in ("added", "duplicates", "rejected")} == {
        "added": 1, "duplicates": 1, "rejected": 2,
    }  # fmt: skip
    assert taken["reasons"][0].startswith("line 4: email: ")
    assert taken["ignored"] == ["colour"]
    assert told["leads"] == 1


def test_rows_that_are_rejected_for_the_same_cause_are_told_together(simulate: Run, shop: Path) -> None:
    sources = ["cold_list"] * 5 + ["webinar"] + ["nowhere"]
    rows = [f"l{number}@example.com,{source}" for number, source in enumerate(sources)]
    (shop / "few.csv").write_text("\n".join(["email,source", *rows, "nobody,webinar"]), encoding="utf-8")
    lines = simulate("--leads", "few.csv", *USUAL).out.splitlines()
    (at,) = [place for place, line in enumerate(lines) if line == "file: 1 new people, 7 rejected"]
    told = lines[at + 1 : at + 4]
    assert told[0] == (
        "  5 rejected: source: 'cold_list' is none of those known; did you mean purchased_list? (lines 2, 3, 4, ...)"
    )
    assert told[1].startswith("  1 rejected: source: 'nowhere' is none of: referral, purchased_list, ")
    assert told[2].startswith("  1 rejected: email: ") and told[2].endswith("(line 9)")


def test_a_file_of_many_causes_is_told_in_few_lines(shop: Path, simulate: Run) -> None:
    rows = [f"l{number}@example.com,nowhere{number}" for number in range(1_100)]
    (shop / "many.csv").write_text(
        "\n".join(["email,source", "a@example.com,webinar", *rows]), encoding="utf-8"
    )
    done = simulate("--leads", "many.csv", *USUAL)
    rejected = [line for line in done.out.splitlines() if " rejected: " in line or " rejected for " in line]
    assert len(rejected) == 5
    assert rejected[0] == "  100 rejected: other causes (lines 1003, 1004, 1005, ...)"
    assert rejected[-1] == "  997 rejected for 997 more causes"


# -- nobody ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("audience", "why"),
    [
        (
            "stage: suspect, where: 'lead.country == \"FR\"'",
            '8 x not true: lead.country == "FR"',
        ),
        ("stage: mql", "8 x wrong stage: suspect"),
        (
            "stage: suspect}\nenter: {event: registered, subject: fair",
            "8 x fits, and enters when registered happens",
        ),
    ],
)
def test_where_nobody_enters_it_is_said_why_and_no_empty_table(
    simulate: Run, shop: Path, audience: str, why: str
) -> None:
    text = SECOND.replace("campaign: nurture", "campaign: fair").replace("stage: mql", audience)
    (shop / "campaigns" / "fair.yaml").write_text(text, encoding="utf-8")
    few = write_leads(shop / "few.csv", 8)
    done = simulate("fair", "--leads", str(few), *USUAL)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[-1] == f"nobody enters fair: {why}"
    assert "by week" not in done.out and "0 leads entered" not in done.out


def test_of_people_of_the_database_all_that_keeps_them_out_is_counted(database: Database, shop: Path) -> None:
    built = house.House(database, shop, MONDAY)
    built.apply()
    with database.write() as session:
        factories.lead(session, email="quiet@example.com", quiet_at=MONDAY)
        factories.lead(session, email="sql@example.com", stage="sql")
    url = database.engine.url.render_as_string(hide_password=False)
    scene, _ = _scene(shop, None, url, campaign="welcome")
    assert outside.why_nobody(scene) == {
        "welcome": {"replied, and is left to a person": 1, "wrong stage: sql": 1}
    }


# -- wrong input -----------------------------------------------------------------------------------

MODELS = {
    "rate.yaml": "all:\n  clicked: 1.5\n",
    "below.yaml": "all: {clicked: -0.1}\n",
    "sum.yaml": "all:\n  intents: {meeting: 0.7, question: 0.7}\n",
    "step.yaml": "campaigns:\n  welcome:\n    steps:\n      frist: {clicked: 0.1}\n",
    "campaign.yaml": "campaigns: {welcom: {clicked: 0.1}}\n",
    "reason.yaml": "reps: {lost_for: {prise: 0.1}}\n",
    "key.yaml": "all: {cliked: 0.1}\n",
    "no.yaml": "all: [",
}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--leads", "none.csv", "--source", "webinar"), "none.csv: there is no such file"),
        (("--leads", "header.csv"), "header.csv: has a header and no leads below it"),
        (("--leads", "rejected.csv"),
         "there is nobody to simulate in the file; 1 rows are rejected, the first: line 2: email: "),
        (("--leads", "nosource.csv"), "nosource.csv: nothing says where the leads come from: add --source, "),
        (("--leads", "leads.csv", "--source", "nowhere"), "--source: 'nowhere' is none of: "),
        (("welcom", "--leads", "leads.csv"), "there is no campaign 'welcom'; did you mean welcome?"),
        (("--leads", "leads.csv", "--days", "0"), "--days 0: write a number from 1 to 3,650"),
        (("--leads", "leads.csv", "--days", "3651"), "--days 3651: write a number from 1 to 3,650"),
        (("--leads", "leads.csv", "--runs", "0"), "--runs 0: write a number from 1 to 1,000"),
        (("--leads", "leads.csv", "--from", "2.3.2026"), "--from 2.3.2026: is not a day; write for example 2026-03-02"),
        (("--leads", "leads.csv", "--from", "9999-12-31"), "--from 9999-12-31: write a day from 1990 to 2199"),
        (("--leads", "leads.csv", "--picture", "out.gif"), "--picture out.gif: write a name that ends with .svg or .png"),
        (("--leads", "leads.csv", "--picture", "no/out.svg"), "--picture no/out.svg: there is no folder no"),
        (("--leads", "leads.csv", "--model", "none.yaml"), "none.yaml: yaml: can not be read: No such file or directory"),
        (("--leads", "leads.csv", "--model", "rate.yaml"), "rate.yaml:2:12: wrong-value: the number 1.5 is more than 1"),
        (("--leads", "leads.csv", "--model", "below.yaml"), "below.yaml:1:16: wrong-value: the number -0.1 is less than 0"),
        (("--leads", "leads.csv", "--model", "sum.yaml"),
         "sum.yaml:2:12: wrong-value: the intents add up to 1.4; together they are 1 at most"),
        (("--leads", "leads.csv", "--model", "step.yaml"),
         'step.yaml:4:7: unknown-name: welcome has no step "frist" that sends a mail; did you mean first?'),
        (("--leads", "leads.csv", "--model", "campaign.yaml"),
         'campaign.yaml:1:13: unknown-name: there is no campaign "welcom"; did you mean welcome?'),
        (("--leads", "leads.csv", "--model", "reason.yaml"),
         'reason.yaml:1:19: unknown-name: "prise" is no reason under lost in funnel.yaml; did you mean price?'),
        (("--leads", "leads.csv", "--model", "key.yaml"),
         'key.yaml:1:7: unknown-key: "cliked" is not known here; did you mean clicked?'),
        (("--leads", "leads.csv", "--model", "no.yaml"), "no.yaml:1:7: yaml: something is missing before this"),
    ],
    ids=lambda value: " ".join(value[-2:]) if isinstance(value, tuple) else "",
)  # fmt: skip
def test_wrong_input_gets_one_clear_line(
    simulate: Run, leads: str, shop: Path, arguments: tuple[str, ...], said: str
) -> None:
    assert leads
    files = MODELS | {
        "header.csv": "email,source\n",
        "rejected.csv": "email,source\nnobody,webinar\n",
        "nosource.csv": "email\na@example.com\n",
    }
    for name, text in files.items():
        (shop / name).write_text(text, encoding="utf-8")
    done = simulate(*arguments)
    assert done.code == 1
    assert done.out == ""
    assert done.err.startswith(said)
    assert done.err.count("\n") == 1


def test_a_start_in_the_past_is_fine(simulate: Run, leads: str) -> None:
    assert simulate("--leads", leads, "--from", "1999-12-31", "--days", "5", "--runs", "1").code == 0


# -- the past --------------------------------------------------------------------------------------

NOW = factories.NOW


def _past(database: Database) -> history.History:
    """Return what is learned from ten mails: nine ripe, one of them refused, and one of yesterday."""
    with database.write() as session:
        version = factories.version(session, factories.campaign(session))
        for number in range(10):
            lead = factories.lead(session)
            enrollment = factories.enrollment(session, lead, version)
            sent_at = NOW - timedelta(days=1 if number == 9 else 20)
            status = "refused" if number == 8 else "accepted"
            mail = factories.message(session, enrollment, status=status, outcome_at=sent_at, template="first")

            def did(kind: Kind, lead: Any = lead, mail: Any = mail, **more: Any) -> None:
                factories.event(session, lead, kind, message_id=mail.id, **more)

            if number in (0, 1, 9):
                did(Kind.CLICKED)
                did(Kind.CLICKED)
            if number in (2, 3):
                did(Kind.CLICKED, verdict="machine")
                did(Kind.OPENED, verdict="proxy")
            if number == 4:
                did(Kind.REPLIED, detail="meeting")
                did(Kind.BOUNCED, data={"hard": False})
            if number in (5, 8):
                did(Kind.BOUNCED, data={"hard": True})
            if number == 6:
                did(Kind.AUTO_REPLIED, verdict="unknown")
        lead = factories.lead(session)
        factories.handoff(session, lead, status="accepted", due_at=None)
        factories.handoff(session, lead, status="rejected", due_at=None)
        factories.handoff(session, lead)
        factories.deal(session, lead, status="won")
    with database.read() as session:
        return history.learn(session, NOW)


def test_rates_are_learned_from_ripe_mails_and_from_what_people_did(database: Database) -> None:
    found = _past(database)
    assert found.mails == {
        "first": {
            "bounced": (2, 9), "away": (1, 9), "opened": (0, 9), "clicked": (2, 9), "replied": (1, 9),
            "unsubscribed": (0, 9), "complained": (0, 9),
        }
    }  # fmt: skip
    assert (found.accepted, found.won) == ((1, 2), (1, 1))


def test_a_database_without_a_past_teaches_nothing(sqlite: Database) -> None:
    with sqlite.read() as session:
        assert history.learn(session, NOW) == history.History()


# -- people of a database --------------------------------------------------------------------------


@pytest.fixture
def home(sqlite: Database, tmp_path: Path) -> house.House:
    """An installation of one campaign with two mails, in its second week: most leads had the first mail."""
    built = house.House(sqlite, tmp_path / "home", MONDAY)
    built.write(senders=SENDERS)
    built.apply()
    for number in range(30):
        built.lead(country=COUNTRIES[number % 4])
    built.tick()
    built.later(days=1, hours=6)
    return built


def _forecast(home: house.House, **wanted: Any) -> Forecast:
    url = str(home.database.engine.url)
    scene, about = _scene(home.folder, None, url, start=home.now, days=10, **wanted)
    return forecast.forecast(scene, about, 1, 1, processors=1)


def test_it_goes_on_from_where_a_database_stands_and_leaves_it_as_it_is(home: house.House) -> None:
    before = [(row.id, row.status, row.due_at) for row in home.rows(models.Message)]
    had = sum(status == "accepted" for _, status, _ in before)
    assert 0 < had < 30
    found = _forecast(home)
    assert found.about.campaigns == {"welcome": scenes.AS_APPLIED}
    first, second = found.run.steps
    assert (first.entered, first.sent) == (30, 30)  # who had it before counts as who got it
    assert found.run.mails == 30 - had + second.sent
    assert [(row.id, row.status, row.due_at) for row in home.rows(models.Message)] == before


def test_todays_mails_count_towards_todays_limit(home: house.House) -> None:
    sent_today = sum(
        row.outcome_at.date() == home.now.date() for row in home.rows(models.Message) if row.outcome_at
    )
    assert 0 < sent_today <= 10
    found = _forecast(home)
    today = [each for each in found.run.mails_by_day if each.day == home.now.date()]
    assert sum(each.mails for each in today) == 10 - sent_today


def test_files_that_differ_from_what_is_applied_are_played_and_named(home: house.House) -> None:
    home.write(
        welcome=house.CAMPAIGN.replace("2 days", "1 day"),
        nurture=SECOND,
        senders=SENDERS.replace("10}", "11}"),
    )
    about = _forecast(home).about
    assert about.campaigns == {"nurture": scenes.NEW, "welcome": scenes.DIFFERS}
    assert about.policies == ["senders.yaml"]


def test_who_is_under_way_elsewhere_is_left_out_of_one_campaign(home: house.House) -> None:
    home.write(nurture=SECOND)
    home.lead(stage="mql")
    found = _forecast(home, campaign="nurture")
    assert (found.leads, found.about.left_out) == (1, 30)
    assert found.run.steps[0].entered == 1


def test_a_campaign_that_is_paused_is_left_out_unless_it_is_named(home: house.House) -> None:
    with home.database.write() as session:
        campaigns.pause(session, "welcome")
    assert _forecast(home).run.mails == 0
    assert _forecast(home).about.campaigns == {"welcome": scenes.PAUSED}
    assert _forecast(home, campaign="welcome").about.campaigns == {"welcome": scenes.PAUSED_TOO}


def test_who_is_in_the_database_and_in_a_file_is_played_with_the_past(home: house.House) -> None:
    known = home.rows(models.Lead)[0].email
    leads = home.folder / "leads.csv"
    leads.write_text(f"email,source\n{known},webinar\nnew@example.com,webinar\n", encoding="utf-8")
    url = str(home.database.engine.url)
    scene, about = _scene(home.folder, leads, url, start=home.now)
    assert (about.taken.known, about.taken.added) == (1, 1)
    assert [person.email for person in scene.people] == [known, "new@example.com"]
    assert [person.live is not None for person in scene.people] == [True, False]


def test_who_must_not_be_written_to_is_not_simulated(home: house.House) -> None:
    lead = home.rows(models.Lead)[0]
    home.event(lead.id, Kind.UNSUBSCRIBED)
    leads = home.folder / "leads.csv"
    leads.write_text(f"email,source\n{lead.email},webinar\nnew@example.com,webinar\n", encoding="utf-8")
    _, about = _scene(home.folder, leads, str(home.database.engine.url), start=home.now)
    assert (about.taken.suppressed, about.taken.known, about.taken.added) == (1, 0, 1)


def test_without_leads_it_says_where_to_get_some(shop: Path, simulate: Run) -> None:
    assert (
        simulate().err == "there is no database yet; run outreach apply, or name a file with --leads FILE\n"
    )
    assert not (shop / "outreach.db").exists()


def test_a_database_without_leads_says_so(sqlite: Database, tmp_path: Path) -> None:
    built = house.House(sqlite, tmp_path, MONDAY)
    built.apply()
    with pytest.raises(InputError, match="there are no leads to simulate"):
        _forecast(built)


# -- the page about it -----------------------------------------------------------------------------


def test_the_model_on_the_page_is_one_and_names_every_key_and_rate(shop: Path) -> None:
    page = (ROOT / "docs" / "simulate.md").read_text(encoding="utf-8")
    (text,) = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    model = validate(parse(text, "docs/simulate.md"), Model)
    for part in (Model, People, AfterClick, Reps):
        assert all(f"{name}:" in text for name in part.model_fields)
    assert model.people == People()
    assert all(f"`{name}`" in page for name in RATES)
    assert {name: f"{rate:.2g}" for name, rate in DEFAULTS.items()} == {
        name: f"{float(rate) / 100:.2g}" for name, rate in re.findall(r"^\| `(\w+)`[^|]*\| ([\d.]+)% \|", page, re.MULTILINE)
    }  # fmt: skip
