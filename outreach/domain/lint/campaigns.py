"""What is wrong with a campaign as a whole: its audience, its goal, what stops it, how it begins again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from outreach.domain.campaign import BranchStep, Campaign, Case, Step, WaitForStep, WaitStep
from outreach.domain.lint import conditions, hours, moves
from outreach.domain.lint.findings import Finding
from outreach.domain.lint.known import Around, body, mails_of
from outreach.domain.lint.steps import ASK_FOR_CLICKS, OPENS, steps
from outreach.domain.sequence import FUNNEL_ORDER
from outreach.domain.words import Kind, Stage

AT_REST = {
    Stage.LOST: "rest until they are back in play",
    Stage.SET_ASIDE: "bought elsewhere and rest",
    Stage.DISCARDED: "are never to be written to again",
}
SHORTEST_ROUND = timedelta(hours=1)
"""A campaign that can be gone through and entered again faster than this runs away."""


def campaign(
    campaign: Campaign, onward: Mapping[Stage, frozenset[Stage]], around: Around
) -> Iterator[Finding]:
    """Yield what is wrong in a campaign that is well formed; `onward` says where stages lead, as `moves` finds it."""
    nobody = list(conditions.audience(campaign, around))
    yield from nobody
    if not any(found.rule in ("never-true", "unreachable-score") for found in nobody):
        yield from steps(campaign, around)
    yield from _stages(campaign)
    yield from _goal(campaign, onward)
    yield from _stops(campaign)
    yield from _again(campaign)
    yield from hours.closed_after_waits(campaign)


def _stages(campaign: Campaign) -> Iterator[Finding]:
    for number, stage in enumerate(campaign.audience.stage):
        if stage in AT_REST:
            message = f"leads in the stage {stage} {AT_REST[stage]}"
            hint = "name the stage to which they return"
            yield Finding("stage-at-rest", ("audience", "stage", number), message, hint)


def _goal(campaign: Campaign, onward: Mapping[Stage, frozenset[Stage]]) -> Iterator[Finding]:
    goal, start = campaign.goal, campaign.audience.stage
    if goal is None or goal in start:
        return
    if goal in FUNNEL_ORDER and any(
        stage in FUNNEL_ORDER and FUNNEL_ORDER.index(stage) > FUNNEL_ORDER.index(goal) for stage in start
    ):
        message = f"leads of the audience are past {goal} already"
        yield Finding("goal-unreachable", ("goal",), message, "name a stage further on")
    elif not any(moves.meets(goal, stage) for stage in moves.reached(onward, start)):
        message = f"no move in funnel.yaml leads from {' or '.join(start)} to {goal}"
        yield Finding("goal-unreachable", ("goal",), message, "add a move, or name another goal")


def _stops(campaign: Campaign) -> Iterator[Finding]:
    if Kind.REPLIED not in campaign.stop_on and mails_of(campaign):
        message = "the campaign goes on after a reply, once the lead is free to be written to again"
        yield Finding("goes-on-after-reply", ("stop_on",), message, "add replied")
    for number, kind in enumerate(campaign.stop_on):
        if kind == Kind.OPENED:
            yield Finding("rests-on-opens", ("stop_on", number), OPENS, ASK_FOR_CLICKS)
    if not isinstance(campaign.enter, str) and campaign.enter.event == Kind.OPENED:
        yield Finding("rests-on-opens", ("enter", "event"), OPENS, ASK_FOR_CLICKS)


# -- going round -----------------------------------------------------------------------------------


def _again(campaign: Campaign) -> Iterator[Finding]:
    again = campaign.again_after
    if again is None or campaign.enter != "when_matching":
        return
    shortest, longest = lengths(campaign.steps)
    if max(again.about(), shortest) < SHORTEST_ROUND:
        message = f"who has gone through it enters again after {again}, and so on without an end"
        yield Finding(
            "loop-without-wait", ("again_after",), message, "write for example again_after: 6 months"
        )
    elif again.about() <= longest:
        message = (
            f"the campaign takes up to {hours.spoken(longest)}, so who finishes it may begin again at once"
        )
        yield Finding(
            "no-rest-between", ("again_after",), message, "it counts from the day of entering: make it longer"
        )


def lengths(listed: Sequence[Step]) -> tuple[timedelta, timedelta]:
    """Return how long the steps wait at least and at most."""
    least = most = timedelta()
    for step in listed:
        low, high = _length(step)
        least, most = least + low, most + high
    return least, most


def _length(step: Step) -> tuple[timedelta, timedelta]:
    match step:
        case WaitStep():
            waits = [wait.about() for wait in (step.variants.wait if step.variants else (step.wait,))]
            return min(waits), max(waits)
        case WaitForStep(wait_for=awaited):
            return timedelta(), awaited.within.about()
        case BranchStep():
            arms = [lengths(body(arm)[0]) for arm in step.branch]
            if isinstance(step.branch[-1], Case):
                arms.append((timedelta(), timedelta()))
            return min(low for low, _ in arms), max(high for _, high in arms)
    return timedelta(), timedelta()
