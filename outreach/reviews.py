"""Looks at leads again, after an event or when time has passed: score, temperature, stage, and the next look."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from outreach import enrollments, entries, handoffs, journal, leads, models
from outreach.applied import InForce
from outreach.db import AWAY
from outreach.domain import funnel, recycling, scoring, temperature, windows
from outreach.domain.events import Event
from outreach.domain.facts import Facts
from outreach.domain.leads import Lead, facts
from outreach.domain.recycling import Rest
from outreach.domain.sequence import Program
from outreach.domain.suppression import Suppress
from outreach.domain.words import Kind, Stage, Temperature

log = logging.getLogger(__name__)

MOST_MOVES = 5
NURTURED = frozenset({Stage.SUSPECT, Stage.MQL})
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


class Effects(Protocol):
    """Where that goes which follows for leads: into a transaction (`Changes`), or into a simulation."""

    @property
    def in_force(self) -> InForce: ...

    @property
    def now(self) -> datetime: ...

    @property
    def events(self) -> journal.Noting: ...

    @property
    def handing(self) -> handoffs.Giving: ...

    @property
    def woken(self) -> set[int]: ...

    def see(self, row: models.Lead) -> Lead: ...

    def facts_of(self, lead: Lead, row: models.Lead, pasts: Sequence[leads.Past]) -> Facts: ...

    def suppress(self, row: models.Lead, rule: Suppress, event_id: int) -> None: ...

    def failed_in_a_row(self, row: models.Lead, count: int) -> list[bool]: ...


class Changes:
    """What one transaction does to leads, gathered over many of them and written together."""

    def __init__(self, session: Session, in_force: InForce, now: datetime) -> None:
        self.session = session
        self.in_force = in_force
        self.now = now
        self.events = journal.Gathered(session, now)
        self.handing = handoffs.Handing(session, in_force.policies.team, self.events, now)
        self.woken: set[int] = set()

    def see(self, row: models.Lead) -> Lead:
        """Return the row as the rules see it."""
        return leads.snapshot(row)

    def facts_of(self, lead: Lead, row: models.Lead, pasts: Sequence[leads.Past]) -> Facts:
        """Return what moves may ask of the lead: what it did counts since it went back."""
        return facts(lead, leads.happened(pasts, row.since_at))

    def suppress(self, row: models.Lead, rule: Suppress, event_id: int) -> None:
        """Put the lead's address on the suppression list."""
        leads.suppress(self.session, row, rule, event_id, self.now)

    def failed_in_a_row(self, row: models.Lead, count: int) -> list[bool]:
        """Return of each of the latest mails to the lead whether it failed, newest first."""
        return leads.failed_in_a_row(self.session, row.id, count)

    def write(self) -> None:
        """Write all of it."""
        self.session.flush()
        self.events.write()
        self.handing.write()
        if self.woken:
            enrollments.wake(self.session, self.woken, self.now)


def review(session: Session, lead_ids: Collection[int], in_force: InForce, cause: str, now: datetime) -> None:
    """Bring score, temperature and stage of the leads up to `now`; every change is an event with its reason.

    `cause` names what made us look.
    """

    def review_some(some: Collection[int]) -> None:
        changes = Changes(session, in_force, now)
        rows = session.scalars(leads.locked(some)).all()
        review_rows(changes, rows, dict.fromkeys(some, cause))
        changes.write()

    for lead_id, error in all_or_each(session, lead_ids, review_some).items():
        # One lead that can not be reviewed must not keep all others from it.
        log.error("lead %s can not be reviewed: %s", lead_id, type(error).__name__)
        look_later(session, lead_id, now)


def all_or_each(
    session: Session, those: Collection[int], act: Callable[[Collection[int]], None]
) -> dict[int, Exception]:
    """Do it for all of those at once, or where that fails for one after the other; return which failed, and why.

    What is wrong with the database and not with one of them is raised.
    """
    if not those:
        return {}
    session.flush()
    error = _fails(session, act, those)
    if error is None:
        return {}
    if len(those) == 1:
        return dict.fromkeys(those, error)
    errors = {each: _fails(session, act, [each]) for each in sorted(those)}
    return {each: error for each, error in errors.items() if error is not None}


def _fails(
    session: Session, act: Callable[[Collection[int]], None], those: Collection[int]
) -> Exception | None:
    try:
        with session.begin_nested():
            act(those)
    except AWAY:
        raise
    except Exception as error:
        return error
    return None


