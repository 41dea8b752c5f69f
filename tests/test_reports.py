"""Questions about the whole, on both databases."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import factories
import pytest
from sqlalchemy.orm import Session

from outreach import figures, models, reports
from outreach.db import Database
from outreach.domain.words import DealStatus, Kind, MessageStatus, Source, Stage, Temperature, Verdict


def _lead(session: Session, **fields: Any) -> models.Lead:
    return factories.lead(session, address_hash=f"{next(factories.NUMBERS)}", **fields)


def test_every_stage_is_counted_by_temperature(database: Database) -> None:
    with database.write() as session:
        for stage, temperature in [("mql", "hot"), ("mql", "cold"), ("mql", "cold"), ("lost", "warm")]:
            _lead(session, stage=Stage(stage), temperature=Temperature(temperature))
        found = {
            count.stage: (count.leads, count.hot, count.warm, count.cold) for count in reports.funnel(session)
        }
    assert list(found) == list(Stage)
    assert (found[Stage.MQL], found[Stage.LOST], found[Stage.SQL]) == (
        (3, 1, 0, 2),
        (1, 0, 1, 0),
        (0, 0, 0, 0),
    )


def test_mails_are_counted_by_status_and_reason(database: Database) -> None:
    with database.write() as session:
        version = factories.version(session, factories.campaign(session))
        enrollment = factories.enrollment(session, _lead(session), version)
        for status, reason in [
            ("accepted", None),
            ("accepted", None),
            ("skipped", "stale"),
            ("unknown", "lost"),
        ]:
            factories.message(session, enrollment, status=MessageStatus(status), reason=reason)
        found = [(each.status, each.reason, each.mails) for each in reports.outcomes(session)]
        waiting = reports.waiting(session)
    assert found == [("accepted", "", 2), ("skipped", "stale", 1), ("unknown", "lost", 1)]
    assert waiting.unknown_mails == 1


def test_what_came_back_is_told_apart_by_who_did_it(database: Database) -> None:
    with database.write() as session:
        lead = _lead(session)
        for verdict in (Verdict.HUMAN, Verdict.MACHINE, Verdict.MACHINE, Verdict.PROXY):
            factories.event(session, lead, Kind.OPENED, verdict=verdict)
        opened = {each.kind: each for each in reports.responses(session)}[Kind.OPENED]
    assert (opened.human, opened.machine, opened.proxy, opened.unknown) == (1, 2, 1, 0)


def test_moves_are_counted_on_their_day_in_utc(database: Database, now: datetime) -> None:
    midnight = now.replace(hour=0)
    with database.write() as session:
        lead = _lead(session)
        for at in (
            midnight,
            midnight - timedelta(seconds=1),
            now - timedelta(days=29, hours=10),
            now - timedelta(days=30),
        ):
            factories.event(session, lead, Kind.STAGE_CHANGED, subject="mql", at=at)
        moves = reports.moves(session, now, days=30)
    assert (len(moves.days), moves.days[-1]) == (30, now.date())
    assert [number for number in moves.into[Stage.MQL] if number] == [1, 1, 1]
    assert moves.into[Stage.MQL][-2:] == (1, 1)
    assert moves.total(Stage.MQL) == 3


def test_a_campaign_counts_who_is_in_it(database: Database) -> None:
    with database.write() as session:
        campaign = factories.campaign(session, name="one", priority=5)
        factories.campaign(session, name="two", priority=90)
        version = factories.version(session, campaign)
        for status, reason in [
            ("active", None),
            ("finished", "goal_reached"),
            ("finished", "completed"),
            ("stopped", "replied"),
        ]:
            enrollment = factories.enrollment(session, _lead(session), version, status=status, reason=reason)
        factories.message(session, enrollment, status=MessageStatus.ACCEPTED)
        found = reports.campaigns(session)
        (one,) = reports.campaigns(session, "one")
    assert [each.name for each in found] == ["two", "one"]
    assert (one.active, one.finished, one.goal_reached, one.stopped, one.entered, one.mails) == (
        1,
        2,
        1,
        1,
        4,
        1,
    )


@pytest.fixture
def sold(database: Database, now: datetime) -> Database:
    """Four from a webinar, two of whom bought; one from a referral, who did not."""
    with database.write() as session:
        for number, stage in enumerate([Stage.SUSPECT, Stage.LOST, Stage.CUSTOMER, Stage.MQL]):
            lead = _lead(session, stage=stage, created_at=now - timedelta(days=100))
            if number in (1, 2, 3):
                for to in (Stage.MQL, Stage.SQL, Stage.OPPORTUNITY):
                    factories.event(session, lead, Kind.STAGE_CHANGED, subject=to)
            if number in (2, 3):
                factories.event(session, lead, Kind.STAGE_CHANGED, subject=Stage.CUSTOMER)
                days = 50 - 10 * number
                factories.deal(
                    session, lead, status=DealStatus.WON, amount=1000.0 * number, currency="EUR",
                    closed_at=now - timedelta(days=days),
                )  # fmt: skip
            if number == 1:
                factories.deal(session, lead, status=DealStatus.LOST, lost_reason="price", closed_at=now)
        _lead(session, source=Source.REFERRAL)
    return database


def test_the_key_figures_come_by_source(sold: Database) -> None:
    with sold.read() as session:
        everything, webinar, referral = figures.key_figures(session)
    assert [everything.source, webinar.source, referral.source] == ["all", "webinar", "referral"]
    assert (everything.volume, webinar.volume, referral.volume) == (5, 4, 1)
    assert [webinar.reached[stage] for stage in figures.LADDER] == [4, 3, 3, 3, 2]
    assert webinar.conversion[Stage.MQL] == 0.75
    assert webinar.conversion[Stage.CUSTOMER] == pytest.approx(2 / 3)
    assert referral.conversion[Stage.SQL] is None
    assert (webinar.won, webinar.lost, webinar.retention) == (2, 1, 0.5)
    assert webinar.tickets == (figures.Ticket("EUR", 2, 2500.0),)
    assert webinar.cycle_days == pytest.approx(75)


def test_nothing_at_all_has_figures_too(database: Database) -> None:
    with database.read() as session:
        (everything,) = figures.key_figures(session)
    assert (everything.volume, everything.retention, everything.cycle_days, everything.tickets) == (
        0,
        None,
        None,
        (),
    )
