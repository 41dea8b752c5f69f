"""Explains one mail: how it was born, what it waited for, what became of it, and what came back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from outreach import allocations, applied, models
from outreach.domain import experiments, windows
from outreach.domain.campaign import EmailStep
from outreach.domain.sequence import Program
from outreach.domain.words import Kind, MessageStatus
from outreach.errors import NotFound
from outreach.explain import mails, past
from outreach.explain.lead import happening
from outreach.explain.standing import Standing, present
from outreach.explain.values import Happening, MessageStory

OURS = (Kind.ACCEPTED, Kind.REFUSED, Kind.SKIPPED, Kind.UNKNOWN)
AGAIN = {
    MessageStatus.QUEUED: "it has not been given to a server yet",
    MessageStatus.CLAIMED: "a worker has it; if that ends before the transmission opens it is queued again",
    MessageStatus.TRANSMITTING: "never by itself: its transmission is open, and ends as accepted, refused or unknown",
    MessageStatus.ACCEPTED: "never: each step of an enrollment is given to a server at most once",
    MessageStatus.SKIPPED: "never: it was left out, and the campaign went on without it",
}


def explain_message(
    session: Session, message_id: int, now: datetime, at: datetime | None = None
) -> MessageStory:
    """Return the whole life of one mail, up to `at` where that is given; NotFound where there is no such mail."""
    row = session.get(models.Message, message_id)
    if row is None or (at is not None and row.queued_at > at):
        since = (
            f"; it was queued {row.queued_at:%Y-%m-%d %H:%M} UTC" if row else "; see: outreach message list"
        )
        raise NotFound(f"there is no message {message_id}{' yet' if row else ''}{since}")
    lead = session.get_one(models.Lead, row.lead_id)
    standing = present(session, lead, now) if at is None or at >= now else past.then(session, lead, at)
    message = next(each for each in standing.messages if each.id == message_id)
    return _story(session, standing, message)


def _story(session: Session, standing: Standing, message: models.Message) -> MessageStory:
    version = session.get_one(models.CampaignVersion, message.version_id)
    program = applied.program(session, message.version_id)
    enrollment = session.get_one(models.Enrollment, message.enrollment_id)
    told = [event for event in standing.events if event.message_id == message.id]
    organisation = standing.in_force.policies.senders.organisation
    campaign = standing.names.get(message.campaign_id, "?")
    return MessageStory(
        id=message.id,
        email=standing.row.email,
        zone=windows.zone(standing.row.timezone, organisation.timezone).key,
        campaign=campaign,
        version=version.version,
        step=message.step,
        template=message.template,
        subject=message.subject,
        status=message.status,
        sender=message.sender,
        rfc_message_id=message.rfc_message_id,
        born=tuple(_born(standing, message, enrollment, program, campaign)),
        variant=_variant(session, program, enrollment, message),
        life=tuple(sorted(_life(message, told), key=lambda each: each.at)),
        attempts=message.attempts,
        claims=message.claims,
        crashes=message.crashes,
        came_back=tuple(_back(event) for event in told if event.kind not in OURS),
        going=mails.going(session, standing, message),
        again=_again(message),
        at=standing.at,
        not_known=_not_known(standing),
    )


def _step(program: Program, message: models.Message) -> EmailStep | None:
    steps = (node.step for node in program.nodes if node.id == message.step)
    return next((step for step in steps if isinstance(step, EmailStep)), None)


def _born(
    standing: Standing,
    message: models.Message,
    enrollment: models.Enrollment,
    program: Program,
    campaign: str,
) -> Iterator[str]:
    """Yield by which decision the mail came to be."""
    zone = standing.zone
    entered = f"{enrollment.entered_at.astimezone(zone):%a %d %b %Y %H:%M}"
    where = program.campaign.audience.where
    stages = " or ".join(program.campaign.audience.stage)
    yield f"the lead entered {campaign} on {entered}: {stages}" + (f", and {where}" if where else "")
    names = [node.id for node in program.nodes]
    place = names.index(message.step) + 1 if message.step in names else 0
    if place:
        yield f"step {message.step} is number {place} of {len(names)} in the file; it came due, and its window was open"
    else:
        yield f"step {message.step} is not in this version any more"
    before = [
        each
        for each in standing.messages
        if each.enrollment_id == message.enrollment_id and each.id < message.id
    ]
    if before:
        last = before[-1]
        yield f"the mail before it was {last.template}, {last.status}, message {last.id}"
    if message.stale_at is not None:
        yield f"left out where it has not gone by {message.stale_at.astimezone(zone):%a %d %b %Y %H:%M}"


def _variant(
    session: Session, program: Program, enrollment: models.Enrollment, message: models.Message
) -> str:
    """Return which variant of the step the mail is, and why that one; empty where the step has none."""
    step, campaign = _step(program, message), program.campaign
    if step is None or step.variants is None or message.variant is None:
        return ""
    shares = allocations.shares(session, message.campaign_id, program, enrollment.entered_at)
    if experiments.arm(campaign, message.step, step, message.lead_id, shares) == message.variant:
        return experiments.because(campaign, message.step, step, message.lead_id, shares)
    arms = step.variants.arms
    chosen = f', "{arms[message.variant]}"' if message.variant < len(arms) else ""
    return f"variant {message.variant + 1} of {len(arms)}{chosen}: drawn by a hash, by the rule of an earlier version"


def _life(message: models.Message, told: Sequence[models.Event]) -> Iterator[Happening]:
    yield Happening(message.queued_at, "queued", f"for sender {message.sender}", "")
    for event in told:
        if event.kind in OURS:
            yield Happening(event.at, event.kind, event.detail, "")
    if message.attempts > 1:
        yield Happening(
            message.outcome_at or message.queued_at, "tried", f"{message.attempts} times in all", ""
        )
    if message.crashes:
        what = f"{message.crashes} times a process ended that had it"
        yield Happening(message.outcome_at or message.queued_at, "cut short", what, "")
    if message.status == MessageStatus.CLAIMED and message.lease_until:
        yield Happening(message.lease_until, "taken back", "unless its worker goes on before", "")
    if message.status == MessageStatus.TRANSMITTING and message.lease_until:
        yield Happening(message.lease_until, "becomes unknown", "unless the server's answer comes before", "")


def _back(event: models.Event) -> Happening:
    found, rule = happening(event), event.data.get("rule")
    because = f" (rule {rule})" if rule else ""
    return Happening(found.at, found.kind, f"{found.what}{because}", found.verdict)


def _again(message: models.Message) -> str:
    status = MessageStatus(message.status)
    if status == MessageStatus.UNKNOWN:
        return (
            "never by itself: nobody can know whether the server has it. Look for its Message-ID in the log of the mail "
            f"server, then: outreach message resolve {message.id} --sent (or --not-sent)"
        )
    if status == MessageStatus.REFUSED:
        if message.reason == "lead":
            return "never: the server refused the address"
        return (
            "not by itself: the server surely refused it, so a person may have it tried again: outreach retry"
        )
    if status == MessageStatus.SKIPPED and message.reason == "quarantined":
        return "not by itself: none of it was sent, so a person may have it tried again: outreach retry"
    return AGAIN[status]


def _not_known(standing: Standing) -> tuple[str, ...]:
    if standing.is_now:
        return ()
    return ("until when it had been put off then: that is overwritten with each look, and played anew here",)
