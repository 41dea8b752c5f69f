"""Opens transmissions: the last look at everything that forbids a mail, in the transaction before its first byte."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Executable, bindparam, or_, select
from sqlalchemy.orm import Session

from outreach import applied, models
from outreach.applied import InForce
from outreach.db import kind_of, one_of
from outreach.domain.campaign import Campaign
from outreach.domain.sequence import COMPLETED
from outreach.domain.words import CampaignStatus, EnrollmentStatus, Kind, MessageStatus, Verdict
from outreach.ledger.claims import PAUSED_FOR, opening, release
from outreach.ledger.outcomes import CAMPAIGN_PAUSED, skip
from outreach.ledger.rows import LEASE, Claimed, change_mine
from outreach.ledger.senders import paused


@dataclass(frozen=True)
class _Seen:
    """What forbids mails, as it is now: by lead, by enrollment, by address, by sender."""

    people: Mapping[int, Any]
    enrollments: Mapping[int, Any]
    suppressed: Mapping[str, str]
    happened: Mapping[int, list[Any]]
    paused: frozenset[str]


def open_transmissions(
    session: Session, rows: Sequence[Claimed], in_force: InForce, now: datetime, lease: timedelta = LEASE
) -> dict[int, str]:
    """Turn claimed messages to transmitting; return why which of them may not leave, by id."""
    if not rows:
        return {}
    seen = _look(session, rows, now)
    held: dict[int, str] = {}
    forbidden: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        if why := _waits(session, row, seen, in_force, now):
            held[row.id] = why
        elif why := _forbidden(session, row, seen):
            held[row.id] = why
            forbidden[why].append(row.id)
    for why, ids in forbidden.items():
        skip(session, ids, why, now)
    free = [row for row in rows if row.id not in held]
    if free:
        values = {"status": MessageStatus.TRANSMITTING, "lease_until": now + lease}
        opened = set(change_mine(session, free, MessageStatus.CLAIMED, new=values))
        held |= {row.id: "lease lost" for row in free if row.id not in opened}
    return held


def _look(session: Session, rows: Sequence[Claimed], now: datetime) -> _Seen:
    kind, connection = kind_of(session), session.connection()
    lead_ids = sorted({row.lead_id for row in rows})
    # The lock makes an opt-out that is being recorded come before or after this transaction, never in between.
    people = connection.execute(_people(kind), {"ids": lead_ids}).all()
    ways = connection.execute(_ways(kind), {"ids": [row.enrollment_id for row in rows]})
    hashes = {"hashes": [row.address_hash for row in people], "now": now}
    return _Seen(
        {row.id: row for row in people},
        {row.id: row for row in ways},
        {row.address_hash: row.reason for row in connection.execute(_suppressions(kind), hashes)},
        _happened(session, rows, lead_ids),
        paused(session, {row.sender for row in rows}),
    )


@cache
def _people(kind: str) -> Executable:
    row = models.Lead.__table__.c
    return (
        select(row.id, row.stage, row.quiet_at, row.hold_until, row.address_hash, row.timezone, row.country)
        .where(one_of(kind, row.id, "ids"))
        .order_by(row.id)
        .with_for_update(read=True)
    )


@cache
def _ways(kind: str) -> Executable:
    row, campaign = models.Enrollment.__table__.c, models.Campaign.__table__.c
    of_campaign = select(campaign.status).where(campaign.id == row.campaign_id).scalar_subquery()
    return select(row.id, row.status, row.reason, row.entered_at, of_campaign.label("campaign_status")).where(
        one_of(kind, row.id, "ids")
    )


@cache
def _suppressions(kind: str) -> Executable:
    row = models.Suppression.__table__.c
    now = bindparam("now", type_=models.Instant())
    return select(row.address_hash, row.reason).where(
        one_of(kind, row.address_hash, "hashes"), or_(row.until.is_(None), row.until > now)
    )


def _happened(session: Session, rows: Sequence[Claimed], lead_ids: Sequence[int]) -> dict[int, list[Any]]:
    """Return what the leads did of all that ends one of these campaigns."""
    kinds = {kind for version in {row.version_id for row in rows} for kind in _stops(session, version)}
    found: dict[int, list[Any]] = defaultdict(list)
    if kinds:
        given = {"ids": lead_ids, "kinds": sorted(str(kind) for kind in kinds)}
        for row in session.connection().execute(_stopping(kind_of(session)), given):
            found[row.lead_id].append(row)
    return found


@cache
def _stopping(kind: str) -> Executable:
    row = models.Event.__table__.c
    return (
        select(row.lead_id, row.kind, row.at, row.data)
        .where(
            one_of(kind, row.lead_id, "ids"),
            one_of(kind, row.kind, "kinds"),
            row.verdict.in_([Verdict.HUMAN, Verdict.UNKNOWN]),
        )
        .order_by(row.at)
    )


def _stops(session: Session, version_id: int) -> frozenset[Kind]:
    return applied.program(session, version_id).campaign.stops


def _waits(session: Session, row: Claimed, seen: _Seen, in_force: InForce, now: datetime) -> str | None:
    """Put a message off whose lead is away, or whose sender or campaign was paused; return why."""
    lead, enrollment = seen.people[row.lead_id], seen.enrollments[row.enrollment_id]
    if row.sender in seen.paused:
        release(session, [row], now + PAUSED_FOR, "sender paused")
        return "sender paused"
    if CampaignStatus.PAUSED in (enrollment.status, enrollment.campaign_status):
        values = {"status": MessageStatus.QUEUED, "due_at": None, "lease_until": None}
        change_mine(session, [row], MessageStatus.CLAIMED, new={**values, "reason": CAMPAIGN_PAUSED})
        return CAMPAIGN_PAUSED
    if lead.hold_until and lead.hold_until > now:
        back = opening(session, row.version_id, lead, in_force, lead.hold_until)
        release(session, [row], back, "lead is away")
        return "lead is away"
    return None


def _forbidden(session: Session, row: Claimed, seen: _Seen) -> str | None:
    lead = seen.people[row.lead_id]
    return forbids(
        lead,
        seen.enrollments[row.enrollment_id],
        applied.program(session, row.version_id).campaign,
        seen.suppressed.get(lead.address_hash),
        (
            (event.kind, event.at, event.data.get("hard") is True)
            for event in seen.happened.get(row.lead_id, ())
        ),
    )


def forbids(
    lead: Any,
    enrollment: Any,
    campaign: Campaign,
    suppressed: str | None,
    happened: Iterable[tuple[str, datetime, bool]],
) -> str | None:
    """Return why a mail may not leave any more, None where it may.

    `suppressed` is why its address is; `happened` is what the lead did, oldest first: kind, time, whether a bounce is hard.
    """
    if suppressed:
        return f"suppressed: {suppressed}"
    if lead.quiet_at is not None:
        return "replied"
    if enrollment.status != EnrollmentStatus.ACTIVE and enrollment.reason != COMPLETED:
        return f"enrollment {enrollment.status}: {enrollment.reason or ''}"[:64]
    if lead.stage not in campaign.audience.stage:
        return f"left the audience: {lead.stage}"
    for kind, at, hard in happened:
        if at >= enrollment.entered_at and (hard or kind != Kind.BOUNCED) and kind in campaign.stops:
            return f"stopped: {kind}"
    return None
