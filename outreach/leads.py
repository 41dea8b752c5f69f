"""Reads and writes lead rows and suppressions: snapshots for the rules, what a lead did, stage and field changes."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from itertools import dropwhile, islice
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, case, exists, func, or_, select, true, update
from sqlalchemy.orm import Session

from outreach import journal, models
from outreach.db import among, inserting, kind_of
from outreach.domain import windows
from outreach.domain.campaign import Window
from outreach.domain.events import Event
from outreach.domain.facts import Happened
from outreach.domain.leads import Lead
from outreach.domain.policies import Organisation
from outreach.domain.recycling import Rest
from outreach.domain.scoring import Scored
from outreach.domain.suppression import UNPROVEN, Suppress
from outreach.domain.words import OURS, Consent, Kind, MessageStatus, Source, Stage, Temperature, Verdict
from outreach.errors import NotFound

_KINDS = {str(kind): kind for kind in Kind}
_VERDICTS = {str(verdict): verdict for verdict in Verdict}
LEFT_US = (MessageStatus.ACCEPTED, MessageStatus.REFUSED, MessageStatus.UNKNOWN)
BY_MAIL = (Kind.CLICKED, Kind.REPLIED)
"""What somebody can do only with a mail that arrived. Not opens: a server that bounces may open."""

_PLAIN = tuple(
    field.name
    for field in fields(Lead)
    if field.name not in {"stage", "source", "consent", "temperature", "return_to"}
)


def snapshot(row: models.Lead) -> Lead:
    """Return the row as the rules see it."""
    values = {name: getattr(row, name) for name in _PLAIN}
    return Lead(
        **values,
        stage=Stage(row.stage),
        source=Source(row.source),
        consent=Consent(row.consent),
        temperature=Temperature(row.temperature),
        return_to=Stage(row.return_to) if row.return_to else None,
    )


def place(row: models.Lead, window: Window, organisation: Organisation) -> tuple[ZoneInfo, str | None]:
    """Return in which zone and country the window is kept for the lead: the organisation's where none is known."""
    named = None if window.timezone == "lead" else window.timezone
    zone = windows.zone(named, row.timezone, organisation.timezone)
    return zone, row.country or organisation.country


def find(session: Session, email: str) -> models.Lead:
    """Return the lead with this address; NotFound where there is none."""
    row = session.scalar(select(models.Lead).where(models.Lead.email == email.strip().lower()))
    if row is None:
        raise NotFound(f"no lead has the address {email}; see: outreach lead list")
    return row


def locked(lead_ids: Collection[int], *, skip: bool = False) -> Select[models.Lead]:
    """Return the statement that reads these leads as they are now and keeps others from changing them.

    Whoever locks several rows locks leads first, in the order of their ids: so nobody waits for each other.
    `skip` leaves out those that somebody else is changing.
    """
    lead = models.Lead
    return (
        select(lead)
        .where(lead.id.in_(lead_ids))
        .order_by(lead.id)
        .with_for_update(skip_locked=skip)
        .execution_options(populate_existing=True)
    )


# -- what a lead did ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Past:
    """One thing that somebody did, read back from the events."""

    kind: Kind
    subject: str
    detail: str
    at: datetime
    verdict: Verdict
    hard: bool  # of a bounce


def pasts(session: Session, lead_ids: Collection[int]) -> dict[int, list[Past]]:
    """Return what the leads did, oldest first, without what machines did in their name."""
    found: dict[int, list[Past]] = defaultdict(list)
    if not lead_ids:
        return found
    event = models.Event
    # Only a bounce's data is asked for; that of a reply holds its whole text.
    data = case((event.kind == Kind.BOUNCED, event.data), else_=None)
    rows = session.execute(
        select(event.lead_id, event.kind, event.subject, event.detail, event.at, event.verdict, data)
        .where(
            among(session, event.lead_id, lead_ids),
            event.kind.not_in(OURS),
            event.verdict.in_([Verdict.HUMAN, Verdict.UNKNOWN]),
        )
        .order_by(event.at, event.id)
    )
    for lead_id, kind, subject, detail, at, verdict, said in rows:
        hard = said is not None and said.get("hard") is True
        found[lead_id].append(Past(_KINDS[kind], subject, detail, at, _VERDICTS[verdict], hard))
    return found


