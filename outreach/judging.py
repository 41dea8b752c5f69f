"""Judges hits once the time of a burst is over: until then one that may be a person's is `unknown`, and held.

The facts of a hit never change. Its verdict is what our rules make of them: it is given here, and anew by
`outreach rejudge`; what it was before stands in `data.judged_before`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, Table, and_, bindparam, delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from outreach import models
from outreach.db import among
from outreach.domain.events import Event
from outreach.domain.machine_hits import (
    CROWD,
    TRAP,
    UNDECIDED,
    VERSION,
    Hit,
    Judgement,
    crowds,
    hit_of,
    judge_mail,
)
from outreach.domain.scanner_networks import PUBLISHED, Networks
from outreach.domain.words import Kind, Verdict
from outreach.errors import SettingsError

HITS = (Kind.OPENED, Kind.CLICKED)


def known_networks(written: str) -> Networks:
    """Return the networks of mail gateways, with those that somebody has written down; SettingsError."""
    try:
        return PUBLISHED.with_more(written)
    except ValueError as error:
        raise SettingsError(f"OUTREACH_SCANNER_NETWORKS: {error}") from None


COLUMNS = (
    models.Event.id,
    models.Event.kind,
    models.Event.at,
    models.Event.lead_id,
    models.Event.message_id,
    models.Event.verdict,
    models.Event.data,
)


@dataclass(frozen=True, slots=True)
class Stored:
    """A hit as its event has it."""

    id: int
    kind: str
    lead_id: int
    message_id: int
    verdict: Verdict
    data: Mapping[str, Any]
    hit: Hit


@dataclass(frozen=True, slots=True)
class Judged:
    """A hit with what the rules say of it now."""

    stored: Stored
    judgement: Judgement

    @property
    def is_changed(self) -> bool:
        return self.judgement.verdict != self.stored.verdict


def is_held() -> ColumnElement[bool]:
    """Return the condition that an event which is still to be followed is a hit without a verdict."""
    event = models.Event
    # What a provider told of is unknown for good.
    rule = func.coalesce(event.data["rule"].as_string(), "")
    return and_(event.verdict == Verdict.UNKNOWN, event.kind.in_(HITS), rule == UNDECIDED.rule)


def is_undecided(event: Event) -> bool:
    """Answer whether nothing may follow from this new event before it was held and judged."""
    return event.verdict == Verdict.UNKNOWN and event.data.get("rule") == UNDECIDED.rule


def settle_due(session: Session, now: datetime, limit: int, known: Networks = PUBLISHED) -> int:
    """Judge up to `limit` hits that were held for long enough, oldest first; return how many.

    Those that a person made stay on the list of what is to be followed, the others leave it.
    """
    due = _take(session, now, limit)
    if not due:
        return 0
    around = _around(session, due.values())
    judged = judge_all(session, around, _crowded(session, due.values()), known)
    new = [each for each in judged if each.stored.id in due or _is_found_out(each)]
    touched = {each.stored.lead_id for each in new if each.stored.verdict == Verdict.HUMAN}
    lock_leads(session, touched)
    write(session, new)
    _drop(session, {each.stored.id for each in new if each.judgement.verdict != Verdict.HUMAN})
    review_soon(session, touched, now)
    return len(due)


def _is_found_out(judged: Judged) -> bool:
    """Answer whether what came later shows that a person's hit was a machine's: the hidden link, or one written late.

    Those that are held are left to whoever judges them: two that write in each other's would wait for each other.
    """
    return judged.judgement.verdict == Verdict.MACHINE and judged.stored.verdict == Verdict.HUMAN


def _take(session: Session, now: datetime, limit: int) -> dict[int, Stored]:
    event, followup = models.Event, models.Followup
    # The events too: what another process judged between our look and our lock is not judged again.
    rows = session.execute(
        select(*COLUMNS)
        .join(followup, followup.event_id == event.id)
        .where(is_held(), followup.due_at <= now)
        .order_by(followup.event_id)
        .limit(limit)
        .with_for_update(of=(followup, event), skip_locked=True)
    )
    return {each.id: each for each in read(rows)}


def read(rows: Iterable[Any]) -> list[Stored]:
    """Return the hits that these rows of `COLUMNS` tell of."""
    return [
        Stored(
            row.id,
            row.kind,
            row.lead_id,
            row.message_id or 0,
            Verdict(row.verdict),
            row.data,
            hit_of(row.at, row.data),
        )
        for row in rows
    ]


def _around(session: Session, due: Collection[Stored]) -> list[Stored]:
    """Return all hits of these mails about that time, those that are due among them."""
    event = models.Event
    times = [each.hit.at for each in due]
    rows = session.execute(
        select(*COLUMNS).where(
            among(session, event.lead_id, {each.lead_id for each in due}),
            event.kind.in_(HITS),
            event.at.between(min(times) - TRAP, max(times) + TRAP),
            among(session, event.message_id, {each.message_id for each in due}),
        )
    )
    return [each for each in read(rows) if has_facts(each)]


def has_facts(stored: Stored) -> bool:
    """Answer whether it is a hit on a page of ours, and not what another system told of."""
    return "method" in stored.data and "user_agent" in stored.data and stored.message_id > 0


def _crowded(session: Session, due: Collection[Stored]) -> set[int]:
    """Return the ids of the clicks that one address made in many people's mails, of those known by now."""
    sources = {each.hit.source for each in due if each.hit.source and each.hit.is_click}
    if not sources:
        return set()
    event, times = models.Event, [each.hit.at for each in due]
    source = event.data["source"].as_string()
    rows = session.execute(
        select(event.id, event.at, source, event.lead_id)
        .where(
            event.kind == Kind.CLICKED,
            event.at.between(min(times) - CROWD, max(times) + CROWD),
            source.in_(sources),
        )
        .order_by(event.at, event.id)
    )
    return crowds((row[0], row[1], row[2], row[3]) for row in rows)


