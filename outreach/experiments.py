"""Reads what experiments showed: who was in which arm, what came of it, and what that means for those who come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import get_close_matches
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from outreach import allocations, applied, models
from outreach.allocations import Allocation
from outreach.db import among
from outreach.domain import experiment_words, thompson
from outreach.domain import experiments as assignment
from outreach.domain.experiment_results import Results, Unit, results
from outreach.domain.experiment_words import Verdict
from outreach.domain.experiments import HOLD_OUT, Design
from outreach.domain.sequence import Program
from outreach.domain.variants import kind_of, stages_from
from outreach.domain.words import CampaignStatus, MessageStatus
from outreach.domain.words import Verdict as Who
from outreach.errors import NotFound

EVERY = timedelta(days=1)
"""How often results decide the shares anew."""


@dataclass(frozen=True)
class Shown:
    """One experiment of one campaign with what it showed so far; the results count `versions` of the campaign."""

    campaign: str
    name: str
    versions: tuple[int, ...]
    results: Results
    verdict: Verdict
    sentence: str


@dataclass(frozen=True)
class _Place:
    """An experiment with the campaign's versions in which it is designed like this."""

    campaign_id: int
    campaign: str
    program: Program
    design: Design
    versions: Mapping[int, tuple[int, datetime]]  # id -> number, applied_at


def listed(session: Session, now: datetime) -> tuple[Shown, ...]:
    """Return all experiments of the versions in force, by campaign."""
    return tuple(_shown(session, place, now) for place in _places(session))


def show(session: Session, campaign: str, name: str | None, now: datetime) -> tuple[Shown, ...]:
    """Return the experiments of a campaign, or the one of that name; NotFound says which there are."""
    names = sorted(applied.names(session).values())
    if campaign not in names:
        raise NotFound(f"no campaign has the name {campaign}; {_meant(campaign, names)}")
    found = [place for place in _places(session, campaign) if name in (None, place.design.name)]
    if not found:
        there = sorted(place.design.name for place in _places(session, campaign))
        if name is None or not there:
            raise NotFound(f"{campaign} has no experiment: no step has variants, and nobody is held out")
        raise NotFound(f"{campaign} has no experiment {name}; {_meant(name, there)}")
    return tuple(_shown(session, place, now) for place in found)


def _meant(word: str, there: Sequence[str]) -> str:
    close = get_close_matches(word, there, 1)
    return f"did you mean {close[0]}?" if close else f"there are {', '.join(there) or 'none'}"


def reallocated(session: Session, now: datetime) -> tuple[Allocation, ...]:
    """Return the shares of variants by results so far, where a campaign wants that and they are a day old.

    They hold from when `allocations.write` writes them: who enters then gets by them, and keeps what they gave.
    """
    changed = []
    for place in _places(session, status=CampaignStatus.RUNNING, method=allocations.THOMPSON):
        last = allocations.last_at(session, place.campaign_id, place.design)
        if last is not None and now < last + EVERY:
            continue
        found = _results(session, place, now)
        counts = [(arm.conversions, arm.leads) for arm in found.arms]
        shares = thompson.allocate(counts)
        changed.append(Allocation(place.campaign_id, place.design, shares, tuple(counts)))
    return tuple(changed)


# -- which experiments there are -------------------------------------------------------------------


def _places(
    session: Session, name: str | None = None, status: str | None = None, method: str | None = None
) -> Iterator[_Place]:
    campaign = models.Campaign
    rows = session.execute(
        select(campaign.id, campaign.name, campaign.version_id)
        .where(
            campaign.version_id.is_not(None),
            *([campaign.name == name] if name else []),
            *([campaign.status == status] if status else []),
        )
        .order_by(campaign.name)
    ).all()
    for campaign_id, campaign_name, version_id in rows:
        if version_id is None:
            continue
        program = applied.program(session, version_id)
        for design in allocations.designs_of(program):
            if method not in (None, design.method):
                continue
            versions = _versions(session, campaign_id, version_id, design)
            yield _Place(campaign_id, campaign_name, program, design, versions)


def _versions(
    session: Session, campaign_id: int, version_id: int, design: Design
) -> dict[int, tuple[int, datetime]]:
    """Return the versions in which the experiment is the same: its design, and where templates differ, their texts."""
    version = models.CampaignVersion
    rows = session.execute(
        select(version.id, version.version, version.applied_at).where(version.campaign_id == campaign_id)
    )
    texts = _texts(session, version_id, design)
    return {
        row.id: (row.version, row.applied_at)
        for row in rows
        if design in allocations.designs_of(applied.program(session, row.id))
        and _texts(session, row.id, design) == texts
    }


def _texts(session: Session, version_id: int, design: Design) -> dict[str, str]:
    if design.what != "email":
        return {}
    templates = applied.templates(session, version_id)
    return {name: text for name, text in templates.items() if name.rpartition(".")[0] in design.arms}


def _shown(session: Session, place: _Place, now: datetime) -> Shown:
    found = _results(session, place, now)
    numbers = tuple(sorted(number for number, _ in place.versions.values()))
    return Shown(place.campaign, place.design.name, numbers, found, *experiment_words.verdict(found))


# -- who was in which arm, and what came of it -----------------------------------------------------


