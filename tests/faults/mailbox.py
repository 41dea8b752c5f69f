"""The mailbox that replies come to: mail-devel, with a user of its own for each run."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from mailserver import MailServer

_NUMBERS = itertools.count(1)


@dataclass(frozen=True)
class Mailbox:
    """One user's INBOX on a running server."""

    server: MailServer
    user: str

    @property
    def imap_url(self) -> str:
        return self.server.imap_url(self.user)

    def deliver(self, *mails: bytes) -> None:
        """Put mails into it; their To has to name the user."""
        self.server.deliver(*mails, to=self.user)


def fresh(server: MailServer) -> Mailbox:
    """Return an empty mailbox."""
    return Mailbox(server, f"anna{next(_NUMBERS)}@sender.example.com")
