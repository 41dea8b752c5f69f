"""Does what a reply asks for that moved its lead nowhere: lets the lead rest, or has a person answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from outreach import models, office
from outreach.applied import InForce
from outreach.domain import answers, windows
from outreach.domain.answers import Ask, Rests
from outreach.domain.durations import Duration
from outreach.domain.events import Event
from outreach.domain.words import Kind, Stage, Verdict
from outreach.office import Reps

SETTLED = frozenset({Stage.SQL, Stage.DISCARDED, Stage.SET_ASIDE, Stage.LOST})
"""Stages that a reply may lead to without anybody having to read it: a rep was told, or it is settled."""

NURTURED = frozenset({Stage.SUSPECT, Stage.MQL})
LONGEST = 4000
ANSWER_WITHIN = Duration(1, "day")


def settle(
    reps: Reps,
    row: models.Lead,
    stood: str,
    event_id: int,
    event: Event,
    in_force: InForce,
    now: datetime,
) -> None:
    """Do what is left to do for a reply, once its lead was reviewed; `stood` is the stage it had before."""
    if row.stage != stood and row.stage in SETTLED:
        return
    organisation = in_force.policies.senders.organisation
    follows = answers.settle(
        str(event.data.get("intent") or ""),
        event.verdict == Verdict.HUMAN,
        _day(event.data.get("resume_on")),
        in_force.funnel.funnel.replies,
        event.at,
        windows.zone(row.timezone, organisation.timezone),
    )
    match follows:
        case Rests() if row.stage in NURTURED or row.return_to:
            _rest(reps, row, follows, event_id, event.data, now)
        case Rests():  # a rep works on it, or nobody does any more: no date does that for them
            _ask(reps, row, answers.UNREAD, event.data)
        case Ask():
            _ask(reps, row, follows, event.data)


def _rest(
    reps: Reps, row: models.Lead, rests: Rests, event_id: int, said: Mapping[str, Any], now: datetime
) -> None:
    """The reply has silenced all campaigns; at its time the lead is back in play, in the stage where it stands."""
    if row.stage in NURTURED:
        row.return_at, row.return_to = rests.until, row.stage
        row.angle = rests.angle or row.angle
    else:  # lost or set aside: it rests already, and comes back where it was to
        row.return_at = max(row.return_at or rests.until, rests.until)
    row.due_at = min(at for at in (row.due_at, row.return_at) if at)
    row.updated_at = now
    data = {"event": event_id, "until": rests.until.isoformat(), "evidence": said.get("evidence", "")}
    detail = f"rests: {rests.because}"
    reps.tell(Event(Kind.NOTE, f"rests:{event_id}", now, row.id, detail=detail, data=data))


def _ask(reps: Reps, row: models.Lead, ask: Ask, said: Mapping[str, Any]) -> None:
    name = " ".join(part for part in (row.first_name, row.last_name) if part) or row.email
    because = f'\n(because of "{said["evidence"]}")' if said.get("evidence") else ""
    text = (
        f"{name} <{row.email}> replied:\n\n{str(said.get('text') or '')[:LONGEST].strip() or '(no text)'}\n\n"
        f"{ask.advice}{because}\n\n"
        f"No campaign writes to this lead any more. Once it may again: outreach lead resume {row.email}\n"
    )
    reps.open_task(
        row,
        kind="answer_reply",
        rep=office.owner(reps, row),
        subject=ask.subject.format(name=name),
        text=text,
        due_within=ANSWER_WITHIN,
    )


def _day(written: object) -> date | None:
    try:
        return date.fromisoformat(str(written)) if written else None
    except ValueError:
        return None
