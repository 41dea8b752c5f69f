"""The tests in campaign files: played without a database, told with line and timeline, the same at each run."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from textwrap import dedent, indent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from json_schema import fits
from ruamel.yaml import YAML
from typer.testing import CliRunner

from outreach import rehearsal, workspace
from outreach.cli import app
from outreach.domain.campaign_tests import CampaignTest
from outreach.errors import Problems
from outreach.workspace.rules import RULES, Seen

ROOT = Path(__file__).parent.parent
BASE = Path(__file__).parent / "data" / "workspace"
EXAMPLES = sorted(path.stem for path in (ROOT / "campaigns").glob("*-*.yaml"))
FUNNEL = """
fields: {machines: number}
scoring:
  half_life: 30 days
  points: [{event: clicked, points: 25}, {event: visited, points: 20}]
moves:
  - {from: suspect, to: mql, if: lead.score >= 40, because: clear interest}
  - {from: [suspect, mql], to: sql, if: 'intent("meeting")', because: asked for a meeting}
  - {from: [suspect, mql], to: discarded, if: 'intent("not_interested")', because: no interest}
lost: {reasons: {price: {after: 90 days, to: suspect, angle: value}}}
rejected: {reasons: {too_early: {after: 0 days, to: mql}}}
"""
TEAM = """
reps:
  - {name: rita, full_name: Rita Rep, email: rita@example.org, territories: [DE, AT]}
  - {name: ron, full_name: Ron Rep, email: ron@example.org, territories: [GB]}
hours: {days: mon-fri, hours: "09:00-17:00", timezone: Europe/Berlin, holidays: none}
fallback: ron
"""
SENDERS = """
organisation: {name: Example Ltd, postal_address: "1 High Street, London", timezone: Europe/Berlin, country: DE}
senders:
  - {name: anna, full_name: Anna Berg, address: anna@example.com}
  - {name: ben, full_name: Ben Kohl, address: ben@example.com, per_day: 3}
"""
CAMPAIGN = """\
campaign: welcome
goal: mql
audience:
  stage: suspect
  where: lead.country in ["DE", "GB"] and not replied()
senders: [anna]
steps:
  - email: first
  - wait: 2 days
  - email: second
    same_thread: true
    stale_after: 5 days
  - wait_for: {event: clicked, subject: second, within: 4 days}
  - branch:
      - if: clicked("second")
        then:
          - task: {kind: call, text: notes/call}
      - else:
          - email: third
"""
MAIL = "---\nsubject: Hello\n---\nHello, [look](https://example.com/guide).\n"
NOTE = "---\nsubject: A note\n---\nPlease look.\n"

Play = Callable[..., list[rehearsal.Rehearsed]]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with one campaign."""
    folder = tmp_path_factory.mktemp("rehearsal")
    (folder / "campaigns").mkdir()
    (folder / "templates" / "notes").mkdir(parents=True)
    for name, text in (("funnel", FUNNEL), ("team", TEAM), ("senders", SENDERS), ("welcome", CAMPAIGN)):
        (folder / "campaigns" / f"{name}.yaml").write_text(text)
    for name in ("first", "second", "third"):
        (folder / "templates" / f"{name}.md").write_text(MAIL)
    for name in ("handoff", "call"):
        (folder / "templates" / "notes" / f"{name}.md").write_text(NOTE)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "w"))


@pytest.fixture
def play(folder: Path) -> Play:
    """Play these tests of the campaign, which may be another one too."""

    def played(tests: str, campaign: str = CAMPAIGN) -> list[rehearsal.Rehearsed]:
        written = campaign + "tests:\n" + indent(dedent(tests).strip("\n"), "  ") + "\n"
        (folder / "campaigns" / "welcome.yaml").write_text(written)
        return rehearsal.rehearse(workspace.load(folder))

    return played


def said(played: list[rehearsal.Rehearsed]) -> list[str]:
    """Return rule and message of all that failed."""
    return [f"{each.rule}: {each.message}" + (f"; {each.hint}" if each.hint else "")
            for test in played for each in test.problems]  # fmt: skip


