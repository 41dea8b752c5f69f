"""Providers that are played: each signs with a key of its own, as the real one documents, and tells what it tells."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from outreach.webhooks import Unavailable

TOPIC = "arn:aws:sns:eu-west-1:123456789012:mail-events"
SNS = "https://sns.eu-west-1.amazonaws.com"
CERTIFICATE = f"{SNS}/SimpleNotificationService-0123456789abcdef.pem"
PASSWORD = "a long password of a test"
MAILGUN_KEY = "key-0123456789abcdef0123456789abcdef"
WHSEC = "whsec_" + base64.b64encode(b"a webhook secret of a test").decode()

JSON = {"Content-Type": "application/json"}

Request = tuple[bytes, dict[str, str]]
"""The body and the headers of a request."""


def document(value: Any) -> bytes:
    return json.dumps(value).encode("utf-8")


def basic(password: str, user: str = "outreach") -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


@dataclass
class Amazon:
    """SNS with a certificate of its own, and what was asked of it."""

    now: datetime
    key: rsa.RSAPrivateKey
    asked: list[str] = field(default_factory=list)
    is_away: bool = False

    @staticmethod
    def new_key() -> rsa.RSAPrivateKey:
        return rsa.generate_private_key(65537, 2048)

    def __post_init__(self) -> None:
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sns.amazonaws.com")])
        self.pem = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self.key.public_key())
            .serial_number(1)
            .not_valid_before(self.now - timedelta(days=30))
            .not_valid_after(self.now + timedelta(days=300))
            .sign(self.key, SHA256())
            .public_bytes(Encoding.PEM)
        )

    def fetch(self, url: str) -> bytes | None:
        """Answer like Amazon: its certificate, and a confirmation for whoever asks for one."""
        self.asked.append(url)
        if self.is_away:
            raise Unavailable("away")
        if url == CERTIFICATE:
            return self.pem
        return b"<ConfirmSubscriptionResponse/>" if "Action=ConfirmSubscription" in url else None

    def notification(self, message: Any, now: datetime, version: str = "1", **changed: Any) -> Request:
        """Return a signed notification; what is `changed` is changed before it is signed."""
        envelope = {
            "Type": "Notification",
            "MessageId": "22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324",
            "TopicArn": TOPIC,
            "Message": message if isinstance(message, str) else json.dumps(message),
            "Timestamp": _iso(now),
            "UnsubscribeURL": f"{SNS}/?Action=Unsubscribe",
        }
        return self.signed(envelope | changed, version)

    def confirmation(self, now: datetime, **changed: Any) -> Request:
        asks = urlencode({"Action": "ConfirmSubscription", "TopicArn": TOPIC, "Token": "2336412f37"})
        envelope = {
            "Type": "SubscriptionConfirmation",
            "MessageId": "165545c9-2a5c-472c-8df2-7ff2be2b3b1b",
            "Token": "2336412f37",
            "TopicArn": TOPIC,
            "Message": "You have chosen to subscribe to the topic.",
            "SubscribeURL": f"{SNS}/?{asks}",
            "Timestamp": _iso(now),
        }
        return self.signed(envelope | changed, "2")

    def signed(self, envelope: dict[str, Any], version: str) -> Request:
        names = ("Message", "MessageId", "Subject", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type")
        canonical = "".join(f"{name}\n{envelope[name]}\n" for name in names if envelope.get(name) is not None)
        algorithm = SHA1() if version == "1" else SHA256()
        signature = self.key.sign(canonical.encode(), PKCS1v15(), algorithm)
        envelope = {
            "SignatureVersion": version,
            "SigningCertURL": CERTIFICATE,
            "Signature": base64.b64encode(signature).decode(),
        } | envelope
        return document(envelope), {"Content-Type": "text/plain; charset=UTF-8"}


@dataclass
class SendGrid:
    """The signed event webhook."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    @property
    def verification_key(self) -> str:
        public = self.key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return base64.b64encode(public).decode()

    def signed(self, value: Any, now: datetime) -> Request:
        body = value if isinstance(value, bytes) else document(value)
        at = str(int(now.timestamp()))
        signature = self.key.sign(at.encode() + body, ec.ECDSA(SHA256()))
        return body, JSON | {
            "X-Twilio-Email-Event-Webhook-Signature": base64.b64encode(signature).decode(),
            "X-Twilio-Email-Event-Webhook-Timestamp": at,
        }


def mailgun(event: Any, now: datetime, token: str = "", key: str = MAILGUN_KEY) -> Request:
    """Return a signed event; each has a token of its own, and the same one where it is told again."""
    token = token or hashlib.sha256(document(event)).hexdigest()[:50]
    at = str(int(now.timestamp()))
    signature = hmac.digest(key.encode(), f"{at}{token}".encode(), "sha256").hex()
    signed = {"timestamp": at, "token": token, "signature": signature}
    return document({"signature": signed, "event-data": event}), JSON


