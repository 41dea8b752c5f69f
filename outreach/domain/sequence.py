"""Decides what is next for one enrollment: the engine, the simulator and `explain` all ask here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from outreach.domain import conditions, experiments, windows
from outreach.domain.campaign import (
    BranchStep,
    Campaign,
    Case,
    EmailStep,
    NotifyStep,
    Step,
    TaskStep,
    UpdateStep,
    WaitForStep,
    WaitStep,
)
from outreach.domain.expressions import Expression, Schema, parse
from outreach.domain.facts import Facts
from outreach.domain.funnel import score_thresholds
from outreach.domain.words import Kind, MessageStatus, Stage

FUNNEL_ORDER = (Stage.SUSPECT, Stage.MQL, Stage.SQL, Stage.OPPORTUNITY, Stage.CUSTOMER)

# -- the program: a campaign's steps in one row, with where each goes on --------------------------


COMPLETED = "completed"
"""Why an enrollment finished that came to its last step."""

SENT_BEFORE = "sent before as"
"""Why a mail is skipped that the lead got as another step, by whose name this goes on."""


@dataclass(frozen=True)
class Node:
    """One step, where it stands, and which node comes after it."""

    id: str
    step: Step
    next: int
    arms: tuple[tuple[Expression | None, int], ...] = ()  # of a branch: condition (none: else) and first node


@dataclass(frozen=True)
class Program:
    """A compiled campaign. The node after the last one is the end."""

    campaign: Campaign
    nodes: tuple[Node, ...]
    audience: Expression | None
    thresholds: frozenset[float] = frozenset()  # scores at which the audience's condition may change


def compile_program(campaign: Campaign, schema: Schema) -> Program:
    """Return the campaign as a program; ExpressionError where a condition is wrong."""
    nodes: list[Node] = []
    _emit(nodes, campaign.steps, "", _size(campaign.steps), schema)
    where = campaign.audience.where
    if where is None:
        return Program(campaign, tuple(nodes), None)
    audience = parse(where, schema)
    return Program(campaign, tuple(nodes), audience, score_thresholds(audience))


def step_id(step: Step, path: str) -> str:
    """Return the name that a step keeps when others are put before it: its own, its template, or its place."""
    return step.id or (step.email if isinstance(step, EmailStep) else path)


def _size(steps: Sequence[Step]) -> int:
    return sum(
        1 + (sum(_size(_body(arm)) for arm in step.branch) if isinstance(step, BranchStep) else 0)
        for step in steps
    )


def _body(arm: object) -> tuple[Step, ...]:
    return arm.then if isinstance(arm, Case) else arm.else_  # type: ignore[attr-defined]


def _emit(nodes: list[Node], steps: Sequence[Step], prefix: str, after: int, schema: Schema) -> None:
    for number, step in enumerate(steps, start=1):
        path = f"{prefix}{number}"
        following = after if number == len(steps) else len(nodes) + _size((step,))
        if not isinstance(step, BranchStep):
            nodes.append(Node(step_id(step, path), step, following))
            continue
        starts = _arm_starts(step, len(nodes) + 1, following)
        conditions = [parse(arm.if_, schema) if isinstance(arm, Case) else None for arm in step.branch]
        nodes.append(Node(step_id(step, path), step, following, tuple(zip(conditions, starts, strict=True))))
        for letter, arm in zip("abcdefghijklmnopqrstuvwxyz", step.branch, strict=False):
            _emit(nodes, _body(arm), f"{path}{letter}", following, schema)


def _arm_starts(step: BranchStep, first: int, following: int) -> list[int]:
    starts = []
    for arm in step.branch:
        body = _body(arm)
        starts.append(first if body else following)
        first += _size(body)
    return starts


# -- what is known of an enrollment, and what is decided -------------------------------------------


@dataclass(frozen=True)
class Occurrence:
    """Something that happened to the lead since it entered. `surely_human` is false where only the sender matched."""

    kind: Kind
    subject: str
    at: datetime
    surely_human: bool = True


@dataclass(frozen=True)
class Outcome:
    """How far the message of a step has come, what it sends and under which Message-ID."""

    status: MessageStatus
    at: datetime | None
    template: str = ""
    rfc_message_id: str = ""


@dataclass(frozen=True)
class Progress:
    """What `decide` needs to know of an enrollment."""

    node: int
    node_at: datetime
    stage: Stage
    facts: Facts
    occurrences: tuple[Occurrence, ...]
    zone: ZoneInfo
    country: str | None = None
    hold_until: datetime | None = None
    outcome: Outcome | None = None
    outcomes: Mapping[str, Outcome] = field(default_factory=dict)  # of all its mails: one may come up again
    lead_id: int = 0
    entered_at: datetime | None = None
    shares: experiments.Shares = field(default_factory=dict)  # of variants, by step


class Position(NamedTuple):
    """At which node, and since when."""

    node: int
    at: datetime


@dataclass(frozen=True)
class Do:
    """Carry out the step at `position`, in this variant.

    `stale_at` is when an e-mail would come too late; `skip` says it does.
    """

    position: Position
    node: Node
    stale_at: datetime | None = None
    skip: str | None = None
    variant: int | None = None


@dataclass(frozen=True)
class Wait:
    """Look again at `until`, or when something happens; none: only when something happens."""

    position: Position
    until: datetime | None
    why: str


@dataclass(frozen=True)
class Finish:
    """All steps are done, or the goal is reached."""

    reason: str


@dataclass(frozen=True)
class Stop:
    """No further step, because of this."""

    reason: str


Decision = Do | Wait | Finish | Stop

ACTIONS = (TaskStep, UpdateStep, NotifyStep)


def decide(program: Program, progress: Progress, now: datetime) -> Decision:
    """Return the next thing to do for an enrollment at `now`."""
    if ended := _ended(program.campaign, progress) or _held_out(program.campaign, progress, now):
        return ended
    position, outcome = Position(progress.node, progress.node_at), progress.outcome
    while position.node < len(program.nodes):
        node = program.nodes[position.node]
        if isinstance(node.step, EmailStep):
            outcome = outcome or progress.outcomes.get(node.id)
            result = _mail(program, node, position, progress, outcome, now)
            outcome = None
        elif isinstance(node.step, ACTIONS):
            result = Do(position, node)
        else:
            result = _pass(program.campaign, node, position, progress, now)
        if not isinstance(result, Position):
            return result
        position = result
    return Finish(COMPLETED)


def _ended(campaign: Campaign, progress: Progress) -> Stop | Finish | None:
    if occurrences := progress.occurrences:
        stops = campaign.stops
        ended_by = min(
            (occurrence for occurrence in occurrences if occurrence.kind in stops),
            key=lambda occurrence: (occurrence.at, occurrence.kind),
            default=None,
        )
        if ended_by:
            return Stop(ended_by.kind)
    if progress.stage in campaign.audience.stage:
        return None
    return Finish("goal_reached") if _reached(campaign.goal, progress.stage) else Stop("left_audience")


def _held_out(campaign: Campaign, progress: Progress, now: datetime) -> Wait | Finish | None:
    """Have a lead that is held out stand before the first step until its time is over.

    Not one that has mails: it entered a version that held nobody out, and was moved.
    """
    has_mails = progress.outcome is not None or bool(progress.outcomes)
    if campaign.experiment is None or progress.entered_at is None or progress.node > 0 or has_mails:
        return None
    until = experiments.held_until(campaign, progress.lead_id, progress.entered_at)
    if until is None:
        return None
    here = Position(progress.node, progress.node_at)
    return Wait(here, until, experiments.HOLD_OUT) if now < until else Finish(experiments.HOLD_OUT)


def _reached(goal: Stage | None, stage: Stage) -> bool:
    if goal is None or stage not in FUNNEL_ORDER or goal not in FUNNEL_ORDER:
        return goal is not None and goal == stage
    return FUNNEL_ORDER.index(stage) >= FUNNEL_ORDER.index(goal)


def sent_before(program: Program, number: int, template: str, outcomes: Mapping[str, Outcome]) -> str | None:
    """Return the name under which an enrollment got the mail of step `number` before; none: it did not.

    What was refused counts too: it may be tried again by hand. That of a step which `repeated` names does not.
    """
    names = {program.nodes[number].id} | repeated(program, number, template)
    return next(
        (
            name
            for name, outcome in outcomes.items()
            if outcome.template == template and outcome.status != MessageStatus.SKIPPED and name not in names
        ),
        None,
    )


def repeated(program: Program, number: int, template: str) -> frozenset[str]:
    """Return the steps before step `number` that send the same template: there the campaign wants it twice."""
    return frozenset(
        node.id
        for node in program.nodes[:number]
        if isinstance(node.step, EmailStep) and template in node.step.templates
    )


def _mail(
    program: Program,
    node: Node,
    position: Position,
    progress: Progress,
    outcome: Outcome | None,
    now: datetime,
) -> Position | Do | Wait:
    campaign = program.campaign
    if outcome is not None:
        done = outcome.at is not None
        return (
            Position(node.next, max(outcome.at, position.at))
            if outcome.at and done
            else Wait(position, None, "the mail's outcome")
        )
    assert isinstance(node.step, EmailStep)
    variant = experiments.arm(campaign, node.id, node.step, progress.lead_id, progress.shares)
    template = experiments.chosen(node.step, variant, "").template
    if before := sent_before(program, position.node, template, progress.outcomes):
        return Do(position, node, skip=f"{SENT_BEFORE} {before}"[:64])
    ready_at = max(position.at, progress.hold_until or position.at)
    held = "held until the lead is back" if progress.hold_until and progress.hold_until > now else "window"
    opens_at = windows.next_open(
        campaign.window, max(ready_at, now), zone=progress.zone, country=progress.country
    )
    stale_at = None
    if node.step.stale_after:
        first_chance = windows.next_open(
            campaign.window, ready_at, zone=progress.zone, country=progress.country
        )
        stale_at = node.step.stale_after.after(first_chance, progress.zone)
        if stale_at < opens_at:
            return Do(position, node, stale_at, skip="stale")
    if opens_at > now:
        return Wait(position, opens_at, held)
    return Do(position, node, stale_at, variant=variant)


def _pass(
    campaign: Campaign, node: Node, position: Position, progress: Progress, now: datetime
) -> Position | Wait:
    """Go through a step that sends nothing: the position after it, or what it waits for."""
    step = node.step
    if isinstance(step, BranchStep):
        return Position(_arm(node, progress.facts), position.at)
    if isinstance(step, WaitStep):
        wait = experiments.wait(campaign, node.id, step, progress.lead_id, progress.shares)
        until = wait.after(position.at, progress.zone)
        return Position(node.next, until) if until <= now else Wait(position, until, f"wait {wait}")
    assert isinstance(step, WaitForStep)
    awaited = step.wait_for
    deadline = awaited.within.after(position.at, progress.zone)
    came_at = _first(awaited.event, awaited.subject, progress.occurrences)
    if came_at is not None and came_at <= deadline:
        return Position(node.next, max(came_at, position.at))
    if deadline <= now:
        return Position(node.next, deadline)
    return Wait(position, deadline, f"wait for {awaited.event}, at most {awaited.within}")


def _arm(node: Node, facts: Facts) -> int:
    for condition, start in node.arms:
        if condition is None or conditions.ready(condition)(facts) is True:
            return start
    return node.next


def _first(kind: Kind, subject: str | None, occurrences: Sequence[Occurrence]) -> datetime | None:
    times = [
        occurrence.at
        for occurrence in occurrences
        if occurrence.kind == kind and occurrence.surely_human and subject in (None, occurrence.subject)
    ]
    return min(times, default=None)
