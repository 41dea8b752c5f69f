"""Postmark: one event a request, and whole mails that came in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from outreach.config import Settings
from outreach.domain.inbound.words import Reason
from outreach.webhooks.guards import ByPassword, Guard, secrets
from outreach.webhooks.payloads import (
    at,
    code_in,
    instant,
    items,
    mapping,
    quoted_ids,
    status_in,
    text,
    tokens_in,
)
from outreach.webhooks.sns import Fetch
from outreach.webhooks.words import (
    AUTO_REPLIED,
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
    "Delivery": DELIVERED,
    "Bounce": judged(),
    "Bounce/HardBounce": judged(Reason.USER_UNKNOWN),
    "Bounce/Unknown": judged(),
    "Bounce/BadEmailAddress": judged(Reason.USER_UNKNOWN),
    "Bounce/SoftBounce": soft(Reason.UNDEFINED),
    "Bounce/DnsError": soft(Reason.NETWORK),  # Postmark: a temporary one
    "Bounce/Transient": DELAYED,  # Postmark goes on trying
    "Bounce/Blocked": soft(Reason.BLOCKED),
    "Bounce/SpamNotification": soft(Reason.SPAM),
    "Bounce/VirusNotification": soft(Reason.VIRUS),
    "Bounce/DMARCPolicy": soft(Reason.AUTHENTICATION),
    "Bounce/SMTPApiError": held(Reason.SYSTEM),
    "Bounce/TemplateRenderingFailed": held(Reason.CONTENT),
    # Deactivated at Postmark by hand: the mail never left, and its server said nothing.
    "Bounce/ManuallyDeactivated": held(),
    "Bounce/SpamComplaint": COMPLAINED,
    "Bounce/Unsubscribe": UNSUBSCRIBED,
    "Bounce/AutoResponder": AUTO_REPLIED,
    "Bounce/AddressChange": AUTO_REPLIED,  # tells of a new address, and the mail was delivered to the old one
    "Bounce/ChallengeVerification": note("challenge"),
    "Bounce/Subscribe": note("asks to subscribe"),
    "Bounce/Unconfirmed": note("unconfirmed"),
    "Bounce/OpenRelayTest": NOTHING,
    "Bounce/InboundError": NOTHING,
    "SpamComplaint": COMPLAINED,
    "Open": OPENED,
    "Click": CLICKED,
    "SubscriptionChange": note("changed its subscription"),
    "SubscriptionChange/ManualSuppression": note("suppressed at the provider"),
    "SubscriptionChange/ManualSuppression/Recipient": UNSUBSCRIBED,
    "SubscriptionChange/SpamComplaint": COMPLAINED,
    # The bounce itself is told as well, and says why.
    "SubscriptionChange/HardBounce": note("suppressed at the provider"),
    "SubscriptionChange/reactivated": note("reactivated at the provider"),
    "Inbound": NOTHING,  # read as a mail
}
"""RecordType, then the Type of a bounce, or SuppressionReason and Origin of a change."""

_TIMES = ("BouncedAt", "DeliveredAt", "ReceivedAt", "ChangedAt")
_STRUCTURE = ("content-type", "content-transfer-encoding", "mime-version", "from", "to", "subject")


def guard(settings: Settings, fetch: Fetch) -> Guard | None:
    """Return what lets in who knows the password; None where there is none."""
    passwords = secrets("postmark_webhook_secret", settings.postmark_webhook_secret)
    return ByPassword(passwords) if passwords else None


def read(payload: Any) -> Iterator[Notice]:
    """Yield what Postmark tells; a mail that came in has no RecordType."""
    kind = text(payload, "RecordType") or ("Inbound" if at(payload, "FromFull") else "")
    if not kind:
        raise Unreadable("no RecordType")
    if kind == "Inbound":
        yield Notice(text(payload, "MessageID"), kind, mail=_mail(payload))
        return
    said = text(payload, "Details") if kind == "Bounce" else ""
    when = next((found for name in _TIMES if (found := instant(payload, name))), None)
    yield Notice(
        id=_id(kind, payload),
        word="/".join([kind, *_details(kind, payload)]),
        at=when,
        address=text(payload, "Email") or text(payload, "Recipient"),
        message_ids=quoted_ids(at(payload, "Content")),
        tokens=tokens_in(text(payload, "Metadata", "outreach")),
        status=status_in(said),
        smtp_code=code_in(said),
        text=said,
        seen=_seen(payload) if kind in ("Open", "Click") else None,
    )


def _id(kind: str, payload: Any) -> str:
    """Return what names the event: bounces have a number, all else is told by what it is about, and when."""
    if number := text(payload, "ID"):
        return f"{kind}:{number}"
    about = [text(payload, name) for name in ("MessageID", *_TIMES, "OriginalLink", "Recipient")]
    return f"{kind}:" + hashlib.sha256("\n".join(about).encode()).hexdigest()[:32]


def _details(kind: str, payload: Any) -> list[str]:
    if kind == "Bounce":
        return [text(payload, "Type")]
    if kind != "SubscriptionChange":
        return []
    if at(payload, "SuppressSending") is not True:
        return ["reactivated"]
    return [text(payload, "SuppressionReason"), text(payload, "Origin")]


def _seen(payload: Any) -> Seen:
    host = text(payload, "Geo", "IP", limit=64)
    return Seen(text(payload, "UserAgent"), host, text(payload, "OriginalLink"))


# -- mail that came in ----------------------------------------------------------------------------


def _mail(payload: Any) -> bytes:
    """Return the mail as it came, or put together again where the webhook is not set to tell it as it came."""
    raw = at(payload, "RawEmail")
    if isinstance(raw, str) and raw:
        return raw.encode("utf-8", "replace")
    headers = [(text(each, "Name"), text(each, "Value")) for each in items(payload, "Headers")[:500]]
    kept = [(name, value) for name, value in headers if name and name.lower() not in _STRUCTURE]
    written = at(payload, "TextBody")
    is_plain = isinstance(written, str) and bool(written.strip())
    body = written if is_plain else at(payload, "HtmlBody")
    kept += [
        ("From", f"<{text(mapping(payload, 'FromFull'), 'Email')}>"),
        ("To", text(payload, "OriginalRecipient") or text(payload, "To")),
        ("Subject", text(payload, "Subject")),
        ("MIME-Version", "1.0"),
        ("Content-Type", f"text/{'plain' if is_plain else 'html'}; charset=utf-8"),
        ("Content-Transfer-Encoding", "8bit"),
    ]
    if not any(name.lower() == "date" for name, _ in kept):
        kept.append(("Date", text(payload, "Date")))
    head = "".join(f"{name}: {value}\r\n" for name, value in kept)
    return f"{head}\r\n{body if isinstance(body, str) else ''}".encode("utf-8", "replace")
