"""What one more would change: a mailbox where mails wait for a sender, or room at a rep where hand-offs wait."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from outreach.domain.policies import Rep, Sender
from outreach.simulation.bands import LEAD_DAYS
from outreach.simulation.load import NOBODY
from outreach.simulation.results import Run, Wait
from outreach.simulation.runs import Scene

LONG_ENOUGH = 0.5
"""Lead-days of waiting below which one more of anything would change nothing that is worth a line."""


@dataclass(frozen=True)
class Change:
    """A scene that differs in one thing, and what that is."""

    what: str
    scene: Scene


@dataclass(frozen=True)
class WhatIf:
    """What a change would do, by the same seed."""

    what: str
    finishes_on: date | None
    days_earlier: int | None  # of the day by which 90% are through; none: not through in the time simulated
    mails: int
    mails_more: int
    handoffs_a_week: float
    handoffs_a_week_more: float
    waited_less: float  # lead-days
    line: str


def is_cheap(leads: int, days: int) -> bool:
    """Return whether it is played without being asked for."""
    return leads * days <= LEAD_DAYS


def bottleneck(run: Run) -> Wait | None:
    """Return what leads waited for longest; None where nobody waited for long."""
    longest = next((wait for wait in run.waits if wait.lead_days >= LONG_ENOUGH), None)
    return longest


def one_more_mailbox(scene: Scene, run: Run) -> Change | None:
    """Return the scene with one more mailbox like the one that mails wait for most, in the campaign that waits most."""
    wait = next((wait for wait in run.waits if wait.kind != "rep" and wait.lead_days >= LONG_ENOUGH), None)
    sender = next(
        (each for each in scene.in_force.policies.senders.senders if wait and each.name == wait.name), None
    )
    if wait is None or sender is None:
        return None
    campaign = max(wait.by_campaign, key=lambda name: (wait.by_campaign[name], name))
    name = _free_name(f"{sender.name}-2", {each.name for each in scene.in_force.policies.senders.senders})
    more = sender.model_copy(update={"name": name})
    limit = f"{sender.per_day} a day" + (f", a mail every {sender.gap}" if sender.gap.amount else "")
    what = f"one more mailbox like {sender.name} ({limit}) in {campaign}"
    return Change(what, _with_sender(scene, more, campaign))


def _free_name(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "x"
    return name


def _with_sender(scene: Scene, sender: Sender, campaign: str) -> Scene:
    policies = scene.in_force.policies
    senders = policies.senders.model_copy(update={"senders": (*policies.senders.senders, sender)})
    in_force = replace(scene.in_force, policies=policies.model_copy(update={"senders": senders}))
    campaigns = []
    for each in scene.campaigns:
        if each.name == campaign:
            written = each.program.campaign
            more = written.model_copy(update={"senders": (*written.senders, sender.name)})
            each = each._replace(program=replace(each.program, campaign=more))
        campaigns.append(each)
    return replace(scene, in_force=in_force, campaigns=tuple(campaigns))


def one_more_rep(scene: Scene, run: Run) -> Change | None:
    """Return the scene with one more rep like the one who was given more than there was room for, if there is one."""
    busiest = max(run.reps, key=lambda load: (load.over_capacity, load.rep), default=None)
    nobody = next((load for load in run.reps if load.rep == NOBODY), None)
    team = scene.in_force.policies.team
    if busiest is None or (not busiest.over_capacity and nobody is None):
        return None
    like = team.rep(busiest.rep) or team.reps[0]
    names = {rep.name for rep in team.reps}
    more = like.model_copy(update={"name": _free_name(f"{like.name}-2", names), "away": ()})
    policies = scene.in_force.policies
    reps: tuple[Rep, ...] = (*team.reps, more)
    changed = policies.model_copy(update={"team": team.model_copy(update={"reps": reps})})
    what = f"one more rep like {like.name} (room for {like.capacity})"
    return Change(what, replace(scene, in_force=replace(scene.in_force, policies=changed)))


CHANGES: tuple[Callable[[Scene, Run], Change | None], ...] = (one_more_mailbox, one_more_rep)


def compared(change: Change, before: Run, after: Run) -> WhatIf:
    """Return what the change did, from the runs of the same seed without and with it."""
    weeks = max(1, len(before.limits) / 7)
    handoffs = [_handoffs(run) / weeks for run in (before, after)]
    waited = [sum(wait.lead_days for wait in run.waits) for run in (before, after)]
    was, is_now = before.done_on["90%"], after.done_on["90%"]
    earlier = (was - is_now).days if was and is_now else None
    found = WhatIf(
        change.what, is_now, earlier,
        after.mails, after.mails - before.mails,
        round(handoffs[1], 2), round(handoffs[1] - handoffs[0], 2), round(waited[0] - waited[1], 1), "",
    )  # fmt: skip
    return replace(found, line=_line(found, was))


def _handoffs(run: Run) -> int:
    return sum(sum(reps.values()) for reps in run.handoffs.values())


def _line(found: WhatIf, was: date | None) -> str:
    if found.days_earlier is not None:
        days = abs(found.days_earlier)
        word = "earlier" if found.days_earlier >= 0 else "later"
        when = (
            f"90% are through {days} {'day' if days == 1 else 'days'} {word}" if days else "no day is gained"
        )
    elif found.finishes_on and not was:
        when = f"90% are through by {found.finishes_on.day} {found.finishes_on:%b %Y}, which they are not without"
    else:
        when = "90% are still not through in this time"
    return (
        f"{found.what}: {when}, {found.mails_more:+,} mails, {found.handoffs_a_week_more:+.1f} hand-offs a week, "
        f"{found.waited_less:,.0f} lead-days of waiting less"
    )
