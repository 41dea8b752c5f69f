"""Something that happened: what `activity.record` is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from outreach.domain.words import Kind, Verdict


@dataclass(frozen=True)
class Event:
    """One thing that happened to or with one lead.

    `source_id` names the occurrence at its source: the same one is recorded once, however often it is told.
    `subject` is what conditions ask for by name: the template of the mail, the form, the event, the page.
    `detail` is what they search in: the address clicked, the intent.
    """

    kind: Kind
    source_id: str
    at: datetime
    lead_id: int
    message_id: int | None = None
    campaign_id: int | None = None
    verdict: Verdict = Verdict.HUMAN
    subject: str = ""
    detail: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
