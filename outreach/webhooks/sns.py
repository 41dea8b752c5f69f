"""Amazon SNS: its envelope, its signature with Amazon's certificate, and the confirmation of a subscription."""

from __future__ import annotations

import base64
import binascii
import re
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import requests
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA1, SHA256, HashAlgorithm

from outreach.webhooks.guards import Headers, has_password, is_fresh
from outreach.webhooks.payloads import instant, parsed, text
from outreach.webhooks.words import Unavailable, Unreadable, Unsigned

OLDEST = timedelta(days=1)  # SNS goes on trying for hours, with the first signature
PATIENCE = 5.0  # seconds
LONGEST_ANSWER = 64 * 1024
MOST_CERTIFICATES = 16
ASK_AGAIN = timedelta(minutes=5)
FETCHES, FETCHES_WITHIN = 10, timedelta(minutes=1)  # anybody can name a certificate and make us ask for it

TOPIC = re.compile(r"arn:aws[a-z-]{0,12}:sns:([a-z0-9-]{1,30}):[0-9]{12}:[A-Za-z0-9_-]{1,256}(?:\.fifo)?")
_HOST = re.compile(r"sns\.([a-z0-9-]{1,30})\.amazonaws\.com(?:\.cn)?")
_CERTIFICATE = re.compile(r"/[A-Za-z0-9-]{1,100}\.pem")

SIGNED = {
    "Notification": ("Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"),
    "SubscriptionConfirmation": (
        "Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type",
    ),
    "UnsubscribeConfirmation": (
        "Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type",
    ),
}  # fmt: skip
"""Which fields are signed, in their order (docs.aws.amazon.com/sns, "Verifying the signatures of Amazon SNS messages")."""

HASHES: dict[str, Callable[[], HashAlgorithm]] = {"1": SHA1, "2": SHA256}

Fetch = Callable[[str], bytes | None]
"""Returns what stands at an address; None where there is nothing. Unavailable where nobody answers."""


def fetched(url: str) -> bytes | None:
    """Return what stands at `url`, None for more than LONGEST_ANSWER of it; no redirect is followed."""
    found = bytearray()
    try:
        with requests.get(url, timeout=PATIENCE, allow_redirects=False, stream=True) as answer:
            if answer.status_code >= 500:
                raise Unavailable(f"Amazon answers with {answer.status_code}")
            for chunk in answer.iter_content(8192):
                found += chunk
                if len(found) > LONGEST_ANSWER:
                    return None
            return bytes(found) if answer.status_code == 200 else None
    except (requests.RequestException, OSError) as error:
        raise Unavailable(f"Amazon can not be asked: {type(error).__name__}") from None


@dataclass
class Certificates:
    """Amazon's certificates, each fetched once; what is none is remembered for a while as well."""

    fetch: Fetch
    _known: dict[str, tuple[x509.Certificate | None, datetime]] = field(default_factory=dict)
    _asked: list[datetime] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def key(self, url: str, now: datetime) -> rsa.RSAPublicKey | None:
        """Return the key of the certificate at `url`, None where there is none that holds now."""
        with self._lock:
            certificate, at = self._known.get(url, (None, None))
            is_due = at is None or (certificate is None and now - at >= ASK_AGAIN)
            if is_due:
                self._count(now)
        if is_due:
            # Without the lock: who names a slow address keeps nobody else waiting.
            certificate = _certificate(self.fetch(url))
            with self._lock:
                self._keep(url, certificate, now)
        if (
            certificate is None
            or not certificate.not_valid_before_utc <= now <= certificate.not_valid_after_utc
        ):
            return None
        key = certificate.public_key()
        return key if isinstance(key, rsa.RSAPublicKey) else None

    def _count(self, now: datetime) -> None:
        self._asked = [at for at in self._asked if now - at < FETCHES_WITHIN]
        if len(self._asked) >= FETCHES:
            raise Unavailable("too many certificates were asked for")
        self._asked.append(now)

    def _keep(self, url: str, found: x509.Certificate | None, now: datetime) -> None:
        """Remember what was found; only what holds no more, or never did, makes room for it."""
        if len(self._known) >= MOST_CERTIFICATES and url not in self._known:
            spare = (
                name for name, (one, _) in self._known.items() if not one or one.not_valid_after_utc < now
            )
            name = next(spare, None)
            if name is None:
                return
            del self._known[name]
        self._known[url] = (found, now)


def _certificate(pem: bytes | None) -> x509.Certificate | None:
    try:
        return x509.load_pem_x509_certificate(pem) if pem else None
    except ValueError:
        return None


