"""Writes the ledger of messages: every change of status, each a conditional one, so that no row goes two ways."""

from outreach.ledger.claims import FEW, Position, claim, due_ids, opening, release
from outreach.ledger.outcomes import (
    CAMPAIGN_PAUSED,
    MOST_POLICY_REFUSALS,
    accept,
    backoff,
    defer,
    doubt,
    free_campaign,
    hand_back,
    hold_campaign,
    lose,
    refuse,
    resolve,
    retry_failed,
    retry_quarantined,
    skip,
    take_back,
)
from outreach.ledger.recovery import Swept, sweep
from outreach.ledger.rows import LEASE, LOOK_AGAIN, Claimed
from outreach.ledger.senders import pause_sender, resume_sender
from outreach.ledger.transmissions import open_transmissions
from outreach.ledger.versions import drop, follow, hold, last, queue_again

__all__ = [
    "CAMPAIGN_PAUSED",
    "FEW",
    "LEASE",
    "LOOK_AGAIN",
    "MOST_POLICY_REFUSALS",
    "Claimed",
    "Position",
    "Swept",
    "accept",
    "backoff",
    "claim",
    "defer",
    "doubt",
    "drop",
    "due_ids",
    "follow",
    "free_campaign",
    "hand_back",
    "hold",
    "hold_campaign",
    "last",
    "lose",
    "open_transmissions",
    "opening",
    "pause_sender",
    "queue_again",
    "refuse",
    "release",
    "resolve",
    "resume_sender",
    "retry_failed", "retry_quarantined",
    "skip",
    "sweep",
    "take_back",
]  # fmt: skip
