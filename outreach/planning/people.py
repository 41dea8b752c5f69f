"""Counts what a changed campaign would do to people: who stands where, enters, leaves, gets a mail twice or never."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, False_, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from outreach import entries, models
from outreach.db import among
from outreach.domain import differences, in_flight, sequence
from outreach.domain.campaign import EmailStep
from outreach.domain.sequence import FUNNEL_ORDER, Program
from outreach.domain.words import Kind, MessageStatus, Stage, Verdict
from outreach.planning.movements import LIVE, Group, Version
from outreach.planning.plan import Count, Stand

ON_THE_WAY = (MessageStatus.QUEUED, MessageStatus.CLAIMED)
GIVEN = (MessageStatus.TRANSMITTING, MessageStatus.ACCEPTED, MessageStatus.UNKNOWN)


def stands(groups: Sequence[Group]) -> tuple[Stand, ...]:
    """Return where leads stand and would stand, in words; groups that read the same are one."""
    found: Counter[tuple[int, str, int, str]] = Counter()
    for each in groups:
        to = each.to or each.old
        words = differences.where(to.program, each.to_node) if each.to else ""
        found[each.old.number, differences.where(each.old.program, each.node), to.number, words] += each.leads
    return tuple(Stand(number, at, leads, to, words) for (number, at, to, words), leads in found.items())


# -- mails that come twice or never --------------------------------------------------------------------


def never(groups: Sequence[Group], newest: Version) -> Iterator[Count]:
    """Yield the mails that leads in flight would have got or could get, and will not."""
    missed: Counter[str] = Counter()
    for each in groups:
        for what in _missed(each) if each.to else _not_for_them(each, newest):
            missed[what] += each.leads
    yield from (Count(what, count) for what, count in missed.items())


def _not_for_them(group: Group, newest: Version) -> Iterator[str]:
    if group.old.id != newest.id:
        for node in _added(in_flight.pair(group.old.program, newest.program).nodes, newest.program):
            yield f"{_mail(newest.program, node)}: they finish on version {group.old.number}"


def _missed(group: Group) -> Iterator[str]:
    assert group.to is not None
    old, new = group.old.program, group.to.program
    ahead = in_flight.ahead(new, group.to_node)
    for node in _added(group.pairing.nodes, new):
        if node not in ahead:
            yield f"{_mail(new, node)}: added before where they stand"
    for node in sorted(in_flight.ahead(old, group.node)):
        if node not in group.pairing.nodes and isinstance(old.nodes[node].step, EmailStep):
            yield f"{_mail(old, node)}: removed"


def _added(nodes: Mapping[int, int], new: Program) -> Iterator[int]:
    there = set(nodes.values())
    for number, node in enumerate(new.nodes):
        if number not in there and isinstance(node.step, EmailStep):
            yield number


def _mail(program: Program, node: int) -> str:
    return differences.words(program.nodes[node].step)


def twice(session: Session, groups: Sequence[Group]) -> Iterator[Count]:
    """Yield the mails that leads in flight would get once more, as another step sends what they got already."""
    yield from _got_already(session, groups, lambda each: (each.is_repeat, "they got {} already"))


def passed_by(session: Session, groups: Sequence[Group]) -> Iterator[Count]:
    """Yield the mails that leads in flight will not get, as they got the same as another step."""
    yield from _got_already(
        session, groups, lambda each: (each.is_passed, "not a second time {}, which they got as another step")
    )


@dataclass(frozen=True)
class _Coming:
    """A mail that leads of a group may come to, and one template of it."""

    group: Group
    node: int
    template: str

    @property
    def _to(self) -> Program:
        return self.group.to.program if self.group.to else self.group.old.program

    def _before(self) -> tuple[bool, frozenset[str]]:
        """Return whether the step sent the template in the old version too, and which steps before it did."""
        old = self.group.old.program
        same = [node for node, other in self.group.pairing.nodes.items() if other == self.node]
        sent = [node for node in same if self.template in _templates(old, node)]
        return bool(sent), sequence.repeated(old, sent[0], self.template) if sent else frozenset()

    @property
    def is_repeat(self) -> ColumnElement[bool]:
        """Which other mails are the same one that it sends all the same."""
        message, enrollment = models.Message, models.Enrollment
        is_old, repeats = self._before()
        meant = sequence.repeated(self._to, self.node, self.template)
        if not is_old:
            return or_(message.enrollment_id != enrollment.id, message.step.in_(meant))
        renamed = self.group.pairing.renamed
        added = meant - {renamed.get(name, name) for name in repeats}
        return and_(message.enrollment_id == enrollment.id, message.step.in_(added)) if added else false()

    @property
    def is_passed(self) -> ColumnElement[bool]:
        """Which other mails are the same one, so that it is not sent: by the rule of `sequence.sent_before`."""
        message = models.Message
        if self._before()[0]:
            return false()
        meant = sequence.repeated(self._to, self.node, self.template)
        return and_(message.enrollment_id == models.Enrollment.id, message.step.not_in(meant))


def _got_already(
    session: Session, groups: Sequence[Group], asked: Callable[[_Coming], tuple[ColumnElement[bool], str]]
) -> Iterator[Count]:
    again: Counter[str] = Counter()
    for each in groups:
        if each.to is None:
            continue
        new = each.to.program
        for node in sorted(in_flight.ahead(new, each.to_node)):
            for template in sorted(set(_templates(new, node))):
                same, words = asked(_Coming(each, node, template))
                if count := _got(session, each.such, new.nodes[node].id, template, same):
                    again[f"{_mail(new, node)}: {words.format(template)}"] += count
    yield from (Count(what, count) for what, count in again.items())


def _templates(program: Program, node: int) -> tuple[str, ...]:
    step = program.nodes[node].step
    return step.templates if isinstance(step, EmailStep) else ()


def _got(
    session: Session, such: ColumnElement[bool], name: str, template: str, same: ColumnElement[bool]
) -> int:
    """Return how many of them got the template as such another mail, and have none as step `name`."""
    if isinstance(same, False_):
        return 0
    message, enrollment, own = models.Message, models.Enrollment, aliased(models.Message)
    count = (
        select(func.count(enrollment.id.distinct()))
        .join(message, enrollment.lead_id == message.lead_id)
        .where(such, message.template == template, message.status.in_(GIVEN), same)
        .where(~exists().where(own.enrollment_id == enrollment.id, own.step == name))
    )
    return session.scalar(count) or 0


def got_before(session: Session, lead_ids: Sequence[int], program: Program) -> Iterator[Count]:
    """Yield the mails of the campaign that leads who enter it got before, from another one."""
    names = {template for node in range(len(program.nodes)) for template in _templates(program, node)}
    message = models.Message
    if not lead_ids or not names:
        return
    for template, count in session.execute(
        select(message.template, func.count(message.lead_id.distinct()))
        .where(
            message.template.in_(names),
            message.status.in_(GIVEN),
            among(session, message.lead_id, lead_ids),
        )
        .group_by(message.template)
        .order_by(message.template)
    ):
        yield Count(f"{template}: they enter, and got it in another campaign", count)


# -- who leaves ----------------------------------------------------------------------------------------


def leave(session: Session, groups: Sequence[Group]) -> Iterator[Count]:
    """Yield those who would leave at the next look: by the new stages, or by what now ends the campaign."""
    gone: Counter[str] = Counter()
    for each in groups:
        if each.to is not None:
            for why, count in _leaving(session, each, each.to.program):
                gone[why] += count
    yield from (Count(why, count) for why, count in gone.items())


def _leaving(session: Session, group: Group, new: Program) -> Iterator[tuple[str, int]]:
    campaign, old = new.campaign, group.old.program.campaign
    lead, enrollment, event = models.Lead, models.Enrollment, models.Event
    if set(campaign.audience.stage) != set(old.audience.stage) or campaign.goal != old.goal:
        rows = session.execute(
            select(lead.stage, func.count())
            .join(enrollment, enrollment.lead_id == lead.id)
            .where(group.such, lead.stage.not_in(campaign.audience.stage))
            .group_by(lead.stage)
        )
        for stage, count in rows:
            yield _out(stage, campaign.goal), count
    added = campaign.stops - old.stops
    if added:
        happened = exists().where(
            event.lead_id == enrollment.lead_id,
            event.kind.in_([str(kind) for kind in added if kind != Kind.BOUNCED]),
            event.at >= enrollment.entered_at,
            event.verdict.in_([Verdict.HUMAN, Verdict.UNKNOWN]),
        )
        count = session.scalar(select(func.count(enrollment.id)).where(group.such, happened)) or 0
        if count:
            yield f"{' or '.join(sorted(added))}, which now ends it", count


def _out(stage: str, goal: Stage | None) -> str:
    order = [str(each) for each in FUNNEL_ORDER]
    reached = goal is not None and stage in order and order.index(stage) >= order.index(goal)
    return f"{stage}, which is the goal now" if reached else f"{stage}, who are not in the audience any more"


def no_longer_fit(session: Session, campaign_id: int, new: Program, custom: Mapping[str, str]) -> int:
    """Return how many are in the campaign for whom the audience's new condition is not true; they stay."""
    lead, enrollment = models.Lead, models.Enrollment
    outside = and_(enrollment.campaign_id == campaign_id, LIVE, lead.stage.in_(new.campaign.audience.stage))
    fits = entries.in_audience(new, custom)
    return (
        session.scalar(
            select(func.count(enrollment.id))
            .join(lead, lead.id == enrollment.lead_id)
            .where(outside, or_(~fits, fits.is_(None)))
        )
        or 0
    )


