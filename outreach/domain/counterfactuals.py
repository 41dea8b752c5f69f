"""Says why a condition is not true, part by part, and the smallest change that would make it so."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from outreach.domain import scoring, temperature, windows
from outreach.domain.expression_tree import value_text, walk
from outreach.domain.expressions import (
    OPPOSITE,
    And,
    Call,
    Column,
    Compare,
    Expression,
    Field,
    Not,
    Operator,
    Or,
    describe,
    evaluate,
    holds,
    names,
    text,
)
from outreach.domain.expressions import known as value_of
from outreach.domain.facts import Facts, Happened
from outreach.domain.funnel import SCORE, CompiledFunnel, next_look
from outreach.domain.leads import Lead
from outreach.domain.policies import Move, Points
from outreach.domain.scoring import Scored
from outreach.domain.words import OURS, Kind

MOST_TIMES = 5
"""How often something may have to happen for it to be told as a way."""

NOUNS: Mapping[str, tuple[str, str]] = {
    Kind.CLICKED: ("click", "clicks"),
    Kind.VISITED: ("visit", "visits"),
    Kind.ATTENDED: ("attendance", "attendances"),
    Kind.REGISTERED: ("registration", "registrations"),
    Kind.SUBMITTED: ("form", "forms"),
    Kind.REPLIED: ("reply", "replies"),
    Kind.STATED: ("statement", "statements"),
    Kind.CHATTED: ("chat", "chats"),
    Kind.CALLED: ("call", "calls"),
    Kind.REACTED: ("reaction", "reactions"),
    Kind.SUCCEEDED: ("success", "successes"),
    Kind.MEETING_BOOKED: ("booked meeting", "booked meetings"),
}
PLACES: Mapping[str, str] = {
    Kind.CLICKED: "in",
    Kind.VISITED: "to",
    Kind.REGISTERED: "for",
    Kind.REPLIED: "to",
    Kind.REACTED: "to",
}

MOST_WAYS = 4
MOST_LOOKS = 40


@dataclass(frozen=True)
class Part:
    """One of the things a condition asks for: whether it is so, what stands there, and what it would need."""

    text: str
    holds: bool
    found: str
    needs: str  # empty where it is so, or where nothing can make it so


@dataclass(frozen=True)
class Way:
    """One thing that would make a condition true by itself."""

    kind: str
    word: str  # the template, page, form or link
    times: int
    points: float  # how much the score would grow
    what: str


# -- part by part ----------------------------------------------------------------------------------


def parts(condition: Expression, facts: Facts) -> tuple[Part, ...]:
    """Return each thing that the condition asks for, in the order it is written."""
    return tuple(
        Part(
            text(part),
            is_so := holds(part, facts),
            _so(part, facts) if is_so else _not_so(part, facts),
            "" if is_so else needed(part, facts),
        )
        for part in _asked(condition)
    )


def _asked(condition: Expression) -> Iterator[Expression]:
    if isinstance(condition, And):
        for part in condition.parts:
            yield from _asked(part)
    else:
        yield condition


def _so(part: Expression, facts: Facts) -> str:
    """Return what makes it so, where the condition's own words do not say it."""
    lines, own = describe(part, facts), text(part)
    if lines and lines[0].startswith(f"{own} ("):
        lines[0] = lines[0].removeprefix(f"{own} (").removesuffix(")")
    return "; ".join(line for line in lines if line != own)


def _not_so(part: Expression, facts: Facts) -> str:
    fields = dict.fromkeys(each for each in walk(part) if isinstance(each, Field))
    found = [_stands(field, facts) for field in fields]
    if any(isinstance(each, Call) for each in walk(part)):
        found.append("it happened" if isinstance(part, Not) else "it did not happen")
    return ", ".join(found)


def _stands(field: Field, facts: Facts) -> str:
    value = value_of(field, facts)
    return f"{field.name} is {'not known' if value is None else _written(value)}"


