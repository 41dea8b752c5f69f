"""What is given in a test, as the events that it would be: who reads the words, and what could not happen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from outreach.domain.campaign_tests import (
    OF_A_MAIL,
    OF_A_REP,
    Answers,
    Bounces,
    Clicks,
    Happens,
    IsAway,
    Says,
)
from outreach.domain.inbound.intents import read_intent
from outreach.domain.inbound.words import Intent
from outreach.domain.timelines import Played, What
from outreach.domain.words import Kind

OTHER = "other"
"""The reason of a rep who gives none of those in funnel.yaml."""


def details(kind: Kind, happens: Happens | Answers, on: date) -> tuple[str, Mapping[str, Any]]:
    """Return detail and data of the event, as the inbox or whoever tells it would write them."""
    match happens:
        case Clicks():
            return happens.link or "", {}
        case Says():
            data = _said(happens, on)
            return str(data.get("intent", "")), data
        case IsAway():
            return "", {"resume_on": happens.back.isoformat()} if happens.back else {}
        case Bounces():
            return "", {"hard": happens.hard}
        case Answers():
            return happens.reason or (OTHER if kind in (Kind.HANDOFF_REJECTED, Kind.DEAL_LOST) else ""), {}
        case _:
            return "", {}


def _said(says: Says, on: date) -> dict[str, Any]:
    """Return what a reply, form or statement says, its words read as those of a mail that came in."""
    meaning = read_intent(says.text, on) if says.text else None
    ends_on = says.contract_ends_at or (meaning and meaning.contract_ends_on)
    resume_on = says.resume_on or (meaning and meaning.resume_on)
    intent = says.intent or (meaning.intent if meaning else None)
    data = {
        "text": says.text,
        "intent": None if intent is Intent.UNSURE or intent is None else str(intent),
        "purchase_time": says.purchase_time or (meaning and meaning.purchase_time),
        "competitor": says.competitor or (meaning and meaning.competitor),
        "contract_ends_at": ends_on and ends_on.isoformat(),
        "resume_on": resume_on and resume_on.isoformat(),
    }
    return {word: value for word, value in data.items() if value}


def subject_of(kind: Kind, happens: Happens | Answers, played: Played, at: datetime) -> str:
    """Return the event's subject: for an answer to a mail that names none, the latest mail's template."""
    named = happens.subject if isinstance(happens, Happens) else None
    if kind not in OF_A_MAIL:
        return named or ""
    named = named or happens.at.anchor
    sent = [entry for _, entry in played.of(What.MAIL) if entry.at <= at]
    if named is not None:
        return next((entry.name for entry in sent if named in (entry.name, entry.step)), named)
    return sent[-1].name if sent else ""


def impossible(
    kind: Kind,
    happens: Happens | Answers,
    played: Played,
    at: datetime,
    templates: Mapping[str, str],
    first: str,
) -> tuple[str, str]:
    """Return why this could never happen at that time, and what would be right; nothing where it could.

    `templates` are texts by name; `first` is the campaign's first mail.
    """
    if kind in OF_A_REP:
        return _without_handoff(kind, played, at)
    if kind not in OF_A_MAIL or not isinstance(happens, Happens):
        return "", ""
    sent = [entry for _, entry in played.of(What.MAIL) if entry.at <= at]
    if not sent and kind not in (Kind.UNSUBSCRIBED, Kind.COMPLAINED):
        return f"{kind} needs a mail, and none has gone by {played.day(at)}", _say_when(
            happens.subject or first
        )
    names = [name for entry in sent for name in (entry.name, entry.step)]
    if happens.subject is not None and happens.subject not in names:
        return f"{happens.subject} has not gone by {played.day(at)}", _say_when(happens.subject)
    if isinstance(happens, Clicks) and happens.link:
        text = templates.get(subject_of(kind, happens, played, at), "")
        if happens.link not in text:
            name = subject_of(kind, happens, played, at)
            return f'{name} has no link that holds "{happens.link}"', "name one that stands in the template"
    return "", ""


def _without_handoff(kind: Kind, played: Played, at: datetime) -> tuple[str, str]:
    before = [entry for entry in played.entries if entry.at <= at]
    if kind in (Kind.DEAL_WON, Kind.DEAL_LOST):
        if any(entry.what is What.HAPPENED and entry.name == Kind.DEAL_OPENED for entry in before):
            return "", ""
        return f"{kind} needs a deal, and none is open on {played.day(at)}", "handoff_accepted opens one"
    if any(entry.what is What.HANDOFF for entry in before):
        return "", ""
    hint = "a lead is handed off when it becomes sql"
    return f"{kind} needs a hand-off, and there is none by {played.day(at)}", hint


def _say_when(mail: str) -> str:
    return f'write for example at: "2 hours after {mail}"'
