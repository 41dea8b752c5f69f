"""Explains a lead, a mail, a campaign: why it is so, why it is not otherwise, what is next, and what would change it."""

from outreach.explain.campaign import explain_campaign
from outreach.explain.instants import read as read_instant
from outreach.explain.lead import explain
from outreach.explain.message import explain_message
from outreach.explain.story_text import campaign_lines, message_lines
from outreach.explain.text import lines
from outreach.explain.values import (
    CampaignStory,
    Explanation,
    Happening,
    MailLine,
    MessageStory,
    Next,
    Reason,
)

__all__ = [
    "CampaignStory",
    "Explanation",
    "Happening",
    "MailLine",
    "MessageStory",
    "Next",
    "Reason",
    "campaign_lines",
    "explain",
    "explain_campaign",
    "explain_message",
    "lines",
    "message_lines",
    "read_instant",
]
