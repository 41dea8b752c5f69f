"""Counts who would enter a campaign now, and why the others do not: every lead once, by the first thing against it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, String, and_, case, cast, func, literal, or_, select
from sqlalchemy.orm import Session

from outreach import leads, models, populations
from outreach.domain.campaign import EnterOnEvent
from outreach.explain.standing import LIVE

if TYPE_CHECKING:
    from outreach.explain.campaign import Asked

MOST_SHOWN = 5
FITS = "fits"


def entering(session: Session, asked: Asked) -> tuple[int, tuple[str, ...], Mapping[str, int]]:
    """Return how many would enter, the addresses of the first of them, and how many do not for which reason."""
    lead, reason = models.Lead, _reason(asked)
    each = select(reason.label("reason")).select_from(lead).subquery()
    rows = session.execute(select(each.c.reason, func.count()).group_by(each.c.reason))
    counts = {str(why): count for why, count in rows}
    fits = counts.pop(FITS, 0)
    why_not = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    entry = asked.program.campaign.enter
    if entry != "when_matching" and fits:
        why = (
            f"fits, and enters when {entry.event} happens"
            if isinstance(entry, EnterOnEvent)
            else "fits, and enters when it is applied anew"
        )
        return 0, (), {why: fits, **why_not}
    if not fits:
        return 0, (), why_not
    first = session.scalars(
        select(lead.email).where(reason == FITS).order_by(lead.match_at, lead.id).limit(MOST_SHOWN)
    )
    return fits, tuple(first), why_not


def _reason(asked: Asked) -> ColumnElement[Any]:
    lead, campaign = models.Lead, asked.program.campaign
    is_there = lead.stage.in_([str(stage) for stage in campaign.audience.stage])
    whens: list[tuple[ColumnElement[bool], ColumnElement[Any]]] = [
        (_enrolled(asked, live=True), literal("is in it", String())),
        (~is_there, literal("wrong stage: ", String()).concat(cast(lead.stage, String))),
        (_was_in_it(asked), literal("was in it", String())),
    ]
    if asked.program.audience is not None:
        custom = asked.in_force.funnel.funnel.fields
        holds = populations.holds_for(asked.program.audience, custom)
        whens.append((~holds, literal(f"not true: {campaign.audience.where}", String())))
    whens += [
        (leads.is_suppressed(asked.at), literal("suppressed", String())),
        (lead.quiet_at.is_not(None), literal("replied, and is left to a person", String())),
    ]
    other = _other(asked)
    whens.append((other.is_not(None), literal("outranked: is in ", String()).concat(other)))
    return case(*whens, else_=literal(FITS, String()))


def _enrolled(asked: Asked, *, live: bool) -> ColumnElement[bool]:
    row = models.Enrollment
    found = select(row.id).where(row.lead_id == models.Lead.id, row.campaign_id == asked.row.id)
    if live:
        found = found.where(row.status.in_(LIVE))
    return found.correlate(models.Lead).exists()


def _was_in_it(asked: Asked) -> ColumnElement[bool]:
    row, after = models.Enrollment, asked.program.campaign.again_after
    found = select(row.id).where(row.lead_id == models.Lead.id, row.campaign_id == asked.row.id)
    if after is not None:
        found = found.where(row.entered_at > after.before(asked.at))
    return found.correlate(models.Lead).exists()


def _other(asked: Asked) -> ColumnElement[Any]:
    """Return the name of the campaign that the lead is in and that keeps it, null where there is none."""
    row, campaign = models.Enrollment, models.Campaign
    keeps = or_(campaign.priority >= asked.row.priority, campaign.id == asked.row.id)
    return (
        select(campaign.name)
        .join(row, row.campaign_id == campaign.id)
        .where(and_(row.lead_id == models.Lead.id, row.status.in_(LIVE), keeps))
        .correlate(models.Lead)
        .limit(1)
        .scalar_subquery()
    )
