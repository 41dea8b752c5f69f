"""What looks odd and is right is not told of: a linter that cries wolf is turned off."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from outreach import workspace
from outreach.workspace import rules

BASE = Path(__file__).parent / "data" / "workspace"
HEAD = "campaign: x\naudience: {stage: suspect}\nsenders: [anna]\n"
FUNNEL = "fields: {seats: number, tool: text, pilot: yes/no}\nscoring: {points: [{event: clicked, points: 10}]}\nmoves:\n"
UP = "  - {from: suspect, to: mql, if: lead.score >= 20, because: clear interest}\n"


def told(tmp_path: Path, **files: str) -> list[str]:
    folder = tmp_path / "workspace"
    shutil.copytree(BASE, folder)
    for name, text in files.items():
        (folder / "campaigns" / f"{name}.yaml").write_text(text, encoding="utf-8")
    checked = workspace.check(folder)
    return [rules.shown(problem) for problem in (*checked.errors, *checked.warnings)]


CAMPAIGNS = {
    "a country that becomes known later": (
        "campaign: x\naudience: {stage: suspect, where: lead.country is not defined}\nsenders: [anna]\nsteps:\n"
        '  - email: webinar/thanks\n  - wait: 5 days\n  - branch:\n      - if: lead.country == "DE"\n'
        "        then: [{email: webinar/case-study}]\n"
    ),
    "a score that rises on the way": (
        "campaign: x\naudience: {stage: suspect, where: lead.score < 10}\nsenders: [anna]\nsteps:\n"
        "  - email: webinar/thanks\n  - wait: 5 days\n  - branch:\n      - if: lead.score >= 10\n"
        "        then: [{email: webinar/case-study}]\n"
    ),
    "somebody who had not clicked before": (
        "campaign: x\naudience: {stage: suspect, where: not clicked()}\nsenders: [anna]\nsteps:\n"
        "  - email: webinar/thanks\n  - wait: 5 days\n  - branch:\n      - if: clicked()\n"
        "        then: [{email: webinar/case-study}]\n"
    ),
    "a click in the mail of another campaign": (
        HEAD
        + 'steps:\n  - branch:\n      - if: clicked("webinar/case-study")\n        then: [{email: webinar/thanks}]\n'
    ),
    "a click in its own mail, the second time round": (
        "campaign: x\naudience: {stage: suspect}\nagain_after: 1 year\nsenders: [anna]\nsteps:\n"
        '  - branch:\n      - if: not clicked("webinar/thanks")\n        then: [{email: webinar/thanks}]\n'
    ),
    "arms that together take everybody": (
        HEAD + "steps:\n  - branch:\n      - if: lead.seats > 9\n        then: [{email: webinar/thanks}]\n"
        "      - if: not lead.seats > 9\n        then: [{email: webinar/case-study}]\n"
    ),
    "a reply from before, of somebody who is in play again": (
        HEAD + "steps:\n  - branch:\n      - if: replied()\n        then: [{email: webinar/thanks}]\n"
    ),
    "waits in each arm and none behind the branch": (
        HEAD
        + "steps:\n  - email: webinar/thanks\n  - branch:\n      - if: lead.seats > 9\n        then: [{wait: 3 days}]\n"
        "      - else: [{wait: 5 days}]\n  - email: webinar/case-study\n"
    ),
    "a mail of an earlier arm in the same thread": (
        HEAD
        + "steps:\n  - branch:\n      - if: lead.seats > 9\n        then: [{email: webinar/thanks}]\n  - wait: 3 days\n"
        "  - email: webinar/case-study\n    same_thread: true\n"
    ),
    "a field that an update has changed since": (
        "campaign: x\naudience: {stage: suspect, where: 'lead.tool == \"paper\"'}\nsenders: [anna]\nsteps:\n"
        "  - email: webinar/thanks\n  - wait: 3 days\n  - branch:\n      - if: clicked()\n"
        "        then: [{update: {tool: board}}]\n"
        '  - branch:\n      - if: lead.tool == "board"\n        then: [{email: webinar/case-study}]\n'
    ),
    "a wait for those who did not click before": (
        HEAD
        + "steps:\n  - email: webinar/thanks\n  - wait_for: {event: clicked, within: 3 days}\n  - branch:\n"
        "      - if: clicked()\n        then: [{task: {kind: call, text: notes/call}}]\n"
        "      - else: [{email: webinar/case-study}, {wait_for: {event: clicked, within: 3 days}},\n"
        "          {task: {kind: call, text: notes/call}, id: later}]\n"
    ),
    "a wait after a branch that asks for what happened before the campaign": (
        HEAD + "steps:\n  - branch:\n      - if: clicked()\n        then: [{email: webinar/thanks}]\n"
        "      - else: [{email: webinar/case-study}]\n"
        "  - wait_for: {event: clicked, within: 3 days}\n  - task: {kind: call, text: notes/call}\n"
    ),
    "an event again, which is no loop": (
        "campaign: x\naudience: {stage: suspect}\nenter: {event: attended}\nagain_after: 1 minute\nsenders: [anna]\n"
        "steps: [{email: webinar/thanks}]\n"
    ),
    "one priority and audiences that no lead is in at once": (
        'campaign: x\naudience: {stage: suspect, where: lead.source != "webinar"}\npriority: 20\nsenders: [anna]\n'
        "steps: [{email: webinar/thanks}]\n"
    ),
    "one priority and other stages": (
        "campaign: x\naudience: {stage: mql}\npriority: 20\nsenders: [anna]\nsteps: [{email: webinar/thanks}]\n"
    ),
    "one priority, entered on an event": (
        "campaign: x\naudience: {stage: suspect}\nenter: {event: attended}\npriority: 20\nsenders: [anna]\n"
        "steps: [{email: webinar/thanks}]\n"
    ),
    "a wait over the weekend that ends on an open day": (
        HEAD
        + 'window: {days: mon-fri, hours: "09:00-17:00"}\nsteps:\n  - email: webinar/thanks\n  - wait: 3 days\n'
        "  - email: webinar/case-study\n"
    ),
    "a goal that a rep's work leads to": (
        "campaign: x\naudience: {stage: sql}\ngoal: opportunity\nsenders: [anna]\nsteps: [{email: webinar/thanks}]\n"
    ),
}


@pytest.mark.parametrize("text", CAMPAIGNS.values(), ids=CAMPAIGNS)
def test_a_campaign_is_left_alone_with(text: str, tmp_path: Path) -> None:
    assert told(tmp_path, x=text) == []


FUNNELS = {
    "a gap between up and down": UP + "  - {from: mql, to: suspect, if: lead.score < 10, because: faded}\n",
    "a way down for those whom no way up takes": (
        "  - {from: suspect, to: mql, if: 'lead.temperature == \"warm\"', because: soon}\n"
        "  - {from: mql, to: suspect, if: 'lead.temperature == \"cold\"', because: not soon}\n"
    ),
    "a move above that stops the circle": (
        "  - {from: [suspect, mql], to: sql, if: submitted(), because: asked}\n"
        "  - {from: suspect, to: mql, if: clicked() and not submitted(), because: clear interest}\n"
        "  - {from: mql, to: suspect, if: submitted(), because: never comes so far}\n"
    ),
    "everybody, after some time": UP
    + "  - {from: mql, to: suspect, if: lead.score < 20, after: 60 days, because: faded}\n",
    "a narrower move after a wider one that waits": (
        "  - {from: suspect, to: mql, if: clicked(), after: 3 days, because: clear interest}\n"
        "  - {from: suspect, to: sql, if: clicked() and submitted(), because: asked}\n"
    ),
}


@pytest.mark.parametrize("moves", FUNNELS.values(), ids=FUNNELS)
def test_a_funnel_is_left_alone_with(moves: str, tmp_path: Path) -> None:
    found = told(tmp_path, funnel=FUNNEL + moves)
    assert [line for line in found if "shadowed-move" not in line] == []