def scored(pasts: Iterable[Past]) -> list[Scored]:
    """Return those that may count for the score: only what a person surely did."""
    return [
        Scored(past.kind, past.subject, past.detail, past.at)
        for past in pasts
        if past.verdict == Verdict.HUMAN
    ]


def happened(pasts: Iterable[Past], since: datetime | None = None) -> frozenset[Happened]:
    """Return what conditions may ask for: only what a person surely did, after `since`."""
    return frozenset(
        Happened(past.kind, past.subject, past.detail)
        for past in pasts
        if past.verdict == Verdict.HUMAN and (since is None or past.at > since)
    )


def failed_in_a_row(session: Session, lead_id: int, count: int) -> list[bool]:
    """Return of each of the latest `count` mails to the lead whether it failed; newest first, from one that did.

    A mail that was refused for another reason than the lead's says nothing. What the lead did after a mail was sent
    shows that mails arrive: that one and those before it count as arrived.
    """
    message, event = models.Message, models.Event
    sent = session.execute(
        select(message.id, message.status, message.outcome_at)
        .where(message.lead_id == lead_id, message.status.in_(LEFT_US))
        .order_by(message.id.desc())
        .limit(3 * count)
    ).all()
    reports = session.execute(
        select(event.message_id, event.data).where(
            event.lead_id == lead_id,
            event.kind == Kind.BOUNCED,
            among(session, event.message_id, [row.id for row in sent]),
        )
    )
    bounced = {message_id for message_id, data in reports if data.get(UNPROVEN) is not True}
    acted_at = session.scalar(
        select(func.max(event.at)).where(
            event.lead_id == lead_id, event.kind.in_(BY_MAIL), event.verdict == Verdict.HUMAN
        )
    )
    telling = [
        (row.id, row.outcome_at) for row in sent if row.id in bounced or row.status == MessageStatus.ACCEPTED
    ]
    return failures(telling, bounced, acted_at, count)


def failures(
    sent: Iterable[tuple[int, datetime | None]],
    bounced: Collection[int],
    acted_at: datetime | None,
    count: int,
) -> list[bool]:
    """Return what `failed_in_a_row` does for mails (id, outcome), newest first, where these bounced."""
    since_one_failed = dropwhile(lambda mail: mail[0] not in bounced, sent)
    return [
        mail_id in bounced and (acted_at is None or outcome_at is None or outcome_at > acted_at)
        for mail_id, outcome_at in islice(since_one_failed, count)
    ]


# -- suppression ----------------------------------------------------------------------------------


def address_hash(salt: str, address: str) -> str:
    """Return the salted hash under which an address is suppressed, also after the lead was erased."""
    return hashlib.sha256(f"{salt}:{address.strip().lower()}".encode()).hexdigest()


def salt(session: Session) -> str:
    """Return this installation's salt."""
    return session.scalars(select(models.Instance.salt)).one()


