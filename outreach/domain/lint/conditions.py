"""Conditions that can never be true, or always are, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from outreach.domain.campaign import Audience, Campaign
from outreach.domain.expression_tree import Call, Expression, Not, text, walk
from outreach.domain.lint import scores
from outreach.domain.lint.findings import Finding, Place
from outreach.domain.lint.known import Around
from outreach.domain.lint.possible import World, possible
from outreach.domain.words import Kind

PLAIN = World()
NEVER, ALWAYS = "never-true", "always-true"
LONGEST = 120
"""Letters of a condition that are shown."""
CONTRADICTS = "this contradicts itself: no lead can be like this"


@dataclass(frozen=True)
class Asked:
    """Where a branch asks its conditions: what is known of the leads there."""

    around: Around
    world: World
    now: tuple[Expression, ...]
    kept: tuple[Expression, ...]
    refused: tuple[Expression, ...] = ()  # what the arms above have left

    @property
    def known(self) -> tuple[Expression, ...]:
        return (*self.kept, *self.now)

    def not_met(self, condition: Expression) -> Asked:
        """Return the same for those of whom the condition is not true."""
        return replace(self, refused=(*self.refused, Not(condition)))

    def is_left(self) -> bool:
        """Whether there can be anybody whom no arm so far takes."""
        return possible((*self.known, *self.refused), self.world)

    def arm(self, condition: Expression | None, place: Place) -> list[Finding]:
        """Return what is wrong with an arm; a condition of None is `else`."""
        if condition is None:
            return [] if self.is_left() else [_left_over((*place, "else"), of_key=True)]
        at = (*place, "if")
        if found := impossible(condition, self.around, self.world, at):
            return [found]
        if not possible((*self.known, condition), self.world):
            message = f"this can not be true here, {self._because(condition)}"
            return [Finding(NEVER, at, message, "compare it with where: and the branches above")]
        if not possible((*self.known, *self.refused, condition), self.world):
            return [_left_over(at)]
        if not possible((*self.known, Not(condition)), self.world):
            message = f"this is true for everybody who comes here, {self._because(Not(condition))}"
            return [Finding(ALWAYS, at, message, "ask for something else, or take the branch away")]
        return []

    def _because(self, condition: Expression) -> str:
        """Return what is known that the condition can not be true with, in words."""
        if not possible((condition,), self.world):
            return "whoever it is"
        for known in (*self.now, *self.kept):
            if not possible((known, condition), self.world):
                written = text(known)
                return f"where {written if len(written) <= LONGEST else written[:LONGEST] + ' ...'}"
        return "after the conditions above"


def _left_over(place: Place, of_key: bool = False) -> Finding:
    message = "nobody comes here: the arms above it take everybody"
    return Finding("unreachable-step", place, message, "put the narrower condition first", of_key)


def impossible(condition: Expression, around: Around, world: World, place: Place) -> Finding | None:
    """Return why a condition can not be true in this world, whatever else is known; None where it can."""
    anywhere = replace(world, words=PLAIN.words)
    if not possible((condition,), PLAIN):
        return Finding(NEVER, place, CONTRADICTS, "write or instead of and, or remove a part")
    if scores.asks_for_more(condition, anywhere):
        parts = " or ".join(dict.fromkeys(map(text, scores.asked_scores(condition))))
        hint = "lower it, or give more points in funnel.yaml"
        return Finding("unreachable-score", place, f"no lead can have {parts}: {around.reach.highest}", hint)
    if not possible((condition,), anywhere):
        return _never_happened(condition, around, world, place)
    if not possible((condition,), world):
        stages = " or ".join(sorted(world.words["lead.stage"]))
        return Finding(NEVER, place, f"this can not be true: the stage is {stages} here", "name that stage")
    return None


def _never_happened(condition: Expression, around: Around, world: World, place: Place) -> Finding:
    """Return that the condition asks for a click or reply that nobody can have made so far."""
    asked = [part for part in walk(condition) if isinstance(part, Call) and not world.can_happen(part)]
    named = ", ".join(dict.fromkeys(map(text, asked)))
    without = sorted({name for call in asked for name in call.arguments} & around.linkless)
    if without:
        message = f"{named} can not be true: there is no link in {', '.join(without)}"
        return Finding("no-link", place, message, "put a link into the mail, or ask for something else")
    unsent = sorted({name for call in asked for name in call.arguments} - set(around.sent))
    if unsent:
        message = f"{named} can not be true: no campaign sends {', '.join(unsent)}"
        return Finding(NEVER, place, message, "name a mail that is sent before this")
    message = f"{named} can not be true here: that mail is not sent before this, or whoever did it has left"
    return Finding(
        NEVER, place, message, "name a mail that is sent before; what stop_on names ends the campaign"
    )


def audience(campaign: Campaign, around: Around) -> Iterator[Finding]:
    """Yield why nobody can be in the audience, or what its condition leaves out of account."""
    asked: Audience = campaign.audience
    if asked.where is None:
        return
    condition, place = around.read(asked.where), ("audience", "where")
    world = around.within(campaign, frozenset())
    if found := impossible(condition, around, world, place):
        yield found
    elif not possible((Not(condition),), world):
        stages = " or ".join(asked.stage)
        yield Finding(ALWAYS, place, f"every lead in the stage {stages} is like this", "remove where:")
    yield from opens(condition, place)


def opens(condition: Expression, place: Place) -> Iterator[Finding]:
    """Yield that a condition asks for opens."""
    for call in dict.fromkeys(part for part in walk(condition) if isinstance(part, Call)):
        if Kind.OPENED in call.function.asked(call.arguments).kinds:
            message = f"{text(call)} misses those whose mail program hides opens, and machines open too"
            yield Finding("rests-on-opens", place, message, "ask for clicked or replied")
            return
