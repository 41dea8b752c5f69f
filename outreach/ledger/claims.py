"""Claims messages for a worker: those that window and limits let go now; the others are put off, with the reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, tuple_
from sqlalchemy.orm import Session

from outreach import applied, leads, models
from outreach.applied import InForce
from outreach.db import among
from outreach.domain import windows
from outreach.domain.leads import FIELDS
from outreach.domain.words import MessageStatus
from outreach.ledger.outcomes import skip
from outreach.ledger.rows import LEASE, ONE_ATTEMPT_LESS, Claimed, change, change_mine
from outreach.ledger.senders import let_go, sender_state

PAUSED_FOR = timedelta(hours=1)

FEW = 20
"""How many ids go to one worker while there are few: so that all of them get some."""

Position = tuple[datetime, int]
"""Where a walk through the due messages stands: due time and id of the last one seen."""

_COLUMNS = (
    models.Message.id, models.Message.enrollment_id, models.Message.lead_id, models.Message.campaign_id,
    models.Message.version_id, models.Message.step, models.Message.template, models.Message.variant,
    models.Message.sender, models.Message.attempts, models.Message.claims, models.Message.rfc_message_id,
    models.Message.stale_at,
)  # fmt: skip
_PEOPLE = tuple(
    getattr(models.Lead, name) for name in ("id", *FIELDS, "fields", "hold_until", "address_hash")
)
_Later = dict[tuple[datetime, str], list[int]]


def due_ids(
    session: Session, now: datetime, after: Position | None, limit: int
) -> tuple[list[tuple[int, bool]], Position | None]:
    """Return the next messages that are due behind `after`, and where the walk stands now.

    Each comes as its id and whether a process ended while it had it: those are better tried alone.
    """
    message = models.Message
    due = select(message.due_at, message.id, message.crashes).where(message.due_at <= now)
    if after is not None:
        # The same condition twice: the first part is what an index on due_at can begin at.
        due = due.where(message.due_at >= after[0], tuple_(message.due_at, message.id) > after)
    rows = session.execute(due.order_by(message.due_at, message.id).limit(limit)).all()
    if not rows:
        return [], after
    last = rows[-1]
    assert last.due_at is not None
    return [(row.id, row.crashes > 0) for row in rows], (last.due_at, last.id)


def claim(
    session: Session, ids: Collection[int], in_force: InForce, now: datetime, lease: timedelta = LEASE
) -> list[tuple[Claimed, Any]]:
    """Claim those of the messages that may go now; return each with the row of its lead.

    A claim counts the attempt before any work is done, and is a lease.
    """
    message = models.Message
    rows = session.execute(
        select(*_COLUMNS)
        .where(among(session, message.id, ids), message.status == MessageStatus.QUEUED, message.due_at <= now)
        .order_by(message.queued_at, message.id)
        .with_for_update(skip_locked=True)
    ).all()
    if not rows:
        return []
    people = _people(session, {row.lead_id for row in rows})
    later: _Later = defaultdict(list)
    ready = _in_their_window(session, rows, people, in_force, later, now)
    going: list[Any] = []
    for name in sorted({row.sender for row in ready}):
        mails = [row for row in ready if row.sender == name]
        going += _within_limits(session, name, mails, in_force, later, now)
    for (until, why), put_off in later.items():
        change(session, put_off, MessageStatus.QUEUED, new={"due_at": until, "reason": why})
    values = {"status": MessageStatus.CLAIMED, "due_at": None, "lease_until": now + lease, "reason": None}
    change(
        session,
        [row.id for row in going],
        MessageStatus.QUEUED,
        more=(("attempts", 1), ("claims", 1)),
        new=values,
    )
    return [(Claimed.of(row, just_now=1), people[row.lead_id]) for row in going]


def _people(session: Session, lead_ids: Collection[int]) -> dict[int, Any]:
    lead = models.Lead
    return {row.id: row for row in session.execute(select(*_PEOPLE).where(among(session, lead.id, lead_ids)))}


def _in_their_window(
    session: Session,
    rows: Sequence[Any],
    people: Mapping[int, Any],
    in_force: InForce,
    later: _Later,
    now: datetime,
) -> list[Any]:
    """Return those whose window is open and whose lead is there; skip the stale ones, put off the others."""
    skip(session, [row.id for row in rows if row.stale_at is not None and row.stale_at < now], "stale", now)
    known: dict[tuple[Any, ...], datetime] = {}
    ready = []
    for row in rows:
        if row.stale_at is not None and row.stale_at < now:
            continue
        lead = people[row.lead_id]
        key = (row.version_id, lead.timezone, lead.country, lead.hold_until)
        if key not in known:
            known[key] = opening(session, row.version_id, lead, in_force, now)
        if known[key] > now:
            later[known[key], "window"].append(row.id)
        else:
            ready.append(row)
    return ready


def opening(session: Session, version_id: int, lead: Any, in_force: InForce, at: datetime) -> datetime:
    """Return when a message may leave at the earliest: not before `at`, in its window, with the lead back."""
    window = applied.program(session, version_id).campaign.window
    zone, country = leads.place(lead, window, in_force.policies.senders.organisation)
    return windows.next_open(window, max(at, lead.hold_until or at), zone=zone, country=country)


def _within_limits(
    session: Session,
    name: str,
    rows: Sequence[Any],
    in_force: InForce,
    later: _Later,
    now: datetime,
) -> Sequence[Any]:
    """Return those of a sender's mails that its limits let go now, and count them; put off the others."""
    sender = in_force.policies.senders.sender(name)
    state = sender_state(session, name)
    if sender is None or state.paused_at is not None:
        why = state.pause_reason or "paused" if sender else "no such sender in senders.yaml"
        later[now + PAUSED_FOR, f"sender {name}: {why}"] += [row.id for row in rows]
        return []
    zone = windows.zone(in_force.policies.senders.organisation.timezone)
    allowance = let_go(state, sender, len(rows), now, zone)
    go = rows[: allowance.count]
    gap = sender.gap.about()
    for place, row in enumerate(rows[allowance.count :]):
        later[allowance.next_at + place * gap, f"sender {name}: {allowance.why}"].append(row.id)
    if go:
        session.flush()
    return go


def release(session: Session, rows: Sequence[Claimed], due_at: datetime, why: str) -> None:
    """Give claimed messages back untouched; the attempt does not count."""
    values = {"status": MessageStatus.QUEUED, "due_at": due_at, "lease_until": None, "reason": why}
    change_mine(session, rows, MessageStatus.CLAIMED, more=ONE_ATTEMPT_LESS, new=values)
