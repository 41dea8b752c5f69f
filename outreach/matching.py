"""Finds whom a mail that came in, or a provider's report, is from or about; and says how it knows."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session

from outreach import applied, models
from outreach.db import among
from outreach.domain.inbound import InboundKind, Incoming
from outreach.domain.words import MessageStatus
from outreach.errors import BadToken
from outreach.links import Links

MESSAGE_ID, ENVELOPE, SENDER = "message_id", "envelope", "sender"

REPORTS = frozenset(
    {
        InboundKind.BOUNCE,
        InboundKind.DELAYED,
        InboundKind.DELIVERED,
        InboundKind.COMPLAINT,
        InboundKind.CHALLENGE,
    }
)
"""Kinds that a machine writes. What it quotes can be written by anybody; the address we gave it can not."""

BY_SENDER = frozenset({InboundKind.REPLY, InboundKind.AUTO_REPLY, InboundKind.UNSUBSCRIBE})
"""Kinds that may be matched by the address in From alone: anybody can write it, so they stop and never promote."""

RECENT = timedelta(days=60)
"""A mail without a reference is taken for an answer to what was sent within this time."""


@dataclass(frozen=True)
class Match:
    """Whom a mail is from or about, the mail of ours it belongs to, and how we know that."""

    lead_id: int
    email: str
    by: str
    message_id: int | None = None
    campaign_id: int | None = None
    template: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether only somebody who had the mail, or the address it came from, could have written this."""
        return self.by != SENDER


def match_all(
    session: Session, mails: Sequence[Incoming], links: Links | None, now: datetime
) -> list[Match | None]:
    """Return for each mail whom it is from or about; None where nobody can tell.

    What is by one of our own senders or reps is nobody's answer, whatever it quotes.
    """
    tokens = read_tokens({token for mail in mails for token in mail.tokens}, links)
    by_rfc_id = by_message_ids(session, {rfc_id for mail in mails for rfc_id in mail.message_ids})
    by_id = by_ids(session, set(tokens.values()))
    senders = by_senders(session, {mail.from_address for mail in mails if mail.kind in BY_SENDER}, now)
    found = [_match(mail, by_rfc_id, by_id, tokens, senders) for mail in mails]
    own = own_addresses(session) if any(found) else frozenset()
    return [None if mail.from_address in own else match for mail, match in zip(mails, found, strict=True)]


def _match(
    mail: Incoming,
    by_rfc_id: Mapping[str, Match],
    by_id: Mapping[int, Match],
    tokens: Mapping[str, int],
    senders: Mapping[str, Match],
) -> Match | None:
    quoted = [by_rfc_id[rfc_id] for rfc_id in mail.message_ids if rfc_id in by_rfc_id]
    sent_to = [by_id[tokens[token]] for token in mail.tokens if tokens.get(token) in by_id]
    known = sent_to + quoted if mail.kind in REPORTS else quoted + sent_to
    if known:
        return known[0]
    return senders.get(mail.from_address) if mail.kind in BY_SENDER else None


def read_tokens(tokens: Iterable[str], links: Links | None) -> dict[str, int]:
    """Return which message each token is of; what we did not sign is left out."""
    if links is None:
        return {}
    found: dict[str, int] = {}
    for token in tokens:
        with contextlib.suppress(BadToken):
            found[token] = links.read_envelope_token(token)
    return found


def by_message_ids(session: Session, rfc_ids: Collection[str]) -> dict[str, Match]:
    """Return what was sent under these Message-IDs."""
    column = models.Message.rfc_message_id
    rows = session.execute(_sent().where(among(session, column, sorted(rfc_ids)))) if rfc_ids else ()
    return {row.rfc_message_id: _matched(row, MESSAGE_ID) for row in rows}


def by_ids(session: Session, ids: Collection[int]) -> dict[int, Match]:
    """Return what was sent as these messages, which a token of ours names."""
    rows = session.execute(_sent().where(among(session, models.Message.id, sorted(ids)))) if ids else ()
    return {row.id: _matched(row, ENVELOPE) for row in rows}


def by_senders(session: Session, emails: Collection[str], now: datetime) -> dict[str, Match]:
    """Return the leads with these addresses, each with the latest mail it got, if that is not long ago."""
    emails = sorted(email for email in emails if email)
    if not emails:
        return {}
    lead, message = models.Lead, models.Message
    rows = session.execute(select(lead.email, lead.id).where(among(session, lead.email, emails))).all()
    found = {row.email: Match(row.id, row.email, SENDER) for row in rows}
    latest = (
        select(func.max(message.id))
        .where(
            among(session, message.lead_id, [row.id for row in rows]),
            message.status.in_([MessageStatus.ACCEPTED, MessageStatus.UNKNOWN]),
            message.outcome_at > now - RECENT,
        )
        .group_by(message.lead_id)
    )
    for row in session.execute(_sent().where(message.id.in_(latest))) if rows else ():
        found[row.email] = _matched(row, SENDER)
    return found


def _sent() -> Select[int, str, int, int, str, str]:
    row, lead = models.Message, models.Lead
    return select(row.id, row.rfc_message_id, row.lead_id, row.campaign_id, row.template, lead.email).join(
        lead, lead.id == row.lead_id
    )


def _matched(row: Row[int, str, int, int, str, str], by: str) -> Match:
    return Match(row.lead_id, row.email, by, row.id, row.campaign_id, row.template)


def is_proven(match: Match, addresses: Collection[str]) -> bool:
    """Answer whether a report on a mail may cost a lead its address.

    Whoever has seen one of our Message-IDs can forge one; so it has to come to the address that only this mail had,
    or to name both the Message-ID and the address that this mail went to.
    """
    return match.by == ENVELOPE or (match.by == MESSAGE_ID and match.email in addresses)


def own_addresses(session: Session) -> frozenset[str]:
    """Return the addresses of our senders and reps."""
    policies = applied.policies(session).policies
    addresses = [sender.address for sender in policies.senders.senders]
    addresses += [rep.email for rep in policies.team.reps]
    return frozenset(address.lower() for address in addresses)
