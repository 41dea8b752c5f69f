"""What happens next to a lead by itself, when, why, and what would keep it from happening."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from outreach import applied, models
from outreach.domain import sequence, temperature
from outreach.domain.campaign import EmailStep, WaitForStep
from outreach.domain.experiments import HOLD_OUT
from outreach.domain.sequence import Program
from outreach.domain.words import EnrollmentStatus
from outreach.explain import mails, membership
from outreach.explain.standing import Standing, progress
from outreach.explain.values import Next, NotMoved


def coming(session: Session, standing: Standing, moves: tuple[NotMoved, ...]) -> tuple[Next, ...]:
    """Return what comes next: the campaign's step first, then the rest by time."""
    live = standing.live
    first = [_step(session, standing, live)] if live else []
    rest = [
        *([] if live else _nothing(standing)),
        *_return(standing),
        *_temperature(standing),
        *_handoff(standing),
        *_by_time(standing, moves),
    ]
    rest.sort(key=lambda each: each.at or datetime.max.replace(tzinfo=standing.at.tzinfo))
    return (*first, *rest)


def _nothing(standing: Standing) -> list[Next]:
    row = standing.row
    if standing.is_now and row.match_at is not None and row.match_at <= standing.at:
        return [Next("looks for a campaign", row.match_at, "changed lately")]
    if not standing.running:
        return [Next("no mail", None, "no campaign is running")]
    if standing.suppressed is not None and standing.suppressed.until is None:
        return [Next("no mail ever", None, f"suppressed for good: {standing.suppressed.reason}")]
    could = [each for each in membership.not_in(standing) if each.could_at is not None]
    return [
        Next(f"may enter {each.campaign}", each.could_at, each.why, "it is not of the audience then")
        for each in could
    ] or [Next("no mail", None, "in no campaign, see not in")]


# -- the campaign ----------------------------------------------------------------------------------


def _step(session: Session, standing: Standing, live: models.Enrollment) -> Next:
    name = standing.names.get(live.campaign_id, "?")
    if live.status == EnrollmentStatus.PAUSED:
        return Next(
            "nothing", None, f"{name} is paused", f"somebody resumes it: outreach campaign resume {name}"
        )
    program = applied.program(session, live.version_id)
    waiting = standing.waiting(live.id)
    if waiting is not None:
        going = mails.going(session, standing, waiting)
        assert going is not None or standing.view == "future"
        at = going.at if going else None
        return Next(f"mail {waiting.template} of {name}", at, going.why if going else "", stopped_by(program))
    now = progress(session, standing, live, program, standing.pasts)
    return decided(sequence.decide(program, now, standing.at), program, name, standing.at)


def decided(decision: sequence.Decision, program: Program, name: str, now: datetime) -> Next:
    """Return a decision in words."""
    match decision:
        case sequence.Do(node=node):
            return Next(f"step {node.id} of {name}", now, "is due", stopped_by(program))
        case sequence.Wait(position=position, until=until, why=why):
            node = program.nodes[position.node]
            if why == HOLD_OUT:
                told = "is of the hold-out, which gets no mail so that what the campaign brings can be seen"
                return Next(f"leaves {name}", until, told, stopped_by(program))
            unless = stopped_by(program)
            if isinstance(node.step, WaitForStep):
                unless = f"{node.step.wait_for.event} comes before, or {unless}"
            after = _after(program, node) if not isinstance(node.step, EmailStep) else ""
            return Next(f"step {node.id} of {name}{after}", until, why, unless)
        case sequence.Finish(reason=reason) | sequence.Stop(reason=reason):
            return Next(f"leaves {name}", now, reason)


def _after(program: Program, node: sequence.Node) -> str:
    """Return what follows a wait, where that is plain."""
    if node.next >= len(program.nodes):
        return ", the last one"
    following = program.nodes[node.next]
    return f", then {following.id}" if isinstance(following.step, EmailStep) else ""


def stopped_by(program: Program) -> str:
    """Return what would end the campaign for the lead before."""
    stages = " or ".join(program.campaign.audience.stage)
    kinds = ", ".join(sorted(kind.replace("_", " ") for kind in program.campaign.stops))
    return f"{kinds}, or it is no {stages} any more"


# -- the lead --------------------------------------------------------------------------------------


def _return(standing: Standing) -> list[Next]:
    row = standing.row
    if row.return_at is None:
        return []
    angle = f"angle {row.angle}" if row.angle else "angle as before"
    return [Next(f"comes back as {row.return_to}", row.return_at, angle, "a person moves it before")]


def _temperature(standing: Standing) -> list[Next]:
    row, rule = standing.row, standing.in_force.funnel.funnel.temperature
    _, changes_at = temperature.temperature(rule, row.purchase_at, standing.at)
    if changes_at is None:
        return []
    word = temperature.temperature(rule, row.purchase_at, changes_at)[0]
    why = f"means to buy by {row.purchase_at:%d %b %Y}"
    return [Next(f"temperature becomes {word}", changes_at, why, "it states another time")]


def _handoff(standing: Standing) -> list[Next]:
    if standing.handoff is None:
        return []
    rep, due_at = standing.handoff.rep, standing.handoff_due_at
    if due_at is None:
        return [Next("nothing", None, f"{rep or 'nobody'} was the last one asked, and keeps the hand-off")]
    return [
        Next("goes to another rep", due_at, "not answered in time", f"{rep or 'somebody'} answers before")
    ]


def _by_time(standing: Standing, moves: tuple[NotMoved, ...]) -> list[Next]:
    """Return the rules that come to apply by time alone."""
    return [
        Next(f"becomes {move.to}", move.by_itself_at, f"{move.because} ({move.rule})", "something happens")
        for move in moves
        if move.by_itself_at is not None and move.by_itself_at > standing.at
    ]
