"""Where leads in flight go when their campaign changes: a table of edits, and that no mail comes twice by it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from outreach.domain.campaign import Campaign, EmailStep
from outreach.domain.differences import ADDED, CHANGED, REMOVED, SAME, fields, lines, steps, where, written
from outreach.domain.facts import Facts
from outreach.domain.in_flight import ahead, landing, pair
from outreach.domain.leads import schema
from outreach.domain.sequence import (
    Do,
    Finish,
    Outcome,
    Program,
    Progress,
    Wait,
    compile_program,
    decide,
    sent_before,
)
from outreach.domain.words import MessageStatus, Stage

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
Step = dict[str, Any]


def mail(name: str, **more: Any) -> Step:
    return {"email": name, **more}


def wait(days: int, **more: Any) -> Step:
    return {"wait": f"{days} days", **more}


def branch(*arms: tuple[str | None, list[Step]]) -> Step:
    return {
        "branch": [
            {"if": condition, "then": body} if condition else {"else": body} for condition, body in arms
        ]
    }


def program(*written: Step) -> Program:
    values = {
        "campaign": "c",
        "audience": {"stage": "suspect"},
        "senders": ["anna"],
        "window": {"days": "mon-sun", "hours": "00:00-24:00", "holidays": "none"},
        "steps": list(written),
    }
    return compile_program(Campaign.model_validate(values), schema({}))


def goes(old: Program, node: int, new: Program, *, has_begun: bool = True) -> str:
    """Return in words where a lead goes that stands at a node."""
    return where(new, landing(old, node, new, pair(old, new).nodes, has_begun=has_begun))


A, B, C, X = mail("a"), mail("b"), mail("c"), mail("x")
CLICKED, COUNTRY = 'clicked("a")', 'lead.country == "DE"'
TASK = {"task": {"kind": "call", "text": "notes/call"}}


@pytest.mark.parametrize(
    ("what", "old", "new", "expected"),
    [
        ("nothing", [A, wait(2), B], [A, wait(2), B], ["email a", "wait 2 days, after a", "email b"]),
        ("a longer wait", [A, wait(2), B], [A, wait(9), B], ["email a", "wait 9 days, after a", "email b"]),
        ("a wait for something", [A, wait(2), B], [A, {"wait_for": {"event": "clicked", "within": "4 days"}}, B],
         ["email a", "wait for clicked, at most 4 days, after a", "email b"]),
        ("a mail before all", [A, wait(2), B], [X, A, wait(2), B],
         ["email a", "wait 2 days, after a", "email b"]),
        ("a mail and a wait in between", [A, wait(2), B], [A, wait(1), X, wait(1), B],
         ["email a", "wait 1 day, after a", "email b"]),
        ("a step is gone", [A, wait(2), B, wait(3), C], [A, wait(2), C],
         ["email a", "wait 2 days, after a", "email c", "email c", "email c"]),
        ("the last ones are gone", [A, wait(2), B], [A], ["email a", "the end", "the end"]),
        ("all is new", [A, wait(2), B], [X], ["the end", "the end", "the end"]),
        ("another mail in its place", [A, wait(1), B, wait(2), C], [A, wait(1), X, wait(2), C],
         ["email a", "wait 1 day, after a", "wait 2 days, after x", "wait 2 days, after x", "email c"]),
        ("another name for the same mail", [A, wait(2), B], [A, wait(2), mail("b", id="again")],
         ["email a", "wait 2 days, after a", "email b (again)"]),
        ("a wait with a name elsewhere", [A, wait(2, id="rest"), B], [wait(2, id="rest"), A, B],
         ["email a", "wait 2 days (rest)", "email b"]),
        ("two swapped", [A, wait(1), B, wait(2), C], [A, wait(1), C, wait(2), B],
         ["email a", "wait 1 day, after a", "email b", "email c", "email c"]),
        ("within an arm whose condition is the same",
         [A, branch((CLICKED, [wait(1), B]), (None, [wait(2), C])), X],
         [A, branch((COUNTRY, [mail("new")]), (CLICKED, [wait(3), B]), (None, [wait(4), C])), X],
         ["email a", f"branch {COUNTRY} / {CLICKED} / else, after a", "wait 3 days, after a", "email b",
          "wait 4 days, after a", "email c", "email x"]),
        ("within an arm whose condition is another", [A, branch((CLICKED, [wait(1), B])), X],
         [A, branch((COUNTRY, [wait(2), B])), X],
         ["email a", f"branch {COUNTRY}, after a", "wait 2 days, after a", "email b", "email x"]),
        ("a branch that is gone", [A, branch((CLICKED, [wait(1), B])), wait(5), C], [A, wait(5), C],
         ["email a", "wait 5 days, after a", "wait 5 days, after a", "wait 5 days, after a",
          "wait 5 days, after a", "email c"]),
    ],
)  # fmt: skip
def test_where_leads_go(what: str, old: list[Step], new: list[Step], expected: list[str]) -> None:
    before, after = program(*old), program(*new)
    assert [goes(before, node, after) for node in range(len(before.nodes))] == expected, what


def test_who_has_not_begun_begins_with_the_new_first_step() -> None:
    assert goes(program(A, B), 0, program(X, A, B), has_begun=False) == "email x"
    assert goes(program(A, B), 0, program(X, A, B)) == "email a"


def test_who_is_at_the_end_stays_there() -> None:
    assert goes(program(A), 1, program(A, B)) == "the end"


def test_a_mail_with_a_name_that_was_there_before_was_not_renamed() -> None:
    old = program(A, mail("a", id="again"))
    assert pair(old, program(A, mail("a", id="other"))).renamed == {"again": "other"}
    assert pair(old, program(mail("a", id="again"))).renamed == {}
    assert pair(program(A), program(A, mail("a", id="again"))).renamed == {}


def test_what_lies_ahead_is_every_arm_of_a_branch() -> None:
    one = program(A, branch((CLICKED, [B]), (None, [C])), X)
    assert [sorted(ahead(one, node)) for node in range(6)] == [
        [0, 1, 2, 3, 4],
        [1, 2, 3, 4],
        [2, 4],
        [3, 4],
        [4],
        [],
    ]


# -- whatever is edited, however ---------------------------------------------------------------------


def some_steps(depth: int = 1) -> st.SearchStrategy[list[Step]]:
    plain = st.sampled_from(
        [*(mail(name) for name in "abcdef"), *(mail(name, id=f"{name}2") for name in "abc"),
         *(wait(days) for days in (1, 2, 3)), wait(1, id="rest")]
    )  # fmt: skip
    if depth:
        arms = st.builds(
            lambda first, second: branch((COUNTRY, first), (None, second)),
            some_steps(depth - 1),
            some_steps(depth - 1),
        )
        plain = st.one_of(plain, plain, plain, arms)
    return st.lists(plain, max_size=6)


def once_each(found: list[Step], seen: set[str]) -> list[Step]:
    """Leave out steps whose name stands before, as the checks of a file do."""
    kept = []
    for step in found:
        name = step.get("id") or step.get("email")
        if name in seen:
            continue
        seen |= {name} if name else set()
        if "branch" in step:
            first, second = step["branch"]
            step = branch((COUNTRY, once_each(first["then"], seen)), (None, once_each(second["else"], seen)))
        kept.append(step)
    return kept


programs = (
    some_steps().map(lambda found: once_each(found, set())).filter(bool).map(lambda found: program(*found))
)


class Played:
    """A lead that goes its way through a campaign by the engine's own rule."""

    def __init__(self) -> None:
        self.node, self.at, self.now = 0, NOW, NOW
        self.outcomes: dict[str, Outcome] = {}
        self.sent: list[str] = []
        self.country = "DE"

    def decide(self, one: Program) -> Do | Wait | Finish | Any:
        node = one.nodes[self.node] if self.node < len(one.nodes) else None
        return decide(
            one,
            Progress(
                node=self.node, node_at=self.at, stage=Stage.SUSPECT, facts=Facts({"lead.country": self.country}),
                occurrences=(), zone=ZoneInfo("UTC"), outcome=self.outcomes.get(node.id) if node else None,
                outcomes=self.outcomes,
            ),
            self.now,
        )  # fmt: skip

    def step(self, one: Program) -> bool:
        """Do the next thing; False where there is none."""
        decision = self.decide(one)
        if isinstance(decision, Finish):
            return False
        self.node, self.at = decision.position.node, decision.position.at
        if isinstance(decision, Wait):
            assert decision.until is not None and decision.until > self.now
            self.now = decision.until
            return True
        assert isinstance(decision, Do) and isinstance(decision.node.step, EmailStep)
        assert decision.node.id not in self.outcomes, "a mail goes twice"
        self.now += timedelta(minutes=1)
        template = decision.node.step.email
        if decision.skip:
            self.outcomes[decision.node.id] = Outcome(MessageStatus.SKIPPED, self.at, template)
            return True
        self.outcomes[decision.node.id] = Outcome(MessageStatus.ACCEPTED, self.now, template)
        self.sent.append(decision.node.id)
        return True

    def move(self, old: Program, new: Program) -> None:
        """Go over to another version, as the apply does it."""
        pairing = pair(old, new)
        self.node = landing(
            old, self.node, new, pairing.nodes, has_begun=bool(self.outcomes) or self.node > 0
        )


