"""The language of conditions: what it allows, what it says of the rest, and what it comes to."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from conditions import FIELDS, conditions, leads
from conditions import SCHEMA as DRAWN
from hypothesis import given
from hypothesis import strategies as st

from outreach.domain.expressions import (
    FUNCTIONS,
    ExpressionError,
    Not,
    Schema,
    Type,
    calls,
    describe,
    evaluate,
    fold,
    holds,
    names,
    parse,
    text,
    type_of,
)
from outreach.domain.facts import Fact, Facts, Happened
from outreach.domain.words import Kind, Stage

SCHEMA = Schema(
    {
        "lead.country": Type.TEXT,
        "lead.title": Type.TEXT,
        "lead.stage": Type.TEXT,
        "lead.score": Type.NUMBER,
        "lead.seats": Type.NUMBER,
        "lead.vip": Type.YESNO,
        "lead.purchase_at": Type.DATE,
        "lead.created_at": Type.DATE,
        "deal.value": Type.NUMBER,
    },
    {"lead.stage": frozenset({"suspect", "mql", "sql"}), "opened": frozenset({"webinar/thanks"})},
)
MARCH = datetime(2026, 3, 1, tzinfo=UTC)
LEAD: dict[str, Fact] = {
    "lead.country": "DE",
    "lead.title": "Chief Ärztin",
    "lead.stage": Stage.MQL,
    "lead.score": 52,
    "lead.vip": True,
    "lead.purchase_at": MARCH,
    "deal.value": 10.5,
}
DID = frozenset(
    {
        Happened("clicked", "webinar/thanks", "https://example.com/Pricing"),
        Happened("replied", "webinar/thanks", "meeting"),
        Happened("visited", "/Pricing/teams"),
        Happened("meeting_booked", "intro"),
    }
)
FACTS = Facts(LEAD, DID)


def error_of(source: str, schema: Schema = SCHEMA) -> ExpressionError:
    with pytest.raises(ExpressionError) as caught:
        parse(source, schema)
    return caught.value


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('lead.country == "DE"', True),
        ('"DE" == lead.country', True),
        ("lead.country == 'de'", False),
        ('lead.country != "HU"', True),
        ('lead.country in ["HU", "DE"]', True),
        ('lead.country in ("HU", "DE",)', True),
        ('lead.country not in ["HU"]', True),
        ('"ceo" in lead.title', False),
        ('"CHIEF" in lead.title', True),
        ('"Ärz" in lead.title', True),
        ('"ärz" in lead.title', False),  # only A-Z lose their case
        ('"chief" not in lead.title', False),
        ('lead.stage == "mql"', True),
        ("lead.score >= 52", True),
        ("52 > lead.score", False),
        ("lead.score in [51, 52.0]", True),
        ("lead.score + 8 - 20 == 40", True),
        ("100 - (lead.score - 2) == 50", True),
        ("100 - (2 - (lead.score + 1)) == 151", True),
        ("lead.score > deal.value", True),
        ("lead.score > -1", True),
        ('lead.purchase_at == "2026-03-01"', True),
        ('lead.purchase_at < "2026-03-02" and lead.purchase_at > "2026-02-28"', True),
        ("lead.vip", True),
        ("lead.vip == false", False),
        ("lead.vip != false", True),
        ("not lead.vip", False),
        ("true and not False", True),
        ('lead.country == "HU" or lead.score > 1 and lead.vip', True),
        ('(lead.country == "HU" or lead.score > 1) and not lead.vip', False),
        ('lead.country == "DE"\n  and lead.vip\n', True),
    ],
)
def test_conditions_are_asked_of_the_fields(source: str, expected: bool) -> None:
    assert evaluate(parse(source, SCHEMA), FACTS) is expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('lead.country == "DE"', False),
        ('lead.country != "DE"', True),
        ("lead.country == lead.title", False),
        ("lead.country != lead.title", True),
        ("lead.score < 1", False),
        ("lead.score >= 1", False),
        ("lead.score + 1 < 1", False),
        ("lead.score - lead.score != 0", True),
        ("not lead.score < 1", True),
        ('lead.country in ["DE"]', False),
        ('lead.country not in ["DE"]', True),
        ('"D" in lead.country', False),
        ('"D" not in lead.country', True),
        ('lead.purchase_at < "2026-03-01"', False),
        ("lead.vip", False),
        ("lead.vip == false", True),
        ("lead.vip is defined", False),
        ("lead.country is defined", False),
        ("lead.country is not defined", True),
        ("lead.purchase_at is not defined", True),
    ],
)
def test_what_is_not_known_is_simply_not_so(source: str, expected: bool) -> None:
    expression = parse(source, SCHEMA)
    nothing_there, all_empty = Facts({}), Facts(dict.fromkeys(SCHEMA.fields))
    assert evaluate(expression, nothing_there) is expected
    assert evaluate(expression, all_empty) is expected


def test_an_empty_text_is_not_known_but_has_its_value() -> None:
    empty = Facts({"lead.country": ""})
    assert not holds(parse("lead.country is defined", SCHEMA), empty)
    assert holds(parse('lead.country == ""', SCHEMA), empty)


def test_no_and_zero_are_known() -> None:
    facts = Facts({"lead.vip": False, "lead.score": 0})
    assert holds(parse("lead.vip is defined and lead.score is defined", SCHEMA), facts)


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (date(2026, 3, 1), True),
        ("2026-03-01", True),
        (datetime(2026, 3, 1), True),
        (datetime.fromisoformat("2026-03-01T01:00+01:00"), True),
        (datetime.fromisoformat("2026-03-01T00:00+01:00"), False),
        ("soon", False),
        ("20260301", False),
        (20260301, False),
    ],
)
def test_a_day_means_its_midnight_in_utc(fact: Fact, expected: bool) -> None:
    assert (
        holds(parse('lead.purchase_at == "2026-03-01"', SCHEMA), Facts({"lead.purchase_at": fact}))
        is expected
    )


@pytest.mark.parametrize("source", ["lead.score > 1", "lead.score == 12", "lead.score is defined"])
@pytest.mark.parametrize("fact", ["12", True])
def test_a_value_of_another_type_is_not_known(source: str, fact: Fact) -> None:
    assert not holds(parse(source, SCHEMA), Facts({"lead.score": fact}))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("clicked()", True),
        ('clicked("webinar/thanks")', True),
        ('clicked("Webinar/thanks")', False),
        ('clicked("webinar")', False),
        ('clicked_link("/pricing")', True),
        ('clicked_link("/about")', False),
        ("clicked_link()", True),
        ("opened()", False),
        ('replied("webinar/thanks")', True),
        ('visited("pricing/")', True),
        ('visited("example.com")', False),
        ("submitted()", False),
        ('attended("webinar-june")', False),
        ('registered("webinar-june")', False),
        ('intent("meeting")', True),
        ('intent("Meeting")', False),
        ("reacted()", False),
        ('happened("meeting_booked")', True),
        ('happened("meeting_booked", "intro")', True),
        ('happened("meeting_booked", "demo")', False),
        ('clicked() and not submitted("demo-request")', True),
    ],
)
def test_functions_ask_what_a_person_did(source: str, expected: bool) -> None:
    assert evaluate(parse(source, SCHEMA), FACTS) is expected


@pytest.mark.parametrize("kind", ["replied", "submitted", "stated"])
def test_an_intent_is_replied_submitted_or_stated(kind: str) -> None:
    assert holds(parse('intent("demo")', SCHEMA), Facts({}, frozenset({Happened(kind, detail="demo")})))
    assert not holds(
        parse('intent("demo")', SCHEMA), Facts({}, frozenset({Happened("visited", detail="demo")}))
    )


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda function: function.name)
def test_the_example_of_each_function_is_right(function: object) -> None:
    example = getattr(function, "example")  # noqa: B009
    assert parse(example, Schema({})) == parse(text(parse(example, Schema({}))), Schema({}))


WRONG = [
    # fields, functions, words
    ('lead.cuntry == "DE"', 1, "there is no field lead.cuntry", "did you mean lead.country?"),
    ('lead.score > 1 and country == "DE"', 20, "there is no field country", "did you mean lead.country?"),
    ("lead.xyzzy", 1, "there is no field lead.xyzzy", "there are deal.value, lead.country"),
    ("lead", 1, "there is no field lead", "there are deal.value"),
    ("lead.country.upper", 1, "there is no field lead.country.upper", ""),
    ("click()", 1, "there is no function click", "did you mean clicked?"),
    ("clicked", 1, "clicked is a function", 'write clicked("webinar/thanks")'),
    ("lead.vip()", 1, "lead.vip is a field, not a function", "write lead.vip"),
    ('lead.stage == "mqll"', 15, 'lead.stage is never "mqll"', "did you mean mql?"),
    ('lead.stage in ["sql", "x"]', 23, 'lead.stage is never "x"', "there are mql, sql, suspect"),
    ('opened("webinar/thank")', 8, 'opened is never "webinar/thank"', "did you mean webinar/thanks?"),
    ('happened("clicekd")', 10, 'nobody does "clicekd"', "did you mean clicked?"),
    ('happened("stage_changed")', 10, 'nobody does "stage_changed"', ""),
    ("happened()", 1, "happened() has the wrong number of values", 'write happened("meeting_booked")'),
    ("intent()", 1, "intent() has the wrong number of values", 'write intent("meeting")'),
    ('reacted("x")', 1, "reacted() has the wrong number of values", "write reacted()"),
    ('clicked("a", "b")', 1, "clicked() has the wrong number of values", ""),
    ("clicked(1)", 9, "clicked() takes a text in quotes", ""),
    ('clicked("")', 9, "clicked() takes a text in quotes", ""),
    ("clicked(lead.country)", 9, "clicked() takes a text in quotes", ""),
    ('clicked(subject="x")', 16, "= sets a value", "write == to compare"),
    ("clicked(*lead.country)", 9, "* is not part of conditions", ""),
    # types
    ('lead.score == "x"', 15, 'lead.score is a number, "x" is a text', "compare values of one type"),
    ("lead.country == 5", 17, "lead.country is a text, 5 is a number", ""),
    ("lead.country == lead.score", 17, "lead.country is a text, lead.score is a number", ""),
    ("lead.country == true", 17, "lead.country is a text, true is a yes/no", ""),
    ("lead.purchase_at > 5", 20, "lead.purchase_at is a date, 5 is a number", ""),
    ('lead.purchase_at > "2026-02-30"', 20, '"2026-02-30" is not a day', 'write it like "2026-03-01"'),
    ('lead.purchase_at in ["2026-3-1"]', 22, '"2026-3-1" is not a day', ""),
    ('lead.country < "A"', 1, "texts have no order for <", "use ==, != or in [...]"),
    ("lead.vip > false", 1, "yes or no is not compared with >", ""),
    ("lead.vip == clicked()", 1, "yes or no is not compared with ==", ""),
    ("1 == 1", 1, "two fixed values are compared", "one side names a field"),
    ("lead.score in [1, 'x']", 19, '"x" is a text, lead.score is a number', ""),
    ("lead.score in [lead.seats]", 16, "lead.seats stands in a list", ""),
    ("lead.score in []", 15, "the list is empty", ""),
    ("lead.vip in [true]", 1, "before in [...] stands a text, number or date field", ""),
    ("1 in [1]", 1, "before in [...] stands a text, number or date field", ""),
    ('lead.country in "DE"', 17, '"DE" is neither a list nor a text field', ""),
    ('"5" in lead.score', 8, "lead.score is neither a list nor a text field", ""),
    ("lead.country in lead.title", 1, "what is looked for is a text in quotes", '"part" in lead.title'),
    ('"" in lead.title', 1, "what is looked for is a text in quotes", ""),
    ("lead.score and lead.vip", 1, "lead.score is a number, not yes or no", ""),
    ("lead.vip or not lead.country", 17, "lead.country is a text, not yes or no", ""),
    ("lead.score", 1, "this is a number, where yes/no is needed", ""),
    ("lead.score + lead.country > 1", 14, "lead.country is a text", "only numbers are added and subtracted"),
    ("lead.vip + 1 > 1", 1, "lead.vip is a yes/no", ""),
    ("lead.score > 1e16", 14, "the number is too large", ""),
    ("lead.score > " + "9" * 400, 14, "the number is too large", ""),
    ("lead.score > 1e999", 14, "the number is too large", ""),
    ("-lead.score > 1", 1, "a sign stands only before a number", "write 0 - lead.x"),
    ("lead.score > -'a'", 14, "a sign stands only before a number", ""),
    ("clicked() is defined", 1, "clicked() is always defined", "ask it of a field"),
    ("lead.score is odd", 12, "there is no test is odd", ""),
    ("lead.score is divisibleby 3", 12, "there is no test is divisibleby", ""),
    ("lead.score is defined(1)", 12, "there is no test is defined", ""),
    # what Jinja2 has and conditions have not
    ("lead.country is none", 17, "none is not part of conditions", "write lead.x is not defined"),
    ("lead.__class__", 1, "there is no field lead.__class__", ""),
    ("lead.country.__class__.__mro__", 1, "there is no field lead.country.__class__.__mro__", ""),
    ("cycler", 1, "there is no field cycler", ""),
    ("self", 1, "there is no field self", ""),
    ("self.__init__.__globals__", 1, "there is no field self.__init__.__globals__", ""),
    ("range(9999999)", 1, "there is no function range", ""),
    ("lipsum()", 1, "there is no function lipsum", ""),
    ("''.join(['a'])", 1, "this can not be called", ""),
    ('lead.country.startswith("D")', 1, "there is no function lead.country.startswith", ""),
    ("replied()()", 1, "this can not be called", ""),
    ("'a'*9999999", 4, "* is not part of conditions", "only + and - calculate here"),
    ("lead.score ** 9 > 1", 12, "** is not part of conditions", ""),
    ("lead.score / 0 > 1", 12, "/ is not part of conditions", ""),
    ("lead.score // 2 > 1", 12, "// is not part of conditions", ""),
    ("lead.score % 2 == 1", 12, "% is not part of conditions", ""),
    ("'%99999d' % 1", 11, "% is not part of conditions", ""),
    ("lead.email|attr('x')", 11, "filters are not part of conditions", ""),
    ("lead.country ~ 'x' == 'DEx'", 14, "texts are not joined in conditions", ""),
    ("lead['country'] == 'DE'", 1, "[...] does not pick a field", "write lead.country"),
    ("lead.country[0] == 'D'", 1, "[...] does not pick a field", ""),
    ("lead.0 == 1", 1, "[...] does not pick a field", ""),
    ("lead.vip if lead.vip else lead.vip", 10, "there is no if inside a condition", ""),
    ("1 < lead.score < 5", 1, "comparisons are not chained", "write two of them, joined with and"),
    ("[1, 2]", 1, "a list stands only after in", ""),
    ("lead.vip, lead.vip", 9, "unexpected ','", ""),
    ("{'a': 1}", 1, "{ is not part of conditions", "a condition stands without {{ }}"),
    ("{{", 1, "{ is not part of conditions", ""),
    ("}}", 1, "}} is not part of conditions", ""),
    ("{{ lead.vip }}", 1, "{ is not part of conditions", ""),
    ("lead.vip }} {% raw %}", 10, "}} is not part of conditions", ""),
    ("{% for %}", 1, "{ is not part of conditions", ""),
    ("{# x #}", 2, "# is not part of conditions", ""),
    ("lead.vip # yes", 10, "# is not part of conditions", "leave comments out"),
    # slips of the pen
    ("", 1, "the condition is empty", ""),
    (" \n\t", 1, "the condition is empty", ""),
    ('lead.country = "DE"', 14, "= sets a value", "write == to compare"),
    ('lead.vip && lead.country == "DE"', 10, "& is not part of conditions", "write and, or, not in words"),
    ("!lead.vip", 1, "! is not part of conditions", "write and, or, not in words"),
    ("lead.country == “DE”", 17, "“ is not part of conditions", "use straight quotes"),
    ("lead.country == DE", 17, "there is no field DE", ""),
    ('lead.country == "DE', 17, "the text that starts here has no closing quote", 'close it with "'),
    ("lead.country == 'DE\"", 17, "the text that starts here has no closing quote", "close it with '"),
    ('lead.country in ["DE" "HU"]', 23, "two texts stand side by side", "put a comma between them"),
    (r'lead.country == "a\d"', 17, "a backslash stands only before a quote or a backslash", r"write \\"),
    (r'lead.country == "\u0000"', 17, "a backslash stands only before a quote or a backslash", ""),
    ("lead.vip)", 9, ") closes nothing that is open", ""),
    ("(lead.vip]", 10, "] closes nothing that is open", ""),
    ("(lead.vip", 10, "the condition ends too early", ""),
    ("lead.country ==", 16, "the condition ends too early", ""),
    ("lead.vip and", 13, "the condition ends too early", ""),
    ("lead.vip and or lead.vip", 14, "a value is missing before or", ""),
    ("or lead.vip", 1, "a value is missing before or", ""),
    ("lead.country == in ['x']", 17, "a value is missing before in", ""),
    ("lead.vip replied()", 10, "unexpected 'replied'", "conditions are joined with and, or"),
    ("lead..vip", 6, "expected name or number", ""),
    ("lead.\0vip", 6, "there is a control character (U+0000)", "leave it out"),
    ("lead.country == '\ud800'", 18, "there is a control character (U+D800)", ""),
    ("lead.country == '\x85'", 18, "there is a control character (U+0085)", ""),
    # size
    ("x" * 100_000, 1, "the condition has 100,000 characters", "at most 2,000 are allowed"),
    (
        "(" * 51 + "lead.vip" + ")" * 51,
        51,
        "the condition is nested too deeply",
        "at most 50 levels are allowed",
    ),
    ("not " * 51 + "lead.vip", 201, "the condition is nested too deeply", ""),
    ("lead.score > " + "-" * 60 + "1", 64, "the condition is nested too deeply", ""),
    ("(not not " * 17 + "lead.vip" + ")" * 17, 150, "the condition is nested too deeply", ""),
    ("lead.score" + " + 1" * 20 + " > 1", 1, "the sum is too long", "at most 20 parts are allowed"),
    ("(" * 1000, 51, "the condition is nested too deeply", ""),
    ("[" * 1000, 51, "the condition is nested too deeply", ""),
    ("lead" + ".a" * 900, 1, "there is no field lead.a.a", ""),
    ("lead.score" + "[0]" * 600, 1, "[...] does not pick a field", ""),
    ("lead.vip" + " is defined" * 100, 21, "you cannot chain multiple tests with is", ""),
]


@pytest.mark.parametrize(("source", "column", "message", "hint"), WRONG, ids=lambda value: ascii(value)[:40])
def test_what_is_wrong_gets_one_clear_line(source: str, column: int, message: str, hint: str) -> None:
    error = error_of(source)
    assert error.column == column
    assert error.message.startswith(message)
    assert error.hint.startswith(hint)
    assert "\n" not in str(error)


def test_the_line_says_column_fault_and_remedy() -> None:
    line = "column 1: there is no field lead.cuntry; did you mean lead.country?"
    assert str(error_of('lead.cuntry == "DE"')) == line


@pytest.mark.parametrize("opening", ["(", "not (", "(not ", "(lead.vip and ", "(lead.vip or (lead.vip and "])
def test_fifty_levels_are_allowed(opening: str) -> None:
    levels = 50 // (opening.count("(") + opening.count("not"))
    source = opening * levels + "lead.vip" + ")" * (levels * opening.count("("))
    expression = parse(source, SCHEMA)
    assert evaluate(expression, FACTS) in (True, False)
    assert parse(text(expression), SCHEMA) == expression


@pytest.mark.parametrize("joint", [" and ", " or "])
def test_a_chain_may_be_as_long_as_the_text(joint: str) -> None:
    expression = parse(joint.join(["true"] * 200), SCHEMA)
    assert evaluate(expression, FACTS) is True
    assert len(text(expression)) > 1_000


def test_other_values_than_conditions_are_parsed_when_asked_for() -> None:
    assert evaluate(parse("lead.score + 1", SCHEMA, Type.NUMBER), FACTS) == 53.0
    assert evaluate(parse("lead.seats + 1", SCHEMA, None), FACTS) is None
    assert type_of(parse("lead.country", SCHEMA, None)) is Type.TEXT
    with pytest.raises(ExpressionError, match="this is a text, where number is needed"):
        parse("lead.country", SCHEMA, Type.NUMBER)


def test_names_and_calls_are_what_a_condition_looks_at() -> None:
    expression = parse(
        'lead.score + lead.seats > 1 and not ("x" in lead.title or clicked("a") or replied())', SCHEMA
    )
    assert names(expression) == {"lead.score", "lead.seats", "lead.title"}
    assert calls(expression) == {("clicked", ("a",)), ("replied", ())}


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("lead.score >= 40", ["lead.score >= 40 (lead.score is 52)"]),
        ("lead.score >= 60", []),
        ('lead.country == "DE"', ['lead.country == "DE"']),
        ('lead.country in ["DE", "HU"]', ['lead.country in ["DE", "HU"] (lead.country is "DE")']),
        ('lead.country != "HU" and lead.vip', ['lead.country != "HU" (lead.country is "DE")', "lead.vip"]),
        ("lead.score > 60 or lead.vip", ["lead.vip"]),
        ("lead.seats is not defined", ["lead.seats is not defined (lead.seats is not known)"]),
        ("not lead.seats > 1", ["not lead.seats > 1 (lead.seats is not known)"]),
        (
            "not (lead.score > 60 or submitted())",
            ["not lead.score > 60 (lead.score is 52)", "not submitted()"],
        ),
        ("not (lead.vip and submitted())", ["not submitted()"]),
        (
            'clicked_link("pricing")',
            ['clicked_link("pricing") (clicked webinar/thanks https://example.com/Pricing)'],
        ),
        (
            'lead.purchase_at < "2026-04-01"',
            ['lead.purchase_at < "2026-04-01" (lead.purchase_at is 2026-03-01T00:00+00:00)'],
        ),
        ("lead.score > deal.value", ["lead.score > deal.value (lead.score is 52, deal.value is 10.5)"]),
        ("lead.vip or lead.vip", ["lead.vip"]),
    ],
)
def test_evidence_names_the_parts_that_made_it_true(source: str, lines: list[str]) -> None:
    assert describe(parse(source, SCHEMA), FACTS) == lines


def test_every_function_asks_for_kinds_that_there_are() -> None:
    assert {kind for function in FUNCTIONS.values() for kind in function.kinds} <= set(Kind)


def test_folding_changes_the_letters_of_ascii_only() -> None:
    assert fold("ÄBC\u212a\u0130") == "Äbc\u212a\u0130"


@given(conditions)
def test_a_condition_written_down_is_the_same_condition(source: str) -> None:
    expression = parse(source, DRAWN)
    assert parse(text(expression), DRAWN) == expression


@given(conditions, leads)
def test_a_condition_is_always_yes_or_no_and_not_is_its_opposite(source: str, lead: Facts) -> None:
    expression = parse(source, DRAWN)
    value = evaluate(expression, lead)
    assert value in (True, False) and isinstance(value, bool)
    assert evaluate(parse(f"not ({source})", DRAWN), lead) is not value
    assert evaluate(Not(expression), lead) is not value


@given(conditions, leads)
def test_what_is_true_has_evidence_that_is_true(source: str, lead: Facts) -> None:
    expression = parse(source, DRAWN)
    assert bool(describe(expression, lead)) is holds(expression, lead)


@given(conditions, leads)
def test_only_the_named_fields_count(source: str, lead: Facts) -> None:
    expression = parse(source, DRAWN)
    seen = Facts({name: lead.fields[name] for name in names(expression)}, lead.happened)
    assert evaluate(expression, seen) is evaluate(expression, lead)


PIECES = [
    *FIELDS,
    *FUNCTIONS,
    *"()[]{}|~*+-.,:;%'\"\\",
    "==",
    "<",
    "in",
    "not",
    "is",
    "defined",
    "and",
    "or",
    "if",
    "1",
    '"x"',
]


@given(st.text(max_size=60) | st.lists(st.sampled_from(PIECES), max_size=20).map(" ".join))
def test_any_text_is_a_condition_or_gets_a_column(source: str) -> None:
    try:
        parse(source, DRAWN)
    except ExpressionError as error:
        assert 1 <= error.column <= len(source) + 1
        assert error.message and "\n" not in str(error)
