"""Records what providers tell: each thing once, about a mail of ours, and only ever in the direction of a stop."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy.orm import Session

from outreach import activity, inbox, matching, reviews
from outreach.channels.imap import Fetched
from outreach.db import Database
from outreach.domain.addresses import BadAddress, normalised
from outreach.domain.events import Event
from outreach.domain.inbound.bounces.reasons import judge as reason_of
from outreach.domain.inbound.words import DEAD, Reason
from outreach.domain.machine_hits import USER_AGENT_LENGTH, VERSION, Hit, judge
from outreach.domain.scanner_networks import shortened
from outreach.domain.words import Kind, Verdict
from outreach.links import Links
from outreach.matching import Match
from outreach.webhooks.words import Notice, Seen, Word, meaning

log = logging.getLogger(__name__)

ADDRESS = "address"
"""How a lead is known of whom a provider tells nothing but the address."""

STOPS = frozenset({Kind.BOUNCED, Kind.COMPLAINED, Kind.UNSUBSCRIBED, Kind.AUTO_REPLIED})
BY_PEOPLE = frozenset({Kind.COMPLAINED, Kind.UNSUBSCRIBED})

LONGEST_ID = 120
OLDEST = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Recorded:
    """How many things were new, and of how many that were told nobody of ours is known, or nothing is kept."""

    new: int
    ignored: int


@dataclass(frozen=True)
class _Told:
    """A notice with what its word means; `address` is normalised where it is one, and empty where none is told."""

    notice: Notice
    word: Word
    address: str


def record(
    database: Database,
    provider: str,
    words: Mapping[str, Word],
    notices: Sequence[Notice],
    links: Links,
    now: datetime,
) -> Recorded:
    """Record what a provider tells, and what follows from it; when this returns it is committed.

    An event is matched by our Message-ID or envelope token. Where a provider tells neither, what stops mail (and
    nothing else) is taken by the address alone: the signature proves that the provider said it.
    """
    mails = [notice.mail for notice in notices if notice.mail is not None]
    new = sum(
        inbox.read(database, _Post(mail), f"{provider}:inbound", now, links=links).new for mail in mails
    )
    told = [each for notice in notices if (each := _told(provider, words, notice)) is not None]
    with database.read() as session:
        matches = _matches(session, told, links, now)
    writer = _Writer(provider, links, now)
    events = [
        event
        for each, match in zip(told, matches, strict=True)
        if match is not None and (event := writer.event(each, match)) is not None
    ]
    if events:
        new += _write(database, sorted(events, key=lambda event: (event.at, event.source_id)), now)
    return Recorded(new, len(notices) - len(mails) - len(events))


def _told(provider: str, words: Mapping[str, Word], notice: Notice) -> _Told | None:
    if notice.mail is not None:
        return None
    word = meaning(words, notice.word)
    if word is None:
        log.warning("%s told %r, a word that is not known", provider, notice.word[:60])
    if word is None or word.kind is None:
        return None
    try:
        address = normalised(notice.address, reserved=True) if notice.address else ""
    except BadAddress:
        address = notice.address.lower()  # nobody's: what is told of it is not told of the mail's recipient
    return _Told(notice, word, address)


# -- matching -------------------------------------------------------------------------------------


def _matches(session: Session, told: Sequence[_Told], links: Links, now: datetime) -> list[Match | None]:
    tokens = matching.read_tokens({token for each in told for token in each.notice.tokens}, links)
    by_id = matching.by_ids(session, set(tokens.values()))
    by_rfc_id = matching.by_message_ids(session, {one for each in told for one in each.notice.message_ids})
    by_address = matching.by_senders(session, {each.address for each in told if each.word.kind in STOPS}, now)
    return [_match(each, tokens, by_id, by_rfc_id, by_address) for each in told]


def _match(
    told: _Told,
    tokens: Mapping[str, int],
    by_id: Mapping[int, Match],
    by_rfc_id: Mapping[str, Match],
    by_address: Mapping[str, Match],
) -> Match | None:
    sent = [by_id[tokens[token]] for token in told.notice.tokens if tokens.get(token) in by_id]
    sent += [by_rfc_id[rfc_id] for rfc_id in told.notice.message_ids if rfc_id in by_rfc_id]
    if sent:
        return next((match for match in sent if match.email == told.address), sent[0])
    known = by_address.get(told.address) if told.word.kind in STOPS else None
    # Which mail it was is not told: the latest is a guess that must not count as one.
    return Match(known.lead_id, known.email, ADDRESS) if known else None


# -- events ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Writer:
    """Writes the events of one request."""

    provider: str
    links: Links
    now: datetime

    def event(self, told: _Told, match: Match) -> Event | None:
        """Return what is recorded; None for a click that we have seen ourselves, or a soft bounce of who knows what."""
        notice, kind = told.notice, told.word.kind
        if kind is None or (notice.seen and notice.seen.url.startswith(f"{self.links.base_url}/")):
            return None
        data: dict[str, Any] = {
            "provider": self.provider, "word": notice.word[:100], "matched_by": match.by, "said": notice.text,
        }  # fmt: skip
        verdict, detail = Verdict.UNKNOWN, told.word.note
        if told.address and told.address != match.email:
            # A forwarder's, or a mistake: no address but the one that this mail went to is at stake.
            kind, detail = Kind.NOTE, f"{kind}: another address"
        elif kind is Kind.BOUNCED:
            data |= _failure(notice, told.word)
            detail = f"{notice.status} {data['reason']}".strip()
            if match.by == ADDRESS and not data["hard"]:
                return None
        elif notice.seen:
            verdict, seen = self._seen(notice.seen, told)
            data |= seen
            detail = notice.seen.url
        elif kind in BY_PEOPLE and match.by != ADDRESS:
            verdict = Verdict.HUMAN
        return Event(
            kind, self._source_id(told), self._at(notice), match.lead_id, match.message_id, match.campaign_id,
            verdict, match.template, detail, {key: value for key, value in data.items() if value != ""},
        )  # fmt: skip

    def _source_id(self, told: _Told) -> str:
        """Return what names the event: the provider's id and the recipient, of whom only a hash is kept."""
        name = told.notice.id
        if not name or len(name) > LONGEST_ID:
            name = hashlib.sha256(
                repr(told.notice).encode("utf-8") if not name else name.encode("utf-8")
            ).hexdigest()
        whose = hashlib.sha256(told.address.encode("utf-8")).hexdigest()[:16]
        return f"webhook:{self.provider}:{name}:{whose}"

    def _at(self, notice: Notice) -> datetime:
        return min(max(notice.at, OLDEST), self.now) if notice.at else self.now

    def _seen(self, seen: Seen, told: _Told) -> tuple[Verdict, dict[str, Any]]:
        """Return who opened or clicked, as far as a provider's few facts tell: never surely a person.

        We were not asked ourselves: what else was fetched in that second, and how, we do not know.
        """
        agent = seen.user_agent[:USER_AGENT_LENGTH]
        link = 0 if told.word.kind is Kind.CLICKED else None  # which one is not told
        verdict, rule = judge(Hit("GET", agent, self._at(told.notice), link=link))
        if seen.by:
            verdict, rule = Verdict(seen.by), "provider"
        elif verdict is Verdict.HUMAN:
            verdict, rule = Verdict.UNKNOWN, "provider_only"
        return verdict, {"user_agent": agent, "network": shortened(seen.host), "rule": rule, "rules": VERSION}


