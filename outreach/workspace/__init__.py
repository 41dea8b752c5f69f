"""What marketers edit, as values: campaigns, policies and templates, checked together; or all that is wrong."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from outreach.domain import leads
from outreach.domain.campaign import Campaign
from outreach.domain.inbound import Intent
from outreach.domain.policies import Funnel, Policies, Senders, Team
from outreach.errors import Problem, Problems
from outreach.workspace import (
    checks,
    experiment_checks,
    ignores,
    lint,
    policy_checks,
    rules,
    template_checks,
    template_lint,
)
from outreach.workspace.checks import Known
from outreach.workspace.files import TEMPLATES, Found, Read, find
from outreach.workspace.rules import Seen
from outreach.workspace.shapes import schemas, write_schemas
from outreach.workspace.template_checks import is_mail, is_note, name_of

__all__ = ["Checked", "Loaded", "Workspace", "check", "load", "schemas", "write_schemas"]

INTENTS = frozenset(Intent) - {Intent.UNSURE}


@dataclass(frozen=True)
class Loaded:
    """A campaign with the name of its file and what was written there."""

    campaign: Campaign
    file: str
    source: str


@dataclass(frozen=True)
class Workspace:
    """A workspace in which everything is right, but for what it is warned of."""

    path: Path
    campaigns: Mapping[str, Loaded]
    policies: Policies
    policy_sources: Mapping[str, str]
    templates: Mapping[str, str]  # name with ending -> text
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Checked:
    """What a check of a workspace found: the workspace, where no error keeps it from being one."""

    workspace: Workspace | None
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


Look = Callable[[Workspace], Iterable[Problem]]
"""A further look at a workspace in which there is no error."""


def load(path: Path) -> Workspace:
    """Return the workspace at `path`; Problems tells everything that is wrong in it at once.

    What it is only warned of stands in its `warnings`.
    """
    checked = check(path)
    if checked.workspace is None:
        raise Problems(checked.errors)
    return checked.workspace


def check(path: Path, looks: Mapping[Seen, Look] | None = None) -> Checked:
    """Return all that is to be said of the workspace at `path`.

    `looks` are asked for more once nothing is wrong in the files: each by what its rules have to see.
    """
    with _keeping_all():
        return _check(path, looks or {})


@contextmanager
def _keeping_all() -> Iterator[None]:
    """Let nobody look for what can be thrown away: of what is read here nothing can, and looking takes a tenth."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _check(path: Path, looks: Mapping[Seen, Look]) -> Checked:
    found = find(path)
    known = _known(found)
    problems = {*found.problems, *_checked(found, known)}
    if not any(map(rules.is_error, problems)):
        problems |= {*lint.lint(found, known), *template_lint.mails(found, known)}
    workspace = None
    if not any(map(rules.is_error, problems)):
        workspace = _workspace(path, found)
        for look in looks.values():
            problems |= set(look(workspace))
    seen = {Seen.FILES, *looks}
    told = ignores.applied(problems, _texts(found), seen, whole=workspace is not None)
    errors, warnings = rules.split(told)
    if workspace is not None:
        workspace = None if errors else replace(workspace, warnings=warnings)
    return Checked(workspace, errors, warnings)


def _workspace(path: Path, found: Found) -> Workspace:
    return Workspace(
        path,
        {
            read.value.name: Loaded(read.value, read.document.file, read.document.text)
            for read in found.campaigns
        },
        Policies.model_validate({name: read.value for name, read in found.policies.items()}),
        {name: read.document.text for name, read in found.policies.items()},
        found.templates,
    )


def _texts(found: Found) -> Mapping[str, str]:
    """Return the text of each file that could be read, by its name."""
    documents = [read.document for read in found.campaigns]
    documents += [read.document for read in found.policies.values()]
    texts = {document.file: document.text for document in documents}
    return texts | {f"{TEMPLATES}/{name}": text for name, text in found.templates.items()}


def _checked(found: Found, known: Known) -> Iterator[Problem]:
    if funnel := cast("Read[Funnel] | None", found.policies.get("funnel")):
        yield from policy_checks.funnel(funnel.document, funnel.value, known)
    if team := cast("Read[Team] | None", found.policies.get("team")):
        yield from policy_checks.team(team.document, team.value)
    if senders := cast("Read[Senders] | None", found.policies.get("senders")):
        yield from policy_checks.senders(senders.document, senders.value)
    for read in found.campaigns:
        yield from checks.campaign(read.document, read.value, known)
        yield from experiment_checks.campaign(read.document, read.value, known)
    yield from _same_names(found.campaigns)
    yield from template_checks.templates(found, known)


def _known(found: Found) -> Known:
    funnel = cast("Read[Funnel] | None", found.policies.get("funnel"))
    team = cast("Read[Team] | None", found.policies.get("team"))
    senders = cast("Read[Senders] | None", found.policies.get("senders"))
    there = {*found.templates, *found.unreadable}
    mails = frozenset(map(name_of, filter(is_mail, there)))
    schema = None
    if funnel:
        own = leads.schema(funnel.value.fields)
        words = {**own.words, "intent": INTENTS, **dict.fromkeys(("clicked", "opened", "replied"), mails)}
        schema = type(own)(own.fields, words)
    return Known(
        schema,
        funnel.value.fields if funnel else {},
        frozenset(sender.name for sender in senders.value.senders) if senders else None,
        frozenset(rep.name for rep in team.value.reps) if team else None,
        mails,
        frozenset(map(name_of, filter(is_note, there))),
        lint.Conditions(schema) if schema else None,
    )


def _same_names(campaigns: Iterable[Read[Campaign]]) -> Iterator[Problem]:
    files: dict[str, str] = {}
    for read in campaigns:
        name = read.value.name
        if name in files:
            node = read.document.find(("campaign",))
            message = f'{files[name]} has a campaign named "{name}" too'
            yield read.document.problem(node, "duplicate-name", message, "give each its own name")
        files.setdefault(name, read.document.file)
