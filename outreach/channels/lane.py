"""One lane of a batch: the dialogue that carries mails over one connection, one after the other.

The dialogue is a generator. It writes, yields how many seconds the answer may take, and is sent the time by which
the answer has to be there. So the lanes of a batch take turns: all have written before any of them waits.
"""

from __future__ import annotations

import contextlib
import ssl
import time
from collections import deque
from collections.abc import Generator, Sequence
from dataclasses import dataclass

from outreach import crash
from outreach.channels.answers import Answer, Outcome, Outgoing
from outreach.channels.connection import Late, Lost, NoSession, flush
from outreach.channels.envelope import AFTER_A_REFUSAL, STAGES, Envelope
from outreach.channels.replies import Reply, Stage, refusal
from outreach.channels.server import Server
from outreach.channels.session import Limits, Session
from outreach.channels.wire import announcement, check_addresses, on_the_wire
from outreach.errors import BadMail, ChannelError, Deferred, Rejected, Uncertain

# How long to wait for the words of a server that hung up in the middle of a mail, and for its farewell.
LAST_WORDS_SECONDS = 5.0


@dataclass(slots=True)
class Item:
    """A mail and its place in the batch."""

    place: int
    mail: Outgoing


class Batch:
    """What has become of the mails of one `send`, and whether any more of them may be offered."""

    def __init__(self) -> None:
        self.outcomes: dict[int, Outcome] = {}
        self.over: ChannelError | None = None
        """Why nothing more is offered on any lane."""
        self.late: Late | None = None
        """What the server was too slow for in this round: no other lane need wait for the same."""


Turns = Generator[float, float, None]
Offering = Generator[float, float, Item | None]


