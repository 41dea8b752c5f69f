"""Explains a lead: why it has its stage, score and temperature, why each mail went or did not, and what is next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from outreach import applied, enrollments, entries, leads, ledger, models
from outreach.applied import InForce
from outreach.domain import scoring, sequence, temperature, windows
from outreach.domain.campaign import EnterOnEvent
from outreach.domain.expressions import evaluate
from outreach.domain.facts import Facts
from outreach.domain.leads import facts
from outreach.domain.words import EnrollmentStatus, HandoffStatus, Kind, MessageStatus


@dataclass(frozen=True)
class Reason:
    """What is so, since when, and the lines that show why."""

    what: str
    since_at: datetime | None
    because: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class MailLine:
    """One mail of the ledger: sent, or not and why."""

    id: int
    campaign: str
    step: str
    template: str
    status: str
    at: datetime
    why: str
    subject: str | None


@dataclass(frozen=True)
class Next:
    """What happens next by itself, and when; no time: only when something else happens first."""

    what: str
    at: datetime | None
    why: str


@dataclass(frozen=True)
class Happening:
    """One line of the lead's history."""

    at: datetime
    kind: str
    what: str
    verdict: str


@dataclass(frozen=True)
class Explanation:
    """Everything that can be said of a lead at one time."""

    lead_id: int
    email: str
    name: str
    source: str
    consent: str
    owner: str | None
    zone: str
    stage: Reason
    score: Reason
    temperature: Reason
    held: tuple[str, ...]  # what forbids or delays every mail
    campaigns: tuple[Reason, ...]
    mails: tuple[MailLine, ...]
    next: tuple[Next, ...]
    history: tuple[Happening, ...]


def explain(session: Session, email: str, now: datetime) -> Explanation:
    """Return the explanation of the lead with this address; NotFound where there is none. Changes nothing."""
    in_force = applied.policies(session)
    row = leads.find(session, email)
    pasts = leads.pasts(session, [row.id])[row.id]
    events = session.scalars(
        select(models.Event).where(models.Event.lead_id == row.id).order_by(models.Event.at, models.Event.id)
    ).all()
    organisation = in_force.policies.senders.organisation
    return Explanation(
        lead_id=row.id,
        email=row.email,
        name=" ".join(part for part in (row.first_name, row.last_name) if part),
        source=" ".join(part for part in (row.source, row.source_detail) if part),
        consent=row.consent,
        owner=row.owner,
        zone=windows.zone(row.timezone, organisation.timezone).key,
        stage=_stage(row, events),
        score=_score(row, pasts, in_force, now),
        temperature=_temperature(row, in_force, now),
        held=_held(session, row, now),
        campaigns=_campaigns(session, row),
        mails=_mails(session, row),
        next=tuple(_next(session, row, pasts, in_force, now)),
        history=tuple(_happening(event) for event in events),
    )


def _stage(row: models.Lead, events: Sequence[models.Event]) -> Reason:
    moves = [event for event in events if event.kind == Kind.STAGE_CHANGED]
    if not moves:
        return Reason(row.stage, row.stage_at, f"entered as {row.stage} from {row.source}")
    last = moves[-1].data
    because = f"from {last.get('from')}: {last.get('because')}"
    return Reason(row.stage, row.stage_at, because, tuple(last.get("evidence", ())))


def _score(row: models.Lead, pasts: Sequence[leads.Past], in_force: InForce, now: datetime) -> Reason:
    seen = facts(leads.snapshot(row), leads.happened(pasts))
    score = scoring.score(in_force.funnel.funnel.scoring, in_force.funnel.fit, leads.scored(pasts), seen, now)
    lines = tuple(
        f"{part.points_now:+.1f} {part.because}"
        + (f" on {part.at:%d %b %Y} (was {part.points:+g})" if part.at else "")
        for part in score.contributions
    )
    because = "what the lead did, fading, and what it is" if lines else "nothing yet that earns points"
    return Reason(f"{score.total:.1f}", None, because, lines)


def _temperature(row: models.Lead, in_force: InForce, now: datetime) -> Reason:
    word, changes_at = temperature.temperature(in_force.funnel.funnel.temperature, row.purchase_at, now)
    if row.purchase_at is None:
        return Reason(word, None, "no time of purchase is stated")
    change = (f"changes on {changes_at:%d %b %Y}",) if changes_at else ()
    return Reason(word, None, f"means to buy by {row.purchase_at:%d %b %Y}", change)


