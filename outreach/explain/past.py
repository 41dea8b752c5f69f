"""How a lead stood at a past instant: from its events, mails and enrollments, and the rules in force then."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach import applied, handoffs, leads, models
from outreach.applied import NOTES, POLICIES, InForce
from outreach.domain.funnel import compile_funnel
from outreach.domain.policies import Policies
from outreach.domain.words import OURS, CampaignStatus, EnrollmentStatus, Kind, MessageStatus, Verdict
from outreach.errors import NotFound
from outreach.explain import placing, rewinding
from outreach.explain.standing import (
    Running,
    Standing,
    Suppressed,
    copy,
    enrollments_of,
    events_of,
    messages_of,
)

OUTCOMES = {
    Kind.ACCEPTED: MessageStatus.ACCEPTED,
    Kind.REFUSED: MessageStatus.REFUSED,
    Kind.SKIPPED: MessageStatus.SKIPPED,
    Kind.UNKNOWN: MessageStatus.UNKNOWN,
}


def then(session: Session, row: models.Lead, at: datetime) -> Standing:
    """Return how the lead stood at `at`; NotFound where it or the rules were not there yet."""
    if row.created_at > at:
        raise NotFound(f"{row.email} was not there yet: it was added {row.created_at:%Y-%m-%d %H:%M} UTC")
    in_force = in_force_at(session, at)
    every = events_of(session, row.id)
    events = [event for event in every if event.recorded_at <= at]
    lead, not_known = rewinding.lead_at(row, every, at, in_force)
    messages = [
        _message_at(each, events, at) for each in messages_of(session, row.id) if each.queued_at <= at
    ]
    standing = Standing(
        at=at,
        view="past",
        row=lead,
        in_force=in_force,
        pasts=pasts(events),
        events=events,
        enrollments=[
            _enrollment_at(each, at) for each in enrollments_of(session, row.id) if each.entered_at <= at
        ],
        messages=messages,
        names=dict(applied.names(session)),
        running=running_at(session, at),
        suppressed=_suppressed_at(session, row, events, at),
        not_known=(*not_known, *_campaigns_not_known(session)),
    )
    _with_handoff(session, standing)
    _with_owner(session, standing)
    live = standing.live
    if live is not None:
        placing.place(session, standing, live)
    return standing


def in_force_at(session: Session, at: datetime) -> InForce:
    """Return the policies that were in force at `at`; NotFound before the first apply."""
    policy = models.Policy
    newest = (
        select(policy.kind, func.max(policy.version).label("version"))
        .where(policy.applied_at <= at)
        .group_by(policy.kind)
        .subquery()
    )
    rows = session.scalars(
        select(policy).join(newest, (policy.kind == newest.c.kind) & (policy.version == newest.c.version))
    ).all()
    found = {row.kind: row for row in rows}
    if not found.keys() >= set(POLICIES):
        raise NotFound(f"nothing was applied yet at {at:%Y-%m-%d %H:%M} UTC")
    written = Policies.model_validate({kind: found[kind].definition for kind in POLICIES})
    notes = found[NOTES].definition if NOTES in found else {}
    versions = {row.kind: row.version for row in rows}
    return InForce(written, compile_funnel(written.funnel), notes, versions)


def running_at(session: Session, at: datetime) -> list[Running]:
    """Return the campaigns with the versions that were in force at `at`, the highest priority first."""
    version, campaign = models.CampaignVersion, models.Campaign
    newest = (
        select(version.campaign_id, func.max(version.version).label("version"))
        .where(version.applied_at <= at)
        .group_by(version.campaign_id)
        .subquery()
    )
    rows = session.execute(
        select(campaign.id, campaign.name, version.id.label("version_id"))
        .join(version, version.campaign_id == campaign.id)
        .join(newest, (newest.c.campaign_id == campaign.id) & (newest.c.version == version.version))
        .where(campaign.status != CampaignStatus.DRAFT)
    )
    found = []
    for row in rows:
        program = applied.program(session, row.version_id)
        found.append(Running(row.id, row.name, program.campaign.priority, row.version_id, program))
    return sorted(found, key=lambda each: (-each.priority, each.id))


def pasts(events: Sequence[models.Event]) -> list[leads.Past]:
    """Return what the lead did by these events, as the rules read it."""
    return [
        leads.Past(
            Kind(event.kind), event.subject, event.detail, event.at, Verdict(event.verdict),
            event.kind == Kind.BOUNCED and event.data.get("hard") is True,
        )
        for event in events
        if event.kind not in OURS and event.verdict in (Verdict.HUMAN, Verdict.UNKNOWN)
    ]  # fmt: skip


def _enrollment_at(row: models.Enrollment, at: datetime) -> models.Enrollment:
    found = copy(row)
    if row.ended_at is None or row.ended_at > at:
        found.status, found.reason, found.ended_at, found.due_at = EnrollmentStatus.ACTIVE, None, None, None
    return found


def _message_at(row: models.Message, events: Sequence[models.Event], at: datetime) -> models.Message:
    """Return the mail as it stood: its last outcome that was told by then, or queued."""
    found = copy(row)
    last = _last_outcome(row.id, events)
    if last is None and row.outcome_at is not None and row.outcome_at <= at:
        return found  # left out when it was born
    if last is not None and row.outcome_at is not None and row.outcome_at <= at:
        return found
    found.due_at = None
    if last is None:
        found.status, found.outcome_at, found.reason, found.detail = MessageStatus.QUEUED, None, None, None
        found.subject = None
    else:
        found.status, found.outcome_at = OUTCOMES[Kind(last.kind)], last.at
        found.reason, found.detail = last.detail or None, None
    return found


def _last_outcome(message_id: int, events: Sequence[models.Event]) -> models.Event | None:
    told = [event for event in events if event.message_id == message_id and event.kind in OUTCOMES]
    return max(told, key=lambda event: (event.recorded_at, event.id), default=None)


def _suppressed_at(
    session: Session, row: models.Lead, events: Sequence[models.Event], at: datetime
) -> Suppressed | None:
    told = [event for event in events if event.kind == Kind.SUPPRESSED]
    found = [Suppressed(str(event.data.get("reason")), _instant(event.data.get("until"))) for event in told]
    if not found:
        suppression = models.Suppression
        before = session.scalar(
            select(suppression).where(
                suppression.address_hash == row.address_hash, suppression.created_at <= at
            )
        )
        found = [Suppressed(before.reason, before.until)] if before else []
    return next((each for each in reversed(found) if each.until is None or each.until > at), None)


def _instant(written: Any) -> datetime | None:
    return datetime.fromisoformat(str(written)) if written else None


def _with_handoff(session: Session, standing: Standing) -> None:
    """Find the hand-off that was open then. Its time to answer is taken from team.yaml: closing it clears the own one."""
    row = models.Handoff
    opened = session.scalars(
        select(row)
        .where(row.lead_id == standing.row.id, row.opened_at <= standing.at)
        .order_by(row.opened_at.desc(), row.id.desc())
    ).all()
    handoff = next(
        (each for each in opened if each.answered_at is None or each.answered_at > standing.at), None
    )
    if handoff is not None:
        standing.handoff = handoff
        standing.handoff_due_at = handoff.due_at or handoffs.answer_by(
            standing.in_force.policies.team, handoff.opened_at
        )


def _with_owner(session: Session, standing: Standing) -> None:
    """Take the owner back to whom the lead had been given by then, by its hand-offs, or else by its tasks."""
    lead_id, at = standing.row.id, standing.at
    given = []
    for table in (models.Handoff, models.Task):
        rows = session.execute(select(table.opened_at, table.rep).where(table.lead_id == lead_id))
        found = sorted((row.opened_at, row.rep) for row in rows if row.rep is not None)
        given += [rep for opened_at, rep in reversed(found) if opened_at <= at]
        if found and not given:
            standing.row.owner = None
    if given:
        standing.row.owner = given[0]


def _campaigns_not_known(session: Session) -> Iterator[str]:
    campaign = models.Campaign
    names = session.scalars(
        select(campaign.name).where(campaign.status != CampaignStatus.RUNNING).order_by(campaign.name)
    ).all()
    for name in names:
        yield f"since when {name} does not run: it is taken to have run then"