def look_later(session: Session, lead_id: int, now: datetime) -> None:
    """Have a lead with which something is wrong looked at again after a while."""
    session.execute(
        update(models.Lead)
        .where(models.Lead.id == lead_id)
        .values(due_at=now + LATER)
        .execution_options(synchronize_session=False)
    )


def _with_audiences(session: Session, in_force: InForce) -> InForce:
    """Return what is in force with the scores that audiences ask for: a lead is looked at when it crosses one."""
    return with_thresholds(in_force, [program for _, program in entries.running(session)])


def with_thresholds(in_force: InForce, programs: Iterable[Program]) -> InForce:
    """Return what is in force with the scores that the audiences of these programs ask for."""
    asked = {threshold for program in programs for threshold in program.thresholds}
    if not asked:
        return in_force
    thresholds = tuple(sorted(asked | set(in_force.funnel.thresholds)))
    return replace(in_force, funnel=replace(in_force.funnel, thresholds=thresholds))


def review_rows(changes: Changes, rows: Collection[models.Lead], causes: Mapping[int, str]) -> None:
    """Review these leads, which are locked, each for its own cause; nothing is written yet."""
    in_force = _with_audiences(changes.session, changes.in_force)
    pasts = leads.pasts(changes.session, [row.id for row in rows])
    for row in rows:
        review_one(changes, in_force, row, pasts[row.id], causes[row.id])


def review_one(
    changes: Effects, in_force: InForce, row: models.Lead, pasts: Sequence[leads.Past], cause: str
) -> None:
    """Review one lead, with the thresholds of the audiences in `in_force`; what follows goes into `changes`."""
    now, score_before = changes.now, row.score
    _give_a_date(changes, row, cause)
    _come_back(changes, row, cause)
    counted = leads.scored(pasts)
    changes_at = _set_temperature(changes, row, cause)
    earned = scoring.earned(in_force.funnel.funnel.scoring, counted, now)
    for _ in range(MOST_MOVES):
        lead = changes.see(row)
        seen = changes.facts_of(lead, row, pasts)
        fitting = scoring.fitting(in_force.funnel.fit, seen)
        row.score = scoring.kept(math.fsum(earned + fitting))
        if seen.fields.get(funnel.SCORE) != row.score:
            seen = Facts({**seen.fields, funnel.SCORE: row.score}, seen.happened)
        moved = funnel.next_move(in_force.funnel, lead, seen, now)
        if moved is None or not _move(changes, row, moved, cause):
            break
    if row.score != score_before:
        row.match_at = now
    looks = (
        funnel.next_look(in_force.funnel, changes.see(row), counted, math.fsum(fitting), now),
        changes_at,
    )
    row.due_at = min((at for at in looks if at and at > now), default=None)


def _set_temperature(changes: Effects, row: models.Lead, cause: str) -> datetime | None:
    now, rule = changes.now, changes.in_force.funnel.funnel.temperature
    now_is, changes_at = temperature.temperature(rule, row.purchase_at, now)
    before = Temperature(row.temperature)
    if now_is != before:
        stated = f"{row.purchase_at:%Y-%m-%d}" if row.purchase_at else "not stated"
        because = f"time of purchase: {stated}"
        data = {"from": before, "to": now_is, "because": because}
        source_id = f"temperature:{row.id}:{now_is}:{cause}"
        changes.events.add(
            Event(Kind.TEMPERATURE_CHANGED, source_id, now, row.id, subject=now_is, detail=because, data=data)
        )
        row.temperature, row.updated_at, row.match_at = now_is, now, now
    return changes_at


def _give_a_date(changes: Effects, row: models.Lead, cause: str) -> None:
    """Say when a resting lead comes back of whom nobody has said it: one that was imported as lost or set aside."""
    if row.stage not in (Stage.LOST, Stage.SET_ASIDE) or row.return_at is not None:
        return
    in_force = changes.in_force
    if row.stage == Stage.SET_ASIDE:
        rest = recycling.set_aside(in_force.funnel.funnel.set_aside, row.contract_ends_at, row.stage_at)
    else:
        rest = _rest(row, in_force, Kind.DEAL_LOST, row.lost_reason, row.stage_at)
    if rest.stage == row.stage:
        leads.rest(row, rest, changes.now)
        return
    _to_rest(changes, row, rest, cause, "rest")