@given(old=programs, new=programs, done=st.integers(0, 12), at_home=st.booleans())
@settings(max_examples=300, deadline=None)
def test_whoever_is_moved_gets_no_mail_twice_and_comes_to_the_end(
    old: Program, new: Program, done: int, at_home: bool
) -> None:
    played = Played()
    played.country = "DE" if at_home else "HU"
    for _ in range(done):
        played.step(old)
    played.move(old, new)
    began = played.at
    for _ in range(100):
        if not played.step(new):
            break
    else:
        pytest.fail("it never ends")
    assert len(played.sent) == len(set(played.sent))
    assert played.at >= began, "a wait is counted from before the lead stood there"
    for before, name in pair(old, new).renamed.items():
        assert not {before, name} <= set(played.sent), "a renamed mail goes twice"


@given(one=programs)
@settings(max_examples=100, deadline=None)
def test_the_same_version_again_moves_nobody(one: Program) -> None:
    pairing = pair(one, one)
    assert pairing.renamed == {}
    assert pairing.nodes == {node: node for node in range(len(one.nodes))}


@given(old=programs, new=programs)
@settings(max_examples=200, deadline=None)
def test_each_step_is_at_most_one_other(old: Program, new: Program) -> None:
    found = pair(old, new).nodes
    assert len(set(found.values())) == len(found)
    assert all(node < len(old.nodes) and other < len(new.nodes) for node, other in found.items())
    marks = [change.mark for change in steps(old, new, pair(old, new))]
    assert marks.count(ADDED) == len(new.nodes) - len(found)
    assert marks.count(REMOVED) == len(old.nodes) - len(found)
    assert marks.count(SAME) + marks.count(CHANGED) == len(found)


