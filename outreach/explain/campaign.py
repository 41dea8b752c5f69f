"""Explains a campaign: who stands where, what holds them, what its senders have to do, who enters next and who not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from outreach import applied, campaigns, models
from outreach.applied import InForce
from outreach.domain import windows
from outreach.domain.campaign import BranchStep
from outreach.domain.sequence import Program
from outreach.domain.words import CampaignStatus, EnrollmentStatus, MessageStatus
from outreach.errors import InputError, NotFound
from outreach.explain import entering, loads, past
from outreach.explain.standing import LIVE
from outreach.explain.values import CampaignStory, StepStanding

MOST_REASONS = 20


@dataclass(frozen=True)
class Asked:
    """The campaign that is explained, and the instant."""

    row: models.Campaign
    program: Program
    in_force: InForce
    version: int
    at: datetime
    is_now: bool


def explain_campaign(session: Session, name: str, now: datetime, at: datetime | None = None) -> CampaignStory:
    """Return how a campaign stands, now or at a past instant; NotFound, InputError for an instant to come."""
    if at is not None and at > now:
        raise InputError("what a campaign will do is not explained but simulated: outreach simulate")
    row = session.scalar(select(models.Campaign).where(models.Campaign.name == name))
    if row is None:
        campaigns.find(session, name)  # which says which there are
        raise NotFound(f"there is no campaign {name!r}")
    asked = _asked(session, row, now, at)
    if row.version_id is None:
        raise NotFound(f"nothing of {name} is applied")
    return _story(session, asked)


def _asked(session: Session, row: models.Campaign, now: datetime, at: datetime | None) -> Asked:
    is_now = at is None or at == now
    instant = now if at is None else at
    version = models.CampaignVersion
    found = session.scalars(
        select(version)
        .where(version.campaign_id == row.id, version.applied_at <= instant)
        .order_by(version.version.desc())
        .limit(1)
    ).first()
    if found is None:
        raise NotFound(f"{row.name} was not applied yet at {instant:%Y-%m-%d %H:%M} UTC")
    in_force = applied.policies(session) if is_now else past.in_force_at(session, instant)
    return Asked(row, applied.program(session, found.id), in_force, found.version, instant, is_now)


def _story(session: Session, asked: Asked) -> CampaignStory:
    row, audience = asked.row, asked.program.campaign.audience
    by_status, ended_by = _enrolled(session, asked)
    would, who, why_not = entering.entering(session, asked) if asked.is_now else (0, (), {})
    where = f", and {audience.where}" if audience.where else ""
    return CampaignStory(
        name=row.name,
        status=row.status if asked.is_now else "as of then",
        version=asked.version,
        priority=asked.program.campaign.priority,
        zone=windows.zone(asked.in_force.policies.senders.organisation.timezone).key,
        at=asked.at,
        entered=sum(by_status.values()),
        by_status=by_status,
        ended_by=ended_by,
        steps=_steps(session, asked),
        held=_held(session, asked),
        senders=loads.loads(session, asked),
        audience=f"{' or '.join(audience.stage)}{where}",
        would_enter=would,
        next_to_enter=who,
        not_in=why_not,
        not_known=() if asked.is_now else tuple(_not_known(asked)),
    )


def _not_known(asked: Asked) -> list[str]:
    lost = [
        "who would have entered then: fields, scores and stages of all leads are kept as they are now",
        "at which step between two mails each lead stood: explain the lead itself with --at",
    ]
    if asked.row.status != CampaignStatus.RUNNING:
        lost.append(f"whether it ran then: it is {asked.row.status} now")
    return lost


# -- who is in it ----------------------------------------------------------------------------------


def _enrolled(session: Session, asked: Asked) -> tuple[dict[str, int], dict[str, int]]:
    row = models.Enrollment
    ended = and_(row.ended_at.is_not(None), row.ended_at <= asked.at)
    found = session.execute(
        select(row.status, row.reason, ended.label("ended"), func.count())
        .where(row.campaign_id == asked.row.id, row.entered_at <= asked.at)
        .group_by(row.status, row.reason, ended)
    )
    by_status: Counter[str] = Counter()
    ended_by: Counter[str] = Counter()
    for status, reason, is_over, count in found:
        if is_over:
            by_status[status] += count
            ended_by[f"{status}: {reason or 'no reason'}"] += count
        else:
            by_status[status if asked.is_now else EnrollmentStatus.ACTIVE] += count
    return dict(sorted(by_status.items())), dict(ended_by.most_common(MOST_REASONS))


def _steps(session: Session, asked: Asked) -> tuple[StepStanding, ...]:
    """Return how many stand at each step, in the order of the file; those of older versions by their step's name."""
    counts = _standing_now(session, asked) if asked.is_now else _last_mails(session, asked)
    order = {node.id: (number, node) for number, node in enumerate(asked.program.nodes)}
    found = [
        StepStanding(node.id, _kind(node.step), counts.pop(node.id))
        for node in asked.program.nodes
        if counts.get(node.id)
    ]
    found += [
        StepStanding(name, "of an older version", count)
        for name, count in sorted(counts.items())
        if count and name not in order
    ]
    return tuple(found)


