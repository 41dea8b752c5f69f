"""How a simulation begins: from files alone, or from what a database holds now."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach import allocations, applied, entries, handoffs, models
from outreach.applied import InForce
from outreach.domain import leads
from outreach.domain.funnel import compile_funnel
from outreach.domain.sequence import compile_program
from outreach.simulation import stock
from outreach.simulation.people import Person
from outreach.simulation.state import Before, Mailbox, Running
from outreach.workspace import Workspace
from outreach.workspace.template_checks import is_note


def from_files(workspace: Workspace) -> tuple[InForce, tuple[Running, ...]]:
    """Return what a first apply of these files would put in force, with the ids that it would give."""
    policies = workspace.policies
    notes = {name: text for name, text in workspace.templates.items() if is_note(name)}
    in_force = InForce(
        policies, compile_funnel(policies.funnel), notes, {"funnel": 1, "team": 1, "senders": 1}
    )
    schema = leads.schema(policies.funnel.fields)
    running = []
    for number, name in enumerate(sorted(workspace.campaigns), start=1):
        campaign = workspace.campaigns[name].campaign
        program = compile_program(campaign, schema)
        running.append(Running(number, name, campaign.priority, number, program, campaign.enter == "once"))
    return in_force, tuple(running)


def from_database(session: Session, now: datetime) -> tuple[InForce, tuple[Running, ...], list[Person]]:
    """Return what is in force, the running campaigns, and everybody as they stand; NotFound before the first apply.

    People have their past, the campaigns they are in, their waiting mails, hand-offs and deals with them. Nothing is
    written.
    """
    in_force = applied.policies(session)
    running = tuple(
        Running(row.id, row.name, row.priority, row.version_id or 0, program)
        for row, program in entries.running(session)
    )
    return in_force, running, stock.people(session, now)


def before(session: Session, now: datetime) -> Before:
    """Return what else there is at `now`: of senders, reps and experiments, and which ids are taken."""
    state = models.SenderState
    mailboxes = tuple(
        Mailbox(row.name, None, row.day, row.sent, row.next_at, row.paused_at, row.pause_reason)
        for row in session.scalars(select(state).order_by(state.name))
    )
    tables = (models.Enrollment, models.Message, models.Handoff)
    way, mail, handoff = (session.scalar(select(func.max(table.id))) or 0 for table in tables)
    reader = allocations.Reader(session)
    shares = {row.id: reader.shares(row.id, program, now) for row, program in entries.running(session)}
    decided = {number: each for number, each in shares.items() if each}
    return Before(mailboxes, handoffs.standing(session), way, mail, handoff, decided)
