"""Lets leads into campaigns: by audience, once, or on an event; set by set, never lead by lead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Insert,
    Select,
    String,
    and_,
    case,
    cast,
    exists,
    func,
    insert,
    literal,
    literal_column,
    select,
    text,
    update,
)
from sqlalchemy.orm import Session

from outreach import applied, leads, models, populations
from outreach.db import among, kind_of
from outreach.domain.campaign import Campaign, EnterOnEvent
from outreach.domain.sequence import Program
from outreach.domain.words import CampaignStatus, EnrollmentStatus, Kind, Verdict

LIVE = (EnrollmentStatus.ACTIVE, EnrollmentStatus.PAUSED)
PART = 50_000
"""How many leads one statement of `enter_once` looks at: what it reads and writes then stays in memory."""

Leads = ColumnElement[bool]
"""A condition on rows of `lead`. Those it is true for are locked by whoever lets them enter."""


def match_due(session: Session, now: datetime, limit: int) -> int:
    """Match the leads that changed against the audiences of all running campaigns; return how many were matched.

    What it costs per lead falls up to a `limit` of about 20,000; that many are locked until the transaction ends.
    """
    lead = models.Lead
    ids = session.scalars(
        select(lead.id)
        .where(lead.match_at <= now)
        .order_by(lead.match_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    if not ids:
        return 0
    _plan_for_many(session)
    these = among(session, lead.id, ids)
    matching = [each for each in running(session) if each[1].campaign.enter == "when_matching"]
    for row, program in matching:
        _enter(session, row, program, these, now, stay=False)
    values: dict[str, Any] = {"match_at": _again_at(matching, now)}
    if matching:
        values["sender"] = func.coalesce(lead.sender, _sender_of_live())
    session.execute(update(lead).where(these).values(values).execution_options(synchronize_session=False))
    return len(ids)


def _again_at(matching: Sequence[tuple[models.Campaign, Program]], now: datetime) -> Any:
    """Return when a lead is to be matched again because a campaign that it was in may then be entered again."""
    again = {
        row.id: program.campaign.again_after.about()
        for row, program in matching
        if program.campaign.again_after is not None
    }
    if not again:
        return None
    enrollment = models.Enrollment
    ats = [
        select(populations.later(func.max(enrollment.entered_at), after).label("at"))
        .where(enrollment.lead_id == models.Lead.id, enrollment.campaign_id == campaign_id)
        .correlate(models.Lead)
        for campaign_id, after in again.items()
    ]
    each = ats[0].union_all(*ats[1:]).subquery() if len(ats) > 1 else ats[0].subquery()
    return select(func.min(each.c.at)).where(each.c.at > literal(now, models.Instant())).scalar_subquery()


def _sender_of_live() -> Any:
    enrollment = models.Enrollment
    return (
        select(enrollment.sender)
        .where(enrollment.lead_id == models.Lead.id, enrollment.status.in_(LIVE))
        .scalar_subquery()
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
    """Let leads into the campaigns that are entered on what just happened: (lead, kind, subject).

    The leads have to be locked already.
    """
    for row, program in running(session):
        entry = program.campaign.enter
        if isinstance(entry, EnterOnEvent):
            ids = [
                lead_id for lead_id, kind, subject in events
                if kind == entry.event and entry.subject in (None, subject)
            ]  # fmt: skip
            if ids:
                _enter(session, row, program, among(session, models.Lead.id, ids), now)


def enter_once(session: Session, campaign_id: int, now: datetime) -> int:
    """Let the whole audience of a campaign in, as `enter: once` means when it is applied; return how many entered."""
    _plan_for_many(session)  # the highest id is asked for here already
    entered, after = 0, 0
    last = session.scalar(select(func.max(models.Lead.id))) or 0
    while after < last:
        entered += enter_part(session, campaign_id, after, after + PART, now)
        after += PART
    return entered


def enter_part(session: Session, campaign_id: int, after: int, last: int, now: datetime) -> int:
    """Let those of the audience in whose ids are above `after` and at most `last`; return how many entered."""
    row = session.get_one(models.Campaign, campaign_id)
    assert row.version_id is not None
    lead = models.Lead
    part = and_(lead.id > after, lead.id <= last)
    _plan_for_many(session)
    these = select(lead.id).where(part).order_by(lead.id).with_for_update(key_share=True).subquery()
    session.execute(select(func.count()).select_from(these))
    return _enter(session, row, applied.program(session, row.version_id), part, now)


def _plan_for_many(session: Session) -> None:
    """Have PostgreSQL find rows by index in the rest of the transaction, whatever it believes of a table's size.

    A table that it takes for empty, because nobody has counted it since it was filled, it would read once for each lead.
    """
    if kind_of(session) == "postgresql":
        # Not plan_cache_mode too: the checks of foreign keys would be planned again for each row.
        for setting in ("enable_seqscan = off", "jit = off"):
            session.execute(text(f"SET LOCAL {setting}"))


# -- who may enter ---------------------------------------------------------------------------------


def _enter(
    session: Session,
    row: models.Campaign,
    program: Program,
    these: Leads,
    now: datetime,
    *,
    stay: bool = True,
) -> int:
    """Enroll those of the leads who are in the audience and free; return how many entered.

    Free is who is in no campaign, or in one of lower priority, which ends for it. Nobody enters a campaign twice
    unless `again_after` has passed, and nobody enters who is suppressed, or replied and was left to a person. With `stay`
    the leads keep the sender that they got.
    """
    lead, enrollment = models.Lead, models.Enrollment
    custom = applied.policies(session).funnel.funnel.fields if program.audience is not None else {}
    who = and_(these, may_enter(row.id, program, custom, now))
    _outrank(session, row, who, now)
    free = select(lead.id, _chosen(program.campaign).label("sender")).where(
        who, ~_has(enrollment.status.in_(LIVE))
    )
    if kind_of(session) == "postgresql":
        return _enroll_in_one(session, row, free, now, stay)
    return _enroll_in_turn(session, row, free, now, stay)


def may_enter(
    campaign_id: int | None, program: Program, custom: Mapping[str, str], now: datetime
) -> ColumnElement[bool]:
    """Return which leads the campaign (none: one that is not there yet) would take, were they in no other one.

    `custom` are the fields that funnel.yaml declares, with their types.
    """
    lead = models.Lead
    free = and_(in_audience(program, custom), lead.quiet_at.is_(None), ~leads.is_suppressed(now))
    return free if campaign_id is None else and_(free, ~_has(_earlier(campaign_id, program.campaign, now)))


def in_audience(program: Program, custom: Mapping[str, str]) -> ColumnElement[bool]:
    """Return which leads are in the audience: by stage, and by the condition."""
    stages = models.Lead.stage.in_([str(stage) for stage in program.campaign.audience.stage])
    if program.audience is None:
        return stages
    return and_(stages, populations.holds_for(program.audience, custom))


def _earlier(campaign_id: int, campaign: Campaign, now: datetime) -> ColumnElement[bool]:
    """Return which enrollments keep their lead from entering the campaign again."""
    earlier = models.Enrollment.campaign_id == campaign_id
    if campaign.again_after is None:
        return earlier
    return and_(earlier, models.Enrollment.entered_at > campaign.again_after.before(now))


def _has(such: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return the condition that a lead has such an enrollment."""
    enrollment = models.Enrollment
    found: Select[int] = select(literal_column("1")).where(enrollment.lead_id == models.Lead.id, such)
    # OFFSET keeps PostgreSQL from making a join of it: where it takes a full table for an empty one, that join compares
    # every lead with every enrollment. So it looks each lead up in an index, whatever it believes.
    return found.correlate(models.Lead).offset(literal_column("0")).exists()