def _written(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%d %b %Y}"
    if isinstance(value, float):
        return f"{value:g}"
    return value_text(value) if isinstance(value, str | bool) else str(value)


# -- what it would need ----------------------------------------------------------------------------


def needed(part: Expression, facts: Facts, *, wanted: bool = True) -> str:
    """Return what would make the part `wanted`, in words; empty where nothing can: what happened stays."""
    match part:
        case Not(inner):
            return needed(inner, facts, wanted=not wanted)
        case And(some) | Or(some):
            together = isinstance(part, And) is wanted
            open_ = [each for each in some if holds(each, facts) is not wanted]
            return _joined(open_, together, facts, wanted)
        case Compare():
            return _compared(part, facts, wanted)
        case Call() if not wanted:
            return ""
        case _:
            return text(part) if wanted else text(Not(part))


def _joined(some: Sequence[Expression], together: bool, facts: Facts, wanted: bool) -> str:
    needs = [needed(each, facts, wanted=wanted) for each in some]
    if together:  # one that can not be had spoils all of them
        return " and ".join(needs) if all(needs) else ""
    return " or ".join(dict.fromkeys(need for need in needs if need))


def _compared(part: Compare, facts: Facts, wanted: bool) -> str:
    operator = part.operator if wanted else OPPOSITE[part.operator]
    if (missing := _missing_points(part.left, operator, part.right, facts)) is not None:
        return missing
    return f"{text(part.left)} {operator} {text(part.right)}"


def _missing_points(left: Expression, operator: Operator, right: Expression, facts: Facts) -> str | None:
    if not (isinstance(left, Field) and left.name == SCORE):
        return None
    has, asked = evaluate(left, facts), evaluate(right, facts)
    if not isinstance(has, float) or not isinstance(asked, float):
        return None
    if operator in (Operator.GE, Operator.GT):
        # Rounded up: so many points more are surely enough.
        more = math.ceil((asked - has) * 10 - 1e-6) / 10
        return f"{max(more, 0.1):.1f} more points"
    return f"a score {'under' if operator is Operator.LT else operator} {asked:g}"


# -- the smallest change that would do ----------------------------------------------------------------


def ways(
    compiled: CompiledFunnel, condition: Expression, events: Sequence[Scored], facts: Facts, now: datetime
) -> tuple[Way, ...]:
    """Return what, if it happened now, would alone make a condition true that is not: fewest times first.

    `facts` hold the score as it is; `events` are what it is made of.
    """
    found: dict[tuple[str, str], Way] = {}
    for candidate in _candidates(compiled, condition):
        way = _way(compiled, condition, events, facts, candidate, now)
        if way is not None:
            found.setdefault((way.kind, way.word), way)
    ordered = sorted(found.values(), key=lambda way: (way.times, bool(way.word), way.kind, way.word))
    return tuple(ordered[:MOST_WAYS])


def _candidates(compiled: CompiledFunnel, condition: Expression) -> Iterator[Happened]:
    for part in walk(condition):
        if isinstance(part, Call):
            asked, column = part.function.asked(part.arguments), part.function.column
            for kind in asked.kinds:
                word = asked.word or ""
                subject, detail = ("", word) if column is Column.DETAIL else (word, "")
                yield Happened(kind, subject, detail)
    if SCORE in names(condition):
        yield from (_earning(rule) for rule in compiled.funnel.scoring.points if rule.points > 0)


def _earning(rule: Points) -> Happened:
    link = rule.link or ""
    if rule.event == Kind.VISITED:
        return Happened(rule.event, rule.subject or link)
    return Happened(rule.event, rule.subject or "", link)


