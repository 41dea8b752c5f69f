"""What can differ between the leads of a campaign, as far as its conditions and its mails take notice of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from jinja2 import nodes

from outreach.domain import expressions
from outreach.domain.certainty import ALWAYS
from outreach.domain.expression_tree import walk
from outreach.domain.expressions import Call, Compare, Contains, Expression, Field, In, Literal, Schema, Type
from outreach.domain.facts import Happened
from outreach.domain.leads import FIELDS
from outreach.domain.sequence import Program
from outreach.render.compiled import Assembled
from outreach.render.gaps import name_of
from outreach.render.language import names

MOST_VALUES = 6
YES_OR_NO = {"yes": True, "true": True, "no": False, "false": False}

USUAL: Mapping[str, object] = {
    "email": "dana@example.com", "first_name": "Dana", "last_name": "Example", "title": "Plant Manager",
    "company": "Example Foods", "country": "DE", "language": "en", "timezone": "Europe/Berlin", "phone": "+49 30 901820",
    "source": "webinar", "source_detail": "the spring webinar", "consent": "express", "temperature": "cold",
    "score": 30.0, "rounds": 0.0, "lost_reason": "price", "competitor": "Toolsmith", "angle": "fresh_start",
}  # fmt: skip
"""The made-up lead, whom everything is known of."""
AHEAD = {"contract_ends_at": 150, "purchase_at": 45}
AGO = {"stage_at": 3, "created_at": 30}
"""Days."""


def usual(name: str, kind: Type, now: datetime) -> object:
    """Return what the made-up lead has in a field."""
    if name in USUAL:
        return USUAL[name]
    match kind:
        case Type.NUMBER:
            return 40.0
        case Type.YESNO:
            return True
        case Type.DATE:
            day = now.replace(hour=9, minute=0, second=0, microsecond=0)
            return kept(name, day + timedelta(days=AHEAD.get(name, -AGO.get(name, -60))))
        case _:
            return name.replace("_", " ")


def of_fields(
    program: Program, mails: Iterable[Assembled], schema: Schema, now: datetime
) -> dict[str, list[Any]]:
    """Return the fields that conditions or mails look at, each with the values that make a difference to them."""
    asked, ruled = _asked(program, mails), _ruled(program)
    found: dict[str, list[Any]] = {}
    for name in sorted(asked):
        if name not in schema.fields:
            continue
        kind, plain = schema.fields[name], name.removeprefix("lead.")
        values = [usual(plain, kind, now)]
        if name == "lead.stage":
            values = [str(stage) for stage in program.campaign.audience.stage]
        elif others := sorted(schema.words.get(name, frozenset()) - {values[0]} - set(map(str, ruled[name]))):
            values.append(others[0])
        for value in asked[name]:
            values += [kept(plain, each) for each in _around(value, kind)]
        if kind is Type.YESNO:
            values.append(False)
        if name not in ALWAYS:
            values.insert(1, None)
        found[plain] = list(dict.fromkeys(values))[:MOST_VALUES]
    return found


def kept(name: str, value: object) -> object:
    """Return the value as the database has it: in the fields that funnel.yaml declares dates are texts."""
    return value.date().isoformat() if isinstance(value, datetime) and name not in FIELDS else value


def _around(value: object, kind: Type) -> list[object]:
    """Return values on both sides of one that something is compared with."""
    match value:
        case bool():
            return [value]
        case int() | float() if kind is Type.NUMBER:
            return [float(value), float(value) + 1, float(value) - 1]
        case datetime():
            return [value + timedelta(days=1), value - timedelta(days=1)]
        case str() if kind is Type.TEXT:
            return [value]
    return []


def _ruled(program: Program) -> dict[str, list[object]]:
    """Return every word that conditions name for a field."""
    found: dict[str, list[object]] = defaultdict(list)
    for condition in conditions(program):
        for part in walk(condition):
            if isinstance(part, In) and isinstance(part.value, Field):
                found[part.value.name] += [option.value for option in part.options]
            for name, values in _compared(part):
                found[name] += values
    return found


def _asked(program: Program, mails: Iterable[Assembled]) -> dict[str, list[object]]:
    """Return the names of fields with what each is compared with."""
    found: dict[str, list[object]] = {}
    for condition in conditions(program):
        for part in walk(condition):
            for name, values in _compared(part):
                found.setdefault(name, []).extend(values)
    for mail in mails:
        for name in (f"lead.{field}" for _, root, field in mail.used if root == "lead" and field):
            found.setdefault(name, [])
        for name, values in _compared_in(mail.subject, mail.html):
            found.setdefault(name, []).extend(values)
    return found


def used_in(
    mails: Iterable[Assembled], subjects: Iterable[nodes.Template] = ()
) -> dict[str, frozenset[object]]:
    """Return the fields of a lead that mails look at, each with what it is compared with."""
    found: dict[str, set[object]] = {}
    for mail in mails:
        for name in (field for _, root, field in mail.used if root == "lead" and field):
            found.setdefault(name, set())
        subjects = (*subjects, mail.subject, mail.html)
    for tree in subjects:
        for name in (field for _, root, field in names(tree) if root == "lead" and field):
            found.setdefault(name, set())
        for name, values in _compared_in(tree):
            found.setdefault(name.removeprefix("lead."), set()).update(values)
    return {name: frozenset(values) for name, values in found.items()}


def _compared_in(*trees: nodes.Template) -> Iterator[tuple[str, list[object]]]:
    for tree in trees:
        for test in tree.find_all(nodes.Compare):
            if name := name_of(test.expr):
                yield name, [each.value for each in test.find_all(nodes.Const)]


def _compared(part: Expression) -> Iterator[tuple[str, list[object]]]:
    match part:
        case Field(name=name):
            yield name, []
        case (
            Compare(left=Field(name=name), right=Literal(value))
            | Compare(left=Literal(value), right=Field(name=name))
        ):
            yield name, [value]
        case In(value=Field(name=name), options=options):
            yield name, [option.value for option in options[:1]]
        case Contains(field=Field(name=name), part=wanted):
            yield name, [wanted]


def conditions(program: Program) -> list[Expression]:
    """Return the audience's condition and those of all branches."""
    arms = [condition for node in program.nodes for condition, _ in node.arms if condition is not None]
    return [*([program.audience] if program.audience is not None else []), *arms]


def happenings(asked: Iterable[Expression]) -> dict[str, Happened]:
    """Return what may or may not have happened, by how these conditions ask for it."""
    found: dict[str, Happened] = {}
    for condition in asked:
        for part in walk(condition):
            if isinstance(part, Call):
                event = part.function.asked(part.arguments)
                word = event.word or ""
                is_detail = part.function.column is expressions.Column.DETAIL
                found[expressions.text(part)] = Happened(
                    event.kinds[0], "" if is_detail else word, word if is_detail else ""
                )
    return found


def parsed(name: str, written: str, kind: Type) -> object:
    """Return the value that a person wrote for a field; ValueError where it is none of the field's type."""
    written = written.strip()
    if not written:
        return None
    match kind:
        case Type.NUMBER:
            return float(written)
        case Type.YESNO:
            if written.lower() not in YES_OR_NO:
                raise ValueError("write yes or no")
            return YES_OR_NO[written.lower()]
        case Type.DATE:
            day = datetime.fromisoformat(written)
            return kept(name, day if day.tzinfo else day.replace(tzinfo=UTC))
        case _:
            return written
