"""Asks the rules of `domain.lint` about the files, and puts what they find in its place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import cast

from outreach.domain.campaign import Campaign
from outreach.domain.expressions import Expression, Schema, parse
from outreach.domain.lint import campaigns, moves, people, rivals, scores
from outreach.domain.lint.findings import Finding
from outreach.domain.lint.known import Around, mails_of
from outreach.domain.lint.scores import Reach
from outreach.domain.policies import Funnel, Senders, Team
from outreach.errors import Problem
from outreach.workspace import yaml_files
from outreach.workspace.checks import Known
from outreach.workspace.documents import Document
from outreach.workspace.files import TEMPLATES, Found, Read
from outreach.workspace.template_checks import HANDOFF, LAYOUTS, is_layout, is_mail, name_of, notes_of

LINKS = re.compile(r"""\]\(|<https?:|\bhref\s*=\s*["']?(?!\s*\{\{-?\s*unsubscribe_url)""", re.IGNORECASE)
"""What begins a link; the one to unsubscribe is none that is counted."""


class Conditions:
    """The conditions of all files, each taken apart once."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._read: dict[str, Expression] = {}

    def __call__(self, source: str) -> Expression:
        """Return the parts of a condition; ExpressionError where it is wrong."""
        if source not in self._read:
            self._read[source] = parse(source, self._schema)
        return self._read[source]


def lint(found: Found, known: Known) -> Iterator[Problem]:
    """Yield what the rules find in files in which nothing is wrong."""
    assert known.read is not None
    funnel = cast("Read[Funnel]", found.policies["funnel"])
    team = cast("Read[Team]", found.policies["team"])
    senders = cast("Read[Senders]", found.policies["senders"])
    around = _around(found, funnel.value, team.value, known.read)
    every = [read.value for read in found.campaigns]
    yield from _placed(funnel.document, moves.funnel(funnel.value, around))
    yield from _placed(team.document, people.team(team.value))
    yield from _placed(senders.document, people.senders(senders.value, every))
    onward = moves.onward(funnel.value.moves, around)
    documents: dict[str, Document] = {}
    for read in found.campaigns:
        documents[read.value.name] = read.document
        yield from _placed(read.document, campaigns.campaign(read.value, onward, around))
        yield from _placed(read.document, people.silent(read.value, senders.value))
    for campaign, finding in rivals.rivals(every, around):
        for problem in _placed(documents[campaign.name], [finding]):
            yield replace(problem, also=(documents[finding.other].file,))
    yield from _unused(found, every)


def _around(found: Found, funnel: Funnel, team: Team, read: Callable[[str], Expression]) -> Around:
    sent = Counter(name for each in found.campaigns for name in mails_of(each.value))
    without = Around(
        read, Reach(float("-inf"), float("inf"), ""), sent, frozenset(_linkless(found.templates))
    )
    fit = [(read(each.if_), each) for each in funnel.scoring.fit]
    reach = scores.reach(funnel.scoring, fit, without.world)
    return Around(read, reach, sent, without.linkless, people.idle(team))


def _linkless(templates: Mapping[str, str]) -> Iterator[str]:
    """Yield the names of the mails in which there is surely nothing to click."""
    if any(LINKS.search(templates.get(layout, "")) for layout in LAYOUTS):
        return
    for file, text in templates.items():
        if is_mail(file) and not LINKS.search(text):
            yield name_of(file)


def _placed(document: Document, findings: Iterable[Finding]) -> Iterator[Problem]:
    for finding in findings:
        node = (document.key if finding.of_key else document.find)(finding.place)
        yield document.problem(node, finding.rule, finding.message, finding.hint)


def problem_of(file: str, text: str, finding: Finding) -> Problem:
    """Return what was found about a file that is well formed, in its place there."""
    (problem,) = _placed(yaml_files.parse(text, file), [finding])
    return problem


def _unused(found: Found, every: Iterable[Campaign]) -> Iterator[Problem]:
    """Yield the templates that no campaign names."""
    used = {HANDOFF}.union(*(mails_of(each) | notes_of(each) for each in every))
    for file in sorted(found.templates):
        if not is_layout(file) and name_of(file) not in used:
            message = "no campaign uses this template"
            yield Problem(
                f"{TEMPLATES}/{file}", 0, 0, "unused-template", message, "use it, or remove the file"
            )
