"""Lets leads into campaigns: by audience, once, or on an event; set by set, never lead by lead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    and_,
    case,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.orm import Session

from outreach import applied, leads, models, populations
from outreach.db import inserting_selected
from outreach.domain.campaign import Campaign, EnterOnEvent
from outreach.domain.sequence import Program
from outreach.domain.words import CampaignStatus, EnrollmentStatus, Kind, Verdict

LIVE = (EnrollmentStatus.ACTIVE, EnrollmentStatus.PAUSED)
CHUNK = 5000  # ids in one statement


def match_due(session: Session, now: datetime, limit: int) -> int:
    """Match the leads that changed against the audiences of all running campaigns; return how many were matched."""
    ids = session.scalars(
        select(models.Lead.id)
        .where(models.Lead.match_at <= now)
        .order_by(models.Lead.match_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    if not ids:
        return 0
    for row, program in running(session):
        if program.campaign.enter == "when_matching":
            enter(session, row, program, models.Lead.id.in_(ids), now)
    session.execute(
        update(models.Lead)
        .where(models.Lead.id.in_(ids))
        .values(match_at=None)
        .execution_options(synchronize_session=False)
    )
    _match_again(session, ids, now)
    return len(ids)


def _match_again(session: Session, ids: Sequence[int], now: datetime) -> None:
    """Have those matched again, when the time comes, who were in a campaign that may be entered again."""
    again = {
        row.id: program.campaign.again_after
        for row, program in running(session)
        if program.campaign.again_after and program.campaign.enter == "when_matching"
    }
    if not again:
        return
    enrollment = models.Enrollment
    times: dict[int, datetime] = {}
    for lead_id, campaign_id, entered_at in session.execute(
        select(
            enrollment.lead_id,
            enrollment.campaign_id,
            func.max(enrollment.entered_at, type_=models.Instant()),
        )
        .where(enrollment.lead_id.in_(ids), enrollment.campaign_id.in_(again))
        .group_by(enrollment.lead_id, enrollment.campaign_id)
    ):
        at = entered_at + again[campaign_id].about()
        if at > now:
            times[lead_id] = min(at, times.get(lead_id, at))
    if times:
        session.execute(
            update(models.Lead), [{"id": lead_id, "match_at": at} for lead_id, at in times.items()]
        )


def running(session: Session) -> Sequence[tuple[models.Campaign, Program]]:
    """Return the running campaigns with their programs, the highest priority first."""
    rows = session.scalars(
        select(models.Campaign)
        .where(models.Campaign.status == CampaignStatus.RUNNING, models.Campaign.version_id.is_not(None))
        .order_by(models.Campaign.priority.desc(), models.Campaign.id)
    ).all()
    return [(row, applied.program(session, row.version_id)) for row in rows if row.version_id is not None]


def enter_on_events(session: Session, events: Sequence[tuple[int, Kind, str]], now: datetime) -> None:
    """Let leads into the campaigns that are entered on what just happened: (lead, kind, subject)."""
    for row, program in running(session):
        entry = program.campaign.enter
        if isinstance(entry, EnterOnEvent):
            ids = [
                lead_id for lead_id, kind, subject in events
                if kind == entry.event and entry.subject in (None, subject)
            ]  # fmt: skip
            if ids:
                enter(session, row, program, models.Lead.id.in_(ids), now)


def enter(
    session: Session, row: models.Campaign, program: Program, among: ColumnElement[bool], now: datetime
) -> int:
    """Enroll those `among` the leads who are in the audience and free; return how many entered.

    Free is who is in no campaign, or in one of lower priority, which ends for it. Nobody enters a campaign twice
    unless `again_after` has passed, and nobody enters who is suppressed, or replied and was left to a person.
    """
    campaign = program.campaign
    who = and_(
        among,
        _in_audience(session, program),
        ~leads.is_suppressed(now),
        models.Lead.quiet_at.is_(None),
        _not_before(row.id, campaign, now),
    )
    _outrank(session, row, who, now)
    free = and_(who, ~_live(models.Enrollment.id.is_not(None)))
    entered = _insert(session, row, campaign, free, now)
    _tell(session, Kind.ENROLLED, [(each, lead_id, row.id) for each, lead_id, _ in entered], row.name, now)
    _stay_with_sender(session, entered)
    return len(entered)


def _in_audience(session: Session, program: Program) -> ColumnElement[bool]:
    stages = models.Lead.stage.in_([str(stage) for stage in program.campaign.audience.stage])
    if program.audience is None:
        return stages
    custom = applied.policies(session).funnel.funnel.fields
    return and_(stages, populations.holds_for(program.audience, custom))


def _not_before(campaign_id: int, campaign: Campaign, now: datetime) -> ColumnElement[bool]:
    earlier = and_(
        models.Enrollment.lead_id == models.Lead.id,
        models.Enrollment.campaign_id == campaign_id,
    )
    if campaign.again_after is not None:
        earlier = and_(earlier, models.Enrollment.entered_at > campaign.again_after.before(now))
    return ~exists().where(earlier)


def _live(more: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        models.Enrollment.lead_id == models.Lead.id, models.Enrollment.status.in_(LIVE), more
    )


def _outrank(session: Session, row: models.Campaign, who: ColumnElement[bool], now: datetime) -> None:
    """End the live enrollments of a lower priority of those who are about to enter."""
    lower = select(models.Campaign.id).where(models.Campaign.priority < row.priority)
    enrollment = models.Enrollment
    ended = session.execute(
        update(enrollment)
        .where(
            enrollment.status.in_(LIVE),
            enrollment.campaign_id.in_(lower),
            enrollment.lead_id.in_(select(models.Lead.id).where(who)),
        )
        .values(status=EnrollmentStatus.STOPPED, reason=f"outranked:{row.name}", due_at=None, ended_at=now)
        .returning(enrollment.id, enrollment.lead_id, enrollment.campaign_id)
        .execution_options(synchronize_session=False)
    ).all()
    _tell(
        session,
        Kind.STOPPED,
        [(each.id, each.lead_id, each.campaign_id) for each in ended],
        f"outranked by {row.name}",
        now,
    )


def _insert(
    session: Session, row: models.Campaign, campaign: Campaign, who: ColumnElement[bool], now: datetime
) -> list[tuple[int, int, str]]:
    """Enroll them; return (enrollment, lead, sender) of each who was not enrolled by somebody else meanwhile."""
    lead, enrollment = models.Lead, models.Enrollment
    chosen = case(
        (lead.sender.in_(campaign.senders), lead.sender),
        *(
            (lead.id % len(campaign.senders) == number, literal(name))
            for number, name in enumerate(campaign.senders)
        ),
    )
    rows = select(
        lead.id, literal(row.id), literal(row.version_id), chosen, literal(str(EnrollmentStatus.ACTIVE)),
        literal(0), literal(now, models.Instant()), literal(now, models.Instant()), literal(now, models.Instant()),
    ).where(who)  # fmt: skip
    columns = [
        "lead_id",
        "campaign_id",
        "version_id",
        "sender",
        "status",
        "node",
        "node_at",
        "due_at",
        "entered_at",
    ]
    entered = inserting_selected(session, enrollment, columns, rows).returning(
        enrollment.id, enrollment.lead_id, enrollment.sender
    )
    return [tuple(each) for each in session.execute(entered)]


def _tell(
    session: Session, kind: Kind, enrolled: Sequence[tuple[int, int, int]], detail: str, now: datetime
) -> None:
    """Add an event for each (enrollment, lead, campaign)."""
    rows = [
        {
            "source_id": f"{kind}:{enrollment_id}",
            "kind": kind,
            "at": now,
            "lead_id": lead_id,
            "campaign_id": campaign_id,
            "verdict": Verdict.HUMAN,
            "subject": "",
            "detail": detail,
            "data": {"reason": detail},
            "recorded_at": now,
        }
        for enrollment_id, lead_id, campaign_id in enrolled
    ]
    if rows:
        session.execute(insert(models.Event), rows)


def _stay_with_sender(session: Session, entered: Sequence[tuple[int, int, str]]) -> None:
    lead = models.Lead
    for name in sorted({sender for _, _, sender in entered}):
        ids = [lead_id for _, lead_id, sender in entered if sender == name]
        for start in range(0, len(ids), CHUNK):
            session.execute(
                update(lead)
                .where(lead.id.in_(ids[start : start + CHUNK]), lead.sender.is_(None))
                .values(sender=name)
                .execution_options(synchronize_session=False)
            )


def enter_once(session: Session, campaign_id: int, now: datetime) -> int:
    """Let the whole audience of a campaign in, as `enter: once` means when it is applied."""
    row = session.get_one(models.Campaign, campaign_id)
    assert row.version_id is not None
    return enter(
        session, row, applied.program(session, row.version_id), or_(models.Lead.id.is_not(None)), now
    )
