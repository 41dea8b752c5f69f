"""Writes what became of messages: accepted, refused, deferred, unknown, skipped; and what a person decides later."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, and_, bindparam, func, select, update
from sqlalchemy.orm import Session

from outreach import models
from outreach.db import kind_of, texts_by_id, texts_given
from outreach.domain.words import Kind, MessageStatus
from outreach.ledger.rows import ONE_ATTEMPT_LESS, Claimed, change, change_mine, change_where, tell

MOST_ATTEMPTS = 8
SUBJECT = 998  # letters that are kept
FIRST_BACKOFF = timedelta(minutes=15)
LONGEST_BACKOFF = timedelta(hours=12)
NOT_OFFERED = timedelta(minutes=5)
HANDED_BACK = timedelta(hours=1)
MOST_POLICY_REFUSALS = 3
"""After so many refusals that blame the sender a message is given up: it must not pause its sender for ever."""

QUARANTINED = "quarantined"
CAMPAIGN_PAUSED = "campaign paused"
RESTORED = "it may have been sent after the backup was made that this database is"

TOO_LATE = "answered too late"
"""Why a mail counts as refused that was deferred after its lease had run out: its campaign has gone on meanwhile."""

# A lease may run out while a slow server still thinks: its answer decides then, too.
UNDER_WAY = (MessageStatus.TRANSMITTING, MessageStatus.UNKNOWN)


def accept(session: Session, subjects: Mapping[int, str], now: datetime) -> int:
    """The server has these mails, by id, with these subjects; return how many were not known to be accepted yet."""
    if not subjects:
        return 0
    values = {"status": MessageStatus.ACCEPTED, "outcome_at": now, "lease_until": None, "reason": None}
    kind = kind_of(session)
    given = {f"new_{name}": value for name, value in values.items()} | texts_given(kind, subjects)
    accepted = list(session.connection().execute(_accepting(kind, tuple(values)), given).scalars())
    tell(session, accepted, Kind.ACCEPTED, "", now)
    return len(accepted)


@cache
def _accepting(kind: str, names: tuple[str, ...]) -> Executable:
    table = models.Message.__table__
    row = table.c
    ids, texts = texts_by_id(kind)
    new = {name: bindparam(f"new_{name}", type_=row[name].type) for name in names}
    known = and_(row.id == ids, row.status.in_(UNDER_WAY))
    return update(table).where(known).values(**new, subject=func.substr(texts, 1, SUBJECT)).returning(row.id)  # type: ignore[arg-type]


def refuse(session: Session, row: Claimed, reason: str, detail: str, now: datetime) -> None:
    """The server surely refused the mail, for good."""
    values = {"status": MessageStatus.REFUSED, "outcome_at": now, "lease_until": None, "due_at": None}
    refused = change_mine(session, [row], *UNDER_WAY, new={**values, "reason": reason, "detail": detail})
    tell(session, refused, Kind.REFUSED, reason, now)


def defer(session: Session, row: Claimed, detail: str, now: datetime, *, tried: bool = True) -> bool:
    """The server surely did not take the mail now: queue it for later, or give up; return False when given up.

    A mail that was not even offered (`tried` is False) has used up no attempt.
    """
    if not tried:
        take_back(session, [row], now + NOT_OFFERED, f"not offered: {detail}")
        return True
    if row.attempts >= MOST_ATTEMPTS:
        refuse(session, row, "given up", detail, now)
        return False
    values = {"status": MessageStatus.QUEUED, "lease_until": None, "reason": "deferred", "detail": detail}
    due_at = now + backoff(row.id, row.attempts)
    if change_mine(session, [row], MessageStatus.TRANSMITTING, new={**values, "due_at": due_at}):
        return True
    refuse(session, row, TOO_LATE, detail, now)
    return False


def backoff(message_id: int, attempt: int) -> timedelta:
    """Return how long to wait after the given attempt: doubling to half a day, a quarter of it by chance of the id."""
    step: timedelta = min(FIRST_BACKOFF * 2 ** (attempt - 1), LONGEST_BACKOFF)
    chance = hashlib.sha256(f"{message_id}:{attempt}".encode()).digest()[0] / 255
    return step + step * (chance / 4)


def lose(session: Session, ids: Sequence[int], detail: str, now: datetime) -> None:
    """Nobody can know whether the server has these mails: they are never sent again by themselves."""
    values = {"status": MessageStatus.UNKNOWN, "outcome_at": now, "lease_until": None, "reason": "unknown"}
    lost = change(session, ids, MessageStatus.TRANSMITTING, new={**values, "detail": detail})
    tell(session, lost, Kind.UNKNOWN, detail[:100], now)


def hand_back(session: Session, row: Claimed, why: str, now: datetime) -> None:
    """Put a message that is surely not sent back into the queue, for the sender's fault."""
    values = {"status": MessageStatus.QUEUED, "due_at": now + HANDED_BACK, "lease_until": None}
    if not change_mine(session, [row], MessageStatus.TRANSMITTING, new={**values, "reason": why}):
        refuse(session, row, TOO_LATE, why, now)


