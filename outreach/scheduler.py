"""Finds what is due and has it done: one tick looks at a few indexes, and an idle one writes nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from outreach import applied, enrollments, entries, ledger, models, notifications, reps, reviews
from outreach.clock import Clock
from outreach.db import Database
from outreach.errors import NotFound, OutreachError
from outreach.links import Links

log = logging.getLogger(__name__)

ROUNDS = 50
"""How many batches of one sort a tick does before it lets the next sort have its turn."""


@dataclass(frozen=True)
class Engine:
    """What a tick needs: where the rows are, and whom to hand ids to."""

    database: Database
    links: Links
    deliver: Callable[[list[int]], None]
    notify: Callable[[list[int]], None]
    batch: int = 200


@dataclass
class Ticked:
    """What one tick found and did."""

    due: frozenset[str] = frozenset()
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def idle(self) -> bool:
        return not self.due


def due(session: Session, now: datetime) -> frozenset[str]:
    """Return the sorts of things that are due, in one statement over the indexes of due rows."""
    message, lead = models.Message, models.Lead
    checks = {
        "leads": lead.due_at <= now,
        "matches": lead.match_at <= now,
        "enrollments": models.Enrollment.due_at <= now,
        "messages": message.due_at <= now,
        "leases": message.lease_until <= now,
        "handoffs": models.Handoff.due_at <= now,
        "notifications": models.Notification.due_at <= now,
    }
    row = session.execute(
        select(*(exists().where(check).label(name) for name, check in checks.items()))
    ).one()
    return frozenset(name for name, found in zip(checks, row, strict=True) if found)


def tick(engine: Engine, now: datetime) -> Ticked:
    """Do everything that is due at `now`, in batches of their own transactions."""
    ticked = Ticked()
    # One sort makes another due (a stage change makes a match, a match an enrollment), so look until nothing new comes.
    for _ in range(4):
        with engine.database.read() as session:
            found = due(session, now)
        if not found - {"messages", "notifications"} and ticked.due:
            break
        if not found:
            return ticked
        ticked.due |= found
        _work(engine, found, ticked, now)
    return ticked


def _work(engine: Engine, found: frozenset[str], ticked: Ticked, now: datetime) -> None:
    steps: dict[str, Callable[[Session], int]] = {
        "leases": lambda session: sum(vars(ledger.sweep(session, now)).values()),
        "handoffs": lambda session: reps.pass_on_overdue(
            session, applied.policies(session), now, engine.batch
        ),
        "leads": lambda session: reviews.review_due(session, applied.policies(session), now, engine.batch),
        "matches": lambda session: entries.match_due(session, now, engine.batch * 10),
        "enrollments": lambda session: _advance(session, engine, now),
    }
    # Who reached a goal leaves before anything else takes it over, and who enters gets its first step at once.
    for name in ("leases", "handoffs", "leads", "enrollments", "matches", "enrollments"):
        if name in found or name in ("matches", "enrollments"):
            _guarded(name, partial(_repeat, engine, name, steps[name], ticked))
    _guarded("messages", partial(_hand_out, engine, ticked, now))


def _repeat(engine: Engine, name: str, step: Callable[[Session], int], ticked: Ticked) -> None:
    for _ in range(ROUNDS):
        with engine.database.write() as session:
            count = step(session)
        ticked.counts[name] = ticked.counts.get(name, 0) + count
        if count == 0:
            return


def _advance(session: Session, engine: Engine, now: datetime) -> int:
    in_force = applied.policies(session)
    note = notifications.note_for(session, in_force, engine.links)
    return enrollments.advance_due(session, in_force, note, now, engine.batch).looked_at


def _hand_out(engine: Engine, ticked: Ticked, now: datetime) -> None:
    for _ in range(ROUNDS):
        with engine.database.write() as session:
            ids = ledger.take_due(session, now, engine.batch)
        if not ids:
            break
        ticked.counts["messages"] = ticked.counts.get("messages", 0) + len(ids)
        for start in range(0, len(ids), 20):
            engine.deliver(ids[start : start + 20])
    with engine.database.write() as session:
        waiting = list(notifications.take_due(session, now, engine.batch))
    if waiting:
        ticked.counts["notifications"] = len(waiting)
        engine.notify(waiting)


class Scheduler:
    """Ticks every few seconds, and reads the mailbox."""

    def __init__(
        self, engine: Engine, clock: Clock, seconds: float, read_mail: Callable[[], object] | None
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._schedule = BackgroundScheduler(timezone="UTC")
        every = {"trigger": "interval", "seconds": seconds, "max_instances": 1, "coalesce": True}
        self._schedule.add_job(self._tick, misfire_grace_time=None, **every)
        if read_mail is not None:
            self._read_mail = read_mail
            self._schedule.add_job(self._mail, misfire_grace_time=None, **every)

    def start(self) -> None:
        self._schedule.start()

    def stop(self) -> None:
        """Stop after the tick that is running."""
        self._schedule.shutdown(wait=True)

    def _tick(self) -> None:
        _guarded("tick", lambda: tick(self._engine, self._clock.now()))

    def _mail(self) -> None:
        _guarded("mailbox", self._read_mail)


def _guarded(name: str, act: Callable[[], object]) -> None:
    """Do it; where it fails the log says so, and the other sorts still get their turn."""
    try:
        act()
    except NotFound as error:
        log.info("%s: %s", name, error)
    except OutreachError as error:
        log.warning("%s: %s", name, error)
    except Exception as error:
        # The text of a database error could hold an address.
        log.error("%s failed: %s", name, type(error).__name__, exc_info=log.isEnabledFor(10))
