"""The judge of every run: what the wire saw, what the rows say and what the events say have to agree.

I1  a step of an enrollment is on the wire at most once, and under the Message-ID that its row has
I2  every row is final, every enrollment has ended, and each lead got each step or the row says why not
I3  nothing reaches a lead after its opt-out or reply was committed, but for what was on its way then
I4  each outcome is told by one event, and each event of an outcome has a row in that state
I5  what a row calls accepted is on the wire; what is on the wire is accepted or unknown
I6  no address, no secret and no traceback is in a log
I7  no more mails are unknown than the kills of workers explain
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from faults import workspace as files
from faults.plant import SECRET, TOKEN, UNDER_WAY, Forbidden, Plant
from faults.sink import Fact
from sqlalchemy import select

from outreach import models
from outreach.domain.words import EnrollmentStatus, MessageStatus

OUTCOMES = (MessageStatus.ACCEPTED, MessageStatus.REFUSED, MessageStatus.SKIPPED, MessageStatus.UNKNOWN)
EXPLAINED = ("suppressed:", "replied", "stopped:", "enrollment stopped", "enrollment finished")
"""Reasons of a skipped row that are no loss: the lead said so."""


@dataclass(frozen=True)
class Row:
    """A message as the database has it."""

    id: int
    enrollment_id: int
    step: str
    lead_id: int
    status: str
    reason: str
    rfc_message_id: str


@dataclass(frozen=True)
class Seen:
    """Everything that a verdict is made of."""

    wire: Sequence[Fact]
    rows: Sequence[Row]
    outcomes: Mapping[int, Sequence[str]]  # message -> kinds of its events of an outcome
    enrollments: Mapping[int, tuple[int, str, str]]  # id -> lead, status, reason
    leads: Sequence[int]
    forbidden: Sequence[Forbidden] = ()
    notifications: Mapping[str, str] = field(default_factory=dict)  # Message-ID -> status
    logs: str = ""


@dataclass(frozen=True)
class Allowed:
    """What this run may leave behind."""

    unknown: int = 0
    doubled_notes: int = 0  # a rep rather hears twice than never
    reasons: tuple[str, ...] = EXPLAINED


@dataclass(frozen=True)
class Verdict:
    """The figures of a run, and one line for each thing that is wrong."""

    mails: int
    doubles: int
    losses: int
    unknown: int
    doubled_notes: int
    violations: tuple[str, ...]


def look(plant: Plant) -> Seen:
    """Return what there is to see of a run that has ended."""
    message, event, enrollment = models.Message, models.Event, models.Enrollment
    with plant.database.read() as session:
        columns = (message.id, message.enrollment_id, message.step, message.lead_id, message.status)
        rows = session.execute(select(*columns, message.reason, message.rfc_message_id)).all()
        outcomes: dict[int, list[str]] = defaultdict(list)
        kinds = [str(kind) for kind in OUTCOMES]
        for message_id, kind in session.execute(
            select(event.message_id, event.kind).where(event.kind.in_(kinds))
        ):
            outcomes[message_id or 0].append(str(kind))
        entered = session.execute(
            select(enrollment.id, enrollment.lead_id, enrollment.status, enrollment.reason)
        ).all()
        notes = session.execute(select(models.Notification.rfc_message_id, models.Notification.status)).all()
        return Seen(
            plant.sink.facts(),
            [Row(*row[:4], str(row[4]), row[5] or "", row[6]) for row in rows],
            outcomes,
            {row[0]: (row[1], str(row[2]), row[3] or "") for row in entered},
            session.scalars(select(models.Lead.id)).all(),
            plant.forbidden,
            {rfc_id: str(status) for rfc_id, status in notes},
            plant.logs(),
        )


def judge(seen: Seen, allowed: Allowed) -> Verdict:
    """Return what is wrong with a run, and its figures."""
    taken = Counter(fact.rfc_message_id for fact in seen.wire if fact.what == "taken")
    ours = {row.rfc_message_id for row in seen.rows}
    losses = [*_losses(seen, allowed)]
    violations = [
        line
        for check in _CHECKS
        for line in check(seen, allowed, taken)
    ]  # fmt: skip
    return Verdict(
        mails=sum(count for rfc_id, count in taken.items() if rfc_id in ours),
        doubles=sum(count - 1 for rfc_id, count in taken.items() if rfc_id in ours),
        losses=len(losses),
        unknown=sum(row.status == MessageStatus.UNKNOWN for row in seen.rows),
        doubled_notes=sum(taken[rfc_id] - 1 for rfc_id in seen.notifications if taken[rfc_id]),
        violations=tuple(violations) + tuple(losses),
    )


def _once(seen: Seen, allowed: Allowed, taken: Counter[str]) -> Iterator[str]:
    by_id = {row.rfc_message_id: row for row in seen.rows}
    for rfc_id, count in taken.items():
        row = by_id.get(rfc_id)
        if row is None and rfc_id not in seen.notifications:
            yield f"I1: a mail on the wire has the Message-ID {rfc_id}, which no row has"
        elif row is not None and count > 1:
            yield f"I1: message {row.id} (step {row.step}, {row.status}) is on the wire {count} times"
    steps = Counter((row.enrollment_id, row.step) for row in seen.rows)
    yield from (f"I1: {count} rows for {key}" for key, count in steps.items() if count > 1)


def _final(seen: Seen, allowed: Allowed, taken: Counter[str]) -> Iterator[str]:
    for row in seen.rows:
        if row.status in UNDER_WAY:
            yield f"I2: message {row.id} (step {row.step}) is left {row.status}"
    for id, (_, status, reason) in seen.enrollments.items():
        if status not in (EnrollmentStatus.FINISHED, EnrollmentStatus.STOPPED):
            yield f"I2: enrollment {id} is left {status}: {reason}"


def _losses(seen: Seen, allowed: Allowed) -> Iterator[str]:
    """Yield the steps that a lead did not get, without having said so itself."""
    rows = {(row.enrollment_id, row.step): row for row in seen.rows}
    entered = {lead_id for lead_id, _, _ in seen.enrollments.values()}
    yield from (f"I2: lead {id} entered no campaign" for id in seen.leads if id not in entered)
    for id, (_, status, reason) in seen.enrollments.items():
        if status == EnrollmentStatus.STOPPED:
            continue
        for step in files.STEPS:
            row = rows.get((id, step))
            if row is None:
                yield f"I2: enrollment {id} ({status}: {reason}) never came to step {step}"
            elif row.status == MessageStatus.SKIPPED and not row.reason.startswith(allowed.reasons):
                yield f"I2: message {row.id} (step {step}) was skipped: {row.reason}"


def _forbidden(seen: Seen, allowed: Allowed, taken: Counter[str]) -> Iterator[str]:
    of_lead = defaultdict(list)
    for row in seen.rows:
        of_lead[row.lead_id].append(row)
    for each in seen.forbidden:
        for row in of_lead[each.lead_id]:
            if taken[row.rfc_message_id] and row.rfc_message_id not in each.under_way:
                yield f"I3: message {row.id} reached lead {each.lead_id} after its opt-out was committed"


def _told(seen: Seen, allowed: Allowed, taken: Counter[str]) -> Iterator[str]:
    for row in seen.rows:
        told = Counter(seen.outcomes.get(row.id, ()))
        if row.status not in OUTCOMES:
            wrong = bool(told)
        else:
            # What was given up as unknown may still be found out; nothing else has two outcomes.
            others = [kind for kind in told if kind not in (row.status, MessageStatus.UNKNOWN)]
            wrong = told[row.status] != 1 or bool(others) or max(told.values()) > 1
        # A step that was too late from the start is skipped with its row and has no event of its own.
        if wrong and not (row.status == MessageStatus.SKIPPED and not told):
            yield f"I4: message {row.id} is {row.status}, but its events say {dict(told)}"
    known = {row.id for row in seen.rows}
    yield from (
        f"I4: an outcome is told of message {id}, which is gone" for id in seen.outcomes.keys() - known
    )


def _agreed(seen: Seen, allowed: Allowed, taken: Counter[str]) -> Iterator[str]:
    for row in seen.rows:
        on_wire = taken[row.rfc_message_id] > 0
        if row.status == MessageStatus.ACCEPTED and not on_wire:
            yield f"I5: message {row.id} (step {row.step}) is accepted, but no server has it"
        if on_wire and row.status not in (MessageStatus.ACCEPTED, MessageStatus.UNKNOWN):
            yield f"I5: message {row.id} (step {row.step}) is on the wire, but {row.status}: {row.reason}"
    for rfc_id, status in seen.notifications.items():
        if status == "accepted" and not taken[rfc_id]:
            yield f"I5: the notification {rfc_id} is accepted, but no server has it"


def _discreet(seen: Seen, allowed: Allowed, taken: Counter[str]) -> Iterator[str]:
    for what, pattern in (
        ("an address", rf"@{re.escape(files.RECIPIENTS)}|@reps\.example\.org"),
        ("the secret key", re.escape(SECRET)),
        ("the token", re.escape(TOKEN)),
        ("a traceback", r"^Traceback"),
    ):
        if found := re.search(pattern, seen.logs, re.MULTILINE):
            line = seen.logs.count("\n", 0, found.start()) + 1
            yield f"I6: {what} is in line {line} of the logs"


def _bounded(seen: Seen, allowed: Allowed, taken: Counter[str]) -> Iterator[str]:
    unknown = sum(row.status == MessageStatus.UNKNOWN for row in seen.rows)
    if unknown > allowed.unknown:
        yield f"I7: {unknown} mails are unknown, and at most {allowed.unknown} may be"
    doubled = sum(taken[rfc_id] - 1 for rfc_id in seen.notifications if taken[rfc_id])
    if doubled > allowed.doubled_notes:
        yield f"I7: {doubled} notifications went out again, and at most {allowed.doubled_notes} may"


_Check = Callable[[Seen, Allowed, "Counter[str]"], Iterator[str]]
_CHECKS: tuple[_Check, ...] = (_once, _final, _forbidden, _told, _agreed, _discreet, _bounded)
