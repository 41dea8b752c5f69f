"""Mail that came in: fetched, classified, matched to what we sent, and recorded once."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach import activity, applied, crash, models, reviews
from outreach.channels.imap import Fetched
from outreach.db import Database, insert_new
from outreach.domain.events import Event
from outreach.domain.inbound import InboundKind, Incoming, Intent, Meaning, Recipient, classify
from outreach.domain.words import Kind, Verdict
from outreach.errors import BadToken
from outreach.links import Links

log = logging.getLogger(__name__)

MAX_TEXT_KEPT = 10_000
CHUNK = 500

KINDS: Mapping[InboundKind, Kind] = {
    InboundKind.REPLY: Kind.REPLIED,
    InboundKind.AUTO_REPLY: Kind.AUTO_REPLIED,
    InboundKind.BOUNCE: Kind.BOUNCED,
    InboundKind.COMPLAINT: Kind.COMPLAINED,
    InboundKind.UNSUBSCRIBE: Kind.UNSUBSCRIBED,
}
"""What a mail of each kind becomes; a mail of any other is kept as a row and nothing more."""

BY_SENDER = frozenset({InboundKind.REPLY, InboundKind.AUTO_REPLY, InboundKind.UNSUBSCRIBE})
"""Kinds that may be matched by the address in From alone: anybody can write it, so they stop and never promote."""

BY_PEOPLE = frozenset({Kind.REPLIED, Kind.COMPLAINED, Kind.UNSUBSCRIBED})
"""Kinds that a person is behind."""


class Folder(Protocol):
    """What is read: a folder of a mailbox, `channels.imap.Mailbox` or one that is played."""

    def status(self) -> tuple[int, int]: ...

    def fetch_after(self, uid: int, limit: int) -> Sequence[Fetched]: ...


@dataclass(frozen=True)
class Read:
    """How many mails were new, and how many of those are a lead's."""

    new: int
    matched: int


@dataclass(frozen=True)
class Arrival:
    """A mail that came in, by what it is recorded under, and what it was taken for."""

    source_id: str
    mail: Incoming


@dataclass(frozen=True)
class Match:
    """Whom a mail is from or about, and how we know: "message_id", "envelope" or "sender"."""

    lead_id: int
    email: str
    by: str
    message_id: int | None = None
    campaign_id: int | None = None
    template: str = ""


def read(
    database: Database,
    mailbox: Folder,
    name: str,
    now: datetime,
    limit: int = 200,
    links: Links | None = None,
) -> Read:
    """Record the next mails of the mailbox, at most `limit`; each once, under whatever uid it comes again.

    `links` reads our envelope tokens; without it mails are matched by Message-ID and sender alone.
    """
    uid_validity, uid_next = mailbox.status()
    uid = _position(database, name, uid_validity)
    if 0 < uid_next <= uid + 1:
        return Read(0, 0)
    fetched = mailbox.fetch_after(uid, limit)
    if not fetched:
        return Read(0, 0)
    arrivals = list({arrival.source_id: arrival for arrival in map(_arrival, fetched)}.values())
    with database.write() as session:
        done = _record(session, arrivals, name, now, links)
        _move(session, name, uid_validity, fetched[-1].uid, now)
        crash.point("mail_recorded")
    crash.point("mail_read")
    return done


def _position(database: Database, name: str, uid_validity: int) -> int:
    """Return the last uid that was read. Under another UIDVALIDITY uids mean nothing: all is read again."""
    with database.read() as session:
        cursor = session.get(models.MailboxCursor, name)
        return cursor.uid if cursor is not None and cursor.uid_validity == uid_validity else 0


def _move(session: Session, name: str, uid_validity: int, uid: int, now: datetime) -> None:
    start = {"mailbox": name, "uid_validity": uid_validity, "uid": uid, "read_at": now}
    session.execute(insert_new(session, models.MailboxCursor, [start]))
    cursor = session.get_one(models.MailboxCursor, name, with_for_update=True)
    cursor.uid = max(cursor.uid, uid) if cursor.uid_validity == uid_validity else uid
    cursor.uid_validity = uid_validity
    cursor.read_at = now


def _arrival(fetched: Fetched) -> Arrival:
    try:
        mail = classify(fetched.raw)
    except Exception as error:  # one mail must not keep all later ones from being read
        log.error("a mail could not be read: %s", type(error).__name__)
        mail = Incoming(InboundKind.OTHER, "unreadable")
    identity = mail.own_message_id.encode() or fetched.raw
    return Arrival(f"imap:{hashlib.sha256(identity).hexdigest()}", mail)


