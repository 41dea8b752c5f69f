"""What the rules about one campaign have to know of the others, of the funnel and of the mails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from outreach.domain.campaign import ALWAYS_STOPS, Campaign, Case, EmailStep, Step, walk
from outreach.domain.expression_tree import Call, Expression, Match
from outreach.domain.lint.possible import World
from outreach.domain.lint.scores import Reach
from outreach.domain.words import Kind

OF_A_MAIL = frozenset({Kind.OPENED, Kind.CLICKED, Kind.REPLIED})
"""Kinds whose subject is the template of the mail."""


@dataclass(frozen=True)
class Around:
    """What there is around a campaign.

    `read` gives the parts of a condition that is well formed. `sent` counts in how many campaigns a mail is sent;
    mails in `linkless` have nothing to click; `idle` tells of reps why they can take no work.
    """

    read: Callable[[str], Expression]
    reach: Reach
    sent: Mapping[str, int]
    linkless: frozenset[str] = frozenset()
    idle: Mapping[str, str] = field(default_factory=dict)

    @property
    def world(self) -> World:
        """The world of leads that may have got any mail that some campaign sends."""
        return World(score=self.reach.bounds, can_happen=lambda call: self._can(call, frozenset(self.sent)))

    def within(self, campaign: Campaign, sent: frozenset[str]) -> World:
        """Return the world of leads in this campaign who may have got these of its mails, and any of others."""
        own = mails_of(campaign)
        others = {name for name, count in self.sent.items() if count > (name in own)}
        again = own if campaign.again_after is not None else frozenset()

        def can_happen(call: Call) -> bool:
            kinds = {Kind(kind) for kind in call.function.asked(call.arguments).kinds}
            ending = kinds <= (campaign.stops | ALWAYS_STOPS)
            return self._can(call, (frozenset() if ending else sent) | others | again)

        return replace(self.world, can_happen=can_happen).in_stages(campaign.audience.stage)

    def _can(self, call: Call, sent: frozenset[str]) -> bool:
        """Whether it can have happened to somebody who got these mails."""
        asked = call.function.asked(call.arguments)
        if asked.word is None or call.function.match is not Match.EQUALS or not set(asked.kinds) <= OF_A_MAIL:
            return True
        if asked.kinds == (Kind.CLICKED,) and asked.word in self.linkless:
            return False
        return asked.word in sent


def mails_of(campaign: Campaign) -> frozenset[str]:
    """Return the templates of all mails that the campaign may send."""
    return frozenset(
        name for step in walk(campaign.steps) if isinstance(step, EmailStep) for name in step.templates
    )


def body(arm: object) -> tuple[tuple[Step, ...], str]:
    """Return the steps of an arm of a branch and the key that they stand under."""
    return (arm.then, "then") if isinstance(arm, Case) else (arm.else_, "else")  # type: ignore[attr-defined]
