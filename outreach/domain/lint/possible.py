"""Whether conditions can be true together: for any lead that there could ever be.

An answer of "no" is sure; "yes" may be given too often, where two fields are compared with each other or a condition
has very many parts. So nothing that could be true is ever called impossible.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from outreach.domain.expression_tree import (
    Add,
    And,
    Call,
    Compare,
    Contains,
    Expression,
    Field,
    In,
    Literal,
    Match,
    Not,
    Or,
    Type,
    Value,
    fold,
    walk,
)
from outreach.domain.expressions import evaluate
from outreach.domain.facts import Fact, Facts
from outreach.domain.words import Consent, Source, Stage, Temperature

MOST_STEPS = 3_000
"""So many parts are looked at before conditions are taken to be possible."""

WORDS: Mapping[str, frozenset[str]] = {
    "lead.stage": frozenset(map(str, Stage)),
    "lead.source": frozenset(map(str, Source)),
    "lead.consent": frozenset(map(str, Consent)),
    "lead.temperature": frozenset(map(str, Temperature)),
}
NEVER_EMPTY = frozenset(
    {*WORDS, "lead.email", "lead.score", "lead.rounds", "lead.stage_at", "lead.created_at"}
)
SOME_TEXT = "\x00"  # a text that nobody writes into a condition
EARLY, LATE = datetime(1900, 1, 1, tzinfo=UTC), datetime(2900, 1, 1, tzinfo=UTC)
MOMENT = timedelta(seconds=1)

Signed = tuple[Expression, bool]
"""A part of a condition and whether it has to be true or not to be."""


def _anything(call: Call) -> bool:
    return True


@dataclass(frozen=True)
class World:
    """What is so for every lead that is asked about, whatever else is known of it."""

    words: Mapping[str, frozenset[str]] = field(default_factory=lambda: WORDS)
    score: tuple[float, float] = (-math.inf, math.inf)
    can_happen: Callable[[Call], bool] = _anything

    def in_stages(self, stages: Iterable[Stage]) -> World:
        """Return the same world with only leads of these stages."""
        return replace(self, words={**self.words, "lead.stage": frozenset(map(str, stages))})


def possible(conditions: Sequence[Expression], world: World) -> bool:
    """Whether there could be a lead for which all of the conditions are true."""
    return _Search(world).found([(condition, True) for condition in conditions], {})


class _Search:
    """Goes through the ways in which all conditions could be true, until one of them holds together."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.steps = 0

    def found(self, waiting: list[Signed], held: dict[Expression, bool]) -> bool:
        """Whether what waits can be true together with the parts that are held to be so."""
        waiting, held = list(waiting), dict(held)
        while waiting:
            self.steps += 1
            if self.steps > MOST_STEPS:
                return True
            part, wanted = waiting.pop()
            if isinstance(part, Not):
                waiting.append((part.part, not wanted))
            elif isinstance(part, And | Or) and isinstance(part, And) is wanted:
                waiting += [(each, wanted) for each in part.parts]
            elif isinstance(part, And | Or):
                return any(self.found([*waiting, (each, wanted)], held) for each in part.parts)
            elif not self._may(part, wanted, held):
                return False
        return self._consistent(held)

    def _may(self, part: Expression, wanted: bool, held: dict[Expression, bool]) -> bool:
        """Whether the part may be so; then it is held."""
        if isinstance(part, Literal):
            return part.value is wanted
        if wanted and isinstance(part, Call) and not self.world.can_happen(part):
            return False
        return held.setdefault(part, wanted) is wanted

    def _consistent(self, held: Mapping[Expression, bool]) -> bool:
        said = [part for part, wanted in held.items() if wanted and isinstance(part, Call)]
        denied = [part for part, wanted in held.items() if not wanted and isinstance(part, Call)]
        if any(implies(one, other) for one in said for other in denied):
            return False
        about: dict[Field, list[Signed]] = {}
        for part, wanted in held.items():
            if (only := only_field(part)) is not None:
                about.setdefault(only, []).append((part, wanted))
        return all(self._has_value(each, parts) for each, parts in about.items())

    def _has_value(self, of: Field, parts: Sequence[Signed]) -> bool:
        return any(
            all(bool(evaluate(part, Facts({of.name: value}))) is wanted for part, wanted in parts)
            for value in self._candidates(of, parts)
        )

    def _candidates(self, of: Field, signed: Sequence[Signed]) -> Iterator[Fact]:
        """Yield values of the field among which is one that makes the parts as they have to be, if any does."""
        parts = [part for part, _ in signed]
        if of.name not in NEVER_EMPTY:
            yield None
        if of.type is Type.YESNO:
            yield from (True, False)
        elif of.type is Type.TEXT:
            yield from self._texts(of.name, signed)
        elif of.type is Type.DATE:
            yield from _dates(parts)
        else:
            yield from self._numbers(of, parts)

    def _texts(self, name: str, signed: Sequence[Signed]) -> Iterator[str]:
        if name in self.world.words:
            yield from sorted(self.world.words[name])
            return
        yield from ("", SOME_TEXT)
        yield from (value for value in _values([part for part, _ in signed]) if isinstance(value, str))
        yield SOME_TEXT.join(part.part for part, wanted in signed if wanted and isinstance(part, Contains))

    def _numbers(self, of: Field, parts: Sequence[Expression]) -> Iterator[float]:
        turns = sorted({turn for part in parts for turn in _turns(part)})
        low, high = self.world.score if of.name == "lead.score" else (-math.inf, math.inf)
        if of.name == "lead.rounds":
            low = 0.0
        between = [(one + other) / 2 for one, other in pairwise(turns)]
        found = {*turns, *between, *(turn - 1 for turn in turns[:1]), *(turn + 1 for turn in turns[-1:]), 0.0}
        found |= {bound for bound in (low, high) if math.isfinite(bound)}
        if of.name == "lead.rounds":
            found = {float(whole) for each in found for whole in (math.floor(each), math.ceil(each))}
        yield from (each for each in sorted(found) if low <= each <= high)


