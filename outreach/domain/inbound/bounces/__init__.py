"""Reports of mail systems on mails of ours: which they are about, whom they did not reach, and why.

`read` knows delivery reports (RFC 3464) and the notices in prose that almost half of all mail systems send instead.
`reasons.judge` says why; it serves replies at sending time and the events of mail providers too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from outreach.domain.inbound.bounces import named
from outreach.domain.inbound.bounces.blocks import Block, blocks_of
from outreach.domain.inbound.bounces.codes import reply_code, spoken, statuses
from outreach.domain.inbound.bounces.notice import Notice, begin_of, notice_of
from outreach.domain.inbound.bounces.reasons import judge
from outreach.domain.inbound.bounces.signs import Signs, gave_up, kind_of_notice, may_be_report
from outreach.domain.inbound.bounces.spelled import address_of, local_part_of
from outreach.domain.inbound.parts import Opened, clean, headers_of, take_apart
from outreach.domain.inbound.words import InboundKind, Reason, Recipient

MAX_TEXT = 300
MAX_HEADERS = 8192

_ID = re.compile(r"<[^<>\s]{3,250}>")

_KINDS = {"failed": InboundKind.BOUNCE, "delayed": InboundKind.DELAYED, "delivered": InboundKind.DELIVERED}
# Reports of other things than deliveries: read receipts, complaints, sums of them.
_OTHERS = ("message/disposition-notification", "message/feedback-report")


@dataclass(frozen=True)
class Report:
    """What a mail system reports. `rule` is what told that it is one; `message_ids` are of the returned mail."""

    kind: InboundKind
    rule: str
    recipients: tuple[Recipient, ...]
    message_ids: tuple[str, ...]


def read(mail: Opened) -> Report | None:
    """Return the report that the mail is; None for a mail that is none, or that a person forwards or asks about."""
    if any(mail.of_type(*_OTHERS)) and not _is_rejection(mail):
        return None
    signs = Signs(mail)
    blocks = blocks_of(mail, disguised=signs.of_system)
    if blocks and (signs.of_system or (signs.of_failure and not signs.is_answer)):
        return _of_blocks(mail, blocks)
    if not may_be_report(mail, signs):
        return None
    if (signs.from_daemon or signs.null_path) and not signs.is_answer and (inner := _passed_on(mail)):
        return inner
    notice = notice_of(mail)
    kind = kind_of_notice(signs, notice)
    return _of_notice(mail, kind, notice) if kind else None


def _is_rejection(mail: Opened) -> bool:
    """Answer whether what looks like a read receipt tells that a filter or a quota refused the mail: Sieve, Dovecot."""
    return "automatically rejected" in begin_of(mail) and any(mail.of_type(_OTHERS[0]))


def _passed_on(mail: Opened) -> Report | None:
    """Return the report that a mail system has put into a mail of its own."""
    for part in mail.of_type("message/rfc822"):
        if headers_of(part.data(MAX_HEADERS)).content_type == "multipart/report":
            inner = take_apart(part.data())
            blocks = blocks_of(inner)
            return _of_blocks(inner, blocks) if blocks else None
    return None


def _of_blocks(mail: Opened, blocks: list[Block]) -> Report:
    notice = notice_of(mail)
    actions = {block.action for block in blocks}
    worst = next((action for action in _KINDS if action in actions), "failed")
    goes_on = any(block.get("will-retry-until") for block in blocks)
    kind = InboundKind.BOUNCE if worst == "delayed" and not goes_on and gave_up(notice) else _KINDS[worst]
    about = [block for block in blocks if block.action in (worst, "")]
    recipients = [_of_block(mail, block, kind, notice) for block in about]
    return Report(kind, f"delivery report: {worst}", _each_once(recipients), _ids(mail, notice))


def _each_once(recipients: Iterable[Recipient]) -> tuple[Recipient, ...]:
    found: dict[str, Recipient] = {}
    for recipient in recipients:
        found.setdefault(recipient.address, recipient)
    return tuple(found.values())


def _ids(mail: Opened, notice: Notice) -> tuple[str, ...]:
    """Return the Message-IDs of the returned mail, and those that the report says it answers: often the same."""
    answered = [mail.headers.first("in-reply-to"), *mail.headers.all("references")[:4]]
    written = [each for value in answered for each in _ID.findall(value[-4000:])]
    return tuple(dict.fromkeys([*notice.message_ids, *written]))


def _of_block(mail: Opened, block: Block, kind: InboundKind, notice: Notice) -> Recipient:
    address = _whom(mail, block, notice)
    said = block.get("diagnostic-code")
    found = _judged(address, block.get("status"), said, kind)
    if found.reason is Reason.UNDEFINED or not said.strip():
        about = named.about(address, [address], notice.text) if address else notice.text
        found = _judged(address, block.get("status"), f"{said}\n{about[:1500]}", kind)
    return found


def _whom(mail: Opened, block: Block, notice: Notice) -> str:
    """Return whom we wrote to: the original recipient, or else the final one, or else the only To of the returned mail."""
    for name in ("original-recipient", "final-recipient", "x-actual-recipient"):
        if address := address_of(block.get(name)):
            return address
    to = named.returned_recipients(notice)
    local = local_part_of(block.get("final-recipient"))
    same = [address for address in to if local and address.startswith(f"{local}@")]
    if same or len(to) == 1:
        return (same or to)[0]
    written = named.recipients_named(mail, notice)
    return written[0].address if len(written) == 1 else ""


def _of_notice(mail: Opened, kind: InboundKind, notice: Notice) -> Report:
    found = named.recipients_named(mail, notice)
    recipients = tuple(_told(each.address, each.text, kind, notice) for each in found)
    return Report(kind, "notice of a mail system", recipients, _ids(mail, notice))


def _told(address: str, about: str, kind: InboundKind, notice: Notice) -> Recipient:
    # The servers' own replies go before what the notice says around them, which often lists what may be wrong.
    for said in (spoken(about), about, notice.text):
        found = _judged(address, "", said, kind)
        if found.reason is not Reason.UNDEFINED:
            break
    return found


def _judged(address: str, written_status: str, said: str, kind: InboundKind) -> Recipient:
    status = _status(written_status, said)
    code = reply_code(said, status[:1])
    reason, hard = judge(status, code, said)
    return Recipient(
        address=address,
        status=status,
        smtp_code=code,
        reason=reason if kind is not InboundKind.DELIVERED else Reason.DELIVERED,
        hard=hard and kind is InboundKind.BOUNCE,
        suppress=hard and kind is InboundKind.BOUNCE,
        text=clean(" ".join(said[: 4 * MAX_TEXT].split()))[:MAX_TEXT],
    )


def _status(written: str, said: str) -> str:
    """Return the more telling of the status in the field and those that the server said: many write 5.0.0 in the field."""
    field, told = statuses(written)[:1], statuses(said[:4000])
    if not field:
        return next((status for status in told if not status.endswith(".0.0")), next(iter(told), ""))
    if not field[0].endswith(".0"):
        return field[0]
    return next((status for status in told if not status.endswith(".0")), field[0])
