"""What mail providers tell by themselves: bounces, complaints, opt-outs, deliveries, opens and clicks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from outreach.config import Settings
from outreach.webhooks import generic, mailgun, postmark, sendgrid, ses
from outreach.webhooks.guards import Guard, Headers
from outreach.webhooks.recording import Recorded, record
from outreach.webhooks.sns import Fetch, fetched
from outreach.webhooks.words import Notice, Unavailable, Unreadable, Unsigned, Word

__all__ = [
    "PROVIDERS",
    "Fetch",
    "Guard",
    "Headers",
    "Notice",
    "Provider",
    "Recorded",
    "Unavailable",
    "Unreadable",
    "Unsigned",
    "Word",
    "fetched",
    "record",
]

MEGABYTE = 1024 * 1024
JSON = frozenset({"application/json"})


@dataclass(frozen=True)
class Provider:
    """One provider: which settings it needs, who lets its requests in, and how its words are read.

    `settings` name the fields of which at least one has to be set; without, the provider is off.
    """

    name: str
    settings: tuple[str, ...]
    words: Mapping[str, Word]
    guard: Callable[[Settings, Fetch], Guard | None]
    read: Callable[[Any], Iterator[Notice]]
    content_types: frozenset[str] = JSON
    limit: int = MEGABYTE


PROVIDERS: Mapping[str, Provider] = {
    each.name: each
    for each in (
        Provider(
            "ses",
            ("ses_webhook_topics", "ses_webhook_secret"),
            ses.WORDS,
            ses.guard,
            ses.read,
            JSON | {"text/plain"},  # what SNS says of its own JSON
        ),
        Provider(
            "postmark",
            ("postmark_webhook_secret",),
            postmark.WORDS,
            postmark.guard,
            postmark.read,
            limit=16 * MEGABYTE,  # whole mails; its password is checked before they are read
        ),
        Provider("sendgrid", ("sendgrid_webhook_key",), sendgrid.WORDS, sendgrid.guard, sendgrid.read),
        Provider("mailgun", ("mailgun_webhook_key",), mailgun.WORDS, mailgun.guard, mailgun.read),
        Provider("generic", ("webhook_secret",), generic.WORDS, generic.guard, generic.read),
    )
}
"""A new provider is a module with its words, guard and reader, and a line here."""
