"""Stores a checked workspace: policies and campaigns become versions, and the leads they concern are looked at."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach import applied, entries, leads, models
from outreach.domain.campaign import Campaign
from outreach.domain.words import CampaignStatus
from outreach.workspace import Loaded, Workspace
from outreach.workspace.template_checks import is_layout, is_note, mails_of, name_of, notes_of

NEW, CHANGED, UNCHANGED, ABSENT = "new", "changed", "unchanged", "not in the files"


@dataclass(frozen=True)
class Change:
    """What applying did to one policy or campaign, and the version that holds now."""

    kind: str  # funnel, team, senders, notes, campaign
    name: str
    what: str  # new, changed, unchanged, not in the files
    version: int


def apply(session: Session, workspace: Workspace, now: datetime) -> tuple[Change, ...]:
    """Store what is new or changed as versions that new leads enter on; return what became of each.

    Applying the same twice changes nothing. Campaigns that are not in the files go on running. Comments and layout
    of a file are not a change: what counts is what it says.
    """
    session.info[applied.UNCOMMITTED] = True
    # Two at once would both take the next version; SQLite lets only one write anyway.
    session.scalars(select(models.Instance.id).with_for_update()).all()
    changes = [*_policies(session, workspace, now), *_campaigns(session, workspace, now)]
    if any(change.kind == "funnel" and change.what == CHANGED for change in changes):
        leads.mark_for_review(session, now)
    return tuple(changes)


def _policies(session: Session, workspace: Workspace, now: datetime) -> Iterator[Change]:
    for kind in applied.POLICIES:
        definition = getattr(workspace.policies, kind).model_dump(mode="json", by_alias=True)
        yield _policy(session, kind, definition, workspace.policy_sources[kind], now)
    yield _policy(session, applied.NOTES, _notes(workspace), "", now)


def _notes(workspace: Workspace) -> dict[str, str]:
    return {name: text for name, text in workspace.templates.items() if is_note(name)}


def _policy(session: Session, kind: str, definition: dict[str, Any], source: str, now: datetime) -> Change:
    policy = models.Policy
    newest = session.scalars(
        select(policy).where(policy.kind == kind).order_by(policy.version.desc()).limit(1)
    ).first()
    digest = _digest(definition)
    if newest is not None and newest.digest == digest:
        return Change(kind, kind, UNCHANGED, newest.version)
    version = newest.version + 1 if newest else 1
    session.add(
        policy(
            kind=kind,
            version=version,
            digest=digest,
            source=source,
            definition=definition,
            applied_at=now,
        )
    )
    session.flush()
    return Change(kind, kind, CHANGED if newest else NEW, version)


def _digest(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


# -- campaigns -------------------------------------------------------------------------------------


def _campaigns(session: Session, workspace: Workspace, now: datetime) -> Iterator[Change]:
    rows = {row.name: row for row in session.scalars(select(models.Campaign))}
    stages: set[str] = set()
    once: list[int] = []
    for name in sorted(workspace.campaigns):
        loaded = workspace.campaigns[name]
        change, row = _campaign(session, rows.get(name), loaded, workspace.templates, now)
        yield change
        if change.what != UNCHANGED:
            stages |= {str(stage) for stage in loaded.campaign.audience.stage}
            if loaded.campaign.enter == "once" and row.status == CampaignStatus.RUNNING:
                once.append(row.id)
    for name in sorted(rows.keys() - workspace.campaigns.keys()):
        yield Change("campaign", name, ABSENT, _newest(session, rows[name].id)[0])
    if stages:
        leads.mark_for_matching(session, stages, now)
    for campaign_id in once:
        entries.enter_once(session, campaign_id, now)


def _campaign(
    session: Session, row: models.Campaign | None, loaded: Loaded, templates: Mapping[str, str], now: datetime
) -> tuple[Change, models.Campaign]:
    campaign = loaded.campaign
    definition = campaign.model_dump(mode="json", by_alias=True)
    stored, used = _templates_of(campaign, templates)
    digest = _digest(definition, {name: stored[name] for name in used})
    if row is None:
        row = models.Campaign(name=campaign.name, priority=campaign.priority, status=CampaignStatus.RUNNING,
                              created_at=now)  # fmt: skip
        session.add(row)
        session.flush()
    number, newest = _newest(session, row.id)
    if newest == digest:
        return Change("campaign", campaign.name, UNCHANGED, number), row
    version = models.CampaignVersion(
        campaign_id=row.id,
        version=number + 1,
        digest=digest,
        source=loaded.source,
        definition=definition,
        templates=stored,
        applied_at=now,
    )
    session.add(version)
    session.flush()
    row.version_id, row.priority = version.id, campaign.priority
    if row.status != CampaignStatus.PAUSED:  # somebody paused it: that is theirs to end
        row.status = CampaignStatus.RUNNING
    session.flush()
    return Change("campaign", campaign.name, CHANGED if number else NEW, number + 1), row


def _newest(session: Session, campaign_id: int) -> tuple[int, str]:
    """Return number and digest of the newest version; 0 where there is none."""
    version = models.CampaignVersion
    number = session.scalar(select(func.max(version.version)).where(version.campaign_id == campaign_id)) or 0
    digest = session.scalar(
        select(version.digest).where(version.campaign_id == campaign_id, version.version == number)
    )
    return number, digest or ""


def _templates_of(campaign: Campaign, templates: Mapping[str, str]) -> tuple[dict[str, str], frozenset[str]]:
    """Return the templates to store with a version, and the names of those that make it a new one.

    All notes are stored, but only the campaign's own count: another text for hand-offs is no new campaign.
    """
    names = mails_of(campaign) | notes_of(campaign)
    used = frozenset(name for name in templates if is_layout(name) or name_of(name) in names)
    return {name: text for name, text in templates.items() if name in used or is_note(name)}, used