def _way(
    compiled: CompiledFunnel,
    condition: Expression,
    events: Sequence[Scored],
    facts: Facts,
    candidate: Happened,
    now: datetime,
) -> Way | None:
    if candidate.kind in OURS or candidate.kind == Kind.OPENED:
        return None
    for times in range(1, MOST_TIMES + 1):
        more = [Scored(candidate.kind, candidate.subject, candidate.detail, now)] * times
        seen = Facts(facts.fields, facts.happened | {candidate})
        total = scoring.kept(
            math.fsum(scoring.earned(compiled.funnel.scoring, [*events, *more], now))
            + math.fsum(scoring.fitting(compiled.fit, seen))
        )
        seen = Facts({**facts.fields, SCORE: total}, seen.happened)
        if holds(condition, seen):
            gained = total - float(str(facts.fields.get(SCORE) or 0.0))
            is_first = all(each.kind != candidate.kind for each in facts.happened)
            what = _told(candidate, times, gained if SCORE in names(condition) else None, is_first)
            return Way(candidate.kind, candidate.subject or candidate.detail, times, gained, what)
    return None


def _told(happened: Happened, times: int, gained: float | None, is_first: bool) -> str:
    one, many = NOUNS.get(happened.kind, (happened.kind.replace("_", " "),) * 2)
    often = " ".join(["one" if times == 1 else str(times), *([] if is_first else ["more"])])
    points = f" ({gained:+.1f} points)" if gained else ""
    return f"{often} {one if times == 1 else many}{_of(happened)}{points}"


def _of(happened: Happened) -> str:
    if happened.subject:
        return f" {PLACES.get(happened.kind, 'of')} {happened.subject}"
    if happened.detail:
        return f" {'on' if happened.kind == Kind.CLICKED else 'that says'} {happened.detail}"
    return ""


# -- what time alone does --------------------------------------------------------------------------


def ripe_at(move: Move, lead: Lead) -> datetime | None:
    """Return since when the rule's `after` is over for the lead, None beyond the calendar."""
    if move.after is None:
        return lead.stage_at
    try:
        return move.after.after(lead.stage_at, windows.zone(lead.timezone))
    except (ValueError, OverflowError):
        return None


def by_itself(
    compiled: CompiledFunnel,
    number: int,
    lead: Lead,
    events: Sequence[Scored],
    facts: Facts,
    now: datetime,
) -> datetime | None:
    """Return the first instant from `now` on at which the rule applies by time alone: points fade, plans come near."""
    move, condition = compiled.moves[number]
    first = ripe_at(move, lead)
    if first is None:
        return None
    fit_points = math.fsum(scoring.fitting(compiled.fit, facts))
    at: datetime | None = now
    for _ in range(MOST_LOOKS):
        if at is None:
            return None
        if at >= first and holds(condition, _at(compiled, lead, events, facts, fit_points, at)):
            return at
        at = next_look(compiled, lead, events, fit_points, at)
    return None


def _at(
    compiled: CompiledFunnel,
    lead: Lead,
    events: Sequence[Scored],
    facts: Facts,
    fit_points: float,
    at: datetime,
) -> Facts:
    rules = compiled.funnel
    total = scoring.kept(math.fsum(scoring.earned(rules.scoring, events, at)) + fit_points)
    word, _ = temperature.temperature(rules.temperature, lead.purchase_at, at)
    return Facts({**facts.fields, SCORE: total, "lead.temperature": word}, facts.happened)


def falls_under(
    compiled: CompiledFunnel,
    thresholds: Sequence[float],
    events: Sequence[Scored],
    facts: Facts,
    now: datetime,
) -> tuple[tuple[float, datetime], ...]:
    """Return each of the thresholds that the score fades under, with the first minute at which it does."""
    rules = compiled.funnel.scoring
    fit_points = math.fsum(scoring.fitting(compiled.fit, facts))
    found: dict[float, datetime] = {}
    for threshold in sorted(thresholds, reverse=True):
        at = scoring.falls_below(rules, fit_points, events, threshold, now)
        if at is not None:
            found.setdefault(scoring.kept(threshold), at)
    return tuple(found.items())
