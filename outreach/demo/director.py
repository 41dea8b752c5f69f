"""Turns the demo's clock: on to the next moment when anything is due, once everything before is done."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from outreach import models
from outreach.clock import PlayedClock
from outreach.db import Database
from outreach.demo.mailserver import Reader
from outreach.demo.recipients import Recipients
from outreach.demo.salesforce import SalesForce
from outreach.domain.words import MessageStatus
from outreach.scheduler import due

STEP = timedelta(minutes=60)
PATIENCE = 5.0
"""Seconds to wait for things to settle before the clock goes on all the same."""

PAUSE = 0.01


@dataclass(frozen=True)
class Stage:
    """Everything on it."""

    database: Database
    clock: PlayedClock
    reader: Reader
    recipients: Recipients
    reps: SalesForce
    rep_addresses: frozenset[str]


def play(stage: Stage, until: datetime, seconds: float, tell: Callable[[datetime], None]) -> None:
    """Play on to `until`, in about `seconds` at most: where time runs short, the steps grow longer."""
    deadline = time.monotonic() + seconds
    while stage.clock.now() < until:
        settle(stage)
        now = stage.clock.now()
        tell(now)
        left = max(deadline - time.monotonic(), 0.001)
        needed = (until - now) / max(left / 0.12, 1)
        stage.clock.turn_to(min(_next_moment(stage, now, max(STEP, needed)), until))
    settle(stage)


def settle(stage: Stage) -> None:
    """Let everything that is due now be done: by the engine, the mail server, and the people."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        now = stage.clock.now()
        acted = stage.recipients.act(now) + stage.reps.act(now)
        came = _hand_out_mail(stage, now)
        if not acted and not came and _is_quiet(stage, now):
            return
        time.sleep(PAUSE)


def _hand_out_mail(stage: Stage, now: datetime) -> int:
    mails = stage.reader.new()
    for mail, _ in mails:
        to = str(mail["To"]).lower()
        if any(address in to for address in stage.rep_addresses):
            stage.reps.receive(mail, now)
        else:
            stage.recipients.receive(mail, now)
    return len(mails)


def _is_quiet(stage: Stage, now: datetime) -> bool:
    """Nothing is due, under way, in the mail, or waiting in our own mailbox."""
    message, notification = models.Message, models.Notification
    with stage.database.read() as session:
        if due(session, now):
            return False
        busy = [MessageStatus.CLAIMED, MessageStatus.TRANSMITTING]
        under_way = session.scalar(select(func.count()).where(message.status.in_(busy)))
        to_leads = session.scalar(select(func.count()).where(message.status == MessageStatus.ACCEPTED))
        to_reps = session.scalar(select(func.count()).where(notification.status == MessageStatus.ACCEPTED))
        queued = session.scalar(select(func.count()).where(notification.due_at.is_not(None)))
        heard = session.scalar(select(func.count(models.InboundMail.id)))
    return (
        not under_way
        and not queued
        and to_leads == stage.recipients.got.total()
        and to_reps == stage.reps.got.total()
        and heard == stage.recipients.mails_sent
    )


def _next_moment(stage: Stage, now: datetime, step: timedelta) -> datetime:
    """Return the next time when anything is due, but not before `step` has passed: moments close by are played as one."""
    columns = (
        models.Lead.due_at,
        models.Lead.match_at,
        models.Enrollment.due_at,
        models.Message.due_at,
        models.Handoff.due_at,
        models.Notification.due_at,
        models.Followup.due_at,
    )
    with stage.database.read() as session:
        times = [session.scalar(select(func.min(column)).where(column > now)) for column in columns]
    times += [stage.recipients.next_at(), stage.reps.next_at()]
    soonest = min((at for at in times if at is not None), default=now + timedelta(days=1))
    return max(soonest, now + step)
