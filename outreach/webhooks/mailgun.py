"""Mailgun: one event a request, with a signature that does not cover it, so each may be used for one event only."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from outreach.config import Settings
from outreach.domain.inbound.words import Reason
from outreach.webhooks.guards import Guard, Headers, Tokens, from_seconds, is_fresh, is_one_of, secrets
from outreach.webhooks.payloads import code_in, instant, mapping, parsed, rfc_ids, status_in, text, tokens_in
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
    soft,
)

WORDS: dict[str, Word] = {
    "accepted": NOTHING,
    "delivered": DELIVERED,
    "failed": DELAYED,
    "failed/temporary": DELAYED,
    "failed/permanent": judged(),
    "failed/permanent/bounce": judged(),
    "failed/permanent/hardfail": judged(),
    "failed/permanent/generic": judged(),
    "failed/permanent/espblock": soft(Reason.BLOCKED),
    "failed/permanent/greylisted": soft(Reason.GREYLISTED),
    "failed/permanent/old": soft(Reason.EXPIRED),
    # On Mailgun's own lists: the mail never left.
    "failed/permanent/suppress-bounce": held(),
    "failed/permanent/suppress-complaint": COMPLAINED,
    "failed/permanent/suppress-unsubscribe": UNSUBSCRIBED,
    "rejected": held(Reason.SYSTEM),
    "opened": OPENED,
    "clicked": CLICKED,
    "unsubscribed": UNSUBSCRIBED,
    "complained": COMPLAINED,
    "stored": NOTHING,  # read the mailbox by IMAP, or forward to it: the event has an address but no mail
}
"""event, then severity and reason of a failure."""

OLDEST = timedelta(hours=9)  # Mailgun goes on trying for 8 hours
PROXIES = frozenset({"apple", "gmail"})
"""client-info.bot of the mail clients that fetch pictures for a person, or ahead of one; any other is a machine."""


class BySigningKey:
    """HMAC-SHA256 over a time and a token that stand in the body beside the event (Mailgun, "Securing webhooks")."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = [key.encode("utf-8") for key in keys]
        self._tokens = Tokens()

    def admits(self, headers: Headers) -> bool:
        return True

    def open(self, headers: Headers, body: bytes, now: datetime) -> Any:
        """Return the event; Unsigned where the signature is not Mailgun's, or was used for another event."""
        try:
            payload = parsed(body)
        except Unreadable:
            raise Unsigned("no signature") from None
        signature = mapping(payload, "signature")
        at, token = text(signature, "timestamp", limit=32), text(signature, "token", limit=200)
        signed = f"{at}{token}".encode("utf-8", "replace")
        expected = [hmac.digest(key, signed, "sha256").hex() for key in self._keys]
        if not is_one_of(text(signature, "signature"), expected):
            raise Unsigned("bad signature")
        if not is_fresh(from_seconds(at), now, OLDEST):
            raise Unsigned("too old")
        if not self._tokens.use(token, body):
            raise Unsigned("this token was used for another event")
        return payload


def guard(settings: Settings, fetch: Fetch) -> Guard | None:
    """Return what lets in what the signing key signed; None where there is none."""
    keys = secrets("mailgun_webhook_key", settings.mailgun_webhook_key)
    return BySigningKey(keys) if keys else None


def read(payload: Any) -> Iterator[Notice]:
    """Yield what Mailgun tells."""
    event = mapping(payload, "event-data")
    kind = text(event, "event")
    if not kind:
        raise Unreadable("no event in event-data")
    status = mapping(event, "delivery-status")
    said = " ".join(part for part in (text(status, "message"), text(status, "description")) if part)
    yield Notice(
        id=text(event, "id") or f"{kind}:{text(event, 'timestamp')}",
        word="/".join(
            [kind, *([text(event, "severity"), text(event, "reason")] if kind == "failed" else [])]
        ),
        at=instant(event, "timestamp"),
        address=text(event, "recipient"),
        message_ids=rfc_ids(text(event, "message", "headers", "message-id")),
        tokens=tokens_in(text(event, "envelope", "sender"), text(event, "user-variables", "outreach")),
        status=text(status, "enhanced-code", limit=16) or status_in(said),
        smtp_code=_smtp_code(text(status, "code", limit=8)) or code_in(said),
        text=said,
        seen=_seen(event) if kind in ("opened", "clicked") else None,
    )


def _smtp_code(written: str) -> str:
    """Return the code if it is one of SMTP: Mailgun's own begin at 600, and 498 is for what it gave up."""
    return written if len(written) == 3 and written[0] in "245" and written != "498" else ""


def _seen(event: Any) -> Seen:
    client = mapping(event, "client-info")
    bot = text(client, "bot", limit=64).lower()
    by = "" if not bot else "proxy" if bot in PROXIES else "machine"
    return Seen(text(client, "user-agent"), text(event, "ip", limit=64), text(event, "url"), by)
