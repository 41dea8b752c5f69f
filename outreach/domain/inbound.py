"""What a mail that came in is: a reply, an auto-reply, a bounce, a complaint, found by its headers first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from enum import StrEnum

from outreach.domain import absences, delivery_reports
from outreach.domain.addresses import BadAddress, normalised
from outreach.domain.delivery_reports import Failed
from outreach.domain.intent import Intent, read_intent
from outreach.domain.mail_parts import Headers, Opened, headers_of, take_apart
from outreach.domain.reply_text import new_text

__all__ = ["Failed", "InboundKind", "Incoming", "classify"]


class InboundKind(StrEnum):
    """What a mail that came in can be."""

    REPLY = "reply"
    AUTO_REPLY = "auto_reply"  # away, or a machine that answers (RFC 3834)
    BOUNCE = "bounce"
    DELAYED = "delayed"  # not there yet: the server goes on trying
    COMPLAINT = "complaint"  # somebody pressed "this is spam" (RFC 5965)
    UNSUBSCRIBE = "unsubscribe"  # a mail to the address in List-Unsubscribe (RFC 2369)
    OTHER = "other"


@dataclass(frozen=True)
class Incoming:
    """A mail that came in, as far as the engine has to know it. `rule` is what decided its kind.

    `message_ids` name the mails it answers, the likeliest first; `tokens` are what may be an envelope token of ours.
    """

    kind: InboundKind
    rule: str
    from_address: str = ""  # lower case, domain in punycode; none where the mail names several or none
    subject: str = ""
    message_ids: tuple[str, ...] = ()
    own_message_id: str = ""
    tokens: tuple[str, ...] = ()
    failed: tuple[Failed, ...] = ()
    text: str = ""
    intent: str = ""
    intent_evidence: str = ""
    purchase_time: str = ""
    competitor: str = ""
    contract_ends_on: date | None = None
    resume_on: date | None = None


MAX_IDS = 50
MAX_TOKENS = 20

_ID = re.compile(r"<[^<>\s]{3,250}>")
_ID_LINE = re.compile(r"^[>\s]{0,8}Message-ID:\s{0,4}(<[^<>\s]{3,250}>)", re.IGNORECASE | re.MULTILINE)
_BRACKETED = re.compile(r"<([^<>\s]{1,64}@[^<>\s@]{1,255})>")
_BARE = re.compile(r"[^\s<>()\[\],;:\"@]{1,64}@[^\s<>()\[\],;:\"@]{1,255}")
_TOKEN = re.compile(r"[a-z2-7]{16,60}")
_RECEIVERS = (
    "to",
    "cc",
    "delivered-to",
    "x-original-to",
    "envelope-to",
    "x-envelope-to",
    "x-rcptto",
    "resent-to",
)
_ANSWER = re.compile(r"(?:re|aw|antw|sv|vá|vs|ref|rif|odp)(?:\[\d+\])?\s?:", re.IGNORECASE)
_UNSUBSCRIBE = re.compile(r"(?:please )?unsubscribe(?: me)?[.! ]*", re.IGNORECASE)


def classify(raw: bytes) -> Incoming:
    """Return what `raw` is. Nothing in a mail makes this fail, and no mail takes long."""
    mail = take_apart(raw)
    kind, rule = _kind(mail)
    reports = kind in (InboundKind.BOUNCE, InboundKind.DELAYED)
    text = new_text(mail)
    day = _sent_on(mail.headers)
    answers = kind in (InboundKind.REPLY, InboundKind.UNSUBSCRIBE)
    intent = read_intent(text, day) if answers else Intent()
    subject = mail.headers.text("subject")
    return Incoming(
        kind=kind,
        rule=rule,
        from_address=_sole_address(mail.headers.all("from")),
        subject=subject,
        message_ids=_answered_ids(mail, kind),
        own_message_id=next(iter(_ids([mail.headers.first("message-id")])), ""),
        tokens=_tokens(mail.headers),
        failed=delivery_reports.failed_recipients(mail) if reports else (),
        text=text,
        intent=intent.word,
        intent_evidence=intent.evidence,
        purchase_time=intent.purchase_time,
        competitor=intent.competitor,
        contract_ends_on=intent.contract_ends_on,
        resume_on=absences.returns_on(f"{subject}.\n{text}", day) if kind is InboundKind.AUTO_REPLY else None,
    )


# -- the kind, by the first rule that knows it -----------------------------------------------------


def _kind(mail: Opened) -> tuple[InboundKind, str]:
    for rule in _RULES:
        if found := rule(mail):
            return found
    return InboundKind.REPLY, "a new mail"


Found = tuple[InboundKind, str] | None


def _by_feedback(mail: Opened) -> Found:
    """A complaint is a feedback report (RFC 5965); those on DMARC failures and "not spam" are none."""
    for part in mail.of_type("message/feedback-report"):
        feedback = headers_of(part.data()).first("feedback-type").lower()
        if feedback in ("abuse", "fraud", "opt-out", "opt-out-list"):
            return InboundKind.COMPLAINT, f"feedback report: {feedback}"
        return InboundKind.OTHER, "feedback report: no complaint"
    if _sole_address(mail.headers.all("from")) == "staff@hotmail.com" and any(mail.of_type("message/rfc822")):
        return InboundKind.COMPLAINT, "feedback of Outlook.com"  # which is no report of RFC 5965
    return None


def _by_receipt(mail: Opened) -> Found:
    is_receipt = mail.headers.parameters.get("report-type", "").lower() == "disposition-notification"
    if is_receipt or any(mail.of_type("message/disposition-notification")):
        return InboundKind.OTHER, "read receipt"
    return None


def _by_delivery_report(mail: Opened) -> Found:
    action = delivery_reports.action(mail)
    if not action:
        return None
    kinds = {"failed": InboundKind.BOUNCE, "delayed": InboundKind.DELAYED}
    return kinds.get(action, InboundKind.OTHER), f"delivery report: {action}"


def _by_failure_notice(mail: Opened) -> Found:
    action = delivery_reports.written_action(mail)
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
    if not _sole_address(mail.headers.all("from")):
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


# -- whom and what it is about ---------------------------------------------------------------------


def _answered_ids(mail: Opened, kind: InboundKind) -> tuple[str, ...]:
    """Return the Message-IDs that the mail is about: of the returned mail, then what it answers, newest first."""
    written: list[str] = []
    if kind in (InboundKind.BOUNCE, InboundKind.DELAYED, InboundKind.COMPLAINT):
        for part in mail.of_type("message/rfc822", "text/rfc822-headers", "message/rfc822-headers"):
            written.append(headers_of(part.data()).first("message-id"))
        for part in mail.of_type("text/plain"):
            written += _ID_LINE.findall(part.text())
    references = " ".join(value[-16_000:] for value in mail.headers.all("references"))
    found = [*_ids(written), *_ids([mail.headers.first("in-reply-to")]), *reversed(_ids([references]))]
    return tuple(dict.fromkeys(found))[:MAX_IDS]


def _ids(values: Iterable[str]) -> list[str]:
    return [found for value in values for found in _ID.findall(value) if found.isascii()]


def _sole_address(values: tuple[str, ...]) -> str:
    """Return the one address in From; a mail that names two of them may be by anybody."""
    found = {address for value in values for address in _addresses(_spelt(value[:1000]))}
    try:
        return normalised(found.pop(), reserved=True) if len(found) == 1 else ""
    except BadAddress:
        return ""


def _spelt(value: str) -> str:
    # Encoded words stay as they are: an address that hides in a name is not the sender's.
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _addresses(value: str) -> list[str]:
    return _BRACKETED.findall(value) or _BARE.findall(value)


def _tokens(headers: Headers) -> tuple[str, ...]:
    """Return what may be an envelope token, also where a forwarder wrapped our address into its own (SRS)."""
    locals_ = (
        address.rpartition("@")[0].lower()
        for name in _RECEIVERS
        for value in headers.all(name)[:20]
        for address in _BARE.findall(value[:2000])
    )
    found = (piece for local in locals_ for piece in re.split(r"[+=]", local) if _TOKEN.fullmatch(piece))
    return tuple(dict.fromkeys(found))[:MAX_TOKENS]


def _sent_on(headers: Headers) -> date | None:
    try:
        return parsedate_to_datetime(headers.first("date")[:100]).date()
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
