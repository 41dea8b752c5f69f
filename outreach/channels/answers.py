"""What every channel offers, and what it says when it has taken a mail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Answer:
    """The words of a server that has taken a mail; `enhanced` is its RFC 3463 status or ""."""

    code: int
    enhanced: str = ""
    text: str = ""


class Channel(Protocol):
    """Carries mails. One thread uses it at a time."""

    def open(self) -> None:
        """Get ready; raise Deferred or Rejected if that does not work. Sending does it by itself."""

    def send(self, envelope_from: str, to: str, data: bytes) -> Answer:
        """Return when the mail is taken; raise Deferred, Rejected or Uncertain when it is not."""

    def close(self) -> None:
        """Give back what `open` took; never fails."""
