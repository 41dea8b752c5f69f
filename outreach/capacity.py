"""Counts the leads that campaigns are for, and says where they are more than senders can write to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from outreach import leads, models, populations
from outreach.domain import leads as fields
from outreach.domain.campaign import Campaign
from outreach.domain.expressions import parse
from outreach.domain.lint import capacity
from outreach.domain.words import EnrollmentStatus
from outreach.errors import Problem
from outreach.workspace import Workspace
from outreach.workspace.lint import problem_of

LIVE = (EnrollmentStatus.ACTIVE, EnrollmentStatus.PAUSED)


def over(session: Session, workspace: Workspace, now: datetime) -> Iterator[Problem]:
    """Yield a problem for each campaign whose leads are more than its senders can write to. Reads only."""
    known = workspace.policies.senders
    today = now.astimezone(ZoneInfo(known.organisation.timezone)).date()
    for loaded in workspace.campaigns.values():
        senders = [sender for sender in known.senders if sender.name in loaded.campaign.senders]
        count = audience(session, loaded.campaign, workspace, now)
        found = capacity.finding(capacity.capacity(loaded.campaign, senders, count, today), count)
        if found is not None:
            yield problem_of(loaded.file, loaded.source, found)


def audience(session: Session, campaign: Campaign, workspace: Workspace, now: datetime) -> int:
    """Return how many leads are in the campaign, or could enter it at `now` if no other campaign had them."""
    lead, enrollment = models.Lead, models.Enrollment
    custom = workspace.policies.funnel.fields
    inside: ColumnElement[bool] = lead.stage.in_([str(stage) for stage in campaign.audience.stage])
    if campaign.audience.where is not None:
        condition = parse(campaign.audience.where, fields.schema(custom))
        inside = and_(inside, populations.holds_for(condition, custom))
    of_it = and_(
        enrollment.lead_id == lead.id,
        enrollment.campaign_id == models.Campaign.id,
        models.Campaign.name == campaign.name,
    )
    earlier = of_it if campaign.again_after is None else and_(
        of_it, enrollment.entered_at > campaign.again_after.before(now)
    )  # fmt: skip
    free = and_(inside, lead.quiet_at.is_(None), ~leads.is_suppressed(now), ~exists().where(earlier))
    live = exists().where(and_(of_it, enrollment.status.in_(LIVE)))
    return session.scalar(select(func.count()).select_from(lead).where(or_(live, free))) or 0