def _held(session: Session, row: models.Lead, now: datetime) -> tuple[str, ...]:
    suppression = session.scalar(
        select(models.Suppression).where(models.Suppression.address_hash == row.address_hash)
    )
    lines = []
    if suppression is not None and (suppression.until is None or suppression.until > now):
        until = f" until {suppression.until:%d %b %Y}" if suppression.until else " for good"
        lines.append(f"suppressed{until}: {suppression.reason}")
    if row.quiet_at is not None and row.return_at is not None:
        lines.append(f"asked for time on {row.quiet_at:%d %b %Y}: nothing before {row.return_at:%d %b %Y}")
    elif row.quiet_at is not None:
        lines.append(f"replied on {row.quiet_at:%d %b %Y}: left to a person; outreach lead resume ends that")
    if row.hold_until is not None and row.hold_until > now:
        lines.append(f"away, or mails do not arrive: nothing before {row.hold_until:%d %b %Y %H:%M} UTC")
    return tuple(lines)


def _campaigns(session: Session, row: models.Lead) -> tuple[Reason, ...]:
    enrollment, campaign = models.Enrollment, models.Campaign
    rows = session.execute(
        select(enrollment, campaign.name)
        .join(campaign, campaign.id == enrollment.campaign_id)
        .where(enrollment.lead_id == row.id)
        .order_by(enrollment.entered_at, enrollment.id)
    )
    return tuple(Reason(name, each.entered_at, f"{each.status}: {each.reason or ''}") for each, name in rows)


def _mails(session: Session, row: models.Lead) -> tuple[MailLine, ...]:
    message, campaign = models.Message, models.Campaign
    rows = session.execute(
        select(message, campaign.name)
        .join(campaign, campaign.id == message.campaign_id)
        .where(message.lead_id == row.id)
        .order_by(message.queued_at, message.id)
    )
    return tuple(_mail(each, name) for each, name in rows)


def _mail(message: models.Message, campaign: str) -> MailLine:
    why = ": ".join(part for part in (message.reason, message.detail) if part)
    return MailLine(
        message.id,
        campaign,
        message.step,
        message.template,
        message.status,
        message.outcome_at or message.due_at or message.queued_at,
        why or ("the server took it" if message.status == MessageStatus.ACCEPTED else ""),
        message.subject,
    )


def _happening(event: models.Event) -> Happening:
    what = " ".join(part for part in (event.subject, event.detail) if part)
    return Happening(event.at, event.kind, what, event.verdict)


# -- what is next ----------------------------------------------------------------------------------


def _next(
    session: Session, row: models.Lead, pasts: Sequence[leads.Past], in_force: InForce, now: datetime
) -> list[Next]:
    live = session.scalar(
        select(models.Enrollment).where(
            models.Enrollment.lead_id == row.id,
            models.Enrollment.status.in_([EnrollmentStatus.ACTIVE, EnrollmentStatus.PAUSED]),
        )
    )
    found = [_next_step(session, live, row, pasts, in_force, now)] if live else []
    if row.return_at is not None:
        found.append(
            Next(f"comes back as {row.return_to}", row.return_at, f"angle {row.angle or 'as before'}")
        )
    _, changes_at = temperature.temperature(in_force.funnel.funnel.temperature, row.purchase_at, now)
    if changes_at is not None:
        found.append(Next("temperature changes", changes_at, "the stated time of purchase comes or goes"))
    if row.due_at is not None and row.due_at not in (changes_at, row.return_at):
        found.append(Next("score and stage are looked at again", row.due_at, "points fade"))
    handoff = session.scalar(
        select(models.Handoff).where(
            models.Handoff.lead_id == row.id, models.Handoff.status == HandoffStatus.OPEN
        )
    )
    if handoff is not None:
        found.append(
            Next("goes to another rep", handoff.due_at, f"unless {handoff.rep or 'somebody'} answers before")
        )
    if not live:
        found = [*_why_nothing(session, row, pasts, now), *found]
    return found


def _why_nothing(
    session: Session, row: models.Lead, pasts: Sequence[leads.Past], now: datetime
) -> list[Next]:
    """Return why the lead is in no campaign: for each running one, what is against it."""
    if row.match_at is not None and row.match_at <= now:
        return [Next("looks for a campaign", row.match_at, "changed lately")]
    running = entries.running(session)
    if not running:
        return [Next("no mail", None, "no campaign is running")]
    entered = dict(
        session.execute(
            select(models.Enrollment.campaign_id, models.Enrollment.entered_at)
            .where(models.Enrollment.lead_id == row.id)
            .order_by(models.Enrollment.entered_at)
        ).all()
    )
    seen = facts(leads.snapshot(row), leads.happened(pasts))
    return [
        Next(f"not in {campaign.name}", None, _against(program, row, entered.get(campaign.id), seen))
        for campaign, program in running
    ]