class BySns:
    """Lets in what Amazon signed for one of our topics, and confirms their subscriptions.

    Amazon signs for everybody's topics alike, so what is signed for another topic is a stranger's. Raw delivery is
    not signed: it is let in with one of the passwords, which SNS sends where the endpoint's address holds it.
    """

    def __init__(self, topics: Collection[str], passwords: Sequence[str], fetch: Fetch) -> None:
        self._topics = frozenset(topics)
        self._passwords = passwords
        self._certificates = Certificates(fetch)

    def admits(self, headers: Headers) -> bool:
        return not _is_raw(headers) or has_password(headers, self._passwords)

    def open(self, headers: Headers, body: bytes, now: datetime) -> Any:
        """Return what SES says, None where the envelope says it all."""
        if _is_raw(headers):
            if not has_password(headers, self._passwords):
                raise Unsigned("raw message delivery, without the password")
            return parsed(body)
        envelope = self._verified(body, now)
        if envelope["Type"] == "SubscriptionConfirmation":
            self._confirm(envelope)
        return _message(envelope) if envelope["Type"] == "Notification" else None

    def _verified(self, body: bytes, now: datetime) -> dict[str, Any]:
        try:
            envelope = parsed(body)
        except Unreadable:
            raise Unsigned("no envelope of SNS") from None
        if not isinstance(envelope, dict) or text(envelope, "Type") not in SIGNED:
            raise Unsigned("no envelope of SNS")
        if text(envelope, "TopicArn") not in self._topics:
            raise Unsigned("of another topic; if it is yours, add it to OUTREACH_SES_WEBHOOK_TOPICS")
        if not is_fresh(instant(envelope, "Timestamp"), now, OLDEST):
            raise Unsigned("too old")
        if not self._is_signed(envelope, now):
            raise Unsigned("bad signature")
        return envelope

    def _is_signed(self, envelope: dict[str, Any], now: datetime) -> bool:
        canonical, url = _canonical(envelope), text(envelope, "SigningCertURL")
        algorithm = HASHES.get(text(envelope, "SignatureVersion"))
        if canonical is None or algorithm is None or not _is_of(url, envelope["TopicArn"], _CERTIFICATE):
            return False
        key = self._certificates.key(url, now)
        if key is None:
            return False
        try:
            signature = base64.b64decode(text(envelope, "Signature"), validate=True)
            key.verify(signature, canonical, PKCS1v15(), algorithm())
        except (binascii.Error, InvalidSignature, ValueError):
            return False
        return True

    def _confirm(self, envelope: dict[str, Any]) -> None:
        """Confirm the subscription at Amazon itself, whatever else the signed address could lead to."""
        url = text(envelope, "SubscribeURL")
        asks_for = parse_qs(urlsplit(url).query)
        if not _is_of(url, envelope["TopicArn"], re.compile("/?")):
            raise Unsigned("the address to confirm at is not Amazon's")
        if asks_for.get("Action") != ["ConfirmSubscription"] or asks_for.get("TopicArn") != [
            envelope["TopicArn"]
        ]:
            raise Unsigned("the address to confirm at is for something else")
        if self._certificates.fetch(url) is None:
            raise Unavailable("Amazon did not confirm the subscription")


def _is_raw(headers: Headers) -> bool:
    return headers.get("x-amz-sns-rawdelivery", "").lower() == "true"


def _is_of(url: str, topic: str, path: re.Pattern[str]) -> bool:
    """Answer whether `url` is https, at the SNS of the topic's own region, and of that path."""
    try:
        parts = urlsplit(url)
        host, port = _HOST.fullmatch(parts.hostname or ""), parts.port
    except ValueError:
        return False
    region = TOPIC.fullmatch(topic)
    return (
        parts.scheme == "https"
        and port in (None, 443)
        and "@" not in parts.netloc
        and host is not None
        and region is not None
        and host[1] == region[1]
        and path.fullmatch(parts.path) is not None
    )


def _canonical(envelope: dict[str, Any]) -> bytes | None:
    """Return what is signed; None where a field is missing or is no text."""
    named = [name for name in SIGNED[envelope["Type"]] if name != "Subject" or envelope.get(name) is not None]
    if not all(isinstance(envelope.get(name), str) for name in named):
        return None
    return "".join(f"{name}\n{envelope[name]}\n" for name in named).encode("utf-8", "surrogatepass")


def _message(envelope: dict[str, Any]) -> Any:
    """Return what is in the envelope; None for the greeting that SES sends when it is given a topic."""
    message: str = envelope["Message"]
    if message.startswith("Successfully validated SNS topic"):
        return None
    return parsed(message.encode("utf-8", "surrogatepass"))