def happened(test: rehearsal.Rehearsed) -> list[str]:
    """Return what happened, with the day and the local time."""
    found = [
        re.fullmatch(r"day (\S+) +\w{3} +\d+ \w{3} (\d\d:\d\d) +(.*)", line.text) for line in test.timeline
    ]
    return [f"{each[1]} {each[2]} {each[3]}" for each in found if each]


# -- what happens --------------------------------------------------------------------------------------


def test_a_lead_is_played_through_the_campaign(play: Play) -> None:
    [test] = play(
        "- expect: {mails: {first: day 0 09:00, second: day 2 09:00, third: day 6}, ends: finished}"
    )
    # four days after Wednesday are a Sunday
    assert said([test]) == ["test-failed: expected third at day 6; it went on day 7 09:00: "
                            "the window was closed (Sun)"]  # fmt: skip
    assert happened(test) == [
        "0 08:00 enters welcome, sender anna",
        "0 09:00 mail first from anna",
        "2 09:00 mail second from anna",
        "7 09:00 mail third from anna",
        "7 09:00 ends, finished: completed",
    ]


PASSING = [
    "{expect: {mails: {first: day 0 09:00, second: day 2 09:00, third: day 7 09:00}}}",
    "{given: {reply: day 1}, expect: {no_mail_after: day 1, ends: replied, task: answer_reply, task_within: 1 hour}}",
    "{given: {reply: {at: day 1, intent: meeting}}, expect: {stage: sql, handoff_within: 1 minute, handoff_to: rita}}",
    '{lead: {country: GB}, given: {reply: {at: day 1, text: "Please call me, I would like a meeting."}}, '
    "expect: {handoff_to: ron, between: '09:00-17:00'}}",
    "{given: {reply: {at: day 1, intent: not_interested}}, expect: {stage: discarded, no_handoff: true}}",
    "{given: {clicked: 1 hour after second}, expect: {mails: [first, second], task: {kind: call, to: rita, by: day 2}}}",
    "{given: [{clicked: day 1}, {visited: {at: day 1, subject: /pricing}}], expect: {stage: mql, ends: goal_reached}}",
    "{given: [{clicked: day 1}, {visited: day 1}], expect: {stage: {is: suspect, at: day 0}, mails_at_most: 1}}",
    "{given: {unsubscribe: day 1}, expect: {ends: unsubscribed, never: [second, third]}}",
    "{given: {bounce: 5 minutes after first}, expect: {mails: [first], ends: bounced}}",
    "{given: {bounce: {at: 5 minutes after first, hard: false}}, expect: {mails: [first, second, third]}}",
    "{given: {auto_reply: {at: day 1, back: 2026-03-06}}, expect: {mail: {template: second, not_before: 2026-03-06}}}",
    "{given: {complained: day 1}, expect: {ends: complained}}",
    "{given: {meeting_booked: day 1}, expect: {ends: meeting_booked}}",
    "{given: {clicked: {at: 1 hour after first, link: /guide}}, expect: {mails_at_most: 3, sender: anna}}",
    "{lead: {country: FR}, expect: {enters: false, no_mail: true}}",
    "{lead: {stage: mql}, expect: {enters: false}}",
    "{lead: {country: Deutschland}, expect: {enters: true}}",
    "{given: {visited: {at: day -3}}, expect: {stage: suspect}}",
    "{given: {replied: day -1}, expect: {enters: false}}",
    "{given: [{clicked: day -2}, {visited: day -1}], expect: {enters: false, stage: mql}}",
    "{given: [{reply: {at: day 1, intent: meeting}}, {handoff_accepted: day 2}], expect: {stage: opportunity}}",
    "{given: [{reply: {at: day 1, intent: meeting}}, {handoff_accepted: day 2}, {deal_lost: {at: day 3, reason: price}}],"
    " expect: {stage: lost}}",
    "{given: [{reply: {at: day 1, intent: meeting}}, {handoff_rejected: {at: day 2, reason: too_early}}], "
    "expect: {stage: mql}}",
    "{given: [{reply: {at: day 1, intent: meeting}}, {handoff_accepted: day 2}, {deal_won: day 9}], "
    "expect: {stage: customer}}",
    "{expect: {until: day 3, mails: [first, second]}}",
    # Good Friday and Easter Monday are holidays in Germany, and in England; a Thursday evening before
    '{start: "2026-04-02 18:00", expect: {mail: {template: first, at: "2026-04-07 09:00"}}}',
    # Berlin puts its clock forward on 29 March: the mail still goes at nine
    '{start: "2026-03-27 08:00", expect: {mails: {first: 2026-03-27 09:00, second: 2026-03-30 09:00}, until: 2026-04-01}}',
    # New York does so three weeks earlier
    '{lead: {country: GB, timezone: America/New_York}, start: "2026-03-06 12:00", '
    'expect: {mail: {template: second, at: "mon 09:00"}, between: "09:00-17:00"}}',
]  # fmt: skip


