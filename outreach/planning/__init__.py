"""Says what applying would do before anything moves: what is different, and what that does to how many leads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach import applied, models
from outreach.domain import differences, in_flight, leads
from outreach.domain.campaign import EnterOnEvent, InFlight
from outreach.domain.expressions import Schema
from outreach.domain.funnel import CompiledFunnel, compile_funnel
from outreach.domain.policies import Funnel
from outreach.domain.sequence import Program, compile_program
from outreach.domain.words import CampaignStatus
from outreach.planning import edition, funnel_effect, movements, people, plan
from outreach.planning.edition import Base, Edition, Piece, Standing
from outreach.planning.movements import Group, Version
from outreach.planning.plan import CampaignPlan, People, Plan, PolicyPlan, TemplatePlan

APPLY, UNDO = "apply", "undo"


@dataclass(frozen=True)
class Wanted:
    """What shall be in force, and what becomes of leads in flight. `undoes` is the application that is undone."""

    edition: Edition
    in_flight: InFlight | None = None  # none: as each campaign says
    undoes: models.Application | None = None

    def rule(self, name: str) -> InFlight:
        """Return the rule for the leads in flight of a campaign."""
        piece = self.edition.campaigns.get(name)
        said: InFlight = piece.definition["in_flight"] if piece else "keep"
        return self.in_flight or said


@dataclass(frozen=True)
class Target:
    """One campaign: what there is, what shall be, the version that would be in force, and who goes where."""

    name: str
    what: str  # new, changed, unchanged, withdrawn
    there: Standing | None
    piece: Piece | None
    version: Version | None
    groups: Sequence[Group]
    old: Program | None = None  # of the version in force

    @property
    def is_touched(self) -> bool:
        """Whether anything becomes of the campaign or its leads."""
        return self.what != plan.SAME or any(each.to for each in self.groups)


def make(session: Session | None, wanted: Wanted, now: datetime, *, deep: bool = True) -> Plan:
    """Return what applying `wanted` would do; without a session, to an installation that has no database yet.

    Changes nothing. Not `deep` leaves out what another funnel would do to scores and stages: that takes longest.
    """
    base = edition.in_force(session) if session else edition.NOTHING
    targets = list(each_campaign(session, base, wanted))
    policies = tuple(_policies(session, base, wanted.edition))
    touched = [each for each in targets if each.is_touched]
    counted = _people(session, wanted, touched, now)
    return Plan(
        format=plan.FORMAT,
        outreach=plan.program_version(),
        instance=base.instance,
        made_at=now,
        title=UNDO if wanted.undoes else APPLY,
        in_flight=wanted.in_flight,
        base=base.versions,
        files=wanted.edition.digests,
        policies=policies,
        templates=tuple(_templates(base, wanted.edition)),
        campaigns=tuple(_campaign(each, wanted, counted[each.name]) for each in touched),
        absent=tuple(
            sorted(base.campaigns.keys() - wanted.edition.campaigns.keys() - wanted.edition.withdrawn)
        ),
        funnel=_funnel(session, base, wanted.edition, now) if session and deep else None,
    )


# -- policies and templates ----------------------------------------------------------------------------


def _policies(session: Session | None, base: Base, wanted: Edition) -> Iterator[PolicyPlan]:
    for kind, piece in wanted.policies.items():
        version, there = base.policies.get(kind, (0, None))
        if there is not None and there.digest == piece.digest:
            continue
        if kind == applied.NOTES or there is None:
            found: Sequence[differences.Difference] = ()
        else:
            found = tuple(differences.fields(dict(there.definition), dict(piece.definition)))
        notes = tuple(_left_behind(session, kind, there, piece)) if session and there else ()
        yield PolicyPlan(kind, plan.CHANGED if there else plan.NEW, version + 1, tuple(found), notes)


def _left_behind(session: Session, kind: str, there: Piece, piece: Piece) -> Iterator[str]:
    """Yield whom it concerns that a sender or a rep is gone."""
    enrollment, lead = models.Enrollment, models.Lead
    listed = {"senders": "senders", "team": "reps"}.get(kind)
    if listed is None:
        return
    gone = {each["name"] for each in there.definition[listed]} - {
        each["name"] for each in piece.definition[listed]
    }
    for name in sorted(gone):
        if kind == "senders":
            count = session.scalar(
                select(func.count(enrollment.id)).where(movements.LIVE, enrollment.sender == name)
            )
            yield f"{count} leads in flight have {name}: their mails wait until there is such a sender again"
        else:
            count = session.scalar(select(func.count(lead.id)).where(lead.owner == name))
            yield f"{count} leads are owned by {name}"


def _templates(base: Base, wanted: Edition) -> Iterator[TemplatePlan]:
    """Yield the templates that differ, each once, whatever number of campaigns send it."""
    users: dict[tuple[str, str, str], list[str]] = {}
    for name, piece in wanted.campaigns.items():
        there = base.campaigns.get(name)
        old = there.piece.used if there and there.piece else None
        if old is None:
            continue
        for file in sorted({*old, *piece.used}):
            before, after = old.get(file, ""), piece.used.get(file, "")
            if before != after:
                users.setdefault((file, before, after), []).append(name)
    _, notes = base.policies.get(applied.NOTES, (0, None))
    for file in sorted({*notes.definition, *wanted.policies[applied.NOTES].definition}) if notes else ():
        before = notes.definition.get(file, "") if notes else ""
        after = wanted.policies[applied.NOTES].definition.get(file, "")
        if before != after:
            users.setdefault((file, before, after), [])
    for (file, before, after), names in sorted(users.items()):
        yield TemplatePlan(file, tuple(names), tuple(differences.lines(before, after, file)))


def _funnel(session: Session, base: Base, wanted: Edition, now: datetime) -> plan.FunnelEffect | None:
    there = base.policies.get("funnel")
    piece = wanted.policies["funnel"]
    if there is None or there[1].digest == piece.digest:
        return None
    return funnel_effect.effect(session, _compiled(there[1]), _compiled(piece), now)


def _compiled(piece: Piece) -> CompiledFunnel:
    return compile_funnel(Funnel.model_validate(piece.definition))


# -- campaigns -----------------------------------------------------------------------------------------


def each_campaign(session: Session | None, base: Base, wanted: Wanted) -> Iterator[Target]:
    """Yield every campaign of the edition and those that are withdrawn, with what becomes of each."""
    schema = leads.schema(wanted.edition.fields)
    for name in sorted(wanted.edition.campaigns):
        piece, there = wanted.edition.campaigns[name], base.campaigns.get(name)
        what = _what(there, piece)
        version = _version(session, there, piece, what, schema)
        groups = _groups(session, wanted, name, there, version, what)
        old = applied.program(session, there.version_id) if session and there and there.version_id else None
        yield Target(name, what, there, piece, version, groups, old)
    for name in sorted(wanted.edition.withdrawn):
        there = base.campaigns[name]
        groups = movements.standing(session, name, there.id, None) if session else ()
        yield Target(name, plan.WITHDRAWN, there, None, None, groups)


def _what(there: Standing | None, piece: Piece) -> str:
    if there is None or there.piece is None:
        return plan.NEW
    return plan.SAME if there.piece.digest == piece.digest else plan.CHANGED


def _version(
    session: Session | None, there: Standing | None, piece: Piece, what: str, schema: Schema
) -> Version:
    """Return the version that would be in force."""
    if what == plan.SAME and session and there and there.version_id:
        return Version(there.version, there.version_id, applied.program(session, there.version_id))
    program = compile_program(applied.campaign_of(piece.definition), schema)
    if session is None or there is None:
        return Version(1, None, program)
    version = models.CampaignVersion
    last = session.scalar(select(func.max(version.version)).where(version.campaign_id == there.id)) or 0
    return Version(last + 1, None, program)


def _groups(
    session: Session | None, wanted: Wanted, name: str, there: Standing | None, version: Version, what: str
) -> Sequence[Group]:
    if session is None or there is None:
        return ()
    moves = wanted.rule(name) == "move"
    if wanted.undoes is not None and f"campaign {name}" in wanted.undoes.changes["before"]:
        return _undone(session, wanted.undoes, name, there, version, moves=moves)
    if what == plan.SAME and wanted.in_flight != "move":
        return ()
    return movements.standing(session, name, there.id, version if moves else None)


def _undone(
    session: Session,
    application: models.Application,
    name: str,
    there: Standing,
    version: Version,
    *,
    moves: bool,
) -> Sequence[Group]:
    """Return the groups of an undo: who was moved, then who entered meanwhile, then all others, who stay."""
    moved, enrollment = models.MovedEnrollment, models.Enrollment
    back = movements.back(session, application, name, there.id, version)
    was_moved = (
        select(moved.enrollment_id)
        .where(
            moved.application_id == application.id,
            moved.enrollment_id == enrollment.id,
            moved.to_version_id == enrollment.version_id,
        )
        .exists()
    )
    entered = (enrollment.version_id == there.version_id) & ~was_moved
    since = movements.standing(session, name, there.id, version if moves else None, entered)
    rest = (enrollment.version_id != there.version_id) & ~was_moved
    return [*back, *since, *movements.standing(session, name, there.id, None, rest)]


def _campaign(target: Target, wanted: Wanted, counted: People) -> CampaignPlan:
    there, version, piece = target.there, target.version, target.piece
    found: Sequence[differences.Difference] = ()
    steps: Sequence[differences.StepChange] = ()
    if version is not None and target.what != plan.SAME:
        if target.old is None or piece is None or there is None or there.piece is None:
            steps = differences.all_added(version.program)
        else:
            found = tuple(differences.fields(_head(there.piece), _head(piece)))
            pairing = in_flight.pair(target.old, version.program)
            steps = differences.steps(target.old, version.program, pairing)
    return CampaignPlan(
        target.name,
        target.what,
        there.version if there else 0,
        version.number if version else 0,
        wanted.rule(target.name),
        tuple(found),
        tuple(steps),
        counted,
    )


def _head(piece: Piece) -> dict[str, object]:
    return {key: each for key, each in piece.definition.items() if key != "steps"}


# -- people --------------------------------------------------------------------------------------------


def _people(
    session: Session | None, wanted: Wanted, targets: Sequence[Target], now: datetime
) -> Mapping[str, People]:
    """Return what becomes of people, by campaign: the one of the highest priority takes first, as when they enter."""
    if session is None:
        return {each.name: People(entered=_entry(each)) for each in targets}
    names = applied.names(session)
    taken: set[int] = set()
    found = {}
    for target in sorted(targets, key=lambda each: -_priority(each)):
        entering = [each for each in _entering(session, wanted, target, now) if each[0] not in taken]
        taken |= {lead_id for lead_id, _ in entering}
        left = Counter(names[other] for _, other in entering if other is not None)
        outranked = tuple(plan.Count(name, count) for name, count in sorted(left.items()))
        found[target.name] = _counted(session, wanted, target, [each[0] for each in entering], outranked)
    return found


def _priority(target: Target) -> int:
    return target.version.program.campaign.priority if target.version else -1


def _entry(target: Target) -> str:
    """Return when leads enter the campaign."""
    if target.version is None:
        return "nobody enters any more"
    if target.there and target.there.status == CampaignStatus.PAUSED:
        return "paused: nobody enters before it is resumed"
    entry = target.version.program.campaign.enter
    if isinstance(entry, EnterOnEvent):
        return f"when {entry.event} happens" + (f" ({entry.subject})" if entry.subject else "")
    return "when it is applied" if entry == "once" else "at the next tick"


def _entering(
    session: Session, wanted: Wanted, target: Target, now: datetime
) -> Sequence[tuple[int, int | None]]:
    there, version = target.there, target.version
    paused = there is not None and there.status == CampaignStatus.PAUSED
    if version is None or paused or target.what == plan.SAME:
        return ()
    campaign = version.program.campaign
    if isinstance(campaign.enter, EnterOnEvent):
        return ()
    campaign_id = there.id if there else None
    return people.entering(
        session, campaign_id, campaign.priority, version.program, wanted.edition.fields, now
    )


def _counted(
    session: Session,
    wanted: Wanted,
    target: Target,
    entering: Sequence[int],
    outranked: tuple[plan.Count, ...],
) -> People:
    groups, version = target.groups, target.version
    waiting, dropped = people.queued(session, groups, version)
    notes = []
    if version and target.there and target.what == plan.CHANGED and _asks_otherwise(target):
        count = people.no_longer_fit(session, target.there.id, version.program, wanted.edition.fields)
        if count:
            notes.append(
                f"{count} who are in it do not fit the new condition; they stay: it is asked at the entry"
            )
    again = [*people.twice(session, groups)]
    again += people.got_before(session, entering, version.program) if version else ()
    return People(
        stands=people.stands(groups),
        enters=len(entering),
        entered=_entry(target),
        outranked=outranked,
        leave=tuple(people.leave(session, groups)),
        twice=tuple(again),
        never=(*people.never(groups, version), *people.passed_by(session, groups)) if version else (),
        queued=tuple(waiting),
        dropped=dropped,
        notes=tuple(notes),
    )


def _asks_otherwise(target: Target) -> bool:
    there, piece = target.there, target.piece
    if not (there and there.piece and piece):
        return False
    return bool(there.piece.definition["audience"] != piece.definition["audience"])
