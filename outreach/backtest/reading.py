"""Reads what leads did and what became of them, some thousands at a time. Reads only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from outreach import models
from outreach.db import among
from outreach.domain.leads import FIELDS
from outreach.domain.scoring import Scored
from outreach.domain.words import OURS, Kind, Stage, Verdict

CHUNK = 2_000
OF_RULES = (Kind.STAGE_CHANGED, Kind.UPDATED)
MADE_BY_RULES = frozenset(
    {"score", "stage", "stage_at", "temperature", "rounds", "angle", "owner", "sender", "created_at", "email"}
)


@dataclass(frozen=True, slots=True)
class Told:
    """Something that a person did, as it was recorded."""

    at: datetime
    kind: Kind
    subject: str
    detail: str
    data: Mapping[str, Any]

    @property
    def scored(self) -> Scored:
        return Scored(self.kind, self.subject, self.detail, self.at)


@dataclass(frozen=True, slots=True)
class Moved:
    """A change of stage that really happened."""

    at: datetime
    before: str
    after: str
    rule: str
    because: str


@dataclass(slots=True)
class PastLead:
    """A lead as it was when it became known, and what happened from then on; oldest first."""

    id: int
    email: str
    known_at: datetime
    stage: str
    values: Mapping[str, Any]
    custom: Mapping[str, Any]
    told: list[Told] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)

    def first(self, *stages: Stage) -> datetime | None:
        """Return when it really first came into one of the stages by itself or by a person; None where it never did."""
        return next((move.at for move in self.moved if move.after in stages), None)

    @property
    def won_at(self) -> datetime | None:
        return next((each.at for each in self.told if each.kind == Kind.DEAL_WON), None)


def read(
    session: Session, known_from: datetime | None, until: datetime, chunk: int = CHUNK
) -> Iterator[list[PastLead]]:
    """Yield the leads that became known from `known_from` on (none: from the first) and before `until`, by their ids."""
    lead, after = models.Lead, 0
    known = [lead.created_at < until, *([lead.created_at >= known_from] if known_from else [])]
    while True:
        rows = session.scalars(
            select(lead).where(lead.id > after, *known).order_by(lead.id).limit(chunk)
        ).all()
        if not rows:
            return
        after = rows[-1].id
        events = _events(session, [row.id for row in rows], until)
        yield [_past(row, events[row.id]) for row in rows]
        session.expunge_all()


def _events(session: Session, lead_ids: Sequence[int], until: datetime) -> Mapping[int, list[Any]]:
    event = models.Event
    found: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(
        select(event.lead_id, event.kind, event.at, event.subject, event.detail, event.data)
        .where(
            among(session, event.lead_id, lead_ids),
            or_(event.kind.not_in(OURS), event.kind.in_(OF_RULES)),
            event.verdict == Verdict.HUMAN,
            event.at < until,
        )
        .order_by(event.lead_id, event.at, event.id)
    ):
        found[row.lead_id].append(row)
    return found


def _past(row: models.Lead, events: Sequence[Any]) -> PastLead:
    told = [
        Told(each.at, Kind(each.kind), each.subject, each.detail, each.data)
        for each in events
        if each.kind not in OF_RULES
    ]
    moved = [
        Moved(each.at, each.data.get("from", ""), each.subject, each.data.get("rule", ""), each.detail)
        for each in events
        if each.kind == Kind.STAGE_CHANGED
    ]
    values = {name: getattr(row, name) for name in FIELDS if name not in MADE_BY_RULES}
    custom = dict(row.fields)
    # What was learned later was not known at first.
    for name in _learned(events):
        (custom if name in custom else values)[name] = None
    stage = moved[0].before if moved else row.stage
    return PastLead(row.id, row.email, row.created_at, stage, values, custom, told, moved)


def _learned(events: Sequence[Any]) -> set[str]:
    named = {name for each in events if each.kind == Kind.UPDATED for name in each.data.get("fields", {})}
    if any(each.kind == Kind.DEAL_LOST for each in events):
        named.add("lost_reason")
    return named - MADE_BY_RULES
