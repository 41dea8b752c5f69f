"""Puts together what the rules say of one mail that came in."""

from __future__ import annotations

from outreach.domain.inbound import absences
from outreach.domain.inbound.identifiers import answered_ids, own_id, sent_on, sole_address, tokens_of
from outreach.domain.inbound.intents import read_intent
from outreach.domain.inbound.kinds import sort
from outreach.domain.inbound.language import language_of
from outreach.domain.inbound.parts import Opened, take_apart
from outreach.domain.inbound.reply_text import new_text
from outreach.domain.inbound.words import InboundKind, Incoming

MAX_ABSENCE = 3500
FEW_WORDS = 2
"""So few may be of any language ("OK", "15:00"); what they answer is of one."""
ANSWERS = frozenset({InboundKind.REPLY, InboundKind.UNSUBSCRIBE})


def classify(raw: bytes) -> Incoming:
    """Return what `raw` is. Nothing in a mail makes this fail, and no mail takes long."""
    mail = take_apart(raw)
    found = sort(mail)
    text = new_text(mail) if mail.headers.fields else ""  # a file without a header is nobody's words
    day = sent_on(mail.headers)
    subject = mail.headers.text("subject")
    language = language_of(text) or (
        language_of(_whole(mail)) if mail.headers.fields and len(text.split()) <= FEW_WORDS else ""
    )
    is_away = found.kind is InboundKind.AUTO_REPLY
    resume_on = absences.returns_on(f"{text[:MAX_ABSENCE]}\n\n{subject}", day) if is_away else None
    has_left = is_away and resume_on is None and absences.has_left(text[:MAX_ABSENCE])
    return Incoming(
        kind=found.kind,
        rule=found.rule,
        from_address=sole_address(mail.headers),
        subject=subject,
        message_ids=answered_ids(mail, found.message_ids),
        own_message_id=own_id(mail.headers),
        tokens=tokens_of(mail.headers, found.envelopes),
        recipients=found.recipients,
        text=text,
        language=language,
        meaning=read_intent(text, day, language) if found.kind in ANSWERS or has_left else None,
        resume_on=resume_on,
        quarantine=mail.quarantine,
    )


def _whole(mail: Opened) -> str:
    """Return the beginning of the text with all that is quoted, as far as there is a text part."""
    return next((part.text() for part in mail.of_type("text/plain") if not part.is_attachment), "")
