"""Composes mails: what a message and its lead make of a template, ready to be written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach import applied, models
from outreach.applied import InForce
from outreach.db import among
from outreach.domain.campaign import EmailStep
from outreach.domain.leads import FIELDS
from outreach.domain.policies import TOKEN, Sender
from outreach.domain.words import MessageStatus
from outreach.errors import TemplateError
from outreach.ledger import Claimed
from outreach.links import Links
from outreach.mime import Mail
from outreach.render import Renderer

LeadRow = Any
"""A lead as the database has it: the mapped object, or a row with its columns."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A message with everything its mail is made of."""

    row: Claimed
    sender: Sender
    context: Mapping[str, Any]
    renderer: Renderer
    to_name: str
    to_address: str
    thread: tuple[str, ...]  # Message-IDs of the mails it follows, oldest first
    thread_subject: str | None
    subject_template: str | None
    return_path: str


@dataclass
class Composer:
    """Makes drafts; what all mails of a batch have in common it looks up once."""

    session: Session
    in_force: InForce
    links: Links
    _shared: dict[Any, Any] = field(default_factory=dict)

    def draft(self, row: Claimed, lead: LeadRow) -> Draft:
        """Return everything the message's mail is made of; TemplateError where something is missing."""
        sender = self.in_force.policies.senders.sender(row.sender)
        if sender is None:
            raise TemplateError(row.template, 0, f"sender {row.sender} is not in senders.yaml")
        step = self._step(row)
        subjects = (step.variants and step.variants.subject) or ()
        number = row.variant or 0  # of the version it was born in: another may have fewer
        subject_template = subjects[number] if number < len(subjects) else None
        thread: tuple[str, ...] = ()
        thread_subject = None
        if step.same_thread:
            thread, thread_subject = self._thread(row.enrollment_id)
        name = " ".join(part for part in (lead.first_name, lead.last_name) if part)
        context = self.context(lead, sender, row.campaign_id)
        return Draft(
            row, sender, context, self._renderer(row), name, lead.email, thread, thread_subject, subject_template,
            self._return_path(row, sender),
        )  # fmt: skip

    def _return_path(self, row: Claimed, sender: Sender) -> str:
        """Return where bounces of this mail go (VERP): an address that names it, where the sender has such."""
        if sender.return_path is None:
            return sender.address
        return sender.return_path.replace(TOKEN, self.links.envelope_token(row.id))

    def look_up_threads(self, rows: Sequence[Claimed]) -> None:
        """Read the threads of all these messages at once."""
        ids = [row.enrollment_id for row in rows if self._is_in_thread(row)]
        for enrollment_id in ids:
            self._shared["thread", enrollment_id] = ((), None)
        if ids:
            self._shared |= {("thread", key): value for key, value in _threads(self.session, ids).items()}

    def _is_in_thread(self, row: Claimed) -> bool:
        steps = self._once(("steps", row.version_id), lambda: _emails(self.session, row.version_id))
        return row.step in steps and steps[row.step].same_thread

    def context(self, lead: LeadRow, sender: Sender | None, campaign_id: int | None) -> dict[str, Any]:
        """Return what a template may use."""
        values = {name: getattr(lead, name) for name in FIELDS} | dict(lead.fields)
        custom = self.in_force.funnel.funnel.fields
        if custom:
            values = {name: lead.fields.get(name) for name in custom} | values
        return {
            "lead": values,
            "sender": self._once(("sender", sender and sender.name), lambda: _sender(sender)),
            "organisation": self._once(
                "organisation", lambda: self.in_force.policies.senders.organisation.model_dump()
            ),
            "campaign": self._once(("campaign", campaign_id), lambda: self._campaign(campaign_id)),
            "rep": self._once(("rep", lead.owner), lambda: self._rep(lead.owner)),
        }

    def _once(self, key: Any, make: Any) -> Any:
        if key not in self._shared:
            self._shared[key] = make()
        return self._shared[key]

    def _renderer(self, row: Claimed) -> Renderer:
        found: Renderer = self._once(
            ("renderer", row.version_id), lambda: renderer_of(self.session, row.version_id, self.links)
        )
        return found

    def _step(self, row: Claimed) -> EmailStep:
        steps: dict[str, EmailStep] = self._once(
            ("steps", row.version_id), lambda: _emails(self.session, row.version_id)
        )
        if row.step not in steps:
            raise TemplateError(row.template, 0, f"step {row.step} is not in the campaign")
        return steps[row.step]

    def _thread(self, enrollment_id: int) -> tuple[tuple[str, ...], str | None]:
        found: tuple[tuple[str, ...], str | None] = self._once(
            ("thread", enrollment_id),
            lambda: _threads(self.session, [enrollment_id]).get(enrollment_id, ((), None)),
        )
        return found

    def _campaign(self, campaign_id: int | None) -> str:
        campaign = self.session.get(models.Campaign, campaign_id) if campaign_id else None
        return campaign.name if campaign else ""

    def _rep(self, name: str | None) -> dict[str, Any]:
        rep = self.in_force.policies.team.rep(name)
        return rep.model_dump() if rep else {}


