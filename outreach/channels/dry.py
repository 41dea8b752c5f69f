"""A channel that keeps what it is given: for dry runs, the simulator and tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from outreach.channels.answers import Answer, Outcome, Outgoing


class Dry:
    """Takes every mail, or does what `answers` says for the recipient: an answer, or the error to return."""

    def __init__(self, answers: Callable[[str], Outcome] | None = None, lanes: int = 1) -> None:
        self.outbox: list[Outgoing] = []
        self.lanes = lanes
        self._answers = answers

    def open(self) -> None:
        """Do nothing: there is nobody to talk to."""

    def send(self, mails: Sequence[Outgoing]) -> list[Outcome]:
        """Keep the mails in the outbox, but for those that the script refuses."""
        return [self._send(mail) for mail in mails]

    def _send(self, mail: Outgoing) -> Outcome:
        answer = self._answers(mail.to) if self._answers else Answer(250, "2.0.0", "kept")
        if isinstance(answer, Answer):
            self.outbox.append(mail)
        return answer

    def close(self) -> None:
        """Do nothing: the outbox stays readable."""
