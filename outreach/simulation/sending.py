"""Sends the mails of a simulation: what the ledger claims and transmits, within windows and limits, done in memory."""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from outreach.domain import experiments
from outreach.domain.campaign import EmailStep
from outreach.domain.sequence import Do, Outcome
from outreach.domain.words import EnrollmentStatus, MessageStatus
from outreach.ledger.claims import FEW, PAUSED_FOR
from outreach.ledger.senders import let_go
from outreach.ledger.transmissions import forbids
from outreach.simulation.calendar import EVENTS
from outreach.simulation.lots import Line, Lot
from outreach.simulation.people import Mail, Person, Taken, Way
from outreach.simulation.state import Mailbox, Reaction, State, is_suppressed
from outreach.simulation.story import Sent, Skipped

MOST_SPACED = 2
"""Batches of mails with a gap between them that are spaced out one by one, as a worker does.

Of more, several workers take their parts, which comes first is chance, and there is always one that is due: then the
oldest goes whose window is open.
"""

# -- queueing --------------------------------------------------------------------------------------


def queue(state: State, way: Way, person: Person, decision: Do) -> None:
    """Have the mail of a step wait to be sent now."""
    mail = make(state, way, person, decision)
    way.mail, way.outcome = mail, Outcome(MessageStatus.QUEUED, None)
    way.due_at = None
    person.waiting.append(mail)
    state.post.waiting[mail.id] = mail
    state.post.put(mail, state.now)


def make(state: State, way: Way, person: Person, decision: Do) -> Mail:
    """Return the mail of a step."""
    step = decision.node.step
    assert isinstance(step, EmailStep)
    state.last_mail += 1
    mail = Mail()
    mail.id, mail.person, mail.way, mail.step = state.last_mail, person, way, decision.node.id
    mail.template, mail.sender = experiments.chosen(step, decision.variant, way.sender)
    mail.variant = decision.variant
    way.sender = mail.sender  # who wrote goes on writing
    mail.stale_at, mail.queued_at = decision.stale_at, state.now
    mail.lot, mail.due_at = None, None
    return mail


def move(state: State, person: Person) -> None:
    """Have the mails that wait for a person wait in the window that is theirs now: the person is away, or elsewhere."""
    for mail in person.waiting:
        if mail.lot is None:
            continue
        state.post.put(mail, state.post.out(mail))


# -- claiming --------------------------------------------------------------------------------------


def send_due(state: State) -> None:
    """Send of the mails that are due now those that windows and limits let go; put the others off."""
    lines = {line.sender: line for line in state.post.take()}
    claims: dict[int, int] | None = None
    if any(_has_gap(state.mailbox(name)) for name in lines):
        claims = _claims(list(lines.values()), state.batch)
    for name in sorted(lines):
        line, mailbox = lines[name], state.mailbox(name)
        _keep_what_may_go(state, line)
        if not line.lots:
            continue
        if mailbox.sender is None or mailbox.paused_at is not None:
            state.post.put_off(line, state.now + PAUSED_FOR)
        elif claims is not None and _has_gap(mailbox):
            _send_paced(state, mailbox, line, claims)
        else:
            _send_counted(state, mailbox, line)


def _has_gap(mailbox: Mailbox) -> bool:
    return mailbox.sender is not None and mailbox.sender.gap.amount > 0


def _keep_what_may_go(state: State, line: Line) -> None:
    """Leave out stale mails, and put off those whose window is closed."""
    now = state.now
    for lot in list(line.lots.values()):
        if lot.stale_at is not None and lot.stale_at < now:
            _leave_out_stale(state, lot)
        if not lot.mails:
            del line.lots[lot.klass]
            continue
        opens_at = lot.klass.opening(now)
        if opens_at > now:
            state.post.put_off_lot(lot, opens_at)


def _leave_out_stale(state: State, lot: Lot) -> None:
    now, waiting = state.now, state.post.waiting
    kept = []
    lot.stale_at = None
    for id in lot.sort():
        mail = waiting[id]
        if mail.stale_at is not None and mail.stale_at < now:
            _skip(state, mail, "stale")
            continue
        kept.append(id)
        if mail.stale_at is not None and (lot.stale_at is None or mail.stale_at < lot.stale_at):
            lot.stale_at = mail.stale_at
    lot.mails = kept


