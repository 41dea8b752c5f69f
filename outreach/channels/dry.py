"""A channel that keeps what it is given: for dry runs, the simulator and tests."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from outreach.channels.answers import Answer


class Sent(NamedTuple):
    """A mail that was taken."""

    envelope_from: str
    to: str
    data: bytes


class Dry:
    """Takes every mail, or does what `answers` says for the recipient: an answer, or an error to raise."""

    def __init__(self, answers: Callable[[str], Answer | Exception] | None = None) -> None:
        self.outbox: list[Sent] = []
        self._answers = answers

    def open(self) -> None:
        """Do nothing: there is nobody to talk to."""

    def send(self, envelope_from: str, to: str, data: bytes) -> Answer:
        """Keep the mail in the outbox, unless the script refuses it."""
        answer = self._answers(to) if self._answers else Answer(250, "2.0.0", "kept")
        if isinstance(answer, Exception):
            raise answer
        self.outbox.append(Sent(envelope_from, to, data))
        return answer

    def close(self) -> None:
        """Do nothing: the outbox stays readable."""
