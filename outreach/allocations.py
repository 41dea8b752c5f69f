"""Writes and reads which share of leads each variant gets, where results so far decide it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from outreach import models
from outreach.db import insert_new
from outreach.domain import experiments
from outreach.domain.experiments import Design
from outreach.domain.sequence import Program

THOMPSON = "thompson"

History = list[tuple[datetime, tuple[float, ...]]]
"""The shares of an experiment with the time from which each held, oldest first."""


@dataclass(frozen=True)
class Allocation:
    """Shares of an experiment's variants, and what they come from: conversions and leads of each."""

    campaign_id: int
    design: Design
    shares: Sequence[float]
    counts: Sequence[tuple[int, int]]


def designs_of(program: Program) -> tuple[Design, ...]:
    """Return the experiments of a campaign's version."""
    return experiments.designs(program.campaign, ((node.id, node.step) for node in program.nodes))


def shares(session: Session, campaign_id: int, program: Program, at: datetime) -> experiments.Shares:
    """Return the shares of variants for a lead that entered then, by step; only of those that results decide."""
    return Reader(session).shares(campaign_id, program, at)


class Reader:
    """Reads shares, those of a campaign's version once, however many leads are asked for."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._histories: dict[tuple[int, int], tuple[Program, Mapping[str, History]]] = {}

    def shares(self, campaign_id: int, program: Program, at: datetime) -> experiments.Shares:
        """Return what `shares` does."""
        settings = program.campaign.experiment
        if settings is None or settings.method != THOMPSON:
            return experiments.EQUAL
        histories = self._histories_of(campaign_id, program)
        held = {name: _held(rows, at) for name, rows in histories.items()}
        return {name: shares for name, shares in held.items() if shares is not None}

    def _histories_of(self, campaign_id: int, program: Program) -> Mapping[str, History]:
        key = campaign_id, id(program)
        if key not in self._histories:
            designs = [design for design in designs_of(program) if design.method == THOMPSON]
            found = {design.name: history(self._session, campaign_id, design) for design in designs}
            self._histories[key] = program, found  # kept with it, or its id may become another's
        return self._histories[key][1]


def _held(rows: History, at: datetime) -> tuple[float, ...] | None:
    number = bisect_right(rows, at, key=itemgetter(0))
    return rows[number - 1][1] if number else None


def history(session: Session, campaign_id: int, design: Design) -> History:
    """Return all shares of an experiment with the time from which each held, oldest first."""
    row = models.Allocation
    rows = session.execute(
        select(row.at, row.evidence)
        .where(row.campaign_id == campaign_id, row.step == design.name, row.design == design.digest)
        .order_by(row.at)
    )
    return [(at, tuple(evidence["shares"])) for at, evidence in rows]


def last_at(session: Session, campaign_id: int, design: Design) -> datetime | None:
    """Return since when the present shares of an experiment hold; None where results did not decide them yet."""
    row = models.Allocation
    return session.scalar(
        select(func.max(row.at)).where(
            row.campaign_id == campaign_id, row.step == design.name, row.design == design.digest
        )
    )


def write(session: Session, changed: Iterable[Allocation], now: datetime) -> None:
    """Have these shares hold from now on; nothing where others were written on the same day (UTC)."""
    values = [
        {
            "campaign_id": each.campaign_id, "step": each.design.name, "design": each.design.digest,
            "day": now.date().isoformat(), "at": now,
            "evidence": {"shares": list(each.shares), "counts": [list(count) for count in each.counts]},
        }
        for each in changed
    ]  # fmt: skip
    if values:
        session.execute(insert_new(session, models.Allocation, values))