def _send_counted(state: State, mailbox: Mailbox, line: Line) -> None:
    """Send the oldest, as many as the limits let go, and put off the rest of the line."""
    assert mailbox.sender is not None
    allowance = let_go(mailbox, mailbox.sender, len(line), state.now, state.zone)
    lots = list(line.lots.values())
    going = _oldest(lots, allowance.count)
    for lot in lots:
        if going and lot.mails[0] <= going[-1]:
            del lot.mails[: bisect_right(lot.mails, going[-1])]
            if not lot.mails:
                del line.lots[lot.klass]
    state.post.put_off(line, allowance.next_at)
    for id in going:
        _transmit(state, state.post.waiting[id])


def _oldest(lots: Sequence[Lot], count: int) -> list[int]:
    if count == 0:
        return []
    if count == 1:
        return [min(lot.sort()[0] for lot in lots)]
    return list(islice(heapq.merge(*(lot.sort() for lot in lots)), count))


# -- a gap between two mails -----------------------------------------------------------------------


def _claims(lines: Sequence[Line], batch: int) -> dict[int, int] | None:
    """Return which worker claims which of the due mails: it spaces its own out. None where they are too many."""
    if sum(map(len, lines)) > MOST_SPACED * batch:
        return None
    due = sorted(chain.from_iterable(lot.mails for line in lines for lot in line.lots.values()))
    full = len(due) // batch * batch
    return {
        id: place // batch if place < full else full + (place - full) // FEW for place, id in enumerate(due)
    }


def _send_paced(state: State, mailbox: Mailbox, line: Line, claims: dict[int, int]) -> None:
    """Send the one mail that the gap lets go, and space out the others behind it."""
    assert mailbox.sender is not None
    gap = mailbox.sender.gap.about()
    going = []
    for ids in _by_claim(sorted(chain.from_iterable(lot.mails for lot in line.lots.values())), claims):
        allowance = let_go(mailbox, mailbox.sender, len(ids), state.now, state.zone)
        going += ids[: allowance.count]
        for place, id in enumerate(ids[allowance.count :]):
            state.post.put(state.post.waiting[id], allowance.next_at + place * gap)
    for id in going:
        _transmit(state, state.post.waiting[id])


def _by_claim(ids: Sequence[int], claims: dict[int, int]) -> Iterator[list[int]]:
    claimed: dict[int, list[int]] = defaultdict(list)
    for id in ids:
        claimed[claims[id]].append(id)
    yield from claimed.values()


# -- transmitting ----------------------------------------------------------------------------------


def _transmit(state: State, mail: Mail) -> None:
    """Hand a mail to the server, which takes it; unless something forbids it."""
    person, way, now = mail.person, mail.way, state.now
    why = forbids(
        person,
        way,
        way.program.campaign,
        person.suppressed.reason if person.suppressed and is_suppressed(person, now) else None,
        ((past.kind, past.at, past.hard) for past in person.pasts),
    )
    if why is not None:
        _skip(state, mail, why)
        return
    person.mails.append(Taken(mail.id, now, True))
    _settle(state, mail, MessageStatus.ACCEPTED)
    sent = Sent(
        now,
        person.id,
        way.campaign,
        mail.step,
        mail.template,
        mail.variant,
        mail.sender,
        way.id,
        mail.queued_at,
    )
    state.tell(sent)
    if state.behaviour is not None:
        for reaction in state.behaviour(sent, person):
            what = Reaction(
                reaction.kind, reaction.subject, reaction.detail, reaction.data, mail.id, way.campaign_id
            )
            state.calendar.put(EVENTS, reaction.at, (person.id, what))


def _skip(state: State, mail: Mail, why: str) -> None:
    way = mail.way
    _settle(state, mail, MessageStatus.SKIPPED)
    state.tell(Skipped(state.now, mail.person.id, way.campaign, mail.step, mail.template, mail.sender, why))


def _settle(state: State, mail: Mail, status: MessageStatus) -> None:
    """Write down what became of a mail, and have its campaign looked at."""
    way = mail.way
    del state.post.waiting[mail.id]
    mail.person.waiting.remove(mail)
    if way.mail is mail:
        way.mail, way.outcome = None, Outcome(status, state.now)
    if way.status == EnrollmentStatus.ACTIVE:
        state.look(way, state.now)
