"""Makes the bytes of a mail as the engine would, with stand-ins for what only a sending can tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy.orm import Session

from outreach import enrollments
from outreach.applied import InForce
from outreach.composing import Composer, compose
from outreach.domain import experiments
from outreach.domain.campaign import EmailStep
from outreach.domain.leads import FIELDS
from outreach.ledger import Claimed
from outreach.links import Links
from outreach.mime import Mail, wire_address, write
from outreach.render import Renderer

NO_KEY = "preview: nothing signed with this is ours"
"""What the links of a preview are signed with: no server takes them, so looking at one counts nothing."""


@dataclass(frozen=True)
class StandIns:
    """What a mail holds that only comes to be when it is sent: time, ids, and links that carry ids."""

    links: Links
    date: datetime
    enrollment_id: int = 0
    message_ids: Mapping[str, int] = field(default_factory=dict)  # by step; a step that is not here has 0
    salt: str = "preview"  # of Message-IDs


@dataclass(frozen=True)
class Made:
    """A mail, and its bytes as they would go over the wire."""

    mail: Mail
    data: bytes
    preheader: str


class Desk(Composer):
    """Composes the mails of one campaign from files alone, one after the other on a lead's way."""

    def __init__(
        self,
        campaign: str,
        steps: Mapping[str, EmailStep],
        in_force: InForce,
        renderer: Renderer,
        stand_ins: StandIns,
    ) -> None:
        super().__init__(cast(Session, None), in_force, stand_ins.links)
        self._name, self._steps, self._of_files, self._stand_ins = campaign, steps, renderer, stand_ins
        self._sent: list[tuple[str, str]] = []  # Message-ID and subject

    def begin(self) -> None:
        """Begin another way: nothing was sent on it yet."""
        self._sent = []

    @property
    def thread_subject(self) -> str | None:
        """The subject of the first mail that was made on this way."""
        return self._sent[0][1] if self._sent else None

    def make(self, step: str, lead: Mapping[str, Any], sender: str, variant: int | None) -> Made:
        """Return the mail of a step; TemplateError or BadMail where it can not be. It was not sent: see `sent`."""
        row = self._row(step, sender, variant)
        draft = self.draft(row, _as_row(lead, self.in_force.funnel.funnel.fields))
        mail = compose(draft, self._stand_ins.date)
        wire_address(mail.to_address)
        rendered = draft.renderer.render(
            row.template, draft.context, message_id=row.id, subject=draft.subject_template
        )
        return Made(mail, write(mail), rendered.preheader)

    def sent(self, made: Made) -> None:
        """Take the mail for sent: later ones of the way may go in its thread."""
        self._sent.append((made.mail.message_id, made.mail.subject))

    def _row(self, step: str, sender: str, variant: int | None) -> Claimed:
        chosen = experiments.chosen(self._steps[step], variant, sender)
        known = self.in_force.policies.senders.sender(chosen.sender)
        domain = known.address.rpartition("@")[2] if known else "localhost"
        ids = self._stand_ins
        return Claimed(
            id=ids.message_ids.get(step, 0), enrollment_id=ids.enrollment_id, lead_id=0, campaign_id=1, version_id=0,
            step=step, template=chosen.template, variant=variant, sender=chosen.sender, claim=0, attempts=0,
            rfc_message_id=enrollments.message_id(ids.salt, ids.enrollment_id, step, domain),
        )  # fmt: skip

    # What the engine looks up in the database.

    def _step(self, row: Claimed) -> EmailStep:
        return self._steps[row.step]

    def _thread(self, enrollment_id: int) -> tuple[tuple[str, ...], str | None]:
        return tuple(message_id for message_id, _ in self._sent), self.thread_subject

    def _renderer(self, row: Claimed) -> Renderer:
        return self._of_files

    def _campaign(self, campaign_id: int | None) -> str:
        return self._name


def _as_row(lead: Mapping[str, Any], custom: Mapping[str, str]) -> Any:
    """Return the lead as a row of the database would be."""
    own = {name: lead[name] for name in custom if lead.get(name) is not None}
    return SimpleNamespace(**{name: lead.get(name) for name in FIELDS}, fields=own)
