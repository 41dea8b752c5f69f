"""What a mail that came in is, by the first rule of a table that knows it; headers come before words."""

from __future__ import annotations

import re
from collections.abc import Callable

from outreach.domain.inbound import absences, reports
from outreach.domain.inbound.identifiers import sole_address
from outreach.domain.inbound.parts import Opened, headers_of
from outreach.domain.inbound.words import InboundKind

Found = tuple[InboundKind, str] | None

_ANSWER = re.compile(r"(?:re|aw|antw|sv|vá|vs|ref|rif|odp)(?:\[\d+\])?\s?:", re.IGNORECASE)
_UNSUBSCRIBE = re.compile(r"(?:please )?unsubscribe(?: me)?[.! ]*", re.IGNORECASE)


def kind_of(mail: Opened) -> tuple[InboundKind, str]:
    """Return what the mail is, and which rule says so."""
    for rule in _RULES:
        if found := rule(mail):
            return found
    return InboundKind.REPLY, "a new mail"


def _by_feedback(mail: Opened) -> Found:
    """A complaint is a feedback report (RFC 5965); those on DMARC failures and "not spam" are none."""
    for part in mail.of_type("message/feedback-report"):
        feedback = headers_of(part.data()).first("feedback-type").lower()
        if feedback in ("abuse", "fraud", "opt-out", "opt-out-list"):
            return InboundKind.COMPLAINT, f"feedback report: {feedback}"
        return InboundKind.OTHER, "feedback report: no complaint"
    if sole_address(mail.headers) == "staff@hotmail.com" and any(mail.of_type("message/rfc822")):
        return InboundKind.COMPLAINT, "feedback of Outlook.com"  # which is no report of RFC 5965
    return None


def _by_receipt(mail: Opened) -> Found:
    is_receipt = mail.headers.parameters.get("report-type", "").lower() == "disposition-notification"
    if is_receipt or any(mail.of_type("message/disposition-notification")):
        return InboundKind.READ_RECEIPT, "read receipt"
    return None


def _by_delivery_report(mail: Opened) -> Found:
    action = reports.action(mail)
    if not action:
        return None
    kinds = {"failed": InboundKind.BOUNCE, "delayed": InboundKind.DELAYED}
    return kinds.get(action, InboundKind.DELIVERED), f"delivery report: {action}"


def _by_failure_notice(mail: Opened) -> Found:
    action = reports.written_action(mail)
    if not action:
        return None
    return (InboundKind.BOUNCE if action == "failed" else InboundKind.DELAYED), f"failure notice: {action}"


def _by_auto_reply(mail: Opened) -> Found:
    rule = absences.auto_reply_rule(mail.headers)
    return (InboundKind.AUTO_REPLY, rule) if rule else None


def _by_list_unsubscribe(mail: Opened) -> Found:
    if _UNSUBSCRIBE.fullmatch(mail.headers.text("subject")):
        return InboundKind.UNSUBSCRIBE, "subject"
    return None


def _by_reference(mail: Opened) -> Found:
    if mail.headers.first("in-reply-to") or mail.headers.first("references"):
        return InboundKind.REPLY, "references"
    if _ANSWER.match(mail.headers.text("subject")):
        return InboundKind.REPLY, "subject"
    return None


def _by_no_person(mail: Opened) -> Found:
    """What lists and machines send on their own is nobody's answer."""
    for name in ("list-id", "list-unsubscribe", "feedback-id", "x-loop"):
        if mail.headers.first(name):
            return InboundKind.OTHER, name
    if not sole_address(mail.headers):
        return InboundKind.OTHER, "no sender"
    return None


_RULES: tuple[Callable[[Opened], Found], ...] = (
    _by_feedback,
    _by_receipt,
    _by_delivery_report,
    _by_failure_notice,
    _by_auto_reply,
    _by_list_unsubscribe,
    _by_reference,
    _by_no_person,
)