def judge_all(
    session: Session, hits: Iterable[Stored], crowded: Collection[int], known: Networks = PUBLISHED
) -> list[Judged]:
    """Return what the rules say of the hits, which are all that their mails got about that time."""
    mails: dict[int, list[Stored]] = defaultdict(list)
    for each in hits:
        mails[each.message_id].append(each)
    sent = _sent(session, mails)
    judged: list[Judged] = []
    for message_id, those in mails.items():
        places = {place for place, each in enumerate(those) if each.id in crowded}
        verdicts = judge_mail([each.hit for each in those], sent.get(message_id), places, known)
        judged += [Judged(each, verdict) for each, verdict in zip(those, verdicts, strict=True)]
    return judged


def _sent(session: Session, message_ids: Collection[int]) -> dict[int, datetime]:
    """Return when the mails were taken by their servers."""
    message = models.Message
    rows = session.execute(
        select(message.id, message.outcome_at).where(
            among(session, message.id, message_ids), message.outcome_at.is_not(None)
        )
    )
    return {message_id: at for message_id, at in rows if at is not None}


_TABLE = cast(Table, models.Event.__table__)
_VERDICT = (
    update(_TABLE)
    .where(_TABLE.c.id == bindparam("event"), _TABLE.c.verdict == bindparam("before"))
    .values(verdict=bindparam("verdict"), data=bindparam("data"))
)


def lock_leads(session: Session, lead_ids: Collection[int]) -> None:
    """Lock these leads in the order of their ids: done before events are written, as everybody does."""
    if lead_ids:
        lead = models.Lead
        ours = select(lead.id).where(among(session, lead.id, lead_ids))
        session.execute(ours.order_by(lead.id).with_for_update()).all()


def write(session: Session, judged: Sequence[Judged]) -> None:
    """Give the hits their verdicts; one that another process judged meanwhile keeps that."""
    rows = [
        {
            "event": each.stored.id,
            "before": str(each.stored.verdict),
            "verdict": str(each.judgement.verdict),
            "data": _told(each),
        }
        for each in sorted(
            judged, key=lambda each: each.stored.id
        )  # all in one order: nobody waits for each other
    ]
    if rows:
        session.connection().execute(_VERDICT, rows)


def _told(judged: Judged) -> dict[str, Any]:
    """Return the facts with the rule that decides now, and how the hit was judged before."""
    data = dict(judged.stored.data)
    if data.get("rule") != UNDECIDED.rule and judged.is_changed:
        before = {"verdict": judged.stored.verdict, "rule": data.get("rule"), "rules": data.get("rules")}
        data["judged_before"] = [*data.get("judged_before", []), before]
    return data | {"rule": judged.judgement.rule, "rules": VERSION}


def _drop(session: Session, event_ids: Collection[int]) -> None:
    """Take hits of which nothing follows off the list, but for those that are a person's as they stand now."""
    if event_ids:
        event, followup = models.Event, models.Followup
        settled = exists().where(event.id == followup.event_id, event.verdict != Verdict.HUMAN, ~is_held())
        session.execute(
            delete(followup)
            .where(among(session, followup.event_id, event_ids), settled)
            .execution_options(synchronize_session=False)
        )


def review_soon(session: Session, lead_ids: Collection[int], now: datetime) -> None:
    """Have the score of these leads made up again."""
    if lead_ids:
        lead = models.Lead
        session.execute(
            update(lead)
            .where(among(session, lead.id, lead_ids), or_(lead.due_at.is_(None), lead.due_at > now))
            .values(due_at=now)
            .execution_options(synchronize_session=False)
        )
