"""Learns rates from the past: what came back of the mails of each template, what reps did. Reads only."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, String, cast, func, select
from sqlalchemy.orm import Session

from outreach import models
from outreach.domain.behaviour_model import Count, Past
from outreach.domain.words import DealStatus, HandoffStatus, Kind, MessageStatus, Verdict

RIPE = timedelta(days=7)
"""Mails younger than this are left out: most of what comes back of them has not come yet."""

NAMES: Mapping[str, str] = {
    Kind.BOUNCED: "bounced",
    Kind.AUTO_REPLIED: "away",
    Kind.OPENED: "opened",
    Kind.CLICKED: "clicked",
    Kind.REPLIED: "replied",
    Kind.UNSUBSCRIBED: "unsubscribed",
    Kind.COMPLAINED: "complained",
}
BY_PERSON = (Kind.OPENED, Kind.CLICKED)
"""Kinds that machines make too: only those of a person count."""

SENT = (MessageStatus.ACCEPTED, MessageStatus.REFUSED)
"""What was refused counts too: the simulated server takes all, and the bounce comes after."""

NONE = Count(0, 0)


@dataclass(frozen=True)
class History:
    """What the past says. Empty where there is none."""

    mails: Past = field(default_factory=dict)
    accepted: Count = NONE  # hand-offs, of those answered
    won: Count = NONE  # deals, of those closed


def learn(session: Session, now: datetime) -> History:
    """Return what came back of past mails, by template, and how reps decided."""
    return History(
        _mails(session, now - RIPE),
        _share(session, models.Handoff.status, HandoffStatus.ACCEPTED, HandoffStatus.REJECTED),
        _share(session, models.Deal.status, DealStatus.WON, DealStatus.LOST),
    )


def _mails(session: Session, before: datetime) -> Past:
    message, event = models.Message, models.Event
    rows = session.execute(
        select(message.template, func.count())
        .where(message.status.in_(SENT), message.outcome_at < before)
        .group_by(message.template)
    )
    sent = {template: count for template, count in rows}
    found: defaultdict[str, dict[str, Count]] = defaultdict(dict)
    came = session.execute(
        select(message.template, event.kind, func.count(message.id.distinct()))
        .join(event, event.message_id == message.id)
        .where(
            message.status.in_(SENT),
            message.outcome_at < before,
            event.kind.in_(NAMES),
            _counts(event),
        )
        .group_by(message.template, event.kind)
    )
    hits = {(template, kind): count for template, kind, count in came}
    for template, mails in sorted(sent.items()):
        for kind, name in NAMES.items():
            found[template][name] = Count(hits.get((template, kind), 0), mails)
    return dict(found)


def _counts(event: type[models.Event]) -> ColumnElement[bool]:
    by_person = event.kind.not_in(BY_PERSON) | (event.verdict == Verdict.HUMAN)
    for_good = (event.kind != Kind.BOUNCED) | (
        func.lower(cast(event.data["hard"].as_string(), String)).in_(("true", "1"))
    )
    return by_person & for_good & (event.verdict != Verdict.MACHINE)


def _share(session: Session, column: object, yes: str, no: str) -> Count:
    rows = select(column, func.count()).where(column.in_((yes, no))).group_by(column)  # type: ignore[attr-defined, call-overload]
    counts = Counter({str(status): count for status, count in session.execute(rows)})
    return Count(counts[yes], counts[yes] + counts[no])
