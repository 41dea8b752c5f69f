"""Campaigns that want the same leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from outreach.domain.campaign import Campaign
from outreach.domain.expression_tree import Expression, Not
from outreach.domain.lint.findings import Finding
from outreach.domain.lint.known import Around
from outreach.domain.lint.possible import possible

BY_ITSELF = frozenset({"when_matching", "once"})
"""Ways to enter that look at who leads are, not at what happens."""


def rivals(campaigns: Sequence[Campaign], around: Around) -> Iterator[tuple[Campaign, Finding]]:
    """Yield, with the campaign that it is told of, who shares its leads with another or never gets them."""
    conditions = {each.name: _condition(each, around) for each in campaigns}
    entered = [each for each in campaigns if each.enter in BY_ITSELF]
    for number, one in enumerate(entered):
        equals = [each for each in entered[:number] if each.priority == one.priority]
        if (
            other := next((each for each in equals if _meet(one, each, conditions, around)), None)
        ) is not None:
            message = (
                f"{other.name} has the priority {one.priority} too and may want the same leads: "
                f"who gets them is left to the order in which the two were first applied"
            )
            hint = "give one of them a higher priority, or keep the audiences apart"
            yield one, Finding("same-people", ("priority",), message, hint, other=other.name)
        if one.enter == "once" and (above := _outranks(one, entered, conditions, around)):
            message = f"all its leads are in {above.name} when it is applied, which has the priority {above.priority}"
            hint = "give it a higher priority"
            yield one, Finding("always-outranked", ("priority",), message, hint, other=above.name)


def _condition(campaign: Campaign, around: Around) -> tuple[Expression, ...]:
    where = campaign.audience.where
    return () if where is None else (around.read(where),)


Conditions = Mapping[str, tuple[Expression, ...]]


def _meet(one: Campaign, other: Campaign, conditions: Conditions, around: Around) -> bool:
    """Whether a lead could be in both audiences."""
    stages = set(one.audience.stage) & set(other.audience.stage)
    both = (*conditions[one.name], *conditions[other.name])
    return bool(stages) and possible(both, around.world.in_stages(stages))


def _outranks(
    one: Campaign, campaigns: Sequence[Campaign], conditions: Conditions, around: Around
) -> Campaign | None:
    """Return a campaign of a higher priority that has every lead of this one, None where there is none."""
    world = around.world.in_stages(one.audience.stage)
    if not possible(conditions[one.name], world):
        return None
    for other in campaigns:
        higher = other.priority > one.priority and other.enter == "when_matching"
        if not higher or not set(one.audience.stage) <= set(other.audience.stage):
            continue
        left = [(*conditions[one.name], Not(part)) for part in conditions[other.name]]
        if not any(possible(each, world) for each in left):
            return other
    return None
