"""Which leads a condition holds for: the columns and events that its words stand for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, exists

from outreach import audience, models
from outreach.domain.expressions import Expression, Function
from outreach.domain.leads import FIELDS
from outreach.domain.words import Verdict


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
