"""Sends messages: claim, render, open the transmission, hand over, write the outcome. Nothing is open across the network."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach import activity, applied, ledger, models
from outreach.applied import InForce
from outreach.channels import Channel, Outgoing
from outreach.clock import Clock
from outreach.db import Database
from outreach.domain.campaign import EmailStep
from outreach.domain.events import Event
from outreach.domain.leads import FIELDS
from outreach.domain.policies import Sender
from outreach.domain.words import Kind, MessageStatus
from outreach.errors import BadMail, Deferred, OutreachError, Rejected, TemplateError, Uncertain
from outreach.links import Links
from outreach.mime import Mail, write
from outreach.render import Renderer

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Post:
    """What sending needs beside the ids."""

    database: Database
    channel: Channel
    links: Links
    clock: Clock


@dataclass
class Sent:
    """What became of a batch."""

    accepted: int = 0
    held: int = 0
    refused: int = 0
    deferred: int = 0
    unknown: int = 0


@dataclass(frozen=True)
class Draft:
    """A message with everything its mail is made of."""

    row: models.Message
    sender: Sender
    context: Mapping[str, Any]
    to_name: str
    to_address: str
    thread: tuple[str, ...]  # Message-IDs of the mails it follows, oldest first
    thread_subject: str | None
    subject_template: str | None


def deliver(post: Post, ids: Sequence[int]) -> Sent:
    """Send those of the messages that may go now; each is handed to the server at most once."""
    sent = Sent()
    now = post.clock.now()
    with post.database.write() as session:
        in_force = applied.policies(session)
        rows = ledger.claim(session, ids, in_force, now)
        drafts = [made for row in rows if (made := _draft(session, row, in_force, now))]
    for place, each in enumerate(drafts):
        if post.clock.now() - now > ledger.LEASE / 2:
            # The server is slow: whoever comes next may have these, before their leases run out.
            with post.database.write() as session:
                ledger.release(
                    session, [draft.row for draft in drafts[place:]], post.clock.now(), "slow server"
                )
            break
        try:
            _deliver(post, each, in_force, sent)
        except Exception as error:
            # The others go on. This one has its lease, and its attempt is counted: it ends after a few.
            log.error("message %s failed: %s", each.row.id, type(error).__name__)
    return sent


def _deliver(post: Post, draft: Draft, in_force: InForce, sent: Sent) -> None:
    now = post.clock.now()
    try:
        with post.database.read() as session:
            mail = compose(session, draft, post.links, now)
        data = write(mail)
    except (TemplateError, BadMail) as error:
        with post.database.write() as session:
            ledger.skip(session, [draft.row], "not rendered", now, detail=str(error))
        log.warning("message %s not rendered: %s", draft.row.id, error)
        sent.held += 1
        return
    with post.database.write() as session:
        refusal = ledger.open_transmission(session, draft.row, in_force, now)
    if refusal:
        log.info("message %s held: %s", draft.row.id, refusal)
        sent.held += 1
        return
    _transmit(post, draft, mail, data, sent)


def _transmit(post: Post, draft: Draft, mail: Mail, data: bytes, sent: Sent) -> None:
    row = draft.row
    try:
        [outcome] = post.channel.send([Outgoing(mail.envelope_from, mail.to_address, data)])
        if isinstance(outcome, OutreachError):
            raise outcome
    except Deferred as error:
        with post.database.write() as session:
            ledger.defer(session, row, error.text, post.clock.now())
        sent.deferred += 1
        log.info("message %s deferred: %s", row.id, error)
    except Rejected as error:
        _rejected(post, row, error)
        sent.refused += 1
        log.info("message %s refused: %s", row.id, error)
    except Uncertain as error:
        with post.database.write() as session:
            ledger.lose(session, row, error.text, post.clock.now())
        sent.unknown += 1
        log.warning("message %s unknown: %s", row.id, error)
    else:
        with post.database.write() as session:
            ledger.accept(session, row, mail.subject, post.clock.now())
        sent.accepted += 1
        log.info("message %s accepted, sender %s", row.id, row.sender)


def _rejected(post: Post, row: models.Message, error: Rejected) -> None:
    now = post.clock.now()
    with post.database.write() as session:
        if error.blames == "sender" and row.attempts < ledger.MOST_POLICY_REFUSALS:
            ledger.hand_back(session, row, "sender paused", now)
            ledger.pause_sender(session, row.sender, str(error), now)
            return
        if error.blames == "lead":
            data = {"hard": True, "status": error.enhanced, "smtp_code": error.code, "rule": "smtp"}
            bounce = Event(Kind.BOUNCED, f"smtp:{row.id}", now, row.lead_id, message_id=row.id, data=data)
            activity.record(session, bounce, now)
        ledger.refuse(session, row, error.blames, error.text, now)


# -- composing ------------------------------------------------------------------------------------


def _draft(session: Session, row: models.Message, in_force: InForce, now: datetime) -> Draft | None:
    try:
        return draft(session, row, session.get_one(models.Lead, row.lead_id), in_force)
    except TemplateError as error:
        ledger.skip(session, [row], "not rendered", now, detail=str(error))
        return None


def draft(session: Session, row: models.Message, lead: models.Lead, in_force: InForce) -> Draft:
    """Return everything the message's mail is made of."""
    sender = in_force.policies.senders.sender(row.sender)
    if sender is None:
        raise TemplateError(row.template, 0, f"sender {row.sender} is not in senders.yaml")
    step = _step(session, row)
    subject_template = step.variants.subject[row.variant or 0] if step.variants else None
    thread: tuple[str, ...] = ()
    thread_subject = None
    if step.same_thread:
        thread, thread_subject = _thread(session, row.enrollment_id)
    name = " ".join(part for part in (lead.first_name, lead.last_name) if part)
    context = context_of(lead, in_force, sender, row.campaign_id, session)
    return Draft(row, sender, context, name, lead.email, thread, thread_subject, subject_template)