class Lane:
    """One connection, opened when there is a mail for it and kept for the next batch.

    Until the first byte of a mail is on its way, all that goes wrong is Deferred or Rejected; from then until
    the server has answered it is Uncertain, unless the server refuses; after that nothing can go wrong.
    """

    def __init__(self, server: Server, context: ssl.SSLContext, limits: Limits) -> None:
        self._server = server
        self._limits = limits
        self._context = context
        self.session: Session | None = None
        self._is_used = False  # a mail was announced over this connection
        self._is_unfinished = False  # the last one was refused before it was sent
        self._batch = Batch()
        self._items: deque[Item] = deque()
        self._over: ChannelError | None = None
        self._is_first = True

    def open(self) -> Session:
        """Connect and log in, if that is not done; raise Lost, Deferred or Rejected if it does not work."""
        if self.session is None:
            self.session = Session(self._server, self._context, self._limits)
            self._is_used = self._is_unfinished = False
        return self.session

    def hang_up(self) -> None:
        """Close the connection without a word."""
        if self.session is not None:
            self.session.connection.close()
            self.session = None

    def work(self, items: Sequence[Item], batch: Batch) -> Turns:
        """Offer the mails in their order and note in `batch` what becomes of each; nothing is raised for a mail."""
        self._batch, self._items = batch, deque(items)
        self._over, self._is_first = None, True
        waited_for: Item | None = None
        while True:
            if waited_for is not None:
                waited_for = yield from self._hand_over(waited_for)
            elif (item := self._next()) is not None:
                waited_for = yield from self._begin(item)
            else:
                return

    # -- before a mail is announced -------------------------------------------------------------------

    def _next(self) -> Item | None:
        """Return the next mail that can be offered, with a connection open for it; settle those that can not."""
        while self._items:
            item = self._items.popleft()
            try:
                if over := self._batch.over or self._over:
                    raise _not_offered(over)
                check_addresses(item.mail)
                largest = self._opened().largest
                if largest is not None and len(item.mail.data) > largest:
                    raise Rejected("the mail is larger than the server takes", 552, "5.3.4", "content")
            except (ChannelError, BadMail) as error:
                self._batch.outcomes[item.place] = error
            else:
                return item
        return None

    def _opened(self) -> Session:
        if self.session is None and self._batch.late:
            self._over = _not_offered(Deferred(str(self._batch.late)))
            raise self._over
        try:
            return self.open()
        except NoSession as none:
            self._batch.over = Deferred(str(none))
            raise self._batch.over from None
        except ChannelError as refused:
            self._batch.over = refused
            raise
        except Lost as lost:
            self._batch.late = lost if isinstance(lost, Late) else None
            # A server that talked to this lane a moment ago costs the mails that are left no attempt.
            self._over = Deferred(str(lost), tried=self._is_first)
            raise self._over from None

    # -- the announcement -----------------------------------------------------------------------------

    def _begin(self, item: Item, announced: bool = False) -> Offering:
        """Announce a mail, if it is not yet; return it if the server waits for it now, else see to its fate."""
        envelope = Envelope()
        was_used, self._is_used = self._is_used, True
        lost = None
        try:
            yield from self._announce(item, envelope, announced)
        except Lost as error:
            lost = error
        if lost or envelope.closing:
            self._gone(item, envelope, lost, was_used)
            return None
        self._is_unfinished = envelope.refused is not None
        if envelope.refused:
            if envelope.is_open:
                # It waits for a mail without a recipient: not one byte may follow, not even the final dot.
                self.hang_up()
            self._settle(item, envelope.refused)
            return None
        crash.point("data_begun")
        return item

    def _announce(self, item: Item, envelope: Envelope, announced: bool) -> Turns:
        session = self._session
        stages = AFTER_A_REFUSAL if self._is_unfinished else STAGES
        if not session.pipelines:
            return (yield from self._announce_in_steps(item, envelope, stages))
        if not announced:
            session.connection.write(self._announcement(item))
        deadline = yield self._limits.command
        for stage in stages:
            envelope.hear(stage, session.connection.reply(deadline))
            if envelope.closing:
                break

    def _announce_in_steps(self, item: Item, envelope: Envelope, stages: Sequence[Stage]) -> Turns:
        connection = self._session.connection
        commands = self._announcement(item).splitlines(keepends=True)
        for stage, command in zip(stages, commands, strict=True):
            connection.write(command)
            deadline = yield self._limits.command
            envelope.hear(stage, connection.reply(deadline))
            if envelope.refused:
                break

    def _announcement(self, item: Item) -> bytes:
        commands = announcement(item.mail, with_size="SIZE" in self._session.extensions)
        return b"RSET\r\n" + commands if self._is_unfinished else commands

    def _gone(self, item: Item, envelope: Envelope, lost: Lost | None, was_used: bool) -> None:
        """See to a mail that was announced to a server which is gone, or says that it goes."""
        self.hang_up()
        was_idle = was_used and self._is_first
        if not envelope.is_begun and (was_idle or (was_used and lost)):
            # A kept connection may be dead by now. No mail is begun, so a fresh one can not double anything.
            self._items.appendleft(item)
            return
        if envelope.closing:
            self._batch.over = envelope.closing
        self._settle(item, envelope.refused or Deferred(str(lost)))

    # -- the mail -------------------------------------------------------------------------------------

    def _hand_over(self, item: Item) -> Offering:
        """Send the mail that the server waits for, and announce the next one behind it; return that if it may go on."""
        if self._batch.over:
            self.hang_up()
            self._settle(item, _not_offered(self._batch.over))
            return None
        following = self._next() if self._session.pipelines else None
        try:
            self._write(item, following)
        except Lost as lost:
            self.hang_up()
            self._settle(item, Deferred(str(lost)))
            self._items.extendleft([following] if following else [])
            return None
        deadline = yield self._limits.final
        crash.point("after_dot")
        self._finish(item, deadline)
        if following and self.session:
            return (yield from self._begin(following, announced=True))
        if following:
            over = self._batch.over
            lost_too = Deferred("the connection was lost with the mail before")
            self._settle(following, _not_offered(over) if over else lost_too)
        return None

    def _write(self, item: Item, following: Item | None) -> None:
        """Write the mail, and the announcement of the next; raise Lost only if no byte of it is on its way."""
        connection = self._session.connection
        data = on_the_wire(item.mail.data)
        behind = self._announcement(following) if following else b""
        if not crash.is_armed("half_body"):
            connection.write(data + behind)
            return
        half = len(data) // 2
        connection.write(data[:half])
        flush([connection], time.monotonic() + self._limits.command)
        crash.point("half_body")
        with contextlib.suppress(Lost):  # which `cut_short` tells of
            connection.write(data[half:] + behind)

    def _finish(self, item: Item, deadline: float) -> None:
        """Hear what has become of the mail; after this there is a connection only if it can be used."""
        cut = self._session.connection.cut_short
        if cut:
            deadline += min(0.0, LAST_WORDS_SECONDS - self._limits.final)
        try:
            answer = self._session.connection.reply(deadline)
        except Lost as lost:
            self.hang_up()
            self._settle(item, Uncertain(str(cut or lost)))
            return
        if cut or answer.hundreds == 3 or answer.code == 421:
            self.hang_up()
        outcome = _outcome(answer, cut)
        if answer.code == 421 and isinstance(outcome, ChannelError):
            self._batch.over = outcome
        self._settle(item, outcome)

    def _settle(self, item: Item, outcome: Outcome) -> None:
        self._batch.outcomes[item.place] = outcome
        self._is_first = False

    @property
    def _session(self) -> Session:
        assert self.session
        return self.session


def _outcome(answer: Reply, cut: Lost | None) -> Outcome:
    """Return what the answer to a mail says of it; to one that was `cut` short only a refusal says anything."""
    if answer.hundreds in (4, 5):
        return refusal(answer, Stage.END)
    if cut:
        return Uncertain(str(cut))
    if answer.hundreds == 3:
        return Uncertain("the server answered a mail with a code that has no meaning there", answer.code)
    crash.point("answered")
    return Answer(answer.code, answer.enhanced, answer.text)


def _not_offered(why: ChannelError) -> Deferred:
    return Deferred(why.text, why.code, why.enhanced, tried=False)
