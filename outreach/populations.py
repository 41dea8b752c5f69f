"""Which leads a condition holds for: the columns and events that its words stand for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Interval, and_, exists, func, literal, literal_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from outreach import audience, models
from outreach.domain.expressions import Expression, Function
from outreach.domain.leads import FIELDS
from outreach.domain.words import Verdict


class _Later(FunctionElement[datetime]):
    """A time and a whole number of seconds after it."""

    type = models.Instant()
    inherit_cache = True
    name = "later"


@compiles(_Later)
def _later(element: _Later, compiler: SQLCompiler, **options: Any) -> str:
    # SQLite's own arithmetic would cut the fraction to milliseconds, and then it compares as another time.
    at, seconds = element.clauses
    moved = func.strftime("%Y-%m-%d %H:%M:%S", at, seconds.concat(" seconds"))
    return compiler.process(moved.concat(func.substr(at, 20)), **options)


@compiles(_Later, "postgresql")
def _later_on_postgresql(element: _Later, compiler: SQLCompiler, **options: Any) -> str:
    at, seconds = element.clauses
    return compiler.process(at + seconds * literal_column("interval '1 second'", Interval()), **options)


def later(at: ColumnElement[datetime], after: timedelta) -> ColumnElement[datetime]:
    """Return the time so long after `at`; whole seconds count."""
    return _Later(at, literal(int(after.total_seconds())))


def holds_for(expression: Expression, custom: Mapping[str, str]) -> ColumnElement[bool]:
    """Return the condition on a row of `lead` that says the same as the expression.

    `custom` are the fields that funnel.yaml declares, with their types.
    """
    columns: dict[str, ColumnElement[Any]] = {f"lead.{name}": getattr(models.Lead, name) for name in FIELDS}
    columns |= {f"lead.{name}": _custom(name, kind) for name, kind in custom.items()}
    return audience.condition(expression, columns, _happened)


def _custom(name: str, kind: str) -> ColumnElement[Any]:
    value = models.Lead.fields[name]
    readers = {"number": value.as_float, "yes/no": value.as_boolean}
    column: ColumnElement[Any] = readers.get(kind, value.as_string)()
    return column


def _happened(function: Function, arguments: tuple[str, ...]) -> ColumnElement[bool]:
    event = models.Event
    kind, subject, detail = event.kind.expression, event.subject.expression, event.detail.expression
    asked = audience.matching(function, arguments, kind, subject, detail)
    return exists().where(and_(event.lead_id == models.Lead.id, event.verdict == Verdict.HUMAN, asked))
