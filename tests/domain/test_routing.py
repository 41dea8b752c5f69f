"""Routing: which rep takes a lead."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.policies import Rep, Team
from outreach.domain.routing import Routed, choose

TODAY = date(2026, 3, 2)


def rep(name: str, **fields: Any) -> Rep:
    return Rep.model_validate(
        {"name": name, "full_name": name.title(), "email": f"{name}@example.com"} | fields
    )


def route(team: Team, recent: list[str] | None = None, **given: Any) -> Routed:
    asked: dict[str, Any] = {"country": "DE", "language": "de", "owner": None, "load": {}, "today": TODAY}
    return choose(team, recent=recent or [], **(asked | given))


def team(*reps: Rep, fallback: str | None = None) -> Team:
    return Team(reps=reps, fallback=fallback)


ANNA, BEN, CARA = rep("anna"), rep("ben"), rep("cara")


@pytest.mark.parametrize(
    ("who", "given", "takes"),
    [
        ({}, {}, True),
        ({"territories": ["DE", "AT"]}, {}, True),
        ({"territories": ["DE"]}, {"country": "de"}, True),
        ({"territories": ["FR"]}, {}, False),
        ({"territories": ["DE"]}, {"country": None}, False),
        ({}, {"country": None, "language": None}, True),
        ({"languages": ["en", "de"]}, {}, True),
        ({"languages": ["DE"]}, {"language": "de-AT"}, True),
        ({"languages": ["en"]}, {}, False),
        ({"languages": ["en"]}, {"language": None}, True),
        ({"capacity": 2}, {"load": {"anna": 1}}, True),
        ({"capacity": 2}, {"load": {"anna": 2}}, False),
        ({"capacity": 2}, {"load": {"ben": 9}}, True),
        ({"capacity": 0}, {}, False),
        ({"away": [{"first": "2026-03-01", "last": "2026-03-02"}]}, {}, False),
        ({"away": [{"first": "2026-03-02", "last": "2026-03-09"}]}, {}, False),
        (
            {
                "away": [
                    {"first": "2026-02-01", "last": "2026-03-01"},
                    {"first": "2026-03-03", "last": "2026-03-09"},
                ]
            },
            {},
            True,
        ),
    ],
)
def test_a_rep_takes_what_is_in_its_reach(who: dict[str, Any], given: dict[str, Any], takes: bool) -> None:
    assert route(team(rep("anna", **who)), **given).rep == ("anna" if takes else None)


@pytest.mark.parametrize(
    ("who", "says"),
    [
        ({"territories": ["FR"]}, "anna does not cover DE"),
        ({"languages": ["en"]}, "anna does not speak de"),
        ({"away": [{"first": "2026-03-01", "last": "2026-03-09"}]}, "anna is away until 09 Mar 2026"),
        ({"capacity": 0}, "anna has 0 of 0 open"),
    ],
)
def test_when_nobody_may_the_reason_of_each_is_said(who: dict[str, Any], says: str) -> None:
    assert route(team(rep("anna", **who))) == Routed(None, f"nobody may take it: {says}")


def test_the_fallback_takes_what_nobody_else_may() -> None:
    full = team(rep("anna", capacity=0), rep("ben", territories=["FR"]), fallback="ben")
    assert route(full) == Routed(
        "ben", "ben as the fallback; nobody may take it: anna has 0 of 0 open, ben does not cover DE"
    )


def test_a_fallback_that_is_not_in_the_team_takes_nothing() -> None:
    assert route(team(rep("anna", capacity=0), fallback="zoe")).rep is None


def test_a_team_of_which_nobody_is_left_takes_nothing() -> None:
    empty = team(ANNA).model_copy(update={"reps": ()})
    assert route(empty) == Routed(None, "nobody may take it: the team has nobody else")


def test_a_lead_stays_with_its_owner() -> None:
    assert route(team(ANNA, BEN), ["ben"], owner="ben") == Routed(
        "ben", "stays with ben, who has the lead already"
    )


@pytest.mark.parametrize("owner", ["zoe", "cara"])
def test_an_owner_who_may_not_take_it_does_not_hold_it(owner: str) -> None:
    assert route(team(ANNA, rep("cara", capacity=0)), owner=owner).rep == "anna"


@pytest.mark.parametrize(
    ("recent", "turn"),
    [
        ([], "anna"),
        (["anna"], "ben"),
        (["anna", "ben"], "cara"),
        (["anna", "ben", "cara"], "anna"),
        (["ben", "anna"], "cara"),
        (["cara", "cara", "cara"], "anna"),
        (["zoe", "anna", "zoe"], "ben"),
    ],
)
def test_equals_take_turns(recent: list[str], turn: str) -> None:
    assert route(team(ANNA, BEN, CARA), recent) == Routed(turn, f"{turn}: its turn among 3 of 3")


def handed_out(of: Team, count: int, recent: list[str], **given: Any) -> list[str]:
    handed = list(recent)
    for _ in range(count):
        found = route(of, handed[-200:], **given).rep
        assert found is not None
        handed.append(found)
    return handed[len(recent) :]


@given(st.lists(st.integers(1, 9), min_size=1, max_size=5))
def test_shares_follow_the_weights(weights: list[int]) -> None:
    names = [f"rep{number}" for number in range(len(weights))]
    of = team(*(rep(name, weight=weight) for name, weight in zip(names, weights, strict=True)))
    counts = Counter(handed_out(of, 3 * sum(weights), []))
    for name, weight in zip(names, weights, strict=True):
        assert abs(counts[name] - 3 * weight) <= 1


@pytest.mark.parametrize("weights", [(1, 1), (2, 1), (1, 3), (5, 3)])
def test_who_was_away_gets_no_more_than_the_usual_share_afterwards(weights: tuple[int, int]) -> None:
    first, second = (rep(name, weight=weight) for name, weight in zip(("anna", "ben"), weights, strict=True))
    before = handed_out(team(first, second), 2 * sum(weights), [])
    while_away = handed_out(team(first), 60, before)
    after = handed_out(team(first, second), 4 * sum(weights), [*before, *while_away])
    assert after[0] == "ben"
    assert abs(after.count("ben") - 4 * weights[1]) <= 1


@given(
    st.lists(st.sampled_from(["anna", "ben", "cara", "zoe"]), max_size=30),
    st.dictionaries(st.sampled_from(["anna", "ben", "cara"]), st.integers(0, 4)),
    st.sampled_from([None, "anna", "ben", "zoe"]),
    st.sampled_from([None, "DE", "FR"]),
)
def test_nobody_gets_a_lead_out_of_reach(
    recent: list[str], load: dict[str, int], owner: str | None, country: str | None
) -> None:
    of = team(
        rep("anna", territories=["DE"], capacity=2),
        rep("ben", capacity=3, weight=2),
        rep("cara", territories=["FR"]),
    )
    found = route(of, recent, load=load, owner=owner, country=country)
    assert found.why
    if found.rep is None:
        return
    taker = of.rep(found.rep)
    assert taker is not None and load.get(found.rep, 0) < taker.capacity
    assert not taker.territories or country in taker.territories