def postmark(value: Any, password: str = PASSWORD) -> Request:
    return (value if isinstance(value, bytes) else document(value)), JSON | basic(password)


def generic(value: Any, now: datetime, message_id: str = "msg_1", secret: str = WHSEC) -> Request:
    body = value if isinstance(value, bytes) else document(value)
    key = base64.b64decode(secret.removeprefix("whsec_"))
    at = str(int(now.timestamp()))
    signature = base64.b64encode(hmac.digest(key, f"{message_id}.{at}.".encode() + body, "sha256")).decode()
    return body, JSON | {
        "Webhook-Id": message_id, "Webhook-Timestamp": at, "Webhook-Signature": f"v1,{signature}",
    }  # fmt: skip


def _iso(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%S.000Z")


# -- what they tell --------------------------------------------------------------------------------

SES_ID = "0102018f5b2c7a11-3d1f0c55-8a2e-4a67-9d55-000000000000-000000"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:138.0) Gecko/20100101 Firefox/138.0"


def ses(
    kind: str, at: datetime, to: str, rfc_id: str = "", key: str = "eventType", **about: Any
) -> dict[str, Any]:
    """Return what SES tells, by event publishing or, under the key notificationType, as a notification."""
    part = {"DeliveryDelay": "deliveryDelay", "Rendering Failure": "failure"}.get(kind, kind.lower())
    mail: dict[str, Any] = {
        "timestamp": _iso(at), "messageId": SES_ID, "source": "anna@example.com", "sendingAccountId": "123456789012",
        "destination": [to], "headersTruncated": False,
        "headers": [{"name": "From", "value": "Anna <anna@example.com>"}, {"name": "To", "value": to}],
        "commonHeaders": {"from": ["Anna <anna@example.com>"], "to": [to], "subject": "Hello"},
        "tags": {"ses:configuration-set": ["outreach"]},
    }  # fmt: skip
    if rfc_id:
        mail["headers"].append({"name": "Message-ID", "value": rfc_id})
        mail["commonHeaders"]["messageId"] = rfc_id
    return {key: kind, part: {"timestamp": _iso(at)} | about, "mail": mail}


def ses_bounce(at: datetime, to: str, rfc_id: str = "", **changed: Any) -> dict[str, Any]:
    recipient = {
        "emailAddress": to, "action": "failed", "status": "5.1.1",
        "diagnosticCode": "smtp; 550 5.1.1 <...>: Recipient address rejected: User unknown in local recipient table",
    } | changed.pop("recipient", {})  # fmt: skip
    about = {
        "bounceType": "Permanent", "bounceSubType": "General", "bouncedRecipients": [recipient],
        "feedbackId": "0102018f5b2c7b33-aaaa", "reportingMTA": "dns; b224-13.smtp-out.eu-west-1.amazonses.com",
    } | changed  # fmt: skip
    return ses("Bounce", at, to, rfc_id, **about)


def postmark_bounce(at: datetime, to: str, **changed: Any) -> dict[str, Any]:
    return {
        "RecordType": "Bounce", "ID": 692560173, "Type": "HardBounce", "TypeCode": 1, "Name": "Hard bounce", "Tag": "",
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483", "ServerID": 23, "MessageStream": "outbound",
        "Description": "The server was unable to deliver your message (ex: unknown user, mailbox not found).",
        "Details": "smtp;550 5.1.1 The email account that you tried to reach does not exist.",
        "Email": to, "From": "anna@example.com", "BouncedAt": at.strftime("%Y-%m-%dT%H:%M:%S.1234567Z"),
        "DumpAvailable": True, "Inactive": True, "CanActivate": True, "Subject": "Hello", "Metadata": {},
    } | changed  # fmt: skip


def sendgrid_event(event: str, at: datetime, to: str, **changed: Any) -> dict[str, Any]:
    return {
        "email": to, "timestamp": int(at.timestamp()), "event": event, "sg_event_id": f"ZGVsaXZlcmVk-{event}",
        "sg_message_id": "14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0", "category": ["outreach"],
    } | changed  # fmt: skip


def mailgun_event(event: str, at: datetime, to: str, rfc_id: Any = "", **changed: Any) -> dict[str, Any]:
    return {
        "event": event, "id": f"CPgfbmQMTCKtHW6uIWtuVe-{event}", "timestamp": at.timestamp(), "log-level": "info",
        "recipient": to, "recipient-domain": to.partition("@")[2], "tags": [], "user-variables": {},
        "envelope": {"sender": "anna@example.com", "targets": to, "transport": "smtp"},
        "message": {"headers": {"message-id": rfc_id.strip("<>"), "to": to, "from": "anna@example.com"}, "size": 900},
    } | changed  # fmt: skip
