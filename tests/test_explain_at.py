"""What explain says of a past instant is what it said then."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from house import FUNNEL, SENDERS, TEAM, House
from moments import play

from outreach import applied, explain, models, reps
from outreach.db import Database
from outreach.domain.words import Kind, Stage
from outreach.errors import InputError, NotFound

NURTURE = """
campaign: nurture
goal: sql
audience: {stage: mql}
again_after: 20 days
priority: 30
window: {holidays: none}
senders: [ben]
steps:
  - wait: 1 day
  - email: second
  - wait_for: {event: clicked, within: 3 days}
  - branch:
      - if: clicked("second")
        then:
          - update: {title: Reader}
          - email: third
      - else:
          - wait: 4 days
          - email: fourth
"""
TEMPLATE = "---\nsubject: More\n---\nMore, {{ lead.first_name }}: [here](https://example.com/b).\n"
ADDRESSES = [f"lead{number}@example.com" for number in range(6)]
Act = Callable[[House, list[int]], object]


def _resume(house: House, ids: list[int]) -> None:
    with house.database.write() as session:
        reps.resume(session, ADDRESSES[3], house.now)


def _reject(house: House, ids: list[int]) -> None:
    [handoff] = house.rows(models.Handoff, status="open")
    with house.database.write() as session:
        reps.answer_handoff(session, handoff.id, False, "not_ready", house.now)


def _accept(house: House, ids: list[int]) -> None:
    with house.database.write() as session:
        [handoff] = session.query(models.Handoff).where(models.Handoff.status == "open")
        reps.answer_handoff(session, handoff.id, True, None, house.now)


def _lose(house: House, ids: list[int]) -> None:
    with house.database.write() as session:
        reps.lose(session, ADDRESSES[0], "price", house.now)


def _set_aside(house: House, ids: list[int]) -> None:
    with house.database.write() as session:
        in_force = applied.policies(session)
        reps.move(session, ADDRESSES[5], Stage.SET_ASIDE, "bought elsewhere", in_force, house.now)


def _new_rules(house: House, ids: list[int]) -> None:
    house.write(
        funnel=FUNNEL.replace("points: 20", "points: 30").replace("half_life: 30 days", "half_life: 10 days")
    )
    house.apply()


STORY: list[tuple[float, Act]] = [
    (0, lambda house, ids: None),
    (
        0.5,
        lambda house, ids: house.event(ids[0], Kind.CLICKED, subject="first", detail="https://example.com/a"),
    ),
    (26, lambda house, ids: house.event(ids[0], Kind.ATTENDED, subject="webinar")),
    (27, lambda house, ids: house.event(ids[1], Kind.AUTO_REPLIED, data={"resume_on": "2026-03-12"})),
    (30, lambda house, ids: house.event(ids[2], Kind.UNSUBSCRIBED)),
    (50, lambda house, ids: house.event(ids[3], Kind.REPLIED, subject="first")),
    (
        75,
        lambda house, ids: house.event(
            ids[0], Kind.CLICKED, subject="second", detail="https://example.com/b"
        ),
    ),
    (76, lambda house, ids: house.event(ids[4], Kind.STATED, data={"purchase_time": "in 2 months"})),
    (100, _new_rules),
    (120, _resume),
    (140, lambda house, ids: house.event(ids[0], Kind.REPLIED, detail="meeting", data={"intent": "meeting"})),
    (160, _reject),
    (200, lambda house, ids: house.event(ids[4], Kind.STATED, data={"purchase_time": "in 5 months"})),
    (230, _set_aside),
    (260, lambda house, ids: house.event(ids[0], Kind.SUBMITTED, detail="meeting", subject="demo")),
    (262, _accept),
    (300, _lose),
    (400, lambda house, ids: None),
    (900, lambda house, ids: None),
    (2400, lambda house, ids: None),
]


def text(house: House, email: str, at: datetime | None = None) -> list[str]:
    """Return what is said, without the lines that say that it is of another time."""
    with house.database.read() as session:
        explained = explain.explain(session, email, house.now, at)
    lines = explain.lines(explained)
    kept = [line for line in lines if not line.startswith("  as it stood")]
    if "not known any more:" in kept:
        start = kept.index("not known any more:")
        end = kept.index("", start) if "" in kept[start:] else len(kept)
        del kept[start - 1 : end]
    return kept


@pytest.fixture
def house(database: Database, tmp_path: Path, now: datetime) -> House:
    built = House(database, tmp_path / "workspace", now)
    for name in ("third", "fourth"):
        (built.folder / "templates" / f"{name}.md").write_text(TEMPLATE)
    built.write(
        nurture=NURTURE,
        senders=SENDERS.replace("per_day: 1000}", "per_day: 2}", 1),
        team=TEAM + "answer_within: 200 days\n",
    )
    built.apply()
    return built


def test_a_past_instant_is_explained_as_it_was_then(house: House) -> None:
    start = house.now
    ids = [house.lead(email=email) for email in ADDRESSES]
    said: dict[tuple[datetime, str], list[str]] = {}
    for hours, act in STORY:
        play(house, start + timedelta(hours=hours))
        act(house, ids)
        house.tick()
        house.tick()
        for email in ADDRESSES:
            said[house.now, email] = text(house, email)
    house.clock.turn_to(house.now + timedelta(hours=1))
    again = {(at, email): text(house, email, at) for at, email in said}
    differences = [
        (at.isoformat(), *difflib.unified_diff(then, again[at, email], "then", "again", n=0, lineterm=""))
        for (at, email), then in said.items()
        if again[at, email] != then
    ]
    assert differences == []
    stages = {line for then in said.values() for line in then if line.startswith("stage: ")}
    assert {line.split()[1] for line in stages} >= {
        "suspect",
        "mql",
        "sql",
        "opportunity",
        "lost",
        "set_aside",
    }


QUIET = [0, 3, 30, 52, 100, 24 * 40, 24 * 80]


def test_the_future_that_is_told_is_what_comes_if_nothing_happens(house: House) -> None:
    house.write(senders=SENDERS)
    house.apply()
    start = house.now
    for zone, country in (("Europe/Berlin", "DE"), ("America/New_York", "US"), ("Asia/Tokyo", "JP")):
        house.lead(email=f"{country.lower()}@example.com", timezone=zone, country=country)
    warm = house.lead(email="warm@example.com")
    clicked = house.lead(email="clicked@example.com")
    play(house, start + timedelta(hours=1))
    house.event(warm, Kind.STATED, data={"purchase_time": "in 2 months"})
    house.event(clicked, Kind.ATTENDED, subject="webinar")
    house.tick()
    emails = ["de@example.com", "us@example.com", "jp@example.com", "warm@example.com", "clicked@example.com"]
    with house.database.read() as session:
        told = {
            (hours, email): state(
                explain.explain(session, email, house.now, house.now + timedelta(hours=hours))
            )
            for hours in QUIET[1:]
            for email in emails
        }
    start = house.now
    for hours in QUIET[1:]:
        play(house, start + timedelta(hours=hours))
        with house.database.read() as session:
            for email in emails:
                came = state(explain.explain(session, email, house.now))
                assert came == told[hours, email], (hours, email)
    assert {stage for (stage, *_) in told.values()} >= {"suspect", "mql", "sql"}


def state(explained: explain.Explanation) -> tuple[object, ...]:
    """Return what time alone can change."""
    mails = [(mail.template, mail.status, mail.at) for mail in explained.mails]
    ways = [(each.what, each.since_at, each.because) for each in explained.campaigns]
    return explained.stage.what, explained.score.what, explained.temperature.what, mails, ways


# -- what can not be known, and what can not be asked ----------------------------------------------


def test_what_was_overwritten_since_is_said(house: House) -> None:
    house.lead(email="dana@example.com", timezone="Europe/Berlin")
    play(house, house.now + timedelta(hours=1))
    with house.database.write() as session:
        row = session.query(models.Lead).one()
        row.company, row.updated_at = "Other Ltd", house.now + timedelta(hours=5)
    before = house.now
    house.clock.turn_to(house.now + timedelta(days=1))
    with house.database.read() as session:
        explained = explain.explain(session, "dana@example.com", house.now, before)
    assert any("an import or a person has filled since" in line for line in explained.not_known)


def test_the_funnel_in_force_then_scores(house: House) -> None:
    lead_id = house.lead(email="dana@example.com")
    house.event(lead_id, Kind.CLICKED, subject="first")
    play(house, house.now + timedelta(days=1))
    before = house.now
    house.clock.turn_to(house.now + timedelta(hours=1))
    _new_rules(house, [])
    with house.database.read() as session:
        assert explain.explain(session, "dana@example.com", house.now, before).score.what == "19.5"
        assert explain.explain(session, "dana@example.com", house.now).score.what == "27.9"


@pytest.mark.parametrize(
    ("days", "said"), [(-400, "was not there yet: it was added 2026-03-02"), (-0.5, "was not there yet")]
)
def test_a_lead_that_was_not_there_yet(house: House, days: float, said: str) -> None:
    house.lead(email="dana@example.com", created_at=house.now)
    with house.database.read() as session, pytest.raises(NotFound, match=said):
        explain.explain(session, "dana@example.com", house.now, house.now + timedelta(days=days))


def test_a_campaign_to_come_is_simulated_and_not_explained(house: House) -> None:
    with house.database.read() as session, pytest.raises(InputError, match="simulate"):
        explain.explain_campaign(session, "welcome", house.now, house.now + timedelta(days=1))


INSTANTS = [
    ("2026-11-03 09:00", "2026-11-03T08:00+00:00"),
    ("2026-11-03T09:00", "2026-11-03T08:00+00:00"),
    ("2026-11-03", "2026-11-02T23:00+00:00"),
    ("2026-11-03 09:00:30", "2026-11-03T08:00:30+00:00"),
    ("2026-11-03T09:00+05:00", "2026-11-03T04:00+00:00"),
    ("2026-11-03T09:00Z", "2026-11-03T09:00+00:00"),
    ("2026-11-03 09:00 America/New_York", "2026-11-03T14:00+00:00"),
    ("2026-11-03 09:00 UTC", "2026-11-03T09:00+00:00"),
    ("3 Nov 2026 09:00", "2026-11-03T08:00+00:00"),
    ("3.11.2026 09:00", "2026-11-03T08:00+00:00"),
    ("Tue 03 Nov 2026 09:00", "2026-11-03T08:00+00:00"),
    ("now", "2026-03-02T10:00+00:00"),
    ("yesterday", "2026-02-28T23:00+00:00"),
    ("tomorrow 9:30", "2026-03-03T08:30+00:00"),
    ("3 days ago", "2026-02-27T10:00+00:00"),
    ("in 2 weeks", "2026-03-16T10:00+00:00"),
]


@pytest.mark.parametrize(("written", "at"), INSTANTS)
def test_an_instant_is_read_in_any_reasonable_form(written: str, at: str, now: datetime) -> None:
    assert explain.read_instant(written, ZoneInfo("Europe/Budapest"), now) == datetime.fromisoformat(at)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "2026-13-40",
        "2026-11-03 09:00 Mars/Base",
        "9999-01-01",
        "in 99999 years",
        "-1 days ago",
        "today 25:00",
    ],
)
def test_what_is_no_instant_gets_one_clear_line(written: str, now: datetime) -> None:
    with pytest.raises(InputError) as caught:
        explain.read_instant(written, ZoneInfo("Europe/Budapest"), now)
    assert "write for example" in str(caught.value)
    assert "\n" not in str(caught.value)
