"""What a server says to the commands that announce a mail."""

from __future__ import annotations

from outreach import crash
from outreach.channels.connection import Lost
from outreach.channels.replies import Reply, Stage, refusal
from outreach.errors import ChannelError

STAGES = (Stage.MAIL, Stage.RCPT, Stage.DATA)
AFTER_A_REFUSAL = (Stage.RSET, *STAGES)


class Envelope:
    """The answers to MAIL, RCPT and DATA so far. The first refusal is the one that counts."""

    __slots__ = ("closing", "is_begun", "is_open", "refused")

    def __init__(self) -> None:
        self.refused: ChannelError | None = None
        self.closing: ChannelError | None = None
        """The answer of a server that is about to hang up."""
        self.is_begun = False
        """Whether MAIL was answered, by a server that stays."""
        self.is_open = False
        """Whether the server waits for the mail."""

    def hear(self, stage: Stage, answer: Reply) -> None:
        """Take in the answer to the next command; raise Lost for one after which nobody knows who is to speak."""
        if answer.code == 421:
            self.closing = refusal(answer, stage)
            self.refused = self.refused or self.closing
            return
        if answer.hundreds == (3 if stage is Stage.DATA else 2):
            self._agreed(stage)
        elif answer.hundreds not in (4, 5):
            raise Lost("the server answered with a code that has no meaning there")
        elif stage is Stage.RSET:
            raise Lost("the server did not forget the last mail")
        else:
            self.refused = self.refused or refusal(answer, stage)
        self.is_begun = stage is not Stage.RSET

    def _agreed(self, stage: Stage) -> None:
        if stage is Stage.RCPT and not self.refused:
            crash.point("mail_sent")
        elif stage is Stage.DATA:
            self.is_open = True
