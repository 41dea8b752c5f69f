"""Writes enrollments, and the messages and tasks born in them: who enters, what is next, who leaves."""

from __future__ import annotations

import base64
import hashlib
import logging
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Executable, bindparam, insert, select, update
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from outreach import allocations, applied, journal, leads, models
from outreach.applied import InForce
from outreach.db import kind_of, one_of
from outreach.domain import experiments, sequence
from outreach.domain.campaign import EmailStep
from outreach.domain.events import Event
from outreach.domain.leads import facts
from outreach.domain.sequence import Do, Finish, Occurrence, Outcome, Progress, Stop, Wait
from outreach.domain.words import EnrollmentStatus, Kind, MessageStatus, Stage, Verdict
from outreach.errands import Advanced, Note, Round, act
from outreach.errors import OutreachError, without_addresses
from outreach.office import Office

log = logging.getLogger(__name__)

LATER = timedelta(hours=1)
REFUSED = (IntegrityError, DataError)
"""How the database says that a row can not be: the row's fault, not the connection's."""


def advance_due(session: Session, in_force: InForce, note: Note, now: datetime, limit: int) -> Advanced:
    """Ask `sequence.decide` for every enrollment whose time has come, at most `limit`, and do what it says."""
    enrollment = models.Enrollment
    due = select(enrollment.lead_id).where(enrollment.due_at <= now).order_by(enrollment.due_at).limit(limit)
    lead_ids = session.scalars(due).all()
    if not lead_ids:
        return Advanced()
    people = {row.id: row for row in session.scalars(leads.locked(lead_ids, skip=True))}
    rows = session.scalars(
        select(enrollment)
        .where(enrollment.lead_id.in_(people), enrollment.due_at <= now)
        .order_by(enrollment.id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    office = Office(session, in_force.policies.team, now)
    round = Round(now, in_force, note, leads.salt(session), office)
    pasts = leads.pasts(session, people.keys())
    outcomes_by_id = outcomes(session, [row.id for row in rows])
    reader = allocations.Reader(session)
    for row in rows:
        events = len(round.events)
        try:
            with session.begin_nested():
                past, own = pasts[row.lead_id], outcomes_by_id.get(row.id, {})
                _advance(session, round, reader, row, people[row.lead_id], past, own)
        except (OutreachError, SQLAlchemyError) as error:
            del round.events[events:]
            _set_back(round, row, error)
    _write(session, round, {row.id: row for row in rows})
    round.done.looked_at = len(rows)
    return round.done


def _set_back(round: Round, row: models.Enrollment, error: Exception) -> None:
    """Look at an enrollment that can not be advanced later: it must not keep the others from it."""
    why = str(error) if isinstance(error, OutreachError) else type(error).__name__
    log.warning("enrollment %s can not be advanced: %s", row.id, without_addresses(why))
    standing = {"node": row.node, "node_at": row.node_at, "status": row.status, "ended_at": row.ended_at}
    reason = f"can not be advanced: {why}"
    round.enrollments.append({"id": row.id, **standing, "due_at": round.now + LATER, "reason": reason})


def outcomes(session: Session, enrollment_ids: Sequence[int]) -> dict[int, dict[str, Outcome]]:
    """Return how far the mails of each enrollment have come, by step."""
    message = models.Message
    found: dict[int, dict[str, Outcome]] = {}
    for enrollment_id, step, status, at, template, rfc_message_id in session.execute(
        select(
            message.enrollment_id,
            message.step,
            message.status,
            message.outcome_at,
            message.template,
            message.rfc_message_id,
        )
        .where(message.enrollment_id.in_(enrollment_ids))
        .order_by(message.id)
    ):
        found.setdefault(enrollment_id, {})[step] = Outcome(
            MessageStatus(status), at, template, rfc_message_id
        )
    return found


def progress_of(
    program: sequence.Program,
    row: models.Enrollment,
    lead: models.Lead,
    pasts: Sequence[leads.Past],
    outcomes: Mapping[str, Outcome],
    in_force: InForce,
    shares: experiments.Shares = experiments.EQUAL,
) -> Progress:
    """Return what `decide` needs to know of the enrollment; `shares` are those of variants when it began."""
    zone, country = leads.place(lead, program.campaign.window, in_force.policies.senders.organisation)
    node = program.nodes[row.node] if row.node < len(program.nodes) else None
    return Progress(
        node=row.node,
        node_at=row.node_at,
        stage=Stage(lead.stage),
        facts=facts(leads.snapshot(lead), leads.happened(pasts)),
        occurrences=tuple(
            Occurrence(past.kind, past.subject, past.at, past.verdict == Verdict.HUMAN)
            for past in pasts
            if past.at >= row.entered_at and (past.kind != Kind.BOUNCED or past.hard)
        ),
        zone=zone,
        country=country,
        hold_until=lead.hold_until,
        outcome=outcomes.get(node.id) if node else None,
        lead_id=lead.id,
        entered_at=row.entered_at,
        shares=shares,
        outcomes=outcomes,
    )


def _advance(
    session: Session,
    round: Round,
    reader: allocations.Reader,
    row: models.Enrollment,
    lead: models.Lead,
    pasts: Sequence[leads.Past],
    outcomes: Mapping[str, Outcome],
) -> None:
    program = applied.program(session, row.version_id)
    shares = reader.shares(row.campaign_id, program, row.entered_at)
    progress = progress_of(program, row, lead, pasts, outcomes, round.in_force, shares)
    for _ in range(len(program.nodes) + 1):
        decision = sequence.decide(program, progress, round.now)
        if not isinstance(decision, Do) or isinstance(decision.node.step, EmailStep):
            break
        act(round, row, lead, decision)
        moved = models.Enrollment(
            node=decision.node.next, node_at=decision.position.at, entered_at=row.entered_at
        )
        progress = progress_of(program, moved, lead, pasts, outcomes, round.in_force, shares)
    _note_decision(round, row, lead, outcomes, decision)


def _note_decision(
    round: Round,
    row: models.Enrollment,
    lead: models.Lead,
    outcomes: Mapping[str, Outcome],
    decision: sequence.Decision,
) -> None:
    change: dict[str, Any] = {"id": row.id}
    match decision:
        case Do():
            message = _message(round, row, lead, outcomes, decision)
            round.messages.append(message)
            change |= _standing(decision.position, None, "mail queued")
            if message["sender"] != row.sender:
                change["sender"] = message["sender"]  # who wrote goes on writing
            if decision.skip:
                change["due_at"] = round.now
            round.done.queued += not decision.skip
        case Wait():
            change |= _standing(decision.position, decision.until, decision.why[:64])
        case Finish():
            change |= _ended(round, row, EnrollmentStatus.FINISHED, decision.reason)
            round.done.finished += 1
        case Stop():
            change |= _ended(round, row, EnrollmentStatus.STOPPED, decision.reason)
            round.done.stopped += 1
    round.enrollments.append(change)


def _standing(position: sequence.Position, due_at: datetime | None, reason: str) -> dict[str, Any]:
    return {
        "node": position.node,
        "node_at": position.at,
        "due_at": due_at,
        "reason": reason,
        "status": "active",
        "ended_at": None,
    }


def _ended(round: Round, row: models.Enrollment, status: EnrollmentStatus, reason: str) -> dict[str, Any]:
    kind = Kind.FINISHED if status == EnrollmentStatus.FINISHED else Kind.STOPPED
    source_id = f"{kind}:{row.id}"
    round.events.append(
        Event(
            kind,
            source_id,
            round.now,
            row.lead_id,
            campaign_id=row.campaign_id,
            detail=reason,
            data={"reason": reason},
        )
    )
    round.freed.append(row.lead_id)
    return {
        "node": row.node,
        "node_at": row.node_at,
        "due_at": None,
        "reason": reason,
        "status": status,
        "ended_at": round.now,
    }


def _message(
    round: Round, row: models.Enrollment, lead: models.Lead, outcomes: Mapping[str, Outcome], decision: Do
) -> dict[str, Any]:
    step = decision.node.step
    assert isinstance(step, EmailStep)
    chosen = experiments.chosen(step, decision.variant, row.sender)
    sender = round.in_force.policies.senders.sender(chosen.sender)
    domain = sender.address.rpartition("@")[2] if sender else "localhost"
    skipped = decision.skip is not None
    taken = [each.rfc_message_id for each in outcomes.values()]
    return {
        "enrollment_id": row.id,
        "step": decision.node.id,
        "lead_id": lead.id,
        "campaign_id": row.campaign_id,
        "version_id": row.version_id,
        "template": chosen.template,
        "variant": decision.variant,
        "sender": chosen.sender,
        "status": MessageStatus.SKIPPED if skipped else MessageStatus.QUEUED,
        "reason": decision.skip,
        "due_at": None if skipped else round.now,
        "stale_at": decision.stale_at,
        "attempts": 0,
        "claims": 0,
        "crashes": 0,
        "rfc_message_id": _own_message_id(round.salt, row.id, decision.node.id, domain, taken),
        "queued_at": round.now,
        "outcome_at": _skipped_at(round, decision) if skipped else None,
    }


def _skipped_at(round: Round, decision: Do) -> datetime:
    """Return when a mail is skipped: one that was sent before takes no time, so the next wait counts on."""
    return decision.position.at if (decision.skip or "").startswith(sequence.SENT_BEFORE) else round.now


def _own_message_id(salt: str, enrollment_id: int, step: str, domain: str, taken: Collection[str]) -> str:
    """Return the Message-ID of a step's mail, another one where a mail that was renamed since has it."""
    names = (step, *(f"{step}:{number}" for number in range(2, len(taken) + 2)))
    return next(
        found for name in names if (found := message_id(salt, enrollment_id, name, domain)) not in taken
    )


def message_id(salt: str, enrollment_id: int, step: str, domain: str) -> str:
    """Return the Message-ID (RFC 5322 section 3.6.4) of a step's mail: always the same one for the same step."""
    digest = hashlib.sha256(f"{salt}:message-id:{enrollment_id}:{step}".encode()).digest()[:15]
    return f"<{base64.b32encode(digest).decode().lower()}@{domain}>"


def _write(session: Session, round: Round, rows: Mapping[int, models.Enrollment]) -> None:
    session.flush()
    if round.messages:
        _write_messages(session, round, rows)
        _tell_skipped(session, round)
    session.execute(update(models.Enrollment), round.enrollments)
    journal.write(session, round.events, round.now)
    if round.freed:
        # A freed lead may enter the next campaign that fits.
        session.execute(
            update(models.Lead)
            .where(models.Lead.id.in_(round.freed))
            .values(match_at=round.now)
            .execution_options(synchronize_session=False)
        )


def _write_messages(session: Session, round: Round, rows: Mapping[int, models.Enrollment]) -> None:
    """Add the messages; where the database refuses one, its enrollment is set back and the others go on."""
    try:
        with session.begin_nested():
            session.execute(insert(models.Message), round.messages)
        return
    except REFUSED:
        messages, round.messages = round.messages, []
    for message in messages:
        try:
            with session.begin_nested():
                session.execute(insert(models.Message), [message])
            round.messages.append(message)
        except REFUSED as error:
            row = rows[message["enrollment_id"]]
            round.enrollments = [each for each in round.enrollments if each["id"] != row.id]
            round.done.queued -= message["status"] == MessageStatus.QUEUED
            _set_back(round, row, error)


def _tell_skipped(session: Session, round: Round) -> None:
    """Add an event for each mail that came too late to be queued."""
    late = [each["rfc_message_id"] for each in round.messages if each["status"] == MessageStatus.SKIPPED]
    if not late:
        return
    for row in session.scalars(select(models.Message).where(models.Message.rfc_message_id.in_(late))):
        round.events.append(
            Event(
                Kind.SKIPPED,
                f"{Kind.SKIPPED}:{row.id}",
                round.now,
                row.lead_id,
                message_id=row.id,
                campaign_id=row.campaign_id,
                subject=row.template,
                detail=row.reason or "",
            )
        )


# -- waking and ending from outside ----------------------------------------------------------------


def wake(session: Session, lead_ids: Collection[int], now: datetime) -> None:
    """Have the live enrollments of these leads looked at by the next tick."""
    enrollment = models.Enrollment
    session.execute(
        update(enrollment)
        .where(enrollment.lead_id.in_(lead_ids), enrollment.status == EnrollmentStatus.ACTIVE)
        .values(due_at=now)
        .execution_options(synchronize_session=False)
    )


def wake_after(session: Session, message_ids: Collection[int], now: datetime) -> None:
    """Have the enrollments of these messages looked at again, since their mails have an outcome."""
    session.connection().execute(_waking(kind_of(session)), {"ids": list(message_ids), "now": now})


@cache
def _waking(kind: str) -> Executable:
    table, message = models.Enrollment.__table__, models.Message.__table__.c
    ids = select(message.enrollment_id).where(one_of(kind, message.id, "ids"))
    return (
        update(table)  # type: ignore[arg-type]
        .where(table.c.id.in_(ids), table.c.status == EnrollmentStatus.ACTIVE)
        .values(due_at=bindparam("now", type_=models.Instant()))
    )


def pause(session: Session, campaign_id: int, reason: str) -> int:
    """Have the active enrollments of a campaign stand still; return how many."""
    enrollment = models.Enrollment
    return _all_of(
        session,
        campaign_id,
        EnrollmentStatus.ACTIVE,
        {enrollment.status: EnrollmentStatus.PAUSED, enrollment.reason: reason, enrollment.due_at: None},
    )


def resume(session: Session, campaign_id: int, now: datetime) -> int:
    """Have the paused enrollments of a campaign looked at again; return how many."""
    enrollment = models.Enrollment
    return _all_of(
        session,
        campaign_id,
        EnrollmentStatus.PAUSED,
        {enrollment.status: EnrollmentStatus.ACTIVE, enrollment.reason: None, enrollment.due_at: now},
    )


def _all_of(session: Session, campaign_id: int, status: EnrollmentStatus, values: dict[Any, Any]) -> int:
    enrollment = models.Enrollment
    result = session.execute(
        update(enrollment)
        .where(enrollment.campaign_id == campaign_id, enrollment.status == status)
        .values(values)
        .execution_options(synchronize_session=False)
    )
    return int(getattr(result, "rowcount", 0))
