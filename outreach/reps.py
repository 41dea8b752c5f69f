"""What reps do: answer a hand-off, win or lose a deal, discard, set aside, finish a task."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from outreach import activity, applied, deals, handoffs, leads, models, reviews, tasks
from outreach.applied import InForce
from outreach.domain import windows
from outreach.domain.events import Event
from outreach.domain.words import DealStatus, HandoffStatus, Kind, Stage
from outreach.errors import InputError, NotFound

OTHER = "other"


def answer_handoff(
    session: Session, handoff_id: int, accept: bool, reason: str | None, now: datetime
) -> bool:
    """Accept a hand-off, which opens a deal, or reject it with a reason; False where it was answered before."""
    handoff = session.get(models.Handoff, handoff_id)
    if handoff is None:
        raise NotFound(f"no hand-off {handoff_id}")
    if not accept:
        reason = _known(reason, applied.policies(session).funnel.funnel.rejected.reasons, "rejected")
    status = HandoffStatus.ACCEPTED if accept else HandoffStatus.REJECTED
    if not handoffs.close(session, handoff_id, status, reason, now):
        return False
    kind = Kind.HANDOFF_ACCEPTED if accept else Kind.HANDOFF_REJECTED
    data = {"handoff": handoff_id, "rep": handoff.rep}
    event = Event(kind, f"{kind}:{handoff_id}", now, handoff.lead_id, detail=reason or "", data=data)
    activity.record(session, event, now)
    if accept:
        deal = deals.open_deal(session, session.get_one(models.Lead, handoff.lead_id), now)
        opened = Event(
            Kind.DEAL_OPENED, f"deal_opened:{deal.id}", now, handoff.lead_id, data={"deal": deal.id}
        )
        activity.record(session, opened, now)
    return True


def pass_on_overdue(session: Session, in_force: InForce, now: datetime, limit: int) -> int:
    """Give hand-offs that nobody answered in time to the next rep; return how many.

    When all had their chance it stays with the last one asked, and goes nowhere until somebody answers.
    """
    overdue = handoffs.overdue(session, now, limit)
    names = {rep.name for rep in in_force.policies.team.reps}
    for handoff in overdue:
        passed_over = frozenset({*handoff.evidence.get("passed_over", []), handoff.rep or ""}) & names
        lead = session.get_one(models.Lead, handoff.lead_id)
        if not handoffs.has_other(session, lead, in_force.policies.team, now, passed_over):
            # The last one asked keeps it. With nobody at all, we look again whether somebody is back.
            handoff.due_at = None if handoff.rep else handoffs.answer_by(in_force.policies.team, now)
            continue
        handoffs.close(session, handoff.id, HandoffStatus.EXPIRED, "not answered in time", now)
        handoffs.open_handoff(
            session,
            lead,
            in_force.policies.team,
            reason=handoff.reason,
            evidence={**handoff.evidence, "passed_over": sorted(passed_over)},
            event_id=None,
            now=now,
            passed_over=passed_over,
        )
    return len(overdue)


def win(session: Session, email: str, amount: float | None, currency: str | None, now: datetime) -> None:
    """Close the lead's open deal as won: the lead is a customer."""
    deal = _open_deal(session, email)
    deals.close(deal, DealStatus.WON, now, amount=amount, currency=currency)
    data = {"deal": deal.id, "amount": amount, "currency": currency}
    activity.record(session, Event(Kind.DEAL_WON, f"deal_won:{deal.id}", now, deal.lead_id, data=data), now)


def lose(session: Session, email: str, reason: str, now: datetime, **said: Any) -> None:
    """Close the lead's open deal as lost for a reason; funnel.yaml says whether and when the lead comes back.

    `said` may hold competitor and contract_ends_at.
    """
    reason = _known(reason, applied.policies(session).funnel.funnel.lost.reasons, "lost")
    deal = _open_deal(session, email)
    deals.close(deal, DealStatus.LOST, now, reason=reason)
    data = {"deal": deal.id} | {name: str(value) for name, value in said.items() if value is not None}
    event = Event(Kind.DEAL_LOST, f"deal_lost:{deal.id}", now, deal.lead_id, detail=reason, data=data)
    activity.record(session, event, now)


def _known(reason: str | None, reasons: Collection[str], part: str) -> str:
    """Return the reason, which has to stand in funnel.yaml or be "other"."""
    if reason in (*reasons, OTHER):
        return str(reason)
    known = ", ".join([*reasons, OTHER])
    raise InputError(
        f"{reason or 'no reason'!r} is no reason under {part} in funnel.yaml; there are: {known}"
    )


def _open_deal(session: Session, email: str) -> models.Deal:
    lead = leads.find(session, email)
    deal = deals.open_one(session, lead.id)
    if deal is None:
        raise NotFound(
            f"{email} has no open deal (stage {lead.stage}); a rep opens one by accepting the hand-off"
        )
    return deal


def move(
    session: Session, email: str, to: Stage, reason: str, in_force: InForce, now: datetime, **said: Any
) -> bool:
    """Move a lead by hand (discard, set aside, any stage) with the reason; False where it stands there already."""
    row = leads.find(session, email)
    known = {name: value for name, value in said.items() if value is not None}
    leads.learn(row, known, {}, now)
    changes = reviews.Changes(session, in_force, now)
    moved = reviews.by_hand(changes, row, to, reason)
    changes.write()
    return moved


def resume(session: Session, email: str, now: datetime) -> bool:
    """Let campaigns write again to a lead that had replied; False where they may already."""
    row = leads.find(session, email)
    if row.quiet_at is None:
        return False
    leads.back_in_play(row, now)
    note = Event(
        Kind.NOTE, f"resumed:{row.id}:{now.isoformat()}", now, row.id, detail="campaigns may write again"
    )
    activity.record(session, note, now)
    return True


def parse_day(text: str) -> datetime:
    """Return midnight UTC of a day written as 2026-12-31."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=windows.zone(None))
    except ValueError:
        raise InputError(f"{text!r} is not a day; write for example 2026-12-31") from None


def finish_task(session: Session, task_id: int, now: datetime) -> bool:
    """Mark a task as done; False where it was before."""
    task = session.get(models.Task, task_id)
    if task is None:
        raise NotFound(f"no task {task_id}; see: outreach task list")
    if not tasks.finish(task, now):
        return False
    event = Event(Kind.TASK_DONE, f"task_done:{task.id}", now, task.lead_id, data={"task": task.id})
    activity.record(session, event, now)
    return True
