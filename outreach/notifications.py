"""Tells reps by mail: hand-offs with their brief, tasks, notes."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from outreach import applied, briefs, crash, enrollments, leads, ledger, models
from outreach.applied import InForce
from outreach.channels import Answer, Outcome, Outgoing
from outreach.delivery import Post
from outreach.domain.policies import Rep, Sender
from outreach.domain.words import HandoffStatus
from outreach.errors import BadMail, NotFound, Rejected, TemplateError
from outreach.links import Links
from outreach.mime import Mail, wire_address, write

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 12  # with the ledger's backoff: some days
HANDED_OUT, CLAIMED = "handed_out", "claimed"
"""What a notification is between queued and its outcome: ids that come twice from the broker claim nothing twice."""


def take_due(
    session: Session, now: datetime, limit: int, look_again: timedelta = ledger.LOOK_AGAIN
) -> Sequence[int]:
    """Return the ids of notifications to send now. They come up again in a while if nobody claims them."""
    notification = models.Notification
    found = select(notification.id).where(notification.due_at <= now).order_by(notification.due_at)
    ids = session.scalars(found.limit(limit).with_for_update(skip_locked=True)).all()
    session.execute(
        update(notification)
        .where(notification.id.in_(ids))
        .values(due_at=now + look_again, status=HANDED_OUT)
        .execution_options(synchronize_session=False)
    )
    return ids


@dataclass(frozen=True)
class _Draft:
    row: models.Notification
    rep: Rep
    mail: Mail


def send(post: Post, ids: Sequence[int]) -> int:
    """Send these notifications; return how many the server took. A rep rather hears twice than never."""
    now = post.clock.now()
    with post.database.write() as session:
        claimed = _claim(session, ids, now, post.lease)
    crash.point("notify_claimed")
    if not claimed:
        return 0
    with post.database.write() as session:
        drafts = _drafts(session, claimed, post.links, now)
    ready, outcomes = _written(drafts)
    outcomes += zip(
        [draft for draft, _ in ready], post.channel.send([mail for _, mail in ready]), strict=True
    )
    crash.point("notify_sent")
    with post.database.write() as session:
        for draft, outcome in outcomes:
            _record(session, draft, outcome, post.clock.now())
    return sum(isinstance(outcome, Answer) for _, outcome in outcomes)


def _claim(session: Session, ids: Sequence[int], now: datetime, lease: timedelta) -> list[int]:
    """Count the attempt before any work is done: what breaks the work breaks it a few times and not for ever."""
    notification = models.Notification
    claimed = session.scalars(
        update(notification)
        .where(notification.id.in_(ids), notification.status == HANDED_OUT)
        .values(due_at=now + lease, status=CLAIMED, attempts=notification.attempts + 1)
        .returning(notification.id)
        .execution_options(synchronize_session=False)
    )
    return sorted(claimed)


def _drafts(session: Session, ids: Sequence[int], links: Links, now: datetime) -> list[_Draft]:
    in_force = applied.policies(session)
    salt = leads.salt(session)
    notification = models.Notification
    rows = session.scalars(select(notification).where(notification.id.in_(ids)).order_by(notification.id))
    drafts = [_draft(session, row, in_force, salt, links, now) for row in rows]
    return [draft for draft in drafts if draft is not None]


def _draft(
    session: Session, row: models.Notification, in_force: InForce, salt: str, links: Links, now: datetime
) -> _Draft | None:
    rep = in_force.policies.team.rep(row.rep)
    if rep is None or row.attempts > MOST_ATTEMPTS:
        _give_up(row, f"no rep {row.rep} in team.yaml" if rep is None else "given up", now)
        return None
    if row.kind == "handoff" and _is_over(session, row):
        _give_up(row, "the hand-off was answered or withdrawn before", now)
        return None
    try:
        if row.kind == "handoff":
            row.subject, row.body = briefs.of_notification(session, row, rep, in_force, links)
    except (TemplateError, NotFound) as error:
        _give_up(row, str(error), now)
        log.warning("notification %s not rendered", row.id)
        return None
    first = in_force.policies.senders.senders[0]
    row.rfc_message_id = enrollments.message_id(salt, row.id, row.key, first.address.rpartition("@")[2])
    return _Draft(row, rep, _mail(row, rep, first, now))


def _is_over(session: Session, row: models.Notification) -> bool:
    handoff = session.get(models.Handoff, row.handoff_id)
    return handoff is not None and handoff.status != HandoffStatus.OPEN


def _give_up(row: models.Notification, why: str, now: datetime) -> None:
    row.status, row.due_at, row.outcome_at, row.detail = "refused", None, now, why


def _mail(row: models.Notification, rep: Rep, sender: Sender, now: datetime) -> Mail:
    return Mail(
        sender_name=sender.full_name,
        sender_address=sender.address,
        envelope_from=sender.address,
        to_name=rep.full_name,
        to_address=rep.email,
        subject=row.subject or "",
        text=row.body or "",
        html=None,
        message_id=row.rfc_message_id,
        date=now,
        auto_submitted=True,
    )


def _written(
    drafts: Sequence[_Draft],
) -> tuple[list[tuple[_Draft, Outgoing]], list[tuple[_Draft, Outcome]]]:
    """Return the drafts as they go over the wire, and those that may not."""
    ready: list[tuple[_Draft, Outgoing]] = []
    bad: list[tuple[_Draft, Outcome]] = []
    for draft in drafts:
        mail = draft.mail
        try:
            ready.append((draft, Outgoing(mail.envelope_from, wire_address(mail.to_address), write(mail))))
        except BadMail as error:
            bad.append((draft, error))
    return ready, bad


def _record(session: Session, draft: _Draft, outcome: Outcome, now: datetime) -> None:
    row = draft.row
    status, due_at, detail = "accepted", None, None
    if not isinstance(outcome, Answer):
        detail = str(outcome)
        is_final = isinstance(outcome, BadMail) or (
            isinstance(outcome, Rejected) and outcome.blames != "sender"
        )
        status = "refused" if is_final else "queued"
        due_at = None if is_final else now + ledger.backoff(row.id, row.attempts)
    session.execute(
        update(models.Notification)
        .where(models.Notification.id == row.id)
        .values(status=status, detail=detail, due_at=due_at, outcome_at=now)
        .execution_options(synchronize_session=False)
    )
    log.info("notification %s to rep %s: %s", row.id, draft.rep.name, status)
