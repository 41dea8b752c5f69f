"""What marketers edit, as values: campaigns, policies and templates, checked together; or all that is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from outreach.domain import leads
from outreach.domain.campaign import Campaign
from outreach.domain.inbound import Intent
from outreach.domain.policies import Funnel, Policies, Senders, Team
from outreach.errors import Problem, Problems
from outreach.workspace import checks, policy_checks, template_checks
from outreach.workspace.checks import Known
from outreach.workspace.files import Found, Read, find
from outreach.workspace.shapes import schemas, write_schemas
from outreach.workspace.template_checks import is_mail, is_note, name_of

__all__ = ["Loaded", "Workspace", "load", "schemas", "write_schemas"]

INTENTS = frozenset(Intent) - {Intent.UNSURE}


@dataclass(frozen=True)
class Loaded:
    """A campaign with the name of its file and what was written there."""

    campaign: Campaign
    file: str
    source: str


@dataclass(frozen=True)
class Workspace:
    """A workspace in which everything is right."""

    path: Path
    campaigns: Mapping[str, Loaded]
    policies: Policies
    policy_sources: Mapping[str, str]
    templates: Mapping[str, str]  # name with ending -> text


def load(path: Path) -> Workspace:
    """Return the workspace at `path`; Problems tells everything that is wrong in it at once."""
    found = find(path)
    if problems := {*found.problems, *_checked(found)}:
        raise Problems(problems)
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


def _checked(found: Found) -> Iterator[Problem]:
    known = _known(found)
    if funnel := cast("Read[Funnel] | None", found.policies.get("funnel")):
        yield from policy_checks.funnel(funnel.document, funnel.value, known)
    if team := cast("Read[Team] | None", found.policies.get("team")):
        yield from policy_checks.team(team.document, team.value)
    if senders := cast("Read[Senders] | None", found.policies.get("senders")):
        yield from policy_checks.senders(senders.document, senders.value)
    for read in found.campaigns:
        yield from checks.campaign(read.document, read.value, known)
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
