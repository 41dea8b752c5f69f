"""Whether a mail without a machine-readable part is a report of a mail system: several signs, added up."""

from __future__ import annotations

import re
from functools import cached_property

from outreach.domain.inbound.bounces import notice_phrases as notices
from outreach.domain.inbound.bounces.codes import reply_code, statuses
from outreach.domain.inbound.bounces.notice import Notice, begin_of
from outreach.domain.inbound.bounces.wording import found, phrases, plain
from outreach.domain.inbound.parts import Opened
from outreach.domain.inbound.words import InboundKind

# So many points make a report.
ENOUGH = 5

_DAEMONS = phrases(notices.DAEMONS)
_SOFT_DAEMONS = phrases(notices.SOFT_DAEMONS)
_FAILED = phrases(notices.FAILED_SUBJECTS)
_DELAYED = phrases(notices.DELAYED_SUBJECTS)
_DELIVERED = phrases(notices.DELIVERED_SUBJECTS)
_OPENINGS = phrases(notices.OPENINGS)
_GAVE_UP = phrases(notices.GAVE_UP)
_STILL_TRYING = phrases(notices.STILL_TRYING)
_ABOUT_MAIL = phrases(notices.ABOUT_MAIL)

_ANSWERED = re.compile(
    r"\s*(?:\[[^\]]{0,40}\]\s*)?(?:re|aw|antw|antwort|sv|vs|vá|ref|rif|r|odp|res|fw|fwd|wg|tr|i|enc|továbbítás|doorst)"
    r"(?:\[\d{1,3}\])?\s?:",
    re.IGNORECASE,
)
_PROGRAMS = re.compile(
    r"outlook|thunderbird|apple mail|iphone|mutt|the bat|evolution|zimbra|roundcube|squirrelmail",
    re.IGNORECASE,
)
_NOBODY = re.compile(r"\s*<?\s*(?:>|mailer-daemon)", re.IGNORECASE)
_NO_ADDRESS = re.compile(r"<@?>")
_BULK = ("list-unsubscribe", "list-id", "list-post", "feedback-id")
# The headers that mail systems alone put on their reports.
_MARKED = (
    "x-failed-recipients",
    "x-ms-exchange-message-is-ndr",
    "x-ndr",
    "x-bounce-type",
    "x-mdaemon-deliver-to-dsn",
)


class Signs:
    """The signs of one mail, those of the headers first since most mails end there."""

    def __init__(self, mail: Opened) -> None:
        headers = mail.headers
        self.mail = mail
        self.subject = plain(headers.text("subject"))
        # The local part is a word too: MAILER-DAEMON@example.com has no name.
        self.sender = plain(headers.text("from").replace("@", " at "))
        self.is_answer = _ANSWERED.match(headers.text("subject")) is not None
        self.null_path = _NOBODY.match(headers.first("return-path")) is not None
        self.is_report = headers.parameters.get("report-type", "").lower() == "delivery-status"
        self.marked = any(name in headers.fields for name in _MARKED)
        self.from_list = any(name in headers.fields for name in _BULK)

    @cached_property
    def from_daemon(self) -> bool:
        return found(self.sender, _DAEMONS) or _NO_ADDRESS.search(self.mail.headers.first("from")) is not None

    @property
    def of_system(self) -> bool:
        """Whether the headers say that a mail system wrote it, though perhaps not what."""
        return self.is_report or self.from_daemon or self.null_path

    @cached_property
    def of_failure(self) -> bool:
        return found(self.subject, _FAILED) or found(self.subject, _DELAYED)

    def of_headers(self) -> int:
        """Return the points of the headers alone."""
        headers = self.mail.headers
        points = 3 if self.from_daemon else found(self.sender, _SOFT_DAEMONS)
        points += 2 * self.null_path + 3 * self.marked + 3 * self.is_report
        points += 2 * self.of_failure
        # List software sets its headers on the reports that come back to it too.
        points -= 4 * (self.from_list and not self.from_daemon)
        if self.is_answer and not self.null_path:
            points -= 4
        if not self.from_daemon and _PROGRAMS.search(headers.first("x-mailer") + headers.first("user-agent")):
            points -= 2
        return points


def may_be_report(mail: Opened, signs: Signs) -> bool:
    """Answer, from the headers and the first lines, whether it is worth to look closer."""
    if signs.of_headers() >= 2:
        return True
    return (signs.from_daemon or not signs.is_answer) and found(plain(begin_of(mail)), _OPENINGS)


def kind_of_notice(signs: Signs, notice: Notice) -> InboundKind | None:
    """Return what the notice in prose tells, None for what is no report."""
    words = plain(_unquoted(notice.text))
    code = reply_code(notice.text[:4000], "5")
    coded = bool(code or statuses(notice.text[:4000]))
    if not _is_report(signs, notice, words, coded):
        return None
    if found(words, _GAVE_UP):
        return InboundKind.BOUNCE
    if found(signs.subject, _DELIVERED):
        return InboundKind.DELIVERED
    goes_on = found(words, _STILL_TRYING) and not code.startswith("5")
    return InboundKind.DELAYED if goes_on or found(signs.subject, _DELAYED) else InboundKind.BOUNCE


def _is_report(signs: Signs, notice: Notice, words: str, coded: bool) -> bool:
    opening = found(words[:900], _OPENINGS)
    if not (opening or signs.of_failure or signs.marked):
        return False
    # Few mail systems answer with "Re:"; a postmaster in person does, but does not begin with a reply of a server.
    if signs.is_answer:
        return (signs.from_daemon or signs.null_path) and coded and found(words[:250], _OPENINGS)
    if not signs.from_daemon and not _is_about_mail(signs, notice, words, coded):
        return False
    # No newsletter returns a mail: with one, the headers of a list are those of a list that rejects.
    returned = 1 + 4 * (signs.from_list and not signs.from_daemon) if notice.returned else 0
    return signs.of_headers() + 2 * opening + returned + coded >= ENOUGH


def _is_about_mail(signs: Signs, notice: Notice, words: str, coded: bool) -> bool:
    """Answer whether a notice of no known mail system is about mail.

    Parcel services and shops write of deliveries that failed, and an auto-reply may say that it passes nothing on.
    """
    if signs.is_report or signs.marked:
        return True
    if not signs.of_failure:
        return coded and notice.returned is not None
    if coded or notice.returned:
        return True
    return signs.null_path and found(words, _ABOUT_MAIL)


def gave_up(notice: Notice) -> bool:
    """Answer whether a notice says that the server has stopped trying."""
    words = plain(_unquoted(notice.text))
    return found(words, _GAVE_UP) and not found(words, _STILL_TRYING)


def _unquoted(text: str) -> str:
    return "\n".join(line for line in text[:6000].split("\n") if not line.startswith(">"))