def _chosen(campaign: Campaign) -> ColumnElement[str]:
    """Return the sender: the lead's own where the campaign has it, else one by the lead's id."""
    lead = models.Lead
    turns = (
        (lead.id % len(campaign.senders) == number, literal(name))
        for number, name in enumerate(campaign.senders)
    )
    return case((lead.sender.in_(campaign.senders), lead.sender), *turns)


def _outrank(session: Session, row: models.Campaign, who: Leads, now: datetime) -> None:
    """End the live enrollments of a lower priority of those who are about to enter, with an event for each."""
    campaign, enrollment = models.Campaign, models.Enrollment
    live = enrollment.status.in_(LIVE)
    lower = session.scalars(
        select(campaign.id).where(
            campaign.priority < row.priority, exists().where(enrollment.campaign_id == campaign.id, live)
        )
    ).all()
    if not lower:
        return
    ending = and_(
        live, enrollment.campaign_id.in_(lower), enrollment.lead_id.in_(select(models.Lead.id).where(who))
    )
    # The leads are locked, so that both statements find the same.
    session.execute(_told(Kind.STOPPED, enrollment.__table__, f"outranked by {row.name}", now, ending))
    session.execute(
        update(enrollment)
        .where(ending)
        .values(status=EnrollmentStatus.STOPPED, reason=f"outranked:{row.name}", due_at=None, ended_at=now)
        .execution_options(synchronize_session=False)
    )


