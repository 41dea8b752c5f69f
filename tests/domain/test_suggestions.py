"""Points suggested by what those did early who bought later."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from outreach.domain.policies import Points, Scoring
from outreach.domain.scoring import Scored
from outreach.domain.suggestions import FEWEST_WINS, Early, as_yaml, early, features, suggest

START = datetime(2026, 1, 5, tzinfo=UTC)
HORIZON = timedelta(days=60)
UNTIL = START + timedelta(days=365)
CLICKED = Points.model_validate({"event": "clicked", "points": 20})
PRICING = Points.model_validate({"event": "visited", "link": "/pricing", "points": 5, "at_most": 10})
RULES = (CLICKED, PRICING)


def did(*days: float, kind: str = "clicked", detail: str = "") -> list[Scored]:
    return [
        Scored(kind, detail if kind == "visited" else "", detail, START + timedelta(days=day)) for day in days
    ]


def at(day: float | None) -> datetime | None:
    return None if day is None else START + timedelta(days=day)


@pytest.mark.parametrize(
    ("events", "won", "left", "row", "bought"),
    [
        (did(1, 2), 80, 70, (2, 0), True),
        (did(1, 2, 3, 4, 5), None, None, (3, 0), False),  # more often says little more
        (did(1, 31), None, None, (1, 0), False),  # what came after the landmark is not early
        (did(1, detail="https://example.com/pricing", kind="visited"), 80, 70, (0, 1), True),
        (did(1, detail="https://example.com/blog", kind="visited"), 80, 70, (0, 0), True),
        (did(1), 91, 80, (1, 0), False),  # bought, but later than is looked at
    ],
)
def test_only_what_was_done_early_counts_and_only_who_bought_later(
    events: list[Scored], won: float | None, left: float | None, row: tuple[int, ...], bought: bool
) -> None:
    found = early(1, START, events, at(won), at(left), RULES, UNTIL, HORIZON)
    assert found == Early(1, row, bought)


@pytest.mark.parametrize(
    ("known_at", "left"),
    [
        (UNTIL - timedelta(days=89), None),  # may yet buy
        (START, 30),  # was with a rep before its time was over
        (START, 3),
    ],
)
def test_who_can_tell_nothing_is_left_out(known_at: datetime, left: float | None) -> None:
    assert early(1, known_at, did(1), None, at(left), RULES, UNTIL, HORIZON) is None


def leads(number: int, seed: int = 3) -> list[Early]:
    """Return leads of whom those who looked at prices buy often, and those who clicked no more than others."""
    chance = random.Random(seed)
    found = []
    for lead_id in range(number):
        clicks, prices = chance.randrange(3), int(chance.random() < 0.3)
        found.append(Early(lead_id, (clicks, prices), chance.random() < (0.4 if prices else 0.05)))
    return found


def test_what_buyers_do_gets_the_points_and_what_all_do_gets_hardly_any() -> None:
    found = suggest(RULES, leads(4000), 20)
    assert found is not None
    clicks, prices = (each.points for each in found.rules)
    assert prices >= 5 * clicks
    assert found.ranking is not None and found.ranking_now is not None
    assert found.ranking > 0.7 > found.ranking_now


def test_as_many_as_now_reach_the_threshold() -> None:
    past = leads(4000)
    found = suggest(RULES, past, 20)
    assert found is not None
    now = sum(20 * lead.did[0] + min(5 * lead.did[1], 10) >= 20 for lead in past)
    then = sum(
        sum(each.points * count for each, count in zip(found.rules, lead.did, strict=True)) >= 20
        for lead in past
    )
    # Points are whole numbers, and many leads did the same: not to the lead.
    assert then == pytest.approx(now, rel=0.5)


def test_without_enough_deals_nothing_is_suggested() -> None:
    few = [Early(number, (number % 3, 0), number < FEWEST_WINS - 1) for number in range(1000)]
    assert suggest(RULES, few, 20) is None
    assert suggest(RULES, [], 20) is None


def test_the_same_leads_in_another_order_give_the_same() -> None:
    past = leads(1500)
    assert suggest(RULES, past, 20) == suggest(RULES, past[::-1], 20)


def test_a_kind_that_many_do_and_no_rule_names_is_asked_about_too() -> None:
    asked = features(Scoring(points=RULES), {"clicked": 500, "attended": 40, "chatted": 3})
    assert [rule.event for rule in asked] == ["clicked", "visited", "attended"]


def test_the_suggestion_says_what_it_rests_on() -> None:
    found = suggest(RULES, leads(4000), 20)
    assert found is not None
    text = as_yaml(found, Scoring(points=RULES), UNTIL)
    assert "# To be read, not to be obeyed" in text
    assert "of those who did it bought" in text
    assert '- {event: visited, link: "/pricing", points:' in text