# -- recording -----------------------------------------------------------------------------------


def _record(
    session: Session, arrivals: Sequence[Arrival], name: str, now: datetime, links: Links | None
) -> Read:
    known = _known(session, arrivals)
    new = [arrival for arrival in arrivals if arrival.source_id not in known]
    if not new:
        return Read(0, 0)
    matched: dict[str, Match] = {}

    def act(some: Collection[int]) -> None:
        chosen = [new[number] for number in sorted(some)]
        matched.update(_record_new(session, chosen, name, now, links))

    for number, error in reviews.all_or_each(session, range(len(new)), act).items():
        _note_failed(session, new[number], name, error, now)
        matched.pop(new[number].source_id, None)
    return Read(len(new), len(matched))


def _record_new(
    session: Session, new: Sequence[Arrival], name: str, now: datetime, links: Links | None
) -> Mapping[str, Match]:
    """Record these mails and what follows from them; return whom they are from or about."""
    matches = _matches(session, new, links)
    session.execute(
        insert_new(session, models.InboundMail, [_row(arrival, matches, name, now) for arrival in new])
    )
    events = [
        event
        for arrival in new
        if (match := matches.get(arrival.source_id)) is not None
        for event in _events(arrival, match, now)
    ]
    if events:
        activity.record_all(session, events, now)
    return matches


def _note_failed(session: Session, arrival: Arrival, name: str, error: Exception, now: datetime) -> None:
    """Keep one mail that can not be recorded as one that was not understood: the others must not wait for it."""
    why = type(error).__name__
    log.error("a mail could not be recorded: %s", why)
    mail = Incoming(InboundKind.OTHER, f"not recorded: {why}")
    session.execute(
        insert_new(session, models.InboundMail, [_row(Arrival(arrival.source_id, mail), {}, name, now)])
    )


def _known(session: Session, arrivals: Sequence[Arrival]) -> set[str]:
    found: set[str] = set()
    column = models.InboundMail.source_id
    for chunk in _chunks([arrival.source_id for arrival in arrivals]):
        found.update(session.scalars(select(column).where(column.in_(chunk))))
    return found


def _row(arrival: Arrival, matches: Mapping[str, Match], name: str, now: datetime) -> dict[str, Any]:
    mail, match = arrival.mail, matches.get(arrival.source_id)
    failed = mail.recipients[0] if mail.recipients else None
    detail = f"{failed.status} {failed.text}".strip() if failed else _meant(mail)
    return {
        "source_id": arrival.source_id,
        "mailbox": name,
        "kind": mail.kind,
        "rule": mail.rule[:64],
        "matched_by": match.by if match else None,
        "lead_id": match.lead_id if match else None,
        "message_id": match.message_id if match else None,
        "detail": detail[:500] or None,
        "received_at": now,
    }


def _events(arrival: Arrival, match: Match, now: datetime) -> list[Event]:
    mail = arrival.mail
    kinds = [KINDS[mail.kind]] if mail.kind in KINDS else []
    if mail.kind is InboundKind.REPLY and _meant(mail) == Intent.UNSUBSCRIBE:
        kinds.append(Kind.UNSUBSCRIBED)
    data = _data(mail, match)
    return [
        Event(
            kind,
            f"{arrival.source_id}:{kind}",
            now,
            match.lead_id,
            match.message_id,
            match.campaign_id,
            Verdict.HUMAN if kind in BY_PEOPLE and match.by != "sender" else Verdict.UNKNOWN,
            match.template,
            _detail(mail, match),
            data,
        )
        for kind in kinds
    ]


def _detail(mail: Incoming, match: Match) -> str:
    if mail.kind is InboundKind.BOUNCE:
        return str(_data(mail, match).get("status", ""))
    # What a condition asks for may promote, and whoever writes a lead's address into From is not yet that lead.
    return "" if match.by == "sender" else _meant(mail)


def _meant(mail: Incoming) -> str:
    """Return the intent of a reply as conditions ask for it: nothing where it is not sure."""
    intent = mail.meaning.intent if mail.meaning else Intent.UNSURE
    return "" if intent is Intent.UNSURE else str(intent)


