"""A condition means the same in Python and in the database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from conditions import FIELDS, SCHEMA, conditions, leads
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import (
    URL,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    exists,
    insert,
    select,
    text,
)

from outreach.audience import condition, contains, matching
from outreach.domain.expressions import FUNCTIONS, Expression, Function, Not, holds, parse
from outreach.domain.facts import Facts, Happened
from outreach.models import Document, Instant

METADATA = MetaData()
LEAD = Table(
    "lead",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("country", String(64)),
    Column("title", Text),
    Column("score", Float(53)),
    Column("rounds", Integer),
    Column("vip", Boolean),
    Column("purchase_at", Instant),
    Column("created_at", Instant),
    Column("fields", Document),
    Index("lead_country", "country"),
    Index("lead_rounds", "rounds"),
    Index("lead_purchase", "purchase_at"),
    prefixes=["TEMPORARY"],  # gone with the connection, whatever database that is
)
EVENT = Table(
    "event",
    METADATA,
    Column("lead_id", Integer),
    Column("kind", String(32)),
    Column("subject", String(255)),
    Column("detail", String(2000)),
    prefixes=["TEMPORARY"],
)
OWN = {column.name for column in LEAD.columns}
DECLARED = {name for name in FIELDS if name.removeprefix("lead.") not in OWN}


def columns() -> dict[str, ColumnElement[Any]]:
    found: dict[str, ColumnElement[Any]] = {
        name: LEAD.c[name.removeprefix("lead.")] for name in FIELDS if name not in DECLARED
    }
    fields = LEAD.c.fields
    return found | {
        "lead.industry": fields["industry"].as_string(),
        "lead.seats": fields["seats"].as_float(),
        "lead.trial": fields["trial"].as_boolean(),
        "lead.renewal": fields["renewal"].as_string(),
    }


def happened(function: Function, arguments: tuple[str, ...]) -> ColumnElement[bool]:
    asked = matching(function, arguments, EVENT.c.kind, EVENT.c.subject, EVENT.c.detail)
    return exists().where(EVENT.c.lead_id == LEAD.c.id, asked)


def where(expression: Expression) -> ColumnElement[bool]:
    return condition(expression, columns(), happened)


@pytest.fixture(scope="module")
def on_sqlite() -> Iterator[Connection]:
    yield from connected("sqlite://")


@pytest.fixture(scope="module")
def on_postgresql(postgresql_server: URL) -> Iterator[Connection]:
    yield from connected(postgresql_server)


def connected(url: str | URL) -> Iterator[Connection]:
    engine = create_engine(url)
    with engine.connect() as connection:
        METADATA.create_all(connection, checkfirst=False)
        yield connection
        connection.rollback()
    engine.dispose()


@pytest.fixture(params=["on_sqlite", "on_postgresql"])
def connection(request: pytest.FixtureRequest) -> Connection:
    found: Connection = request.getfixturevalue(request.param)
    return found


def store(connection: Connection, population: list[Facts]) -> None:
    """Replace all leads and events by these; ids count from 0."""
    connection.execute(delete(LEAD))
    connection.execute(delete(EVENT))
    connection.execute(insert(LEAD), [row(number, lead) for number, lead in enumerate(population)])
    events = [
        {"lead_id": number, "kind": event.kind, "subject": event.subject, "detail": event.detail}
        for number, lead in enumerate(population)
        for event in lead.happened
    ]
    if events:
        connection.execute(insert(EVENT), events)


def row(number: int, lead: Facts) -> dict[str, Any]:
    own = {name.removeprefix("lead."): lead.fields.get(name) for name in FIELDS if name not in DECLARED}
    # A declared field that is not known is either missing or null.
    declared = {
        name.removeprefix("lead."): lead.fields.get(name)
        for name in DECLARED
        if lead.fields.get(name) is not None or number % 2
    }
    return {"id": number, **own, "fields": declared}


def found(connection: Connection, expression: Expression) -> set[int]:
    return set(connection.scalars(select(LEAD.c.id).where(where(expression))))


def true_in_python(expression: Expression, population: list[Facts]) -> set[int]:
    return {number for number, lead in enumerate(population) if holds(expression, lead)}


# The connection is of the module and emptied for each example, so that it may be shared by them.
@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    sources=st.lists(conditions, min_size=1, max_size=5), population=st.lists(leads, min_size=1, max_size=6)
)
def test_python_and_the_database_agree(
    connection: Connection, sources: list[str], population: list[Facts]
) -> None:
    store(connection, population)
    for source in sources:
        expression = parse(source, SCHEMA)
        assert found(connection, expression) == true_in_python(expression, population), source
        opposite = Not(expression)
        assert found(connection, opposite) == true_in_python(opposite, population), f"not ({source})"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('lead.country == "DE"', {0}),
        ('lead.country != "DE"', {1, 2}),
        ("lead.country == lead.title", set()),
        ("lead.country != lead.title", {0, 1, 2}),
        ('not lead.country in ["DE", "HU"]', {2}),
        ('"ärz" in lead.title', set()),
        ('"ÄRZ" in lead.title', {0}),
        ('"%" in lead.title', {1}),
        ("lead.rounds in [1.5, 2]", set()),
        ("lead.rounds < 1.5", {0}),
        ("lead.rounds + 2147483647 > 2147483647", {0, 1}),
        ("lead.rounds + lead.rounds > 4000000000", {1}),
        ("32000 + 32000 - lead.rounds > 0", {0}),
        ("lead.rounds < 1000000000000000", {0, 1}),
        ("lead.vip", {0}),
        ("lead.vip == false", {1, 2}),
        ("lead.trial", {1}),
        ("not lead.trial", {0, 2}),
        ("lead.industry is not defined", {1, 2}),
        ('lead.purchase_at == "2026-03-01"', {0}),
        ('not lead.purchase_at < "2026-03-02"', {1, 2}),
        ('lead.renewal >= "2026-03-01"', {0}),
        ("lead.renewal == lead.purchase_at", {0}),
        ("lead.renewal <= lead.purchase_at", {0, 1}),
        ("clicked()", {0}),
        ('not clicked_link("PRICING")', {1, 2}),
        ("true", {0, 1, 2}),
        ("false or not true", set()),
    ],
)
def test_the_database_finds_just_these(connection: Connection, source: str, expected: set[int]) -> None:
    first = Facts(
        {
            "lead.country": "DE",
            "lead.title": "Ärztin",
            "lead.rounds": 1,
            "lead.vip": True,
            "lead.industry": "health",
            "lead.purchase_at": datetime(2026, 3, 1, tzinfo=UTC),
            "lead.renewal": "2026-03-01",
        },
        frozenset({Happened("clicked", "a/b", "https://example.com/pricing")}),
    )
    second = Facts(
        {
            "lead.country": "HU",
            "lead.title": "100%",
            "lead.rounds": 2**31 - 1,
            "lead.vip": False,
            "lead.trial": True,
            "lead.industry": "",
            "lead.purchase_at": datetime(2026, 3, 2, 0, 0, 0, 1, tzinfo=UTC),
            "lead.renewal": "1999-12-31",
        }
    )
    population = [first, second, Facts({})]
    store(connection, population)
    expression = parse(source, SCHEMA)
    assert found(connection, expression) == expected == true_in_python(expression, population)


@pytest.mark.parametrize(
    "source",
    [
        "(lead.vip and (lead.trial or " * 24 + "lead.vip" + "))" * 24,
        "(lead.vip and not (lead.trial and " * 16 + "lead.vip" + "))" * 16,
        "((lead.vip or clicked()) and (lead.trial or " * 24 + "lead.vip" + "))" * 24,
        "(not " * 25 + 'lead.country == "DE"' + ")" * 25,
        " or ".join(["lead.score>1"] * 120),
        "lead.country in [" + ", ".join(["'DE'"] * 300) + "]",
        "(1 - " * 19 + "lead.score" + ")" * 19 + " > 1",
    ],
    ids=["nested", "turned", "asked", "negated", "chain", "list", "sum"],
)
def test_the_largest_conditions_are_answered(connection: Connection, source: str) -> None:
    population = [Facts({"lead.country": "DE", "lead.score": 2.0, "lead.vip": True, "lead.trial": True})]
    store(connection, population)
    expression = parse(source, SCHEMA)
    assert found(connection, expression) == true_in_python(expression, population)


@pytest.mark.parametrize(
    ("source", "index"),
    [
        ('lead.country == "DE"', "lead_country"),
        ('lead.country in ["DE", "HU"] and not lead.vip', "lead_country"),
        ('not (lead.country != "DE" or lead.vip)', "lead_country"),
        ("lead.rounds >= 40", "lead_rounds"),
        ('lead.purchase_at < "2026-03-01"', "lead_purchase"),
    ],
)
def test_an_index_can_answer(connection: Connection, source: str, index: str) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL enable_seqscan = off"))
    explain = "EXPLAIN QUERY PLAN " if connection.dialect.name == "sqlite" else "EXPLAIN "
    dialect = connection.dialect
    query = select(LEAD.c.id).where(where(parse(source, SCHEMA)))
    written = str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    plan = "\n".join(str(step) for step in connection.exec_driver_sql(explain + written))
    assert index in plan


def test_contains_finds_a_part_in_any_case_of_a_to_z(connection: Connection) -> None:
    store(connection, [Facts({"lead.title": title}) for title in ("Head of IT", "head", None, "HÄAD")])
    found_ids = connection.scalars(select(LEAD.c.id).where(contains(LEAD.c.title, "hEAD")))
    assert set(found_ids) == {0, 1}


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda function: function.name)
def test_every_function_can_be_asked_of_the_database(connection: Connection, function: Function) -> None:
    expression = parse(function.example, SCHEMA)
    store(connection, [Facts({})])
    assert found(connection, expression) == set()
    assert found(connection, Not(expression)) == {0}