# -- enrolling -------------------------------------------------------------------------------------


def _enroll_in_one(
    session: Session, row: models.Campaign, free: Select[int, str], now: datetime, stay: bool
) -> int:
    """Enroll the free leads in a single statement; return how many they were."""
    lead, enrollment = models.Lead, models.Enrollment
    found = free.cte("free")
    entered = (
        _entering(row, found, now)
        .returning(enrollment.id, enrollment.lead_id, enrollment.campaign_id)
        .cte("entered")
    )
    told = _told(Kind.ENROLLED, entered, row.name, now)
    if stay:
        kept = update(lead).where(lead.id == found.c.id, lead.sender.is_(None)).values(sender=found.c.sender)
        told = told.add_cte(kept.returning(lead.id).cte("kept"))
    return _counted(session, told)


def _enroll_in_turn(
    session: Session, row: models.Campaign, free: Select[int, str], now: datetime, stay: bool
) -> int:
    """Enroll the free leads where nobody else writes and ids only grow; return how many they were."""
    lead, enrollment = models.Lead, models.Enrollment
    before = session.scalar(select(func.max(enrollment.id))) or 0
    count = _counted(session, _entering(row, free.subquery("free"), now))
    new = enrollment.id > before
    session.execute(_told(Kind.ENROLLED, enrollment.__table__, row.name, now, new))
    if stay:
        session.execute(
            update(lead)
            .where(lead.id == enrollment.lead_id, new, lead.sender.is_(None))
            .values(sender=enrollment.sender)
            .execution_options(synchronize_session=False)
        )
    return count


def _entering(row: models.Campaign, free: FromClause, now: datetime) -> Insert:
    at = literal(now, models.Instant())
    values: dict[str, ColumnElement[Any]] = {
        "lead_id": free.c.id, "campaign_id": literal(row.id), "version_id": literal(row.version_id),
        "sender": free.c.sender, "status": literal(str(EnrollmentStatus.ACTIVE)), "node": literal(0),
        "node_at": at, "due_at": at, "entered_at": at,
    }  # fmt: skip
    # In the order of the leads, and not in that of a plan: who comes first gets the lower id, and the sooner mail.
    return insert(models.Enrollment).from_select(list(values), select(*values.values()).order_by(free.c.id))


def _told(kind: Kind, enrolled: FromClause, detail: str, now: datetime, *such: ColumnElement[bool]) -> Insert:
    """Return the INSERT of an event for each such enrollment."""
    at, nothing = literal(now, models.Instant()), literal("", String())
    values: dict[str, ColumnElement[Any]] = {
        "source_id": literal(f"{kind}:").concat(cast(enrolled.c.id, String)), "kind": literal(str(kind)),
        "at": at, "lead_id": enrolled.c.lead_id, "campaign_id": enrolled.c.campaign_id,
        "verdict": literal(str(Verdict.HUMAN)), "subject": nothing, "detail": literal(detail, String()),
        "data": literal({}, models.Document), "recorded_at": at,
    }  # fmt: skip
    return insert(models.Event).from_select(list(values), select(*values.values()).where(*such))


def _counted(session: Session, written: Insert) -> int:
    result = session.execute(written.execution_options(preserve_rowcount=True))
    return int(getattr(result, "rowcount", 0))
