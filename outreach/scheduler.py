"""Finds what is due and has it done: one tick looks at a few indexes, and an idle one writes nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from outreach import (
    applied,
    briefs,
    crash,
    enrollments,
    entries,
    followups,
    ledger,
    models,
    notifications,
    reps,
    reviews,
)
from outreach.db import Database
from outreach.domain.scanner_networks import PUBLISHED, Networks
from outreach.errors import NotFound, OutreachError
from outreach.links import Links

log = logging.getLogger(__name__)

ROUNDS = 50
"""How many batches of one sort a tick does before it lets the next sort have its turn."""

SENDING = frozenset({"matches", "enrollments", "messages"})
"""The sorts of things that lead to mails."""

MOST_WAITING = 64
"""How many batches wait in the broker at most: what is due stands in the database anyway."""

MATCHED = 20_000
"""How many leads are matched against the audiences at once: a few statements, whatever their number."""


@dataclass
class Walk:
    """How far the due messages have been handed out."""

    position: ledger.Position | None = None
    since: datetime | None = None

    def begin(self, now: datetime) -> None:
        """Begin again at the message that is due longest."""
        self.position, self.since = None, now


@dataclass(frozen=True)
class Engine:
    """What a tick needs: where the rows are, and whom to hand ids to. `waiting` counts batches not yet taken."""

    database: Database
    links: Links
    deliver: Callable[[Sequence[int]], None]
    notify: Callable[[Sequence[int]], None]
    batch: int = 200
    waiting: Callable[[], int] = lambda: 0
    look_again: timedelta = ledger.LOOK_AGAIN
    walk: Walk = field(default_factory=Walk)
    known: Networks = PUBLISHED  # of mail gateways


@dataclass
class Ticked:
    """What one tick found and did."""

    due: frozenset[str] = frozenset()
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def idle(self) -> bool:
        return not self.due


def due(session: Session, now: datetime) -> frozenset[str]:
    """Return the sorts of things that are due, but for those that a held backlog keeps from being done."""
    return _look(session, now)[0]


def _look(session: Session, now: datetime) -> tuple[frozenset[str], bool]:
    """Return what `due` does and whether a backlog is held, in one statement over the indexes of due rows."""
    message, lead = models.Message, models.Lead
    checks = {
        "followups": models.Followup.due_at <= now,
        "leads": lead.due_at <= now,
        "matches": lead.match_at <= now,
        "enrollments": models.Enrollment.due_at <= now,
        "messages": message.due_at <= now,
        "leases": message.lease_until <= now,
        "handoffs": models.Handoff.due_at <= now,
        "notifications": models.Notification.due_at <= now,
        "held": models.Instance.held_at.is_not(None),
    }
    row = session.execute(
        select(*(exists().where(check).label(name) for name, check in checks.items()))
    ).one()
    found = frozenset(name for name, found in zip(checks, row, strict=True) if found)
    # The backlog of an outage waits for somebody to look at it; everything else goes on.
    return (found - {"held"} - SENDING, True) if "held" in found else (found, False)


def tick(engine: Engine, now: datetime) -> Ticked:
    """Do everything that is due at `now`, in batches of their own transactions."""
    ticked = Ticked()
    # One sort makes another due (a stage change makes a match, a match an enrollment), so look until nothing new comes.
    for _ in range(4):
        with engine.database.read() as session:
            found, is_held = _look(session, now)
        if not found - {"messages", "notifications"} and ticked.due:
            break
        if not found:
            return ticked
        ticked.due |= found
        _work(engine, found, is_held, ticked, now)
    return ticked


def _work(engine: Engine, found: frozenset[str], is_held: bool, ticked: Ticked, now: datetime) -> None:
    steps = _steps(engine, now)
    # Who reached a goal leaves before anything else takes it over, and who enters gets its first step at once.
    for name in ("followups", "leases", "handoffs", "leads", "enrollments", "matches", "enrollments"):
        if name in found or (name in SENDING and not is_held):
            _guarded(name, partial(_repeat, engine, name, steps[name], ticked))
    _guarded("notifications", partial(_hand_out_notifications, engine, ticked, now))
    if not is_held:
        _guarded("messages", partial(_hand_out, engine, ticked, now))


def _steps(engine: Engine, now: datetime) -> dict[str, Callable[[Session], int]]:
    return {
        "followups": lambda session: followups.follow_due(session, now, engine.batch, engine.known),
        "leases": lambda session: ledger.sweep(session, now).total,
        "handoffs": lambda session: reps.pass_on_overdue(
            session, applied.policies(session), now, engine.batch
        ),
        "leads": lambda session: reviews.review_due(session, applied.policies(session), now, engine.batch),
        "matches": lambda session: entries.match_due(session, now, MATCHED),
        "enrollments": lambda session: _advance(session, engine, now),
    }


def hurry(engine: Engine, now: datetime) -> None:
    """Do what somebody waits for: draw the consequences of events, and tell reps."""
    with engine.database.read() as session:
        found = due(session, now)
    ticked = Ticked(found)
    if "followups" in found:
        steps = _steps(engine, now)
        _guarded("followups", partial(_repeat, engine, "followups", steps["followups"], ticked))
    if "notifications" in found or ticked.counts:
        _guarded("notifications", partial(_hand_out_notifications, engine, ticked, now))


BEFORE_COMMIT = {"enrollments": "advancing", "leases": "swept"}
AFTER_COMMIT = {"enrollments": "advanced"}
"""Named points at which a test may end the process, by the sort of thing that is being done."""


def _repeat(engine: Engine, name: str, step: Callable[[Session], int], ticked: Ticked) -> None:
    # While the workers have enough to do, queueing more for them only takes the machine away from them.
    is_full = name in SENDING and engine.waiting() >= MOST_WAITING / 2
    for _ in range(1 if is_full else ROUNDS):
        with engine.database.write() as session:
            count = step(session)
            if count:
                crash.point(BEFORE_COMMIT.get(name, ""))
        if count:
            crash.point(AFTER_COMMIT.get(name, ""))
        ticked.counts[name] = ticked.counts.get(name, 0) + count
        if count == 0:
            return


def _advance(session: Session, engine: Engine, now: datetime) -> int:
    in_force = applied.policies(session)
    note = briefs.note_for(session, in_force, engine.links)
    return enrollments.advance_due(session, in_force, note, now, engine.batch).looked_at


def _hand_out(engine: Engine, ticked: Ticked, now: datetime) -> None:
    """Hand the ids of due messages to the workers, oldest first, until enough of them wait in the broker."""
    walk, waiting = engine.walk, engine.waiting()
    if waiting == 0 or walk.since is None or not walk.since <= now < walk.since + engine.look_again:
        walk.begin(now)
    while waiting < MOST_WAITING:
        with engine.database.read() as session:
            found, walk.position = ledger.due_ids(session, now, walk.position, engine.batch)
        if not found:
            return
        crash.point("handing_out")
        ticked.counts["messages"] = ticked.counts.get("messages", 0) + len(found)
        for ids in _batches(found, engine.batch):
            engine.deliver(ids)
            waiting += 1
            crash.point("handed_out")


def _batches(found: Sequence[tuple[int, bool]], most: int) -> Iterator[list[int]]:
    """Yield the ids in batches; one that may have ended its last worker comes alone."""
    ids = [id for id, is_suspect in found if not is_suspect]
    size = most if len(found) == most else ledger.FEW
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
    yield from ([id] for id, is_suspect in found if is_suspect)


def _hand_out_notifications(engine: Engine, ticked: Ticked, now: datetime) -> None:
    with engine.database.write() as session:
        waiting = list(notifications.take_due(session, now, engine.batch, engine.look_again))
    if waiting:
        ticked.counts["notifications"] = len(waiting)
        engine.notify(waiting)


Job = tuple[str, float, Callable[[], object]]
"""A name, how many seconds lie between two runs, and what to do."""


class Scheduler:
    """Ticks, hurries where somebody waits, reads the mailbox, and says that it is there; each in its own rhythm."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        """Do each of the jobs in its rhythm; none overlaps itself."""
        self._schedule = BackgroundScheduler(timezone="UTC")
        for name, seconds, act in jobs:
            self._schedule.add_job(
                _guarded,
                args=(name, act),
                trigger="interval",
                seconds=seconds,
                max_instances=1,
                coalesce=True,
                misfire_grace_time=None,
            )

    def start(self) -> None:
        self._schedule.start()

    def stop(self) -> None:
        """Stop after the tick that is running."""
        self._schedule.shutdown(wait=True)


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