def _data(mail: Incoming, match: Match) -> dict[str, Any]:
    meaning = mail.meaning or Meaning()
    data: dict[str, Any] = {
        "rule": mail.rule,
        "matched_by": match.by,
        "subject": mail.subject[:500],
        "text": mail.text[:MAX_TEXT_KEPT],
        "intent": _meant(mail),
        "evidence": meaning.evidence,
        "purchase_time": meaning.purchase_time,
        "competitor": meaning.competitor,
        "contract_ends_at": meaning.contract_ends_on.isoformat() if meaning.contract_ends_on else "",
        "resume_on": mail.resume_on.isoformat() if mail.resume_on else "",
    }
    if mail.kind is InboundKind.REPLY:
        data["from_lead"] = mail.from_address == match.email
    if mail.kind is InboundKind.BOUNCE:
        data |= _bounce(mail.recipients, match)
    return {key: value for key, value in data.items() if value != ""}


def _bounce(failed: Sequence[Recipient], match: Match) -> dict[str, Any]:
    """Return what a bounce says of this lead's address.

    A report can be forged by whoever has seen one of our Message-IDs, a forwarder's names another address: only
    one for this very address, or one sent to the envelope address of this very mail, may end it for good.
    """
    about = next((one for one in failed if one.address == match.email), failed[0] if failed else None)
    if about is None:
        return {"hard": False}
    ours = about.address == match.email or match.by == "envelope"
    return {
        "hard": about.hard and ours,
        "status": about.status,
        "code": about.smtp_code,
        "reason": about.text,
    }


# -- matching ------------------------------------------------------------------------------------


def _matches(session: Session, arrivals: Sequence[Arrival], links: Links | None) -> dict[str, Match]:
    """Return whom the mails are from or about, by their source ids."""
    mails = [arrival.mail for arrival in arrivals]
    tokens = {token: _ours(token, links) for mail in mails for token in mail.tokens} if links else {}
    messages = _messages(
        session, {rfc_id for mail in mails for rfc_id in mail.message_ids}, set(tokens.values())
    )
    senders = _leads(session, {mail.from_address for mail in mails if mail.kind in BY_SENDER})
    found = {
        arrival: match
        for arrival in arrivals
        if (match := _match(arrival.mail, messages, tokens, senders)) is not None
    }
    own = _own_addresses(session) if found else frozenset()
    return {
        arrival.source_id: match for arrival, match in found.items() if arrival.mail.from_address not in own
    }


def _match(
    mail: Incoming, messages: Mapping[str | int, Match], tokens: Mapping[str, int], senders: Mapping[str, int]
) -> Match | None:
    for token in mail.tokens:
        if (match := messages.get(tokens.get(token, 0))) is not None:
            return replace(match, by="envelope")
    for rfc_id in mail.message_ids:
        if (match := messages.get(rfc_id)) is not None:
            return match
    if mail.kind in BY_SENDER and mail.from_address in senders:
        return Match(senders[mail.from_address], mail.from_address, "sender")
    return None


def _messages(session: Session, rfc_ids: Iterable[str], ids: Iterable[int]) -> dict[str | int, Match]:
    """Return what was sent under these Message-IDs and ids, under both of its names."""
    row = models.Message
    query = select(row.id, row.rfc_message_id, row.lead_id, row.campaign_id, row.template, models.Lead.email)
    query = query.join(models.Lead, models.Lead.id == row.lead_id)
    conditions = [row.rfc_message_id.in_(chunk) for chunk in _chunks(sorted(rfc_ids))]
    conditions += [row.id.in_(chunk) for chunk in _chunks(sorted(ids))]
    found: dict[str | int, Match] = {}
    for condition in conditions:
        for message_id, rfc_id, lead_id, campaign_id, template, email in session.execute(
            query.where(condition)
        ):
            match = Match(lead_id, email, "message_id", message_id, campaign_id, template)
            found[rfc_id] = found[message_id] = match
    return found


def _leads(session: Session, emails: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for chunk in _chunks(sorted(email for email in emails if email)):
        query = select(models.Lead.email, models.Lead.id).where(models.Lead.email.in_(chunk))
        found.update((email, lead_id) for email, lead_id in session.execute(query))
    return found


def _own_addresses(session: Session) -> frozenset[str]:
    """Return the addresses of our senders and reps: a copy of what they answer is nobody's reply."""
    policies = applied.policies(session).policies
    addresses = [sender.address for sender in policies.senders.senders] + [
        rep.email for rep in policies.team.reps
    ]
    return frozenset(address.lower() for address in addresses)


def _ours(token: str, links: Links) -> int:
    """Return which message the token is of; 0 for what is no token of ours."""
    try:
        return links.read_envelope_token(token)
    except BadToken:
        return 0


def _chunks(values: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (values[start : start + CHUNK] for start in range(0, len(values), CHUNK))