# -- mails in the queue --------------------------------------------------------------------------------


def queued(session: Session, groups: Sequence[Group], newest: Version | None) -> tuple[list[Count], int]:
    """Return what becomes of the mails that wait in the queue, and how many of them are dropped."""
    message, enrollment = models.Message, models.Enrollment
    found: Counter[str] = Counter()
    dropped = 0
    for each in groups:
        if newest is not None and each.to is None and each.old.id == newest.id:
            continue
        rows = session.execute(
            select(message.step, func.count())
            .join(enrollment, enrollment.id == message.enrollment_id)
            .where(each.such, message.status.in_(ON_THE_WAY))
            .group_by(message.step)
            .order_by(message.step)
        )
        for step, count in rows:
            is_dropped, words = _becomes(each, step)
            found[words] += count
            dropped += count if is_dropped else 0
    return [Count(words, count) for words, count in found.items()], dropped


def _becomes(group: Group, step: str) -> tuple[bool, str]:
    if group.to is None:
        return False, f"{step}: sent as version {group.old.number} says"
    name = group.pairing.renamed.get(step, step)
    if name in {node.id for node in group.to.program.nodes if isinstance(node.step, EmailStep)}:
        return False, f"{step}: sent as version {group.to.number} says"
    return True, f"{step}: dropped, as its step is gone"


# -- who enters ----------------------------------------------------------------------------------------


def entering(
    session: Session,
    campaign_id: int | None,
    priority: int,
    program: Program,
    custom: Mapping[str, str],
    now: datetime,
) -> list[tuple[int, int | None]]:
    """Return the leads that the campaign would take now, each with the campaign that it would leave for it."""
    lead, enrollment, campaign = models.Lead, models.Enrollment, models.Campaign
    rows = session.execute(
        select(lead.id, enrollment.campaign_id)
        .outerjoin(enrollment, and_(enrollment.lead_id == lead.id, LIVE))
        .outerjoin(campaign, campaign.id == enrollment.campaign_id)
        .where(
            entries.may_enter(campaign_id, program, custom, now),
            or_(enrollment.id.is_(None), campaign.priority < priority),
        )
        .order_by(lead.id)
    )
    return [(lead_id, other) for lead_id, other in rows]
