"""Pauses, resumes and closes campaigns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from outreach import applied, enrollments, entries, leads, ledger, models
from outreach.domain.words import CampaignStatus, EnrollmentStatus, MessageStatus
from outreach.errors import InputError, NotFound


@dataclass(frozen=True)
class Moved:
    """How many enrollments and queued mails stand still, or go on, with their campaign."""

    enrollments: int
    mails: int


def find(session: Session, name: str) -> models.Campaign:
    """Return the campaign of this name; NotFound lists those there are."""
    row = session.scalar(select(models.Campaign).where(models.Campaign.name == name).with_for_update())
    if row is None:
        known = ", ".join(sorted(applied.names(session).values())) or "none"
        raise NotFound(f"there is no campaign {name!r}; there are: {known}")
    return row


def pause(session: Session, name: str) -> Moved:
    """Let nobody enter and send nothing until the campaign is resumed; what is on the wire goes out."""
    row = find(session, name)
    if row.status != CampaignStatus.RUNNING:
        raise InputError(f"{name} is {row.status}, so it can not be paused")
    row.status = CampaignStatus.PAUSED
    mails = ledger.hold_campaign(session, row.id)
    return Moved(enrollments.pause(session, row.id, ledger.CAMPAIGN_PAUSED), mails)


def resume(session: Session, name: str, now: datetime) -> Moved:
    """Let a paused campaign go on. Times that passed meanwhile have passed; what went stale is skipped."""
    row = find(session, name)
    if row.status != CampaignStatus.PAUSED:
        raise InputError(f"{name} is {row.status}, so it can not be resumed")
    row.status = (
        CampaignStatus.RUNNING if row.version_id else CampaignStatus.FINISHED
    )  # it was undone meanwhile
    mails = ledger.free_campaign(session, row.id, now)
    _let_in(session, row, now)
    return Moved(enrollments.resume(session, row.id, now), mails)


def _let_in(session: Session, row: models.Campaign, now: datetime) -> None:
    """Look at those who would have entered while it was paused."""
    if row.version_id is None:
        return
    campaign = applied.program(session, row.version_id).campaign
    if campaign.enter == "once":
        entries.enter_once(session, row.id, now)
    else:
        leads.mark_for_matching(session, [str(stage) for stage in campaign.audience.stage], now)


def close_done(session: Session) -> list[str]:
    """Finish the campaigns entered once in which nobody is any more and each mail has its final state.

    A mail whose outcome is unknown has none: its campaign stays open until a person decides. Return their names.
    """
    rows = session.scalars(
        select(models.Campaign)
        .where(models.Campaign.status == CampaignStatus.RUNNING, _was_entered(), ~_is_live())
        .order_by(models.Campaign.id)
    ).all()
    done = []
    for row in rows:
        if row.version_id is None or applied.program(session, row.version_id).campaign.enter != "once":
            continue
        if not session.scalar(select(_has_open_mail(row.id))):
            row.status = CampaignStatus.FINISHED
            done.append(row.name)
    return done


def _was_entered() -> ColumnElement[bool]:
    return exists().where(models.Enrollment.campaign_id == models.Campaign.id)


def _is_live() -> ColumnElement[bool]:
    enrollment = models.Enrollment
    live = enrollment.status.in_([EnrollmentStatus.ACTIVE, EnrollmentStatus.PAUSED])
    return exists().where(enrollment.campaign_id == models.Campaign.id, live)


def _has_open_mail(campaign_id: int) -> ColumnElement[bool]:
    message = models.Message
    # One look at each of the small indexes over what is due, under way or unknown; paused there is nothing to close.
    open_ways = (
        message.due_at.is_not(None),
        message.lease_until.is_not(None),
        message.status == MessageStatus.UNKNOWN,
    )
    return or_(*(exists().where(message.campaign_id == campaign_id, way) for way in open_ways))
