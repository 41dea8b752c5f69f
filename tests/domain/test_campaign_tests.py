"""The tests of a campaign file: how times are written, what is expected of a story, who fits an audience."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from outreach.domain.campaign import Window
from outreach.domain.campaign_tests import START, CampaignTest, Expect
from outreach.domain.expectations import CHECKS, judge
from outreach.domain.expressions import holds, parse
from outreach.domain.facts import Facts, Happened
from outreach.domain.fitting import false_parts, fitted
from outreach.domain.leads import schema
from outreach.domain.moments import Moment
from outreach.domain.timelines import Entry, Mark, Played, What, lines

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)  # 08:00 in Berlin


def at(day: int, clock: str = "09:00") -> datetime:
    hour, minute = map(int, clock.split(":"))
    return MONDAY.replace(hour=hour - 1, minute=minute) + timedelta(days=day)


# -- times -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "first", "end"),
    [
        ("day 0", at(0, "01:00") - timedelta(hours=1), at(1, "01:00") - timedelta(hours=1)),
        ("day 2", at(2, "01:00") - timedelta(hours=1), at(3, "01:00") - timedelta(hours=1)),
        ("day 2 14:30", at(2, "14:30"), at(2, "14:31")),
        ("Day  2   9:05", at(2, "09:05"), at(2, "09:06")),
        ("day -3 10:00", at(-3, "10:00"), at(-3, "10:01")),
        ("mon 10:00", at(0, "10:00"), at(0, "10:01")),
        ("tue 10:00", at(1, "10:00"), at(1, "10:01")),
        ("sun 23:59", at(6, "23:59"), at(7, "01:00") - timedelta(hours=1)),
        ("2026-03-05 09:00", at(3), at(3, "09:01")),
        ("3 hours after first", at(0, "13:00"), at(0, "13:01")),
        ("2 days after first", at(2, "10:00"), at(2, "10:01")),
        # the clock is put forward on 29 March: the day has 23 hours, and 02:30 does not exist
        ("2026-03-29", datetime(2026, 3, 28, 23, tzinfo=UTC), datetime(2026, 3, 29, 22, tzinfo=UTC)),
        ("2026-03-29 02:30", datetime(2026, 3, 29, 1, 30, tzinfo=UTC), datetime(2026, 3, 29, 1, 31, tzinfo=UTC)),
        ("2026-03-29 09:00", datetime(2026, 3, 29, 7, tzinfo=UTC), datetime(2026, 3, 29, 7, 1, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_a_time_means_a_minute_or_a_whole_day_of_the_lead(
    written: str, first: datetime, end: datetime
) -> None:
    span = Moment.parse(written).span(MONDAY, BERLIN, {"first": at(0, "10:00")})
    assert span == (first, end)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("", "'' is not a time; write for example"),
        ("day", "'day' is not a time"),
        ("day two", "'day two' is not a time"),
        ("day 2 25:00", "'day 2 25:00' is no day or time that there is"),
        ("day 12345", "'day 12345' is not a time"),
        ("tomorrow", "'tomorrow' is not a time"),
        ("2026-02-30", "'2026-02-30' is no day or time that there is"),
        ("1826-02-03", "'1826-02-03' is no day or time that there is"),
        ("soon after first", "'soon' is not a duration; write for example 3 days"),
        ("3 hours", "'3 hours' is not a time"),
    ],
)
def test_what_is_no_time_gets_a_line_that_says_how_one_is_written(written: str, said: str) -> None:
    with pytest.raises(ValueError, match="write for example") as error:
        Moment.parse(written)
    assert str(error.value).startswith(said)


def test_something_of_which_only_the_day_is_said_happens_at_noon() -> None:
    assert Moment.parse("day 2").happens_at(MONDAY, BERLIN, {}) == at(2, "12:00")
    assert Moment.parse("1 hour after first").happens_at(MONDAY, BERLIN, {}) is None


@given(
    st.integers(-200, 200), st.times(), st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata"])
)
def test_a_time_of_day_is_what_the_lead_s_clock_shows(day: int, clock: Any, name: str) -> None:
    zone = ZoneInfo(name)
    span = Moment.parse(f"day {day} {clock:%H:%M}").span(MONDAY, zone, {})
    assert span is not None
    local = span.first.astimezone(zone)
    shown = f"{local:%H:%M}"
    left_out = local.replace(tzinfo=None) != local.astimezone(UTC).astimezone(zone).replace(tzinfo=None)
    assert (
        left_out or shown == f"{clock:%H:%M}" or f"{clock:%H}" == "02"
    )  # an hour that a clock change leaves out


# -- the shape -----------------------------------------------------------------------------------------


def test_short_forms_are_the_long_ones() -> None:
    short = CampaignTest.model_validate(
        {
            "given": {"reply": "day 2"},
            "expect": {"mails": {"a": "day 0"}, "mail": "a", "never": "b", "stage": "mql", "task": "call"},
        }
    )
    long = CampaignTest.model_validate(
        {
            "given": [{"reply": {"at": "day 2"}}],
            "expect": {
                "mails": [{"template": "a", "at": "day 0"}],
                "mail": {"template": "a"},
                "never": ["b"],
                "stage": {"is": "mql"},
                "task": {"kind": "call"},
            },
            "start": START,
        }
    )
    assert short == long


@pytest.mark.parametrize("expect", [{}, {"until": "day 3"}])
def test_a_test_that_says_only_how_long_it_runs_expects_nothing(expect: dict[str, Any]) -> None:
    assert Expect.model_validate(expect).is_empty
    assert not Expect.model_validate({**expect, "no_mail": True}).is_empty


def test_every_word_of_expect_is_judged() -> None:
    assert set(CHECKS) == set(Expect.model_fields) - {"until"}


@pytest.mark.parametrize(
    "wrong",
    [
        {"given": {"replyed": "day 2"}},
        {"given": {"reply": {"at": "day 2", "intent": "maybe"}}},
        {"expect": {"no_mail": False}},
        {"expect": {"between": "17:00-09:00"}},
        {"expect": {"mails_at_most": -1}},
        {"start": "tomorrow"},
        {"start": "1026-03-02 08:00"},
        {"variant": 0},
    ],
)
def test_what_is_not_written_as_it_must_be_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        CampaignTest.model_validate(wrong)


# -- judging -------------------------------------------------------------------------------------------


def story(*more: Entry, without: tuple[What, ...] = ()) -> Played:
    """A week of a campaign: two mails, a click, MQL, a hand-off, a task, the end."""
    entries = [
        Entry(MONDAY, What.ENTERED, "welcome", "welcome", who="anna"),
        Entry(at(0), What.MAIL, "first", "welcome", "first", "anna", ready_at=MONDAY, due_at=at(0)),
        Entry(at(2, "12:00"), What.HAPPENED, "clicked", step="first"),
        Entry(at(2, "12:00"), What.STAGE, "mql", detail="clear interest"),
        Entry(at(2, "15:00"), What.HANDOFF, "rita"),
        Entry(at(3), What.TASK, "call", "welcome", "3", "rita"),
        Entry(at(7), What.MAIL, "second", "welcome", "again", "ben", ready_at=at(5), due_at=at(7)),
        Entry(at(7, "09:30"), What.ENDED, "finished", "welcome", detail="completed"),
    ]
    kept = sorted(
        [entry for entry in entries if entry.what not in without] + list(more), key=lambda each: each.at
    )
    return Played("welcome", Window(holidays="none"), tuple(kept), MONDAY, at(8, "09:30"), BERLIN, "DE", "suspect",
                  (at(2, "12:00"),), {"source": "webinar"})  # fmt: skip


@pytest.mark.parametrize(
    "expect",
    [
        {"enters": True},
        {"mails": ["first", "second"]},
        {"mails": ["first", "again"]},  # a step by its id
        {"mails": {"first": "day 0 09:00", "second": "day 7"}},
        {"mail": {"template": "second", "by": "day 7", "not_before": "day 3 10:00", "sender": "ben"}},
        {"mail": {"template": "second", "at": "7 days after first"}},
        {"no_mail_after": "day 7"},
        {"never": ["third", "fourth"]},
        {"mails_at_most": 2},
        {"between": "09:00-10:00"},
        {"handoff_within": "3 hours", "handoff_to": "rita"},
        {"task": {"kind": "call", "to": "rita", "by": "day 3"}, "task_within": "1 day"},
        {"stage": "mql"},
        {"stage": {"is": "suspect", "at": "day 1"}},
        {"ends": "finished"},
        {"ends": "completed"},
    ],
)
def test_what_is_so_is_not_told(expect: dict[str, Any]) -> None:
    assert judge(Expect.model_validate(expect), story()) == []


@pytest.mark.parametrize(
    ("expect", "path", "said"),
    [
        ({"enters": False}, ("enters",), "expected it not to enter; it did on day 0 08:00"),
        ({"mails": ["first"]}, ("mails",), "expected no mail after first; second went on day 7 09:00"),
        ({"mails": []}, ("mails",), "expected no mail; first went on day 0 09:00"),
        ({"mails": ["first", "third"]}, ("mails", 1), "expected mail 2 to be third; it was second, on day 7 09:00"),
        (
            {"mails": ["first", "second", "third"]}, ("mails", 2),
            "expected third; it never went: the campaign ended on day 7 09:30 (completed)",
        ),
        ({"mails": {"first": "day 1", "second": "day 7"}}, ("mails", 0, "at"),
         "expected first at day 1; it went on day 0 09:00"),
        (
            {"mail": {"template": "second", "by": "day 6 09:00"}}, ("mail", "by"),
            "expected second by day 6 09:00; it went on day 7 09:00: the window was closed (Sat, Sun)",
        ),
        (
            {"mail": {"template": "first", "not_before": "day 1"}}, ("mail", "not_before"),
            "expected first not before day 1; it went on day 0 09:00",
        ),
        ({"mail": {"template": "first", "sender": "ben"}}, ("mail", "sender"),
         "expected first from ben; it went from anna"),
        ({"mail": {"template": "third", "by": "day 2"}}, ("mail",),
         "expected third by day 2; it never went: the campaign ended on day 7 09:30 (completed)"),
        ({"mail": {"template": "second", "at": "1 day after third"}}, ("mail", "at"),
         "expected second at 1 day after third; third never went: the campaign ended on day 7 09:30 (completed)"),
        ({"no_mail": True}, ("no_mail",), "expected no mail; first went on day 0 09:00"),
        ({"no_mail_after": "day 2"}, ("no_mail_after",), "expected no mail after day 2; second went on day 7 09:00"),
        ({"no_mail_after": "1 hour after third"}, ("no_mail_after",),
         "expected no mail after 1 hour after third; third never went: the campaign ended on day 7 09:30 (completed)"),
        ({"never": "second"}, ("never", 0), "expected second never to go; second went on day 7 09:00"),
        ({"mails_at_most": 1}, ("mails_at_most",),
         "expected at most 1 mail; 2 went, second, on day 7 09:00 was one too many"),
        ({"sender": "anna"}, ("sender",), "expected all mails from anna; second went from ben"),
        ({"between": "09:30-17:00"}, ("between",),
         "expected mails only between 09:30-17:00; first went on day 0 09:00"),
        ({"handoff_within": "1 hour"}, ("handoff_within",),
         "expected a hand-off within 1 hour of day 2 12:00; it came on day 2 15:00"),
        ({"handoff_to": "ron"}, ("handoff_to",), "expected a hand-off to ron; it went to rita on day 2 15:00"),
        ({"no_handoff": True}, ("no_handoff",), "expected no hand-off; rita got one on day 2 15:00"),
        ({"task": "visit"}, ("task",), "expected a task visit; there were only call"),
        ({"task": {"kind": "call", "by": "day 2"}}, ("task", "by"),
         "expected a task call by day 2; it was opened on day 3 09:00"),
        ({"task": {"kind": "call", "to": "ron"}}, ("task", "to"), "expected a task call for ron; it is for rita"),
        ({"task_within": "2 hours"}, ("task_within",),
         "expected a task within 2 hours of day 2 12:00; it came on day 3 09:00"),
        ({"stage": "sql"}, ("stage",),
         "expected stage sql at the end (day 8 09:30); the lead is mql since day 2 12:00 (clear interest)"),
        ({"stage": {"is": "mql", "at": "day 1"}}, ("stage",), "expected stage mql at day 1; the lead stays suspect"),
        ({"ends": "replied"}, ("ends",), "expected it to end, replied; it ended on day 7 09:30, completed"),
    ],
)  # fmt: skip
def test_what_is_not_so_is_told_in_one_line_with_its_place(
    expect: dict[str, Any], path: tuple[str | int, ...], said: str
) -> None:
    [miss] = judge(Expect.model_validate(expect), story())
    assert (miss.path, miss.message) == (path, said)


@pytest.mark.parametrize(
    ("expect", "without", "said"),
    [
        ({"handoff_within": "1 hour"}, What.HANDOFF,
         "expected a hand-off within 1 hour of day 2 12:00; there was none: the lead is mql since day 2 12:00 "
         "(clear interest)"),
        ({"handoff_to": "rita"}, What.HANDOFF,
         "expected a hand-off to rita; there was none: the lead is mql since day 2 12:00 (clear interest)"),
        ({"task": "call"}, What.TASK,
         "expected a task call; there was none: the campaign ended on day 7 09:30 (completed)"),
        ({"stage": "mql"}, What.STAGE, "expected stage mql at the end (day 8 09:30); the lead stays suspect"),
        ({"ends": "finished"}, What.ENDED,
         "expected it to end, finished; the test ends on day 8 09:30, before the campaign does"),
        ({"sender": "anna"}, What.MAIL,
         "expected all mails from anna; none went: the campaign ended on day 7 09:30 (completed)"),
        ({"mail": "first"}, What.MAIL,
         "expected first; it never went: the campaign ended on day 7 09:30 (completed)"),
    ],
)  # fmt: skip
def test_what_is_missing_is_told_with_how_the_lead_stands(
    expect: dict[str, Any], without: What, said: str
) -> None:
    [miss] = judge(Expect.model_validate(expect), story(without=(without,)))
    assert miss.message == said


@pytest.mark.parametrize(
    ("mail", "why"),
    [
        (
            {"ready_at": at(5), "due_at": at(7)},
            ": the steps before it took until day 5 09:00, and the window was closed (Sat, Sun)",
        ),
        ({"ready_at": at(1), "due_at": at(1)}, ": it was due on day 1 09:00 and waited for sender anna"),
        (
            {"ready_at": at(1, "10:00"), "back_at": at(4, "18:00"), "due_at": at(7)},
            ": the lead was away until day 4 18:00, and the window was closed (Sat, Sun)",
        ),
        ({"ready_at": at(0, "18:00"), "due_at": at(1, "11:00")}, ": the window was closed (after 17:00)"),
        ({"ready_at": at(1, "06:00"), "due_at": at(1, "11:00")}, ": the window was closed (before 09:00)"),
        ({"ready_at": at(1), "back_at": at(4), "due_at": at(4)}, ": the lead was away until day 4 09:00"),
        ({"ready_at": at(1), "due_at": at(1)}, ": it was due on day 1 09:00 and waited for sender anna"),
        ({"ready_at": at(7), "due_at": at(7)}, ""),
    ],
)
def test_a_late_mail_is_told_with_what_kept_it_back(mail: dict[str, Any], why: str) -> None:
    sent_at = mail["due_at"] if "waited" not in why else at(2, "12:00")
    late = Entry(sent_at, What.MAIL, "third", "welcome", "third", "anna", **mail)
    expect = Expect.model_validate({"mail": {"template": "third", "by": "day 1 10:00"}})
    [miss] = judge(expect, story(late))
    local = sent_at.astimezone(BERLIN)
    went = f"day {(local.date() - MONDAY.date()).days} {local:%H:%M}"
    assert miss.message == f"expected third by day 1 10:00; it went on {went}{why}"


def test_a_holiday_is_named_with_its_country() -> None:
    easter = Played("welcome", Window(), (
        Entry(datetime(2026, 4, 7, 7, tzinfo=UTC), What.MAIL, "first", "welcome", "first", "anna",
              ready_at=datetime(2026, 4, 2, 16, tzinfo=UTC), due_at=datetime(2026, 4, 7, 7, tzinfo=UTC)),
    ), datetime(2026, 4, 2, 6, tzinfo=UTC), datetime(2026, 4, 8, tzinfo=UTC), BERLIN, "DE", "suspect")  # fmt: skip
    [miss] = judge(Expect.model_validate({"mail": {"template": "first", "by": "day 1"}}), easter)
    assert miss.message.endswith("(holiday 3 Apr in DE, Sat, Sun, holiday 6 Apr in DE)")


# -- the timeline ----------------------------------------------------------------------------------------


def test_the_timeline_is_marked_where_it_parts_from_what_was_expected() -> None:
    expect = Expect.model_validate({"no_mail_after": "day 2", "stage": {"is": "sql", "at": "day 1"}})
    played = story()
    shown = [
        f"{line.mark} {line.text}" for line in lines(played, [miss.mark for miss in judge(expect, played)])
    ]
    assert shown == [
        "  one suspect, source webinar; from Mon 2 Mar 2026 08:00, Europe/Berlin",
        "  day 0   Mon  2 Mar 08:00   enters welcome, sender anna",
        "  day 0   Mon  2 Mar 09:00   mail first from anna",
        "E day 1   Tue  3 Mar 23:59   expected stage sql at day 1",
        "  day 2   Wed  4 Mar 12:00   clicked first",
        "  day 2   Wed  4 Mar 12:00   becomes mql: clear interest",
        "  day 2   Wed  4 Mar 15:00   handed off to rita",
        "  day 3   Thu  5 Mar 09:00   task call for rita",
        "> day 7   Mon  9 Mar 09:00   mail second from ben",
        "E                            expected no mail after day 2",
        "  day 7   Mon  9 Mar 09:30   ends, finished: completed",
    ]


def test_hand_offs_that_nobody_answers_are_folded() -> None:
    many = [Entry(at(3, f"{hour}:00"), What.HANDOFF, "ron") for hour in range(10, 20)]
    shown = [line.text for line in lines(story(*many, without=(What.TASK,)))]
    assert sum("handed off" in line for line in shown) == 3
    assert sum("and on from rep to rep" in line for line in shown) == 1


def test_what_was_expected_at_the_end_stands_at_the_end() -> None:
    shown = lines(story(), [Mark("expected more")])
    assert shown[-1].mark == "E"
    assert shown[-1].text.endswith("expected more")


# -- who fits --------------------------------------------------------------------------------------------

SCHEMA = schema({"machines": "number", "newsletter": "yes/no"})
NOBODY = Facts(dict.fromkeys(SCHEMA.fields) | {"lead.source": "content", "lead.rounds": 0, "lead.score": 0.0})
WORDS = {name: sorted(words) for name, words in SCHEMA.words.items()} | {"lead.country": ["DE", "GB"]}
FREE = [name for name in SCHEMA.fields if name != "lead.score"]


@pytest.mark.parametrize(
    "condition",
    [
        'lead.source not in ["webinar", "content"] and not replied()',
        "lead.rounds >= 1 and lead.lost_reason is defined and lead.competitor is not defined",
        'lead.country in ["DE", "HU"] and (lead.machines > 20 or "plant" in lead.title)',
        'lead.newsletter and not (lead.country == "DE" or lead.machines < 3)',
        'intent("meeting") and happened("called", "demo") and clicked_link("/pricing")',
        'lead.purchase_at < "2027-01-01" and lead.country != "DE"',
        "not (lead.machines < 5 and lead.newsletter)",
        "lead.machines + lead.rounds > 20",
        'attended("webinar-june") or visited("/pricing")',
    ],
)
def test_somebody_is_made_up_who_fits(condition: str) -> None:
    expression = parse(condition, SCHEMA)
    made = fitted(expression, NOBODY, FREE, WORDS)
    assert made is not None
    assert holds(expression, made)


@pytest.mark.parametrize("condition", ["lead.machines > 3 and lead.machines < 2", "lead.score >= 40"])
def test_nobody_is_made_up_where_nobody_can_fit(condition: str) -> None:
    assert fitted(parse(condition, SCHEMA), NOBODY, FREE, WORDS) is None


def test_who_fits_already_is_left_as_they_are() -> None:
    assert fitted(parse('lead.source == "content"', SCHEMA), NOBODY, FREE, WORDS) == NOBODY


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ('lead.country == "DE" and not replied()', ['lead.country == "DE" is false (lead.country is "FR")']),
        ("lead.machines >= 10", ["lead.machines >= 10 is false (lead.machines is not known)"]),
        ('lead.country == "FR" and not clicked()', ["not clicked() is false"]),
        ("lead.rounds == 1", ["lead.rounds == 1 is false (lead.rounds is 0)"]),
    ],
)
def test_what_keeps_somebody_out_is_named(condition: str, said: list[str]) -> None:
    facts = Facts({**NOBODY.fields, "lead.country": "FR"}, frozenset({Happened("clicked", "first")}))
    assert false_parts(parse(condition, SCHEMA), facts) == said
