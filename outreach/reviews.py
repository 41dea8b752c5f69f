"""Looks at leads again, after an event or when time has passed: score, temperature, stage, and the next look."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from outreach import enrollments, entries, handoffs, journal, leads, models
from outreach.applied import InForce
from outreach.domain import funnel, recycling, scoring, temperature, windows
from outreach.domain.events import Event
from outreach.domain.facts import Facts
from outreach.domain.leads import facts
from outreach.domain.recycling import Rest
from outreach.domain.words import Kind, Stage, Temperature

log = logging.getLogger(__name__)

MOST_MOVES = 5
LATER = timedelta(hours=1)


def review_due(session: Session, in_force: InForce, now: datetime, limit: int) -> int:
    """Review the leads whose time has come, at most `limit`; return how many."""
    due = session.scalars(
        select(models.Lead.id)
        .where(models.Lead.due_at <= now)
        .order_by(models.Lead.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    review(session, due, in_force, f"time:{now.isoformat()}", now)
    return len(due)


def review(session: Session, lead_ids: Collection[int], in_force: InForce, cause: str, now: datetime) -> None:
    """Bring score, temperature and stage of the leads up to `now`; every change is an event with its reason.

    `cause` names what made us look.
    """
    if not lead_ids:
        return
    session.flush()
    rows = session.scalars(leads.locked(lead_ids)).all()
    pasts = leads.pasts(session, lead_ids)
    in_force = _with_audiences(session, in_force)
    for row in rows:
        try:
            with session.begin_nested():
                _review(session, row, pasts[row.id], in_force, cause, now)
        except SQLAlchemyError as error:
            # One lead that can not be reviewed must not keep all others from it.
            log.error("lead %s can not be reviewed: %s", row.id, type(error).__name__)
            _look_later(session, row.id, now)
    session.flush()


def _look_later(session: Session, lead_id: int, now: datetime) -> None:
    session.execute(
        update(models.Lead)
        .where(models.Lead.id == lead_id)
        .values(due_at=now + LATER)
        .execution_options(synchronize_session=False)
    )


def _with_audiences(session: Session, in_force: InForce) -> InForce:
    """Return what is in force with the scores that audiences ask for: a lead is looked at when it crosses one."""
    asked = {threshold for _, program in entries.running(session) for threshold in program.thresholds}
    if not asked:
        return in_force
    thresholds = tuple(sorted(asked | set(in_force.funnel.thresholds)))
    return replace(in_force, funnel=replace(in_force.funnel, thresholds=thresholds))


def _review(
    session: Session,
    row: models.Lead,
    pasts: Sequence[leads.Past],
    in_force: InForce,
    cause: str,
    now: datetime,
) -> None:
    score_before = row.score
    _give_a_date(session, row, in_force, cause, now)
    _come_back(session, row, cause, now)
    counted = leads.scored(pasts)
    changes_at = _set_temperature(session, row, in_force, cause, now)
    fit_points = 0.0
    for _ in range(MOST_MOVES):
        seen = _facts(row, pasts)
        score = scoring.score(in_force.funnel.funnel.scoring, in_force.funnel.fit, counted, seen, now)
        fit_points = score.fit_points
        row.score = scoring.kept(score.total)
        moved = funnel.next_move(in_force.funnel, leads.snapshot(row), _facts(row, pasts), now)
        if moved is None or not _move(session, row, moved, in_force, cause, now):
            break
    if row.score != score_before:
        row.match_at = now
    looks = (funnel.next_look(in_force.funnel, leads.snapshot(row), counted, fit_points, now), changes_at)
    row.due_at = min((at for at in looks if at and at > now), default=None)


def _facts(row: models.Lead, pasts: Sequence[leads.Past]) -> Facts:
    return facts(leads.snapshot(row), leads.happened(pasts, row.since_at))


def _set_temperature(
    session: Session, row: models.Lead, in_force: InForce, cause: str, now: datetime
) -> datetime | None:
    now_is, changes_at = temperature.temperature(in_force.funnel.funnel.temperature, row.purchase_at, now)
    before = Temperature(row.temperature)
    if now_is != before:
        stated = f"{row.purchase_at:%Y-%m-%d}" if row.purchase_at else "not stated"
        because = f"time of purchase: {stated}"
        data = {"from": before, "to": now_is, "because": because}
        source_id = f"temperature:{row.id}:{now_is}:{cause}"
        event = Event(
            Kind.TEMPERATURE_CHANGED, source_id, now, row.id, subject=now_is, detail=because, data=data
        )
        journal.write(session, [event], now)
        row.temperature, row.updated_at, row.match_at = now_is, now, now
    return changes_at


def _give_a_date(session: Session, row: models.Lead, in_force: InForce, cause: str, now: datetime) -> None:
    """Say when a resting lead comes back of whom nobody has said it: one that was imported as lost or set aside."""
    if row.stage not in (Stage.LOST, Stage.SET_ASIDE) or row.return_at is not None:
        return
    if row.stage == Stage.SET_ASIDE:
        rest = recycling.set_aside(in_force.funnel.funnel.set_aside, row.contract_ends_at, row.stage_at)
    else:
        rest = _rest(row, in_force, Kind.DEAL_LOST, row.lost_reason, row.stage_at)
    if rest.stage == row.stage:
        leads.rest(row, rest, now)
        return
    _to_rest(session, row, rest, in_force, cause, "rest", now)


def _come_back(session: Session, row: models.Lead, cause: str, now: datetime) -> None:
    if row.return_at is None or row.return_at > now or row.return_to is None:
        return
    before, to = row.stage, Stage(row.return_to)
    row.return_at = row.return_to = None
    row.rounds += 1
    row.since_at = now
    leads.back_in_play(row, now)
    because = f"back from {before}, round {row.rounds}" + (f", angle {row.angle}" if row.angle else "")
    leads.change_stage(session, row, to, because=because, evidence=(), cause=cause, rule="return", now=now)
    enrollments.wake(session, [row.id], now)


# -- what a move brings with it --------------------------------------------------------------------


def _move(
    session: Session, row: models.Lead, moved: funnel.Moved, in_force: InForce, cause: str, now: datetime
) -> bool:
    return to_stage(
        session,
        row,
        moved.to,
        in_force,
        because=moved.because,
        evidence=moved.evidence,
        cause=cause,
        rule=moved.rule,
        now=now,
    )


def to_stage(
    session: Session,
    row: models.Lead,
    to: Stage,
    in_force: InForce,
    *,
    because: str,
    evidence: Sequence[str],
    cause: str,
    rule: str,
    now: datetime,
    rest: Rest | None = None,
) -> bool:
    """Move the lead and do what the stage asks for: a rep for an SQL, a date to come back for those who rest."""
    before = row.stage
    event_id = leads.change_stage(
        session, row, to, because=because, evidence=evidence, cause=cause, rule=rule, now=now
    )
    if event_id is None:
        return False
    if before == Stage.SQL and to != Stage.OPPORTUNITY:
        handoffs.withdraw(session, row.id, now)
    enrollments.wake(session, [row.id], now)
    if to == Stage.SET_ASIDE and rest is None:
        rest = recycling.set_aside(in_force.funnel.funnel.set_aside, row.contract_ends_at, now)
    if rest is not None:
        leads.rest(row, rest, now)
    if to == Stage.DISCARDED:
        row.return_at = row.return_to = None
    if to == Stage.SQL:
        team = in_force.policies.team
        handoffs.open_handoff(
            session, row, team, reason=because, evidence={"lines": list(evidence)}, event_id=event_id, now=now
        )
    return True


def schedule(row: models.Lead, in_force: InForce, now: datetime) -> None:
    """Say when a lead that was moved by hand is looked at next; what it did before the move no longer moves it."""
    row.since_at = now
    if row.stage in (Stage.LOST, Stage.SET_ASIDE) and row.return_at is None:
        kind = Kind.DEAL_LOST
        leads.rest(row, _rest(row, in_force, kind, row.lost_reason, now), now)
    row.due_at = row.return_at or now


def settle(
    session: Session, row: models.Lead, event: Event, in_force: InForce, cause: str, now: datetime
) -> None:
    """Move a lead as what happened to its hand-off or deal demands."""
    if event.kind in (Kind.DEAL_WON, Kind.DEAL_LOST, Kind.HANDOFF_REJECTED):
        leads.back_in_play(row, now)
    if (to := funnel.BY_EVENT.get(event.kind)) is not None:
        because = event.detail or event.kind.replace("_", " ")
        to_stage(
            session, row, to, in_force, because=because, evidence=(), cause=cause, rule=event.kind, now=now
        )
        return
    if event.kind not in (Kind.HANDOFF_REJECTED, Kind.DEAL_LOST):
        return
    reason = event.detail or None
    if event.kind == Kind.DEAL_LOST:
        row.lost_reason = reason
    rest = _rest(row, in_force, event.kind, reason, now)
    _to_rest(session, row, rest, in_force, cause, event.kind, now)


def _to_rest(
    session: Session, row: models.Lead, rest: Rest, in_force: InForce, cause: str, rule: str, now: datetime
) -> None:
    to_stage(
        session,
        row,
        rest.stage,
        in_force,
        because=rest.because,
        evidence=(),
        cause=cause,
        rule=rule,
        now=now,
        rest=rest,
    )


def _rest(row: models.Lead, in_force: InForce, kind: Kind, reason: str | None, at: datetime) -> Rest:
    rules = in_force.funnel.funnel
    zone = windows.zone(row.timezone, in_force.policies.senders.organisation.timezone)
    if kind == Kind.HANDOFF_REJECTED:
        rest = recycling.after_rejection(rules, reason, at, zone)
    else:
        rest = recycling.after_loss(rules, reason, row.rounds, at, zone)
    if rest.stage == Stage.SET_ASIDE:
        return recycling.set_aside(rules.set_aside, row.contract_ends_at, at)
    return rest