@dataclass(frozen=True)
class _Begun:
    lead_id: int
    message_id: int | None
    arm: int
    at: datetime
    entered_at: datetime
    stratum: str


def _results(session: Session, place: _Place, now: datetime) -> Results:
    design = place.design
    begun = list(_first_of_each(_mails(session, place) if design.is_of_mails else _entered(session, place)))
    since = min((each.at for each in begun), default=now)
    met = _met(session, place, since)
    within = design.within.about()
    held = [(None, design.shares), *allocations.history(session, place.campaign_id, design)]
    units = [
        Unit(
            each.lead_id,
            each.arm,
            each.at,
            _shares_at(held, each.entered_at),
            each.stratum,
            any(each.at <= at <= each.at + within for at in met.get(_key(design, each), ())),
        )
        for each in begun
    ]
    return results(design, units, held[-1][1], now)


def _shares_at(held: Sequence[tuple[datetime | None, tuple[float, ...]]], at: datetime) -> tuple[float, ...]:
    return next(shares for since, shares in reversed(held) if since is None or since <= at)


def _key(design: Design, begun: _Begun) -> int | None:
    """Return what the events are looked up by: a click is of one mail, everything else of the lead."""
    return begun.message_id if _is_of_the_mail(design) else begun.lead_id


def _is_of_the_mail(design: Design) -> bool:
    return design.is_of_mails and design.measure == "clicked"


def _first_of_each(begun: Iterator[_Begun]) -> Iterator[_Begun]:
    """Leave out those that a lead was in once more: what it does again says nothing new of the arms."""
    seen: set[int] = set()
    for each in begun:
        if each.lead_id not in seen:
            seen.add(each.lead_id)
            yield each


def _mails(session: Session, place: _Place) -> Iterator[_Begun]:
    message, enrollment = models.Message, models.Enrollment
    rows = _with_strata(
        select(
            message.lead_id, message.id, message.variant, message.outcome_at, enrollment.entered_at,
            *_strata(place.design, enrollment.sender),
        ).join(enrollment, enrollment.id == message.enrollment_id),
        message.lead_id,
    ).where(
        message.campaign_id == place.campaign_id,
        message.step == place.design.name,
        message.status == MessageStatus.ACCEPTED,
        message.variant < len(place.design.arms),  # none has none
        among(session, message.version_id, list(place.versions)),
    )  # fmt: skip
    for lead_id, message_id, variant, at, entered_at, *strata in session.execute(
        rows.order_by(message.outcome_at, message.id)
    ):
        yield _Begun(lead_id, message_id, variant, at, entered_at, _stratum(strata))


def _entered(session: Session, place: _Place) -> Iterator[_Begun]:
    """Yield everybody who entered: in which arm is a hash, whether or not they came to the step."""
    enrollment, version = models.Enrollment, models.CampaignVersion
    rows = _with_strata(
        select(
            enrollment.lead_id, enrollment.entered_at, *_strata(place.design, enrollment.sender)
        ).join(version, version.id == enrollment.version_id),
        enrollment.lead_id,
    ).where(
        enrollment.campaign_id == place.campaign_id,
        among(session, enrollment.version_id, list(place.versions)),
        enrollment.entered_at >= version.applied_at,  # those moved here from an older version were not in it
    )  # fmt: skip
    held = allocations.history(session, place.campaign_id, place.design)
    for lead_id, at, *strata in session.execute(rows.order_by(enrollment.entered_at, enrollment.id)):
        arm = _arm(place, lead_id, at, held)
        if arm is not None:
            yield _Begun(lead_id, None, arm, at, at, _stratum(strata))


def _arm(
    place: _Place, lead_id: int, at: datetime, held: Sequence[tuple[datetime, tuple[float, ...]]]
) -> int | None:
    campaign, name = place.program.campaign, place.design.name
    is_held_out = assignment.is_held_out(campaign, lead_id)
    if name == HOLD_OUT:
        return 0 if is_held_out else 1
    if is_held_out:
        return None
    step = next(node.step for node in place.program.nodes if node.id == name)
    shares = {name: _shares_at([(None, place.design.shares), *held], at)}
    return assignment.arm(campaign, name, step, lead_id, shares)


def _strata(design: Design, sender: Any) -> list[Any]:
    return [sender if name == "sender" else getattr(models.Lead, name) for name in design.stratify]


def _with_strata(rows: Select[Any], lead_id: Any) -> Select[Any]:
    return rows.join(models.Lead, models.Lead.id == lead_id)


def _stratum(values: Sequence[str | None]) -> str:
    return ", ".join(value or "-" for value in values)


def _met(session: Session, place: _Place, since: datetime) -> Mapping[int | None, list[datetime]]:
    """Return when people met the measure, by lead, or by mail where it is of one."""
    event, design = models.Event, place.design
    stages = stages_from(design.measure)
    such: list[ColumnElement[bool]] = [event.subject.in_([str(each) for each in stages])] if stages else []
    by_mail = _is_of_the_mail(design)
    rows = session.execute(
        select(event.message_id if by_mail else event.lead_id, event.at).where(
            event.kind == kind_of(design.measure), event.at >= since, event.verdict == Who.HUMAN, *such
        )
    )
    found: dict[int | None, list[datetime]] = {}
    for key, at in rows:
        found.setdefault(key, []).append(at)
    return found
