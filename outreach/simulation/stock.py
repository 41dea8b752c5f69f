"""Reads everybody from a database as a simulation takes them: with their past, where they are, and what waits for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from outreach import allocations, applied, enrollments, leads, models
from outreach.domain.sequence import Outcome
from outreach.domain.suppression import UNPROVEN
from outreach.domain.words import (
    Consent,
    DealStatus,
    EnrollmentStatus,
    HandoffStatus,
    Kind,
    MessageStatus,
    Source,
    Stage,
    Temperature,
)
from outreach.simulation.people import LIVE, Deal, Handoff, Mail, Person, Suppressed, Taken, Way

PART = 5_000
"""How many people's pasts are read at once."""

WAITING = (MessageStatus.QUEUED, MessageStatus.CLAIMED, MessageStatus.TRANSMITTING)
TIMES = ("node_at", "due_at", "entered_at", "ended_at")
COLUMNS = tuple(column for column in models.Lead.__table__.columns if column.name in Person.__slots__)


def people(session: Session, now: datetime) -> list[Person]:
    """Return everybody as they stand at `now`, by id."""
    found = {person.id: person for person in _rows(session)}
    ids = list(found)
    for part in (ids[start : start + PART] for start in range(0, len(ids), PART)):
        for lead_id, pasts in leads.pasts(session, part).items():
            found[lead_id].pasts = pasts
    _suppressions(session, found)
    _campaigns(session, found, now)
    _sent(session, found)
    _reps(session, found)
    _follow(session, found, now)
    return list(found.values())


def _rows(session: Session) -> Iterator[Person]:
    names = [column.name for column in COLUMNS]
    rest = [name for name in Person.__slots__ if name not in names]
    for row in session.execute(select(*COLUMNS).order_by(models.Lead.id)):
        person = Person()
        for name in rest:
            setattr(person, name, None)
        for name, value in zip(names, row, strict=True):
            setattr(person, name, value)
        person.stage, person.temperature = Stage(person.stage), Temperature(person.temperature)
        person.source, person.consent = Source(person.source), Consent(person.consent)
        person.begin()
        yield person


def _suppressions(session: Session, found: Mapping[int, Person]) -> None:
    row = models.Suppression
    rows = session.execute(select(row.address_hash, row.reason, row.until))
    suppressed = {address: Suppressed(reason, until) for address, reason, until in rows}
    for person in found.values():
        person.suppressed = suppressed.get(person.address_hash)


# -- campaigns -------------------------------------------------------------------------------------


def _campaigns(session: Session, found: Mapping[int, Person], now: datetime) -> None:
    """Say of everybody which campaigns they entered, put them where they are, and have their mails wait."""
    row = models.Enrollment
    last = select(row.lead_id, row.campaign_id, func.max(row.entered_at))
    for lead_id, campaign_id, entered_at in session.execute(last.group_by(row.lead_id, row.campaign_id)):
        found[lead_id].entered[campaign_id] = entered_at
    ways = {way.id: way for way in _ways(session)}
    for way in ways.values():
        if way.status in LIVE:
            found[way.lead_id].live = way
    message = models.Message
    waiting = select(message).where(message.status.in_(WAITING)).order_by(message.id)
    for each in session.scalars(waiting):
        person = found[each.lead_id]
        person.waiting.append(_mail(each, ways[each.enrollment_id], person, now))


def _ways(session: Session) -> Iterator[Way]:
    """Yield the ways that are gone now, and those that ended but for a mail that still waits."""
    row, message = models.Enrollment, models.Message
    waits = row.id.in_(select(message.enrollment_id).where(message.status.in_(WAITING)))
    rows = session.scalars(select(row).where(or_(row.status.in_(LIVE), waits)).order_by(row.id)).all()
    campaigns = {each.id: each for each in session.scalars(select(models.Campaign))}
    reader = allocations.Reader(session)
    for start in range(0, len(rows), PART):
        part = rows[start : start + PART]
        outcomes = enrollments.outcomes(session, [each.id for each in part])
        for each in part:
            way = _way(session, each, campaigns[each.campaign_id], outcomes.get(each.id, {}))
            way.shares = reader.shares(each.campaign_id, way.program, each.entered_at)
            yield way


def _way(
    session: Session, row: models.Enrollment, campaign: models.Campaign, outcomes: Mapping[str, Outcome]
) -> Way:
    way = Way()
    for name in ("id", "lead_id", "campaign_id", "version_id", "sender", "reason", *TIMES, "node"):
        setattr(way, name, getattr(row, name))
    way.status = EnrollmentStatus(row.status)
    way.campaign, way.priority = campaign.name, campaign.priority
    way.program = applied.program(session, row.version_id)
    node = way.program.nodes[way.node] if way.node < len(way.program.nodes) else None
    way.outcome = outcomes.get(node.id) if node else None
    # Of mails that wait the way itself keeps the outcome: it changes.
    way.outcomes = {step: each for step, each in outcomes.items() if each.at is not None}
    way.mail = None
    return way


def _mail(row: models.Message, way: Way, person: Person, now: datetime) -> Mail:
    mail = Mail()
    for name in ("id", "step", "template", "variant", "sender", "stale_at", "queued_at", "due_at"):
        setattr(mail, name, getattr(row, name))
    if row.status != MessageStatus.QUEUED:
        mail.due_at = now  # a worker has it: what becomes of it is told in a moment
    mail.person, mail.way, mail.lot = person, way, None
    node = way.program.nodes[way.node] if way.node < len(way.program.nodes) else None
    if node is not None and node.id == mail.step:
        way.mail = mail
    return mail


def _sent(session: Session, found: Mapping[int, Person]) -> None:
    """Say of everybody which mails left us, and which of them came back."""
    message, event = models.Message, models.Event
    rows = select(message.lead_id, message.id, message.outcome_at, message.status)
    for lead_id, number, at, status in session.execute(
        rows.where(message.status.in_(leads.LEFT_US)).order_by(message.id)
    ):
        found[lead_id].mails.append(Taken(number, at, status == MessageStatus.ACCEPTED))
    reports = select(event.lead_id, event.message_id, event.data).where(event.kind == Kind.BOUNCED)
    for lead_id, message_id, data in session.execute(reports):
        if lead_id in found and message_id is not None and data.get(UNPROVEN) is not True:
            found[lead_id].bounced.add(message_id)


# -- reps, and what is still to be done ------------------------------------------------------------


def _reps(session: Session, found: Mapping[int, Person]) -> None:
    """Say of whom a rep has to answer a hand-off, or has a deal."""
    row, deal = models.Handoff, models.Deal
    opened = select(row).where(row.status == HandoffStatus.OPEN).order_by(row.id)
    for each in session.scalars(opened):
        handoff = Handoff(each.id, each.lead_id, each.rep, each.reason, each.evidence, each.due_at)
        found[each.lead_id].handoffs = (*found[each.lead_id].handoffs, handoff)
    for lead_id, rep in session.execute(
        select(deal.lead_id, deal.rep).where(deal.status == DealStatus.OPEN).order_by(deal.id)
    ):
        found[lead_id].deal = Deal(rep)


def _follow(session: Session, found: Mapping[int, Person], now: datetime) -> None:
    """Have those looked at now whose latest deeds were noted only: from these is followed in a moment."""
    event, followup = models.Event, models.Followup
    for lead_id in session.scalars(
        select(event.lead_id).join(followup, followup.event_id == event.id).distinct()
    ):
        if lead_id not in found:
            continue
        person = found[lead_id]
        person.due_at = person.match_at = now
        if person.live is not None and person.live.status == EnrollmentStatus.ACTIVE:
            person.live.due_at = now