@pytest.mark.parametrize("test", PASSING)
def test_what_comes_out_as_expected_is_not_told(test: str, play: Play) -> None:
    assert said(play(f"- {test}")) == []


FAILING = [
    ("{given: {reply: day 3}, expect: {no_mail_after: day 1}}",
     "test-failed: expected no mail after day 1; second went on day 2 09:00"),
    ("{expect: {mail: {template: third, by: day 6 09:00}}}",
     "test-failed: expected third by day 6 09:00; it went on day 7 09:00: the window was closed (Sun)"),
    ("{given: {auto_reply: {at: day 1, back: 2026-03-06}}, expect: {mail: {template: second, by: day 3}}}",
     "test-failed: expected second by day 3; it went on day 4 09:00: the lead was away until day 4 01:00, and the "
     "window was closed (before 09:00)"),
    ("{given: {auto_reply: {at: day 1, back: 2026-03-30}}, expect: {mail: second}}",
     None),
    ("{given: {reply: {at: day 1, intent: meeting}}, expect: {handoff_to: ron}}",
     "test-failed: expected a hand-off to ron; it went to rita on day 1 12:00"),
    ("{given: {reply: day 1}, expect: {handoff_within: 1 hour}}",
     "test-failed: expected a hand-off within 1 hour of day 1 12:00; there was none: the lead stays suspect"),
    ("{given: {clicked: 1 hour after second}, expect: {mail: third}}",
     "test-failed: expected third; it never went: the campaign ended on day 2 10:00 (completed)"),
    ("{}", "test-empty: the test expects nothing; write for example expect: {mails_at_most: 3}"),
    ("{expect: {until: day 3}}", "test-empty: the test expects nothing; write for example expect: {mails_at_most: 3}"),
    ("{lead: {country: FR}, expect: {no_mail: true}}",
     'test-lead: the lead does not enter: lead.country in ["DE", "GB"] is false (lead.country is "FR"); '
     "change lead:, or write expect: {enters: false}"),
    ("{lead: {stage: mql}, expect: {no_mail: true}}",
     "test-lead: the lead does not enter: it is mql, and the audience is suspect; "
     "change lead:, or write expect: {enters: false}"),
    ("{given: [{clicked: day -2}, {visited: day -1}], expect: {no_mail: true}}",
     "test-lead: the lead does not enter: it is mql at once, and the audience is suspect; "
     "change lead:, or write expect: {enters: false}"),
    ("{given: {reply: day -1}, expect: {no_mail: true}}",
     "test-lead: the lead does not enter: not replied() is false; change lead:, or write expect: {enters: false}"),
    ("{lead: {country: Atlantis}, expect: {no_mail: true}}",
     "test-lead: 'Atlantis' is no country; write its ISO code, for example DE"),
    ("{lead: {machines: many}, expect: {no_mail: true}}",
     "test-lead: 'many' is no number; write for example 1250 or 12.5"),
    ("{lead: {machine: 3}, expect: {no_mail: true}}",
     "test-lead: \"machine\" is not a field of a lead; did you mean 'machines'?"),
    ("{lead: {score: 50}, expect: {no_mail: true}}",
     'test-lead: "score" can not be set; a score comes from what a lead does: write given: {clicked: day -1}'),
    ("{given: {reply: day 0 08:30}, expect: {ends: replied}}",
     'test-given: replied needs a mail, and none has gone by day 0 08:30; write for example at: "2 hours after first"'),
    ("{given: {clicked: {at: day 1, subject: second}}, expect: {ends: replied}}",
     'test-given: second has not gone by day 1 12:00; write for example at: "2 hours after second"'),
    ("{given: [{reply: day 1}, {clicked: 1 hour after third}], expect: {ends: replied}}",
     "test-given: third never goes, so this never happens; the campaign ends on day 1 12:00 (replied)"),
    ("{given: {clicked: {at: 1 hour after first, link: /nowhere}}, expect: {ends: replied}}",
     'test-given: first has no link that holds "/nowhere"; name one that stands in the template'),
    ("{given: {handoff_accepted: day 1}, expect: {ends: replied}}",
     "test-given: handoff_accepted needs a hand-off, and there is none by day 1 12:00; "
     "a lead is handed off when it becomes sql"),
    ("{given: {deal_won: day 1}, expect: {ends: replied}}",
     "test-given: deal_won needs a deal, and none is open on day 1 12:00; handoff_accepted opens one"),
    ("{given: {handoff_rejected: {at: day 1, reason: too_erly}}, expect: {ends: replied}}",
     "test-given: funnel.yaml has no reason too_erly; did you mean too_early?"),
    ("{lead: {timezone: Europe/Berln}, expect: {no_mail: true}}",
     "test-lead: 'Europe/Berln' is no timezone; did you mean Europe/Berlin?"),
    ("{lead: {rounds: many}, expect: {no_mail: true}}",
     "test-lead: 'many' is no number of rounds; write for example 1"),
    ("{lead: {owner: rta}, expect: {no_mail: true}}", "test-lead: there is no owner 'rta'; there are rita, ron"),
    ("{given: {clicked: 1 hour after secnd}, expect: {ends: replied}}",
     "test-given: no step sends secnd; did you mean second?"),
    ("{expect: {never: secnd}}", "test-unknown: no step sends secnd; did you mean second?"),
    ("{expect: {mails: {first: day 0, secnd: day 2}}}", "test-unknown: no step sends secnd; did you mean second?"),
    ("{expect: {mail: {template: first, by: 1 hour after x}}}",
     "test-unknown: no step sends x; there are first, second, third"),
    ("{expect: {sender: ben}}", "test-unknown: no mail comes from ben; there are anna"),
    ("{expect: {handoff_to: rit}}", "test-unknown: no rep in team.yaml has the name rit; did you mean rita?"),
    ("{expect: {task: cal}}", "test-unknown: no step opens a task cal; did you mean call?"),
    ("{expect: {ends: relied}}", "test-unknown: no campaign ends with relied; did you mean replied?"),
    ("{beside: [other], expect: {no_mail: true}}", 'test-unknown: there is no campaign "other"'),
    ("{variant: 2, expect: {no_mail: true}}", "test-unknown: no step has a variant 2"),
]  # fmt: skip