def _failure(notice: Notice, word: Word) -> dict[str, Any]:
    """Return why a mail failed: what the server said tells more than the provider's word.

    The word has the last say only on whether the address may be dead.
    """
    reason = word.reason if word.is_held else notice.reason
    if reason is None:
        reason, _ = reason_of(notice.status, notice.smtp_code, notice.text)
    if reason is Reason.UNDEFINED:
        reason = word.reason
    return {
        "hard": word.may_be_dead and reason in DEAD,
        "reason": str(reason),
        "status": notice.status,
        "code": notice.smtp_code,
    }


def _write(database: Database, events: Sequence[Event], now: datetime) -> int:
    """Write the events; one that can not be written is told in the log, and keeps no other back."""
    new: set[str] = set()
    with database.write() as session:

        def act(some: Collection[int]) -> None:
            new.update(activity.note_each(session, [events[number] for number in sorted(some)], now))

        for number, error in reviews.all_or_each(session, range(len(events)), act).items():
            log.error("an event of a webhook was not recorded: %s", type(error).__name__)
            new.discard(events[number].source_id)
    return len(new)


# -- mail that came in ----------------------------------------------------------------------------


@dataclass(frozen=True)
class _Post:
    """One mail, as a folder that the inbox reads."""

    raw: bytes

    def status(self) -> tuple[int, int]:
        return 1, 0

    def fetch_after(self, uid: int, limit: int) -> Sequence[Fetched]:
        return [Fetched(uid + 1, self.raw)]
