"""The pages where a rep answers a hand-off."""

from __future__ import annotations

import pytest
from street import Street

from outreach import models
from outreach.domain.words import DealStatus, HandoffStatus, Kind, Stage


@pytest.fixture
def handed(desk: Street) -> Street:
    """A street whose lead asked for a meeting, so that rita has it to answer."""
    return _ask_for_a_meeting(desk)


@pytest.fixture
def handed_on_each(street: Street) -> Street:
    """The same on each kind of database."""
    return _ask_for_a_meeting(street)


def _ask_for_a_meeting(street: Street) -> Street:
    street.house.event(street.lead_id, Kind.REPLIED, subject="first", detail="meeting")
    assert street.house.get(street.lead_id).stage == Stage.SQL
    return street


def handoff(street: Street) -> models.Handoff:
    row: models.Handoff = street.house.rows(models.Handoff)[0]
    return row


def url(street: Street, answer: str) -> str:
    return street.house.links.handoff(handoff(street).id, "accept" if answer == "accept" else "reject")


@pytest.mark.parametrize("answer", ["accept", "reject"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_looking_at_a_hand_off_does_not_answer_it(handed: Street, method: str, answer: str) -> None:
    before = handed.state()
    page = handed.from_elsewhere().ask(method, url(handed, answer))
    assert page.status_code == 200
    assert handed.state() == before


def test_the_page_shows_who_and_why_now(handed: Street) -> None:
    page = handed.from_elsewhere().get(url(handed, "accept")).text
    assert "Dana" in page and "dana@example.com" in page
    assert "wants to buy" in page
    assert "Accept this lead" in page


def test_accepting_opens_a_deal(handed_on_each: Street) -> None:
    answer = handed_on_each.from_elsewhere().post(url(handed_on_each, "accept"))
    assert (answer.status_code, "Accepted" in answer.text) == (200, True)
    assert handoff(handed_on_each).status == HandoffStatus.ACCEPTED
    assert handed_on_each.house.get(handed_on_each.lead_id).stage == Stage.OPPORTUNITY
    assert [deal.status for deal in handed_on_each.house.rows(models.Deal)] == [DealStatus.OPEN]


def test_rejecting_for_a_reason_sends_the_lead_where_the_funnel_says(handed_on_each: Street) -> None:
    answer = handed_on_each.from_elsewhere().post(url(handed_on_each, "reject"), data={"reason": "not_ready"})
    assert answer.status_code == 200
    assert (handoff(handed_on_each).status, handoff(handed_on_each).answer_reason) == (
        HandoffStatus.REJECTED,
        "not_ready",
    )
    assert handed_on_each.house.get(handed_on_each.lead_id).stage == Stage.MQL


@pytest.mark.parametrize("form", [{}, {"reason": ""}, {"reason": "<script>"}, {"reason": "x" * 100_000}])
def test_a_rejection_without_a_known_reason_asks_for_one(handed: Street, form: dict[str, str]) -> None:
    before = handed.state()
    answer = handed.from_elsewhere().post(url(handed, "reject"), data=form)
    assert (answer.status_code, "Please choose a reason" in answer.text) == (422, True)
    assert "not ready" in answer.text and "other" in answer.text
    assert handed.state() == before


@pytest.mark.parametrize("first", ["accept", "reject"])
@pytest.mark.parametrize("second", ["accept", "reject"])
def test_a_second_answer_changes_nothing_and_says_so(handed: Street, first: str, second: str) -> None:
    rep = handed.from_elsewhere()
    assert rep.post(url(handed, first), data={"reason": "other"}).status_code == 200
    before = handed.state()
    answer = rep.post(url(handed, second), data={"reason": "other"})
    assert (answer.status_code, "Already answered" in answer.text) == (409, True)
    assert "Already answered" in rep.get(url(handed, second)).text
    assert handed.state() == before


def test_a_forged_or_unknown_hand_off_is_a_page_that_says_so(handed: Street) -> None:
    before = handed.state()
    token = url(handed, "accept").rpartition("/")[2]
    flipped = token[:-3] + ("A" if token[-3] != "A" else "B") + token[-2:]
    unknown = handed.house.links.handoff(99999, "accept").rpartition("/")[2]
    for bad in (token[:-1], flipped, f"{token}A", "x", unknown):
        assert handed.from_elsewhere().get(f"/h/{bad}").status_code == 404
        assert handed.from_elsewhere().post(f"/h/{bad}").status_code == 404
    assert handed.state() == before


def test_what_a_lead_wrote_is_text_on_the_page(desk: Street) -> None:
    evil = "<img src=x onerror=alert(1)>"
    with desk.house.database.write() as session:
        row = session.get_one(models.Lead, desk.lead_id)
        row.first_name = row.last_name = row.company = evil
    desk.house.event(desk.lead_id, Kind.REPLIED, detail="meeting", data={"text": evil})
    page = desk.browser.get(url(desk, "reject")).text
    assert "<img" not in page
    assert "&lt;img" in page
