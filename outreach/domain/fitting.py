"""Makes up what has to be known of somebody for whom a condition is true."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice

from outreach.domain.expression_tree import (
    FUNCTIONS,
    And,
    Call,
    Column,
    Expression,
    Field,
    Literal,
    Not,
    Or,
    Type,
    text,
    value_text,
    walk,
)
from outreach.domain.expressions import evaluate, holds, known
from outreach.domain.facts import Fact, Facts, Happened

MOST_TRIED = 500


def fitted(
    condition: Expression, base: Facts, free: Collection[str], words: Mapping[str, Collection[str]]
) -> Facts | None:
    """Return facts for which the condition is true: `base` with other values of the `free` fields, and more that
    happened; None where none were found. `words` are all that a field may hold, where that is said.
    """
    tried = islice(_made(condition, True, base, frozenset(free), words), MOST_TRIED)
    return next((facts for facts in tried if holds(condition, facts)), None)


def _made(
    part: Expression, wanted: bool, facts: Facts, free: frozenset[str], words: Mapping[str, Collection[str]]
) -> Iterator[Facts]:
    """Yield facts for which `part` is `wanted`, the least changed first."""
    if isinstance(part, Not):
        yield from _made(part.part, not wanted, facts, free, words)
    elif isinstance(part, And | Or):
        if isinstance(part, And) is wanted:
            yield from _all(part.parts, wanted, facts, free, words)
        else:
            for each in part.parts:
                yield from _made(each, wanted, facts, free, words)
    elif bool(evaluate(part, facts)) is wanted:
        yield facts
    elif isinstance(part, Call):
        if wanted:
            yield Facts(facts.fields, facts.happened | {_event(part)})
    else:
        yield from _changed(part, wanted, facts, free, words)


def _all(
    parts: tuple[Expression, ...],
    wanted: bool,
    facts: Facts,
    free: frozenset[str],
    words: Mapping[str, Collection[str]],
) -> Iterator[Facts]:
    if not parts:
        yield facts
        return
    for made in _made(parts[0], wanted, facts, free, words):
        changed = {name for name in free if made.fields.get(name) != facts.fields.get(name)}
        yield from _all(parts[1:], wanted, made, free - changed, words)


def _changed(
    atom: Expression, wanted: bool, facts: Facts, free: frozenset[str], words: Mapping[str, Collection[str]]
) -> Iterator[Facts]:
    parts = tuple(walk(atom))
    written = [part.value for part in parts if isinstance(part, Literal)]
    written += [part.part for part in parts if hasattr(part, "part") and isinstance(part.part, str)]
    for field in dict.fromkeys(part for part in parts if isinstance(part, Field)):
        if field.name not in free:
            continue
        for value in _values(field, written, words.get(field.name, ())):
            made = Facts({**facts.fields, field.name: value}, facts.happened)
            if bool(evaluate(atom, made)) is wanted:
                yield made


def _values(field: Field, written: Iterable[object], words: Collection[str]) -> Iterator[Fact]:
    for each in written:
        if isinstance(each, str) and field.type is Type.TEXT:
            yield each
        elif isinstance(each, float) and field.type is Type.NUMBER:
            yield from (each, each + 1, each - 1)
        elif isinstance(each, datetime) and field.type is Type.DATE:
            yield from (each, each + timedelta(days=1), each - timedelta(days=1))
    yield from words or _ANY[field.type]
    yield None


_ANY: Mapping[Type, tuple[Fact, ...]] = {
    Type.TEXT: ("something",),
    Type.NUMBER: (1.0, 0.0),
    Type.YESNO: (True, False),
    Type.DATE: (),
}


def _event(call: Call) -> Happened:
    function = FUNCTIONS[call.name]
    asked = function.asked(call.arguments)
    word = asked.word or ""
    if function.column is Column.DETAIL:
        return Happened(asked.kinds[-1], "", word)
    return Happened(asked.kinds[0], word)


def false_parts(condition: Expression, facts: Facts) -> list[str]:
    """Return each part of the condition that is false and makes the whole so, with what stands there instead."""
    parts = condition.parts if isinstance(condition, And) else (condition,)
    return [f"{text(part)} is false{_found(part, facts)}" for part in parts if not holds(part, facts)]


def _found(part: Expression, facts: Facts) -> str:
    fields = dict.fromkeys(each for each in walk(part) if isinstance(each, Field))
    said = []
    for field in fields:
        value = known(field, facts)
        if value is None:
            said.append(f"{field.name} is not known")
        elif isinstance(value, datetime):
            said.append(f"{field.name} is {value:%Y-%m-%d}")
        else:
            said.append(f"{field.name} is {value_text(value)}")
    return f" ({', '.join(said)})" if said else ""
