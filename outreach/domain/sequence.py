"""Decides what is next for one enrollment: the engine, the simulator and `explain` all ask here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from outreach.domain import windows
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
from outreach.domain.expressions import Expression, Schema, evaluate, parse
from outreach.domain.facts import Facts
from outreach.domain.funnel import score_thresholds
from outreach.domain.words import Kind, MessageStatus, Stage

FUNNEL_ORDER = (Stage.SUSPECT, Stage.MQL, Stage.SQL, Stage.OPPORTUNITY, Stage.CUSTOMER)

# -- the program: a campaign's steps in one row, with where each goes on --------------------------


COMPLETED = "completed"
"""Why an enrollment finished that came to its last step."""


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
    """How far the message of the current step has come."""

    status: MessageStatus
    at: datetime | None


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


@dataclass(frozen=True)
class Position:
    """At which node, and since when."""

    node: int
    at: datetime


@dataclass(frozen=True)
class Do:
    """Carry out the step at `position`. `stale_at` is when an e-mail would come too late; `skip` says it does."""

    position: Position
    node: Node
    stale_at: datetime | None = None
    skip: str | None = None


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
    if ended := _ended(program.campaign, progress):
        return ended
    position, outcome = Position(progress.node, progress.node_at), progress.outcome
    while position.node < len(program.nodes):
        node = program.nodes[position.node]
        if isinstance(node.step, EmailStep):
            result = _mail(program.campaign, node, position, progress, outcome, now)
            outcome = None
        elif isinstance(node.step, ACTIONS):
            result = Do(position, node)
        else:
            result = _pass(node, position, progress, now)
        if not isinstance(result, Position):
            return result
        position = result
    return Finish(COMPLETED)


def _ended(campaign: Campaign, progress: Progress) -> Stop | Finish | None:
    stops = campaign.stops
    ended_by = min(
        (occurrence for occurrence in progress.occurrences if occurrence.kind in stops),
        key=lambda occurrence: (occurrence.at, occurrence.kind),
        default=None,
    )
    if ended_by:
        return Stop(ended_by.kind)
    if progress.stage in campaign.audience.stage:
        return None
    return Finish("goal_reached") if _reached(campaign.goal, progress.stage) else Stop("left_audience")


def _reached(goal: Stage | None, stage: Stage) -> bool:
    if goal is None or stage not in FUNNEL_ORDER or goal not in FUNNEL_ORDER:
        return goal is not None and goal == stage
    return FUNNEL_ORDER.index(stage) >= FUNNEL_ORDER.index(goal)


def _mail(
    campaign: Campaign,
    node: Node,
    position: Position,
    progress: Progress,
    outcome: Outcome | None,
    now: datetime,
) -> Position | Do | Wait:
    if outcome is not None:
        done = outcome.at is not None
        return (
            Position(node.next, outcome.at)
            if outcome.at and done
            else Wait(position, None, "the mail's outcome")
        )
    ready_at = max(position.at, progress.hold_until or position.at)
    held = "held until the lead is back" if progress.hold_until and progress.hold_until > now else "window"
    opens_at = windows.next_open(
        campaign.window, max(ready_at, now), zone=progress.zone, country=progress.country
    )
    assert isinstance(node.step, EmailStep)
    stale_at = None
    if node.step.stale_after:
        first_chance = windows.next_open(
            campaign.window, ready_at, zone=progress.zone, country=progress.country
        )
        stale_at = node.step.stale_after.after(first_chance, progress.zone)
        if stale_at < opens_at:
            return Do(position, node, stale_at, skip="stale")
    return Do(position, node, stale_at) if opens_at <= now else Wait(position, opens_at, held)


def _pass(node: Node, position: Position, progress: Progress, now: datetime) -> Position | Wait:
    """Go through a step that sends nothing: the position after it, or what it waits for."""
    step = node.step
    if isinstance(step, BranchStep):
        return Position(_arm(node, progress.facts), position.at)
    if isinstance(step, WaitStep):
        until = step.wait.after(position.at, progress.zone)
        return Position(node.next, until) if until <= now else Wait(position, until, f"wait {step.wait}")
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
        if condition is None or evaluate(condition, facts) is True:
            return start
    return node.next


def _first(kind: Kind, subject: str | None, occurrences: Sequence[Occurrence]) -> datetime | None:
    times = [
        occurrence.at
        for occurrence in occurrences
        if occurrence.kind == kind and occurrence.surely_human and subject in (None, occurrence.subject)
    ]
    return min(times, default=None)
