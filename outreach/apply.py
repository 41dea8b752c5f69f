"""Stores a checked workspace as versions, moves leads in flight where that is the rule, and takes it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach import applied, entries, leads, ledger, models, planning
from outreach.domain.campaign import InFlight
from outreach.domain.words import CampaignStatus
from outreach.errors import InputError
from outreach.planning import APPLY, UNDO, Target, Wanted, edition, moving, plan
from outreach.planning.edition import Base, Piece
from outreach.planning.moving import Moved
from outreach.planning.plan import CHANGED, NEW, SAME, WITHDRAWN, Plan
from outreach.workspace import Workspace

UNCHANGED, ABSENT = SAME, "not in the files"


@dataclass(frozen=True)
class Change:
    """What applying did to one policy or campaign, and the version that holds now."""

    kind: str  # funnel, team, senders, notes, campaign
    name: str
    what: str  # new, changed, unchanged, withdrawn, not in the files
    version: int
    moved: int = 0  # leads in flight that went to another version
    dropped: int = 0  # mails of theirs that are not sent, as their step is gone


def apply(
    session: Session,
    workspace: Workspace,
    now: datetime,
    *,
    in_flight: InFlight | None = None,
    planned: Plan | None = None,
    drift: bool = False,
) -> tuple[Change, ...]:
    """Store what is new or changed as versions that new leads enter on; return what became of each.

    Applying the same twice changes nothing. Campaigns that are not in the files go on running. Comments and layout
    of a file are not a change: what counts is what it says. Leads in flight follow the rule of their campaign, or
    `in_flight`. With `planned` it does just that, and InputError says what has moved on since, of which `drift`
    allows other numbers of leads.
    """
    if planned is not None:
        in_flight = planned.in_flight
    wanted = Wanted(edition.of_files(workspace), in_flight)
    _lock(session)
    base, targets = _begin(session, wanted)
    if planned is not None:
        _compare(session, wanted, planned, now, drift=drift)
    return _carry_out(session, wanted, base, targets, now)


def undo(session: Session, now: datetime, *, in_flight: InFlight | None = None) -> tuple[Change, ...]:
    """Bring back what was in force before the latest apply that is not undone yet; return what became of each.

    As versions of its own, with the content of before. Leads that it moved go back where they stood, unless they
    have gone on: then the rule says where. InputError where there is nothing to undo.
    """
    _lock(session)
    wanted = to_undo(session, in_flight)
    base, targets = _begin(session, wanted)
    return _carry_out(session, wanted, base, targets, now)


def to_undo(session: Session, in_flight: InFlight | None = None) -> Wanted:
    """Return what undoing the latest apply would bring back; InputError where there is nothing to undo."""
    application = models.Application
    undone = select(application.undoes_id).where(application.undoes_id.is_not(None))
    latest = session.scalars(
        select(application)
        .where(application.kind == APPLY, application.id.not_in(undone))
        .order_by(application.id.desc())
        .limit(1)
    ).first()
    if latest is None:
        raise InputError("there is nothing to undo: no apply is on record that is not undone")
    if not latest.changes["base"]:
        raise InputError("there is nothing to undo: before the first apply there was nothing")
    return Wanted(_before(session, latest), in_flight, latest)


def _lock(session: Session) -> None:
    """Lock out other applies: two at once would both take the next version. SQLite lets only one write anyway."""
    session.info[applied.UNCOMMITTED] = True
    session.scalars(select(models.Instance.id).with_for_update()).all()


def _begin(session: Session, wanted: Wanted) -> tuple[Base, list[Target]]:
    """Hold the leads in flight still; return what is in force and what shall become of it."""
    base = edition.in_force(session)
    targets = list(planning.each_campaign(session, base, wanted))
    moving_in = [each.there.id for each in targets if each.there and any(group.to for group in each.groups)]
    if moving_in:
        moving.lock(session, moving_in)
        targets = list(planning.each_campaign(session, base, wanted))
    return base, targets


def _compare(session: Session, wanted: Wanted, planned: Plan, now: datetime, *, drift: bool) -> None:
    found = planning.make(session, wanted, now, deep=False)
    if lines := plan.moved_on(planned, found):
        raise InputError(
            "\n".join(["the plan does not hold any more; make a new one: outreach plan", *lines])
        )
    lines = plan.other_numbers(planned, found)
    if lines and not drift:
        advice = "other leads stand there now than when it was planned; look at a new plan, or allow it: --accept-drift"
        raise InputError("\n".join([advice, *lines]))


# -- what was in force before --------------------------------------------------------------------------


def _before(session: Session, application: models.Application) -> edition.Edition:
    """Return what was in force before an application, where all later ones are undone."""
    base = edition.in_force(session)
    policies = {kind: piece for kind, (_, piece) in base.policies.items()}
    campaigns = {name: each.piece for name, each in base.campaigns.items() if each.piece}
    withdrawn = set()
    for name, version in application.changes["before"].items():
        kind, _, campaign = name.partition(" ")
        if not campaign:
            row = session.scalars(
                select(models.Policy).where(models.Policy.kind == kind, models.Policy.version == version)
            ).one()
            policies[kind] = edition.of_policy(row)
        elif version:
            campaigns[campaign] = _piece(session, base.campaigns[campaign].id, version)
        else:
            campaigns.pop(campaign, None)
            withdrawn.add(campaign)
    return edition.Edition(policies, campaigns, frozenset(withdrawn))


def _piece(session: Session, campaign_id: int, number: int) -> Piece:
    version = models.CampaignVersion
    row = session.scalars(
        select(version).where(version.campaign_id == campaign_id, version.version == number)
    ).one()
    return edition.of_version(row)


# -- doing it ------------------------------------------------------------------------------------------


def _carry_out(
    session: Session, wanted: Wanted, base: Base, targets: Sequence[Target], now: datetime
) -> tuple[Change, ...]:
    changes = list(_policies(session, wanted, base, now))
    touched = [each for each in targets if each.is_touched]
    is_idle = not touched and all(change.what == UNCHANGED for change in changes)
    if is_idle and wanted.undoes is None:  # an undo that finds nothing to take back is one all the same
        return _in_order([*changes, *_untouched(targets, base, wanted)])
    application = _record(session, wanted, base, changes, touched, now)
    changes += [_campaign(session, application, wanted, target, now) for target in touched]
    application.changes = {
        **application.changes,
        "after": _after(changes),
        "last_message": ledger.last(session),
    }
    _look_again(session, changes, touched, now)
    return _in_order([*changes, *_untouched(targets, base, wanted)])


def _in_order(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Return policies first, then campaigns by name, those that are not in the files last."""
    campaigns = [change for change in changes if change.kind == "campaign"]
    others = [change for change in changes if change.kind != "campaign"]
    return (*others, *sorted(campaigns, key=lambda change: (change.what == ABSENT, change.name)))


