"""Hands mails to an SMTP server over several connections at once, so that the fate of each is known if it can be."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence

from outreach.channels.answers import Outcome, Outgoing
from outreach.channels.connection import Connection, Lost, flush
from outreach.channels.lane import LAST_WORDS_SECONDS, Batch, Item, Lane, Turns
from outreach.channels.oauth import Tokens
from outreach.channels.server import server
from outreach.channels.session import Limits, trusted
from outreach.errors import Deferred


class Smtp:
    """A mail server. Its connections are opened when there are mails for them and kept for the next ones."""

    def __init__(
        self,
        url: str,
        lanes: int = 1,
        tokens: Tokens | None = None,
        *,
        connect_timeout: float = 30.0,
        timeout: float = 300.0,
        final_timeout: float = 600.0,
    ) -> None:
        self.server = server(url, tokens)
        self.lanes = lanes
        self.limits = Limits(connect_timeout, timeout, final_timeout)
        context = trusted(self.server)
        self._lanes = [Lane(self.server, context, self.limits) for _ in range(lanes)]

    def __repr__(self) -> str:
        return f"Smtp({self.server!r})"

    def open(self) -> None:
        """Connect and log in on one lane; raise Deferred or Rejected if that does not work."""
        try:
            self._lanes[0].open()
        except Lost as lost:
            raise Deferred(str(lost)) from None

    def send(self, mails: Sequence[Outgoing]) -> list[Outcome]:
        """Deal the mails to the lanes and hand them over; return what became of each, in their order."""
        batch = Batch()
        items = [Item(place, mail) for place, mail in enumerate(mails)]
        lanes = self._lanes[: len(items)]
        works = [lane.work(items[first :: len(lanes)], batch) for first, lane in enumerate(lanes)]
        try:
            self._take_turns(works, batch)
        except BaseException:
            # A worker that is told to stop leaves the connections in the middle of a command.
            self._hang_up()
            raise
        return [batch.outcomes[item.place] for item in items]

    def close(self) -> None:
        """Say goodbye; what the server makes of it does not matter."""
        connections = self._connections()
        for connection in connections:
            with contextlib.suppress(Lost):
                connection.write(b"QUIT\r\n")
        deadline = time.monotonic() + min(self.limits.command, LAST_WORDS_SECONDS)
        for connection in connections:
            with contextlib.suppress(Lost):
                connection.reply(deadline)
        self._hang_up()

    def _take_turns(self, works: Sequence[Turns], batch: Batch) -> None:
        """Let every lane write, then every lane read, until all are done: the slow ones are waited for together."""
        waiting = [(work, seconds) for work in works if (seconds := next(work, None)) is not None]
        while waiting:
            flush(self._connections(), time.monotonic() + self.limits.command)
            batch.late = None
            now = time.monotonic()
            waiting = [
                (work, more)
                for work, seconds in waiting
                if (more := _resume(work, now + seconds)) is not None
            ]

    def _connections(self) -> list[Connection]:
        return [lane.session.connection for lane in self._lanes if lane.session]

    def _hang_up(self) -> None:
        for lane in self._lanes:
            lane.hang_up()


def _resume(work: Turns, deadline: float) -> float | None:
    try:
        return work.send(deadline)
    except StopIteration:
        return None
