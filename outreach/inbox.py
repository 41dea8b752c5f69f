"""Mail that came in: fetched, classified, matched to what we sent, and recorded once."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach import activity, crash, matching, models, referrals, reviews
from outreach.channels.imap import Fetched
from outreach.db import Database, among, insert_new
from outreach.domain.events import Event
from outreach.domain.inbound import InboundKind, Incoming, Intent, Meaning, Recipient
from outreach.domain.inbound.classifier import classify
from outreach.domain.suppression import UNPROVEN
from outreach.domain.words import Kind, Verdict
from outreach.links import Links
from outreach.matching import Match

log = logging.getLogger(__name__)

MAX_TEXT_KEPT = 10_000

KINDS: Mapping[InboundKind, Kind] = {
    InboundKind.REPLY: Kind.REPLIED,
    InboundKind.AUTO_REPLY: Kind.AUTO_REPLIED,
    InboundKind.BOUNCE: Kind.BOUNCED,
    InboundKind.COMPLAINT: Kind.COMPLAINED,
    InboundKind.UNSUBSCRIBE: Kind.UNSUBSCRIBED,
}
"""What a mail of each kind becomes; a mail of any other is kept as a row and nothing more."""

OF_A_DEPARTURE = ("rule", "matched_by", "intent", "evidence", "referral")
"""What is believed of an auto-reply that its owner has left; the rest of it nobody wrote to us."""

ABOUT_ADDRESSES = frozenset({InboundKind.BOUNCE, InboundKind.COMPLAINT})
"""Kinds that may cost an address, and so have to be proven."""

BY_PEOPLE = frozenset({Kind.REPLIED, Kind.STATED, Kind.COMPLAINED, Kind.UNSUBSCRIBED})
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
    place = f"{name}/{uid_validity}"
    arrivals = list(
        {arrival.source_id: arrival for arrival in (_arrival(each, place) for each in fetched)}.values()
    )
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


def _arrival(fetched: Fetched, place: str) -> Arrival:
    if not fetched.raw:
        unread = Incoming(InboundKind.OTHER, "not given", quarantine="the server did not give this mail")
        return Arrival(_source_id(f"{place}/{fetched.uid}".encode()), unread)
    try:
        mail = classify(fetched.raw)
    except Exception as error:  # one mail must not keep all later ones from being read
        log.error("a mail could not be read: %s", type(error).__name__)
        mail = Incoming(InboundKind.OTHER, "unreadable", quarantine=f"not understood: {type(error).__name__}")
    # The headers change on another way here; and there are machines that give all their mails one Message-ID.
    said = fetched.raw.replace(b"\r\n", b"\n").partition(b"\n\n")[2]
    own_id = mail.own_message_id.encode()
    return Arrival(_source_id(own_id + b"\n" + said if own_id else fetched.raw), mail)


def _source_id(identity: bytes) -> str:
    return f"imap:{hashlib.sha256(identity).hexdigest()}"


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
    found = matching.match_all(session, [arrival.mail for arrival in new], links, now)
    pairs = list(zip(new, found, strict=True))
    rows = [_row(arrival, match, name, now) for arrival, match in pairs]
    session.execute(insert_new(session, models.InboundMail, rows))
    matched = [(arrival, match) for arrival, match in pairs if match is not None]
    events = [event for arrival, match in matched for event in _events(arrival, match, now)]
    if events:
        activity.record_all(session, events, now)
    named = [
        (match.lead_id, arrival.mail.meaning.referral)
        for arrival, match in matched
        if match.is_sure and arrival.mail.meaning and arrival.mail.meaning.referral
    ]
    own = matching.own_addresses(session) if named else frozenset()
    for lead_id, people in named:
        referrals.add(session, lead_id, [person for person in people if person.email not in own], now)
    return {arrival.source_id: match for arrival, match in matched}


def _note_failed(session: Session, arrival: Arrival, name: str, error: Exception, now: datetime) -> None:
    """Keep one mail that can not be recorded as one that was not understood: the others must not wait for it."""
    why = type(error).__name__
    log.error("a mail could not be recorded: %s", why)
    mail = Incoming(InboundKind.OTHER, f"not recorded: {why}", quarantine="what follows from it failed")
    session.execute(
        insert_new(session, models.InboundMail, [_row(Arrival(arrival.source_id, mail), None, name, now)])
    )


def _known(session: Session, arrivals: Sequence[Arrival]) -> set[str]:
    column = models.InboundMail.source_id
    these = among(session, column, [arrival.source_id for arrival in arrivals])
    return set(session.scalars(select(column).where(these)))


def _row(arrival: Arrival, match: Match | None, name: str, now: datetime) -> dict[str, Any]:
    mail = arrival.mail
    first = mail.recipients[0] if mail.recipients else None
    detail = f"{first.reason}: {first.status} {first.text}" if first else _meant(mail)
    return {
        "source_id": arrival.source_id,
        "mailbox": name,
        "kind": mail.kind,
        "rule": mail.rule[:64],
        "matched_by": match.by if match else None,
        "lead_id": match.lead_id if match else None,
        "message_id": match.message_id if match else None,
        "detail": detail[:500] or None,
        "quarantine": mail.quarantine[:200] or None,
        "received_at": now,
    }


def _events(arrival: Arrival, match: Match, now: datetime) -> list[Event]:
    mail = arrival.mail
    kinds = [KINDS[mail.kind]] if mail.kind in KINDS else []
    if mail.kind is InboundKind.REPLY and _meant(mail) == Intent.UNSUBSCRIBE:
        kinds.append(Kind.UNSUBSCRIBED)
    if mail.kind is InboundKind.AUTO_REPLY and _meant(mail) == Intent.WRONG_PERSON and match.is_sure:
        kinds.append(Kind.STATED)  # who has left had that written for whoever asks
    data = _data(mail, match)
    return [
        Event(
            kind,
            f"{arrival.source_id}:{kind}",
            now,
            match.lead_id,
            match.message_id,
            match.campaign_id,
            Verdict.HUMAN if kind in BY_PEOPLE and match.is_sure else Verdict.UNKNOWN,
            match.template,
            _detail(mail, match),
            {key: data[key] for key in OF_A_DEPARTURE if key in data} if kind is Kind.STATED else data,
        )
        for kind in kinds
    ]


def _detail(mail: Incoming, match: Match) -> str:
    if mail.kind is InboundKind.BOUNCE:
        about = _about(mail.recipients, match)
        return f"{about.status} {about.reason}".strip() if about else ""
    # What a condition asks for may promote, and whoever writes a lead's address into From is not yet that lead.
    return _meant(mail) if match.is_sure else ""


def _meant(mail: Incoming) -> str:
    """Return the intent of a reply as conditions ask for it: nothing where it is not sure."""
    intent = mail.meaning.intent if mail.meaning else Intent.UNSURE
    return "" if intent is Intent.UNSURE else str(intent)


def _data(mail: Incoming, match: Match) -> dict[str, Any]:
    meaning = mail.meaning or Meaning()
    resume_on = mail.resume_on or meaning.resume_on
    data: dict[str, Any] = {
        "rule": mail.rule,
        "matched_by": match.by,
        "subject": mail.subject[:500],
        "text": mail.text[:MAX_TEXT_KEPT],
        "language": mail.language,
        "intent": _meant(mail),
        "evidence": meaning.evidence,
        "purchase_time": meaning.purchase_time,
        "competitor": meaning.competitor,
        "contract_ends_at": meaning.contract_ends_on.isoformat() if meaning.contract_ends_on else "",
        "resume_on": resume_on.isoformat() if resume_on else "",
        "referral": [{"name": person.name, "email": person.email} for person in meaning.referral] or "",
    }
    if mail.kind is InboundKind.REPLY:
        data["from_lead"] = mail.from_address == match.email
    if mail.kind is InboundKind.BOUNCE:
        data |= _bounce(mail.recipients, match)
    if mail.kind in ABOUT_ADDRESSES and not _is_proven(mail.recipients, match):
        data[UNPROVEN] = True
    return {key: value for key, value in data.items() if value != ""}


def _bounce(recipients: Sequence[Recipient], match: Match) -> dict[str, Any]:
    """Return what a bounce says of this lead's address."""
    about = _about(recipients, match)
    if about is None:
        return {"hard": False}
    return {
        "hard": about.suppress and _is_proven(recipients, match),
        "reason": about.reason,
        "status": about.status,
        "code": about.smtp_code,
        "said": about.text,
    }


def _about(recipients: Sequence[Recipient], match: Match) -> Recipient | None:
    """Return what is said of this lead; of another address only where a forwarder's report came to our token."""
    first = recipients[0] if recipients else None
    return next((one for one in recipients if one.address == match.email), first)


def _is_proven(recipients: Sequence[Recipient], match: Match) -> bool:
    return matching.is_proven(match, {one.address for one in recipients})