def _policies(session: Session, wanted: Wanted, base: Base, now: datetime) -> Iterator[Change]:
    for kind, piece in wanted.edition.policies.items():
        version, there = base.policies.get(kind, (0, None))
        if there is not None and there.digest == piece.digest:
            yield Change(kind, kind, UNCHANGED, version)
            continue
        session.add(models.Policy(kind=kind, version=version + 1, digest=piece.digest, source=piece.source,
                                  definition=dict(piece.definition), applied_at=now))  # fmt: skip
        session.flush()
        yield Change(kind, kind, CHANGED if there else NEW, version + 1)


def _untouched(targets: Sequence[Target], base: Base, wanted: Wanted) -> Iterator[Change]:
    for each in targets:
        if not each.is_touched and each.there:
            yield Change("campaign", each.name, UNCHANGED, each.there.version)
    for name in sorted(base.campaigns.keys() - wanted.edition.campaigns.keys() - wanted.edition.withdrawn):
        yield Change("campaign", name, ABSENT, base.campaigns[name].version)


def _record(
    session: Session,
    wanted: Wanted,
    base: Base,
    changes: Sequence[Change],
    touched: Sequence[Target],
    now: datetime,
) -> models.Application:
    """Write down what was in force before, for whoever undoes it."""
    before: dict[str, int] = {
        change.kind: base.policies[change.kind][0] if change.kind in base.policies else 0
        for change in changes
        if change.what != UNCHANGED
    }
    before |= {f"campaign {each.name}": each.there.version if each.there else 0 for each in touched}
    row = models.Application(
        at=now,
        kind=UNDO if wanted.undoes else APPLY,
        undoes_id=wanted.undoes.id if wanted.undoes else None,
        changes={"base": base.versions, "before": before, "digests": wanted.edition.digests},
    )
    session.add(row)
    session.flush()
    return row