def is_suppressed(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a row of `lead` is suppressed at `now`."""
    suppression = models.Suppression
    return exists().where(
        suppression.address_hash == models.Lead.address_hash,
        or_(suppression.until.is_(None), suppression.until > now),
    )


def suppress(session: Session, row: models.Lead, rule: Suppress, event_id: int | None, now: datetime) -> None:
    """Put the lead's address on the suppression list; a second time makes it at most longer."""
    suppression = models.Suppression
    until = now + timedelta(days=rule.days) if rule.days is not None else None
    values = {"reason": rule.reason, "until": until, "event_id": event_id}
    new = inserting(kind_of(session), suppression).values(
        address_hash=row.address_hash, created_at=now, **values
    )
    added = session.scalar(new.on_conflict_do_nothing().returning(suppression.id))
    is_shorter = true() if until is None else suppression.until < until
    longer = (
        update(suppression)
        .where(suppression.address_hash == row.address_hash, suppression.until.is_not(None), is_shorter)
        .values(values)
        .returning(suppression.id)
        .execution_options(synchronize_session=False)
    )
    if added is None and session.execute(longer).scalar() is None:
        return
    source_id = f"suppressed:{row.id}:{event_id or now.isoformat()}"
    data = {"reason": rule.reason, "until": until.isoformat() if until else None}
    journal.write(
        session, [Event(Kind.SUPPRESSED, source_id, now, row.id, detail=rule.reason, data=data)], now
    )


# -- changes --------------------------------------------------------------------------------------


def add(
    session: Session, address: str, values: Mapping[str, Any], custom: Mapping[str, Any], now: datetime
) -> models.Lead | None:
    """Add a lead with an event that says where it came from; None where its address must not be written to.

    `address` is normalised and nobody's yet; `values` are columns, source and consent among them.
    """
    hashed = address_hash(salt(session), address)
    suppression = models.Suppression
    in_force = or_(suppression.until.is_(None), suppression.until > now)
    if session.scalar(select(suppression.id).where(suppression.address_hash == hashed, in_force)):
        return None
    row = models.Lead(
        **{"stage": Stage.SUSPECT, **values},
        email=address,
        address_hash=hashed,
        fields=dict(custom),
        stage_at=now,
        temperature=Temperature.COLD,
        match_at=now,
        due_at=now if values.get("purchase_at") else None,
        created_at=now,
        updated_at=now,
    )
    session.add(row)
    session.flush()
    imported = Event(Kind.IMPORTED, f"imported:{row.id}", now, row.id, subject=row.source)
    journal.write(session, [imported], now)
    return row


def change_stage(
    events: journal.Noting,
    row: models.Lead,
    to: Stage,
    *,
    because: str,
    evidence: Sequence[str],
    cause: str,
    rule: str,
    now: datetime,
) -> str | None:
    """Move the lead to a stage, with an event that says why; return its source id, or None where it does not move.

    `cause` names what made it move (an event, a time): the same cause moves a lead once.
    """
    before = Stage(row.stage)
    source_id = f"stage:{row.id}:{to}:{cause}"
    # A cause is of this transaction or of this instant: only a lead that moved no earlier can have met it before.
    if before == to or events.knows(source_id, stored=row.stage_at >= now):
        return None
    data = {"from": before, "to": to, "because": because, "evidence": list(evidence), "rule": rule}
    events.add(Event(Kind.STAGE_CHANGED, source_id, now, row.id, subject=to, detail=because, data=data))
    row.stage, row.stage_at, row.updated_at = to, now, now
    row.match_at = now
    return source_id


def rest(row: models.Lead, rest: Rest, now: datetime) -> None:
    """Set when and how a lead comes back; what it said of its plans before no longer counts."""
    row.return_at, row.return_to = rest.return_at, rest.return_to
    row.angle = rest.angle or row.angle
    row.since_at, row.purchase_at, row.updated_at = now, None, now


def learn(row: models.Lead, values: Mapping[str, Any], custom: Mapping[str, str], now: datetime) -> list[str]:
    """Set fields of the lead, those that funnel.yaml declares too; return the names that changed."""
    changed = []
    for name, value in values.items():
        before = row.fields.get(name) if name in custom else getattr(row, name)
        if before == value:
            continue
        changed.append(name)
        if name in custom:
            row.fields = {**row.fields, name: value}
        else:
            setattr(row, name, value)
    if changed:
        row.updated_at = row.match_at = now
    return changed


def back_in_play(row: models.Lead, now: datetime) -> None:
    """Let campaigns write to the lead again, after it had been left to a person."""
    row.quiet_at = None
    row.match_at = row.updated_at = now


def mark_for_matching(session: Session, stages: Collection[str], now: datetime) -> int:
    """Have every lead in `stages` matched against the audiences again; return how many."""
    result = session.execute(
        update(models.Lead)
        .where(
            models.Lead.stage.in_(list(stages)),
            or_(models.Lead.match_at.is_(None), models.Lead.match_at > now),  # or it waits for an again_after
        )
        .values(match_at=now)
        .execution_options(synchronize_session=False)
    )
    return int(getattr(result, "rowcount", 0))


def mark_for_review(session: Session, now: datetime) -> None:
    """Have every lead's score, temperature and stage looked at again."""
    session.execute(
        update(models.Lead)
        .where(or_(models.Lead.due_at.is_(None), models.Lead.due_at > now))
        .values(due_at=now)
        .execution_options(synchronize_session=False)
    )


def count_by_stage(session: Session) -> dict[str, int]:
    """Return how many leads stand in each stage."""
    rows = session.execute(select(models.Lead.stage, func.count()).group_by(models.Lead.stage))
    return {stage: count for stage, count in rows}