@pytest.mark.parametrize(("test", "line"), FAILING)
def test_what_does_not_come_out_is_told_in_one_line(test: str, line: str | None, play: Play) -> None:
    assert said(play(f"- {test}")) == ([line] if line else [])


def test_the_problem_stands_at_the_expectation_with_the_timeline_below(play: Play) -> None:
    [test] = play("""
        - name: nobody is bothered
          given:
            reply: day 3
          expect:
            ends: replied
            no_mail_after: "day 1"
    """)
    [problem] = test.problems
    lines = CAMPAIGN.count("\n")
    assert str(problem).startswith(
        f"campaigns/welcome.yaml:{lines + 7}:7: test-failed: nobody is bothered: expected no mail after day 1; "
    )
    assert problem.below == (
        "    one suspect, source content, country DE; from Mon 2 Mar 2026 08:00, Europe/Berlin",
        "    day 0   Mon  2 Mar 08:00   enters welcome, sender anna",
        "    day 0   Mon  2 Mar 09:00   mail first from anna",
        "  > day 2   Wed  4 Mar 09:00   mail second from anna",
        "  E                            expected no mail after day 1",
        "    day 3   Thu  5 Mar 12:00   replied second",
        "    day 3   Thu  5 Mar 12:00   task answer_reply for rita",
        "    day 3   Thu  5 Mar 12:00   ends, stopped: replied",
    )


def test_each_test_that_fails_is_told_and_the_others_are_not(play: Play) -> None:
    played = play("- expect: {mails_at_most: 1}\n- expect: {mails_at_most: 3}\n- expect: {no_mail: true}")
    assert [bool(test.problems) for test in played] == [True, False, True]
    assert [test.name for test in played] == ["test 1", "test 2", "test 3"]


