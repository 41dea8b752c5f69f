"""Events that are noted first and followed in batches, on both databases: once, in order, and none stops the others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from house import House
from sqlalchemy import text

from outreach import activity, followups, intake, leads, models, reviews
from outreach.db import Database
from outreach.domain.events import Event
from outreach.domain.words import Kind, Stage, Verdict


@pytest.fixture
def house(database: Database, tmp_path: Path, now: datetime) -> House:
    built = House(database, tmp_path / "workspace", now)
    built.apply()
    return built


def note(house: House, *events: Event) -> int:
    with house.database.write() as session:
        return activity.note_all(session, events, house.now)


def follow(house: House, limit: int = 100) -> int:
    with house.database.write() as session:
        return followups.follow_due(session, house.now, limit)


def waiting(house: House) -> int:
    with house.database.read() as session:
        return session.query(models.Followup).count()


def event(house: House, lead_id: int, kind: Kind, source_id: str, **more: Any) -> Event:
    return Event(kind, source_id, house.now, lead_id, **more)


def test_a_noted_event_is_there_at_once_and_followed_later(house: House) -> None:
    lead_id = house.lead()
    assert note(house, event(house, lead_id, Kind.ATTENDED, "a:1")) == 1
    assert house.get(lead_id).stage == Stage.SUSPECT
    assert follow(house) == 1
    assert (house.get(lead_id).stage, house.get(lead_id).score) == (Stage.MQL, 40)
    assert waiting(house) == 0


def test_promise_4_an_event_noted_twice_is_followed_once(house: House) -> None:
    lead_id = house.lead()
    assert note(house, *[event(house, lead_id, Kind.CLICKED, "c:1")] * 2) == 1
    assert note(house, event(house, lead_id, Kind.CLICKED, "c:1")) == 0
    assert (follow(house), follow(house)) == (1, 0)
    assert house.get(lead_id).score == 20


def test_promise_5_nothing_waits_to_be_followed_from_what_a_machine_did(house: House) -> None:
    note(house, event(house, house.lead(), Kind.CLICKED, "c:1", verdict=Verdict.MACHINE))
    assert waiting(house) == 0


@pytest.mark.parametrize(
    "kind", [Kind.REPLIED, Kind.UNSUBSCRIBED, Kind.COMPLAINED, Kind.BOUNCED, Kind.MEETING_BOOKED]
)
def test_promise_2_what_ends_something_is_followed_at_once(house: House, kind: Kind) -> None:
    lead_id = house.lead()
    note(house, event(house, lead_id, kind, "e:1", data={"hard": True}))
    assert waiting(house) == 0
    suppressed = len(house.rows(models.Suppression))
    assert suppressed == (kind in (Kind.UNSUBSCRIBED, Kind.COMPLAINED, Kind.BOUNCED))
    assert (house.get(lead_id).quiet_at is not None) == (kind == Kind.REPLIED)


def test_what_waits_of_a_lead_is_followed_before_its_reply(house: House) -> None:
    lead_id = house.lead()
    note(house, event(house, lead_id, Kind.STATED, "s:1", data={"purchase_time": "2026-06-01"}))
    said = event(house, lead_id, Kind.REPLIED, "r:1", data={"purchase_time": "2026-09-01"})
    with house.database.write() as session:
        activity.record(session, said, house.now)
    assert waiting(house) == 0
    follow(house)
    purchase_at = house.get(lead_id).purchase_at
    assert purchase_at is not None and purchase_at.month == 9


def test_hand_offs_of_a_batch_are_shared_as_if_they_came_one_by_one(house: House) -> None:
    house.write(
        funnel="moves:\n  - {from: suspect, to: sql, if: happened('attended'), because: came}\n",
        team="reps:\n  - {name: rita, full_name: R, email: r@example.org, capacity: 2}\n"
        "  - {name: ron, full_name: R, email: o@example.org, capacity: 3}\n",
    )
    house.apply()
    note(house, *(event(house, house.lead(), Kind.ATTENDED, f"a:{number}") for number in range(6)))
    assert follow(house) == 6
    handoffs = house.rows(models.Handoff)
    assert [row.rep for row in handoffs] == ["rita", "ron", "rita", "ron", "ron", None]
    moved = {row.id: row.lead_id for row in house.rows(models.Event, kind=Kind.STAGE_CHANGED)}
    assert [moved[row.event_id] for row in handoffs] == [row.lead_id for row in handoffs]
    told = {row.handoff_id: row.rep for row in house.rows(models.Notification)}
    assert told == {row.id: row.rep for row in handoffs if row.rep}


@pytest.fixture
def broken(house: House, monkeypatch: pytest.MonkeyPatch) -> int:
    """The id of a lead that can not be reviewed."""
    lead_id = house.lead()
    scored = reviews.review_one

    def review(
        changes: Any, in_force: Any, row: models.Lead, pasts: Sequence[leads.Past], cause: str
    ) -> None:
        if row.id == lead_id:
            raise ValueError("broken")
        scored(changes, in_force, row, pasts, cause)

    monkeypatch.setattr(reviews, "review_one", review)
    return lead_id


def test_a_lead_that_can_not_be_followed_is_set_aside_and_the_others_are_not(
    house: House, broken: int
) -> None:
    well = house.lead()
    note(house, event(house, broken, Kind.ATTENDED, "a:1"), event(house, well, Kind.ATTENDED, "a:2"))
    assert follow(house) == 2
    assert house.get(well).stage == Stage.MQL
    assert waiting(house) == 0
    (reason,) = house.rows(models.Event, kind=Kind.NOTE, lead_id=broken)
    assert "ValueError" in reason.detail
    due_at = house.get(broken).due_at
    assert due_at is not None and due_at > house.now


def test_promise_2_holds_for_a_lead_that_can_not_be_reviewed(house: House, broken: int) -> None:
    note(house, event(house, broken, Kind.UNSUBSCRIBED, "u:1"))
    assert [row.reason for row in house.rows(models.Suppression)] == ["unsubscribed"]


def test_a_rollback_leaves_the_events_to_be_followed(house: House) -> None:
    lead_id = house.lead()
    note(house, event(house, lead_id, Kind.ATTENDED, "a:1"))
    with pytest.raises(RuntimeError), house.database.write() as session:
        followups.follow_due(session, house.now, 10)
        raise RuntimeError
    assert (waiting(house), house.get(lead_id).stage) == (1, Stage.SUSPECT)


def test_an_event_whose_lead_is_gone_does_not_wait_for_ever(house: House) -> None:
    note(house, event(house, 999_999, Kind.CLICKED, "c:1"))
    follow(house)
    assert waiting(house) == 0


def test_two_processes_never_follow_for_the_same_lead_at_a_time(
    postgresql: Database, tmp_path: Path, now: datetime
) -> None:
    house = House(postgresql, tmp_path / "workspace", now)
    house.apply()
    first, second = house.lead(), house.lead()
    note(house, event(house, first, Kind.CLICKED, "c:1"), event(house, second, Kind.CLICKED, "c:2"))
    with house.database.write() as one:
        assert followups.follow_due(one, now, 1) == 1
        note(house, event(house, first, Kind.CLICKED, "c:3"))
        with house.database.write() as other:
            other.execute(text("SET LOCAL lock_timeout = '5s'"))
            assert (
                followups.follow_due(other, house.now, 100) == 1
            )  # of the second lead; the first one is held
    assert (house.get(first).score, house.get(second).score) == (20, 20)
    assert follow(house) == 1
    assert house.get(first).score == 40


def test_a_batch_that_is_told_is_answered_one_by_one(house: House) -> None:
    house.lead(email="dana@example.com")
    new = {"source": "webinar", "consent": "express"}
    told = [
        intake.Told("dana@example.com", Kind.ATTENDED, "1", house.now),
        intake.Told("nobody@example.com", Kind.ATTENDED, "2", house.now),
        intake.Told("new@example.com", Kind.ATTENDED, "3", house.now, lead=new),
        intake.Told("dana@example.com", Kind.ATTENDED, "1", house.now),
        intake.Told("no address", Kind.ATTENDED, "4", house.now),
    ]
    with house.database.write() as session:
        first, nobody, third, again, bad = intake.take_all(session, told, house.now)
    assert (first, third, again) == (True, True, False)
    assert "nobody has this address" in str(nobody) and "email" in str(bad)
    assert waiting(house) == 2