def _emails(session: Session, version_id: int) -> dict[str, EmailStep]:
    return {
        node.id: node.step
        for node in applied.program(session, version_id).nodes
        if isinstance(node.step, EmailStep)
    }


def _threads(
    session: Session, enrollment_ids: Sequence[int]
) -> dict[int, tuple[tuple[str, ...], str | None]]:
    """Return the Message-IDs of what was sent in each enrollment, oldest first, and the first subject."""
    message = models.Message
    found: dict[int, tuple[tuple[str, ...], str | None]] = {}
    for enrollment_id, message_id, subject in session.execute(
        select(message.enrollment_id, message.rfc_message_id, message.subject)
        .where(
            among(session, message.enrollment_id, enrollment_ids), message.status == MessageStatus.ACCEPTED
        )
        .order_by(message.outcome_at, message.id)
    ):
        earlier, first = found.get(enrollment_id, ((), None))
        found[enrollment_id] = ((*earlier, message_id), first or subject)
    return found


def _sender(sender: Sender | None) -> dict[str, Any]:
    if sender is None:
        return {}
    return {"name": sender.full_name, "address": sender.address, "signature": sender.signature}


@lru_cache(maxsize=256)
def _renderer(version_id: int, links: Links, templates: tuple[tuple[str, str], ...]) -> Renderer:
    return Renderer(dict(templates), links)


def renderer_of(session: Session, version_id: int, links: Links) -> Renderer:
    """Return the renderer of a campaign's version; its templates never change, so neither does it."""
    return _renderer(version_id, links, tuple(sorted(applied.templates(session, version_id).items())))


def compose(draft: Draft, now: datetime) -> Mail:
    """Return the mail of a draft; TemplateError or BadMail where it can not be."""
    row, sender = draft.row, draft.sender
    rendered = draft.renderer.render(
        row.template, draft.context, message_id=row.id, subject=draft.subject_template
    )
    # To the address that names this mail, where there is one: people write from other addresses than the one we know.
    opt_out_to = draft.return_path if sender.return_path else sender.reply_to or sender.address
    subject = f"Re: {draft.thread_subject}" if draft.thread_subject else rendered.subject
    return Mail(
        sender_name=sender.full_name,
        sender_address=sender.address,
        envelope_from=draft.return_path,
        to_name=draft.to_name,
        to_address=draft.to_address,
        reply_to=sender.reply_to,
        subject=subject,
        text=rendered.text,
        html=rendered.html,
        message_id=row.rfc_message_id,
        in_reply_to=draft.thread[-1] if draft.thread else None,
        references=draft.thread,
        date=now,
        unsubscribe_url=rendered.unsubscribe_url,
        unsubscribe_mailto=f"{opt_out_to}?subject=unsubscribe",
    )
