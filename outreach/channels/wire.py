"""A mail as an SMTP server reads it: the commands that announce it, and the bytes that follow DATA."""

from __future__ import annotations

import re

from outreach.channels.answers import Outgoing
from outreach.errors import BadMail

_ADDRESS = re.compile(r"[!-;=?A-~]{1,64}@[!-;=?A-~]{1,255}")
_BARE_BREAK = re.compile(rb"\r\n|\r|\n")


def check_addresses(mail: Outgoing) -> None:
    """Raise BadMail for an address that may not stand in a command; no sender is the null one of notifications."""
    sender = mail.envelope_from
    if not _ADDRESS.fullmatch(mail.to) or (sender and not _ADDRESS.fullmatch(sender)):
        raise BadMail("an address that may not stand in an SMTP command")


def announcement(mail: Outgoing, with_size: bool) -> bytes:
    """Return the three commands that come before the mail; its addresses have been checked."""
    size = f" SIZE={len(mail.data)}" if with_size else ""
    commands = f"MAIL FROM:<{mail.envelope_from}>{size}\r\nRCPT TO:<{mail.to}>\r\nDATA\r\n"
    return commands.encode("ascii")


def on_the_wire(data: bytes) -> bytes:
    """Return the mail as it follows DATA: CRLF only, leading dots doubled, with the dot that ends it.

    A lone CR or LF is made whole, so that no server can read an end of the mail into it.
    """
    if not data.count(b"\r\n") == data.count(b"\r") == data.count(b"\n"):
        data = _BARE_BREAK.sub(b"\r\n", data)
    data = data.replace(b"\r\n.", b"\r\n..")
    if data.startswith(b"."):
        data = b"." + data
    return data + (b".\r\n" if data.endswith(b"\r\n") else b"\r\n.\r\n")
