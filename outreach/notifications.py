"""Tells reps by mail: hand-offs with their brief, tasks, notes."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from outreach import applied, delivery, enrollments, leads, ledger, models
from outreach.applied import InForce
from outreach.channels import Outgoing
from outreach.delivery import Post
from outreach.domain.policies import Rep
from outreach.domain.words import HandoffStatus, Kind, Verdict
from outreach.errors import BadMail, Deferred, NotFound, OutreachError, Rejected, TemplateError, Uncertain
from outreach.links import Links
from outreach.mime import Mail, write
from outreach.render import Renderer

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
MOST_ATTEMPTS = 12  # with the ledger's backoff: some days
LAST_ACTIONS = 6

HANDOFF = "notes/handoff"

OPENINGS = {
    Kind.MEETING_BOOKED: "Confirm the meeting and ask what must be decided there.",
    Kind.SUBMITTED: "Thank for the request and offer two times this week.",
    Kind.REPLIED: "Answer the reply first, with their own words, then offer a short call.",
    Kind.ATTENDED: "Ask which part of the event fits their work, then offer to show it on their data.",
    Kind.CLICKED: "Pick up what they read last and ask what they compare it with.",
}
DEFAULT_OPENING = "Ask what made them look now, and by when they want it solved."


def take_due(session: Session, now: datetime, limit: int) -> Sequence[int]:
    """Return the ids of notifications to send now. They come up again in a while if nobody claims them."""
    notification = models.Notification
    found = select(notification.id).where(notification.due_at <= now).order_by(notification.due_at)
    ids = session.scalars(found.limit(limit).with_for_update(skip_locked=True)).all()
    session.execute(
        update(notification)
        .where(notification.id.in_(ids))
        .values(due_at=now + ledger.LOOK_AGAIN)
        .execution_options(synchronize_session=False)
    )
    return ids


@dataclass(frozen=True)
class _Draft:
    row: models.Notification
    rep: Rep
    subject: str
    body: str


def send(post: Post, ids: Sequence[int]) -> int:
    """Send these notifications; return how many the server took. A rep rather hears twice than never."""
    sent = 0
    for notification_id in ids:
        now = post.clock.now()
        with post.database.write() as session:
            claimed = _claim(session, notification_id, now)
        if not claimed:
            continue
        with post.database.write() as session:
            draft = _draft(session, notification_id, post.links, now)
        if draft is not None:
            sent += _send(post, draft)
    return sent


def _claim(session: Session, notification_id: int, now: datetime) -> bool:
    """Count the attempt before any work is done: what breaks the work breaks it a few times and not for ever."""
    notification = models.Notification
    claimed = session.scalar(
        update(notification)
        .where(notification.id == notification_id, notification.due_at <= now + ledger.LOOK_AGAIN)
        .values(due_at=now + LEASE, attempts=notification.attempts + 1)
        .returning(notification.id)
        .execution_options(synchronize_session=False)
    )
    return claimed is not None


def _draft(session: Session, notification_id: int, links: Links, now: datetime) -> _Draft | None:
    row = session.get_one(models.Notification, notification_id)
    in_force = applied.policies(session)
    rep = in_force.policies.team.rep(row.rep)
    if rep is None or row.attempts > MOST_ATTEMPTS:
        _give_up(row, f"no rep {row.rep} in team.yaml" if rep is None else "given up", now)
        return None
    if row.kind == "handoff" and _is_over(session, row):
        _give_up(row, "the hand-off was answered or withdrawn before", now)
        return None
    try:
        if row.kind == "handoff":
            row.subject, row.body = _brief(session, row, rep, in_force, links)
    except (TemplateError, NotFound) as error:
        _give_up(row, str(error), now)
        log.warning("notification %s not rendered", row.id)
        return None
    domain = in_force.policies.senders.senders[0].address.rpartition("@")[2]
    row.rfc_message_id = enrollments.message_id(leads.salt(session), row.id, row.key, domain)
    return _Draft(row, rep, row.subject or "", row.body or "")


def _is_over(session: Session, row: models.Notification) -> bool:
    handoff = session.get(models.Handoff, row.handoff_id)
    return handoff is not None and handoff.status != HandoffStatus.OPEN


def _give_up(row: models.Notification, why: str, now: datetime) -> None:
    row.status, row.due_at, row.outcome_at, row.detail = "refused", None, now, why[:500]


def _send(post: Post, draft: _Draft) -> int:
    now = post.clock.now()
    with post.database.read() as session:
        first = applied.policies(session).policies.senders.senders[0]
    status, detail, due_at = "accepted", None, None
    try:
        mail = Mail(
            sender_name=first.full_name,
            sender_address=first.address,
            envelope_from=first.address,
            to_name=draft.rep.full_name,
            to_address=draft.rep.email,
            subject=draft.subject,
            text=draft.body,
            html=None,
            message_id=draft.row.rfc_message_id,
            date=now,
            auto_submitted=True,
        )
        [outcome] = post.channel.send([Outgoing(mail.envelope_from, mail.to_address, write(mail))])
        if isinstance(outcome, OutreachError):
            raise outcome
    except (Deferred, Uncertain, Rejected) as error:
        detail = str(error)
        if isinstance(error, Rejected) and error.blames != "sender":
            status = "refused"
        else:
            status, due_at = "queued", now + ledger.backoff(draft.row.id, draft.row.attempts)
    except BadMail as error:
        status, detail = "refused", str(error)
    with post.database.write() as session:
        session.execute(
            update(models.Notification)
            .where(models.Notification.id == draft.row.id)
            .values(
                status=status, detail=(detail or "")[:500] or None, due_at=due_at, outcome_at=post.clock.now()
            )
        )
    log.info("notification %s to rep %s: %s", draft.row.id, draft.rep.name, status)
    return status == "accepted"


# -- the brief of a hand-off -----------------------------------------------------------------------


def _brief(
    session: Session, row: models.Notification, rep: Rep, in_force: InForce, links: Links
) -> tuple[str, str]:
    handoff = session.get(models.Handoff, row.handoff_id)
    if handoff is None:
        raise NotFound("the hand-off is gone")
    return brief(session, handoff, rep, in_force, links)


def brief(
    session: Session, handoff: models.Handoff, rep: Rep, in_force: InForce, links: Links
) -> tuple[str, str]:
    """Return subject and text of the mail that tells a rep who, why now, and what to say first."""
    lead = session.get_one(models.Lead, handoff.lead_id)
    pasts = [past for past in leads.pasts(session, [lead.id])[lead.id] if past.verdict == Verdict.HUMAN]
    context = delivery.context_of(lead, in_force, None, None, session) | {
        "rep": rep.model_dump(),
        "reason": handoff.reason,
        "evidence": list(handoff.evidence.get("lines", [])),
        "actions": [_action(past) for past in reversed(pasts[-LAST_ACTIONS:])],
        "temperature": lead.temperature,
        "opening": next(
            (OPENINGS[past.kind] for past in reversed(pasts) if past.kind in OPENINGS), DEFAULT_OPENING
        ),
        "accept_url": links.handoff(handoff.id, "accept"),
        "reject_url": links.handoff(handoff.id, "reject"),
        "lead_url": f"{links.base_url}/leads/{lead.id}",
    }
    return note(in_force, links, HANDOFF, context)


def _action(past: leads.Past) -> dict[str, Any]:
    what = " ".join(part for part in (past.kind.replace("_", " "), past.subject, past.detail) if part)
    return {"at": f"{past.at:%d %b %H:%M} UTC", "what": what}


def note(in_force: InForce, links: Links, template: str, context: dict[str, Any]) -> tuple[str, str]:
    """Return subject and text of a note."""
    return Renderer(dict(in_force.notes), links).render_text(template, context)


def note_for(session: Session, in_force: InForce, links: Links) -> enrollments.Note:
    """Return what renders the notes of task and notify steps."""

    def render(template: str, lead: models.Lead, rep: str) -> tuple[str, str]:
        context = delivery.context_of(lead, in_force, None, None, session)
        found = in_force.policies.team.rep(rep)
        context["rep"] = found.model_dump() if found else {"full_name": "colleague", "name": rep}
        context["lead_url"] = f"{links.base_url}/leads/{lead.id}"
        return note(in_force, links, template, context)

    return render
