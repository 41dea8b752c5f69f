"""Why a condition is not true, part by part, and the smallest change that would make it so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain import counterfactuals, funnel, scoring
from outreach.domain.expressions import Expression, holds, parse
from outreach.domain.facts import Facts, Happened
from outreach.domain.funnel import SCORE, compile_funnel
from outreach.domain.leads import Lead, facts
from outreach.domain.policies import Funnel
from outreach.domain.scoring import Scored
from outreach.domain.words import Consent, Source, Stage

NOW = datetime(2026, 11, 3, 10, 0, tzinfo=UTC)
RULES = {
    "fields": {"seats": "number"},
    "scoring": {
        "half_life": "30 days",
        "points": [
            {"event": "clicked", "points": 12, "at_most": 36},
            {"event": "visited", "link": "/pricing", "points": 15},
            {"event": "attended", "points": 25},
            {"event": "bounced", "points": -10},
        ],
        "fit": [{"if": 'lead.country == "DE"', "points": 4}],
    },
    "moves": [
        {"from": "suspect", "to": "mql", "if": "lead.score >= 40 and clicked()", "because": "interest"},
        {"from": "mql", "to": "suspect", "if": "lead.score < 10", "after": "30 days", "because": "faded"},
    ],
}
COMPILED = compile_funnel(Funnel.model_validate(RULES))


def lead(**fields: Any) -> Lead:
    plain: dict[str, Any] = {
        "id": 1, "email": "a@example.com", "stage": Stage.SUSPECT, "stage_at": NOW, "source": Source.WEBINAR,
        "consent": Consent.EXPRESS, "created_at": NOW,
    }  # fmt: skip
    return Lead(**(plain | fields))


def seen(*happened: Happened, score: float = 0.0, **fields: Any) -> Facts:
    found = facts(lead(**fields), frozenset(happened))
    return Facts({**found.fields, SCORE: score}, found.happened)


def condition(source: str) -> Expression:
    return parse(source, COMPILED.schema)


PARTS = [
    ("lead.score >= 50", {"score": 42.6}, ("lead.score is 42.6", "7.4 more points")),
    ("lead.score > 50", {"score": 50.0}, ("lead.score is 50", "0.1 more points")),
    ("lead.score < 10", {"score": 12.0}, ("lead.score is 12", "a score under 10")),
    ('lead.country == "DE"', {}, ("lead.country is not known", 'lead.country == "DE"')),
    (
        'lead.country in ["DE", "HU"]',
        {"country": "FR"},
        ('lead.country is "FR"', 'lead.country in ["DE", "HU"]'),
    ),
    ('lead.country not in ["FR"]', {"country": "FR"}, ('lead.country is "FR"', 'lead.country not in ["FR"]')),
    ('"plant" in lead.title', {"title": "CEO"}, ('lead.title is "CEO"', '"plant" in lead.title')),
    ("lead.seats >= 20", {"fields": {"seats": 5}}, ("lead.seats is 5", "lead.seats >= 20")),
    ("lead.phone is defined", {}, ("lead.phone is not known", "lead.phone is defined")),
    ('clicked("a")', {}, ("it did not happen", 'clicked("a")')),
    (
        'lead.score >= 20 or lead.temperature == "hot"',
        {"score": 12.5},
        ('lead.score is 12.5, lead.temperature is "cold"', '7.5 more points or lead.temperature == "hot"'),
    ),
    (
        'not (lead.country == "FR" or lead.score < 5)',
        {"country": "FR", "score": 1.0},
        ('lead.country is "FR", lead.score is 1', 'lead.country != "FR" and 4.0 more points'),
    ),
]


@pytest.mark.parametrize(("source", "fields", "said"), PARTS)
def test_a_part_that_is_not_true_says_what_stands_there_and_what_it_needs(
    source: str, fields: dict[str, Any], said: tuple[str, str]
) -> None:
    [part] = counterfactuals.parts(condition(source), seen(**fields))
    assert not part.holds
    assert (part.found, part.needs) == said


def test_what_happened_can_not_be_undone() -> None:
    [part] = counterfactuals.parts(condition("not replied()"), seen(Happened("replied")))
    assert (part.holds, part.found, part.needs) == (False, "it happened", "")


def test_the_parts_of_an_and_are_told_one_by_one() -> None:
    found = counterfactuals.parts(
        condition('lead.score >= 20 and (clicked() or replied()) and lead.country == "DE"'),
        seen(Happened("clicked", "a"), score=10.0, country="DE"),
    )
    assert [(part.text, part.holds) for part in found] == [
        ("lead.score >= 20", False),
        ("clicked() or replied()", True),
        ('lead.country == "DE"', True),
    ]
    assert found[1].found == "clicked() (clicked a)"


def test_a_part_that_is_true_is_not_said_twice() -> None:
    [part] = counterfactuals.parts(condition("lead.score >= 20"), seen(score=24.5))
    assert (part.holds, part.found) == (True, "lead.score is 24.5")


WAYS = [
    ("clicked()", [], ["one click"]),
    ('clicked("welcome/hello")', [], ["one click in welcome/hello"]),
    ('clicked_link("/guide")', [], ["one click on /guide"]),
    ('intent("meeting")', [], ["one reply that says meeting", "one statement that says meeting",
                               "one form that says meeting"]),
    ("lead.score >= 15", [], ["one attendance (+25.0 points)", "one visit to /pricing (+15.0 points)",
                              "2 clicks (+24.0 points)"]),
    ("lead.score >= 40", [], ["2 attendances (+50.0 points)", "3 visits to /pricing (+45.0 points)"]),
    ("lead.score >= 40", ["attended"], ["one more attendance (+25.0 points)",
                                        "one visit to /pricing (+15.0 points)", "2 clicks (+24.0 points)"]),
    ("lead.score >= 40 and clicked()", [], []),
    ("lead.score >= 40 and clicked()", ["clicked"], ["2 attendances (+50.0 points)",
                                                     "2 visits to /pricing (+30.0 points)"]),
    ("opened()", [], []),
    ('lead.country == "DE"', [], []),
    ("lead.score >= 1000", [], []),
]  # fmt: skip


@pytest.mark.parametrize(("source", "did", "said"), WAYS)
def test_the_single_things_that_would_do_are_told_fewest_times_first(
    source: str, did: list[str], said: list[str]
) -> None:
    events = [Scored(kind, "", "", NOW) for kind in did]
    score = scoring.kept(sum(scoring.earned(COMPILED.funnel.scoring, events, NOW)))
    known = seen(*(Happened(kind) for kind in did), score=score)
    found = counterfactuals.ways(COMPILED, condition(source), events, known, NOW)
    assert [way.what for way in found] == said


KINDS = st.sampled_from(["clicked", "visited", "attended", "bounced", "replied"])
SOURCES = [
    "lead.score >= 30 and clicked()",
    "lead.score >= 25 or replied()",
    'visited("/pricing") and lead.score > 20',
    "not replied() and lead.score >= 18",
]


@given(
    st.lists(st.tuples(KINDS, st.integers(0, 90)), max_size=6),
    st.sampled_from(SOURCES),
)
def test_every_way_that_is_told_does_it_and_one_time_less_does_not(
    did: list[tuple[str, int]], source: str
) -> None:
    events = [
        Scored(kind, "/pricing" if kind == "visited" else "", "", NOW - timedelta(days=days))
        for kind, days in did
    ]
    happened = frozenset(Happened(each.kind, each.subject, each.detail) for each in events)
    asked = condition(source)

    def after(times: int, kind: str, word: str) -> bool:
        more = [Scored(kind, word, "", NOW)] * times
        total = scoring.kept(sum(scoring.earned(COMPILED.funnel.scoring, [*events, *more], NOW)))
        extra = {Happened(kind, word)} if times else set()
        return holds(asked, Facts({**seen().fields, SCORE: total}, happened | extra))

    if after(0, "", ""):
        return
    now = scoring.kept(sum(scoring.earned(COMPILED.funnel.scoring, events, NOW)))
    for way in counterfactuals.ways(COMPILED, asked, events, seen(*happened, score=now), NOW):
        assert after(way.times, way.kind, way.word)
        assert not after(way.times - 1, way.kind, way.word)


@given(st.lists(st.integers(0, 60), min_size=1, max_size=5))
def test_the_minute_that_a_rule_comes_to_apply_is_the_first_one(days: list[int]) -> None:
    events = [Scored("attended", "", "", NOW - timedelta(days=each)) for each in days]
    mql = lead(stage=Stage.MQL, stage_at=NOW - timedelta(days=10))

    def moved(at: datetime) -> bool:
        total = scoring.kept(sum(scoring.earned(COMPILED.funnel.scoring, events, at)))
        known = Facts({**facts(mql, frozenset()).fields, SCORE: total}, frozenset())
        return funnel.next_move(COMPILED, mql, known, at) is not None

    at = counterfactuals.by_itself(COMPILED, 1, mql, events, facts(mql, frozenset()), NOW)
    assert at is not None
    assert moved(at)
    assert not moved(at - timedelta(minutes=1))


def test_a_rule_that_time_alone_never_brings_about_has_no_minute() -> None:
    assert counterfactuals.by_itself(COMPILED, 0, lead(), [], seen(), NOW) is None
