"""Writes what reps are told: of a hand-off who, why now, what they wrote, and what to say first; and other notes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach import leads, models
from outreach.applied import InForce
from outreach.composing import Composer
from outreach.domain.inbound import Intent
from outreach.domain.policies import Rep
from outreach.domain.words import Kind, Verdict
from outreach.errands import Note
from outreach.errors import NotFound
from outreach.links import Links
from outreach.render import Renderer

LAST_ACTIONS = 6
LONGEST_REPLY = 2000

HANDOFF = "notes/handoff"

BY_INTENT: Mapping[str, str] = {
    Intent.MEETING: "Offer two times, or send an invitation for the one they named.",
    Intent.QUESTION: "Answer their question first, in a few lines, then ask what it is for.",
    Intent.INTERESTED: "Thank for the reply and ask by when they want it solved, and who else decides.",
    Intent.NOT_NOW: "Ask what has to happen before it can begin, and agree on when to talk again.",
    Intent.NO_BUDGET: "Ask when the next budget is made, and what would have to be in it.",
}
OPENINGS: Mapping[str, str] = {
    Kind.MEETING_BOOKED: "Confirm the meeting and ask what must be decided there.",
    Kind.SUBMITTED: "Thank for the request and offer two times this week.",
    Kind.REPLIED: "Answer the reply first, with their own words, then offer a short call.",
    Kind.ATTENDED: "Ask which part of the event fits their work, then offer to show it on their data.",
    Kind.CLICKED: "Pick up what they read last and ask what they compare it with.",
}
DEFAULT_OPENING = "Ask what made them look now, and by when they want it solved."


def of_notification(
    session: Session, row: models.Notification, rep: Rep, in_force: InForce, links: Links
) -> tuple[str, str]:
    """Return subject and text for the hand-off that a notification is about; NotFound where it is gone."""
    handoff = session.get(models.Handoff, row.handoff_id)
    if handoff is None:
        raise NotFound("the hand-off is gone")
    return brief(session, handoff, rep, in_force, links)


def brief(
    session: Session, handoff: models.Handoff, rep: Rep, in_force: InForce, links: Links
) -> tuple[str, str]:
    """Return subject and text of the mail that tells a rep who, why now, and what to say first."""
    lead = session.get_one(models.Lead, handoff.lead_id)
    pasts = [past for past in leads.pasts(session, [lead.id])[lead.id] if past.verdict == Verdict.HUMAN]
    context = Composer(session, in_force, links).context(lead, None, None) | {
        "rep": rep.model_dump(),
        "reason": handoff.reason,
        "evidence": list(handoff.evidence.get("lines", [])),
        "actions": [_action(past) for past in reversed(pasts[-LAST_ACTIONS:])],
        "temperature": lead.temperature,
        "reply": _reply(session, lead.id),
        "opening": next((said for past in reversed(pasts) if (said := _opening(past))), DEFAULT_OPENING),
        "accept_url": links.handoff(handoff.id, "accept"),
        "reject_url": links.handoff(handoff.id, "reject"),
        "lead_url": f"{links.base_url}/leads/{lead.id}",
    }
    return note(in_force, links, HANDOFF, context)


def _opening(past: leads.Past) -> str:
    said = OPENINGS.get(past.kind, "")
    return BY_INTENT.get(past.detail, said) if past.kind == Kind.REPLIED else said


def _reply(session: Session, lead_id: int) -> list[str]:
    """Return the lines that the lead wrote last, without what it quoted; nothing where it has written nothing."""
    event = models.Event
    data = session.scalar(
        select(event.data)
        .where(event.lead_id == lead_id, event.kind == Kind.REPLIED, event.verdict == Verdict.HUMAN)
        .order_by(event.at.desc(), event.id.desc())
        .limit(1)
    )
    written = str((data or {}).get("text", ""))[:LONGEST_REPLY]
    return [line for line in written.splitlines() if line.strip()]


def _action(past: leads.Past) -> dict[str, Any]:
    what = " ".join(part for part in (past.kind.replace("_", " "), past.subject, past.detail) if part)
    return {"at": f"{past.at:%d %b %H:%M} UTC", "what": what}


def note(in_force: InForce, links: Links, template: str, context: dict[str, Any]) -> tuple[str, str]:
    """Return subject and text of a note."""
    return Renderer(dict(in_force.notes), links).render_text(template, context)


def note_for(session: Session, in_force: InForce, links: Links) -> Note:
    """Return what renders the notes of task and notify steps."""

    def render(template: str, lead: models.Lead, rep: str) -> tuple[str, str]:
        context = Composer(session, in_force, links).context(lead, None, None)
        found = in_force.policies.team.rep(rep)
        context["rep"] = found.model_dump() if found else {"full_name": "colleague", "name": rep}
        context["lead_url"] = f"{links.base_url}/leads/{lead.id}"
        return note(in_force, links, template, context)

    return render