def _come_back(changes: Effects, row: models.Lead, cause: str) -> None:
    now = changes.now
    if row.return_at is None or row.return_at > now or row.return_to is None:
        return
    before, to = row.stage, Stage(row.return_to)
    row.return_at = row.return_to = None
    row.since_at = now
    leads.back_in_play(row, now)
    angle = f", angle {row.angle}" if row.angle else ""
    if to == before:  # a lead that had asked for some time
        detail = f"back in play as {to}: the time it asked for is over{angle}"
        changes.events.add(Event(Kind.NOTE, f"back:{row.id}:{cause}", now, row.id, detail=detail))
        return
    row.rounds += 1
    because = f"back from {before}, round {row.rounds}{angle}"
    leads.change_stage(
        changes.events, row, to, because=because, evidence=(), cause=cause, rule="return", now=now
    )
    changes.woken.add(row.id)


# -- what a move brings with it --------------------------------------------------------------------


def _move(changes: Effects, row: models.Lead, moved: funnel.Moved, cause: str) -> bool:
    return go_to(
        changes, row, moved.to, because=moved.because, evidence=moved.evidence, cause=cause, rule=moved.rule
    )


BY_HAND = "by hand"
"""The rule of a move that a person made."""


def by_hand(changes: Effects, row: models.Lead, to: Stage, because: str) -> bool:
    """Move one lead as a person wants it, and let campaigns write to it again; False where it stands there already."""
    leads.back_in_play(row, changes.now)
    cause = f"hand:{changes.now.isoformat()}"
    moved = go_to(changes, row, to, because=because, evidence=(), cause=cause, rule=BY_HAND)
    if moved:
        # Not a review: it could move the lead on at once by what it did before. But it has to be looked at.
        _schedule(row, changes.in_force, changes.now)
    return moved


def go_to(
    changes: Effects,
    row: models.Lead,
    to: Stage,
    *,
    because: str,
    evidence: Sequence[str],
    cause: str,
    rule: str,
    rest: Rest | None = None,
) -> bool:
    """Move the lead and do what the stage asks for: a rep for an SQL, a date to come back for those who rest."""
    before, now, rules = row.stage, changes.now, changes.in_force.funnel.funnel
    moved_by = leads.change_stage(
        changes.events, row, to, because=because, evidence=evidence, cause=cause, rule=rule, now=now
    )
    if moved_by is None:
        return False
    if before == Stage.SQL and to != Stage.OPPORTUNITY:
        changes.handing.withdraw(row.id)
    changes.woken.add(row.id)
    if to == Stage.SET_ASIDE and rest is None:
        rest = recycling.set_aside(rules.set_aside, row.contract_ends_at, now)
    if rest is not None:
        leads.rest(row, rest, now)
    elif row.return_to == before and to in NURTURED:
        row.return_to = to  # it asked for time, which is not over yet
    else:
        row.return_at = row.return_to = None
    if to == Stage.SQL:
        changes.handing.open(row, reason=because, evidence={"lines": list(evidence)}, cause=moved_by)
    return True


def _schedule(row: models.Lead, in_force: InForce, now: datetime) -> None:
    """Say when a lead that was moved by hand is looked at next; what it did before the move no longer moves it."""
    row.since_at = now
    if row.stage in (Stage.LOST, Stage.SET_ASIDE) and row.return_at is None:
        kind = Kind.DEAL_LOST
        leads.rest(row, _rest(row, in_force, kind, row.lost_reason, now), now)
    row.due_at = row.return_at or now


def settle(changes: Effects, row: models.Lead, event: Event, cause: str) -> None:
    """Move a lead as what happened to its hand-off or deal demands."""
    now = changes.now
    if event.kind in (Kind.DEAL_WON, Kind.DEAL_LOST, Kind.HANDOFF_REJECTED):
        leads.back_in_play(row, now)
    if (to := funnel.BY_EVENT.get(event.kind)) is not None:
        because = event.detail or event.kind.replace("_", " ")
        go_to(changes, row, to, because=because, evidence=(), cause=cause, rule=event.kind)
        return
    if event.kind not in (Kind.HANDOFF_REJECTED, Kind.DEAL_LOST):
        return
    reason = event.detail or None
    if event.kind == Kind.DEAL_LOST:
        row.lost_reason = reason
    rest = _rest(row, changes.in_force, event.kind, reason, now)
    _to_rest(changes, row, rest, cause, event.kind)


def _to_rest(changes: Effects, row: models.Lead, rest: Rest, cause: str, rule: str) -> None:
    go_to(changes, row, rest.stage, because=rest.because, evidence=(), cause=cause, rule=rule, rest=rest)


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