def _step(session: Session, row: models.Message) -> EmailStep:
    for node in applied.program(session, row.version_id).nodes:
        if node.id == row.step and isinstance(node.step, EmailStep):
            return node.step
    raise TemplateError(row.template, 0, f"step {row.step} is not in the campaign")


def _thread(session: Session, enrollment_id: int) -> tuple[tuple[str, ...], str | None]:
    message = models.Message
    earlier = session.execute(
        select(message.rfc_message_id, message.subject)
        .where(message.enrollment_id == enrollment_id, message.status == MessageStatus.ACCEPTED)
        .order_by(message.outcome_at, message.id)
    ).all()
    subject = next((subject for _, subject in earlier if subject), None)
    return tuple(message_id for message_id, _ in earlier), subject


def context_of(
    lead: models.Lead, in_force: InForce, sender: Sender | None, campaign_id: int | None, session: Session
) -> dict[str, Any]:
    """Return what a template may use."""
    values = {name: getattr(lead, name) for name in FIELDS} | dict(lead.fields)
    values = {name: lead.fields.get(name) for name in in_force.funnel.funnel.fields} | values
    campaign = session.get(models.Campaign, campaign_id) if campaign_id else None
    rep = in_force.policies.team.rep(lead.owner)
    return {
        "lead": values,
        "sender": _sender(sender),
        "organisation": in_force.policies.senders.organisation.model_dump(),
        "campaign": campaign.name if campaign else "",
        "rep": rep.model_dump() if rep else {},
    }


def _sender(sender: Sender | None) -> dict[str, Any]:
    if sender is None:
        return {}
    return {"name": sender.full_name, "address": sender.address, "signature": sender.signature}


@lru_cache(maxsize=256)
def _renderer(version_id: int, links: Links, templates: tuple[tuple[str, str], ...]) -> Renderer:
    return Renderer(dict(templates), links)


def renderer(session: Session, version_id: int, links: Links) -> Renderer:
    """Return the renderer of a campaign's version; its templates never change, so neither does it."""
    return _renderer(version_id, links, tuple(sorted(applied.templates(session, version_id).items())))


def compose(session: Session, draft: Draft, links: Links, now: datetime) -> Mail:
    """Return the mail of a draft; TemplateError or BadMail where it can not be."""
    row = draft.row
    rendered = renderer(session, row.version_id, links).render(
        row.template, draft.context, message_id=row.id, subject=draft.subject_template
    )
    subject = f"Re: {draft.thread_subject}" if draft.thread_subject else rendered.subject
    return Mail(
        sender_name=draft.sender.full_name,
        sender_address=draft.sender.address,
        envelope_from=draft.sender.address,
        to_name=draft.to_name,
        to_address=draft.to_address,
        reply_to=draft.sender.reply_to,
        subject=subject,
        text=rendered.text,
        html=rendered.html,
        message_id=row.rfc_message_id,
        in_reply_to=draft.thread[-1] if draft.thread else None,
        references=draft.thread,
        date=now,
        unsubscribe_url=links.unsubscribe(row.id),
        unsubscribe_mailto=f"{draft.sender.reply_to or draft.sender.address}?subject=unsubscribe",
    )
