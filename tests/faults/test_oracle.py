"""The judge itself is judged: each sort of lie is found out, and a run in which all is well is let go."""

from __future__ import annotations

from dataclasses import replace

import pytest
from faults.oracle import Allowed, Row, Seen, judge
from faults.plant import SECRET, Forbidden
from faults.sink import Fact

STEPS = ("first", "second", "third")
IDS = {step: f"<{step}@sender.example.com>" for step in STEPS}
GOOD = Seen(
    wire=[Fact("taken", 100.0 + number, IDS[step], "a@x.example") for number, step in enumerate(STEPS)],
    rows=[Row(number, 1, step, 7, "accepted", "", IDS[step]) for number, step in enumerate(STEPS, 1)],
    outcomes={1: ["accepted"], 2: ["accepted"], 3: ["accepted"]},
    enrollments={1: (7, "finished", "end")},
    leads=[7],
    logs="level=info all is well\n",
)


def _with_row(number: int, **changes: object) -> Seen:
    rows = [replace(row, **changes) if row.id == number else row for row in GOOD.rows]  # type: ignore[arg-type]
    return replace(GOOD, rows=rows)


def _unknown_third(outcome: str = "unknown") -> Seen:
    return replace(_with_row(3, status="unknown", reason="unknown"), outcomes={**GOOD.outcomes, 3: [outcome]})


LIES = {
    "I1: message 1 (step first, accepted) is on the wire 2 times": replace(
        GOOD, wire=[*GOOD.wire, GOOD.wire[0]]
    ),
    "I1: a mail on the wire has the Message-ID <x@y>, which no row has": replace(
        GOOD, wire=[*GOOD.wire, Fact("taken", 104.0, "<x@y>")]
    ),
    "I2: message 3 (step third) is left claimed": _with_row(3, status="claimed"),
    "I2: enrollment 1 is left active: mail queued": replace(
        GOOD, enrollments={1: (7, "active", "mail queued")}
    ),
    "I2: enrollment 1 (finished: end) never came to step third": replace(GOOD, rows=GOOD.rows[:2]),
    "I2: message 3 (step third) was skipped: quarantined": _with_row(
        3, status="skipped", reason="quarantined"
    ),
    "I2: lead 8 entered no campaign": replace(GOOD, leads=[7, 8]),
    "I3: message 3 reached lead 7 after its opt-out was committed": replace(
        GOOD, forbidden=[Forbidden(7, 101.5, frozenset({IDS["first"], IDS["second"]}))]
    ),
    "I4: message 2 is accepted, but its events say {}": replace(
        GOOD, outcomes={1: ["accepted"], 3: ["accepted"]}
    ),
    "I4: message 2 is accepted, but its events say {'accepted': 1, 'refused': 1}": replace(
        GOOD, outcomes={**GOOD.outcomes, 2: ["accepted", "refused"]}
    ),
    "I5: message 3 (step third) is accepted, but no server has it": replace(GOOD, wire=GOOD.wire[:2]),
    "I5: message 3 (step third) is on the wire, but refused: given up": _with_row(
        3, status="refused", reason="given up"
    ),
    "I6: an address is in line 2 of the logs": replace(GOOD, logs="a\nto=x@recipients.example.net\n"),
    "I6: the secret key is in line 1 of the logs": replace(GOOD, logs=f"key={SECRET}\n"),
    "I6: a traceback is in line 2 of the logs": replace(GOOD, logs="a\nTraceback (most recent call last)\n"),
    "I7: 1 mails are unknown, and at most 0 may be": _unknown_third(),
}


def test_a_run_in_which_wire_rows_and_events_agree_is_right() -> None:
    found = judge(GOOD, Allowed())
    assert not found.violations
    assert (found.mails, found.doubles, found.losses, found.unknown) == (3, 0, 0, 0)


@pytest.mark.parametrize("line", LIES)
def test_each_sort_of_lie_is_found_out(line: str) -> None:
    assert line in judge(LIES[line], Allowed()).violations


def test_as_many_unknown_mails_as_the_kills_explain_are_right_whether_the_server_has_them_or_not() -> None:
    seen = _unknown_third()
    assert not judge(seen, Allowed(unknown=1)).violations
    assert not judge(replace(seen, wire=seen.wire[:2]), Allowed(unknown=1)).violations


def test_an_unknown_mail_that_turns_out_to_be_accepted_has_two_events_and_is_right() -> None:
    assert not judge(
        replace(GOOD, outcomes={**GOOD.outcomes, 3: ["unknown", "accepted"]}), Allowed()
    ).violations


def test_what_was_on_its_way_when_the_opt_out_was_committed_may_arrive() -> None:
    seen = replace(GOOD, forbidden=[Forbidden(7, 101.5, frozenset(IDS.values()))])
    assert not judge(seen, Allowed()).violations


def test_a_mail_that_was_skipped_because_its_lead_opted_out_is_no_loss() -> None:
    seen = replace(
        _with_row(3, status="skipped", reason="suppressed: unsubscribed"),
        wire=GOOD.wire[:2],
        outcomes={**GOOD.outcomes, 3: ["skipped"]},
    )
    assert not judge(seen, Allowed()).violations


def test_a_rep_may_hear_twice_as_often_as_the_kills_explain() -> None:
    note = Fact("taken", 100.0, "<note@sender.example.com>")
    seen = replace(GOOD, wire=[*GOOD.wire, note, note], notifications={note.rfc_message_id: "accepted"})
    assert not judge(seen, Allowed(doubled_notes=1)).violations
    assert len(judge(seen, Allowed()).violations) == 1
