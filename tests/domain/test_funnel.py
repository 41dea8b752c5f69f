"""Funnel: which rule moves a lead, when time alone may, and wrong conditions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.expressions import ExpressionError
from outreach.domain.facts import Happened
from outreach.domain.funnel import (
    BY_EVENT,
    CompiledFunnel,
    FunnelError,
    Moved,
    compile_funnel,
    next_look,
    next_move,
)
from outreach.domain.leads import Lead, facts
from outreach.domain.policies import Funnel
from outreach.domain.scoring import Scored, kept, score
from outreach.domain.words import Consent, Kind, Source, Stage

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
DAY = timedelta(days=1)

MOVES: list[dict[str, Any]] = [
    {"from": "suspect", "to": "sql", "if": 'intent("meeting")', "because": "asked for a meeting"},
    {"from": ["suspect", "lost"], "to": "mql", "if": "lead.score >= 40", "because": "clear interest"},
    {"from": "mql", "to": "sql", "if": 'lead.temperature == "hot"', "because": "buys soon"},
    {
        "from": "mql",
        "to": "suspect",
        "if": "lead.score < 20",
        "after": "30 days",
        "because": "interest faded",
    },
]


def lead(stage: Stage = Stage.SUSPECT, days_in_stage: int = 10, **fields: Any) -> Lead:
    known: dict[str, Any] = {
        "id": 1,
        "email": "dana@example.com",
        "stage": stage,
        "stage_at": NOW - days_in_stage * DAY,
        "source": Source.WEBINAR,
        "consent": Consent.EXPRESS,
        "created_at": NOW - 100 * DAY,
    }
    return Lead(**(known | fields))


def compiled(*moves: dict[str, Any], **funnel: Any) -> CompiledFunnel:
    return compile_funnel(Funnel.model_validate({"moves": moves or MOVES} | funnel))


def moved(of: CompiledFunnel, who: Lead, *happened: Happened, now: datetime = NOW) -> Moved | None:
    return next_move(of, who, facts(who, frozenset(happened)), now)


def test_a_move_says_why_by_what_and_by_which_rule() -> None:
    assert moved(compiled(), lead(score=52.0)) == Moved(
        Stage.MQL, "clear interest", ("lead.score >= 40 (lead.score is 52)",), "moves[1]"
    )


def test_the_first_rule_of_the_file_that_applies_wins() -> None:
    found = moved(compiled(), lead(score=52.0), Happened("replied", "a/b", "meeting"))
    assert found is not None and (found.to, found.rule) == (Stage.SQL, "moves[0]")


@pytest.mark.parametrize(
    ("who", "to"),
    [
        (lead(score=39.99), None),
        (lead(score=40.0), Stage.MQL),
        (lead(Stage.LOST, score=40.0), Stage.MQL),
        (lead(Stage.CUSTOMER, score=90.0), None),
        (lead(Stage.DISCARDED, score=90.0), None),
        (lead(Stage.MQL, temperature="hot", score=30.0), Stage.SQL),
        (lead(Stage.MQL, 29, score=5.0), None),
        (lead(Stage.MQL, 30, score=5.0), Stage.SUSPECT),
    ],
)
def test_a_rule_applies_in_its_stages_after_its_time(who: Lead, to: Stage | None) -> None:
    found = moved(compiled(), who)
    assert (found.to if found else None) == to


def test_a_discarded_lead_moves_only_by_a_rule_that_names_it() -> None:
    anyone = {
        "from": [stage for stage in Stage if stage != "discarded"],
        "to": "mql",
        "if": "true",
        "because": "x",
    }
    explicit = {"from": "discarded", "to": "suspect", "if": 'intent("meeting")', "because": "asked again"}
    asked = Happened("submitted", "contact", "meeting")
    assert moved(compiled(anyone), lead(Stage.DISCARDED), asked) is None
    assert moved(compiled(anyone, explicit), lead(Stage.DISCARDED), asked) is not None


def test_a_rule_into_the_lead_s_own_stage_does_not_stand_before_others() -> None:
    both: list[dict[str, Any]] = [
        {"from": ["suspect", "mql"], "to": "mql", "if": "true", "because": "one"},
        {"from": "mql", "to": "sql", "if": "true", "because": "two"},
    ]
    found = moved(compiled(*both), lead(Stage.MQL))
    assert found is not None and found.because == "two"


def test_a_time_in_stage_is_counted_on_the_lead_s_calendar() -> None:
    rule = {"from": "suspect", "to": "mql", "if": "true", "after": "1 day", "because": "x"}
    berlin = lead(
        stage_at=datetime(2026, 3, 28, 11, tzinfo=UTC), timezone="Europe/Berlin"
    )  # the clocks change
    ripe_at = datetime(2026, 3, 29, 10, tzinfo=UTC)
    assert moved(compiled(rule), berlin, now=ripe_at - timedelta(seconds=1)) is None
    assert moved(compiled(rule), berlin, now=ripe_at) is not None


def test_a_time_in_stage_beyond_the_calendar_never_comes() -> None:
    rule = {"from": "suspect", "to": "mql", "if": "true", "after": "99999 years", "because": "x"}
    assert moved(compiled(rule), lead()) is None
    assert next_look(compiled(rule), lead(), [], 0, NOW) is None


def test_hand_offs_and_deals_move_a_lead_without_a_rule() -> None:
    assert BY_EVENT == {
        Kind.HANDOFF_ACCEPTED: Stage.OPPORTUNITY,
        Kind.DEAL_OPENED: Stage.OPPORTUNITY,
        Kind.DEAL_WON: Stage.CUSTOMER,
    }


# -- wrong files -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("funnel", "path", "column", "says"),
    [
        ({"moves": [MOVES[0], MOVES[1] | {"if": "lead.scor >= 40"}]}, ("moves", 1, "if"), 1, "lead.scor"),
        ({"moves": [MOVES[0] | {"if": 'true and lead.stage == "mq"'}]}, ("moves", 0, "if"), 24, "mq"),
        ({"moves": [MOVES[0] | {"if": "lead.score"}]}, ("moves", 0, "if"), 1, "yes/no"),
        ({"moves": [MOVES[0] | {"if": "lead.score > lead.rounds"}]}, ("moves", 0, "if"), 1, "not a number"),
        (
            {"scoring": {"fit": [{"if": "lead.seats > 5", "points": 5}]}},
            ("scoring", "fit", 0, "if"),
            1,
            "seats",
        ),
        (
            {"scoring": {"fit": [{"if": "lead.score > 5", "points": 5}]}},
            ("scoring", "fit", 0, "if"),
            1,
            "depend",
        ),
        ({"fields": {"email": "text"}}, ("fields", "email"), 1, "email"),
    ],
)
def test_a_wrong_funnel_says_where(
    funnel: dict[str, Any], path: tuple[object, ...], column: int, says: str
) -> None:
    with pytest.raises(FunnelError) as caught:
        compile_funnel(Funnel.model_validate(funnel))
    assert isinstance(caught.value, ExpressionError)
    assert (caught.value.path, caught.value.column) == (path, column)
    assert says in str(caught.value)


def test_declared_fields_may_be_named() -> None:
    big = {"from": "suspect", "to": "mql", "if": "lead.seats > 100", "because": "large"}
    assert moved(compiled(big, fields={"seats": "number"}), lead(fields={"seats": 500})) is not None


# -- the next look ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("conditions", "thresholds"),
    [
        (["lead.score >= 40", "lead.score < 20"], (20.0, 40.0)),
        (["40 <= lead.score"], (40.0,)),
        (["lead.score + 5 > 45 - 5"], (35.000000000000007,)),
        (["10 - lead.score > 5"], (5.0,)),
        (["not lead.score == 3"], (3.0, 3.0000000000000004)),
        (["lead.score in [1, 2]"], (1.0, 1.0000000000000002, 2.0, 2.0000000000000004)),
        (["lead.score - lead.score > 1", "lead.rounds > 3"], ()),
    ],
)
def test_the_scores_at_which_a_condition_turns_are_known(
    conditions: list[str], thresholds: tuple[float, ...]
) -> None:
    rules = [{"from": "suspect", "to": "mql", "if": condition, "because": "x"} for condition in conditions]
    assert compiled(*rules).thresholds == thresholds


POINTS = {"points": [{"event": "clicked", "points": 30}, {"event": "bounced", "points": -10}]}


def test_time_alone_changes_nothing_for_a_lead_that_did_nothing() -> None:
    assert next_look(compiled(scoring=POINTS), lead(), [], 10.0, NOW) is None


@pytest.mark.parametrize(
    ("who", "events", "days"),
    [
        (lead(purchase_at=NOW + 76 * DAY), [], 14.0),  # turns warm
        (lead(return_at=NOW + 5 * DAY), [], 5.0),
        (lead(return_at=NOW - DAY), [], None),
        (lead(Stage.MQL, 10), [], 20.0),  # the rule's 30 days are over
        (lead(Stage.SUSPECT, 10), [], None),
        (lead(Stage.MQL, 10, purchase_at=NOW + 72 * DAY, return_at=NOW + 15 * DAY), [], 10.0),
        (lead(), [Scored("clicked", "", "", NOW + 3 * DAY)], 3.0),
    ],
)
def test_the_next_look_is_the_first_of_all_that_time_changes(
    who: Lead, events: list[Scored], days: float | None
) -> None:
    found = next_look(compiled(scoring=POINTS), who, events, 0.0, NOW)
    assert found == (None if days is None else NOW + days * DAY)


def test_a_lead_is_looked_at_when_its_score_fades_through_a_threshold() -> None:
    clicks = [Scored("clicked", "", "", NOW)] * 2
    found = next_look(compiled(scoring=POINTS), lead(), clicks, 0.0, NOW)
    # 60 points fade to 40 in 30 days times log2(1.5).
    assert found is not None and timedelta(days=17.5) < found - NOW < timedelta(days=17.6)


CONDITIONS = ["lead.score >= 40", "lead.score > 40", "lead.score <= 20", "lead.score < 20", "25 - lead.score > 0",
              "lead.score + 5 >= 30 and lead.score < 60"]  # fmt: skip
EVENTS = st.lists(
    st.builds(
        Scored,
        st.sampled_from(["clicked", "bounced"]),
        st.just(""),
        st.just(""),
        st.integers(0, 90 * 1440).map(lambda minutes: NOW - timedelta(minutes=minutes)),
    ),
    min_size=1,
    max_size=8,
)


@given(st.lists(st.sampled_from(CONDITIONS), min_size=1, max_size=3), EVENTS, st.integers(-10, 30))
def test_between_looks_no_rule_begins_or_ceases_to_apply(
    conditions: list[str], events: list[Scored], fit: int
) -> None:
    rules = [{"from": "suspect", "to": "mql", "if": condition, "because": "x"} for condition in conditions]
    funnel = compiled(*rules, scoring=POINTS)

    def applies(at: datetime) -> str | None:
        total = score(funnel.funnel.scoring, [], events, facts(lead(), frozenset()), at).total
        found = moved(funnel, lead(score=kept(total + fit)), now=at)
        return found.rule if found else None

    look_at = next_look(funnel, lead(), events, fit, NOW)
    end = (look_at or NOW + timedelta(days=400)) - timedelta(
        minutes=1
    )  # scores are looked ahead by the minute
    assert {applies(NOW + (end - NOW) * part / 50) for part in range(51)} == {applies(NOW)}
