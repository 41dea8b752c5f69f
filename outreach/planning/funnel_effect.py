"""What another funnel.yaml would do to scores and stages: computed on the leads themselves, nothing written."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach import leads, models, reviews
from outreach.domain import funnel, scoring
from outreach.domain.facts import Facts
from outreach.domain.funnel import CompiledFunnel
from outreach.domain.leads import facts
from outreach.planning.plan import Count, FunnelEffect

MOST_LEADS = 20_000
"""Of more leads than this a sample is looked at: every second, third, ... of them."""

BATCH = 2_000


def effect(session: Session, before: CompiledFunnel, after: CompiledFunnel, now: datetime) -> FunnelEffect:
    """Return how scores and stages would differ at the next look, between the funnel in force and the other one."""
    count = session.scalar(select(func.count()).select_from(models.Lead)) or 0
    every = math.ceil(count / MOST_LEADS) or 1
    looked_at = higher = lower = 0
    moves: Counter[str] = Counter()
    unmoved: Counter[str] = Counter()
    for lead, past in _people(session, every):
        looked_at += 1
        score, stage = _look(before, lead, past, now)
        new_score, new_stage = _look(after, lead, past, now)
        higher += new_score > score
        lower += new_score < score
        if new_stage != stage:
            moves[f"{lead.stage} to {new_stage}"] += new_stage != lead.stage
            unmoved[f"{lead.stage} to {stage}"] += stage != lead.stage
    return FunnelEffect(count, looked_at, higher, lower, _counts(moves), _counts(unmoved))


def _counts(found: Counter[str]) -> tuple[Count, ...]:
    return tuple(Count(what, count) for what, count in sorted(found.items()) if count)


def _people(session: Session, every: int) -> Iterator[tuple[models.Lead, list[leads.Past]]]:
    after = 0
    while rows := session.scalars(
        select(models.Lead)
        .where(models.Lead.id > after, models.Lead.id % every == 0)
        .order_by(models.Lead.id)
        .limit(BATCH)
    ).all():
        pasts = leads.pasts(session, [row.id for row in rows])
        yield from ((row, pasts[row.id]) for row in rows)
        after = rows[-1].id
        session.expunge_all()


def _look(
    compiled: CompiledFunnel, row: models.Lead, past: list[leads.Past], now: datetime
) -> tuple[float, str]:
    """Return score and stage as the next look at the lead would leave them."""
    lead = leads.snapshot(row)
    rules, happened = compiled.funnel.scoring, leads.happened(past, row.since_at)
    earned = scoring.earned(rules, leads.scored(past), now)
    score = 0.0
    for _ in range(reviews.MOST_MOVES):
        seen = facts(lead, happened)
        score = scoring.kept(math.fsum([*earned, *scoring.fitting(compiled.fit, seen)]))
        seen = Facts({**seen.fields, funnel.SCORE: score}, seen.happened)
        moved = funnel.next_move(compiled, lead, seen, now)
        if moved is None:
            break
        lead = replace(lead, stage=moved.to, stage_at=now)
    return score, str(lead.stage)