def _kind(step: object) -> str:
    return "branch" if isinstance(step, BranchStep) else type(step).__name__.removesuffix("Step").lower()


def _standing_now(session: Session, asked: Asked) -> dict[str, int]:
    row = models.Enrollment
    found = session.execute(
        select(row.version_id, row.node, func.count())
        .where(row.campaign_id == asked.row.id, row.status.in_(LIVE))
        .group_by(row.version_id, row.node)
    )
    counts: Counter[str] = Counter()
    for version_id, node, count in found:
        nodes = applied.program(session, version_id).nodes
        counts[nodes[node].id if node < len(nodes) else "end"] += count
    return dict(counts)


def _last_mails(session: Session, asked: Asked) -> dict[str, int]:
    """Return after which mail those who were in it then stood."""
    row, message = models.Enrollment, models.Message
    last = (
        select(message.step)
        .where(message.enrollment_id == row.id, message.queued_at <= asked.at)
        .order_by(message.queued_at.desc(), message.id.desc())
        .limit(1)
        .correlate(row)
        .scalar_subquery()
    )
    found = select(last.label("step")).where(
        row.campaign_id == asked.row.id,
        row.entered_at <= asked.at,
        or_(row.ended_at.is_(None), row.ended_at > asked.at),
    )
    steps = found.subquery()
    rows = session.execute(select(steps.c.step, func.count()).group_by(steps.c.step))
    return {step or "before the first mail": count for step, count in rows}


# -- what holds them -------------------------------------------------------------------------------


def _held(session: Session, asked: Asked) -> Mapping[str, int]:
    """Return how many wait, by what they wait for."""
    counts: Counter[str] = Counter()
    if asked.is_now:
        for reason, count in _waiting_mails(session, asked):
            counts[f"mail queued: {_in_words(reason or 'goes with the next tick')}"] += count
        for reason, count in _waiting_steps(session, asked):
            counts[_in_words(reason)] += count
        return dict(counts.most_common(MOST_REASONS))
    message = models.Message
    queued = session.scalar(
        select(func.count()).where(
            message.campaign_id == asked.row.id,
            message.queued_at <= asked.at,
            or_(message.outcome_at.is_(None), message.outcome_at > asked.at),
        )
    )
    return {"mail queued": queued} if queued else {}


def _waiting_mails(session: Session, asked: Asked) -> list[tuple[str | None, int]]:
    message = models.Message
    rows = session.execute(
        select(message.reason, func.count())
        .where(message.campaign_id == asked.row.id, message.status == MessageStatus.QUEUED)
        .group_by(message.reason)
    )
    return [(reason, count) for reason, count in rows]


def _waiting_steps(session: Session, asked: Asked) -> list[tuple[str | None, int]]:
    row, message = models.Enrollment, models.Message
    has_mail = (
        select(message.id)
        .where(message.enrollment_id == row.id, message.status == MessageStatus.QUEUED)
        .correlate(row)
        .exists()
    )
    rows = session.execute(
        select(row.reason, func.count())
        .where(row.campaign_id == asked.row.id, row.status.in_(LIVE), ~has_mail)
        .group_by(row.reason)
    )
    return [(reason, count) for reason, count in rows]


def _in_words(reason: str | None) -> str:
    words = {None: "the next look", "window": "the window is closed", "mail queued": "a mail is on its way"}
    return words.get(reason, reason or "")
