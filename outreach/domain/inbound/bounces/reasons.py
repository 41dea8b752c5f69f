"""Why a mail was refused, from the three things that a server gives: enhanced status, reply code and words."""

from __future__ import annotations

import re

from outreach.domain.inbound.bounces import dead_phrases as dead
from outreach.domain.inbound.bounces import reason_phrases as alive
from outreach.domain.inbound.bounces.codes import by_code, by_status, statuses
from outreach.domain.inbound.bounces.wording import MAX_READ, Phrases, found, phrases, plain
from outreach.domain.inbound.words import DEAD, Reason

# The order is the precedence: what blames the mailbox's room, the sender or the mail itself goes before what blames
# the address, since servers put 5.1.1 and "recipient rejected" around both.
_WORDS: tuple[tuple[Reason, Phrases], ...] = tuple(
    (reason, phrases(block))
    for reason, block in (
        (Reason.LOOP, alive.LOOP),
        (Reason.MAILBOX_FULL, alive.MAILBOX_FULL),
        (Reason.USER_UNKNOWN, dead.NOT_LISTED),
        (Reason.FILTERED, alive.SIEVE),
        (Reason.VIRUS, alive.VIRUS),
        (Reason.GREYLISTED, alive.GREYLISTED),
        (Reason.PTR, alive.PTR),
        (Reason.RESTRICTED, alive.RESTRICTED),
        (Reason.AUTHENTICATION, alive.AUTHENTICATION),
        (Reason.TLS, alive.TLS),
        (Reason.RATE_LIMITED, alive.RATE_LIMITED),
        (Reason.TOO_MANY_CONNECTIONS, alive.TOO_MANY_CONNECTIONS),
        (Reason.SENDER_REJECTED, alive.SENDER_REJECTED),
        (Reason.BLOCKED, alive.BLOCKED),
        (Reason.REPUTATION, alive.REPUTATION),
        (Reason.SPAM, alive.SPAM),
        (Reason.POLICY, alive.LOCAL_POLICY),
        (Reason.TOO_LARGE, alive.TOO_LARGE),
        (Reason.RELAY_DENIED, alive.RELAY_DENIED),
        (Reason.SUSPENDED, alive.SUSPENDED),
        (Reason.MOVED, dead.MOVED),
        (Reason.NOT_ACCEPTING, dead.NOT_ACCEPTING),
        (Reason.HOST_UNKNOWN, dead.NO_DOMAIN),
        (Reason.NETWORK, alive.NAME_SERVICE),
        (Reason.HOST_UNKNOWN, dead.HOST_UNKNOWN),
        (Reason.USER_UNKNOWN, dead.USER_UNKNOWN),
        (Reason.FILTERED, alive.FILTERED),
    )
)
# Words that need a hard code beside them, and that mean nothing once the server had read the mail itself.
_REFUSED = phrases(dead.REFUSED_RECIPIENT)
# Words that servers add to everything; the enhanced status says more, where there is one.
_VAGUE: tuple[tuple[Reason, Phrases], ...] = tuple(
    (reason, phrases(block))
    for reason, block in (
        (Reason.CONTENT, alive.CONTENT),
        (Reason.SYSTEM_FULL, alive.SYSTEM_FULL),
        (Reason.EXPIRED, alive.EXPIRED),
        (Reason.NETWORK, alive.NETWORK),
        (Reason.PROTOCOL, alive.PROTOCOL),
        (Reason.SYSTEM, alive.SYSTEM),
        (Reason.POLICY, alive.POLICY),
        (Reason.ON_HOLD, alive.ON_HOLD),
    )
)
_AT_GREETING = phrases(
    "reply to helo / reply to ehlo / after helo / after ehlo / after initial connection / greeting"
)
_AT_MAIL = phrases("reply to mail from / after mail from / reply to mail command")
_AFTER_DATA = phrases("end of data / reply to data / after data / data command")
# Statuses that are about the sender whatever words stand beside them (RFC 3463, 7372, Exchange).
_NEVER_OF_RECIPIENT = re.compile(r"\d\.(?:1\.[78]|7\.(?:2[0-9]|509))")


def judge(status: str, smtp_code: str, text: str) -> tuple[Reason, bool]:
    """Return why the mail was refused, and whether the address is dead by it (`words.DEAD`).

    `status` is an enhanced status code (RFC 3463), or none: then that in `text` counts. `smtp_code` is a reply code
    (RFC 5321) or none, `text` what the server said, of which the first 4,000 characters count. Whether the server may be
    asked again is the caller's to know: a 4xx reply can name an unknown user too.
    """
    status = status or next(iter(statuses(text[:MAX_READ])), "")
    reason = _reason(status, smtp_code, plain(text))
    return reason, reason in DEAD


def _reason(status: str, code: str, words: str) -> Reason:
    if _NEVER_OF_RECIPIENT.fullmatch(status):
        return by_status(status)
    said = _first(_WORDS, words)
    if said is not Reason.UNDEFINED:
        return _at_its_place(said, status, words) if said in DEAD else said
    for_good = (
        "4" not in (status[:1], code[:1]) and not status.startswith("5.7.") and "unverified" not in words
    )
    if for_good and found(words, _REFUSED):
        return Reason.POLICY if found(words, _AFTER_DATA) else Reason.USER_UNKNOWN
    known = by_status(status)
    if known is not Reason.UNDEFINED and known is not Reason.POLICY:
        return known
    vague = _first(_VAGUE, words)
    if vague is not Reason.UNDEFINED:
        return vague
    return known if known is not Reason.UNDEFINED else by_code(code)


def _at_its_place(said: Reason, status: str, words: str) -> Reason:
    """Return what words about an unknown address mean at that place of an SMTP session.

    Before RCPT they are about the sender or its host. After DATA, with no x.1.x beside them, they may be the recipient's
    own filter that pretends: the mobile networks of Japan do.
    """
    if found(words, _AT_MAIL):
        return Reason.SENDER_REJECTED
    if said is not Reason.NOT_ACCEPTING and found(words, _AT_GREETING):
        return Reason.BLOCKED
    if (
        said is Reason.USER_UNKNOWN
        and " 5 1 1" not in words
        and status[1:4] != ".1."
        and found(words, _AFTER_DATA)
    ):
        return Reason.FILTERED
    return said


def _first(table: tuple[tuple[Reason, Phrases], ...], words: str) -> Reason:
    return next((reason for reason, wanted in table if found(words, wanted)), Reason.UNDEFINED)
