"""Conditions made ready: the same answers as when they are evaluated."""

from __future__ import annotations

import conditions as drawn
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain import conditions
from outreach.domain.expressions import evaluate, parse
from outreach.domain.facts import Facts


@given(drawn.conditions, drawn.leads)
def test_a_condition_made_ready_answers_what_evaluating_it_does(source: str, lead: Facts) -> None:
    expression = parse(source, drawn.SCHEMA)
    answer = conditions.ready(expression)(lead)
    assert answer == evaluate(expression, lead)
    assert conditions.is_true(expression, lead) is bool(answer)


@given(st.data())
def test_it_is_made_once(data: st.DataObject) -> None:
    expression = parse(data.draw(drawn.conditions), drawn.SCHEMA)
    assert conditions.ready(expression) is conditions.ready(expression)