def test_of_several_expectations_each_is_told_and_the_timeline_stands_once(play: Play) -> None:
    [test] = play("- expect: {no_mail: true, ends: replied}")
    assert len(test.problems) == 2
    assert [bool(problem.below) for problem in test.problems] == [False, True]


def test_every_variant_is_played_unless_one_is_named(play: Play) -> None:
    campaign = CAMPAIGN.replace(
        "  - email: first\n", "  - email: first\n    variants: {email: [first, third], measure: replied}\n"
    ).replace("          - email: third\n", "          - email: third\n            id: last\n")
    either = play("- expect: {mail: {template: third, by: day 1}}", campaign)
    assert len(said(either)) == 1
    assert [said(play(f"- {{variant: {number}, expect: {{mail: {{template: third, by: day 1}}}}}}", campaign)) == []
            for number in (1, 2)] == [False, True]  # fmt: skip
    assert said(play("- expect: {mail: {template: first, by: day 1}}\n  variant: 1", campaign)) == []


def test_who_is_held_out_of_an_experiment_is_not_played(play: Play) -> None:
    campaign = CAMPAIGN + "experiment: {holdout: 50 %, measure: mql}\n"
    assert said(play("- expect: {mail: first}", campaign)) == []


def test_a_campaign_that_is_entered_on_an_event_begins_with_it(play: Play) -> None:
    campaign = CAMPAIGN.replace("senders:", "enter: {event: attended, subject: fair}\nsenders:")
    assert said(play("- expect: {mail: {template: first, by: day 0 09:00}}", campaign)) == []
    later = "- {given: {attended: {at: day 3 10:00, subject: fair}}, expect: {mail: {template: first, at: day 3 10:00}}}"
    assert said(play(later, campaign)) == []


def test_a_lead_that_starts_as_sql_has_a_rep_already(play: Play) -> None:
    campaign = CAMPAIGN.replace("stage: suspect", "stage: sql").replace("goal: mql", "goal: opportunity")
    tests = "- {given: {handoff_accepted: day 0 10:00}, expect: {handoff_to: rita, stage: opportunity}}"
    assert said(play(tests, campaign)) == []


def test_campaigns_beside_it_may_take_the_lead_away(play: Play, folder: Path) -> None:
    urgent = CAMPAIGN.replace("campaign: welcome", "campaign: urgent").replace("goal:", "priority: 90\ngoal:")
    (folder / "campaigns" / "urgent.yaml").write_text(
        urgent.replace('["DE", "GB"]', '["DE", "GB"] and clicked()').replace("goal: mql", "goal: sql")
    )
    test = "given: {clicked: 1 hour after first}, expect: {ends: outranked}"
    assert said(play(f"- {{beside: [urgent], {test}}}")) == []
    assert len(said(play(f"- {{{test}}}"))) == 1


def test_a_limit_that_holds_a_mail_back_is_named(play: Play, folder: Path) -> None:
    senders = folder / "campaigns" / "senders.yaml"
    senders.write_text(SENDERS.replace("per_day: 3", "per_day: 1"))
    campaign = CAMPAIGN.replace("senders: [anna]", "senders: [ben]").replace("  - wait: 2 days\n", "")
    assert said(play("- expect: {mail: {template: second, by: day 0}}", campaign)) == [
        "test-failed: expected second by day 0; it went on day 1 09:00: "
        "it was due on day 0 09:00 and waited for sender ben"
    ]


def test_nobody_can_be_made_up_for_an_audience_of_nobody(play: Play) -> None:
    campaign = CAMPAIGN.replace('["DE", "GB"]', '["DE", "GB"] and lead.machines > 3 and lead.score >= 20')
    assert said(play("- expect: {no_mail: true}", campaign)) == [
        "test-lead: no lead could be made up who is in the audience; "
        "say what it is or did: lead: {country: DE}, given: {attended: day -1}"
    ]


# -- always the same -------------------------------------------------------------------------------------

