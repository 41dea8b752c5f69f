"""Plays the tests of campaigns: one lead each, on a clock that jumps, with the rules of the engine and no database."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from outreach.domain.campaign_tests import CampaignTest
from outreach.domain.expectations import Miss, judge
from outreach.domain.timelines import Line, lines
from outreach.errors import Problem, Problems
from outreach.rehearsal import casting, names
from outreach.rehearsal.casting import Unfit
from outreach.rehearsal.playing import Setting, play
from outreach.simulation import opening
from outreach.workspace import Loaded, Workspace
from outreach.workspace.documents import Document
from outreach.workspace.template_checks import name_of
from outreach.workspace.yaml_files import parse

Path = tuple[str | int, ...]

RULES = {"lead": "test-lead", "given": "test-given", "expect": "test-unknown", "beside": "test-unknown"}
"""The rule of what is wrong with a test itself, by the part of it that is wrong."""


@dataclass(frozen=True)
class Rehearsed:
    """A test that was played: what is wrong, and what happened. A test with variants is told by the first that fails."""

    campaign: str
    name: str
    problems: tuple[Problem, ...] = ()
    timeline: tuple[Line, ...] = ()


@dataclass(frozen=True)
class _Found:
    """Something wrong, by its place below the test."""

    path: Path
    rule: str
    message: str
    hint: str = ""


def problems(workspace: Workspace, only: Collection[str] = ()) -> list[Rehearsed]:
    """Return the tests that fail, of all campaigns or of those named; for `check`, and before anything is applied."""
    return [test for test in rehearse(workspace, only) if test.problems]


def demand(workspace: Workspace) -> None:
    """Raise Problems where a test of a campaign fails."""
    if found := [problem for failure in problems(workspace) for problem in failure.problems]:
        raise Problems(found)


def rehearse(workspace: Workspace, only: Collection[str] = ()) -> list[Rehearsed]:
    """Play the tests of all campaigns, or of those named, in the order of the files."""
    chosen = [
        loaded
        for name, loaded in workspace.campaigns.items()
        if loaded.campaign.tests and (not only or name in only)
    ]
    if not chosen:
        return []
    setting = _setting(workspace)
    return [rehearsed for loaded in chosen for rehearsed in _of_campaign(loaded, setting)]


def _setting(workspace: Workspace) -> Setting:
    in_force, running = opening.from_files(workspace)
    templates = {name_of(name): text for name, text in workspace.templates.items()}
    return Setting(in_force, {each.name: each for each in running}, templates)


def _of_campaign(loaded: Loaded, setting: Setting) -> Iterator[Rehearsed]:
    document: Document | None = None
    for number, test in enumerate(loaded.campaign.tests):
        found, timeline = _played(loaded.campaign.name, test, setting)
        if found and document is None:
            document = parse(loaded.source, loaded.file)
        placed = _placed(document, number, test, found, timeline) if document and found else ()
        yield Rehearsed(loaded.campaign.name, test.name or f"test {number + 1}", placed, tuple(timeline))


def _placed(
    document: Document, number: int, test: CampaignTest, found: Sequence[_Found], timeline: Sequence[Line]
) -> tuple[Problem, ...]:
    """Return what was found as problems of the file; the timeline stands below the last of them."""
    placed = []
    for each in found:
        node = document.key(("tests", number, *each.path))
        said = f"{test.name}: {each.message}" if test.name else each.message
        placed.append(document.problem(node, each.rule, said, each.hint))
    *before, last = sorted(placed)
    return (*before, replace(last, below=written(timeline)))


def written(timeline: Sequence[Line]) -> tuple[str, ...]:
    """Return the lines of a timeline as they stand below a problem, each with its mark."""
    return tuple(f"  {line.mark} {line.text}".rstrip() for line in timeline)


# -- one test --------------------------------------------------------------------------------------------


def _played(name: str, test: CampaignTest, setting: Setting) -> tuple[list[_Found], list[Line]]:
    """Return what is wrong with the test or with what happens in it, and the timeline."""
    running = setting.running[name]
    beside = [setting.running[each].program for each in test.beside if each in setting.running]
    wrong = [_unfit(each) for each in names.unknown(test, running.program, beside, setting.in_force.policies)]
    if test.expect.is_empty:
        hint = "write for example expect: {mails_at_most: 3}"
        wrong.append(_Found(("expect",), "test-empty", "the test expects nothing", hint))
    if wrong:
        return wrong, []
    shown: list[Line] = []
    try:
        for lead_id in casting.lead_ids(test, running.program):
            played = play(setting, name, test, lead_id)
            missed = judge(test.expect, played)
            shown = lines(played, [miss.mark for miss in missed])
            if missed:
                return _first_of_each(missed), shown
    except Unfit as unfit:
        return [_unfit(unfit)], lines(unfit.played) if unfit.played else []
    return [], shown


def _first_of_each(missed: Sequence[Miss]) -> list[_Found]:
    """Return of each expectation the first that is not met, and how many more: one mail that is late makes all late."""
    found = []
    for word, group in groupby(missed, key=lambda miss: miss.path[0]):
        first, *others = group
        if word != "mails" or not others:
            found += [
                _Found(("expect", *miss.path), "test-failed", miss.message) for miss in (first, *others)
            ]
            continue
        message = f"{first.message}; and {len(others)} more below"
        found.append(_Found(("expect", *first.path), "test-failed", message))
    return found


def _unfit(unfit: Unfit) -> _Found:
    part = str(unfit.path[0]) if unfit.path else "lead"
    return _Found(unfit.path, RULES.get(part, "test-unknown"), unfit.message, unfit.hint)
