"""Finds where in its campaign a lead stood at a past instant: plays on from the last mail that was born by then."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from outreach import applied, models
from outreach.domain import sequence
from outreach.domain.campaign import EmailStep
from outreach.domain.sequence import Do, Program, Wait
from outreach.explain.standing import Standing, progress


def place(session: Session, standing: Standing, row: models.Enrollment) -> None:
    """Set `node` and `node_at` of the enrollment to where it stood at the standing's instant."""
    program = applied.program(session, row.version_id)
    at = _anchor(standing, row, program)
    for _ in range(10 * (len(program.nodes) + len(standing.pasts) + 1)):
        decision = _decide(session, program, standing, row, at)
        if isinstance(decision, Do) and not isinstance(decision.node.step, EmailStep):
            row.node, row.node_at = decision.node.next, decision.position.at
        elif isinstance(decision, Wait):
            row.node, row.node_at = decision.position.node, decision.position.at
            later = _next_look(standing, decision.until, at)
            if later is None:
                return
            at = later
        else:
            if isinstance(decision, Do):
                row.node, row.node_at = decision.position.node, decision.position.at
            return


def _anchor(standing: Standing, row: models.Enrollment, program: Program) -> datetime:
    """Put the enrollment where it surely stood: at its last mail, or at the start; return since when."""
    places = {node.id: number for number, node in enumerate(program.nodes)}
    born = [each for each in standing.messages if each.enrollment_id == row.id and each.step in places]
    if not born:
        row.node, row.node_at = 0, row.entered_at
        return row.entered_at
    last = max(born, key=lambda each: (each.queued_at, each.id))
    row.node, row.node_at = places[last.step], last.queued_at
    return last.outcome_at or last.queued_at


def _next_look(standing: Standing, until: datetime | None, at: datetime) -> datetime | None:
    events = (event.recorded_at for event in standing.events)
    looks = [*events, *([until] if until else [])]
    return min((look for look in looks if at < look <= standing.at), default=None)


def _decide(
    session: Session, program: Program, standing: Standing, row: models.Enrollment, at: datetime
) -> sequence.Decision:
    known = [past for past in standing.pasts if past.at <= at]
    return sequence.decide(program, progress(session, standing, row, program, known), at)
