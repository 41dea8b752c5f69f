"""Which leads in flight would go from where to where: groups that plan and apply look at alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, and_, case, exists, func, select, true
from sqlalchemy.orm import Session, aliased

from outreach import applied, entries, models
from outreach.domain import in_flight
from outreach.domain.in_flight import Pairing
from outreach.domain.sequence import Program

LIVE = models.Enrollment.status.in_(entries.LIVE)


@dataclass(frozen=True)
class Version:
    """A version of a campaign; without id as long as it is only planned."""

    number: int
    id: int | None
    program: Program


@dataclass(frozen=True)
class Group:
    """Leads in flight that stand at one step, and where they go; no `to`: they stay. `such` finds them."""

    campaign: str
    leads: int
    old: Version
    node: int
    such: ColumnElement[bool]
    to: Version | None = None
    to_node: int = 0
    pairing: Pairing = field(default_factory=lambda: Pairing({}, {}))


def versions(session: Session, campaign_id: int) -> dict[int, Version]:
    """Return the versions of a campaign that somebody is on, by id."""
    version, enrollment = models.CampaignVersion, models.Enrollment
    used = select(enrollment.version_id).where(enrollment.campaign_id == campaign_id, LIVE).distinct()
    rows = session.execute(select(version.id, version.version).where(version.id.in_(used))).all()
    return {row.id: Version(row.version, row.id, applied.program(session, row.id)) for row in rows}


def standing(
    session: Session,
    campaign: str,
    campaign_id: int,
    to: Version | None,
    who: ColumnElement[bool] | None = None,
) -> list[Group]:
    """Return where the leads in flight stand and, with `to`, where they would go there by the rule."""
    known = versions(session, campaign_id)
    pairings = {
        each.id: in_flight.pair(each.program, to.program)
        for each in known.values()
        if to and each.id != to.id
    }
    groups = []
    for version_id, node, has_begun, leads in _counted(session, campaign_id, who):
        old, pairing = known[version_id], pairings.get(version_id)
        such = and_(*_stand(campaign_id, version_id, node, bool(has_begun)), true() if who is None else who)
        if to is None or pairing is None:
            groups.append(Group(campaign, leads, old, node, such))
            continue
        there = in_flight.landing(old.program, node, to.program, pairing.nodes, has_begun=bool(has_begun))
        groups.append(Group(campaign, leads, old, node, such, to, there, pairing))
    return groups


def _has_mail() -> ColumnElement[bool]:
    message = aliased(models.Message)  # a name of its own: whoever counts mails asks for these leads too
    return exists().where(message.enrollment_id == models.Enrollment.id)


def _counted(
    session: Session, campaign_id: int, who: ColumnElement[bool] | None
) -> Iterator[tuple[int, int, int, int]]:
    enrollment = models.Enrollment
    has_begun = case((enrollment.node > 0, 1), (_has_mail(), 1), else_=0).label("has_begun")
    found = (
        select(enrollment.version_id, enrollment.node, has_begun)
        .where(enrollment.campaign_id == campaign_id, LIVE, true() if who is None else who)
        .subquery()
    )
    for row in session.execute(
        select(found.c.version_id, found.c.node, found.c.has_begun, func.count())
        .group_by(found.c.version_id, found.c.node, found.c.has_begun)
        .order_by(found.c.version_id, found.c.node, found.c.has_begun)
    ):
        yield row[0], row[1], row[2], row[3]


def _stand(campaign_id: int, version_id: int, node: int, has_begun: bool) -> Sequence[ColumnElement[bool]]:
    enrollment = models.Enrollment
    here = [
        enrollment.campaign_id == campaign_id, LIVE, enrollment.version_id == version_id, enrollment.node == node
    ]  # fmt: skip
    if node == 0:
        here.append(_has_mail() if has_begun else ~_has_mail())
    return here


# -- back to where they stood --------------------------------------------------------------------------


def back(
    session: Session, application: models.Application, campaign: str, campaign_id: int, to: Version | None
) -> list[Group]:
    """Return the groups of an undo: those whom the application moved go back where they stood.

    Those that have gone on since, by a mail or to another step, go `to` the version that is in force then, by the
    rule; without one they stay.
    """
    moved, enrollment = models.MovedEnrollment, models.Enrollment
    known = versions(session, campaign_id) | _before(session, application, campaign_id)
    groups = []
    theirs = and_(moved.application_id == application.id, moved.enrollment_id == enrollment.id)
    waits = and_(
        theirs, moved.to_version_id == enrollment.version_id, moved.to_node == enrollment.node, ~_mailed_since(application)
    )  # fmt: skip
    place = (moved.from_version_id, moved.from_node, moved.to_version_id, moved.to_node)
    for *where, leads in session.execute(
        select(*place, func.count())
        .join(enrollment, waits)
        .where(enrollment.campaign_id == campaign_id, LIVE)
        .group_by(*place)
        .order_by(*place)
    ):
        there = and_(*(column == value for column, value in zip(place, where, strict=True)))
        such = and_(enrollment.campaign_id == campaign_id, LIVE, exists().where(waits, there))
        old, new = known[where[2]], known[where[0]]
        pairing = in_flight.pair(old.program, new.program)
        groups.append(Group(campaign, leads, old, where[3], such, new, where[1], pairing))
    went_on = and_(
        exists().where(theirs, moved.to_version_id == enrollment.version_id), ~exists().where(waits)
    )
    return groups + (standing(session, campaign, campaign_id, to, went_on) if to else [])


def _mailed_since(application: models.Application) -> ColumnElement[bool]:
    message = aliased(models.Message)
    last = application.changes["last_message"]
    return exists().where(message.enrollment_id == models.Enrollment.id, message.id > last)


def _before(session: Session, application: models.Application, campaign_id: int) -> dict[int, Version]:
    version, moved = models.CampaignVersion, models.MovedEnrollment
    used = select(moved.from_version_id).where(moved.application_id == application.id).distinct()
    rows = session.execute(
        select(version.id, version.version).where(version.id.in_(used), version.campaign_id == campaign_id)
    ).all()
    return {row.id: Version(row.version, row.id, applied.program(session, row.id)) for row in rows}
