"""Sends messages: claim, render, open the transmission, hand over, write the outcome. Nothing is open across the network.

Mails go in waves. One transaction writes what became of the wave before and opens the next one, so that a wave of any
size costs one commit. How many mails of a wave go over each connection is the sender's `in_doubt`: so many may be
unknown when a connection is killed.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from outreach import activity, applied, crash, leads, ledger
from outreach.applied import InForce
from outreach.channels import Answer, Channel, Outcome, Outgoing
from outreach.clock import Clock
from outreach.composing import Composer, Draft, compose
from outreach.db import AWAY, Database
from outreach.domain.events import Event
from outreach.domain.inbound.bounces.reasons import judge
from outreach.domain.words import Kind
from outreach.errors import BadMail, Deferred, Rejected, TemplateError, Uncertain
from outreach.ledger import Claimed
from outreach.links import Links
from outreach.mime import wire_address, write

log = logging.getLogger(__name__)

PATIENCE = (0.2, 1.0, 3.0, 10.0, 30.0)
"""Seconds between the tries to write down what a server answered, when the database is away."""


@dataclass(frozen=True)
class Post:
    """What sending needs beside the ids. Once `stopping` is set, what is claimed goes back untouched."""

    database: Database
    channel: Channel
    links: Links
    clock: Clock
    lease: timedelta = ledger.LEASE
    stopping: threading.Event = field(default_factory=threading.Event)


@dataclass
class Sent:
    """What became of a batch."""

    accepted: int = 0
    held: int = 0
    refused: int = 0
    deferred: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class _Ready:
    """A mail as bytes, and its message."""

    row: Claimed
    subject: str
    in_doubt: int
    outgoing: Outgoing


_Outcomes = Sequence[tuple[_Ready, Outcome]]


def deliver(post: Post, ids: Sequence[int]) -> Sent:
    """Send those of the messages that may go now; each is handed to the server at most once."""
    sent = Sent()
    now = post.clock.now()
    with post.database.write() as session:
        in_force = applied.policies(session)
        drafts, unfit = _drafts(session, post, ids, in_force, now)
    if not drafts and not unfit:
        return sent
    crash.point("claimed")
    ready = _rendered(post, drafts, unfit, now)
    sent.held += len(unfit)
    crash.point("rendered")
    if unfit:
        with post.database.write() as session:
            for row, error in unfit:
                ledger.skip(session, [row.id], "not rendered", now, detail=str(error))
                log.warning("message %s not rendered: %s", row.id, error)
    for in_doubt in sorted({mail.in_doubt for mail in ready}):
        alike = [mail for mail in ready if mail.in_doubt == in_doubt]
        _Sending(post, in_force, sent, now).send(alike, in_doubt * post.channel.lanes)
    return sent


_Unfit = list[tuple[Claimed, Exception]]


def _drafts(
    session: Session, post: Post, ids: Sequence[int], in_force: InForce, now: datetime
) -> tuple[list[Draft], _Unfit]:
    claimed = ledger.claim(session, ids, in_force, now, post.lease)
    composer = Composer(session, in_force, post.links)
    composer.look_up_threads([row for row, _ in claimed])
    drafts: list[Draft] = []
    unfit: _Unfit = []
    for row, lead in claimed:
        try:
            drafts.append(composer.draft(row, lead))
        except TemplateError as error:
            unfit.append((row, error))
    return drafts, unfit


def _rendered(post: Post, drafts: Sequence[Draft], unfit: _Unfit, now: datetime) -> list[_Ready]:
    ready = []
    for draft in drafts:
        try:
            mail = compose(draft, now)
            outgoing = Outgoing(mail.envelope_from, wire_address(mail.to_address), write(mail))
        except (TemplateError, BadMail) as error:
            unfit.append((draft.row, error))
        else:
            ready.append(_Ready(draft.row, mail.subject, draft.sender.in_doubt, outgoing))
    return ready


# -- waves ----------------------------------------------------------------------------------------


@dataclass
class _Sending:
    """One batch on its way."""

    post: Post
    in_force: InForce
    sent: Sent
    claimed_at: datetime

    def send(self, mails: Sequence[_Ready], size: int) -> None:
        """Send the mails in waves of `size`."""
        outcomes: _Outcomes = ()
        for start in range(0, len(mails), size):
            wave = mails[start : start + size]
            if why := self._why_stop():
                self._record(outcomes)
                self._give_back(mails[start:], why)
                return
            going = self._open(wave, outcomes)
            crash.point("opened")
            answers = self.post.channel.send([mail.outgoing for mail in going]) if going else []
            outcomes = list(zip(going, answers, strict=True))
        self._record(outcomes)
        crash.point("settled")

    def _why_stop(self) -> str | None:
        if self.post.stopping.is_set():
            return "worker stopped"
        # The server is slow: whoever comes next may have these, before their leases run out.
        return "slow server" if self.post.clock.now() - self.claimed_at > self.post.lease / 2 else None

    def _give_back(self, mails: Sequence[_Ready], why: str) -> None:
        now, rows = self.post.clock.now(), [mail.row for mail in mails]
        self._insist(lambda session: ledger.release(session, rows, now, why))

    def _open(self, wave: Sequence[_Ready], outcomes: _Outcomes) -> Sequence[_Ready]:
        """Open the transmission of a wave and write what became of the one before; return those that may go."""
        if not all(isinstance(outcome, Answer) for _, outcome in outcomes):
            # A bounce changes its lead: that is a transaction of its own, which locks it first.
            self._record(outcomes)
            outcomes = ()
        now = self.post.clock.now()
        rows = [mail.row for mail in wave]
        try:
            with self.post.database.write() as session:
                held = ledger.open_transmissions(session, rows, self.in_force, now, self.post.lease)
                _settle(session, outcomes, now)
        except AWAY as error:
            log.error("a wave of %d could not be opened: %s", len(wave), type(error).__name__)
            self._record(outcomes)
            # It may have been committed and only the answer lost; surely no byte of these has left.
            self._insist(lambda session: ledger.take_back(session, rows, now, "the database was away"))
            return ()
        except BaseException:
            self._record(outcomes)
            raise
        self._count(outcomes)
        for id, why in held.items():
            log.info("message %s held: %s", id, why)
        self.sent.held += len(held)
        return [mail for mail in wave if mail.row.id not in held] if held else wave

    def _record(self, outcomes: _Outcomes) -> None:
        """Write down what became of a wave."""
        if outcomes:
            self._insist(lambda session: _settle(session, outcomes, self.post.clock.now()))
            self._count(outcomes)

    def _insist(self, work: Callable[[Session], None]) -> None:
        """Do it in a transaction, again and again for a while: what a server has answered must not be lost."""
        for seconds in (*PATIENCE, None):
            try:
                with self.post.database.write() as session:
                    work(session)
            except AWAY as error:
                log.error("the ledger could not be written: %s", type(error).__name__)
                if seconds is None:
                    raise
                time.sleep(seconds)
            else:
                return

    def _count(self, outcomes: _Outcomes) -> None:
        for mail, outcome in outcomes:
            match outcome:
                case Answer():
                    self.sent.accepted += 1
                    log.debug("message %s accepted, sender %s", mail.row.id, mail.row.sender)
                    continue
                case Deferred():
                    self.sent.deferred += 1
                case Uncertain():
                    self.sent.unknown += 1
                case _:
                    self.sent.refused += 1
            log.info("message %s: %s: %s", mail.row.id, type(outcome).__name__.lower(), outcome)


def _settle(session: Session, outcomes: _Outcomes, now: datetime) -> None:
    bounced = [
        mail.row.lead_id
        for mail, outcome in outcomes
        if isinstance(outcome, Rejected) and outcome.blames == "lead"
    ]
    if bounced:  # they change; and whoever locks leads locks them before any other row
        session.scalars(leads.locked(bounced)).all()
    accepted = {mail.row.id: mail.subject for mail, outcome in outcomes if isinstance(outcome, Answer)}
    ledger.accept(session, accepted, now)
    for mail, outcome in outcomes:
        if not isinstance(outcome, Answer):
            _not_accepted(session, mail.row, outcome, now)


def _not_accepted(session: Session, row: Claimed, outcome: Outcome, now: datetime) -> None:
    match outcome:
        case Deferred():
            ledger.defer(session, row, outcome.text, now, tried=outcome.tried)
        case Rejected():
            _rejected(session, row, outcome, now)
        case Uncertain():
            ledger.lose(session, [row.id], outcome.text, now)
        case _:
            ledger.refuse(session, row, "content", str(outcome), now)


def _rejected(session: Session, row: Claimed, error: Rejected, now: datetime) -> None:
    if error.blames == "sender" and row.attempts < ledger.MOST_POLICY_REFUSALS:
        ledger.hand_back(session, row, "sender paused", now)
        ledger.pause_sender(session, row.sender, str(error), now)
        return
    ledger.refuse(session, row, error.blames, error.text, now)
    if error.blames == "lead":
        reason, is_dead = judge(error.enhanced, str(error.code), error.text)
        data = {
            "hard": is_dead,
            "reason": reason,
            "status": error.enhanced,
            "smtp_code": error.code,
            "rule": "smtp",
        }
        bounce = Event(Kind.BOUNCED, f"smtp:{row.id}", now, row.lead_id, message_id=row.id, data=data)
        activity.record(session, bounce, now)
