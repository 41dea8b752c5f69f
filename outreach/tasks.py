"""Writes tasks: something for a person to do, and the mail that says so."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from outreach import handoffs, journal, models
from outreach.domain import windows
from outreach.domain.durations import Duration
from outreach.domain.events import Event
from outreach.domain.policies import Team
from outreach.domain.words import Kind

ANSWER_WITHIN = Duration(1, "day")


def open_task(
    session: Session,
    lead: models.Lead,
    team: Team,
    *,
    kind: str,
    rep: str | None,
    subject: str,
    text: str,
    due_within: Duration,
    now: datetime,
    enrollment: models.Enrollment | None = None,
    step: str | None = None,
) -> models.Task:
    """Open a task for a rep (none: whoever looks at the list first) and queue the mail that tells the rep."""
    task = models.Task(
        lead_id=lead.id,
        enrollment_id=enrollment.id if enrollment else None,
        step=step,
        kind=kind,
        rep=rep,
        text=text,
        status="open",
        opened_at=now,
        due_at=due_within.after(now, windows.zone(team.hours.timezone)),
    )
    session.add(task)
    session.flush()
    data = {"task": task.id, "rep": rep, "kind": kind}
    campaign_id = enrollment.campaign_id if enrollment else None
    opened = Event(
        Kind.TASK_OPENED, f"task:{task.id}", now, lead.id, campaign_id=campaign_id, detail=subject, data=data
    )
    journal.write(session, [opened], now)
    if rep:
        handoffs.notify(
            session, f"task:{task.id}", "task", rep, now, lead_id=lead.id, subject=subject, body=text
        )
    return task


def answer_reply(
    session: Session, lead: models.Lead, team: Team, subject: str, text: str, now: datetime
) -> models.Task:
    """Have a person answer a reply, who becomes the lead's owner where it has none."""
    if lead.owner is None:
        lead.owner = handoffs.route(session, lead, team, now.date(), frozenset()).rep
    return open_task(
        session,
        lead,
        team,
        kind="answer_reply",
        rep=lead.owner,
        subject=subject,
        text=text,
        due_within=ANSWER_WITHIN,
        now=now,
    )


def finish(task: models.Task, now: datetime) -> bool:
    """Mark a task as done; False where it was before."""
    if task.status == "done":
        return False
    task.status, task.done_at = "done", now
    return True
