"""What mail servers say of a mail they could not deliver: reports (RFC 3464) and notices in prose."""

from __future__ import annotations

import re

from outreach.domain.inbound.parts import Headers, Opened, clean, headers_of
from outreach.domain.inbound.words import Reason, Recipient

MAX_RECIPIENTS = 100
MAX_REASON = 300
# How much of a notice is read for its reason: behind it comes the returned mail.
NOTICE = 3000


_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<![\d.])([45]\d\d)(?=[\s#-])")
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"'@]{1,64}@[^\s<>()\[\],;:\"'@]{1,255}")
_DAEMON = re.compile(
    r"mailer-?daemon|postmaster@|mail delivery (?:sub)?system|mail delivery service|mail-daemon",
    re.IGNORECASE,
)
_FAILED = re.compile(
    r"undeliver|delivery status notification|delivery notification|failure notice|delivery (?:has )?fail|fail\w* delivery"
    r"|returned mail|mail delivery failed|could not be delivered|not delivered|unzustellbar|nicht zugestellt"
    r"|zustellung fehlgeschlagen|kézbesíthetetlen|kézbesítési hiba|nem kézbesíthető|non remis|no se puede entregar",
    re.IGNORECASE,
)
_DELAYED = re.compile(
    r"delay|still being retried|warning: could not send|verzögert|késik|késleltet", re.IGNORECASE
)
_NOBODY = re.compile(
    r"(?:user|recipient|mailbox|address|account)\b.{0,40}\b(?:unknown|not found|does ?n[o']t exist|invalid"
    r"|disabled|inactive)"
    r"|(?:unknown|no such|invalid|non-?existent) (?:user|recipient|mailbox|address|account|person|local)"
    r"|does not have an? .{0,30}account|no mailbox here|host or domain name not found|domain .{0,60}not (?:found|exist)",
    re.IGNORECASE,
)


def action(mail: Opened) -> str:
    """Return the worst that a delivery report says of its recipients (failed, delayed, ...), or nothing."""
    found = {_action(block) for block in _blocks(mail)}
    return next(
        (word for word in ("failed", "delayed", "delivered", "relayed", "expanded") if word in found), ""
    )


def written_action(mail: Opened) -> str:
    """Return "failed" or "delayed" for a notice in prose of a mail system, or nothing."""
    headers = mail.headers
    if headers.first("x-failed-recipients"):
        return "delayed" if _DELAYED.search(headers.text("subject")) else "failed"
    if not _DAEMON.search(headers.text("from")):
        return ""
    subject = headers.text("subject")
    if _DELAYED.search(subject):
        return "delayed"
    return "failed" if _FAILED.search(subject) else ""


def failed_recipients(mail: Opened) -> tuple[Recipient, ...]:
    """Return whom the mail did not reach, of the report or else of the notice's words."""
    blocks = [block for block in _blocks(mail) if _action(block) in ("failed", "delayed")]
    if blocks:
        return tuple(_of_block(block) for block in blocks[:MAX_RECIPIENTS])
    notice = _notice(mail)
    named = _ADDRESS.findall(mail.headers.first("x-failed-recipients")) or _ADDRESS.findall(notice)[:1]
    return tuple(_failed(address, "", notice) for address in named[:MAX_RECIPIENTS])


def _blocks(mail: Opened) -> list[Headers]:
    """Return the per-recipient blocks. A report that somebody forwards lies within that mail: not looked at."""
    blocks: list[Headers] = []
    for part in mail.of_type("message/delivery-status", "message/global-delivery-status"):
        for written in re.split(rb"\r?\n(?:[ \t]*\r?\n)+", part.data())[: 2 * MAX_RECIPIENTS]:
            block = headers_of(written.lstrip())
            if block.first("final-recipient") or block.first("original-recipient"):
                blocks.append(block)
    return blocks


def _action(block: Headers) -> str:
    written = block.first("action").split()
    if written:
        return written[0].lower().rstrip(",;")
    return {"5": "failed", "4": "delayed", "2": "delivered"}.get(block.first("status")[:1], "")


def _of_block(block: Headers) -> Recipient:
    # The original recipient is the one that we wrote to; a forwarder's target may be the final one.
    written = block.first("original-recipient") or block.first("final-recipient")
    found = _ADDRESS.search(written.partition(";")[2] or written)
    return _failed(found[0] if found else "", block.first("status"), block.text("diagnostic-code"))


def _failed(address: str, written_status: str, explanation: str) -> Recipient:
    status = _STATUS.search(written_status) or _STATUS.search(explanation)
    code = _CODE.search(explanation)
    words = status[0] if status else ""
    # Many servers put 5.0.0 where the text they quote says more.
    if words.endswith(".0.0") and (better := _STATUS.search(explanation)) and better[1] == words[0]:
        words = better[0]
    number = code[1] if code else ""
    hard = _is_hard(words, number, explanation)
    return Recipient(
        address=address.lower(),
        status=words,
        smtp_code=number,
        reason=Reason.USER_UNKNOWN if hard else Reason.UNDEFINED,
        hard=hard,
        suppress=hard,
        text=clean(" ".join(explanation.split()))[:MAX_REASON],
    )


def _is_hard(status: str, code: str, explanation: str) -> bool:
    """Answer whether the address itself is to blame, for good.

    A full mailbox (5.2.2), a policy or our own reputation (5.7.x) and our own address (5.1.7, 5.1.8) are not its fault.
    """
    if status.startswith("5.1."):
        return status not in ("5.1.7", "5.1.8")
    if status in ("", "5.0.0", "5.2.1"):
        return (status or code).startswith("5") and _NOBODY.search(explanation) is not None
    return False


def _notice(mail: Opened) -> str:
    for part in mail.of_type("text/plain"):
        return part.text()[:NOTICE]
    return ""