HAPPENINGS = st.sampled_from(
    ["clicked: 2 hours after first", "reply: day 3", "visited: day 1", "unsubscribe: day 4 10:00",
     "auto_reply: 1 hour after first", "meeting_booked: day 5", "bounce: {at: 1 hour after second, hard: false}"]
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(
    st.lists(HAPPENINGS, max_size=3, unique=True),
    st.dates(min_value=date(2025, 1, 1), max_value=date(2027, 12, 31)),
    st.sampled_from(["DE", "GB"]),
)
def test_playing_twice_gives_the_same(made: Path, happenings: list[str], day: date, country: str) -> None:
    events = "".join(f"      - {happening}\n" for happening in happenings)
    given = f"    given:\n{events}" if happenings else ""
    written = CAMPAIGN + (
        f'tests:\n  - start: "{day} 11:00"\n    lead: {{country: {country}}}\n{given}    expect: {{no_mail: true}}\n'
    )
    (made / "campaigns" / "welcome.yaml").write_text(written)
    loaded = workspace.load(made)
    assert rehearsal.rehearse(loaded) == rehearsal.rehearse(loaded)


SCHEMA = CampaignTest.model_json_schema()

# -- editors -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "test", [*PASSING, "{given: [{reply: day 1}], expect: {never: second, mails: [{template: first}]}}"]
)
def test_an_editor_with_the_schema_takes_what_the_check_takes(test: str) -> None:
    assert fits(_read(test), SCHEMA, SCHEMA)


@pytest.mark.parametrize(
    "test",
    ["{given: {replyd: day 1}}", "{given: 5}", "{given: {reply: {intent: meeting}}}", "{expect: {stage: mqll}}",
     "{expect: {mails: [{by: day 1}]}}", "{expect: {mails_at_most: many}}", "{expext: {}}"],
)  # fmt: skip
def test_an_editor_with_the_schema_shows_what_is_wrong(test: str) -> None:
    assert not fits(_read(test), SCHEMA, SCHEMA)


def _read(test: str) -> object:
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(test), default=str))


# -- the examples, the pages, the command --------------------------------------------------------------


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_has_tests_and_they_pass(name: str) -> None:
    played = rehearsal.rehearse(workspace.load(ROOT), [name])
    assert len(played) >= 2
    assert said(played) == []


@pytest.mark.parametrize(
    ("name", "edit"),
    [
        ("suspect-education", ("- wait: 4 days", "- wait: 3 days")),
        ("suspect-education", ("stop_on: [replied, ", "stop_on: [")),
        ("event-follow-up", ('hours: "09:00-17:00"', 'hours: "10:00-17:00"')),
        ("event-follow-up", ("holidays: lead.country", "holidays: none")),
        ("mql-nurture", ("- wait: 1 day ", "- wait: 1 hour ")),
        ("mql-nurture", ('visited("/pricing")', 'visited("/prices")')),
        ("hot-lead-fast-track", ("unsubscribed, bounced, meeting_booked", "unsubscribed, bounced")),
        ("lost-deal-return", ('"price", ', "")),
        ("lost-deal-return", ("timezone: lead", "timezone: Asia/Tokyo")),
        (
            "competitor-contract-ending",
            ("if: lead.contract_ends_at is defined", "if: lead.language is defined"),
        ),
        ("competitor-contract-ending", ("kind: call", "kind: visit")),
        ("customer-referral-ask", ("timezone: Europe/Budapest", "timezone: lead")),
        ("customer-referral-ask", ('clicked("referral/ask")', 'clicked("referral/easier")')),
    ],
)
def test_the_tests_of_an_example_fail_when_it_is_edited(
    name: str, edit: tuple[str, str], tmp_path: Path
) -> None:
    for part in ("campaigns", "templates"):
        shutil.copytree(ROOT / part, tmp_path / part)
    path = tmp_path / "campaigns" / f"{name}.yaml"
    before = path.read_text(encoding="utf-8")
    assert edit[0] in before
    path.write_text(before.replace(*edit), encoding="utf-8")
    assert said(rehearsal.problems(workspace.load(tmp_path), [name]))


