"""SendGrid: lists of events, signed with a key of which we have the public half."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from outreach.config import PREFIX, Settings
from outreach.domain.inbound.words import Reason
from outreach.errors import SettingsError
from outreach.webhooks.guards import Guard, Headers, from_seconds, is_fresh
from outreach.webhooks.payloads import at, code_in, instant, parsed, rfc_ids, status_in, text, tokens_in
from outreach.webhooks.sns import Fetch
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
    Unsigned,
    Word,
    held,
    judged,
    note,
    soft,
)

WORDS: dict[str, Word] = {
    "processed": NOTHING,
    "deferred": DELAYED,
    "delivered": DELIVERED,
    "bounce": judged(),
    "bounce/bounce": judged(),
    "bounce/bounce/invalid address": judged(Reason.USER_UNKNOWN),
    "bounce/bounce/unclassified": judged(),
    "bounce/bounce/mailbox unavailable": soft(Reason.SUSPENDED),
    "bounce/bounce/technical": soft(Reason.SYSTEM),
    "bounce/bounce/technical failure": soft(Reason.SYSTEM),
    "bounce/bounce/content": soft(Reason.CONTENT),
    "bounce/bounce/reputation": soft(Reason.REPUTATION),
    "bounce/bounce/frequency/volume": soft(Reason.RATE_LIMITED),
    "bounce/bounce/frequency or volume too high": soft(Reason.RATE_LIMITED),
    "bounce/blocked": soft(Reason.BLOCKED),
    "bounce/expired": soft(Reason.EXPIRED),
    # Dropped mails never left. That somebody asked or complained is as good as the first time it was told;
    # that something bounced before, perhaps for another sender of the account, is no bounce of this mail.
    "dropped": held(Reason.SYSTEM),
    "dropped/bounced address": held(),
    "dropped/invalid": held(),
    "dropped/unsubscribed address": UNSUBSCRIBED,
    "dropped/spam reporting address": COMPLAINED,
    "dropped/spam content": held(Reason.CONTENT),
    "dropped/invalid smtpapi header": held(Reason.CONTENT),
    "dropped/recipient list over package quota": held(Reason.RATE_LIMITED),
    "open": OPENED,
    "click": CLICKED,
    "spamreport": COMPLAINED,
    "unsubscribe": UNSUBSCRIBED,
    "group_unsubscribe": UNSUBSCRIBED,
    "group_resubscribe": note("subscribed to a group again"),
    "account_status_change": NOTHING,
}
"""event, then the type and bounce_classification of a bounce, or the reason of a drop, in small letters."""

OLDEST = timedelta(hours=25)  # SendGrid goes on trying for 24 hours
SIGNATURE = "x-twilio-email-event-webhook-signature"
TIMESTAMP = "x-twilio-email-event-webhook-timestamp"


class ByPublicKey:
    """SendGrid's signed event webhook: ECDSA on P-256 over its timestamp and the body."""

    def __init__(self, keys: Sequence[ec.EllipticCurvePublicKey]) -> None:
        self._keys = keys

    def admits(self, headers: Headers) -> bool:
        return bool(headers.get(SIGNATURE)) and bool(headers.get(TIMESTAMP))

    def open(self, headers: Headers, body: bytes, now: datetime) -> Any:
        """Return what the request says; Unsigned unless one of the keys signed it."""
        at_ = headers.get(TIMESTAMP, "")
        if not is_fresh(from_seconds(at_), now, OLDEST):
            raise Unsigned("too old")
        if not any([_is_signed(key, headers.get(SIGNATURE, ""), at_.encode() + body) for key in self._keys]):
            raise Unsigned("bad signature")
        return parsed(body)


def _is_signed(key: ec.EllipticCurvePublicKey, signature: str, data: bytes) -> bool:
    try:
        key.verify(base64.b64decode(signature, validate=True), data, ec.ECDSA(SHA256()))
    except (binascii.Error, ValueError, InvalidSignature):
        return False
    return True


def guard(settings: Settings, fetch: Fetch) -> Guard | None:
    """Return what lets in what the verification key signed; None where there is none."""
    written = [each.strip() for each in settings.sendgrid_webhook_key.split(",") if each.strip()]
    return ByPublicKey([_key(each) for each in written]) if written else None


def _key(written: str) -> ec.EllipticCurvePublicKey:
    try:
        key = load_der_public_key(base64.b64decode(written, validate=True))
    except (binascii.Error, ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise SettingsError(
            f"{PREFIX}SENDGRID_WEBHOOK_KEY is no verification key; copy it from SendGrid's page"
        )
    return key


def read(payload: Any) -> Iterator[Notice]:
    """Yield what SendGrid tells of each recipient."""
    if not isinstance(payload, list):
        raise Unreadable("no list of events")
    for event in payload:
        kind = text(event, "event")
        if not kind:
            raise Unreadable("an event without a name")
        said = text(event, "reason") or text(event, "response")
        yield Notice(
            id=text(event, "sg_event_id")
            or f"{kind}:{text(event, 'sg_message_id')}:{text(event, 'timestamp')}",
            word="/".join([kind, *_details(kind, event)]).lower(),
            at=instant(event, "timestamp"),
            address=text(event, "email"),
            message_ids=rfc_ids(text(event, "smtp-id")),
            tokens=tokens_in(text(event, "outreach")),
            status=text(event, "status", limit=16) or status_in(said),
            smtp_code=code_in(said),
            text=said,
            seen=_seen(event) if kind in ("open", "click") else None,
        )


def _details(kind: str, event: Any) -> list[str]:
    if kind == "bounce":
        return [text(event, "type"), text(event, "bounce_classification")]
    return [text(event, "reason")] if kind == "dropped" else []


def _seen(event: Any) -> Seen:
    # Apple's mail privacy protection, which fetches pictures whether or not anybody looks at them.
    by = "proxy" if at(event, "sg_machine_open") is True else ""
    return Seen(text(event, "useragent"), text(event, "ip", limit=64), text(event, "url"), by)
