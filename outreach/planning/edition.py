"""What is to be in force: policies and campaigns as they would be stored, from the files or from earlier versions."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach import applied, models
from outreach.domain import experiments
from outreach.domain.campaign import Campaign
from outreach.domain.policies import Funnel, Policies
from outreach.workspace import Loaded, Workspace
from outreach.workspace.template_checks import is_layout, is_note, mails_of, name_of, notes_of

POLICIES = (*applied.POLICIES, applied.NOTES)


@dataclass(frozen=True)
class Piece:
    """A policy or a campaign: what it says, and with which templates. Two with the same digest are the same."""

    definition: Mapping[str, Any]
    source: str
    digest: str
    templates: Mapping[str, str] = field(default_factory=dict)  # all that are stored with a campaign
    used: Mapping[str, str] = field(default_factory=dict)  # those of them that make another version


@dataclass(frozen=True)
class Edition:
    """All policies by kind and campaigns by name; `withdrawn` are campaigns that shall be as if never applied."""

    policies: Mapping[str, Piece]
    campaigns: Mapping[str, Piece]
    withdrawn: frozenset[str] = frozenset()

    @property
    def fields(self) -> Mapping[str, str]:
        """The fields of leads that funnel.yaml declares, with their types."""
        return Funnel.model_validate(self.policies["funnel"].definition).fields

    @property
    def digests(self) -> dict[str, str]:
        """The digest of each policy and campaign."""
        found = {kind: piece.digest for kind, piece in self.policies.items()}
        return found | {f"campaign {name}": piece.digest for name, piece in self.campaigns.items()}


def digest(*parts: object) -> str:
    """Return what identifies a content."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


# -- from the files ------------------------------------------------------------------------------------


def of_files(workspace: Workspace) -> Edition:
    """Return what the files say."""
    policies = {}
    for kind in applied.POLICIES:
        definition = getattr(workspace.policies, kind).model_dump(mode="json", by_alias=True)
        policies[kind] = Piece(definition, workspace.policy_sources[kind], digest(definition))
    notes = {name: text for name, text in workspace.templates.items() if is_note(name)}
    policies[applied.NOTES] = Piece(notes, "", digest(notes))
    campaigns = {name: _campaign(loaded, workspace.templates) for name, loaded in workspace.campaigns.items()}
    return Edition(policies, campaigns)


def _campaign(loaded: Loaded, templates: Mapping[str, str]) -> Piece:
    """Return a campaign with its templates.

    All notes are stored with it, but only the campaign's own count: another text for hand-offs is no new campaign.
    Nor are other tests: they say nothing of what it does.
    """
    definition = definition_of(loaded.campaign)
    names = mails_of(loaded.campaign) | notes_of(loaded.campaign)
    used = {name: text for name, text in templates.items() if is_layout(name) or name_of(name) in names}
    stored = {name: text for name, text in templates.items() if name in used or is_note(name)}
    return Piece(definition, loaded.source, digest(definition, used), stored, used)


def definition_of(campaign: Campaign) -> dict[str, Any]:
    """Return what of a campaign is stored: everything but its tests, and nothing that only repeats what holds anyway."""
    dumped = campaign.model_dump(mode="json", by_alias=True, exclude={"tests"})
    return experiments.without_usual(dumped)


# -- from the database ---------------------------------------------------------------------------------


def of_policy(row: models.Policy) -> Piece:
    """Return an applied policy, as this program would store it."""
    definition = row.definition
    if row.kind in applied.POLICIES:
        shape = Policies.model_fields[row.kind].annotation
        assert shape is not None
        definition = shape.model_validate(definition).model_dump(mode="json", by_alias=True)
    return Piece(definition, row.source, digest(definition))


def of_version(row: models.CampaignVersion) -> Piece:
    """Return an applied version of a campaign, as this program would store it."""
    campaign = applied.campaign_of(row.definition)
    definition = definition_of(campaign)
    names = mails_of(campaign) | notes_of(campaign)
    used = {name: text for name, text in row.templates.items() if is_layout(name) or name_of(name) in names}
    return Piece(definition, row.source, digest(definition, used), row.templates, used)


# -- what is in force ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """A campaign as the database has it; `version` 0 and no piece: none of its versions is in force."""

    id: int
    status: str
    version: int
    version_id: int | None
    piece: Piece | None


@dataclass(frozen=True)
class Base:
    """What is in force now. `instance` names the database, and is empty where there is none."""

    instance: str
    policies: Mapping[str, tuple[int, Piece]]  # kind -> version and content
    campaigns: Mapping[str, Standing]

    @property
    def versions(self) -> dict[str, int]:
        """The versions in force, by policy and campaign."""
        found = {kind: version for kind, (version, _) in self.policies.items()}
        return found | {f"campaign {name}": each.version for name, each in self.campaigns.items()}


NOTHING = Base("", {}, {})


def in_force(session: Session) -> Base:
    """Return what is in force."""
    instance = session.scalar(select(models.Instance.name)) or ""
    newest = {row.kind: row for row in session.scalars(select(models.Policy).order_by(models.Policy.version))}
    policies = {kind: (row.version, of_policy(row)) for kind, row in newest.items()}
    campaigns = {}
    for campaign in session.scalars(select(models.Campaign).order_by(models.Campaign.name)):
        version = session.get(models.CampaignVersion, campaign.version_id) if campaign.version_id else None
        campaigns[campaign.name] = Standing(
            campaign.id,
            campaign.status,
            version.version if version else 0,
            version.id if version else None,
            of_version(version) if version else None,
        )
    return Base(instance, policies, campaigns)