# -- what is different ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"a": 1}, {"a": 1}, []),
        ({"a": 1}, {"a": 2}, ["~ a: 1 -> 2"]),
        ({"a": {"b": "x"}}, {"a": {"b": "y"}}, ["~ a.b: x -> y"]),
        ({"a": 1}, {}, ["- a: 1 -> "]),
        ({"a": 1}, {"a": None}, ["- a: 1 -> "]),
        ({}, {"a": [1, "b"]}, ["+ a:  -> [1, b]"]),
        ({"a": None}, {"a": 3}, ["+ a:  -> 3"]),
        ({"a": [{"x": 1}, {"x": 2}]}, {"a": [{"x": 1}, {"x": 3}]}, ["~ a[2].x: 2 -> 3"]),
        (
            {"points": [{"event": "clicked", "link": "/a", "points": 10.0}]},
            {"points": [{"event": "clicked", "link": "/a", "points": 12.5}]},
            ["~ points[1, clicked, /a].points: 10 -> 12.5"],
        ),
        ({"a": ["x", "y", "z"]}, {"a": ["x", "z", "w"]}, ["- a[2]: y -> ", "+ a[3]:  -> w"]),
        (
            {"reps": [{"name": "rita", "of": 1}, {"name": "ron"}]},
            {"reps": [{"name": "ron"}, {"name": "rita", "of": 2}, {"name": "uli"}]},
            ["~ reps[rita].of: 1 -> 2", "+ reps[uli]:  -> {name: uli}"],
        ),
    ],
)
def test_values_are_compared_field_by_field(before: Any, after: Any, expected: list[str]) -> None:
    found = [f"{each.mark} {each.path}: {each.before} -> {each.after}" for each in fields(before, after)]
    assert found == expected