def test_what_the_page_on_tests_shows_is_so(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "testing-campaigns.md").read_text(encoding="utf-8")
    tests, shown = re.findall(r"^```(?:yaml)?\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)[:2]
    for part in ("campaigns", "templates"):
        shutil.copytree(ROOT / part, tmp_path / part)
    path = tmp_path / "campaigns" / "event-follow-up.yaml"
    path.write_text(path.read_text(encoding="utf-8").partition("tests:\n")[0] + tests, encoding="utf-8")
    [failure] = rehearsal.problems(workspace.load(tmp_path), ["event-follow-up"])
    [problem] = failure.problems
    told = "\n".join([str(problem), *problem.below])
    assert LINE.sub(":", told, 1) == LINE.sub(":", shown.rstrip("\n"), 1)


LINE = re.compile(r":\d+:")  # where the test stands in the example is no part of the page
PAGE = re.compile(r"^```yaml campaigns/guests.yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("rule", [rule.id for rule in RULES.values() if rule.seen is Seen.TESTS])
def test_what_the_page_of_a_rule_shows_is_so(rule: str, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(BASE, tmp_path / "w"))
    wrong, right = PAGE.findall(RULES[rule].page)
    for text, rules in ((wrong, [rule]), (right, [])):
        (folder / "campaigns" / "guests.yaml").write_text(text)
        played = rehearsal.problems(workspace.load(folder))
        assert [problem.rule for test in played for problem in test.problems] == rules


def test_what_fails_keeps_files_from_being_applied(play: Play, folder: Path) -> None:
    play("- expect: {no_mail: true}")
    with pytest.raises(Problems, match="test-failed: expected no mail") as refused:
        rehearsal.demand(workspace.load(folder))
    assert "  > day 0   Mon  2 Mar 09:00   mail first from anna" in str(refused.value)
    play("- expect: {mails_at_most: 3}")
    rehearsal.demand(workspace.load(folder))


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["-w", str(folder), *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_check_plays_the_tests_unless_it_is_told_not_to(play: Play, folder: Path) -> None:
    play("- expect: {no_mail: true}")
    code, _, told = run(folder, "check")
    assert code == 1
    assert "test-failed: expected no mail; first went on day 0 09:00\n    one suspect" in told
    assert run(folder, "check", "--no-tests")[0] == 0


def test_check_shows_what_happens_in_tests_that_pass(play: Play, folder: Path) -> None:
    play("- {name: three mails, expect: {mails_at_most: 3}}")
    code, shown, _ = run(folder, "check", "welcome", "-v")
    assert code == 0
    assert shown.startswith("welcome: three mails\n    one suspect")


def test_check_of_a_campaign_tells_only_of_its_file(play: Play, folder: Path) -> None:
    play("- expect: {no_mail: true}")
    other = CAMPAIGN.replace("campaign: welcome", "campaign: other").replace("goal:", "priority: 40\ngoal:")
    (folder / "campaigns" / "other.yaml").write_text(other)
    assert run(folder, "check", "other")[0] == 0
    assert run(folder, "check", "campaigns/welcome.yaml")[0] == 1


def test_check_of_a_campaign_that_there_is_not_says_which_is_meant(play: Play, folder: Path) -> None:
    play("- expect: {mails_at_most: 3}")
    result = CliRunner().invoke(app, ["-w", str(folder), "check", "welcom"])
    said = "welcom: there is no such folder, and no campaign has this name; did you mean welcome?"
    assert str(result.exception) == said


def test_several_mails_at_the_wrong_time_are_one_finding(play: Play, folder: Path) -> None:
    play("- expect: {mails: {first: day 1, second: day 3, third: day 8}, ends: replied}")
    status, _, errors = run(folder, "check")
    found = [line for line in errors.splitlines() if "test-failed" in line]
    assert status == 1
    assert len(found) == 2
    assert "expected first at day 1; it went on" in found[0]
    assert "; and 2 more below" in found[0]
    assert errors.count("> ") >= 3


def test_json_and_annotations_carry_the_timeline(play: Play, folder: Path) -> None:
    play("- expect: {no_mail: true}")
    _, shown, _ = run(folder, "check", "--json")
    [problem] = [each for each in json.loads(shown)["problems"] if each["rule"] == "test-failed"]
    assert problem["timeline"][-1].endswith("ends, finished: completed")
    _, annotated, _ = run(folder, "check", "--format", "github")
    [line] = [line for line in annotated.splitlines() if "test-failed" in line]
    assert "first went on day 0 09:00%0A    one suspect" in line
