"""What a mail that came in is: a reply, an auto-reply, a bounce, a complaint, and what it says."""

from __future__ import annotations

from outreach.domain.inbound import absences, reports
from outreach.domain.inbound.identifiers import answered_ids, own_id, sent_on, sole_address, tokens_of
from outreach.domain.inbound.intent import read_intent
from outreach.domain.inbound.kinds import kind_of
from outreach.domain.inbound.parts import take_apart
from outreach.domain.inbound.reply_text import new_text
from outreach.domain.inbound.words import (
    DEAD,
    InboundKind,
    Incoming,
    Intent,
    Meaning,
    Person,
    Reason,
    Recipient,
)

__all__ = [
    "DEAD",
    "InboundKind",
    "Incoming",
    "Intent",
    "Meaning",
    "Person",
    "Reason",
    "Recipient",
    "classify",
]

REPORTS = frozenset({InboundKind.BOUNCE, InboundKind.DELAYED, InboundKind.DELIVERED})
ANSWERS = frozenset({InboundKind.REPLY, InboundKind.UNSUBSCRIBE})


def classify(raw: bytes) -> Incoming:
    """Return what `raw` is. Nothing in a mail makes this fail, and no mail takes long."""
    mail = take_apart(raw)
    kind, rule = kind_of(mail)
    text = new_text(mail)
    day = sent_on(mail.headers)
    subject = mail.headers.text("subject")
    away = kind is InboundKind.AUTO_REPLY
    return Incoming(
        kind=kind,
        rule=rule,
        from_address=sole_address(mail.headers),
        subject=subject,
        message_ids=answered_ids(mail, kind),
        own_message_id=own_id(mail.headers),
        tokens=tokens_of(mail.headers),
        recipients=reports.failed_recipients(mail) if kind in REPORTS else (),
        text=text,
        meaning=read_intent(text, day) if kind in ANSWERS else None,
        resume_on=absences.returns_on(f"{subject}.\n{text}", day) if away else None,
    )