def _after(changes: Sequence[Change]) -> dict[str, int]:
    return {
        f"campaign {change.name}" if change.kind == "campaign" else change.kind: change.version
        for change in changes
    }


def _campaign(
    session: Session, application: models.Application, wanted: Wanted, target: Target, now: datetime
) -> Change:
    row = _row(session, target, now)
    if target.what == WITHDRAWN or target.version is None:
        row.version_id = None
        if row.status != CampaignStatus.PAUSED:  # resumed, those who are in it finish
            row.status = CampaignStatus.FINISHED
        session.flush()
        return Change("campaign", target.name, WITHDRAWN, 0)
    version_id = target.version.id or _store(session, row, target, now)
    moved = Moved()
    if any(group.to for group in target.groups):
        moved = moving.carry_out(session, application, target.groups, version_id, now, wanted.undoes)
    return Change("campaign", target.name, target.what, target.version.number, moved.leads, moved.dropped)


def _row(session: Session, target: Target, now: datetime) -> models.Campaign:
    if target.there:
        return session.get_one(models.Campaign, target.there.id)
    row = models.Campaign(name=target.name, priority=0, status=CampaignStatus.RUNNING, created_at=now)
    session.add(row)
    session.flush()
    return row


def _store(session: Session, row: models.Campaign, target: Target, now: datetime) -> int:
    """Add the version that was planned, and put it in force."""
    piece, planned = target.piece, target.version
    assert piece is not None and planned is not None
    version = models.CampaignVersion(
        campaign_id=row.id,
        version=planned.number,
        digest=piece.digest,
        source=piece.source,
        definition=dict(piece.definition),
        templates=dict(piece.templates),
        applied_at=now,
    )
    session.add(version)
    session.flush()
    row.version_id, row.priority = version.id, planned.program.campaign.priority
    if row.status != CampaignStatus.PAUSED:  # somebody paused it: that is theirs to end
        row.status = CampaignStatus.RUNNING
    session.flush()
    return version.id


def _look_again(
    session: Session, changes: Sequence[Change], touched: Sequence[Target], now: datetime
) -> None:
    """Have the leads looked at whom a changed audience or funnel may concern."""
    stages: set[str] = set()
    once: list[str] = []
    for each in touched:
        if each.what != UNCHANGED and each.version is not None:
            campaign = each.version.program.campaign
            stages |= {str(stage) for stage in campaign.audience.stage}
            once += [each.name] if campaign.enter == "once" else []
        elif each.old is not None:  # withdrawn: those whom it had may fit another one
            stages |= {str(stage) for stage in each.old.campaign.audience.stage}
    if stages:
        leads.mark_for_matching(session, stages, now)
    for row in session.scalars(select(models.Campaign).where(models.Campaign.name.in_(once))):
        if row.status == CampaignStatus.RUNNING:
            entries.enter_once(session, row.id, now)
    if any(change.kind == "funnel" and change.what == CHANGED for change in changes):
        leads.mark_for_review(session, now)


# -- looking back --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Applied:
    """One apply or undo: when, what it changed, and how many leads in flight it moved."""

    id: int
    at: datetime
    kind: str
    changed: Mapping[str, tuple[int, int]]  # name -> version before and after
    moved: int
    undone: bool


def history(session: Session) -> list[Applied]:
    """Return what was applied and undone, the latest first."""
    application, moved = models.Application, models.MovedEnrollment
    count = select(func.count()).where(moved.application_id == application.id).scalar_subquery()
    rows: Sequence[Any] = session.execute(select(application, count).order_by(application.id)).all()
    undone = {row.undoes_id for row, _ in rows}
    found = []
    for row, moves in rows:
        after = row.changes["after"]
        changed = {name: (before, after[name]) for name, before in row.changes["before"].items()}
        found.append(Applied(row.id, row.at, row.kind, changed, moves, row.id in undone))
    return found[::-1]
