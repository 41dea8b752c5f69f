"""Pausing a campaign holds everything of it, and nothing is lost; a campaign closes when each mail has its final state."""

from __future__ import annotations

from pathlib import Path

import pytest
from house import House

from outreach import campaigns, ledger, models
from outreach.db import Database
from outreach.domain.words import EnrollmentStatus, Kind, MessageStatus
from outreach.errors import Deferred, InputError, NotFound, Rejected, Uncertain

ONCE = """
campaign: once
enter: once
audience: {stage: suspect}
priority: 90
window: {holidays: none}
senders: [ben]
steps:
  - email: first
"""


@pytest.fixture
def house(database: Database, tmp_path: Path, now: object) -> House:
    from conftest import NOW

    return House(database, tmp_path, NOW)


@pytest.fixture
def applied_house(house: House) -> House:
    house.apply()
    return house


def pause(house: House, name: str = "welcome") -> campaigns.Moved:
    with house.database.write() as session:
        return campaigns.pause(session, name)


def resume(house: House, name: str = "welcome") -> campaigns.Moved:
    with house.database.write() as session:
        return campaigns.resume(session, name, house.now)


def test_a_paused_campaign_sends_nothing_and_goes_on_where_it_stood(applied_house: House) -> None:
    house = applied_house
    house.lead()
    house.tick()
    assert pause(house) == campaigns.Moved(enrollments=1, mails=0)
    house.later(days=4)
    assert len(house.mails()) == 1
    assert [row.status for row in house.rows(models.Enrollment)] == [EnrollmentStatus.PAUSED]
    assert resume(house).enrollments == 1
    house.tick()
    assert len(house.mails()) == 2


def test_nobody_enters_a_paused_campaign(applied_house: House) -> None:
    house = applied_house
    pause(house)
    house.lead()
    house.tick()
    assert house.rows(models.Enrollment) == []


def test_a_queued_mail_of_a_paused_campaign_waits_and_is_not_skipped(applied_house: House) -> None:
    house = applied_house
    house.answers = lambda to: Deferred("try later", 451, "4.3.0")
    house.lead()
    house.tick()
    assert pause(house) == campaigns.Moved(enrollments=1, mails=1)
    house.answers = None
    house.later(days=1)
    assert house.mails() == []
    assert [row.status for row in house.rows(models.Message)] == [MessageStatus.QUEUED]
    assert resume(house).mails == 1
    house.tick()
    assert len(house.mails()) == 1


def test_a_mail_that_was_claimed_when_its_campaign_paused_is_held_at_the_last_look(
    applied_house: House,
) -> None:
    house = applied_house
    house.lead()
    claim = ledger.claim

    def claim_then_pause(*arguments: object, **named: object) -> object:
        claimed = claim(*arguments, **named)  # type: ignore[arg-type]
        session = arguments[0]
        campaigns.pause(session, "welcome")  # type: ignore[arg-type]
        return claimed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ledger, "claim", claim_then_pause)
        house.tick()
    assert house.mails() == []
    row = house.rows(models.Message)[0]
    assert (row.status, row.due_at, row.reason) == (MessageStatus.QUEUED, None, "campaign paused")
    resume(house)
    house.tick()
    assert len(house.mails()) == 1


def test_what_can_not_be_paused_says_so_in_one_line(applied_house: House) -> None:
    pause(applied_house)
    with pytest.raises(InputError, match="welcome is paused, so it can not be paused"):
        pause(applied_house)
    with pytest.raises(NotFound, match="there is no campaign 'nothing'; there are: welcome"):
        pause(applied_house, "nothing")


# -- closing ---------------------------------------------------------------------------------------


def closed(house: House) -> list[str]:
    with house.database.write() as session:
        return campaigns.close_done(session)


def test_a_campaign_entered_once_closes_when_everybody_is_through(house: House) -> None:
    house.write(welcome=ONCE)
    house.lead()
    house.apply()
    assert closed(house) == []
    house.tick()
    assert closed(house) == ["once"]
    assert house.rows(models.Campaign)[0].status == "finished"


def test_a_campaign_stays_open_while_a_mail_waits_or_is_unknown(house: House) -> None:
    house.write(welcome=ONCE)
    house.lead()
    house.lead()
    outcomes = [Uncertain("lost after the dot"), Deferred("later", 451)]
    house.answers = lambda to: outcomes.pop()
    house.apply()
    house.tick()
    house.answers = None
    house.later(hours=12)
    assert [row.status for row in house.rows(models.Message)].count(MessageStatus.ACCEPTED) == 1
    assert closed(house) == []
    unknown = house.rows(models.Message, status=MessageStatus.UNKNOWN)[0]
    with house.database.write() as session:
        ledger.resolve(session, unknown.id, True, house.now)
    house.tick()
    assert closed(house) == ["once"]


def test_a_campaign_that_leads_enter_when_they_match_never_closes(applied_house: House) -> None:
    applied_house.lead()
    applied_house.later(days=6)
    assert closed(applied_house) == []


# -- trying again ----------------------------------------------------------------------------------


def retried(house: House) -> int:
    with house.database.write() as session:
        return ledger.retry_failed(session, None, house.now)


def test_what_was_given_up_can_be_tried_again(applied_house: House) -> None:
    house = applied_house
    house.answers = lambda to: Rejected("too large", 552, "5.3.4", "content")
    house.lead()
    house.tick()
    assert house.rows(models.Message)[0].status == MessageStatus.REFUSED
    house.answers = None
    assert retried(house) == 1
    house.tick()
    assert house.rows(models.Message)[0].status == MessageStatus.ACCEPTED
    assert len(house.mails()) == 1
    assert [event.kind for event in house.rows(models.Event, message_id=1)].count(Kind.ACCEPTED) == 1


def test_a_bad_address_and_an_unknown_mail_are_not_tried_again(applied_house: House) -> None:
    house = applied_house
    outcomes = [Uncertain("lost"), Rejected("no such user", 550, "5.1.1", "lead")]
    house.answers = lambda to: outcomes.pop()
    house.lead()
    house.lead()
    house.tick()
    assert retried(house) == 0


def test_what_failed_in_a_campaign_that_its_lead_went_through_is_sent_when_tried_again(house: House) -> None:
    house.write(welcome=ONCE)
    house.lead()
    house.answers = lambda to: Rejected("spam", 554, "5.6.0", "content")
    house.apply()
    house.tick()
    house.later(hours=1)
    assert house.rows(models.Enrollment)[0].status == EnrollmentStatus.FINISHED
    house.answers = None
    assert retried(house) == 1
    house.tick()
    assert len(house.mails()) == 1


def test_who_would_have_entered_while_it_was_paused_enters_when_it_goes_on(applied_house: House) -> None:
    house = applied_house
    pause(house)
    house.lead()
    house.tick()
    house.later(days=1)
    resume(house)
    house.tick()
    assert len(house.mails()) == 1


def test_nothing_that_is_tried_again_leaves_a_paused_campaign(house: House) -> None:
    house.write(welcome=ONCE.replace("enter: once\n", ""))
    house.apply()
    house.lead()
    house.answers = lambda to: Rejected("spam", 554, "5.6.0", "content")
    house.tick()
    house.later(hours=1)
    house.answers = None
    pause(house, "once")
    assert retried(house) == 1
    house.tick()
    assert house.mails() == []
    resume(house, "once")
    house.tick()
    assert len(house.mails()) == 1
