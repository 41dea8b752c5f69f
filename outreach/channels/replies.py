"""What an SMTP server's reply means: which error it is, and whom it blames (RFC 5321, 3463)."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import NamedTuple

from outreach.errors import ChannelError, Deferred, Rejected

LONGEST_TEXT = 1000

_ENHANCED = re.compile(r"([245])\.\d{1,3}\.\d{1,3}(?=\s|$)")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f]+")
_POLICY = re.compile(
    r"relay|authenticat|blocked|blocklist|blacklist|listed|reputation|policy|spam|\bspf\b|dkim|dmarc|banned",
    re.I,
)


class Stage(StrEnum):
    """How far a mail had come when the server spoke."""

    SESSION = "session"
    RSET = "rset"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    END = "end"


class Reply(NamedTuple):
    """One reply of a server: the code and its lines, which come without code and separator.

    Of four replies a mail only the last is put on record: the words are made of the bytes when asked for.
    """

    code: int
    raw: tuple[bytes, ...]

    @property
    def hundreds(self) -> int:
        """The first digit of the code: 2 is yes, 3 is go on, 4 is later, 5 is no."""
        return self.code // 100

    @property
    def lines(self) -> list[str]:
        """The lines as text, whatever bytes they are."""
        return [line.rstrip(b"\r").decode("utf-8", "replace") for line in self.raw]

    @property
    def enhanced(self) -> str:
        """The status of RFC 3463, or "" where there is none that goes with the code."""
        found = _ENHANCED.match(self.lines[0])
        return found[0] if found and found[1] == str(self.hundreds) else ""

    @property
    def text(self) -> str:
        """The words on one line of at most 1,000 characters."""
        status = self.enhanced
        words = " ".join(line.removeprefix(status).strip() for line in self.lines)
        return _UNPRINTABLE.sub(" ", words).strip()[:LONGEST_TEXT]


# Whom a permanent refusal blames, by the longest matching enhanced status. "later": no reason to give up.
BY_STATUS = {
    "5.1.": "lead",
    "5.1.7": "sender",  # bad sender's mailbox address
    "5.1.8": "sender",  # bad sender's domain
    "5.2.": "lead",
    "5.2.2": "later",  # mailbox full: people empty them
    "5.2.3": "content",  # longer than this mailbox takes
    "5.3.4": "content",  # longer than this system takes
    "5.4.1": "lead",  # what Microsoft says of an unknown recipient
    "5.4.4": "lead",  # no route to the domain
    "5.4.6": "sender",
    "5.5.1": "sender",
    "5.5.2": "sender",
    "5.5.4": "sender",
    "5.6.": "content",
    "5.7.": "sender",
}
# For servers without enhanced status: the code, and the code at a stage.
BY_CODE = {
    (530, None): "sender",
    (534, None): "sender",
    (535, None): "sender",
    (538, None): "sender",
    (500, None): "sender",
    (501, None): "sender",
    (502, None): "sender",
    (503, None): "sender",
    (504, None): "sender",
    (555, None): "sender",
    (552, Stage.MAIL): "content",
    (552, Stage.RCPT): "later",
}
BY_STAGE = {
    Stage.SESSION: "sender",
    Stage.RSET: "sender",
    Stage.MAIL: "sender",
    Stage.RCPT: "lead",
    Stage.DATA: "content",
    Stage.END: "content",
}


def refusal(answer: Reply, stage: Stage) -> ChannelError:
    """Return the error that a reply other than the hoped-for one is. All but 5xx may do later."""
    if not 500 <= answer.code < 600:
        return Deferred(answer.text, answer.code, answer.enhanced)
    blames = _blames(answer, stage)
    if blames == "later":
        return Deferred(answer.text, answer.code, answer.enhanced)
    return Rejected(answer.text, answer.code, answer.enhanced, blames)


def _blames(answer: Reply, stage: Stage) -> str:
    status = answer.enhanced
    by_status = BY_STATUS.get(status) or BY_STATUS.get(status[: status.rfind(".") + 1])
    if stage in (Stage.SESSION, Stage.MAIL):
        # No recipient was named yet, so "5.1.x bad address" speaks of ours.
        return "content" if by_status == "content" or (answer.code, stage) in BY_CODE else "sender"
    if by_status:
        return by_status
    by_code = BY_CODE.get((answer.code, stage)) or BY_CODE.get((answer.code, None))
    if by_code:
        return by_code
    # A refused relay or a listed address looks like an unknown recipient where only the words differ.
    return "sender" if _POLICY.search(answer.text) else BY_STAGE[stage]
