"""Amazon SES, told through SNS: its notifications and its event publishing, which name the same things differently."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from outreach.config import PREFIX, Settings
from outreach.domain.inbound.words import Reason
from outreach.errors import SettingsError
from outreach.webhooks.guards import Guard, secrets
from outreach.webhooks.payloads import at, code_in, instant, items, mapping, rfc_ids, text, tokens_in
from outreach.webhooks.sns import TOPIC, BySns, Fetch
from outreach.webhooks.words import (
    CLICKED,
    COMPLAINED,
    DELAYED,
    DELIVERED,
    NOTHING,
    OPENED,
    UNSUBSCRIBED,
    Notice,
    Seen,
    Unreadable,
    Word,
    held,
    judged,
    note,
    soft,
)

WORDS: dict[str, Word] = {
    "Send": NOTHING,
    "Delivery": DELIVERED,
    "DeliveryDelay": DELAYED,
    "Bounce": judged(),
    "Bounce/Permanent": judged(),
    "Bounce/Permanent/General": judged(),
    "Bounce/Permanent/NoEmail": judged(),  # says that the bounce names no recipient, not that there is none
    # The mail never left: the list repeats what an earlier bounce said, perhaps for another sender.
    "Bounce/Permanent/Suppressed": held(),
    "Bounce/Permanent/OnAccountSuppressionList": held(),
    "Bounce/Permanent/UnsubscribedRecipient": UNSUBSCRIBED,
    "Bounce/Transient": soft(Reason.UNDEFINED),
    "Bounce/Transient/General": soft(Reason.UNDEFINED),
    "Bounce/Transient/MailboxFull": soft(Reason.MAILBOX_FULL),
    "Bounce/Transient/MessageTooLarge": soft(Reason.TOO_LARGE),
    "Bounce/Transient/ContentRejected": soft(Reason.CONTENT),
    "Bounce/Transient/AttachmentRejected": soft(Reason.CONTENT),
    "Bounce/Transient/CustomTimeoutExceeded": soft(Reason.EXPIRED),
    "Bounce/Undetermined": judged(),
    "Complaint": COMPLAINED,
    "Complaint/auth-failure": note("authentication report"),
    "Complaint/not-spam": note("not spam"),
    "Open": OPENED,
    "Click": CLICKED,
    "Reject": held(Reason.VIRUS),  # SES rejects what its virus scanner finds, and nothing else
    "Rendering Failure": held(Reason.CONTENT),
    "Subscription": note("changed topics"),
    "Subscription/unsubscribed": UNSUBSCRIBED,
}
"""eventType or notificationType, then bounceType and bounceSubType, or complaintFeedbackType."""

_PARTS = {
    "DeliveryDelay": "deliveryDelay",
    "Rendering Failure": "failure",
}
"""Where the rest stands, if not under the word itself in small letters."""

_RECIPIENTS = {
    "Bounce": "bouncedRecipients",
    "Complaint": "complainedRecipients",
    "DeliveryDelay": "delayedRecipients",
}


def guard(settings: Settings, fetch: Fetch) -> Guard | None:
    """Return what lets in the topics of the settings; None where there are none."""
    topics = [each.strip() for each in settings.ses_webhook_topics.split(",") if each.strip()]
    if not all(TOPIC.fullmatch(each) for each in topics):
        raise SettingsError(f"{PREFIX}SES_WEBHOOK_TOPICS: write the ARNs of SNS topics, separated by commas")
    passwords = secrets("ses_webhook_secret", settings.ses_webhook_secret)
    return BySns(topics, passwords, fetch) if topics or passwords else None


def read(payload: Any) -> Iterator[Notice]:
    """Yield what SES tells of each recipient."""
    if payload is None:
        return
    kind = text(payload, "eventType") or text(payload, "notificationType")
    if not kind:
        raise Unreadable("neither eventType nor notificationType")
    about = mapping(payload, _PARTS.get(kind, kind.lower()))
    mail = mapping(payload, "mail")
    when = instant(about, "timestamp") or instant(mail, "timestamp")
    sent = text(mail, "messageId")
    # Told twice where both notifications and event publishing are on: SES names feedback the same in both.
    name = text(about, "feedbackId") or f"{kind}:{sent}:{when}:{text(about, 'link')}"
    word = "/".join([kind, *_details(kind, about)])
    for address, recipient in _recipients(kind, about, mail):
        said = text(recipient, "diagnosticCode") or text(about, "reason") or text(about, "errorMessage")
        yield Notice(
            id=name,
            word=word,
            at=when,
            address=address,
            message_ids=_message_ids(mail),
            tokens=tokens_in(text(mail, "source"), *_tagged(mail)),
            status=text(recipient, "status", limit=16),
            smtp_code=code_in(said),
            text=said,
            seen=_seen(about) if kind in ("Open", "Click") else None,
        )


def _details(kind: str, about: Any) -> list[str]:
    if kind == "Bounce":
        return [text(about, "bounceType"), text(about, "bounceSubType")]
    if kind == "Complaint":
        return [text(about, "complaintFeedbackType")]
    if kind == "Subscription" and _left_all(mapping(about, "newTopicPreferences")):
        return ["unsubscribed"]
    return []


def _left_all(preferences: Any) -> bool:
    topics = [text(each, "subscriptionStatus") for each in items(preferences, "topicSubscriptionStatus")]
    return at(preferences, "unsubscribeAll") is True or (bool(topics) and set(topics) == {"OptOut"})


def _recipients(kind: str, about: Any, mail: Any) -> Iterator[tuple[str, Any]]:
    if kind in _RECIPIENTS:
        named = items(about, _RECIPIENTS[kind])
        yield from ((text(each, "emailAddress"), each) for each in named)
        return
    named = items(about, "recipients") or items(mail, "destination")
    # An open of a mail to several people says nothing of which of them it was.
    if kind in ("Open", "Click", "Subscription") and len(named) != 1:
        named = []
    yield from ((text({"address": each}, "address"), None) for each in named)


def _message_ids(mail: Any) -> tuple[str, ...]:
    """Return our own Message-ID: SES puts its own in its place, and tells ours among the original headers."""
    headers = [
        text(each, "value") for each in items(mail, "headers") if text(each, "name").lower() == "message-id"
    ]
    return rfc_ids(text(mail, "commonHeaders", "messageId"), *headers[:4])


def _tagged(mail: Any) -> list[str]:
    return [text({"tag": each}, "tag") for each in items(mail, "tags", "outreach")[:4]]


def _seen(about: Any) -> Seen:
    return Seen(text(about, "userAgent"), text(about, "ipAddress", limit=64), text(about, "link"))
