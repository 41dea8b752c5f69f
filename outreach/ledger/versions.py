"""Has the ledger follow leads that are moved to another version of their campaign."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import takewhile
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, exists, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from outreach import models
from outreach.domain.sequence import SENT_BEFORE
from outreach.domain.words import MessageStatus
from outreach.ledger.outcomes import skip
from outreach.ledger.rows import change, change_where

STEP_GONE = "step gone from the campaign"
WAITS = (MessageStatus.QUEUED, MessageStatus.CLAIMED)
OPEN = (*WAITS, MessageStatus.TRANSMITTING)
AT_ONCE = 5_000

Steps = Mapping[str, Sequence[str]]
"""The mails of a version by name, in their order, each with its templates."""


def drop(session: Session, enrollment_ids: Any, steps: Collection[str], now: datetime) -> int:
    """Skip the mails of these enrollments that wait and are of none of the steps; return how many."""
    message = models.Message
    gone = select(message.id).where(
        message.enrollment_id.in_(enrollment_ids), message.status.in_(WAITS), message.step.not_in(steps)
    )
    ids = session.scalars(gone.order_by(message.id)).all()
    for start in range(0, len(ids), AT_ONCE):
        skip(session, ids[start : start + AT_ONCE], STEP_GONE, now)
    return len(ids)


def follow(
    session: Session,
    enrollment_ids: Any,
    version_id: int,
    renamed: Mapping[str, str],
    steps: Steps,
    compared: Collection[str],
    now: datetime,
) -> None:
    """Have the mails of these enrollments that wait in the queue sent as another version says, under its names.

    A step may keep its name and send something else: then its mail is skipped where the lead got that before. A mail
    is of a variant only where its step is `compared` alike in both versions. Of what a worker has already, the text
    stands: it only takes the new name, by which its outcome is found, and the version that knows the name.
    """
    message = models.Message
    mine = message.enrollment_id.in_(enrollment_ids)
    _rename(session, mine, version_id, renamed)
    queued = and_(mine, message.status == MessageStatus.QUEUED, message.step.in_(steps))
    change_where(session, queued, version_id=version_id)
    change_where(
        session, and_(queued, message.step.not_in(compared), message.variant.is_not(None)), variant=None
    )
    for name, templates in steps.items():
        other = and_(queued, message.step == name, message.template.not_in(templates))
        if changed := change_where(session, other, template=templates[0]):
            _skip_given(session, changed, name, steps, now)


def _rename(session: Session, mine: ColumnElement[bool], version_id: int, renamed: Mapping[str, str]) -> None:
    """Give mails without an outcome the new names; a mail that is done with and has such a name makes way."""
    if not renamed:
        return
    message, other = models.Message, aliased(models.Message)
    old = case({new: before for before, new in renamed.items()}, value=message.step, else_="")
    same = other.enrollment_id == message.enrollment_id
    comes = exists().where(same, other.step == old, other.status.in_(OPEN))
    done = and_(mine, message.step.in_(list(renamed.values())), message.status.not_in(OPEN), comes)
    aside = func.substr(message.step, 1, 100).concat("@").concat(cast(message.id, String))
    change_where(session, done, step=aside)
    names = case(renamed, value=message.step, else_=message.step)
    free = ~exists().where(same, other.step == names)
    change_where(
        session,
        and_(mine, message.step.in_(renamed), message.status.in_(OPEN), free),
        step=names,
        version_id=version_id,
    )


def _given(name: str, steps: Steps) -> tuple[type[models.Message], ColumnElement[bool]]:
    """Return the other mail and the condition that it gave the lead what the mail of step `name` would.

    The same rule as `sequence.sent_before`: what a step before it sends as well does not count.
    """
    message, other = models.Message, aliased(models.Message)
    before = takewhile(lambda each: each[0] != name, steps.items())
    meant = [and_(other.step == step, other.template.in_(templates)) for step, templates in before]
    return other, and_(
        other.enrollment_id == message.enrollment_id,
        other.template == message.template,
        other.step != message.step,
        other.status != MessageStatus.SKIPPED,
        *(~each for each in meant),
    )


def _skip_given(session: Session, ids: Sequence[int], name: str, steps: Steps, now: datetime) -> None:
    """Skip those of the mails, of step `name`, that the lead got as another step."""
    message = models.Message
    other, given = _given(name, steps)
    for start in range(0, len(ids), AT_ONCE):
        part = message.id.in_(ids[start : start + AT_ONCE])
        rows = session.execute(
            select(message.id, func.min(other.step)).join(other, given).where(part).group_by(message.id)
        )
        found: dict[str, list[int]] = defaultdict(list)
        for message_id, step in rows:
            found[step].append(message_id)
        for step, these in sorted(found.items()):
            skip(session, these, f"{SENT_BEFORE} {step}"[:64], now)


def queue_again(
    session: Session,
    enrollment_ids: Any,
    ahead: Collection[str],
    steps: Steps,
    dropped_at: datetime,
    now: datetime,
) -> int:
    """Queue what was dropped then as its step was gone; return how many.

    Only of the steps `ahead` of where the lead stands now, and not what it was given as another step meanwhile.
    """
    message = models.Message
    dropped = and_(
        message.enrollment_id.in_(enrollment_ids),
        message.status == MessageStatus.SKIPPED,
        message.reason == STEP_GONE,
        message.outcome_at == literal(dropped_at, models.Instant()),
    )
    new = {"status": MessageStatus.QUEUED, "due_at": now, "outcome_at": None, "reason": None}
    count = 0
    for name in session.scalars(
        select(message.step).where(dropped, message.step.in_(ahead)).distinct()
    ).all():
        _, given = _given(name, steps)
        mine = select(message.id).where(dropped, message.step == name, ~exists().where(given))
        ids: Sequence[int] = session.scalars(mine.order_by(message.id)).all()
        for start in range(0, len(ids), AT_ONCE):
            count += len(change(session, ids[start : start + AT_ONCE], MessageStatus.SKIPPED, new=new))
    return count


def hold(session: Session, campaign_ids: Sequence[int]) -> None:
    """Lock the mails of these campaigns that have no outcome yet, in the order of their ids as the workers do."""
    message = models.Message
    under_way = or_(message.due_at.is_not(None), message.lease_until.is_not(None))
    these = (
        select(message.id)
        .where(message.campaign_id.in_(campaign_ids), or_(under_way, message.status == MessageStatus.QUEUED))
        .order_by(message.id)
        .with_for_update()
        .subquery()
    )
    session.execute(select(func.count()).select_from(these))


def last(session: Session) -> int:
    """Return the id of the newest message: all that are queued from now on have a higher one."""
    return session.scalar(select(func.max(models.Message.id))) or 0
