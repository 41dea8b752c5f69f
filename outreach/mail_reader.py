"""Keeps a connection to each mailbox, and reads what is new in it as soon as the server tells."""

from __future__ import annotations

import logging
import random
import socket
import threading

from outreach import inbox
from outreach.channels.imap import Mailbox, places
from outreach.channels.imap.mailbox import pause
from outreach.channels.oauth import Tokens
from outreach.clock import Clock
from outreach.db import Database
from outreach.errors import OutreachError, Rejected
from outreach.links import Links

log = logging.getLogger(__name__)

LISTEN_SECONDS = 120.0
"""How long one IDLE lasts: far below the 29 minutes of RFC 2177, and below what routers remember a connection for."""

FIRST_PAUSE, LONGEST_PAUSE = 1.0, 300.0
REFUSED_PAUSE, LONGEST_REFUSED_PAUSE = 60.0, 1800.0
"""Seconds until the next try: a refused login is a person's to mend, and providers lock out who hammers."""

STOP_SECONDS = 5.0


class MailReader:
    """Reads mailboxes, each in a thread of its own between `start` and `stop`, and connects again when one was lost."""

    def __init__(
        self,
        database: Database,
        urls: str,
        links: Links,
        clock: Clock,
        tokens: Tokens | None = None,
        *,
        poll_seconds: float = 10.0,
        listen_seconds: float = LISTEN_SECONDS,
    ) -> None:
        """Where a server has no IDLE its mailbox is looked at every `poll_seconds`."""
        self.mailboxes = [Mailbox(where, tokens) for where in places(urls)]
        self._database = database
        self._links = links
        self._clock = clock
        self._seconds = (listen_seconds, poll_seconds)
        self._stopping = threading.Event()
        self._wake, self._waker = socket.socketpair()
        self._threads: list[threading.Thread] = []

    def read(self) -> int:
        """Record what is new in all of them; return how many mails that were. What went wrong is raised at the end."""
        new, errors = 0, []
        for mailbox in self.mailboxes:
            try:
                new += self._read(mailbox)
            except OutreachError as error:
                errors.append(error)
        if errors:
            raise errors[0]
        return new

    def start(self) -> None:
        """Begin to listen to every mailbox."""
        for number, mailbox in enumerate(self.mailboxes, 1):
            name = f"mailbox {number} ({mailbox.place.host})"
            thread = threading.Thread(target=self._listen, args=(mailbox, name), name=name, daemon=True)
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Stop listening, after the mails that are being recorded, and say goodbye to the servers."""
        self._stopping.set()
        self._waker.close()  # whoever waits sees the end of it
        for patience in (STOP_SECONDS, STOP_SECONDS):
            for thread, mailbox in zip(self._threads, self.mailboxes, strict=False):
                thread.join(patience)
                if thread.is_alive():
                    mailbox.interrupt()
        if not any(thread.is_alive() for thread in self._threads):
            for mailbox in self.mailboxes:
                mailbox.close()
            self._wake.close()

    close = stop

    def _listen(self, mailbox: Mailbox, name: str) -> None:
        failures, said = 0, ""
        while not self._stopping.is_set():
            try:
                self._read(mailbox)
                if said:
                    log.info("%s can be read again", name)
                failures, said = 0, ""
                mailbox.wait(*self._seconds, self._wake)
            except Exception as error:
                if self._stopping.is_set():
                    return
                failures += 1
                if said != (said := _line(error)):
                    log.warning("%s: %s", name, said)
                pause(pause_after(error, failures, random.random()), self._wake)

    def _read(self, mailbox: Mailbox) -> int:
        """Record all that is new; return how many mails that were."""
        new, is_first = 0, True
        while is_first or not (mailbox.is_drained or self._stopping.is_set()):
            is_first = False
            now = self._clock.now()
            new += inbox.read(self._database, mailbox, mailbox.name, now, links=self._links).new
        return new


def pause_after(error: Exception, failures: int, chance: float) -> float:
    """Return how many seconds to wait after so many failures in a row: twice as long each time, half of it by chance.

    All readers of a server that went away must not come back in the same second.
    """
    is_refused = isinstance(error, Rejected)
    first, longest = (REFUSED_PAUSE, LONGEST_REFUSED_PAUSE) if is_refused else (FIRST_PAUSE, LONGEST_PAUSE)
    whole = min(first * 2.0 ** min(failures - 1, 20), longest)
    return whole * (0.5 + chance / 2)


def _line(error: Exception) -> str:
    # The text of a database error could hold an address.
    return str(error) if isinstance(error, OutreachError) else f"failed: {type(error).__name__}"