def _against(program: sequence.Program, row: models.Lead, entered_at: datetime | None, seen: Facts) -> str:
    campaign = program.campaign
    if row.stage not in campaign.audience.stage:
        return f"it is for {' or '.join(campaign.audience.stage)}, and this is a {row.stage}"
    if entered_at is not None:
        again = f"; again {campaign.again_after} after" if campaign.again_after else ""
        return f"was in it from {entered_at:%d %b %Y}{again}"
    if program.audience is not None and evaluate(program.audience, seen) is not True:
        return f"not true: {campaign.audience.where}"
    if isinstance(campaign.enter, EnterOnEvent):
        return f"is entered when {campaign.enter.event} happens"
    return "is entered when it is applied" if campaign.enter == "once" else "held, see above"


def _next_step(
    session: Session,
    live: models.Enrollment,
    row: models.Lead,
    pasts: Sequence[leads.Past],
    in_force: InForce,
    now: datetime,
) -> Next:
    name = session.scalar(select(models.Campaign.name).where(models.Campaign.id == live.campaign_id))
    if live.status == EnrollmentStatus.PAUSED:
        return Next("nothing", None, f"{name} is paused")
    waiting = session.scalar(
        select(models.Message).where(
            models.Message.enrollment_id == live.id,
            models.Message.status.in_(
                [MessageStatus.QUEUED, MessageStatus.CLAIMED, MessageStatus.TRANSMITTING]
            ),
        )
    )
    if waiting is not None:
        at = (
            ledger.opening(session, waiting.version_id, row, in_force, waiting.due_at)
            if waiting.due_at
            else None
        )
        return Next(f"mail {waiting.template} of {name}", at, waiting.reason or waiting.status)
    program = applied.program(session, live.version_id)
    outcomes = enrollments.outcomes(session, [live.id]).get(live.id, {})
    progress = enrollments.progress_of(program, live, row, pasts, outcomes, in_force)
    return _decided(sequence.decide(program, progress, now), program, name or "", now)


def _decided(decision: sequence.Decision, program: sequence.Program, name: str, now: datetime) -> Next:
    match decision:
        case sequence.Do(node=node):
            return Next(f"step {node.id} of {name}", now, "is due")
        case sequence.Wait(position=position, until=until, why=why):
            return Next(f"step {program.nodes[position.node].id} of {name}", until, why)
        case sequence.Finish(reason=reason) | sequence.Stop(reason=reason):
            return Next(f"leaves {name}", now, reason)


# -- as text ---------------------------------------------------------------------------------------


def lines(explanation: Explanation, *, history: bool = True) -> list[str]:
    """Return the explanation as lines for a terminal, times in the lead's own zone."""
    zone = ZoneInfo(explanation.zone)

    def when(at: datetime | None) -> str:
        return at.astimezone(zone).strftime("%a %d %b %Y %H:%M") if at else "when something happens"

    out = [f"{explanation.name or explanation.email} <{explanation.email}>  lead {explanation.lead_id}"]
    out.append(
        f"  source {explanation.source}, consent {explanation.consent}, owner {explanation.owner or 'nobody yet'}"
    )
    out.append(f"  times in {explanation.zone}")
    for title, reason in (
        ("stage", explanation.stage),
        ("score", explanation.score),
        ("temperature", explanation.temperature),
    ):
        since = f" since {when(reason.since_at)}" if reason.since_at else ""
        out += ["", f"{title}: {reason.what}{since}", f"  {reason.because}"]
        out += [f"    {line}" for line in reason.evidence]
    if explanation.held:
        out += ["", "held:", *(f"  {line}" for line in explanation.held)]
    out += ["", "campaigns:"] + [
        f"  {when(each.since_at)}  {each.what}  {each.because}" for each in explanation.campaigns
    ]
    out += ["", "mails:"]
    for mail in explanation.mails:
        out.append(
            f"  {when(mail.at)}  {mail.status:12}  {mail.template}  ({mail.campaign}, message {mail.id})  {mail.why}"
        )
    out += ["", "next:"] + [f"  {when(each.at)}  {each.what}  ({each.why})" for each in explanation.next]
    if history:
        out += ["", "history:"]
        for each in explanation.history:
            verdict = "" if each.verdict == "human" else f" [{each.verdict}]"
            out.append(f"  {when(each.at)}  {each.kind}{verdict}  {each.what}")
    return out
