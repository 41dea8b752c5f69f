"""Conditions and leads by the thousand: what the tests of the expression language draw from."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from outreach.domain.expressions import FUNCTIONS, Function, Schema, Type, text
from outreach.domain.expressions import Literal as Fixed
from outreach.domain.facts import Fact, Facts, Happened

FIELDS = {
    "lead.country": Type.TEXT,
    "lead.title": Type.TEXT,
    "lead.industry": Type.TEXT,  # declared in funnel.yaml, as all below that say so
    "lead.score": Type.NUMBER,
    "lead.rounds": Type.NUMBER,
    "lead.seats": Type.NUMBER,  # declared
    "lead.vip": Type.YESNO,
    "lead.trial": Type.YESNO,  # declared
    "lead.purchase_at": Type.DATE,
    "lead.created_at": Type.DATE,
    "lead.renewal": Type.DATE,  # declared: a day
}
SCHEMA = Schema(FIELDS)

# Cases, accents, letters whose small form is ASCII only outside ASCII's rules, and what SQL finds special.
WORDS = (
    "DE",
    "de",
    "Ärztin",
    "ärztin",
    "\u212a",
    "k",
    "K",
    "\u0130",
    "i",
    "%",
    "_",
    "o'",
    '"',
    "\\",
    "a b",
    "CEO",
)
DAYS = ("2026-02-28", "2026-03-01", "2026-03-02", "1999-12-31")
NUMBERS = (0.0, 1.0, 2.0, 2.5, 40.0, -1.0)
SUBJECTS = ("", "a/b", "A/b", "demo", "/Pricing")
DETAILS = ("", "meeting", "Meeting", "https://example.com/Pricing?x=%25", "demo")
KINDS = (
    "clicked",
    "opened",
    "replied",
    "visited",
    "submitted",
    "attended",
    "registered",
    "reacted",
    "stated",
)


def of_type(kind: Type) -> st.SearchStrategy[str]:
    return st.sampled_from([name for name, its in FIELDS.items() if its is kind])


words = st.sampled_from(WORDS) | st.text("dDeEkKäÄ%_'\"\\ ", min_size=1, max_size=3)
quoted_words = words.map(lambda word: text(Fixed(word)))
quoted_days = st.sampled_from(DAYS).map(lambda day: f'"{day}"')
plain_numbers = st.sampled_from(NUMBERS) | st.integers(-3, 3).map(float) | st.just(1e15) | st.just(-0.1)
written_numbers = plain_numbers.map(lambda number: text(Fixed(number)))


def lists(items: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(items, min_size=1, max_size=3).map(lambda parts: f"[{', '.join(parts)}]")


def joined(*parts: st.SearchStrategy[str] | str) -> st.SearchStrategy[str]:
    return st.tuples(*(st.just(part) if isinstance(part, str) else part for part in parts)).map(" ".join)


equality = st.sampled_from(["==", "!="])
order = st.sampled_from(["==", "!=", "<", "<=", ">", ">="])
membership = st.sampled_from(["in", "not in"])
parts_of_sums = of_type(Type.NUMBER) | written_numbers
sums = st.recursive(
    joined(parts_of_sums, st.sampled_from("+-"), parts_of_sums),
    lambda inner: (
        joined("(", inner, ")", st.sampled_from("+-"), parts_of_sums)
        | joined(parts_of_sums, st.sampled_from("+-"), "(", inner, ")")
    ),
    max_leaves=3,
)


def calls_of(function: Function) -> st.SearchStrategy[str]:
    arguments = st.sampled_from([word for word in (*SUBJECTS, *DETAILS, "pric", "MEET") if word])
    first = arguments if function.kinds else st.sampled_from(KINDS)
    rest = [arguments] * (function.most - 1)
    counts = range(function.least, function.most + 1)
    given = st.one_of([st.tuples(*[first, *rest][:count]) for count in counts])
    return given.map(lambda values: f"{function.name}({', '.join(text(Fixed(word)) for word in values)})")


atoms = st.one_of(
    joined(of_type(Type.TEXT), equality, quoted_words),
    joined(quoted_words, equality, of_type(Type.TEXT)),
    joined(of_type(Type.TEXT), equality, of_type(Type.TEXT)),
    joined(of_type(Type.TEXT), membership, lists(quoted_words)),
    joined(quoted_words, membership, of_type(Type.TEXT)),
    joined(of_type(Type.NUMBER), order, written_numbers),
    joined(written_numbers, order, of_type(Type.NUMBER)),
    joined(of_type(Type.NUMBER) | sums, order, of_type(Type.NUMBER) | sums),
    joined(of_type(Type.NUMBER) | sums, membership, lists(written_numbers)),
    joined(of_type(Type.DATE), order, quoted_days),
    joined(of_type(Type.DATE), order, of_type(Type.DATE)),
    joined(of_type(Type.DATE), membership, lists(quoted_days)),
    joined(st.sampled_from(list(FIELDS)), st.sampled_from(["is defined", "is not defined"])),
    of_type(Type.YESNO),
    joined(of_type(Type.YESNO), equality, st.sampled_from(["true", "false"])),
    st.sampled_from(["true", "false"]),
    *(calls_of(function) for function in FUNCTIONS.values()),
)
conditions = st.recursive(
    atoms,
    lambda inner: (
        joined("not (", inner, ")")
        | joined("(", inner, ")", st.sampled_from(["and", "or"]), "(", inner, ")")
        | joined(inner, st.sampled_from(["and", "or"]), inner)
    ),
    max_leaves=8,
)

known_words = words | st.just("")
moments = st.sampled_from(DAYS).map(lambda day: datetime.fromisoformat(day).replace(tzinfo=UTC))
shifts = st.sampled_from([timedelta(0), timedelta(microseconds=1), timedelta(hours=-1), timedelta(hours=23)])
times = st.builds(lambda moment, shift: moment + shift, moments, shifts)
FACTS: dict[str, st.SearchStrategy[Fact]] = {
    "lead.country": known_words,
    "lead.title": known_words,
    "lead.industry": known_words,
    "lead.score": st.sampled_from(NUMBERS) | st.floats(-1e9, 1e9),
    "lead.rounds": st.integers(-2, 3) | st.just(2**31 - 1),
    "lead.seats": st.sampled_from(NUMBERS),
    "lead.vip": st.booleans(),
    "lead.trial": st.booleans(),
    "lead.purchase_at": times,
    "lead.created_at": times,
    "lead.renewal": st.sampled_from(DAYS),
}
events = st.builds(Happened, st.sampled_from(KINDS), st.sampled_from(SUBJECTS), st.sampled_from(DETAILS))
leads = st.builds(
    Facts,
    st.fixed_dictionaries({name: st.none() | values for name, values in FACTS.items()}),
    st.frozensets(events, max_size=3),
)