def test_a_long_value_is_cut_and_stands_on_one_line() -> None:
    assert written("one\n  two") == "one two"
    assert len(written("x" * 900)) == 500


def test_texts_are_compared_line_by_line() -> None:
    assert lines("a\nb\n", "a\nc\n", "t.md") == [
        "--- a/t.md",
        "+++ b/t.md",
        "@@ -1,2 +1,2 @@",
        " a",
        "-b",
        "+c",
    ]
    assert lines("", "a\n", "t.md")[0] == "--- /dev/null"


def test_steps_are_shown_in_their_new_order_with_those_that_are_gone_where_they_stood() -> None:
    old = program(A, wait(2), B, branch((CLICKED, [wait(1)])), C, TASK)
    new = program(A, wait(3), C, mail("b", id="later"), branch((CLICKED, [wait(1), X])))
    found = [(each.mark, each.depth, each.step, each.notes) for each in steps(old, new, pair(old, new))]
    assert found == [
        (" ", 0, "email a", ()),
        ("~", 0, "wait 3 days", ("wait: 2 days → 3 days",)),
        ("~", 0, "email c", ("stands elsewhere now",)),
        ("-", 0, "task call to owner", ()),
        ("~", 0, "email b (later)", ("+ id: later",)),
        (" ", 0, f"branch {CLICKED}", ()),
        (" ", 1, "wait 1 day", ()),
        ("+", 1, "email x", ()),
    ]


# -- a mail that was given as another step --------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps_now", "number", "given", "status", "expected"),
    [
        ([mail("first", id="b")], 0, {"a": "first"}, "accepted", "a"),
        ([mail("first", id="b")], 0, {"a": "first"}, "queued", "a"),
        ([mail("first", id="b")], 0, {"a": "first"}, "refused", "a"),
        ([mail("first", id="b")], 0, {"a": "first"}, "skipped", None),
        ([mail("first", id="b")], 0, {"b": "first"}, "accepted", None),
        ([mail("first", id="b")], 0, {"a": "second"}, "accepted", None),
        ([mail("first", id="a"), mail("first", id="b")], 1, {"a": "first"}, "accepted", None),
        ([mail("second", id="a"), mail("first", id="b")], 1, {"a": "first"}, "accepted", "a"),
        ([mail("first", id="b"), mail("first", id="a")], 0, {"a": "first"}, "accepted", "a"),
    ],
)
def test_a_mail_that_was_given_as_another_step_is_known_but_a_repeat_that_is_meant_is_none(
    steps_now: list[Step], number: int, given: dict[str, str], status: str, expected: str | None
) -> None:
    outcomes = {name: Outcome(MessageStatus(status), NOW, template) for name, template in given.items()}
    found = sent_before(program(*steps_now), number, "first", outcomes)
    assert found == expected
