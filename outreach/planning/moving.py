"""Moves leads in flight between versions of their campaign: group by group, never lead by lead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, func, insert, literal, select, update
from sqlalchemy.orm import Session

from outreach import allocations, handoffs, ledger, models, tasks
from outreach.domain import differences, experiments, in_flight
from outreach.domain.campaign import EmailStep, NotifyStep, TaskStep
from outreach.domain.words import EnrollmentStatus, Kind, Verdict
from outreach.planning.movements import LIVE, Group


@dataclass(frozen=True)
class Moved:
    """How many leads went to another version, and how many mails of theirs are not sent now."""

    leads: int = 0
    dropped: int = 0


def lock(session: Session, campaign_ids: Iterable[int]) -> None:
    """Lock the leads in flight in these campaigns and their open mails, in the order of their ids as everybody does."""
    campaign_ids = list(campaign_ids)
    enrollment, lead = models.Enrollment, models.Lead
    inside = select(enrollment.lead_id).where(LIVE, enrollment.campaign_id.in_(campaign_ids))
    these = (
        select(lead.id)
        .where(lead.id.in_(inside))
        .order_by(lead.id)
        .with_for_update(key_share=True)
        .subquery()
    )
    session.execute(select(func.count()).select_from(these))
    ledger.hold(session, campaign_ids)


def carry_out(
    session: Session,
    application: models.Application,
    groups: Sequence[Group],
    version_id: int | None,
    now: datetime,
    undone: models.Application | None = None,
) -> Moved:
    """Move the groups that have somewhere to go; `version_id` is that of a version that was only planned till now.

    With `undone`, mails that it dropped and whose step is back are queued again. Return what was moved.
    """
    moving = [each for each in groups if each.to is not None]
    leads = dropped = 0
    for group in moving:
        _note(session, application, group, group.to.id or version_id)  # type: ignore[union-attr]
    for group in moving:
        assert group.to is not None
        to_id = group.to.id or version_id
        assert group.old.id is not None and to_id is not None
        such = _noted(application, group, to_id)
        dropped += _mails(session, group, such, to_id, now, undone)
        _set_apart(session, group, such)
        _tell(session, application, group, such, now)
        leads += _stand(session, group, such, to_id, now)
    return Moved(leads, dropped)


def _note(session: Session, application: models.Application, group: Group, to_id: int | None) -> None:
    enrollment = models.Enrollment
    values: dict[str, Any] = {
        "application_id": literal(application.id), "enrollment_id": enrollment.id,
        "from_version_id": enrollment.version_id, "from_node": enrollment.node,
        "to_version_id": literal(to_id), "to_node": literal(group.to_node),
    }  # fmt: skip
    rows = select(*values.values()).where(group.such)
    session.execute(insert(models.MovedEnrollment).from_select(list(values), rows))


def _noted(application: models.Application, group: Group, to_id: int) -> Any:
    """Return the statement that finds the enrollments of a group, which moving them does not change."""
    moved = models.MovedEnrollment
    return select(moved.enrollment_id).where(
        moved.application_id == application.id,
        moved.from_version_id == group.old.id,
        moved.from_node == group.node,
        moved.to_version_id == to_id,
        moved.to_node == group.to_node,
    )


def _mails(
    session: Session, group: Group, such: Any, to_id: int, now: datetime, undone: models.Application | None
) -> int:
    assert group.to is not None
    renamed = group.pairing.renamed
    nodes = group.to.program.nodes
    steps = {node.id: node.step.templates for node in nodes if isinstance(node.step, EmailStep)}
    dropped = ledger.drop(session, such, [*steps, *renamed], now)
    compared = experiments.in_both(*map(allocations.designs_of, (group.old.program, group.to.program)))
    compared -= set(renamed.values())  # drawn under another name
    ledger.follow(session, such, to_id, renamed, steps, compared, now)
    if undone is not None:
        ahead = {nodes[node].id for node in in_flight.ahead(group.to.program, group.to_node)}
        ledger.queue_again(session, such, ahead & steps.keys(), steps, undone.at, now)
    return dropped


def _set_apart(session: Session, group: Group, such: Any) -> None:
    """Keep tasks and notes of steps without a name from standing in for others that have their place now."""
    unnamed = [node for node in group.old.program.nodes if node.step.id is None]
    mark = f"@{group.old.number}"
    if opened := [node.id for node in unnamed if isinstance(node.step, TaskStep)]:
        tasks.set_apart(session, such, opened, mark)
    if sent := [node.id for node in unnamed if isinstance(node.step, NotifyStep)]:
        handoffs.set_apart(session, such, sent, mark)


def _tell(session: Session, application: models.Application, group: Group, such: Any, now: datetime) -> None:
    """Add an event for each lead that says where it went."""
    assert group.to is not None
    enrollment = models.Enrollment
    at = literal(now, models.Instant())
    before = differences.where(group.old.program, group.node)
    after = differences.where(group.to.program, group.to_node)
    said = (
        f"{group.campaign}: moved from version {group.old.number} ({before}) to {group.to.number} ({after})"
    )
    source: ColumnElement[str] = literal(f"moved:{application.id}:").concat(cast(enrollment.id, String))
    values: dict[str, Any] = {
        "source_id": source, "kind": literal(str(Kind.NOTE)), "at": at, "lead_id": enrollment.lead_id,
        "campaign_id": enrollment.campaign_id, "verdict": literal(str(Verdict.HUMAN)), "subject": literal(""),
        "detail": literal(said[:2000]), "data": literal({}, models.Document), "recorded_at": at,
    }  # fmt: skip
    rows = select(*values.values()).where(enrollment.id.in_(such))
    session.execute(insert(models.Event).from_select(list(values), rows))


def _stand(session: Session, group: Group, such: Any, to_id: int, now: datetime) -> int:
    assert group.to is not None
    enrollment = models.Enrollment
    active = enrollment.status == EnrollmentStatus.ACTIVE
    values: dict[Any, Any] = {
        enrollment.version_id: to_id,
        enrollment.node: group.to_node,
        enrollment.due_at: case((active, literal(now, models.Instant())), else_=None),
    }
    result = session.execute(
        update(enrollment)
        .where(enrollment.id.in_(such))
        .values(values)
        .execution_options(synchronize_session=False)
    )
    return int(getattr(result, "rowcount", 0))
