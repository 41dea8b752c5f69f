"""The words for mail that came in: its kinds, why a mail failed, what a person means, and what is found in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class InboundKind(StrEnum):
    """What a mail that came in can be."""

    REPLY = "reply"
    AUTO_REPLY = "auto_reply"  # away, or a machine that answers (RFC 3834)
    BOUNCE = "bounce"
    DELAYED = "delayed"  # not there yet: the server goes on trying
    DELIVERED = "delivered"  # a server tells that it is there (RFC 3464: delivered, relayed, expanded)
    COMPLAINT = "complaint"  # somebody pressed "this is spam" (RFC 5965)
    AUTH_REPORT = "auth_report"  # a mail of ours failed SPF, DKIM or DMARC (RFC 6591, 7489)
    READ_RECEIPT = "read_receipt"  # RFC 8098
    CHALLENGE = "challenge"  # asks the sender to prove to be a person
    UNSUBSCRIBE = "unsubscribe"  # a mail to the address in List-Unsubscribe (RFC 2369)
    OTHER = "other"


class Intent(StrEnum):
    """What the writer of a reply means."""

    INTERESTED = "interested"
    QUESTION = "question"
    MEETING = "meeting"
    NOT_NOW = "not_now"
    NO_BUDGET = "no_budget"
    NOT_INTERESTED = "not_interested"
    ALREADY_BOUGHT = "already_bought"
    WRONG_PERSON = "wrong_person"
    UNSUBSCRIBE = "unsubscribe"
    ANGRY = "angry"
    UNSURE = "unsure"  # a person has to read it


class Reason(StrEnum):
    """Why a mail failed, in the words of the field. `DEAD` are those by which the address is lost for good."""

    USER_UNKNOWN = "user_unknown"
    HOST_UNKNOWN = "host_unknown"
    MOVED = "moved"
    NOT_ACCEPTING = "not_accepting"  # the domain takes no mail at all: null MX (RFC 7505), 521, 556
    MAILBOX_FULL = "mailbox_full"
    SUSPENDED = "suspended"  # the account is disabled, inactive or locked
    TOO_LARGE = "too_large"
    QUOTA = "quota"  # of a system or a domain, not of this mailbox
    SPAM = "spam"
    VIRUS = "virus"
    CONTENT = "content"  # headers, attachments, format
    POLICY = "policy"
    BLOCKED = "blocked"  # the sending address, host or network is listed
    REPUTATION = "reputation"
    AUTHENTICATION = "authentication"  # SPF, DKIM, DMARC, TLS or login of the sender
    PTR = "ptr"  # the sending host has no proper name
    SENDER_REJECTED = "sender_rejected"
    RELAY_DENIED = "relay_denied"
    FILTERED = "filtered"  # refused by the recipient's own settings
    RESTRICTED = "restricted"  # only certain senders may write to it
    GREYLISTED = "greylisted"
    RATE_LIMITED = "rate_limited"
    TOO_MANY_CONNECTIONS = "too_many_connections"
    EXPIRED = "expired"  # tried for days
    NETWORK = "network"
    SYSTEM = "system"
    SYSTEM_FULL = "system_full"
    LOOP = "loop"
    PROTOCOL = "protocol"  # syntax, unsupported command, RFC broken
    TLS = "tls"
    ON_HOLD = "on_hold"
    DELIVERED = "delivered"
    UNDEFINED = "undefined"


DEAD = frozenset({Reason.USER_UNKNOWN, Reason.HOST_UNKNOWN, Reason.MOVED, Reason.NOT_ACCEPTING})
"""Reasons by which nothing will ever arrive at this address."""


@dataclass(frozen=True)
class Recipient:
    """One recipient that a delivery report is about.

    `hard`: the failure is for good and the address is its cause. `suppress`: hard, and what was said leaves no doubt.
    """

    address: str  # as it was written to: lower case; none where the report does not say
    status: str = ""  # RFC 3463, or none
    smtp_code: str = ""
    reason: Reason = Reason.UNDEFINED
    hard: bool = False
    suppress: bool = False
    text: str = ""  # what the server said, on one line


@dataclass(frozen=True)
class Person:
    """Somebody named in a mail as the right one to write to; either may be none."""

    name: str = ""
    email: str = ""


@dataclass(frozen=True)
class Meaning:
    """What a reply says, as far as rules can tell: `evidence` is the phrase that decided `intent`."""

    intent: Intent = Intent.UNSURE
    evidence: str = ""
    purchase_time: str = ""  # as written: "in two months"
    competitor: str = ""
    contract_ends_on: date | None = None
    resume_on: date | None = None  # not now: when to write again
    referral: tuple[Person, ...] = ()


@dataclass(frozen=True)
class Incoming:
    """A mail that came in, as far as the engine has to know it. `rule` is what decided its kind.

    `message_ids` name the mails it answers, the likeliest first; `tokens` are what may be an envelope token of ours.
    `quarantine` says why a person should look at the mail itself: something in it could not be read.
    """

    kind: InboundKind
    rule: str
    from_address: str = ""  # lower case, domain in punycode; none where the mail names several or none
    subject: str = ""
    message_ids: tuple[str, ...] = ()
    own_message_id: str = ""
    tokens: tuple[str, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    text: str = ""
    language: str = ""  # ISO 639-1, none where it can not be told
    meaning: Meaning | None = None  # of replies alone
    resume_on: date | None = None  # of who is away: the first day to write again
    quarantine: str = ""
