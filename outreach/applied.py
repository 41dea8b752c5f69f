"""Reads what was applied: the policies in force, and each campaign's versions with their templates."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Pool, func, select
from sqlalchemy.orm import Session, aliased

from outreach import models
from outreach.domain import experiments, leads
from outreach.domain.campaign import Campaign
from outreach.domain.funnel import CompiledFunnel, compile_funnel
from outreach.domain.policies import Funnel, Policies
from outreach.domain.sequence import Program, compile_program
from outreach.errors import NotFound

POLICIES = ("funnel", "team", "senders")
NOTES = "notes"
"""The kind under which all templates of notes to reps are stored, as they are not of one campaign."""

UNCOMMITTED = "outreach_applies"
"""Set in `session.info` while a session writes policies or versions: what it reads may yet be rolled back."""

MOST_KEPT = 1_000

Value = TypeVar("Value")


@dataclass(frozen=True)
class InForce:
    """The policies that hold now, with the templates of notes to reps. `versions` are by kind."""

    policies: Policies
    funnel: CompiledFunnel
    notes: Mapping[str, str]  # name with ending -> text
    versions: Mapping[str, int]


def policies(session: Session) -> InForce:
    """Return the policies in force; NotFound before the first apply."""
    policy, later = models.Policy, aliased(models.Policy)
    newest = select(func.max(later.version)).where(later.kind == policy.kind).scalar_subquery()
    rows = session.execute(
        select(policy.kind, policy.id, policy.version).where(policy.version == newest)
    ).all()
    found = {row.kind: row for row in rows}
    if not found.keys() >= set(POLICIES):
        raise NotFound("nothing is applied yet; run: outreach apply")
    ids = tuple(sorted((kind, row.id) for kind, row in found.items()))
    versions = {kind: row.version for kind, row in found.items()}
    return _kept(session, ("policies", ids), lambda: _in_force(session, dict(ids), versions))


def _in_force(session: Session, ids: Mapping[str, int], versions: Mapping[str, int]) -> InForce:
    found = {kind: session.get_one(models.Policy, policy_id).definition for kind, policy_id in ids.items()}
    written = Policies.model_validate({kind: found[kind] for kind in POLICIES})
    return InForce(written, compile_funnel(written.funnel), found.get(NOTES, {}), versions)


def program(session: Session, version_id: int) -> Program:
    """Return a version of a campaign as a program; NotFound where there is no such version."""
    return _kept(session, ("program", version_id), lambda: _program(session, version_id))


def _program(session: Session, version_id: int) -> Program:
    row = _version(session, version_id)
    fields = _fields_at(session, row.applied_at)
    return compile_program(campaign_of(row.definition), leads.schema(fields))


def campaign_of(definition: Mapping[str, Any]) -> Campaign:
    """Return the campaign that a version stores; its tests are of the file, and not of what runs."""
    such = {key: each for key, each in definition.items() if key != "tests"}
    return Campaign.model_validate(experiments.without_usual(such))  # older versions store all of them


def _fields_at(session: Session, at: datetime) -> Mapping[str, str]:
    """Return the fields that funnel.yaml declared then: a version keeps meaning what it meant."""
    definition = session.scalar(
        select(models.Policy.definition)
        .where(models.Policy.kind == "funnel", models.Policy.applied_at <= at)
        .order_by(models.Policy.version.desc())
        .limit(1)
    )
    return Funnel.model_validate(definition).fields if definition else {}


def templates(session: Session, version_id: int) -> Mapping[str, str]:
    """Return the templates that were stored with a version, by name with ending."""
    return _kept(session, ("templates", version_id), lambda: _templates(session, version_id))


def _templates(session: Session, version_id: int) -> Mapping[str, str]:
    return cast("dict[str, str]", _version(session, version_id).templates)


def _version(session: Session, version_id: int) -> models.CampaignVersion:
    row = session.get(models.CampaignVersion, version_id)
    if row is None:
        raise NotFound(f"there is no version {version_id} of a campaign")
    return row


def names(session: Session) -> Mapping[int, str]:
    """Return the names of all campaigns by id."""
    return {row.id: row.name for row in session.execute(select(models.Campaign.id, models.Campaign.name))}


# -- what is kept, as rows of policies and versions never change -----------------------------------

_stores: WeakKeyDictionary[Pool, dict[Hashable, Any]] = WeakKeyDictionary()
_lock = threading.Lock()


def _kept(session: Session, key: Hashable, make: Callable[[], Value]) -> Value:
    """Return what `make` once made for this key of this database."""
    if UNCOMMITTED in session.info:
        return make()
    pool = session.get_bind().engine.pool  # one for all sessions of a database
    with _lock:
        store = _stores.setdefault(pool, {})
    if key not in store:
        value = make()
        if len(store) >= MOST_KEPT:
            store.clear()
        store[key] = value
        return value
    return cast(Value, store[key])
