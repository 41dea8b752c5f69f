"""The field's words that are stored: one spelling each, in code, YAML, commands and pages."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """Where a lead stands in the funnel."""

    SUSPECT = "suspect"  # showed some interest, or is on a list
    MQL = "mql"  # clear interest, not buying soon: needs information
    SQL = "sql"  # wants to buy: with a rep
    OPPORTUNITY = "opportunity"  # the rep accepted: a deal is open
    CUSTOMER = "customer"
    LOST = "lost"  # the deal was lost: rests until recycled
    SET_ASIDE = "set_aside"  # bought from a competitor: back before that contract ends
    DISCARDED = "discarded"  # no intent: never nurtured again


class Temperature(StrEnum):
    """How soon a lead means to buy, by the time it stated."""

    HOT = "hot"
    WARM = "warm"
    COLD = "cold"


class Source(StrEnum):
    """Where a lead came from; kept for ever."""

    REFERRAL = "referral"
    PURCHASED_LIST = "purchased_list"
    ADVERTISEMENT = "advertisement"
    WEBINAR = "webinar"
    LUNCH = "lunch"
    TRADE_SHOW = "trade_show"
    PEER_MEETING = "peer_meeting"
    SPONSORED_EVENT = "sponsored_event"
    CONTENT = "content"  # blog, infographic, video
    EMAIL = "email"
    SOCIAL_POST = "social_post"
    LINKEDIN = "linkedin"
    LOCAL_NETWORK = "local_network"
    LIVE_CHAT = "live_chat"
    LOST_DEAL = "lost_deal"
    EXISTING_CUSTOMER = "existing_customer"


class Consent(StrEnum):
    """The legal basis on which a lead may be written to."""

    EXPRESS = "express"  # asked for it
    IMPLIED = "implied"  # an inquiry or a business relation (CASL: expires)
    LEGITIMATE_INTEREST = "legitimate_interest"  # GDPR art. 6 (1) f, with the right to object
    CONTRACT = "contract"  # a customer


class Kind(StrEnum):
    """What can happen: to a mail, by a lead, in the funnel."""

    # a mail of ours
    ACCEPTED = "accepted"
    REFUSED = "refused"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"
    # what comes back
    OPENED = "opened"
    CLICKED = "clicked"
    REPLIED = "replied"
    AUTO_REPLIED = "auto_replied"
    BOUNCED = "bounced"  # data.hard says whether for good
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"
    # what a lead does elsewhere
    VISITED = "visited"
    SUBMITTED = "submitted"  # a form
    REGISTERED = "registered"  # for an event
    ATTENDED = "attended"
    CHATTED = "chatted"
    CALLED = "called"
    REACTED = "reacted"  # to a post
    MEETING_BOOKED = "meeting_booked"
    STATED = "stated"  # a time of purchase, an intent, a competitor
    SUCCEEDED = "succeeded"  # a customer's success: renewal, praise, goal reached
    # what we did with it
    IMPORTED = "imported"
    STAGE_CHANGED = "stage_changed"
    TEMPERATURE_CHANGED = "temperature_changed"
    OWNER_CHANGED = "owner_changed"
    UPDATED = "updated"
    ENROLLED = "enrolled"
    FINISHED = "finished"
    STOPPED = "stopped"
    SUPPRESSED = "suppressed"
    HANDED_OFF = "handed_off"
    HANDOFF_ACCEPTED = "handoff_accepted"
    HANDOFF_REJECTED = "handoff_rejected"
    DEAL_OPENED = "deal_opened"
    DEAL_WON = "deal_won"
    DEAL_LOST = "deal_lost"
    TASK_OPENED = "task_opened"
    TASK_DONE = "task_done"
    NOTE = "note"


OURS = frozenset(
    {
        Kind.ACCEPTED, Kind.REFUSED, Kind.SKIPPED, Kind.UNKNOWN, Kind.IMPORTED, Kind.STAGE_CHANGED,
        Kind.TEMPERATURE_CHANGED, Kind.OWNER_CHANGED, Kind.UPDATED, Kind.ENROLLED, Kind.FINISHED, Kind.STOPPED,
        Kind.SUPPRESSED, Kind.HANDED_OFF, Kind.TASK_OPENED, Kind.NOTE,
    }
)  # fmt: skip
"""Kinds that we write about our own doing; all others are things that somebody else did."""

WITH_A_ROW = frozenset(
    {
        Kind.HANDOFF_ACCEPTED, Kind.HANDOFF_REJECTED, Kind.DEAL_OPENED, Kind.DEAL_WON, Kind.DEAL_LOST, Kind.TASK_DONE,
    }
)  # fmt: skip
"""Kinds that belong to a hand-off, a deal or a task, which the event alone would not close."""


class Verdict(StrEnum):
    """Who did it, as far as can be told."""

    HUMAN = "human"
    MACHINE = "machine"  # a scanner, a crawler
    PROXY = "proxy"  # a mail client's image proxy or privacy relay
    UNKNOWN = "unknown"


class MessageStatus(StrEnum):
    QUEUED = "queued"
    CLAIMED = "claimed"
    TRANSMITTING = "transmitting"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"


class EnrollmentStatus(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    FINISHED = "finished"
    STOPPED = "stopped"


class CampaignStatus(StrEnum):
    DRAFT = "draft"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"


class HandoffStatus(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    EXPIRED = "expired"  # not answered in time: went to another rep


class DealStatus(StrEnum):
    OPEN = "open"
    WON = "won"
    LOST = "lost"