def only_field(part: Expression) -> Field | None:
    """Return the field that the part looks at, None where it looks at several or at none."""
    fields = {each for each in walk(part) if isinstance(each, Field)}
    return fields.pop() if len(fields) == 1 else None


def implies(one: Call, other: Call) -> bool:
    """Whether `other` is true whenever `one` is."""
    asked, wanted = one.function.asked(one.arguments), other.function.asked(other.arguments)
    if not set(asked.kinds) <= set(wanted.kinds):
        return False
    if wanted.word is None:
        return True
    if asked.word is None or one.function.column is not other.function.column:
        return False
    if other.function.match is Match.CONTAINS:
        return fold(wanted.word) in fold(asked.word)
    return one.function.match is Match.EQUALS and asked.word == wanted.word


def _values(parts: Sequence[Expression]) -> Iterator[Value]:
    for part in parts:
        yield from (each.value for each in walk(part) if isinstance(each, Literal))


def _dates(parts: Sequence[Expression]) -> Iterator[datetime]:
    named = sorted(value for value in _values(parts) if isinstance(value, datetime))
    yield from (EARLY, LATE)
    for at in named:
        yield from (at - MOMENT, at, at + MOMENT)


def _turns(part: Expression) -> Iterator[float]:
    """Yield the numbers at which a comparison with one number field changes."""
    if isinstance(part, Compare):
        pairs = [(part.left, part.right)]
    elif isinstance(part, In):
        pairs = [(part.value, option) for option in part.options]
    else:
        return
    for left, right in pairs:
        (times, rest), (more, other) = _linear(left), _linear(right)
        if times != more:
            yield (other - rest) / (times - more)


def _linear(value: Expression) -> tuple[float, float]:
    """Return how many times the field, and how much besides, a sum is."""
    match value:
        case Literal(float() as number):
            return 0.0, number
        case Field():
            return 1.0, 0.0
        case Add(terms):
            parts = [(term.sign, _linear(term.value)) for term in terms]
            return sum(sign * each[0] for sign, each in parts), sum(sign * each[1] for sign, each in parts)
        case _:
            return 0.0, 0.0
