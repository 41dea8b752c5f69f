"""Mailboxes over IMAP: where they are, how to log in, what is new in them, and hearing of it at once."""

from __future__ import annotations

from outreach.channels.imap.address import Place, place, places
from outreach.channels.imap.mailbox import Fetched, Mailbox

__all__ = ["Fetched", "Mailbox", "Place", "place", "places"]