def take_back(session: Session, rows: Sequence[Claimed], due_at: datetime, why: str) -> None:
    """Queue messages of which surely no byte was sent, though they may stand as transmitting; no attempt counts."""
    values = {"status": MessageStatus.QUEUED, "due_at": due_at, "lease_until": None, "reason": why}
    change_mine(
        session, rows, MessageStatus.CLAIMED, MessageStatus.TRANSMITTING, more=ONE_ATTEMPT_LESS, new=values
    )


def skip(session: Session, ids: Sequence[int], reason: str, now: datetime, detail: str = "") -> None:
    """These messages will not be sent, and why."""
    values = {"status": MessageStatus.SKIPPED, "outcome_at": now, "due_at": None, "lease_until": None}
    waiting = (MessageStatus.QUEUED, MessageStatus.CLAIMED)
    skipped = change(session, ids, *waiting, new={**values, "reason": reason, "detail": detail or None})
    tell(session, skipped, Kind.SKIPPED, reason, now)


# -- what a person decides ------------------------------------------------------------------------


def resolve(session: Session, message_id: int, sent: bool, now: datetime) -> bool:
    """Decide an unknown message as a person says: it was sent, or it was not (then it is skipped, never sent again)."""
    status = MessageStatus.ACCEPTED if sent else MessageStatus.SKIPPED
    values: dict[str, Any] = {"status": status, "reason": "resolved by hand", "outcome_at": now}
    decided = change(session, [message_id], MessageStatus.UNKNOWN, new=values)
    tell(session, decided, Kind.ACCEPTED if sent else Kind.SKIPPED, "resolved by hand", now)
    return bool(decided)


def retry_failed(session: Session, campaign_id: int | None, now: datetime) -> int:
    """Queue again what a server surely refused, but for bad addresses; return how many."""
    return _retry(session, MessageStatus.REFUSED, models.Message.reason != "lead", campaign_id, now)


def retry_quarantined(session: Session, campaign_id: int | None, now: datetime) -> int:
    """Queue again what was quarantined because its processes ended; none of it was sent. Return how many."""
    return _retry(session, MessageStatus.SKIPPED, models.Message.reason == QUARANTINED, campaign_id, now)


def _retry(
    session: Session,
    status: MessageStatus,
    reason: ColumnElement[bool],
    campaign_id: int | None,
    now: datetime,
) -> int:
    message = models.Message
    where = and_(message.status == status, reason)
    if campaign_id is not None:
        where = and_(where, message.campaign_id == campaign_id)
    ids = session.scalars(select(message.id).where(where).with_for_update(skip_locked=True)).all()
    values = {"status": MessageStatus.QUEUED, "attempts": 0, "crashes": 0, "due_at": now, "outcome_at": None}
    return len(change(session, ids, status, new={**values, "reason": "tried again by hand"}))


def hold_campaign(session: Session, campaign_id: int) -> int:
    """Have the queued messages of a campaign wait until it goes on; return how many."""
    due = and_(_queued(campaign_id), models.Message.due_at.is_not(None))
    return len(change_where(session, due, due_at=None, reason=CAMPAIGN_PAUSED))


def free_campaign(session: Session, campaign_id: int, now: datetime) -> int:
    """Let the messages go on that waited for their campaign; return how many."""
    held = and_(_queued(campaign_id), models.Message.due_at.is_(None))
    return len(change_where(session, held, due_at=now, reason=None))


def _queued(campaign_id: int) -> ColumnElement[bool]:
    message = models.Message
    return and_(message.campaign_id == campaign_id, message.status == MessageStatus.QUEUED)


def doubt(session: Session, now: datetime) -> int:
    """Turn everything that waits to be sent to unknown: it may have been sent by whoever knows more than this database."""
    message = models.Message
    waiting = (MessageStatus.QUEUED, MessageStatus.CLAIMED, MessageStatus.TRANSMITTING)
    values = {"status": MessageStatus.UNKNOWN, "outcome_at": now, "due_at": None, "lease_until": None}
    ids = change_where(session, message.status.in_(waiting), **values, reason="unknown", detail=RESTORED)
    tell(session, ids, Kind.UNKNOWN, RESTORED, now)
    return len(ids)
