"""Campaigns of chance, played in memory and for real: whatever may be written in a file, both tell the same story."""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from both_ways import Behaviour, Real, Story, first_difference, simulated, without
from house import House
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from test_simulation_is_the_engine import FUNNEL, TEAM, people, write_templates

from outreach import db
from outreach.simulation.story import Ended, Entered, Sent

NOW = datetime(2026, 3, 26, 15, 30, tzinfo=UTC)
"""A Thursday afternoon, three days before clocks change in Europe."""

DAYS = 12
TEMPLATES = ("one", "two", "three")
CONDITIONS = (
    "clicked()", 'clicked("one")', "lead.score >= 15", "lead.seats > 20", "not replied()", 'lead.country == "DE"',
    'lead.plan == "b"', "lead.rounds == 0", 'clicked_link("/pricing") or visited("/pricing")',
)  # fmt: skip
DURATIONS = ("0 days", "40 minutes", "3 hours", "1 day", "2 days")

emails = st.builds(
    lambda name, stale, thread: {"email": name, **({"stale_after": stale} if stale else {}), **thread},
    st.sampled_from(TEMPLATES),
    st.sampled_from((None, None, "3 hours", "1 day")),
    st.sampled_from(({}, {"variants": {"subject": ["A", "B"]}})),
)
waits = st.builds(lambda length: {"wait": length}, st.sampled_from(DURATIONS))
awaited = st.builds(
    lambda kind, within: {"wait_for": {"event": kind, "within": within}},
    st.sampled_from(("clicked", "visited", "submitted")),
    st.sampled_from(DURATIONS[1:]),
)
updates = st.sampled_from(
    [{"update": {"plan": "b"}}, {"update": {"country": "GB"}}, {"update": {"angle": "x", "seats": 3}}]
)
errands = st.sampled_from(
    [
        {"task": {"kind": "call", "to": "owner", "text": "notes/call"}},
        {"notify": {"to": "rita", "text": "notes/call"}},
    ]
)
plain = st.one_of(emails, emails, waits, awaited, updates, errands)


@st.composite
def branches(draw: st.DrawFn) -> dict[str, Any]:
    """A branch with one or two conditions, and perhaps an else."""
    arms: list[dict[str, Any]] = [
        {"if": draw(st.sampled_from(CONDITIONS)), "then": draw(st.lists(plain, max_size=2))}
        for _ in range(draw(st.integers(1, 2)))
    ]
    if draw(st.booleans()):
        arms.append({"else": draw(st.lists(plain, min_size=1, max_size=2))})
    return {"branch": arms}


windows = st.builds(
    lambda days, hours, zone, holidays: {
        "days": days,
        "hours": hours,
        "timezone": zone,
        "holidays": holidays,
    },
    st.sampled_from(("mon-fri", "mon-sun", "mon-sun", "tue,fri", "sat-sun")),
    st.sampled_from(("00:00-24:00", "00:00-24:00", "09:00-17:00", "13:10-13:40", "22:00-23:59")),
    st.sampled_from(("lead", "lead", "America/New_York")),
    st.sampled_from(("lead.country", "none")),
)
STAGES = (["suspect"], ["suspect", "mql"], ["mql"])
ENTRIES = ("when_matching", "when_matching", "once", {"event": "clicked"}, {"event": "visited"})


@st.composite
def campaigns(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """A campaign file."""
    steps = draw(st.lists(st.one_of(plain, plain, plain, branches()), min_size=3, max_size=7))
    _name_all(steps, iter(range(1000)))
    written: dict[str, Any] = {
        "campaign": name,
        "audience": {"stage": draw(st.sampled_from(STAGES))},
        "enter": draw(st.sampled_from(ENTRIES)),
        "priority": draw(st.integers(0, 3)),
        "window": draw(windows),
        "senders": draw(st.sampled_from((["anna"], ["ben"], ["anna", "ben"], ["ben", "anna"]))),
        "steps": steps,
    }
    if draw(st.booleans()):
        written["audience"]["where"] = draw(st.sampled_from(CONDITIONS))
    if again := draw(st.sampled_from((None, "1 day", "4 days"))):
        written["again_after"] = again
    written["goal"] = draw(st.sampled_from(("sql", "customer")))
    return written


def _name_all(steps: list[dict[str, Any]], numbers: Any) -> None:
    for place, step in enumerate(steps):
        steps[place] = step = {**step, "id": f"s{next(numbers)}"}
        if "branch" in step:
            arms = [
                {key: list(each) if isinstance(each, list) else each for key, each in arm.items()}
                for arm in step["branch"]
            ]
            step["branch"] = arms
            for arm in arms:
                _name_all(arm.get("then", arm.get("else", [])), numbers)


senders = st.builds(
    lambda per_day, gap, ramp: {"per_day": per_day, **({"gap": gap} if gap else {}), **ramp},
    st.integers(1, 9),
    st.sampled_from((None, "7 minutes", "90 minutes")),
    st.sampled_from(({}, {}, {"ramp": {"since": "2026-03-25", "start": 1, "add_per_day": 1}})),
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file that is only ever copied."""
    path = tmp_path_factory.mktemp("template") / "outreach.db"
    database = db.connect(f"sqlite:///{path}")
    db.migrate(database, NOW)
    database.close()
    return path


def house_with(folder: Path, template: Path, files: list[dict[str, Any]], limits: Any) -> House:
    """Return a house with these campaigns and limits of its two senders."""
    database = db.connect(f"sqlite:///{shutil.copy(template, folder / 'outreach.db')}")
    house = House(database, folder, NOW)
    (folder / "campaigns" / "welcome.yaml").unlink()
    house.write(funnel=FUNNEL, team=TEAM)
    organisation = {
        "name": "Example Ltd", "postal_address": "1 High Street, London", "timezone": "Europe/Berlin", "country": "DE",
    }  # fmt: skip
    boxes = [
        {"name": name, "full_name": name.title(), "address": f"{name}@example.com", **limit}
        for name, limit in zip(("anna", "ben"), limits, strict=True)
    ]
    write_templates(house, *TEMPLATES)
    # JSON is YAML too, and has no short forms for what stands twice.
    house.write(
        senders=json.dumps({"organisation": organisation, "senders": boxes}),
        **{written["campaign"]: json.dumps(written) for written in files},
    )
    return house


def told_both_ways(
    template: Path, files: list[dict[str, Any]], limits: Any, seed: int
) -> tuple[Story, Story]:
    with tempfile.TemporaryDirectory() as folder:
        house = house_with(Path(folder), template, files, limits)
        who, behaviour = people(7, seed), Behaviour(seed, NOW, 2.0)
        told = simulated(house, who, behaviour, DAYS)
        real = Real(house, behaviour).play(who, DAYS)
        house.database.close()
    for story in (told, real):
        without(story, Ended, 4)
        without(story, Entered, 4)
    return told, real


@settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(
    first=campaigns("first"),
    second=campaigns("second"),
    limits=st.tuples(senders, senders),
    seed=st.integers(0, 50),
)
def test_any_two_campaigns_tell_the_same_story_both_ways(
    template: Path, first: dict[str, Any], second: dict[str, Any], limits: Any, seed: int
) -> None:
    told, real = told_both_ways(template, [first, second], limits, seed)
    assert not first_difference(told, real)
    assert told.people == real.people
    assert all(mail[0] >= mail[-1] for mail in real.of(Sent))
