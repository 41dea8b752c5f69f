"""Writes tasks: something for a person to do, and the mail that says so."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from outreach import handoffs, journal, models
from outreach.domain import windows
from outreach.domain.durations import Duration
from outreach.domain.events import Event
from outreach.domain.policies import Team
from outreach.domain.words import Kind


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
    """Open a task for a rep (none: whoever looks at the list first) and queue the mail that tells the rep.

    A step opens its task once: who was moved to another version may come by again, and has it already.
    """
    if enrollment and step and (known := _known(session, enrollment.id, step)):
        return known
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


def _known(session: Session, enrollment_id: int, step: str) -> models.Task | None:
    task = models.Task
    return session.scalar(select(task).where(task.enrollment_id == enrollment_id, task.step == step))


def set_apart(session: Session, enrollment_ids: Any, steps: Collection[str], mark: str) -> None:
    """Keep the tasks of these steps from standing in for others, as another step has their place now."""
    task = models.Task
    session.execute(
        update(task)
        .where(task.enrollment_id.in_(enrollment_ids), task.step.in_(steps))
        .values(step=task.step.concat(mark))
        .execution_options(synchronize_session=False)
    )


def finish(task: models.Task, now: datetime) -> bool:
    """Mark a task as done; False where it was before."""
    if task.status == "done":
        return False
    task.status, task.done_at = "done", now
    return True
