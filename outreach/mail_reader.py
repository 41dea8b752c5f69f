"""Keeps a connection to one mailbox, and reads what is new in it."""

from __future__ import annotations

from outreach import inbox
from outreach.channels.imap import Mailbox
from outreach.clock import Clock
from outreach.db import Database
from outreach.errors import Deferred
from outreach.links import Links


class MailReader:
    """Reads one mailbox, and connects again when the server went away."""

    def __init__(self, database: Database, url: str, links: Links, clock: Clock) -> None:
        self._database = database
        self._links = links
        self._url = url
        self._clock = clock
        self._mailbox: Mailbox | None = None

    def read(self) -> int:
        """Record what is new; return how many mails that were."""
        if self._mailbox is None:
            mailbox = Mailbox(self._url)
            mailbox.open()
            self._mailbox = mailbox
        try:
            now = self._clock.now()
            return inbox.read(self._database, self._mailbox, self._mailbox.name, now, links=self._links).new
        except Deferred:
            self.close()
            raise

    def close(self) -> None:
        if self._mailbox is not None:
            self._mailbox.close()
            self._mailbox = None
