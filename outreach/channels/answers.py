"""What every channel is given, what it offers, and what it says of each mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from outreach.errors import BadMail, ChannelError


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail as it is handed over: both addresses as they go over the wire, and the bytes that follow DATA."""

    envelope_from: str
    to: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """The words of a server that has taken a mail; `enhanced` is its RFC 3463 status or ""."""

    code: int
    enhanced: str = ""
    text: str = ""


Outcome = Answer | ChannelError | BadMail
"""What became of a mail: it was taken, or the error that says why it was not, or that nobody can know."""


class Channel(Protocol):
    """Carries mails. One thread uses it at a time."""

    @property
    def lanes(self) -> int:
        """How many mails it has under way at the same time, at most: one for each connection."""

    def open(self) -> None:
        """Get ready; raise Deferred or Rejected if that does not work. Sending does it by itself."""

    def send(self, mails: Sequence[Outgoing]) -> list[Outcome]:
        """Hand the mails over; return what became of each, in their order. Nothing is raised for a mail."""

    def close(self) -> None:
        """Give back what `open` took; never fails."""
