"""People in a simulation: rates hold, a seed is a fate, and a higher rate takes nothing back."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from outreach.domain.behaviour import Behaviour, Reaction, Step, after_handoff, after_mail, prepare
from outreach.domain.behaviour_model import (
    DEFAULTS,
    INTENTS,
    RATES,
    Count,
    Model,
    Past,
    Sourced,
    learned,
    rate_of,
)
from outreach.domain.inbound.words import Intent
from outreach.domain.policies import Funnel, Lost, Rejected, Rep, Team
from outreach.domain.words import Kind

AT = datetime(2026, 3, 3, 10, tzinfo=UTC)  # a Tuesday
TEAM = Team(reps=(Rep(name="rita", full_name="Rita Rep", email="rita@example.org"),))
FUNNEL = Funnel(
    lost=Lost(reasons={"price": "discarded", "timing": "discarded"}),
    rejected=Rejected(reasons={"too_early": "discarded"}),
)
STEPS = (
    Step("welcome", "first", "first", ("https://example.com/guide", "https://example.com/pricing")),
    Step("welcome", "second", "second"),
)
PEOPLE = 20_000


class Mail(NamedTuple):
    at: datetime = AT
    campaign: str = "welcome"
    step: str = "first"
    template: str = "first"


class Given(NamedTuple):
    at: datetime = AT
    rep: str | None = "rita"
    handoff_id: int = 7


class Lead(NamedTuple):
    id: int
    rounds: int = 0
    timezone: str | None = "Europe/Berlin"


MAIL, GIVEN = Mail(), Given()


def behaviour(
    seed: str = "1", past: Past | None = None, opens_matter: bool = True, **model: Any
) -> Behaviour:
    made = Model.model_validate(model)
    return prepare(made, seed, STEPS, past or {}, FUNNEL, TEAM, opens_matter=opens_matter)


def counted(played: Behaviour, mail: Mail = MAIL) -> Counter[Kind]:
    """Return to how many people each kind happened."""
    found: Counter[Kind] = Counter()
    for number in range(PEOPLE):
        found.update({reaction.kind for reaction in after_mail(played, mail, Lead(number))})
    return found


def is_likely(hits: int, of: int, rate: float) -> bool:
    """Whether so many hits are within five standard deviations: one in two million is not."""
    return abs(hits - of * rate) <= 5 * math.sqrt(of * rate * (1 - rate)) + 1


@pytest.mark.parametrize(
    ("kind", "name", "rate"),
    [
        (Kind.BOUNCED, "bounced", 0.05),
        (Kind.AUTO_REPLIED, "away", 0.1),
        (Kind.CLICKED, "clicked", 0.04),
        (Kind.CLICKED, "clicked", 0.6),
        (Kind.REPLIED, "replied", 0.03),
        (Kind.REPLIED, "replied", 0.5),
        (Kind.UNSUBSCRIBED, "unsubscribed", 0.02),
        (Kind.COMPLAINED, "complained", 0.01),
        (Kind.COMPLAINED, "complained", 1.0),
    ],
)
def test_a_rate_is_the_share_of_people_who_do_it(kind: Kind, name: str, rate: float) -> None:
    found = counted(behaviour(all=dict.fromkeys(RATES, 0.0) | {name: rate}))
    assert is_likely(found[kind], PEOPLE, rate)


def test_by_default_all_rates_hold_at_once() -> None:
    found = counted(behaviour())
    alive = 1 - DEFAULTS["bounced"]  # who is not there does nothing else
    assert is_likely(found[Kind.BOUNCED], PEOPLE, DEFAULTS["bounced"])
    assert is_likely(found[Kind.CLICKED], PEOPLE, DEFAULTS["clicked"] * alive)
    assert is_likely(found[Kind.REPLIED], PEOPLE, DEFAULTS["replied"] * alive)
    wants_out = DEFAULTS["unsubscribed"] + DEFAULTS["replied"] * INTENTS[Intent.UNSUBSCRIBE]
    assert is_likely(found[Kind.UNSUBSCRIBED], PEOPLE, wants_out * alive)


def test_opens_are_of_those_who_read() -> None:
    found = counted(behaviour(all=dict.fromkeys(RATES, 0.0) | {"opened": 0.3}))
    assert is_likely(found[Kind.OPENED], PEOPLE, 0.3)
    assert set(found) == {Kind.OPENED}


def test_where_nothing_asks_for_opens_none_is_played_and_all_else_is_the_same() -> None:
    with_opens, without = behaviour(), behaviour(opens_matter=False)
    for number in range(2_000):
        everything = after_mail(with_opens, Mail(), Lead(number))
        rest = tuple(each for each in everything if each.kind != Kind.OPENED)
        assert after_mail(without, Mail(), Lead(number)) == rest


def test_the_attentive_do_most_of_it() -> None:
    played = behaviour(all={"clicked": 0.05}, people={"attentive": 0.2, "of_reactions": 0.9})
    both = sum(
        any(each.kind == Kind.CLICKED for each in after_mail(played, Mail(), lead))
        and any(
            each.kind == Kind.CLICKED
            for each in after_mail(played, Mail(step="second", template="second"), lead)
        )
        for lead in map(Lead, range(PEOPLE))
    )
    # By chance alone it would be 0.05 * 0.05; a fifth of the people doing nine tenths of it makes it four times that.
    assert is_likely(both, PEOPLE, (0.2 * 0.225**2 + 0.8 * 0.00625**2))
    assert both > 3 * PEOPLE * 0.05**2


def test_an_address_that_took_one_mail_takes_the_next() -> None:
    played = behaviour(all={"bounced": 0.2})
    for number in range(1_000):
        first = after_mail(played, Mail(), Lead(number))
        second = after_mail(played, Mail(step="second", template="second"), Lead(number))
        assert (Kind.BOUNCED in {each.kind for each in first}) == (
            Kind.BOUNCED in {each.kind for each in second}
        )


def test_the_same_seed_is_the_same_fate_and_another_seed_another() -> None:
    def fates(seed: str) -> list[tuple[Reaction, ...]]:
        played = behaviour(seed)
        return [after_mail(played, Mail(), Lead(number)) for number in range(1_000)]

    assert fates("1") == fates("1")
    assert fates("1") != fates("2")


def test_another_round_through_the_funnel_is_another_throw() -> None:
    played = behaviour(all={"clicked": 0.5})
    did = [bool(after_mail(played, Mail(), Lead(1, rounds))) for rounds in range(50)]
    assert set(did) == {True, False}


@given(low=st.floats(0, 1), high=st.floats(0, 1), name=st.sampled_from(["bounced", "away", "clicked"]))
def test_with_a_higher_rate_nobody_does_less(low: float, high: float, name: str) -> None:
    low, high = sorted((low, high))
    kind = {"bounced": Kind.BOUNCED, "away": Kind.AUTO_REPLIED, "clicked": Kind.CLICKED}[name]
    rates = dict.fromkeys(RATES, 0.0)
    fewer, more = behaviour(all=rates | {name: low}), behaviour(all=rates | {name: high})
    for number in range(30):
        if any(each.kind == kind for each in after_mail(fewer, Mail(), Lead(number))):
            assert any(each.kind == kind for each in after_mail(more, Mail(), Lead(number)))


@given(
    lead=st.integers(0, 10**9),
    rounds=st.integers(0, 3),
    zone=st.sampled_from(["Asia/Tokyo", "America/Lima", None]),
)
def test_what_comes_back_comes_after_the_mail_and_in_order(lead: int, rounds: int, zone: str | None) -> None:
    played = behaviour(all={"clicked": 0.9, "replied": 0.9, "away": 0.3, "opened": 0.9})
    times = [each.at for each in after_mail(played, Mail(), Lead(lead, rounds, zone))]
    assert times == sorted(times)
    assert all(at > AT and at.tzinfo is not None for at in times)


@pytest.mark.parametrize("zone", ["Asia/Tokyo", "America/New_York", "Europe/Budapest"])
def test_people_read_while_they_are_awake(zone: str) -> None:
    played = behaviour(all=dict.fromkeys(RATES, 0.0) | {"clicked": 1.0})
    hours = {
        reaction.at.astimezone(ZoneInfo(zone)).hour
        for number in range(500)
        for reaction in after_mail(played, Mail(), Lead(number, 0, zone))
        if reaction.kind == Kind.CLICKED
    }
    assert hours <= set(range(7, 22)) | {22}  # a minute after 21:59
    assert len(hours) > 10


def test_who_is_away_says_until_when_and_reads_after_that() -> None:
    played = behaviour(all=dict.fromkeys(RATES, 0.0) | {"away": 1.0, "clicked": 1.0})
    for number in range(200):
        away, *rest = after_mail(played, Mail(), Lead(number))
        assert away.kind == Kind.AUTO_REPLIED
        back = datetime.fromisoformat(away.data["resume_on"])
        assert back > AT
        assert back.astimezone(ZoneInfo("Europe/Berlin")).hour == 0
        assert all(each.at >= back for each in rest)


def test_a_click_names_a_link_of_the_template_and_may_lead_on() -> None:
    played = behaviour(
        all=dict.fromkeys(RATES, 0.0) | {"clicked": 1.0},
        after_click={"visited": 1, "pages": {"/pricing": 1.0}, "forms": {"demo": 1.0}, "meeting_booked": 1.0},
    )
    seen = Counter(
        (each.kind, each.subject, each.detail)
        for number in range(200)
        for each in after_mail(played, Mail(), Lead(number))
        if each.kind != Kind.OPENED
    )
    links = [seen[Kind.CLICKED, "first", link] for link in STEPS[0].links]
    assert sum(links) == 200
    assert min(links) > 50
    assert seen[Kind.SUBMITTED, "demo", ""] == 200
    assert seen[Kind.MEETING_BOOKED, "", ""] == 200
    assert (
        sum(count for (kind, page, _), count in seen.items() if (kind, page) == (Kind.VISITED, "/pricing"))
        == 200
    )


def test_replies_mean_what_the_shares_say() -> None:
    played = behaviour(
        all=dict.fromkeys(RATES, 0.0) | {"replied": 1.0, "intents": {"meeting": 0.3, "unsubscribe": 0.2}}
    )
    found = Counter(
        reaction.detail
        for number in range(PEOPLE // 4)
        for reaction in after_mail(played, Mail(), Lead(number))
        if reaction.kind == Kind.REPLIED
    )
    assert is_likely(found["meeting"], PEOPLE // 4, 0.3)
    assert is_likely(found["unsubscribe"], PEOPLE // 4, 0.2)
    assert is_likely(found[""], PEOPLE // 4, 0.5)


def test_a_step_that_is_not_known_is_answered_by_nobody() -> None:
    assert after_mail(behaviour(), Mail(step="third"), Lead(1)) == ()


# -- reps ------------------------------------------------------------------------------------------

SOON = AT + timedelta(hours=6)


def answers(played: Behaviour, given: Given = GIVEN, answer_by: datetime = SOON) -> Counter[tuple[Kind, str]]:
    return Counter(
        (reaction.kind, reaction.detail)
        for number in range(4_000)
        for reaction in after_handoff(played, given, Lead(number), answer_by)
    )


def test_reps_answer_accept_win_and_lose_by_their_rates() -> None:
    reps = {"answered": 1, "answers_after": {"median": "1 minute", "spread": 1}, "accepted": 0.6, "won": 0.25}
    found = answers(behaviour(reps=reps))
    accepted = found[Kind.HANDOFF_ACCEPTED, ""]
    assert is_likely(accepted, 4_000, 0.6)
    assert found[Kind.HANDOFF_REJECTED, "too_early"] == 4_000 - accepted
    assert is_likely(found[Kind.DEAL_WON, ""], accepted, 0.25)
    assert (
        found[Kind.DEAL_LOST, "price"] + found[Kind.DEAL_LOST, "timing"]
        == accepted - found[Kind.DEAL_WON, ""]
    )
    assert min(found[Kind.DEAL_LOST, "price"], found[Kind.DEAL_LOST, "timing"]) > accepted / 4


def test_who_does_not_answer_in_time_does_not_answer() -> None:
    slow = behaviour(reps={"answered": 1, "answers_after": {"median": "3 hours", "spread": 2}})
    found = answers(slow, answer_by=AT + timedelta(hours=3))
    assert is_likely(found[Kind.HANDOFF_ACCEPTED, ""] + found[Kind.HANDOFF_REJECTED, "too_early"], 4_000, 0.5)
    assert answers(behaviour(reps={"answered": 0})) == Counter()
    assert answers(behaviour(), Given(rep=None)) == Counter()


def test_reasons_are_those_of_the_model_where_it_names_any() -> None:
    found = answers(behaviour(reps={"answered": 1, "accepted": 0, "rejected_for": {"no_budget": 0.5}}))
    assert set(found) == {(Kind.HANDOFF_REJECTED, "no_budget"), (Kind.HANDOFF_REJECTED, "other")}


# -- which rate holds ------------------------------------------------------------------------------

PAST = {"first": {"clicked": Count(31, 1204), "replied": Count(3, 80)}}
FILE = {
    "all": {"clicked": 0.5, "replied": 0.1},
    "campaigns": {"welcome": {"clicked": 0.2, "steps": {"first": {"clicked": 0.1}}}},
}


@pytest.mark.parametrize(
    ("model", "past", "step", "name", "expected"),
    [
        ({}, {}, "first", "clicked", Sourced(0.03, "default")),
        ({"all": FILE["all"]}, {}, "first", "clicked", Sourced(0.5, "file, all")),
        (FILE, {}, "second", "clicked", Sourced(0.2, "file, campaign")),
        (FILE, {}, "first", "clicked", Sourced(0.1, "file, step")),
        (FILE, PAST, "first", "clicked", Sourced(0.1, "file, step")),
        ({}, PAST, "first", "clicked", Sourced(31 / 1204, "history: 31 of 1,204")),
        ({"all": FILE["all"]}, PAST, "first", "clicked", Sourced(31 / 1204, "history: 31 of 1,204")),
        ({"history": False}, PAST, "first", "clicked", Sourced(0.03, "default")),
        ({}, PAST, "first", "opened", Sourced(0.25, "default")),
        ({}, PAST, "first", "replied",
         Sourced((3 + 0.025 * 200) / 280, "history: 3 of 80, few: drawn towards 2.50% (default)")),
        ({"all": FILE["all"]}, PAST, "first", "replied",
         Sourced((3 + 0.1 * 200) / 280, "history: 3 of 80, few: drawn towards 10.00% (file, all)")),
    ],
)  # fmt: skip
def test_the_nearest_word_on_a_rate_holds(
    model: Mapping[str, Any], past: Past, step: str, name: str, expected: Sourced
) -> None:
    made = Model.model_validate(model)
    assert rate_of(made, past, "welcome", step, step, name) == expected


@given(hits=st.integers(0, 500), more=st.integers(0, 500), rate=st.floats(0, 1))
def test_a_rate_that_is_learned_is_a_rate_and_lies_between_what_was_and_what_was_thought(
    hits: int, more: int, rate: float
) -> None:
    count = Count(hits, hits + more + 1)
    found = learned(count, Sourced(rate, "default")).rate
    seen = hits / count.mails
    assert min(seen, rate) - 1e-9 <= found <= max(seen, rate) + 1e-9


@pytest.mark.parametrize(
    ("model", "said"),
    [
        ({"all": {"clicked": 1.5}}, "less than or equal to 1"),
        ({"all": {"clicked": -0.1}}, "greater than or equal to 0"),
        ({"all": {"clicked": "150%"}}, "less than or equal to 1"),
        ({"all": {"clicked": "often"}}, "valid number"),
        ({"all": {"intents": {"meeting": 0.7, "interested": 0.7}}}, "the intents add up to 1.4"),
        ({"reps": {"lost_for": {"price": 0.7, "timing": 0.7}}}, "the reasons add up to 1.4"),
        ({"all": {"intents": {"happy": 0.7}}}, "Input should be"),
    ],
)
def test_a_model_in_which_a_rate_is_none_is_refused(model: Mapping[str, Any], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Model.model_validate(model)


def test_a_percentage_is_a_rate() -> None:
    assert Model.model_validate({"all": {"clicked": "3 %"}}).all.clicked == 0.03
