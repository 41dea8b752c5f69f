"""What a mail that came in is: a reply, an auto-reply, a bounce, a complaint, and what it says.

`classifier.classify` is the whole; it is not imported here, as its phrases take a moment that most commands need not spend.
"""

from __future__ import annotations

from outreach.domain.inbound.words import (
    DEAD,
    InboundKind,
    Incoming,
    Intent,
    Meaning,
    Person,
    Reason,
    Recipient,
)

__all__ = ["DEAD", "InboundKind", "Incoming", "Intent", "Meaning", "Person", "Reason", "Recipient"]
